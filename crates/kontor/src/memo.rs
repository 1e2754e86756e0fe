//! A small memory for values that are dear to compute and cheap to keep.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

type Cell<V> = Arc<OnceCell<Arc<V>>>;

/// Keeps the values asked for last. A value is computed once, however many ask for it at the same time.
pub struct Memo<K, V> {
    capacity: usize,
    cells: Mutex<VecDeque<(K, Cell<V>)>>,
}

impl<K: Eq + Clone, V> Memo<K, V> {
    /// Keeps at most `capacity` values.
    pub fn new(capacity: usize) -> Memo<K, V> {
        Memo { capacity, cells: Mutex::default() }
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
}
