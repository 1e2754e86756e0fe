//! All accounts in memory, for lists, searching and naming figures.

use std::collections::HashMap;
use std::sync::Arc;

use kontor_domain::rights::{Right, Viewer};

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
        Directory { accounts, folded, places }
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

fn folded(account: &Account) -> Folded {
    let mut texts = vec![account.master.name.as_str()];
    texts.extend(account.numbers.iter().map(|number| number.number.as_str()));
    texts.extend(account.master.city.as_deref());
    texts.extend(account.master.postal_code.as_deref());
    Folded::new(&texts)
}

/// All accounts; kept until one of them changes.
pub async fn current(office: &Office, viewer: &Viewer) -> Result<Arc<Directory>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let revision = office.db.revisions().await?.of(Topic::Accounts);
    let load = async { Ok(Directory::new(store::all(office.db.read(), viewer).await?)) };
    office.directories.get(&revision, load).await
}
