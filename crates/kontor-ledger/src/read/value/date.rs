//! Dates as people and programs write them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The order of day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 2026-12-31, 20261231
    #[serde(rename = "ymd")]
    YearMonthDay,
    /// 31.12.2026
    #[serde(rename = "dmy")]
    DayMonthYear,
    /// 12/31/2026
    #[serde(rename = "mdy")]
    MonthDayYear,
}

impl DateOrder {
    /// All of them.
    pub const ALL: [DateOrder; 3] = [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear];

    /// Its name on command lines and in stored options: `dmy`.
    pub const fn name(self) -> &'static str {
        match self {
            DateOrder::YearMonthDay => "ymd",
            DateOrder::DayMonthYear => "dmy",
            DateOrder::MonthDayYear => "mdy",
        }
    }

    /// How a date looks in it.
    pub const fn example(self) -> &'static str {
        match self {
            DateOrder::YearMonthDay => "yyyy-mm-dd",
            DateOrder::DayMonthYear => "dd.mm.yyyy",
            DateOrder::MonthDayYear => "m/d/yyyy",
        }
    }
}

impl FromStr for DateOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<DateOrder, String> {
        let known = DateOrder::ALL.into_iter().find(|order| order.name() == text);
        known.ok_or_else(|| format!("not an order of dates: “{text}”; give ymd, dmy or mdy"))
    }
}

/// Reads a date, passing over a time behind it; gives days since 1970-01-01. A year of four digits in front rules whatever the order.
pub fn parse_date(text: &str, order: DateOrder) -> Option<i32> {
    if let Some(days) = serial(text) {
        return Some(days);
    }
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

/// The orders in which a value is a date; empty when it is none in any. The serial number of a day is no evidence: many numbers look like one.
pub fn date_evidence(text: &str) -> Vec<DateOrder> {
    let orders = match date_parts(text) {
        None => return Vec::new(),
        // With the month by name it makes no difference which comes first.
        Some(parts) if parts.is_named && parse_date(text, DateOrder::DayMonthYear).is_some() => return vec![DateOrder::YearMonthDay],
        Some(parts) if parts.first.1 == 4 => vec![DateOrder::YearMonthDay],
        Some(_) => vec![DateOrder::DayMonthYear, DateOrder::MonthDayYear],
    };
    orders.into_iter().filter(|&order| parse_date(text, order).is_some()).collect()
}

/// A day as spreadsheets count it, from 1990 to 2049; 45292 is 2024-01-01. A part of the day may stand behind it.
pub fn serial(text: &str) -> Option<i32> {
    let (days, part) = text.split_at_checked(5)?;
    let is_part = part.is_empty() || part.strip_prefix(['.', ',']).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_serial = is_part && days.bytes().all(|byte| byte.is_ascii_digit());
    let days = days.parse::<i32>().ok().filter(|days| is_serial && (32_874..54_789).contains(days))?;
    Some(days - 25_569)
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
    let text = without_weekday(text.trim());
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    // Programs also write the time of day right behind the day: 20261231082600.
    if (run == 8 && rest_is_time(&text[8..])) || (run == 14 && text.len() == 14) {
        let part = |from: usize, to: usize| Some((text[from..to].parse().ok()?, to - from));
        return Some(DateParts { first: part(0, 4)?, second: part(4, 6)?, third: part(6, 8)?, is_named: false });
    }
    if text.starts_with(|c: char| c.is_alphabetic()) {
        return month_first(text);
    }
    let (first, rest) = number_part(text)?;
    if let Some((second, rest)) = separated(rest).and_then(number_part) {
        let (third, rest) = separated(rest).and_then(number_part)?;
        return rest_is_time(rest).then_some(DateParts { first, second, third, is_named: false });
    }
    // “31. Dezember 2026”, “05-Jan-11”
    let (month, rest) = month_part(rest.trim_start_matches(AROUND_MONTHS))?;
    let (year, rest) = number_part(rest)?;
    rest_is_time(rest).then_some(DateParts { first, second: (month, 2), third: year, is_named: true })
}

/// “Fr, 05.01.2024”, “Friday, January 5, 2024”: the day of the week says nothing new.
fn without_weekday(text: &str) -> &str {
    let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = text[letters..].trim_start_matches(['.', ',', ' ']);
    if letters < 2 || rest.len() == text.len() - letters || month_by_name(&text[..letters]).is_some() { text } else { rest }
}

/// What may stand between the name of a month and the numbers beside it.
const AROUND_MONTHS: [char; 5] = ['.', '-', ' ', ',', '/'];

/// “December 31, 2026”
fn month_first(text: &str) -> Option<DateParts> {
    let (month, rest) = month_part(text)?;
    let (day, rest) = number_part(rest)?;
    let rest = ["st", "nd", "rd", "th"].into_iter().find_map(|ordinal| rest.strip_prefix(ordinal)).unwrap_or(rest);
    let (year, rest) = number_part(rest.trim_start_matches(AROUND_MONTHS))?;
    rest_is_time(rest).then_some(DateParts { first: day, second: (month, 2), third: year, is_named: true })
}

/// The month that a text begins with by name, and what follows it.
fn month_part(text: &str) -> Option<(i32, &str)> {
    let letters = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    Some((month_by_name(&text[..letters])?, text[letters..].trim_start_matches(AROUND_MONTHS)))
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
    // Between hours and minutes stands a colon, a point, or, in the short form of ISO 8601, nothing.
    let is_short = rest.starts_with('T') && matches!(time.trim_end_matches('Z').len(), 4 | 6);
    time.is_empty()
        || (time.as_bytes()[0].is_ascii_digit()
            && (is_short || time.contains([':', '.']))
            && time.chars().all(|c| c.is_ascii_alphanumeric() || ":.,+- /".contains(c)))
}

fn month_by_name(name: &str) -> Option<i32> {
    let name = name.to_lowercase();
    let months = ["jan jän", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"];
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
            ("December 31, 2026", MonthDayYear),
            ("Dec 31, 2026 8:26 AM", DayMonthYear),
            ("20261231082600", YearMonthDay),
            ("2026/12/31", DayMonthYear),
            ("46387", DayMonthYear),
            ("46387.35", MonthDayYear),
            ("Do, 31.12.2026", DayMonthYear),
            ("Thursday, December 31, 2026", DayMonthYear),
            ("Thu, 31 Dec 2026 08:26:00 +0000", DayMonthYear),
            ("December 31st, 2026", DayMonthYear),
            ("31-DEC-26 08.26.00.000000 AM", DayMonthYear),
            ("20261231T082600Z", DayMonthYear),
        ] {
            assert_eq!(date(text, order).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in [
            "",
            "Mayor 2026",
            "20261231082",
            "May 2026",
            "31.02.2026",
            "2026-13-01",
            "12/31",
            "hello",
            "1.2.3.4",
            "99999999",
            "2026-12-31x",
            "4711",
            "1.234,56",
            "31.12.2026 5",
        ] {
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
