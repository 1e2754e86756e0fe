//! Verbs about interactions.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Local, NaiveDate, NaiveTime, Utc};
use kontor_domain::audit::{Event, FieldChange};
use kontor_domain::interaction::{self, Confidentiality, Kind};
use kontor_domain::rights::{Right, Viewer};
use sea_orm::ConnectionTrait;

use super::attachments;
use super::attachments::store::Attachment;
use super::filter::{Filter, Place};
use super::forms::NewInteraction;
use super::last_contacts::store::{self as last_contacts, Key, WHOLE_ACCOUNT};
use super::reader::Reader;
use super::store::{self, Interaction, OpenStep, Origin, Parted, Steps, Version};
use crate::accounts::store::Account;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::require;
use crate::{accounts, people, team};

/// An interaction with all that hangs on it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The interaction.
    pub interaction: Interaction,
    /// The account it was with.
    pub account: Account,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// What changed, the newest first.
    pub history: Vec<Version>,
    /// Whether this viewer may change it.
    pub may_change: bool,
}

/// One interaction.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Shown, Fault> {
    let reader = Reader::of(office, viewer).await?;
    let db = office.db.read();
    let interaction = store::find(db, &reader, id).await?.ok_or(Fault::NotFound)?;
    Ok(Shown {
        account: account(db, viewer, interaction.entry.account_id).await?.ok_or(Fault::NotFound)?,
        attachments: attachments::store::of_interactions(db, &[id]).await?,
        history: readable_history(viewer, &interaction, store::versions(db, id).await?),
        may_change: viewer.may(Right::LogInteractions) && interaction::may_change(viewer, interaction.readable()),
        interaction,
    })
}

/// The part of a history that a viewer may read. What stood there before more people were allowed to read it, only its author knows.
fn readable_history(viewer: &Viewer, interaction: &Interaction, mut versions: Vec<Version>) -> Vec<Version> {
    let opened = |version: &Version| version.changes.iter().any(|change| change.field == "confidentiality");
    if viewer.user_id != interaction.author_id
        && let Some(place) = versions.iter().position(opened)
    {
        versions.truncate(place + 1);
        versions[place].changes.retain(|change| change.field == "confidentiality");
    }
    versions
}

/// Interactions, the newest first; at most `limit`.
pub async fn list(office: &Office, viewer: &Viewer, filter: &Filter, before: Option<Place>, limit: u64) -> Result<Vec<Interaction>, Fault> {
    let reader = Reader::of(office, viewer).await?;
    Ok(store::list(office.db.read(), &reader, filter, before, limit).await?)
}

/// The next steps that are open, the earliest due first; at most `limit`.
pub async fn open_steps(office: &Office, viewer: &Viewer, steps: Steps<'_>, limit: u64) -> Result<Vec<OpenStep>, Fault> {
    let reader = Reader::of(office, viewer).await?;
    Ok(store::open_steps(office.db.read(), &reader, steps, limit).await?)
}

/// How often and how long there was contact with one account, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The account.
    pub account_id: i64,
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub interactions: u64,
    /// How long, all together.
    pub minutes: u64,
}

/// How often and how long there was contact from a day to a day, with these accounts or with all in sight. Whatever is private counts too; nothing of
/// its content shows.
pub async fn counts(
    office: &Office,
    viewer: &Viewer,
    accounts: Option<&[i64]>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Count>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let rows = store::counts(office.db.read(), accounts, from, to).await?;
    let seen = rows.into_iter().filter(|(account_id, ..)| viewer.sight.sees(*account_id));
    Ok(seen.map(|(account_id, kind, interactions, minutes)| Count { account_id, kind, interactions, minutes }).collect())
}

/// Logs an interaction; gives its id.
pub async fn log(office: &Office, viewer: &Viewer, entry: NewInteraction) -> Result<i64, Fault> {
    require(viewer, Right::LogInteractions)?;
    let tx = office.db.begin().await?;
    let (id, event) = insert(&tx, office, viewer, entry, None).await?;
    tx.commit(viewer, office.now(), event).await?;
    Ok(id)
}

/// Adds an interaction within a change; gives its id and the event that tells of it.
pub(super) async fn insert(
    tx: &Tx,
    office: &Office,
    viewer: &Viewer,
    entry: NewInteraction,
    message_id: Option<String>,
) -> Result<(i64, Event), Fault> {
    let account = check(tx.on(), viewer, &entry, &[]).await?;
    let revision = tx.raise(Topic::Interactions).await?;
    let origin = Origin { author_id: viewer.user_id, author: viewer.name.clone(), created_at: office.now(), message_id };
    let (kind, day, confidentiality) = (entry.kind, entry.day, entry.confidentiality);
    let contacts: Vec<(Key, Kind, NaiveDate)> = keys(&entry).into_iter().map(|key| (key, kind, day)).collect();
    let started_at = started_at(&entry);
    let ids = store::insert(tx.on(), &[(entry, started_at, origin)]).await?;
    last_contacts::note(tx.on(), &contacts, revision).await?;
    let interaction_id = *ids.first().ok_or(Fault::Internal)?;
    let event = Event::InteractionLogged {
        interaction_id,
        account_id: account.id,
        account: accounts::pages::name(&account).to_owned(),
        kind,
        day,
        confidentiality,
    };
    Ok((interaction_id, event))
}

