//! The index of people by the words of their names and companies, kept as fresh as the records.

use std::sync::Arc;

use kontor_domain::rights::Viewer;
use tokio::sync::{RwLock, RwLockReadGuard};

use super::roll::{self, Roll};
use crate::accounts::directory::Directory;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::index::{Hit, Index};

/// Finds people by what somebody types. One per process; it catches up with the records when it is asked.
#[derive(Default)]
pub struct Finder(RwLock<Known>);

#[derive(Default)]
struct Known {
    index: Index,
    /// What the index holds.
    roll: Option<Arc<Roll>>,
}

impl Finder {
    /// The people this viewer may see who fit what was typed, the best first. They are found by their names and by those of the companies they work for.
    pub async fn search(&self, office: &Office, viewer: &Viewer, directory: &Directory, typed: &str) -> Result<Vec<Hit>, Fault> {
        let roll = roll::current(office).await?;
        let known = self.fresh(&roll, directory).await;
        let is_seen = |id: i64| roll.place_of(id).is_some_and(|place| roll.is_seen(viewer, place));
        Ok(known.index.search(typed, is_seen).unwrap_or_default())
    }

    /// The index, at least as new as this roll.
    async fn fresh(&self, roll: &Arc<Roll>, directory: &Directory) -> RwLockReadGuard<'_, Known> {
        let is_fresh = |known: &Known| known.roll.as_ref().is_some_and(|known| known.revision() >= roll.revision());
        let known = self.0.read().await;
        if is_fresh(&known) {
            return known;
        }
        drop(known);
        let mut known = self.0.write().await;
        if !is_fresh(&known) {
            known.catch_up(roll.clone(), directory);
        }
        known.downgrade()
    }
}

impl Known {
    fn catch_up(&mut self, roll: Arc<Roll>, directory: &Directory) {
        let before = self.roll.take().map_or(-1, |before| before.revision());
        if self.index.gone() > self.index.len() {
            self.index = Index::new();
        }
        let is_new = self.index.is_empty();
        for place in (0..roll.len()).filter(|&place| is_new || roll.changed(place) > before) {
            if roll.is_gone(place) {
                self.index.remove(roll.id(place));
                continue;
            }
            let open = roll.jobs(place).iter().filter(|job| job.to.is_none()).filter_map(|job| directory.place_of(job.account_id?));
            let companies = open.map(|place| directory.accounts()[place].master.name.as_str());
            self.index.put(roll.id(place), 0, [roll.title(place), roll.name(place)].into_iter().chain(companies));
        }
        self.roll = Some(roll);
    }
}
