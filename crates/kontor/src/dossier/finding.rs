//! What is to be said about an account's course in one sentence: simple rules, the first that fits.

use std::sync::Arc;

use kontor_domain::growth::{Growth, growth};
use kontor_domain::{Amount, Month};

use super::figures::{CoursePoint, GroupRow};

/// A change smaller than this part is none.
const FLAT: f64 = 0.02;
/// A course must have lasted so many months.
const RUN_MIN: usize = 3;
/// A product group is named when it makes up at least this part of the change.
const DRIVER_MIN: f64 = 0.5;

/// The finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// No line in the period.
    Nothing,
    /// Credit notes outweigh invoices.
    Credits,
    /// Nothing in the period before: a new account, or one that came back.
    New,
    /// For at least three complete months, up to the last one, each is below the same month of the year before, though the period as a whole is not below.
    BelowSince(Month),
    /// The same above.
    AboveSince(Month),
    /// The change against the period before, and what else is known of it.
    Changed {
        /// The rate, at least 2 % up or down.
        rate: f64,
        /// The product group that makes up at least half of it.
        driver: Option<Arc<str>>,
        /// The month since which each has gone the same way, when that are at least three and not all of the period.
        since: Option<Month>,
    },
    /// Less than 2 % up or down.
    Steady,
    /// There is nothing to compare with: the month with the most revenue.
    Best(Month),
}

/// What the rules look at.
pub struct Evidence<'a> {
    /// Whether there is a line in the period.
    pub has_lines: bool,
    /// Revenue of the period.
    pub now: Amount,
    /// Revenue of the period before; `None` where the ledger does not reach back so far.
    pub before: Option<Amount>,
    /// The complete months of the period, in order.
    pub months: &'a [CoursePoint],
    /// The product groups of both periods.
    pub groups: &'a [GroupRow],
}

/// The first rule that fits.
pub fn finding(evidence: &Evidence<'_>) -> Finding {
    if !evidence.has_lines {
        return Finding::Nothing;
    }
    if evidence.now.is_negative() {
        return Finding::Credits;
    }
    let Some(before) = evidence.before else { return best(evidence.months) };
    let rate = match growth(evidence.now, before) {
        Growth::Rate(rate) => rate,
        Growth::New => return Finding::New,
        Growth::None => return best(evidence.months),
    };
    let (below, above) = (run(evidence.months, |now, before| now < before), run(evidence.months, |now, before| now > before));
    match (below, above) {
        (Some(month), _) if rate > -FLAT => Finding::BelowSince(month),
        (_, Some(month)) if rate < FLAT => Finding::AboveSince(month),
        _ if rate.abs() < FLAT => Finding::Steady,
        _ => {
            let since = if rate < 0.0 { below } else { above };
            let is_news = |month: &Month| evidence.months.first().is_some_and(|first| first.month < *month);
            Finding::Changed { rate, driver: driver(evidence.now - before, evidence.groups), since: since.filter(is_news) }
        }
    }
}

/// The first month of the run that lasts to the end; `None` when it is shorter than three months.
fn run(months: &[CoursePoint], holds: impl Fn(Amount, Amount) -> bool) -> Option<Month> {
    let fits = |point: &&CoursePoint| point.before.is_some_and(|before| holds(point.sums.revenue, before));
    let length = months.iter().rev().take_while(fits).count();
    (length >= RUN_MIN).then(|| months[months.len() - length].month)
}

/// The group with the largest part of the change, when that is at least half of it.
fn driver(change: Amount, groups: &[GroupRow]) -> Option<Arc<str>> {
    let part = |group: &GroupRow| (group.now.revenue - group.before.revenue).share_of(change);
    let largest = groups.iter().max_by(|one, other| part(one).total_cmp(&part(other)))?;
    largest.group.clone().filter(|_| groups.len() > 1 && part(largest) >= DRIVER_MIN)
}

fn best(months: &[CoursePoint]) -> Finding {
    let best = months.iter().rev().filter(|point| point.sums.revenue.is_positive()).max_by_key(|point| point.sums.revenue);
    best.map_or(Finding::Steady, |point| Finding::Best(point.month))
}

#[cfg(test)]
mod tests {
    use kontor_ledger::sums::Sums;

    use super::*;

    fn sums(units: i64) -> Sums {
        Sums { revenue: Amount::from_units(units), lines: 1, ..Sums::default() }
    }

    /// Months from January 2026 on: revenue and that of the year before.
    fn months(course: &[(i64, i64)]) -> Vec<CoursePoint> {
        let point = |(place, &(now, before)): (usize, &(i64, i64))| CoursePoint {
            month: Month::from_index(2026 * 12 + place as i32),
            sums: sums(now),
            before: Some(Amount::from_units(before)),
        };
        course.iter().enumerate().map(point).collect()
    }

    fn groups(rows: &[(&str, i64, i64)]) -> Vec<GroupRow> {
        let row = |&(name, now, before): &(&str, i64, i64)| GroupRow {
            group: (!name.is_empty()).then(|| name.into()),
            now: sums(now),
            before: sums(before),
        };
        rows.iter().map(row).collect()
    }

