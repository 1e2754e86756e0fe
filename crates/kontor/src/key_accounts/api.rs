//! Key accounts for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::key_account::{Treated, Treatments};
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::{NominationForm, RulingForm, parse_treatments, treatments_form};
use super::store::{Decided, Nomination, Snapshot};
use crate::api::caller::{Body, Caller};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::web::context::Path;
use crate::web::format::Locale;

/// Key accounts, nominations that wait, and what the valuation suggests.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyAccountsBody {
    /// The key accounts, the next review first.
    pub key_accounts: Vec<DecisionBody>,
    /// The nominations that wait for a decision.
    pub nominations: Vec<NominationBody>,
    /// Accounts whose score and class suffice, the best first.
    pub suggested: Vec<i64>,
    /// Key accounts whose score fell below what keeps one.
    pub doubted: Vec<i64>,
}

/// How one account stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandingBody {
    /// Whether it is a key account.
    pub is_key_account: bool,
    /// Since when without a break.
    pub since: Option<NaiveDate>,
    /// All decisions, the newest first.
    pub decisions: Vec<DecisionBody>,
    /// All nominations, the newest first.
    pub nominations: Vec<NominationBody>,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionBody {
    /// The account.
    pub account_id: i64,
    /// `declare`, `decline`, `keep` or `revoke`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// When.
    pub decided_on: NaiveDate,
    /// By whom.
    pub decided_by: String,
    /// The key account manager.
    pub manager_id: Option<i64>,
    /// Their name then.
    pub manager: Option<String>,
    /// `national`, `international` or `group`.
    pub reach: Option<String>,
    /// The day of the next review.
    pub next_review: Option<NaiveDate>,
    /// What the valuation said then.
    pub valuation: SnapshotBody,
}

/// That an account should become a key account, or be thought about again.
#[derive(Debug, Serialize, ToSchema)]
pub struct NominationBody {
    /// The id.
    pub id: i64,
    /// The account.
    pub account_id: i64,
    /// Whether it was a key account then.
    pub is_review: bool,
    /// Why.
    pub statement: String,
    /// When.
    pub nominated_at: DateTime<Utc>,
    /// By whom.
    pub nominated_by: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// What the valuation said then.
    pub valuation: SnapshotBody,
}

/// What the valuation said at a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotBody {
    /// 0–100.
    pub score: Option<f64>,
    /// 0–1.
    pub coverage: f64,
    /// A, B or C.
    pub class: Option<String>,
    /// The version of the model.
    pub model: i64,
}

/// A nomination to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewNominationBody {
    /// Why.
    pub statement: String,
}

/// A decision to take.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDecisionBody {
    /// `declare`, `decline`, `keep` or `revoke`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// When, ISO 8601; today when absent.
    #[serde(default)]
    pub decided_on: String,
    /// The key account manager; to declare and to keep.
    #[serde(default)]
    pub manager_id: Option<i64>,
    /// `national`, `international` or `group`; to declare and to keep.
    #[serde(default)]
    pub reach: String,
    /// The day of the next review, ISO 8601; to declare and to keep.
    #[serde(default)]
    pub next_review: String,
}

/// What one class gets.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TreatmentBody {
    /// `key`, `a`, `b` or `c`.
    pub class: String,
    /// `visit`, `video`, `phone` or `mail`.
    pub contact: String,
    /// Whether a member of the management stands for it.
    pub executive_sponsor: bool,
    /// Every how many months there is a business review; null for never.
    pub review_months: Option<u32>,
    /// What gifts may cost in a year, with a decimal point; null for none.
    pub gift_budget: Option<String>,
    /// What service it may count on.
    #[serde(default)]
    pub service_level: String,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_key_accounts))
        .routes(routes!(get_standing, decide))
        .routes(routes!(nominate))
        .routes(routes!(withdraw_nomination))
        .routes(routes!(get_treatments, put_treatments))
}

/// Key accounts, open nominations and suggestions
#[utoipa::path(get, path = "/key-accounts", tag = "key accounts", responses((status = 200, body = KeyAccountsBody), (status = 403, body = Problem)))]
async fn list_key_accounts(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<KeyAccountsBody>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let overview = actions::overview(&office, &viewer, &settings).await?;
    let ids = |indices: &[usize]| {
        let rows = overview.table.as_ref().map(|table| &table.rows);
        indices.iter().filter_map(|&index| rows.map(|rows| rows[index].account_id)).collect()
    };
    Ok(Json(KeyAccountsBody {
        suggested: ids(&overview.suggested),
        doubted: ids(&overview.doubted),
        key_accounts: overview.key_accounts.iter().map(|key| decision_body(&key.decided)).collect(),
        nominations: overview.nominations.iter().map(nomination_body).collect(),
    }))
}

fn snapshot_body(snapshot: &Snapshot) -> SnapshotBody {
    SnapshotBody {
        score: snapshot.score.map(|score| score.value()),
        coverage: snapshot.coverage,
        class: snapshot.class.map(|class| class.to_string()),
        model: snapshot.model_id,
    }
}

fn decision_body(decided: &Decided) -> DecisionBody {
    let ruling = &decided.ruling;
    DecisionBody {
        account_id: decided.account_id,
        decision: ruling.decision.name().to_owned(),
        reason: ruling.reason.clone(),
        decided_on: ruling.decided_on,
        decided_by: decided.decided_by_name.clone(),
        manager_id: ruling.manager_id,
        manager: decided.manager_name.clone(),
        reach: ruling.reach.map(|reach| reach.name().to_owned()),
        next_review: ruling.next_review,
        valuation: snapshot_body(&decided.snapshot),
    }
}

