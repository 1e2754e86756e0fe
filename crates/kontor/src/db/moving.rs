//! Pointing rows at another record, when that record takes the place of the one they point at. What clashes there, the stores decide.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// How many rows go into one statement; both databases limit the number of bound values.
const CHUNK: usize = 500;

/// Points these rows at a record: `column` becomes `to` where `id` is one of the ids.
pub async fn point<E: EntityTrait>(
    tx: &impl ConnectionTrait,
    (id, column): (E::Column, E::Column),
    ids: &[i64],
    to: i64,
) -> Result<(), DbErr> {
    for chunk in ids.chunks(CHUNK) {
        let rows = E::update_many().col_expr(column, Expr::value(to));
        rows.filter(id.is_in(chunk.iter().copied())).exec(tx).await?;
    }
    Ok(())
}
