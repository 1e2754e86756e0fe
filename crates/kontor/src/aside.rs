//! Work that keeps a processor or a disk busy, done beside the requests that only wait.

use crate::fault::Fault;

/// Begins the work at once, on a thread of its own; wait for the outcome. Fails when the work breaks down.
pub fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> impl Future<Output = Result<T, Fault>> + Send {
    let task = tokio::task::spawn_blocking(work);
    async { task.await.map_err(Fault::internal) }
}
