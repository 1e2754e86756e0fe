//! SQL of the edges of corporate groups.

use chrono::{DateTime, Utc};
use kontor_domain::group::{Edge, Graph, Share};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

mod group_edge {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "group_edge")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub parent_id: i64,
        pub child_id: i64,
        pub kind: String,
        pub share: Option<i64>,
        pub valid_from: Option<Date>,
        pub valid_to: Option<Date>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
        pub withdrawn_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<group_edge::Model> for Edge {
    type Error = DbErr;

    fn try_from(row: group_edge::Model) -> Result<Edge, DbErr> {
        let share = |hundredths| Share::new(hundredths).ok_or_else(|| DbErr::Custom(format!("edge {}: a share of {hundredths}", row.id)));
        Ok(Edge {
            id: row.id,
            parent: row.parent_id,
            child: row.child_id,
            kind: row.kind.parse().map_err(|error| DbErr::Custom(format!("edge {}: {error}", row.id)))?,
            share: row.share.map(share).transpose()?,
            from: row.valid_from,
            to: row.valid_to,
        })
    }
}

/// All edges that count.
pub async fn graph(db: &impl ConnectionTrait) -> Result<Graph, DbErr> {
    let rows = group_edge::Entity::find().filter(group_edge::Column::WithdrawnAt.is_null()).order_by_asc(group_edge::Column::Id);
    let edges: Result<Vec<Edge>, DbErr> = rows.all(db).await?.into_iter().map(Edge::try_from).collect();
    Ok(Graph::new(edges?))
}

/// Adds an edge and gives its id.
pub async fn insert(tx: &impl ConnectionTrait, edge: &Edge, by: i64, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let row = group_edge::ActiveModel { created_at: Set(now), created_by: Set(by), withdrawn_at: Set(None), ..active(edge) };
    Ok(row.insert(tx).await?.id)
}

/// Adds many edges.
pub async fn insert_all(tx: &impl ConnectionTrait, edges: &[Edge], by: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    for part in edges.chunks(500) {
        let rows = part.iter().map(|edge| group_edge::ActiveModel {
            created_at: Set(now),
            created_by: Set(by),
            withdrawn_at: Set(None),
            ..active(edge)
        });
        group_edge::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Gives an edge other values.
pub async fn update(tx: &impl ConnectionTrait, edge: &Edge) -> Result<(), DbErr> {
    group_edge::ActiveModel { id: Set(edge.id), ..active(edge) }.update(tx).await.map(|_| ())
}

/// Lets an edge count no longer.
pub async fn withdraw(tx: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    group_edge::ActiveModel { id: Set(id), withdrawn_at: Set(Some(now)), ..Default::default() }.update(tx).await.map(|_| ())
}

/// Gives an edge other ends.
pub async fn set_ends(tx: &impl ConnectionTrait, id: i64, parent: i64, child: i64) -> Result<(), DbErr> {
    let row = group_edge::ActiveModel { id: Set(id), parent_id: Set(parent), child_id: Set(child), ..Default::default() };
    row.update(tx).await.map(|_| ())
}

/// Lets a withdrawn edge count again.
pub async fn let_count(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    group_edge::ActiveModel { id: Set(id), withdrawn_at: Set(None), ..Default::default() }.update(tx).await.map(|_| ())
}

fn active(edge: &Edge) -> group_edge::ActiveModel {
    group_edge::ActiveModel {
        parent_id: Set(edge.parent),
        child_id: Set(edge.child),
        kind: Set(edge.kind.name().to_owned()),
        share: Set(edge.share.map(Share::hundredths)),
        valid_from: Set(edge.from),
        valid_to: Set(edge.to),
        ..Default::default()
    }
}
