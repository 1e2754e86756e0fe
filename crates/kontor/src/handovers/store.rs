//! SQL of handovers.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::moving::point;

mod handover {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "handover")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub from_user_id: i64,
        pub to_user_id: i64,
        pub on_day: Date,
        pub note: Option<String>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub created_by_name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod handover_account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "handover_account")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub handover_id: i64,
        pub account_id: i64,
        pub note: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A handover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The id.
    pub id: i64,
    /// Who handed over.
    pub from_user_id: i64,
    /// Who took over.
    pub to_user_id: i64,
    /// The first day of who took over.
    pub on: NaiveDate,
    /// What is to be said about all of it.
    pub note: Option<String>,
    /// Who entered it.
    pub by: String,
}

/// An account that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedAccount {
    /// The account.
    pub account_id: i64,
    /// What is to be said about it.
    pub note: Option<String>,
}

impl From<handover::Model> for Handover {
    fn from(row: handover::Model) -> Handover {
        Handover {
            id: row.id,
            from_user_id: row.from_user_id,
            to_user_id: row.to_user_id,
            on: row.on_day,
            note: row.note,
            by: row.created_by_name,
        }
    }
}

/// All handovers, the newest first. Whom they are shown to, the verbs decide by their accounts.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Handover>, DbErr> {
    let rows = handover::Entity::find().order_by_desc(handover::Column::OnDay).order_by_desc(handover::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(Handover::from).collect())
}

/// One handover.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Handover>, DbErr> {
    Ok(handover::Entity::find_by_id(id).one(db).await?.map(Handover::from))
}

/// The accounts of these handovers, with the handover of each.
pub async fn accounts(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<(i64, HandedAccount)>, DbErr> {
    let rows = handover_account::Entity::find()
        .filter(handover_account::Column::HandoverId.is_in(ids.iter().copied()))
        .order_by_asc(handover_account::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.handover_id, HandedAccount { account_id: row.account_id, note: row.note })).collect())
}

/// Adds a handover with its accounts and gives the id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    new: &Handover,
    accounts: &[HandedAccount],
    created_by: i64,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = handover::ActiveModel {
        from_user_id: Set(new.from_user_id),
        to_user_id: Set(new.to_user_id),
        on_day: Set(new.on),
        note: Set(new.note.clone()),
        created_at: Set(now),
        created_by: Set(created_by),
        created_by_name: Set(new.by.clone()),
        ..Default::default()
    };
    let id = row.insert(tx).await?.id;
    for chunk in accounts.chunks(500) {
        let rows = chunk.iter().map(|account| handover_account::ActiveModel {
            handover_id: Set(id),
            account_id: Set(account.account_id),
            note: Set(account.note.clone()),
            ..Default::default()
        });
        handover_account::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(id)
}

/// Lets what was handed over with one account stand at another, when accounts are merged, and tells which rows; what one handover says of both stays.
pub async fn move_references(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    use handover_account::Column;
    let of =
        async |account: i64| handover_account::Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Id).all(tx).await;
    let there: Vec<i64> = of(to).await?.into_iter().map(|row| row.handover_id).collect();
    let moved: Vec<i64> = of(from).await?.into_iter().filter(|row| !there.contains(&row.handover_id)).map(|row| row.id).collect();
    move_back(tx, &moved, to).await?;
    Ok(moved)
}

/// Takes [`move_references`] back: these rows are of that account.
pub async fn move_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<handover_account::Entity>(tx, (handover_account::Column::Id, handover_account::Column::AccountId), ids, to).await
}
