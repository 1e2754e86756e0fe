//! One account becoming part of another, and parting them again.

use std::collections::BTreeSet;

use kontor_domain::account::{Field, Key, Record};
use kontor_domain::audit::FieldChange;
use serde::{Deserialize, Serialize};

use super::addresses;
use super::fields;
use super::forms;
use super::store::{self, Account};
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;

/// What moved from the account that is given up, and what changed about the one that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    /// Customer numbers, by id, with the rank they had.
    pub numbers: Vec<(i64, i64)>,
    /// Further addresses, by id.
    pub addresses: Vec<i64>,
    /// What changed about the kept account.
    pub changes: Vec<FieldChange>,
    /// The fields of the kept account that were set by hand before.
    pub hand_set: BTreeSet<Field>,
}

/// Makes one account part of another: the kept one gets these values, all numbers and addresses; the other is no longer one of its own.
pub async fn absorb(tx: &Tx, kept: &Account, gone: &Account, values: &[(Key, String)]) -> Result<Absorbed, Fault> {
    let before = kept.record();
    let fields = fields::store::shown(tx.on()).await?;
    let (after, changes) = before.changed(values, &fields).map_err(forms::errors)?;
    let revision = tx.raise(Topic::Accounts).await?;
    let numbers = store::move_numbers(tx.on(), gone.id, kept.id).await?;
    let addresses = addresses::store::move_all(tx.on(), gone.id, kept.id).await?;
    store::update(tx.on(), kept.id, &after, revision).await?;
    store::set_merged_into(tx.on(), gone.id, Some(kept.id), revision).await?;
    Ok(Absorbed { numbers, addresses, changes, hand_set: before.hand_set })
}

/// Parts the two again. A field of the kept account that was changed since stays as it is now; what came since stays with it, too.
pub async fn release(tx: &Tx, kept_id: i64, gone_id: i64, absorbed: &Absorbed) -> Result<Vec<FieldChange>, Fault> {
    let revision = tx.raise(Topic::Accounts).await?;
    let kept = store::record(tx.on(), kept_id).await?.ok_or(Fault::NotFound)?;
    let after = before_merge(&kept, absorbed);
    let changes = kept.differences(&after);
    store::update(tx.on(), kept_id, &after, revision).await?;
    store::move_numbers_back(tx.on(), gone_id, &absorbed.numbers).await?;
    addresses::store::move_back(tx.on(), gone_id, &absorbed.addresses).await?;
    store::set_merged_into(tx.on(), gone_id, None, revision).await?;
    Ok(changes)
}

/// The record with those changes taken back that still stand.
fn before_merge(kept: &Record, absorbed: &Absorbed) -> Record {
    let mut after = kept.clone();
    for change in &absorbed.changes {
        let Ok(key) = change.field.parse::<Key>() else { continue };
        if kept.value(&key) != change.after {
            continue;
        }
        after.write_back(&key, change.before.as_deref());
        if let Key::Master(field) = key {
            if absorbed.hand_set.contains(&field) {
                after.hand_set.insert(field);
            } else {
                after.hand_set.remove(&field);
            }
        }
    }
    after
}
