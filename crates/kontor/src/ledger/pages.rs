//! Pages of the sales ledger: the imports, a new one, and the way of one from upload to booking.

mod findings;
pub mod freshness;
mod index;
mod new;
mod reading;
pub mod rejected;
mod show;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, on};
use kontor_domain::rights::Right;
use kontor_ledger::options::Options;
use kontor_ledger::read::Detection;
use maud::Markup;
use serde::Deserialize;

use super::forms::ReadingForm;
use super::run::Mode;
use super::store::{Import, State as ImportState};
use super::{actions, uploads};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// How many imports one page of the list shows.
const PAGE: usize = 50;

/// The routes.
pub fn routes() -> Routes {
    let (see, import) = (Guard::Needs(Right::SeeImports), Guard::Needs(Right::Import));
    // Uploads are counted as they come, so the limit of forms is not theirs.
    let upload = on(MethodFilter::POST, upload).layer(DefaultBodyLimit::disable());
    Routes::new()
        .get(see, "/imports", list)
        .get(import, "/imports/new", begin)
        .add(Method::POST, import, "/imports", upload)
        .get(see, "/imports/{id}", show)
        .post(import, "/imports/{id}/options", prepare)
        .post(import, "/imports/{id}/check", check)
        .post(import, "/imports/{id}/book", book)
        .post(import, "/imports/{id}/cancel", cancel)
        .post(import, "/imports/{id}/discard", discard)
        .post(Guard::Needs(Right::UndoImport), "/imports/{id}/undo", undo)
        .get(Guard::Needs(Right::Export), "/imports/{id}/rejected.csv", rejected::page)
}

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    before: Option<i64>,
}

async fn list(State(office): State<Office>, page: Page, Query(query): Query<ListQuery>) -> Result<Markup, Fault> {
    let mut imports = actions::list(&office, &page.viewer, query.before, PAGE as u64 + 1).await?;
    let goes_on = imports.len() > PAGE;
    imports.truncate(PAGE);
    let live = actions::live(&office, &page.viewer).await?;
    let is_busy = |id| office.jobs.progress(id).is_some();
    Ok(index::page(&page, &index::List { imports, live, goes_on, is_first: query.before.is_none() }, is_busy))
}

async fn begin(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let sources = actions::sources(&office, &page.viewer).await?;
    let source = actions::usual_source(&office, &page.viewer).await?;
    Ok(new::page(&page, &source, &sources, &[]))
}

async fn upload(State(office): State<Office>, page: Page, parts: Result<Multipart, MultipartRejection>) -> Result<Response, Fault> {
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let (source, taken) = match uploads::receive(&office.config, parts).await {
        Ok(upload) => {
            let source = upload.fields.get("source").cloned().unwrap_or_default();
            (source.clone(), take(&office, &page, &source, upload).await)
        }
        Err(fault) => (String::new(), Err(fault)),
    };
    match taken {
        Ok(id) => Ok(Redirect::to(&url::import(id)).into_response()),
        Err(Fault::Invalid(errors)) => {
            let sources = actions::sources(&office, &page.viewer).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, new::page(&page, &source, &sources, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Makes an import of an upload. Files whose beginning cannot be read are refused at once; all else the check finds.
async fn take(office: &Office, page: &Page, source: &str, upload: uploads::Upload) -> Result<i64, Fault> {
    let files: Vec<_> = upload.files.clone();
    actions::try_read(office, &page.viewer, &files).await?;
    let id = actions::upload(office, &page.viewer, source, files, &Options::default()).await?;
    upload.keep();
    actions::begin(office, &page.viewer, id, Mode::Check).await?;
    Ok(id)
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let import = actions::show(&office, &page.viewer, id).await?;
    view(&office, &page, import, None, &[]).await
}

/// The page of an import, with its form as it opens or as it was posted.
async fn view(office: &Office, page: &Page, import: Import, posted: Option<ReadingForm>, errors: &[FieldError]) -> Result<Markup, Fault> {
    let progress = office.jobs.progress(import.id);
    let failure = office.jobs.failure(import.id);
    let findings = actions::findings(office, &page.viewer, import.id).await?;
    let has_reading = import.state.is_open() && progress.is_none() && page.viewer.may(Right::Import);
    let detection = match has_reading {
        true => Some(actions::detect(office, &page.viewer, &import, &import.options).await),
        false => None,
    };
    let failure = failure.or_else(|| detection.as_ref().and_then(|detection| detection.as_ref().err().cloned()));
    let detection: Option<Arc<Detection>> = detection.and_then(Result::ok);
    let form = posted.unwrap_or_else(|| ReadingForm::of(&import, detection.as_deref()));
    let reading = has_reading.then_some(reading::Reading { import: &import, detection: detection.as_deref(), form: &form, errors });
    let exchange = actions::exchange(office).await?;
    // What was taken back or given up is in no figure at all.
    let counts = import.state.is_open() || import.state == ImportState::Booked;
    let without_rate = import.report.as_ref().filter(|_| counts).map(|report| report.without_rate(&exchange)).unwrap_or_default();
    let shown = show::Shown { import: &import, findings: &findings, progress, failure, reading, without_rate };
    Ok(show::page(page, &shown))
}

async fn prepare(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = ReadingForm::posted(fields);
    let import = actions::show(&office, &page.viewer, id).await?;
    let prepared = match options(&office, &page, &import, &form).await {
        Ok(options) => actions::prepare(&office, &page.viewer, id, &form.source, &options).await,
        Err(fault) => Err(fault),
    };
    match prepared {
        Ok(()) => {
            actions::begin(&office, &page.viewer, id, Mode::Check).await?;
            Ok(Redirect::to(&url::import(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let page = view(&office, &page, import, Some(form), &errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// What a posted form means. Columns chosen by hand can make others be detected differently, so what they come to is compared with the form once more.
async fn options(office: &Office, page: &Page, import: &Import, form: &ReadingForm) -> Result<Options, Fault> {
    let mut options = form.parse().map_err(Fault::Invalid)?;
    let table = |options: &Options| (options.encoding, options.delimiter, options.sheet.clone(), options.header_row);
    let is_other_table = table(&options) != table(&import.options);
    if is_other_table || form.roles.is_empty() {
        // The form's columns are those of another table; the new one's are detected.
        return Ok(options);
    }
    for _ in 0..2 {
        let read = Options { columns: options.columns.clone(), ..import.options.clone() };
        let Ok(detection) = actions::detect(office, &page.viewer, import, &read).await else { break };
        let columns: BTreeMap<_, _> = form.columns(&detection).map_err(|error| Fault::Invalid(vec![error]))?;
        options.columns.extend(columns);
    }
    Ok(options)
}

async fn check(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::begin(&office, &page.viewer, id, Mode::Check).await?;
    Ok(Redirect::to(&url::import(id)))
}

async fn book(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::begin(&office, &page.viewer, id, Mode::Book).await?;
    Ok(Redirect::to(&url::import(id)))
}

async fn cancel(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::cancel(&office, &page.viewer, id).await?;
    Ok(Redirect::to(&url::import(id)))
}

async fn discard(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::discard(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().ledger_discard_done(id.to_string()))).await?;
    Ok(Redirect::to(url::IMPORTS))
}

async fn undo(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::undo(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().ledger_undo_done(id.to_string()))).await?;
    Ok(Redirect::to(&url::import(id)))
}