    fn of(course: &[(i64, i64)], rows: &[(&str, i64, i64)]) -> Finding {
        let (months, groups) = (months(course), groups(rows));
        let sum = |of: fn(&(i64, i64)) -> i64| Amount::from_units(course.iter().map(of).sum());
        let evidence = Evidence { has_lines: true, now: sum(|m| m.0), before: Some(sum(|m| m.1)), months: &months, groups: &groups };
        finding(&evidence)
    }

    fn changed(percent: i64, driver: Option<&str>) -> Finding {
        Finding::Changed { rate: (100 + percent) as f64 / 100.0 - 1.0, driver: driver.map(Into::into), since: None }
    }

    fn month(number: i32) -> Month {
        Month::from_index(2026 * 12 + number - 1)
    }

    #[test]
    fn a_change_names_the_group_that_makes_up_half_of_it() {
        let course = [(112, 100), (90, 90), (110, 110)];
        assert_eq!(
            of(&course[..1], &[("Antriebe", 67, 60), ("Ketten", 45, 40)]),
            changed(12, Some("Antriebe")),
            "7 of 12 is more than half"
        );
        assert_eq!(of(&course[..1], &[("Antriebe", 65, 60), ("Ketten", 43, 40), ("Lager", 4, 0)]), changed(12, None));
        assert_eq!(of(&course[..1], &[("Antriebe", 112, 100)]), changed(12, None), "one group alone says nothing");
        assert_eq!(of(&course[..1], &[("", 72, 60), ("Ketten", 40, 40)]), changed(12, None), "no group has no name");
    }

    #[test]
    fn a_fall_names_the_group_that_fell() {
        assert_eq!(of(&[(70, 100)], &[("Antriebe", 20, 60), ("Ketten", 50, 40)]), changed(-30, Some("Antriebe")));
    }

    #[test]
    fn three_months_below_in_a_period_that_is_not_are_the_finding() {
        assert_eq!(of(&[(60, 20), (9, 10), (9, 10), (9, 10)], &[]), Finding::BelowSince(month(2)));
        assert_eq!(of(&[(60, 20), (9, 10), (9, 10)], &[]), changed(95, None), "two are too few");
        assert_eq!(of(&[(60, 20), (9, 10), (9, 10), (10, 10)], &[]), changed(76, None), "as much is not below");
        assert_eq!(of(&[(9, 10), (9, 10), (9, 10)], &[]), changed(-10, None), "the whole period is below already");
    }

    #[test]
    fn a_fall_says_since_when_unless_that_is_the_whole_period() {
        let since = |month| Finding::Changed { rate: 0.7 - 1.0, driver: None, since: month };
        assert_eq!(of(&[(10, 10), (10, 10), (5, 10), (5, 10), (5, 10)], &[]), since(Some(month(3))));
        assert_eq!(of(&[(7, 10), (7, 10), (7, 10)], &[]), since(None));
        assert_eq!(
            of(&[(10, 10), (10, 10), (1, 10), (9, 10), (5, 10)], &[("Antriebe", 5, 20), ("Ketten", 30, 30)]),
            Finding::Changed { rate: 0.7 - 1.0, driver: Some("Antriebe".into()), since: Some(month(3)) }
        );
    }

    #[test]
    fn three_months_above_in_a_period_that_is_not_are_the_finding() {
        assert_eq!(of(&[(20, 60), (11, 10), (11, 10), (11, 10)], &[]), Finding::AboveSince(month(2)));
    }

    #[test]
    fn less_than_two_percent_is_steady() {
        assert_eq!(of(&[(101, 100)], &[]), Finding::Steady);
        assert_eq!(of(&[(99, 100)], &[]), Finding::Steady);
        assert_eq!(of(&[(102, 100)], &[]), changed(2, None));
    }

    #[test]
    fn without_a_year_before_no_month_is_below_it() {
        let mut months = months(&[(60, 20), (9, 10), (9, 10), (9, 10)]);
        months[3].before = None;
        let evidence =
            Evidence { has_lines: true, now: Amount::from_units(50), before: Some(Amount::from_units(50)), months: &months, groups: &[] };
        assert_eq!(finding(&evidence), Finding::Steady);
    }

    #[test]
    fn where_there_is_nothing_to_compare_with_the_best_month_is_named() {
        let months = months(&[(5, 0), (9, 0), (9, 0)]);
        let evidence = |has_lines, now: i64, before: Option<i64>| {
            let (now, before) = (Amount::from_units(now), before.map(Amount::from_units));
            finding(&Evidence { has_lines, now, before, months: &months, groups: &[] })
        };
        assert_eq!(evidence(true, 23, None), Finding::Best(month(2)), "the earlier of two alike");
        assert_eq!(evidence(true, 23, Some(-5)), Finding::Best(month(2)), "a rate against less than nothing means nothing");
        assert_eq!(evidence(true, 23, Some(0)), Finding::New);
        assert_eq!(evidence(true, -1, Some(10)), Finding::Credits);
        assert_eq!(evidence(false, 0, Some(10)), Finding::Nothing);
    }
}
