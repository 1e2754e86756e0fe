//! The index of people by the words of their names and companies, kept as fresh as the records.

use std::collections::HashSet;
use std::sync::Arc;

use kontor_domain::rights::Viewer;

use super::roll::{self, Roll};
use crate::accounts::directory::{self, Directory};
use crate::fault::Fault;
use crate::office::Office;
use crate::search::index::{Hit, Index};
use crate::search::kept::{Kept, Snapshot};

/// Finds people by what somebody types.
#[derive(Default)]
pub struct Finder(Kept<Sources>);

impl Finder {
    /// The people this viewer may see who fit what was typed, the best first. They are found by their names and by those of the companies they work for, as far
    /// as the viewer sees these.
    pub async fn search(&self, office: &Office, viewer: &Viewer, typed: &str) -> Result<Vec<Hit>, Fault> {
        let sources = Sources { roll: roll::current(office).await?, directory: directory::whole(office).await? };
        let index = self.0.fresh(&sources, |index, before| sources.bring_up_to_date(index, before)).await;
        let is_found = |id: i64| {
            let place = sources.roll.place_of(id).filter(|&place| sources.roll.is_seen(viewer, place));
            place.is_some_and(|place| sources.is_found_by_what_is_seen(viewer, place, typed))
        };
        Ok(index.search(typed, is_found).unwrap_or_default())
    }
}

/// Everybody, and what the accounts they work for are called.
#[derive(Clone)]
struct Sources {
    roll: Arc<Roll>,
    directory: Arc<Directory>,
}

impl Snapshot for Sources {
    fn is_as_new_as(&self, other: &Sources) -> bool {
        self.roll.revision() >= other.roll.revision() && self.directory.revision() >= other.directory.revision()
    }
}

impl Sources {
    fn bring_up_to_date(&self, index: &mut Index, before: Option<&Sources>) {
        let roll = &self.roll;
        let renamed = before.map_or_else(HashSet::new, |before| self.renamed_since(before));
        let is_known = |place: usize| before.is_some_and(|before| roll.changed(place) <= before.roll.revision());
        let is_at_renamed = |place: usize| !renamed.is_empty() && self.open_accounts(place).any(|id| renamed.contains(&id));
        for place in (0..roll.len()).filter(|&place| !is_known(place) || is_at_renamed(place)) {
            if roll.is_gone(place) {
                index.remove(roll.id(place));
            } else {
                index.put(roll.id(place), 0, self.texts(place, |_| true));
            }
        }
    }

    /// The accounts that are called otherwise than before.
    fn renamed_since(&self, before: &Sources) -> HashSet<i64> {
        if before.directory.revision() == self.directory.revision() {
            return HashSet::new();
        }
        let was_called_so = |id: i64, name: &str| {
            let place = before.directory.place_of(id);
            place.is_some_and(|place| before.directory.accounts()[place].master.name == name)
        };
        let accounts = self.directory.accounts().iter();
        accounts.filter(|account| !was_called_so(account.id, &account.master.name)).map(|account| account.id).collect()
    }

    /// The accounts that the person at a place works for.
    fn open_accounts(&self, place: usize) -> impl Iterator<Item = i64> {
        self.roll.jobs(place).iter().filter(|job| job.to.is_none()).filter_map(|job| job.account_id)
    }

    /// By what the person at a place is found: title, name, and the companies among these accounts.
    fn texts(&self, place: usize, is_among: impl Fn(i64) -> bool) -> impl Iterator<Item = &str> {
        let places = self.open_accounts(place).filter(move |&id| is_among(id)).filter_map(|id| self.directory.place_of(id));
        let companies = places.map(|place| self.directory.accounts()[place].master.name.as_str());
        [self.roll.title(place), self.roll.name(place)].into_iter().chain(companies)
    }

    /// The index knows all companies. Who works for one that this viewer does not see must not be found by its name.
    fn is_found_by_what_is_seen(&self, viewer: &Viewer, place: usize, typed: &str) -> bool {
        if viewer.sight.is_all() || self.open_accounts(place).all(|id| viewer.sight.sees(id)) {
            return true;
        }
        let mut seen = Index::new();
        seen.put(self.roll.id(place), 0, self.texts(place, |id| viewer.sight.sees(id)));
        seen.search(typed, |_| true).is_some_and(|hits| !hits.is_empty())
    }
}
