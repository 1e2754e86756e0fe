//! Fields that a company adds to its accounts by itself.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::{TEXT_MAX, Wrong, one_line};
use crate::Amount;
use crate::team::Language;

/// What stands in a custom field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CustomKind {
    /// One line of text.
    Text,
    /// A number with up to four decimals.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    YesNo,
    /// One of the values that the field offers.
    Choice,
}

impl CustomKind {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl FromStr for CustomKind {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<CustomKind, Wrong> {
        CustomKind::VARIANTS.iter().copied().find(|kind| kind.name() == text).ok_or(Wrong::Choice)
    }
}

/// A value that a field of choices offers, in both languages. The German text is the stored one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// German, and what is stored.
    pub de: String,
    /// English.
    pub en: String,
}

/// A field that the company added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// Its name in forms, API and history; never changes.
    pub key: String,
    /// What stands in it; never changes.
    pub kind: CustomKind,
    /// What it is called in German.
    pub label_de: String,
    /// What it is called in English.
    pub label_en: String,
    /// What can be chosen, for a field of choices.
    pub choices: Vec<Choice>,
}

impl CustomField {
    /// What it is called.
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::De => &self.label_de,
            Language::En => &self.label_en,
        }
    }

    /// Checks a value and gives its stored form; `None` when nothing is given.
    pub fn check(&self, value: &str) -> Result<Option<String>, Wrong> {
        let value = one_line(value, TEXT_MAX)?;
        if value.is_empty() {
            return Ok(None);
        }
        let stored = match self.kind {
            CustomKind::Text => value,
            CustomKind::Number => value.parse::<Amount>().map_err(|_| Wrong::Number)?.to_decimal().normalize().to_string(),
            CustomKind::Date => value.parse::<NaiveDate>().map_err(|_| Wrong::Day)?.to_string(),
            CustomKind::YesNo if ["yes", "no"].contains(&value.as_str()) => value,
            CustomKind::YesNo => return Err(Wrong::YesNo),
            CustomKind::Choice => {
                let chosen = self.choices.iter().find(|choice| choice.de == value || choice.en == value);
                chosen.ok_or(Wrong::Choice)?.de.clone()
            }
        };
        Ok(Some(stored))
    }

    /// What a stored choice is called.
    pub fn choice<'a>(&'a self, stored: &'a str, language: Language) -> &'a str {
        match (self.choices.iter().find(|choice| choice.de == stored), language) {
            (Some(choice), Language::En) => &choice.en,
            _ => stored,
        }
    }
}

/// A key made of a label: small letters, digits and underscores, 1 to 40 of them.
pub fn key_of(label: &str) -> String {
    let mut key = String::new();
    for letter in label.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => key.push_str("ae"),
            'ö' => key.push_str("oe"),
            'ü' => key.push_str("ue"),
            'ß' => key.push_str("ss"),
            'a'..='z' | '0'..='9' => key.push(letter),
            _ if key.is_empty() || key.ends_with('_') => {}
            _ => key.push('_'),
        }
    }
    key.truncate(40);
    key.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: CustomKind) -> CustomField {
        let choices = vec![Choice { de: "frei Haus".into(), en: "delivered".into() }];
        CustomField { key: "x".into(), kind, label_de: "Feld".into(), label_en: "Field".into(), choices }
    }

    #[test]
    fn each_kind_has_its_stored_form() {
        for (kind, value, stored) in [
            (CustomKind::Text, "  a  b ", Ok(Some("a b"))),
            (CustomKind::Text, " ", Ok(None)),
            (CustomKind::Number, "12.50", Ok(Some("12.5"))),
            (CustomKind::Number, "-3", Ok(Some("-3"))),
            (CustomKind::Number, "12,50", Err(Wrong::Number)),
            (CustomKind::Date, "2026-02-28", Ok(Some("2026-02-28"))),
            (CustomKind::Date, "2026-02-30", Err(Wrong::Day)),
            (CustomKind::YesNo, "yes", Ok(Some("yes"))),
            (CustomKind::YesNo, "maybe", Err(Wrong::YesNo)),
            (CustomKind::Choice, "frei Haus", Ok(Some("frei Haus"))),
            (CustomKind::Choice, "delivered", Ok(Some("frei Haus"))),
            (CustomKind::Choice, "ab Werk", Err(Wrong::Choice)),
        ] {
            assert_eq!(field(kind).check(value), stored.map(|stored| stored.map(str::to_owned)), "{kind:?} {value}");
        }
        assert_eq!(field(CustomKind::Text).check(&"x".repeat(201)), Err(Wrong::TooLong(200)));
    }

    #[test]
    fn labels_and_choices_speak_the_readers_language() {
        let field = field(CustomKind::Choice);
        assert_eq!((field.label(Language::De), field.label(Language::En)), ("Feld", "Field"));
        assert_eq!((field.choice("frei Haus", Language::De), field.choice("frei Haus", Language::En)), ("frei Haus", "delivered"));
        assert_eq!(field.choice("was once chosen", Language::En), "was once chosen");
    }

    #[test]
    fn a_key_is_made_of_the_label() {
        assert_eq!(key_of("Prüfung fällig am"), "pruefung_faellig_am");
        assert_eq!(key_of(" – Größe (m²) "), "groesse_m");
        assert_eq!(key_of("***"), "");
        assert!(key_of(&"lang ".repeat(30)).len() <= 40);
    }
}
