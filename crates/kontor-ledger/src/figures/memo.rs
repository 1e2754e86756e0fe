//! Remembering the figures asked for last.

use std::sync::{Arc, Mutex, PoisonError};

use super::directory::Directory;
use super::{AccountFigures, Figures, Scope};
use crate::Error;

/// What a vault remembers. Figures of a hundred thousand accounts take about 15 MB, so few are kept.
pub(crate) struct Memo {
    directories: Recent<u128, Directory>,
    figures: Recent<(u128, Scope), Figures>,
    accounts: Recent<(u128, Vec<u32>, Scope), AccountFigures>,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo { directories: Recent::new(4), figures: Recent::new(16), accounts: Recent::new(64) }
    }
}

/// A set of live segments is known by its fingerprint; see [`super::LiveSet`].
impl Memo {
    pub(super) fn directory(&self, live: u128, compute: impl FnOnce() -> Result<Directory, Error>) -> Result<Arc<Directory>, Error> {
        self.directories.get(|known| *known == live, || live, compute)
    }

    pub(super) fn figures(
        &self,
        live: u128,
        scope: &Scope,
        compute: impl FnOnce() -> Result<Figures, Error>,
    ) -> Result<Arc<Figures>, Error> {
        self.figures.get(|known| known.0 == live && known.1 == *scope, || (live, scope.clone()), compute)
    }

    /// Accounts are given by their numbers in the directory of the live segments.
    pub(super) fn accounts(
        &self,
        live: u128,
        ids: &[u32],
        scope: &Scope,
        compute: impl FnOnce() -> Result<AccountFigures, Error>,
    ) -> Result<Arc<AccountFigures>, Error> {
        let is_it = |known: &(u128, Vec<u32>, Scope)| known.0 == live && known.1 == ids && known.2 == *scope;
        self.accounts.get(is_it, || (live, ids.to_vec(), scope.clone()), compute)
    }
}

/// The values asked for last, at most `limit`.
struct Recent<K, V> {
    limit: usize,
    /// The one asked for last stands last.
    entries: Mutex<Vec<(K, Slot<V>)>>,
}

/// A value, or a place for one that somebody is computing: whoever asks for the same meanwhile waits for it.
type Slot<V> = Arc<Mutex<Option<Arc<V>>>>;

impl<K, V> Recent<K, V> {
    fn new(limit: usize) -> Recent<K, V> {
        Recent { limit, entries: Mutex::new(Vec::new()) }
    }

    fn get(
        &self,
        is_it: impl Fn(&K) -> bool,
        key: impl FnOnce() -> K,
        compute: impl FnOnce() -> Result<V, Error>,
    ) -> Result<Arc<V>, Error> {
        let slot = {
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = match entries.iter().position(|(known, _)| is_it(known)) {
                Some(place) => entries.remove(place),
                None => (key(), Slot::default()),
            };
            let slot = entry.1.clone();
            entries.push(entry);
            let surplus = entries.len().saturating_sub(self.limit);
            entries.drain(..surplus);
            slot
        };
        let mut value = slot.lock().unwrap_or_else(PoisonError::into_inner);
        match &*value {
            Some(value) => Ok(value.clone()),
            None => Ok(value.insert(Arc::new(compute()?)).clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_computed_once_and_forgotten_when_newer_ones_came() {
        let recent: Recent<u32, u32> = Recent::new(2);
        let mut computed = Vec::new();
        for key in [1, 2, 1, 3, 1, 2] {
            let value = recent.get(
                |&known| known == key,
                || key,
                || {
                    computed.push(key);
                    Ok(key * 10)
                },
            );
            assert_eq!(*value.expect("computed"), key * 10);
        }
        assert_eq!(computed, [1, 2, 3, 2]);
    }

    #[test]
    fn a_failure_is_not_remembered() {
        let recent: Recent<(), u32> = Recent::new(2);
        assert!(recent.get(|()| true, || (), || Err(Error::Cancelled)).is_err());
        assert_eq!(*recent.get(|()| true, || (), || Ok(1)).expect("computed"), 1);
    }
}
