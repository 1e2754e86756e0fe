//! Verbs about duplicates.

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use kontor_domain::account::{Key, Tags};
use kontor_domain::audit::{Event, Subject};
use kontor_domain::duplicates::{self, Company, Number, Pair};
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::view::Kept;
use serde::{Deserialize, Serialize};

use super::humans;
use super::store::{self, Merge, NewMerge};
use crate::accounts::directory::{self, Directory};
use crate::accounts::merging::{self, Absorbed};
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::aside::aside;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::roll;
use crate::people::roll::store::Reach;
use crate::team::actions::require;
use crate::{accounts, assignments, cadence, groups, handovers, interactions, key_accounts, people, scoring, stakeholders, views};

/// How many merges are listed.
const MERGES: usize = 200;

/// What kind of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Accounts.
    Account,
    /// People on the customers' side.
    Person,
}

impl Kind {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl FromStr for Kind {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Kind, Fault> {
        match text {
            "account" => Ok(Kind::Account),
            "person" => Ok(Kind::Person),
            _ => Err(Fault::NotFound),
        }
    }
}

/// All that moved in a merge, by noun, so that undoing moves exactly that back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Numbers, addresses, and what changed about the kept account.
    pub account: Absorbed,
    /// Edges of corporate groups.
    pub groups: groups::moving::Moved,
    /// Members of the account team.
    pub assignments: Vec<i64>,
    /// Employments of people.
    pub employments: Vec<i64>,
    /// Contacts.
    pub interactions: Vec<i64>,
    /// Ratings.
    pub ratings: Vec<i64>,
    /// Tasks of rounds of ratings.
    pub tasks: Vec<i64>,
    /// Stakeholder maps.
    pub maps: stakeholders::moving::Moved,
    /// Intervals of contact of its own.
    pub intervals: Vec<i64>,
    /// Nominations and decisions.
    pub key_account: key_accounts::store::Moved,
    /// Rows of handovers.
    pub handovers: Vec<i64>,
    /// Favourites and visits.
    pub kept: views::store::Moved,
}

/// Two accounts that may be the same.
pub struct Suspects {
    /// Score and reasons.
    pub pair: Pair,
    /// The account with the smaller id.
    pub first: Arc<Account>,
    /// The other.
    pub second: Arc<Account>,
}

/// The accounts that may be the same and that this viewer sees both, the likeliest first; without those found to be two.
pub async fn report(office: &Office, viewer: &Viewer, from: u8) -> Result<Vec<Suspects>, Fault> {
    require(viewer, Right::EditAccounts)?;
    let directory = directory::whole(office).await?;
    let pairs = pairs(office, directory.clone()).await?;
    let dismissed: HashSet<(i64, i64)> = store::dismissed(office.db.read(), Kind::Account).await?.into_iter().collect();
    let suspects = pairs.iter().filter(|pair| pair.score >= from && !dismissed.contains(&(pair.first, pair.second))).filter_map(|pair| {
        let (first, second) = (directory.seen(viewer, pair.first)?.clone(), directory.seen(viewer, pair.second)?.clone());
        Some(Suspects { pair: pair.clone(), first, second })
    });
    Ok(suspects.collect())
}

/// All pairs at the present revisions of accounts and people, found once.
async fn pairs(office: &Office, directory: Arc<Directory>) -> Result<Arc<Vec<Pair>>, Fault> {
    let (roll, today) = (roll::current(office).await?, office.today());
    let key = (directory.revision(), roll.revision(), today);
    let compute = async {
        let reached = roll::reach_of_accounts(office, &roll, today).await?;
        aside(move || {
            let accounts = directory.accounts().iter().filter(|account| !account.is_archived());
            duplicates::companies(accounts.map(|account| company(account, reached.get(&account.id))), LOWEST)
        })
        .await
    };
    office.duplicates.get(&key, compute).await
}

/// The lowest score that can be asked for.
pub const LOWEST: u8 = 50;

