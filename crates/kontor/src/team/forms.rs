//! What the browser, the API or the command line sends about users → checked values, or all field errors.

use kontor_domain::audit::{UnitState, UserState};
use kontor_domain::team::{Language, Mail, Role, Unit, WeakPassword};
use serde::Deserialize;

use crate::fault::FieldError;

/// The longest name, in characters.
const NAME_MAX: usize = 120;

/// A user to add, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewUserForm {
    /// Display name.
    pub name: String,
    /// Mail address.
    pub mail: String,
    /// Role.
    pub role: String,
    /// The unit's id; empty for none.
    pub unit: String,
}

/// A user to add.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Display name.
    pub name: String,
    /// Mail address.
    pub mail: Mail,
    /// Role.
    pub role: Role,
    /// The unit.
    pub unit_id: Option<i64>,
}

impl NewUserForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<NewUser, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = keep(parse_name(&self.name), &mut errors);
        let mail = keep(parse_mail(&self.mail), &mut errors);
        let role = keep(parse_role(&self.role), &mut errors);
        let unit = keep(parse_unit("unit", &self.unit), &mut errors);
        match (name, mail, role, unit) {
            (Some(name), Some(mail), Some(role), Some(unit_id)) => Ok(NewUser { name, mail, role, unit_id }),
            _ => Err(errors),
        }
    }
}

/// Changes to a user, as typed; an unchecked box sends nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserForm {
    /// Display name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Whether the user may sign in.
    pub active: Option<String>,
    /// The unit's id; empty for none.
    pub unit: String,
}

impl UserForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<UserState, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = keep(parse_name(&self.name), &mut errors);
        let role = keep(parse_role(&self.role), &mut errors);
        let unit = keep(parse_unit("unit", &self.unit), &mut errors);
        match (name, role, unit) {
            (Some(name), Some(role), Some(unit_id)) => Ok(UserState { name, role, active: self.active.is_some(), unit_id }),
            _ => Err(errors),
        }
    }
}

/// A unit, as typed; an unchecked box sends nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UnitForm {
    /// What it is called.
    pub name: String,
    /// The id of the unit above; empty for none.
    pub parent: String,
    /// Whether nobody joins it any more.
    pub archived: Option<String>,
}

impl UnitForm {
    /// The form as it opens.
    pub fn of(unit: &Unit) -> UnitForm {
        UnitForm {
            name: unit.name.clone(),
            parent: unit.parent.map(|id| id.to_string()).unwrap_or_default(),
            archived: unit.archived.then(|| "on".to_owned()),
        }
    }

    /// Checks all fields.
    pub fn parse(&self) -> Result<UnitState, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = keep(parse_name(&self.name), &mut errors);
        let parent = keep(parse_unit("parent", &self.parent), &mut errors);
        match (name, parent) {
            (Some(name), Some(parent)) => Ok(UnitState { name, parent, archived: self.archived.is_some() }),
            _ => Err(errors),
        }
    }
}

/// Reads the id of a unit; whether there is one, the verb asks.
fn parse_unit(field: &'static str, text: &str) -> Result<Option<i64>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| FieldError::new(field, |t| t.team_unit_unknown())),
    }
}

/// A new password, typed twice; with the present one when users change their own.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The present password.
    pub current: String,
    /// The new one.
    pub password: String,
    /// The new one again.
    pub repeat: String,
}

impl PasswordForm {
    /// Checks the new password for the user with this mail address.
    pub fn parse(&self, mail: &Mail) -> Result<String, Vec<FieldError>> {
        parse_password(&self.password, &self.repeat, Some(mail)).map_err(|error| vec![error])
    }
}

/// Checks a new password typed twice; as long as the mail address is wrong, without it.
pub fn parse_password(password: &str, repeat: &str, mail: Option<&Mail>) -> Result<String, FieldError> {
    if let Err(weak) = kontor_domain::team::check_password(password, mail) {
        return Err(FieldError::new("password", move |t| match weak {
            WeakPassword::TooShort => t.team_password_too_short(kontor_domain::team::PASSWORD_MIN),
            WeakPassword::TooLong => t.team_password_too_long(kontor_domain::team::PASSWORD_MAX),
            WeakPassword::Guessable => t.team_password_guessable(),
        }));
    }
    if password != repeat {
        return Err(FieldError::new("repeat", |t| t.team_password_differs()));
    }
    Ok(password.to_owned())
}

/// Checks a display name.
pub fn parse_name(text: &str) -> Result<String, FieldError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(FieldError::new("name", |t| t.team_name_missing())),
        1..=NAME_MAX => Ok(name),
        _ => Err(FieldError::new("name", |t| t.team_name_too_long(NAME_MAX))),
    }
}

/// Checks a mail address.
pub fn parse_mail(text: &str) -> Result<Mail, FieldError> {
    text.parse().map_err(|_| FieldError::new("mail", |t| t.team_mail_wrong()))
}

/// Checks a role's name.
pub fn parse_role(text: &str) -> Result<Role, FieldError> {
    text.parse().map_err(|_| FieldError::new("role", |t| t.team_role_wrong()).one_of(Role::ALL))
}

/// Checks a language's tag.
pub fn parse_language(text: &str) -> Result<Language, FieldError> {
    text.parse().map_err(|_| FieldError::new("language", |t| t.team_language_wrong()).one_of(Language::ALL))
}

/// Keeps the value, or its error among the others.
pub fn keep<T>(parsed: Result<T, FieldError>, errors: &mut Vec<FieldError>) -> Option<T> {
    parsed.map_err(|error| errors.push(error)).ok()
}
