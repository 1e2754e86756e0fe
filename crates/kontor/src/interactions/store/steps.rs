//! SQL of next steps.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{CHUNK, interaction, readable_by};
use crate::interactions::forms::Step;
use crate::interactions::reader::Reader;

/// Which next steps are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Steps<'a> {
    /// At these accounts.
    At(&'a [i64]),
    /// For this user.
    For(i64),
}

/// A next step that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenStep {
    /// The interaction that it comes of.
    pub interaction_id: i64,
    /// The account.
    pub account_id: i64,
    /// What is to be done.
    pub step: Step,
}

/// The next steps that are open, the earliest due first, those without a day last.
pub async fn open_steps(db: &impl ConnectionTrait, reader: &Reader<'_>, steps: Steps<'_>, limit: u64) -> Result<Vec<OpenStep>, DbErr> {
    use interaction::Column;
    type Row = (i64, i64, String, Option<NaiveDate>, Option<i64>);
    let mut query = interaction::Entity::find()
        .select_only()
        .columns([Column::Id, Column::AccountId, Column::Step, Column::StepDue, Column::StepUserId])
        .filter(readable_by(reader))
        .filter(Column::ArchivedAt.is_null())
        // In the words of the indexes that hold open steps alone; a bound value would hide from SQLite that they serve.
        .filter(Expr::cust("\"interaction\".\"step\" <> ''"))
        .filter(Column::StepDoneAt.is_null());
    query = match steps {
        Steps::At(ids) => {
            query.filter(Expr::col((interaction::Entity, Column::AccountId)).is_in(ids.iter().map(|id| Expr::cust(id.to_string()))))
        }
        Steps::For(user_id) => query.filter(Column::StepUserId.eq(user_id)),
    };
    let undated = Expr::col((interaction::Entity, Column::StepDue)).is_null();
    let query = query.order_by(undated, Order::Asc).order_by_asc(Column::StepDue).order_by_asc(Column::Id).limit(limit);
    let rows = query.into_tuple::<Row>().all(db).await?.into_iter();
    let open =
        |(interaction_id, account_id, text, due, user_id)| OpenStep { interaction_id, account_id, step: Step { text, due, user_id } };
    Ok(rows.map(open).collect())
}

/// Closes the next step, or opens it again.
pub async fn set_step_done(tx: &impl ConnectionTrait, id: i64, done: Option<(DateTime<Utc>, i64)>) -> Result<(), DbErr> {
    let (at, by) = done.unzip();
    interaction::ActiveModel { id: Set(id), step_done_at: Set(at), step_done_by: Set(by), ..Default::default() }
        .update(tx)
        .await
        .map(|_| ())
}

/// Gives the open next steps of one user at these accounts to another, those due before a day left out; gives how many.
pub async fn move_steps(
    tx: &impl ConnectionTrait,
    accounts: &[i64],
    from: i64,
    to: i64,
    due_from: Option<NaiveDate>,
) -> Result<u64, DbErr> {
    use interaction::Column;
    let mut moved = 0;
    for chunk in accounts.chunks(CHUNK) {
        let steps = interaction::Entity::update_many()
            .col_expr(Column::StepUserId, Expr::value(to))
            .filter(Column::AccountId.is_in(chunk.iter().copied()))
            .filter(Column::StepUserId.eq(from))
            .filter(Column::StepDoneAt.is_null())
            .filter(Column::ArchivedAt.is_null());
        let steps = match due_from {
            Some(day) => steps.filter(Column::StepDue.is_null().or(Column::StepDue.gte(day))),
            None => steps,
        };
        moved += steps.exec(tx).await?.rows_affected;
    }
    Ok(moved)
}
