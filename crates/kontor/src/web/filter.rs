//! Forms that ask a list for something. What is wrong in one of them is said at its field; all else that was asked for holds.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::components::notice;
use super::texts::Texts;
use crate::fault::{Fault, FieldError};

/// How often parameters are left out before the page gives up.
const ROUNDS: usize = 3;

/// What an address asks for, in both forms, and what is wrong with it.
pub struct Asked<Q, T> {
    /// The parameters that hold.
    pub query: Q,
    /// The same, read.
    pub read: T,
    /// What was wrong with the others.
    pub errors: Vec<FieldError>,
}

impl<Q: Clone, T> Asked<Q, T> {
    /// Reads parameters; where some are wrong, the others alone, `without` each of the wrong ones. What one of them stood in front of may be wrong as well.
    pub fn of(query: &Q, read: impl Fn(&Q) -> Result<T, Fault>, without: impl Fn(&mut Q, &str)) -> Result<Asked<Q, T>, Fault> {
        let (mut query, mut errors) = (query.clone(), Vec::new());
        for _ in 0..ROUNDS {
            match read(&query) {
                Ok(read) => return Ok(Asked { query, read, errors }),
                Err(Fault::Invalid(wrong)) => {
                    wrong.iter().for_each(|error| without(&mut query, &error.field));
                    errors.extend(wrong);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::Invalid(errors))
    }

    /// The status of the page.
    pub const fn status(&self) -> StatusCode {
        if self.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// What was wrong, above the form: the page shows the list without it.
pub fn errors(t: &Texts, errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div role="alert" {
                (notice("error", html! { @for error in errors { p { (error.page_message(t)) } } p { (t.web_filter_left_out()) } }))
            }
        }
    }
}

/// A field for a day: as browsers draw it (`date`), or as one types it (`text`).
pub fn day(t: &Texts, kind: &str, name: &str, label: &str, value: &str, errors: &[FieldError]) -> Markup {
    let error = errors.iter().find(|error| error.field == name).map(|error| error.page_message(t));
    let id = format!("filter-{name}");
    let described = error.is_some().then(|| format!("{id}-error"));
    let is_text = kind == "text";
    html! {
        label {
            (label)
            input.short[is_text] #(id) type=(kind) name=(name) value=(value) placeholder=[is_text.then(|| t.web_date_example())] autocomplete=[is_text.then_some("off")]
                aria-invalid=[error.is_some().then_some("true")] aria-describedby=[&described] autofocus[error.is_some()];
            @if let (Some(error), Some(described)) = (error, &described) { span.field__error #(described) { (error) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &Vec<(&str, &str)>) -> Result<usize, Fault> {
        let wrong: Vec<FieldError> = query
            .iter()
            .filter(|(_, value)| *value == "wrong")
            .map(|(name, _)| FieldError::new((*name).to_owned(), |_| String::new()))
            .collect();
        if wrong.is_empty() { Ok(query.len()) } else { Err(Fault::Invalid(wrong)) }
    }

    #[test]
    fn what_is_wrong_is_left_out_and_told_and_the_rest_holds() {
        let without = |query: &mut Vec<(&str, &str)>, name: &str| query.retain(|(known, _)| *known != name);
        let asked = Asked::of(&vec![("class", "A"), ("from", "wrong"), ("to", "wrong")], read, without).expect("a part");
        assert_eq!((asked.query.as_slice(), asked.read, asked.errors.len()), (&[("class", "A")][..], 1, 2));
        assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let asked = Asked::of(&vec![("class", "A")], read, without).expect("all of it");
        assert_eq!((asked.read, asked.status()), (1, StatusCode::OK));
        // What stays wrong however much is left out is a fault.
        assert!(Asked::of(&vec![("class", "wrong")], read, |_, _| ()).is_err());
    }
}
