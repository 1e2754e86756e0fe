//! Verbs about key accounts. Nothing here is declared by a formula: scores suggest, people nominate and decide.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::audit::Event;
use kontor_domain::group::Level;
use kontor_domain::key_account::{Decision, Problem, Reach, Ruling, Treatments};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::Settings;

use super::store::{self, Decided, NewDecision, Nomination, Snapshot};
use crate::accounts::store::Account;
use crate::assignments::actions as assignments;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions::{self as scoring, account, visible};
use crate::scoring::table::Table;
use crate::team::actions::require;
use crate::web::marks::Marks;
use crate::{groups, team};

/// How one account stands: everything that was ever said and decided about it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The account.
    pub account: Arc<Account>,
    /// All decisions, the newest first.
    pub decisions: Vec<Decided>,
    /// All nominations, the newest first.
    pub nominations: Vec<Nomination>,
}

impl Standing {
    /// Whether it is a key account.
    pub fn is_key_account(&self) -> bool {
        self.in_force().is_some()
    }

    /// The decision by which it is one.
    pub fn in_force(&self) -> Option<&Decided> {
        let mut found = None;
        for decided in self.decisions.iter().rev().filter(|decided| decided.ruling.decision != Decision::Decline) {
            found = decided.ruling.decision.makes_key_account().then_some(decided);
        }
        found
    }

    /// Since when it is one without a break.
    pub fn since(&self) -> Option<NaiveDate> {
        let mut since = None;
        for decided in self.decisions.iter().rev() {
            match decided.ruling.decision {
                Decision::Declare => since = Some(decided.ruling.decided_on),
                Decision::Revoke => since = None,
                Decision::Keep | Decision::Decline => {}
            }
        }
        since
    }

    /// The nomination that waits for a decision.
    pub fn open(&self) -> Option<&Nomination> {
        let is_answered = |nomination: &Nomination| self.decisions.iter().any(|decided| decided.nomination_id == Some(nomination.id));
        self.nominations.iter().find(|nomination| nomination.withdrawn_at.is_none() && !is_answered(nomination))
    }
}

/// A key account in the list of them.
#[derive(Clone, Debug)]
pub struct KeyAccount {
    /// The decision by which it is one.
    pub decided: Decided,
    /// Since when it is one without a break.
    pub since: NaiveDate,
}

/// Who is a key account, who is put up, and what the valuation suggests.
pub struct Overview {
    /// The key accounts, the next review first.
    pub key_accounts: Vec<KeyAccount>,
    /// The nominations that wait for a decision, the newest first.
    pub nominations: Vec<Nomination>,
    /// Accounts that are none and whose score, class and coverage suffice, by place in the valuation, the best first.
    pub suggested: Vec<usize>,
    /// Key accounts whose score fell below what keeps one, by place in the valuation.
    pub doubted: Vec<usize>,
    /// The valuation; `None` while the ledger is empty.
    pub table: Option<Arc<Table>>,
}

/// The key accounts this viewer may see, as decided.
pub async fn key_accounts(office: &Office, viewer: &Viewer) -> Result<Vec<KeyAccount>, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(by_review(in_force(store::decisions(office.db.read(), viewer).await?)))
}

/// In the order of their next reviews.
fn by_review(mut key_accounts: Vec<KeyAccount>) -> Vec<KeyAccount> {
    key_accounts.sort_by_key(|key| (key.decided.ruling.next_review, key.decided.account_id));
    key_accounts
}

/// The key accounts that decisions, in their order, leave.
fn in_force(decisions: Vec<Decided>) -> Vec<KeyAccount> {
    let mut found: BTreeMap<i64, KeyAccount> = BTreeMap::new();
    for decided in decisions {
        let account_id = decided.account_id;
        let known = found.remove(&account_id);
        let kept = match (decided.ruling.decision, known) {
            (Decision::Declare, _) => Some(KeyAccount { since: decided.ruling.decided_on, decided }),
            (Decision::Keep, Some(known)) => Some(KeyAccount { decided, ..known }),
            (Decision::Decline, known) => known,
            (Decision::Revoke | Decision::Keep, _) => None,
        };
        found.extend(kept.map(|kept| (account_id, kept)));
    }
    found.into_values().collect()
}

