//! Numbers as people and programs write them.

use std::str::FromStr;

use kontor_domain::Amount;
use serde::{Deserialize, Serialize};

use super::unit::{is_blank, signed, undressed, unit_apart};
use crate::read::eight;

/// A number before it is rounded to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// All digits.
    pub mantissa: i64,
    /// How many of them are decimals, at most [`SCALE_MAX`].
    pub scale: u8,
}

/// The most decimals that are kept of a number.
pub const SCALE_MAX: u8 = 9;

impl Number {
    /// To four decimals, halves away from zero; `None` when it is too large.
    pub fn to_amount(self) -> Option<Amount> {
        const FACTORS: [i64; 5] = [10_000, 1_000, 100, 10, 1];
        if let Some(&factor) = FACTORS.get(usize::from(self.scale)) {
            return self.mantissa.checked_mul(factor).map(Amount::from_raw);
        }
        scaled(i128::from(self.mantissa), self.scale)
    }

    /// This number times another, rounded once to four decimals.
    pub fn times(self, other: Number) -> Option<Amount> {
        scaled(i128::from(self.mantissa) * i128::from(other.mantissa), self.scale + other.scale)
    }

    /// Whether it is larger than a whole number.
    pub fn exceeds(self, whole: i64) -> bool {
        i128::from(self.mantissa) > i128::from(whole) * 10_i128.pow(u32::from(self.scale))
    }

    /// Quantity times price less a discount in percent (or, with `is_fraction`, in parts of one), rounded once to four decimals.
    pub fn discounted(quantity: Number, price: Number, discount: Number, is_fraction: bool) -> Option<Amount> {
        let whole_scale = discount.scale + if is_fraction { 0 } else { 2 };
        let rest = 10_i128.pow(u32::from(whole_scale)) - i128::from(discount.mantissa);
        let product = (i128::from(quantity.mantissa) * i128::from(price.mantissa)).checked_mul(rest)?;
        scaled(product, quantity.scale + price.scale + whole_scale)
    }

    /// As a float, for comparing samples only.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

fn scaled(mantissa: i128, scale: u8) -> Option<Amount> {
    let value = if scale <= 4 {
        mantissa.checked_mul(10_i128.pow(u32::from(4 - scale)))?
    } else {
        let divisor = 10_i128.checked_pow(u32::from(scale - 4))?;
        (mantissa + divisor / 2 * mantissa.signum()) / divisor
    };
    i64::try_from(value).ok().map(Amount::from_raw)
}

/// The decimal separator of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl Decimal {
    /// Both of them.
    pub const ALL: [Decimal; 2] = [Decimal::Point, Decimal::Comma];

    const fn separator(self) -> u8 {
        match self {
            Decimal::Point => b'.',
            Decimal::Comma => b',',
        }
    }

    /// The other one.
    pub const fn other(self) -> Decimal {
        match self {
            Decimal::Point => Decimal::Comma,
            Decimal::Comma => Decimal::Point,
        }
    }

    /// Its name on command lines and in stored options.
    pub const fn name(self) -> &'static str {
        match self {
            Decimal::Point => "point",
            Decimal::Comma => "comma",
        }
    }

    /// How a number looks in it.
    pub const fn example(self) -> &'static str {
        match self {
            Decimal::Point => "1,234.56",
            Decimal::Comma => "1.234,56",
        }
    }
}

impl FromStr for Decimal {
    type Err = String;

    fn from_str(text: &str) -> Result<Decimal, String> {
        let known = Decimal::ALL.into_iter().find(|decimal| decimal.name() == text);
        known.ok_or_else(|| format!("not a decimal separator: “{text}”; give point or comma"))
    }
}

/// Reads a number: grouping by point, comma, blank or apostrophe in threes, a sign before or behind, brackets for negatives, currency signs and a percent
/// sign around it. `None` when it is no number in this format.
pub fn parse_number(text: &str, decimal: Decimal) -> Option<Number> {
    parse_plain(text.as_bytes(), decimal.separator()).or_else(|| parse_adorned(text, decimal))
}

