//! Finding records, for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use kontor_domain::view::Kept;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Found};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;

/// A record that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundBody {
    /// `account` or `person`.
    pub kind: &'static str,
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What tells it from others of that name.
    pub more: String,
}

impl From<Found> for FoundBody {
    fn from(found: Found) -> FoundBody {
        FoundBody { kind: found.kind.name(), id: found.id, name: found.name, more: found.more }
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SearchQuery {
    /// Parts of names, numbers, places; umlauts either way, small slips are forgiven.
    q: String,
}

/// A record to keep at hand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FavouriteBody {
    /// `account` or `person`.
    pub kind: String,
    /// Its id.
    pub id: i64,
    /// Whether to keep it.
    pub on: bool,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(set_favourite))
}

/// Accounts and people by a few letters
#[utoipa::path(get, path = "/search", tag = "search", params(SearchQuery), responses((status = 200, body = Vec<FoundBody>), (status = 403, body = Problem)))]
async fn search(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Vec<FoundBody>>, Fault> {
    let offer = actions::offer(&office, &viewer, &query.q).await?;
    Ok(Json(offer.accounts.into_iter().chain(offer.people).map(FoundBody::from).collect()))
}

/// Keep a record at hand, or no longer
#[utoipa::path(put, path = "/favourites", tag = "views", request_body = FavouriteBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn set_favourite(State(office): State<Office>, Caller(viewer): Caller, Body(body): Body<FavouriteBody>) -> Result<StatusCode, Fault> {
    let kind: Kept = body.kind.parse().map_err(|_| Fault::field("kind", |t| t.palette_record_wrong()))?;
    actions::set_favourite(&office, &viewer, kind, body.id, body.on).await?;
    Ok(StatusCode::NO_CONTENT)
}
