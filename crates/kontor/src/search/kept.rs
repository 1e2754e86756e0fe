//! An index that is kept as fresh as the snapshots that it is made of.

use tokio::sync::{RwLock, RwLockReadGuard};

use super::index::Index;

/// What an index is made of, at one moment.
pub trait Snapshot: Clone {
    /// Whether it shows nothing older than the other does.
    fn is_as_new_as(&self, other: &Self) -> bool;
}

/// An index with the snapshot that it shows. One per process; it catches up with the records when it is asked.
pub struct Kept<S>(RwLock<(Index, Option<S>)>);

impl<S> Default for Kept<S> {
    fn default() -> Kept<S> {
        Kept(RwLock::new((Index::new(), None)))
    }
}

impl<S: Snapshot> Kept<S> {
    /// The index, at least as new as a snapshot. Where it is older, `catch_up` brings it from the snapshot that it shows to this one; from none, when it is made
    /// for the first time, or anew because more of it is gone than left.
    pub async fn fresh(&self, snapshot: &S, catch_up: impl FnOnce(&mut Index, Option<&S>)) -> RwLockReadGuard<'_, Index> {
        let is_fresh = |known: &(Index, Option<S>)| known.1.as_ref().is_some_and(|known| known.is_as_new_as(snapshot));
        let known = self.0.read().await;
        if is_fresh(&known) {
            return RwLockReadGuard::map(known, |known| &known.0);
        }
        drop(known);
        let mut known = self.0.write().await;
        if !is_fresh(&known) {
            let (index, before) = &mut *known;
            if index.gone() > index.len() {
                (*index, *before) = (Index::new(), None);
            }
            catch_up(index, before.as_ref());
            *before = Some(snapshot.clone());
        }
        RwLockReadGuard::map(known.downgrade(), |known| &known.0)
    }
}
