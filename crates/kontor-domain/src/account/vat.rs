//! VAT ids of the European Union, Northern Ireland, Great Britain, Switzerland and Norway: their form, and their check digit where its rule is public.

use super::Wrong;
use super::lei::mod_97;

/// Checks a VAT id and gives it without blanks and points, in capitals. A country outside the list may give any 2 to 15 letters and digits.
pub fn check(text: &str) -> Result<String, Wrong> {
    let id: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/')).flat_map(char::to_uppercase).collect();
    let has_form = (4..=17).contains(&id.len()) && id.is_ascii() && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !has_form || !id[..2].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(Wrong::VatForm);
    }
    // Greece calls itself EL; the ISO code is often typed.
    let id = id.strip_prefix("GR").map_or_else(|| id.clone(), |rest| format!("EL{rest}"));
    match is_right(&id[..2], &id[2..]) {
        Some(true) => Ok(id),
        Some(false) => Err(Wrong::VatCheck),
        None => Err(Wrong::VatForm),
    }
}

/// Whether the check digit is right; `None` when the form is not the country's. Forms whose rule is not public (natural persons in some countries) pass.
fn is_right(country: &str, rest: &str) -> Option<bool> {
    let d = digits(rest);
    let n = |count: usize| d.as_deref().filter(|digits| digits.len() == count);
    Some(match country {
        "DE" => iso_7064_11_10(n(9)?),
        "AT" => austria(&digits(rest.strip_prefix('U')?).filter(|digits| digits.len() == 8)?),
        "BE" => n(10).filter(|digits| digits[0] < 2).map(|_| 97 - number(&rest[..8]) % 97 == number(&rest[8..]))?,
        "BG" => n(9).map(bulgaria).or_else(|| n(10).map(|_| true))?,
        "CY" => cyprus(rest)?,
        "CZ" => n(8).map(czechia).or_else(|| n(9).or_else(|| n(10)).map(|_| true))?,
        "DK" => weighted(n(8)?, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "EE" => weighted(n(9)?, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10),
        "EL" => weighted(&n(9)?[..8], &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == n(9)?[8],
        "ES" => spain(rest)?,
        "FI" => weighted(n(8)?, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        "FR" => france(rest)?,
        "HR" => iso_7064_11_10(n(11)?),
        "HU" => weighted(n(8)?, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10),
        "IE" => ireland(rest)?,
        "IT" => luhn(n(11)?),
        "LT" => n(9).or_else(|| n(12)).map(lithuania)?,
        "LU" => n(8).map(|_| number(&rest[..6]) % 89 == number(&rest[6..]))?,
        "LV" => n(11).map(latvia)?,
        "MT" => n(8).map(|digits| 37 - weighted(&digits[..6], &[3, 4, 6, 7, 8, 9]) % 37 == number(&rest[6..]))?,
        "NL" => netherlands(rest)?,
        "PL" => weighted(&n(10)?[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == n(10)?[9],
        "PT" => (11 - weighted(&n(9)?[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == n(9)?[8],
        "RO" => d.as_deref().filter(|digits| (2..=10).contains(&digits.len())).map(romania)?,
        "SE" => n(12).map(|digits| luhn(&digits[..10]) && number(&rest[10..]) > 0)?,
        "SI" => slovenia(n(8)?),
        "SK" => n(10).map(|_| number(rest).is_multiple_of(11))?,
        "CH" => switzerland(rest)?,
        "NO" => {
            weighted(&digits(rest.strip_suffix("MVA").unwrap_or(rest)).filter(|digits| digits.len() == 9)?, &[3, 2, 7, 6, 5, 4, 3, 2, 1])
                .is_multiple_of(11)
        }
        "GB" | "XI" => britain(rest)?,
        _ => true,
    })
}

fn digits(text: &str) -> Option<Vec<u64>> {
    text.chars().map(|c| c.to_digit(10).map(u64::from)).collect()
}

fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or_default()
}

fn weighted(digits: &[u64], weights: &[u64]) -> u64 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO 7064 MOD 11,10: Germany and Croatia.
fn iso_7064_11_10(digits: &[u64]) -> bool {
    let (last, first) = (digits[digits.len() - 1], &digits[..digits.len() - 1]);
    let product = first.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    (11 - product) % 10 == last
}

fn luhn(digits: &[u64]) -> bool {
    let sum: u64 =
        digits.iter().rev().enumerate().map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit }).sum();
    sum.is_multiple_of(10)
}

fn austria(digits: &[u64]) -> bool {
    let sum: u64 =
        digits[..7].iter().enumerate().map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit }).sum();
    (10 - (sum + 4) % 10) % 10 == digits[7]
}

fn bulgaria(digits: &[u64]) -> bool {
    let check = match weighted(&digits[..8], &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => weighted(&digits[..8], &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        check => check,
    };
    check == digits[8]
}

fn cyprus(rest: &str) -> Option<bool> {
    let digits = digits(rest.get(..8)?)?;
    let letter = rest.get(8..).filter(|letter| letter.len() == 1)?.chars().next()?;
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let sum: u64 = digits.iter().enumerate().map(|(place, digit)| if place % 2 == 0 { odd[*digit as usize] } else { *digit }).sum();
    Some(u64::from(letter as u32) == u64::from('A' as u32) + sum % 26)
}

fn czechia(digits: &[u64]) -> bool {
    let check = match (11 - weighted(&digits[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11 {
        0 => 1,
        10 => 0,
        check => check,
    };
    check == digits[7]
}

/// Companies: letter, seven digits, and a digit or a letter that stands for it. Persons: eight digits, the first perhaps X, Y or Z, and a letter.
fn spain(rest: &str) -> Option<bool> {
    if rest.len() != 9 {
        return None;
    }
    let (first, last) = (rest.chars().next()?, rest.chars().next_back()?);
    if first.is_ascii_digit() || "XYZKLM".contains(first) {
        let middle = digits(&rest[1..8])?.iter().fold(0, |number, digit| number * 10 + digit);
        let lead = match first {
            'Y' => 1,
            'Z' => 2,
            first => u64::from(first.to_digit(10).unwrap_or(0)),
        };
        let letter = "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(((lead * 10_000_000 + middle) % 23) as usize);
        return Some(letter == Some(last));
    }
    let middle = digits(&rest[1..8])?;
    let sum: u64 =
        middle.iter().enumerate().map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit }).sum();
    let check = (10 - sum % 10) % 10;
    let letter = "JABCDEFGHI".chars().nth(check as usize);
    "ABCDEFGHJNPQRSUVW".contains(first).then_some(last.to_digit(10).map(u64::from) == Some(check) || letter == Some(last))
}

/// Two signs and the SIREN; where the signs are digits they follow from it, where they are letters their rule is another and passes.
fn france(rest: &str) -> Option<bool> {
    let siren = number(rest.get(2..).filter(|siren| siren.len() == 9 && digits(siren).is_some())?);
    let key = &rest[..2];
    match digits(key) {
        Some(_) => Some(number(key) == (12 + 3 * (siren % 97)) % 97),
        None => (!key.contains(['I', 'O'])).then_some(true),
    }
}

fn ireland(rest: &str) -> Option<bool> {
    let letters = "WABCDEFGHIJKLMNOPQRSTUV";
    if rest.len() != 8 && rest.len() != 9 {
        return None;
    }
    // The old form has a letter or sign in the second place.
    let Some(main) = digits(&rest[..7]) else {
        return (rest.len() == 8 && digits(&rest[2..7]).is_some() && rest.ends_with(|c: char| c.is_ascii_alphabetic())).then_some(true);
    };
    let (check, second) = (rest.chars().nth(7)?, rest.chars().nth(8));
    let second = second.map_or(Some(0), |letter| letters.find(letter))?;
    let sum = weighted(&main, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second as u64;
    Some(letters.chars().nth((sum % 23) as usize) == Some(check))
}

fn lithuania(digits: &[u64]) -> bool {
    let (last, first) = (digits[digits.len() - 1], &digits[..digits.len() - 1]);
    let sum = |start: u64| first.iter().zip(0_u64..).map(|(digit, place)| digit * ((start + place - 1) % 9 + 1)).sum::<u64>() % 11;
    let check = match sum(1) {
        10 => sum(3) % 10,
        check => check,
    };
    check == last
}

fn latvia(digits: &[u64]) -> bool {
    // Natural persons have a birthday in front.
    digits[0] < 4 || weighted(digits, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

/// Nine digits, B, two digits: since 2020 the whole leaves 1 by 97; those before by the eleven test of nine digits.
fn netherlands(rest: &str) -> Option<bool> {
    let (main, branch) = rest.split_once('B')?;
    let main = digits(main).filter(|digits| digits.len() == 9)?;
    digits(branch).filter(|digits| digits.len() == 2)?;
    let is_old = weighted(&main[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == main[8];
    Some(is_old || mod_97(&format!("NL{rest}")) == 1)
}

fn romania(digits: &[u64]) -> bool {
    let (last, first) = (digits[digits.len() - 1], &digits[..digits.len() - 1]);
    let weights = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    weighted(first, &weights[9 - first.len()..]) * 10 % 11 % 10 == last
}

fn slovenia(digits: &[u64]) -> bool {
    match 11 - weighted(&digits[..7], &[8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 => digits[7] == 0,
        check => check == digits[7],
    }
}

/// `CHE`, nine digits, and perhaps the word for VAT in one of the languages.
fn switzerland(rest: &str) -> Option<bool> {
    let rest = rest.strip_prefix('E')?;
    let rest = ["MWST", "TVA", "IVA"].iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest);
    let digits = digits(rest).filter(|digits| digits.len() == 9)?;
    Some((11 - weighted(&digits[..8], &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == digits[8])
}

/// Nine digits, perhaps three more for a branch; government departments and health authorities have GD or HA and three digits.
fn britain(rest: &str) -> Option<bool> {
    if let Some(number) = rest.strip_prefix("GD").or_else(|| rest.strip_prefix("HA")) {
        return digits(number).filter(|digits| digits.len() == 3).map(|_| true);
    }
    let digits = digits(rest).filter(|digits| [9, 12].contains(&digits.len()))?;
    let sum = weighted(&digits[..9], &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97;
    Some(sum == 0 || sum == 42)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_ids_pass_and_the_same_with_one_digit_off_do_not() {
        for id in [
            "DE136695976",
            "DE129273398",
            "ATU13585627",
            "BE0428759497",
            "BG175074752",
            "CY10259033P",
            "CZ25123891",
            "DK13585628",
            "EE100931558",
            "EL094259216",
            "ESA13585625",
            "ESX5253868R",
            "ES54362315K",
            "FI20774740",
            "FR40303265045",
            "HR33392005961",
            "HU12892312",
            "IE6433435F",
            "IE6433435OA",
            "IT00743110157",
            "LT119511515",
            "LT100001919017",
            "LU15027442",
            "LV40003521600",
            "MT11679112",
            "NL004495445B01",
            "PL8567346215",
            "PT501964843",
            "RO18547290",
            "SE123456789701",
            "SI50223054",
            "SK2022749619",
            "CHE107787577IVA",
            "GB980780684",
            "NO995525828MVA",
        ] {
            assert_eq!(check(id).as_deref(), Ok(id));
            let place = id.rfind(|c: char| c.is_ascii_digit()).expect("a digit");
            // The last digits of a branch are not checked; the first of the number is.
            let place = if ["NL", "SE"].contains(&&id[..2]) { 5 } else { place };
            let digit = id[place..=place].parse::<u8>().expect("a digit");
            let wrong = format!("{}{}{}", &id[..place], (digit + 1) % 10, &id[place + 1..]);
            assert_eq!(check(&wrong), Err(Wrong::VatCheck), "{wrong}");
        }
    }

    #[test]
    fn blanks_points_and_small_letters_are_as_people_write_them() {
        assert_eq!(check(" de 136 695 976 ").as_deref(), Ok("DE136695976"));
        assert_eq!(check("CHE-107.787.577 MWST").as_deref(), Ok("CHE107787577MWST"));
        assert_eq!(check("GR 094259216").as_deref(), Ok("EL094259216"));
    }

    #[test]
    fn another_form_is_told() {
        for id in ["", "DE", "DE13669597", "DE1366959761", "136695976", "ATX13585627", "NL004495445C01", "DE13669597Ö", "IT0074311015A"] {
            assert_eq!(check(id), Err(Wrong::VatForm), "{id}");
        }
        assert_eq!(check("US12345").as_deref(), Ok("US12345"), "a country whose rules are not known");
    }
}
