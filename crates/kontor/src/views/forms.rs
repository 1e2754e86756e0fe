//! What is sent about views → checked values, or all field errors.

use kontor_domain::view::{List, NAME_MAX, QUERY_MAX, without_place};
use serde::Deserialize;

use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;

/// A view to save, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ViewForm {
    /// Which list.
    pub list: String,
    /// What it is called.
    pub name: String,
    /// What stands behind the `?` of the list's address.
    pub query: String,
    /// Whether everybody has it.
    pub shared: Option<String>,
}

/// A view to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewView {
    /// Which list.
    pub list: List,
    /// What it is called.
    pub name: String,
    /// What stands behind the `?` of the list's address.
    pub query: String,
    /// Whether everybody has it.
    pub shared: bool,
}

impl ViewForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<NewView, Fault> {
        let mut errors = Vec::new();
        let list = keep(self.list.parse::<List>().map_err(|_| FieldError::new("list", |t| t.views_list_wrong())), &mut errors);
        let name = keep(parse_name(&self.name), &mut errors);
        let query = keep(parse_query(&self.query), &mut errors);
        match (list, name, query) {
            (Some(list), Some(name), Some(query)) => Ok(NewView { list, name, query, shared: self.shared.is_some() }),
            _ => Err(Fault::Invalid(errors)),
        }
    }
}

fn parse_name(text: &str) -> Result<String, FieldError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(FieldError::new("name", |t| t.views_name_missing())),
        1..=NAME_MAX => Ok(name),
        _ => Err(FieldError::new("name", |t| t.views_name_too_long(NAME_MAX))),
    }
}

fn parse_query(text: &str) -> Result<String, FieldError> {
    let query = without_place(text);
    let is_plain = query.len() <= QUERY_MAX && query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#' && byte != b'?');
    if is_plain { Ok(query) } else { Err(FieldError::new("query", |t| t.views_query_wrong())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let form = ViewForm { list: "x".into(), name: " ".into(), query: "a b".into(), shared: None };
        let Err(Fault::Invalid(errors)) = form.parse() else { panic!("not refused") };
        assert_eq!(errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>(), ["list", "name", "query"]);
    }

    #[test]
    fn a_view_keeps_its_filters_and_forgets_the_page() {
        let form =
            ViewForm { list: "accounts".into(), name: " A  Kunden ".into(), query: "?class=A&page=2".into(), shared: Some("on".into()) };
        let view = form.parse().expect("a view");
        assert_eq!(view, NewView { list: List::Accounts, name: "A Kunden".into(), query: "class=A".into(), shared: true });
    }
}
