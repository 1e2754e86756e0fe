//! ABC classes: which accounts carry the business.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// The class of an account by its cumulative share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// The few that bring most of it.
    A,
    /// The middle.
    B,
    /// The many small ones, and all without a positive amount.
    C,
}

impl Class {
    /// The classes in order.
    pub const ALL: [Class; 3] = [Class::A, Class::B, Class::C];

    /// 0, 1, 2.
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(["A", "B", "C"][self.index()])
    }
}

/// What the accounts are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// Net invoiced amount.
    #[default]
    Revenue,
    /// Revenue minus cost of goods, of the lines whose cost is known.
    Margin,
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Metric::Revenue => "revenue",
            Metric::Margin => "margin",
        })
    }
}

impl FromStr for Metric {
    type Err = String;

    fn from_str(text: &str) -> Result<Metric, String> {
        match text {
            "revenue" => Ok(Metric::Revenue),
            "margin" => Ok(Metric::Margin),
            _ => Err(format!("not a metric: “{text}”; give revenue or margin")),
        }
    }
}

/// Where A and B end, as cumulative shares in percent; `0 < a < b < 100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Thresholds {
    a: u8,
    b: u8,
}

impl Thresholds {
    /// Both ends in percent; `None` unless `0 < a < b < 100`.
    pub const fn new(a: u8, b: u8) -> Option<Thresholds> {
        if 0 < a && a < b && b < 100 { Some(Thresholds { a, b }) } else { None }
    }

    /// Where A ends, in percent.
    pub const fn a(self) -> u8 {
        self.a
    }

    /// Where B ends, in percent.
    pub const fn b(self) -> u8 {
        self.b
    }
}

/// 80 and 95, as in most textbooks on the ABC analysis.
impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { a: 80, b: 95 }
    }
}

/// `80,95`.
impl fmt::Display for Thresholds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.a, self.b)
    }
}

impl FromStr for Thresholds {
    type Err = String;

    fn from_str(text: &str) -> Result<Thresholds, String> {
        text.split_once(',')
            .and_then(|(a, b)| Thresholds::new(a.trim().parse().ok()?, b.trim().parse().ok()?))
            .ok_or_else(|| format!("not two thresholds: “{text}”; give two percentages, the smaller first, such as 80,95"))
    }
}

/// One account in the ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its place in the list that was given.
    pub index: usize,
    /// 1 for the largest.
    pub rank: usize,
    /// What it was ranked by.
    pub amount: Amount,
    /// Its part of the sum of all positive amounts, 0–1; zero for an amount that is not positive.
    pub share: f64,
    /// The share of this account and all before it, 0–1; stays where it was for amounts that are not positive.
    pub cumulative_share: f64,
    /// Its class.
    pub class: Class,
}

/// Ranks accounts by amount and gives each its class.
///
/// Accounts with a positive amount come in descending order, ties by account number; an account is A while the cumulative share *before* it is
/// below the first threshold, B while it is below the second, else C. Accounts without a positive amount follow in the same order, are C, and do
/// not count in the sum that shares are part of. The comparison with the thresholds is exact, in whole numbers.
///
/// `accounts` are (account number, amount); the result refers to them by index and is empty for an empty list.
pub fn rank(accounts: &[(&str, Amount)], thresholds: Thresholds) -> Vec<Ranked> {
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|&x, &y| accounts[y].1.cmp(&accounts[x].1).then_with(|| accounts[x].0.cmp(accounts[y].0)));
    let total: i128 = accounts.iter().filter(|(_, amount)| amount.is_positive()).map(|(_, amount)| i128::from(amount.raw())).sum();
    let is_below = |part: i128, percent: u8| part * 100 < total * i128::from(percent);
    let mut before: i128 = 0;
    order
        .into_iter()
        .enumerate()
        .map(|(place, index)| {
            let amount = accounts[index].1;
            let class = match amount.is_positive() {
                true if is_below(before, thresholds.a) => Class::A,
                true if is_below(before, thresholds.b) => Class::B,
                _ => Class::C,
            };
            let counted = if amount.is_positive() { i128::from(amount.raw()) } else { 0 };
            before += counted;
            let of_total = |part: i128| if total == 0 { 0.0 } else { part as f64 / total as f64 };
            Ranked { index, rank: place + 1, amount, share: of_total(counted), cumulative_share: of_total(before), class }
        })
        .collect()
}

/// The part of a ranking that is left where not all accounts are seen: rank and class stay as they are among all, amounts and shares are those of what
/// is left, in whose order it comes. `keep` says for the index of an account what its index is in the list that is left, and what is seen of its amount.
pub fn part_of(ranking: &[Ranked], keep: impl Fn(usize) -> Option<(usize, Amount)>) -> Vec<Ranked> {
    let kept = |ranked: &Ranked| keep(ranked.index).map(|(index, amount)| Ranked { index, amount, ..*ranked });
    let mut part: Vec<Ranked> = ranking.iter().filter_map(kept).collect();
    part.sort_by_key(|ranked| std::cmp::Reverse(ranked.amount));
    let counted = |ranked: &Ranked| if ranked.amount.is_positive() { i128::from(ranked.amount.raw()) } else { 0 };
    let total: i128 = part.iter().map(counted).sum();
    let of_total = |part: i128| if total == 0 { 0.0 } else { part as f64 / total as f64 };
    let mut before = 0;
    for ranked in &mut part {
        before += counted(ranked);
        (ranked.share, ranked.cumulative_share) = (of_total(counted(ranked)), of_total(before));
    }
    part
}

