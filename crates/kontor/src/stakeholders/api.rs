//! Stakeholder maps for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::stakeholder::{Level, Tie, Who};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::{LineForm, PlaceForm, TieForm, parse_decision};
use super::map::{self, Map};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// Which map.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct DecisionQuery {
    /// The buying decision; that of the account itself when absent.
    pub decision: Option<i64>,
}

/// A map.
#[derive(Debug, Serialize, ToSchema)]
pub struct StakeholderMapBody {
    /// The account.
    pub account_id: i64,
    /// The buying decision; null on the map of the account itself.
    pub decision: Option<BuyingDecisionBody>,
    /// All buying decisions of the account.
    pub decisions: Vec<BuyingDecisionBody>,
    /// Who stands on it.
    pub people: Vec<StakeholderBody>,
    /// The lines beside the organisation.
    pub lines: Vec<StakeholderLineBody>,
    /// What we are to them.
    pub relationships: Vec<RelationshipBody>,
    /// What it warns of: `no_contact`, `one_contact`, `no_decider`, `decider_unknown`, `champion_left`.
    pub warnings: Vec<StakeholderWarningBody>,
}

/// A buying decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyingDecisionBody {
    /// The id.
    pub id: i64,
    /// What is decided.
    pub name: String,
    /// Since when it is taken or given up.
    pub closed_on: Option<NaiveDate>,
}

/// Somebody on a map.
#[derive(Debug, Serialize, ToSchema)]
pub struct StakeholderBody {
    /// What calls them on this map: `p` and the person's id, or `e` and the placeholder's.
    pub who: String,
    /// The entry, where somebody was put on the map.
    pub entry_id: Option<i64>,
    /// The person; null for a placeholder.
    pub person_id: Option<i64>,
    /// The name.
    pub name: String,
    /// What they do.
    pub function: String,
    /// Whether they still work there.
    pub is_present: bool,
    /// `initiator`, `user`, `influencer`, `buyer`, `decider` or `gatekeeper`.
    pub role: Option<String>,
    /// −2 (against us) to 2 (speaks for us).
    pub support: i64,
    /// 0 (not reached) to 4 (closely).
    pub coverage: i64,
    /// Who stands above.
    pub above: Option<String>,
}

/// A line between two.
#[derive(Debug, Serialize, ToSchema)]
pub struct StakeholderLineBody {
    /// The id.
    pub id: i64,
    /// Where it begins.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// `influence` or `conflict`.
    pub kind: String,
}

/// What one of us is to one of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelationshipBody {
    /// One of us.
    pub user_id: i64,
    /// One of them.
    pub person_id: i64,
    /// `vendor`, `credible_source`, `problem_solver` or `trusted_advisor`; null for none.
    pub now: Option<String>,
    /// What is wanted.
    pub wanted: Option<String>,
    /// How many steps are missing.
    pub gap: u8,
}

/// What a map warns of.
#[derive(Debug, Serialize, ToSchema)]
pub struct StakeholderWarningBody {
    /// The kind.
    pub kind: String,
    /// Who it is about.
    pub who: Option<String>,
}

/// A buying decision to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewBuyingDecisionBody {
    /// What is decided.
    pub name: String,
}

/// How somebody is to stand on a map.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PlaceBody {
    /// `p12` for a person, `e5` for a placeholder; absent for a new placeholder.
    pub who: Option<String>,
    /// What a placeholder is called.
    pub name: Option<String>,
    /// What a placeholder does.
    pub function: Option<String>,
    /// The person that a placeholder turned out to be.
    pub person_id: Option<i64>,
    /// `initiator`, `user`, `influencer`, `buyer`, `decider` or `gatekeeper`.
    pub role: Option<String>,
    /// −2 to 2; 0 when absent.
    pub support: i64,
    /// 0 to 4; 0 when absent.
    pub coverage: i64,
    /// Who stands above: `p12`, `e5`.
    pub above: Option<String>,
}

/// An id.
#[derive(Debug, Serialize, ToSchema)]
pub struct MapIdBody {
    /// The id.
    pub id: i64,
}

/// A line to draw.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewLineBody {
    /// Where it begins: `p12`, `e5`.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// `influence` or `conflict`.
    pub kind: String,
}

/// What one of us is to one of them, to be set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetRelationshipBody {
    /// One of us.
    pub user_id: i64,
    /// One of them, at this account.
    pub person_id: i64,
    /// The level today; null for none.
    pub now: Option<String>,
    /// The level wanted; null for none.
    pub wanted: Option<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(get_map))
        .routes(routes!(place_stakeholder))
        .routes(routes!(remove_stakeholder))
        .routes(routes!(draw_line))
        .routes(routes!(remove_line))
        .routes(routes!(set_relationship))
        .routes(routes!(add_decision))
        .routes(routes!(close_decision))
}

/// The stakeholder map of an account or of one of its buying decisions
#[utoipa::path(get, path = "/accounts/{id}/map", tag = "stakeholders", params(("id" = i64, Path), DecisionQuery), responses((status = 200, body = StakeholderMapBody), (status = 404, body = Problem)))]
async fn get_map(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<DecisionQuery>,
) -> Result<Json<StakeholderMapBody>, Fault> {
    Ok(Json(body(&map::load(&office, &viewer, id, query.decision).await?)))
}