/// Everything about key accounts at one look.
pub async fn overview(office: &Office, viewer: &Viewer, settings: &Settings) -> Result<Overview, Fault> {
    require(viewer, Right::SeeFigures)?;
    let decisions = store::decisions(office.db.read(), viewer).await?;
    let answered: HashSet<i64> = decisions.iter().filter_map(|decided| decided.nomination_id).collect();
    let key_accounts = by_review(in_force(decisions));
    let mut nominations = store::nominations(office.db.read(), viewer).await?;
    nominations.retain(|nomination| nomination.withdrawn_at.is_none() && !answered.contains(&nomination.id));
    let table = scoring::present(office, viewer, settings, Level::Account).await?;
    // With the head of a group its accounts are key accounts already.
    let marks = marks(office).await?;
    let (mut suggested, mut doubted) = (Vec::new(), Vec::new());
    if let Some(table) = &table {
        let model = &table.model.model;
        let keys: HashSet<i64> = key_accounts.iter().map(|key| key.decided.account_id).collect();
        let nominated: HashSet<i64> = nominations.iter().map(|nomination| nomination.account_id).collect();
        for index in visible(table, viewer) {
            let row = &table.rows[index];
            if nominated.contains(&row.account_id) {
                continue;
            }
            let is_key = keys.contains(&row.account_id);
            if !is_key && marks.of(row.account_id).is_none() && model.suggests(&row.scored, row.class) {
                suggested.push(index);
            } else if is_key && model.doubts(&row.scored) {
                doubted.push(index);
            }
        }
        suggested.sort_by_key(|&index| (std::cmp::Reverse(table.rows[index].scored.score), index));
    }
    Ok(Overview { key_accounts, nominations, suggested, doubted, table })
}

/// How one account stands.
pub async fn standing(office: &Office, viewer: &Viewer, account_id: i64) -> Result<Standing, Fault> {
    let account = Arc::new(account(office, viewer, account_id).await?);
    let db = office.db.read();
    let mut decisions = store::decisions_of(db, viewer, account_id).await?;
    decisions.reverse();
    Ok(Standing { account, decisions, nominations: store::nominations_of(db, viewer, account_id).await? })
}

/// What the valuation says of an account now.
async fn snapshot(office: &Office, viewer: &Viewer, settings: &Settings, account_id: i64) -> Result<Snapshot, Fault> {
    let Some(table) = scoring::present(office, viewer, settings, Level::Account).await? else {
        let model_id = scoring::models(office, viewer).await?.first().map_or(0, |model| model.id);
        return Ok(Snapshot { model_id, ..Snapshot::default() });
    };
    let row = table.find(account_id).map(|index| table.rows[index]);
    Ok(Snapshot {
        score: row.and_then(|row| row.scored.score),
        coverage: row.map_or(0.0, |row| row.scored.coverage),
        class: row.and_then(|row| row.class),
        model_id: table.model.id,
    })
}

/// Nominates an account: to become a key account, or, where it is one, to be thought about again. Gives the nomination's id.
pub async fn nominate(office: &Office, viewer: &Viewer, settings: &Settings, account_id: i64, statement: String) -> Result<i64, Fault> {
    require(viewer, Right::Nominate)?;
    if statement.trim().is_empty() {
        return Err(Fault::field("statement", |t| t.key_statement_missing()));
    }
    let snapshot = snapshot(office, viewer, settings, account_id).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let standing = standing(office, viewer, account_id).await?;
    if standing.open().is_some() {
        return Err(Fault::conflict(|t| t.key_nominated_already()));
    }
    let is_review = standing.is_key_account();
    let nomination_id = store::insert_nomination(tx.on(), account_id, is_review, &statement, &snapshot, viewer, now).await?;
    tx.commit(viewer, now, Event::KeyAccountNominated { nomination_id, account_id, statement }).await?;
    Ok(nomination_id)
}

