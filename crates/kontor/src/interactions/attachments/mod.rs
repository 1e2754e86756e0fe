//! Files that belong to interactions: their content in an object store, their records in the database, their rights those of the interaction.

pub mod files;
pub mod media;
pub mod store;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use self::store::Attachment;
use super::actions::{named, to_change};
use super::mail::Enclosure;
use super::reader::Reader;
use crate::db::Tx;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::require;
use crate::web::url;

/// The largest file, in bytes.
pub const BYTES_MAX: usize = 25 * 1024 * 1024;
/// The most files of one interaction.
pub const FILES_MAX: usize = 20;
/// So much of an upload is read to its end, so that the browser hears what was wrong with it; what is even longer is cut off.
const DRAIN_MAX: usize = 8 * BYTES_MAX;

/// A file that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing in it.
    Empty,
    /// It is too large.
    TooLarge,
    /// It is of a kind that is not kept.
    Kind,
}

/// Checks a file by its size and content.
pub fn check(file: Enclosure) -> Result<Checked, (String, Refused)> {
    let name = media::safe_name(&file.name);
    if file.bytes.is_empty() {
        return Err((name, Refused::Empty));
    }
    if file.bytes.len() > BYTES_MAX {
        return Err((name, Refused::TooLarge));
    }
    match media::recognise(&file.bytes, &name) {
        Some(media_type) => Ok(Checked { name, media_type, bytes: file.bytes }),
        None => Err((name, Refused::Kind)),
    }
}

fn refusal((name, why): (String, Refused)) -> FieldError {
    FieldError::new("files", move |t| match why {
        Refused::Empty => t.interactions_file_empty(name.as_str()),
        Refused::TooLarge => t.interactions_file_large(name.as_str(), BYTES_MAX / 1024 / 1024),
        Refused::Kind => t.interactions_file_kind(name.as_str(), media::ALLOWED),
    })
}

/// Attaches files to an interaction: all of them or, with what is wrong with each, none.
pub async fn attach(office: &Office, viewer: &Viewer, interaction_id: i64, files: Vec<Enclosure>) -> Result<Vec<i64>, Fault> {
    require(viewer, Right::LogInteractions)?;
    if files.is_empty() {
        return Err(Fault::field("files", |t| t.interactions_file_missing()));
    }
    let (checked, errors): (Vec<_>, Vec<_>) = files.into_iter().map(check).partition(Result::is_ok);
    let errors: Vec<FieldError> = errors.into_iter().filter_map(Result::err).map(refusal).collect();
    if !errors.is_empty() {
        return Err(Fault::Invalid(errors));
    }
    let reader = Reader::of(office, viewer).await?;
    // Asked before anything is written: who may not see the interaction learns nothing, and leaves nothing.
    super::store::find(office.db.read(), &reader, interaction_id).await?.ok_or(Fault::NotFound)?;
    let written = write(office, checked.into_iter().filter_map(Result::ok).collect()).await?;
    let tx = office.db.begin().await?;
    let interaction = to_change(&tx, &reader, interaction_id).await?;
    if store::count(tx.on(), interaction_id).await? as usize + written.len() > FILES_MAX {
        return Err(Fault::field("files", |t| t.interactions_files_many(FILES_MAX)));
    }
    let bytes = written.iter().map(|file| file.bytes.len() as u64).sum();
    let ids = record(&tx, office, viewer, interaction_id, written).await?;
    let (account_id, account) = named(&tx, viewer, &interaction).await?;
    let event = Event::AttachmentsAdded { interaction_id, account_id, account, attachments: ids.clone(), bytes };
    tx.commit(viewer, office.now(), event).await?;
    Ok(ids)
}

/// A file whose content is in the object store.
pub(super) struct Written {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
    sha256: String,
}

/// Writes content, before the change that names it begins.
pub(super) async fn write(office: &Office, files: Vec<Checked>) -> Result<Vec<Written>, Fault> {
    let mut written = Vec::with_capacity(files.len());
    for Checked { name, media_type, bytes } in files {
        let sha256 = office.files.put(bytes.clone()).await.map_err(Fault::internal)?;
        written.push(Written { name, media_type, bytes, sha256 });
    }
    Ok(written)
}

/// Records files whose content was written. While a change is open nobody clears content away; what was cleared just before it began is written again.
pub(super) async fn record(tx: &Tx, office: &Office, viewer: &Viewer, interaction_id: i64, files: Vec<Written>) -> Result<Vec<i64>, Fault> {
    let mut ids = Vec::with_capacity(files.len());
    for file in files {
        if !office.files.has(&file.sha256).await.map_err(Fault::internal)? {
            office.files.put(file.bytes.clone()).await.map_err(Fault::internal)?;
        }
        let row = Attachment {
            id: 0,
            interaction_id,
            name: file.name,
            media_type: file.media_type.to_owned(),
            size_bytes: file.bytes.len() as u64,
            sha256: file.sha256,
        };
        ids.push(store::insert(tx.on(), &row, viewer.user_id, office.now()).await?);
    }
    Ok(ids)
}

