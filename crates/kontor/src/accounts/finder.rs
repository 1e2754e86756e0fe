//! The index of accounts by the words of their names, numbers and places, kept as fresh as the records.

use std::sync::Arc;

use tokio::sync::{RwLock, RwLockReadGuard};

use super::directory::{self, Directory};
use super::search::Search;
use super::store::Account;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::index::{Hit, Index};

/// Finds accounts by what somebody types. One per process; it catches up with the records when it is asked.
#[derive(Default)]
pub struct Finder(RwLock<Known>);

#[derive(Default)]
struct Known {
    index: Index,
    /// What the index holds.
    directory: Option<Arc<Directory>>,
}

/// How well the accounts of a directory fit a search, by their places in it.
pub struct Fits(Vec<u8>);

/// Does not fit.
const MISSES: u8 = u8::MAX;

impl Fits {
    /// How well the account at a place fits: the lower the better; `None` when it does not.
    pub fn at(&self, place: usize) -> Option<u32> {
        let fit = self.0[place];
        (fit != MISSES).then_some(fit.into())
    }
}

/// How well the accounts of a directory fit a search. Every typed word must occur, as it is (0), or, where slips of the finger are forgiven and it has four or
/// more letters, with one slip at the beginning of a word (1; two slips from eight letters on).
pub async fn fits(office: &Office, within: &Directory, search: &Search, are_slips_forgiven: bool) -> Result<Fits, Fault> {
    let whole = directory::whole(office).await?;
    let known = office.account_finder.fresh(whole).await;
    let mut found = known.index.holding(search.words(), are_slips_forgiven);
    drop(known);
    found.sort_unstable();
    let mut found = found.into_iter().peekable();
    let fits = within.accounts().iter().map(|account| {
        while found.next_if(|&(id, _)| id < account.id).is_some() {}
        found.next_if(|&(id, _)| id == account.id).map_or(MISSES, |(_, fit)| fit)
    });
    Ok(Fits(fits.collect()))
}

impl Finder {
    /// The accounts of the whole directory that fit what was typed and that `is_wanted`, the best first.
    pub async fn search(&self, directory: Arc<Directory>, typed: &str, is_wanted: impl Fn(i64) -> bool) -> Vec<Hit> {
        self.fresh(directory).await.index.search(typed, is_wanted).unwrap_or_default()
    }

    /// The index, at least as new as this directory.
    async fn fresh(&self, directory: Arc<Directory>) -> RwLockReadGuard<'_, Known> {
        let is_fresh = |known: &Known| known.directory.as_ref().is_some_and(|known| known.revision() >= directory.revision());
        let known = self.0.read().await;
        if is_fresh(&known) {
            return known;
        }
        drop(known);
        let mut known = self.0.write().await;
        if !is_fresh(&known) {
            known.catch_up(directory);
        }
        known.downgrade()
    }
}

impl Known {
    fn catch_up(&mut self, directory: Arc<Directory>) {
        let before = self.directory.take();
        if self.index.gone() > self.index.len() {
            self.index = Index::new();
        }
        let is_new = self.index.is_empty();
        let is_known = |account: &Arc<Account>| {
            let known = before.as_ref().and_then(|known| known.place_of(account.id).map(|place| &known.accounts()[place]));
            known.is_some_and(|known| Arc::ptr_eq(known, account))
        };
        for account in directory.accounts() {
            if is_new || !is_known(account) {
                self.index.put(account.id, 0, texts(account));
            }
        }
        // Who was merged is no longer an account.
        for account in before.iter().flat_map(|before| before.accounts()).filter(|account| directory.place_of(account.id).is_none()) {
            self.index.remove(account.id);
        }
        self.directory = Some(directory);
    }
}

/// By what an account is found: name, numbers, place.
fn texts(account: &Account) -> impl Iterator<Item = &str> {
    let numbers = account.numbers.iter().map(|number| number.number.as_str());
    let place = [&account.master.city, &account.master.postal_code].into_iter().flatten().map(String::as_str);
    std::iter::once(account.master.name.as_str()).chain(numbers).chain(place)
}
