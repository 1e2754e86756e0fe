//! What the numbers themselves say about the roles of their columns.

mod discount;
mod net;
mod tax;

use std::collections::BTreeMap;

use super::names::Hints;
use crate::column::Role;

/// The sample's numbers, row by row; absent where they cannot be read. Floats, as nothing is booked from them.
pub type Numbers = [Vec<Option<f64>>];

/// The roles that arithmetic may still move.
pub struct Settling<'a> {
    /// The roles by name and by kind of values.
    pub roles: &'a mut BTreeMap<Role, usize>,
    /// The sample.
    pub numbers: &'a Numbers,
    /// Whether a role was left to be found out, not set by hand.
    pub is_free: &'a dyn Fn(Role) -> bool,
    /// What the headers say, by column.
    pub hints: &'a [Hints],
    /// The invoice of every row of the sample, 0 where it has none.
    pub invoices: &'a [u64],
    /// The article of every row of the sample, 0 where it has none.
    pub articles: &'a [u64],
}

/// Settles by arithmetic which numbers are quantity, price, net amount and cost, and gives up what the numbers refute.
///
/// Where quantity × price (less discount) gives the net amount on nearly all samples, that is it; only columns the user did not choose are moved. A role
/// that would give wrong amounts is given up, so that the user is asked for its column.
pub fn settle(mut settling: Settling<'_>) {
    settling.quantity();
    settling.net_amount();
    settling.net_of_one();
    settling.price();
    settling.same_for_any_quantity();
    settling.price_of_line();
    settling.reduced();
    settling.total_of_document();
    settling.total_with_tax();
    settling.discount();
    settling.price_unit();
    settling.cost();
}

/// How far products may be off by rounding.
const CENT: f64 = 0.011;

