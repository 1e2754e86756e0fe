//! The days of the last contacts: written with every interaction, and kept in memory by account.
//!
//! What is private or for teams counts here too: that there was contact, of which kind and on which day, is no secret; what was said is.

pub mod store;

use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// The last contacts of those people who were asked for, at all their accounts.
#[derive(Default)]
pub struct KeptPeople(tokio::sync::Mutex<People>);

#[derive(Default)]
struct People {
    revision: i64,
    known: HashMap<i64, Vec<(i64, LastContacts)>>,
}

impl People {
    fn put(&mut self, (account_id, person_id): store::Key, contacts: LastContacts) {
        let Some(known) = self.known.get_mut(&person_id) else { return };
        match known.iter_mut().find(|(account, _)| *account == account_id) {
            Some(known) => known.1 = contacts,
            None => known.push((account_id, contacts)),
        }
    }
}

/// The last contacts of people, each at an account. Only whom nobody asked for yet and what changed since is read from the database.
pub async fn of_people(office: &Office, keys: &BTreeSet<store::Key>) -> Result<BTreeMap<store::Key, LastContacts>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Interactions);
    let mut people = office.last_contacts_of_people.0.lock().await;
    if people.revision < revision {
        if !people.known.is_empty() {
            let changed = store::people_changed_since(office.db.read(), people.revision).await?;
            changed.into_iter().for_each(|(key, contacts)| people.put(key, contacts));
        }
        people.revision = revision;
    }
    let missing: BTreeSet<i64> = keys.iter().map(|key| key.1).filter(|person_id| !people.known.contains_key(person_id)).collect();
    let read = store::of_people(office.db.read(), &missing).await?;
    people.known.extend(missing.into_iter().map(|person_id| (person_id, Vec::new())));
    read.into_iter().for_each(|(key, contacts)| people.put(key, contacts));
    let known = |key: &store::Key| people.known.get(&key.1)?.iter().find(|(account_id, _)| *account_id == key.0).map(|known| known.1);
    Ok(keys.iter().filter_map(|key| Some((*key, known(key)?))).collect())
}
