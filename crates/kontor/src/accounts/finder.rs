//! The index of accounts by the words of their names, numbers and places, kept as fresh as the records.

use std::sync::Arc;

use tokio::sync::RwLockReadGuard;

use super::directory::{self, Directory};
use super::search::Search;
use super::store::Account;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::index::{Hit, Index};
use crate::search::kept::{Kept, Snapshot};

/// Finds accounts by what somebody types.
#[derive(Default)]
pub struct Finder(Kept<Arc<Directory>>);

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
    let index = office.account_finder.fresh(&whole).await;
    let mut found = index.holding(search.words(), are_slips_forgiven);
    drop(index);
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
        self.fresh(&directory).await.search(typed, is_wanted).unwrap_or_default()
    }

    async fn fresh(&self, directory: &Arc<Directory>) -> RwLockReadGuard<'_, Index> {
        self.0.fresh(directory, |index, before| catch_up(index, before.map(Arc::as_ref), directory)).await
    }
}

impl Snapshot for Arc<Directory> {
    fn is_as_new_as(&self, other: &Arc<Directory>) -> bool {
        self.revision() >= other.revision()
    }
}

fn catch_up(index: &mut Index, before: Option<&Directory>, directory: &Directory) {
    let is_known = |account: &Arc<Account>| {
        let known = before.and_then(|known| known.place_of(account.id).map(|place| &known.accounts()[place]));
        known.is_some_and(|known| Arc::ptr_eq(known, account))
    };
    for account in directory.accounts().iter().filter(|account| !is_known(account)) {
        index.put(account.id, 0, texts(account));
    }
    // Who was merged is no longer an account.
    for account in before.into_iter().flat_map(Directory::accounts).filter(|account| directory.place_of(account.id).is_none()) {
        index.remove(account.id);
    }
}

/// By what an account is found: name, numbers, place.
fn texts(account: &Account) -> impl Iterator<Item = &str> {
    let numbers = account.numbers.iter().map(|number| number.number.as_str());
    let place = [&account.master.city, &account.master.postal_code].into_iter().flatten().map(String::as_str);
    std::iter::once(account.master.name.as_str()).chain(numbers).chain(place)
}
