//! What is summed up of lines.

use chrono::NaiveDate;
use kontor_domain::amount::Amount;
use serde::{Deserialize, Serialize};

use crate::Error;

/// Sums over lines, in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Sum of net amounts.
    pub revenue: Amount,
    /// Sum of the cost of goods, of the lines whose cost is known.
    pub cost: Amount,
    /// Revenue of the lines whose cost is known.
    pub known_revenue: Amount,
    /// Number of lines.
    pub lines: i64,
    /// Number of invoices and credit notes, each counted on the day of its first line; lines without an invoice number count none.
    pub invoices: i64,
    /// Number of lines of credit notes and cancellations.
    pub credit_lines: i64,
    /// First day with a line.
    pub first: Option<NaiveDate>,
    /// Last day with a line.
    pub last: Option<NaiveDate>,
}

impl Sums {
    /// Revenue minus cost, of the lines whose cost is known; `None` when that is none of them, as unknown is not zero.
    pub fn margin(&self) -> Option<Amount> {
        let is_known = !(self.known_revenue.is_zero() && self.cost.is_zero());
        is_known.then(|| self.known_revenue - self.cost)
    }

    /// The part of the revenue whose cost is known, 0–1.
    pub fn margin_known_share(&self) -> f64 {
        self.known_revenue.share_of(self.revenue)
    }
}

/// Sums in the making: plain numbers in ten-thousandths and days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Total {
    pub(crate) revenue: i64,
    pub(crate) cost: i64,
    pub(crate) known_revenue: i64,
    pub(crate) lines: i64,
    pub(crate) invoices: i64,
    pub(crate) credit_lines: i64,
    pub(crate) reversals: i64,
    pub(crate) first: i32,
    pub(crate) last: i32,
}

impl Default for Total {
    fn default() -> Total {
        Total {
            revenue: 0,
            cost: 0,
            known_revenue: 0,
            lines: 0,
            invoices: 0,
            credit_lines: 0,
            reversals: 0,
            first: i32::MAX,
            last: i32::MIN,
        }
    }
}

/// One line as far as sums need it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) date: i32,
    pub(crate) net: i64,
    pub(crate) cost: Option<i64>,
    pub(crate) is_credit: bool,
    pub(crate) sign: i8,
    pub(crate) invoices: i8,
}

impl Total {
    /// Adds a line. Fails when a sum no longer fits into an amount.
    pub(crate) fn add_line(&mut self, line: Part) -> Result<(), Error> {
        self.revenue = sum(self.revenue, line.net)?;
        if let Some(cost) = line.cost {
            self.cost = sum(self.cost, cost)?;
            self.known_revenue = sum(self.known_revenue, line.net)?;
        }
        let sign = i64::from(line.sign);
        self.lines += sign;
        self.invoices += i64::from(line.invoices);
        self.credit_lines += if line.is_credit { sign } else { 0 };
        if line.sign > 0 {
            self.first = self.first.min(line.date);
            self.last = self.last.max(line.date);
        }
        self.reversals += i64::from(line.sign < 0);
        Ok(())
    }

    /// Adds other sums in the same currency.
    pub(crate) fn add(&mut self, other: &Total) -> Result<(), Error> {
        self.revenue = sum(self.revenue, other.revenue)?;
        self.cost = sum(self.cost, other.cost)?;
        self.known_revenue = sum(self.known_revenue, other.known_revenue)?;
        self.add_counts(other);
        Ok(())
    }

    /// Adds what has no currency: counts and days.
    pub(crate) fn add_counts(&mut self, other: &Total) {
        self.lines += other.lines;
        self.invoices += other.invoices;
        self.credit_lines += other.credit_lines;
        self.reversals += other.reversals;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    /// The sums in another currency: each amount times the rate, rounded once.
    pub(crate) fn convert(&self, rate: Amount) -> Result<Total, Error> {
        let times = |raw: i64| Amount::from_raw(raw).times(rate).map(Amount::raw).ok_or(Error::Overflow);
        Ok(Total { revenue: times(self.revenue)?, cost: times(self.cost)?, known_revenue: times(self.known_revenue)?, ..*self })
    }

    /// True when nothing was added, or everything was taken out again.
    pub(crate) fn is_nothing(&self) -> bool {
        (self.revenue, self.cost, self.known_revenue) == (0, 0, 0) && (self.lines, self.invoices, self.credit_lines) == (0, 0, 0)
    }

    /// The finished sums.
    pub(crate) fn sums(&self) -> Sums {
        Sums {
            revenue: Amount::from_raw(self.revenue),
            cost: Amount::from_raw(self.cost),
            known_revenue: Amount::from_raw(self.known_revenue),
            lines: self.lines,
            invoices: self.invoices,
            credit_lines: self.credit_lines,
            first: day(self.first),
            last: day(self.last),
        }
    }
}

fn sum(x: i64, y: i64) -> Result<i64, Error> {
    x.checked_add(y).ok_or(Error::Overflow)
}

/// The day with this number; `None` for the ends of the number range, which stand for “no day”.
pub(crate) fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(days)
}

/// The number of a day.
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    day.to_epoch_days()
}
