//! SQL of single-use links, sign-in tries and API tokens.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::rights::Scope;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

mod link {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "link")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub token_hash: String,
        pub user_id: Option<i64>,
        pub expires_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod sign_in_try {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_try")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub key: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod api_token {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub name: String,
        pub token_hash: String,
        pub scope: String,
        pub created_at: DateTimeUtc,
        pub expires_on: Option<Date>,
        pub revoked_at: Option<DateTimeUtc>,
        pub last_used_on: Option<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Removes tries that no longer count.
pub async fn tidy_tries(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    sign_in_try::Entity::delete_many().filter(sign_in_try::Column::At.lt(before)).exec(db).await.map(|_| ())
}

/// Stores a single-use link; without a user it is for the set-up. Earlier unused links for the same purpose lose their use.
pub async fn insert_link(tx: &impl ConnectionTrait, hash: String, user_id: Option<i64>, expires_at: DateTime<Utc>) -> Result<(), DbErr> {
    let same = match user_id {
        Some(id) => link::Column::UserId.eq(id),
        None => link::Column::UserId.is_null(),
    };
    link::Entity::delete_many().filter(same).filter(link::Column::UsedAt.is_null()).exec(tx).await?;
    let row = link::ActiveModel { token_hash: Set(hash), user_id: Set(user_id), expires_at: Set(expires_at), ..Default::default() };
    row.insert(tx).await.map(|_| ())
}

/// A link that can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenLink {
    /// Its id.
    pub id: i64,
    /// Whom it signs in; `None` for the set-up.
    pub user_id: Option<i64>,
}

/// The unused, unexpired link with this hash.
pub async fn find_link(db: &impl ConnectionTrait, hash: &str, now: DateTime<Utc>) -> Result<Option<OpenLink>, DbErr> {
    let row = link::Entity::find()
        .filter(link::Column::TokenHash.eq(hash))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(|row| OpenLink { id: row.id, user_id: row.user_id }))
}

/// Marks a link as used; false when somebody was faster.
pub async fn use_link(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let used = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(now))
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Notes a try to sign in under a key and gives its id.
pub async fn insert_try(db: &impl ConnectionTrait, key: &str, now: DateTime<Utc>) -> Result<i64, DbErr> {
    Ok(sign_in_try::ActiveModel { key: Set(key.to_owned()), at: Set(now), ..Default::default() }.insert(db).await?.id)
}

/// Forgets tries by id.
pub async fn remove_tries(tx: &impl ConnectionTrait, ids: &[i64]) -> Result<(), DbErr> {
    sign_in_try::Entity::delete_many().filter(sign_in_try::Column::Id.is_in(ids.to_vec())).exec(tx).await.map(|_| ())
}

/// How many tries were made under a key since then.
pub async fn count_tries(db: &impl ConnectionTrait, key: &str, since: DateTime<Utc>) -> Result<u64, DbErr> {
    sign_in_try::Entity::find().filter(sign_in_try::Column::Key.eq(key)).filter(sign_in_try::Column::At.gt(since)).count(db).await
}

/// Forgets the tries of a key.
pub async fn clear_tries(tx: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    sign_in_try::Entity::delete_many().filter(sign_in_try::Column::Key.eq(key)).exec(tx).await.map(|_| ())
}

/// An API token without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The id.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last day it works.
    pub expires_on: Option<NaiveDate>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last day it was used.
    pub last_used_on: Option<NaiveDate>,
}

impl TryFrom<api_token::Model> for ApiToken {
    type Error = DbErr;

    fn try_from(row: api_token::Model) -> Result<ApiToken, DbErr> {
        Ok(ApiToken {
            id: row.id,
            user_id: row.user_id,
            name: row.name,
            scope: row.scope.parse().map_err(DbErr::Custom)?,
            created_at: row.created_at,
            expires_on: row.expires_on,
            revoked_at: row.revoked_at,
            last_used_on: row.last_used_on,
        })
    }
}

/// Stores a token and gives its id.
pub async fn insert_token(
    tx: &impl ConnectionTrait,
    user_id: i64,
    name: &str,
    hash: String,
    scope: Scope,
    expires_on: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = api_token::ActiveModel {
        user_id: Set(user_id),
        name: Set(name.to_owned()),
        token_hash: Set(hash),
        scope: Set(scope.name().to_owned()),
        created_at: Set(now),
        expires_on: Set(expires_on),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// The tokens of one user, newest first.
pub async fn tokens_of(db: &impl ConnectionTrait, user_id: i64) -> Result<Vec<ApiToken>, DbErr> {
    let rows = api_token::Entity::find().filter(api_token::Column::UserId.eq(user_id)).order_by_desc(api_token::Column::Id).all(db).await?;
    rows.into_iter().map(ApiToken::try_from).collect()
}

/// One token of one user.
pub async fn find_token(db: &impl ConnectionTrait, user_id: i64, id: i64) -> Result<Option<ApiToken>, DbErr> {
    let row = api_token::Entity::find_by_id(id).filter(api_token::Column::UserId.eq(user_id)).one(db).await?;
    row.map(ApiToken::try_from).transpose()
}

/// The token with this hash that is neither revoked nor expired.
pub async fn find_valid_token(db: &impl ConnectionTrait, hash: &str, today: NaiveDate) -> Result<Option<ApiToken>, DbErr> {
    let row = api_token::Entity::find()
        .filter(api_token::Column::TokenHash.eq(hash))
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(api_token::Column::ExpiresOn.is_null().or(api_token::Column::ExpiresOn.gte(today)))
        .one(db)
        .await?;
    row.map(ApiToken::try_from).transpose()
}

/// Revokes a token.
pub async fn revoke_token(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    api_token::ActiveModel { id: Set(id), revoked_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Notes that a token was used on a day; at most one write a day, as every request would be too many.
pub async fn touch_token(db: &impl ConnectionTrait, token: &ApiToken, today: NaiveDate) -> Result<(), DbErr> {
    if token.last_used_on == Some(today) {
        return Ok(());
    }
    api_token::ActiveModel { id: Set(token.id), last_used_on: Set(Some(today)), ..Default::default() }.update(db).await.map(|_| ())
}
