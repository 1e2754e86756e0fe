//! Verbs about stakeholder maps.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::audit::{Event, FieldChange};
use kontor_domain::cadence;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::stakeholder::{BuyingRole, LineKind, Tie, Who, closes_circle};

use super::forms::{Placed, Stand};
use super::map::{self, Map};
use super::store::{self, Entry, Line, Terms};
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::{people, team};

/// Gives a buying decision of an account a map of its own; gives its id.
pub async fn add_decision(office: &Office, viewer: &Viewer, account_id: i64, name: &str) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let map = map::load(office, viewer, account_id, None).await?;
    if map.decisions.iter().any(|decision| decision.name == name && decision.closed_on.is_none()) {
        return Err(Fault::field("name", |t| t.stakeholders_decision_taken()));
    }
    let id = store::insert_decision(tx.on(), account_id, name, viewer.user_id, now).await?;
    tx.commit(viewer, now, Event::BuyingDecisionAdded { account_id, decision_id: id, name: name.to_owned() }).await?;
    Ok(id)
}

/// A buying decision is taken or given up; its map stays to be looked at.
pub async fn close_decision(office: &Office, viewer: &Viewer, account_id: i64, decision_id: i64) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let tx = office.db.begin().await?;
    let decision = open(&map::load(office, viewer, account_id, Some(decision_id)).await?)?;
    store::close_decision(tx.on(), decision_id, office.today()).await?;
    tx.raise(Topic::Stakeholders).await?;
    Ok(tx.commit(viewer, office.now(), Event::BuyingDecisionClosed { account_id, decision_id, name: decision.unwrap_or_default() }).await?)
}

/// The name of the map's decision, which must not be closed.
fn open(map: &Map) -> Result<Option<String>, Fault> {
    match &map.decision {
        Some(decision) if decision.closed_on.is_some() => Err(Fault::conflict(|t| t.stakeholders_decision_closed())),
        decision => Ok(decision.as_ref().map(|decision| decision.name.clone())),
    }
}

/// The entries of a map that may be changed, with the map.
async fn opened(
    office: &Office,
    viewer: &Viewer,
    account_id: i64,
    decision_id: Option<i64>,
) -> Result<(Map, Vec<Entry>, Option<String>), Fault> {
    let map = map::load(office, viewer, account_id, decision_id).await?;
    let decision = open(&map)?;
    let entries = store::entries(office.db.read(), account_id, decision_id).await?;
    Ok((map, entries, decision))
}

/// Puts somebody on a map, or lets them stand otherwise; a placeholder may turn out to be a person. Gives the entry's id. Saving what stands there already
/// changes nothing and leaves no trace.
pub async fn place(
    office: &Office,
    viewer: &Viewer,
    account_id: i64,
    decision_id: Option<i64>,
    placed: &Placed,
    stand: &Stand,
) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let (map, entries, decision) = opened(office, viewer, account_id, decision_id).await?;
    let before = match placed {
        Placed::Person(id) => entries.iter().find(|entry| entry.person_id == Some(*id)),
        Placed::Placeholder(id) => Some(entries.iter().find(|entry| entry.id == *id && entry.person_id.is_none()).ok_or(Fault::NotFound)?),
        Placed::New(_) => None,
    };
    let (person_id, name) = match placed {
        Placed::Person(id) => (Some(*id), person_name(&map, *id)?),
        Placed::Placeholder(_) | Placed::New(_) => match stand.person {
            Some(id) if entries.iter().any(|entry| entry.person_id == Some(id)) => {
                return Err(Fault::field("person", |t| t.stakeholders_there_already()));
            }
            Some(id) => (Some(id), person_name(&map, id)?),
            None => (None, stand.name.clone()),
        },
    };
    let mut terms = Terms {
        placeholder: if person_id.is_none() { stand.name.clone() } else { String::new() },
        function: if person_id.is_none() { stand.function.clone() } else { String::new() },
        role: stand.role,
        support: stand.support,
        coverage: stand.coverage,
        above_id: None,
    };
    let who = before.map_or_else(|| person_id.map(Who::Person), |entry| Some(entry.who()));
    if let Some(above) = stand.above {
        check_above(&map, who, above)?;
        terms.above_id = Some(entry_of(&tx, viewer, &map, &entries, above, now).await?);
    }
    if let Some(entry) = before
        && entry.terms == terms
        && entry.person_id == person_id
    {
        return Ok(entry.id);
    }
    let above = |who: Option<Who>| who.map(|who| map.name(who).to_owned());
    let above = (above(before.and_then(|entry| above_of(&entries, entry))), above(stand.above));
    let changes = changes(before, &terms, person_id, &name, above);
    let id = match before {
        Some(entry) => {
            store::update_entry(tx.on(), entry.id, person_id, &terms).await?;
            entry.id
        }
        None => store::insert_entry(tx.on(), &Entry { id: 0, account_id, decision_id, person_id, terms }, viewer.user_id, now).await?,
    };
    tx.raise(Topic::Stakeholders).await?;
    tx.commit(viewer, now, Event::StakeholderPlaced { account_id, decision, name, changes }).await?;
    Ok(id)
}