fn company<'a>(account: &'a Account, reached: Option<&'a Vec<Reach>>) -> Company<'a> {
    fn text(text: &Option<String>) -> &str {
        text.as_deref().unwrap_or_default()
    }
    let master = &account.master;
    let mails = reached.into_iter().flatten().filter(|reach| reach.kind == ChannelKind::WorkMail);
    let phones = reached.into_iter().flatten().filter(|reach| reach.kind.is_phone() && reach.kind != ChannelKind::HomePhone);
    let number = |reach: &'a Reach| Number { normal: &reach.normal, typed: &reach.value, is_fixed: reach.kind != ChannelKind::Mobile };
    Company {
        id: account.id,
        name: &master.name,
        street: text(&master.street),
        postal_code: text(&master.postal_code),
        city: text(&master.city),
        country: text(&master.country),
        website: text(&master.website),
        vat_id: text(&master.vat_id),
        lei: text(&master.lei),
        mails: mails.map(|reach| reach.normal.as_str()).collect(),
        phones: phones.map(number).collect(),
    }
}

/// Notes that two accounts are two; they are reported no more.
pub async fn dismiss(office: &Office, viewer: &Viewer, first: i64, second: i64) -> Result<(), Fault> {
    require(viewer, Right::MergeRecords)?;
    let pair = (first.min(second), first.max(second));
    let tx = office.db.begin().await?;
    let (first, second) = both(&tx, viewer, pair.0, pair.1).await?;
    if store::dismissed(tx.on(), Kind::Account).await?.contains(&pair) {
        return Err(Fault::conflict(|t| t.duplicates_dismissed_already()));
    }
    store::dismiss(tx.on(), Kind::Account, pair, viewer.user_id, office.now()).await?;
    tx.touch(Subject::Account(second.id), Vec::new());
    let event = Event::DuplicateDismissed {
        account_id: first.id,
        name: name(&first).to_owned(),
        other_id: second.id,
        other: name(&second).to_owned(),
    };
    Ok(tx.commit(viewer, office.now(), event).await?)
}

async fn both(tx: &Tx, viewer: &Viewer, first: i64, second: i64) -> Result<(Account, Account), Fault> {
    if first == second {
        return Err(Fault::field("gone", |t| t.duplicates_same()));
    }
    let find = async |id| accounts::store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound);
    Ok((find(first).await?, find(second).await?))
}

/// What shall become of two accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The account that is kept.
    pub kept: i64,
    /// The one that becomes part of it.
    pub gone: i64,
    /// The fields whose values are taken from the latter; tags of both are kept where they are not named.
    pub take: Vec<Key>,
}

