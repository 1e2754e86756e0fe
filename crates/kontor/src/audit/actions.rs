//! Reading the audit log.

use kontor_domain::audit::{FieldChange, Subject};
use kontor_domain::rights::{Right, Viewer};

use super::store::{self, Change, Entry, Filter};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// Entries, the newest first; at most `limit`.
pub async fn list(office: &Office, viewer: &Viewer, filter: &Filter, limit: u64) -> Result<Vec<Entry>, Fault> {
    require(viewer, Right::SeeAudit)?;
    Ok(store::list(office.db.read(), filter, limit).await?)
}

/// A part of a record's history, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What happened.
    pub changes: Vec<Change>,
    /// Whether there is more.
    pub goes_on: bool,
}

/// The history of a record, for a noun that has looked whether its viewer may see the record. It needs no right to read the whole log.
pub async fn history(office: &Office, subject: Subject, before: Option<i64>, limit: u64) -> Result<History, Fault> {
    let mut changes = store::history(office.db.read(), subject, before, limit + 1).await?;
    let goes_on = changes.len() as u64 > limit;
    changes.truncate(limit as usize);
    Ok(History { changes, goes_on })
}

/// What one event changed about a record; [`Fault::NotFound`] when it is not of its history.
pub async fn one(office: &Office, subject: Subject, event_id: i64) -> Result<Change, Fault> {
    store::one(office.db.read(), subject, event_id).await?.into_iter().next().ok_or(Fault::NotFound)
}

/// What one event changed about a field of a record, for restoring the value before it.
pub async fn change_of(office: &Office, subject: Subject, event_id: i64, field: &str) -> Result<FieldChange, Fault> {
    let changes = store::one(office.db.read(), subject, event_id).await?;
    changes.into_iter().flat_map(|change| change.changes).find(|change| change.field == field).ok_or(Fault::NotFound)
}
