//! Pointing rows at another record, when that record takes the place of the one they point at. What clashes there, the stores decide.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

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

/// What those of these records that became part of another are in the end: where `into` names another, that counts, and so on.
pub async fn successors<E: EntityTrait>(
    db: &impl ConnectionTrait,
    (id, into): (E::Column, E::Column),
    ids: &[i64],
) -> Result<HashMap<i64, i64>, DbErr> {
    let (mut known, mut asked): (HashMap<i64, i64>, Vec<i64>) = (HashMap::new(), ids.to_vec());
    while !asked.is_empty() {
        let mut next = Vec::new();
        for chunk in asked.chunks(CHUNK) {
            let query = E::find().select_only().columns([id, into]).filter(id.is_in(chunk.iter().copied())).filter(into.is_not_null());
            next.extend(query.into_tuple::<(i64, i64)>().all(db).await?);
        }
        known.extend(next.iter().copied());
        asked = next.into_iter().map(|(_, successor)| successor).filter(|successor| !known.contains_key(successor)).collect();
    }
    let last = |mut id: i64| {
        while let Some(&next) = known.get(&id) {
            id = next;
        }
        id
    };
    Ok(ids.iter().filter(|id| known.contains_key(id)).map(|&id| (id, last(id))).collect())
}

/// Whether a row tells of any of these people at any of these accounts.
pub async fn are_at<E: EntityTrait>(
    db: &impl ConnectionTrait,
    (person, account): (E::Column, E::Column),
    persons: &[i64],
    accounts: &[i64],
) -> Result<bool, DbErr> {
    let rows = E::find().filter(person.is_in(persons.iter().copied()));
    Ok(rows.filter(account.is_in(accounts.iter().copied())).one(db).await?.is_some())
}
