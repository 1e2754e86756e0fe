//! The invoices of an account under all its numbers.

use std::cmp::Reverse;

use kontor_domain::{Amount, Period};
use kontor_ledger::Error;
use kontor_ledger::figures::{AccountKey, Invoice, InvoiceLine, Paging};
use kontor_ledger::vault::{Live, Vault};

use crate::accounts::store::{Account, Number};

/// An invoice with the number it was booked under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The number of the account.
    pub number: Number,
    /// The invoice.
    pub invoice: Invoice,
}

impl Booked {
    /// True for a credit note or cancellation.
    pub fn is_credit(&self) -> bool {
        self.invoice.lines.iter().all(|line| line.is_credit)
    }

    /// Revenue minus cost, when the cost of every line is known: the margin of half an invoice would be taken for that of all.
    pub fn margin(&self) -> Option<Amount> {
        self.invoice.lines.iter().map(margin).sum()
    }
}

/// Net amount minus cost; `None` when the cost is unknown.
pub fn margin(line: &InvoiceLine) -> Option<Amount> {
    line.cost.map(|cost| line.net - cost)
}

/// A part of an account's invoices, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookedPage {
    /// The invoices.
    pub invoices: Vec<Booked>,
    /// True when there are older ones.
    pub has_more: bool,
}

/// The account as the ledger names it.
pub fn keys(account: &Account) -> Vec<AccountKey> {
    account.numbers.iter().map(key).collect()
}

fn key(number: &Number) -> AccountKey {
    AccountKey { source: number.source.clone(), number: number.number.clone() }
}

/// A part of the invoices of a period. The invoices of several numbers are put into one order: by day, number and currency, as each is by itself.
pub fn page(vault: &Vault, live: &[Live], account: &Account, period: Period, paging: Paging) -> Result<BookedPage, Error> {
    let of = |number: &Number, paging: Paging| -> Result<BookedPage, Error> {
        let page = vault.invoices(live, &key(number), period, paging)?;
        let invoices = page.invoices.into_iter().map(|invoice| Booked { number: number.clone(), invoice });
        Ok(BookedPage { invoices: invoices.collect(), has_more: page.has_more })
    };
    if let [number] = account.numbers.as_slice() {
        return of(number, paging);
    }
    let wanted = paging.offset.saturating_add(paging.limit);
    let mut all = BookedPage::default();
    for number in &account.numbers {
        let page = of(number, Paging { offset: 0, limit: wanted })?;
        all.invoices.extend(page.invoices);
        all.has_more |= page.has_more;
    }
    all.invoices.sort_by(|one, other| place(one).cmp(&place(other)));
    all.has_more |= all.invoices.len() > wanted;
    all.invoices.truncate(wanted);
    all.invoices.drain(..paging.offset.min(all.invoices.len()));
    Ok(all)
}

fn place(booked: &Booked) -> impl Ord + '_ {
    let Invoice { date, number, currency, .. } = &booked.invoice;
    (Reverse(*date), Reverse(number.as_deref().unwrap_or_default()), *currency)
}
