//! Concentration: how much depends on how few.

use crate::abc::Ranked;

/// From which share of the sum an account counts as major: IFRS 8.34 asks to disclose customers of 10 % of revenue or more.
pub const MAJOR_SHARE: f64 = 0.10;

/// The concentration of one ranking. Shares are parts of the sum of all positive amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// Share of the largest account, 0–1.
    pub top1_share: f64,
    /// Share of the five largest, 0–1.
    pub top5_share: f64,
    /// Share of the ten largest, 0–1.
    pub top10_share: f64,
    /// Herfindahl–Hirschman index: the sum of the squared shares, 0–1.
    pub hhi: f64,
    /// 1 / HHI: as many accounts of equal size would be as concentrated. Zero when nothing was sold.
    pub effective_accounts: f64,
    /// Gini coefficient over the accounts with a positive amount: 0 when all are equal, towards 1 when one has everything.
    pub gini: f64,
    /// Places in the ranking of the accounts at or above [`MAJOR_SHARE`].
    pub major: Vec<usize>,
}

/// The concentration of a ranking as [`crate::abc::rank`] gives it. All zero when no account has a positive amount.
///
/// Gini: Σ (2i − n − 1) xᵢ / (n Σ xᵢ) with x ascending, i from 1.
pub fn concentration(ranking: &[Ranked]) -> Concentration {
    let positive: Vec<&Ranked> = ranking.iter().take_while(|ranked| ranked.amount.is_positive()).collect();
    let top = |count: usize| positive.get(..count).unwrap_or(&positive).last().map_or(0.0, |ranked| ranked.cumulative_share);
    // A sum of no floats is −0, which would be told as such.
    let hhi = positive.iter().map(|ranked| ranked.share * ranked.share).fold(0.0, |sum, square| sum + square);
    let count = positive.len() as f64;
    // The ranking descends, so the smallest account comes last and gets i = 1.
    let gini: f64 =
        positive.iter().rev().enumerate().map(|(place, ranked)| (2.0 * (place as f64 + 1.0) - count - 1.0) * ranked.share).sum();
    Concentration {
        top1_share: top(1),
        top5_share: top(5),
        top10_share: top(10),
        hhi,
        effective_accounts: if hhi > 0.0 { 1.0 / hhi } else { 0.0 },
        gini: if count > 0.0 { gini / count } else { 0.0 },
        major: positive.iter().enumerate().filter(|(_, ranked)| ranked.share >= MAJOR_SHARE).map(|(place, _)| place).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Amount;
    use crate::abc::{Thresholds, rank};

    fn of(amounts: &[i64]) -> Concentration {
        let accounts: Vec<(&str, Amount)> = amounts.iter().map(|&units| ("x", Amount::from_units(units))).collect();
        concentration(&rank(&accounts, Thresholds::default()))
    }

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-12
    }

    #[test]
    fn four_equal_accounts() {
        let equal = of(&[25, 25, 25, 25]);
        assert!(near(equal.top1_share, 0.25) && near(equal.top5_share, 1.0) && near(equal.hhi, 0.25));
        assert!(near(equal.effective_accounts, 4.0) && near(equal.gini, 0.0));
        assert_eq!(equal.major, [0, 1, 2, 3]);
    }

    #[test]
    fn one_account_has_everything() {
        let single = of(&[9]);
        assert!(near(single.top1_share, 1.0) && near(single.hhi, 1.0) && near(single.effective_accounts, 1.0) && near(single.gini, 0.0));
    }

    #[test]
    fn gini_of_a_known_distribution() {
        // 1, 2, 3, 4: Σ(2i−n−1)x = −3·1 − 1·2 + 1·3 + 3·4 = 10; 10 / (4·10) = 0.25.
        assert!(near(of(&[4, 1, 3, 2]).gini, 0.25));
    }

    #[test]
    fn exactly_ten_percent_is_major_and_less_is_not() {
        assert_eq!(of(&[70, 10, 9, 6, 5]).major, [0, 1]);
    }

    #[test]
    fn nothing_sold_and_negative_amounts_count_nothing() {
        let none = of(&[]);
        assert!(none.hhi.is_sign_positive() && none.gini.is_sign_positive() && none.top1_share.is_sign_positive());
        assert!(near(none.hhi, 0.0) && near(none.effective_accounts, 0.0) && none.major.is_empty());
        assert!(near(of(&[10, 10, -500]).hhi, 0.5));
    }
}