impl Settling<'_> {
    fn column(&self, role: Role) -> Option<usize> {
        self.roles.get(&role).copied()
    }

    /// The column of a role that may be moved.
    fn free(&self, role: Role) -> Option<usize> {
        self.column(role).filter(|_| (self.is_free)(role))
    }

    fn is_taken(&self, column: usize) -> bool {
        self.roles.values().any(|&taken| taken == column)
    }

    fn width(&self) -> usize {
        self.numbers.first().map_or(0, Vec::len)
    }

    /// Whether a test holds on nine in ten of the rows that it can be made on, and it can be made on one.
    fn holds(&self, test: impl Fn(&[Option<f64>]) -> Option<bool>) -> bool {
        let (mut seen, mut same) = (0, 0);
        for row in self.numbers {
            if let Some(is_so) = test(row) {
                seen += 1;
                same += usize::from(is_so);
            }
        }
        seen > 0 && same * 10 >= seen * 9
    }

    /// Whether quantity × price gives the net amount on nine rows in ten.
    fn is_product(&self, quantity: usize, price: usize, net: usize) -> bool {
        let discount = self.column(Role::DiscountPercent);
        self.holds(|row| {
            let (quantity, price, net) = (row[quantity]?, row[price]?, row[net]?);
            let discount = discount.and_then(|column| row[column]).unwrap_or(0.0);
            let product = quantity * price;
            let products = [product, product * (1.0 - discount / 100.0), product * (1.0 - discount)];
            Some(products.iter().any(|value| (value - net).abs() < CENT))
        })
    }

    /// The same with the column of quantities.
    fn matches(&self, price: usize, net: usize) -> bool {
        self.column(Role::Quantity).is_some_and(|quantity| self.is_product(quantity, price, net))
    }

    /// Quantity × price less discount, as it would be booked without a net amount.
    fn product(&self) -> Option<impl Fn(&[Option<f64>]) -> Option<f64> + use<>> {
        let (quantity, price) = (self.column(Role::Quantity)?, self.column(Role::UnitPrice)?);
        let discount = self.column(Role::DiscountPercent);
        let largest = discount.map_or(0.0, |column| self.numbers.iter().filter_map(|row| row[column]).fold(0.0, f64::max));
        let whole = if largest <= 1.0 { 1.0 } else { 100.0 };
        Some(move |row: &[Option<f64>]| {
            let discount = discount.and_then(|column| row[column]).unwrap_or(0.0);
            Some(row[quantity]? * row[price]? * (1.0 - discount / whole))
        })
    }

    /// The column that is the price, whatever it is called.
    fn price(&mut self) {
        let (Some(net), Some(quantity)) = (self.column(Role::NetAmount), self.column(Role::Quantity)) else { return };
        if self.column(Role::UnitPrice).is_some_and(|price| self.matches(price, net)) || !(self.is_free)(Role::UnitPrice) {
            return;
        }
        let discount = self.column(Role::DiscountPercent);
        let is_other = |column: &usize| *column != net && *column != quantity && Some(*column) != discount;
        let Some(price) = (0..self.width()).filter(is_other).find(|&column| self.matches(column, net)) else { return };
        if self.column(Role::UnitCost) == Some(price) {
            // The two were mistaken for each other.
            match self.column(Role::UnitPrice) {
                Some(old) => self.roles.insert(Role::UnitCost, old),
                None => self.roles.remove(&Role::UnitCost),
            };
        }
        self.roles.retain(|_, column| *column != price);
        self.roles.insert(Role::UnitPrice, price);
    }

    /// A price for ten or a hundred units is none of one: without a net amount there is then nothing to reckon with.
    fn price_unit(&mut self) {
        let is_unit = |value: f64| [1.0, 10.0, 100.0, 1_000.0, 10_000.0].contains(&value);
        let are_units = |column: usize| {
            self.hints[column].is_price_unit
                && self.holds(|row| row[column].map(is_unit))
                && self.numbers.iter().any(|row| row[column] != Some(1.0))
        };
        let Some(unit) = (0..self.width()).find(|&column| are_units(column)) else { return };
        // Some call the price of one unit that, too.
        let is_only = !self.hints.iter().enumerate().any(|(column, hints)| column != unit && hints.price > 0);
        if is_only || self.column(Role::NetAmount).is_some_and(|net| self.matches(unit, net)) {
            return;
        }
        let is_price = self.free(Role::UnitPrice) == Some(unit);
        if is_price || (self.free(Role::UnitPrice).is_some() && self.column(Role::NetAmount).is_none()) {
            self.roles.remove(&Role::UnitPrice);
        }
    }

    /// Costs that the header does not tell to be per unit or of the line are what makes them a believable part of the net amount.
    fn cost(&mut self) {
        let (from, to) = match (self.column(Role::UnitCost), self.column(Role::LineCost)) {
            (Some(_), None) => (Role::UnitCost, Role::LineCost),
            (None, Some(_)) => (Role::LineCost, Role::UnitCost),
            _ => return,
        };
        let (Some(cost), Some(net), Some(quantity)) = (self.column(from), self.column(Role::NetAmount), self.column(Role::Quantity)) else {
            return;
        };
        if !(self.is_free)(from) || !(self.is_free)(to) || !self.hints[cost].is_open_cost {
            return;
        }
        let mut of_line = Vec::new();
        let mut per_unit = Vec::new();
        for row in self.numbers {
            if let (Some(cost), Some(net), Some(quantity)) = (row[cost], row[net], row[quantity])
                && net > 0.0
                && cost > 0.0
            {
                of_line.push(cost / net);
                per_unit.push(cost * quantity / net);
            }
        }
        let is_believable = |share: Option<f64>| share.is_some_and(|share| (0.2..=1.2).contains(&share));
        let (of_line, per_unit) = (is_believable(median(of_line)), is_believable(median(per_unit)));
        let is_wrong = if from == Role::UnitCost { of_line && !per_unit } else { per_unit && !of_line };
        if is_wrong {
            self.roles.remove(&from);
            self.roles.insert(to, cost);
        }
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(roles: &[(Role, usize)], headers: &[&str], rows: &[&[f64]]) -> BTreeMap<Role, usize> {
        let mut roles: BTreeMap<Role, usize> = roles.iter().copied().collect();
        let numbers: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        let hints: Vec<Hints> = headers.iter().map(|header| Hints::new(header)).collect();
        settle(Settling { roles: &mut roles, numbers: &numbers, is_free: &|_| true, hints: &hints, invoices: &[], articles: &[] });
        roles
    }

    const QUANTITY: (Role, usize) = (Role::Quantity, 0);

    #[test]
    fn price_is_told_from_cost() {
        let roles = settled(
            &[QUANTITY, (Role::UnitPrice, 2), (Role::UnitCost, 1), (Role::NetAmount, 3)],
            &["Menge", "EK", "VK", "Netto"],
            &[&[2.0, 10.0, 6.0, 20.0], &[3.0, 5.0, 4.0, 15.0]],
        );
        assert_eq!((roles[&Role::UnitPrice], roles.get(&Role::UnitCost)), (1, Some(&2)));
    }

    #[test]
    fn the_line_s_amount_is_told_from_the_invoice_s() {
        let headers = ["Menge", "Preis", "Gesamt", "Positionsbetrag"];
        let rows: [&[f64]; 2] = [&[2.0, 10.0, 35.0, 20.0], &[3.0, 5.0, 35.0, 15.0]];
        let roles = settled(&[QUANTITY, (Role::UnitPrice, 1), (Role::NetAmount, 2)], &headers, &rows);
        assert_eq!(roles[&Role::NetAmount], 3);
    }

    #[test]
    fn cost_per_unit_is_told_from_cost_of_the_line() {
        let rows: [&[f64]; 3] = [&[20.0, 200.0, 7.0], &[30.0, 150.0, 3.5], &[50.0, 500.0, 6.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::LineCost, 2)], &["Menge", "Netto", "Kosten"], &rows);
        assert_eq!((roles.get(&Role::UnitCost), roles.get(&Role::LineCost)), (Some(&2), None));
        let rows: [&[f64]; 3] = [&[20.0, 200.0, 140.0], &[30.0, 150.0, 105.0], &[50.0, 500.0, 300.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::UnitCost, 2)], &["Menge", "Netto", "EK"], &rows);
        assert_eq!((roles.get(&Role::UnitCost), roles.get(&Role::LineCost)), (None, Some(&2)));
        let rows: [&[f64]; 2] = [&[1.0, 200.0, 140.0], &[1.0, 150.0, 105.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::UnitCost, 2)], &["Menge", "Netto", "EK"], &rows);
        assert_eq!(roles.get(&Role::UnitCost), Some(&2), "where both could be, the name decides");
    }
}
