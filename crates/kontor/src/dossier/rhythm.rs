//! How often an account buys, and whether its silence is longer than usual.

use chrono::NaiveDate;

/// So many of the newest days with an invoice are looked at.
pub const DAYS_MAX: usize = 25;
/// With fewer gaps than this nothing is usual yet.
const GAPS_MIN: usize = 4;

/// When an account bought last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The day of its newest invoice.
    pub last: NaiveDate,
    /// How many days usually lie between two days with an invoice; `None` with too few to tell.
    pub usual_gap: Option<i64>,
    /// Whether the time from the newest invoice to the newest day in the ledger is longer than twice the usual gap and than any gap looked at.
    pub is_unusual: bool,
}

/// The rhythm of the days with an invoice, the newest first, as of the newest day in the ledger: what came after that day is not known, so it is no
/// silence. The usual gap is the median of the gaps, the longer one of the two in the middle. `None` without a day.
pub fn rhythm(days: impl IntoIterator<Item = NaiveDate>, as_of: NaiveDate) -> Option<Rhythm> {
    let mut days: Vec<NaiveDate> = days.into_iter().collect();
    days.dedup();
    days.truncate(DAYS_MAX);
    let last = *days.first()?;
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| (pair[0] - pair[1]).num_days()).collect();
    gaps.sort_unstable();
    let usual_gap = (gaps.len() >= GAPS_MIN).then(|| gaps[gaps.len() / 2]);
    let silence = (as_of - last).num_days();
    let longest = gaps.last().copied().unwrap_or_default();
    Some(Rhythm { last, usual_gap, is_unusual: usual_gap.is_some_and(|usual| silence > 2 * usual && silence > longest) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn of(days: &[&str], as_of: &str) -> Option<Rhythm> {
        rhythm(days.iter().map(|text| day(text)), day(as_of))
    }

    const WEEKLY: [&str; 6] = ["2026-03-30", "2026-03-23", "2026-03-16", "2026-03-16", "2026-03-09", "2026-03-02"];

    #[test]
    fn the_usual_gap_is_the_median_between_days() {
        let weekly = of(&WEEKLY, "2026-03-31").expect("a rhythm");
        assert_eq!(weekly, Rhythm { last: day("2026-03-30"), usual_gap: Some(7), is_unusual: false });
        let uneven = of(&["2026-03-30", "2026-03-29", "2026-03-19", "2026-03-16", "2026-02-14"], "2026-03-31").expect("a rhythm");
        assert_eq!(uneven.usual_gap, Some(10), "of 1, 3, 10 and 30 days");
    }

    #[test]
    fn silence_is_unusual_when_longer_than_twice_the_usual_gap_and_than_any_gap() {
        assert!(!of(&WEEKLY, "2026-04-13").expect("a rhythm").is_unusual, "14 days are twice the gap, not more");
        assert!(of(&WEEKLY, "2026-04-14").expect("a rhythm").is_unusual);
        let after_a_pause = ["2026-03-30", "2026-03-23", "2026-03-16", "2026-03-09", "2026-01-09"];
        assert!(!of(&after_a_pause, "2026-05-28").expect("a rhythm").is_unusual, "59 days: it has paused so long before");
        assert!(of(&after_a_pause, "2026-05-29").expect("a rhythm").is_unusual, "60 days");
    }

    #[test]
    fn with_few_invoices_nothing_is_usual_and_without_any_there_is_no_rhythm() {
        let few = of(&["2026-03-30", "2026-03-01"], "2027-03-30").expect("a rhythm");
        assert_eq!((few.usual_gap, few.is_unusual), (None, false));
        assert_eq!(of(&[], "2026-03-30"), None);
    }
}
