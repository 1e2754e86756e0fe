//! Verbs about private notes.

use std::collections::HashMap;

use kontor_domain::audit::Event;
use kontor_domain::person::NoteKind;
use kontor_domain::rights::{Right, Via, Viewer};

use super::store::{self, Note, Reading};
use crate::assignments;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::store as people;
use crate::team::actions::require;

/// The longest note, in characters.
pub const NOTE_MAX: usize = 2000;

/// Notes, and who else read them.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// The notes, the newest first.
    pub notes: Vec<Note>,
    /// Who read each, the newest reading first.
    pub readings: HashMap<i64, Vec<Reading>>,
}

/// What of the notes about a person somebody may know without reading those of others.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// One's own.
    pub own: Notes,
    /// How many of others one may read.
    pub others: usize,
}

/// Checks what a note is to say.
pub fn parse(kind: &str, body: &str) -> Result<(NoteKind, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let kind = kind.parse().map_err(|_| errors.push(FieldError::new("kind", |t| t.people_choice_wrong()).one_of(NoteKind::ALL))).ok();
    let body = body.trim().replace("\r\n", "\n");
    match body.chars().count() {
        0 => errors.push(FieldError::new("body", |t| t.notes_missing())),
        1..=NOTE_MAX => {}
        _ => errors.push(FieldError::new("body", |t| t.people_text_too_long(NOTE_MAX))),
    }
    match kind {
        Some(kind) if errors.is_empty() => Ok((kind, body)),
        _ => Err(errors),
    }
}

/// Whether somebody is on the team of an account that the person works for today. Only people in front of a screen are; no role replaces it.
async fn is_on_team(office: &Office, viewer: &Viewer, person_id: i64) -> Result<bool, Fault> {
    if viewer.via != Via::Web {
        return Ok(false);
    }
    let today = office.today();
    for employment in people::employments(office.db.read(), viewer, person_id).await? {
        if let Some(account) = employment.role.account_id
            && employment.role.is_open(today)
            && assignments::actions::is_on_team(office, viewer.user_id, account, today).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// One's own notes about a person, and how many of others one may read.
pub async fn overview(office: &Office, viewer: &Viewer, person_id: i64) -> Result<Overview, Fault> {
    let all = store::of_person(office.db.read(), person_id).await?;
    let (own, others): (Vec<Note>, Vec<Note>) = all.into_iter().partition(|note| note.author_id == viewer.user_id);
    let others = if !others.is_empty() && is_on_team(office, viewer, person_id).await? { others.len() } else { 0 };
    Ok(Overview { own: with_readings(office, own).await?, others })
}

async fn with_readings(office: &Office, notes: Vec<Note>) -> Result<Notes, Fault> {
    let ids: Vec<i64> = notes.iter().map(|note| note.id).collect();
    Ok(Notes { readings: store::readings(office.db.read(), &ids).await?, notes })
}

/// Reads all notes about a person. It is written down which notes of others were read, by whom and when.
pub async fn read(office: &Office, viewer: &Viewer, person_id: i64) -> Result<Notes, Fault> {
    require(viewer, Right::SeeFigures)?;
    let person = people::find(office.db.read(), viewer, person_id).await?.ok_or(Fault::NotFound)?;
    if !is_on_team(office, viewer, person_id).await? {
        return Err(Fault::NotFound);
    }
    let now = office.now();
    let tx = office.db.begin().await?;
    let notes = store::of_person(tx.on(), person_id).await?;
    let others: Vec<i64> = notes.iter().filter(|note| note.author_id != viewer.user_id).map(|note| note.id).collect();
    if !others.is_empty() {
        store::insert_readings(tx.on(), &others, (viewer.user_id, &viewer.name), now).await?;
        tx.commit(viewer, now, Event::NotesRead { person_id, name: person.data.full_name(), notes: others }).await?;
    }
    with_readings(office, notes).await
}

/// Writes a note about a person; gives its id.
pub async fn add(office: &Office, viewer: &Viewer, person_id: i64, kind: NoteKind, body: &str) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let person = people::find(tx.on(), viewer, person_id).await?.ok_or(Fault::NotFound)?;
    let id = store::insert(tx.on(), person_id, (viewer.user_id, &viewer.name), kind, body, now).await?;
    tx.commit(viewer, now, Event::NoteAdded { person_id, name: person.data.full_name(), note_id: id }).await?;
    Ok(id)
}

/// Ends one's own note.
pub async fn end(office: &Office, viewer: &Viewer, person_id: i64, id: i64) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let person = people::find(tx.on(), viewer, person_id).await?.ok_or(Fault::NotFound)?;
    let note = store::find(tx.on(), id).await?.filter(|note| note.person_id == person_id && note.author_id == viewer.user_id);
    let note = note.ok_or(Fault::NotFound)?;
    store::end(tx.on(), note.id, now).await?;
    Ok(tx.commit(viewer, now, Event::NoteEnded { person_id, name: person.data.full_name(), note_id: id }).await?)
}
