//! SQL of how interactions were before they were changed.

use chrono::{DateTime, Utc};
use kontor_domain::audit::FieldChange;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

mod interaction_version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "interaction_version")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub interaction_id: i64,
        pub at: DateTimeUtc,
        pub by_id: i64,
        pub by_name: String,
        #[sea_orm(column_type = "Text")]
        pub changes: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One change in the history of an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// The values before and after.
    pub changes: Vec<FieldChange>,
}

/// Adds to the history of an interaction.
pub async fn insert_version(
    tx: &impl ConnectionTrait,
    id: i64,
    by: (i64, &str),
    changes: &[FieldChange],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let changes = serde_json::to_string(changes).map_err(|error| DbErr::Custom(error.to_string()))?;
    let row = interaction_version::ActiveModel {
        interaction_id: Set(id),
        at: Set(now),
        by_id: Set(by.0),
        by_name: Set(by.1.to_owned()),
        changes: Set(changes),
        ..Default::default()
    };
    row.insert(tx).await.map(|_| ())
}

/// The history of an interaction that was found for this reader, the newest change first.
pub async fn versions(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Version>, DbErr> {
    let rows = interaction_version::Entity::find()
        .filter(interaction_version::Column::InteractionId.eq(id))
        .order_by_desc(interaction_version::Column::Id)
        .all(db)
        .await?;
    let version = |row: interaction_version::Model| {
        let changes = serde_json::from_str(&row.changes).map_err(|error| DbErr::Custom(format!("history {}: {error}", row.id)))?;
        Ok(Version { at: row.at, by: row.by_name, changes })
    };
    rows.into_iter().map(version).collect()
}
