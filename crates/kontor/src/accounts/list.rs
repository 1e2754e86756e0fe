//! Which accounts: the filters that lists of master data share.

use std::sync::Arc;

use kontor_domain::account::Lifecycle;
use kontor_domain::rights::Viewer;

use super::search::Search;
use super::store::Account;
use super::{directory, finder};
use crate::fault::Fault;
use crate::office::Office;

/// Whether archived accounts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Archived {
    /// They are left out.
    #[default]
    No,
    /// They alone.
    Yes,
    /// With all others.
    All,
}

impl std::str::FromStr for Archived {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Archived, Fault> {
        match text {
            "" | "no" => Ok(Archived::No),
            "yes" => Ok(Archived::Yes),
            "all" => Ok(Archived::All),
            _ => Err(Fault::field("archived", |t| t.accounts_wrong_archived())),
        }
    }
}

/// Which accounts are wanted; all conditions must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words of the name, number or city, perhaps mistyped.
    pub search: String,
    /// A tag.
    pub tag: Option<String>,
    /// A stage.
    pub lifecycle: Option<Lifecycle>,
    /// An industry.
    pub industry: Option<String>,
    /// Archived ones.
    pub archived: Archived,
}

impl Filter {
    /// Whether an account is wanted, but for the search.
    pub fn holds(&self, account: &Account) -> bool {
        let archived = match self.archived {
            Archived::No => !account.is_archived(),
            Archived::Yes => account.is_archived(),
            Archived::All => true,
        };
        let is = |wanted: &Option<String>, value: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| value.is_some_and(|value| value.to_lowercase() == wanted.to_lowercase()))
        };
        archived
            && self.tag.as_ref().is_none_or(|tag| account.more.tags.has(tag))
            && self.lifecycle.is_none_or(|lifecycle| account.master.lifecycle == lifecycle)
            && is(&self.industry, account.master.industry.as_deref())
    }
}

/// The accounts that this viewer may see and that the filter lets through, by id.
pub async fn list(office: &Office, viewer: &Viewer, filter: &Filter) -> Result<Vec<Arc<Account>>, Fault> {
    let directory = directory::current(office, viewer).await?;
    let search = Search::new(&filter.search);
    let fits = match &search {
        Some(search) => Some(finder::fits(office, &directory, search, true).await?),
        None => None,
    };
    let is_found = |place: usize| fits.as_ref().is_none_or(|fits| fits.at(place).is_some());
    let found = directory.accounts().iter().enumerate().filter(|(place, account)| is_found(*place) && filter.holds(account));
    Ok(found.map(|(_, account)| account.clone()).collect())
}
