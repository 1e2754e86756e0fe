//! Reading many rows at once.

use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, QueryTrait, Select};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// All rows of a query, each as these of its columns. The database packs them into one JSON text: a row of its own costs the driver many times what is in
/// it. In which order they come, nothing promises.
pub async fn rows<T: DeserializeOwned>(db: &impl ConnectionTrait, query: SelectStatement, columns: &[&str]) -> Result<Vec<T>, DbErr> {
    let columns = columns.join(", ");
    let packed = match db.get_database_backend() {
        DbBackend::Postgres => format!("CAST(json_agg(json_build_array({columns})) AS text)"),
        _ => format!("json_group_array(json_array({columns}))"),
    };
    let packed = Query::select().expr_as(Expr::cust(packed), Alias::new("packed")).from_subquery(query, Alias::new("part")).to_owned();
    let Some(row) = db.query_one(&packed).await? else { return Ok(Vec::new()) };
    // Of no rows, PostgreSQL makes no text.
    let text: Option<String> = row.try_get("", "packed")?;
    text.map_or_else(|| Ok(Vec::new()), |text| serde_json::from_str(&text).map_err(|error| DbErr::Custom(format!("packed rows: {error}"))))
}

/// All rows of a table that a query asks for, whose columns stand in its model in the order of the entity.
pub async fn entities<E: EntityTrait>(db: &impl ConnectionTrait, query: Select<E>) -> Result<Vec<E::Model>, DbErr>
where
    E::Model: DeserializeOwned,
{
    let columns: Vec<String> = E::Column::iter().map(|column| column.as_str().to_owned()).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    rows(db, query.into_query(), &columns).await
}

/// Yes or no in packed rows: SQLite writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag(pub bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flag, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Truth(bool),
            Number(i64),
        }
        Ok(Flag(match Written::deserialize(deserializer)? {
            Written::Truth(is) => is,
            Written::Number(number) => number != 0,
        }))
    }
}