fn body(map: &Map) -> StakeholderMapBody {
    let decision = |decision: &super::store::Decision| BuyingDecisionBody {
        id: decision.id,
        name: decision.name.clone(),
        closed_on: decision.closed_on,
    };
    let who = |place: usize| map.nodes[place].who.to_string();
    StakeholderMapBody {
        account_id: map.account.id,
        decision: map.decision.as_ref().map(decision),
        decisions: map.decisions.iter().map(decision).collect(),
        people: map.nodes.iter().map(|node| stakeholder(map, node)).collect(),
        lines: map
            .lines
            .iter()
            .map(|line| StakeholderLineBody { id: line.id, from: who(line.from), to: who(line.to), kind: line.kind.to_string() })
            .collect(),
        relationships: map.ties.iter().map(relationship).collect(),
        warnings: map.warnings.iter().map(|warning| warning_body(*warning)).collect(),
    }
}

fn stakeholder(map: &Map, node: &super::map::Node) -> StakeholderBody {
    StakeholderBody {
        who: node.who.to_string(),
        entry_id: node.entry_id,
        person_id: match node.who {
            Who::Person(id) => Some(id),
            Who::Placeholder(_) => None,
        },
        name: node.name.clone(),
        function: node.function.clone(),
        is_present: node.is_present,
        role: node.role.map(|role| role.to_string()),
        support: node.support.value(),
        coverage: node.coverage.value(),
        above: node.above.map(|above| map.nodes[above].who.to_string()),
    }
}

fn relationship(tie: &Tie) -> RelationshipBody {
    let level = |level: Option<Level>| level.map(|level| level.to_string());
    RelationshipBody { user_id: tie.user, person_id: tie.person, now: level(tie.now), wanted: level(tie.wanted), gap: tie.gap() }
}

fn warning_body(warning: kontor_domain::stakeholder::Warning) -> StakeholderWarningBody {
    use kontor_domain::stakeholder::Warning;
    let (kind, who) = match warning {
        Warning::NoContact => ("no_contact", None),
        Warning::OneContact(who) => ("one_contact", Some(who)),
        Warning::NoDecider => ("no_decider", None),
        Warning::DeciderUnknown => ("decider_unknown", None),
        Warning::ChampionLeft(who) => ("champion_left", Some(who)),
    };
    StakeholderWarningBody { kind: kind.to_owned(), who: who.map(|who| who.to_string()) }
}

/// Put somebody on a map, or let them stand otherwise
#[utoipa::path(post, path = "/accounts/{id}/map/people", tag = "stakeholders", params(("id" = i64, Path), DecisionQuery), request_body = PlaceBody, responses((status = 200, body = MapIdBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn place_stakeholder(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<DecisionQuery>,
    Body(body): Body<PlaceBody>,
) -> Result<Json<MapIdBody>, Fault> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let form = PlaceForm {
        who: text(body.who),
        name: text(body.name),
        function: text(body.function),
        person: body.person_id.map(|id| id.to_string()).unwrap_or_default(),
        role: text(body.role),
        support: body.support.to_string(),
        coverage: body.coverage.to_string(),
        above: text(body.above),
    };
    let (placed, stand) = form.parse().map_err(Fault::Invalid)?;
    let id = actions::place(&office, &viewer, id, query.decision, &placed, &stand).await?;
    Ok(Json(MapIdBody { id }))
}

/// Take somebody off a map, with the lines there
#[utoipa::path(delete, path = "/map-entries/{id}", tag = "stakeholders", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn remove_stakeholder(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::remove(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Draw a line of influence or conflict
#[utoipa::path(post, path = "/accounts/{id}/map/lines", tag = "stakeholders", params(("id" = i64, Path), DecisionQuery), request_body = NewLineBody, responses((status = 201, body = MapIdBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn draw_line(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<DecisionQuery>,
    Body(body): Body<NewLineBody>,
) -> Result<(StatusCode, Json<MapIdBody>), Fault> {
    let form = LineForm { from: body.from, to: body.to, kind: body.kind };
    let (ends, kind) = form.parse().map_err(Fault::Invalid)?;
    let id = actions::draw(&office, &viewer, id, query.decision, ends, kind).await?;
    Ok((StatusCode::CREATED, Json(MapIdBody { id })))
}

/// Remove a line
#[utoipa::path(delete, path = "/map-lines/{id}", tag = "stakeholders", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem)))]
async fn remove_line(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::wipe(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say what one of us is to one of them, and wants to be
#[utoipa::path(put, path = "/accounts/{id}/map/relationships", tag = "stakeholders", params(("id" = i64, Path)), request_body = SetRelationshipBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn set_relationship(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<SetRelationshipBody>,
) -> Result<StatusCode, Fault> {
    let form = TieForm {
        user: body.user_id.to_string(),
        person: body.person_id.to_string(),
        now: body.now.unwrap_or_default(),
        wanted: body.wanted.unwrap_or_default(),
    };
    actions::relate(&office, &viewer, id, form.parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Give a buying decision a map of its own
#[utoipa::path(post, path = "/accounts/{id}/map/decisions", tag = "stakeholders", params(("id" = i64, Path)), request_body = NewBuyingDecisionBody, responses((status = 201, body = MapIdBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn add_decision(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewBuyingDecisionBody>,
) -> Result<(StatusCode, Json<MapIdBody>), Fault> {
    let name = parse_decision(&body.name).map_err(|error| Fault::Invalid(vec![error]))?;
    let id = actions::add_decision(&office, &viewer, id, &name).await?;
    Ok((StatusCode::CREATED, Json(MapIdBody { id })))
}

/// Close a buying decision; its map stays to be looked at
#[utoipa::path(post, path = "/accounts/{id}/map/close", tag = "stakeholders", params(("id" = i64, Path), DecisionQuery), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn close_decision(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<DecisionQuery>,
) -> Result<StatusCode, Fault> {
    actions::close_decision(&office, &viewer, id, query.decision.ok_or(Fault::NotFound)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
