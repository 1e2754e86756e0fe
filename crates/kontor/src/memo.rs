//! Small memories for values that are dear to compute and cheap to keep.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

use tokio::sync::{Mutex, OnceCell};

type Cell<V> = Arc<OnceCell<Arc<V>>>;

/// Keeps the values asked for last. A value is computed once, however many ask for it at the same time.
pub struct Memo<K, V> {
    capacity: usize,
    cells: std::sync::Mutex<VecDeque<(K, Cell<V>)>>,
}

impl<K: Eq + Clone, V> Memo<K, V> {
    /// Keeps at most `capacity` values.
    pub fn new(capacity: usize) -> Memo<K, V> {
        Memo { capacity, cells: Default::default() }
    }

    /// The value for a key, computed if it is not kept. A failed computation is not kept.
    ///
    /// The computation, mostly many queries, waits on the heap: else it would be a part of every future that asks, and those are on the stack.
    pub fn get<E>(&self, key: &K, compute: impl Future<Output = Result<V, E>>) -> impl Future<Output = Result<Arc<V>, E>> {
        let compute = Box::pin(compute);
        let cell = self.cell(key);
        async move { cell.get_or_try_init(|| async { compute.await.map(Arc::new) }).await.cloned() }
    }

    fn cell(&self, key: &K) -> Cell<V> {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cells.iter().position(|(known, _)| known == key).and_then(|place| cells.remove(place));
        let (key, cell) = known.unwrap_or_else(|| (key.clone(), Cell::default()));
        cells.push_front((key, cell.clone()));
        cells.truncate(self.capacity);
        cell
    }
}

/// The newest state of something that changes from one revision to the next.
pub struct Newest<V>(Mutex<Option<(i64, Arc<V>)>>);

impl<V> Default for Newest<V> {
    fn default() -> Newest<V> {
        Newest(Mutex::default())
    }
}

impl<V> Newest<V> {
    /// The state at a revision, or a later one. Where the one known is older, `renew` makes the next of it, once for all who ask meanwhile.
    pub async fn at<E, F: Future<Output = Result<V, E>>>(
        &self,
        revision: i64,
        renew: impl FnOnce(Option<Arc<V>>) -> F,
    ) -> Result<Arc<V>, E> {
        let mut newest = self.0.lock().await;
        let known = match newest.as_ref() {
            Some((known, state)) if *known >= revision => return Ok(state.clone()),
            known => known.map(|(_, state)| state.clone()),
        };
        let next = Arc::new(renew(known).await?);
        *newest = Some((revision, next.clone()));
        Ok(next)
    }

    /// The same, where nothing need be done for it and nobody is about to.
    pub fn at_hand(&self, revision: i64) -> Option<Arc<V>> {
        let newest = self.0.try_lock().ok()?;
        newest.as_ref().filter(|(known, _)| *known >= revision).map(|(_, state)| state.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_value_is_computed_once_and_the_oldest_is_forgotten() {
        let memo: Memo<u8, u8> = Memo::new(2);
        let get = async |key: u8, value: u8| *memo.get(&key, async { Ok::<_, ()>(value) }).await.expect("a value");
        assert_eq!(get(1, 10).await, 10);
        assert_eq!(get(1, 11).await, 10);
        assert_eq!(get(2, 20).await, 20);
        assert_eq!(get(3, 30).await, 30);
        assert_eq!(get(1, 12).await, 12);
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let memo: Memo<u8, u8> = Memo::new(2);
        assert_eq!(memo.get(&1, async { Err("no") }).await, Err("no"));
        assert_eq!(memo.get(&1, async { Ok::<_, &str>(5) }).await, Ok(Arc::new(5)));
    }

    #[tokio::test]
    async fn the_newest_state_is_made_of_the_one_before_when_a_revision_asks_for_it() {
        let newest: Newest<Vec<i64>> = Newest::default();
        let at = async |revision: i64| {
            let renew = |known: Option<Arc<Vec<i64>>>| async move {
                let known = known.map_or(Vec::new(), |known| known.to_vec());
                if revision == 13 { Err("no") } else { Ok([known, vec![revision]].concat()) }
            };
            newest.at(revision, renew).await.map(|state| state.to_vec())
        };
        assert_eq!(newest.at_hand(0), None);
        assert_eq!(at(4).await, Ok(vec![4]));
        assert_eq!(at(4).await, Ok(vec![4]));
        assert_eq!(at(3).await, Ok(vec![4]));
        assert_eq!(at(13).await, Err("no"));
        assert_eq!(at(6).await, Ok(vec![4, 6]));
        assert_eq!((newest.at_hand(7), newest.at_hand(6)), (None, Some(Arc::new(vec![4, 6]))));
    }
}
