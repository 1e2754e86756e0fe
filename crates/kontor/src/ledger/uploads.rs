//! The files of imports on disk: uploads that wait for booking, and the reports of rejected rows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use super::store::ImportFile;
use crate::config::Config;
use crate::fault::Fault;

/// The largest upload, in bytes, all files of an import together.
pub const UPLOAD_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// The most files one import may have.
pub const UPLOAD_FILES_MAX: usize = 100;
/// The largest other field of an upload, in bytes.
const FIELD_BYTES_MAX: usize = 1_000_000;

/// A file that is being received.
pub struct Receiving {
    file: tokio::fs::File,
    path: PathBuf,
    name: String,
    size_bytes: u64,
    hash: Sha256,
}

impl Receiving {
    /// Begins to receive a file into a folder. It keeps its name, as findings tell it, in a folder of its own, as two files may have the same.
    pub async fn begin(folder: &Path, position: usize, name: &str) -> Result<Receiving, Fault> {
        let name = safe_name(name).unwrap_or_else(|| format!("file-{}", position + 1));
        let folder = folder.join(position.to_string());
        tokio::fs::create_dir_all(&folder).await?;
        let path = folder.join(&name);
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

/// The last part of a name without what file systems refuse, at most 200 bytes from its end, where the ending is; `None` when nothing is left.
fn safe_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String = last.chars().filter(|c| !c.is_control()).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let from = safe.ceil_char_boundary(safe.len().saturating_sub(200));
    let name = safe[from..].trim().trim_start_matches('.');
    (!name.is_empty()).then(|| name.to_owned())
}

/// What came with an upload. The files are removed when this is dropped, unless they were kept.
pub struct Upload {
    /// The files in the order they came.
    pub files: Vec<ImportFile>,
    /// The other fields of the form.
    pub fields: BTreeMap<String, String>,
    folder: TempDir,
}

impl Upload {
    /// The files belong to an import now.
    pub fn keep(self) {
        // The path is in every file already.
        let _ = self.folder.keep();
    }
}

/// Receives a multipart form straight to disk. What has a file name, or is in the field `files`, is a file; a file field left empty is none.
pub async fn receive(config: &Config, mut parts: Multipart) -> Result<Upload, Fault> {
    let folder = tempfile::Builder::new().prefix("upload-").tempdir_in(config.imports_folder())?;
    let mut upload = Upload { files: Vec::new(), fields: BTreeMap::new(), folder };
    let mut left = UPLOAD_BYTES_MAX;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let (field, name) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        if name.is_none() && field != "files" {
            let text = receive_text(&mut part).await?;
            upload.fields.insert(field, text);
            continue;
        }
        if upload.files.len() == UPLOAD_FILES_MAX {
            return Err(Fault::field("files", |t| t.ledger_files_many(UPLOAD_FILES_MAX)));
        }
        let name = name.unwrap_or_default();
        let mut file = Receiving::begin(upload.folder.path(), upload.files.len(), &name).await?;
        while let Some(bytes) = part.chunk().await.map_err(broken)? {
            file.take(&bytes, left).await?;
        }
        left -= file.size_bytes();
        if !name.is_empty() || file.size_bytes() > 0 {
            upload.files.push(file.end().await?);
        }
    }
    Ok(upload)
}

async fn receive_text(part: &mut Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&more);
        if bytes.len() > FIELD_BYTES_MAX {
            return Err(Fault::TooLarge(FIELD_BYTES_MAX as u64));
        }
    }
    String::from_utf8(bytes).map_err(|_| Fault::Malformed("a field of the form is not UTF-8".into()))
}

fn broken(error: MultipartError) -> Fault {
    Fault::Malformed(error.body_text())
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
            // The folders above go with their last file.
            for folder in path.ancestors().skip(1).take_while(|folder| *folder != imports) {
                std::fs::remove_dir(folder).ok();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_stays_inside_its_folder() {
        let names = ["../../etc/passwd", "C:\\Exporte\\Rechnungen 2025.csv", "..", "a\u{0}b:c.csv", " .versteckt.csv ", ""];
        let safe = [Some("passwd"), Some("Rechnungen 2025.csv"), None, Some("ab_c.csv"), Some("versteckt.csv"), None];
        assert_eq!(names.map(safe_name), safe.map(|name| name.map(str::to_owned)));
        let long = safe_name(&format!("{}.xlsx", "ä".repeat(500))).expect("a name");
        assert!(long.len() <= 200 && long.ends_with("ä.xlsx"), "{long}");
    }
}
