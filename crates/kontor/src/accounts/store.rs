//! SQL of accounts and their numbers.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use kontor_domain::account::{ErpData, Field, Lifecycle, Master, Record, Tags, legal_form};
use kontor_domain::rights::{Right, Viewer};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};

use crate::db::{bulk, moving};

/// How many rows go into one statement; both databases limit the number of bound values.
pub(super) const CHUNK: usize = 500;

pub(super) mod account {
    use sea_orm::entity::prelude::*;
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Eq, Deserialize, DeriveEntityModel)]
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
        pub legal_form: Option<String>,
        pub street: Option<String>,
        pub employees: Option<i64>,
        pub website: Option<String>,
        pub vat_id: Option<String>,
        pub lei: Option<String>,
        pub language: Option<String>,
        pub lifecycle: String,
        #[sea_orm(column_type = "Text")]
        pub tags: String,
        #[sea_orm(column_type = "Text")]
        pub custom: String,
        pub hand_set: String,
        pub archived_at: Option<DateTimeUtc>,
        pub changed: i64,
        pub merged_into: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod account_number {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_number")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub source: String,
        pub number: String,
        pub rank: i64,
        pub erp_name: Option<String>,
        pub erp_country: Option<String>,
        pub erp_postal_code: Option<String>,
        pub erp_city: Option<String>,
        pub erp_industry: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
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
    /// Its numbers by source, the one whose source speaks for it first; a prospect has none.
    pub numbers: Vec<Number>,
    /// Tags, custom fields, and what was set by hand.
    pub more: More,
}

/// What accounts have besides master data and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Tags.
    pub tags: Tags,
    /// Values of custom fields in stored form, by the field's key.
    pub custom: std::collections::BTreeMap<String, String>,
    /// The fields that imports leave alone.
    pub hand_set: std::collections::BTreeSet<Field>,
    /// Since when it is archived.
    pub archived_at: Option<DateTime<Utc>>,
    /// The account that it became part of; it is then no account of its own.
    pub merged_into: Option<i64>,
}

impl Account {
    /// What can be changed about it by typing.
    pub fn record(&self) -> Record {
        let More { tags, custom, hand_set, .. } = self.more.clone();
        Record { master: self.master.clone(), tags, custom, hand_set }
    }

    /// Whether it was put away.
    pub const fn is_archived(&self) -> bool {
        self.more.archived_at.is_some()
    }
}

pub(super) fn record_of(row: &account::Model) -> Result<Record, DbErr> {
    let broken = |what: &str| DbErr::Custom(format!("account {}: its {what} cannot be read", row.id));
    let master = Master {
        name: row.name.clone(),
        legal_form: row.legal_form.clone().or_else(|| legal_form::of(&row.name).map(str::to_owned)),
        street: row.street.clone(),
        postal_code: row.postal_code.clone(),
        city: row.city.clone(),
        country: row.country.clone(),
        industry: row.industry.clone(),
        employees: row.employees.map(u32::try_from).transpose().map_err(|_| broken("number of employees"))?,
        website: row.website.clone(),
        vat_id: row.vat_id.clone(),
        lei: row.lei.clone(),
        language: row.language.clone(),
        lifecycle: row.lifecycle.parse().map_err(|_| broken("lifecycle"))?,
    };
    Ok(Record {
        master,
        tags: Tags::read(&row.tags).map_err(|_| broken("tags"))?,
        custom: serde_json::from_str(&row.custom).map_err(|_| broken("custom fields"))?,
        hand_set: row.hand_set.split_whitespace().filter_map(|field| field.parse().ok()).collect(),
    })
}

fn account_of(row: &account::Model, numbers: Vec<Number>) -> Result<Account, DbErr> {
    let Record { master, tags, custom, hand_set } = record_of(row)?;
    Ok(Account {
        id: row.id,
        master,
        numbers,
        more: More { tags, custom, hand_set, archived_at: row.archived_at, merged_into: row.merged_into },
    })
}

