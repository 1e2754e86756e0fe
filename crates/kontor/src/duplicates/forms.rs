//! What is sent about duplicates.

use std::collections::BTreeMap;

use kontor_domain::account::Key;
use kontor_domain::duplicates::REPORTED_FROM;

use super::actions::{LOWEST, Wanted};
use super::humans;
use crate::accounts::forms::wrong_at;
use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;

/// The lowest score that is reported, as asked for.
pub fn parse_score(text: Option<&str>) -> Result<u8, Fault> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(REPORTED_FROM),
        Some(text) => text
            .parse()
            .ok()
            .filter(|score| (LOWEST..=100).contains(score))
            .ok_or_else(|| Fault::field("score", |t| t.duplicates_score_wrong(LOWEST))),
    }
}

/// A merge of people as a form sends it: as that of accounts.
pub fn parse_person_form(form: &BTreeMap<String, String>) -> Result<humans::Wanted, Fault> {
    let id = |name: &str| form.get(name).and_then(|text| text.parse::<i64>().ok()).ok_or(Fault::NotFound);
    let (kept, gone) = (id("kept")?, id("gone")?);
    let theirs = gone.to_string();
    let taken = form.iter().filter_map(|(name, value)| name.strip_prefix("take.").filter(|_| *value == theirs));
    Ok(humans::Wanted { kept, gone, take: taken.map(str::to_owned).collect() })
}

/// A merge as a form sends it: `kept`, `gone`, and for each field `take.FIELD` with the account whose value is taken.
pub fn parse_form(form: &BTreeMap<String, String>) -> Result<Wanted, Fault> {
    let id = |name: &str| form.get(name).and_then(|text| text.parse::<i64>().ok()).ok_or(Fault::NotFound);
    let (kept, gone) = (id("kept")?, id("gone")?);
    let theirs = gone.to_string();
    let taken = form.iter().filter_map(|(name, value)| name.strip_prefix("take.").filter(|_| *value == theirs));
    Ok(Wanted { kept, gone, take: parse_keys(taken)? })
}

/// Fields by name.
pub fn parse_keys<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Vec<Key>, Fault> {
    let mut errors: Vec<FieldError> = Vec::new();
    let read = |name: &str| keep(name.parse().map_err(|wrong| wrong_at("take".to_owned(), wrong)), &mut errors);
    let keys: Vec<Key> = names.into_iter().filter_map(read).collect();
    if errors.is_empty() { Ok(keys) } else { Err(Fault::Invalid(errors)) }
}
