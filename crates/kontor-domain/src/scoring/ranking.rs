//! Ranks by score, and how far they hold when the weights are a little different.

use super::{Points, Score, ratio, score, sums};

/// Weights are varied by this part, in tenths: a weight of 10 becomes 8 and 12.
const VARIED: [u32; 2] = [8, 12];
/// A weight that is not varied, in the same unit.
const AS_IT_IS: u32 = 10;

/// The points of many accounts, a row each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PointsTable {
    columns: usize,
    cells: Vec<Option<Points>>,
}

impl PointsTable {
    /// A table with so many criteria and no accounts yet.
    pub const fn new(columns: usize) -> PointsTable {
        PointsTable { columns, cells: Vec::new() }
    }

    /// Adds an account; its points stand in the order of the criteria, and what is too much or too few is cut or left unknown.
    pub fn push(&mut self, points: impl IntoIterator<Item = Option<Points>>) {
        let end = self.cells.len() + self.columns;
        self.cells.extend(points.into_iter().take(self.columns));
        self.cells.resize(end, None);
    }

    /// The points of an account.
    pub fn row(&self, index: usize) -> &[Option<Points>] {
        &self.cells[index * self.columns..(index + 1) * self.columns]
    }

    /// The points of all accounts.
    pub fn rows(&self) -> impl Iterator<Item = &[Option<Points>]> {
        self.cells.chunks(self.columns.max(1))
    }
}

/// Where an account stands: 1 is the best; equal scores share a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its rank with the weights as they are.
    pub rank: u32,
    /// Its best rank under varied weights.
    pub best: u32,
    /// Its worst rank under varied weights.
    pub worst: u32,
}

/// Ranks all accounts whose coverage reaches `least_coverage` percent.
///
/// The sensitivity analysis: the weight of one criterion at a time is lowered by 20 % and raised by 20 %, all others stay, and since a score divides by
/// the sum of weights they are thereby brought to the same sum again. The range of ranks goes from the best to the worst rank among these 2 × n rankings
/// and the one with the weights as they are. Who is ranked does not change with it.
pub fn rank(weights: &[u32], table: &PointsTable, least_coverage: u8) -> Vec<Option<Place>> {
    let scored: Vec<_> = table.rows().map(|points| score(weights, points)).collect();
    let is_ranked = |scored: &super::Scored| scored.score.is_some() && scored.coverage * 100.0 + 1e-9 >= f64::from(least_coverage);
    let ranked: Vec<usize> = (0..scored.len()).filter(|&index| is_ranked(&scored[index])).collect();
    let base: Vec<Score> = ranked.iter().filter_map(|&index| scored[index].score).collect();
    let mut places: Vec<Place> = ranks(&base).into_iter().map(|rank| Place { rank, best: rank, worst: rank }).collect();
    let known: Vec<(u64, u64)> = ranked.iter().map(|&index| sums(weights, table.row(index))).collect();
    for (column, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
        for factor in VARIED {
            let varied = |(&index, &(sum, of)): (&usize, &(u64, u64))| vary(table.row(index)[column], weight, factor, sum, of);
            let scores: Vec<Score> = ranked.iter().zip(&known).map(varied).collect();
            for (place, rank) in places.iter_mut().zip(ranks(&scores)) {
                place.best = place.best.min(rank);
                place.worst = place.worst.max(rank);
            }
        }
    }
    let mut all = vec![None; scored.len()];
    for (index, place) in ranked.into_iter().zip(places) {
        all[index] = Some(place);
    }
    all
}

/// The score with one weight varied, from the sums with the weights as they are.
fn vary(points: Option<Points>, weight: u32, factor: u32, sum: u64, known: u64) -> Score {
    let (sum, known) = (sum * u64::from(AS_IT_IS), known * u64::from(AS_IT_IS));
    let Some(points) = points else { return ratio(sum, known).unwrap_or_default() };
    let weight = u64::from(weight);
    let swap = |all: u64, part: u64| all - part * u64::from(AS_IT_IS) + part * u64::from(factor);
    ratio(swap(sum, weight * u64::from(points.hundredths())), swap(known, weight)).unwrap_or_default()
}