/// Digits with at most one separator and a leading minus: nearly all numbers, so it is quick.
fn parse_plain(bytes: &[u8], separator: u8) -> Option<Number> {
    let (is_negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let number = match packed(digits) {
        Some(word) => parse_eight(word, digits.len(), separator)?,
        None => parse_long(digits, separator)?,
    };
    Some(Number { mantissa: if is_negative { -number.mantissa } else { number.mantissa }, ..number })
}

/// One to eight bytes as a number whose highest byte is the last; zeros, as digits, stand in front.
fn packed(digits: &[u8]) -> Option<u64> {
    let length = digits.len();
    let word = match digits {
        [_, _, _, _, ..] if length <= 8 => {
            // Two halves that overlap, so that nothing depends on the length but how far they are moved.
            let half = |bytes: Option<&[u8; 4]>| bytes.map(|&bytes| u64::from(u32::from_le_bytes(bytes)));
            half(digits.first_chunk())? | half(digits.last_chunk())? << (8 * (length - 4))
        }
        &[one] => u64::from(one),
        &[one, two] => u64::from(u16::from_le_bytes([one, two])),
        &[one, two, three] => u64::from(u32::from_le_bytes([one, two, three, 0])),
        _ => return None,
    };
    let missing = 8 * (8 - length as u32);
    Some(word << missing | (ZEROS & !u64::MAX.checked_shl(missing).unwrap_or(0)))
}

/// Eight digits `0`.
const ZEROS: u64 = eight::times(b'0');

/// All eight bytes at once, without a branch for each: the lengths of numbers and the places of their separators change from line to line, and a processor
/// that guesses them wrong loses more time than the whole sum takes. The sum is the usual one: neighbours become pairs, pairs become fours, fours become eight.
fn parse_eight(word: u64, length: usize, separator: u8) -> Option<Number> {
    let separators = eight::zeros(word ^ eight::times(separator));
    let (word, scale) = if separators == 0 {
        (word, 0)
    } else {
        // What stands before the separator moves up over it. A second one is no digit, and is found below.
        let place = separators.trailing_zeros() / 8;
        let before = (1_u64 << (8 * place)) - 1;
        let behind = u64::MAX.checked_shl(8 * place + 8).unwrap_or(0);
        ((word & behind) | (word & before) << 8 | u64::from(b'0'), 7 - place as u8)
    };
    let is_digits = (word & word.wrapping_add(eight::times(0x06))) & eight::times(0xf0) == ZEROS;
    if !is_digits || (separators != 0 && length == 1) {
        return None;
    }
    let word = (word & eight::times(0x0f)).wrapping_mul(10 << 8 | 1) >> 8;
    let word = (word & 0x00ff_00ff_00ff_00ff).wrapping_mul(100 << 16 | 1) >> 16;
    let word = (word & 0x0000_ffff_0000_ffff).wrapping_mul(10_000 << 32 | 1) >> 32;
    Some(Number { mantissa: word as i64, scale })
}

/// The same digit by digit.
fn parse_long(digits: &[u8], separator: u8) -> Option<Number> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (mut mantissa, mut point) = (0_i64, None);
    for (place, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + i64::from(digit);
        } else if byte == separator && point.is_none() {
            point = Some(place);
        } else {
            return None;
        }
    }
    let scale = point.map_or(0, |place| (digits.len() - 1 - place) as u8);
    if scale > SCALE_MAX || (point.is_some() && digits.len() == 1) {
        return None;
    }
    Some(Number { mantissa, scale })
}

fn parse_adorned(text: &str, decimal: Decimal) -> Option<Number> {
    let mut rest = undressed(text.trim_matches(is_blank));
    let (mut is_negative, mut has_sign) = (false, false);
    // Signs and currencies may stand in any order around the digits: “-€ 5”, “€ -5”, “5,00 EUR-”, “$ (5.00)”.
    loop {
        let before = rest;
        if let Some((inner, is_taken)) = signed(rest) {
            if has_sign {
                return None;
            }
            (rest, is_negative, has_sign) = (inner.trim_matches(is_blank), is_taken, true);
        }
        rest = unit_apart(rest.strip_prefix('+').unwrap_or(rest)).1;
        if rest == before {
            break;
        }
    }
    let number = parse_grouped(rest, decimal).or_else(|| parse_scientific(rest, decimal))?;
    Some(Number { mantissa: if is_negative { -number.mantissa } else { number.mantissa }, scale: number.scale })
}

fn parse_grouped(text: &str, decimal: Decimal) -> Option<Number> {
    let separator = char::from(decimal.separator());
    let (whole, decimals) = text.split_once(separator).unwrap_or((text, ""));
    if decimals.contains(|c: char| !c.is_ascii_digit()) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }
    let is_group = |c: char| is_blank(c) || c == '\'' || c == '’' || c == char::from(decimal.other().separator());
    let mut digits = String::with_capacity(text.len());
    let groups: Vec<&str> = whole.split(is_group).collect();
    for (place, group) in groups.iter().enumerate() {
        let is_fine = match place {
            _ if groups.len() == 1 => true,
            0 => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        };
        // “0.500” is a half, not five hundred.
        let is_fine = is_fine && (place > 0 || groups.len() == 1 || !group.starts_with('0'));
        if !is_fine || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    round_digits(&digits, decimals)
}

