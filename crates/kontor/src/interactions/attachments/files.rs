//! The files themselves: an object store by content, outside the database.
//!
//! An object is named after the SHA-256 of its content, `attachments/ab/abcd…`, so that the same file is kept once. It is written and synced before its
//! record is, and never changed. `object_store` speaks to the folder here and could speak to S3 with the same names.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

const PREFIX: &str = "attachments";

/// The object store.
#[derive(Debug)]
pub struct Files(LocalFileSystem);

/// The name of content: its SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn key(sha256: &str) -> Key {
    Key::from_iter([PREFIX, sha256.get(..2).unwrap_or_default(), sha256])
}

impl Files {
    /// The store in a folder, made where there is none.
    pub fn open(folder: &Path) -> std::io::Result<Files> {
        std::fs::create_dir_all(folder)?;
        Ok(Files(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)))
    }

    /// Writes content and gives its name; it is on the disk when this returns.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String, object_store::Error> {
        let name = sha256(&bytes);
        self.0.put(&key(&name), PutPayload::from(bytes)).await?;
        Ok(name)
    }

    /// Whether content of this name is there.
    pub async fn has(&self, sha256: &str) -> Result<bool, object_store::Error> {
        match self.0.head(&key(sha256)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Content by its name; `None` when it is not there.
    pub async fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, object_store::Error> {
        match self.0.get(&key(sha256)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names of content that was written before an instant.
    pub async fn older_than(&self, instant: DateTime<Utc>) -> Result<Vec<String>, object_store::Error> {
        let listed = self.0.list(Some(&Key::from(PREFIX)));
        let old = listed.try_filter(move |object| std::future::ready(object.last_modified < instant));
        let names = old.try_filter_map(|object| std::future::ready(Ok(object.location.filename().map(str::to_owned))));
        names.try_collect().await
    }

    /// Removes content by its name.
    pub async fn remove(&self, sha256: &str) -> Result<(), object_store::Error> {
        self.0.delete(&key(sha256)).await
    }
}

/// For so long content may be there without a record: somebody may just be about to write it.
pub const GRACE: TimeDelta = TimeDelta::hours(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn content_is_kept_once_under_its_hash() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::open(folder.path()).expect("a store");
        let name = files.put(b"hello".to_vec()).await.expect("written");
        assert_eq!(name, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assert_eq!(files.put(b"hello".to_vec()).await.expect("written again"), name);
        assert!(folder.path().join("attachments/2c").join(&name).is_file());
        assert_eq!(files.get(&name).await.expect("asked"), Some(b"hello".to_vec()));
        let later = Utc::now() + TimeDelta::days(1);
        assert_eq!(files.older_than(later).await.expect("listed"), std::slice::from_ref(&name));
        assert!(files.older_than(later - TimeDelta::days(30)).await.expect("listed").is_empty());
        files.remove(&name).await.expect("removed");
        assert!(!files.has(&name).await.expect("asked") && files.get(&name).await.expect("asked").is_none());
    }
}
