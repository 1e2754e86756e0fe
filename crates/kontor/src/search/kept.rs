//! An index that is kept as fresh as the snapshot that it is made of.

use std::sync::Arc;

use tokio::sync::{RwLock, RwLockReadGuard};

use super::index::Index;

/// An index with the snapshot that it shows. One per process; it catches up with the records when it is asked.
pub struct Kept<S>(RwLock<(Index, Option<Arc<S>>)>);

impl<S> Default for Kept<S> {
    fn default() -> Kept<S> {
        Kept(RwLock::new((Index::new(), None)))
    }
}

impl<S> Kept<S> {
    /// The index, at least as new as a snapshot. Where it is older, `catch_up` brings it from the snapshot that it shows to this one; from none, when it is made
    /// for the first time, or anew because more of it is gone than left.
    pub async fn fresh(
        &self,
        snapshot: &Arc<S>,
        revision: impl Fn(&S) -> i64,
        catch_up: impl FnOnce(&mut Index, Option<&S>),
    ) -> RwLockReadGuard<'_, Index> {
        let is_fresh = |known: &(Index, Option<Arc<S>>)| known.1.as_ref().is_some_and(|known| revision(known) >= revision(snapshot));
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
            catch_up(index, before.as_deref());
            *before = Some(snapshot.clone());
        }
        RwLockReadGuard::map(known.downgrade(), |known| &known.0)
    }
}