/// A file with its content, for who may read its interaction.
pub async fn open(office: &Office, viewer: &Viewer, id: i64) -> Result<(Attachment, Vec<u8>), Fault> {
    let attachment = find(office, viewer, id).await?;
    let bytes = office.files.get(&attachment.sha256).await.map_err(Fault::internal)?;
    let bytes = bytes.ok_or_else(|| Fault::internal(format!("attachment {id}: its content {} is missing", attachment.sha256)))?;
    Ok((attachment, bytes))
}

async fn find(office: &Office, viewer: &Viewer, id: i64) -> Result<Attachment, Fault> {
    let reader = Reader::of(office, viewer).await?;
    let attachment = store::find(office.db.read(), id).await?.ok_or(Fault::NotFound)?;
    super::store::find(office.db.read(), &reader, attachment.interaction_id).await?.ok_or(Fault::NotFound)?;
    Ok(attachment)
}

/// Takes a file away from its interaction; gives the interaction.
pub async fn archive(office: &Office, viewer: &Viewer, id: i64) -> Result<i64, Fault> {
    require(viewer, Right::LogInteractions)?;
    let reader = Reader::of(office, viewer).await?;
    let tx = office.db.begin().await?;
    let attachment = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    let interaction = to_change(&tx, &reader, attachment.interaction_id).await?;
    store::archive(tx.on(), id, viewer.user_id, office.now()).await?;
    let (account_id, account) = named(&tx, viewer, &interaction).await?;
    let event = Event::AttachmentArchived { interaction_id: interaction.id, account_id, account, attachment_id: id };
    tx.commit(viewer, office.now(), event).await?;
    Ok(interaction.id)
}

/// Clears content away that no record names, as a crash may have left it; gives how many. What was written less than an hour before `now` may be about to
/// be named and stays.
pub async fn recover(office: &Office, now: DateTime<Utc>) -> Result<usize, Fault> {
    let instant = now - files::GRACE;
    let orphans = async |db: &sea_orm::DatabaseConnection| {
        let old = office.files.older_than(instant).await.map_err(Fault::internal)?;
        let named = store::named(db, &old).await?;
        Ok::<Vec<String>, Fault>(old.into_iter().filter(|name| !named.contains(name)).collect())
    };
    if orphans(office.db.read()).await?.is_empty() {
        return Ok(0);
    }
    // Nobody records anything while this change is open; it is dropped and leaves no trace, as nothing of the records changes.
    let tx = office.db.begin().await?;
    let found = orphans(office.db.read()).await?;
    for name in &found {
        office.files.remove(name).await.map_err(Fault::internal)?;
    }
    drop(tx);
    tracing::info!(files = found.len(), "removed files that no record names");
    Ok(found.len())
}

/// A file to keep. It never opens in the page, and no browser guesses what it is.
pub fn response(attachment: &Attachment, bytes: Vec<u8>) -> Response {
    let plain: String = attachment.name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", url::encode(&attachment.name));
    let headers = [
        (CONTENT_TYPE, attachment.media_type.clone()),
        (CONTENT_DISPOSITION, disposition),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// What came with an upload: the files, and the other fields of the form.
#[derive(Debug, Default)]
pub struct Upload {
    /// The files in the order they came; one that is too large has one byte more than is allowed.
    pub files: Vec<Enclosure>,
    /// The other fields.
    pub fields: Vec<(String, String)>,
}

impl Upload {
    /// A field by its name; empty where it is missing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Receives a multipart form. A file field left empty is none.
pub async fn receive(mut parts: Multipart) -> Result<Upload, Fault> {
    let (mut upload, mut drained) = (Upload::default(), 0);
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let (field, name) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        let bytes = read(&mut part, &mut drained).await?;
        match name {
            Some(name) if upload.files.len() < FILES_MAX + 1 => {
                if !name.is_empty() || !bytes.is_empty() {
                    upload.files.push(Enclosure { name, bytes });
                }
            }
            Some(_) => return Err(Fault::field("files", |t| t.interactions_files_many(FILES_MAX))),
            None => {
                let text = String::from_utf8(bytes).map_err(|_| Fault::Malformed("a field of the form is not UTF-8".into()))?;
                upload.fields.push((field, text));
            }
        }
    }
    Ok(upload)
}

async fn read(part: &mut Field<'_>, drained: &mut usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(broken)? {
        *drained += more.len();
        if *drained > DRAIN_MAX {
            return Err(Fault::TooLarge(BYTES_MAX as u64));
        }
        let room = (BYTES_MAX + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(&more[..more.len().min(room)]);
    }
    Ok(bytes)
}

fn broken(error: MultipartError) -> Fault {
    Fault::Malformed(error.body_text())
}
