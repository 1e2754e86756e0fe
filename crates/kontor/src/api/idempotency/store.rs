//! SQL of idempotency keys.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set, TryInsertResult};

mod idempotency_key {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_key")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub key: String,
        pub request_hash: String,
        pub status: Option<i64>,
        #[sea_orm(column_type = "Text", nullable)]
        pub answer: Option<String>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A key that was used before.
pub struct Known {
    /// What was asked with it.
    pub request_hash: String,
    /// The answer; `None` while the first request is still at work.
    pub answer: Option<serde_json::Value>,
}

/// Claims a key; gives its id, or `None` when it was claimed before.
pub async fn claim(
    db: &impl ConnectionTrait,
    user_id: i64,
    key: &str,
    request_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    let row = idempotency_key::ActiveModel {
        user_id: Set(user_id),
        key: Set(key.to_owned()),
        request_hash: Set(request_hash.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    let columns = [idempotency_key::Column::UserId, idempotency_key::Column::Key];
    let inserted = idempotency_key::Entity::insert(row).on_conflict_do_nothing_on(columns).exec(db).await?;
    Ok(match inserted {
        TryInsertResult::Inserted(result) => Some(result.last_insert_id),
        TryInsertResult::Conflicted | TryInsertResult::Empty => None,
    })
}

/// What is known of a key.
pub async fn find(db: &impl ConnectionTrait, user_id: i64, key: &str) -> Result<Option<Known>, DbErr> {
    let row = idempotency_key::Entity::find()
        .filter(idempotency_key::Column::UserId.eq(user_id))
        .filter(idempotency_key::Column::Key.eq(key))
        .one(db)
        .await?;
    row.map(|row| {
        let answer = row.answer.as_deref().map(serde_json::from_str).transpose().map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(Known { request_hash: row.request_hash, answer })
    })
    .transpose()
}

/// Keeps the answer.
pub async fn answer(db: &impl ConnectionTrait, id: i64, answer: &serde_json::Value) -> Result<(), DbErr> {
    let row = idempotency_key::ActiveModel { id: Set(id), answer: Set(Some(answer.to_string())), ..Default::default() };
    row.update(db).await.map(|_| ())
}

/// Forgets a key.
pub async fn release(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    idempotency_key::Entity::delete_by_id(id).exec(db).await.map(|_| ())
}