/// Puts digits and decimals together, rounding away decimals that are not kept.
fn round_digits(whole: &str, decimals: &str) -> Option<Number> {
    let kept = decimals.len().min(usize::from(SCALE_MAX));
    let mut mantissa: i64 = format!("0{whole}{}", &decimals[..kept]).parse().ok()?;
    if decimals.as_bytes().get(kept).is_some_and(|&digit| digit >= b'5') {
        mantissa = mantissa.checked_add(1)?;
    }
    Some(Number { mantissa, scale: kept as u8 })
}

fn parse_scientific(text: &str, decimal: Decimal) -> Option<Number> {
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= 30)?;
    let number = parse_grouped(digits, decimal)?;
    let scale = i32::from(number.scale) - exponent;
    let mantissa = i128::from(number.mantissa);
    if scale < 0 {
        let mantissa = mantissa.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
        return Some(Number { mantissa: i64::try_from(mantissa).ok()?, scale: 0 });
    }
    let excess = (scale - i32::from(SCALE_MAX)).max(0);
    let divisor = 10_i128.checked_pow(excess.unsigned_abs())?;
    let mantissa = (mantissa + divisor / 2 * mantissa.signum()) / divisor;
    Some(Number { mantissa: i64::try_from(mantissa).ok()?, scale: (scale - excess) as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str, decimal: Decimal) -> Option<String> {
        parse_number(text, decimal).and_then(Number::to_amount).map(|amount| amount.to_decimal().normalize().to_string())
    }

    #[test]
    fn german_numbers() {
        for (text, value) in [
            ("1.729,21 €", "1729.21"),
            ("168,00", "168"),
            ("-5", "-5"),
            ("123,45-", "-123.45"),
            ("(1.000,50)", "-1000.5"),
            ("EUR 12,5", "12.5"),
            ("1 234 567,89", "1234567.89"),
            ("1\u{a0}234,5", "1234.5"),
            ("1'234,50", "1234.5"),
            ("15,00 %", "15"),
            ("− 7,5", "-7.5"),
            (",5", "0.5"),
            ("14,0000", "14"),
            ("0,00005", "0.0001"),
            ("1,5E+3", "1500"),
            ("-€ 5,10", "-5.1"),
            ("€ (5,10)", "-5.1"),
            ("(5,10 €)", "-5.1"),
            ("1.000,50 H", "-1000.5"),
            ("1.000,50 S", "1000.5"),
            ("8,00 Stk", "8"),
            ("=\"1.234,56\"", "1234.56"),
            ("'12,50", "12.5"),
        ] {
            assert_eq!(amount(text, Decimal::Comma).as_deref(), Some(value), "{text}");
        }
        for text in ["", "abc", "12.34", "1.23.456", "1,2,3", "--", "12a", "1.2345,6", "€", "--5", "(-5)", "5 X", "H", "'", "=\"\""] {
            assert_eq!(amount(text, Decimal::Comma), None, "{text}");
        }
    }

    #[test]
    fn english_numbers() {
        for (text, value) in [
            ("1,234.56", "1234.56"),
            ("2.95", "2.95"),
            ("$1,000", "1000"),
            ("2186.625", "2186.625"),
            ("-0.001", "-0.001"),
            ("$(33,723.00)", "-33723"),
            ("$ (33,723.00)", "-33723"),
            ("33,723.00 CR", "-33723"),
            ("33,723.00DR", "33723"),
            ("₹ 1,200.50", "1200.5"),
            ("kr. 12.50", "12.5"),
            ("12.50 kr.", "12.5"),
            ("12. EUR", "12"),
            ("1234567.1234567891", "1234567.1235"),
        ] {
            assert_eq!(amount(text, Decimal::Point).as_deref(), Some(value), "{text}");
        }
        assert_eq!(amount("12,34", Decimal::Point), None);
    }

    proptest! {
        #[test]
        fn short_numbers_are_read_at_once_as_digit_by_digit(text in "[0-9.,/:-]{1,8}|[0-9]{0,5}[.][0-9]{0,5}|\\PC{1,8}") {
            for separator in [b'.', b','] {
                let at_once = packed(text.as_bytes()).map(|word| parse_eight(word, text.len(), separator));
                prop_assert_eq!(at_once.is_some(), (1..=8).contains(&text.len()));
                if let Some(number) = at_once {
                    prop_assert_eq!(number, parse_long(text.as_bytes(), separator), "{}", text);
                }
            }
        }
    }

    #[test]
    fn products_are_rounded_once() {
        let number = |text| parse_number(text, Decimal::Point).expect("a number");
        assert_eq!(number("2186.625").times(number("4")), Some(Amount::from_raw(87_465_000)));
        let net = Number::discounted(number("35"), number("42.4000"), number("15.00"), false);
        assert_eq!(net.map(|net| net.to_string()), Some("1261.40".into()));
        let net = Number::discounted(number("35"), number("42.4"), number("0.15"), true);
        assert_eq!(net.map(|net| net.to_string()), Some("1261.40".into()));
    }
}
