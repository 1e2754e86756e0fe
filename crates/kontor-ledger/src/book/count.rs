//! Where invoices are counted: once for each account, on the day of its first line.

use std::collections::HashMap;
use std::sync::Arc;

use super::known::KnownKey;
use super::reconcile::Bits;
use super::sink::{Shared, locked};
use crate::Error;
use crate::segment::{Codes, Segment};

/// An invoice that older segments count where it no longer belongs, or do not count where it now belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) invoice: String,
    pub(super) account: u32,
    pub(super) date: i32,
    /// Count it, or take the count back.
    pub(super) counts: bool,
}

/// Collects the days of one invoice's lines by account.
pub(super) struct Counting {
    shared: Arc<Shared>,
    known: Vec<Arc<Segment>>,
    /// For each segment, the codes of its accounts among those of this import, where they were needed.
    translated: Vec<Option<(Arc<Codes>, Vec<u32>)>>,
    accounts: Vec<Days>,
    /// Finds an account among many; not needed for few.
    places: HashMap<u32, usize>,
}

/// The first days of one account's lines of an invoice; `MAX` for none.
struct Days {
    account: u32,
    before: i32,
    /// Of the old lines that still count.
    standing: i32,
    /// Of the new lines: date, order, number.
    own: (i32, u64, u32),
}

/// More accounts than this in one invoice are found by a map.
const FEW: usize = 16;
const UNKNOWN: u32 = u32::MAX;

impl Counting {
    pub(super) fn new(shared: Arc<Shared>, known: Vec<Arc<Segment>>) -> Counting {
        let translated = known.iter().map(|_| None).collect();
        Counting { shared, known, translated, accounts: Vec::new(), places: HashMap::new() }
    }

    /// A new line of the invoice.
    pub(super) fn add(&mut self, account: u32, own: (i32, u64, u32)) {
        let days = self.days(account);
        days.own = days.own.min(own);
    }

    /// The code among this import's accounts of a known segment's account, which is added if it was not there.
    pub(super) fn own_code(&mut self, segment: usize, account: u32) -> Result<u32, Error> {
        if self.translated[segment].is_none() {
            let codes = self.known[segment].codes()?;
            let unknown = vec![UNKNOWN; codes.len()];
            self.translated[segment] = Some((codes, unknown));
        }
        let Some((codes, translated)) = &mut self.translated[segment] else { return Ok(UNKNOWN) };
        let Some(code) = translated.get_mut(account as usize) else {
            let segment = self.known[segment].id().to_owned();
            return Err(Error::Segment { segment, message: "keys.parquet is damaged: an account is not in accounts.parquet".to_owned() });
        };
        if *code == UNKNOWN {
            *code = locked(&self.shared.accounts).code(codes.numbers.value(account as usize))?;
        }
        Ok(*code)
    }

    /// Ends the invoice: `known` are its lines that counted before, true where one is replaced.
    pub(super) fn settle<'a>(
        &mut self,
        invoice: &str,
        known: impl Iterator<Item = (&'a KnownKey, bool)>,
        first: &mut Bits,
        shifts: &mut Vec<Shift>,
    ) -> Result<(), Error> {
        for (known, is_replaced) in known {
            let account = self.own_code(known.segment, known.account)?;
            let days = self.days(account);
            days.before = days.before.min(known.date);
            if !is_replaced {
                days.standing = days.standing.min(known.date);
            }
        }
        for days in self.accounts.drain(..) {
            let after = days.standing.min(days.own.0);
            if after == days.before {
                continue;
            }
            let shift = |date: i32, counts: bool| Shift { invoice: invoice.to_owned(), account: days.account, date, counts };
            if days.before != i32::MAX {
                shifts.push(shift(days.before, false));
            }
            match after {
                i32::MAX => {}
                _ if after == days.own.0 => first.set(days.own.2),
                _ => shifts.push(shift(after, true)),
            }
        }
        if !self.places.is_empty() {
            self.places = HashMap::new();
        }
        Ok(())
    }

    fn days(&mut self, account: u32) -> &mut Days {
        let known = if self.places.is_empty() {
            self.accounts.iter().position(|days| days.account == account)
        } else {
            self.places.get(&account).copied()
        };
        let place = known.unwrap_or_else(|| {
            self.accounts.push(Days { account, before: i32::MAX, standing: i32::MAX, own: (i32::MAX, u64::MAX, u32::MAX) });
            let place = self.accounts.len() - 1;
            if self.accounts.len() > FEW {
                let missing = if self.places.is_empty() { 0 } else { place };
                self.places.extend(self.accounts.iter().enumerate().skip(missing).map(|(place, days)| (days.account, place)));
            }
            place
        });
        &mut self.accounts[place]
    }
}
