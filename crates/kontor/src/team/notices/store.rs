//! SQL of notices.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kontor_domain::notice::Notice;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

mod notice {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub kind: String,
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub data: String,
        pub created_at: DateTimeUtc,
        pub read_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A notice that waits for its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The id.
    pub id: i64,
    /// What it says.
    pub notice: Notice,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Tells users something; each of them once.
pub async fn tell(
    tx: &impl ConnectionTrait,
    users: &BTreeSet<i64>,
    subject: &str,
    notice: &Notice,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if users.is_empty() {
        return Ok(());
    }
    let data = serde_json::to_string(notice).map_err(|error| DbErr::Custom(error.to_string()))?;
    let rows = users.iter().map(|&user_id| notice::ActiveModel {
        user_id: Set(user_id),
        kind: Set(notice.kind().to_owned()),
        subject: Set(subject.to_owned()),
        data: Set(data.clone()),
        created_at: Set(now),
        read_at: Set(None),
        ..Default::default()
    });
    notice::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// How many notices wait for a user.
pub async fn count(db: &impl ConnectionTrait, user_id: i64) -> Result<u64, DbErr> {
    waiting_for(user_id).count(db).await
}

/// The notices that wait for a user, the newest first; at most `limit`.
pub async fn waiting(db: &impl ConnectionTrait, user_id: i64, limit: u64) -> Result<Vec<Waiting>, DbErr> {
    let rows = waiting_for(user_id).order_by_desc(notice::Column::Id).limit(limit).all(db).await?.into_iter();
    rows.map(|row| {
        let told = serde_json::from_str(&row.data).map_err(|error| DbErr::Custom(format!("notice {}: {error}", row.id)))?;
        Ok(Waiting { id: row.id, notice: told, at: row.created_at })
    })
    .collect()
}

/// Puts notices of a user away: one, or all; gives how many.
pub async fn dismiss(tx: &impl ConnectionTrait, user_id: i64, id: Option<i64>, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let mut query = notice::Entity::update_many()
        .col_expr(notice::Column::ReadAt, Expr::value(now))
        .filter(notice::Column::UserId.eq(user_id))
        .filter(notice::Column::ReadAt.is_null());
    if let Some(id) = id {
        query = query.filter(notice::Column::Id.eq(id));
    }
    Ok(query.exec(tx).await?.rows_affected)
}

fn waiting_for(user_id: i64) -> sea_orm::Select<notice::Entity> {
    notice::Entity::find().filter(notice::Column::UserId.eq(user_id)).filter(notice::Column::ReadAt.is_null())
}