/// Logs many interactions at once, each by its author and as if entered right after it happened: for what another system knows. Only for who runs the
/// house.
pub async fn log_many(office: &Office, viewer: &Viewer, entries: Vec<(i64, NewInteraction)>) -> Result<usize, Fault> {
    require(viewer, Right::ManageUsers)?;
    let tx = office.db.begin().await?;
    let users = team::store::all(tx.on()).await?;
    let named = accounts::store::of_ids(tx.on(), viewer, entries.iter().map(|(_, entry)| entry.account_id)).await?;
    let seen: BTreeSet<i64> = named.into_iter().map(|account| account.id).collect();
    let wrong = || Fault::field("account", |t| t.interactions_account_unknown());
    let mut rows = Vec::with_capacity(entries.len());
    for (author_id, entry) in entries {
        let author =
            users.iter().find(|user| user.id == author_id).ok_or_else(|| Fault::field("user", |t| t.interactions_user_unknown()))?;
        if !seen.contains(&entry.account_id) {
            return Err(wrong());
        }
        let started_at = started_at(&entry);
        let created_at = office.now().min(started_at + Duration::minutes(i64::from(entry.minutes)));
        let origin = Origin { author_id, author: author.name.clone(), created_at, message_id: None };
        rows.push((entry, started_at, origin));
    }
    let persons: BTreeSet<i64> = rows.iter().flat_map(|(entry, ..)| entry.persons.iter().copied()).collect();
    if let Some(error) = check_persons(tx.on(), viewer, &persons.into_iter().collect::<Vec<_>>()).await? {
        return Err(Fault::Invalid(vec![error]));
    }
    let revision = tx.raise(Topic::Interactions).await?;
    store::insert(tx.on(), &rows).await?;
    let contacts: Vec<_> = rows.iter().flat_map(|(entry, ..)| keys(entry).into_iter().map(|key| (key, entry.kind, entry.day))).collect();
    last_contacts::note(tx.on(), &contacts, revision).await?;
    let accounts: BTreeSet<i64> = rows.iter().map(|(entry, ..)| entry.account_id).collect();
    let event = Event::InteractionsLogged { interactions: rows.len() as u64, accounts: accounts.len() as u64 };
    tx.commit(viewer, office.now(), event).await?;
    Ok(rows.len())
}

/// Gives an interaction other values; saving what stands there already changes nothing and leaves no trace.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, after: NewInteraction) -> Result<(), Fault> {
    require(viewer, Right::LogInteractions)?;
    let reader = Reader::of(office, viewer).await?;
    let (tx, now) = (office.db.begin().await?, office.now());
    let before = to_change(&tx, &reader, id).await?;
    if before.archived_at.is_some() {
        return Err(Fault::conflict(|t| t.interactions_is_archived()));
    }
    let changes = changes(&before.entry, &after);
    if changes.is_empty() {
        return Ok(());
    }
    if after.confidentiality == Confidentiality::Private && before.author_id != viewer.user_id {
        return Err(Fault::field("confidentiality", |t| t.interactions_private_of_others()));
    }
    let account = check(tx.on(), viewer, &after, &before.entry.persons).await?;
    let revision = tx.raise(Topic::Interactions).await?;
    store::update(tx.on(), id, &after, started_at(&after)).await?;
    if before.step_done_at.is_some() && before.entry.step != after.step {
        store::set_step_done(tx.on(), id, None).await?;
    }
    store::insert_version(tx.on(), id, (viewer.user_id, &viewer.name), &changes, now).await?;
    last_contacts::recompute(tx.on(), &keys(&before.entry).into_iter().chain(keys(&after)).collect(), revision).await?;
    let fields = changes.into_iter().map(|change| change.field).collect();
    let account_name = accounts::pages::name(&account).to_owned();
    let event = Event::InteractionChanged { interaction_id: id, account_id: account.id, account: account_name, fields };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Archives an interaction that was logged by mistake, or brings it back. It then counts nowhere, and stands in no list but that of archived ones.
