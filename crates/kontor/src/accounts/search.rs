//! Finding accounts by what people type: without capitals, umlauts spelled either way, with a slip of the finger.

use super::store::Account;
use crate::search::fold::fold;
use crate::search::slip::{allowed, letters, may_resemble, slips};

/// A name or number prepared for searching: lower case, umlauts and accents spelled out, words by single blanks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded(String);

impl Folded {
    /// Prepares texts that are searched together.
    pub fn new(texts: &[&str]) -> Folded {
        let mut folded = String::new();
        for text in texts {
            if !folded.is_empty() {
                folded.push(' ');
            }
            fold(text, &mut folded);
        }
        Folded(folded)
    }

    /// Whether it begins with another.
    pub fn begins_with(&self, other: &Folded) -> bool {
        self.0.starts_with(&other.0)
    }
}

/// The texts of an account, prepared when it is read, so that a list of a hundred thousand is searched and put in order without preparing them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Name, numbers, city and postal code.
    pub searched: Folded,
    /// The first number.
    pub number: Option<Folded>,
    /// The country.
    pub country: Option<Folded>,
    /// The postal code.
    pub postal_code: Option<Folded>,
    /// The city.
    pub city: Option<Folded>,
    /// The industry.
    pub industry: Option<Folded>,
}

impl Prepared {
    /// Those of an account.
    pub fn of(account: &Account) -> Prepared {
        let master = &account.master;
        let given = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| Folded::new(&[text]));
        let mut texts = vec![master.name.as_str()];
        texts.extend(account.numbers.iter().map(|number| number.number.as_str()));
        texts.extend(master.city.as_deref());
        texts.extend(master.postal_code.as_deref());
        Prepared {
            searched: Folded::new(&texts),
            number: given(account.numbers.first().map(|number| number.number.as_str())),
            country: given(master.country.as_deref()),
            postal_code: given(master.postal_code.as_deref()),
            city: given(master.city.as_deref()),
            industry: given(master.industry.as_deref()),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    words: Vec<Word>,
}

/// One typed word.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    length: usize,
    letters: u32,
}

impl Search {
    /// Reads what was typed; `None` when there is nothing to look for.
    pub fn new(typed: &str) -> Option<Search> {
        let mut folded = String::new();
        fold(typed, &mut folded);
        let word = |text: &str| Word { text: text.to_owned(), length: text.chars().count(), letters: letters(text) };
        let words: Vec<Word> = folded.split(' ').filter(|word| !word.is_empty()).map(word).collect();
        (!words.is_empty()).then_some(Search { words })
    }

    /// The words typed, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }

    /// How well a text fits: the lower the better, `None` when it does not fit. Every typed word must occur, as it is (0), or, where it has four or more
    /// letters, with one slip at the beginning of a word (1; two slips from eight letters on).
    pub fn fits(&self, text: &Folded) -> Option<u32> {
        self.fits_text(&text.0)
    }

    /// Whether every typed word occurs in a text as it is.
    pub fn is_in(&self, text: &Folded) -> bool {
        self.words.iter().all(|word| text.0.contains(&word.text))
    }

    /// Whether a text whose parts have these [`letters`] can fit, which is quickly said of many.
    pub fn may_fit(&self, parts: &[u32]) -> bool {
        let may_be_in = |word: &Word, part: u32| may_resemble(word.letters, part, allowed(word.length).unwrap_or_default());
        self.words.iter().all(|word| parts.iter().any(|&part| may_be_in(word, part)))
    }

    /// The same as [`Search::fits`] for a text that was folded already.
    pub fn fits_text(&self, text: &str) -> Option<u32> {
        self.words.iter().map(|word| word_fits(word, text)).sum()
    }
}

fn word_fits(typed: &Word, text: &str) -> Option<u32> {
    if text.contains(&typed.text) {
        return Some(0);
    }
    let allowed = allowed(typed.length)?;
    let similar = text.split(' ').filter(|word| may_resemble(typed.letters, letters(word), allowed));
    similar.filter_map(|word| slips(&typed.text, typed.length, word, allowed)).map(u32::from).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, text: &str) -> Option<u32> {
        Search::new(typed).expect("something typed").fits(&Folded::new(&[text]))
    }

    #[test]
    fn umlauts_may_be_spelled_either_way() {
        for typed in ["söhnke", "soehnke", "SÖHNKE", "Soehnke &"] {
            assert_eq!(finds(typed, "Söhnke & Cie. KG"), Some(0), "{typed}");
        }
        assert_eq!(finds("strasse", "Straße 5"), Some(0));
        assert_eq!(finds("koeniglich", "Königlich Essen"), Some(0));
        assert_eq!(finds("malmo", "Malmö Tekniska"), Some(0));
    }

    #[test]
    fn every_word_must_occur() {
        assert_eq!(finds("elbe gmbh", "Elbe Maschinenbau GmbH"), Some(0));
        assert_eq!(finds("elbe ag", "Elbe Maschinenbau GmbH"), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven_in_longer_words() {
        assert_eq!(finds("rehintal", "Rheintal Antriebe AG"), Some(1));
        assert_eq!(finds("rheintla", "Rheintal Antriebe AG"), Some(1));
        assert_eq!(finds("maschinnebau", "Elbe Maschinenbau GmbH"), Some(1));
        assert_eq!(finds("wesrstahl", "Weserstahl GmbH"), Some(1));
        assert_eq!(finds("abc", "abd"), None);
        assert_eq!(finds("bremen", "Hamburg"), None);
    }

    #[test]
    fn nothing_typed_is_no_search() {
        assert!(Search::new("").is_none() && Search::new(" & . ").is_none());
    }
}
