//! How an account's buying runs over the months.

/// The course of an account's buying. An *age* counts months back from the last complete one, which is 0; the month that runs is −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Year after year this many percent more (less when negative) than in the year before.
    Growing(i32),
    /// As ever until ten months ago, then falling to a fifth.
    Leaving,
    /// Nothing before; the first order so many months ago.
    NewSince(i32),
    /// The last order so many months ago.
    GoneSince(i32),
    /// Nothing for a while: from `left` months ago to `back` months ago.
    Returned {
        /// Months since the last order before the gap.
        left: i32,
        /// Months since the first order after the gap.
        back: i32,
    },
    /// The same every year, but by season: hundredths of the average month, January to December.
    Seasonal([u16; 12]),
}

impl Course {
    /// How much is bought in a month, in thousandths of the account's pace, before the season of the trade. `month` is 1 for January.
    pub(super) fn per_mille(self, age: i32, month: u32) -> i64 {
        let within = |is_buying: bool| if is_buying { 1_000 } else { 0 };
        match self {
            Course::Growing(percent) => {
                // A straight line whose last twelve months are on average the pace, and the twelve before them as much less as the growth says.
                let less_a_year_ago = percent * 1_000 / (100 + percent);
                i64::from((1_000 + (11 - 2 * age) * less_a_year_ago / 24).max(50))
            }
            Course::Leaving => i64::from((200 + 80 * age.max(0)).min(1_000)),
            Course::NewSince(months) => within(age < months),
            Course::GoneSince(months) => within(age >= months),
            Course::Returned { left, back } => within(age >= left || age < back),
            Course::Seasonal(months) => i64::from(months[(month as usize - 1) % 12]) * 10,
        }
    }

    /// True when the seasons of the trade come on top; an account with seasons of its own has no others.
    pub(super) const fn follows_the_trade(self) -> bool {
        !matches!(self, Course::Seasonal(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(course: Course, first_age: i32) -> i64 {
        (first_age..first_age + 12).map(|age| course.per_mille(age, 1)).sum()
    }

    #[test]
    fn growth_compares_the_last_twelve_months_with_the_twelve_before() {
        for (percent, before) in [(0, 12_000), (42, 8_450), (-20, 15_000)] {
            let course = Course::Growing(percent);
            assert!((year(course, 0) - 12_000).abs() < 30, "{percent}: {}", year(course, 0));
            assert!((year(course, 12) - before).abs() < 60, "{percent}: {}", year(course, 12));
        }
    }

    #[test]
    fn whoever_left_or_has_not_come_yet_buys_nothing() {
        assert_eq!((Course::NewSince(5).per_mille(4, 1), Course::NewSince(5).per_mille(5, 1)), (1_000, 0));
        assert_eq!((Course::GoneSince(5).per_mille(-1, 1), Course::GoneSince(5).per_mille(5, 1)), (0, 1_000));
        let returned = Course::Returned { left: 20, back: 4 };
        assert_eq!([3, 4, 19, 20].map(|age| returned.per_mille(age, 1)), [1_000, 0, 0, 1_000]);
        assert_eq!([-1, 0, 10, 35].map(|age| Course::Leaving.per_mille(age, 1)), [200, 200, 1_000, 1_000]);
    }
}
