//! SQL of attachments.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

const CHUNK: usize = 400;

mod attachment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub interaction_id: i64,
        pub name: String,
        pub media_type: String,
        pub size_bytes: i64,
        pub sha256: String,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub archived_at: Option<DateTimeUtc>,
        pub archived_by: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A file that belongs to an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The id.
    pub id: i64,
    /// The interaction.
    pub interaction_id: i64,
    /// The name it came with.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// How large.
    pub size_bytes: u64,
    /// Its content's name in the object store.
    pub sha256: String,
}

impl From<attachment::Model> for Attachment {
    fn from(row: attachment::Model) -> Attachment {
        Attachment {
            id: row.id,
            interaction_id: row.interaction_id,
            name: row.name,
            media_type: row.media_type,
            size_bytes: row.size_bytes.unsigned_abs(),
            sha256: row.sha256,
        }
    }
}

/// The files of interactions that were found for a reader.
pub async fn of_interactions(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Attachment>, DbErr> {
    use attachment::Column;
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = attachment::Entity::find()
            .filter(Column::InteractionId.is_in(chunk.iter().copied()))
            .filter(Column::ArchivedAt.is_null())
            .order_by_asc(Column::Id)
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(Attachment::from));
    }
    Ok(found)
}

/// One file; whether its interaction may be read, the caller asks.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Attachment>, DbErr> {
    let row = attachment::Entity::find_by_id(id).filter(attachment::Column::ArchivedAt.is_null()).one(db).await?;
    Ok(row.map(Attachment::from))
}

/// How many files an interaction has.
pub async fn count(db: &impl ConnectionTrait, interaction_id: i64) -> Result<u64, DbErr> {
    use attachment::Column;
    attachment::Entity::find().filter(Column::InteractionId.eq(interaction_id)).filter(Column::ArchivedAt.is_null()).count(db).await
}

/// Adds the record of a file; gives its id.
pub async fn insert(tx: &impl ConnectionTrait, file: &Attachment, by: i64, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = attachment::ActiveModel {
        interaction_id: Set(file.interaction_id),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        size_bytes: Set(i64::try_from(file.size_bytes).unwrap_or(i64::MAX)),
        sha256: Set(file.sha256.clone()),
        created_at: Set(now),
        created_by: Set(by),
        ..Default::default()
    };
    Ok(row.insert(tx).await?.id)
}

/// Takes a file away from its interaction; its content stays.
pub async fn archive(tx: &impl ConnectionTrait, id: i64, by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = attachment::ActiveModel { id: Set(id), archived_at: Set(Some(now)), archived_by: Set(Some(by)), ..Default::default() };
    row.update(tx).await.map(|_| ())
}

/// Which of these contents some record names, archived ones included.
pub async fn named(db: &impl ConnectionTrait, contents: &[String]) -> Result<HashSet<String>, DbErr> {
    use attachment::Column;
    let mut found = HashSet::new();
    for chunk in contents.chunks(CHUNK) {
        let names: Vec<String> = attachment::Entity::find()
            .select_only()
            .column(Column::Sha256)
            .distinct()
            .filter(Column::Sha256.is_in(chunk.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(names);
    }
    Ok(found)
}
