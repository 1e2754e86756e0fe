//! SQL of interactions whose account or people turned out to be others.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};

use super::{CHUNK, interaction, interaction_person};
use crate::db::moving::point;

/// Hangs the interactions of one account on another.
pub async fn move_account(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    use interaction::Column;
    let moved: Vec<i64> =
        interaction::Entity::find().select_only().column(Column::Id).filter(Column::AccountId.eq(from)).into_tuple().all(tx).await?;
    move_some(tx, &moved, to).await?;
    Ok(moved)
}

/// Where a person took part who turned out to be another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parted {
    /// The interactions in which the other is named now.
    pub moved: Vec<i64>,
    /// Those in which both were named: the row, the interaction, and when it began.
    pub both: Vec<(i64, i64, DateTime<Utc>)>,
}

/// Puts one person in another's place wherever they took part. Where both took part, one stays.
pub async fn move_person(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Parted, DbErr> {
    use interaction_person::Column;
    let with =
        async |person: i64| interaction_person::Entity::find().filter(Column::PersonId.eq(person)).order_by_asc(Column::Id).all(tx).await;
    let there: BTreeSet<i64> = with(to).await?.into_iter().map(|row| row.interaction_id).collect();
    let (both, moved): (Vec<_>, Vec<_>) = with(from).await?.into_iter().partition(|row| there.contains(&row.interaction_id));
    let ids = |rows: &[interaction_person::Model]| rows.iter().map(|row| row.id).collect::<Vec<i64>>();
    for chunk in ids(&both).chunks(CHUNK) {
        interaction_person::Entity::delete_many().filter(Column::Id.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    point::<interaction_person::Entity>(tx, (Column::Id, Column::PersonId), &ids(&moved), to).await?;
    Ok(Parted {
        moved: moved.iter().map(|row| row.interaction_id).collect(),
        both: both.iter().map(|row| (row.id, row.interaction_id, row.started_at)).collect(),
    })
}

/// Takes [`move_person`] back, where the other is still named.
pub async fn move_person_back(tx: &impl ConnectionTrait, parted: &Parted, from: i64, to: i64) -> Result<(), DbErr> {
    use interaction_person::Column;
    for chunk in parted.moved.chunks(CHUNK) {
        let rows = interaction_person::Entity::update_many().col_expr(Column::PersonId, Expr::value(to));
        rows.filter(Column::PersonId.eq(from)).filter(Column::InteractionId.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    for &(id, interaction_id, started_at) in &parted.both {
        let is_named =
            interaction_person::Entity::find().filter(Column::InteractionId.eq(interaction_id)).filter(Column::PersonId.eq(from));
        if is_named.one(tx).await?.is_some() {
            let row = interaction_person::ActiveModel {
                id: Set(id),
                interaction_id: Set(interaction_id),
                person_id: Set(to),
                started_at: Set(started_at),
            };
            row.insert(tx).await?;
        }
    }
    Ok(())
}

/// Hangs these interactions on an account.
pub async fn move_some(tx: &impl ConnectionTrait, ids: &[i64], to: i64) -> Result<(), DbErr> {
    point::<interaction::Entity>(tx, (interaction::Column::Id, interaction::Column::AccountId), ids, to).await
}

/// The accounts of these interactions.
pub async fn accounts_of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<BTreeSet<i64>, DbErr> {
    use interaction::Column;
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let query = interaction::Entity::find().select_only().column(Column::AccountId).distinct();
        found.extend(query.filter(Column::Id.is_in(chunk.iter().copied())).into_tuple::<i64>().all(db).await?);
    }
    Ok(found)
}
