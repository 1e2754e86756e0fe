//! The days of the demo: 36 complete months and the one that runs, up to the day before today.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use kontor_domain::Month;
use kontor_ledger::generate::random::Random;

/// Complete months with data.
pub(super) const MONTHS: i32 = 36;

/// Thousandths of the average month, January to December.
const SEASON: [i64; 12] = [930, 960, 1_070, 1_010, 1_000, 1_030, 980, 900, 1_070, 1_080, 1_090, 880];

/// What the given day makes of the calendar.
pub(super) struct Calendar {
    /// The day the demo is made.
    pub(super) today: NaiveDate,
    /// The newest day with an invoice: yesterday, or Saturday when yesterday was a Sunday.
    pub(super) newest: NaiveDate,
    /// The months with data, oldest first.
    pub(super) months: Vec<OpenMonth>,
}

/// A month with data.
pub(super) struct OpenMonth {
    pub(super) month: Month,
    /// Months since; 0 for the last complete one, −1 for the one that runs.
    pub(super) age: i32,
    /// How much of its business has happened by the newest day, in thousandths; 1,000 for complete months.
    pub(super) done_per_mille: i64,
    /// The days up to the newest, each with the weights of all days until then.
    days: Vec<(NaiveDate, i64)>,
}

impl Calendar {
    pub(super) fn new(today: NaiveDate) -> Calendar {
        let newest = last_working_day(today - Days::new(1));
        let last = Month::of(today).plus(-1);
        let running = (Month::of(newest) > last).then_some(-1);
        let ages = (0..MONTHS).rev().chain(running);
        Calendar { today, newest, months: ages.map(|age| OpenMonth::new(last.plus(-age), age, newest)).collect() }
    }

    /// The first day of the first month with data.
    pub(super) fn first_day(&self) -> NaiveDate {
        self.months[0].month.first_day()
    }
}

impl OpenMonth {
    fn new(month: Month, age: i32, newest: NaiveDate) -> OpenMonth {
        let mut sum = 0;
        let days: Vec<(NaiveDate, i64)> = days(month)
            .map(|day| {
                sum += weight(day);
                (day, sum)
            })
            .collect();
        let open: Vec<(NaiveDate, i64)> = days.into_iter().filter(|(day, _)| age >= 0 || *day <= newest).collect();
        let done = open.last().map_or(0, |(_, sum)| *sum);
        OpenMonth { month, age, done_per_mille: done * 1_000 / sum.max(1), days: open }
    }

    /// A random working day of the month, not after the newest.
    pub(super) fn any_day(&self, random: &mut Random) -> NaiveDate {
        let sum = self.days.last().map_or(0, |(_, sum)| *sum);
        let drawn = random.between(0, sum - 1);
        self.days[self.days.partition_point(|(_, sum)| *sum <= drawn)].0
    }
}

/// The season of the trade, in thousandths of the average month.
pub(super) const fn season(month: Month) -> i64 {
    SEASON[month.number() as usize - 1]
}

/// The day itself, or the Saturday before a Sunday.
pub(super) fn last_working_day(day: NaiveDate) -> NaiveDate {
    if day.weekday() == Weekday::Sun { day - Days::new(1) } else { day }
}

fn days(month: Month) -> impl Iterator<Item = NaiveDate> {
    month.first_day().iter_days().take_while(move |&day| Month::of(day) == month)
}

/// How much is invoiced on such a day: nothing on Sundays, little on Saturdays and between the years.
fn weight(day: NaiveDate) -> i64 {
    let by_weekday = match day.weekday() {
        Weekday::Sun => 0,
        Weekday::Sat => 5,
        Weekday::Tue => 110,
        _ => 100,
    };
    let is_between_the_years = (day.month() == 12 && day.day() >= 24) || (day.month() == 1 && day.day() == 1);
    by_weekday / if is_between_the_years { 5 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(today: &str) -> Calendar {
        Calendar::new(today.parse().expect("a day"))
    }

    #[test]
    fn there_are_36_complete_months_and_the_running_one() {
        for (today, first, last, count) in [
            ("2026-11-23", "2023-11", "2026-11", 37),
            ("2028-02-29", "2025-02", "2028-02", 37),
            ("2027-01-01", "2024-01", "2026-12", 36),
            ("2027-03-01", "2024-03", "2027-02", 36),
            ("2026-11-02", "2023-11", "2026-10", 36),
        ] {
            let months = calendar(today).months;
            let name = |n: usize| months[n].month.to_string();
            assert_eq!((name(0), name(months.len() - 1), months.len()), (first.into(), last.into(), count), "{today}");
            assert_eq!((months[0].age, months[35].age), (35, 0), "{today}");
        }
    }

    #[test]
    fn the_newest_day_is_a_working_day_just_before_today() {
        for (today, newest) in
            [("2026-11-23", "2026-11-21"), ("2026-11-24", "2026-11-23"), ("2026-11-22", "2026-11-21"), ("2027-01-02", "2027-01-01")]
        {
            assert_eq!(calendar(today).newest.to_string(), newest);
        }
    }

    #[test]
    fn a_running_month_is_done_in_part_and_a_day_in_it_is_not_after_the_newest() {
        let calendar = calendar("2026-11-16");
        let [complete, running] = &calendar.months[35..] else { panic!("two months") };
        assert_eq!(complete.done_per_mille, 1_000);
        assert!((450..500).contains(&running.done_per_mille), "{}", running.done_per_mille);
        let mut random = Random::new(1);
        for _ in 0..1_000 {
            let day = running.any_day(&mut random);
            assert!(day <= calendar.newest && day.weekday() != Weekday::Sun && Month::of(day) == running.month, "{day}");
        }
    }

    #[test]
    fn a_month_that_ended_on_a_sunday_is_complete_on_the_monday_after() {
        let calendar = calendar("2027-03-01");
        assert_eq!((calendar.newest.to_string(), calendar.months[35].done_per_mille), ("2027-02-27".to_owned(), 1_000));
    }
}
