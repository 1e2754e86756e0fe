//! The customer valuation by points: what an account is worth beyond its revenue, and why.
//!
//! A [`model`] weighs [`criterion`]s; each gives an account 0 to 5 points, or none while nobody knows. The score is
//!
//! > score = 100 × Σ (weight × points ÷ 5) ÷ Σ weight, both sums over the criteria with points,
//!
//! and beside it always stands its coverage, Σ weight of the criteria with points ÷ Σ weight of all: what is unknown lowers the coverage, never the
//! score. Accounts below the model's least coverage are not ranked. [`ranking`] ranks and varies the weights, [`change`] says why a score moved,
//! [`portfolio`] sets attractiveness against position.

pub mod change;
pub mod criterion;
pub mod defaults;
pub mod model;
pub mod portfolio;
pub mod ranking;

use serde::{Deserialize, Serialize};

/// Points of one criterion, in hundredths: 0 to 5, as the mean of several ratings may lie between two steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(u16);

impl Points {
    /// Five.
    pub const MAX: Points = Points(500);

    /// A whole step, 0–5; what is above counts as 5.
    pub const fn of_step(step: u8) -> Points {
        if step > 5 { Points::MAX } else { Points(step as u16 * 100) }
    }

    /// From hundredths; what is above 500 counts as 5.
    pub const fn of_hundredths(hundredths: u16) -> Points {
        if hundredths > 500 { Points::MAX } else { Points(hundredths) }
    }

    /// In hundredths.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// As a number, 0–5.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// The mean of ratings 0–5, rounded to hundredths, halves up; `None` of none.
    pub fn mean(ratings: &[u8]) -> Option<Points> {
        let count = ratings.len() as u32;
        let sum: u32 = ratings.iter().map(|&rating| u32::from(rating.min(5))).sum();
        (count > 0).then(|| Points(((sum * 200 + count) / (2 * count)) as u16))
    }

    /// The mean of means, rounded the same way; `None` of none.
    pub fn mean_of(points: &[Points]) -> Option<Points> {
        let count = points.len() as u32;
        let sum: u32 = points.iter().map(|points| u32::from(points.0)).sum();
        (count > 0).then(|| Points(((sum * 2 + count) / (2 * count)) as u16))
    }
}

/// A score from 0 to 100, in hundred-thousandths of a point, so that equal scores are equal whatever the weights are scaled by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(u32);

impl Score {
    /// A hundred.
    pub const MAX: Score = Score(10_000_000);

    /// So many whole points; what is above counts as 100.
    pub const fn of_points(points: u32) -> Score {
        if points > 100 { Score::MAX } else { Score(points * 100_000) }
    }

    /// From hundred-thousandths, as it is kept; what is above counts as 100.
    pub const fn of_raw(raw: u32) -> Score {
        if raw > Score::MAX.0 { Score::MAX } else { Score(raw) }
    }

    /// In hundred-thousandths.
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// As a number, 0–100.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100_000.0
    }
}

/// A score and how much of the weight it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scored {
    /// The score; `None` while no criterion with weight has points.
    pub score: Option<Score>,
    /// The part of all weight whose criteria have points, 0–1; 0 where nothing has weight.
    pub coverage: f64,
}

/// The weighted score of one account.
///
/// `weights` may be of any scale; `points` stand in the same order, `None` where nobody knows. Criteria without weight count nowhere.
pub fn score(weights: &[u32], points: &[Option<Points>]) -> Scored {
    let (sum, known) = sums(weights, points);
    let all: u64 = weights.iter().copied().map(u64::from).sum();
    let coverage = if all == 0 { 0.0 } else { known as f64 / all as f64 };
    Scored { score: ratio(sum, known), coverage }
}

/// Σ weight × hundredths, and Σ weight, of the criteria with points.
pub(crate) fn sums(weights: &[u32], points: &[Option<Points>]) -> (u64, u64) {
    let known = weights.iter().zip(points).filter_map(|(&weight, points)| points.map(|points| (u64::from(weight), u64::from(points.0))));
    known.fold((0, 0), |(sum, known), (weight, points)| (sum + weight * points, known + weight))
}

/// The score that sums make, rounded to hundred-thousandths, halves up.
pub(crate) fn ratio(sum: u64, known: u64) -> Option<Score> {
    let whole = u128::from(known) * u128::from(Points::MAX.0);
    let scaled = u128::from(sum) * u128::from(Score::MAX.0);
    (whole > 0).then(|| Score(((scaled * 2 + whole) / (2 * whole)) as u32))
}

