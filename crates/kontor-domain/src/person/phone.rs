//! Telephone numbers in a form in which two can be compared: `+`, country, number, without anything between.

/// A country with the prefixes of its telephone numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166 code.
    pub code: &'static str,
    /// The prefix from abroad.
    dial: &'static str,
    /// What precedes numbers within the country, and is left out from abroad.
    trunk: &'static str,
    /// What the country is called, in German, in English, and otherwise.
    names: &'static [&'static str],
}

const fn country(code: &'static str, dial: &'static str, trunk: &'static str, names: &'static [&'static str]) -> Country {
    Country { code, dial, trunk, names }
}

/// The countries whose numbers are known without a prefix. Of others, numbers are compared as they are written.
const COUNTRIES: [Country; 52] = [
    country("DE", "49", "0", &["deutschland", "germany", "brd", "d"]),
    country("AT", "43", "0", &["österreich", "austria", "a"]),
    country("CH", "41", "0", &["schweiz", "switzerland", "suisse"]),
    country("LI", "423", "", &["liechtenstein"]),
    country("LU", "352", "", &["luxemburg", "luxembourg"]),
    country("NL", "31", "0", &["niederlande", "netherlands", "holland", "nederland"]),
    country("BE", "32", "0", &["belgien", "belgium"]),
    country("FR", "33", "0", &["frankreich", "france"]),
    country("IT", "39", "", &["italien", "italy", "italia"]),
    country("ES", "34", "", &["spanien", "spain", "españa"]),
    country("PT", "351", "", &["portugal"]),
    country("GB", "44", "0", &["großbritannien", "vereinigtes königreich", "uk", "united kingdom", "great britain", "england"]),
    country("IE", "353", "0", &["irland", "ireland"]),
    country("DK", "45", "", &["dänemark", "denmark", "danmark"]),
    country("SE", "46", "0", &["schweden", "sweden", "sverige"]),
    country("NO", "47", "", &["norwegen", "norway", "norge"]),
    country("FI", "358", "0", &["finnland", "finland", "suomi"]),
    country("IS", "354", "", &["island", "iceland"]),
    country("PL", "48", "", &["polen", "poland", "polska"]),
    country("CZ", "420", "", &["tschechien", "czech republic", "czechia"]),
    country("SK", "421", "0", &["slowakei", "slovakia"]),
    country("HU", "36", "06", &["ungarn", "hungary"]),
    country("SI", "386", "0", &["slowenien", "slovenia"]),
    country("HR", "385", "0", &["kroatien", "croatia"]),
    country("RS", "381", "0", &["serbien", "serbia"]),
    country("BA", "387", "0", &["bosnien und herzegowina", "bosnia and herzegovina"]),
    country("RO", "40", "0", &["rumänien", "romania"]),
    country("BG", "359", "0", &["bulgarien", "bulgaria"]),
    country("GR", "30", "", &["griechenland", "greece"]),
    country("TR", "90", "0", &["türkei", "turkey", "türkiye"]),
    country("UA", "380", "0", &["ukraine"]),
    country("LT", "370", "0", &["litauen", "lithuania"]),
    country("LV", "371", "", &["lettland", "latvia"]),
    country("EE", "372", "", &["estland", "estonia"]),
    country("US", "1", "1", &["usa", "vereinigte staaten", "united states", "united states of america"]),
    country("CA", "1", "1", &["kanada", "canada"]),
    country("MX", "52", "", &["mexiko", "mexico"]),
    country("BR", "55", "0", &["brasilien", "brazil", "brasil"]),
    country("AR", "54", "0", &["argentinien", "argentina"]),
    country("VE", "58", "0", &["venezuela"]),
    country("CL", "56", "", &["chile"]),
    country("CO", "57", "", &["kolumbien", "colombia"]),
    country("CN", "86", "0", &["china", "volksrepublik china"]),
    country("JP", "81", "0", &["japan"]),
    country("KR", "82", "0", &["südkorea", "south korea", "korea"]),
    country("IN", "91", "0", &["indien", "india"]),
    country("SG", "65", "", &["singapur", "singapore"]),
    country("AU", "61", "0", &["australien", "australia"]),
    country("NZ", "64", "0", &["neuseeland", "new zealand"]),
    country("ZA", "27", "0", &["südafrika", "south africa"]),
    country("AE", "971", "0", &["vereinigte arabische emirate", "united arab emirates"]),
    country("IL", "972", "0", &["israel"]),
];

/// The country of a code or name as an ERP or address book writes it.
pub fn country_of(text: &str) -> Option<Country> {
    let lower = text.trim().to_lowercase();
    COUNTRIES.into_iter().find(|country| country.code.eq_ignore_ascii_case(&lower) || country.names.contains(&lower.as_str()))
}

/// The shortest and longest number with its country, in digits (ITU-T E.164 allows 15).
const DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// The number for comparing: `+49401234567`, with `x` before an extension that is marked as one. `None` when it cannot be one. Numbers without a prefix
/// are of the given country; where that is not known, their digits stand for themselves.
pub fn normal(typed: &str, country: Option<Country>) -> Option<String> {
    let lower = typed.trim().to_lowercase();
    let lower = lower.strip_prefix("tel:").unwrap_or(&lower);
    let (number, extension) = split_extension(lower);
    let is_plausible = number.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()[]/-–‐‑.\u{a0}".contains(c));
    // The trunk prefix in brackets is spoken within the country only: +49 (0)40 …
    let number =
        if number.trim_start().starts_with('+') || number.trim_start().starts_with("00") { number.replace("(0)", "") } else { number };
    let has_plus = number.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+').starts_with('+');
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let international = if has_plus {
        Some(digits.clone())
    } else if let Some(rest) = digits.strip_prefix("00") {
        Some(rest.to_owned())
    } else {
        country.map(|country| format!("{}{}", country.dial, within(&digits, country)))
    };
    let bare = international.as_ref().unwrap_or(&digits);
    if !is_plausible || !DIGITS.contains(&bare.len()) {
        return None;
    }
    let plus = if international.is_some() { "+" } else { "" };
    let extension = extension.map(|extension| format!("x{extension}")).unwrap_or_default();
    Some(format!("{plus}{bare}{extension}"))
}

/// The digits of a number within its country without what is left out from abroad.
fn within(digits: &str, country: Country) -> &str {
    // A number of the North American plan has ten digits; only an eleventh in front is the trunk prefix.
    if country.dial == "1" && digits.len() != 11 {
        return digits;
    }
    digits.strip_prefix(country.trunk).unwrap_or(digits)
}

/// Tells an extension apart where a word marks it: `x12`, `ext. 12`, `Durchwahl 12`, `DW 12`, `App. 12`.
fn split_extension(number: &str) -> (String, Option<String>) {
    const MARKS: [&str; 9] = ["extension", "ext.", "ext", "durchwahl", "dw", "app.", "app", ";", "x"];
    let found = MARKS.iter().find_map(|mark| number.split_once(mark));
    let Some((number, extension)) = found else { return (number.to_owned(), None) };
    let digits: String = extension.chars().filter(char::is_ascii_digit).collect();
    (number.to_owned(), Some(digits).filter(|digits| !digits.is_empty()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(typed: &str, country: &str) -> Option<String> {
        normal(typed, country_of(country))
    }

    #[test]
    fn the_same_number_written_differently_is_one() {
        for typed in [
            "040 123 45 67",
            "+49 (0)40 1234567",
            "0049 40 / 123-4567",
            "+49.40.1234567",
            "tel:+49-40-1234567",
            "(040) 1234567",
            "+49 40 123 4567",
        ] {
            assert_eq!(of(typed, "DE").as_deref(), Some("+49401234567"), "{typed}");
        }
    }

    #[test]
    fn each_country_has_its_prefixes() {
        for (typed, country, number) in [
            ("030-0074321", "Germany", "+49300074321"),
            ("0171 5554729", "Deutschland", "+491715554729"),
            ("01 7675 340", "Österreich", "+4317675340"),
            ("(206) 555-9857", "USA", "+12065559857"),
            ("1-206-555-9857", "US", "+12065559857"),
            ("(5) 555-4729", "Mexico", "+5255554729"),
            ("06 1234 5678", "Italy", "+390612345678"),
            ("31 12 34 56", "Denmark", "+4531123456"),
            ("(171) 555-7788", "UK", "+441715557788"),
            ("06 1 234 5678", "Ungarn", "+3612345678"),
        ] {
            assert_eq!(of(typed, country).as_deref(), Some(number), "{typed} in {country}");
        }
    }

    #[test]
    fn a_marked_extension_is_kept_apart() {
        assert_eq!(of("040 1234567 ext. 12", "DE").as_deref(), Some("+49401234567x12"));
        assert_eq!(of("040 1234567 DW 12", "DE").as_deref(), Some("+49401234567x12"));
        assert_eq!(of("+1 206 555 9857x3", "DE").as_deref(), Some("+12065559857x3"));
    }

    #[test]
    fn without_a_country_the_digits_stand_for_themselves() {
        assert_eq!(normal("040 1234567", None).as_deref(), Some("0401234567"));
        assert_eq!(normal("+49 40 1234567", None).as_deref(), Some("+49401234567"));
        assert_eq!(country_of("Atlantis"), None);
        assert_eq!(country_of(""), None);
    }

    #[test]
    fn what_cannot_be_a_number_is_none() {
        for typed in ["", "-", "12", "call me", "0401234567890123456", "040 1234 / 040 5678 oder 9", "jana@elbe.example", "+"] {
            assert_eq!(of(typed, "DE"), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn comparing_twice_changes_nothing(typed in "\\PC{0,30}", code in "(DE|AT|US|IT|)") {
            if let Some(once) = of(&typed, &code) {
                prop_assert_eq!(of(&once, "DE").filter(|_| once.starts_with('+')).unwrap_or_else(|| once.clone()), once);
            }
        }
    }
}
