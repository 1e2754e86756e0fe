//! Verbs about views, favourites and visits. All are a user's own; a shared view is its maker's to change.

use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Via, Viewer};
use kontor_domain::view::{Kept, List};

use super::forms::NewView;
use super::store::{self, View};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// How many records that were looked at last are told of.
const VISITS: u64 = 12;

/// The views this viewer has of a list, or of all: own ones and shared ones.
pub async fn list(office: &Office, viewer: &Viewer, list: Option<List>) -> Result<Vec<View>, Fault> {
    require(viewer, Right::OwnViews)?;
    Ok(store::views(office.db.read(), viewer.user_id, list).await?)
}

/// Saves a view; one's own of the same name gets the new content. Gives its id.
pub async fn save(office: &Office, viewer: &Viewer, view: NewView) -> Result<i64, Fault> {
    require(viewer, Right::OwnViews)?;
    if view.shared {
        require(viewer, Right::ShareViews)?;
    }
    let now = office.now();
    let tx = office.db.begin().await?;
    let id = match store::find_own(tx.on(), viewer.user_id, view.list, &view.name).await? {
        Some(known) => {
            store::update_view(tx.on(), known.id, &view).await?;
            known.id
        }
        None => store::insert_view(tx.on(), viewer.user_id, &view, now).await?,
    };
    let event = Event::ViewSaved { view_id: id, list: view.list, name: view.name, shared: view.shared };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Removes one's own view; an administrator may remove a shared one.
pub async fn remove(office: &Office, viewer: &Viewer, id: i64) -> Result<View, Fault> {
    require(viewer, Right::OwnViews)?;
    let tx = office.db.begin().await?;
    let view = store::find_view(tx.on(), viewer.user_id, id).await?.ok_or(Fault::NotFound)?;
    if view.user_id != viewer.user_id {
        require(viewer, Right::ManageUsers)?;
    }
    store::delete_view(tx.on(), id).await?;
    tx.commit(viewer, office.now(), Event::ViewRemoved { view_id: id, list: view.list, name: view.name.clone() }).await?;
    Ok(view)
}

/// What this viewer keeps at hand. Names and rights are for who shows it.
pub async fn favourites(office: &Office, viewer: &Viewer) -> Result<Vec<(Kept, i64)>, Fault> {
    require(viewer, Right::OwnViews)?;
    Ok(store::favourites(office.db.read(), viewer.user_id).await?)
}

/// Whether this viewer keeps a record at hand.
pub async fn is_favourite(office: &Office, viewer: &Viewer, kind: Kept, id: i64) -> Result<bool, Fault> {
    Ok(store::is_favourite(office.db.read(), viewer.user_id, kind, id).await?)
}

/// Keeps a record at hand, or no longer; the caller has made sure that the viewer may see it.
pub async fn set_favourite(office: &Office, viewer: &Viewer, kind: Kept, id: i64, on: bool) -> Result<(), Fault> {
    require(viewer, Right::OwnViews)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    if store::is_favourite(tx.on(), viewer.user_id, kind, id).await? == on {
        return Ok(());
    }
    if on {
        store::insert_favourite(tx.on(), viewer.user_id, kind, id, now).await?;
    } else {
        store::delete_favourite(tx.on(), viewer.user_id, kind, id).await?;
    }
    Ok(tx.commit(viewer, now, Event::FavouriteSet { kind, id, on }).await?)
}

/// What this viewer looked at last, the newest first.
pub async fn visits(office: &Office, viewer: &Viewer) -> Result<Vec<(Kept, i64)>, Fault> {
    require(viewer, Right::OwnViews)?;
    Ok(store::visits(office.db.read(), viewer.user_id, VISITS).await?)
}

/// Notes that a record was looked at in the browser. A page does not fail with it: what was looked at last is a comfort.
pub async fn note_visit(office: &Office, viewer: &Viewer, kind: Kept, id: i64) {
    if viewer.via != Via::Web {
        return;
    }
    if let Err(cause) = store::note_visit(office.db.read(), viewer.user_id, kind, id, office.now()).await {
        tracing::warn!(%cause, "a visit was not noted");
    }
}
