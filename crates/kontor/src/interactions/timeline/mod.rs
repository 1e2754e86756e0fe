//! One timeline of an account, a person or a group: contacts, and what changed in the records, the newest first.

pub mod store;

use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::sight::Sight;

use super::filter::{Filter, Place, Which};
use super::reader::Reader;
use super::store::Interaction;
use crate::audit::store::Entry as Record;
use crate::fault::Fault;
use crate::office::Office;
use crate::people;
use crate::team::actions::require;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Entry {
    /// There was contact.
    Contact(Box<Interaction>),
    /// A record changed.
    Record(Box<Record>),
}

impl Entry {
    /// Its place among all others.
    pub fn place(&self) -> Place {
        match self {
            Entry::Contact(interaction) => Place::new(interaction.started_at, Place::INTERACTION, interaction.id),
            Entry::Record(record) => Place::new(record.at, Place::EVENT, record.id),
        }
    }
}

/// Entries of a timeline, the newest first; at most `limit`. `with_records` asks for changes of the records beside the contacts.
pub async fn entries(
    office: &Office,
    viewer: &Viewer,
    filter: &Filter,
    with_records: bool,
    before: Option<Place>,
    limit: u64,
) -> Result<Vec<Entry>, Fault> {
    require(viewer, Right::SeeFigures)?;
    match &filter.which {
        Which::All => return Err(Fault::NotFound),
        Which::Accounts(ids) if ids.is_empty() || !ids.iter().all(|&id| viewer.sight.sees(id)) => return Err(Fault::NotFound),
        Which::Accounts(_) => {}
        Which::Person(id) => {
            people::actions::person(office, viewer, *id).await?;
        }
    }
    let reader = Reader::of(office, viewer).await?;
    let db = office.db.read();
    let mut entries: Vec<Entry> = Vec::new();
    // Records alone are asked for where their name is the only kind.
    if !filter.only_records {
        let contacts = super::store::list(db, &reader, filter, before, limit).await?;
        entries.extend(contacts.into_iter().map(|interaction| Entry::Contact(Box::new(interaction))));
    }
    if with_records && !filter.archived {
        let records = store::records(db, filter, before, limit).await?;
        let told = records.into_iter().filter(|record| is_told(&viewer.sight, &record.event));
        entries.extend(told.map(|record| Entry::Record(Box::new(record))));
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.place()));
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(entries)
}

/// Whether what changed may be told to somebody with this sight: what names another account only where that one is in sight too.
fn is_told(sight: &Sight, event: &Event) -> bool {
    match event {
        Event::GroupEdgeAdded { edge } | Event::GroupEdgeWithdrawn { edge } | Event::GroupEdgeChanged { after: edge, .. } => {
            sight.sees(edge.parent_id) && sight.sees(edge.child_id)
        }
        Event::JobChanged { from_account, to_account, .. } => [from_account, to_account].into_iter().flatten().all(|&id| sight.sees(id)),
        Event::EmploymentAdded { account_id, .. } | Event::EmploymentChanged { account_id, .. } | Event::PersonAdded { account_id, .. } => {
            account_id.is_none_or(|id| sight.sees(id))
        }
        _ => true,
    }
}
