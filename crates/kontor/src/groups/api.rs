//! Edges of corporate groups for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::group::{Edge, Kind};
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::{EdgeForm, EdgeTerms, Relation};
use super::import::{self, Outcome, Problem as Trouble};
use super::pages::name_of;
use crate::accounts::directory::{self, Directory};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::context::Path;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// An edge of a corporate group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupEdgeBody {
    /// The id.
    pub id: i64,
    /// `subsidiary`, `joint_venture`, `pays_for` or `receives_for`.
    pub kind: String,
    /// The account that holds, pays or receives.
    pub parent_id: i64,
    /// Its name.
    pub parent: String,
    /// The account that is held, paid for or received for.
    pub child_id: i64,
    /// Its name.
    pub child: String,
    /// The share that the parent holds, in percent: `51`, `33.34`.
    pub share: Option<String>,
    /// First day; null for as long as anybody remembers.
    pub from: Option<NaiveDate>,
    /// Last day; null while it goes on.
    pub to: Option<NaiveDate>,
}

/// An edge to enter.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewGroupEdgeBody {
    /// The account that holds, pays or receives.
    pub parent_id: i64,
    /// The account that is held, paid for or received for.
    pub child_id: i64,
    /// All else.
    #[serde(flatten)]
    pub terms: GroupEdgeTermsBody,
}

/// What can be corrected of an edge.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GroupEdgeTermsBody {
    /// `subsidiary`, `joint_venture`, `pays_for` or `receives_for`.
    pub kind: String,
    /// The share that the parent holds, in percent: `51`, `33.34`. From 50 on it is control.
    pub share: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// Rows of a hierarchy to import.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GroupImportBody {
    /// The rows.
    pub rows: Vec<GroupImportRowBody>,
    /// Whether names that no account has become new prospects.
    #[serde(default)]
    pub create: bool,
}

/// One row of a hierarchy.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GroupImportRowBody {
    /// Number or name of the account.
    pub account: String,
    /// Number or name of its parent; a row without one says nothing.
    pub parent: Option<String>,
    /// The share that the parent holds, in percent.
    pub share: Option<String>,
    /// First day.
    pub from: Option<String>,
}

/// What an import came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupImportResultBody {
    /// Edges entered.
    pub entered: usize,
    /// Edges that were there already.
    pub known: usize,
    /// Names of the accounts that were created.
    pub created: Vec<String>,
    /// Rows that came to nothing.
    pub problems: Vec<GroupImportProblemBody>,
}

/// A row that came to nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupImportProblemBody {
    /// The row, from 1.
    pub line: u64,
    /// The value.
    pub value: String,
    /// Why.
    pub message: String,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_group_edges, add_group_edge))
        .routes(routes!(get_group_edge, change_group_edge, withdraw_group_edge))
        .routes(routes!(import_groups))
}

/// An edge as JSON.
pub fn edge_body(directory: &Directory, edge: &Edge) -> GroupEdgeBody {
    GroupEdgeBody {
        id: edge.id,
        kind: edge.kind.to_string(),
        parent_id: edge.parent,
        parent: name_of(directory, edge.parent).to_owned(),
        child_id: edge.child,
        child: name_of(directory, edge.child).to_owned(),
        share: edge.share.map(|share| share.to_string()),
        from: edge.from,
        to: edge.to,
    }
}

impl GroupEdgeTermsBody {
    fn parse(&self) -> Result<EdgeTerms, Fault> {
        let kind: Kind =
            self.kind.parse().map_err(|_| Fault::Invalid(vec![FieldError::new("kind", |t| t.groups_kind_wrong()).one_of(Kind::ALL)]))?;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let form = EdgeForm {
            relation: Relation { kind, is_up: true }.name(),
            share: text(&self.share),
            from: text(&self.from),
            to: text(&self.to),
            ..EdgeForm::default()
        };
        form.parse_terms(Locale::of(Language::En)).map_err(Fault::Invalid)
    }
}

