//! The valuation for programs.

mod answer;
mod bodies;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kontor_domain::abc::Class;
use kontor_domain::rights::Viewer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use self::answer::*;
use self::bodies::{CellBody, GroupBody, MonthBody, MoverBody};
use super::actions;
use super::forms::WantedQuery;
use super::table::Valuation;
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(get_valuation))
        .routes(routes!(list_cells))
        .routes(routes!(list_movers))
        .routes(routes!(list_months))
        .routes(routes!(list_groups))
}

async fn valuation(office: &Office, viewer: &Viewer, query: &WantedQuery) -> Result<Option<std::sync::Arc<Valuation>>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    actions::value(office, viewer, &settings, &query.parse()?).await
}

/// The valuation of all accounts: ABC classes, Pareto, concentration, ranking
///
/// All figures are about all accounts; the ranking comes page by page, and `next` is the cursor of its next page.
#[utoipa::path(get, path = "/valuation", tag = "valuation", params(WantedQuery, PageQuery), responses((status = 200, body = AnswerBody<'static>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn get_valuation(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<WantedQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Response, Fault> {
    let valuation = valuation(&office, &viewer, &query).await?.ok_or(Fault::NotFound)?;
    Ok(Json(of_valuation(&valuation, &page)?).into_response())
}

/// Revenue against margin: how many accounts each pair of classes has
///
/// `/accounts` with `class` and `margin_class` lists them.
#[utoipa::path(get, path = "/valuation/cross", tag = "valuation", params(WantedQuery), responses((status = 200, body = Vec<CellBody>), (status = 422, body = Problem)))]
async fn list_cells(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<WantedQuery>,
) -> Result<Json<Vec<CellBody>>, Fault> {
    let Some(valuation) = valuation(&office, &viewer, &query).await? else { return Ok(Json(Vec::new())) };
    let cross = valuation.cross();
    let pairs = Class::ALL.into_iter().flat_map(|revenue| Class::ALL.map(|margin| (revenue, margin)));
    Ok(Json(pairs.map(|(revenue, margin)| CellBody::of(&valuation, revenue, margin, cross.cell(revenue, margin))).collect()))
}

/// Accounts whose class changed against the period before, the largest change of the amount first
#[utoipa::path(get, path = "/valuation/movers", tag = "valuation", params(WantedQuery, PageQuery), responses((status = 200, body = Paged<MoverBody>), (status = 422, body = Problem)))]
async fn list_movers(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<WantedQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<MoverBody>>, Fault> {
    let (limit, after) = (page.limit()?, page.after_id()?);
    let Some(valuation) = valuation(&office, &viewer, &query).await? else { return Ok(Json(Paged { items: Vec::new(), next: None })) };
    let movers = valuation.movers();
    let skip = match after {
        None => 0,
        Some(id) => {
            let place = movers.iter().position(|mover| valuation.account(mover.index).id == id);
            1 + place.ok_or_else(|| Fault::field("cursor", |t| t.api_cursor_wrong()))?
        }
    };
    let items = movers[skip..].iter().take(limit + 1).map(|mover| MoverBody::of(&valuation, mover)).collect();
    Ok(Json(Paged::cut(items, limit, |mover: &MoverBody| mover.account_id.to_string())))
}

/// All accounts by month, over the whole ledger
#[utoipa::path(get, path = "/valuation/months", tag = "valuation", params(WantedQuery), responses((status = 200, body = Vec<MonthBody>), (status = 422, body = Problem)))]
async fn list_months(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<WantedQuery>,
) -> Result<Json<Vec<MonthBody>>, Fault> {
    let valuation = valuation(&office, &viewer, &query).await?;
    Ok(Json(valuation.iter().flat_map(|valuation| valuation.months.iter()).map(MonthBody::of).collect()))
}

/// All accounts by product group, the largest first
#[utoipa::path(get, path = "/valuation/groups", tag = "valuation", params(WantedQuery, PageQuery), responses((status = 200, body = Paged<GroupBody>), (status = 422, body = Problem)))]
async fn list_groups(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<WantedQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<GroupBody>>, Fault> {
    let Some(valuation) = valuation(&office, &viewer, &query).await? else { return Ok(Json(Paged::by_place([], &page)?)) };
    let mut groups: Vec<_> = valuation.groups.iter().collect();
    groups.sort_by(|one, other| other.sums.revenue.cmp(&one.sums.revenue).then_with(|| one.group.cmp(&other.group)));
    Ok(Json(Paged::by_place(groups.into_iter().map(|group| GroupBody::of(group, valuation.total.revenue)), &page)?))
}
