//! SQL of files of contacts.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use super::Rejected;
use super::matching::Planned;

mod contact_import {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_import")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub file: String,
        pub format: String,
        pub state: String,
        #[sea_orm(column_type = "Text")]
        pub data: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub closed_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// It waits for a decision.
    Open,
    /// Its contacts were taken in.
    Done,
    /// It was given up.
    Discarded,
}

/// What a file holds, and what is to become of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The contacts with what they may be and what was decided.
    pub rows: Vec<Planned>,
    /// What is no contact.
    pub rejected: Vec<Rejected>,
}

/// A file of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactImport {
    /// The id.
    pub id: i64,
    /// The file's name.
    pub file: String,
    /// How far it is.
    pub state: State,
    /// What it holds.
    pub content: Content,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: i64,
}

fn wrong(error: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(error.to_string())
}

impl TryFrom<contact_import::Model> for ContactImport {
    type Error = DbErr;

    fn try_from(row: contact_import::Model) -> Result<ContactImport, DbErr> {
        Ok(ContactImport {
            id: row.id,
            file: row.file,
            state: row.state.parse().map_err(wrong)?,
            content: serde_json::from_str(&row.data).map_err(wrong)?,
            created_at: row.created_at,
            created_by: row.created_by,
        })
    }
}

/// Keeps a file; gives its id.
pub async fn insert(
    tx: &impl ConnectionTrait,
    file: &str,
    format: super::Format,
    content: &Content,
    by: i64,
    now: DateTime<Utc>,
) -> Result<i64, DbErr> {
    let row = contact_import::ActiveModel {
        file: Set(file.to_owned()),
        format: Set(<&str>::from(format).to_owned()),
        state: Set(<&str>::from(State::Open).to_owned()),
        data: Set(serde_json::to_string(content).map_err(wrong)?),
        created_at: Set(now),
        created_by: Set(by),
        closed_at: Set(None),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// One file of this user.
pub async fn find(db: &impl ConnectionTrait, by: i64, id: i64) -> Result<Option<ContactImport>, DbErr> {
    let row = contact_import::Entity::find_by_id(id).filter(contact_import::Column::CreatedBy.eq(by)).one(db).await?;
    row.map(ContactImport::try_from).transpose()
}

/// The files of this user, the newest first.
pub async fn of_user(db: &impl ConnectionTrait, by: i64, limit: u64) -> Result<Vec<ContactImport>, DbErr> {
    let query = contact_import::Entity::find()
        .filter(contact_import::Column::CreatedBy.eq(by))
        .order_by_desc(contact_import::Column::Id)
        .limit(limit);
    query.all(db).await?.into_iter().map(ContactImport::try_from).collect()
}

/// Keeps what was decided, or that a file is done with.
pub async fn update(
    tx: &impl ConnectionTrait,
    id: i64,
    state: State,
    content: &Content,
    closed_at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let row = contact_import::ActiveModel {
        id: Set(id),
        state: Set(<&str>::from(state).to_owned()),
        data: Set(serde_json::to_string(content).map_err(wrong)?),
        closed_at: Set(closed_at),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}
