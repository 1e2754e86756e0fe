//! SQL of segments: which ones are live, and the revision that rises with every change of that.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

use super::{State, import};
use crate::db::moment::once;

mod segment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "segment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub import_id: i64,
        pub source: String,
        pub lines: i64,
        pub first_day: Date,
        pub last_day: Date,
        pub live_from: DateTimeUtc,
        pub live_to: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod segment_replacement {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "segment_replacement")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub segment_id: String,
        pub replaced_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod ledger_state {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ledger_state")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub revision: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A segment of the ledger as the records know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The folder's name.
    pub id: String,
    /// The import that made it.
    pub import_id: i64,
    /// The source system.
    pub source: String,
    /// How many lines it holds.
    pub lines: u64,
    /// First day with a line.
    pub first_day: NaiveDate,
    /// Last day with a line.
    pub last_day: NaiveDate,
    /// When it was booked.
    pub live_from: DateTime<Utc>,
}

/// The live segments in the order they were booked.
pub async fn live(db: &impl ConnectionTrait) -> Result<Vec<Segment>, DbErr> {
    let rows = segment::Entity::find()
        .filter(segment::Column::LiveTo.is_null())
        .order_by_asc(segment::Column::LiveFrom)
        .order_by_asc(segment::Column::Id);
    let segment = |row: segment::Model| Segment {
        id: row.id,
        import_id: row.import_id,
        source: row.source,
        lines: row.lines.unsigned_abs(),
        first_day: row.first_day,
        last_day: row.last_day,
        live_from: row.live_from,
    };
    once("live segments", async { Ok(rows.all(db).await?.into_iter().map(segment).collect()) }).await
}

/// Adds a live segment and notes which ones it takes lines back from.
pub async fn insert_segment(tx: &impl ConnectionTrait, new: &Segment, replaces: &[String]) -> Result<(), DbErr> {
    let row = segment::ActiveModel {
        id: Set(new.id.clone()),
        import_id: Set(new.import_id),
        source: Set(new.source.clone()),
        lines: Set(i64::try_from(new.lines).unwrap_or(i64::MAX)),
        first_day: Set(new.first_day),
        last_day: Set(new.last_day),
        live_from: Set(new.live_from),
        live_to: Set(None),
    };
    segment::Entity::insert(row).exec_without_returning(tx).await?;
    for replaced in replaces {
        let row =
            segment_replacement::ActiveModel { segment_id: Set(new.id.clone()), replaced_id: Set(replaced.clone()), ..Default::default() };
        row.insert(tx).await?;
    }
    Ok(())
}

/// Whether a live segment takes lines back from this one.
pub async fn is_replaced(db: &impl ConnectionTrait, segment_id: &str) -> Result<bool, DbErr> {
    let by = segment_replacement::Entity::find().filter(segment_replacement::Column::ReplacedId.eq(segment_id)).all(db).await?;
    let live = segment::Entity::find()
        .filter(segment::Column::Id.is_in(by.into_iter().map(|row| row.segment_id)))
        .filter(segment::Column::LiveTo.is_null())
        .count(db)
        .await?;
    Ok(live > 0)
}

/// Ends a segment and marks its import as taken back.
pub async fn end_segment(tx: &impl ConnectionTrait, of: &Segment, now: DateTime<Utc>) -> Result<(), DbErr> {
    segment::Entity::update_many()
        .col_expr(segment::Column::LiveTo, Expr::value(now))
        .filter(segment::Column::Id.eq(of.id.clone()))
        .exec(tx)
        .await?;
    let row = import::ActiveModel {
        id: Set(of.import_id),
        state: Set(State::Undone.name().to_owned()),
        undone_at: Set(Some(now)),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// The revision of the ledger: it rises whenever the set of live segments changes.
pub async fn revision(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    once("ledger revision", async {
        let row = ledger_state::Entity::find_by_id(1).one(db).await?;
        row.map(|row| row.revision).ok_or_else(|| DbErr::Custom("the ledger's state is missing".into()))
    })
    .await
}

/// Raises the revision if it is still the one given; false when another import or undo was faster.
pub async fn raise_revision(tx: &impl ConnectionTrait, from: i64) -> Result<bool, DbErr> {
    let update = ledger_state::Entity::update_many()
        .col_expr(ledger_state::Column::Revision, Expr::value(from + 1))
        .filter(ledger_state::Column::Id.eq(1))
        .filter(ledger_state::Column::Revision.eq(from));
    Ok(update.exec(tx).await?.rows_affected == 1)
}
