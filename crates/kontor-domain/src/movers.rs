//! Movers: whose class changed against the period before.

use crate::abc::{Class, Ranked};

/// One account whose class changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mover {
    /// Its index in the list that both rankings were made of.
    pub index: usize,
    /// Its class in the period before; `None` when it had no line then.
    pub before: Option<Class>,
    /// Its class now; `None` when it has no line any more.
    pub now: Option<Class>,
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

/// The accounts whose class differs between two rankings over the same list, those that matter most first: by the better of their two classes,
/// then by how far they moved, then by their place in the list.
///
/// An account without a line in a period is in that period's ranking only if the caller put it there; leave it out to see it as new or gone.
pub fn movers(before: &[Ranked], now: &[Ranked]) -> Vec<Mover> {
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
        .map(|(index, (before, now))| Mover { index, before, now })
        .collect();
    let place = |class: Option<Class>| class.map_or(3, Class::index);
    movers.sort_by_key(|mover| {
        let (before, now) = (place(mover.before), place(mover.now));
        (before.min(now), std::cmp::Reverse(before.abs_diff(now)), mover.index)
    });
    movers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Amount;
    use crate::abc::{Thresholds, rank};

    fn ranking(amounts: &[i64]) -> Vec<Ranked> {
        let accounts: Vec<(&str, Amount)> = amounts.iter().map(|&units| ("x", Amount::from_units(units))).collect();
        rank(&accounts, Thresholds::default())
    }

    #[test]
    fn only_changes_are_listed_the_weightiest_first() {
        let mut before = ranking(&[80, 15, 5, 0]);
        before.retain(|ranked| ranked.index != 3);
        let found = movers(&before, &ranking(&[80, 5, 15, 0]));
        let found: Vec<_> = found.iter().map(|mover| (mover.index, mover.before, mover.now, mover.is_rise())).collect();
        assert_eq!(
            found,
            [(1, Some(Class::B), Some(Class::C), false), (2, Some(Class::C), Some(Class::B), true), (3, None, Some(Class::C), true)]
        );
    }

    #[test]
    fn an_account_that_is_gone_fell() {
        let gone = movers(&ranking(&[5]), &[]);
        assert_eq!((gone[0].now, gone[0].is_rise()), (None, false));
    }
}
