//! Which discounts are percent, and which make quantity × price wrong.

use std::collections::HashSet;

use super::{CENT, Settling};
use crate::column::Role;
use crate::read::columns::names::Reduction;

/// How many different discounts tell amounts from percent.
const DIFFERENT: usize = 10;

/// How many reduced lines tell which amount is the reduced one.
const REDUCED: usize = 3;

impl Settling<'_> {
    /// Beside an amount before the discount, the one after it is the net amount.
    pub(super) fn reduced(&mut self) {
        let Some(net) = self.free(Role::NetAmount) else { return };
        let reductions: Vec<usize> =
            (0..self.width()).filter(|&column| column != net && self.hints[column].reduction != Reduction::None).collect();
        let is_after = |after: usize, discount: usize| {
            let is_less = |row: &[Option<f64>]| {
                let (before, discount, after) = (row[net]?, row[discount]?.abs(), row[after]?);
                let less = [before - discount, before * (1.0 - discount / 100.0), before * (1.0 - discount)];
                (discount != 0.0 && before != 0.0).then(|| less.iter().any(|less| (less - after).abs() < CENT))
            };
            self.numbers.iter().filter(|row| is_less(row).is_some()).count() >= REDUCED && self.holds(is_less)
        };
        let is_other =
            |column: &usize| *column != net && !self.is_taken(*column) && self.may_be_net(*column) && !reductions.contains(column);
        let after = (0..self.width()).filter(is_other).find(|&after| reductions.iter().any(|&discount| is_after(after, discount)));
        if let Some(after) = after {
            self.roles.insert(Role::NetAmount, after);
        }
    }

    /// Discounts in money are not in percent. Where one is left that cannot be reckoned with, quantity × price is not the net amount either.
    pub(super) fn discount(&mut self) {
        if let Some(discount) = self.free(Role::DiscountPercent)
            && (self.is_in_price(discount) || self.is_money(discount))
        {
            self.roles.remove(&Role::DiscountPercent);
            if self.is_in_price(discount) {
                return;
            }
        }
        let reduces =
            |column: usize| self.hints[column].reduction != Reduction::None && !self.is_taken(column) && !self.is_same_in_money(column);
        let is_filled = |column: usize| self.numbers.iter().any(|row| row[column].is_some_and(|value| value != 0.0));
        let is_reduced = (0..self.width()).any(|column| reduces(column) && is_filled(column));
        if is_reduced && self.free(Role::NetAmount).is_some_and(|net| self.hints[net].says_gross) {
            self.roles.remove(&Role::NetAmount);
        }
        if self.column(Role::NetAmount).is_some() || self.free(Role::UnitPrice).is_none() || self.column(Role::Quantity).is_none() {
            return;
        }
        if is_reduced {
            self.roles.remove(&Role::UnitPrice);
        }
    }

    /// Whether a column holds in money what the discount says in percent.
    fn is_same_in_money(&self, money: usize) -> bool {
        let (Some(product), Some(quantity), Some(price)) = (self.product(), self.column(Role::Quantity), self.column(Role::UnitPrice))
        else {
            return false;
        };
        self.column(Role::DiscountPercent).is_some()
            && self.holds(|row| {
                let money = row[money]?.abs();
                Some((row[quantity]? * row[price]? - product(row)? - money).abs() < CENT)
            })
    }

    /// Whether the price is that of another column less the discount.
    fn is_in_price(&self, discount: usize) -> bool {
        let Some(price) = self.column(Role::UnitPrice) else { return false };
        let is_full = |full: usize| {
            full != price
                && self.hints[full].price > 0
                && !self.hints[full].says_gross
                && self.holds(|row| {
                    let (price, full, discount) = (row[price]?, row[full]?, row[discount]?);
                    let less = [full * (1.0 - discount / 100.0), full * (1.0 - discount)];
                    (discount != 0.0).then(|| less.iter().any(|less| (less - price).abs() < CENT))
                })
        };
        (0..self.width()).any(is_full)
    }

    /// Whether discounts are amounts rather than percent.
    fn is_money(&self, discount: usize) -> bool {
        let (Some(quantity), Some(price)) = (self.column(Role::Quantity), self.column(Role::UnitPrice)) else {
            return self.numbers.iter().any(|row| row[discount].is_some_and(|value| value.abs() > 100.0));
        };
        if let Some(net) = self.column(Role::NetAmount) {
            let is_less = |of: &dyn Fn(f64, f64) -> [f64; 2]| {
                self.holds(|row| {
                    let (product, discount, net) = (row[quantity]? * row[price]?, row[discount]?, row[net]?);
                    (discount != 0.0).then(|| of(product, discount).iter().any(|less| (less - net).abs() < CENT))
                })
            };
            let is_percent = is_less(&|product, discount| [product * (1.0 - discount / 100.0), product * (1.0 - discount)]);
            if is_less(&|product, discount| [product - discount, product + discount]) || is_percent {
                return !is_percent;
            }
        }
        if self.numbers.iter().any(|row| row[discount].is_some_and(|value| value.abs() > 100.0)) {
            return true;
        }
        if self.hints[discount].reduction == Reduction::Percent {
            return false;
        }
        // Amounts that were reckoned from percent are many; the percent they come from are few.
        let mut amounts = HashSet::new();
        let mut shares = HashSet::new();
        for row in self.numbers {
            if let (Some(quantity), Some(price), Some(discount)) = (row[quantity], row[price], row[discount])
                && discount != 0.0
                && quantity * price != 0.0
            {
                amounts.insert(rounded(discount));
                shares.insert(rounded(discount / (quantity * price) * 100.0));
            }
        }
        amounts.len() >= DIFFERENT && shares.len() * 2 <= amounts.len()
    }
}

/// A number as a key, to a hundredth.
fn rounded(value: f64) -> String {
    format!("{value:.2}")
}
