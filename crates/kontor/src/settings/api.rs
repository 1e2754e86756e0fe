//! Settings and rates for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::forms::{RateForm, SettingsForm};
use super::{actions, store};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;
use crate::web::format::Locale;

/// The settings of the house.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SettingsBody {
    /// The company whose customers these are.
    pub company: String,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start: u32,
    /// Currency of all figures, ISO 4217.
    pub currency: String,
    /// Where A ends, in percent.
    pub threshold_a: u8,
    /// Where B ends, in percent.
    pub threshold_b: u8,
    /// The period that figures open with: `last12`, `all`, `2025`, `fy2025`, `2025-01-01..2025-06-30`.
    pub period: String,
    /// Who sees which accounts: `everyone`, or `team` for the account team and those who lead it. A change without it leaves it as it is.
    #[serde(default)]
    pub visibility: Option<String>,
    /// What counts as one customer in figures as they open: `account` (when absent) or `group`.
    #[serde(default)]
    pub level: String,
}

/// A currency rate.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateBody {
    /// The id.
    pub id: i64,
    /// The foreign currency, ISO 4217.
    pub currency: String,
    /// First day it holds.
    pub from: NaiveDate,
    /// Units of the house's currency for one unit, four decimals.
    pub rate: String,
}

/// A currency rate to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRateBody {
    /// The foreign currency, ISO 4217.
    pub currency: String,
    /// First day it holds.
    pub from: String,
    /// Units of the house's currency for one unit, with a decimal point.
    pub rate: String,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(get_settings, put_settings)).routes(routes!(list_rates, set_rate)).routes(routes!(delete_rate))
}

/// The settings in force
#[utoipa::path(get, path = "/settings", tag = "settings", responses((status = 200, body = SettingsBody), (status = 403, body = Problem)))]
async fn get_settings(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<SettingsBody>, Fault> {
    let (settings, _) = actions::show(&office, &viewer).await?;
    Ok(Json(SettingsBody {
        company: settings.company,
        fiscal_start: settings.fiscal_start,
        currency: settings.currency.into(),
        threshold_a: settings.thresholds.a(),
        threshold_b: settings.thresholds.b(),
        period: settings.period.to_string(),
        visibility: Some(settings.visibility.to_string()),
        level: settings.level.to_string(),
    }))
}

/// Change the settings
#[utoipa::path(put, path = "/settings", tag = "settings", request_body = SettingsBody, responses((status = 204), (status = 422, body = Problem)))]
async fn put_settings(State(office): State<Office>, Caller(viewer): Caller, Body(body): Body<SettingsBody>) -> Result<StatusCode, Fault> {
    let visibility = match body.visibility {
        Some(visibility) => visibility,
        None => store::current(office.db.read()).await?.visibility.to_string(),
    };
    let form = SettingsForm {
        company: body.company,
        fiscal_start: body.fiscal_start.to_string(),
        currency: body.currency,
        threshold_a: body.threshold_a.to_string(),
        threshold_b: body.threshold_b.to_string(),
        period: body.period,
        visibility,
        level: body.level,
    };
    actions::change(&office, &viewer, form.parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All currency rates
#[utoipa::path(get, path = "/settings/rates", tag = "settings", params(PageQuery), responses((status = 200, body = Paged<RateBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_rates(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<RateBody>>, Fault> {
    let (_, rates) = actions::show(&office, &viewer).await?;
    let rates = rates.into_iter().map(rate_body).collect();
    Ok(Json(Paged::of_whole(rates, &page, |rate: &RateBody| rate.id.to_string())?))
}

fn rate_body(stored: store::StoredRate) -> RateBody {
    let rate = stored.rate;
    RateBody { id: stored.id, currency: rate.currency.into(), from: rate.from, rate: rate.rate.to_decimal().to_string() }
}

/// Set a rate from a day on
#[utoipa::path(post, path = "/settings/rates", tag = "settings", request_body = NewRateBody, responses((status = 204), (status = 422, body = Problem)))]
async fn set_rate(State(office): State<Office>, Caller(viewer): Caller, Body(body): Body<NewRateBody>) -> Result<StatusCode, Fault> {
    let form = RateForm { currency: body.currency, from: body.from, rate: body.rate };
    let rate = form.parse(Locale::of(Language::En)).map_err(Fault::Invalid)?;
    actions::set_rate(&office, &viewer, rate).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove a rate
#[utoipa::path(delete, path = "/settings/rates/{id}", tag = "settings", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_rate(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::remove_rate(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
