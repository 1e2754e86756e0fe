//! What is typed about custom fields.

use kontor_domain::account::custom::{Choice, CustomField, CustomKind, key_of};
use kontor_domain::account::{Wrong, one_line};
use serde::Deserialize;
use strum::VariantArray;

use crate::accounts::forms::wrong_at;
use crate::fault::FieldError;
use crate::team::forms::keep;

/// The longest label, in characters.
const LABEL_MAX: usize = 60;
/// The most choices of a field.
const CHOICES_MAX: usize = 50;

/// A custom field, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FieldForm {
    /// What stands in it.
    pub kind: String,
    /// What it is called in German.
    pub label_de: String,
    /// What it is called in English.
    pub label_en: String,
    /// One choice to a line: German, or German and English with `|` between them.
    pub choices: String,
}

impl FieldForm {
    /// The form that gives a field.
    pub fn of(field: &CustomField) -> FieldForm {
        let line = |choice: &Choice| {
            if choice.en == choice.de { choice.de.clone() } else { format!("{} | {}", choice.de, choice.en) }
        };
        FieldForm {
            kind: field.kind.name().to_owned(),
            label_de: field.label_de.clone(),
            label_en: field.label_en.clone(),
            choices: field.choices.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    /// Checks all fields.
    pub fn parse(&self) -> Result<CustomField, Vec<FieldError>> {
        let mut errors = Vec::new();
        let kind = keep(
            self.kind
                .parse::<CustomKind>()
                .map_err(|wrong| wrong_at("kind".to_owned(), wrong).one_of(CustomKind::VARIANTS.iter().map(|kind| kind.name()))),
            &mut errors,
        );
        let label_de = keep(label("label_de", &self.label_de), &mut errors);
        let label_en = keep(label("label_en", &self.label_en), &mut errors);
        let choices = match kind {
            Some(CustomKind::Choice) => keep(choices(&self.choices), &mut errors),
            _ => Some(Vec::new()),
        };
        match (kind, label_de, label_en, choices) {
            (Some(kind), Some(label_de), Some(label_en), Some(choices)) => {
                let key = key_of(&label_de);
                if key.is_empty() {
                    return Err(vec![FieldError::new("label_de", |t| t.accounts_field_without_letters())]);
                }
                Ok(CustomField { key, kind, label_de, label_en, choices })
            }
            _ => Err(errors),
        }
    }
}

fn label(field: &'static str, text: &str) -> Result<String, FieldError> {
    let line = one_line(text, LABEL_MAX).and_then(|line| if line.is_empty() { Err(Wrong::Missing) } else { Ok(line) });
    line.map_err(|wrong| wrong_at(field.to_owned(), wrong))
}

fn choices(text: &str) -> Result<Vec<Choice>, FieldError> {
    let wrong = |wrong| wrong_at("choices".to_owned(), wrong);
    let mut choices: Vec<Choice> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (de, en) = line.split_once('|').unwrap_or((line, line));
        let (de, en) = (one_line(de, LABEL_MAX).map_err(wrong)?, one_line(en, LABEL_MAX).map_err(wrong)?);
        if de.is_empty() || choices.iter().any(|choice| choice.de == de) {
            return Err(FieldError::new("choices", |t| t.accounts_field_choices_wrong()));
        }
        let en = if en.is_empty() { de.clone() } else { en };
        choices.push(Choice { de, en });
    }
    match choices.len() {
        0 => Err(wrong(Wrong::Missing)),
        1..=CHOICES_MAX => Ok(choices),
        _ => Err(FieldError::new("choices", |t| t.accounts_field_choices_too_many(CHOICES_MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: &str, label: &str, choices: &str) -> FieldForm {
        FieldForm { kind: kind.into(), label_de: label.into(), label_en: "Terms".into(), choices: choices.into() }
    }

    #[test]
    fn choices_stand_one_to_a_line_in_both_languages() {
        let field = form("choice", "Lieferbedingung", "frei Haus | delivered\n\nab Werk\n").parse().expect("a field");
        assert_eq!(field.key, "lieferbedingung");
        let read: Vec<(&str, &str)> = field.choices.iter().map(|choice| (choice.de.as_str(), choice.en.as_str())).collect();
        assert_eq!(read, [("frei Haus", "delivered"), ("ab Werk", "ab Werk")]);
        assert_eq!(FieldForm::of(&field).choices, "frei Haus | delivered\nab Werk");
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        for (form, fields) in [
            (FieldForm::default(), vec!["kind", "label_de", "label_en"]),
            (form("choice", "x", ""), vec!["choices"]),
            (form("choice", "x", "a\na"), vec!["choices"]),
            (form("choice", "x", &(0..51).map(|n| format!("{n}\n")).collect::<String>()), vec!["choices"]),
            (form("text", "***", ""), vec!["label_de"]),
        ] {
            let told: Vec<_> = form.parse().expect_err("wrong").iter().map(|error| error.field.clone()).collect();
            assert_eq!(told, fields);
        }
    }
}
