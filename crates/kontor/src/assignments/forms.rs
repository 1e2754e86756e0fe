//! What is sent about account teams → checked values, or all field errors.

use chrono::NaiveDate;
use kontor_domain::assignment::{Reach, TeamRole};
use serde::Deserialize;

use crate::fault::FieldError;
use crate::team::forms::keep;
use crate::web::format::Locale;

/// Somebody to look after accounts, as typed; an unchecked box sends nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AssignForm {
    /// The user's id.
    pub user: String,
    /// The role.
    pub role: String,
    /// `account` or `group`; the account alone when empty.
    pub reach: String,
    /// The first day; today when empty.
    pub from: String,
    /// The last day; open when empty.
    pub to: String,
    /// Whether to follow on a KAM who is there already.
    pub replace: Option<String>,
}

/// Somebody to look after accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Who.
    pub user_id: i64,
    /// As what.
    pub role: TeamRole,
    /// How far.
    pub reach: Reach,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Whether to follow on a KAM who is there already.
    pub replaces: bool,
}

impl AssignForm {
    /// Checks all fields, days in the user's format.
    pub fn parse(&self, locale: Locale, today: NaiveDate) -> Result<Wanted, Vec<FieldError>> {
        let mut errors = Vec::new();
        let user_id = keep(self.user.trim().parse().map_err(|_| FieldError::new("user", |t| t.assignments_user_wrong())), &mut errors);
        let role = keep(self.role.trim().parse().map_err(|_| FieldError::new("role", |t| t.assignments_role_wrong())), &mut errors);
        let reach = match self.reach.trim() {
            "" => Some(Reach::default()),
            text => keep(text.parse().map_err(|_| FieldError::new("reach", |t| t.assignments_reach_wrong())), &mut errors),
        };
        let from = keep(parse_day("from", &self.from, locale), &mut errors).map(|day| day.unwrap_or(today));
        let to = keep(parse_day("to", &self.to, locale), &mut errors);
        if let (Some(from), Some(Some(to))) = (from, to)
            && to < from
        {
            errors.push(FieldError::new("to", |t| t.assignments_to_before_from()));
        }
        match (user_id, role, reach, from, to) {
            (Some(user_id), Some(role), Some(reach), Some(from), Some(to)) if errors.is_empty() => {
                Ok(Wanted { user_id, role, reach, from, to, replaces: self.replace.is_some() })
            }
            _ => Err(errors),
        }
    }
}

/// Reads a day in the user's format; an empty field is none.
pub fn parse_day(field: &'static str, text: &str, locale: Locale) -> Result<Option<NaiveDate>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => locale.parse_date(text).map(Some).map_err(|_| FieldError::new(field, |t| t.web_date_wrong())),
    }
}

/// The end of a role, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// The last day; today when empty.
    pub to: String,
}
