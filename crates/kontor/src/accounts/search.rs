//! Finding accounts by what people type: without capitals, umlauts spelled either way, with a slip of the finger.

use crate::search::fold::fold;

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

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    words: Vec<String>,
}

impl Search {
    /// Reads what was typed; `None` when there is nothing to look for.
    pub fn new(typed: &str) -> Option<Search> {
        let mut folded = String::new();
        fold(typed, &mut folded);
        let words: Vec<String> = folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Search { words })
    }

    /// Whether every typed word occurs as it is. Far cheaper than [`Search::fits`], so ask it first.
    pub fn occurs_in(&self, text: &Folded) -> bool {
        self.words.iter().all(|word| text.0.contains(word.as_str()))
    }

    /// How well a text fits: the lower the better, `None` when it does not fit. Every typed word must occur, as it is (0), or, where it has four or more
    /// letters, with one slip at the beginning of a word (1; two slips from eight letters on).
    pub fn fits(&self, text: &Folded) -> Option<u32> {
        self.words.iter().map(|word| word_fits(word, text)).sum()
    }
}

fn word_fits(typed: &str, text: &Folded) -> Option<u32> {
    if text.0.contains(typed) {
        return Some(0);
    }
    let length = typed.chars().count();
    let slips_allowed = match length {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    text.words()
        .filter(|word| word.chars().count() + slips_allowed >= length)
        .filter_map(|word| {
            // Someone still typing has only the beginning of the word; a slip may have lengthened or shortened it.
            let beginnings = (length - slips_allowed..=length + slips_allowed).map(|count| word.chars().take(count).collect::<String>());
            let slips = beginnings.map(|beginning| strsim::osa_distance(typed, &beginning)).min()?;
            (slips <= slips_allowed).then_some(slips as u32)
        })
        .min()
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
