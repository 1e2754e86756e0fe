//! SQL of saved views, favourites and visits.

use chrono::{DateTime, Utc};
use kontor_domain::view::{Kept, List};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use super::forms::NewView;
use crate::db::moving::point;

mod saved_view {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_view")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub list: String,
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub query: String,
        pub shared: bool,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod favourite {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "favourite")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub kind: String,
        pub record_id: i64,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod visit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "visit")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub kind: String,
        pub record_id: i64,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// Which list.
    pub list: List,
    /// What it is called.
    pub name: String,
    /// What stands behind the `?` of the list's address.
    pub query: String,
    /// Whether everybody has it.
    pub shared: bool,
}

impl TryFrom<saved_view::Model> for View {
    type Error = DbErr;

    fn try_from(row: saved_view::Model) -> Result<View, DbErr> {
        let list = row.list.parse().map_err(|_| DbErr::Custom(format!("view {} of an unknown list", row.id)))?;
        Ok(View { id: row.id, user_id: row.user_id, list, name: row.name, query: row.query, shared: row.shared })
    }
}

/// A user's own views of a list and those that others share, by name; of all lists where none is named.
pub async fn views(db: &impl ConnectionTrait, user_id: i64, list: Option<List>) -> Result<Vec<View>, DbErr> {
    let mine_or_shared = Condition::any().add(saved_view::Column::UserId.eq(user_id)).add(saved_view::Column::Shared.eq(true));
    let mut query = saved_view::Entity::find().filter(mine_or_shared);
    if let Some(list) = list {
        query = query.filter(saved_view::Column::List.eq(list.name()));
    }
    let rows = query.order_by_asc(saved_view::Column::Name).order_by_asc(saved_view::Column::Id).all(db).await?;
    rows.into_iter().map(View::try_from).collect()
}

/// One view that this user has.
pub async fn find_view(db: &impl ConnectionTrait, user_id: i64, id: i64) -> Result<Option<View>, DbErr> {
    let row = saved_view::Entity::find_by_id(id).one(db).await?.filter(|row| row.user_id == user_id || row.shared);
    row.map(View::try_from).transpose()
}

/// A user's own view of this name.
pub async fn find_own(db: &impl ConnectionTrait, user_id: i64, list: List, name: &str) -> Result<Option<View>, DbErr> {
    let row = saved_view::Entity::find()
        .filter(saved_view::Column::UserId.eq(user_id))
        .filter(saved_view::Column::List.eq(list.name()))
        .filter(saved_view::Column::Name.eq(name))
        .one(db)
        .await?;
    row.map(View::try_from).transpose()
}

/// Adds a view.
pub async fn insert_view(tx: &impl ConnectionTrait, user_id: i64, view: &NewView, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = saved_view::ActiveModel {
        user_id: Set(user_id),
        list: Set(view.list.name().to_owned()),
        name: Set(view.name.clone()),
        query: Set(view.query.clone()),
        shared: Set(view.shared),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Gives a view another content.
pub async fn update_view(tx: &impl ConnectionTrait, id: i64, view: &NewView) -> Result<(), DbErr> {
    let row = saved_view::ActiveModel { id: Set(id), query: Set(view.query.clone()), shared: Set(view.shared), ..Default::default() };
    row.update(tx).await.map(|_| ())
}

/// Removes a view.
pub async fn delete_view(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    saved_view::Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}

/// What a user keeps at hand, in the order it was chosen.
pub async fn favourites(db: &impl ConnectionTrait, user_id: i64) -> Result<Vec<(Kept, i64)>, DbErr> {
    let rows = favourite::Entity::find().filter(favourite::Column::UserId.eq(user_id)).order_by_asc(favourite::Column::Id).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.kind.parse().ok()?, row.record_id))).collect())
}

/// Whether a user keeps this at hand.
pub async fn is_favourite(db: &impl ConnectionTrait, user_id: i64, kind: Kept, record_id: i64) -> Result<bool, DbErr> {
    Ok(of_favourite(user_id, kind, record_id).one(db).await?.is_some())
}

fn of_favourite(user_id: i64, kind: Kept, record_id: i64) -> Select<favourite::Entity> {
    favourite::Entity::find()
        .filter(favourite::Column::UserId.eq(user_id))
        .filter(favourite::Column::Kind.eq(kind.name()))
        .filter(favourite::Column::RecordId.eq(record_id))
}

