//! The files of imports on disk: uploads that wait for booking, and the reports of rejected rows.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::store::ImportFile;
use crate::config::Config;
use crate::fault::Fault;

/// The largest upload, in bytes, all files of an import together.
pub const UPLOAD_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// The most files one import may have.
pub const UPLOAD_FILES_MAX: usize = 100;

/// A file that is being received.
pub struct Receiving {
    file: tokio::fs::File,
    path: PathBuf,
    name: String,
    size_bytes: u64,
    hash: Sha256,
}

impl Receiving {
    /// Begins to receive a file into a folder. Only the last part of the name it had at home is kept, and only for showing.
    pub async fn begin(folder: &Path, position: usize, name: &str) -> Result<Receiving, Fault> {
        tokio::fs::create_dir_all(folder).await?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect::<String>();
        let extension = Path::new(&name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        let path = folder.join(format!("{position}.{extension}"));
        let file = tokio::fs::File::create(&path).await?;
        Ok(Receiving { file, path, name, size_bytes: 0, hash: Sha256::new() })
    }

    /// Takes the next part; refuses what would be more than `left` bytes in all.
    pub async fn take(&mut self, part: &[u8], left: u64) -> Result<(), Fault> {
        self.size_bytes += part.len() as u64;
        if self.size_bytes > left {
            return Err(Fault::TooLarge(UPLOAD_BYTES_MAX));
        }
        self.hash.update(part);
        Ok(self.file.write_all(part).await?)
    }

    /// How much came so far, in bytes.
    pub const fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The whole file is here.
    pub async fn end(mut self) -> Result<ImportFile, Fault> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let path = self.path.canonicalize()?.display().to_string();
        Ok(ImportFile { name: self.name, path, size_bytes: self.size_bytes, sha256: HEXLOWER.encode(&self.hash.finalize()) })
    }
}

/// Describes a file that lies where the user keeps it, for imports from the command line.
pub fn describe(path: &Path) -> std::io::Result<ImportFile> {
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    let mut file = std::fs::File::open(path)?;
    let mut part = vec![0; 1 << 20];
    loop {
        let count = std::io::Read::read(&mut file, &mut part)?;
        if count == 0 {
            break;
        }
        hash.update(&part[..count]);
        size_bytes += count as u64;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let path = path.canonicalize()?.display().to_string();
    Ok(ImportFile { name, path, size_bytes, sha256: HEXLOWER.encode(&hash.finalize()) })
}

/// The folder of one upload.
pub fn folder(config: &Config, upload: &str) -> PathBuf {
    config.imports_folder().join(upload)
}

/// The file with all rejected rows of an import.
pub fn rejected_file(config: &Config, import_id: i64) -> PathBuf {
    config.imports_folder().join(format!("rejected-{import_id}.csv"))
}

/// Removes uploaded files that are needed no longer; files that were never uploaded are left alone.
pub fn remove(config: &Config, files: &[ImportFile]) {
    let Ok(imports) = config.imports_folder().canonicalize() else { return };
    for file in files {
        let path = Path::new(&file.path);
        if path.starts_with(&imports) {
            // What cannot be removed now is only a file too many; it must not undo a booking that has happened.
            if let Err(error) = std::fs::remove_file(path) {
                tracing::warn!(path = %path.display(), %error, "an uploaded file could not be removed");
            }
            if let Some(folder) = path.parent() {
                std::fs::remove_dir(folder).ok();
            }
        }
    }
}
