//! Changing several accounts at once: first what would change, then the change, as one event.

use std::sync::Arc;

use kontor_domain::account::custom::CustomField;
use kontor_domain::account::{Field, Key, Record, Tags, Wrong};
use kontor_domain::audit::{Event, FieldChange, Subject};
use kontor_domain::rights::{Right, Viewer};
use serde::Deserialize;

use super::store::{self, Account};
use super::{directory, fields, forms};
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// The most accounts that are changed at once.
pub const ACCOUNTS_MAX: usize = 1_000;

/// What shall be changed, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// The name of a field, `tags_add`, `tags_remove`, `archive` or `bring_back`.
    pub change: String,
    /// The value or the tag, in its stored form.
    pub value: String,
}

/// What shall be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A field gets a value.
    Set(Key, String),
    /// A tag is added.
    AddTag(String),
    /// A tag is removed.
    RemoveTag(String),
    /// The accounts are archived.
    Archive,
    /// Archived accounts are brought back.
    BringBack,
}

impl BulkForm {
    /// Reads what shall be changed; fields that no two accounts share, such as the VAT id, cannot be set in bulk.
    pub fn parse(&self) -> Result<Wanted, Fault> {
        let wrong = |wrong| Fault::Invalid(vec![forms::wrong_at("change".to_owned(), wrong)]);
        let tag = || match Tags::read(&self.value) {
            Ok(tags) if tags.iter().count() == 1 => Ok(tags.to_string()),
            Ok(_) => Err(Fault::Invalid(vec![forms::wrong_at("value".to_owned(), Wrong::Missing)])),
            Err(wrong) => Err(Fault::Invalid(vec![forms::wrong_at("value".to_owned(), wrong)])),
        };
        match self.change.as_str() {
            "archive" => Ok(Wanted::Archive),
            "bring_back" => Ok(Wanted::BringBack),
            "tags_add" => Ok(Wanted::AddTag(tag()?)),
            "tags_remove" => Ok(Wanted::RemoveTag(tag()?)),
            field => match field.parse::<Key>() {
                Ok(key @ (Key::Master(Field::Industry | Field::Lifecycle | Field::Language | Field::Country) | Key::Custom(_))) => {
                    Ok(Wanted::Set(key, self.value.clone()))
                }
                _ => Err(wrong(Wrong::Choice)),
            },
        }
    }
}

/// How one account changes.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The account as it is before.
    pub account: Arc<Account>,
    /// What changes.
    pub changes: Vec<FieldChange>,
    after: Record,
}

/// What a change in bulk comes to.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The accounts that change.
    pub changed: Vec<Changed>,
    /// How many are as wanted already.
    pub unchanged: usize,
}

/// What would change.
pub async fn preview(office: &Office, viewer: &Viewer, ids: &[i64], wanted: &Wanted) -> Result<Preview, Fault> {
    require(viewer, Right::EditAccounts)?;
    let fields = fields::store::shown(office.db.read()).await?;
    of(office, viewer, ids, wanted, &fields).await
}

/// Changes all of them or, where one value is wrong, none; one event. Where nothing changes there is none.
pub async fn change(office: &Office, viewer: &Viewer, ids: &[i64], wanted: &Wanted) -> Result<Preview, Fault> {
    require(viewer, Right::EditAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    // Changes wait for each other, so the directory is that of this moment until the commit.
    let fields = fields::store::shown(tx.on()).await?;
    let preview = of(office, viewer, ids, wanted, &fields).await?;
    if preview.changed.is_empty() {
        return Ok(preview);
    }
    let revision = tx.raise(Topic::Accounts).await?;
    for Changed { account, changes, after } in &preview.changed {
        match wanted {
            Wanted::Archive => store::set_archived(tx.on(), account.id, Some(now), revision).await?,
            Wanted::BringBack => store::set_archived(tx.on(), account.id, None, revision).await?,
            _ => store::update(tx.on(), account.id, after, revision).await?,
        }
        tx.touch(Subject::Account(account.id), changes.clone());
    }
    let accounts = preview.changed.iter().map(|changed| changed.account.id).collect();
    tx.commit(viewer, now, Event::AccountsChanged { accounts, set: vec![said(wanted)] }).await?;
    Ok(preview)
}

/// A change in bulk in the words of the audit log.
fn said(wanted: &Wanted) -> FieldChange {
    let (field, before, after) = match wanted {
        Wanted::Set(key, value) => (key.to_string(), None, Some(value.clone()).filter(|value| !value.is_empty())),
        Wanted::AddTag(tag) => ("tags".to_owned(), None, Some(tag.clone())),
        Wanted::RemoveTag(tag) => ("tags".to_owned(), Some(tag.clone()), None),
        Wanted::Archive => ("archived".to_owned(), None, Some("yes".to_owned())),
        Wanted::BringBack => ("archived".to_owned(), Some("yes".to_owned()), None),
    };
    FieldChange { field, before, after }
}

async fn of(office: &Office, viewer: &Viewer, ids: &[i64], wanted: &Wanted, fields: &[CustomField]) -> Result<Preview, Fault> {
    match ids.len() {
        0 => return Err(Fault::field("accounts", |t| t.accounts_bulk_none())),
        1..=ACCOUNTS_MAX => {}
        _ => return Err(Fault::field("accounts", |t| t.accounts_bulk_too_many(ACCOUNTS_MAX))),
    }
    let directory = directory::current(office, viewer).await?;
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut preview = Preview::default();
    for id in ids {
        let account = directory.seen(viewer, id).ok_or(Fault::NotFound)?.clone();
        let (after, changes) = changed(&account, wanted, fields)?;
        if changes.is_empty() {
            preview.unchanged += 1;
        } else {
            preview.changed.push(Changed { account, changes, after });
        }
    }
    Ok(preview)
}

fn changed(account: &Account, wanted: &Wanted, fields: &[CustomField]) -> Result<(Record, Vec<FieldChange>), Fault> {
    let record = account.record();
    let archived = |is_wanted: bool| {
        let change = FieldChange {
            field: "archived".to_owned(),
            before: account.is_archived().then(|| "yes".to_owned()),
            after: is_wanted.then(|| "yes".to_owned()),
        };
        let changes = if account.is_archived() == is_wanted { Vec::new() } else { vec![change] };
        Ok((record.clone(), changes))
    };
    let set = |key: &Key, value: &str| {
        let at_value = |wrong: kontor_domain::account::Wrongs| {
            Fault::Invalid(wrong.into_iter().map(|(_, wrong)| forms::wrong_at("value".to_owned(), wrong)).collect())
        };
        record.changed(&[(key.clone(), value.to_owned())], fields).map_err(at_value)
    };
    let mut tags = record.tags.clone();
    match wanted {
        Wanted::Set(key, value) => set(key, value),
        Wanted::AddTag(tag) => {
            tags.add(tag);
            set(&Key::Tags, &tags.to_string())
        }
        Wanted::RemoveTag(tag) => {
            tags.remove(tag);
            set(&Key::Tags, &tags.to_string())
        }
        Wanted::Archive => archived(true),
        Wanted::BringBack => archived(false),
    }
}
