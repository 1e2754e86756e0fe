//! Pareto: how few bring how much.

use crate::abc::Ranked;

/// The shape of the Pareto curve of one ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pareto {
    /// Share that the largest fifth of the accounts brings, 0–1; the fifth is rounded up, all accounts with an amount above zero count.
    pub top20_share: f64,
    /// The balance point: this part of the accounts (0–1) brings the rest, `1 - balance_point`, of the sum. 0.2 is the classic 80/20.
    pub balance_point: f64,
}

/// The Pareto figures of a ranking as [`crate::abc::rank`] gives it. All zero when no account has a positive amount.
///
/// The balance point is where the curve of cumulative shares, a straight line between two accounts, crosses the falling diagonal.
pub fn pareto(ranking: &[Ranked]) -> Pareto {
    let positive = ranking.iter().take_while(|ranked| ranked.amount.is_positive()).count();
    if positive == 0 {
        return Pareto { top20_share: 0.0, balance_point: 0.0 };
    }
    let top20_share = ranking[positive.div_ceil(5) - 1].cumulative_share;
    let step = 1.0 / positive as f64;
    let (mut part, mut share) = (0.0, 0.0);
    for ranked in &ranking[..positive] {
        let (next_part, next_share) = (part + step, ranked.cumulative_share);
        if next_part + next_share >= 1.0 {
            let missing = 1.0 - part - share;
            let gained = (next_part - part) + (next_share - share);
            return Pareto { top20_share, balance_point: part + step * missing / gained };
        }
        (part, share) = (next_part, next_share);
    }
    Pareto { top20_share, balance_point: 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Amount;
    use crate::abc::{Thresholds, rank};

    fn of(amounts: &[i64]) -> Pareto {
        let accounts: Vec<(&str, Amount)> = amounts.iter().map(|&units| ("x", Amount::from_units(units))).collect();
        pareto(&rank(&accounts, Thresholds::default()))
    }

    #[test]
    fn the_largest_fifth_is_rounded_up() {
        assert_eq!(of(&[40, 30, 20, 10]).top20_share, 0.4);
        assert_eq!(of(&[40, 20, 20, 10, 5, 5]).top20_share, 0.6);
        assert_eq!(of(&[40, 60, -7]).top20_share, 0.6);
    }

    #[test]
    fn equal_accounts_balance_at_one_half() {
        assert!((of(&[1, 1, 1, 1]).balance_point - 0.5).abs() < 1e-12);
        assert!((of(&[5]).balance_point - 0.5).abs() < 1e-12);
    }

    #[test]
    fn eighty_twenty_balances_at_a_fifth() {
        let mut amounts = vec![20; 4];
        amounts.extend([20; 0]);
        amounts.extend(vec![1; 16]);
        let of_80 = of(&amounts);
        assert!((of_80.top20_share - 80.0 / 96.0).abs() < 1e-12);
        assert!(of(&[80, 5, 5, 5, 5]).balance_point - 0.2 < 1e-12);
    }

    #[test]
    fn nothing_sold_is_zero() {
        assert_eq!(of(&[]), Pareto { top20_share: 0.0, balance_point: 0.0 });
        assert_eq!(of(&[-5, 0]), Pareto { top20_share: 0.0, balance_point: 0.0 });
    }
}
