//! Days, months and the periods that figures are asked for.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar month, counted from year 0 so that months can be added and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(i32);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month(day.year() * 12 + day.month0() as i32)
    }

    /// A month from its number as [`Month::index`] gives it.
    pub const fn from_index(index: i32) -> Month {
        Month(index)
    }

    /// `year * 12 + (month - 1)`: the form in which months are stored.
    pub const fn index(self) -> i32 {
        self.0
    }

    /// The year it lies in.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 for January to 12 for December.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month `months` later (earlier when negative).
    pub const fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.plus(1).first_day() - Days::new(1)
    }
}

/// `2026-03`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// A span of days, both ends included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// The days from `from` to `to`, both included; `None` when they are the wrong way round.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Period> {
        (from <= to).then_some(Period { from, to })
    }

    /// The whole months from `first` to `last`; the wrong way round gives the one month `first`.
    pub fn months(first: Month, last: Month) -> Period {
        Period { from: first.first_day(), to: last.max(first).last_day() }
    }

    /// First day.
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// Last day, included.
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// True when the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// True when it starts on the first and ends on the last day of a month.
    pub fn is_whole_months(self) -> bool {
        self.from == Month::of(self.from).first_day() && self.to == Month::of(self.to).last_day()
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The newest day that figures can be as of, where this is from the first to the last day with a line: no later than today, unless every line is.
    pub fn as_of(self, today: NaiveDate) -> NaiveDate {
        if today < self.from { self.to } else { self.to.min(today) }
    }

    /// How many months it touches.
    fn month_count(self) -> i32 {
        Month::of(self.to).index() - Month::of(self.from).index() + 1
    }

    /// The period before that this one is compared with when it is known up to a day: as much of it as has gone by of this one, so that like is compared with like.
    pub fn before_as_of(self, as_of: NaiveDate) -> Period {
        let before = self.before();
        if !self.contains(as_of) {
            return before;
        }
        let to = if !self.is_whole_months() {
            before.from + Days::new((as_of - self.from).num_days().unsigned_abs())
        } else if as_of == Month::of(as_of).last_day() {
            Month::of(as_of).plus(-self.month_count()).last_day()
        } else {
            as_of - Months::new(self.month_count().unsigned_abs())
        };
        Period { from: before.from, to }
    }

    /// The period of the same length directly before: as many months when it consists of whole months, else as many days.
    pub fn before(self) -> Period {
        if self.is_whole_months() {
            let count = self.month_count();
            let first = Month::of(self.from).plus(-count);
            return Period::months(first, first.plus(count - 1));
        }
        let to = self.from - Days::new(1);
        Period { from: to - Days::new((self.days() - 1) as u64), to }
    }
}

/// `2025-01-01..2025-12-31`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// What a user asks for; it becomes a [`Period`] once the as-of day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PeriodChoice {
    /// The last 12 complete months before the as-of day; the 12 up to it where the ledger begins after those.
    #[default]
    Last12,
    /// The same before a day of the user's own.
    Last12To(NaiveDate),
    /// From the first to the last day with a line.
    All,
    /// A calendar year.
    Year(i32),
    /// A fiscal year, named after the calendar year in which it starts.
    FiscalYear(i32),
    /// From one day to another.
    Days(Period),
}

impl PeriodChoice {
    /// The days meant.
    ///
    /// `as_of` is [`Period::as_of`] of the span unless the user set another day; `span` is the first and last day with a line; `fiscal_start` is
    /// the month (1–12) in which the fiscal year begins. A month is complete when the as-of day is its last day or lies after it.
    pub fn resolve(self, as_of: NaiveDate, span: Period, fiscal_start: u32) -> Period {
        match self {
            PeriodChoice::Last12To(day) => {
                let period = PeriodChoice::Last12.resolve(day, span, fiscal_start);
                // Where the ledger begins in the month of the day, what is behind the day is still not meant.
                Period::new(period.from(), period.to().min(day)).unwrap_or(period)
            }
            PeriodChoice::Last12 => {
                let month = Month::of(as_of);
                let is_complete = as_of == month.last_day();
                let has_complete_months = span.from() < month.first_day();
                let last = if is_complete || !has_complete_months { month } else { month.plus(-1) };
                Period::months(last.plus(-11), last)
            }
            PeriodChoice::All => span,
            PeriodChoice::Year(year) => whole_year(year, 1),
            PeriodChoice::FiscalYear(year) => whole_year(year, fiscal_start),
            PeriodChoice::Days(period) => period,
        }
    }
}

fn whole_year(year: i32, start_month: u32) -> Period {
    let first = Month::from_index(year * 12 + start_month.clamp(1, 12) as i32 - 1);
    Period::months(first, first.plus(11))
}

/// `last12`, `last12@2026-03-31`, `all`, `2025`, `fy2025`, `2025-01-01..2025-06-30`: the form on command lines and in addresses.
impl fmt::Display for PeriodChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodChoice::Last12 => f.write_str("last12"),
            PeriodChoice::Last12To(day) => write!(f, "last12@{day}"),
            PeriodChoice::All => f.write_str("all"),
            PeriodChoice::Year(year) => write!(f, "{year}"),
            PeriodChoice::FiscalYear(year) => write!(f, "fy{year}"),
            PeriodChoice::Days(period) => period.fmt(f),
        }
    }
}

/// The text names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a period: “{0}”; give last12, last12@2026-03-31, all, a year (2025), a fiscal year (fy2025) or two days (2025-01-01..2025-06-30)"
)]
pub struct ParsePeriodError(String);