/// Makes one account of two: the kept one has all numbers, addresses, edges of groups and team members of both, and of each field the value chosen.
/// Figures follow the numbers. Gives the id of the merge, by which it is undone.
pub async fn merge(office: &Office, viewer: &Viewer, wanted: &Wanted) -> Result<i64, Fault> {
    require(viewer, Right::MergeRecords)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let (kept, gone) = both(&tx, viewer, wanted.kept, wanted.gone).await?;
    let values = values(&kept, &gone, &wanted.take)?;
    let account = merging::absorb(&tx, &kept, &gone, &values).await?;
    let moved = move_references(&tx, gone.id, kept.id, account, now).await?;
    let new = NewMerge { kind: Kind::Account, kept: (kept.id, name(&kept)), gone: (gone.id, name(&gone)), moved: &moved };
    let id = store::insert(tx.on(), new, (viewer.user_id, &viewer.name), now).await?;
    tx.touch(Subject::Account(gone.id), Vec::new());
    let event = Event::AccountsMerged {
        merge_id: id,
        account_id: kept.id,
        name: name(&kept).to_owned(),
        gone_id: gone.id,
        gone: name(&gone).to_owned(),
        changes: moved.account.changes,
    };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Gives all that hangs on one account to another. What is left as it was: the audit log, kept results of valuations, notices, and what was said about
/// pairs of duplicates.
async fn move_references(tx: &Tx, from: i64, to: i64, account: Absorbed, now: DateTime<Utc>) -> Result<Moved, Fault> {
    let people_changed = tx.raise(Topic::People).await?;
    tx.raise(Topic::Scoring).await?;
    Ok(Moved {
        account,
        groups: groups::moving::move_references(tx, from, to, now).await?,
        assignments: assignments::actions::move_references(tx, from, to).await?,
        employments: people::store::move_account_references(tx.on(), from, to, people_changed).await?,
        maps: stakeholders::moving::move_account_references(tx, from, to).await?,
        interactions: interactions::actions::move_account_references(tx, from, to).await?,
        intervals: cadence::actions::move_account_references(tx, from, to).await?,
        ratings: scoring::store::move_ratings(tx.on(), from, to).await?,
        tasks: scoring::rounds::store::move_tasks(tx.on(), from, to).await?,
        key_account: key_accounts::moving::move_references(tx, from, to).await?,
        handovers: handovers::store::move_references(tx.on(), from, to).await?,
        kept: views::store::move_references(tx.on(), Kept::Account, from, to).await?,
    })
}

/// Takes [`move_references`] back: what moved from `from` to `to` is of `from` again.
async fn move_back(tx: &Tx, from: i64, to: i64, moved: &Moved) -> Result<(), Fault> {
    let people_changed = tx.raise(Topic::People).await?;
    tx.raise(Topic::Scoring).await?;
    groups::moving::move_back(tx, &moved.groups).await?;
    assignments::actions::move_back(tx, &moved.assignments, from).await?;
    people::store::move_account_back(tx.on(), &moved.employments, from, people_changed).await?;
    stakeholders::moving::move_account_back(tx, &moved.maps, from).await?;
    interactions::actions::move_back(tx, &moved.interactions, from, to).await?;
    cadence::actions::move_account_back(tx, &moved.intervals, from).await?;
    scoring::store::move_ratings_back(tx.on(), &moved.ratings, from).await?;
    scoring::rounds::store::move_tasks_back(tx.on(), &moved.tasks, from).await?;
    key_accounts::moving::move_back(tx, &moved.key_account, from).await?;
    handovers::store::move_back(tx.on(), &moved.handovers, from).await?;
    Ok(views::store::move_back(tx.on(), Kept::Account, &moved.kept, from).await?)
}

/// The values that the kept account gets.
fn values(kept: &Account, gone: &Account, take: &[Key]) -> Result<Vec<(Key, String)>, Fault> {
    let (ours, theirs) = (kept.record(), gone.record());
    let mut values: Vec<(Key, String)> = take.iter().map(|key| (key.clone(), theirs.value(key).unwrap_or_default())).collect();
    if !take.contains(&Key::Tags) {
        let mut tags = ours.tags.clone();
        theirs.tags.iter().take(Tags::MAX.saturating_sub(ours.tags.iter().count())).for_each(|tag| tags.add(tag));
        values.push((Key::Tags, tags.to_string()));
    }
    Ok(values)
}

/// Parts two again that were merged, accounts or people: what moved then moves back. A later merge of either must be undone first.
pub async fn undo(office: &Office, viewer: &Viewer, id: i64) -> Result<Merge, Fault> {
    require(viewer, Right::MergeRecords)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let merge = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    let is_seen = match merge.kind {
        Kind::Account => viewer.sight.sees(merge.kept_id),
        Kind::Person => people::merging::became(tx.on(), viewer, merge.kept_id).await?.is_some(),
    };
    if !is_seen {
        return Err(Fault::NotFound);
    }
    if merge.undone_at.is_some() {
        return Err(Fault::conflict(|t| t.duplicates_undone_already()));
    }
    if let Some(later) = store::later(tx.on(), &merge).await? {
        return Err(Fault::conflict(move |t| t.duplicates_later_first(later.to_string())));
    }
    if let Some(later) = later_across(&tx, &merge).await? {
        let kind = merge.kind;
        return Err(Fault::conflict(move |t| match kind {
            Kind::Account => t.duplicates_later_people_first(later.to_string()),
            Kind::Person => t.duplicates_later_accounts_first(later.to_string()),
        }));
    }
    let event = match merge.kind {
        Kind::Account => part(&tx, &merge).await?,
        Kind::Person => humans::part(&tx, &merge).await?,
    };
    store::set_undone(tx.on(), id, now).await?;
    tx.commit(viewer, now, event).await?;
    Ok(merge)
}

/// The newest merge of people at these accounts, or of accounts of these people, that still holds and came later. What clashed in it stayed behind with
/// the record that was given up; were the earlier merge undone first, it would then be missing where it belongs.
async fn later_across(tx: &Tx, merge: &Merge) -> Result<Option<i64>, Fault> {
    for later in store::later_across(tx.on(), merge).await? {
        let (accounts, persons) = match merge.kind {
            Kind::Account => (merge, &later),
            Kind::Person => (&later, merge),
        };
        let (accounts, persons) = ([accounts.kept_id, accounts.gone_id], [persons.kept_id, persons.gone_id]);
        let do_meet = people::store::are_at(tx.on(), &persons, &accounts).await?
            || stakeholders::store::are_at(tx.on(), &persons, &accounts).await?
            || cadence::store::are_at(tx.on(), &persons, &accounts).await?;
        if do_meet {
            return Ok(Some(later.id));
        }
    }
    Ok(None)
}

/// Parts two accounts again.
async fn part(tx: &Tx, merge: &Merge) -> Result<Event, Fault> {
    let moved: Moved = merge.moved()?;
    let changes = merging::release(tx, merge.kept_id, merge.gone_id, &moved.account).await?;
    move_back(tx, merge.gone_id, merge.kept_id, &moved).await?;
    tx.touch(Subject::Account(merge.gone_id), Vec::new());
    Ok(Event::MergeUndone {
        merge_id: merge.id,
        account_id: merge.kept_id,
        name: merge.kept_name.clone(),
        gone_id: merge.gone_id,
        gone: merge.gone_name.clone(),
        changes,
    })
}

/// The newest merges that are shown on one page.
pub async fn merges(office: &Office, viewer: &Viewer) -> Result<Vec<Merge>, Fault> {
    merges_after(office, viewer, None, MERGES).await
}

/// At most `limit` merges that the viewer sees, the newest first; those after the given one.
pub async fn merges_after(office: &Office, viewer: &Viewer, mut after: Option<i64>, limit: usize) -> Result<Vec<Merge>, Fault> {
    require(viewer, Right::EditAccounts)?;
    let mut found = Vec::new();
    while found.len() < limit {
        let part = store::merges(office.db.read(), after, MERGES as u64).await?;
        let is_last = part.len() < MERGES;
        after = part.last().map(|merge| merge.id);
        found.extend(seen_of(office, viewer, part).await?);
        if is_last {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Those of some merges whose record the viewer sees.
async fn seen_of(office: &Office, viewer: &Viewer, mut merges: Vec<Merge>) -> Result<Vec<Merge>, Fault> {
    let db = office.db.read();
    let people: Vec<i64> = merges.iter().filter(|merge| merge.kind == Kind::Person).map(|merge| merge.kept_id).collect();
    let mut seen: HashSet<i64> = people::store::names(db, viewer, &people).await?.into_keys().collect();
    for id in people {
        if !seen.contains(&id) && people::merging::became(db, viewer, id).await?.is_some() {
            seen.insert(id);
        }
    }
    merges.retain(|merge| match merge.kind {
        Kind::Account => viewer.sight.sees(merge.kept_id),
        Kind::Person => seen.contains(&merge.kept_id),
    });
    Ok(merges)
}
