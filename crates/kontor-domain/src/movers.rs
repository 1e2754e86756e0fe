//! Movers: whose class changed against the period before.

use std::cmp::Reverse;

use crate::abc::{Class, Ranked};
use crate::amount::Amount;

/// One account whose class changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Its index in the list that both rankings were made of.
    pub index: usize,
    /// Its class in the period before; `None` when it had no line then.
    pub before: Option<Class>,
    /// Its class now; `None` when it has no line any more.
    pub now: Option<Class>,
    /// What it brings now minus what it brought before; `None` where one of the two is unknown.
    pub difference: Option<Amount>,
}

impl Mover {
    /// True when it rose (or is new).
    pub fn is_rise(&self) -> bool {
        match (self.before, self.now) {
            (Some(before), Some(now)) => now < before,
            (before, _) => before.is_none(),
        }
    }
}

/// The accounts whose class differs between two rankings over the same list, those that weigh most first: by how much their amount changed, up or down,
/// whether they rose, fell, came or stayed away, so that whoever is not named at the end of a list changed by less than who is. Equal changes go by the
/// better of both classes, then by how far the account moved, then by its place in the list; unknown changes come last.
///
/// An account without a line in a period is in that period's ranking only if the caller put it there; leave it out to see it as new or gone.
/// `difference` tells by its place how much an account's amount changed.
pub fn movers(before: &[Ranked], now: &[Ranked], difference: impl Fn(usize) -> Option<Amount>) -> Vec<Mover> {
    let size = before.iter().chain(now).map(|ranked| ranked.index + 1).max().unwrap_or(0);
    let mut classes = vec![(None, None); size];
    for ranked in before {
        classes[ranked.index].0 = Some(ranked.class);
    }
    for ranked in now {
        classes[ranked.index].1 = Some(ranked.class);
    }
    let mut movers: Vec<Mover> = classes
        .into_iter()
        .enumerate()
        .filter(|(_, (before, now))| before != now)
        .map(|(index, (before, now))| Mover { index, before, now, difference: difference(index) })
        .collect();
    let place = |class: Option<Class>| class.map_or(3, Class::index);
    movers.sort_by_key(|mover| {
        let (before, now) = (place(mover.before), place(mover.now));
        let weight = mover.difference.map(|difference| difference.raw().unsigned_abs());
        (Reverse(weight), before.min(now), Reverse(before.abs_diff(now)), mover.index)
    });
    movers
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::abc::{Thresholds, rank};

    fn ranking(amounts: &[i64]) -> Vec<Ranked> {
        let accounts: Vec<(&str, Amount)> = amounts.iter().map(|&units| ("x", Amount::from_units(units))).collect();
        rank(&accounts, Thresholds::default())
    }

    fn moved(before: &[i64], now: &[i64]) -> Vec<Mover> {
        let at = |amounts: &[i64], index: usize| Amount::from_units(amounts.get(index).copied().unwrap_or(0));
        movers(&ranking(before), &ranking(now), |index| Some(at(now, index) - at(before, index)))
    }

    #[test]
    fn only_changes_are_listed_the_largest_change_first_whatever_its_kind() {
        let mut before = ranking(&[800, 150, 50, 0, 0]);
        before.retain(|ranked| ranked.index < 3);
        let differences = [0, -90, 80, 120, 1];
        let found = movers(&before, &ranking(&[2000, 60, 130, 120, 1]), |index| Some(Amount::from_units(differences[index])));
        let found: Vec<_> = found.iter().map(|mover| (mover.index, mover.before, mover.now, mover.is_rise())).collect();
        assert_eq!(
            found,
            [
                (3, None, Some(Class::B), true),
                (1, Some(Class::B), Some(Class::C), false),
                (2, Some(Class::C), Some(Class::B), true),
                (4, None, Some(Class::C), true)
            ]
        );
    }

    #[test]
    fn equal_changes_go_by_the_better_class_then_by_their_place_and_unknown_ones_come_last() {
        let mut before = ranking(&[800, 150, 50, 0, 0, 0]);
        before.retain(|ranked| ranked.index < 3);
        let mut now = ranking(&[2000, 20, 150, 40, 40, 40]);
        let differences = [Some(0), Some(-100), Some(100), Some(40), None, Some(40)];
        let order = |now: &[Ranked]| -> Vec<usize> {
            let found = movers(&before, now, |index| differences[index].map(Amount::from_units));
            found.iter().map(|mover| mover.index).collect()
        };
        assert_eq!(order(&now), [1, 2, 3, 5, 4]);
        for ranked in &mut now {
            ranked.class = match ranked.index {
                3 => Class::C,
                5 => Class::A,
                _ => ranked.class,
            };
        }
        assert_eq!(order(&now), [1, 2, 5, 3, 4], "the better class goes first");
        now.retain(|ranked| ranked.index != 2);
        assert_eq!(order(&now)[..2], [1, 2], "of equal changes that of the better class goes first, whoever is gone");
    }

    #[test]
    fn an_account_that_is_gone_fell() {
        let gone = movers(&ranking(&[5]), &[], |_| Some(Amount::from_units(-5)));
        assert_eq!((gone[0].now, gone[0].is_rise(), gone[0].difference), (None, false, Some(Amount::from_units(-5))));
    }

    proptest! {
        #[test]
        fn nobody_left_out_changed_by_more_than_who_is_named(before in vec(-9_i64..99, 0..40), now in vec(-9_i64..99, 0..40), named in 0_usize..40) {
            let found = moved(&before, &now);
            let weight = |mover: &Mover| mover.difference.map(Amount::abs);
            let (named, left_out) = found.split_at(named.min(found.len()));
            let least = named.iter().map(weight).min();
            prop_assert!(left_out.iter().all(|mover| Some(weight(mover)) <= least || named.is_empty()));
        }
    }
}
