//! Which column is the net amount of the line, and which is the quantity or the price that was taken for it.

use std::collections::HashMap;

use super::{CENT, Settling};
use crate::column::Role;

/// How many invoices of several lines must repeat an amount before it is the invoice's and not the line's.
const REPEATED: usize = 2;
/// The same where neither quantity nor price speak for it.
const REPEATED_ALONE: usize = 5;
/// How many articles must cost the same whatever the quantity.
const SAME_ARTICLES: usize = 3;
/// How much more than its lines an invoice may come to with tax and freight.
const WITH_TAX: f64 = 1.35;

impl Settling<'_> {
    /// The quantity: where several could be it, the one that gives the net amount; where an amount counts pieces, that.
    pub(super) fn quantity(&mut self) {
        if let (Some(quantity), Some(price), Some(net)) =
            (self.free(Role::Quantity), self.column(Role::UnitPrice), self.column(Role::NetAmount))
            && !self.matches(price, net)
        {
            let is_other = |column: &usize| self.hints[*column].quantity > 0 && *column != quantity && !self.is_taken(*column);
            if let Some(better) = (0..self.width()).filter(is_other).find(|&column| self.is_product(column, price, net)) {
                self.roles.insert(Role::Quantity, better);
            }
        }
        self.pieces();
    }

    /// An “amount” or “sales” of pieces.
    fn pieces(&mut self) {
        let Some(net) = self.free(Role::NetAmount) else { return };
        match (self.column(Role::Quantity), self.column(Role::UnitPrice)) {
            (Some(quantity), _) => {
                let is_settled = self.column(Role::UnitPrice).is_some_and(|price| self.matches(price, net));
                let is_same = !is_settled && self.varies(net) && self.holds(|row| Some((row[quantity]? - row[net]?).abs() < CENT / 10.0));
                if is_same {
                    match self.next_net(net) {
                        Some(next) => self.roles.insert(Role::NetAmount, next),
                        None => self.roles.remove(&Role::NetAmount),
                    };
                }
            }
            (None, Some(price)) if (self.is_free)(Role::Quantity) => {
                let is_total = |column: &usize| !self.is_taken(*column) && self.may_be_net(*column) && self.is_product(net, price, *column);
                if let Some(total) = (0..self.width()).find(is_total) {
                    self.roles.insert(Role::Quantity, net);
                    self.roles.insert(Role::NetAmount, total);
                } else if self.counts_pieces(net, price) {
                    self.roles.remove(&Role::NetAmount);
                    self.roles.insert(Role::Quantity, net);
                }
            }
            _ => {}
        }
    }

    /// Whether an amount is whole on all rows, beside prices that are not and of which it is no multiple.
    fn counts_pieces(&self, net: usize, price: usize) -> bool {
        let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
        let is_multiple = |row: &[Option<f64>]| {
            let (net, price) = (row[net]?, row[price]?);
            (price != 0.0).then(|| is_whole(net / price) && net != 0.0)
        };
        let (tried, multiples) =
            self.numbers.iter().filter_map(|row| is_multiple(row)).fold((0, 0), |(tried, many), is| (tried + 1, many + usize::from(is)));
        self.numbers.iter().all(|row| row[net].is_none_or(is_whole))
            && self.numbers.iter().any(|row| row[price].is_some_and(|price| !is_whole(price)))
            && multiples * 2 < tried
            && self.numbers.iter().filter(|row| row[net].zip(row[price]).is_some_and(|(net, price)| net < price / 2.0)).count() * 10
                >= tried
            && self.hints[net].net < 90
            && !self.hints[net].says_net
    }

    /// Whether a column can be the net amount: it does not say that it is something else.
    pub(super) fn may_be_net(&self, column: usize) -> bool {
        let hints = &self.hints[column];
        !hints.says_gross && !hints.is_tax
    }

    fn varies(&self, column: usize) -> bool {
        let mut values = self.numbers.iter().filter_map(|row| row[column]);
        values.next().is_some_and(|first| values.any(|value| value != first))
    }

    /// The next best net amount by its header.
    fn next_net(&self, net: usize) -> Option<usize> {
        let is_other =
            |column: &usize| *column != net && self.hints[*column].net > 0 && !self.is_taken(*column) && self.may_be_net(*column);
        let has_numbers = |column: &usize| self.numbers.iter().any(|row| row[*column].is_some());
        (0..self.width()).filter(is_other).filter(has_numbers).max_by_key(|&column| self.hints[column].net)
    }

    /// Of several columns that could be the net amount by their names, the one that is quantity × price.
    pub(super) fn net_amount(&mut self) {
        let (Some(net), Some(price)) = (self.free(Role::NetAmount), self.column(Role::UnitPrice)) else { return };
        if self.matches(price, net) {
            return;
        }
        let is_other = |column: &usize| self.hints[*column].net > 0 && !self.hints[*column].says_gross && !self.is_taken(*column);
        if let Some(better) = (0..self.width()).filter(is_other).find(|&column| self.matches(price, column)) {
            self.roles.insert(Role::NetAmount, better);
        }
    }

    /// A net amount that gives another column when multiplied by the quantity is the price, and that other one the net amount.
    pub(super) fn net_of_one(&mut self) {
        let (Some(net), Some(quantity)) = (self.free(Role::NetAmount), self.column(Role::Quantity)) else { return };
        let is_settled = self.column(Role::UnitPrice).is_some_and(|price| !(self.is_free)(Role::UnitPrice) || self.matches(price, net));
        // Quantities of one would make any two equal columns price and amount.
        let several = self.numbers.iter().filter(|row| row[quantity].is_some_and(|quantity| quantity.abs() != 1.0)).count();
        if is_settled || several * 3 < self.numbers.len() {
            return;
        }
        let is_total = |column: &usize| {
            let column = *column;
            let is_open = !self.is_taken(column) || self.free(Role::UnitPrice) == Some(column);
            column != net && is_open && self.may_be_net(column) && self.varies(column) && self.is_product(quantity, net, column)
        };
        if let Some(total) = (0..self.width()).find(is_total) {
            self.roles.insert(Role::UnitPrice, net);
            self.roles.insert(Role::NetAmount, total);
        }
    }

    /// An amount that every line of an invoice repeats, or that only its first line has, is the invoice's. The lines then have theirs from
    /// quantity × price, if that adds up to it.
    pub(super) fn total_of_document(&mut self) {
        let Some(net) = self.free(Role::NetAmount) else { return };
        let product = self.product();
        let mut invoices: HashMap<u64, Vec<(Option<f64>, f64)>> = HashMap::new();
        for (row, &invoice) in self.numbers.iter().zip(self.invoices).filter(|(_, invoice)| **invoice != 0) {
            if let Some(of_line) = product.as_ref().map_or(Some(f64::NAN), |product| product(row)) {
                invoices.entry(invoice).or_default().push((row[net], of_line));
            }
        }
        let has_product = product.is_some();
        let telling: Vec<Repeated> = invoices.values().filter_map(|lines| Repeated::of(lines, has_product)).collect();
        let repeated: Vec<&Repeated> = telling.iter().filter(|invoice| invoice.is_repeated).collect();
        let least = if has_product { REPEATED } else { REPEATED_ALONE };
        let is_named = has_product || self.hints[net].is_document_total;
        if !is_named || repeated.len() < least || repeated.len() * 10 < telling.len() * 9 {
            return;
        }
        self.roles.remove(&Role::NetAmount);
        let believable = repeated.iter().filter(|invoice| (0.998..WITH_TAX).contains(&invoice.share)).count();
        // Less than its lines: they have tax in them, or the invoice a discount of its own.
        if believable * 10 < repeated.len() * 8 && (self.is_free)(Role::UnitPrice) {
            self.roles.remove(&Role::UnitPrice);
        }
    }

    /// An amount of an article that does not grow with the quantity is the price of one. Only in files that have customers: in a file of positions
    /// the sums of the headers tell it better.
    pub(super) fn same_for_any_quantity(&mut self) {
        let (Some(net), Some(quantity)) = (self.free(Role::NetAmount), self.column(Role::Quantity)) else { return };
        let has_customers = self.roles.contains_key(&Role::AccountNumber) || self.roles.contains_key(&Role::AccountName);
        if !has_customers || self.roles.contains_key(&Role::UnitPrice) || !(self.is_free)(Role::UnitPrice) {
            return;
        }
        let mut articles: HashMap<u64, Vec<(f64, f64)>> = HashMap::new();
        for (row, &article) in self.numbers.iter().zip(self.articles).filter(|(_, article)| **article != 0) {
            if let (Some(net), Some(quantity)) = (row[net], row[quantity]) {
                articles.entry(article).or_default().push((net.abs(), quantity.abs()));
            }
        }
        let sold: Vec<&Vec<(f64, f64)>> = articles.values().filter(|lines| lines.iter().any(|line| line.1 != lines[0].1)).collect();
        let same = sold.iter().filter(|lines| lines.iter().all(|line| (line.0 - lines[0].0).abs() < CENT)).count();
        if same >= SAME_ARTICLES && same * 10 >= sold.len() * 9 {
            self.roles.remove(&Role::NetAmount);
            self.roles.insert(Role::UnitPrice, net);
        }
    }
}

/// An invoice of several lines that can tell whether an amount is its own or its lines'.
struct Repeated {
    /// Whether the amount is the same wherever a line has it, and not the line's own.
    is_repeated: bool,
    /// The amount by the sum of the lines.
    share: f64,
}

impl Repeated {
    /// The amount and the product of each line; `None` where they tell nothing.
    fn of(lines: &[(Option<f64>, f64)], has_product: bool) -> Option<Repeated> {
        let mut present = lines.iter().filter_map(|&(amount, product)| Some((amount?, product)));
        let (total, _) = present.clone().next()?;
        let is_whole = present.clone().count() == lines.len();
        let differ = lines.iter().any(|line| (line.1 - lines[0].1).abs() > CENT);
        if lines.len() < 2 || (has_product && is_whole && !differ) || (!has_product && !is_whole) {
            return None;
        }
        let is_own = has_product && present.clone().all(|(amount, product)| (amount - product).abs() < CENT);
        let is_repeated = present.all(|(amount, _)| (amount - total).abs() < CENT) && !is_own;
        Some(Repeated { is_repeated, share: total / lines.iter().map(|line| line.1).sum::<f64>() })
    }
}
