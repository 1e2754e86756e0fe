//! Verbs about accounts.

use std::sync::Arc;

use kontor_domain::account::custom::CustomField;
use kontor_domain::account::{ErpData, Field, Key, Lifecycle, Record};
use kontor_domain::audit::{Event, FieldChange, Subject};
use kontor_domain::rights::{Right, Viewer};

use super::addresses::store::StoredAddress;
use super::store::{self, Account, Number};
use super::{addresses, directory, fields, forms};
use crate::audit::actions::History;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::{audit, audit::actions as log};

/// All that is kept about one account by hand and by its sources.
pub struct Sheet {
    /// The account.
    pub account: Arc<Account>,
    /// What its sources say, the one that speaks for it first.
    pub said: Vec<(Number, ErpData)>,
    /// Further addresses.
    pub addresses: Vec<StoredAddress>,
    /// The custom fields that are shown.
    pub fields: Vec<CustomField>,
}

impl Sheet {
    /// What the source that speaks for the account says of it.
    pub fn erp(&self) -> ErpData {
        self.said.first().map(|(_, says)| says.clone()).unwrap_or_default()
    }
}

/// One account with all its master data.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Sheet, Fault> {
    let account = directory::account(office, viewer, id).await?;
    let db = office.db.read();
    let (said, addresses) = (store::said_of(db, id).await?, addresses::store::of(db, id).await?);
    Ok(Sheet { account, said, addresses, fields: fields::store::shown(db).await? })
}

/// Adds an account by hand: a prospect without a number, unless something else is said. Gives its id.
pub async fn add(office: &Office, viewer: &Viewer, values: Vec<(Key, String)>) -> Result<i64, Fault> {
    require(viewer, Right::EditAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let fields = fields::store::shown(tx.on()).await?;
    let mut empty = Record::default();
    empty.master.lifecycle = Lifecycle::Prospect;
    let mut values = values;
    if !values.iter().any(|(key, _)| *key == Key::Master(Field::Name)) {
        values.push((Key::Master(Field::Name), String::new()));
    }
    let (mut record, changes) = empty.changed(&values, &fields).map_err(forms::errors)?;
    // Whoever buys is active, whatever was thought of them when they were entered.
    record.hand_set.remove(&Field::Lifecycle);
    let id = store::insert(tx.on(), &record, now, tx.raise(Topic::Accounts).await?).await?;
    tx.join_team(viewer, id, office.today(), now).await?;
    tx.commit(viewer, now, Event::AccountAdded { account_id: id, name: record.master.name, changes }).await?;
    Ok(id)
}

/// Changes fields of an account; those that get no other value are no change. Nothing changed leaves no event.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, values: &[(Key, String)]) -> Result<Vec<FieldChange>, Fault> {
    let (tx, account) = begin(office, viewer, id).await?;
    let fields = fields::store::shown(tx.on()).await?;
    let (record, changes) = account.record().changed(values, &fields).map_err(forms::errors)?;
    if changes.is_empty() {
        return Ok(changes);
    }
    store::update(tx.on(), id, &record, tx.raise(Topic::Accounts).await?).await?;
    let event = Event::AccountChanged { account_id: id, name: record.master.name, changes: changes.clone() };
    tx.commit(viewer, office.now(), event).await?;
    Ok(changes)
}

/// Gives a field back to the ERP: it gets the ERP's value now and with every import to come.
pub async fn give_back(office: &Office, viewer: &Viewer, id: i64, field: Field) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, id).await?;
    let before = account.record();
    if !before.hand_set.contains(&field) {
        return Err(Fault::conflict(|t| t.accounts_not_hand_set()));
    }
    let said = store::said_of(tx.on(), id).await?;
    let says = said.into_iter().next().map(|(_, says)| says).unwrap_or_default();
    let after = before.given_back(field, &says);
    store::update(tx.on(), id, &after, tx.raise(Topic::Accounts).await?).await?;
    let given_back = FieldChange { field: format!("hand_set.{}", field.name()), before: Some("yes".to_owned()), after: None };
    let changes = before.differences(&after).into_iter().chain([given_back]).collect();
    Ok(tx.commit(viewer, office.now(), Event::AccountChanged { account_id: id, name: after.master.name, changes }).await?)
}

