//! Saved views for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::ViewForm;
use super::store::View;
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// A saved view of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewBody {
    /// The id.
    pub id: i64,
    /// `accounts` or `people`.
    pub list: &'static str,
    /// What it is called.
    pub name: String,
    /// What stands behind the `?` of the list's address.
    pub query: String,
    /// Whether everybody has it.
    pub shared: bool,
    /// Whether it is the caller's own.
    pub own: bool,
}

/// A view to save.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewViewBody {
    /// `accounts` or `people`.
    pub list: String,
    /// What it is called; one's own view of this name gets the new content.
    pub name: String,
    /// What stands behind the `?` of the list's address.
    pub query: String,
    /// Whether everybody has it.
    #[serde(default)]
    pub shared: bool,
}

/// Which views.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ViewsQuery {
    /// `accounts` or `people`; all lists when absent.
    list: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_views, save_view)).routes(routes!(delete_view))
}

/// The caller's views and those that are shared
#[utoipa::path(get, path = "/views", tag = "views", params(ViewsQuery, PageQuery), responses((status = 200, body = Paged<ViewBody>), (status = 422, body = Problem)))]
async fn list_views(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<ViewsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<ViewBody>>, Fault> {
    let list = query.list.map(|list| list.parse().map_err(|_| Fault::field("list", |t| t.views_list_wrong()))).transpose()?;
    let views = actions::list(&office, &viewer, list).await?;
    let views = views.into_iter().map(|view| body(view, viewer.user_id)).collect();
    Ok(Json(Paged::of_whole(views, &page, |view: &ViewBody| view.id.to_string())?))
}

fn body(view: View, user_id: i64) -> ViewBody {
    ViewBody { id: view.id, list: view.list.name(), name: view.name, query: view.query, shared: view.shared, own: view.user_id == user_id }
}

/// Save a view of a list
#[utoipa::path(post, path = "/views", tag = "views", request_body = NewViewBody, responses((status = 201, body = i64), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn save_view(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewViewBody>,
) -> Result<(StatusCode, Json<i64>), Fault> {
    let form = ViewForm { list: body.list, name: body.name, query: body.query, shared: body.shared.then(|| "on".to_owned()) };
    let id = actions::save(&office, &viewer, form.parse()?).await?;
    Ok((StatusCode::CREATED, Json(id)))
}

/// Remove a view
#[utoipa::path(delete, path = "/views/{id}", tag = "views", params(("id" = i64, Path,)), responses((status = 204), (status = 404, body = Problem)))]
async fn delete_view(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::remove(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
