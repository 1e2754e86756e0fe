//! Which amounts have tax in them.

use super::{CENT, Settling};
use crate::column::Role;

/// Rates of value added tax, in thousandths.
const RATES: [u32; 30] =
    [10, 19, 21, 25, 26, 37, 38, 40, 50, 55, 60, 70, 77, 80, 81, 90, 95, 100, 130, 135, 160, 170, 180, 190, 200, 210, 220, 230, 240, 250];
/// Rates of taxes on sales are whole eighths of a percent.
const ROUND: f64 = 800.0;
/// Less tax is so coarsely rounded that any rate would do.
const LEAST_TAX: f64 = 0.1;

/// What the tax beside an amount says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taxed {
    /// The tax is a usual part of the amount, which has none in it.
    Net,
    /// The tax is a usual part of what is left of the amount without it.
    Gross,
    /// Neither.
    Unknown,
}

impl Settling<'_> {
    /// Columns of tax in money.
    fn taxes(&self) -> Vec<usize> {
        let is_money = |column: usize| {
            let is_rate =
                |value: f64| RATES.iter().any(|&rate| f64::from(rate) == value * 10.0 || f64::from(rate) == value * 1000.0) || value == 0.0;
            let mut values = self.numbers.iter().filter_map(|row| row[column]);
            values.any(|value| value != 0.0) && !self.holds(|row| row[column].map(is_rate))
        };
        (0..self.width()).filter(|&column| self.hints[column].is_tax && !self.is_taken(column) && is_money(column)).collect()
    }

    /// What the taxes say about an amount of the row.
    fn taxed(&self, amount: impl Fn(&[Option<f64>]) -> Option<f64>) -> Taxed {
        let (mut net, mut gross) = (None, None);
        for tax in self.taxes() {
            let pairs = |of: fn(f64, f64) -> f64| {
                let rows = self.numbers.iter().filter_map(|row| Some((amount(row)?, row[tax]?)));
                let told = rows.filter(|&(amount, tax)| tax.abs() >= LEAST_TAX && of(amount, tax) != 0.0);
                told.map(|(amount, tax)| (of(amount, tax), tax)).collect::<Vec<_>>()
            };
            net = least(net, error_of(&pairs(|amount, _| amount)));
            gross = least(gross, error_of(&pairs(|amount, tax| amount - tax)));
        }
        match (net, gross) {
            // Of small amounts, rounded as they are, one rate says the same as another of the amount without tax.
            (Some(net), Some(gross)) if gross < net => Taxed::Gross,
            (Some(_), _) => Taxed::Net,
            (None, Some(_)) => Taxed::Gross,
            (None, None) => Taxed::Unknown,
        }
    }

    /// A “price” whose tax is that of the line is the amount of the line.
    pub(super) fn price_of_line(&mut self) {
        let (Some(price), Some(product)) = (self.free(Role::UnitPrice), self.product()) else { return };
        if self.column(Role::NetAmount).is_some() || !(self.is_free)(Role::NetAmount) || self.taxed(product) != Taxed::Unknown {
            return;
        }
        match self.taxed(|row| row[price]) {
            Taxed::Net => {
                self.roles.remove(&Role::UnitPrice);
                self.roles.insert(Role::NetAmount, price);
            }
            Taxed::Gross => {
                self.roles.remove(&Role::UnitPrice);
            }
            Taxed::Unknown => {}
        }
    }

    /// Amounts with tax in them are no net amounts, and prices with tax in them no prices.
    pub(super) fn total_with_tax(&mut self) {
        if let Some(net) = self.free(Role::NetAmount).filter(|&net| !self.hints[net].says_net) {
            if let Some(rest) = self.rest_without_tax(net) {
                self.roles.insert(Role::NetAmount, rest);
            } else if self.has_tax_in(net) {
                self.roles.remove(&Role::NetAmount);
            }
        }
        if self.column(Role::NetAmount).is_none()
            && self.free(Role::UnitPrice).is_some_and(|price| !self.hints[price].says_net)
            && self.product().is_some_and(|product| self.taxed(product) == Taxed::Gross)
        {
            self.roles.remove(&Role::UnitPrice);
        }
    }

    /// The column that gives the amount when tax is added, where there is one.
    fn rest_without_tax(&self, net: usize) -> Option<usize> {
        let is_rest = |&column: &usize| {
            column != net
                && !self.is_taken(column)
                && self.may_be_net(column)
                && self.taxes().into_iter().any(|tax| tax != column && self.is_sum(column, tax, net))
        };
        (0..self.width()).find(is_rest)
    }

    fn is_sum(&self, one: usize, tax: usize, sum: usize) -> bool {
        self.holds(|row| {
            let (one, tax, sum) = (row[one]?, row[tax]?, row[sum]?);
            (tax != 0.0).then(|| (one + tax - sum).abs() < CENT)
        })
    }

    fn has_tax_in(&self, net: usize) -> bool {
        let taxes = self.taxes();
        if let Some(product) = self.product() {
            let is_product = self.holds(|row| Some((product(row)? - row[net]?).abs() < CENT));
            let with_tax = |tax: usize| {
                self.holds(|row| {
                    let (tax, net) = (row[tax]?, row[net]?);
                    (tax != 0.0).then_some((product(row)? + tax - net).abs() < CENT)
                })
            };
            if !is_product && taxes.iter().any(|&tax| with_tax(tax)) {
                return true;
            }
            let is_taxed = |row: &[Option<f64>]| {
                let (product, net) = (product(row)?, row[net]?);
                (net.abs() >= 1.0).then(|| RATES.iter().any(|&rate| (product * (1.0 + f64::from(rate) / 1000.0) - net).abs() < CENT))
            };
            let has_tax_beside = self.hints.iter().any(|hints| hints.is_tax);
            if !is_product && has_tax_beside && self.holds(is_taxed) {
                return true;
            }
        }
        let gross = (0..self.width())
            .find(|&column| self.hints[column].says_gross && column != net && self.numbers.iter().any(|row| row[column].is_some()));
        match self.taxed(|row| row[net]) {
            Taxed::Net => false,
            Taxed::Gross => true,
            // A total beside tax that nothing calls net is left to be asked for, unless the amount with tax has a column of its own.
            Taxed::Unknown => !taxes.is_empty() && gross.is_none() && self.hints[net].is_open_total,
        }
    }
}