pub(super) fn said(row: &account_number::Model) -> ErpData {
    ErpData {
        name: row.erp_name.clone(),
        country: row.erp_country.clone(),
        postal_code: row.erp_postal_code.clone(),
        city: row.erp_city.clone(),
        industry: row.erp_industry.clone(),
    }
}

pub(super) fn active(record: &Record, revision: i64) -> Result<account::ActiveModel, DbErr> {
    let master = &record.master;
    let own_form = master.legal_form.clone().filter(|form| legal_form::of(&master.name) != Some(form.as_str()));
    let hand_set: Vec<&str> = record.hand_set.iter().map(|field| field.name()).collect();
    Ok(account::ActiveModel {
        name: Set(master.name.clone()),
        country: Set(master.country.clone()),
        postal_code: Set(master.postal_code.clone()),
        city: Set(master.city.clone()),
        industry: Set(master.industry.clone()),
        legal_form: Set(own_form),
        street: Set(master.street.clone()),
        employees: Set(master.employees.map(i64::from)),
        website: Set(master.website.clone()),
        vat_id: Set(master.vat_id.clone()),
        lei: Set(master.lei.clone()),
        language: Set(master.language.clone()),
        lifecycle: Set(master.lifecycle.name().to_owned()),
        tags: Set(record.tags.to_string()),
        custom: Set(serde_json::to_string(&record.custom).map_err(|error| DbErr::Custom(error.to_string()))?),
        hand_set: Set(hand_set.join(" ")),
        changed: Set(revision),
        ..Default::default()
    })
}

/// The accounts whose rows are newer than a revision, by id; all of them from revision −1 on. Whether a viewer may see them is for the caller to ask.
pub async fn newer(db: &impl ConnectionTrait, revision: i64) -> Result<Vec<Account>, DbErr> {
    let (mut accounts, mut after) = (Vec::new(), i64::MIN);
    loop {
        let part = newer_part(db, revision, after).await?;
        let is_last = part.len() < PART;
        after = part.last().map_or(after, |account| account.id);
        accounts.extend(part);
        if is_last {
            return Ok(accounts);
        }
    }
}

/// How many accounts are read at a time. A row from the database takes many times the room of the account that is made of it.
const PART: usize = 10_000;

async fn newer_part(db: &impl ConnectionTrait, revision: i64, after: i64) -> Result<Vec<Account>, DbErr> {
    type NumberRow = (i64, i64, i64, String, String);
    use account_number::Column;
    let query = account::Entity::find().filter(account::Column::Changed.gt(revision)).filter(account::Column::Id.gt(after));
    let query = query.order_by_asc(account::Column::Id).limit(PART as u64);
    let mut rows: Vec<account::Model> = bulk::entities::<account::Entity>(db, query).await?;
    rows.sort_by_key(|row| row.id);
    let Some(last) = rows.last() else { return Ok(Vec::new()) };
    let mut numbers = account_number::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Rank, Column::Id, Column::Source, Column::Number])
        .filter(Column::AccountId.gt(after))
        .filter(Column::AccountId.lte(last.id));
    if revision >= 0 {
        let changed = account::Entity::find().select_only().column(account::Column::Id).filter(account::Column::Changed.gt(revision));
        numbers = numbers.filter(Column::AccountId.in_subquery(changed.into_query()));
    }
    let columns = ["account_id", "rank", "id", "source", "number"];
    let mut numbers: Vec<NumberRow> = bulk::rows(db, numbers.into_query(), &columns).await?;
    numbers.sort_by_key(|&(account_id, rank, id, ..)| (account_id, rank, id));
    let mut by_account: HashMap<i64, Vec<Number>> = HashMap::with_capacity(rows.len());
    for (account_id, _, _, source, number) in numbers {
        by_account.entry(account_id).or_default().push(Number { source, number });
    }
    rows.iter().map(|row| account_of(row, by_account.remove(&row.id).unwrap_or_default())).collect()
}