/// One more than the number of better scores.
fn ranks(scores: &[Score]) -> Vec<u32> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    scores.iter().map(|score| sorted.partition_point(|other| other > score) as u32 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(rows: &[&[i8]]) -> PointsTable {
        let mut table = PointsTable::new(rows.first().map_or(0, |row| row.len()));
        for row in rows {
            table.push(row.iter().map(|&step| u8::try_from(step).ok().map(Points::of_step)));
        }
        table
    }

    fn places(weights: &[u32], rows: &[&[i8]], least: u8) -> Vec<Option<(u32, u32, u32)>> {
        rank(weights, &table(rows), least).into_iter().map(|place| place.map(|place| (place.rank, place.best, place.worst))).collect()
    }

    #[test]
    fn the_range_of_ranks_shows_where_weights_decide() {
        // 50/50: the first has 50 × 5/5 + 50 × 1/5 = 60, the second 50 × 2/5 + 50 × 4/5 = 60: equal. With 40/50 the second leads, with 60/50 the first.
        // The third has 20 whatever the weights are.
        assert_eq!(places(&[50, 50], &[&[5, 1], &[2, 4], &[1, 1]], 0), [Some((1, 1, 2)), Some((1, 1, 2)), Some((3, 3, 3))]);
        // 80 against 20: 84 and 48; 64/20 gives 81 and 50, 80/16 gives 86.7 and 46.7: nothing changes.
        assert_eq!(places(&[80, 20], &[&[5, 1], &[2, 4]], 0), [Some((1, 1, 1)), Some((2, 2, 2))]);
    }

    #[test]
    fn equal_scores_share_a_rank_and_the_next_one_counts_all_before_it() {
        assert_eq!(places(&[1], &[&[4], &[5], &[4], &[0]], 0), [Some((2, 2, 2)), Some((1, 1, 1)), Some((2, 2, 2)), Some((4, 4, 4))]);
    }

    #[test]
    fn all_equal_accounts_are_all_first() {
        assert!(places(&[60, 40], &[&[3, 3], &[3, 3], &[3, 3]], 0).iter().all(|place| *place == Some((1, 1, 1))));
    }

    #[test]
    fn too_little_coverage_is_not_ranked() {
        let rows: [&[i8]; 3] = [&[5, -1], &[1, 1], &[-1, 5]];
        assert_eq!(places(&[60, 40], &rows, 60), [Some((1, 1, 1)), Some((2, 2, 2)), None]);
        assert_eq!(places(&[60, 40], &rows, 61), [None, Some((1, 1, 1)), None]);
        assert_eq!(places(&[0, 0], &rows, 0), [None, None, None]);
        assert_eq!(places(&[], &[], 0), []);
    }

    #[test]
    fn a_row_that_is_too_short_is_filled_with_unknown() {
        let mut table = PointsTable::new(2);
        table.push([Some(Points::MAX)]);
        table.push([None, Some(Points::MAX), Some(Points::MAX)]);
        assert_eq!(table.row(0), [Some(Points::MAX), None]);
        assert_eq!(table.row(1), [None, Some(Points::MAX)]);
    }

    proptest! {
        #[test]
        fn the_rank_lies_within_its_range_and_scaling_weights_changes_nothing(
            weights in prop::collection::vec(0_u32..=40, 3),
            rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0_u8..=5), 3), 0..30),
            factor in 1_u32..20,
        ) {
            let mut table = PointsTable::new(3);
            for row in &rows {
                table.push(row.iter().map(|step| step.map(Points::of_step)));
            }
            let places = rank(&weights, &table, 30);
            let scaled: Vec<u32> = weights.iter().map(|weight| weight * factor).collect();
            prop_assert_eq!(&places, &rank(&scaled, &table, 30));
            let ranked = places.iter().flatten().count() as u32;
            for place in places.iter().flatten() {
                prop_assert!(1 <= place.best && place.best <= place.rank && place.rank <= place.worst && place.worst <= ranked);
            }
        }
    }
}