pub async fn set_archived(office: &Office, viewer: &Viewer, id: i64, archived: bool) -> Result<(), Fault> {
    require(viewer, Right::LogInteractions)?;
    let reader = Reader::of(office, viewer).await?;
    let (tx, now) = (office.db.begin().await?, office.now());
    let interaction = to_change(&tx, &reader, id).await?;
    if interaction.archived_at.is_some() == archived {
        return Ok(());
    }
    let revision = tx.raise(Topic::Interactions).await?;
    store::set_archived(tx.on(), id, archived.then_some((now, viewer.user_id))).await?;
    last_contacts::recompute(tx.on(), &keys(&interaction.entry).into_iter().collect(), revision).await?;
    let (account_id, account) = named(&tx, viewer, &interaction).await?;
    Ok(tx.commit(viewer, now, Event::InteractionArchived { interaction_id: id, account_id, account, archived }).await?)
}

/// Closes the next step of an interaction, or opens it again: whoever is to do it may, and whoever may change the interaction.
pub async fn set_step_done(office: &Office, viewer: &Viewer, id: i64, done: bool) -> Result<(), Fault> {
    require(viewer, Right::LogInteractions)?;
    let reader = Reader::of(office, viewer).await?;
    let (tx, now) = (office.db.begin().await?, office.now());
    let interaction = store::find(tx.on(), &reader, id).await?.ok_or(Fault::NotFound)?;
    let step = interaction.entry.step.as_ref().ok_or_else(|| Fault::conflict(|t| t.interactions_no_step()))?;
    if step.user_id != Some(viewer.user_id) && !interaction::may_change(viewer, interaction.readable()) {
        return Err(Fault::Forbidden);
    }
    if interaction.step_done_at.is_some() == done {
        return Ok(());
    }
    tx.raise(Topic::Interactions).await?;
    store::set_step_done(tx.on(), id, done.then_some((now, viewer.user_id))).await?;
    let (account_id, account) = named(&tx, viewer, &interaction).await?;
    Ok(tx.commit(viewer, now, Event::InteractionStepDone { interaction_id: id, account_id, account, done }).await?)
}

/// Hangs the interactions of one account on another, within the change that merges the two; gives those that moved, so that it can be undone with
/// [`move_back`].
pub async fn move_account_references(tx: &Tx, from: i64, to: i64) -> Result<Vec<i64>, Fault> {
    let revision = tx.raise(Topic::Interactions).await?;
    let moved = store::move_account(tx.on(), from, to).await?;
    recompute_both(tx, from, to, revision).await?;
    Ok(moved)
}

/// Takes [`move_account_references`] back.
pub async fn move_back(tx: &Tx, moved: &[i64], from: i64, to: i64) -> Result<(), Fault> {
    let revision = tx.raise(Topic::Interactions).await?;
    store::move_some(tx.on(), moved, from).await?;
    recompute_both(tx, from, to, revision).await
}

/// Gives the open next steps of one user at these accounts to another, within the change that hands the accounts over; gives how many. One that is due
/// before the day of the handover, where that day is still to come, stays with who has it.
pub async fn move_steps(tx: &Tx, accounts: &[i64], from: i64, to: i64, on: NaiveDate, today: NaiveDate) -> Result<u64, Fault> {
    tx.raise(Topic::Interactions).await?;
    let due_from = (on > today).then_some(on);
    Ok(store::move_steps(tx.on(), accounts, from, to, due_from).await?)
}

/// Puts one person in another's place wherever they took part, within the change that merges the two; gives what [`move_person_back`] needs.
pub async fn move_person_references(tx: &Tx, from: i64, to: i64) -> Result<Parted, Fault> {
    let parted = store::move_person(tx.on(), from, to).await?;
    recompute_people(tx, &parted, from, to).await?;
    Ok(parted)
}

/// Takes [`move_person_references`] back: what `from` was put out of is theirs again.
pub async fn move_person_back(tx: &Tx, parted: &Parted, from: i64, to: i64) -> Result<(), Fault> {
    store::move_person_back(tx.on(), parted, to, from).await?;
    recompute_people(tx, parted, from, to).await
}

async fn recompute_people(tx: &Tx, parted: &Parted, from: i64, to: i64) -> Result<(), Fault> {
    let revision = tx.raise(Topic::Interactions).await?;
    let all: Vec<i64> = parted.moved.iter().copied().chain(parted.both.iter().map(|both| both.1)).collect();
    let accounts = store::accounts_of(tx.on(), &all).await?;
    let keys = accounts.into_iter().flat_map(|account_id| [(account_id, from), (account_id, to)]).collect();
    Ok(last_contacts::recompute(tx.on(), &keys, revision).await?)
}

async fn recompute_both(tx: &Tx, from: i64, to: i64, revision: i64) -> Result<(), Fault> {
    let mut keys: BTreeSet<Key> = [(from, WHOLE_ACCOUNT), (to, WHOLE_ACCOUNT)].into();
    for account_id in [from, to] {
        let persons = last_contacts::of_account(tx.on(), account_id).await?;
        keys.extend(persons.into_keys().flat_map(|person_id| [(from, person_id), (to, person_id)]));
    }
    Ok(last_contacts::recompute(tx.on(), &keys, revision).await?)
}