/// All accounts this viewer may see, by id.
pub async fn all(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Account>, DbErr> {
    if !viewer.may(Right::SeeFigures) {
        return Ok(Vec::new());
    }
    let mut accounts = newer(db, -1).await?;
    accounts.retain(|account| viewer.sight.sees(account.id) && account.more.merged_into.is_none());
    Ok(accounts)
}

/// Some accounts this viewer may see, by id.
pub async fn of_ids(db: &impl ConnectionTrait, viewer: &Viewer, ids: impl IntoIterator<Item = i64>) -> Result<Vec<Account>, DbErr> {
    /// How many go into one statement; both databases limit the number of bound values.
    const CHUNK: usize = 500;
    if !viewer.may(Right::SeeFigures) {
        return Ok(Vec::new());
    }
    let seen: BTreeSet<i64> = ids.into_iter().filter(|&id| viewer.sight.sees(id)).collect();
    let mut accounts = Vec::with_capacity(seen.len());
    for chunk in seen.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let rows = account::Entity::find()
            .filter(account::Column::Id.is_in(chunk.iter().copied()))
            .filter(account::Column::MergedInto.is_null())
            .order_by_asc(account::Column::Id);
        let numbers = account_number::Entity::find()
            .filter(account_number::Column::AccountId.is_in(chunk.iter().copied()))
            .order_by_asc(account_number::Column::Rank)
            .order_by_asc(account_number::Column::Id);
        let mut by_account: HashMap<i64, Vec<Number>> = HashMap::with_capacity(chunk.len());
        for row in numbers.all(db).await? {
            by_account.entry(row.account_id).or_default().push(Number { source: row.source, number: row.number });
        }
        for row in rows.all(db).await? {
            accounts.push(account_of(&row, by_account.remove(&row.id).unwrap_or_default())?);
        }
    }
    Ok(accounts)
}

/// One account this viewer may see.
pub async fn find(db: &impl ConnectionTrait, viewer: &Viewer, id: i64) -> Result<Option<Account>, DbErr> {
    if !viewer.may(Right::SeeFigures) || !viewer.sight.sees(id) {
        return Ok(None);
    }
    let found = account::Entity::find_by_id(id).filter(account::Column::MergedInto.is_null()).one(db).await?;
    let Some(row) = found else { return Ok(None) };
    let numbers = number_rows(db, id).await?.into_iter().map(|row| Number { source: row.source, number: row.number }).collect();
    account_of(&row, numbers).map(Some)
}

async fn number_rows(db: &impl ConnectionTrait, account_id: i64) -> Result<Vec<account_number::Model>, DbErr> {
    account_number::Entity::find()
        .filter(account_number::Column::AccountId.eq(account_id))
        .order_by_asc(account_number::Column::Rank)
        .order_by_asc(account_number::Column::Id)
        .all(db)
        .await
}

/// What the sources say of an account, by number, the one that speaks for it first; a number typed by hand of which no source spoke yet has no name.
pub async fn said_of(db: &impl ConnectionTrait, account_id: i64) -> Result<Vec<(Number, ErpData)>, DbErr> {
    let rows = number_rows(db, account_id).await?;
    Ok(rows.into_iter().map(|row| (Number { source: row.source.clone(), number: row.number.clone() }, said(&row))).collect())
}

/// Adds an account without a number.
pub async fn insert(tx: &impl ConnectionTrait, record: &Record, now: DateTime<Utc>, revision: i64) -> Result<i64, DbErr> {
    let row = account::ActiveModel { created_at: Set(now), ..active(record, revision)? };
    Ok(row.insert(tx).await?.id)
}

/// Adds an account of which only the name is known; gives its id.
pub async fn insert_prospect(tx: &impl ConnectionTrait, name: &str, now: DateTime<Utc>, revision: i64) -> Result<i64, DbErr> {
    let master = Master { name: name.to_owned(), lifecycle: Lifecycle::Prospect, ..Master::default() };
    insert(tx, &Record { master, ..Record::default() }, now, revision).await
}

/// Gives an account other values.
pub async fn update(tx: &impl ConnectionTrait, id: i64, record: &Record, revision: i64) -> Result<(), DbErr> {
    account::ActiveModel { id: Set(id), ..active(record, revision)? }.update(tx).await.map(|_| ())
}

