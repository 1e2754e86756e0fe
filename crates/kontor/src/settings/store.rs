//! SQL of settings and currency rates.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::Amount;
use kontor_domain::settings::{Currency, Rate, Settings};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::moment::once;

mod setting {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[sea_orm(column_type = "Text")]
        pub value: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod currency_rate {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "currency_rate")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub currency: String,
        pub valid_from: Date,
        pub rate: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The settings in force; the defaults while none were saved.
pub async fn current(db: &impl ConnectionTrait) -> Result<Settings, DbErr> {
    once("settings", async {
        match setting::Entity::find().order_by_desc(setting::Column::Id).one(db).await? {
            Some(row) => serde_json::from_str(&row.value).map_err(|error| DbErr::Custom(format!("settings {}: {error}", row.id))),
            None => Ok(Settings::default()),
        }
    })
    .await
}

/// Saves settings as a new version.
pub async fn insert(tx: &impl ConnectionTrait, settings: &Settings, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let value = serde_json::to_string(settings).map_err(|error| DbErr::Custom(error.to_string()))?;
    setting::ActiveModel { value: Set(value), created_at: Set(now), created_by: Set(by), ..Default::default() }.insert(tx).await.map(|_| ())
}

/// Names the company, all else as it is.
pub async fn set_company(tx: &impl ConnectionTrait, company: &str, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let settings = Settings { company: company.to_owned(), ..current(tx).await? };
    insert(tx, &settings, by, now).await
}

/// A stored rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredRate {
    /// The id.
    pub id: i64,
    /// The rate.
    pub rate: Rate,
}

impl TryFrom<currency_rate::Model> for StoredRate {
    type Error = DbErr;

    fn try_from(row: currency_rate::Model) -> Result<StoredRate, DbErr> {
        let currency = row.currency.parse().map_err(DbErr::Custom)?;
        Ok(StoredRate { id: row.id, rate: Rate { from: row.valid_from, currency, rate: Amount::from_raw(row.rate) } })
    }
}

/// All rates by currency, the newest first.
pub async fn rates(db: &impl ConnectionTrait) -> Result<Vec<StoredRate>, DbErr> {
    let query = currency_rate::Entity::find().order_by_asc(currency_rate::Column::Currency).order_by_desc(currency_rate::Column::ValidFrom);
    once("rates", async { query.all(db).await?.into_iter().map(StoredRate::try_from).collect() }).await
}

/// The rate of a currency that starts on this very day.
pub async fn find_rate(db: &impl ConnectionTrait, currency: Currency, from: NaiveDate) -> Result<Option<StoredRate>, DbErr> {
    let row = currency_rate::Entity::find()
        .filter(currency_rate::Column::Currency.eq(currency.code()))
        .filter(currency_rate::Column::ValidFrom.eq(from))
        .one(db)
        .await?;
    row.map(StoredRate::try_from).transpose()
}

/// One rate.
pub async fn find_rate_by_id(db: &impl ConnectionTrait, id: i64) -> Result<Option<StoredRate>, DbErr> {
    currency_rate::Entity::find_by_id(id).one(db).await?.map(StoredRate::try_from).transpose()
}

/// Adds a rate.
pub async fn insert_rate(tx: &impl ConnectionTrait, rate: Rate) -> Result<(), DbErr> {
    let row = currency_rate::ActiveModel {
        currency: Set(rate.currency.code().to_owned()),
        valid_from: Set(rate.from),
        rate: Set(rate.rate.raw()),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// Gives a stored rate another value.
pub async fn update_rate(tx: &impl ConnectionTrait, id: i64, rate: Amount) -> Result<(), DbErr> {
    currency_rate::ActiveModel { id: Set(id), rate: Set(rate.raw()), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Removes a rate.
pub async fn delete_rate(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    currency_rate::Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}
