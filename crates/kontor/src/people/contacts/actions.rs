//! Verbs about files of contacts: kept until somebody has decided, then taken in as a whole.

use std::collections::HashMap;
use std::path::Path;

use kontor_domain::audit::Event;
use kontor_domain::person::phone::Country;
use kontor_domain::person::{ChannelKind, Datum, PersonData};
use kontor_domain::rights::{Right, Viewer};

use super::matching::{self, Choice, Planned};
use super::store::{self, ContactImport, Content, State};
use super::{Contact, read};
use crate::accounts::directory;
use crate::aside::aside;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions as verbs;
use crate::people::forms::{NewPerson, PersonInput, REMARK_MAX, parse_channels, parse_origin};
use crate::people::store::{self as people, Item, NewChannel, NewEmployment, Origin, Role};
use crate::team::actions::require;

/// So many files are listed.
const FILES: u64 = 20;

/// What was decided about one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its place in the file, from 0.
    pub place: usize,
    /// What becomes of it.
    pub choice: Choice,
    /// Another account than the one found: its number or name; empty for none. `None` leaves it as it is.
    pub account: Option<String>,
}

/// How many contacts became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New people.
    pub added: u64,
    /// People to whom something was added.
    pub updated: u64,
    /// Contacts passed over.
    pub skipped: u64,
    /// Parts of the file that are no contact.
    pub rejected: u64,
}

/// Reads a file and finds out what its contacts may be, without keeping anything.
pub async fn preview(office: &Office, viewer: &Viewer, path: &Path) -> Result<(super::Format, Content), Fault> {
    require(viewer, Right::EditPeople)?;
    let path = path.to_owned();
    let (format, reading) = aside(move || read(&path)).await??;
    if reading.contacts.is_empty() && reading.rejected.is_empty() {
        return Err(Fault::field("files", |t| t.contacts_empty()));
    }
    let rows = matching::plan(office, viewer, reading.contacts).await?;
    Ok((format, Content { rows, rejected: reading.rejected }))
}

/// Keeps a file of contacts until somebody has decided; gives its id.
pub async fn upload(office: &Office, viewer: &Viewer, file: &str, path: &Path) -> Result<i64, Fault> {
    let (format, content) = preview(office, viewer, path).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let id = store::insert(tx.on(), file, format, &content, viewer.user_id, now).await?;
    let rows = (content.rows.len() + content.rejected.len()) as u64;
    tx.commit(viewer, now, Event::ContactsUploaded { contact_import_id: id, file: file.to_owned(), rows }).await?;
    Ok(id)
}

/// One's own files, the newest first.
pub async fn list(office: &Office, viewer: &Viewer) -> Result<Vec<ContactImport>, Fault> {
    require(viewer, Right::EditPeople)?;
    Ok(store::of_user(office.db.read(), viewer.user_id, FILES).await?)
}

/// One of one's own files.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<ContactImport, Fault> {
    require(viewer, Right::EditPeople)?;
    let mut import = store::find(office.db.read(), viewer.user_id, id).await?.ok_or(Fault::NotFound)?;
    if import.state == State::Open {
        matching::settle(office.db.read(), &mut import.content.rows).await?;
    }
    Ok(import)
}

fn open(import: Option<ContactImport>) -> Result<ContactImport, Fault> {
    let import = import.ok_or(Fault::NotFound)?;
    if import.state == State::Open { Ok(import) } else { Err(Fault::conflict(|t| t.contacts_closed())) }
}

/// Puts decisions into the rows of a file.
async fn decide(office: &Office, viewer: &Viewer, content: &mut Content, decisions: &[Decision]) -> Result<(), Fault> {
    for decision in decisions {
        let wrong = || Fault::field("choice", |t| t.contacts_choice_wrong());
        let row = content.rows.get_mut(decision.place).ok_or_else(wrong)?;
        if decision.choice == Choice::Update && row.person_id.is_none() {
            return Err(wrong());
        }
        row.choice = decision.choice;
        match decision.account.as_deref().map(str::trim) {
            None => {}
            Some("") => (row.account_id, row.found_by) = (None, None),
            Some(typed) => {
                let line = row.contact.line;
                let found = matching::account_named(office, viewer, typed).await?;
                let id = found.ok_or_else(|| Fault::field("account", move |t| t.contacts_account_unknown(line)))?;
                if row.account_id != Some(id) {
                    (row.account_id, row.found_by) = (Some(id), None);
                }
            }
        }
    }
    Ok(())
}

/// Keeps decisions about some contacts of a file.
pub async fn prepare(office: &Office, viewer: &Viewer, id: i64, decisions: &[Decision]) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let mut import = open(Some(show(office, viewer, id).await?))?;
    decide(office, viewer, &mut import.content, decisions).await?;
    let tx = office.db.begin().await?;
    open(store::find(tx.on(), viewer.user_id, id).await?)?;
    store::update(tx.on(), id, State::Open, &import.content, None).await?;
    Ok(tx.commit(viewer, office.now(), Event::ContactsPrepared { contact_import_id: id, file: import.file }).await?)
}

