//! Verbs about custom fields. They take effect at once: pages, forms, lists and exports ask for the fields that are shown.

use kontor_domain::account::custom::CustomField;
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use super::store::{self, StoredField};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// The most fields that are shown at a time.
const SHOWN_MAX: usize = 40;

/// All fields, those that are no longer shown too.
pub async fn list(office: &Office, viewer: &Viewer) -> Result<Vec<StoredField>, Fault> {
    require(viewer, Right::SeeSettings)?;
    Ok(store::all(office.db.read()).await?)
}

/// The fields that are shown, for whoever sees accounts.
pub async fn shown(office: &Office, viewer: &Viewer) -> Result<Vec<CustomField>, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(store::shown(office.db.read()).await?)
}

/// One field.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<StoredField, Fault> {
    require(viewer, Right::SeeSettings)?;
    store::find(office.db.read(), id).await?.ok_or(Fault::NotFound)
}

/// Adds a field; its key must be new. Gives its id.
pub async fn add(office: &Office, viewer: &Viewer, field: CustomField) -> Result<i64, Fault> {
    require(viewer, Right::ChangeSettings)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let known = store::all(tx.on()).await?;
    if known.iter().any(|known| known.field.key == field.key) {
        return Err(Fault::field("label_de", |t| t.accounts_field_taken()));
    }
    if known.iter().filter(|known| known.archived_at.is_none()).count() >= SHOWN_MAX {
        return Err(Fault::conflict(|t| t.accounts_fields_too_many(SHOWN_MAX)));
    }
    let id = store::insert(tx.on(), &field, now).await?;
    tx.commit(viewer, now, Event::CustomFieldSet { field, before: None }).await?;
    Ok(id)
}

/// Gives a field other labels and choices; key and kind stay. Values that can no longer be chosen stay where they stand.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, field: CustomField) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let tx = office.db.begin().await?;
    let before = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?.field;
    let field = CustomField { key: before.key.clone(), kind: before.kind, ..field };
    store::update(tx.on(), id, &field).await?;
    Ok(tx.commit(viewer, office.now(), Event::CustomFieldSet { field, before: Some(before) }).await?)
}

/// Hides a field; its values are kept.
pub async fn archive(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let tx = office.db.begin().await?;
    let known = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    if known.archived_at.is_some() {
        return Err(Fault::conflict(|t| t.accounts_field_archived_already()));
    }
    store::set_archived(tx.on(), id, Some(office.now())).await?;
    Ok(tx.commit(viewer, office.now(), Event::CustomFieldArchived { field: known.field }).await?)
}

/// Shows a hidden field again, with its values.
pub async fn bring_back(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let tx = office.db.begin().await?;
    let known = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    if known.archived_at.is_none() {
        return Err(Fault::conflict(|t| t.accounts_field_not_archived()));
    }
    store::set_archived(tx.on(), id, None).await?;
    Ok(tx.commit(viewer, office.now(), Event::CustomFieldBroughtBack { field: known.field }).await?)
}