/// How many accounts a class has and what they bring.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassSum {
    /// Number of accounts.
    pub accounts: usize,
    /// Sum of their amounts, negative ones included.
    pub amount: Amount,
    /// Share of the sum of all positive amounts that the class's positive amounts bring, 0–1.
    pub share: f64,
}

/// The sums of A, B and C of a ranking.
pub fn class_sums(ranking: &[Ranked]) -> [ClassSum; 3] {
    let mut sums = [ClassSum::default(); 3];
    for ranked in ranking {
        let sum = &mut sums[ranked.class.index()];
        sum.accounts += 1;
        sum.amount += ranked.amount;
        sum.share += ranked.share;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn classes(amounts: &[i64]) -> String {
        let numbers: Vec<String> = (0..amounts.len()).map(|n| format!("{n:03}")).collect();
        let accounts: Vec<(&str, Amount)> =
            numbers.iter().zip(amounts).map(|(number, &units)| (number.as_str(), Amount::from_units(units))).collect();
        let ranking = rank(&accounts, Thresholds::default());
        ranking.iter().map(|ranked| format!("{}{}", ranked.index, ranked.class)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_account_is_a_while_the_share_before_it_is_below_80_percent() {
        assert_eq!(classes(&[50, 30, 15, 5]), "0A 1A 2B 3C");
        assert_eq!(classes(&[79, 16, 5]), "0A 1A 2C");
        assert_eq!(classes(&[81, 15, 4]), "0A 1B 2C");
    }

    #[test]
    fn one_account_is_a_and_none_is_none() {
        assert_eq!(classes(&[7]), "0A");
        assert_eq!(classes(&[]), "");
    }

    #[test]
    fn ties_are_ordered_by_account_number() {
        assert_eq!(classes(&[10, 10, 10, 10, 10]), "0A 1A 2A 3A 4B");
        let ranking = rank(&[("b", Amount::from_units(1)), ("a", Amount::from_units(1))], Thresholds::default());
        assert_eq!(ranking.iter().map(|ranked| ranked.index).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn amounts_that_are_not_positive_are_c_and_stand_last_outside_the_sum() {
        assert_eq!(classes(&[-5, 0, 10]), "2A 1C 0C");
        assert_eq!(classes(&[-5, -6]), "0C 1C");
        let ranking = rank(&[("a", Amount::from_units(-90)), ("b", Amount::from_units(10))], Thresholds::default());
        assert_eq!((ranking[0].share, ranking[1].share, ranking[1].cumulative_share), (1.0, 0.0, 1.0));
    }

    #[test]
    fn thresholds_are_two_rising_percentages() {
        assert_eq!("70, 90".parse(), Ok(Thresholds { a: 70, b: 90 }));
        for text in ["", "80", "95,80", "0,50", "80,100", "80,80", "a,b"] {
            assert!(text.parse::<Thresholds>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_ranking_keeps_rank_and_class_and_shares_anew() {
        let units = [60, 30, 10, -5];
        let accounts: Vec<(&str, Amount)> = ["a", "b", "c", "d"].into_iter().zip(units.map(Amount::from_units)).collect();
        let keep = |index: usize| (index > 0).then(|| (index - 1, accounts[index].1));
        let part = part_of(&rank(&accounts, Thresholds::default()), keep);
        let told: Vec<(usize, usize, Class, f64)> =
            part.iter().map(|ranked| (ranked.index, ranked.rank, ranked.class, ranked.share)).collect();
        assert_eq!(told, [(0, 2, Class::A, 0.75), (1, 3, Class::B, 0.25), (2, 4, Class::C, 0.0)]);
        assert!((part[2].cumulative_share - 1.0).abs() < 1e-12);
        assert!(part_of(&part, |_| None).is_empty());
    }

    #[test]
    fn a_part_comes_in_the_order_of_what_is_seen_of_it() {
        let accounts = [("a", Amount::from_units(60)), ("b", Amount::from_units(40))];
        let seen = [Amount::from_units(5), Amount::from_units(15)];
        let part = part_of(&rank(&accounts, Thresholds::default()), |index| Some((index, seen[index])));
        let told: Vec<(usize, usize, f64)> = part.iter().map(|ranked| (ranked.index, ranked.rank, ranked.share)).collect();
        assert_eq!(told, [(1, 2, 0.75), (0, 1, 0.25)]);
    }

    proptest! {
        #[test]
        fn classes_partition_the_accounts_and_shares_sum_to_one(amounts in prop::collection::vec(-1_000_i64..1_000_000, 0..200)) {
            let numbers: Vec<String> = (0..amounts.len()).map(|n| n.to_string()).collect();
            let accounts: Vec<(&str, Amount)> = numbers.iter().zip(&amounts).map(|(n, &raw)| (n.as_str(), Amount::from_raw(raw))).collect();
            let ranking = rank(&accounts, Thresholds::default());
            let sums = class_sums(&ranking);
            prop_assert_eq!(sums.iter().map(|sum| sum.accounts).sum::<usize>(), amounts.len());
            prop_assert_eq!(sums.iter().map(|sum| sum.amount).sum::<Amount>(), amounts.iter().map(|&raw| Amount::from_raw(raw)).sum::<Amount>());
            let mut seen: Vec<usize> = ranking.iter().map(|ranked| ranked.index).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..amounts.len()).collect::<Vec<_>>());
            prop_assert!(ranking.windows(2).all(|pair| pair[0].class <= pair[1].class && pair[0].amount >= pair[1].amount));
            if amounts.iter().any(|&raw| raw > 0) {
                prop_assert!((ranking.iter().map(|ranked| ranked.share).sum::<f64>() - 1.0).abs() < 1e-9);
                prop_assert!((ranking[ranking.len() - 1].cumulative_share - 1.0).abs() < 1e-12);
            }
        }
    }
}
