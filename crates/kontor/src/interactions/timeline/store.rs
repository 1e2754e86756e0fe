//! SQL of a timeline's changes of records.

use kontor_domain::audit::Subject;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Func;
use sea_orm::{Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::audit::store::Entry;
use crate::db::audit_event;
use crate::interactions::filter::{Filter, Place, Which};
use crate::interactions::store::{noon, older};

/// The kinds of events that are told to whoever sees the account or the person. All others stay in the audit log, which has its own right: who read
/// what, what was exported, what happened to interactions that not everybody may read.
const TOLD: [&str; 27] = [
    "account_added",
    "account_changed",
    "account_archived",
    "account_brought_back",
    "accounts_changed",
    "accounts_merged",
    "merge_undone",
    "lifecycle_changed",
    "group_edge_added",
    "group_edge_changed",
    "group_edge_withdrawn",
    "team_assigned",
    "team_ended",
    "team_handed_over",
    "person_added",
    "person_changed",
    "person_archived",
    "person_unarchived",
    "employment_added",
    "employment_changed",
    "job_changed",
    "buying_role_set",
    "key_account_declared",
    "key_account_declined",
    "key_account_kept",
    "key_account_revoked",
    "cadence_set",
];

/// Changes of the records that a timeline tells, the newest first.
pub async fn records(db: &impl ConnectionTrait, filter: &Filter, before: Option<Place>, limit: u64) -> Result<Vec<Entry>, DbErr> {
    use audit_event::Column;
    let mut query = audit_event::Entity::find().filter(Column::Kind.is_in(TOLD));
    query = match &filter.which {
        Which::All => query,
        Which::Accounts(ids) => {
            query.filter(Expr::col((audit_event::Entity, Column::AccountId)).is_in(ids.iter().map(|id| Expr::cust(id.to_string()))))
        }
        Which::Person(id) => query.filter(Column::SubjectKind.eq(Subject::Person(*id).kind())).filter(Column::SubjectId.eq(*id)),
    };
    if let Some(user_id) = filter.user_id {
        query = query.filter(Column::ActorId.eq(user_id));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::At.gte(noon(from) - chrono::TimeDelta::hours(12)));
    }
    if let Some(to) = filter.to {
        query = query.filter(Column::At.lt(noon(to) + chrono::TimeDelta::hours(12)));
    }
    if let Some(words) = &filter.text {
        query = query.filter(said(words));
    }
    if let Some(before) = before {
        query = query.filter(older(before, Place::EVENT, Expr::col(Column::At), Expr::col(Column::Id)));
    }
    let rows = query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(db).await?;
    rows.into_iter().map(crate::audit::store::entry).collect()
}

/// The condition that an event holds all the words, capitals or not. Only of ASCII both databases know the small letters alike; any other stands for
/// whatever letter there is.
fn said(words: &str) -> Condition {
    let mut all = Condition::all();
    for word in words.split_whitespace() {
        let word: String = word.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
        all = all.add(Expr::expr(Func::lower(Expr::col(audit_event::Column::Data))).like(format!("%{word}%")));
    }
    all
}
