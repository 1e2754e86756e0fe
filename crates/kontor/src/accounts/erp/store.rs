//! SQL of what imports say of accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kontor_domain::account::ErpData;
use kontor_domain::audit::FieldChange;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use crate::accounts::store::{CHUNK, account, account_number, active, imported, record_of, said};

/// What saving an import's accounts came to.
#[derive(Debug, Default)]
pub struct Saved {
    /// How many accounts are new.
    pub added: usize,
    /// What changed about known ones.
    pub changed: Vec<(i64, Vec<FieldChange>)>,
}

/// Adds new accounts and updates known ones.
pub async fn save(
    tx: &impl ConnectionTrait,
    source: &str,
    seen: Vec<(String, ErpData)>,
    now: DateTime<Utc>,
    revision: i64,
) -> Result<Saved, DbErr> {
    let mut saved = Saved::default();
    for chunk in seen.chunks(CHUNK) {
        let mut known = known(tx, source, chunk).await?;
        let mut added: Vec<(&str, ErpData)> = Vec::new();
        for line in chunk {
            match known.remove(&line.0) {
                Some(known) => {
                    let changes = update(tx, &known, line.1.clone(), revision).await?;
                    saved.changed.extend((!changes.is_empty()).then_some((known.account.id, changes)));
                }
                None => added.push((line.0.as_str(), named(line))),
            }
        }
        saved.added += added.len();
        add(tx, source, &added, now, revision).await?;
    }
    Ok(saved)
}

/// How many of these numbers of a source are known.
pub async fn count_known(db: &impl ConnectionTrait, source: &str, numbers: &[&str]) -> Result<usize, DbErr> {
    let mut known = 0;
    for chunk in numbers.chunks(CHUNK) {
        let of_source = account_number::Entity::find().filter(account_number::Column::Source.eq(source));
        known += of_source.filter(account_number::Column::Number.is_in(chunk.iter().copied())).count(db).await?;
    }
    Ok(known as usize)
}

/// What is said of a new account, by its number where it has no name.
fn named((number, says): &(String, ErpData)) -> ErpData {
    let name = says.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| number.clone());
    ErpData { name: Some(name), ..says.clone() }
}

/// A number that is known already.
struct Known {
    number: account_number::Model,
    account: account::Model,
    /// Whether its source speaks for the account.
    leads: bool,
}

async fn known(tx: &impl ConnectionTrait, source: &str, seen: &[(String, ErpData)]) -> Result<HashMap<String, Known>, DbErr> {
    let rows = account_number::Entity::find()
        .filter(account_number::Column::Source.eq(source))
        .filter(account_number::Column::Number.is_in(seen.iter().map(|(number, _)| number.as_str())))
        .all(tx)
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.account_id).collect();
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied())).all(tx).await?;
    let accounts: HashMap<i64, account::Model> = accounts.into_iter().map(|row| (row.id, row)).collect();
    let mut leading: HashMap<i64, (i64, i64)> = HashMap::new();
    for row in account_number::Entity::find().filter(account_number::Column::AccountId.is_in(ids)).all(tx).await? {
        let first = leading.entry(row.account_id).or_insert((row.rank, row.id));
        *first = (*first).min((row.rank, row.id));
    }
    let known = rows.into_iter().filter_map(|number| {
        let account = accounts.get(&number.account_id)?.clone();
        let leads = leading.get(&number.account_id) == Some(&(number.rank, number.id));
        Some((number.number.clone(), Known { number, account, leads }))
    });
    Ok(known.collect())
}

/// Keeps what the source says, and brings the account to it where this source speaks for it.
async fn update(tx: &impl ConnectionTrait, known: &Known, says: ErpData, revision: i64) -> Result<Vec<FieldChange>, DbErr> {
    let before = said(&known.number);
    let says = says.over(&before);
    if says != before {
        account_number::ActiveModel { id: Set(known.number.id), ..saying(&says) }.update(tx).await?;
    }
    let record = record_of(&known.account)?;
    // A further number says nothing but that there are invoices.
    let says = if known.leads { says } else { ErpData::default() };
    let after = record.told_by_erp(&says);
    let changes = record.differences(&after);
    if !changes.is_empty() {
        account::ActiveModel { id: Set(known.account.id), ..active(&after, revision)? }.update(tx).await?;
    }
    Ok(changes)
}

async fn add(tx: &impl ConnectionTrait, source: &str, added: &[(&str, ErpData)], now: DateTime<Utc>, revision: i64) -> Result<(), DbErr> {
    if added.is_empty() {
        return Ok(());
    }
    let rows = added.iter().map(|(_, says)| Ok(account::ActiveModel { created_at: Set(now), ..active(&imported(says), revision)? }));
    let rows: Vec<account::ActiveModel> = rows.collect::<Result<_, DbErr>>()?;
    let ids = account::Entity::insert_many(rows).exec_with_returning_keys(tx).await?;
    let numbers = ids.into_iter().zip(added).map(|(account_id, (number, says))| account_number::ActiveModel {
        account_id: Set(account_id),
        source: Set(source.to_owned()),
        number: Set((*number).to_owned()),
        rank: Set(0),
        ..saying(says)
    });
    account_number::Entity::insert_many(numbers).exec_without_returning(tx).await?;
    Ok(())
}

fn saying(says: &ErpData) -> account_number::ActiveModel {
    account_number::ActiveModel {
        erp_name: Set(says.name.clone()),
        erp_country: Set(says.country.clone()),
        erp_postal_code: Set(says.postal_code.clone()),
        erp_city: Set(says.city.clone()),
        erp_industry: Set(says.industry.clone()),
        ..Default::default()
    }
}
