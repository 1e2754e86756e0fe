//! What is sent about account teams → checked values, or all field errors.

use chrono::NaiveDate;
use kontor_domain::assignment::{Reach, TeamRole};
use serde::Deserialize;

use super::plan::Selection;
use crate::accounts::directory::Directory;
use crate::accounts::find::{self, Sought};
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
        let role = keep(
            self.role.trim().parse().map_err(|_| FieldError::new("role", |t| t.assignments_role_wrong()).one_of(TeamRole::ALL)),
            &mut errors,
        );
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

/// Many accounts and who is to look after them, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// Numbers or names of accounts, separated by commas, semicolons or lines.
    pub accounts: String,
    /// An industry, instead of accounts.
    pub industry: String,
    /// Who is to look after them.
    #[serde(flatten)]
    pub assign: AssignForm,
    /// `assign` does it, all else only shows what would change.
    pub act: String,
}

impl BulkForm {
    /// Checks all fields; accounts are looked for among those in the directory, which are those that the viewer sees.
    pub fn parse(&self, directory: &Directory, locale: Locale, today: NaiveDate) -> Result<(Selection, Wanted), Vec<FieldError>> {
        let (mut errors, wanted) = match self.assign.parse(locale, today) {
            Ok(wanted) => (Vec::new(), Some(wanted)),
            Err(errors) => (errors, None),
        };
        let selection = keep(self.selection(directory), &mut errors);
        match (selection, wanted) {
            (Some(selection), Some(wanted)) => Ok((selection, wanted)),
            _ => Err(errors),
        }
    }

    fn selection(&self, directory: &Directory) -> Result<Selection, FieldError> {
        let (industry, typed) = (self.industry.trim(), self.accounts.trim());
        match (industry.is_empty(), typed.is_empty()) {
            (false, true) => Ok(Selection::Industry(industry.to_owned())),
            (true, false) => {
                let parts = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
                let ids: Result<Vec<i64>, FieldError> = parts.map(|part| account(directory, part)).collect();
                ids.map(Selection::Accounts)
            }
            _ => Err(FieldError::new("accounts", |t| t.assignments_accounts_which())),
        }
    }
}

/// The account that somebody means by a number or a name.
fn account(directory: &Directory, typed: &str) -> Result<i64, FieldError> {
    let typed_again = typed.to_owned();
    match find::account(directory, typed, |_| true) {
        Sought::Found(id) => Ok(id),
        Sought::Nothing => Err(FieldError::new("accounts", move |t| t.assignments_account_unknown(typed_again.as_str()))),
        Sought::Several(names) => {
            Err(FieldError::new("accounts", move |t| t.assignments_account_several(typed_again.as_str(), names.join(", "))))
        }
    }
}

/// Reads a day in the user's format; an empty field is none.
pub fn parse_day(field: &'static str, text: &str, locale: Locale) -> Result<Option<NaiveDate>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => locale.parse_date(text).map(Some).map_err(|_| FieldError::day(field)),
    }
}

/// The end of a role, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// The last day; today when empty.
    pub to: String,
}
