//! Revenue against margin: who is A in one and C in the other.

use crate::abc::{Class, Ranked};

/// The accounts of each pair of classes: `cells[revenue class][margin class]` holds indices into the list that both rankings were made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrossTable {
    cells: [[Vec<usize>; 3]; 3],
}

impl CrossTable {
    /// The accounts of one cell, in the order of the revenue ranking.
    pub fn cell(&self, revenue: Class, margin: Class) -> &[usize] {
        &self.cells[revenue.index()][margin.index()]
    }

    /// How many accounts the table holds.
    pub fn len(&self) -> usize {
        self.cells.iter().flatten().map(Vec::len).sum()
    }

    /// True when it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Lays two rankings of the same accounts over each other. An account that only one of them holds (its margin is unknown) is in no cell.
pub fn cross(by_revenue: &[Ranked], by_margin: &[Ranked]) -> CrossTable {
    let size = by_revenue.iter().chain(by_margin).map(|ranked| ranked.index + 1).max().unwrap_or(0);
    let mut margin_class = vec![None; size];
    for ranked in by_margin {
        margin_class[ranked.index] = Some(ranked.class);
    }
    let mut table = CrossTable::default();
    for ranked in by_revenue {
        if let Some(margin) = margin_class[ranked.index] {
            table.cells[ranked.class.index()][margin.index()].push(ranked.index);
        }
    }
    table
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
    fn an_a_customer_by_revenue_without_margin_is_in_the_corner() {
        let table = cross(&ranking(&[60, 30, 10]), &ranking(&[0, 80, 20]));
        assert_eq!(table.cell(Class::A, Class::C), [0]);
        assert_eq!(table.cell(Class::A, Class::A), [1]);
        assert_eq!(table.cell(Class::B, Class::B), [2]);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn an_account_of_unknown_margin_is_in_no_cell() {
        let mut by_margin = ranking(&[5, 5]);
        by_margin.retain(|ranked| ranked.index != 0);
        assert_eq!(cross(&ranking(&[5, 5]), &by_margin).len(), 1);
        assert!(cross(&[], &[]).is_empty());
    }
}