/// The name of a person who is on the map or could be.
fn person_name(map: &Map, id: i64) -> Result<String, Fault> {
    let on_map = map.nodes.iter().find(|node| node.who == Who::Person(id)).map(|node| node.name.clone());
    on_map.or_else(|| map.others.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone())).ok_or(Fault::NotFound)
}

/// Nobody stands above themselves, not by way of others either.
fn check_above(map: &Map, who: Option<Who>, above: Who) -> Result<(), Fault> {
    map.place(above).ok_or(Fault::NotFound)?;
    let above_of = map.nodes.iter().filter_map(|node| Some((node.who, map.nodes[node.above?].who))).collect();
    match who {
        Some(who) if closes_circle(&above_of, who, above) => Err(Fault::field("above", |t| t.stakeholders_circle())),
        _ => Ok(()),
    }
}

/// The entry of somebody on the map; who stands there without one gets it.
async fn entry_of(
    tx: &Tx,
    viewer: &Viewer,
    map: &Map,
    entries: &[Entry],
    who: Who,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<i64, Fault> {
    if let Some(entry) = entries.iter().find(|entry| entry.who() == who) {
        return Ok(entry.id);
    }
    let node = map.place(who).map(|place| &map.nodes[place]).ok_or(Fault::NotFound)?;
    let Who::Person(person_id) = node.who else { return Err(Fault::NotFound) };
    let decision_id = map.decision.as_ref().map(|decision| decision.id);
    let entry = Entry { id: 0, account_id: map.account.id, decision_id, person_id: Some(person_id), terms: Terms::default() };
    Ok(store::insert_entry(tx.on(), &entry, viewer.user_id, now).await?)
}

/// Who stands above an entry as was said on the map.
fn above_of(entries: &[Entry], entry: &Entry) -> Option<Who> {
    entries.iter().find(|above| Some(above.id) == entry.terms.above_id).map(Entry::who)
}

fn changes(
    before: Option<&Entry>,
    after: &Terms,
    person_id: Option<i64>,
    name: &str,
    (above_before, above_after): (Option<String>, Option<String>),
) -> Vec<FieldChange> {
    let told = |terms: &Terms, above: Option<String>| {
        [
            ("function", Some(terms.function.clone()).filter(|text| !text.is_empty())),
            ("role", terms.role.map(|role| role.name().to_owned())),
            ("support", Some(terms.support.value().to_string())),
            ("coverage", Some(terms.coverage.value().to_string())),
            ("above", above),
        ]
    };
    let none = Terms::default();
    let old = before.map_or(&none, |entry| &entry.terms);
    let mut changes: Vec<FieldChange> = told(old, above_before)
        .into_iter()
        .zip(told(after, above_after))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after })
        .collect();
    if let Some(entry) = before
        && (entry.person_id != person_id || entry.terms.placeholder != after.placeholder)
    {
        changes.insert(
            0,
            FieldChange { field: "who".to_owned(), before: Some(entry.terms.placeholder.clone()), after: Some(name.to_owned()) },
        );
    }
    changes
}

/// Takes somebody off a map, with the lines there.
pub async fn remove(office: &Office, viewer: &Viewer, entry_id: i64) -> Result<Entry, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let entry = seen_entry(office, viewer, entry_id).await?;
    let (map, _, decision) = opened(office, viewer, entry.account_id, entry.decision_id).await?;
    let name = map.name(entry.who()).to_owned();
    store::remove_entry(tx.on(), entry_id, now).await?;
    tx.raise(Topic::Stakeholders).await?;
    tx.commit(viewer, now, Event::StakeholderRemoved { account_id: entry.account_id, decision, name }).await?;
    Ok(entry)
}

async fn seen_entry(office: &Office, viewer: &Viewer, entry_id: i64) -> Result<Entry, Fault> {
    let entry = store::entry(office.db.read(), entry_id).await?;
    entry.filter(|entry| viewer.sight.sees(entry.account_id)).ok_or(Fault::NotFound)
}

