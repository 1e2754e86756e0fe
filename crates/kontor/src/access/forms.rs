//! What is typed at sign-in, set-up and for tokens.

use chrono::NaiveDate;
use kontor_domain::rights::Scope;
use kontor_domain::team::Mail;
use serde::Deserialize;

use crate::fault::FieldError;
use crate::team::forms::{keep, parse_mail, parse_name, parse_password};
use crate::web::format::Locale;

/// Sign-in, as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// Mail address.
    pub mail: String,
    /// Password.
    pub password: String,
    /// Where to go afterwards; a path of this house.
    pub next: String,
}

/// The first administrator, as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SetUpForm {
    /// The company's name.
    pub company: String,
    /// Display name.
    pub name: String,
    /// Mail address.
    pub mail: String,
    /// Password.
    pub password: String,
    /// Password again.
    pub repeat: String,
}

/// The first administrator and the company.
#[derive(Clone)]
pub struct SetUp {
    /// The company's name.
    pub company: String,
    /// Display name.
    pub name: String,
    /// Mail address.
    pub mail: Mail,
    /// Password.
    pub password: String,
}

impl SetUpForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<SetUp, Vec<FieldError>> {
        let mut errors = Vec::new();
        let company = self.company.trim().to_owned();
        if company.is_empty() {
            errors.push(FieldError::new("company", |t| t.access_company_missing()));
        }
        let name = keep(parse_name(&self.name), &mut errors);
        let mail = keep(parse_mail(&self.mail), &mut errors);
        let password = keep(parse_password(&self.password, &self.repeat, mail.as_ref()), &mut errors);
        match (name, mail, password) {
            (Some(name), Some(mail), Some(password)) if errors.is_empty() => Ok(SetUp { company, name, mail, password }),
            _ => Err(errors),
        }
    }
}

/// An API token to make, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scope: String,
    /// Last day it works, in the user's format; empty for no end.
    pub expires_on: String,
}

/// An API token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// Last day it works.
    pub expires_on: Option<NaiveDate>,
}

impl TokenForm {
    /// Checks all fields; the last day must not lie in the past.
    pub fn parse(&self, locale: Locale, today: NaiveDate) -> Result<NewToken, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = keep(parse_name(&self.name), &mut errors);
        let scope = keep(
            self.scope.parse().map_err(|_| FieldError::new("scope", |t| t.access_scope_wrong()).one_of(Scope::ALL.map(Scope::name))),
            &mut errors,
        );
        let expires_on = match self.expires_on.trim() {
            "" => None,
            text => keep(parse_expiry(text, locale, today), &mut errors),
        };
        match (name, scope) {
            (Some(name), Some(scope)) if errors.is_empty() => Ok(NewToken { name, scope, expires_on }),
            _ => Err(errors),
        }
    }
}

fn parse_expiry(text: &str, locale: Locale, today: NaiveDate) -> Result<NaiveDate, FieldError> {
    match locale.parse_date(text) {
        Ok(day) if day >= today => Ok(day),
        Ok(_) => Err(FieldError::new("expires_on", |t| t.access_expiry_past())),
        Err(_) => Err(FieldError::day("expires_on")),
    }
}
