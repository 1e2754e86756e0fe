//! Verbs about people who were entered twice.

pub mod api;
pub mod pages;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kontor_domain::audit::{Event, Subject};
use kontor_domain::duplicates::{self, Human, Pair};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::view::Kept;
use serde::{Deserialize, Serialize};

use super::actions::{Kind, LOWEST};
use super::store::{self, Merge, NewMerge};
use crate::accounts::store::Account;
use crate::aside::aside;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions::accounts_of;
use crate::people::merging::store::Known;
use crate::people::merging::{self, Absorbed};
use crate::people::store::{self as people, Employment, Person};
use crate::team::actions::require;
use crate::{cadence, interactions, stakeholders, views};

/// All that moved when two people became one, by noun, so that undoing moves exactly that back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Employments, channels, notes, and what changed about the one who was kept.
    pub person: Absorbed,
    /// Entries of stakeholder maps, and what we are to the person.
    pub maps: stakeholders::moving::Moved,
    /// Contacts.
    pub interactions: interactions::store::Parted,
    /// Intervals of contact of their own.
    pub intervals: Vec<i64>,
    /// Favourites and visits.
    pub kept: views::store::Moved,
}

/// Two people who may be the same.
pub struct Suspects {
    /// Score and reasons.
    pub pair: Pair,
    /// The person with the smaller id.
    pub first: Someone,
    /// The other.
    pub second: Someone,
}

/// A person of a pair, with where the person works.
pub struct Someone {
    /// The person.
    pub person: Arc<Person>,
    /// The first employment that the viewer may see.
    pub employment: Option<Employment>,
    /// What the company is called there.
    pub company: String,
}

/// The people who may be the same and whom this viewer sees both, the likeliest first; without those found to be two.
pub async fn report(office: &Office, viewer: &Viewer, from: u8) -> Result<Vec<Suspects>, Fault> {
    require(viewer, Right::EditPeople)?;
    let db = office.db.read();
    let dismissed: HashSet<(i64, i64)> = store::dismissed(db, Kind::Person).await?.into_iter().collect();
    let pairs = pairs(office).await?;
    let pairs: Vec<&Pair> = pairs.iter().filter(|pair| pair.score >= from && !dismissed.contains(&(pair.first, pair.second))).collect();
    let ids: HashSet<i64> = pairs.iter().flat_map(|pair| [pair.first, pair.second]).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let seen: HashMap<i64, Arc<Person>> =
        people::find_all(db, viewer, &ids).await?.into_iter().map(|person| (person.id, Arc::new(person))).collect();
    let employments = people::employments_of(db, viewer, &seen.keys().copied().collect::<Vec<_>>()).await?;
    let all: Vec<Employment> = employments.values().flatten().cloned().collect();
    let accounts: HashMap<i64, Account> = accounts_of(office, viewer, &all).await?;
    let someone = |id: i64| {
        let employment = employments.get(&id).and_then(|employments| employments.first()).cloned();
        let company = employment.as_ref().map(|employment| crate::people::actions::company(&accounts, &employment.role));
        Some(Someone { person: seen.get(&id)?.clone(), employment, company: company.unwrap_or_default() })
    };
    let suspects = pairs
        .into_iter()
        .filter_map(|pair| Some(Suspects { pair: pair.clone(), first: someone(pair.first)?, second: someone(pair.second)? }));
    Ok(suspects.collect())
}

/// All pairs at the present revision of the people, found once.
async fn pairs(office: &Office) -> Result<Arc<Vec<Pair>>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::People);
    let compute = async {
        let known = merging::store::everybody(office.db.read()).await?;
        aside(move || duplicates::people(known.iter().map(human), LOWEST)).await
    };
    office.people_duplicates.get(&revision, compute).await
}

fn human(known: &Known) -> Human<'_> {
    Human {
        id: known.id,
        first_name: &known.first_name,
        last_name: &known.last_name,
        birthday: known.birthday,
        mails: known.mails.iter().map(String::as_str).collect(),
        phones: known.phones.iter().map(String::as_str).collect(),
        employers: known.employers.clone(),
    }
}

