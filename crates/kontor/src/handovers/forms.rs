//! What is sent about handovers → checked values, or all field errors.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::assignments::forms::parse_day;
use crate::fault::FieldError;
use crate::team::forms::keep;
use crate::web::format::Locale;

/// The longest note, in characters.
const NOTE_MAX: usize = 2000;

/// A handover that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Who hands over.
    pub from: i64,
    /// Who takes over.
    pub to: i64,
    /// The first day of who takes over.
    pub on: NaiveDate,
    /// What is to be said about all of it.
    pub note: Option<String>,
    /// The accounts, with what is to be said about each; `None` for all there are.
    pub accounts: Option<BTreeMap<i64, Option<String>>>,
}

/// A handover as a form sends it: `from`, `to`, `on`, `note`, and for each account `account-ID` where it is ticked and `note-ID`.
#[derive(Clone, Debug, Default)]
pub struct HandoverForm(pub BTreeMap<String, String>);

impl HandoverForm {
    /// What was typed into a field.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |text| text.trim())
    }

    /// Checks all fields, the day in the user's format.
    pub fn parse(&self, locale: Locale, today: NaiveDate) -> Result<Wanted, Vec<FieldError>> {
        let mut errors = Vec::new();
        let user = |field: &'static str| {
            let id = self.get(field).parse::<i64>();
            id.map_err(|_| FieldError::new(field, |t| t.assignments_user_wrong()))
        };
        let from = keep(user("from"), &mut errors);
        let to = keep(user("to"), &mut errors);
        if from.is_some() && from == to {
            errors.push(FieldError::new("to", |t| t.handovers_same()));
        }
        let on = keep(parse_day("on", self.get("on"), locale), &mut errors).map(|day| day.unwrap_or(today));
        let note = keep(parse_note("note", self.get("note")), &mut errors);
        let mut accounts = BTreeMap::new();
        for id in self.0.keys().filter_map(|key| key.strip_prefix("account-")?.parse::<i64>().ok()) {
            let note = keep(parse_note("note", self.get(&format!("note-{id}"))), &mut errors);
            accounts.insert(id, note.flatten());
        }
        if accounts.is_empty() {
            errors.push(FieldError::new("accounts", |t| t.handovers_accounts_none()));
        }
        match (from, to, on, note) {
            (Some(from), Some(to), Some(on), Some(note)) if errors.is_empty() => {
                Ok(Wanted { from, to, on, note, accounts: Some(accounts) })
            }
            _ => Err(errors),
        }
    }
}

/// Checks a note; an empty one is none.
pub fn parse_note(field: &'static str, text: &str) -> Result<Option<String>, FieldError> {
    let note = text.trim();
    match note.chars().count() {
        0 => Ok(None),
        1..=NOTE_MAX => Ok(Some(note.to_owned())),
        _ => Err(FieldError::new(field, |t| t.team_name_too_long(NOTE_MAX))),
    }
}
