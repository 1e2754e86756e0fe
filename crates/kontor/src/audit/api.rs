//! The audit log for programs.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::store::{Entry, Filter};
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;

/// One entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryBody {
    /// Rises with time.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// `web`, `token` or `command_line`.
    pub via: String,
    /// What happened; `event` names the kind, the other fields depend on it.
    #[schema(value_type = Object)]
    pub event: kontor_domain::audit::Event,
}

/// What to look for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only this kind of event.
    pub kind: Option<String>,
    /// Only by this actor (part of the name).
    pub actor: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_audit))
}

/// What happened, the newest first
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery, PageQuery), responses((status = 200, body = Paged<EntryBody>), (status = 403, body = Problem)))]
async fn list_audit(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<AuditQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<EntryBody>>, Fault> {
    let limit = page.limit()?;
    let filter = Filter { kind: wanted.kind, actor: wanted.actor, before: page.after_id()? };
    let entries = actions::list(&office, &viewer, &filter, limit as u64 + 1).await?;
    let items = entries.into_iter().map(|Entry { id, at, actor, via, event }| EntryBody { id, at, actor, via, event }).collect();
    Ok(Json(Paged::cut(items, limit, |entry: &EntryBody| entry.id.to_string())))
}
