//! SQL of reading the audit log.

use chrono::{DateTime, Utc};
use kontor_domain::audit::{Event, FieldChange, Subject};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{BinOper, Func};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::{audit_event, audit_touched};

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

/// One event in the history of a record, with what it changed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The event.
    pub entry: Entry,
    /// The fields of the record that it changed.
    pub changes: Vec<FieldChange>,
}

/// What happened to a record, the newest first: events about it, and events that touched it among others.
pub async fn history(db: &impl ConnectionTrait, subject: Subject, before: Option<i64>, limit: u64) -> Result<Vec<Change>, DbErr> {
    let before = before.unwrap_or(i64::MAX);
    let own = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq(subject.kind()))
        .filter(audit_event::Column::SubjectId.eq(subject.id()))
        .filter(audit_event::Column::Id.lt(before))
        .order_by_desc(audit_event::Column::Id)
        .limit(limit);
    let mut history = Vec::new();
    for row in own.all(db).await? {
        let entry = entry(row)?;
        history.push(Change { changes: entry.event.changes().to_vec(), entry });
    }
    let touched = audit_touched::Entity::find()
        .filter(audit_touched::Column::SubjectKind.eq(subject.kind()))
        .filter(audit_touched::Column::SubjectId.eq(subject.id()))
        .filter(audit_touched::Column::EventId.lt(before))
        .order_by_desc(audit_touched::Column::EventId)
        .limit(limit)
        .all(db)
        .await?;
    let ids: Vec<i64> = touched.iter().map(|row| row.event_id).collect();
    for row in
        if ids.is_empty() { Vec::new() } else { audit_event::Entity::find().filter(audit_event::Column::Id.is_in(ids)).all(db).await? }
    {
        let entry = entry(row)?;
        for of in touched.iter().filter(|of| of.event_id == entry.id) {
            history.push(Change { changes: changes(of)?, entry: entry.clone() });
        }
    }
    history.sort_by_key(|change| std::cmp::Reverse(change.entry.id));
    history.truncate(limit as usize);
    Ok(history)
}

/// What one event changed about a record; nothing when it is not of its history.
pub async fn changes_of(db: &impl ConnectionTrait, subject: Subject, event_id: i64) -> Result<Vec<FieldChange>, DbErr> {
    let upto = event_id.checked_add(1);
    let newest = history(db, subject, upto, 1).await?;
    Ok(newest.into_iter().find(|change| change.entry.id == event_id).map(|change| change.changes).unwrap_or_default())
}

fn changes(row: &audit_touched::Model) -> Result<Vec<FieldChange>, DbErr> {
    serde_json::from_str(&row.changes).map_err(|error| DbErr::Custom(format!("touched by audit event {}: {error}", row.event_id)))
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
