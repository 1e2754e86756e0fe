//! Turning amounts of other currencies into that of the house.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, Int32Array};
use kontor_domain::amount::Amount;
use kontor_domain::period::Month;
use kontor_domain::settings::{Currency, rate_of};

use super::{Scope, Unconverted};
use crate::Error;
use crate::sums::Total;

/// The currency of the house and the rates of the others.
pub(super) struct Rates<'a> {
    scope: &'a Scope,
}

impl<'a> Rates<'a> {
    pub(super) fn new(scope: &'a Scope) -> Rates<'a> {
        Rates { scope }
    }

    /// The foreign currencies of a batch's rows: `None` for the currency of the house, and for rows that name none. The other `None`: what is no currency at
    /// all.
    pub(super) fn foreign(&self, column: &ArrayRef) -> Option<Foreign> {
        let column = column.as_dictionary::<Int32Type>();
        let currency = |text: Option<&str>| text.and_then(|text| text.parse::<Currency>().ok());
        let currencies: Vec<_> = column.values().as_string::<i32>().iter().map(currency).collect();
        // A dictionary may hold values that no row uses.
        let makes_sense = |key: i32| currencies[key as usize].is_some();
        if !currencies.iter().all(Option::is_some) && !column.keys().iter().flatten().all(makes_sense) {
            return None;
        }
        let foreign = |currency: Option<Currency>| currency.filter(|&currency| currency != self.scope.currency);
        Some(Foreign { keys: column.keys().clone(), currencies: currencies.into_iter().map(foreign).collect() })
    }

    /// Adds a month's sums in a foreign currency to sums in that of the house, as far as a rate is known.
    pub(super) fn add(&self, to: &mut Total, currency: Currency, month: i32, sums: &Total) -> Result<Option<Total>, Error> {
        match rate_of(&self.scope.rates, currency, Month::from_index(month)) {
            Some(rate) => {
                let converted = sums.convert(rate)?;
                to.add(&converted)?;
                Ok(Some(converted))
            }
            None => {
                to.add_counts(sums);
                Ok(None)
            }
        }
    }
}

impl Rates<'_> {
    /// Adds sums in any currency, as far as a rate is known.
    pub(super) fn add_to(&self, to: &mut Total, currency: Option<Currency>, month: i32, sums: &Total) -> Result<(), Error> {
        match currency {
            Some(currency) => self.add(to, currency, month, sums).map(drop),
            None => to.add(sums),
        }
    }
}

/// The currencies of a batch's rows.
pub(super) struct Foreign {
    keys: Int32Array,
    currencies: Vec<Option<Currency>>,
}

impl Foreign {
    /// The currency of a row, unless it is that of the house.
    pub(super) fn of(&self, row: usize) -> Option<Currency> {
        if self.keys.is_null(row) { None } else { self.currencies[self.keys.value(row) as usize] }
    }
}

/// What could not be converted.
#[derive(Clone, Debug, Default)]
pub(super) struct Rest(BTreeMap<Currency, (i64, i64)>);

impl Rest {
    pub(super) fn add(&mut self, currency: Currency, revenue: i64, lines: i64) -> Result<(), Error> {
        let (amount, count) = self.0.entry(currency).or_default();
        *amount = amount.checked_add(revenue).ok_or(Error::Overflow)?;
        *count += lines;
        Ok(())
    }

    pub(super) fn add_all(&mut self, other: &Rest) -> Result<(), Error> {
        other.0.iter().try_for_each(|(&currency, &(amount, lines))| self.add(currency, amount, lines))
    }

    pub(super) fn list(&self) -> Vec<Unconverted> {
        let some = self.0.iter().filter(|(_, sums)| **sums != (0, 0));
        some.map(|(&currency, &(amount, lines))| Unconverted { currency, amount: Amount::from_raw(amount), lines }).collect()
    }
}

/// Sums by account and by month, in the currency of the house.
pub(super) struct Converted {
    /// By account number of the directory; the last stands for lines without an account.
    pub(super) accounts: Vec<Total>,
    /// Over all accounts, by month.
    pub(super) months: BTreeMap<i32, Total>,
    pub(super) unconverted: Rest,
}

impl Converted {
    /// No sums, for so many accounts.
    pub(super) fn new(accounts: usize) -> Converted {
        Converted { accounts: vec![Total::default(); accounts + 1], months: BTreeMap::new(), unconverted: Rest::default() }
    }

    /// Adds the sums of one account and month.
    pub(super) fn add_sums(
        &mut self,
        rates: &Rates<'_>,
        id: u32,
        month: i32,
        currency: Option<Currency>,
        sums: &Total,
    ) -> Result<(), Error> {
        let is_assigned = id as usize + 1 < self.accounts.len();
        let account = &mut self.accounts[id as usize];
        let Some(currency) = currency else {
            account.add(sums)?;
            return if is_assigned { self.months.entry(month).or_default().add(sums) } else { Ok(()) };
        };
        let converted = rates.add(account, currency, month, sums)?;
        if is_assigned {
            let month = self.months.entry(month).or_default();
            match &converted {
                Some(converted) => month.add(converted)?,
                None => month.add_counts(sums),
            }
        }
        if converted.is_none() { self.unconverted.add(currency, sums.revenue, sums.lines) } else { Ok(()) }
    }

    /// Adds other sums over the same accounts.
    pub(super) fn add(&mut self, other: &Converted) -> Result<(), Error> {
        for (sum, other) in self.accounts.iter_mut().zip(&other.accounts) {
            sum.add(other)?;
        }
        for (&month, other) in &other.months {
            self.months.entry(month).or_default().add(other)?;
        }
        self.unconverted.add_all(&other.unconverted)
    }
}

/// How many threads sum at a time.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(8))
}

/// Shares tasks out among threads; each thread has sums of its own, and the sums of all are given back.
pub(super) fn share<T: Send>(
    tasks: usize,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, usize) -> Result<(), Error> + Sync,
) -> Result<Vec<T>, Error> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let run = || {
        let mut sums = start();
        loop {
            let task = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if task >= tasks {
                return Ok(sums);
            }
            work(&mut sums, task)?;
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads().min(tasks)).map(|_| scope.spawn(run)).collect();
        let own = run();
        let joined = others.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(joined).collect()
    })
}
