//! The corporate group of an account for programs.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::caller::Caller;
use crate::api::errors::Problem;
use crate::dossier::group::{self, Figures, Group, Node};
use crate::fault::Fault;
use crate::groups::api::{GroupEdgeBody, edge_body};
use crate::groups::pages::name_of;
use crate::office::Office;
use crate::settings;
use crate::valuation::api::PeriodBody;
use crate::valuation::forms::WantedQuery;
use crate::web::context::{Path, Query};

/// The corporate group of an account on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupBody {
    /// The day whose edges count.
    pub as_of: NaiveDate,
    /// The days that the figures cover; null while the ledger is empty.
    pub period: Option<PeriodBody>,
    /// The currency of all amounts, ISO 4217.
    pub currency: Option<String>,
    /// Where the group stands among all groups by revenue; null without a line in the period.
    pub rank: Option<usize>,
    /// Its class among all groups: A, B or C.
    pub class: Option<String>,
    /// All accounts under common control, each after the one that controls it; the head first.
    pub members: Vec<GroupMemberBody>,
    /// Edges of these accounts that make no group: smaller shares, who pays, who receives.
    pub around: Vec<GroupEdgeBody>,
}

/// One account of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupMemberBody {
    /// The account's id.
    pub account_id: i64,
    /// Its name.
    pub name: String,
    /// The account that controls it; null for the head.
    pub parent_id: Option<i64>,
    /// The share that the parent holds, in percent; null where it is not known.
    pub share: Option<String>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Its own figures.
    pub own: GroupFiguresBody,
    /// Its own figures and those of all below it.
    pub with_subsidiaries: GroupFiguresBody,
}

/// Figures of an account or of several together.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupFiguresBody {
    /// Net invoiced amount in the period.
    pub revenue: String,
    /// Margin of the lines whose cost is known; null when none is.
    pub margin: Option<String>,
    /// Net invoiced amount in the period before.
    pub revenue_before: String,
    /// Distinct invoices, credit notes included.
    pub invoices: i64,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(get_account_group))
}

/// The corporate group of an account on a day, with figures rolled up to every node
#[utoipa::path(get, path = "/accounts/{id}/group", tag = "groups", params(("id" = i64, Path), WantedQuery), responses((status = 200, body = GroupBody), (status = 404, body = Problem)))]
async fn get_account_group(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
) -> Result<Json<GroupBody>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let group = group::show(&office, &viewer, &settings, id, &query.parse()?).await?;
    Ok(Json(body(&group)))
}

fn body(group: &Group) -> GroupBody {
    let valuation = group.valuation.as_ref();
    GroupBody {
        as_of: group.day,
        period: valuation.map(|valuation| PeriodBody { from: valuation.period.from(), to: valuation.period.to() }),
        currency: valuation.map(|valuation| valuation.asked.currency.into()),
        rank: group.ranked.map(|ranked| ranked.rank),
        class: group.ranked.map(|ranked| ranked.class.to_string()),
        members: group.nodes.iter().map(|node| member(group, node)).collect(),
        around: group.around.iter().map(|edge| edge_body(&group.directory, edge)).collect(),
    }
}

fn member(group: &Group, node: &Node) -> GroupMemberBody {
    GroupMemberBody {
        account_id: node.account_id,
        name: name_of(&group.directory, node.account_id).to_owned(),
        parent_id: node.parent.map(|parent| group.nodes[parent].account_id),
        share: node.share.map(|share| share.to_string()),
        since: node.since,
        own: figures(&node.own),
        with_subsidiaries: figures(&node.all),
    }
}

fn figures(of: &Figures) -> GroupFiguresBody {
    GroupFiguresBody {
        revenue: of.now.revenue.to_string(),
        margin: of.now.margin().map(|margin| margin.to_string()),
        revenue_before: of.before.revenue.to_string(),
        invoices: of.now.invoices,
    }
}
