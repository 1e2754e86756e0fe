//! The valuation by points for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::group::Level;
use kontor_domain::scoring::contributions;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::{RatingInput, Typed, model_form, parse_level, parse_model, parse_review, parse_text};
use super::list::{Listing, ScoresQuery};
use super::store::{Rating, StoredCriterion, StoredModel};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::valuation::actions::accounts;
use crate::web::context::Path;
use crate::web::format::Locale;

/// The scores of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoresBody {
    /// The kept result; absent for the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<i64>,
    /// The version of the model.
    pub model: i64,
    /// `account` or `group`.
    pub level: String,
    /// First day that figures were taken of.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How many accounts are ranked.
    pub ranked: usize,
    /// The accounts in the order asked for.
    pub accounts: Vec<ScoreBody>,
}

/// The score of one account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScoreBody {
    /// The account; of a group, its head.
    pub account_id: i64,
    /// Customer number.
    pub account: String,
    /// Name.
    pub name: String,
    /// 0–100; null while nothing is known.
    pub score: Option<f64>,
    /// The part of the weight that is known, 0–1.
    pub coverage: f64,
    /// 1 for the best; null while too little is known.
    pub rank: Option<u32>,
    /// The best rank when the weight of one criterion is 20 % lower or higher.
    pub best_rank: Option<u32>,
    /// The worst rank then.
    pub worst_rank: Option<u32>,
    /// Score minus that of the result that was kept last.
    pub change: Option<f64>,
    /// A, B or C by revenue.
    pub class: Option<String>,
    /// Net invoiced amount of the period.
    pub revenue: String,
    /// Score of the criteria of attractiveness.
    pub attractiveness: Option<f64>,
    /// Score of the criteria of our own position.
    pub position: Option<f64>,
    /// `invest`, `maintain`, `selective` or `withdraw`; null without a rank.
    pub stance: Option<String>,
    /// What each criterion brings, in the order of the model.
    pub criteria: Vec<PartBody>,
}

/// What one criterion says of an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartBody {
    /// The criterion.
    pub criterion_id: i64,
    /// 0–5; null while nobody knows.
    pub points: Option<f64>,
    /// The figure behind it, with four decimals; null for ratings.
    pub value: Option<String>,
    /// How many rated it.
    pub raters: u16,
    /// How many points of the score it brings.
    pub contribution: Option<f64>,
    /// Whether a rating is past its review.
    pub is_stale: bool,
}

/// A result that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptBody {
    /// The id.
    pub id: i64,
    /// The version of the model.
    pub model: i64,
    /// `account` or `group`.
    pub level: String,
    /// When it was kept.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// How many accounts or groups it holds.
    pub accounts: i64,
    /// Why it was kept.
    pub note: String,
}

/// The result to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct KeepBody {
    /// Why.
    #[serde(default)]
    pub note: String,
    /// `account` or `group`; the setting when absent.
    #[serde(default)]
    pub level: String,
}

/// A criterion in its newest version.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionBody {
    /// The id.
    pub id: i64,
    /// The lasting name of those that every house begins with.
    pub key: String,
    /// The version.
    pub version: i64,
    /// German name.
    pub name_de: String,
    /// English name.
    pub name_en: String,
    /// `metric`, `rated` or `yes_no`.
    pub kind: String,
    /// Whether it is no longer offered.
    pub archived: bool,
}

/// The model in force.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ModelBody {
    /// The version; not needed to set one.
    #[serde(default)]
    pub version: i64,
    /// The criteria with weights that sum to 100.
    pub criteria: Vec<WeightBody>,
    /// Below this coverage, in percent, an account is not ranked.
    pub least_coverage: u8,
    /// From this score on an account is suggested.
    pub suggest_from: u8,
    /// From this class on: A, B or C.
    pub suggest_class: String,
    /// Key accounts below this score are put up for review.
    pub keep_from: u8,
    /// From this score on an account is attractive.
    pub attractive_from: u8,
    /// From this score on our position is strong.
    pub strong_from: u8,
    /// Why this version.
    #[serde(default)]
    pub note: String,
}

