//! Verbs about account teams, and what later nouns ask about them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::assignment::{self, Assignment, Reach, TeamRole};
use kontor_domain::audit::{Event, TeamChange};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Role;

use super::forms::Wanted;
use super::store::{self, Stored};
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::team::store::User;
use crate::{accounts, groups, team};

/// Somebody on the team of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The assignment's id.
    pub id: i64,
    /// Who, as what, when. Its account is the one that was asked for, or the head of a group above it.
    pub assignment: Assignment,
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// Whether the user may sign in.
    pub active: bool,
}

/// The team of an account with its past and future.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// Those who look after it on the day asked for, by role.
    pub now: Vec<Member>,
    /// Those who will, by first day.
    pub later: Vec<Member>,
    /// Those who did, the latest first; only on the account itself.
    pub past: Vec<Member>,
}

impl Team {
    /// The key account manager.
    pub fn kam(&self) -> Option<&Member> {
        self.now.first().filter(|member| member.assignment.role == TeamRole::Kam)
    }
}

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

/// The team of an account this viewer may see.
pub async fn team(office: &Office, viewer: &Viewer, account_id: i64, day: NaiveDate) -> Result<Team, Fault> {
    account(office.db.read(), viewer, account_id).await?;
    let heads = heads(office, account_id, day).await?;
    let mut nodes = vec![account_id];
    nodes.extend(&heads);
    let db = office.db.read();
    let stored = store::of_accounts(db, &nodes).await?;
    let users = team::store::all(db).await?;
    let member = |stored: &Stored| member(&users, stored);
    let on_team = assignment::team_of(stored.iter().map(|stored| &stored.assignment), account_id, &heads, day);
    let mut now: Vec<Member> = Vec::new();
    for assignment in on_team {
        now.extend(stored.iter().find(|stored| stored.assignment == *assignment).map(member));
    }
    let own = || stored.iter().filter(|stored| stored.assignment.account_id == account_id && !stored.assignment.is_void());
    let mut later: Vec<Member> = own().filter(|stored| stored.assignment.from > day).map(member).collect();
    let mut past: Vec<Member> = own().filter(|stored| stored.assignment.to.is_some_and(|to| to < day)).map(member).collect();
    later.sort_by_key(|member| (member.assignment.from, member.assignment.role));
    past.sort_by_key(|member| (std::cmp::Reverse(member.assignment.to), member.assignment.role));
    Ok(Team { now, later, past })
}

fn member(users: &[User], stored: &Stored) -> Member {
    let user = users.iter().find(|user| user.id == stored.assignment.user_id);
    Member {
        id: stored.id,
        assignment: stored.assignment,
        name: user.map(|user| user.name.clone()).unwrap_or_default(),
        mail: user.map(|user| user.mail.clone()).unwrap_or_default(),
        active: user.is_some_and(|user| user.active),
    }
}

/// The account, as far as this viewer may see it.
async fn account(db: &impl sea_orm::ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Account, Fault> {
    accounts::store::find(db, viewer, id).await?.ok_or(Fault::NotFound)
}

/// Whether the viewer may change the team of an account: those who assign all teams, and the KAM.
pub async fn may_change(office: &Office, viewer: &Viewer, account_id: i64) -> Result<bool, Fault> {
    if viewer.may(Right::AssignTeams) {
        return Ok(true);
    }
    Ok(viewer.may(Right::ChangeOwnTeams) && kam_of(office, account_id, office.today()).await? == Some(viewer.user_id))
}

async fn require_change(office: &Office, viewer: &Viewer, account_id: i64) -> Result<(), Fault> {
    if may_change(office, viewer, account_id).await? { Ok(()) } else { Err(Fault::Forbidden) }
}

/// Gives a user a role on one account. Where another KAM is in the way, only an assignment that is to follow them goes ahead.
pub async fn assign(office: &Office, viewer: &Viewer, account_id: i64, wanted: &Wanted) -> Result<(), Fault> {
    account(office.db.read(), viewer, account_id).await?;
    require_change(office, viewer, account_id).await?;
    let tx = office.db.begin().await?;
    let planned = planned(&tx, vec![account(tx.on(), viewer, account_id).await?], wanted).await?;
    match planned.first().map(|planned| &planned.outcome) {
        Some(Outcome::Already) => Err(Fault::field("user", |t| t.assignments_already())),
        Some(Outcome::Taken(name)) => {
            let name = name.clone();
            Err(Fault::field("user", move |t| t.assignments_taken(name.as_str())))
        }
        _ => commit(office, viewer, tx, &planned, wanted).await,
    }
}

/// What an assignment of many accounts would change.
pub async fn preview(office: &Office, viewer: &Viewer, selection: &Selection, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    require(viewer, Right::AssignTeams)?;
    let accounts = selected(office.db.read(), viewer, selection).await?;
    plan(office.db.read(), accounts, wanted).await
}

/// Gives a user a role on many accounts at once: on those where it changes something and nobody is in the way. Gives what it came to on each.
pub async fn assign_many(office: &Office, viewer: &Viewer, selection: &Selection, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    require(viewer, Right::AssignTeams)?;
    let tx = office.db.begin().await?;
    let accounts = selected(tx.on(), viewer, selection).await?;
    let planned = planned(&tx, accounts, wanted).await?;
    if !planned.iter().any(|planned| planned.outcome.is_change()) {
        return Err(Fault::field("user", |t| t.assignments_no_change()));
    }
    commit(office, viewer, tx, &planned, wanted).await?;
    Ok(planned)
}

/// The accounts of a selection that the viewer may see. Naming one that may not be seen is an error like naming one that is not there.
async fn selected(db: &impl sea_orm::ConnectionTrait, viewer: &Viewer, selection: &Selection) -> Result<Vec<Account>, Fault> {
    let all = accounts::store::all(db, viewer).await?;
    let chosen: Vec<Account> = match selection {
        Selection::Industry(industry) => {
            let is_meant = |account: &Account| account.master.industry.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(industry));
            all.into_iter().filter(is_meant).collect()
        }
        Selection::Accounts(ids) => {
            let chosen: Vec<Account> = all.into_iter().filter(|account| ids.contains(&account.id)).collect();
            if ids.iter().any(|id| !chosen.iter().any(|account| account.id == *id)) {
                return Err(Fault::NotFound);
            }
            chosen
        }
    };
    if chosen.is_empty() { Err(Fault::field("accounts", |t| t.assignments_accounts_none())) } else { Ok(chosen) }
}

