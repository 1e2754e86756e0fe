//! Figures: sums over live segments.
//!
//! Whole months come from the segments' monthly sums; the days of a month that the period cuts through come from the lines themselves. A figure is
//! computed once for each set of live segments and each scope, and remembered for a while; nothing of it is stored.

mod account;
mod convert;
mod days;
mod directory;
mod edges;
mod groups;
mod habits;
mod invoices;
mod memo;
mod months;

use std::sync::Arc;

use kontor_domain::amount::Amount;
use kontor_domain::period::{Month, Period};
use kontor_domain::settings::{Currency, Rate};
use twox_hash::XxHash64;

use crate::Error;
use crate::sums::{Sums, Total};
use crate::vault::{Live, Vault};
pub use account::AccountFigures;
use convert::Rates;
use directory::Directory;
use groups::Cells;
pub use habits::Habit;
pub use invoices::{Invoice, InvoiceLine, InvoicePage, Paging};
pub(crate) use memo::Memo;

/// What figures are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The days whose lines count.
    pub period: Period,
    /// The currency of the house: that of the figures, and of lines that name none.
    pub currency: Currency,
    /// What other currencies are worth.
    pub rates: Vec<Rate>,
}

/// The figures of a scope over some live segments.
///
/// Amounts in other currencies are converted per account and month ([`kontor_domain::settings::rate_of`]), each sum rounded once. Where no rate was in force the
/// amount is unknown: it is left out of all sums and stands in `unconverted`; the lines, invoices and days count all the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The accounts with a line in the period, by source and number.
    pub accounts: Vec<AccountSums>,
    /// The sums over all accounts.
    pub total: Sums,
    /// The lines without an account: in no account's sums, in no total and no group.
    pub unassigned: Sums,
    /// The sums over all accounts by month, of the months with a line; first and last day are not given.
    pub months: Vec<MonthSums>,
    /// The sums over all accounts by product group, descending by revenue. Amounts in other currencies are converted per group and month.
    pub groups: Vec<GroupSums>,
    /// What could not be converted, by currency.
    pub unconverted: Vec<Unconverted>,
}

/// The sums of one account.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountSums {
    /// The source it is an account of.
    pub source: Arc<str>,
    /// Its number there.
    pub number: Arc<str>,
    /// Its sums.
    pub sums: Sums,
}

/// The sums of one month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthSums {
    /// The month.
    pub month: Month,
    /// Its sums.
    pub sums: Sums,
}

/// The sums of one product group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSums {
    /// The product group; `None` for lines that name none.
    pub group: Option<Arc<str>>,
    /// Its sums; invoices and days are not given, as an invoice belongs to several groups.
    pub sums: Sums,
}

/// Amounts for which no rate was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unconverted {
    /// The currency.
    pub currency: Currency,
    /// The sum of net amounts in it.
    pub amount: Amount,
    /// How many lines.
    pub lines: i64,
}

/// Names an account of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountKey {
    /// The source it is an account of.
    pub source: String,
    /// Its number there.
    pub number: String,
}

impl Vault {
    /// The figures of a scope. The order of `live` does not matter.
    pub fn figures(&self, live: &[Live], scope: &Scope) -> Result<Arc<Figures>, Error> {
        let live = LiveSet::new(live);
        self.memo().figures(live.fingerprint, scope, || {
            let directory = self.directory(&live)?;
            compute(&directory, scope)
        })
    }

