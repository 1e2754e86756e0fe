//! Texts in the form in which two are compared: however people write an umlaut, a legal form, a street or a phone number.

use crate::account::legal_form;

/// Words that say nothing about which company it is.
const EMPTY_WORDS: [&str; 12] = ["und", "and", "et", "der", "die", "das", "the", "fa", "firma", "co", "cie", "company"];
/// The country that a phone number without one is of.
const COUNTRY: &str = "49";

/// Small letters and digits only; ä, ae and a are one, and so are ö, ü and ß with what they are spelled as.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' | 'æ' | 'ą' | 'ă' => plain.push('a'),
            'ö' | 'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'œ' => plain.push('o'),
            'ü' | 'ù' | 'ú' | 'û' | 'ů' => plain.push('u'),
            'ß' => plain.push_str("ss"),
            'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ç' | 'č' | 'ć' => plain.push('c'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'š' | 'ś' | 'ș' => plain.push('s'),
            'ž' | 'ź' | 'ż' => plain.push('z'),
            'ř' => plain.push('r'),
            'ł' => plain.push('l'),
            'ť' | 'ț' => plain.push('t'),
            'ý' | 'ÿ' => plain.push('y'),
            // The e of a spelled umlaut.
            'e' if plain.ends_with(['a', 'o', 'u']) => {}
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// The words of a company's name without legal form and words that say nothing; all words where nothing else is left.
pub fn company_words(name: &str) -> Vec<String> {
    let mut core = name;
    while let (rest, Some(_)) = legal_form::split(core) {
        core = rest;
    }
    let words = core.split(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'').map(plain).filter(|word| !word.is_empty());
    let words: Vec<String> = words.collect();
    let telling: Vec<String> = words.iter().filter(|word| !EMPTY_WORDS.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// A street with its number, however “Straße” is written.
pub fn street(text: &str) -> String {
    let street = plain(text);
    for long in ["strasse", "straat"] {
        if let Some((name, number)) = street.split_once(long) {
            return format!("{name}str{number}");
        }
    }
    street
}

/// The host of a website, without `www.`.
pub fn host(website: &str) -> String {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().trim().to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

/// A phone number as digits with its country, without the zero that is dialled at home only.
pub fn phone(text: &str) -> String {
    let text = text.replace("(0)", "");
    let has_plus = text.trim_start().starts_with('+');
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (has_plus, digits.strip_prefix("00"), digits.strip_prefix('0')) {
        (true, _, _) => digits,
        (false, Some(rest), _) => rest.to_owned(),
        (false, None, Some(rest)) => format!("{COUNTRY}{rest}"),
        (false, None, None) => digits,
    }
}

/// The part of a phone number that all extensions of a company share: what stands before a short extension behind a hyphen, else all but the last three
/// digits; `None` where too little is left to tell companies apart.
pub fn switchboard(normal: &str, typed: &str) -> Option<String> {
    const EXTENSION: usize = 3;
    const EXTENSION_MAX: usize = 4;
    const LEAST: usize = 8;
    let extension = typed.rsplit_once('-').map(|(_, extension)| extension.trim());
    let typed = extension.filter(|text| text.chars().all(|c| c.is_ascii_digit())).map(str::len);
    let length = typed.filter(|length| (1..=EXTENSION_MAX).contains(length)).unwrap_or(EXTENSION);
    let mut number = phone(normal);
    number.truncate(number.len().saturating_sub(length));
    (number.len() >= LEAST).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_are_one_however_they_are_written() {
        for name in ["Müller", "MUELLER", "Muller", "mü-ller"] {
            assert_eq!(plain(name), "muller", "{name}");
        }
        assert_eq!(plain("Straße 5a"), "strasse5a");
        assert_eq!(plain("Jøtul"), plain("Joetul"));
    }

    #[test]
    fn a_company_is_its_words_without_legal_form() {
        assert_eq!(company_words("Söhnke & Söhne GmbH & Co. KG"), ["sohnke", "sohne"]);
        assert_eq!(company_words("Fa. Weser-Stahl AG"), ["weser", "stahl"]);
        assert_eq!(company_words("Firma"), ["firma"]);
        assert_eq!(company_words("GmbH"), ["gmbh"]);
        assert!(company_words(" ").is_empty());
    }

    #[test]
    fn streets_hosts_and_phones_are_compared_as_meant() {
        assert_eq!(street("Hafenstraße 12"), street("Hafenstr. 12"));
        assert_eq!(host("https://www.Elbe.de/kontakt?x"), "elbe.de");
        for number in ["+49 40 123-456", "0049 (40) 123456", "040/123456", "+49 (0)40 123456"] {
            assert_eq!(phone(number), "4940123456", "{number}");
        }
        assert_eq!(phone("+43 1 234"), "431234");
    }

    #[test]
    fn extensions_of_one_company_have_one_switchboard() {
        let of = |typed: &str| switchboard(typed, typed);
        for number in ["+49 40 66969-0", "040 66969-12", "+49 (0)40 66969-727", "+49 40 66969 727", "0049 40 66969-1234"] {
            assert_eq!(of(number).as_deref(), Some("494066969"), "{number}");
        }
        assert_ne!(of("+49 40 66970 727"), of("+49 40 66969 727"));
        assert_eq!(of("040-1234"), None, "too little is left");
        assert_eq!((of(""), of("-"), of("+49")), (None, None, None));
        assert_eq!(of("040-123456789").as_deref(), Some("4940123456"), "a hyphen behind the area is none before an extension");
    }
}