/// All edges of corporate groups that hold, held or will hold, by id
#[utoipa::path(get, path = "/group-edges", tag = "groups", params(PageQuery), responses((status = 200, body = Paged<GroupEdgeBody>), (status = 422, body = Problem)))]
async fn list_group_edges(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<PageQuery>,
) -> Result<Json<Paged<GroupEdgeBody>>, Fault> {
    let (limit, after) = (query.limit()?, query.after_id()?.unwrap_or_default());
    let graph = actions::graph(&office, &viewer).await?;
    let directory = directory::current(&office, &viewer).await?;
    let edges = graph.edges().iter().filter(|edge| edge.id > after).take(limit + 1);
    Ok(Json(Paged::cut(edges.map(|edge| edge_body(&directory, edge)).collect(), limit, |edge: &GroupEdgeBody| edge.id.to_string())))
}

/// Enter an edge
#[utoipa::path(post, path = "/group-edges", tag = "groups", request_body = NewGroupEdgeBody, responses((status = 201, body = GroupEdgeBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn add_group_edge(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewGroupEdgeBody>,
) -> Result<(StatusCode, Json<GroupEdgeBody>), Fault> {
    let id = actions::add(&office, &viewer, body.parent_id, body.child_id, body.terms.parse()?).await?;
    Ok((StatusCode::CREATED, Json(one(&office, &viewer, id).await?)))
}

/// One edge
#[utoipa::path(get, path = "/group-edges/{id}", tag = "groups", params(("id" = i64, Path)), responses((status = 200, body = GroupEdgeBody), (status = 404, body = Problem)))]
async fn get_group_edge(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<GroupEdgeBody>, Fault> {
    Ok(Json(one(&office, &viewer, id).await?))
}

async fn one(office: &Office, viewer: &kontor_domain::rights::Viewer, id: i64) -> Result<GroupEdgeBody, Fault> {
    let edge = actions::show(office, viewer, id).await?;
    Ok(edge_body(&*directory::current(office, viewer).await?, &edge))
}

/// Correct or end an edge; its accounts stay
#[utoipa::path(put, path = "/group-edges/{id}", tag = "groups", params(("id" = i64, Path)), request_body = GroupEdgeTermsBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_group_edge(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<GroupEdgeTermsBody>,
) -> Result<StatusCode, Fault> {
    actions::change(&office, &viewer, id, body.parse()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take back an edge that was entered by mistake
#[utoipa::path(delete, path = "/group-edges/{id}", tag = "groups", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn withdraw_group_edge(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::withdraw(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Import a hierarchy: who is a subsidiary of whom; rows that cannot be are told, all others are entered
#[utoipa::path(post, path = "/group-edges/import", tag = "groups", request_body = GroupImportBody, responses((status = 200, body = GroupImportResultBody), (status = 403, body = Problem)))]
async fn import_groups(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<GroupImportBody>,
) -> Result<Json<GroupImportResultBody>, Fault> {
    let rows = (1..).zip(body.rows).map(|(line, row)| import::Row {
        line,
        account: row.account,
        parent: row.parent.unwrap_or_default(),
        share: row.share.unwrap_or_default(),
        from: row.from.unwrap_or_default(),
    });
    let outcome = import::run(&office, &viewer, "API", &rows.collect::<Vec<_>>(), body.create).await?;
    Ok(Json(result_body(Texts::of(viewer.language), &outcome)))
}

fn result_body(t: &Texts, outcome: &Outcome) -> GroupImportResultBody {
    let problem =
        |problem: &Trouble| GroupImportProblemBody { line: problem.line, value: problem.value.clone(), message: problem.message(t) };
    GroupImportResultBody {
        entered: outcome.edges.len(),
        known: outcome.known,
        created: outcome.created.clone(),
        problems: outcome.problems.iter().map(problem).collect(),
    }
}