    /// The first and last day with a line; `None` without lines.
    pub fn span(&self, live: &[Live]) -> Result<Option<Period>, Error> {
        let directory = self.directory(&LiveSet::new(live))?;
        let metas = || directory.parts.iter().map(|part| &part.segment.index.meta);
        let from = metas().filter_map(|meta| meta.first).min();
        let to = metas().filter_map(|meta| meta.last).max();
        let Some(span) = from.zip(to).and_then(|(from, to)| Period::new(from, to)) else { return Ok(None) };
        if !directory.parts.iter().any(|part| part.segment.has_reversals()) {
            return Ok(Some(span));
        }
        // The line of the first or last day may have been taken out since.
        let scope = Scope { period: span, currency: Currency::EUR, rates: Vec::new() };
        let figures = self.figures(live, &scope)?;
        let from = [figures.total.first, figures.unassigned.first].into_iter().flatten().min();
        let to = [figures.total.last, figures.unassigned.last].into_iter().flatten().max();
        Ok(from.zip(to).and_then(|(from, to)| Period::new(from, to)))
    }

    fn directory(&self, live: &LiveSet) -> Result<Arc<Directory>, Error> {
        self.memo().directory(live.fingerprint, || Directory::new(self, &live.live))
    }
}

/// Live segments in one order, each once.
struct LiveSet {
    live: Vec<Live>,
    /// Two different sets share one by chance once in 10^38 comparisons.
    fingerprint: u128,
}

impl LiveSet {
    fn new(live: &[Live]) -> LiveSet {
        let mut live = live.to_vec();
        live.sort_unstable();
        live.dedup();
        let names: Vec<u8> = live.iter().flat_map(|live| [live.id.as_bytes(), b"\0", live.source.as_bytes(), b"\0"].concat()).collect();
        let half = |seed: u64| u128::from(XxHash64::oneshot(seed, &names));
        LiveSet { live, fingerprint: half(1) << 64 | half(2) }
    }
}

fn compute(directory: &Directory, scope: &Scope) -> Result<Figures, Error> {
    let rates = Rates::new(scope);
    let (whole, cut) = split(directory.widen(scope.period));
    let mut groups = Cells::new();
    groups::sum(directory, &whole, &rates, &mut groups)?;
    let mut sums = months::sum(directory, &whole, &rates)?;
    if !cut.is_empty() {
        sums.add(&edges::sum(directory, &cut, &rates, &mut groups)?)?;
    }
    days::correct(directory, scope.period, &mut sums.accounts)?;

    let unassigned = sums.accounts.pop().unwrap_or_default();
    let mut total = Total::default();
    for account in &sums.accounts {
        total.add(account)?;
    }
    let accounts = sums.accounts.iter().enumerate().filter(|(_, total)| !total.is_nothing());
    let accounts = accounts.map(|(id, total)| {
        let (source, number) = directory.account(id);
        AccountSums { source: source.clone(), number: number.clone(), sums: total.sums() }
    });
    Ok(Figures {
        accounts: accounts.collect(),
        total: total.sums(),
        unassigned: unassigned.sums(),
        months: month_sums(sums.months.iter().map(|(&month, total)| (month, total))),
        groups: groups.by_group(&rates)?,
        unconverted: sums.unconverted.list(),
    })
}

fn month_sums<'a>(months: impl Iterator<Item = (i32, &'a Total)>) -> Vec<MonthSums> {
    let some = months.filter(|(_, total)| !total.is_nothing());
    some.map(|(month, total)| MonthSums { month: Month::from_index(month), sums: without_days(total) }).collect()
}

/// Sums whose days could be those of lines that were taken out since, so that they are not given.
fn without_days(total: &Total) -> Sums {
    Sums { first: None, last: None, ..total.sums() }
}

/// The months that lie wholly in the period, and what it has of the others: at most one stretch of days at each end.
fn split(period: Period) -> (Vec<Month>, Vec<Period>) {
    let (first, last) = (Month::of(period.from()), Month::of(period.to()));
    let (mut whole, mut cut) = (Vec::new(), Vec::new());
    for month in (first.index()..=last.index()).map(Month::from_index) {
        let days = Period::new(period.from().max(month.first_day()), period.to().min(month.last_day()));
        match days {
            Some(days) if days.is_whole_months() => whole.push(month),
            Some(days) => cut.push(days),
            None => {}
        }
    }
    (whole, cut)
}

#[cfg(test)]
mod tests;