/// Keeps something at hand.
pub async fn insert_favourite(
    tx: &impl ConnectionTrait,
    user_id: i64,
    kind: Kept,
    record_id: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = favourite::ActiveModel {
        user_id: Set(user_id),
        kind: Set(kind.name().to_owned()),
        record_id: Set(record_id),
        created_at: Set(now),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// Keeps it at hand no longer.
pub async fn delete_favourite(tx: &impl ConnectionTrait, user_id: i64, kind: Kept, record_id: i64) -> Result<(), DbErr> {
    match of_favourite(user_id, kind, record_id).one(tx).await? {
        Some(row) => row.delete(tx).await.map(|_| ()),
        None => Ok(()),
    }
}

/// What a user looked at last, the newest first.
pub async fn visits(db: &impl ConnectionTrait, user_id: i64, limit: u64) -> Result<Vec<(Kept, i64)>, DbErr> {
    let rows = visit::Entity::find()
        .filter(visit::Column::UserId.eq(user_id))
        .order_by_desc(visit::Column::At)
        .order_by_desc(visit::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.kind.parse().ok()?, row.record_id))).collect())
}

/// Notes that a user looked at something. It is no change of the records and leaves no event.
pub async fn note_visit(db: &impl ConnectionTrait, user_id: i64, kind: Kept, record_id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = visit::ActiveModel {
        user_id: Set(user_id),
        kind: Set(kind.name().to_owned()),
        record_id: Set(record_id),
        at: Set(now),
        ..Default::default()
    };
    let keys = [visit::Column::UserId, visit::Column::Kind, visit::Column::RecordId];
    let on_conflict = OnConflict::columns(keys).update_column(visit::Column::At).to_owned();
    visit::Entity::insert(row).on_conflict(on_conflict).exec_without_returning(db).await.map(|_| ())
}

/// What was kept at hand, or looked at, of a record that became part of another: the rows that moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Favourites.
    pub favourites: Vec<i64>,
    /// Visits.
    pub visits: Vec<i64>,
}

/// Lets favourites and visits of one record be of another, within the change that merges the two; who has the other already, has it once.
pub async fn move_references(tx: &impl ConnectionTrait, kind: Kept, from: i64, to: i64) -> Result<Moved, DbErr> {
    let favourites = favourite::Entity::find().filter(favourite::Column::Kind.eq(kind.name())).filter(favourite::Column::RecordId.eq(from));
    let visits = visit::Entity::find().filter(visit::Column::Kind.eq(kind.name())).filter(visit::Column::RecordId.eq(from));
    let moving = Moved {
        favourites: favourites.all(tx).await?.into_iter().map(|row| row.id).collect(),
        visits: visits.all(tx).await?.into_iter().map(|row| row.id).collect(),
    };
    shift(tx, kind, &moving, to).await
}

/// Takes [`move_references`] back.
pub async fn move_back(tx: &impl ConnectionTrait, kind: Kept, moved: &Moved, to: i64) -> Result<(), DbErr> {
    shift(tx, kind, moved, to).await.map(|_| ())
}

/// Points rows at a record, but for those of users who have a row for it already; gives those that moved.
async fn shift(tx: &impl ConnectionTrait, kind: Kept, rows: &Moved, to: i64) -> Result<Moved, DbErr> {
    let has = favourite::Entity::find().filter(favourite::Column::Kind.eq(kind.name())).filter(favourite::Column::RecordId.eq(to));
    let has: Vec<i64> = has.all(tx).await?.into_iter().map(|row| row.user_id).collect();
    let rows_of = favourite::Entity::find().filter(favourite::Column::Id.is_in(rows.favourites.iter().copied())).all(tx).await?;
    let favourites: Vec<i64> = rows_of.into_iter().filter(|row| !has.contains(&row.user_id)).map(|row| row.id).collect();
    point::<favourite::Entity>(tx, (favourite::Column::Id, favourite::Column::RecordId), &favourites, to).await?;

    let seen = visit::Entity::find().filter(visit::Column::Kind.eq(kind.name())).filter(visit::Column::RecordId.eq(to));
    let seen: Vec<i64> = seen.all(tx).await?.into_iter().map(|row| row.user_id).collect();
    let rows_of = visit::Entity::find().filter(visit::Column::Id.is_in(rows.visits.iter().copied())).all(tx).await?;
    let visits: Vec<i64> = rows_of.into_iter().filter(|row| !seen.contains(&row.user_id)).map(|row| row.id).collect();
    point::<visit::Entity>(tx, (visit::Column::Id, visit::Column::RecordId), &visits, to).await?;
    Ok(Moved { favourites, visits })
}
