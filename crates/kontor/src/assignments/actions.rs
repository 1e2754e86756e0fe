//! Verbs about account teams, and what later nouns ask about them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::assignment::{self, Assignment, Reach, TeamRole};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use super::forms::Wanted;
use super::plan;
pub use super::plan::{Outcome, Planned, Selection};
use super::store::{self, Stored};
use crate::accounts::directory;
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

/// The team of an account this viewer may see.
pub async fn team(office: &Office, viewer: &Viewer, account_id: i64, day: NaiveDate) -> Result<Team, Fault> {
    directory::account(office, viewer, account_id).await?;
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
    let planned = plan::plan(tx.on(), vec![account(tx.on(), viewer, account_id).await?], wanted).await?;
    match planned.first().map(|planned| &planned.outcome) {
        Some(Outcome::Already) => Err(Fault::field("user", |t| t.assignments_already())),
        Some(Outcome::Taken(name)) => {
            let name = name.clone();
            Err(Fault::field("user", move |t| t.assignments_taken(name.as_str())))
        }
        _ => plan::commit(office, viewer, tx, &planned, wanted).await,
    }
}

/// What an assignment of many accounts would change.
pub async fn preview(office: &Office, viewer: &Viewer, selection: &Selection, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    require(viewer, Right::AssignTeams)?;
    let accounts = plan::selected(office.db.read(), viewer, selection).await?;
    plan::plan(office.db.read(), accounts, wanted).await
}

/// Gives a user a role on many accounts at once: on those where it changes something and nobody is in the way. Gives what it came to on each.
pub async fn assign_many(office: &Office, viewer: &Viewer, selection: &Selection, wanted: &Wanted) -> Result<Vec<Planned>, Fault> {
    require(viewer, Right::AssignTeams)?;
    let tx = office.db.begin().await?;
    let accounts = plan::selected(tx.on(), viewer, selection).await?;
    let planned = plan::plan(tx.on(), accounts, wanted).await?;
    if !planned.iter().any(|planned| planned.outcome.is_change()) {
        return Err(Fault::field("user", |t| t.assignments_no_change()));
    }
    plan::commit(office, viewer, tx, &planned, wanted).await?;
    Ok(planned)
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
    let mut roles: BTreeMap<i64, Vec<TeamRole>> = BTreeMap::new();
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

/// The KAM of every account that has one on a day, whoever asks: its own, else that of the nearest group above it.
pub async fn kams(office: &Office, day: NaiveDate) -> Result<HashMap<i64, i64>, Fault> {
    let graph = groups::actions::whole(office).await?;
    let mut nearest: HashMap<i64, (usize, i64)> = HashMap::new();
    for stored in store::all(office.db.read()).await? {
        let Assignment { user_id, account_id, reach, role, .. } = stored.assignment;
        if role != TeamRole::Kam || !stored.assignment.is_on(day) {
            continue;
        }
        let nodes = if reach == Reach::Group { graph.under(account_id, day) } else { vec![account_id] };
        for node in nodes {
            let above = graph.controllers(node, day).iter().position(|&head| head == account_id).map_or(0, |place| place + 1);
            let known = nearest.entry(node).or_insert((above, user_id));
            if above < known.0 {
                *known = (above, user_id);
            }
        }
    }
    Ok(nearest.into_iter().map(|(account, (_, user))| (account, user)).collect())
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

/// The accounts that control this one on a day, the nearest first.
pub(super) async fn heads(office: &Office, account_id: i64, day: NaiveDate) -> Result<Vec<i64>, Fault> {
    Ok(groups::actions::whole(office).await?.controllers(account_id, day))
}

/// The accounts that this one controls on a day, directly or not, without itself.
pub(super) async fn under(office: &Office, account_id: i64, day: NaiveDate) -> Result<Vec<i64>, Fault> {
    let under = groups::actions::whole(office).await?.under(account_id, day);
    Ok(under.into_iter().filter(|&id| id != account_id).collect())
}
