//! All accounts in memory, for lists, searching and naming figures.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Language;

use super::search::Folded;
use super::store::{self, Account};
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// All accounts with what is needed to find them.
#[derive(Debug)]
pub struct Directory {
    accounts: Vec<Account>,
    folded: Vec<Folded>,
    places: HashMap<String, HashMap<String, usize>>,
    countries: Vec<String>,
    industries: Vec<String>,
}

impl Directory {
    fn new(accounts: Vec<Account>) -> Directory {
        let mut places: HashMap<String, HashMap<String, usize>> = HashMap::new();
        for (place, account) in accounts.iter().enumerate() {
            for number in &account.numbers {
                places.entry(number.source.clone()).or_default().insert(number.number.clone(), place);
            }
        }
        let folded = accounts.iter().map(folded).collect();
        let countries = distinct(&accounts, |account| account.master.country.as_deref());
        let industries = distinct(&accounts, |account| account.master.industry.as_deref());
        Directory { accounts, folded, places, countries, industries }
    }

    /// The countries of all accounts, as the ERP writes them.
    pub fn countries(&self) -> &[String] {
        &self.countries
    }

    /// The industries of all accounts.
    pub fn industries(&self) -> &[String] {
        &self.industries
    }

    /// The accounts, by id.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The place in [`Directory::accounts`] of the account with this number.
    pub fn place(&self, source: &str, number: &str) -> Option<usize> {
        self.places.get(source)?.get(number).copied()
    }

    /// The place in [`Directory::accounts`] of the account with this id.
    pub fn place_of(&self, id: i64) -> Option<usize> {
        self.accounts.binary_search_by_key(&id, |account| account.id).ok()
    }

    /// The name, city and numbers of the account at a place, prepared for searching.
    pub fn folded(&self, place: usize) -> &Folded {
        &self.folded[place]
    }
}

fn distinct<'a>(accounts: &'a [Account], of: impl Fn(&'a Account) -> Option<&'a str>) -> Vec<String> {
    let values: BTreeSet<&str> = accounts.iter().filter_map(of).filter(|value| !value.is_empty()).collect();
    values.into_iter().map(str::to_owned).collect()
}

fn folded(account: &Account) -> Folded {
    let mut texts = vec![account.master.name.as_str()];
    texts.extend(account.numbers.iter().map(|number| number.number.as_str()));
    texts.extend(account.master.city.as_deref());
    texts.extend(account.master.postal_code.as_deref());
    Folded::new(&texts)
}

/// All accounts this viewer may see; kept until one of them changes.
pub async fn current(office: &Office, viewer: &Viewer) -> Result<Arc<Directory>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let whole = whole(office).await?;
    if viewer.sight.is_all() {
        return Ok(whole);
    }
    let revision = office.db.revisions().await?.of(Topic::Accounts);
    let seen = async { Ok(Directory::new(whole.accounts.iter().filter(|account| viewer.sight.sees(account.id)).cloned().collect())) };
    office.seen_directories.get(&(revision, viewer.sight.clone()), seen).await
}

/// All accounts, whoever looks: for what is a fact of the whole house, such as a rank. What is shown of it goes by the viewer's sight.
pub async fn whole(office: &Office) -> Result<Arc<Directory>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Accounts);
    let operator = Viewer::operator(Language::En);
    let load = async { Ok(Directory::new(store::all(office.db.read(), &operator).await?)) };
    office.directories.get(&revision, load).await
}