/// A criterion in a model.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct WeightBody {
    /// The criterion.
    pub criterion_id: i64,
    /// Percent.
    pub weight: u32,
    /// `attractiveness`, `position` or null.
    pub axis: Option<String>,
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingBody {
    /// The id.
    pub id: i64,
    /// The criterion.
    pub criterion_id: i64,
    /// Who rated.
    pub rater: String,
    /// 0–5.
    pub value: u8,
    /// What it rests on.
    pub evidence: String,
    /// When.
    pub rated_on: NaiveDate,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
    /// Whether it counts no longer.
    pub ended: bool,
}

/// A rating to give.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRatingBody {
    /// The criterion.
    pub criterion_id: i64,
    /// 0–5; 0 or 5 for yes or no.
    pub value: u8,
    /// What it rests on.
    #[serde(default)]
    pub evidence: String,
    /// When it should be looked at again, ISO 8601.
    #[serde(default)]
    pub review_on: String,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_scores))
        .routes(routes!(get_score))
        .routes(routes!(list_kept, keep))
        .routes(routes!(list_criteria))
        .routes(routes!(get_model, put_model))
        .routes(routes!(list_ratings, rate))
        .routes(routes!(withdraw_rating))
}

/// The scores of all accounts, or of corporate groups
#[utoipa::path(get, path = "/valuation/scores", tag = "valuation", params(ScoresQuery), responses((status = 200, body = ScoresBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_scores(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<ScoresQuery>,
) -> Result<Json<ScoresBody>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let level = parse_level(&query.level)?.unwrap_or(settings.level);
    let table = match query.run {
        Some(run) => actions::kept(&office, &viewer, run).await?,
        None => actions::present(&office, &viewer, &settings, level).await?.ok_or(Fault::NotFound)?,
    };
    let last = actions::last_kept(&office, &viewer, table.level, query.run).await?;
    let listing = Listing::new(table, last, accounts(&office, &viewer).await?, &viewer);
    let rows = query.rows(&listing)?;
    Ok(Json(scores_body(&listing, &rows)))
}

/// The accounts at these places, with what their valuation rests on.
pub fn scores_body(listing: &Listing, rows: &[usize]) -> ScoresBody {
    let table = &listing.table;
    ScoresBody {
        run: table.run.as_ref().map(|run| run.id),
        model: table.model.id,
        level: table.level.to_string(),
        from: table.period.from(),
        to: table.period.to(),
        ranked: table.ranked(),
        accounts: rows.iter().map(|&index| score_body(listing, index)).collect(),
    }
}

fn score_body(listing: &Listing, index: usize) -> ScoreBody {
    let (table, row) = (&listing.table, &listing.table.rows[index]);
    let points = table.points(index);
    let brought = contributions(&table.model.model.weights(), &points);
    let parts = table.model.model.criteria.iter().zip(table.cells(index)).zip(brought);
    let part =
        |((weighted, cell), contribution): ((&kontor_domain::scoring::model::Weighted, &super::table::Cell), Option<f64>)| PartBody {
            criterion_id: weighted.criterion_id,
            points: cell.points.map(|points| points.value()),
            value: cell.value.map(|value| value.to_decimal().to_string()),
            raters: cell.raters,
            contribution,
            is_stale: cell.is_stale,
        };
    ScoreBody {
        account_id: row.account_id,
        account: listing.account(index).and_then(|account| account.numbers.first()).map(|number| number.number.clone()).unwrap_or_default(),
        name: listing.name(index).to_owned(),
        score: row.scored.score.map(|score| score.value()),
        coverage: row.scored.coverage,
        rank: row.place.map(|place| place.rank),
        best_rank: row.place.map(|place| place.best),
        worst_rank: row.place.map(|place| place.worst),
        change: listing.change(index),
        class: row.class.map(|class| class.to_string()),
        revenue: row.revenue.to_string(),
        attractiveness: row.position.map(|position| position.attractiveness.value()),
        position: row.position.map(|position| position.strength.value()),
        stance: table.stance(index).map(|stance| stance.name().to_owned()),
        criteria: parts.map(part).collect(),
    }
}