/// How many points of the score each criterion brings; they sum to the score. `None` where it has no points, zero without weight.
pub fn contributions(weights: &[u32], points: &[Option<Points>]) -> Vec<Option<f64>> {
    let (_, known) = sums(weights, points);
    let whole = known as f64 * f64::from(Points::MAX.0);
    let of = |weight: u32, points: Points| if known == 0 { 0.0 } else { f64::from(weight) * f64::from(points.0) / whole * 100.0 };
    weights.iter().zip(points).map(|(&weight, points)| points.map(|points| of(weight, points))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps(steps: &[i8]) -> Vec<Option<Points>> {
        steps.iter().map(|&step| u8::try_from(step).ok().map(Points::of_step)).collect()
    }

    fn scored(weights: &[u32], given: &[i8]) -> (Option<f64>, f64) {
        let scored = score(weights, &steps(given));
        (scored.score.map(Score::value), scored.coverage)
    }

    #[test]
    fn the_score_is_the_weighted_share_of_five_points() {
        // 40 × 5/5 + 30 × 3/5 + 20 × 2/5 + 10 × 0/5 = 40 + 18 + 8 + 0
        assert_eq!(scored(&[40, 30, 20, 10], &[5, 3, 2, 0]), (Some(66.0), 1.0));
        assert_eq!(scored(&[40, 30, 20, 10], &[5, 5, 5, 5]), (Some(100.0), 1.0));
        assert_eq!(scored(&[40, 30, 20, 10], &[0, 0, 0, 0]), (Some(0.0), 1.0));
    }

    #[test]
    fn what_is_missing_lowers_the_coverage_and_not_the_score() {
        // (40 × 5/5 + 20 × 2/5) ÷ 60 = 48 ÷ 60
        assert_eq!(scored(&[40, 30, 20, 10], &[5, -1, 2, -1]), (Some(80.0), 0.6));
        assert_eq!(scored(&[40, 30, 20, 10], &[-1, -1, -1, -1]), (None, 0.0));
    }

    #[test]
    fn criteria_without_weight_count_nowhere() {
        assert_eq!(scored(&[100, 0], &[2, 5]), (Some(40.0), 1.0));
        assert_eq!(scored(&[100, 0], &[-1, 5]), (None, 0.0));
        assert_eq!(scored(&[0, 0], &[3, 5]), (None, 0.0));
        assert_eq!(scored(&[], &[]), (None, 0.0));
    }

    #[test]
    fn several_raters_count_by_their_mean() {
        assert_eq!(Points::mean(&[4]), Some(Points::of_step(4)));
        assert_eq!(Points::mean(&[4, 3]).map(Points::hundredths), Some(350));
        assert_eq!(Points::mean(&[5, 5, 4]).map(Points::hundredths), Some(467));
        assert_eq!(Points::mean(&[]), None);
        assert_eq!(Points::mean(&[9]), Some(Points::MAX));
        assert_eq!(Points::mean_of(&[Points::of_step(4), Points::of_hundredths(350)]).map(Points::hundredths), Some(375));
    }

    #[test]
    fn contributions_add_up_to_the_score() {
        let (weights, points) = ([40, 30, 20, 10], steps(&[5, -1, 2, 0]));
        let parts = contributions(&weights, &points);
        assert_eq!(parts[1], None);
        let sum: f64 = parts.iter().flatten().sum();
        assert!((sum - score(&weights, &points).score.expect("a score").value()).abs() < 1e-5, "{parts:?}");
        assert_eq!(contributions(&[0], &steps(&[3])), [Some(0.0)]);
    }

    fn criteria() -> impl Strategy<Value = Vec<(u32, Option<u16>)>> {
        prop::collection::vec((0_u32..=100, prop::option::weighted(0.8, 0_u16..=500)), 0..10)
    }

    fn split(criteria: &[(u32, Option<u16>)]) -> (Vec<u32>, Vec<Option<Points>>) {
        criteria.iter().map(|&(weight, points)| (weight, points.map(Points::of_hundredths))).unzip()
    }

    proptest! {
        #[test]
        fn a_score_lies_between_0_and_100_and_so_does_the_coverage(criteria in criteria()) {
            let (weights, points) = split(&criteria);
            let scored = score(&weights, &points);
            prop_assert!(scored.score.is_none_or(|score| score <= Score::MAX));
            prop_assert!((0.0..=1.0).contains(&scored.coverage));
            prop_assert_eq!(scored.score.is_some(), scored.coverage > 0.0);
        }

        #[test]
        fn more_points_in_a_criterion_never_lower_the_score(criteria in criteria(), place in 0_usize..10, more in 0_u16..=500) {
            let (weights, points) = split(&criteria);
            if let Some(Some(before)) = points.get(place).copied() {
                let mut better = points.clone();
                better[place] = Some(Points::of_hundredths(before.hundredths() + more));
                prop_assert!(score(&weights, &better).score >= score(&weights, &points).score);
            }
        }

        #[test]
        fn weights_scaled_by_a_constant_change_nothing(criteria in criteria(), factor in 1_u32..1000) {
            let (weights, points) = split(&criteria);
            let scaled: Vec<u32> = weights.iter().map(|weight| weight * factor).collect();
            let (plain, scaled) = (score(&weights, &points), score(&scaled, &points));
            prop_assert_eq!(plain.score, scaled.score);
            prop_assert!((plain.coverage - scaled.coverage).abs() < 1e-12);
        }
    }
}
