//! Imports at work in this process: their progress, and that each is worked on once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kontor_ledger::check::Progress;

/// The imports that are being checked or booked.
#[derive(Clone, Default)]
pub struct Jobs(Arc<Mutex<HashMap<i64, Arc<Progress>>>>);

impl Jobs {
    /// Takes an import to work on; `None` while somebody else works on it. It is given back when the job is dropped.
    pub fn start(&self, import_id: i64) -> Option<Job> {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if jobs.contains_key(&import_id) {
            return None;
        }
        let progress = Arc::new(Progress::default());
        jobs.insert(import_id, progress.clone());
        Some(Job { jobs: self.clone(), import_id, progress })
    }

    /// How far the work on an import is; `None` when nobody works on it.
    pub fn progress(&self, import_id: i64) -> Option<Arc<Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&import_id).cloned()
    }
}

/// The work on one import.
pub struct Job {
    jobs: Jobs,
    import_id: i64,
    /// How far it is.
    pub progress: Arc<Progress>,
}

impl Drop for Job {
    fn drop(&mut self) {
        self.jobs.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.import_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_worked_on_once_at_a_time() {
        let jobs = Jobs::default();
        let first = jobs.start(1).expect("free");
        assert!(jobs.start(1).is_none() && jobs.start(2).is_some() && jobs.progress(1).is_some());
        drop(first);
        assert!(jobs.progress(1).is_none() && jobs.start(1).is_some());
    }
}
