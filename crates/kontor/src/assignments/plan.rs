//! What an assignment comes to on each of the accounts it is for.

use kontor_domain::assignment::Assignment;
use kontor_domain::audit::{Event, TeamChange};
use kontor_domain::rights::Viewer;

use super::forms::Wanted;
use super::store::{self, Stored};
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::store::User;
use crate::{accounts, team};

/// Which accounts an assignment is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These.
    Accounts(Vec<i64>),
    /// All of an industry.
    Industry(String),
}

/// What an assignment comes to on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is added.
    Added,
    /// It is added, and the role of the KAM until then ends the day before; by id, with the name.
    Follows(Vec<i64>, String),
    /// The user has this role there already.
    Already,
    /// Somebody else is KAM there.
    Taken(String),
}

impl Outcome {
    /// Whether something changes.
    pub const fn is_change(&self) -> bool {
        matches!(self, Outcome::Added | Outcome::Follows(..))
    }
}

/// What an assignment comes to on one of the accounts it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The account.
    pub account_id: i64,
    /// Its name.
    pub account: String,
    /// What changes there.
    pub outcome: Outcome,
}

/// The accounts of a selection that the viewer may see. Naming one that may not be seen is an error like naming one that is not there.
pub(super) async fn selected(db: &impl sea_orm::ConnectionTrait, viewer: &Viewer, selection: &Selection) -> Result<Vec<Account>, Fault> {
    let chosen: Vec<Account> = match selection {
        Selection::Industry(industry) => {
            let is_meant = |account: &Account| account.master.industry.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(industry));
            accounts::store::all(db, viewer).await?.into_iter().filter(is_meant).collect()
        }
        Selection::Accounts(ids) => {
            let chosen = accounts::store::of_ids(db, viewer, ids.iter().copied()).await?;
            if ids.iter().any(|id| chosen.binary_search_by_key(id, |account| account.id).is_err()) {
                return Err(Fault::NotFound);
            }
            chosen
        }
    };
    if chosen.is_empty() { Err(Fault::field("accounts", |t| t.assignments_accounts_none())) } else { Ok(chosen) }
}

/// What comes of a wish on each of these accounts.
pub(super) async fn plan(db: &impl sea_orm::ConnectionTrait, accounts: Vec<Account>, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    let users = team::store::all(db).await?;
    if !users.iter().any(|user| user.id == wanted.user_id && user.active) {
        return Err(Fault::field("user", |t| t.assignments_user_wrong()));
    }
    let ids: Vec<i64> = accounts.iter().map(|account| account.id).collect();
    let stored = store::of_accounts(db, &ids).await?;
    Ok(accounts
        .into_iter()
        .map(|account| {
            let new = assignment_of(wanted, account.id);
            let clashing: Vec<&Stored> = stored.iter().filter(|stored| stored.assignment.clashes_with(&new)).collect();
            let other = clashing.iter().find(|stored| stored.assignment.user_id != new.user_id);
            let other_name = other.map(|stored| name_of(&users, stored.assignment.user_id));
            let outcome = match other_name {
                None if clashing.is_empty() => Outcome::Added,
                None => Outcome::Already,
                Some(name) if wanted.replaces && clashing.iter().all(|stored| stored.assignment.from <= new.from) => {
                    Outcome::Follows(clashing.iter().map(|stored| stored.id).collect(), name)
                }
                Some(name) => Outcome::Taken(name),
            };
            Planned { account_id: account.id, account: name(&account).to_owned(), outcome }
        })
        .collect())
}

fn assignment_of(wanted: &Wanted, account_id: i64) -> Assignment {
    let Wanted { user_id, role, reach, from, to, .. } = *wanted;
    Assignment { user_id, account_id, reach, role, from, to }
}

/// Writes what was planned, with its one event.
pub(super) async fn commit(office: &Office, viewer: &Viewer, tx: Tx, planned: &[Planned], wanted: &Wanted) -> Result<(), Fault> {
    let now = office.now();
    let user = team::store::find(tx.on(), wanted.user_id).await?.ok_or(Fault::NotFound)?;
    let changes: Vec<&Planned> = planned.iter().filter(|planned| planned.outcome.is_change()).collect();
    let new: Vec<Assignment> = changes.iter().map(|planned| assignment_of(wanted, planned.account_id)).collect();
    let mut accounts = Vec::new();
    for planned in changes {
        let mut change = TeamChange { account_id: planned.account_id, account: planned.account.clone(), before: None };
        if let Outcome::Follows(ids, name) = &planned.outcome {
            let last = new[0].ended_before(wanted.from).to.unwrap_or(wanted.from);
            store::end(tx.on(), ids, last).await?;
            change.before = Some(name.clone());
        }
        accounts.push(change);
    }
    store::insert(tx.on(), &new, None, viewer.user_id, now).await?;
    tx.raise(Topic::Sight).await?;
    let Wanted { user_id, role, reach, from, to, .. } = *wanted;
    Ok(tx.commit(viewer, now, Event::TeamAssigned { user_id, user: user.name, role, reach, from, to, accounts }).await?)
}

/// The name of a user.
pub(super) fn name_of(users: &[User], user_id: i64) -> String {
    users.iter().find(|user| user.id == user_id).map(|user| user.name.clone()).unwrap_or_default()
}
