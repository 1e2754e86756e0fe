//! All texts in German and English, as functions.
//!
//! `build.rs` makes a method of each message in `locales/`; its arguments come in the order in which the German text first names them. Numbers are written in the
//! reader's format and choose the plural.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kontor_domain::team::Language;
use unic_langid::LanguageIdentifier;

use super::format::Locale;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The texts of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

static GERMAN: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::De, DE));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(Language::En, EN));

impl Texts {
    /// The texts of a language.
    pub fn of(language: Language) -> &'static Texts {
        match language {
            Language::De => &GERMAN,
            Language::En => &ENGLISH,
        }
    }

    fn read(language: Language, sources: &[&str]) -> Texts {
        let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Isolation marks are for texts that mix directions of writing; in these languages they only break searching and comparing.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::De => |value, _| number(Language::De, value),
            Language::En => |value, _| number(Language::En, value),
        }));
        for source in sources {
            // The build has parsed them all; were one broken, the test below would name its keys.
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Texts { bundle, language }
    }

    /// Whose language it is.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// How this language writes numbers and dates.
    pub const fn locale(&self) -> Locale {
        Locale::of(self.language)
    }

    /// The text of a key that is only known when running, such as that of a stored kind; `None` when there is no such text.
    pub fn by_key(&self, key: &str) -> Option<String> {
        self.bundle.has_message(key).then(|| self.format(key, []))
    }

    fn format<'a, const N: usize>(&'a self, key: &str, arguments: [(&'static str, FluentValue<'a>); N]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let arguments: FluentArgs<'a> = arguments.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }
}

fn number(language: Language, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(Locale::of(language).decimal(number.value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_said_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::of(language);
            for key in KEYS {
                assert!(texts.by_key(key).is_some_and(|text| !text.is_empty()), "{key} in {language}");
            }
        }
    }

    #[test]
    fn a_key_that_is_unknown_has_no_text() {
        assert_eq!(Texts::of(Language::De).by_key("no-such-key"), None);
    }

    #[test]
    fn numbers_choose_the_plural_and_are_written_in_the_readers_format() {
        assert_eq!(Texts::of(Language::De).team_password_too_short(12), "Mindestens 12 Zeichen.");
        assert_eq!(Texts::of(Language::De).fault_too_large(4_000), "Zu groß: höchstens 4.000 MB sind möglich.");
        assert_eq!(Texts::of(Language::En).fault_too_large(4_000), "Too large: at most 4,000 MB are possible.");
    }
}
