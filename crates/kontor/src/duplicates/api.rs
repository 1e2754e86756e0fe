//! Duplicates for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kontor_domain::rights::Viewer;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Suspects, Wanted};
use super::forms::{parse_keys, parse_score};
use super::humans;
use super::store::Merge;
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// Two accounts that may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateBody {
    /// How likely they are the same, 0–100.
    pub score: u8,
    /// Why: `vat_id`, `lei`, `name`, `similar_name`, `address`, `postal_code`, `city`, `website`, `mail_domain`, `office_phone`,
    /// `switchboard`; against it: `other_vat_id`, `other_lei`, `other_country`.
    pub reasons: Vec<String>,
    /// One.
    pub first: DuplicateAccountBody,
    /// The other.
    pub second: DuplicateAccountBody,
}

/// An account in a pair.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateAccountBody {
    /// The id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// City.
    pub city: Option<String>,
}

/// From which score on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DuplicatesQuery {
    /// The lowest score, 50 to 100; 70 when absent.
    pub score: Option<String>,
}

/// Two accounts to make one of.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MergeBody {
    /// The account that is kept.
    pub kept: i64,
    /// The one that becomes part of it.
    pub gone: i64,
    /// The fields whose values are taken from the latter, such as `city` or `custom.…`.
    #[serde(default)]
    pub take: Vec<String>,
}

/// Two accounts, or two people, that are two.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DismissBody {
    /// One.
    pub first: i64,
    /// The other.
    pub second: i64,
}

/// A merge.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeRecordBody {
    /// The id, by which it is undone.
    pub id: i64,
    /// `account` or `person`.
    pub kind: String,
    /// The account or person that was kept.
    pub kept: i64,
    /// What it was called.
    pub kept_name: String,
    /// The one that became part of it.
    pub gone: i64,
    /// What that was called.
    pub gone_name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// Since when it is undone.
    pub undone_at: Option<DateTime<Utc>>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_duplicates))
        .routes(routes!(dismiss_duplicate))
        .routes(routes!(list_merges, merge_accounts))
        .routes(routes!(undo_merge))
        .merge(humans::api::routes())
}

/// Accounts that may be the same, the likeliest first
#[utoipa::path(get, path = "/duplicates", tag = "duplicates", params(DuplicatesQuery, PageQuery), responses((status = 200, body = Paged<DuplicateBody>), (status = 422, body = Problem)))]
async fn list_duplicates(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<DuplicatesQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<DuplicateBody>>, Fault> {
    let (limit, after) = (page.limit()?, page.after_id()?.unwrap_or(0));
    let suspects = actions::report(&office, &viewer, parse_score(wanted.score.as_deref())?).await?;
    let skipped = usize::try_from(after).unwrap_or_default();
    let goes_on = suspects.len() > skipped + limit;
    let items: Vec<DuplicateBody> = suspects.iter().skip(skipped).take(limit).map(duplicate_body).collect();
    let next = skipped + items.len();
    Ok(Json(Paged::known(items, goes_on, |_| next.to_string())))
}

/// Say that two accounts are two; they are reported no more
#[utoipa::path(post, path = "/duplicates/dismiss", tag = "duplicates", request_body = DismissBody, responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn dismiss_duplicate(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<DismissBody>,
) -> Result<StatusCode, Fault> {
    actions::dismiss(&office, &viewer, body.first, body.second).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The merges of accounts and people, the newest first
#[utoipa::path(get, path = "/merges", tag = "duplicates", params(PageQuery), responses((status = 200, body = Paged<MergeRecordBody>), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn list_merges(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<MergeRecordBody>>, Fault> {
    let (limit, after) = (page.limit()?, page.after_id()?);
    let merges = actions::merges_after(&office, &viewer, after, limit + 1).await?.into_iter().map(merge_body).collect();
    Ok(Json(Paged::cut(merges, limit, |merge: &MergeRecordBody| merge.id.to_string())))
}

/// Make one account of two
#[utoipa::path(post, path = "/merges", tag = "duplicates", request_body = MergeBody, responses((status = 201, body = MergeRecordBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn merge_accounts(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<MergeBody>,
) -> Result<(StatusCode, Json<MergeRecordBody>), Fault> {
    let take = parse_keys(body.take.iter().map(String::as_str))?;
    let id = actions::merge(&office, &viewer, &Wanted { kept: body.kept, gone: body.gone, take }).await?;
    made(&office, &viewer, id).await
}

/// The answer to a merge that was made.
pub(super) async fn made(office: &Office, viewer: &Viewer, id: i64) -> Result<(StatusCode, Json<MergeRecordBody>), Fault> {
    let merge = actions::merges(office, viewer).await?.into_iter().find(|merge| merge.id == id).ok_or(Fault::NotFound)?;
    Ok((StatusCode::CREATED, Json(merge_body(merge))))
}

/// Part two accounts or people again
#[utoipa::path(post, path = "/merges/{id}/undo", tag = "duplicates", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn undo_merge(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::undo(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn duplicate_body(suspects: &Suspects) -> DuplicateBody {
    let account =
        |account: &Account| DuplicateAccountBody { id: account.id, name: name(account).to_owned(), city: account.master.city.clone() };
    DuplicateBody {
        score: suspects.pair.score,
        reasons: suspects.pair.reasons.iter().map(|reason| reason.name().to_owned()).collect(),
        first: account(&suspects.first),
        second: account(&suspects.second),
    }
}

fn merge_body(merge: Merge) -> MergeRecordBody {
    MergeRecordBody {
        id: merge.id,
        kind: merge.kind.name().to_owned(),
        kept: merge.kept_id,
        kept_name: merge.kept_name,
        gone: merge.gone_id,
        gone_name: merge.gone_name,
        at: merge.at,
        by: merge.by_name,
        undone_at: merge.undone_at,
    }
}
