//! SQL of rounds of ratings.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::rights::Viewer;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use super::forms::NewRound;
use crate::db::moving::point;
use crate::db::sight::seen_by;

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 500;

mod rating_round {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rating_round")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub due_on: Date,
        pub opened_at: DateTimeUtc,
        pub opened_by: i64,
        pub opened_by_name: String,
        pub closed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod rating_round_criterion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rating_round_criterion")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub round_id: i64,
        pub criterion_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod rating_round_task {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rating_round_task")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub round_id: i64,
        pub user_id: i64,
        pub account_id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A round of ratings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The day by which everybody should have rated.
    pub due_on: NaiveDate,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Who opened it.
    pub opened_by_name: String,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

impl From<rating_round::Model> for Round {
    fn from(row: rating_round::Model) -> Round {
        let rating_round::Model { id, name, due_on, opened_at, opened_by_name, closed_at, .. } = row;
        Round { id, name, due_on, opened_at, opened_by_name, closed_at }
    }
}

/// That a user shall rate an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Task {
    /// The round.
    pub round_id: i64,
    /// Who rates.
    pub user_id: i64,
    /// What is rated.
    pub account_id: i64,
}

/// All rounds, the newest first.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Round>, DbErr> {
    let rows = rating_round::Entity::find().order_by_desc(rating_round::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(Round::from).collect())
}

/// One round.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Round>, DbErr> {
    Ok(rating_round::Entity::find_by_id(id).one(db).await?.map(Round::from))
}

/// The criteria of a round.
pub async fn criteria(db: &impl ConnectionTrait, round_id: i64) -> Result<Vec<i64>, DbErr> {
    let of_round = rating_round_criterion::Entity::find().filter(rating_round_criterion::Column::RoundId.eq(round_id));
    let rows = of_round.order_by_asc(rating_round_criterion::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(|row| row.criterion_id).collect())
}

/// Who rates which of the accounts that this viewer may see: in one round, or in all.
pub async fn tasks(db: &impl ConnectionTrait, viewer: &Viewer, round_id: Option<i64>) -> Result<Vec<Task>, DbErr> {
    let mut query = rating_round_task::Entity::find().filter(seen_by(viewer, rating_round_task::Column::AccountId));
    if let Some(round_id) = round_id {
        query = query.filter(rating_round_task::Column::RoundId.eq(round_id));
    }
    let rows = query.order_by_asc(rating_round_task::Column::Id).all(db).await?;
    Ok(rows.into_iter().map(|row| Task { round_id: row.round_id, user_id: row.user_id, account_id: row.account_id }).collect())
}

/// Opens a round and gives its id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    new: &NewRound,
    tasks: &[(i64, i64)],
    by: &Viewer,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = rating_round::ActiveModel {
        name: Set(new.name.clone()),
        due_on: Set(new.due_on),
        opened_at: Set(now),
        opened_by: Set(by.user_id),
        opened_by_name: Set(by.name.clone()),
        ..Default::default()
    };
    let round_id = row.insert(tx).await?.id;
    let criteria = new.criteria.iter().map(|&criterion_id| rating_round_criterion::ActiveModel {
        round_id: Set(round_id),
        criterion_id: Set(criterion_id),
        ..Default::default()
    });
    rating_round_criterion::Entity::insert_many(criteria).exec_without_returning(tx).await?;
    for chunk in tasks.chunks(CHUNK) {
        let rows = chunk.iter().map(|&(user_id, account_id)| rating_round_task::ActiveModel {
            round_id: Set(round_id),
            user_id: Set(user_id),
            account_id: Set(account_id),
            ..Default::default()
        });
        rating_round_task::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(round_id)
}

/// Closes a round.
pub async fn close(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    rating_round::ActiveModel { id: Set(id), closed_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Gives the tasks of one account to another, when accounts are merged, and tells which; who is asked about both is asked once.
pub async fn move_tasks(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    use rating_round_task::Column;
    let of =
        async |account: i64| rating_round_task::Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Id).all(tx).await;
    let there: HashSet<(i64, i64)> = of(to).await?.into_iter().map(|row| (row.round_id, row.user_id)).collect();
    let moved: Vec<i64> =
        of(from).await?.into_iter().filter(|row| !there.contains(&(row.round_id, row.user_id))).map(|row| row.id).collect();
    move_tasks_back(tx, &moved, to).await?;
    Ok(moved)
}

/// Takes [`move_tasks`] back: these tasks are about that account.
pub async fn move_tasks_back(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<rating_round_task::Entity>(tx, (rating_round_task::Column::Id, rating_round_task::Column::AccountId), ids, to).await
}
