//! A request that only reads is answered as of one moment: what many parts of a page ask the database for is read once.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

type Kept = Mutex<HashMap<&'static str, Arc<dyn Any + Send + Sync>>>;

tokio::task_local! {
    /// What was read for the request that this task answers.
    static MOMENT: Kept;
}

/// Answers a request that changes nothing; within it, [`once`] reads once.
pub async fn at_one_moment<T>(answer: impl Future<Output = T>) -> T {
    MOMENT.scope(Kept::default(), answer).await
}

/// What was read under this name for the same request, else what `read` gives; who asks meanwhile waits for it. Outside of [`at_one_moment`] it always
/// reads, as in a change, which may have changed it.
pub async fn once<T: Clone + Send + Sync + 'static, E>(name: &'static str, read: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    let cell = MOMENT.try_with(|kept| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry(name).or_insert_with(|| Arc::new(OnceCell::<T>::new())).clone().downcast::<OnceCell<T>>().ok()
    });
    match cell.ok().flatten() {
        Some(cell) => cell.get_or_try_init(|| read).await.cloned(),
        None => read.await,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn a_moment_reads_once_and_the_next_one_anew() {
        let reads = Cell::new(0);
        let read = async || {
            once("number", async {
                reads.set(reads.get() + 1);
                Ok::<i32, ()>(reads.get())
            })
            .await
        };
        assert_eq!((read().await, read().await), (Ok(1), Ok(2)), "outside of a moment");
        let twice = async || (read().await, read().await);
        assert_eq!(at_one_moment(twice()).await, (Ok(3), Ok(3)));
        assert_eq!(at_one_moment(twice()).await, (Ok(4), Ok(4)));
    }

    #[tokio::test]
    async fn what_could_not_be_read_is_not_kept() {
        let tried =
            at_one_moment(async { (once("number", async { Err::<i32, _>(()) }).await, once("number", async { Ok::<_, ()>(5) }).await) });
        assert_eq!(tried.await, (Err(()), Ok(5)));
    }
}