impl FromStr for PeriodChoice {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<PeriodChoice, ParsePeriodError> {
        let bad = || ParsePeriodError(text.to_owned());
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| text.len() == 4 && (1900..=9998).contains(year));
        if let Some((from, to)) = text.split_once("..") {
            let from = from.parse().map_err(|_| bad())?;
            let to = to.parse().map_err(|_| bad())?;
            return Period::new(from, to).map(PeriodChoice::Days).ok_or_else(bad);
        }
        if let Some(day) = text.strip_prefix("last12@") {
            return day.parse().map(PeriodChoice::Last12To).map_err(|_| bad());
        }
        match text {
            "last12" => Ok(PeriodChoice::Last12),
            "all" => Ok(PeriodChoice::All),
            _ => match text.strip_prefix("fy") {
                Some(rest) => year(rest).map(PeriodChoice::FiscalYear).ok_or_else(bad),
                None => year(text).map(PeriodChoice::Year).ok_or_else(bad),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn resolve(choice: &str, as_of: &str) -> String {
        let span = Period::new(day("2023-02-03"), day("2026-10-20")).expect("a span");
        choice.parse::<PeriodChoice>().expect("a period").resolve(day(as_of), span, 4).to_string()
    }

    #[test]
    fn last_12_months_end_with_the_last_complete_month() {
        assert_eq!(resolve("last12", "2026-10-20"), "2025-10-01..2026-09-30");
        assert_eq!(resolve("last12", "2026-10-31"), "2025-11-01..2026-10-31");
        assert_eq!(resolve("last12", "2024-02-28"), "2023-02-01..2024-01-31");
        assert_eq!(resolve("last12@2026-03-31", "2026-10-20"), "2025-04-01..2026-03-31");
        assert_eq!(resolve("last12@2026-03-30", "2026-10-20"), "2025-03-01..2026-02-28");
        assert_eq!(resolve("last12@2023-02-15", "2026-10-20"), "2022-03-01..2023-02-15");
    }

    #[test]
    fn years_all_and_days_are_what_they_say() {
        assert_eq!(resolve("all", "2026-10-20"), "2023-02-03..2026-10-20");
        assert_eq!(resolve("2025", "2026-10-20"), "2025-01-01..2025-12-31");
        assert_eq!(resolve("fy2025", "2026-10-20"), "2025-04-01..2026-03-31");
        assert_eq!(resolve("2025-01-15..2025-01-15", "2026-10-20"), "2025-01-15..2025-01-15");
    }

    #[test]
    fn the_period_before_has_the_same_length() {
        let before = |text: &str| match text.parse().expect("a period") {
            PeriodChoice::Days(period) => period.before().to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(before("2025-10-01..2026-09-30"), "2024-10-01..2025-09-30");
        assert_eq!(before("2025-01-10..2025-01-19"), "2024-12-31..2025-01-09");
        assert_eq!(before("2024-03-01..2024-03-31"), "2024-02-01..2024-02-29");
    }

    #[test]
    fn a_ledger_of_one_begun_month_shows_it() {
        let last12 = |from: &str, as_of: &str| {
            let span = Period::new(day(from), day(as_of)).expect("a span");
            PeriodChoice::Last12.resolve(day(as_of), span, 1).to_string()
        };
        assert_eq!(last12("2026-02-01", "2026-02-01"), "2025-03-01..2026-02-28");
        assert_eq!(last12("2026-01-31", "2026-02-01"), "2025-02-01..2026-01-31");
    }

    #[test]
    fn nothing_is_as_of_a_day_in_the_future_unless_everything_is() {
        let span = Period::new(day("2026-02-03"), day("2036-10-20")).expect("a span");
        assert_eq!(span.as_of(day("2026-11-27")), day("2026-11-27"));
        assert_eq!(span.as_of(day("2040-01-01")), day("2036-10-20"));
        assert_eq!(span.as_of(day("2026-01-01")), day("2036-10-20"));
    }

    #[test]
    fn a_period_that_goes_on_is_compared_with_as_much_of_the_one_before() {
        let before = |period: &str, as_of: &str| match period.parse().expect("a period") {
            PeriodChoice::Days(period) => period.before_as_of(day(as_of)).to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(before("2026-01-01..2026-12-31", "2026-11-26"), "2025-01-01..2025-11-26");
        assert_eq!(before("2026-01-01..2026-12-31", "2026-11-30"), "2025-01-01..2025-11-30");
        assert_eq!(before("2024-01-01..2024-12-31", "2024-02-29"), "2023-01-01..2023-02-28");
        assert_eq!(before("2026-03-01..2026-03-31", "2026-03-30"), "2026-02-01..2026-02-28");
        assert_eq!(before("2026-01-10..2026-01-19", "2026-01-12"), "2025-12-31..2026-01-02");
        assert_eq!(before("2025-01-01..2025-12-31", "2026-11-26"), "2024-01-01..2024-12-31");
        assert_eq!(before("2025-01-01..2025-12-31", "2025-12-31"), "2024-01-01..2024-12-31");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "last", "25", "fy", "2025-02-30..2025-03-01", "2025-03-02..2025-03-01", "2025-13"] {
            assert!(text.parse::<PeriodChoice>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_choice_reads_back_as_written() {
        for text in ["last12", "all", "2025", "fy2024", "2025-01-01..2025-06-30"] {
            assert_eq!(text.parse::<PeriodChoice>().expect(text).to_string(), text);
        }
    }
}
