//! SQL of reading the audit log.

use chrono::{DateTime, Utc};
use kontor_domain::audit::{Event, FieldChange, Subject};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{BinOper, Func};
use sea_orm::{Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

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
    /// Only what happened at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Only what happened before this instant.
    pub until: Option<DateTime<Utc>>,
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
    if let Some(from) = filter.from {
        query = query.filter(audit_event::Column::At.gte(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit_event::Column::At.lt(until));
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

/// What happened to a record, the newest first: events about it, and events that touched it among others. What was entered of an earlier day stands where
/// that day is; `before` is the event after which the list goes on.
pub async fn history(db: &impl ConnectionTrait, subject: Subject, before: Option<i64>, limit: u64) -> Result<Vec<Change>, DbErr> {
    let mut events = audit_event::Entity::find()
        .filter(is_about(subject))
        .order_by_desc(audit_event::Column::At)
        .order_by_desc(audit_event::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        let Some(last) = audit_event::Entity::find_by_id(before).one(db).await? else { return Ok(Vec::new()) };
        let at = audit_event::Column::At;
        events = events.filter(at.lt(last.at).or(at.eq(last.at).and(audit_event::Column::Id.lt(before))));
    }
    changes_in(db, subject, events.all(db).await?).await
}

/// What one event changed about a record; nothing when it is not of its history.
pub async fn one(db: &impl ConnectionTrait, subject: Subject, event_id: i64) -> Result<Vec<Change>, DbErr> {
    let event = audit_event::Entity::find_by_id(event_id).filter(is_about(subject)).all(db).await?;
    changes_in(db, subject, event).await
}

/// Events about a record, and events that touched it among others.
fn is_about(subject: Subject) -> Condition {
    let touched = audit_touched::Entity::find()
        .select_only()
        .column(audit_touched::Column::EventId)
        .filter(audit_touched::Column::SubjectKind.eq(subject.kind()))
        .filter(audit_touched::Column::SubjectId.eq(subject.id()));
    let own = audit_event::Column::SubjectKind.eq(subject.kind()).and(audit_event::Column::SubjectId.eq(subject.id()));
    Condition::any().add(own).add(audit_event::Column::Id.in_subquery(touched.into_query()))
}

/// What these events changed about a record, in their order.
async fn changes_in(db: &impl ConnectionTrait, subject: Subject, events: Vec<audit_event::Model>) -> Result<Vec<Change>, DbErr> {
    let ids: Vec<i64> = events.iter().map(|event| event.id).collect();
    let touched = audit_touched::Entity::find()
        .filter(audit_touched::Column::SubjectKind.eq(subject.kind()))
        .filter(audit_touched::Column::SubjectId.eq(subject.id()))
        .filter(audit_touched::Column::EventId.is_in(ids))
        .all(db)
        .await?;
    let mut history = Vec::new();
    for row in events {
        let is_own = row.subject_kind.as_deref() == Some(subject.kind()) && row.subject_id == Some(subject.id());
        let entry = entry(row)?;
        if is_own {
            history.push(Change { changes: entry.event.changes().to_vec(), entry: entry.clone() });
        }
        for of in touched.iter().filter(|of| of.event_id == entry.id) {
            history.push(Change { changes: changes(of)?, entry: entry.clone() });
        }
    }
    Ok(history)
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
