//! Fields and their values as people read and type them.

use kontor_domain::account::custom::{CustomField, CustomKind};
use kontor_domain::account::{AddressKind, Field as MasterField, Key, Lifecycle};
use maud::{Markup, html};
use strum::VariantArray;

use crate::accounts::forms::{Typed, typed};
use crate::accounts::store::Account;
use crate::audit::details::field_name;
use crate::fault::FieldError;
use crate::web::components::{Field, Input};
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// The languages that can be chosen for letters; another two letters may come in through the API.
const LANGUAGES: [&str; 22] =
    ["de", "en", "fr", "it", "es", "nl", "pl", "cs", "da", "sv", "no", "fi", "pt", "hu", "ro", "sk", "sl", "hr", "bg", "el", "tr", "uk"];

/// What a field is called.
pub fn label(t: &Texts, key: &Key, fields: &[CustomField]) -> String {
    match key {
        Key::Custom(custom) => match fields.iter().find(|field| field.key == *custom) {
            Some(field) => field.label(t.language()).to_owned(),
            None => custom.clone(),
        },
        key => field_name(t, &key.to_string()),
    }
}

/// A stored value as people read it.
pub fn shown(t: &Texts, key: &Key, stored: &str, fields: &[CustomField]) -> String {
    match key {
        Key::Master(MasterField::Lifecycle) => stored.parse().map_or_else(|_| stored.to_owned(), |lifecycle| lifecycle_name(t, lifecycle)),
        Key::Master(MasterField::Language) => language(t, stored),
        Key::Master(MasterField::Employees) => stored.parse::<i64>().map_or_else(|_| stored.to_owned(), |count| t.locale().integer(count)),
        Key::Custom(custom) => match fields.iter().find(|field| field.key == *custom) {
            Some(field) => custom_value(t, field, stored),
            None => stored.to_owned(),
        },
        _ => stored.to_owned(),
    }
}

/// A stored value of a custom field as people read it.
pub fn custom_value(t: &Texts, field: &CustomField, stored: &str) -> String {
    match field.kind {
        CustomKind::YesNo => {
            if stored == "yes" {
                t.web_yes()
            } else {
                t.web_no()
            }
        }
        CustomKind::Choice => field.choice(stored, t.language()).to_owned(),
        CustomKind::Date => stored.parse().map_or_else(|_| stored.to_owned(), |day| t.locale().date(day)),
        CustomKind::Number => stored.parse().map_or_else(|_| stored.to_owned(), |number| t.locale().quantity(number)),
        CustomKind::Text => stored.to_owned(),
    }
}

/// What a stage of the lifecycle is called.
pub fn lifecycle_name(t: &Texts, lifecycle: Lifecycle) -> String {
    t.by_key(&format!("lifecycle-{}", lifecycle.name())).unwrap_or_else(|| lifecycle.name().to_owned())
}

/// What a kind of address is called.
pub fn address_kind(t: &Texts, kind: AddressKind) -> String {
    t.by_key(&format!("address-{}", kind.name())).unwrap_or_else(|| kind.name().to_owned())
}

/// What kind of custom field it is.
pub fn custom_kind(t: &Texts, kind: CustomKind) -> String {
    t.by_key(&format!("custom-{}", kind.name())).unwrap_or_else(|| kind.name().to_owned())
}

fn language(t: &Texts, tag: &str) -> String {
    t.by_key(&format!("language-{tag}")).unwrap_or_else(|| tag.to_uppercase())
}

/// The values of an account as they are typed into its form.
pub fn form_of(account: &Account, fields: &[CustomField], locale: Locale) -> Typed {
    let record = account.record();
    let keys = keys(fields);
    keys.into_iter().map(|key| (key.to_string(), typed(&key, &record.value(&key).unwrap_or_default(), fields, locale))).collect()
}

/// All fields in the order of a form.
pub fn keys(fields: &[CustomField]) -> Vec<Key> {
    let custom = fields.iter().map(|field| Key::Custom(field.key.clone()));
    MasterField::VARIANTS.iter().copied().map(Key::Master).chain([Key::Tags]).chain(custom).collect()
}

/// A field of a form with what is typed in it.
pub fn input(t: &Texts, key: &Key, form: &Typed, fields: &[CustomField], errors: &[FieldError]) -> Markup {
    let name = key.to_string();
    let value = form.get(&name).map_or("", String::as_str);
    let choices = choices(t, key, fields, value);
    // A website is typed as text, too: browsers are stricter about web addresses than people.
    let is_day = matches!(key, Key::Custom(custom) if fields.iter().any(|field| field.key == *custom && field.kind == CustomKind::Date));
    let kind = choices.as_deref().map_or(if is_day { Input::Day } else { Input::Text("text") }, Input::Select);
    let mut field = Field::new(&name, label(t, key, fields), kind).value(value).errors(errors);
    if let Some(hint) = t.by_key(&format!("field-hint-{name}")) {
        field = field.hint(hint);
    }
    if *key == Key::Master(MasterField::Name) {
        field = field.required();
    }
    html! { (field.show(t)) }
}

/// What can be chosen, for a field of choices; the present value is among them.
fn choices(t: &Texts, key: &Key, fields: &[CustomField], present: &str) -> Option<Vec<(String, String)>> {
    let none = (String::new(), "–".to_owned());
    let custom = match key {
        Key::Custom(custom) => fields.iter().find(|field| field.key == *custom),
        _ => None,
    };
    let mut choices: Vec<(String, String)> = match (key, custom.map(|field| (field, field.kind))) {
        (Key::Master(MasterField::Lifecycle), _) => {
            return Some(Lifecycle::VARIANTS.iter().map(|&one| (one.name().to_owned(), lifecycle_name(t, one))).collect());
        }
        (Key::Master(MasterField::Language), _) => LANGUAGES.iter().map(|&tag| (tag.to_owned(), language(t, tag))).collect(),
        (_, Some((_, CustomKind::YesNo))) => vec![("yes".to_owned(), t.web_yes()), ("no".to_owned(), t.web_no())],
        (_, Some((field, CustomKind::Choice))) => {
            field.choices.iter().map(|choice| (choice.de.clone(), field.choice(&choice.de, t.language()).to_owned())).collect()
        }
        _ => return None,
    };
    if !present.is_empty() && !choices.iter().any(|(value, _)| value == present) {
        choices.push((present.to_owned(), present.to_owned()));
    }
    choices.insert(0, none);
    Some(choices)
}