/// Puts an account away, or brings it back with `None`.
pub async fn set_archived(tx: &impl ConnectionTrait, id: i64, at: Option<DateTime<Utc>>, revision: i64) -> Result<(), DbErr> {
    account::ActiveModel { id: Set(id), archived_at: Set(at), changed: Set(revision), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Says that something beside the row itself changed, such as its numbers.
pub async fn mark_changed(tx: &impl ConnectionTrait, id: i64, revision: i64) -> Result<(), DbErr> {
    account::ActiveModel { id: Set(id), changed: Set(revision), ..Default::default() }.update(tx).await.map(|_| ())
}

/// The account with this number.
pub async fn by_number(db: &impl ConnectionTrait, number: &Number) -> Result<Option<i64>, DbErr> {
    let row = account_number::Entity::find()
        .filter(account_number::Column::Source.eq(&number.source))
        .filter(account_number::Column::Number.eq(&number.number))
        .one(db)
        .await?;
    Ok(row.map(|row| row.account_id))
}

/// Gives an account a further number.
pub async fn insert_number(tx: &impl ConnectionTrait, account_id: i64, number: &Number) -> Result<(), DbErr> {
    let last = number_rows(tx, account_id).await?.last().map_or(0, |row| row.rank + 1);
    let row = account_number::ActiveModel {
        account_id: Set(account_id),
        source: Set(number.source.clone()),
        number: Set(number.number.clone()),
        rank: Set(last),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// Takes a number from an account, unless its source has spoken of it; tells whether that happened.
pub async fn delete_number(tx: &impl ConnectionTrait, account_id: i64, number: &Number) -> Result<bool, DbErr> {
    let deleted = account_number::Entity::delete_many()
        .filter(account_number::Column::AccountId.eq(account_id))
        .filter(account_number::Column::Source.eq(&number.source))
        .filter(account_number::Column::Number.eq(&number.number))
        .filter(account_number::Column::ErpName.is_null())
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// What is kept about an account, whoever asks.
pub async fn record(db: &impl ConnectionTrait, id: i64) -> Result<Option<Record>, DbErr> {
    account::Entity::find_by_id(id).one(db).await?.as_ref().map(record_of).transpose()
}

/// The account that this one became part of.
pub async fn merged_into(db: &impl ConnectionTrait, id: i64) -> Result<Option<i64>, DbErr> {
    Ok(account::Entity::find_by_id(id).one(db).await?.and_then(|row| row.merged_into))
}

/// What those of these accounts that became part of another are in the end, whoever looks.
pub async fn successors(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, i64>, DbErr> {
    moving::successors::<account::Entity>(db, (account::Column::Id, account::Column::MergedInto), ids).await
}

/// Says that an account became part of another, or is one of its own again.
pub async fn set_merged_into(tx: &impl ConnectionTrait, id: i64, into: Option<i64>, revision: i64) -> Result<(), DbErr> {
    account::ActiveModel { id: Set(id), merged_into: Set(into), changed: Set(revision), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Puts all numbers of an account after those of another; gives their ids with the ranks they had.
pub async fn move_numbers(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<(i64, i64)>, DbErr> {
    let mut rank = number_rows(tx, to).await?.last().map_or(0, |row| row.rank + 1);
    let mut moved = Vec::new();
    for row in number_rows(tx, from).await? {
        moved.push((row.id, row.rank));
        account_number::ActiveModel { id: Set(row.id), account_id: Set(to), rank: Set(rank), ..Default::default() }.update(tx).await?;
        rank += 1;
    }
    Ok(moved)
}

/// Puts numbers back to the account and the ranks they had.
pub async fn move_numbers_back(tx: &impl ConnectionTrait, to: i64, moved: &[(i64, i64)]) -> Result<(), DbErr> {
    for &(id, rank) in moved {
        account_number::ActiveModel { id: Set(id), account_id: Set(to), rank: Set(rank), ..Default::default() }.update(tx).await?;
    }
    Ok(())
}

/// A record of an account that an import adds.
pub(super) fn imported(says: &ErpData) -> Record {
    Record { master: Master { lifecycle: Lifecycle::Active, ..Master::default() }, ..Record::default() }.told_by_erp(says)
}
