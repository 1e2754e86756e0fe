//! The days of the last contacts: written with every interaction, and kept in memory by account.
//!
//! What is private or for teams counts here too: that there was contact, of which kind and on which day, is no secret; what was said is.

pub mod store;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kontor_domain::cadence::LastContacts;

use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;

/// The last contacts by account.
pub type ByAccount = HashMap<i64, LastContacts>;

/// What was read of them, and at which revision.
#[derive(Default)]
pub struct Kept(Mutex<(i64, Arc<ByAccount>)>);

/// The last contacts of all accounts. Only what changed since somebody asked is read from the database.
pub async fn by_account(office: &Office) -> Result<Arc<ByAccount>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Interactions);
    let (known, kept) = office.last_contacts.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if known == revision {
        return Ok(kept);
    }
    let changed = store::changed_since(office.db.read(), known).await?;
    let mut slot = office.last_contacts.0.lock().unwrap_or_else(PoisonError::into_inner);
    if slot.0 <= known {
        drop(kept);
        Arc::make_mut(&mut slot.1).extend(changed);
        slot.0 = revision;
    }
    Ok(slot.1.clone())
}
