//! Verbs about handovers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kontor_domain::assignment::{Assignment, TeamRole};
use kontor_domain::audit::{Event, TeamChange};
use kontor_domain::interaction::Kind;
use kontor_domain::rights::{Right, Viewer};

use super::forms::Wanted;
use super::store::{self, HandedAccount, Handover};
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::assignments::store::{self as assigned, Stored};
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::interactions::store::{OpenStep, Steps};
use crate::office::Office;
use crate::people::store::{Employment, Person};
use crate::team::actions::require;
use crate::team::store::User;
use crate::{accounts, interactions, people, team};

/// An account with the roles that somebody would hand over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The account.
    pub account: Account,
    /// The roles, those of today and those to come.
    pub roles: Vec<TeamRole>,
}

/// A handover with names, and its accounts as far as the viewer sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The handover.
    pub handover: Handover,
    /// Who handed over.
    pub from: String,
    /// Who took over.
    pub to: String,
    /// The accounts with the roles that moved and what was said.
    pub accounts: Vec<ShownAccount>,
}

/// An account of a handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownAccount {
    /// The account.
    pub account: Account,
    /// The roles that moved.
    pub roles: Vec<TeamRole>,
    /// What was said about it.
    pub note: Option<String>,
}

/// What who takes over wants to know about the accounts, as it is now.
#[derive(Clone, Debug, Default)]
pub struct Briefing {
    /// Who works there.
    pub people: Vec<(Person, Employment)>,
    /// The day of the last contact by account.
    pub last_contacts: BTreeMap<i64, NaiveDate>,
    /// The next steps that are open, the earliest due first.
    pub steps: Vec<OpenStep>,
}

/// The most open next steps that a handover page names.
const STEPS: u64 = 500;

/// What is known now of the accounts of a handover: people, last contacts, open next steps.
pub async fn briefing(office: &Office, viewer: &Viewer, shown: &Shown) -> Result<Briefing, Fault> {
    let ids: Vec<i64> = shown.accounts.iter().map(|handed| handed.account.id).collect();
    let people = people::store::of_accounts(office.db.read(), viewer, &ids).await?;
    let contacts = interactions::last_contacts::by_account(office).await?;
    let last = |id: &i64| Kind::ALL.into_iter().filter_map(|kind| contacts.get(id)?.of(kind)).max();
    Ok(Briefing {
        people: people.into_iter().filter(|(_, employment)| employment.role.is_open(office.today())).collect(),
        last_contacts: ids.iter().filter_map(|id| Some((*id, last(id)?))).collect(),
        steps: interactions::actions::open_steps(office, viewer, Steps::At(&ids), STEPS).await?,
    })
}

/// Of these assignments those that the viewer may hand over: all for those who assign teams; for others their own, at the accounts that they lead.
fn within_rights(viewer: &Viewer, from: i64, mut stored: Vec<Stored>) -> Result<Vec<Stored>, Fault> {
    if viewer.may(Right::AssignTeams) {
        return Ok(stored);
    }
    require(viewer, Right::ChangeOwnTeams)?;
    if from != viewer.user_id {
        return Err(Fault::Forbidden);
    }
    let led: BTreeSet<i64> =
        stored.iter().filter(|stored| stored.assignment.role == TeamRole::Kam).map(|stored| stored.assignment.account_id).collect();
    stored.retain(|stored| led.contains(&stored.assignment.account_id));
    Ok(stored)
}

/// What somebody has to hand over from a day on, as far as this viewer sees it and may hand it over, by name of the account.
pub async fn open(office: &Office, viewer: &Viewer, from: i64, on: NaiveDate) -> Result<Vec<Open>, Fault> {
    let db = office.db.read();
    let mut roles: BTreeMap<i64, Vec<TeamRole>> = BTreeMap::new();
    for stored in within_rights(viewer, from, moving(assigned::of_user(db, from).await?, on).collect())? {
        roles.entry(stored.assignment.account_id).or_default().push(stored.assignment.role);
    }
    let mut open = Vec::new();
    for account in accounts::store::of_ids(db, viewer, roles.keys().copied()).await? {
        if let Some(roles) = roles.remove(&account.id) {
            open.push(Open { account, roles });
        }
    }
    open.sort_by(|a, b| name(&a.account).cmp(name(&b.account)));
    Ok(open)
}

/// The assignments that hold on a day or later.
fn moving(all: Vec<Stored>, on: NaiveDate) -> impl Iterator<Item = Stored> {
    all.into_iter().filter(move |stored| !stored.assignment.is_void() && stored.assignment.to.is_none_or(|to| to >= on))
}