fn nomination_body(nomination: &Nomination) -> NominationBody {
    NominationBody {
        id: nomination.id,
        account_id: nomination.account_id,
        is_review: nomination.is_review,
        statement: nomination.statement.clone(),
        nominated_at: nomination.nominated_at,
        nominated_by: nomination.nominated_by_name.clone(),
        withdrawn: nomination.withdrawn_at.is_some(),
        valuation: snapshot_body(&nomination.snapshot),
    }
}

/// Why an account is a key account, or not
#[utoipa::path(get, path = "/accounts/{id}/key-account", tag = "key accounts", params(("id" = i64, Path)), responses((status = 200, body = StandingBody), (status = 404, body = Problem)))]
async fn get_standing(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<StandingBody>, Fault> {
    let standing = actions::standing(&office, &viewer, id).await?;
    Ok(Json(StandingBody {
        is_key_account: standing.is_key_account(),
        since: standing.since(),
        decisions: standing.decisions.iter().map(decision_body).collect(),
        nominations: standing.nominations.iter().map(nomination_body).collect(),
    }))
}

/// Decide about an account: declare, decline, keep or revoke
#[utoipa::path(post, path = "/accounts/{id}/key-account", tag = "key accounts", params(("id" = i64, Path)), request_body = NewDecisionBody, responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn decide(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewDecisionBody>,
) -> Result<StatusCode, Fault> {
    let NewDecisionBody { decision, reason, decided_on, manager_id, reach, next_review } = body;
    let manager = manager_id.map(|id| id.to_string()).unwrap_or_default();
    let form = RulingForm { decision, reason, decided_on, manager, reach, next_review };
    let ruling = form.parse(Locale::of(Language::En), office.today()).map_err(Fault::Invalid)?;
    let settings = settings::store::current(office.db.read()).await?;
    actions::decide(&office, &viewer, &settings, id, ruling).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Nominate an account: to become a key account, or to be thought about again
#[utoipa::path(post, path = "/accounts/{id}/nominations", tag = "key accounts", params(("id" = i64, Path)), request_body = NewNominationBody, responses((status = 201, body = NominationBody), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn nominate(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewNominationBody>,
) -> Result<(StatusCode, Json<NominationBody>), Fault> {
    let statement = NominationForm { statement: body.statement }.parse().map_err(Fault::Invalid)?;
    let settings = settings::store::current(office.db.read()).await?;
    let nomination_id = actions::nominate(&office, &viewer, &settings, id, statement).await?;
    let standing = actions::standing(&office, &viewer, id).await?;
    let nomination = standing.nominations.iter().find(|nomination| nomination.id == nomination_id).ok_or(Fault::NotFound)?;
    Ok((StatusCode::CREATED, Json(nomination_body(nomination))))
}

/// Take a nomination back
#[utoipa::path(delete, path = "/nominations/{id}", tag = "key accounts", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn withdraw_nomination(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::withdraw(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What each class gets
#[utoipa::path(get, path = "/valuation/treatments", tag = "key accounts", responses((status = 200, body = Vec<TreatmentBody>), (status = 403, body = Problem)))]
async fn get_treatments(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<Vec<TreatmentBody>>, Fault> {
    Ok(Json(treatments_body(&actions::treatments(&office, &viewer).await?)))
}

fn treatments_body(treatments: &Treatments) -> Vec<TreatmentBody> {
    let body = |&treated: &Treated| {
        let treatment = treatments.of(treated);
        TreatmentBody {
            class: treated.name().to_owned(),
            contact: treatment.contact.name().to_owned(),
            executive_sponsor: treatment.executive_sponsor,
            review_months: treatment.review_months,
            gift_budget: treatment.gift_budget.map(|budget| budget.to_string()),
            service_level: treatment.service_level.clone(),
        }
    };
    Treated::ALL.iter().map(body).collect()
}

/// Set what each class gets; classes that are not named stay as they are
#[utoipa::path(put, path = "/valuation/treatments", tag = "key accounts", request_body = Vec<TreatmentBody>, responses((status = 204), (status = 422, body = Problem)))]
async fn put_treatments(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<Vec<TreatmentBody>>,
) -> Result<StatusCode, Fault> {
    let locale = Locale::of(Language::En);
    let mut form = treatments_form(&actions::treatments(&office, &viewer).await?, locale);
    for treatment in &body {
        let class = &treatment.class;
        if !Treated::ALL.iter().any(|treated| treated.name() == class) {
            return Err(Fault::field("class", |t| t.key_class_wrong()));
        }
        form.set(format!("contact.{class}"), &treatment.contact);
        form.set(format!("sponsor.{class}"), if treatment.executive_sponsor { "on" } else { "" });
        form.set(format!("months.{class}"), treatment.review_months.map(|months| months.to_string()).unwrap_or_default());
        form.set(format!("gifts.{class}"), treatment.gift_budget.as_deref().unwrap_or_default());
        form.set(format!("service.{class}"), &treatment.service_level);
    }
    actions::set_treatments(&office, &viewer, parse_treatments(&form, locale).map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
