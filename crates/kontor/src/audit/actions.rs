//! Reading the audit log.

use kontor_domain::rights::{Right, Viewer};

use super::store::{self, Entry, Filter};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// Entries, the newest first; at most `limit`.
pub async fn list(office: &Office, viewer: &Viewer, filter: &Filter, limit: u64) -> Result<Vec<Entry>, Fault> {
    require(viewer, Right::SeeAudit)?;
    Ok(store::list(office.db.read(), filter, limit).await?)
}
