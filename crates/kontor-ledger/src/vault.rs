//! The folder in which all segments lie.
//!
//! A segment is written into `segments/<id>.tmp/`, renamed to `segments/<id>/` once every file of it is on the disk, and counts from the moment the
//! office's database names it. Whatever the database does not name was left by a crash. Who writes a segment holds the lock `locks/<id>.lock` until the
//! database names it, so that another process cannot take a segment in the making for a leftover; the system frees the locks of a process that dies.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Error;
use crate::book::Draft;
use crate::figures::Memo;
use crate::segment::{Segment, SegmentMeta, io_error, sync_folder};

const TEMPORARY: &str = ".tmp";

/// Names a live segment: one that counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Live {
    /// The segment.
    pub id: String,
    /// The source it was imported from: lines of different sources are different lines, and their accounts different accounts.
    pub source: String,
}

/// The folder of the ledger. Cheap to clone; all clones share one memory of opened segments and computed figures.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    root: PathBuf,
    opened: Mutex<HashMap<String, Arc<Segment>>>,
    memo: Memo,
}

impl Vault {
    /// Opens the ledger's folder, which is made if it is not there.
    pub fn open(root: &Path) -> Result<Vault, Error> {
        for folder in [root.to_owned(), root.join("segments"), root.join("locks")] {
            std::fs::create_dir_all(&folder).map_err(|source| io_error(&folder, source))?;
        }
        let inner = Inner { root: root.to_owned(), opened: Mutex::default(), memo: Memo::default() };
        Ok(Vault { inner: Arc::new(inner) })
    }

    /// Begins a new segment. Nothing of it counts or stays before [`Prepared::publish`](crate::book::Prepared::publish).
    pub fn begin(&self) -> Result<Draft, Error> {
        loop {
            let id = new_id();
            if let Some(lock) = self.try_lock(&id)? {
                let folder = self.segments().join(format!("{id}{TEMPORARY}"));
                std::fs::create_dir(&folder).map_err(|source| io_error(&folder, source))?;
                return Draft::new(Temporary { vault: self.clone(), id, folder, _lock: lock });
            }
        }
    }

    /// Waits until nobody else books, in this or another process, and keeps others out until the guard is dropped.
    ///
    /// Whoever books takes it before asking the database which segments of the source are live, and drops it after the database named the new
    /// segment: else two imports could each miss the lines of the other and book them twice.
    pub fn lock_booking(&self) -> Result<BookingLock, Error> {
        let path = self.inner.root.join("booking.lock");
        let file = File::create(&path).map_err(|source| io_error(&path, source))?;
        file.lock().map_err(|source| io_error(&path, source))?;
        Ok(BookingLock { _file: file })
    }

    /// Finds what a crash may have left: everything that no living process is writing. Ask the database for the live segments *after* this call and
    /// give them to [`Leftovers::remove_except`]; asked before, it might not yet name a segment that another process booked meanwhile.
    pub fn leftovers(&self) -> Result<Leftovers, Error> {
        let folder = self.segments();
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|source| io_error(&folder, source))? {
            let path = entry.map_err(|source| io_error(&folder, source))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let id = name.strip_suffix(TEMPORARY).unwrap_or(&name).to_owned();
            if let Some(lock) = self.try_lock(&id)? {
                found.push(Leftover { path, name, _lock: lock });
            }
        }
        Ok(Leftovers { found })
    }

    /// Removes an undone segment, once the database no longer names it. One that is not there is no error.
    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.opened().remove(id);
        let path = self.folder_of(id);
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_error(&path, error)),
            _ => Ok(()),
        }
    }

    /// What a segment holds, in numbers.
    pub fn meta(&self, id: &str) -> Result<SegmentMeta, Error> {
        Ok(self.segment(id)?.index.meta.clone())
    }

    /// An opened segment.
    pub(crate) fn segment(&self, id: &str) -> Result<Arc<Segment>, Error> {
        if let Some(segment) = self.opened().get(id) {
            return Ok(segment.clone());
        }
        let segment = Arc::new(Segment::open(id, self.folder_of(id))?);
        Ok(self.opened().entry(id.to_owned()).or_insert(segment).clone())
    }

    pub(crate) fn memo(&self) -> &Memo {
        &self.inner.memo
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Segment>>> {
        self.inner.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn segments(&self) -> PathBuf {
        self.inner.root.join("segments")
    }

    fn folder_of(&self, id: &str) -> PathBuf {
        self.segments().join(id)
    }

    /// The lock of a segment, unless somebody holds it.
    fn try_lock(&self, id: &str) -> Result<Option<Lock>, Error> {
        let path = self.inner.root.join("locks").join(format!("{id}.lock"));
        let file = File::create(&path).map_err(|source| io_error(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file, path })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(io_error(&path, source)),
        }
    }
}

/// 32 hexadecimal digits that no other segment has.
fn new_id() -> String {
    let random = |salt: u8| RandomState::new().hash_one((salt, std::process::id()));
    format!("{:016x}{:016x}", random(1), random(2))
}

/// Keeps others from booking while it lives.
pub struct BookingLock {
    _file: File,
}

/// Held while a segment is in the making.
struct Lock {
    _file: File,
    path: PathBuf,
}

impl Drop for Lock {
    /// The file goes first and the lock with the handle after it: the next one to lock this segment makes a new file. If it cannot be
    /// removed, the next sweep does.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A segment in the making; dropped, it is removed.
pub(crate) struct Temporary {
    vault: Vault,
    id: String,
    folder: PathBuf,
    _lock: Lock,
}

impl Temporary {
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Gives the folder its final name.
    pub(crate) fn publish(self) -> Result<Published, Error> {
        crash_point("before-publish");
        sync_folder(&self.folder)?;
        let published = self.vault.folder_of(&self.id);
        std::fs::rename(&self.folder, &published).map_err(|source| io_error(&published, source))?;
        sync_folder(&self.vault.segments())?;
        crash_point("after-publish");
        Ok(Published { temporary: self })
    }
}

impl Drop for Temporary {
    /// A folder that cannot be removed now is removed by the next sweep.
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A complete segment that the database does not name yet. Drop it after the database's transaction is through; if that failed, [`Published::discard`]
/// it. It is never removed by dropping, as nobody can know then whether the database names it.
pub struct Published {
    temporary: Temporary,
}

impl Published {
    /// The segment's name.
    pub fn id(&self) -> &str {
        &self.temporary.id
    }

    /// Removes the segment, as the database does not name it after all.
    pub fn discard(self) -> Result<(), Error> {
        self.temporary.vault.remove(&self.temporary.id)
    }
}

/// What may have been left by a crash, locked against everybody else.
pub struct Leftovers {
    found: Vec<Leftover>,
}

struct Leftover {
    path: PathBuf,
    name: String,
    _lock: Lock,
}

impl Leftovers {
    /// Removes everything but the live segments and gives the names of what was removed.
    pub fn remove_except(self, live: &[String]) -> Result<Vec<String>, Error> {
        let mut removed = Vec::new();
        for Leftover { path, name, .. } in self.found {
            if !live.contains(&name) {
                std::fs::remove_dir_all(&path).map_err(|source| io_error(&path, source))?;
                removed.push(name);
            }
        }
        removed.sort_unstable();
        Ok(removed)
    }
}

/// Ends the process at a named place when the environment asks for it (`KONTOR_CRASH_AT`): how tests see what a crash leaves. Does nothing in a
/// release build.
pub fn crash_point(name: &str) {
    if cfg!(debug_assertions) && std::env::var_os("KONTOR_CRASH_AT").is_some_and(|at| at == name) {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests;