/// Takes a nomination back: one's own, or for who decides, anybody's. Gives the account.
pub async fn withdraw(office: &Office, viewer: &Viewer, id: i64) -> Result<i64, Fault> {
    require(viewer, Right::Nominate)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let nomination = store::nomination(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    if nomination.nominated_by != viewer.user_id {
        require(viewer, Right::DecideKeyAccounts)?;
    }
    let standing = standing(office, viewer, nomination.account_id).await?;
    if standing.open().is_none_or(|open| open.id != id) {
        return Err(Fault::conflict(|t| t.key_nomination_closed()));
    }
    store::withdraw(tx.on(), id, now).await?;
    tx.commit(viewer, now, Event::NominationWithdrawn { nomination_id: id, account_id: nomination.account_id }).await?;
    Ok(nomination.account_id)
}

/// Decides about an account: declares or declines one that was nominated, keeps or revokes a key account, nominated for review or not. Who becomes the key
/// account's manager is assigned to it from the day of the decision on.
pub async fn decide(office: &Office, viewer: &Viewer, settings: &Settings, account_id: i64, ruling: Ruling) -> Result<(), Fault> {
    require(viewer, Right::DecideKeyAccounts)?;
    let problems = ruling.problems(office.today());
    if !problems.is_empty() {
        return Err(Fault::Invalid(problems.into_iter().map(told).collect()));
    }
    let snapshot = snapshot(office, viewer, settings, account_id).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let standing = standing(office, viewer, account_id).await?;
    if !ruling.decision.fits(standing.is_key_account()) {
        return Err(Fault::field("decision", |t| t.key_decision_wrong()));
    }
    let nomination_id = standing.open().map(|open| open.id);
    if nomination_id.is_none() && matches!(ruling.decision, Decision::Declare | Decision::Decline) {
        return Err(Fault::conflict(|t| t.key_not_nominated()));
    }
    if standing.decisions.first().is_some_and(|last| last.ruling.decided_on > ruling.decided_on) {
        return Err(Fault::field("decided_on", |t| t.key_before_last()));
    }
    let ruling =
        if ruling.decision.makes_key_account() { ruling } else { Ruling { manager_id: None, reach: None, next_review: None, ..ruling } };
    let mut manager = None;
    if let Some(user_id) = ruling.manager_id {
        let user = team::store::find(tx.on(), user_id).await?.filter(|user| user.active);
        manager = Some(user.ok_or_else(|| Fault::field("manager", |t| t.key_manager_wrong()))?.name);
        assignments::appoint_kam(&tx, viewer, account_id, user_id, ruling.decided_on, now).await?;
    }
    let new = NewDecision { account_id, nomination_id, ruling: &ruling, manager_name: manager.clone(), snapshot };
    store::insert_decision(tx.on(), new, viewer, now).await?;
    tx.raise(Topic::KeyAccounts).await?;
    let Ruling { decision, reason, reach, next_review, .. } = ruling;
    Ok(tx.commit(viewer, now, Event::KeyAccountDecided { account_id, decision, reason, manager, reach, next_review }).await?)
}

fn told(problem: Problem) -> FieldError {
    match problem {
        Problem::NoReason => FieldError::new("reason", |t| t.key_reason_missing()),
        Problem::InTheFuture => FieldError::new("decided_on", |t| t.key_in_the_future()),
        Problem::NoManager => FieldError::new("manager", |t| t.key_manager_missing()),
        Problem::NoReach => FieldError::new("reach", |t| t.key_reach_missing()),
        Problem::NoReview => FieldError::new("next_review", |t| t.key_review_missing()),
        Problem::ReviewTooEarly => FieldError::new("next_review", |t| t.key_review_early()),
    }
}

/// What each class gets.
pub async fn treatments(office: &Office, viewer: &Viewer) -> Result<Treatments, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(store::current_treatments(office.db.read()).await?)
}

/// Sets what each class gets; what is in force already leaves no trace.
pub async fn set_treatments(office: &Office, viewer: &Viewer, after: Treatments) -> Result<(), Fault> {
    require(viewer, Right::DecideKeyAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let before = store::current_treatments(tx.on()).await?;
    if before == after {
        return Ok(());
    }
    store::insert_treatments(tx.on(), &after, viewer.user_id, now).await?;
    tx.raise(Topic::KeyAccounts).await?;
    Ok(tx.commit(viewer, now, Event::TreatmentsChanged { before: Box::new(before), after: Box::new(after) }).await?)
}

/// Which accounts are marked as key accounts wherever they are shown; kept until a decision or a group changes. What of it is shown follows from which
/// accounts are shown.
pub async fn marks(office: &Office) -> Result<Arc<Marks>, Fault> {
    let revisions = office.db.revisions().await?;
    let (key_accounts, groups, today) = (revisions.of(Topic::KeyAccounts), revisions.of(Topic::Groups), office.today());
    let compute = async {
        let key_accounts = in_force(store::all_decisions(office.db.read()).await?);
        let reach = |key: &KeyAccount| key.decided.ruling.reach.unwrap_or(Reach::National);
        let mut marked: Vec<(i64, Reach)> = key_accounts.iter().map(|key| (key.decided.account_id, reach(key))).collect();
        if marked.iter().any(|(_, reach)| *reach == Reach::Group) {
            let graph = groups::actions::whole(office).await?;
            for key in key_accounts.iter().filter(|key| reach(key) == Reach::Group) {
                marked.extend(graph.group(key.decided.account_id, today).into_iter().map(|member| (member, Reach::Group)));
            }
        }
        Ok::<_, Fault>(Marks::new(marked))
    };
    office.marks.get(&(key_accounts, groups, today), compute).await
}

/// Who can become a key account's manager: everybody who may sign in and does more than read.
pub async fn managers(office: &Office, viewer: &Viewer) -> Result<Vec<team::store::User>, Fault> {
    require(viewer, Right::DecideKeyAccounts)?;
    team::actions::doers(office).await
}
