//! Verbs about further addresses.

use kontor_domain::account::Address;
use kontor_domain::audit::FieldChange;
use kontor_domain::rights::Viewer;

use super::store;
use crate::accounts::actions::{begin, note};
use crate::fault::Fault;
use crate::office::Office;

/// Adds an address; gives its id.
pub async fn add(office: &Office, viewer: &Viewer, account_id: i64, address: &Address) -> Result<i64, Fault> {
    let (tx, account) = begin(office, viewer, account_id).await?;
    let id = store::insert(tx.on(), account_id, address, None).await?;
    note(office, viewer, tx, account, change_of(id, None, Some(address))).await?;
    Ok(id)
}

/// Changes an address; the same again leaves no event.
pub async fn change(office: &Office, viewer: &Viewer, account_id: i64, id: i64, address: &Address) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, account_id).await?;
    let before = store::find(tx.on(), account_id, id).await?.ok_or(Fault::NotFound)?.address;
    if before == *address {
        return Ok(());
    }
    store::update(tx.on(), id, address).await?;
    note(office, viewer, tx, account, change_of(id, Some(&before), Some(address))).await
}

/// Takes an address away; the history keeps it and can bring it back.
pub async fn remove(office: &Office, viewer: &Viewer, account_id: i64, id: i64) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, account_id).await?;
    let before = store::find(tx.on(), account_id, id).await?.ok_or(Fault::NotFound)?.address;
    store::delete(tx.on(), id).await?;
    note(office, viewer, tx, account, change_of(id, Some(&before), None)).await
}

/// Brings an address to what it was once; `None` is that it was not there.
pub async fn restore(office: &Office, viewer: &Viewer, account_id: i64, id: i64, was: Option<&str>) -> Result<(), Fault> {
    let Some(was) = was else { return remove(office, viewer, account_id, id).await };
    let address = Address::from_stored(was).map_err(|_| Fault::NotFound)?;
    if store::find(office.db.read(), account_id, id).await?.is_some() {
        return change(office, viewer, account_id, id, &address).await;
    }
    let (tx, account) = begin(office, viewer, account_id).await?;
    store::insert(tx.on(), account_id, &address, Some(id)).await?;
    note(office, viewer, tx, account, change_of(id, None, Some(&address))).await
}

fn change_of(id: i64, before: Option<&Address>, after: Option<&Address>) -> FieldChange {
    FieldChange { field: format!("address.{id}"), before: before.map(Address::stored), after: after.map(Address::stored) }
}