fn least(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    [one, other].into_iter().flatten().min_by(f64::total_cmp)
}

/// How far taxes are in all from what a usual rate of their amounts gives; `None` where they are no such part of them.
fn error_of(pairs: &[(f64, f64)]) -> Option<f64> {
    let off = |(base, tax): (f64, f64), rate: f64| (base * rate - tax).abs();
    let usual = |pair| RATES.iter().map(|&rate| off(pair, f64::from(rate) / 1000.0)).fold(f64::INFINITY, f64::min);
    // Taxes on sales have any rate, but a round one: the largest row tells it.
    let largest = pairs.iter().max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))?;
    let own = (largest.1 / largest.0 * ROUND).round() / ROUND;
    let sum = |errors: Vec<f64>| {
        let close = errors.iter().filter(|&&error| error < CENT).count();
        (close * 10 >= errors.len() * 9).then(|| errors.iter().sum::<f64>())
    };
    least(sum(pairs.iter().map(|&pair| usual(pair)).collect()), sum(pairs.iter().map(|&pair| off(pair, own)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amounts with their tax, rounded to cents, as pairs of what the tax is taken of and the tax.
    fn pairs(nets: &[i32], rate: f64, of_gross: bool) -> Vec<(f64, f64)> {
        let cents = |value: f64| (value * 100.0).round() / 100.0;
        let pair = |&net: &i32| {
            let (net, tax) = (f64::from(net) / 100.0, cents(f64::from(net) / 100.0 * rate));
            (if of_gross { cents(net + tax) } else { net }, tax)
        };
        nets.iter().map(pair).collect()
    }

    #[test]
    fn taxes_of_usual_rates_are_told() {
        let nets = [1_250, 99_900, 345, 2_999, 1_750_000, 815];
        for rate in [0.19, 0.07, 0.2, 0.081, 0.0825, 0.088_75] {
            assert!(error_of(&pairs(&nets, rate, false)).is_some(), "{rate}");
        }
        assert_eq!(error_of(&pairs(&nets, 0.123_4, false)), None);
        assert_eq!(error_of(&pairs(&nets, 0.19, true)), None);
        assert_eq!(error_of(&[]), None);
    }

    #[test]
    fn small_amounts_with_tax_fit_their_own_rate_best() {
        let nets: Vec<i32> = (0..80).map(|number| 264 + number * 29).collect();
        let (net, gross) = (error_of(&pairs(&nets, 0.19, false)), error_of(&pairs(&nets, 0.19, true)));
        assert!(net.is_some_and(|net| gross.is_none_or(|gross| net < gross / 1.5)), "{net:?} {gross:?}");
    }
}
