//! Who rose and who fell against the period before, and by how much.

use kontor_domain::Amount;

use super::table::{SumsExt, Valuation};
use crate::order::sort_head;

/// The change of one account's amount by the metric asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The row of the valuation.
    pub index: usize,
    /// Amount of the period minus amount of the period before.
    pub difference: Amount,
}

/// Those of one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// How many.
    pub count: usize,
    /// All their differences together.
    pub sum: Amount,
    /// The largest changes, the largest first.
    pub largest: Vec<Change>,
}

/// Both directions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that bring more than before.
    pub risen: Side,
    /// Those that bring less.
    pub fallen: Side,
}

/// The changes of all accounts, of which at most so many are kept by name on each side. An account whose amount is unknown in one of the periods, having lines in
/// it, is on neither side: there is nothing to compare.
pub fn changes(valuation: &Valuation, most: usize) -> Changes {
    let metric = valuation.asked.metric;
    let all = valuation.rows.iter().enumerate().filter_map(|(index, row)| {
        let difference = row.now.amount_or_zero(metric)? - row.before.amount_or_zero(metric)?;
        Some(Change { index, difference })
    });
    let (risen, fallen): (Vec<Change>, Vec<Change>) =
        all.filter(|change| !change.difference.is_zero()).partition(|change| change.difference.is_positive());
    Changes { risen: side(risen, most), fallen: side(fallen, most) }
}

fn side(mut all: Vec<Change>, most: usize) -> Side {
    let (count, sum) = (all.len(), all.iter().map(|change| change.difference).sum());
    sort_head(&mut all, most, |one, other| other.difference.abs().cmp(&one.difference.abs()).then(one.index.cmp(&other.index)));
    all.truncate(most);
    Side { count, sum, largest: all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_changes_come_first_and_all_are_summed() {
        let change = |index, units| Change { index, difference: Amount::from_units(units) };
        let fallen = side(vec![change(0, -5), change(1, -50), change(2, -50), change(3, -1)], 2);
        assert_eq!((fallen.count, fallen.sum), (4, Amount::from_units(-106)));
        assert_eq!(fallen.largest, [change(1, -50), change(2, -50)]);
        assert_eq!(side(vec![], 5), Side::default());
    }
}
