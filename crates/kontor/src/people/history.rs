//! What happened to a person, and the way back: every field of a person, every channel and every employment can get the value it had.

use kontor_domain::audit::{FieldChange, Subject};
use kontor_domain::person::{ChannelKind, LegalBasis, PersonData};
use kontor_domain::rights::{Right, Viewer};

use super::actions::{self, Shown};
use super::forms::{PersonInput, RoleInput};
use super::store::{Origin, Role};
use crate::audit::actions::{self as log, History};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// How many events a page of a person's history has.
const HISTORY: u64 = 50;

/// What happened to a person, the newest first. What happened at an account the viewer does not see is left out.
pub async fn history(office: &Office, viewer: &Viewer, id: i64, before: Option<i64>) -> Result<History, Fault> {
    actions::person(office, viewer, id).await?;
    let mut history = log::history(office, Subject::Person(id), before, HISTORY).await?;
    history.changes.retain(|change| change.entry.event.account_id().is_none_or(|account| viewer.sight.sees(account)));
    Ok(history)
}

/// Whether a change can be taken back.
pub fn is_restorable(change: &FieldChange) -> bool {
    match change.field.strip_prefix("employment.") {
        Some(rest) => rest.split_once('.').is_some_and(|(_, field)| ROLE_FIELDS.contains(&field)),
        None => PersonData::datum(&change.field).is_some() || change.field.parse::<ChannelKind>().is_ok(),
    }
}

/// The fields of an employment that can get their former value.
const ROLE_FIELDS: [&str; 6] = ["company", "function", "department", "reports_to", "from", "to"];

/// Writes the value back that a field had before an event: a change like any other, through the same checks.
pub async fn restore(office: &Office, viewer: &Viewer, id: i64, event_id: i64, place: usize) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let shown = actions::show(office, viewer, id).await?;
    let found = log::one(office, Subject::Person(id), event_id).await?;
    if found.entry.event.account_id().is_some_and(|account| !viewer.sight.sees(account)) {
        return Err(Fault::NotFound);
    }
    let change = found.changes.get(place).filter(|change| is_restorable(change)).ok_or(Fault::NotFound)?;
    match change.field.strip_prefix("employment.").and_then(|rest| rest.split_once('.')) {
        Some((employment, field)) => {
            let employment_id: i64 = employment.parse().map_err(|_| Fault::NotFound)?;
            let employment = shown.employments.iter().find(|known| known.id == employment_id).ok_or(Fault::NotFound)?;
            let role = restored_role(&employment.role, field, change.before.as_deref()).ok_or(Fault::NotFound)?;
            let input = RoleInput { role, is_primary: employment.is_primary };
            actions::change_employment(office, viewer, id, employment_id, &input).await
        }
        None => {
            let input = restored(&shown, change)?;
            actions::change(office, viewer, id, &input).await
        }
    }
}

/// The person with one field or channel as it was before a change; the source of the datum stays.
fn restored(shown: &Shown, change: &FieldChange) -> Result<PersonInput, Fault> {
    let used = shown.channels.iter().filter(|channel| channel.ended_on.is_none());
    let mut channels: Vec<(ChannelKind, String)> = used.map(|channel| (channel.kind, channel.value.clone())).collect();
    let mut data = shown.person.data.clone();
    match change.field.parse::<ChannelKind>() {
        Ok(kind) => {
            if let Some(after) = &change.after {
                channels.retain(|(known, value)| *known != kind || value != after);
            }
            channels.extend(change.before.clone().map(|before| (kind, before)));
        }
        Err(_) => data.set(&change.field, change.before.as_deref()).ok_or(Fault::NotFound)?,
    }
    if data.first_name.is_empty() && data.last_name.is_empty() {
        return Err(Fault::field("last_name", |t| t.people_name_missing()));
    }
    let known = PersonData::datum(&change.field).and_then(|datum| shown.provenances.iter().find(|known| known.datum == datum));
    let origin = known.map_or_else(|| Origin { source: String::new(), basis: LegalBasis::Interest }, |known| known.origin.clone());
    Ok(PersonInput { data, channels, origin })
}

fn restored_role(role: &Role, field: &str, stored: Option<&str>) -> Option<Role> {
    let mut role = role.clone();
    let text = stored.unwrap_or_default().to_owned();
    match field {
        "company" => role.company = text,
        "function" => role.function = text,
        "department" => role.department = text,
        "reports_to" => role.reports_to = stored.map(str::parse).transpose().ok()?,
        "from" => role.from = stored.map(str::parse).transpose().ok()?,
        "to" => role.to = stored.map(str::parse).transpose().ok()?,
        _ => return None,
    }
    Some(role)
}
