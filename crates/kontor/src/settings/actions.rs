//! Verbs about settings and rates.

use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::{Rate, Settings};

use super::store::{self, StoredRate};
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// The settings in force and all rates.
pub async fn show(office: &Office, viewer: &Viewer) -> Result<(Settings, Vec<StoredRate>), Fault> {
    require(viewer, Right::SeeSettings)?;
    let db = office.db.read();
    Ok((store::current(db).await?, store::rates(db).await?))
}

/// Saves settings; saving what is already in force changes nothing and leaves no trace. Rates are worth so much of the house's currency, which therefore stays as it
/// is while there are any.
pub async fn change(office: &Office, viewer: &Viewer, after: Settings) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let before = store::current(tx.on()).await?;
    if before == after {
        return Ok(());
    }
    if before.currency != after.currency && !store::rates(tx.on()).await?.is_empty() {
        let currency = before.currency;
        return Err(Fault::field("currency", move |t| t.settings_currency_has_rates(currency.code())));
    }
    store::insert(tx.on(), &after, viewer.user_id, now).await?;
    if before.visibility != after.visibility {
        tx.raise(Topic::Sight).await?;
    }
    let event = Event::SettingsChanged { before: Box::new(before), after: Box::new(after) };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Sets the rate of a currency from a day on; the same day again replaces it.
pub async fn set_rate(office: &Office, viewer: &Viewer, rate: Rate) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let tx = office.db.begin().await?;
    if rate.currency == store::current(tx.on()).await?.currency {
        return Err(Fault::field("currency", |t| t.settings_rate_of_own_currency()));
    }
    let before = store::find_rate(tx.on(), rate.currency, rate.from).await?;
    match before {
        Some(stored) => store::update_rate(tx.on(), stored.id, rate.rate).await?,
        None => store::insert_rate(tx.on(), rate).await?,
    }
    let event = Event::RateSet { rate, before: before.map(|stored| stored.rate) };
    Ok(tx.commit(viewer, office.now(), event).await?)
}

/// Removes a rate.
pub async fn remove_rate(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let tx = office.db.begin().await?;
    let stored = store::find_rate_by_id(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    store::delete_rate(tx.on(), id).await?;
    Ok(tx.commit(viewer, office.now(), Event::RateRemoved { rate: stored.rate }).await?)
}