async fn planned(tx: &Tx, accounts: Vec<Account>, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    plan(tx.on(), accounts, wanted).await
}

async fn plan(db: &impl sea_orm::ConnectionTrait, accounts: Vec<Account>, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
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
            let other_name = other.map(|stored| member(&users, stored).name);
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
async fn commit(office: &Office, viewer: &Viewer, tx: Tx, planned: &[Planned], wanted: &Wanted) -> Result<(), Fault> {
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

/// Ends a role on an account; `to` is its last day. One that has not begun by then is taken back. A last day can be moved forward, never back.
pub async fn end(office: &Office, viewer: &Viewer, id: i64, to: NaiveDate) -> Result<i64, Fault> {
    let known = store::find(office.db.read(), id).await?.ok_or(Fault::NotFound)?.assignment;
    let account = account(office.db.read(), viewer, known.account_id).await?;
    require_change(office, viewer, account.id).await?;
    let tx = office.db.begin().await?;
    let Assignment { user_id, role, from, to: last, .. } = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?.assignment;
    if last.is_some_and(|last| to >= last) {
        return Err(Fault::field("to", |t| t.assignments_ended_already()));
    }
    let to = if to < from { known.ended_before(from).to.unwrap_or(to) } else { to };
    store::end(tx.on(), &[id], to).await?;
    tx.raise(Topic::Sight).await?;
    let user = team::store::find(tx.on(), user_id).await?.map(|user| user.name).unwrap_or_default();
    let event = Event::TeamEnded { user_id, user, role, account_id: account.id, account: name(&account).to_owned(), to };
    tx.commit(viewer, office.now(), event).await?;
    Ok(account.id)
}

/// Who looks after an account on a day, whoever asks; for what other nouns decide by it.
pub async fn team_of(office: &Office, account_id: i64, day: NaiveDate) -> Result<Vec<Assignment>, Fault> {
    let heads = heads(office, account_id, day).await?;
    let mut nodes = vec![account_id];
    nodes.extend(&heads);
    let all: Vec<Assignment> = store::of_accounts(office.db.read(), &nodes).await?.into_iter().map(|stored| stored.assignment).collect();
    Ok(assignment::team_of(&all, account_id, &heads, day).into_iter().copied().collect())
}

/// The KAM of an account on a day.
pub async fn kam_of(office: &Office, account_id: i64, day: NaiveDate) -> Result<Option<i64>, Fault> {
    let team = team_of(office, account_id, day).await?;
    Ok(team.first().filter(|first| first.role == TeamRole::Kam).map(|kam| kam.user_id))
}

/// The KAMs of these accounts on a day, in as many queries as for one; accounts without one are missing.
pub async fn kams_of(office: &Office, accounts: &[i64], day: NaiveDate) -> Result<HashMap<i64, i64>, Fault> {
    let graph = groups::actions::whole(office).await?;
    let heads: HashMap<i64, Vec<i64>> = accounts.iter().map(|&id| (id, graph.controllers(id, day))).collect();
    let mut nodes: Vec<i64> = heads.iter().flat_map(|(id, heads)| heads.iter().copied().chain([*id])).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let all: Vec<Assignment> = store::of_accounts(office.db.read(), &nodes).await?.into_iter().map(|stored| stored.assignment).collect();
    let kam = |(id, heads): (&i64, &Vec<i64>)| {
        let team = assignment::team_of(&all, *id, heads, day);
        team.first().filter(|first| first.role == TeamRole::Kam).map(|kam| (*id, kam.user_id))
    };
    Ok(heads.iter().filter_map(kam).collect())
}

/// Whether a user is on the team of an account on a day, itself or through a group above it.
pub async fn is_on_team(office: &Office, user_id: i64, account_id: i64, day: NaiveDate) -> Result<bool, Fault> {
    let heads = heads(office, account_id, day).await?;
    let is_meant = |assignment: &Assignment| {
        assignment.account_id == account_id || (assignment.reach == Reach::Group && heads.contains(&assignment.account_id))
    };
    let own = store::of_user(office.db.read(), user_id).await?;
    Ok(own.iter().any(|stored| stored.assignment.is_on(day) && is_meant(&stored.assignment)))
}

/// The accounts that a user is on the team of on a day, by id, with the roles on each: itself or through a group above it.
pub async fn accounts_of(office: &Office, user_id: i64, day: NaiveDate) -> Result<Vec<(i64, Vec<TeamRole>)>, Fault> {
    let mut roles: std::collections::BTreeMap<i64, Vec<TeamRole>> = std::collections::BTreeMap::new();
    for stored in store::of_user(office.db.read(), user_id).await? {
        let Assignment { account_id, reach, role, .. } = stored.assignment;
        if !stored.assignment.is_on(day) {
            continue;
        }
        let mut nodes = vec![account_id];
        if reach == Reach::Group {
            nodes.extend(under(office, account_id, day).await?);
        }
        for node in nodes {
            let known = roles.entry(node).or_default();
            if !known.contains(&role) {
                known.push(role);
            }
        }
    }
    Ok(roles.into_iter().collect())
}

/// Makes a user the KAM of an account from a day on, within the change of another noun, whose event tells it. A KAM who is there already makes way; who
/// is KAM already stays.
pub async fn appoint_kam(
    tx: &Tx,
    viewer: &Viewer,
    account_id: i64,
    user_id: i64,
    from: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    team::store::find(tx.on(), user_id).await?.filter(|user| user.active).ok_or(Fault::field("kam", |t| t.assignments_user_wrong()))?;
    let new = Assignment { user_id, account_id, reach: Reach::Account, role: TeamRole::Kam, from, to: None };
    let stored = store::of_accounts(tx.on(), &[account_id]).await?;
    let clashing: Vec<&Stored> = stored.iter().filter(|stored| stored.assignment.clashes_with(&new)).collect();
    if clashing.iter().any(|stored| stored.assignment.user_id == user_id && stored.assignment.is_on(from)) {
        return Ok(());
    }
    for stored in clashing {
        let last = stored.assignment.ended_before(from.max(stored.assignment.from)).to;
        store::end(tx.on(), &[stored.id], last.unwrap_or(from)).await?;
    }
    store::insert(tx.on(), &[new], None, viewer.user_id, now).await?;
    tx.raise(Topic::Sight).await?;
    Ok(())
}

/// Puts the assignments of one account on another one that takes its place, within the change that merges them; gives the ids of those that moved, so
/// that it can be undone. What would clash there (a second KAM, the same role twice) stays behind on the account that is given up.
pub async fn move_references(tx: &Tx, from: i64, to: i64) -> Result<Vec<i64>, Fault> {
    let mut there = store::of_accounts(tx.on(), &[to]).await?;
    let mut moved = Vec::new();
    for stored in store::of_accounts(tx.on(), &[from]).await? {
        let new = Assignment { account_id: to, ..stored.assignment };
        if !there.iter().any(|other| other.assignment.clashes_with(&new)) {
            moved.push(stored.id);
            there.push(Stored { assignment: new, ..stored });
        }
    }
    store::set_account(tx.on(), &moved, to).await?;
    tx.raise(Topic::Sight).await?;
    Ok(moved)
}

/// Takes [`move_references`] back.
pub async fn move_back(tx: &Tx, moved: &[i64], to: i64) -> Result<(), Fault> {
    store::set_account(tx.on(), moved, to).await?;
    tx.raise(Topic::Sight).await?;
    Ok(())
}

/// Notes that accounts were made by hand: who makes one as a member joins its team as sales representative, so that they see it also where only
/// teams do.
pub async fn join(tx: &Tx, viewer: &Viewer, account_id: i64, day: NaiveDate, now: DateTime<Utc>) -> Result<(), Fault> {
    if viewer.role == Role::Member {
        let new = Assignment { user_id: viewer.user_id, account_id, reach: Reach::Account, role: TeamRole::SalesRep, from: day, to: None };
        store::insert(tx.on(), &[new], None, viewer.user_id, now).await?;
    }
    tx.raise(Topic::Sight).await?;
    Ok(())
}

/// The accounts that control this one on a day, the nearest first.
pub(super) async fn heads(office: &Office, account_id: i64, day: NaiveDate) -> Result<Vec<i64>, Fault> {
    Ok(groups::actions::whole(office).await?.controllers(account_id, day))
}

/// The accounts that this one controls on a day, directly or not, without itself.
pub(super) async fn under(office: &Office, account_id: i64, day: NaiveDate) -> Result<Vec<i64>, Fault> {
    let under = groups::actions::whole(office).await?.under(account_id, day);
    Ok(under.into_iter().filter(|&id| id != account_id).collect())
}
