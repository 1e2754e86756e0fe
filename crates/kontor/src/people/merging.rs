//! One person becoming another who is the same, and parting them again.

pub mod store;

use std::collections::BTreeSet;

use kontor_domain::audit::FieldChange;
use kontor_domain::person::{Datum, PersonData};
use kontor_domain::rights::Viewer;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::notes;
use super::store::{self as people, Person};
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};

/// What moved from the person who is given up, and what changed about the one who is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Absorbed {
    /// Employments, and whether each was the primary one. One that says nothing new stays behind.
    pub employments: Vec<(i64, bool)>,
    /// Employments of those who reported to the one who is given up.
    pub subordinates: Vec<i64>,
    /// Employments that would have led round in a circle, with whom they reported to.
    pub cleared: Vec<(i64, i64)>,
    /// Channels, with the place they had. One that the other has already stays behind.
    pub channels: Vec<(i64, i64)>,
    /// Where employments and channels are known from.
    pub origins: Vec<i64>,
    /// Of which data the two exchanged their sources, as the value was taken.
    pub exchanged: Vec<Datum>,
    /// Private notes.
    pub notes: Vec<i64>,
    /// What changed about the one who is kept.
    pub changes: Vec<FieldChange>,
}

/// Who somebody turned out to be in the end, or still is, as far as this viewer may see that person.
pub async fn became(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Person>, Fault> {
    let mut successor = id;
    while let Some(next) = store::merged_into(db, successor).await? {
        successor = next;
    }
    Ok(people::find(db, viewer, successor).await?)
}

/// What is known of the person who is kept, with the values of these fields taken from the other.
pub fn joined(kept: &PersonData, gone: &PersonData, take: &[String]) -> Result<PersonData, Fault> {
    let mut after = kept.clone();
    let theirs = gone.fields();
    let mut errors = Vec::new();
    for name in take {
        let value = theirs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_deref());
        if value.is_none_or(|value| after.set(name, value).is_none()) {
            errors.push(FieldError::new("take", |t| t.duplicates_field_unknown()));
        }
    }
    if after.first_name.is_empty() && after.last_name.is_empty() {
        errors.push(FieldError::new("take", |t| t.people_name_missing()));
    }
    if errors.is_empty() { Ok(after) } else { Err(Fault::Invalid(errors)) }
}

/// Makes one person another: the one who is kept gets these data, all employments, channels and notes; the other is no longer found.
pub async fn absorb(tx: &Tx, kept: &Person, gone: &Person, data: &PersonData) -> Result<Absorbed, Fault> {
    let changed = tx.raise(Topic::People).await?;
    let changes = kept.data.changes(data);
    let employments = store::move_employments(tx.on(), gone.id, kept.id).await?;
    let subordinates = store::move_subordinates(tx.on(), gone.id, kept.id).await?;
    let touched: Vec<i64> = employments.iter().map(|(id, _)| *id).chain(subordinates.iter().copied()).collect();
    let cleared = store::open_circles(tx.on(), &touched, (gone.id, kept.id), &subordinates).await?;
    let channels = store::move_channels(tx.on(), gone.id, kept.id).await?;
    let items: Vec<(Datum, i64)> =
        employments.iter().map(|(id, _)| (Datum::Employment, *id)).chain(channels.iter().map(|(id, _)| (Datum::Channel, *id))).collect();
    let origins = store::move_origins(tx.on(), gone.id, kept.id, &items).await?;
    let exchanged: BTreeSet<Datum> = changes.iter().filter_map(|change| PersonData::datum(&change.field)).collect();
    let exchanged: Vec<Datum> = exchanged.into_iter().collect();
    store::exchange_origins(tx.on(), kept.id, gone.id, &exchanged).await?;
    let notes = notes::store::move_references(tx.on(), gone.id, kept.id).await?;
    people::update(tx.on(), kept.id, data, changed).await?;
    store::set_merged_into(tx.on(), gone.id, Some(kept.id), changed).await?;
    Ok(Absorbed { employments, subordinates, cleared, channels, origins, exchanged, notes, changes })
}

/// Parts the two again. A field of the one who was kept that was changed since stays as it is now; what came since stays there, too.
pub async fn release(tx: &Tx, kept_id: i64, gone_id: i64, absorbed: &Absorbed) -> Result<Vec<FieldChange>, Fault> {
    let changed = tx.raise(Topic::People).await?;
    let now = store::data_of(tx.on(), kept_id).await?.ok_or(Fault::NotFound)?;
    let before = before_merge(&now, absorbed);
    let changes = now.changes(&before);
    people::update(tx.on(), kept_id, &before, changed).await?;
    notes::store::move_back(tx.on(), &absorbed.notes, gone_id).await?;
    store::exchange_origins(tx.on(), kept_id, gone_id, &absorbed.exchanged).await?;
    store::move_origins_back(tx.on(), &absorbed.origins, gone_id).await?;
    store::move_channels_back(tx.on(), &absorbed.channels, gone_id).await?;
    store::move_subordinates_back(tx.on(), &absorbed.subordinates, kept_id, gone_id).await?;
    store::close_circles(tx.on(), &absorbed.cleared).await?;
    store::move_employments_back(tx.on(), &absorbed.employments, gone_id).await?;
    store::set_merged_into(tx.on(), gone_id, None, changed).await?;
    Ok(changes)
}

/// The data with those changes taken back that still stand.
fn before_merge(now: &PersonData, absorbed: &Absorbed) -> PersonData {
    let fields = now.fields();
    let mut before = now.clone();
    for change in &absorbed.changes {
        let stands = fields.iter().any(|(field, value)| *field == change.field && *value == change.after);
        if stands {
            // What was stored once can be read.
            let _ = before.set(&change.field, change.before.as_deref());
        }
    }
    before
}
