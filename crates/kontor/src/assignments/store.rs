//! SQL of account teams.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::assignment::Assignment;
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::db::joining::assignment;

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 500;

mod account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An assignment as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The id.
    pub id: i64,
    /// Who, where, as what, when.
    pub assignment: Assignment,
    /// The handover that made it.
    pub handover_id: Option<i64>,
}

impl AsRef<Assignment> for Stored {
    fn as_ref(&self) -> &Assignment {
        &self.assignment
    }
}

impl TryFrom<assignment::Model> for Stored {
    type Error = DbErr;

    fn try_from(row: assignment::Model) -> Result<Stored, DbErr> {
        let assignment = Assignment {
            user_id: row.user_id,
            account_id: row.account_id,
            reach: row.reach.parse().map_err(DbErr::Custom)?,
            role: row.role.parse().map_err(DbErr::Custom)?,
            from: row.from_day,
            to: row.to_day,
        };
        Ok(Stored { id: row.id, assignment, handover_id: row.handover_id })
    }
}

fn stored(rows: Vec<assignment::Model>) -> Result<Vec<Stored>, DbErr> {
    rows.into_iter().map(Stored::try_from).collect()
}

/// All assignments, whoever's. Whom they may be shown to, the policy says that is made of them.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Stored>, DbErr> {
    stored(assignment::Entity::find().order_by_asc(assignment::Column::Id).all(db).await?)
}

/// The assignments of one user.
pub async fn of_user(db: &impl ConnectionTrait, user_id: i64) -> Result<Vec<Stored>, DbErr> {
    let rows = assignment::Entity::find().filter(assignment::Column::UserId.eq(user_id)).order_by_asc(assignment::Column::Id);
    stored(rows.all(db).await?)
}

/// The assignments on these accounts, in the order they were made.
pub async fn of_accounts(db: &impl ConnectionTrait, accounts: &[i64]) -> Result<Vec<Stored>, DbErr> {
    let mut found = Vec::new();
    for chunk in accounts.chunks(CHUNK) {
        let rows = assignment::Entity::find()
            .filter(assignment::Column::AccountId.is_in(chunk.iter().copied()))
            .order_by_asc(assignment::Column::Id);
        found.extend(stored(rows.all(db).await?)?);
    }
    Ok(found)
}

/// One assignment.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Stored>, DbErr> {
    assignment::Entity::find_by_id(id).one(db).await?.map(Stored::try_from).transpose()
}

/// Adds assignments.
pub async fn insert(
    tx: &impl ConnectionTrait,
    new: &[Assignment],
    handover_id: Option<i64>,
    by: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for chunk in new.chunks(CHUNK) {
        let rows = chunk.iter().map(|new| assignment::ActiveModel {
            user_id: Set(new.user_id),
            account_id: Set(new.account_id),
            reach: Set(new.reach.name().to_owned()),
            role: Set(new.role.name().to_owned()),
            from_day: Set(new.from),
            to_day: Set(new.to),
            handover_id: Set(handover_id),
            created_at: Set(now),
            created_by: Set(by),
            ..Default::default()
        });
        assignment::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Sets the last day of assignments.
pub async fn end(tx: &impl ConnectionTrait, ids: &[i64], to: NaiveDate) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        assignment::Entity::update_many()
            .col_expr(assignment::Column::ToDay, Expr::value(to))
            .filter(assignment::Column::Id.is_in(chunk.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Puts assignments on another account.
pub async fn set_account(tx: &impl ConnectionTrait, ids: &[i64], account_id: i64) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        assignment::Entity::update_many()
            .col_expr(assignment::Column::AccountId, Expr::value(account_id))
            .filter(assignment::Column::Id.is_in(chunk.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// The ids of all accounts, for the policy to divide.
pub async fn account_ids(db: &impl ConnectionTrait) -> Result<Vec<i64>, DbErr> {
    account::Entity::find().select_only().column(account::Column::Id).into_tuple().all(db).await
}
