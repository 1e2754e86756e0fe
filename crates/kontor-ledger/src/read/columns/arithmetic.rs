//! What the numbers themselves say about the roles of their columns.

use std::collections::BTreeMap;

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
    /// The columns whose headers would do for the net amount, too.
    pub net_names: &'a [usize],
    /// Whether the header of the column of costs leaves open if they are per unit.
    pub is_cost_open: &'a dyn Fn(usize) -> bool,
}

/// Settles by arithmetic which numbers are price, net amount and cost.
///
/// Where quantity × price (less discount) gives the net amount on nearly all samples, that is it; only columns the user did not choose are moved.
pub fn settle(mut settling: Settling<'_>) {
    settling.net_amount();
    settling.price();
    settling.cost();
}

impl Settling<'_> {
    fn column(&self, role: Role) -> Option<usize> {
        self.roles.get(&role).copied()
    }

    /// Whether quantity × price gives the net amount on nine rows in ten.
    fn matches(&self, price: usize, net: usize) -> bool {
        let Some(quantity) = self.column(Role::Quantity) else { return false };
        let discount = self.column(Role::DiscountPercent);
        let (mut seen, mut same) = (0, 0);
        for row in self.numbers {
            let (Some(quantity), Some(price), Some(net)) = (row[quantity], row[price], row[net]) else { continue };
            let discount = discount.and_then(|column| row[column]).unwrap_or(0.0);
            let product = quantity * price;
            let products = [product, product * (1.0 - discount / 100.0), product * (1.0 - discount)];
            seen += 1;
            same += usize::from(products.iter().any(|value| (value - net).abs() < 0.011));
        }
        seen > 0 && same * 10 >= seen * 9
    }

    /// Of several columns that could be the net amount by their names, the one that is quantity × price.
    fn net_amount(&mut self) {
        let (Some(net), Some(price)) = (self.column(Role::NetAmount), self.column(Role::UnitPrice)) else { return };
        if !(self.is_free)(Role::NetAmount) || self.matches(price, net) {
            return;
        }
        let is_other = |column: &usize| *column != net && *column != price && !self.roles.values().any(|taken| taken == column);
        if let Some(better) = self.net_names.iter().copied().filter(is_other).find(|&column| self.matches(price, column)) {
            self.roles.insert(Role::NetAmount, better);
        }
    }

    /// The column that is the price, whatever it is called.
    fn price(&mut self) {
        let (Some(net), Some(quantity)) = (self.column(Role::NetAmount), self.column(Role::Quantity)) else { return };
        if self.column(Role::UnitPrice).is_some_and(|price| self.matches(price, net)) || !(self.is_free)(Role::UnitPrice) {
            return;
        }
        let discount = self.column(Role::DiscountPercent);
        let width = self.numbers.first().map_or(0, Vec::len);
        let is_other = |column: &usize| *column != net && *column != quantity && Some(*column) != discount;
        let Some(price) = (0..width).filter(is_other).find(|&column| self.matches(column, net)) else { return };
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
        if !(self.is_free)(from) || !(self.is_free)(to) || !(self.is_cost_open)(cost) {
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

    fn settled(roles: &[(Role, usize)], rows: &[&[f64]], net_names: &[usize]) -> BTreeMap<Role, usize> {
        let mut roles: BTreeMap<Role, usize> = roles.iter().copied().collect();
        let numbers: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        settle(Settling { roles: &mut roles, numbers: &numbers, is_free: &|_| true, net_names, is_cost_open: &|_| true });
        roles
    }

    const QUANTITY: (Role, usize) = (Role::Quantity, 0);

    #[test]
    fn price_is_told_from_cost() {
        let roles = settled(
            &[QUANTITY, (Role::UnitPrice, 2), (Role::UnitCost, 1), (Role::NetAmount, 3)],
            &[&[2.0, 10.0, 6.0, 20.0], &[3.0, 5.0, 4.0, 15.0]],
            &[],
        );
        assert_eq!((roles[&Role::UnitPrice], roles.get(&Role::UnitCost)), (1, Some(&2)));
    }

    #[test]
    fn the_line_s_amount_is_told_from_the_invoice_s() {
        let roles =
            settled(&[QUANTITY, (Role::UnitPrice, 1), (Role::NetAmount, 2)], &[&[2.0, 10.0, 35.0, 20.0], &[3.0, 5.0, 35.0, 15.0]], &[2, 3]);
        assert_eq!(roles[&Role::NetAmount], 3);
    }

    #[test]
    fn cost_per_unit_is_told_from_cost_of_the_line() {
        let rows: [&[f64]; 3] = [&[20.0, 200.0, 7.0], &[30.0, 150.0, 3.5], &[50.0, 500.0, 6.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::LineCost, 2)], &rows, &[]);
        assert_eq!((roles.get(&Role::UnitCost), roles.get(&Role::LineCost)), (Some(&2), None));
        let rows: [&[f64]; 3] = [&[20.0, 200.0, 140.0], &[30.0, 150.0, 105.0], &[50.0, 500.0, 300.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::UnitCost, 2)], &rows, &[]);
        assert_eq!((roles.get(&Role::UnitCost), roles.get(&Role::LineCost)), (None, Some(&2)));
        let rows: [&[f64]; 2] = [&[1.0, 200.0, 140.0], &[1.0, 150.0, 105.0]];
        let roles = settled(&[QUANTITY, (Role::NetAmount, 1), (Role::UnitCost, 2)], &rows, &[]);
        assert_eq!(roles.get(&Role::UnitCost), Some(&2), "where both could be, the name decides");
    }
}
