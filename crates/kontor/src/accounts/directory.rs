//! All accounts in memory, for lists, searching and naming figures.
//!
//! A directory is a snapshot at one revision of the accounts. The next one shares with it all accounts that did not change: an edit reads one row anew,
//! not a hundred thousand.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use kontor_domain::rights::{Right, Viewer};

pub use super::ranks::Text;
use super::ranks::{AllRanks, Ranks};
use super::search::{Folded, Prepared};
use super::store::{self, Account};
use crate::aside::aside;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// The place of an account by source and number.
type Places = HashMap<String, HashMap<String, usize>>;

/// Accounts with what is needed to find them, archived ones too.
#[derive(Debug)]
pub struct Directory {
    revision: i64,
    numbers_revision: i64,
    accounts: Vec<Arc<Account>>,
    prepared: Vec<Arc<Prepared>>,
    places: Arc<Places>,
    ranks: AllRanks,
    // Gathered when a list first offers them to choose from.
    countries: OnceLock<Vec<String>>,
    industries: OnceLock<Vec<String>>,
    tags: OnceLock<Vec<String>>,
}

impl Directory {
    fn new() -> Directory {
        let (accounts, prepared, places) = (Vec::new(), Vec::new(), Arc::default());
        Directory::of(-1, -1, accounts, prepared, places)
    }

    fn of(
        revision: i64,
        numbers_revision: i64,
        accounts: Vec<Arc<Account>>,
        prepared: Vec<Arc<Prepared>>,
        places: Arc<Places>,
    ) -> Directory {
        let (countries, industries, tags) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Directory { revision, numbers_revision, accounts, prepared, places, ranks: AllRanks::default(), countries, industries, tags }
    }

    /// This directory with newer accounts: in place of those of the same id, or at the place of their id, which for new ones is after all others. Places stay but where
    /// accounts are merged.
    fn with(&self, newer: Vec<Account>, revision: i64) -> Directory {
        let (accounts, prepared) = (self.accounts.clone(), self.prepared.clone());
        let mut next = Directory::of(revision, self.numbers_revision, accounts, prepared, self.places.clone());
        next.ranks = self.ranks.clone();
        let mut numbers_changed = false;
        for account in newer {
            if account.more.merged_into.is_some() {
                // It is no account of its own any more; its numbers are its successor's.
                if let Some(place) = next.place_of(account.id) {
                    next.accounts.remove(place);
                    next.prepared.remove(place);
                    next.ranks = AllRanks::default();
                    numbers_changed = true;
                }
                continue;
            }
            let prepared = Arc::new(Prepared::of(&account));
            let account = Arc::new(account);
            match next.accounts.binary_search_by_key(&account.id, |known| known.id) {
                Ok(place) => {
                    numbers_changed |= next.accounts[place].numbers != account.numbers;
                    next.ranks.forget_changed(&next.prepared[place], &prepared);
                    next.accounts[place] = account;
                    next.prepared[place] = prepared;
                }
                Err(place) => {
                    // An account that comes back after a merge takes its old place, and those after it move.
                    numbers_changed = true;
                    next.ranks = AllRanks::default();
                    next.accounts.insert(place, account);
                    next.prepared.insert(place, prepared);
                }
            }
        }
        if numbers_changed {
            next.places = Arc::new(places(&next.accounts));
            next.numbers_revision = revision;
        }
        next
    }

    /// The countries of all accounts, as the ERP writes them.
    pub fn countries(&self) -> &[String] {
        self.countries.get_or_init(|| self.distinct(|account| account.master.country.as_deref()))
    }

    /// The industries of all accounts.
    pub fn industries(&self) -> &[String] {
        self.industries.get_or_init(|| self.distinct(|account| account.master.industry.as_deref()))
    }

    /// The tags of all accounts.
    pub fn tags(&self) -> &[String] {
        self.tags.get_or_init(|| self.distinct(|account| account.more.tags.iter()))
    }

