//! What the browser, the API or the command line sends about accounts → values in their stored form, or all field errors.

use std::collections::BTreeMap;

use kontor_domain::account::custom::{CustomField, CustomKind};
use kontor_domain::account::{Address, AddressKind, Field, Key, Lifecycle, Wrong, one_line};
use serde::Deserialize;
use strum::VariantArray;

use super::store::Number;
use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// The longest name of a source and the longest customer number, in characters.
const NUMBER_MAX: usize = 60;

/// Values by the name of their field, as typed: `name`, `tags`, `custom.…`.
pub type Typed = BTreeMap<String, String>;

/// Reads typed values into their stored form; fields that are not of an account are passed over, as forms send others beside them.
pub fn parse(typed: &Typed, fields: &[CustomField], locale: Locale) -> Vec<(Key, String)> {
    let known = |name: &String| match name.parse::<Key>() {
        Ok(Key::Custom(key)) => fields.iter().any(|field| field.key == key).then_some(Key::Custom(key)),
        key => key.ok(),
    };
    typed
        .iter()
        .filter_map(|(name, value)| known(name).map(|key| (key, value)))
        .map(|(key, value)| stored(key, value, fields, locale))
        .collect()
}

/// Reads values given by a program by their names; a name that is none is an error.
pub fn parse_given(given: &Typed) -> Result<Vec<(Key, String)>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let read = |(name, value): (&String, &String)| {
        let key = name.parse::<Key>().map_err(|wrong| wrong_at(name.clone(), wrong));
        keep(key, &mut errors).map(|key| (key, value.clone()))
    };
    let values: Vec<(Key, String)> = given.iter().filter_map(read).collect();
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

/// A value as typed in the reader's format in its stored form; one that cannot be read stays as it is, so that the check tells what is wrong.
pub fn stored(key: Key, typed: &str, fields: &[CustomField], locale: Locale) -> (Key, String) {
    let kind = match &key {
        Key::Master(Field::Employees) => CustomKind::Number,
        Key::Custom(custom) => fields.iter().find(|field| field.key == *custom).map_or(CustomKind::Text, |field| field.kind),
        _ => CustomKind::Text,
    };
    let read = match kind {
        CustomKind::Number => locale.parse_amount(typed).ok().map(|amount| amount.to_decimal().normalize().to_string()),
        CustomKind::Date => locale.parse_date(typed).ok().map(|day| day.to_string()),
        CustomKind::YesNo if typed == "on" => Some("yes".to_owned()),
        _ => None,
    };
    (key, read.unwrap_or_else(|| typed.to_owned()))
}

/// A stored value as it is typed into a field.
pub fn typed(key: &Key, stored: &str, fields: &[CustomField], locale: Locale) -> String {
    let Key::Custom(custom) = key else { return stored.to_owned() };
    let kind = fields.iter().find(|field| field.key == *custom).map_or(CustomKind::Text, |field| field.kind);
    match kind {
        CustomKind::Number => stored.parse().map_or_else(|_| stored.to_owned(), |amount| locale.quantity(amount)),
        CustomKind::Date => stored.parse().map_or_else(|_| stored.to_owned(), |day| locale.date(day)),
        _ => stored.to_owned(),
    }
}

/// What is wrong, at its fields.
pub fn errors(wrong: Vec<(Key, Wrong)>) -> Fault {
    Fault::Invalid(wrong.into_iter().map(|(key, wrong)| wrong_at(key.to_string(), wrong)).collect())
}

/// What is wrong, at a field.
pub fn wrong_at(field: String, wrong: Wrong) -> FieldError {
    let choices: Vec<&str> = match (field.as_str(), &wrong) {
        (_, Wrong::Day) => return FieldError::day(field),
        ("lifecycle", Wrong::Choice) => Lifecycle::VARIANTS.iter().map(|lifecycle| lifecycle.name()).collect(),
        _ => Vec::new(),
    };
    let error = FieldError::new(field, move |t| message(t, &wrong));
    if choices.is_empty() { error } else { error.one_of(choices) }
}

fn message(t: &Texts, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Missing => t.accounts_wrong_missing(),
        Wrong::TooLong(max) => t.accounts_wrong_too_long(*max),
        Wrong::Count(max) => t.accounts_wrong_count(*max),
        Wrong::Number => t.accounts_wrong_number(),
        Wrong::Day => t.web_date_wrong(),
        Wrong::YesNo => t.accounts_wrong_yes_no(),
        Wrong::Choice => t.accounts_wrong_choice(),
        Wrong::Website => t.accounts_wrong_website(),
        Wrong::Language => t.accounts_wrong_language(),
        Wrong::VatForm => t.accounts_wrong_vat_form(),
        Wrong::VatCheck => t.accounts_wrong_vat_check(),
        Wrong::LeiForm => t.accounts_wrong_lei_form(),
        Wrong::LeiCheck => t.accounts_wrong_lei_check(),
        Wrong::TooManyTags(max) => t.accounts_wrong_too_many_tags(*max),
        Wrong::NoSuchField => t.accounts_wrong_no_such_field(),
    }
}

