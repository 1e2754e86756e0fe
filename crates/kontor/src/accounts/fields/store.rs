//! SQL of custom fields.

use chrono::{DateTime, Utc};
use kontor_domain::account::custom::CustomField;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryOrder, Set};

mod custom_field {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "custom_field")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub key: String,
        pub kind: String,
        pub label_de: String,
        pub label_en: String,
        #[sea_orm(column_type = "Text")]
        pub choices: String,
        pub created_at: DateTimeUtc,
        pub archived_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stored field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredField {
    /// The id.
    pub id: i64,
    /// The field.
    pub field: CustomField,
    /// Since when it is no longer shown.
    pub archived_at: Option<DateTime<Utc>>,
}

fn stored(row: custom_field::Model) -> Result<StoredField, DbErr> {
    let broken = |what: &str| DbErr::Custom(format!("custom field {}: its {what} cannot be read", row.id));
    let field = CustomField {
        kind: row.kind.parse().map_err(|_| broken("kind"))?,
        choices: serde_json::from_str(&row.choices).map_err(|_| broken("choices"))?,
        key: row.key,
        label_de: row.label_de,
        label_en: row.label_en,
    };
    Ok(StoredField { id: row.id, field, archived_at: row.archived_at })
}

/// All fields in the order in which they were added, archived ones too.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<StoredField>, DbErr> {
    custom_field::Entity::find().order_by_asc(custom_field::Column::Id).all(db).await?.into_iter().map(stored).collect()
}

/// The fields that are shown.
pub async fn shown(db: &impl ConnectionTrait) -> Result<Vec<CustomField>, DbErr> {
    Ok(all(db).await?.into_iter().filter(|stored| stored.archived_at.is_none()).map(|stored| stored.field).collect())
}

/// One field.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<StoredField>, DbErr> {
    custom_field::Entity::find_by_id(id).one(db).await?.map(stored).transpose()
}

/// Adds a field.
pub async fn insert(tx: &impl ConnectionTrait, field: &CustomField, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = custom_field::ActiveModel {
        key: Set(field.key.clone()),
        kind: Set(field.kind.name().to_owned()),
        created_at: Set(now),
        archived_at: Set(None),
        ..labels(field)?
    };
    Ok(row.insert(tx).await?.id)
}

/// Gives a field other labels and choices.
pub async fn update(tx: &impl ConnectionTrait, id: i64, field: &CustomField) -> Result<(), DbErr> {
    custom_field::ActiveModel { id: Set(id), ..labels(field)? }.update(tx).await.map(|_| ())
}

/// Hides a field, or shows it again with `None`.
pub async fn set_archived(tx: &impl ConnectionTrait, id: i64, at: Option<DateTime<Utc>>) -> Result<(), DbErr> {
    custom_field::ActiveModel { id: Set(id), archived_at: Set(at), ..Default::default() }.update(tx).await.map(|_| ())
}

fn labels(field: &CustomField) -> Result<custom_field::ActiveModel, DbErr> {
    Ok(custom_field::ActiveModel {
        label_de: Set(field.label_de.clone()),
        label_en: Set(field.label_en.clone()),
        choices: Set(serde_json::to_string(&field.choices).map_err(|error| DbErr::Custom(error.to_string()))?),
        ..Default::default()
    })
}
