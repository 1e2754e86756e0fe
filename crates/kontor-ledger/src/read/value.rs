//! Numbers and dates as people and programs write them.

use kontor_domain::Amount;
use serde::{Deserialize, Serialize};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing but empty fields.
    Empty,
    /// Words, or numbers that are names (leading zeros, letters).
    Text,
    /// Numbers.
    Number,
    /// Dates, with or without a time.
    Date,
}

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
        scaled(i128::from(self.mantissa), self.scale)
    }

    /// This number times another, rounded once to four decimals.
    pub fn times(self, other: Number) -> Option<Amount> {
        scaled(i128::from(self.mantissa) * i128::from(other.mantissa), self.scale + other.scale)
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

/// What stands for nothing in exports.
pub fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "NULL" | "null" | "NaN" | "nan" | "N/A" | "#N/A" | "#NV" | "None" | "\\N")
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

    /// How a number looks in it.
    pub const fn example(self) -> &'static str {
        match self {
            Decimal::Point => "1,234.56",
            Decimal::Comma => "1.234,56",
        }
    }
}

/// Reads a number: grouping by point, comma, blank or apostrophe in threes, a sign before or behind, brackets for negatives, currency signs and a percent
/// sign around it. `None` when it is no number in this format.
pub fn parse_number(text: &str, decimal: Decimal) -> Option<Number> {
    parse_plain(text.as_bytes(), decimal.separator()).or_else(|| parse_adorned(text, decimal))
}

/// Digits with at most one separator and a leading minus: nearly all numbers, so it is quick.
fn parse_plain(bytes: &[u8], separator: u8) -> Option<Number> {
    let (is_negative, digits) = match bytes.first()? {
        b'-' => (true, &bytes[1..]),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (mut mantissa, mut scale, mut seen_separator, mut seen_digit) = (0_i64, 0_u8, false, false);
    for &byte in digits {
        if byte.is_ascii_digit() {
            mantissa = mantissa * 10 + i64::from(byte - b'0');
            scale += u8::from(seen_separator);
            seen_digit = true;
        } else if byte == separator && !seen_separator {
            seen_separator = true;
        } else {
            return None;
        }
    }
    if !seen_digit || scale > SCALE_MAX {
        return None;
    }
    Some(Number { mantissa: if is_negative { -mantissa } else { mantissa }, scale })
}

fn parse_adorned(text: &str, decimal: Decimal) -> Option<Number> {
    let mut rest = text.trim_matches(is_blank);
    let mut is_negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (rest, is_negative) = (inside.trim_matches(is_blank), true);
    }
    // Signs and currencies may stand in any order around the digits: “-€ 5”, “€ -5”, “5,00 EUR-”.
    let mut has_sign = false;
    loop {
        let before = rest;
        for minus in ["-", "−", "–"] {
            if let Some(inner) = rest.strip_prefix(minus).or_else(|| rest.strip_suffix(minus)) {
                if has_sign {
                    return None;
                }
                (rest, is_negative, has_sign) = (inner.trim_matches(is_blank), !is_negative, true);
                break;
            }
        }
        rest = strip_unit(rest.strip_prefix('+').unwrap_or(rest));
        if rest == before {
            break;
        }
    }
    let number = parse_grouped(rest, decimal).or_else(|| parse_scientific(rest, decimal))?;
    Some(Number { mantissa: if is_negative { -number.mantissa } else { number.mantissa }, scale: number.scale })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}'
}