/// The score of one account, explained
#[utoipa::path(get, path = "/accounts/{id}/valuation", tag = "valuation", params(("id" = i64, Path)), responses((status = 200, body = ScoreBody), (status = 404, body = Problem)))]
async fn get_score(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ScoreBody>, Fault> {
    actions::account(&office, &viewer, id).await?;
    let settings = settings::store::current(office.db.read()).await?;
    let table = actions::present(&office, &viewer, &settings, Level::Account).await?.ok_or(Fault::NotFound)?;
    let last = actions::last_kept(&office, &viewer, Level::Account, None).await?;
    let listing = Listing::new(table, last, accounts(&office, &viewer).await?, &viewer);
    let index = listing.table.find(id).filter(|index| listing.visible.contains(index)).ok_or(Fault::NotFound)?;
    Ok(Json(score_body(&listing, index)))
}

/// The results that were kept, the newest first
#[utoipa::path(get, path = "/valuation/kept", tag = "valuation", params(PageQuery), responses((status = 200, body = Paged<KeptBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_kept(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<KeptBody>>, Fault> {
    let kept = actions::list_kept(&office, &viewer).await?.into_iter().map(|run| KeptBody {
        id: run.id,
        model: run.model_id,
        level: run.level.to_string(),
        made_at: run.made_at,
        made_by: run.made_by_name,
        accounts: run.accounts,
        note: run.note,
    });
    Ok(Json(Paged::of_whole(kept.collect(), &page, |kept: &KeptBody| kept.id.to_string())?))
}

