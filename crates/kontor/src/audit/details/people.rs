//! What an event about people was about.

use kontor_domain::audit::{Event, FieldChange};

use super::change;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// What it was about and the changes; nothing for events about anything else.
pub(super) fn details(t: &Texts, locale: Locale, event: &Event) -> Vec<(String, String)> {
    let person = |name: &str| (t.audit_person(), name.to_owned());
    match event {
        Event::PersonAdded { name, .. } | Event::PersonUnarchived { name, .. } => vec![person(name)],
        Event::NoteAdded { name, .. } | Event::NoteEnded { name, .. } => vec![person(name)],
        Event::PersonChanged { name, changes, .. } => [person(name)].into_iter().chain(changed(t, changes)).collect(),
        Event::PeopleMerged { name, gone, changes, .. } | Event::PeopleMergeUndone { name, gone, changes, .. } => {
            [person(name), (t.audit_merged_with(), gone.clone())].into_iter().chain(changed(t, changes)).collect()
        }
        Event::PersonDuplicateDismissed { name, other, .. } => vec![person(name), (t.audit_merged_with(), other.clone())],
        Event::PersonArchived { name, reason, .. } => {
            let reason = Some((t.audit_why(), reason.clone())).filter(|_| !reason.is_empty());
            [person(name)].into_iter().chain(reason).collect()
        }
        Event::PeopleAdded { source, people } => vec![(t.audit_source(), source.clone()), (t.audit_people(), locale.integer(*people))],
        Event::EmploymentAdded { name, company, .. } => vec![person(name), (t.people_company(), company.clone())],
        Event::EmploymentChanged { name, company, changes, .. } => {
            [person(name), (t.people_company(), company.clone())].into_iter().chain(changed(t, changes)).collect()
        }
        Event::JobChanged { name, from, to, on, .. } => {
            vec![person(name), (t.people_company(), change(from, to)), (t.people_from(), locale.date(*on))]
        }
        Event::NotesRead { name, notes, .. } => vec![person(name), (t.audit_notes(), locale.integer(notes.len() as i64))],
        Event::ContactsUploaded { file, rows, .. } => vec![(t.audit_file(), file.clone()), (t.audit_rows(), locale.integer(*rows))],
        Event::ContactsPrepared { file, .. } | Event::ContactsDiscarded { file, .. } => vec![(t.audit_file(), file.clone())],
        Event::ContactsImported { file, added, updated, skipped, rejected, .. } => vec![
            (t.audit_file(), file.clone()),
            (t.audit_added(), locale.integer(*added)),
            (t.audit_updated(), locale.integer(*updated)),
            (t.audit_skipped(), locale.integer(*skipped)),
            (t.audit_rejected(), locale.integer(*rejected)),
        ],
        _ => vec![],
    }
}

/// Changed fields with their names as the forms have them.
fn changed<'a>(t: &'a Texts, changes: &'a [FieldChange]) -> impl Iterator<Item = (String, String)> + 'a {
    changes.iter().map(|changed| {
        let [before, after] = [&changed.before, &changed.after].map(|value| value.as_deref().unwrap_or_default());
        (field_name(t, &changed.field), change(before, after))
    })
}

/// The name of a field of a person or an employment.
pub fn field_name(t: &Texts, field: &str) -> String {
    let field = field.rsplit('.').next().unwrap_or(field);
    let key = match field {
        "title" => "people-academic-title".to_owned(),
        field => format!("people-{}", field.replace('_', "-")),
    };
    t.by_key(&format!("channel-{field}")).or_else(|| t.by_key(&key)).unwrap_or_else(|| field.to_owned())
}
