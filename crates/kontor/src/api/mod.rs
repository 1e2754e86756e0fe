//! The API's frame: who calls, how errors look, how lists are paged, and the contract.

pub mod caller;
pub mod errors;
pub mod idempotency;
pub mod paging;
mod parameters;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{PathItem, RefOr};
use utoipa_axum::router::OpenApiRouter;

use crate::fault::Fault;
use crate::office::Office;

/// What the contract says about itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kontor",
        description = "Key account management from a company's own invoices. Amounts are strings with two decimals, shares are numbers from 0 to 1, days are ISO 8601.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(errors::Problem)),
    security(("token" = []))
)]
struct Contract;

fn v1() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .merge(crate::team::api::routes())
        .merge(crate::settings::api::routes())
        .merge(crate::access::api::routes())
        .merge(crate::audit::api::routes())
        .merge(crate::assignments::api::routes())
        .merge(crate::handovers::api::routes())
        .merge(crate::views::api::routes())
        .merge(crate::palette::api::routes())
        .merge(crate::interactions::api::routes())
        .merge(crate::cadence::api::routes())
        .merge(crate::groups::api::routes())
        .merge(crate::people::api::routes())
        .merge(crate::address_book::api::routes())
        .merge(crate::accounts::api::routes())
        .merge(crate::stakeholders::api::routes())
        .merge(crate::ledger::api::routes())
        .merge(crate::duplicates::api::routes())
        .merge(crate::valuation::api::routes())
        .merge(crate::scoring::api::routes())
        .merge(crate::key_accounts::api::routes())
        .merge(crate::portfolio::api::routes())
        .merge(crate::dossier::api::routes())
}

/// The contract as OpenAPI 3.1.
pub fn contract() -> utoipa::openapi::OpenApi {
    let mut contract = OpenApiRouter::with_openapi(Contract::openapi()).nest("/api/v1", v1()).into_openapi();
    let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    contract.components.get_or_insert_default().add_security_scheme("token", scheme);
    contract.paths.paths.values_mut().flat_map(operations).for_each(describe_responses);
    contract
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete].into_iter().flatten()
}

/// OpenAPI demands a description of every response; the status in words says it all, as bodies describe themselves.
fn describe_responses(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let reason = status.parse::<StatusCode>().ok().and_then(|status| status.canonical_reason());
        if let (RefOr::T(response), Some(reason)) = (response, reason) {
            response.description = reason.to_owned();
        }
    }
}

/// The API below `/api`.
pub fn router(office: Office) -> Router<Office> {
    let (router, _) = OpenApiRouter::new().nest("/v1", v1()).split_for_parts();
    router
        .route("/v1/openapi.json", axum::routing::get(|| async { axum::Json(contract()) }))
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::WrongMethod })
        .layer(from_fn_with_state(office, caller::identify))
}
