//! Workload and handovers for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Shown};
use super::forms::{Wanted, parse_note};
use super::workload::{self, Sort};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::assignments::forms::parse_day;
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::web::context::Path;
use crate::web::format::Locale;

/// What one key account manager looks after.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoadBody {
    /// The user; null for the accounts without a key account manager.
    pub user_id: Option<i64>,
    /// The user's name.
    pub name: Option<String>,
    /// Number of accounts.
    pub accounts: usize,
    /// How many of them are A.
    pub a: usize,
    /// How many of them are B.
    pub b: usize,
    /// How many of them are C.
    pub c: usize,
    /// Their revenue in the period that figures open with.
    pub revenue: String,
    /// Contacts with them in the last twelve months, per month.
    pub contacts_per_month: f64,
    /// Its part of the revenue of all accounts that are seen, 0–1.
    pub share: f64,
}

/// How the workload is sorted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct SortQuery {
    /// `name`, `accounts`, `a`, `b`, `c`, `contacts` or `revenue`; revenue when absent.
    pub sort: String,
}

/// A handover to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewHandoverBody {
    /// Who hands over.
    pub from_user_id: i64,
    /// Who takes over.
    pub to_user_id: i64,
    /// First day of who takes over; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// What is to be said about all of it.
    #[serde(default)]
    pub note: Option<String>,
    /// The accounts; all that are seen when absent.
    #[serde(default)]
    pub accounts: Option<Vec<NewHandoverAccountBody>>,
}

/// An account to hand over.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewHandoverAccountBody {
    /// The account.
    pub account_id: i64,
    /// What is to be said about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A handover.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverBody {
    /// The id.
    pub id: i64,
    /// Who handed over.
    pub from_user_id: i64,
    /// Who took over.
    pub to_user_id: i64,
    /// First day of who took over.
    pub on: NaiveDate,
    /// What is to be said about all of it.
    pub note: Option<String>,
    /// The accounts that are seen of it.
    pub accounts: Vec<HandoverAccountBody>,
}

/// An account of a handover.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverAccountBody {
    /// The account.
    pub account_id: i64,
    /// Its name.
    pub name: String,
    /// The roles that moved.
    pub roles: Vec<String>,
    /// What was said about it.
    pub note: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(get_workload)).routes(routes!(list_handovers, add_handover)).routes(routes!(get_handover))
}

/// How much each key account manager looks after
#[utoipa::path(get, path = "/team/workload", tag = "team", params(SortQuery, PageQuery), responses((status = 200, body = Paged<LoadBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn get_workload(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<SortQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<LoadBody>>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let loads = workload::workload(&office, &viewer, &settings, Sort::parse(&query.sort)?).await?;
    let body = |load: workload::Load| LoadBody {
        user_id: load.user.as_ref().map(|(id, _)| *id),
        name: load.user.map(|(_, name)| name),
        accounts: load.accounts,
        a: load.classes[0],
        b: load.classes[1],
        c: load.classes[2],
        revenue: load.revenue.to_string(),
        contacts_per_month: load.contacts_per_month,
        share: load.share,
    };
    Ok(Json(Paged::by_place(loads.into_iter().map(body), &page)?))
}

/// All handovers, the newest first
#[utoipa::path(get, path = "/team/handovers", tag = "team", params(PageQuery), responses((status = 200, body = Paged<HandoverBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_handovers(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<HandoverBody>>, Fault> {
    let handovers = actions::list(&office, &viewer).await?.into_iter().map(handover_body).collect();
    Ok(Json(Paged::of_whole(handovers, &page, |handover: &HandoverBody| handover.id.to_string())?))
}

/// Hand accounts over from one user to another
#[utoipa::path(post, path = "/team/handovers", tag = "team", request_body = NewHandoverBody, responses((status = 201, body = HandoverBody), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn add_handover(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewHandoverBody>,
) -> Result<(StatusCode, Json<HandoverBody>), Fault> {
    let one = |error| Fault::Invalid(vec![error]);
    let on = parse_day("on", body.on.as_deref().unwrap_or_default(), Locale::of(Language::En)).map_err(one)?;
    let note = |text: Option<String>| parse_note("note", text.as_deref().unwrap_or_default()).map_err(one);
    let accounts = match body.accounts {
        None => None,
        Some(accounts) => {
            let notes: Result<_, Fault> = accounts.into_iter().map(|account| Ok((account.account_id, note(account.note)?))).collect();
            Some(notes?)
        }
    };
    let wanted =
        Wanted { from: body.from_user_id, to: body.to_user_id, on: on.unwrap_or_else(|| office.today()), note: note(body.note)?, accounts };
    let id = actions::hand_over(&office, &viewer, &wanted).await?;
    Ok((StatusCode::CREATED, Json(handover_body(actions::show(&office, &viewer, id).await?))))
}

/// One handover
#[utoipa::path(get, path = "/team/handovers/{id}", tag = "team", params(("id" = i64, Path)), responses((status = 200, body = HandoverBody), (status = 404, body = Problem)))]
async fn get_handover(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<HandoverBody>, Fault> {
    Ok(Json(handover_body(actions::show(&office, &viewer, id).await?)))
}

fn handover_body(shown: Shown) -> HandoverBody {
    let accounts = shown.accounts.into_iter().map(|handed| HandoverAccountBody {
        account_id: handed.account.id,
        name: crate::accounts::pages::name(&handed.account).to_owned(),
        roles: handed.roles.iter().map(ToString::to_string).collect(),
        note: handed.note,
    });
    HandoverBody {
        id: shown.handover.id,
        from_user_id: shown.handover.from_user_id,
        to_user_id: shown.handover.to_user_id,
        on: shown.handover.on,
        note: shown.handover.note,
        accounts: accounts.collect(),
    }
}
