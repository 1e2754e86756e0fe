//! SQL of where the data of people are known from.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::person::{Datum, LegalBasis};
use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use super::CHUNK;

pub(in crate::people) mod provenance {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "provenance")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub datum: String,
        pub item_id: i64,
        pub source: String,
        pub basis: String,
        pub since: Date,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a datum is known from, and why it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Which datum.
    pub datum: Datum,
    /// Which channel or employment; 0 for what a person has only one of.
    pub item_id: i64,
    /// From where.
    pub origin: Origin,
    /// Since when.
    pub since: NaiveDate,
}

/// A datum of a person: whose, what, and which channel or employment.
pub type Item = (i64, Datum, i64);

/// A source and the ground on which what it says may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// From where.
    pub source: String,
    /// Why it may be kept.
    pub basis: LegalBasis,
}

/// Where the data of a person are known from.
pub async fn provenances(db: &impl ConnectionTrait, person_id: i64) -> Result<Vec<Provenance>, DbErr> {
    let rows = provenance::Entity::find().filter(provenance::Column::PersonId.eq(person_id)).order_by_asc(provenance::Column::Id);
    let rows = rows.all(db).await?.into_iter();
    rows.map(|row| {
        Ok(Provenance {
            datum: row.datum.parse().map_err(DbErr::Custom)?,
            item_id: row.item_id,
            origin: Origin { source: row.source, basis: row.basis.parse().map_err(DbErr::Custom)? },
            since: row.since,
        })
    })
    .collect()
}

/// Says where data of people are known from; what was said before about the same datum is replaced.
pub async fn set_origins(
    tx: &impl ConnectionTrait,
    items: &[Item],
    origin: &Origin,
    since: NaiveDate,
    by: i64,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use provenance::Column;
    use sea_orm::sea_query::OnConflict;
    for chunk in items.chunks(CHUNK) {
        let rows = chunk.iter().map(|&(person_id, datum, item_id)| provenance::ActiveModel {
            person_id: Set(person_id),
            datum: Set(datum.to_string()),
            item_id: Set(item_id),
            source: Set(origin.source.clone()),
            basis: Set(origin.basis.to_string()),
            since: Set(since),
            created_at: Set(now),
            created_by: Set(by),
            ..Default::default()
        });
        let on_conflict = OnConflict::columns([Column::PersonId, Column::Datum, Column::ItemId])
            .update_columns([Column::Source, Column::Basis, Column::Since, Column::CreatedAt, Column::CreatedBy])
            .to_owned();
        provenance::Entity::insert_many(rows).on_conflict(on_conflict).exec_without_returning(tx).await?;
    }
    Ok(())
}