    fn distinct<'a, I: IntoIterator<Item = &'a str>>(&'a self, of: impl Fn(&'a Account) -> I) -> Vec<String> {
        let values: BTreeSet<&str> = self.accounts.iter().flat_map(|account| of(account)).filter(|value| !value.is_empty()).collect();
        values.into_iter().map(str::to_owned).collect()
    }

    /// The accounts, by id.
    pub fn accounts(&self) -> &[Arc<Account>] {
        &self.accounts
    }

    /// The place in [`Directory::accounts`] of the account with this number.
    pub fn place(&self, source: &str, number: &str) -> Option<usize> {
        self.places.get(source)?.get(number).copied()
    }

    /// How a source is spelled, whatever the case in which it was typed; `None` where no number is from it.
    pub fn spelling(&self, source: &str) -> Option<&str> {
        let folded = source.to_lowercase();
        let known = || self.places.keys().map(String::as_str);
        known().find(|known| *known == source).or_else(|| known().find(|known| known.to_lowercase() == folded))
    }

    /// The places of the accounts that have this number in any source, each once.
    pub fn places_of(&self, number: &str) -> Vec<usize> {
        let places: BTreeSet<usize> = self.places.values().filter_map(|numbers| numbers.get(number).copied()).collect();
        places.into_iter().collect()
    }

    /// The place in [`Directory::accounts`] of the account with this id.
    pub fn place_of(&self, id: i64) -> Option<usize> {
        // Ids are given one after the other, so an account mostly stands where it would if none were missing.
        let first = self.accounts.first()?.id;
        let guess = usize::try_from(id.checked_sub(first)?).ok()?;
        if self.accounts.get(guess).is_some_and(|account| account.id == id) {
            return Some(guess);
        }
        // Where some are missing, it stands before that.
        self.accounts[..guess.min(self.accounts.len())].binary_search_by_key(&id, |account| account.id).ok()
    }

    /// The account with this id, when this viewer may see it.
    pub fn seen(&self, viewer: &Viewer, id: i64) -> Option<&Arc<Account>> {
        let place = self.place_of(id).filter(|_| viewer.sight.sees(id))?;
        Some(&self.accounts[place])
    }

    /// The part of it that this viewer may see.
    fn seen_by(&self, viewer: &Viewer) -> Directory {
        let seen: Vec<usize> = (0..self.accounts.len()).filter(|&place| viewer.sight.sees(self.accounts[place].id)).collect();
        let accounts: Vec<Arc<Account>> = seen.iter().map(|&place| self.accounts[place].clone()).collect();
        let prepared = seen.iter().map(|&place| self.prepared[place].clone()).collect();
        let places = Arc::new(places(&accounts));
        Directory { ranks: self.ranks.part(&seen), ..Directory::of(self.revision, self.numbers_revision, accounts, prepared, places) }
    }

    /// The name, city and numbers of the account at a place, prepared for searching.
    pub fn folded(&self, place: usize) -> &Folded {
        &self.prepared[place].searched
    }

    /// Where the accounts stand in the order of one of their texts, by place.
    pub fn ranks(&self, text: Text) -> &Ranks {
        self.ranks.by(text, &self.prepared)
    }

    /// Finds the order of the accounts by each of their texts, so that the first who asks does not wait for it.
    pub fn put_in_order(&self) {
        for text in Text::ALL {
            self.ranks(text);
        }
    }

    /// The revision of the accounts that it shows.
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// The revision at which an account or a number came, moved or went last; places are the same since.
    pub const fn numbers_revision(&self) -> i64 {
        self.numbers_revision
    }
}

fn places(accounts: &[Arc<Account>]) -> Places {
    let mut places = Places::new();
    for (place, account) in accounts.iter().enumerate() {
        for number in &account.numbers {
            places.entry(number.source.clone()).or_default().insert(number.number.clone(), place);
        }
    }
    places
}

/// All accounts this viewer may see, as they are now.
pub async fn current(office: &Office, viewer: &Viewer) -> Result<Arc<Directory>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let whole = whole(office).await?;
    if viewer.sight.is_all() {
        return Ok(whole);
    }
    let seen = async { Ok(whole.seen_by(viewer)) };
    office.seen_directories.get(&(whole.revision, viewer.sight.clone()), seen).await
}

/// All accounts as they are now, when nothing has to be read for it.
pub async fn at_hand(office: &Office) -> Result<Option<Arc<Directory>>, Fault> {
    Ok(office.directory.at_hand(office.db.revisions().await?.of(Topic::Accounts)))
}

/// All accounts, whoever looks: for what is a fact of the whole house, such as a rank. What is shown of it goes by the viewer's sight.
pub async fn whole(office: &Office) -> Result<Arc<Directory>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Accounts);
    let renew = |known: Option<Arc<Directory>>| async move {
        let known = known.unwrap_or_else(|| Arc::new(Directory::new()));
        let newer = store::newer(office.db.read(), known.revision).await?;
        aside(move || known.with(newer, revision)).await
    };
    office.directory.at(revision, renew).await
}

/// One account as it is now, when this viewer may see it.
pub async fn account(office: &Office, viewer: &Viewer, id: i64) -> Result<Arc<Account>, Fault> {
    require(viewer, Right::SeeFigures)?;
    whole(office).await?.seen(viewer, id).cloned().ok_or(Fault::NotFound)
}

#[cfg(test)]
mod tests {
    use kontor_domain::account::Master;

    use super::store::{More, Number};
    use super::*;

    fn account(id: i64, name: &str, number: Option<&str>) -> Account {
        let master = Master { name: name.into(), ..Master::default() };
        let numbers = number.map(|number| Number { source: "erp".into(), number: number.into() }).into_iter().collect();
        Account { id, master, numbers, more: More::default() }
    }

    #[test]
    fn a_newer_directory_shares_what_did_not_change() {
        let first = Directory::new().with(vec![account(1, "Elbe", Some("K1")), account(3, "Weser", Some("K3"))], 4);
        let next = first.with(vec![account(1, "Elbe AG", Some("K1"))], 5);
        assert!(Arc::ptr_eq(&first.accounts[1], &next.accounts[1]) && Arc::ptr_eq(&first.places, &next.places));
        assert_eq!((next.accounts[0].master.name.as_str(), first.accounts[0].master.name.as_str()), ("Elbe AG", "Elbe"));
        assert_eq!((next.place_of(3), next.place("erp", "K3"), next.revision()), (Some(1), Some(1), 5));
        assert_eq!([0, 1, 2, 3, 4, i64::MIN, i64::MAX].map(|id| next.place_of(id)), [None, Some(0), None, Some(1), None, None, None]);
    }

    #[test]
    fn a_number_that_moves_leads_to_its_new_account() {
        let first = Directory::new().with(vec![account(1, "Elbe", Some("K1")), account(3, "Weser", Some("K3"))], 4);
        let next = first.with(vec![account(1, "Elbe", None), account(3, "Weser", Some("K1"))], 5);
        assert_eq!((next.place("erp", "K1"), next.place("erp", "K3")), (Some(1), None));
    }
}
