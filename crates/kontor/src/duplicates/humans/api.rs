//! People who were entered twice, for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Someone, Suspects, Wanted};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::duplicates::api::{DismissBody, DuplicatesQuery, MergeRecordBody, made};
use crate::duplicates::forms::parse_score;
use crate::duplicates::humans;
use crate::fault::Fault;
use crate::office::Office;

/// Two people who may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleDuplicateBody {
    /// How likely they are the same, 0–100.
    pub score: u8,
    /// Why: `name`, `similar_name`, `mail`, `phone`, `employer`, `birthday`; against it: `other_person`.
    pub reasons: Vec<String>,
    /// One.
    pub first: DuplicatePersonBody,
    /// The other.
    pub second: DuplicatePersonBody,
}

/// A person in a pair.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicatePersonBody {
    /// The id.
    pub id: i64,
    /// Titles, first and last name.
    pub name: String,
    /// Where the person works, as far as it is seen.
    pub company: Option<String>,
    /// What the person does there.
    pub function: Option<String>,
}

/// Two people to make one of.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PeopleMergeBody {
    /// The person who is kept.
    pub kept: i64,
    /// The one who turned out to be the same.
    pub gone: i64,
    /// The fields whose values are taken from the latter: `salutation`, `title`, `first_name`, `last_name`, `formality`, `languages`, `birthday`, `remark`.
    #[serde(default)]
    pub take: Vec<String>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_people_duplicates)).routes(routes!(dismiss_people_duplicate)).routes(routes!(merge_people))
}

/// People who may be the same, the likeliest first
#[utoipa::path(get, path = "/duplicates/people", tag = "duplicates", params(DuplicatesQuery, PageQuery), responses((status = 200, body = Paged<PeopleDuplicateBody>), (status = 422, body = Problem)))]
async fn list_people_duplicates(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<DuplicatesQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<PeopleDuplicateBody>>, Fault> {
    let (limit, after) = (page.limit()?, page.after_id()?.unwrap_or(0));
    let suspects = humans::report(&office, &viewer, parse_score(wanted.score.as_deref())?).await?;
    let skipped = usize::try_from(after).unwrap_or_default();
    let goes_on = suspects.len() > skipped + limit;
    let items: Vec<PeopleDuplicateBody> = suspects.iter().skip(skipped).take(limit).map(duplicate_body).collect();
    let next = skipped + items.len();
    Ok(Json(Paged::known(items, goes_on, |_| next.to_string())))
}

/// Say that two people are two; they are reported no more
#[utoipa::path(post, path = "/duplicates/people/dismiss", tag = "duplicates", request_body = DismissBody, responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn dismiss_people_duplicate(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<DismissBody>,
) -> Result<StatusCode, Fault> {
    humans::dismiss(&office, &viewer, body.first, body.second).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make one person of two
#[utoipa::path(post, path = "/merges/people", tag = "duplicates", request_body = PeopleMergeBody, responses((status = 201, body = MergeRecordBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn merge_people(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<PeopleMergeBody>,
) -> Result<(StatusCode, Json<MergeRecordBody>), Fault> {
    let id = humans::merge(&office, &viewer, &Wanted { kept: body.kept, gone: body.gone, take: body.take }).await?;
    made(&office, &viewer, id).await
}

fn duplicate_body(suspects: &Suspects) -> PeopleDuplicateBody {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let person = |someone: &Someone| DuplicatePersonBody {
        id: someone.person.id,
        name: someone.person.data.full_name(),
        company: text(&someone.company),
        function: someone.employment.as_ref().and_then(|employment| text(&employment.role.function)),
    };
    PeopleDuplicateBody {
        score: suspects.pair.score,
        reasons: suspects.pair.reasons.iter().map(|reason| reason.name().to_owned()).collect(),
        first: person(&suspects.first),
        second: person(&suspects.second),
    }
}
