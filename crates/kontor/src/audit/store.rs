//! SQL of reading the audit log.

use chrono::{DateTime, Utc};
use kontor_domain::audit::Event;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{BinOper, Func};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::audit_event;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Rises with time.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// By browser, token or command line.
    pub via: String,
    /// What.
    pub event: Event,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this kind of event.
    pub kind: Option<String>,
    /// Only by this actor (part of the name).
    pub actor: Option<String>,
    /// Only entries older than this one.
    pub before: Option<i64>,
}

/// Entries, the newest first.
pub async fn list(db: &impl ConnectionTrait, filter: &Filter, limit: u64) -> Result<Vec<Entry>, DbErr> {
    let mut query = audit_event::Entity::find().order_by_desc(audit_event::Column::Id).limit(limit);
    if let Some(kind) = &filter.kind {
        query = query.filter(audit_event::Column::Kind.eq(kind));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(holds(audit_event::Column::ActorName, actor));
    }
    if let Some(before) = filter.before {
        query = query.filter(audit_event::Column::Id.lt(before));
    }
    query.all(db).await?.into_iter().map(entry).collect()
}

/// True where the column holds the text, capitals or not; both databases by themselves differ in that.
fn holds(column: audit_event::Column, text: &str) -> Expr {
    let literal = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = Expr::expr(Func::lower(Expr::val(format!("%{literal}%")))).binary(BinOper::Escape, Expr::cust("'!'"));
    Expr::expr(Func::lower(Expr::col(column))).binary(BinOper::Like, pattern)
}

/// The entry of a row.
pub fn entry(row: audit_event::Model) -> Result<Entry, DbErr> {
    let event = serde_json::from_str(&row.data).map_err(|error| DbErr::Custom(format!("audit event {}: {error}", row.id)))?;
    Ok(Entry { id: row.id, at: row.at, actor: row.actor_name, via: row.via, event })
}
