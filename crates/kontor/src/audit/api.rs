//! The audit log for programs.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::FilterForm;
use super::store::{Entry, Filter};
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::format::Locale;

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
    /// Only from this day on, by the clock of the server.
    pub from: Option<String>,
    /// Only up to this day, which counts.
    pub to: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_audit))
}

/// What happened, the newest first
#[utoipa::path(get, path = "/audit", tag = "audit", params(AuditQuery, PageQuery), responses((status = 200, body = Paged<EntryBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_audit(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<AuditQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<EntryBody>>, Fault> {
    let limit = page.limit()?;
    let given = Option::unwrap_or_default;
    let form = FilterForm { kind: given(wanted.kind), actor: given(wanted.actor), from: given(wanted.from), to: given(wanted.to) };
    let filter = Filter { before: page.after_id()?, ..form.parse(Locale::of(Language::En))? };
    let entries = actions::list(&office, &viewer, &filter, limit as u64 + 1).await?;
    let items = entries.into_iter().map(|Entry { id, at, actor, via, event }| EntryBody { id, at, actor, via, event }).collect();
    Ok(Json(Paged::cut(items, limit, |entry: &EntryBody| entry.id.to_string())))
}