/// Gives a file up.
pub async fn discard(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let import = open(store::find(tx.on(), viewer.user_id, id).await?)?;
    store::update(tx.on(), id, State::Discarded, &Content { rows: Vec::new(), ..import.content }, Some(now)).await?;
    Ok(tx.commit(viewer, now, Event::ContactsDiscarded { contact_import_id: id, file: import.file }).await?)
}

/// Takes the contacts of a file in as decided, all or none.
pub async fn take_in(office: &Office, viewer: &Viewer, id: i64, decisions: &[Decision], origin: &Origin) -> Result<Outcome, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let mut import = open(Some(show(office, viewer, id).await?))?;
    decide(office, viewer, &mut import.content, decisions).await?;
    let directory = directory::current(office, viewer).await?;
    let rows = &mut import.content.rows;
    for row in rows.iter_mut() {
        // What was seen at the upload may not be seen any more.
        if row.account_id.is_some_and(|id| !viewer.sight.sees(id)) {
            row.account_id = None;
        }
    }
    let countries: Vec<Option<Country>> = rows.iter().map(|row| matching::country(&directory, &row.contact, row.account_id)).collect();
    let tx = office.db.begin().await?;
    open(store::find(tx.on(), viewer.user_id, id).await?)?;
    // What was merged or put away until this very moment counts.
    matching::settle(tx.on(), rows).await?;
    let mut outcome = Outcome { rejected: import.content.rejected.len() as u64, ..Outcome::default() };

    let new: Vec<usize> = (0..rows.len()).filter(|&place| rows[place].choice == Choice::New).collect();
    let people: Vec<NewPerson> = new.iter().map(|&place| new_person(&rows[place], origin)).collect();
    let with_countries: Vec<(&NewPerson, Option<Country>)> = people.iter().zip(new.iter().map(|&place| countries[place])).collect();
    let ids = verbs::insert_all(&tx, office, viewer, &with_countries).await?;
    outcome.added = ids.len() as u64;
    for (&place, person) in new.iter().zip(ids) {
        rows[place].became = Some(person);
    }
    for (row, country) in rows.iter_mut().zip(&countries) {
        match row.choice {
            Choice::New => {}
            Choice::Skip => outcome.skipped += 1,
            Choice::Update => {
                complete(&tx, office, viewer, row, *country, origin).await?;
                row.became = row.person_id;
                outcome.updated += 1;
            }
        }
    }
    store::update(tx.on(), id, State::Done, &import.content, Some(now)).await?;
    let Outcome { added, updated, skipped, rejected } = outcome;
    tx.commit(viewer, now, Event::ContactsImported { contact_import_id: id, file: import.file, added, updated, skipped, rejected }).await?;
    Ok(outcome)
}

/// Reads a file and takes its contacts in as proposed, or, where it is only tried, says what would happen; gives what became of each.
pub async fn import(office: &Office, viewer: &Viewer, file: &str, path: &Path, is_dry: bool, basis: &str) -> Result<Content, Fault> {
    let mut errors = Vec::new();
    let origin = parse_origin(file, basis, &mut errors);
    if !errors.is_empty() {
        return Err(Fault::Invalid(errors));
    }
    if is_dry {
        return Ok(preview(office, viewer, path).await?.1);
    }
    let id = upload(office, viewer, file, path).await?;
    take_in(office, viewer, id, &[], &origin).await?;
    Ok(show(office, viewer, id).await?.content)
}

/// The channels of a contact that can be one, and its remark with the others, so that nothing is lost.
fn sorted(contact: &Contact) -> (Vec<(ChannelKind, String)>, String) {
    let mut channels = Vec::new();
    let mut remark = contact.data.remark.clone();
    for (kind, value) in &contact.channels {
        let mut errors = Vec::new();
        let good = parse_channels(&[(kind.to_string(), value.clone())], &mut errors);
        if errors.is_empty() {
            channels.extend(good);
        } else {
            remark.push_str(&format!("\n{kind}: {value}"));
        }
    }
    (channels, remark.trim().chars().take(REMARK_MAX).collect())
}

fn new_person(row: &Planned, origin: &Origin) -> NewPerson {
    let contact = &row.contact;
    let (channels, mut remark) = sorted(contact);
    let role = role(row);
    if role.is_none() && !contact.function.is_empty() {
        remark = format!("{}\n{remark}", contact.function).trim().to_owned();
    }
    let data = PersonData { remark, ..contact.data.clone() };
    NewPerson { input: PersonInput { data, channels, origin: origin.clone() }, role }
}

/// Where a contact works: at an account, or at a company that is none.
fn role(row: &Planned) -> Option<Role> {
    let contact = &row.contact;
    let is_known = row.account_id.is_some() || !contact.company.is_empty();
    is_known.then(|| Role {
        account_id: row.account_id,
        company: if row.account_id.is_some() { String::new() } else { contact.company.clone() },
        function: contact.function.clone(),
        department: contact.department.clone(),
        ..Role::default()
    })
}