/// Draws a line; gives its id. The same line is not drawn twice; a conflict has no direction.
pub async fn draw(
    office: &Office,
    viewer: &Viewer,
    account_id: i64,
    decision_id: Option<i64>,
    (from, to): (Who, Who),
    kind: LineKind,
) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let (map, entries, _) = opened(office, viewer, account_id, decision_id).await?;
    let (Some(first), Some(second)) = (map.place(from), map.place(to)) else { return Err(Fault::NotFound) };
    if first == second {
        return Err(Fault::field("to", |t| t.stakeholders_line_itself()));
    }
    let is_same = |line: &map::MapLine| {
        line.kind == kind
            && ((line.from, line.to) == (first, second) || kind == LineKind::Conflict && (line.from, line.to) == (second, first))
    };
    if map.lines.iter().any(is_same) {
        return Err(Fault::field("to", |t| t.stakeholders_line_known()));
    }
    let from_id = entry_of(&tx, viewer, &map, &entries, from, now).await?;
    let to_id = entry_of(&tx, viewer, &map, &entries, to, now).await?;
    let id = store::insert_line(tx.on(), from_id, to_id, kind, viewer.user_id, now).await?;
    let event = Event::StakeholderLineDrawn { account_id, kind, from: map.nodes[first].name.clone(), to: map.nodes[second].name.clone() };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Wipes a line out; gives the entry at which it began.
pub async fn wipe(office: &Office, viewer: &Viewer, line_id: i64) -> Result<Entry, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let line: Line = store::line(tx.on(), line_id).await?.ok_or(Fault::NotFound)?;
    let entry = seen_entry(office, viewer, line.from_id).await?;
    let (map, _, _) = opened(office, viewer, entry.account_id, entry.decision_id).await?;
    let drawn = map.lines.iter().find(|drawn| drawn.id == line_id).ok_or(Fault::NotFound)?;
    let (from, to) = (map.nodes[drawn.from].name.clone(), map.nodes[drawn.to].name.clone());
    store::remove_line(tx.on(), line_id, now).await?;
    tx.commit(viewer, now, Event::StakeholderLineRemoved { account_id: entry.account_id, kind: line.kind, from, to }).await?;
    Ok(entry)
}

/// Says what one of us is to somebody at an account, and wants to be. Saying the same again leaves no trace.
pub async fn relate(office: &Office, viewer: &Viewer, account_id: i64, tie: Tie) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let map = map::load(office, viewer, account_id, None).await?;
    let person = person_name(&map, tie.person)?;
    let user = team::store::find(tx.on(), tie.user).await?.ok_or_else(|| Fault::field("user", |t| t.stakeholders_user_wrong()))?;
    let before = store::tie_of(tx.on(), tie.user, tie.person).await?;
    if before == tie {
        return Ok(());
    }
    store::set_tie(tx.on(), &tie, viewer.user_id, now).await?;
    let level = |level: Option<kontor_domain::stakeholder::Level>| level.map(|level| level.name().to_owned());
    let all = [("now", level(before.now), level(tie.now)), ("wanted", level(before.wanted), level(tie.wanted))];
    let changes = all.into_iter().filter(|(_, before, after)| before != after);
    let changes = changes.map(|(field, before, after)| FieldChange { field: field.to_owned(), before, after }).collect();
    let event = Event::RelationshipSet { account_id, user_id: tie.user, user: user.name, person_id: tie.person, person, changes };
    Ok(tx.commit(viewer, now, event).await?)
}

/// What people are to decisions, by account and person.
pub type Roles = HashMap<i64, BTreeMap<i64, BuyingRole>>;

/// The parts in the buying centre of everybody who still works where they stand on the map of the account or of an open decision; of several, the first in
/// the order of [`cadence::Role::ALL`](kontor_domain::cadence::Role::ALL).
pub async fn roles(office: &Office) -> Result<Arc<Roles>, Fault> {
    let (revisions, today) = (office.db.revisions().await?, office.today());
    let key = ([Topic::Stakeholders, Topic::People, Topic::Accounts].map(|topic| revisions.of(topic)), today);
    office.buying_roles.get(&key, read_roles(office, today)).await
}

async fn read_roles(office: &Office, today: NaiveDate) -> Result<Roles, Fault> {
    let db = office.db.read();
    let placed = store::roles(db).await?;
    let accounts: BTreeSet<i64> = placed.iter().map(|&(account_id, ..)| account_id).collect();
    let present = people::store::present_at(db, &accounts, today).await?;
    let weight = |role: BuyingRole| cadence::Role::ALL.iter().position(|known| *known == role.into());
    let mut roles = Roles::new();
    for (account_id, person_id, role) in placed.into_iter().filter(|&(account_id, person_id, _)| present.contains(&(account_id, person_id)))
    {
        let known = roles.entry(account_id).or_default().entry(person_id).or_insert(role);
        if weight(role) < weight(*known) {
            *known = role;
        }
    }
    Ok(roles)
}