/// Takes a currency sign, a currency code or a percent sign off either end.
fn strip_unit(text: &str) -> &str {
    let is_unit = |unit: &str| {
        matches!(unit, "%" | "€" | "$" | "£" | "¥" | "Fr." | "SFr." | "kr" | "zł" | "Kč" | "Euro" | "US$")
            || (unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let start = text.find(|c: char| c.is_ascii_digit() || "-+,(−".contains(c)).unwrap_or(0);
    if start > 0 && is_unit(text[..start].trim_matches(is_blank)) {
        return text[start..].trim_matches(is_blank);
    }
    let end = text
        .rfind(|c: char| c.is_ascii_digit() || "-.,)−".contains(c))
        .map_or(text.len(), |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    if end < text.len() && is_unit(text[end..].trim_matches(is_blank)) {
        return text[..end].trim_matches(is_blank);
    }
    text
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

/// What a value says about the decimal separator of its column: `Some` when only one reading is possible.
pub fn decimal_evidence(text: &str) -> Option<Decimal> {
    match (parse_number(text, Decimal::Point), parse_number(text, Decimal::Comma)) {
        (Some(_), None) => Some(Decimal::Point),
        (None, Some(_)) => Some(Decimal::Comma),
        _ => None,
    }
}

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 2026-12-31, 20261231
    YearMonthDay,
    /// 31.12.2026
    DayMonthYear,
    /// 12/31/2026
    MonthDayYear,
}

impl DateOrder {
    /// How a date looks in it.
    pub const fn example(self) -> &'static str {
        match self {
            DateOrder::YearMonthDay => "yyyy-mm-dd",
            DateOrder::DayMonthYear => "dd.mm.yyyy",
            DateOrder::MonthDayYear => "m/d/yyyy",
        }
    }
}

/// Reads a date, passing over a time behind it; gives days since 1970-01-01. A year of four digits in front rules whatever the order.
pub fn parse_date(text: &str, order: DateOrder) -> Option<i32> {
    let DateParts { first, second, third, is_named } = date_parts(text)?;
    if first.1 == 4 {
        return days(first.0, second.0, third.0);
    }
    let (month, day) = match order {
        DateOrder::MonthDayYear if !is_named => (first.0, second.0),
        DateOrder::YearMonthDay if !is_named => return None,
        _ => (second.0, first.0),
    };
    let year = match third {
        (year, 2) if year < 70 => 2000 + year,
        (year, 2) => 1900 + year,
        (year, 4) => year,
        _ => return None,
    };
    days(year, month, day)
}

/// The orders in which a value is a date; empty when it is none in any.
pub fn date_evidence(text: &str) -> Vec<DateOrder> {
    let orders = match date_parts(text) {
        None => return Vec::new(),
        Some(parts) if parts.first.1 == 4 => vec![DateOrder::YearMonthDay],
        Some(_) => vec![DateOrder::DayMonthYear, DateOrder::MonthDayYear],
    };
    orders.into_iter().filter(|&order| parse_date(text, order).is_some()).collect()
}

/// A number with how many digits it has.
type Part = (i32, usize);

/// The three numbers of a date; when the month was a name they are day, month, year.
struct DateParts {
    first: Part,
    second: Part,
    third: Part,
    is_named: bool,
}

fn date_parts(text: &str) -> Option<DateParts> {
    let text = text.trim();
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    if run == 8 && rest_is_time(&text[8..]) {
        let part = |from: usize, to: usize| Some((text[from..to].parse().ok()?, to - from));
        return Some(DateParts { first: part(0, 4)?, second: part(4, 6)?, third: part(6, 8)?, is_named: false });
    }
    let (first, rest) = number_part(text)?;
    if let Some((second, rest)) = separated(rest).and_then(number_part) {
        let (third, rest) = separated(rest).and_then(number_part)?;
        return rest_is_time(rest).then_some(DateParts { first, second, third, is_named: false });
    }
    // “31. Dezember 2026”, “05-Jan-11”
    let rest = rest.trim_start_matches(['.', '-', ' ', '/']);
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let month = month_by_name(&rest[..letters])?;
    let (year, rest) = number_part(rest[letters..].trim_start_matches(['.', '-', ' ', ',', '/']))?;
    rest_is_time(rest).then_some(DateParts { first, second: (month, 2), third: year, is_named: true })
}

fn number_part(text: &str) -> Option<(Part, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 || end > 4 {
        return None;
    }
    Some(((text[..end].parse().ok()?, end), &text[end..]))
}

fn separated(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['.', '-', '/'])?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

fn rest_is_time(rest: &str) -> bool {
    let Some(time) = rest.strip_prefix(['T', ' ', ',']) else { return rest.is_empty() || rest == "." };
    let time = time.trim();
    time.is_empty()
        || (time.as_bytes()[0].is_ascii_digit()
            && time.contains(':')
            && time.chars().all(|c| c.is_ascii_alphanumeric() || ":.,+- /".contains(c)))
}

fn month_by_name(name: &str) -> Option<i32> {
    let name = name.to_lowercase();
    let months = ["jan jän", "feb", "mar mär", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"];
    if name.chars().count() < 3 {
        return None;
    }
    months.iter().position(|names| names.split(' ').any(|known| name.starts_with(known))).map(|place| place as i32 + 1)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar; `None` when there is no such day. (Howard Hinnant's `days_from_civil`.)
fn days(year: i32, month: i32, day: i32) -> Option<i32> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(amount(text, Decimal::Comma).as_deref(), Some(value), "{text}");
        }
        for text in ["", "abc", "12.34", "1.23.456", "1,2,3", "--", "12a", "1.2345,6", "€", "--5"] {
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
            ("1234567.1234567891", "1234567.1235"),
        ] {
            assert_eq!(amount(text, Decimal::Point).as_deref(), Some(value), "{text}");
        }
        assert_eq!(amount("12,34", Decimal::Point), None);
    }

    #[test]
    fn only_unmistakable_values_are_evidence() {
        assert_eq!(decimal_evidence("1.234"), None);
        assert_eq!(decimal_evidence("12,5"), Some(Decimal::Comma));
        assert_eq!(decimal_evidence("12.50"), Some(Decimal::Point));
        assert_eq!(decimal_evidence("1.234.567"), Some(Decimal::Comma));
        assert_eq!(decimal_evidence("12"), None);
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

    fn date(text: &str, order: DateOrder) -> Option<String> {
        let epoch = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");
        parse_date(text, order).map(|days| (epoch + chrono::Days::new(days as u64)).to_string())
    }

    #[test]
    fn dates_in_every_dress() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (text, order) in [
            ("31.12.2026", DayMonthYear),
            ("31.12.26", DayMonthYear),
            ("2026-12-31", YearMonthDay),
            ("2026-12-31T08:26:00Z", YearMonthDay),
            ("2026-12-31 08:26:00.123+01:00", YearMonthDay),
            ("20261231", YearMonthDay),
            ("12/31/2026", MonthDayYear),
            ("12/31/2026 8:26", MonthDayYear),
            ("12/31/26 8:26 PM", MonthDayYear),
            ("31/12/2026", DayMonthYear),
            ("31. Dezember 2026", DayMonthYear),
            ("31-Dec-26", MonthDayYear),
            ("2026/12/31", DayMonthYear),
        ] {
            assert_eq!(date(text, order).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in
            ["", "31.02.2026", "2026-13-01", "12/31", "hello", "1.2.3.4", "99999999", "2026-12-31x", "4711", "1.234,56", "31.12.2026 5"]
        {
            assert_eq!(parse_date(text, DayMonthYear), None, "{text}");
        }
        assert_eq!(date("29.02.2024", DayMonthYear).as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn a_day_above_12_decides_the_order() {
        assert_eq!(date_evidence("13/01/2020"), [DateOrder::DayMonthYear]);
        assert_eq!(date_evidence("01/13/2020"), [DateOrder::MonthDayYear]);
        assert_eq!(date_evidence("01/02/2020").len(), 2);
        assert_eq!(date_evidence("20200113"), [DateOrder::YearMonthDay]);
        assert!(date_evidence("1234").is_empty());
    }
}
