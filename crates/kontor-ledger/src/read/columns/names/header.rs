//! A header, taken apart.

use std::sync::LazyLock;

use super::lists::{LEFT_OUT, TAXES, WITHOUT};

/// A header as it is compared.
pub struct Header {
    /// Letters and digits in lower case, umlauts spelled out.
    pub full: String,
    /// The same without what says that tax is not in the amount.
    pub name: String,
    /// Its words in lower case.
    pub words: Vec<String>,
    /// True when it says that tax is not in the amount: “excl. VAT”, “ohne MwSt.”, “HT”.
    pub is_untaxed: bool,
}

impl Header {
    /// Takes a header apart.
    pub fn new(text: &str) -> Header {
        let full = normalized(text);
        let mut words = words(text);
        let mut name = full.clone();
        let mut is_untaxed = false;
        if let Some(rest) = without_tax(&full) {
            is_untaxed = true;
            name = rest;
            words.retain(|word| TAXES.split(' ').all(|tax| tax != word) && !["mw", "st"].contains(&word.as_str()));
        } else if let Some(rest) = name.strip_suffix("ht").filter(|_| words.last().is_some_and(|word| word == "ht")) {
            is_untaxed = true;
            name = rest.to_owned();
        }
        if is_untaxed && name.is_empty() {
            name = "netamount".to_owned();
        }
        Header { full, name, words, is_untaxed }
    }

    /// Whether it says that the amount is without tax, in one way or another.
    pub fn says_net(&self) -> bool {
        self.is_untaxed || self.full.contains("netto") || self.full == "netwr" || self.words.iter().any(|word| word.starts_with("net"))
    }

    /// Whether one of these words is in it.
    pub fn has_word(&self, of: &str) -> bool {
        self.words.iter().any(|word| of.split(' ').any(|known| known == word))
    }

    /// Whether one of these is a part of it.
    pub fn has_part(&self, of: &str) -> bool {
        of.split(' ').any(|part| !part.is_empty() && self.name.contains(part))
    }
}

/// All the ways to say that tax is not in an amount: “exclvat”, “ohnemwst”, “taxexcluded”.
static UNTAXED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let before = TAXES.split(' ').flat_map(|tax| WITHOUT.split(' ').map(move |without| format!("{without}{tax}")));
    let behind = TAXES.split(' ').flat_map(|tax| LEFT_OUT.split(' ').map(move |without| format!("{tax}{without}")));
    before.chain(behind).collect()
});

/// A name without what says that tax is not in the amount; `None` where nothing says so.
fn without_tax(name: &str) -> Option<String> {
    if !TAXES.split(' ').any(|tax| name.contains(tax)) {
        return None;
    }
    // A rate may stand in between: “excl. 19 % VAT”.
    let name: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    UNTAXED.iter().find(|phrase| name.contains(phrase.as_str())).map(|phrase| name.replacen(phrase.as_str(), "", 1))
}

/// Letters and digits in lower case, umlauts spelled out, other accents left away.
pub fn normalized(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' => plain.push('a'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' => plain.push('o'),
            'ù' | 'ú' | 'û' => plain.push('u'),
            'ç' => plain.push('c'),
            'ñ' => plain.push('n'),
            'º' | 'ª' => {}
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// The words of a header in lower case: between blanks and signs, and by capitals within a word.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() || (was_lower && letter.is_uppercase()) {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_without_tax_says_so() {
        for (text, name) in [
            ("Line Amount Excl. VAT", "lineamount"),
            ("Net amount (excl. VAT)", "netamount"),
            ("Netto (ohne USt.)", "netto"),
            ("Umsatz exkl. MwSt", "umsatz"),
            ("Betrag zzgl. 19 % MwSt.", "betrag"),
            ("Total net of tax", "total"),
            ("Untaxed Amount", "amount"),
            ("amount_untaxed", "amount"),
            ("Total (tax excl.)", "total"),
            ("Price before tax", "price"),
            ("Montant HT", "montant"),
            ("Excl. VAT", "netamount"),
        ] {
            let header = Header::new(text);
            assert_eq!((header.name.as_str(), header.is_untaxed), (name, true), "{text}");
        }
        for text in ["Amount Including VAT", "Tax Amount", "USt-Betrag", "Weight", "Customer", "Steuerbetrag", "inkl. MwSt"] {
            assert!(!Header::new(text).is_untaxed, "{text}");
        }
    }
}
