//! Account teams for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Member, Outcome, Planned, Selection};
use super::forms::{AssignForm, parse_day};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;
use crate::web::format::Locale;

/// Somebody in a role on an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMemberBody {
    /// The assignment's id.
    pub id: i64,
    /// The user.
    pub user_id: i64,
    /// The user's name.
    pub name: String,
    /// `kam`, `deputy`, `sales_rep`, `project_manager`, `service`, `crm_manager`, `liaison_manager` or `executive_sponsor`.
    pub role: String,
    /// `account`, or `group` when it covers all that the account controls.
    pub reach: String,
    /// Whether it comes from a group above the account.
    pub is_inherited: bool,
    /// First day.
    pub from: NaiveDate,
    /// Last day; null while no end is known.
    pub to: Option<NaiveDate>,
}

/// Who looks after an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamBody {
    /// Those who do on the day asked for, the KAM first.
    pub now: Vec<TeamMemberBody>,
    /// Those who will.
    pub later: Vec<TeamMemberBody>,
    /// Those who did, the latest first.
    pub past: Vec<TeamMemberBody>,
}

/// Somebody to look after an account.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignBody {
    /// The user.
    pub user_id: i64,
    /// `kam`, `deputy`, `sales_rep`, `project_manager`, `service`, `crm_manager`, `liaison_manager` or `executive_sponsor`.
    pub role: String,
    /// `account`, or `group` for the account and all that it controls.
    #[serde(default)]
    pub reach: Option<String>,
    /// First day; today when absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; open when absent.
    #[serde(default)]
    pub to: Option<String>,
    /// Whether to follow on a KAM who is there already; their role then ends the day before.
    #[serde(default)]
    pub replace: bool,
}

/// Somebody to look after many accounts: either `account_ids` or `industry` says which.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignManyBody {
    /// Who, as what, when.
    #[serde(flatten)]
    pub assign: AssignBody,
    /// The accounts.
    #[serde(default)]
    pub account_ids: Option<Vec<i64>>,
    /// All accounts of an industry.
    #[serde(default)]
    pub industry: Option<String>,
    /// Only say what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What an assignment comes to on one account.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedBody {
    /// The account.
    pub account_id: i64,
    /// Its name.
    pub account: String,
    /// `added`, `follows` (the KAM until then ends the day before), `already` (nothing changes) or `taken` (another KAM is there; nothing changes).
    pub outcome: String,
    /// The KAM who is or was there.
    pub other: Option<String>,
}

/// The end of a role.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EndBody {
    /// Its last day; today when absent.
    #[serde(default)]
    pub to: Option<String>,
}

/// The day asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// The day, ISO 8601; today when absent.
    pub day: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(get_team, assign)).routes(routes!(assign_many)).routes(routes!(end))
}

/// Who looks after an account
#[utoipa::path(get, path = "/accounts/{id}/team", tag = "team", params(("id" = i64, Path), DayQuery), responses((status = 200, body = TeamBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn get_team(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<DayQuery>,
) -> Result<Json<TeamBody>, Fault> {
    let day = day_or_today(&office, "day", query.day)?;
    let team = actions::team(&office, &viewer, id, day).await?;
    let bodies = |members: Vec<Member>| members.into_iter().map(|member| member_body(member, id)).collect();
    Ok(Json(TeamBody { now: bodies(team.now), later: bodies(team.later), past: bodies(team.past) }))
}

fn day_or_today(office: &Office, field: &'static str, text: Option<String>) -> Result<NaiveDate, Fault> {
    let day =
        parse_day(field, text.as_deref().unwrap_or_default(), Locale::of(Language::En)).map_err(|error| Fault::Invalid(vec![error]))?;
    Ok(day.unwrap_or_else(|| office.today()))
}

fn member_body(member: Member, account_id: i64) -> TeamMemberBody {
    let assignment = member.assignment;
    TeamMemberBody {
        id: member.id,
        user_id: assignment.user_id,
        name: member.name,
        role: assignment.role.to_string(),
        reach: assignment.reach.to_string(),
        is_inherited: assignment.account_id != account_id,
        from: assignment.from,
        to: assignment.to,
    }
}

fn form(body: AssignBody) -> AssignForm {
    AssignForm {
        user: body.user_id.to_string(),
        role: body.role,
        reach: body.reach.unwrap_or_default(),
        from: body.from.unwrap_or_default(),
        to: body.to.unwrap_or_default(),
        replace: body.replace.then(|| "on".to_owned()),
    }
}

/// Give a user a role on an account
#[utoipa::path(post, path = "/accounts/{id}/team", tag = "team", params(("id" = i64, Path)), request_body = AssignBody, responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn assign(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<AssignBody>,
) -> Result<StatusCode, Fault> {
    let wanted = form(body).parse(Locale::of(Language::En), office.today()).map_err(Fault::Invalid)?;
    actions::assign(&office, &viewer, id, &wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a user a role on many accounts, or see what that would change
#[utoipa::path(post, path = "/team/assign", tag = "team", request_body = AssignManyBody, responses((status = 200, body = Vec<PlannedBody>), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn assign_many(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<AssignManyBody>,
) -> Result<Json<Vec<PlannedBody>>, Fault> {
    let selection = match (body.account_ids, body.industry) {
        (Some(ids), None) => Selection::Accounts(ids),
        (None, Some(industry)) => Selection::Industry(industry),
        _ => return Err(Fault::field("account_ids", |t| t.assignments_accounts_which())),
    };
    let wanted = form(body.assign).parse(Locale::of(Language::En), office.today()).map_err(Fault::Invalid)?;
    let planned = match body.dry_run {
        true => actions::preview(&office, &viewer, &selection, &wanted).await?,
        false => actions::assign_many(&office, &viewer, &selection, &wanted).await?,
    };
    Ok(Json(planned.into_iter().map(planned_body).collect()))
}

fn planned_body(planned: Planned) -> PlannedBody {
    let (outcome, other) = match planned.outcome {
        Outcome::Added => ("added", None),
        Outcome::Follows(_, name) => ("follows", Some(name)),
        Outcome::Already => ("already", None),
        Outcome::Taken(name) => ("taken", Some(name)),
    };
    PlannedBody { account_id: planned.account_id, account: planned.account, outcome: outcome.to_owned(), other }
}

/// End a role on an account
#[utoipa::path(post, path = "/team/assignments/{id}/end", tag = "team", params(("id" = i64, Path)), request_body = EndBody, responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn end(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<EndBody>,
) -> Result<StatusCode, Fault> {
    let to = day_or_today(&office, "to", body.to)?;
    actions::end(&office, &viewer, id, to).await?;
    Ok(StatusCode::NO_CONTENT)
}