/// Notes that two people are two; they are reported no more.
pub async fn dismiss(office: &Office, viewer: &Viewer, first: i64, second: i64) -> Result<(), Fault> {
    require(viewer, Right::MergeRecords)?;
    let pair = (first.min(second), first.max(second));
    let tx = office.db.begin().await?;
    let (first, second) = both(&tx, viewer, pair.0, pair.1).await?;
    if store::dismissed(tx.on(), Kind::Person).await?.contains(&pair) {
        return Err(Fault::conflict(|t| t.duplicates_dismissed_already()));
    }
    store::dismiss(tx.on(), Kind::Person, pair, viewer.user_id, office.now()).await?;
    tx.touch(Subject::Person(second.id), Vec::new());
    let event = Event::PersonDuplicateDismissed {
        person_id: first.id,
        name: first.data.full_name(),
        other_id: second.id,
        other: second.data.full_name(),
    };
    Ok(tx.commit(viewer, office.now(), event).await?)
}

async fn both(tx: &Tx, viewer: &Viewer, first: i64, second: i64) -> Result<(Person, Person), Fault> {
    if first == second {
        return Err(Fault::field("gone", |t| t.duplicates_same_person()));
    }
    let find = async |id| people::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound);
    Ok((find(first).await?, find(second).await?))
}

/// What shall become of two people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The person who is kept.
    pub kept: i64,
    /// The one who turned out to be the same.
    pub gone: i64,
    /// The fields whose values are taken from the latter, such as `title`.
    pub take: Vec<String>,
}

/// Makes one person of two: the kept one has the employments, channels, notes, map entries and contacts of both, and of each field the value chosen.
/// Gives the id of the merge, by which it is undone.
pub async fn merge(office: &Office, viewer: &Viewer, wanted: &Wanted) -> Result<i64, Fault> {
    require(viewer, Right::MergeRecords)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let (kept, gone) = both(&tx, viewer, wanted.kept, wanted.gone).await?;
    let data = merging::joined(&kept.data, &gone.data, &wanted.take)?;
    let moved = Moved {
        maps: stakeholders::moving::move_person_references(&tx, gone.id, kept.id, now).await?,
        interactions: interactions::actions::move_person_references(&tx, gone.id, kept.id).await?,
        intervals: cadence::actions::move_person_references(&tx, gone.id, kept.id).await?,
        kept: views::store::move_references(tx.on(), Kept::Person, gone.id, kept.id).await?,
        person: merging::absorb(&tx, &kept, &gone, &data).await?,
    };
    let (name, gone_name) = (kept.data.full_name(), gone.data.full_name());
    let new = NewMerge { kind: Kind::Person, kept: (kept.id, &name), gone: (gone.id, &gone_name), moved: &moved };
    let id = store::insert(tx.on(), new, (viewer.user_id, &viewer.name), now).await?;
    tx.touch(Subject::Person(gone.id), Vec::new());
    let event =
        Event::PeopleMerged { merge_id: id, person_id: kept.id, name, gone_id: gone.id, gone: gone_name, changes: moved.person.changes };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Parts two people again, within the change that undoes their merge.
pub(super) async fn part(tx: &Tx, merge: &Merge) -> Result<Event, Fault> {
    let (from, to) = (merge.gone_id, merge.kept_id);
    let moved: Moved = merge.moved()?;
    let changes = merging::release(tx, to, from, &moved.person).await?;
    views::store::move_back(tx.on(), Kept::Person, &moved.kept, from).await?;
    cadence::actions::move_person_back(tx, &moved.intervals, from).await?;
    interactions::actions::move_person_back(tx, &moved.interactions, from, to).await?;
    stakeholders::moving::move_person_back(tx, &moved.maps, from).await?;
    tx.touch(Subject::Person(from), Vec::new());
    Ok(Event::PeopleMergeUndone {
        merge_id: merge.id,
        person_id: to,
        name: merge.kept_name.clone(),
        gone_id: from,
        gone: merge.gone_name.clone(),
        changes,
    })
}
