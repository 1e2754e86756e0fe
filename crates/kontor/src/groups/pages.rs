//! Forms about the edges of corporate groups, and the regions that the page of a group is made of.

mod edges;
mod forms;
mod import;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, on};
use kontor_domain::group::{Edge, Share};
use kontor_domain::rights::Right;
use maud::Markup;
use serde::Deserialize;

pub use edges::edges_region;

use super::actions;
use super::forms::{EdgeForm, parse_day};
use crate::accounts::directory::{self, Directory};
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::context::{Form, Page, Path};
use crate::web::format::Locale;
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes. The page of a group itself holds figures and is the dossier's.
pub fn routes() -> Routes {
    let edit = Guard::Needs(Right::EditAccounts);
    Routes::new()
        .get(edit, "/accounts/{id}/group/new", new)
        .post(edit, "/accounts/{id}/group/new", add)
        .get(edit, "/accounts/{id}/group/edges/{edge}", show)
        .post(edit, "/accounts/{id}/group/edges/{edge}", change)
        .post(edit, "/accounts/{id}/group/edges/{edge}/end", end)
        .post(edit, "/accounts/{id}/group/edges/{edge}/withdraw", withdraw)
        .get(edit, url::IMPORT_GROUPS, import::begin)
        .add(
            Method::POST,
            edit,
            "/groups/import/preview",
            on(MethodFilter::POST, import::preview).layer(DefaultBodyLimit::max(import::BYTES_MAX)),
        )
        .add(Method::POST, edit, url::IMPORT_GROUPS, on(MethodFilter::POST, import::run).layer(DefaultBodyLimit::max(import::BYTES_MAX)))
}

/// One account this viewer may see.
pub fn account<'a>(directory: &'a Directory, page: &Page, id: i64) -> Result<&'a Account, Fault> {
    let place = directory.place_of(id).filter(|_| page.viewer.sight.sees(id)).ok_or(Fault::NotFound)?;
    Ok(&directory.accounts()[place])
}

/// The name of an account of the directory.
pub fn name_of(directory: &Directory, id: i64) -> &str {
    directory.place_of(id).map_or("–", |place| name(&directory.accounts()[place]))
}

/// A share as text: `33,34 %`.
pub fn share_text(locale: Locale, share: Share) -> String {
    let digits = super::forms::share_digits(locale, share);
    let decimals = digits.split(['.', ',']).nth(1).map_or(0, str::len);
    locale.percent(share.part(), decimals)
}

async fn new(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let directory = directory::current(&office, &page.viewer).await?;
    let form = EdgeForm { relation: "subsidiary".to_owned(), ..EdgeForm::default() };
    Ok(forms::new_page(&page, account(&directory, &page, id)?, &form, &[]))
}

async fn add(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<EdgeForm>) -> Result<Response, Fault> {
    let directory = directory::current(&office, &page.viewer).await?;
    let account = account(&directory, &page, id)?;
    let added = match form.parse(id, &directory, page.locale(), |other| page.viewer.sight.sees(other)) {
        Ok(edge) => actions::add(&office, &page.viewer, edge.parent, edge.child, edge.terms).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(_) => done(&page, id, page.t().groups_added()).await,
        Err(Fault::Invalid(errors)) => Ok(wrong(forms::new_page(&page, account, &form, &errors))),
        Err(fault) => Err(fault),
    }
}

async fn show(State(office): State<Office>, page: Page, Path((id, edge)): Path<(i64, i64)>) -> Result<Markup, Fault> {
    let (directory, edge) = edge_of(&office, &page, id, edge).await?;
    let form = EdgeForm::of(&edge, id, page.locale());
    Ok(forms::edit_page(&page, &directory, id, &edge, &forms::Typed { form, last: page.locale().date(office.today()), errors: &[] }))
}

async fn change(
    State(office): State<Office>,
    page: Page,
    Path((id, edge)): Path<(i64, i64)>,
    Form(form): Form<EdgeForm>,
) -> Result<Response, Fault> {
    let (directory, edge) = edge_of(&office, &page, id, edge).await?;
    let changed = match form.parse_terms(page.locale()) {
        Ok(terms) => actions::change(&office, &page.viewer, edge.id, terms).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => done(&page, id, page.t().web_saved()).await,
        Err(Fault::Invalid(errors)) => {
            let typed = forms::Typed { form, last: page.locale().date(office.today()), errors: &errors };
            Ok(wrong(forms::edit_page(&page, &directory, id, &edge, &typed)))
        }
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize)]
struct EndForm {
    #[serde(default)]
    last: String,
}

async fn end(
    State(office): State<Office>,
    page: Page,
    Path((id, edge)): Path<(i64, i64)>,
    Form(posted): Form<EndForm>,
) -> Result<Response, Fault> {
    let (directory, edge) = edge_of(&office, &page, id, edge).await?;
    let missing = || Fault::Invalid(vec![FieldError::day("last")]);
    let ended = match parse_day("last", &posted.last, page.locale()) {
        Ok(Some(last)) => actions::end(&office, &page.viewer, edge.id, last).await,
        Ok(None) => Err(missing()),
        Err(error) => Err(Fault::Invalid(vec![error])),
    };
    match ended {
        Ok(()) => done(&page, id, page.t().groups_ended()).await,
        Err(Fault::Invalid(errors)) => {
            // What is wrong with the end of an edge stands at the field in which it was typed here.
            let errors: Vec<FieldError> = errors.into_iter().map(|error| FieldError::new("last", move |t| error.page_message(t))).collect();
            let typed = forms::Typed { form: EdgeForm::of(&edge, id, page.locale()), last: posted.last, errors: &errors };
            Ok(wrong(forms::edit_page(&page, &directory, id, &edge, &typed)))
        }
        Err(fault) => Err(fault),
    }
}

async fn withdraw(State(office): State<Office>, page: Page, Path((id, edge)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let (_, edge) = edge_of(&office, &page, id, edge).await?;
    actions::withdraw(&office, &page.viewer, edge.id).await?;
    done(&page, id, page.t().groups_withdrawn()).await
}

/// An edge that one of its ends leads to.
async fn edge_of(office: &Office, page: &Page, account_id: i64, edge_id: i64) -> Result<(std::sync::Arc<Directory>, Edge), Fault> {
    let directory = directory::current(office, &page.viewer).await?;
    account(&directory, page, account_id)?;
    let edge = actions::show(office, &page.viewer, edge_id).await?;
    if edge.parent == account_id || edge.child == account_id { Ok((directory, edge)) } else { Err(Fault::NotFound) }
}

async fn done(page: &Page, account_id: i64, message: String) -> Result<Response, Fault> {
    page.flash(Flash::done(message)).await?;
    Ok(Redirect::to(&url::group(account_id)).into_response())
}

fn wrong(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