/// Puts an account away: it keeps everything, stays findable, and is left out of lists.
pub async fn archive(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, id).await?;
    if account.is_archived() {
        return Err(Fault::conflict(|t| t.accounts_archived_already()));
    }
    store::set_archived(tx.on(), id, Some(office.now()), tx.raise(Topic::Accounts).await?).await?;
    Ok(tx.commit(viewer, office.now(), Event::AccountArchived { account_id: id, name: account.master.name }).await?)
}

/// Brings an archived account back.
pub async fn bring_back(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, id).await?;
    if !account.is_archived() {
        return Err(Fault::conflict(|t| t.accounts_not_archived()));
    }
    store::set_archived(tx.on(), id, None, tx.raise(Topic::Accounts).await?).await?;
    Ok(tx.commit(viewer, office.now(), Event::AccountBroughtBack { account_id: id, name: account.master.name }).await?)
}

/// Gives an account a further customer number, so that invoices of that number are its own. A source is spelled as it is known: in other letters it
/// would be another one, which no import ever brings.
pub async fn add_number(office: &Office, viewer: &Viewer, id: i64, number: &Number) -> Result<(), Fault> {
    let directory = directory::whole(office).await?;
    let source = directory.spelling(&number.source).unwrap_or(&number.source).to_owned();
    let number = &Number { source, number: number.number.clone() };
    let (tx, account) = begin(office, viewer, id).await?;
    if let Some(owner) = store::by_number(tx.on(), number).await? {
        // Whose it is, is nobody's business who does not see them.
        let name = directory.seen(viewer, owner).map(|owner| owner.master.name.clone()).filter(|name| !name.is_empty());
        return Err(Fault::field("number", move |t| {
            name.as_ref().map_or_else(|| t.accounts_number_taken(), |name| t.accounts_number_taken_by(name.as_str()))
        }));
    }
    store::insert_number(tx.on(), id, number).await?;
    note(office, viewer, tx, account, number_change(number, false)).await
}

/// Takes a number from an account that was given by hand and that no import brought yet.
pub async fn remove_number(office: &Office, viewer: &Viewer, id: i64, number: &Number) -> Result<(), Fault> {
    let (tx, account) = begin(office, viewer, id).await?;
    if !account.numbers.contains(number) {
        return Err(Fault::NotFound);
    }
    if !store::delete_number(tx.on(), id, number).await? {
        return Err(Fault::conflict(|t| t.accounts_number_imported()));
    }
    note(office, viewer, tx, account, number_change(number, true)).await
}

fn number_change(Number { source, number }: &Number, was_there: bool) -> FieldChange {
    let (before, after) = if was_there { (Some(number.clone()), None) } else { (None, Some(number.clone())) };
    FieldChange { field: format!("number.{source}"), before, after }
}

/// Saves one change beside the account's own row.
pub(super) async fn note(office: &Office, viewer: &Viewer, tx: Tx, account: Account, change: FieldChange) -> Result<(), Fault> {
    store::mark_changed(tx.on(), account.id, tx.raise(Topic::Accounts).await?).await?;
    let event = Event::AccountChanged { account_id: account.id, name: account.master.name, changes: vec![change] };
    Ok(tx.commit(viewer, office.now(), event).await?)
}

/// Begins a change of an account that this viewer may see and change.
pub(super) async fn begin(office: &Office, viewer: &Viewer, id: i64) -> Result<(Tx, Account), Fault> {
    require(viewer, Right::EditAccounts)?;
    let tx = office.db.begin().await?;
    let account = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    Ok((tx, account))
}

/// What happened to an account, the newest first.
pub async fn history(office: &Office, viewer: &Viewer, id: i64, before: Option<i64>, limit: u64) -> Result<History, Fault> {
    directory::account(office, viewer, id).await?;
    log::history(office, Subject::Account(id), before, limit).await
}

/// Writes the value back that a field had before an event: a change like any other, through the same checks.
pub async fn restore(office: &Office, viewer: &Viewer, id: i64, event_id: i64, field: &str) -> Result<(), Fault> {
    require(viewer, Right::EditAccounts)?;
    directory::account(office, viewer, id).await?;
    let change = audit::actions::change_of(office, Subject::Account(id), event_id, field).await?;
    if let Some(address) = field.strip_prefix("address.") {
        let address_id = address.parse().map_err(|_| Fault::NotFound)?;
        return addresses::actions::restore(office, viewer, id, address_id, change.before.as_deref()).await;
    }
    let key: Key = field.parse().map_err(|_| Fault::NotFound)?;
    self::change(office, viewer, id, &[(key, change.before.unwrap_or_default())]).await.map(drop)
}