/// Adds to a known person what the file says and was not known: empty fields, channels, the employment. What is known stays.
async fn complete(
    tx: &Tx,
    office: &Office,
    viewer: &Viewer,
    row: &Planned,
    country: Option<Country>,
    origin: &Origin,
) -> Result<(), Fault> {
    let wrong = || Fault::conflict(|t| t.contacts_person_gone());
    let id = row.person_id.ok_or_else(wrong)?;
    let person = people::find(tx.on(), viewer, id).await?.ok_or_else(wrong)?;
    if person.archived_at.is_some() {
        let (line, name) = (row.contact.line, person.data.full_name());
        return Err(Fault::field("choice", move |t| t.contacts_person_archived(line, name.clone())));
    }
    let (now, today) = (office.now(), office.today());
    let (channels, remark) = sorted(&row.contact);
    let after = merged(&person.data, &PersonData { remark, ..row.contact.data.clone() });
    let changes = person.data.changes(&after);
    let mut items: Vec<Item> = changes.iter().filter_map(|change| Some((id, PersonData::datum(&change.field)?, 0))).collect();
    items.dedup();

    let known = people::channels(tx.on(), id).await?;
    let next = known.len() as i64;
    let new: Vec<NewChannel<'_>> = (next..)
        .zip(&channels)
        .map(|(position, (kind, value))| NewChannel { person_id: id, kind: *kind, value, normal: kind.normal(value, country), position })
        .filter(|new| !known.iter().any(|channel| channel.normal == new.normal))
        .collect();
    let reached = people::insert_channels(tx.on(), &new, now).await?;
    items.extend(reached.into_iter().map(|channel| (id, Datum::Channel, channel)));
    items.extend(employ(tx, office, viewer, id, row).await?.map(|employment| (id, Datum::Employment, employment)));
    if items.is_empty() {
        return Ok(());
    }
    let changed = tx.raise(Topic::People).await?;
    people::update(tx.on(), id, &after, changed).await?;
    Ok(people::set_origins(tx.on(), &items, origin, today, viewer.user_id, now).await?)
}

/// Function and department at a known account where they were not known, or the employment where there was none; gives what changed.
async fn employ(tx: &Tx, office: &Office, viewer: &Viewer, id: i64, row: &Planned) -> Result<Option<i64>, Fault> {
    let Some(role) = role(row) else { return Ok(None) };
    let employments = people::employments(tx.on(), viewer, id).await?;
    let is_there = |known: &Role| match role.account_id {
        Some(account) => known.account_id == Some(account),
        None => known.account_id.is_some() || matching::plain_company(&known.company) == matching::plain_company(&role.company),
    };
    match employments.iter().find(|employment| employment.role.is_open(office.today()) && is_there(&employment.role)) {
        Some(employment) => {
            let mut after = employment.role.clone();
            for (known, new) in [(&mut after.function, &role.function), (&mut after.department, &role.department)] {
                if known.is_empty() {
                    known.clone_from(new);
                }
            }
            if after == employment.role {
                return Ok(None);
            }
            people::update_employment(tx.on(), employment.id, &after).await?;
            Ok(Some(employment.id))
        }
        None => {
            let is_primary = employments.iter().all(|employment| !employment.role.is_open(office.today()));
            let new = NewEmployment { person_id: id, role: &role, is_primary: false };
            let ids = people::insert_employments(tx.on(), &[new], viewer.user_id, office.now()).await?;
            if is_primary {
                people::set_primary(tx.on(), id, ids.first().copied()).await?;
            }
            Ok(ids.first().copied())
        }
    }
}

/// The known data, with what was empty filled; a remark that is new is added.
fn merged(known: &PersonData, new: &PersonData) -> PersonData {
    let text = |known: &String, new: &String| if known.is_empty() { new.clone() } else { known.clone() };
    let remark = match (known.remark.is_empty(), known.remark.contains(&new.remark)) {
        (true, _) => new.remark.clone(),
        (false, true) => known.remark.clone(),
        (false, false) => format!("{}\n{}", known.remark, new.remark).chars().take(REMARK_MAX).collect(),
    };
    PersonData {
        salutation: known.salutation.or(new.salutation),
        title: known.title.clone().or_else(|| new.title.clone()),
        first_name: text(&known.first_name, &new.first_name),
        last_name: text(&known.last_name, &new.last_name),
        formality: known.formality,
        languages: if known.languages.is_empty() { new.languages.clone() } else { known.languages.clone() },
        birthday: known.birthday.or(new.birthday),
        remark,
    }
}

/// The names of the people that contacts may be.
pub async fn names(office: &Office, viewer: &Viewer, content: &Content) -> Result<HashMap<i64, String>, Fault> {
    let ids: Vec<i64> = content.rows.iter().filter_map(|row| row.became.or(row.person_id)).collect();
    Ok(people::names(office.db.read(), viewer, &ids).await?)
}
