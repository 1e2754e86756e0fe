//! Users and units for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::forms::{NewUserForm, UnitForm, UserForm};
use super::{actions, store};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// A user.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserBody {
    /// The id.
    pub id: i64,
    /// Display name.
    pub name: String,
    /// Mail address to sign in with.
    pub mail: String,
    /// `administrator`, `sales_lead`, `member` or `viewer`.
    pub role: String,
    /// Whether the user may sign in.
    pub active: bool,
    /// The unit the user belongs to.
    pub unit_id: Option<i64>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A user to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewUserBody {
    /// Display name.
    pub name: String,
    /// Mail address to sign in with.
    pub mail: String,
    /// `administrator`, `sales_lead`, `member` or `viewer`.
    pub role: String,
    /// The unit the user belongs to.
    #[serde(default)]
    pub unit_id: Option<i64>,
}

/// What of a user can be changed.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UserChangeBody {
    /// Display name.
    pub name: String,
    /// `administrator`, `sales_lead`, `member` or `viewer`.
    pub role: String,
    /// Whether the user may sign in.
    pub active: bool,
    /// The unit the user belongs to; none when absent.
    #[serde(default)]
    pub unit_id: Option<i64>,
}

/// A unit of the company.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitBody {
    /// The id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The unit above.
    pub parent_id: Option<i64>,
    /// Whether nobody joins it any more.
    pub archived: bool,
}

/// What of a unit is sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UnitChangeBody {
    /// What it is called.
    pub name: String,
    /// The unit above; none when absent.
    #[serde(default)]
    pub parent_id: Option<i64>,
    /// Whether nobody joins it any more.
    #[serde(default)]
    pub archived: bool,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_users, add_user))
        .routes(routes!(get_user, change_user))
        .routes(routes!(list_units, add_unit))
        .routes(routes!(change_unit))
}

/// All users
#[utoipa::path(get, path = "/users", tag = "users", params(PageQuery), responses((status = 200, body = Paged<UserBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_users(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<UserBody>>, Fault> {
    let users = actions::list(&office, &viewer).await?.into_iter().map(user_body).collect();
    Ok(Json(Paged::of_whole(users, &page, |user: &UserBody| user.id.to_string())?))
}

/// Add a user
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUserBody, responses((status = 201, body = UserBody), (status = 422, body = Problem)))]
async fn add_user(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewUserBody>,
) -> Result<(StatusCode, Json<UserBody>), Fault> {
    let form = NewUserForm { name: body.name, mail: body.mail, role: body.role, unit: id_text(body.unit_id) };
    let id = actions::add(&office, &viewer, &form.parse().map_err(Fault::Invalid)?).await?;
    Ok((StatusCode::CREATED, Json(user_body(actions::show(&office, &viewer, id).await?))))
}

/// One user
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(("id" = i64, Path)), responses((status = 200, body = UserBody), (status = 404, body = Problem)))]
async fn get_user(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<UserBody>, Fault> {
    Ok(Json(user_body(actions::show(&office, &viewer, id).await?)))
}

/// Change a user
#[utoipa::path(put, path = "/users/{id}", tag = "users", params(("id" = i64, Path)), request_body = UserChangeBody, responses((status = 204), (status = 422, body = Problem)))]
async fn change_user(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<UserChangeBody>,
) -> Result<StatusCode, Fault> {
    let form = UserForm { name: body.name, role: body.role, active: body.active.then(|| "on".to_owned()), unit: id_text(body.unit_id) };
    actions::change(&office, &viewer, id, form.parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn user_body(user: store::User) -> UserBody {
    UserBody {
        id: user.id,
        name: user.name,
        mail: user.mail,
        role: user.role.to_string(),
        active: user.active,
        unit_id: user.unit_id,
        created_at: user.created_at,
    }
}

fn id_text(id: Option<i64>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// All units of the company, archived ones too
#[utoipa::path(get, path = "/units", tag = "users", responses((status = 200, body = Vec<UnitBody>)))]
async fn list_units(State(office): State<Office>, Caller(_): Caller) -> Result<Json<Vec<UnitBody>>, Fault> {
    let units = actions::units(&office).await?.into_iter();
    Ok(Json(units.map(|unit| UnitBody { id: unit.id, name: unit.name, parent_id: unit.parent, archived: unit.archived }).collect()))
}

fn unit_form(body: UnitChangeBody) -> UnitForm {
    UnitForm { name: body.name, parent: id_text(body.parent_id), archived: body.archived.then(|| "on".to_owned()) }
}

/// Add a unit
#[utoipa::path(post, path = "/units", tag = "users", request_body = UnitChangeBody, responses((status = 201, body = UnitBody), (status = 422, body = Problem)))]
async fn add_unit(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<UnitChangeBody>,
) -> Result<(StatusCode, Json<UnitBody>), Fault> {
    let state = unit_form(body).parse().map_err(Fault::Invalid)?;
    let id = actions::add_unit(&office, &viewer, state.clone()).await?;
    Ok((StatusCode::CREATED, Json(UnitBody { id, name: state.name, parent_id: state.parent, archived: state.archived })))
}

/// Change a unit
#[utoipa::path(put, path = "/units/{id}", tag = "users", params(("id" = i64, Path)), request_body = UnitChangeBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_unit(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<UnitChangeBody>,
) -> Result<StatusCode, Fault> {
    actions::change_unit(&office, &viewer, id, unit_form(body).parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