/// An interaction that this reader may change, archived or not.
pub(super) async fn to_change(tx: &Tx, reader: &Reader<'_>, id: i64) -> Result<Interaction, Fault> {
    let interaction = store::find(tx.on(), reader, id).await?.ok_or(Fault::NotFound)?;
    if interaction::may_change(reader.viewer, interaction.readable()) { Ok(interaction) } else { Err(Fault::Forbidden) }
}

/// The id and the name of an interaction's account, for events.
pub(super) async fn named(tx: &Tx, viewer: &Viewer, interaction: &Interaction) -> Result<(i64, String), Fault> {
    let account = account(tx.on(), viewer, interaction.entry.account_id).await?.ok_or(Fault::NotFound)?;
    Ok((account.id, accounts::pages::name(&account).to_owned()))
}

async fn account(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Account>, Fault> {
    if !viewer.sight.sees(id) {
        return Ok(None);
    }
    Ok(accounts::store::find(db, viewer, id).await?)
}

/// Checks what an interaction names against the records; whoever took part already may stay. Gives the account.
async fn check(db: &impl ConnectionTrait, viewer: &Viewer, entry: &NewInteraction, known: &[i64]) -> Result<Account, Fault> {
    let mut errors = Vec::new();
    let account = account(db, viewer, entry.account_id).await?;
    if account.is_none() {
        errors.push(FieldError::new("account", |t| t.interactions_account_unknown()));
    }
    let new: Vec<i64> = entry.persons.iter().copied().filter(|id| !known.contains(id)).collect();
    errors.extend(check_persons(db, viewer, &new).await?);
    let users = team::store::all(db).await?;
    if entry.users.iter().any(|id| !users.iter().any(|user| user.id == *id)) {
        errors.push(FieldError::new("user", |t| t.interactions_user_unknown()));
    }
    if let Some(user_id) = entry.step.as_ref().and_then(|step| step.user_id)
        && !users.iter().any(|user| user.id == user_id && user.active)
    {
        errors.push(FieldError::new("step_user", |t| t.interactions_user_unknown()));
    }
    match account {
        Some(account) if errors.is_empty() => Ok(account),
        _ => Err(Fault::Invalid(errors)),
    }
}

/// What is wrong with people who are said to have taken part: one that this viewer may not see is not there.
async fn check_persons(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[i64]) -> Result<Option<FieldError>, Fault> {
    let found: BTreeSet<i64> = people::store::find_all(db, viewer, ids).await?.into_iter().map(|person| person.id).collect();
    let is_known = ids.iter().all(|id| found.contains(id));
    Ok((!is_known).then(|| FieldError::new("person", |t| t.interactions_person_unknown())))
}

/// The instant of an interaction in the time zone of the machine; noon where only the day is known.
fn started_at(entry: &NewInteraction) -> DateTime<Utc> {
    let time = entry.time().or(NaiveTime::from_hms_opt(12, 0, 0)).unwrap_or_default();
    let local = entry.day.and_time(time);
    // In the hour that is left out in spring there is no such time; the same count of hours from midnight in UTC is near enough.
    local.and_local_timezone(Local).earliest().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// Whose last contacts an interaction may be.
fn keys(entry: &NewInteraction) -> Vec<Key> {
    [WHOLE_ACCOUNT].into_iter().chain(entry.persons.iter().copied()).map(|person_id| (entry.account_id, person_id)).collect()
}

/// What differs, as text in its stored form.
pub(super) fn changes(before: &NewInteraction, after: &NewInteraction) -> Vec<FieldChange> {
    let stored = |entry: &NewInteraction| {
        let ids = |ids: &[i64]| ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let step = entry.step.as_ref();
        [
            ("account", entry.account_id.to_string()),
            ("kind", entry.kind.to_string()),
            ("day", entry.day.to_string()),
            ("time", entry.time().map(|time| time.format("%H:%M").to_string()).unwrap_or_default()),
            ("minutes", entry.minutes.to_string()),
            ("purpose", entry.purpose.clone()),
            ("outcome", entry.outcome.clone()),
            ("person", ids(&entry.persons)),
            ("others", entry.others.clone()),
            ("user", ids(&entry.users)),
            ("step", step.map(|step| step.text.clone()).unwrap_or_default()),
            ("step_due", step.and_then(|step| step.due).map(|day| day.to_string()).unwrap_or_default()),
            ("step_user", step.and_then(|step| step.user_id).map(|id| id.to_string()).unwrap_or_default()),
            ("confidentiality", entry.confidentiality.to_string()),
        ]
    };
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let pairs = stored(before).into_iter().zip(stored(after)).filter(|(before, after)| before.1 != after.1);
    pairs.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before: given(before), after: given(after) }).collect()
}
