//! Pages of interactions: the list, one of them, the form, mails, files, and timelines.

mod form;
mod index;
mod mail;
mod show;
mod timeline;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, on};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

pub use self::timeline::{contacts_region, steps_list};

use super::{actions, attachments};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    let (see, log) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::LogInteractions));
    // Uploads are counted as they come, so the limit of forms is not theirs.
    let mail = on(MethodFilter::POST, mail::read).layer(DefaultBodyLimit::disable());
    let files = on(MethodFilter::POST, attach).layer(DefaultBodyLimit::disable());
    Routes::new()
        .get(see, "/interactions", index::list)
        .get(Guard::Needs(Right::Export), "/interactions.csv", index::csv)
        .get(log, "/interactions/new", form::new)
        .post(log, "/interactions", form::create)
        .get(log, "/interactions/mail", mail::open)
        .add(Method::POST, log, "/interactions/mail", mail)
        .get(see, "/interactions/{id}", show::show)
        .get(log, "/interactions/{id}/edit", form::edit)
        .post(log, "/interactions/{id}", form::change)
        .post(log, "/interactions/{id}/archive", archive)
        .post(log, "/interactions/{id}/restore", restore)
        .post(log, "/interactions/{id}/step", step)
        .add(Method::POST, log, "/interactions/{id}/files", files)
        .get(see, "/attachments/{id}", download)
        .post(log, "/attachments/{id}/archive", remove_file)
        .get(see, "/accounts/{id}/timeline", timeline::of_account)
        .get(see, "/people/{id}/timeline", timeline::of_person)
}

/// One interaction.
pub fn address(id: i64) -> String {
    format!("/interactions/{id}")
}

/// A new interaction with an account, prefilled; where it leads when it is saved.
pub fn new_address(account_id: i64, kind: &str, next: &str) -> String {
    url::with_query("/interactions/new", &[("account", account_id.to_string().as_str()), ("kind", kind), ("next", next)])
}

/// The timeline of an account.
pub fn timeline_address(account_id: i64) -> String {
    format!("/accounts/{account_id}/timeline")
}

async fn archive(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    set_archived(&office, &page, id, true).await
}

async fn restore(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    set_archived(&office, &page, id, false).await
}

async fn set_archived(office: &Office, page: &Page, id: i64, archived: bool) -> Result<Redirect, Fault> {
    actions::set_archived(office, &page.viewer, id, archived).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&address(id)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    done: String,
    next: String,
}

async fn step(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<StepForm>) -> Result<Redirect, Fault> {
    actions::set_step_done(&office, &page.viewer, id, form.done == "yes").await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&next(&form.next).unwrap_or_else(|| address(id))))
}

/// Where a form leads, if it is a path of this house.
fn next(path: &str) -> Option<String> {
    Some(path.to_owned()).filter(|path| !path.is_empty() && url::is_own_path(path))
}

async fn attach(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let attached = match attachments::receive(parts).await {
        Ok(upload) => attachments::attach(&office, &page.viewer, id, upload.files).await,
        Err(fault) => Err(fault),
    };
    match attached {
        Ok(_) => {
            page.flash(Flash::done(page.t().interactions_files_added())).await?;
            Ok(Redirect::to(&address(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show::page(&office, &page, id, &errors).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn download(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    let (attachment, bytes) = attachments::open(&office, &page.viewer, id).await?;
    Ok(attachments::response(&attachment, bytes))
}

async fn remove_file(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    let interaction_id = attachments::archive(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&address(interaction_id)))
}

/// The name of a kind.
pub fn kind_name(t: &Texts, kind: kontor_domain::interaction::Kind) -> String {
    t.by_key(&format!("interactions-kind-{}", kind.name())).unwrap_or_else(|| kind.name().to_owned())
}

/// A mark for what not everybody reads.
fn confidentiality_badge(t: &Texts, confidentiality: kontor_domain::interaction::Confidentiality) -> Markup {
    use kontor_domain::interaction::Confidentiality;
    html! {
        @match confidentiality {
            Confidentiality::Private => span.badge.badge--warn { (t.interactions_badge_private()) },
            Confidentiality::Team => span.badge { (t.interactions_badge_team()) },
            Confidentiality::All => {}
        }
    }
}
