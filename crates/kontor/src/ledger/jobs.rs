//! Imports at work in this process: their progress, that each is worked on once, why the last work failed, and what was found out about their files.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kontor_ledger::check::Progress;
use kontor_ledger::options::Options;
use kontor_ledger::read::Detection;

use crate::fault::Fault;
use crate::memo::Memo;

/// How many detections are kept: an import with and without the columns chosen by hand, for a few imports at once.
const DETECTIONS: usize = 16;

/// The imports that are being checked or booked.
#[derive(Clone)]
pub struct Jobs(Arc<Parts>);

struct Parts {
    at_work: Mutex<HashMap<i64, Arc<Progress>>>,
    failures: Mutex<HashMap<i64, Fault>>,
    detections: Memo<(i64, Options), Detection>,
}

impl Default for Jobs {
    fn default() -> Jobs {
        Jobs(Arc::new(Parts { at_work: Mutex::default(), failures: Mutex::default(), detections: Memo::new(DETECTIONS) }))
    }
}

impl Jobs {
    /// Takes an import to work on; `None` while somebody else works on it. It is given back when the job is dropped. What failed before is forgotten.
    pub fn start(&self, import_id: i64) -> Option<Job> {
        let mut at_work = locked(&self.0.at_work);
        if at_work.contains_key(&import_id) {
            return None;
        }
        locked(&self.0.failures).remove(&import_id);
        let progress = Arc::new(Progress::default());
        at_work.insert(import_id, progress.clone());
        Some(Job { jobs: self.clone(), import_id, progress })
    }

    /// How far the work on an import is; `None` when nobody works on it.
    pub fn progress(&self, import_id: i64) -> Option<Arc<Progress>> {
        locked(&self.0.at_work).get(&import_id).cloned()
    }

    /// Why the last work in the background failed, until the next one begins.
    pub fn failure(&self, import_id: i64) -> Option<Fault> {
        locked(&self.0.failures).get(&import_id).cloned()
    }

    /// What was found out about the files of imports, by import and options.
    pub fn detections(&self) -> &Memo<(i64, Options), Detection> {
        &self.0.detections
    }
}

fn locked<T>(part: &Mutex<T>) -> MutexGuard<'_, T> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The work on one import.
pub struct Job {
    jobs: Jobs,
    import_id: i64,
    /// How far it is.
    pub progress: Arc<Progress>,
}

impl Job {
    /// Gives the import back and keeps why the work failed, so that whoever waits for it is told. The reason is there before the import is free.
    pub fn fail(self, fault: Fault) {
        locked(&self.jobs.0.failures).insert(self.import_id, fault);
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        locked(&self.jobs.0.at_work).remove(&self.import_id);
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

    #[test]
    fn a_failure_is_told_until_the_next_work_begins() {
        let jobs = Jobs::default();
        jobs.start(1).expect("free").fail(Fault::Internal);
        assert!(jobs.progress(1).is_none());
        assert!(matches!(jobs.failure(1), Some(Fault::Internal)) && jobs.failure(2).is_none());
        let next = jobs.start(1).expect("free again");
        assert!(jobs.failure(1).is_none());
        drop(next);
    }
}
