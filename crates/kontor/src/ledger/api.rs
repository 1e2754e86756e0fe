//! Imports for programs.

mod bodies;
mod detected;

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kontor_domain::rights::{Right, Viewer};
use kontor_ledger::options::Options;
use serde_json::Value;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use self::bodies::{FindingBody, ImportBody, OptionsBody, UploadBody};
use self::detected::DetectionBody;
use super::forms::{parse_options, request_hash};
use super::store::Import;
use super::uploads::{self, Upload};
use super::{actions, pages};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::idempotency::{self, Key};
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::web::context::Path;

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        // Uploads are counted as they come, so the limit of other bodies is not theirs.
        .routes(routes!(list_imports, upload_import).layer(DefaultBodyLimit::disable()))
        .routes(routes!(get_import))
        .routes(routes!(get_detection))
        .routes(routes!(list_findings))
        .routes(routes!(get_rejected))
        .routes(routes!(put_options))
        .routes(routes!(check_import))
        .routes(routes!(book_import))
        .routes(routes!(discard_import))
        .routes(routes!(undo_import))
}

/// All imports, the newest first
#[utoipa::path(get, path = "/imports", tag = "imports", params(PageQuery), responses((status = 200, body = Paged<ImportBody>), (status = 403, body = Problem)))]
async fn list_imports(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<ImportBody>>, Fault> {
    let limit = page.limit()?;
    let imports = actions::list(&office, &viewer, page.after_id()?, limit as u64 + 1).await?;
    let exchange = actions::exchange(&office).await?;
    let items = imports.into_iter().map(|import| ImportBody::of(&office, import, &exchange)).collect();
    Ok(Json(Paged::cut(items, limit, |import: &ImportBody| import.id.to_string())))
}

/// Upload invoice files as a new import
///
/// Nothing is read or booked yet: `check` says what booking would do, `book` does it. A request that is repeated with the same `Idempotency-Key` gets the
/// first one's answer and makes no second import.
#[utoipa::path(
    post,
    path = "/imports",
    tag = "imports",
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text of at most 200 characters; the same for every repetition of one request")),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportBody), (status = 403, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem))
)]
async fn upload_import(
    State(office): State<Office>,
    Caller(viewer): Caller,
    headers: HeaderMap,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Value>), Fault> {
    require(&viewer, Right::Import)?;
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let upload = uploads::receive(&office.config, parts).await?;
    let field = |name: &str| upload.fields.get(name).cloned().unwrap_or_default();
    let (source, options) = (actions::parse_source(&field("source"))?, parse_options(&field("options")).map_err(Fault::Invalid)?);
    let hash = request_hash(&source, &options, &upload.files);
    let answer = match idempotency::claim(&office, &viewer, &headers, &hash).await? {
        Key::Answered(answer) => answer,
        Key::None => create(&office, &viewer, &source, &options, upload).await?,
        Key::Claimed(claimed) => match create(&office, &viewer, &source, &options, upload).await {
            Ok(answer) => {
                claimed.answer(&office, &answer).await?;
                answer
            }
            Err(fault) => {
                claimed.release(&office).await?;
                return Err(fault);
            }
        },
    };
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn create(office: &Office, viewer: &Viewer, source: &str, options: &Options, upload: Upload) -> Result<Value, Fault> {
    let id = actions::upload(office, viewer, source, upload.files.clone(), options).await?;
    upload.keep();
    let import = actions::show(office, viewer, id).await?;
    serde_json::to_value(body(office, import).await?).map_err(Fault::internal)
}

async fn answer(office: &Office, viewer: &Viewer, id: i64) -> Result<Json<ImportBody>, Fault> {
    Ok(Json(body(office, actions::show(office, viewer, id).await?).await?))
}

async fn body(office: &Office, import: Import) -> Result<ImportBody, Fault> {
    Ok(ImportBody::of(office, import, &actions::exchange(office).await?))
}

/// One import with what it came to
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404, body = Problem)))]
async fn get_import(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ImportBody>, Fault> {
    answer(&office, &viewer, id).await
}

/// How the files of an import are read: format, encoding, headers, columns with their roles, first rows
///
/// Of an import that is closed no values are kept: neither first rows nor samples.
#[utoipa::path(get, path = "/imports/{id}/detection", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = DetectionBody), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn get_detection(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<DetectionBody>, Fault> {
    Ok(Json(DetectionBody::of(actions::detection(&office, &viewer, id).await?.as_ref())))
}

/// What the last check or booking noticed, at most 200 of a kind
#[utoipa::path(get, path = "/imports/{id}/findings", tag = "imports", params(("id" = i64, Path), PageQuery), responses((status = 200, body = Paged<FindingBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_findings(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<FindingBody>>, Fault> {
    let findings = actions::findings(&office, &viewer, id).await?;
    Ok(Json(Paged::by_place(findings.into_iter().map(FindingBody::of), &page)?))
}

/// All rejected rows as CSV
#[utoipa::path(get, path = "/imports/{id}/rejected.csv", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = String, content_type = "text/csv"), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn get_rejected(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Response, Fault> {
    let path = actions::take_rejected(&office, &viewer, id).await?;
    pages::rejected::plain(id, &path).await
}

/// Say how an open import is to be read
///
/// What was checked before no longer counts.
#[utoipa::path(put, path = "/imports/{id}/options", tag = "imports", params(("id" = i64, Path)), request_body = OptionsBody, responses((status = 200, body = ImportBody), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn put_options(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<Value>,
) -> Result<Json<ImportBody>, Fault> {
    require(&viewer, Right::Import)?;
    let import = actions::show(&office, &viewer, id).await?;
    let options = parse_options(&body.to_string()).map_err(Fault::Invalid)?;
    actions::prepare(&office, &viewer, id, &import.source, &options).await?;
    answer(&office, &viewer, id).await
}

/// Read everything and say what booking would do
#[utoipa::path(post, path = "/imports/{id}/check", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn check_import(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ImportBody>, Fault> {
    let import = actions::check(&office, &viewer, id).await?;
    Ok(Json(body(&office, import).await?))
}

/// Book an import, or stop it when its findings ask for that
///
/// Whether it is booked says the answer's `state`: `booked`, or `stopped` with the kinds of findings that stopped it.
#[utoipa::path(post, path = "/imports/{id}/book", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn book_import(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ImportBody>, Fault> {
    let import = actions::book(&office, &viewer, id).await?;
    Ok(Json(body(&office, import).await?))
}

/// Give an open import up
#[utoipa::path(post, path = "/imports/{id}/discard", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn discard_import(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ImportBody>, Fault> {
    actions::discard(&office, &viewer, id).await?;
    answer(&office, &viewer, id).await
}

/// Take a booked import back
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports", params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn undo_import(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<ImportBody>, Fault> {
    actions::undo(&office, &viewer, id).await?;
    answer(&office, &viewer, id).await
}