/// A number in a source, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NumberForm {
    /// The source system.
    pub source: String,
    /// The customer number there.
    pub number: String,
}

impl NumberForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<Number, Vec<FieldError>> {
        let mut errors = Vec::new();
        let source = keep(required("source", &self.source), &mut errors);
        let number = keep(required("number", &self.number), &mut errors);
        match (source, number) {
            (Some(source), Some(number)) => Ok(Number { source, number }),
            _ => Err(errors),
        }
    }
}

fn required(field: &'static str, text: &str) -> Result<String, FieldError> {
    let line = one_line(text, NUMBER_MAX).and_then(|line| if line.is_empty() { Err(Wrong::Missing) } else { Ok(line) });
    line.map_err(|wrong| wrong_at(field.to_owned(), wrong))
}

/// A further address, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// What it is for.
    pub kind: String,
    /// The lines above the street.
    pub addressee: String,
    /// Street and house number, or post office box.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
}

impl AddressForm {
    /// The form that gives an address.
    pub fn of(address: &Address) -> AddressForm {
        AddressForm {
            kind: address.kind.name().to_owned(),
            addressee: address.addressee.clone(),
            street: address.street.clone(),
            postal_code: address.postal_code.clone(),
            city: address.city.clone(),
            country: address.country.clone(),
        }
    }

    /// Checks all fields; kind and city must be given.
    pub fn parse(&self) -> Result<Address, Vec<FieldError>> {
        let mut errors = Vec::new();
        let kind = keep(
            self.kind
                .parse()
                .map_err(|wrong| wrong_at("kind".to_owned(), wrong).one_of(AddressKind::VARIANTS.iter().map(|kind| kind.name()))),
            &mut errors,
        );
        let mut line = |field: &'static str, text: &str| {
            let line = one_line(text, kontor_domain::account::TEXT_MAX).map_err(|wrong| wrong_at(field.to_owned(), wrong));
            keep(line, &mut errors).unwrap_or_default()
        };
        let [addressee, street, postal_code] =
            [line("addressee", &self.addressee), line("street", &self.street), line("postal_code", &self.postal_code)];
        let (city, country) = (line("city", &self.city), line("country", &self.country));
        if city.is_empty() && !errors.iter().any(|error| error.field == "city") {
            errors.push(wrong_at("city".to_owned(), Wrong::Missing));
        }
        match kind {
            Some(kind) if errors.is_empty() => Ok(Address { kind, addressee, street, postal_code, city, country }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    const DE: Locale = Locale::of(Language::De);

    fn field(key: &str, kind: CustomKind) -> CustomField {
        CustomField { key: key.into(), kind, label_de: "x".into(), label_en: "x".into(), choices: vec![] }
    }

    #[test]
    fn numbers_and_days_are_read_in_the_readers_format_and_shown_in_it_again() {
        let fields = [field("size", CustomKind::Number), field("since", CustomKind::Date), field("ok", CustomKind::YesNo)];
        let form: Typed =
            [("employees", "1.250"), ("custom.size", "12,5"), ("custom.since", "1.5.2026"), ("custom.ok", "on"), ("next", "/")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into();
        let read: Vec<(String, String)> = parse(&form, &fields, DE).into_iter().map(|(key, value)| (key.to_string(), value)).collect();
        let expected = [("custom.ok", "yes"), ("custom.since", "2026-05-01"), ("custom.size", "12.5"), ("employees", "1250")];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(typed(&Key::Custom("size".into()), "12.5", &fields, DE), "12,5");
        assert_eq!(typed(&Key::Custom("since".into()), "2026-05-01", &fields, DE), "01.05.2026");
    }

    #[test]
    fn what_cannot_be_read_stays_for_the_check_to_tell() {
        assert_eq!(stored(Key::Master(Field::Employees), "many", &[], DE).1, "many");
    }

    #[test]
    fn an_address_needs_a_kind_and_a_city() {
        let wrong = AddressForm { street: "x".repeat(201), ..AddressForm::default() }.parse().expect_err("wrong");
        let fields: Vec<_> = wrong.iter().map(|error| error.field.clone()).collect();
        assert_eq!(fields, ["kind", "street", "city"]);
    }
}
