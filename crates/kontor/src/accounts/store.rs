//! SQL of accounts and their numbers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kontor_domain::rights::{Right, Viewer};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::sight::seen_by;

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 500;

mod account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub country: Option<String>,
        pub postal_code: Option<String>,
        pub city: Option<String>,
        pub industry: Option<String>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod account_number {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_number")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub source: String,
        pub number: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The master data of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Master {
    /// Name.
    pub name: String,
    /// Country as the ERP writes it.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Industry.
    pub industry: Option<String>,
}

/// The number of an account in one source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    /// The source system.
    pub source: String,
    /// The customer number there.
    pub number: String,
}

/// One account with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The id.
    pub id: i64,
    /// Master data.
    pub master: Master,
    /// Its numbers by source; at least one.
    pub numbers: Vec<Number>,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Account {
        let master = Master { name: row.name, country: row.country, postal_code: row.postal_code, city: row.city, industry: row.industry };
        Account { id: row.id, master, numbers: Vec::new() }
    }
}

/// All accounts this viewer may see, by id.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Account>, DbErr> {
    if !viewer.may(Right::SeeFigures) {
        return Ok(Vec::new());
    }
    let rows = account::Entity::find().filter(seen_by(viewer, account::Column::Id)).order_by_asc(account::Column::Id).all(db).await?;
    let mut accounts: Vec<Account> = rows.into_iter().map(Account::from).collect();
    let numbers = account_number::Entity::find().order_by_asc(account_number::Column::AccountId).order_by_asc(account_number::Column::Id);
    for row in numbers.all(db).await? {
        if let Ok(place) = accounts.binary_search_by_key(&row.account_id, |account| account.id) {
            accounts[place].numbers.push(Number { source: row.source, number: row.number });
        }
    }
    Ok(accounts)
}

/// One account this viewer may see.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Account>, DbErr> {
    if !viewer.may(Right::SeeFigures) || !viewer.sight.sees(id) {
        return Ok(None);
    }
    let Some(row) = account::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let mut account = Account::from(row);
    let numbers =
        account_number::Entity::find().filter(account_number::Column::AccountId.eq(id)).order_by_asc(account_number::Column::Id).all(db);
    account.numbers = numbers.await?.into_iter().map(|row| Number { source: row.source, number: row.number }).collect();
    Ok(Some(account))
}

/// Adds the accounts of an import that are new, and brings the master data of known ones to what the import says; gives how many are new.
/// What the import leaves empty stays as it was.
pub async fn save(tx: &impl ConnectionTrait, source: &str, seen: Vec<(String, Master)>, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let known = known_accounts(tx, source, &seen).await?;
    let mut added: Vec<(String, Master)> = Vec::new();
    for (number, master) in seen {
        match known.get(&number) {
            Some(account) => {
                let merged = merge(&account.master, master);
                if merged != account.master {
                    active(&merged, Some(account.id)).update(tx).await?;
                }
            }
            None => added.push((number, master)),
        }
    }
    for chunk in added.chunks(CHUNK) {
        let rows = chunk.iter().map(|(_, master)| account::ActiveModel { created_at: Set(now), ..active(master, None) });
        let ids = account::Entity::insert_many(rows).exec_with_returning_keys(tx).await?;
        let numbers = ids.into_iter().zip(chunk).map(|(account_id, (number, _))| account_number::ActiveModel {
            account_id: Set(account_id),
            source: Set(source.to_owned()),
            number: Set(number.clone()),
            ..Default::default()
        });
        account_number::Entity::insert_many(numbers).exec_without_returning(tx).await?;
    }
    Ok(added.len())
}

async fn known_accounts(tx: &impl ConnectionTrait, source: &str, seen: &[(String, Master)]) -> Result<HashMap<String, Account>, DbErr> {
    let mut known = HashMap::new();
    for chunk in seen.chunks(CHUNK) {
        let rows = account_number::Entity::find()
            .filter(account_number::Column::Source.eq(source))
            .filter(account_number::Column::Number.is_in(chunk.iter().map(|(number, _)| number.as_str())))
            .all(tx)
            .await?;
        let ids = rows.iter().map(|row| row.account_id);
        let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(tx).await?;
        let by_id: HashMap<i64, account::Model> = accounts.into_iter().map(|row| (row.id, row)).collect();
        for row in rows {
            if let Some(account) = by_id.get(&row.account_id) {
                known.insert(row.number, Account::from(account.clone()));
            }
        }
    }
    Ok(known)
}

/// Adds an account that has no number yet, under a name; gives its id.
pub async fn insert_prospect(tx: &impl ConnectionTrait, name: &str, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let master = Master { name: name.to_owned(), country: None, postal_code: None, city: None, industry: None };
    Ok(account::ActiveModel { created_at: Set(now), ..active(&master, None) }.insert(tx).await?.id)
}

fn merge(old: &Master, new: Master) -> Master {
    Master {
        name: if new.name.is_empty() { old.name.clone() } else { new.name },
        country: new.country.or_else(|| old.country.clone()),
        postal_code: new.postal_code.or_else(|| old.postal_code.clone()),
        city: new.city.or_else(|| old.city.clone()),
        industry: new.industry.or_else(|| old.industry.clone()),
    }
}

fn active(master: &Master, id: Option<i64>) -> account::ActiveModel {
    let columns = account::ActiveModel {
        name: Set(master.name.clone()),
        country: Set(master.country.clone()),
        postal_code: Set(master.postal_code.clone()),
        city: Set(master.city.clone()),
        industry: Set(master.industry.clone()),
        ..Default::default()
    };
    match id {
        Some(id) => account::ActiveModel { id: Set(id), ..columns },
        None => columns,
    }
}