/// Moves what one user looks after to another from a day on: all of it that the viewer sees, or the chosen accounts. Every role goes on with its last
/// day as it was; where the other has it already, it only ends. A key account manager may hand over the own accounts. Gives the handover's id.
pub async fn hand_over(office: &Office, viewer: &Viewer, wanted: &Wanted) -> Result<i64, Fault> {
    within_rights(viewer, wanted.from, Vec::new())?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let from = team::store::find(tx.on(), wanted.from).await?.ok_or_else(|| Fault::field("from", |t| t.assignments_user_wrong()))?;
    let to = team::store::find(tx.on(), wanted.to).await?.filter(|user| user.active);
    let to = to.ok_or_else(|| Fault::field("to", |t| t.assignments_user_wrong()))?;
    if from.id == to.id {
        return Err(Fault::field("to", |t| t.handovers_same()));
    }
    let seen = accounts::store::all(tx.on(), viewer).await?;
    let is_seen = |id: i64| seen.binary_search_by_key(&id, |account| account.id).ok();
    if wanted.accounts.as_ref().is_some_and(|chosen| chosen.keys().any(|&id| is_seen(id).is_none())) {
        return Err(Fault::NotFound);
    }
    let is_chosen = |id: i64| wanted.accounts.as_ref().is_none_or(|chosen| chosen.contains_key(&id)) && is_seen(id).is_some();
    let all = assigned::of_user(tx.on(), from.id).await?;
    let mut old = within_rights(viewer, from.id, moving(all, wanted.on).collect())?;
    old.retain(|stored| is_chosen(stored.assignment.account_id));
    if old.is_empty() {
        return Err(Fault::field("accounts", |t| t.handovers_accounts_none()));
    }
    let ids: BTreeSet<i64> = old.iter().map(|stored| stored.assignment.account_id).collect();
    let note = |id: i64| wanted.accounts.as_ref().and_then(|chosen| chosen.get(&id).cloned().flatten());
    let handed: Vec<HandedAccount> = ids.iter().map(|&account_id| HandedAccount { account_id, note: note(account_id) }).collect();
    let handover =
        Handover { id: 0, from_user_id: from.id, to_user_id: to.id, on: wanted.on, note: wanted.note.clone(), by: viewer.name.clone() };
    let id = store::insert(tx.on(), &handover, &handed, viewer.user_id, now).await?;
    move_roles(tx.on(), viewer, &old, &to, wanted.on, id, now).await?;
    let about: Vec<i64> = ids.iter().copied().collect();
    let steps = interactions::actions::move_steps(&tx, &about, from.id, to.id, wanted.on, office.today()).await?;
    tx.raise(Topic::Sight).await?;
    let change = |account_id: i64| TeamChange {
        account_id,
        account: is_seen(account_id).map(|place| name(&seen[place]).to_owned()).unwrap_or_default(),
        before: None,
    };
    let accounts = ids.into_iter().map(change).collect();
    let event = Event::HandedOver {
        handover_id: id,
        from_id: from.id,
        from: from.name,
        to_id: to.id,
        to: to.name,
        on: wanted.on,
        accounts,
        roles: old.len() as u64,
        steps,
    };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

async fn move_roles(
    tx: &impl sea_orm::ConnectionTrait,
    viewer: &Viewer,
    old: &[Stored],
    to: &User,
    on: NaiveDate,
    handover_id: i64,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Fault> {
    let mut own: Vec<Assignment> = assigned::of_user(tx, to.id).await?.into_iter().map(|stored| stored.assignment).collect();
    let mut new = Vec::new();
    for Stored { id, assignment, .. } in old {
        let first = assignment.from.max(on);
        assigned::end(tx, &[*id], assignment.ended_before(first).to.unwrap_or(first)).await?;
        let moved = Assignment { user_id: to.id, from: first, ..*assignment };
        if !own.iter().any(|known| known.clashes_with(&moved)) {
            own.push(moved);
            new.push(moved);
        }
    }
    Ok(assigned::insert(tx, &new, Some(handover_id), viewer.user_id, now).await?)
}

/// The handovers that this viewer may see, the newest first.
pub async fn list(office: &Office, viewer: &Viewer) -> Result<Vec<Shown>, Fault> {
    require(viewer, Right::SeeWorkload)?;
    let all = store::all(office.db.read()).await?;
    shown(office, viewer, all).await
}

/// One handover: for those who see the workload, and for the two it is about, as far as they see an account of it.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Shown, Fault> {
    let handover = store::find(office.db.read(), id).await?.ok_or(Fault::NotFound)?;
    let is_theirs = [handover.from_user_id, handover.to_user_id].contains(&viewer.user_id);
    if !is_theirs && !viewer.may(Right::SeeWorkload) {
        return Err(Fault::NotFound);
    }
    shown(office, viewer, vec![handover]).await?.pop().ok_or(Fault::NotFound)
}

async fn shown(office: &Office, viewer: &Viewer, handovers: Vec<Handover>) -> Result<Vec<Shown>, Fault> {
    let db = office.db.read();
    let users = team::store::all(db).await?;
    let user = |id: i64| users.iter().find(|user| user.id == id).map(|user| user.name.clone()).unwrap_or_default();
    let ids: Vec<i64> = handovers.iter().map(|handover| handover.id).collect();
    let handed = store::accounts(db, &ids).await?;
    let about: Vec<i64> = handed.iter().map(|(_, handed)| handed.account_id).collect();
    let seen = accounts::store::of_ids(db, viewer, about.iter().copied()).await?;
    let roles = assigned::of_accounts(db, &about).await?;
    let account = |handover: i64, handed: &HandedAccount| {
        let place = seen.binary_search_by_key(&handed.account_id, |account| account.id).ok()?;
        let is_moved = |stored: &&Stored| stored.handover_id == Some(handover) && stored.assignment.account_id == handed.account_id;
        let mut roles: Vec<TeamRole> = roles.iter().filter(is_moved).map(|stored| stored.assignment.role).collect();
        roles.sort_unstable();
        roles.dedup();
        Some(ShownAccount { account: seen[place].clone(), roles, note: handed.note.clone() })
    };
    let shown = handovers.into_iter().map(|handover| {
        let own = handed.iter().filter(|(id, _)| *id == handover.id);
        let mut accounts: Vec<ShownAccount> = own.filter_map(|(id, handed)| account(*id, handed)).collect();
        accounts.sort_by(|a, b| name(&a.account).cmp(name(&b.account)));
        Shown { from: user(handover.from_user_id), to: user(handover.to_user_id), handover, accounts }
    });
    Ok(shown.filter(|shown| !shown.accounts.is_empty()).collect())
}
