//! SQL of results that were kept.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::Period;
use kontor_domain::group::Level;
use kontor_domain::rights::Viewer;
use kontor_domain::settings::Currency;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

mod valuation_run {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "valuation_run")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub model_id: i64,
        pub level: String,
        pub as_of: Date,
        pub from_day: Date,
        pub to_day: Date,
        pub currency: String,
        pub accounts: i64,
        pub note: String,
        pub made_at: DateTimeUtc,
        pub made_by: i64,
        pub made_by_name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod valuation_result {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "valuation_result")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub run_id: i64,
        pub position: i64,
        pub accounts: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A result that was kept, without its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The id.
    pub id: i64,
    /// The version of the model.
    pub model_id: i64,
    /// What counted as one customer.
    pub level: Level,
    /// The newest day in the ledger then.
    pub as_of: NaiveDate,
    /// The days that figures were taken of.
    pub period: Period,
    /// The currency of amounts.
    pub currency: Currency,
    /// How many accounts or groups it holds.
    pub accounts: i64,
    /// Why it was kept.
    pub note: String,
    /// When it was kept.
    pub made_at: DateTime<Utc>,
    /// Who kept it.
    pub made_by_name: String,
}

impl TryFrom<valuation_run::Model> for Run {
    type Error = DbErr;

    fn try_from(row: valuation_run::Model) -> Result<Run, DbErr> {
        let wrong = |what: &str| DbErr::Custom(format!("result {}: {what}", row.id));
        Ok(Run {
            id: row.id,
            model_id: row.model_id,
            as_of: row.as_of,
            period: Period::new(row.from_day, row.to_day).ok_or_else(|| wrong("its days are not in order"))?,
            currency: row.currency.parse().map_err(|_| wrong("its currency is none"))?,
            level: row.level.parse().map_err(|_| wrong("its level is none"))?,
            accounts: row.accounts,
            note: row.note,
            made_at: row.made_at,
            made_by_name: row.made_by_name,
        })
    }
}

/// All results that were kept, the newest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Run>, DbErr> {
    let rows = valuation_run::Entity::find().order_by_desc(valuation_run::Column::Id).all(db).await?;
    rows.into_iter().map(Run::try_from).collect()
}

/// One of them.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Run>, DbErr> {
    valuation_run::Entity::find_by_id(id).one(db).await?.map(Run::try_from).transpose()
}

/// The newest one of a level that was kept before another one (or before now).
pub async fn newest(db: &impl ConnectionTrait, level: Level, before: Option<i64>) -> Result<Option<Run>, DbErr> {
    let mut query = valuation_run::Entity::find().filter(valuation_run::Column::Level.eq(level.to_string()));
    if let Some(before) = before {
        query = query.filter(valuation_run::Column::Id.lt(before));
    }
    query.order_by_desc(valuation_run::Column::Id).one(db).await?.map(Run::try_from).transpose()
}

/// Keeps a result and gives its id; `run.id`, `made_at` and `made_by_name` are those of now and of the viewer.
pub async fn insert(tx: &impl ConnectionTrait, run: &Run, parts: Vec<Vec<u8>>, by: &Viewer, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = valuation_run::ActiveModel {
        model_id: Set(run.model_id),
        level: Set(run.level.to_string()),
        as_of: Set(run.as_of),
        from_day: Set(run.period.from()),
        to_day: Set(run.period.to()),
        currency: Set(run.currency.code().to_owned()),
        accounts: Set(run.accounts),
        note: Set(run.note.clone()),
        made_at: Set(now),
        made_by: Set(by.user_id),
        made_by_name: Set(by.name.clone()),
        ..Default::default()
    };
    let run_id = row.insert(tx).await?.id;
    for (position, accounts) in (0_i64..).zip(parts) {
        let part =
            valuation_result::ActiveModel { run_id: Set(run_id), position: Set(position), accounts: Set(accounts), ..Default::default() };
        valuation_result::Entity::insert(part).exec_without_returning(tx).await?;
    }
    Ok(run_id)
}

/// The packed rows of a result, in their order.
pub async fn parts(db: &impl ConnectionTrait, run_id: i64) -> Result<Vec<Vec<u8>>, DbErr> {
    let rows = valuation_result::Entity::find()
        .filter(valuation_result::Column::RunId.eq(run_id))
        .order_by_asc(valuation_result::Column::Position)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.accounts).collect())
}
