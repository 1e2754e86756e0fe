//! SQL of merges and of pairs that are no duplicates.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::actions::Kind;

mod merge_record {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "merge_record")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub kind: String,
        pub kept_id: i64,
        pub gone_id: i64,
        pub kept_name: String,
        pub gone_name: String,
        #[sea_orm(column_type = "Text")]
        pub moved: String,
        pub at: DateTimeUtc,
        pub by_id: i64,
        pub by_name: String,
        pub undone_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod duplicate_dismissal {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duplicate_dismissal")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub kind: String,
        pub first_id: i64,
        pub second_id: i64,
        pub at: DateTimeUtc,
        pub by_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Two records that became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The id.
    pub id: i64,
    /// Accounts or people.
    pub kind: Kind,
    /// The record that was kept.
    pub kept_id: i64,
    /// The one that became part of it.
    pub gone_id: i64,
    /// What the kept one was called.
    pub kept_name: String,
    /// What the other was called.
    pub gone_name: String,
    /// What moved, as it was noted.
    moved: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by_name: String,
    /// Since when it is undone.
    pub undone_at: Option<DateTime<Utc>>,
}

impl Merge {
    /// What moved, in the form its kind of records has.
    pub fn moved<T: DeserializeOwned>(&self) -> Result<T, DbErr> {
        serde_json::from_str(&self.moved).map_err(|_| DbErr::Custom(format!("merge {}: its list of what moved cannot be read", self.id)))
    }
}

fn merge(row: merge_record::Model) -> Result<Merge, DbErr> {
    let broken = |what: &str| DbErr::Custom(format!("merge {}: its {what} cannot be read", row.id));
    Ok(Merge {
        id: row.id,
        kind: row.kind.parse().map_err(|_| broken("kind"))?,
        kept_id: row.kept_id,
        gone_id: row.gone_id,
        moved: row.moved,
        kept_name: row.kept_name,
        gone_name: row.gone_name,
        at: row.at,
        by_name: row.by_name,
        undone_at: row.undone_at,
    })
}

/// What is noted of a merge.
pub struct NewMerge<'a, T> {
    /// Accounts or people.
    pub kind: Kind,
    /// The record that is kept, with its name.
    pub kept: (i64, &'a str),
    /// The other.
    pub gone: (i64, &'a str),
    /// What moved.
    pub moved: &'a T,
}

/// Notes a merge; gives its id.
pub async fn insert<T: Serialize>(
    tx: &impl ConnectionTrait,
    new: NewMerge<'_, T>,
    by: (i64, &str),
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = merge_record::ActiveModel {
        kind: Set(new.kind.name().to_owned()),
        kept_id: Set(new.kept.0),
        gone_id: Set(new.gone.0),
        kept_name: Set(new.kept.1.to_owned()),
        gone_name: Set(new.gone.1.to_owned()),
        moved: Set(serde_json::to_string(new.moved).map_err(|error| DbErr::Custom(error.to_string()))?),
        at: Set(now),
        by_id: Set(by.0),
        by_name: Set(by.1.to_owned()),
        undone_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// One merge.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Merge>, DbErr> {
    merge_record::Entity::find_by_id(id).one(db).await?.map(merge).transpose()
}

/// Merges, the newest first; those after the given one.
pub async fn merges(db: &impl ConnectionTrait, after: Option<i64>, limit: u64) -> Result<Vec<Merge>, DbErr> {
    let mut query = merge_record::Entity::find().order_by_desc(merge_record::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(merge_record::Column::Id.lt(after));
    }
    let rows = query.all(db).await?;
    rows.into_iter().map(merge).collect()
}

/// The newest merge that still holds and has one of these records, after the given one.
pub async fn later(db: &impl ConnectionTrait, of: &Merge) -> Result<Option<i64>, DbErr> {
    let ids = [of.kept_id, of.gone_id];
    let touches = Condition::any().add(merge_record::Column::KeptId.is_in(ids)).add(merge_record::Column::GoneId.is_in(ids));
    let row = merge_record::Entity::find()
        .filter(merge_record::Column::Kind.eq(of.kind.name()))
        .filter(merge_record::Column::Id.gt(of.id))
        .filter(merge_record::Column::UndoneAt.is_null())
        .filter(touches)
        .order_by_desc(merge_record::Column::Id)
        .one(db)
        .await?;
    Ok(row.map(|row| row.id))
}

/// The merges of the other kind of records that still hold and came after the given one, the newest first.
pub async fn later_across(db: &impl ConnectionTrait, of: &Merge) -> Result<Vec<Merge>, DbErr> {
    let rows = merge_record::Entity::find()
        .filter(merge_record::Column::Kind.ne(of.kind.name()))
        .filter(merge_record::Column::Id.gt(of.id))
        .filter(merge_record::Column::UndoneAt.is_null())
        .order_by_desc(merge_record::Column::Id);
    rows.all(db).await?.into_iter().map(merge).collect()
}

/// Notes that a merge was undone.
pub async fn set_undone(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    merge_record::ActiveModel { id: Set(id), undone_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// The pairs that were looked at and are two, each with the smaller id first.
pub async fn dismissed(db: &impl ConnectionTrait, kind: Kind) -> Result<Vec<(i64, i64)>, DbErr> {
    let rows = duplicate_dismissal::Entity::find().filter(duplicate_dismissal::Column::Kind.eq(kind.name())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.first_id, row.second_id)).collect())
}

/// Notes that two are two.
pub async fn dismiss(tx: &impl ConnectionTrait, kind: Kind, (first, second): (i64, i64), by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = duplicate_dismissal::ActiveModel {
        kind: Set(kind.name().to_owned()),
        first_id: Set(first),
        second_id: Set(second),
        at: Set(now),
        by_id: Set(by),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}
