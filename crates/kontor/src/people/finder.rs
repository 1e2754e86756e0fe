//! The index of people by the words of their names and companies, kept as fresh as the records.

use std::sync::Arc;

use kontor_domain::rights::Viewer;
use tokio::sync::RwLockReadGuard;

use super::roll::{self, Roll};
use crate::accounts::directory::Directory;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::index::{Hit, Index};
use crate::search::kept::Kept;

/// Finds people by what somebody types.
#[derive(Default)]
pub struct Finder(Kept<Roll>);

impl Finder {
    /// The people this viewer may see who fit what was typed, the best first. They are found by their names and by those of the companies they work for.
    pub async fn search(&self, office: &Office, viewer: &Viewer, directory: &Directory, typed: &str) -> Result<Vec<Hit>, Fault> {
        let roll = roll::current(office).await?;
        let index = self.fresh(&roll, directory).await;
        let is_seen = |id: i64| roll.place_of(id).is_some_and(|place| roll.is_seen(viewer, place));
        Ok(index.search(typed, is_seen).unwrap_or_default())
    }

    async fn fresh(&self, roll: &Arc<Roll>, directory: &Directory) -> RwLockReadGuard<'_, Index> {
        self.0.fresh(roll, Roll::revision, |index, before| catch_up(index, before, roll, directory)).await
    }
}

fn catch_up(index: &mut Index, before: Option<&Roll>, roll: &Roll, directory: &Directory) {
    for place in (0..roll.len()).filter(|&place| before.is_none_or(|before| roll.changed(place) > before.revision())) {
        if roll.is_gone(place) {
            index.remove(roll.id(place));
            continue;
        }
        let open = roll.jobs(place).iter().filter(|job| job.to.is_none()).filter_map(|job| directory.place_of(job.account_id?));
        let companies = open.map(|place| directory.accounts()[place].master.name.as_str());
        index.put(roll.id(place), 0, [roll.title(place), roll.name(place)].into_iter().chain(companies));
    }
}