/// Run the valuation and keep its result
#[utoipa::path(post, path = "/valuation/kept", tag = "valuation", request_body = KeepBody, responses((status = 201, body = KeptBody), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn keep(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<KeepBody>,
) -> Result<(StatusCode, Json<KeptBody>), Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let level = parse_level(&body.level)?.unwrap_or(settings.level);
    let note = parse_text("note", &body.note).map_err(|error| Fault::Invalid(vec![error]))?;
    let id = actions::keep(&office, &viewer, &settings, level, note).await?;
    let table = actions::kept(&office, &viewer, id).await?;
    let run = table.run.as_ref().ok_or(Fault::NotFound)?;
    let body = KeptBody {
        id,
        model: run.model_id,
        level: run.level.to_string(),
        made_at: run.made_at,
        made_by: run.made_by_name.clone(),
        accounts: run.accounts,
        note: run.note.clone(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// All criteria
#[utoipa::path(get, path = "/valuation/criteria", tag = "valuation", responses((status = 200, body = Vec<CriterionBody>), (status = 403, body = Problem)))]
async fn list_criteria(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<Vec<CriterionBody>>, Fault> {
    let body = |known: StoredCriterion| CriterionBody {
        id: known.id,
        key: known.key,
        version: known.version,
        kind: known.criterion.kind.name().to_owned(),
        name_de: known.criterion.name.de,
        name_en: known.criterion.name.en,
        archived: known.is_archived,
    };
    Ok(Json(actions::criteria(&office, &viewer).await?.into_iter().map(body).collect()))
}

/// The model in force
#[utoipa::path(get, path = "/valuation/model", tag = "valuation", responses((status = 200, body = ModelBody), (status = 403, body = Problem)))]
async fn get_model(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<ModelBody>, Fault> {
    let model = actions::models(&office, &viewer).await?.into_iter().next().ok_or(Fault::NotFound)?;
    Ok(Json(model_body(model)))
}

fn model_body(stored: StoredModel) -> ModelBody {
    let StoredModel { id, model, note, .. } = stored;
    let weight = |weighted: &kontor_domain::scoring::model::Weighted| WeightBody {
        criterion_id: weighted.criterion_id,
        weight: weighted.weight,
        axis: weighted.axis.map(|axis| axis.name().to_owned()),
    };
    ModelBody {
        version: id,
        criteria: model.criteria.iter().map(weight).collect(),
        least_coverage: model.least_coverage,
        suggest_from: model.suggest_from,
        suggest_class: model.suggest_class.to_string(),
        keep_from: model.keep_from,
        attractive_from: model.attractive_from,
        strong_from: model.strong_from,
        note,
    }
}

/// Put another model in force
#[utoipa::path(put, path = "/valuation/model", tag = "valuation", request_body = ModelBody, responses((status = 200, body = ModelBody), (status = 422, body = Problem)))]
async fn put_model(State(office): State<Office>, Caller(viewer): Caller, Body(body): Body<ModelBody>) -> Result<Json<ModelBody>, Fault> {
    let known: Vec<StoredCriterion> = actions::criteria(&office, &viewer).await?.into_iter().filter(|known| !known.is_archived).collect();
    let mut form = match actions::models(&office, &viewer).await?.first() {
        Some(model) => model_form(&kontor_domain::scoring::model::Model { criteria: Vec::new(), ..model.model.clone() }),
        None => Typed::default(),
    };
    for part in &body.criteria {
        if !known.iter().any(|known| known.id == part.criterion_id) {
            return Err(Fault::field("criteria", |t| t.scoring_criterion_unknown()));
        }
        form.set(format!("weight.{}", part.criterion_id), part.weight);
        form.set(format!("axis.{}", part.criterion_id), part.axis.as_deref().unwrap_or_default());
    }
    let numbers = [
        ("least_coverage", body.least_coverage),
        ("suggest_from", body.suggest_from),
        ("keep_from", body.keep_from),
        ("attractive_from", body.attractive_from),
        ("strong_from", body.strong_from),
    ];
    numbers.into_iter().for_each(|(name, value)| form.set(name, value));
    form.set("suggest_class", &body.suggest_class);
    form.set("note", &body.note);
    let (model, note) = parse_model(&form, &known).map_err(Fault::Invalid)?;
    let version = actions::set_model(&office, &viewer, model, note).await?;
    Ok(Json(model_body(actions::model(&office, &viewer, version).await?)))
}

/// The ratings of an account, those that ended too, the newest first
#[utoipa::path(get, path = "/accounts/{id}/ratings", tag = "valuation", params(("id" = i64, Path), PageQuery), responses((status = 200, body = Paged<RatingBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_ratings(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<RatingBody>>, Fault> {
    let ratings = actions::ratings(&office, &viewer, id).await?.into_iter().map(rating_body).collect();
    Ok(Json(Paged::of_whole(ratings, &page, |rating: &RatingBody| rating.id.to_string())?))
}

fn rating_body(rating: Rating) -> RatingBody {
    RatingBody {
        id: rating.id,
        criterion_id: rating.criterion_id,
        rater: rating.rater_name,
        value: rating.value,
        evidence: rating.evidence,
        rated_on: rating.rated_on,
        review_on: rating.review_on,
        ended: rating.ended_at.is_some(),
    }
}

/// Rate an account
#[utoipa::path(post, path = "/accounts/{id}/ratings", tag = "valuation", params(("id" = i64, Path)), request_body = Vec<NewRatingBody>, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn rate(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<Vec<NewRatingBody>>,
) -> Result<StatusCode, Fault> {
    let today = office.today();
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for rating in body {
        let evidence = parse_text("evidence", &rating.evidence).map_err(|error| errors.push(error));
        let review_on =
            parse_review(&rating.review_on, Locale::of(Language::En), today).map_err(|error| errors.push(error.at("review_on")));
        if let (Ok(evidence), Ok(review_on)) = (evidence, review_on) {
            let NewRatingBody { criterion_id, value, .. } = rating;
            inputs.push(RatingInput { criterion_id, value, evidence, rated_on: today, review_on });
        }
    }
    if !errors.is_empty() {
        return Err(Fault::Invalid(errors));
    }
    actions::rate(&office, &viewer, id, inputs).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraw a rating
#[utoipa::path(delete, path = "/ratings/{id}", tag = "valuation", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn withdraw_rating(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::withdraw_rating(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
