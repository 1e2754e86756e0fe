//! Pages of people: one person, and the forms to add and change them.

mod edit;
mod history;
mod job;
mod show;

pub(super) use edit::origin_fields;
pub use show::{channel_link, days, tongues};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use maud::Markup;
use serde::Deserialize;

use super::actions;
use super::forms::{NewPerson, PersonForm, RoleForm, field, parse_origin};
use super::store::Role;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The fields of a posted form, as some of them occur several times.
type Fields = Form<Vec<(String, String)>>;

/// The routes.
pub fn routes() -> Routes {
    let (see, edit) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::EditPeople));
    Routes::new()
        .get(edit, "/people/new", new)
        .post(edit, "/people", add)
        .get(see, "/people/{id}", show)
        .get(edit, "/people/{id}/edit", edit_form)
        .post(edit, "/people/{id}", change)
        .post(edit, "/people/{id}/archive", archive)
        .post(edit, "/people/{id}/unarchive", unarchive)
        .get(edit, "/people/{id}/employments/new", new_employment)
        .post(edit, "/people/{id}/employments", add_employment)
        .get(edit, "/people/{id}/employments/{employment}", employment_form)
        .post(edit, "/people/{id}/employments/{employment}", change_employment)
        .get(edit, "/people/{id}/job", job::form)
        .post(edit, "/people/{id}/job", job::change)
        .merge(history::routes())
        .merge(super::notes::pages::routes())
        .merge(super::contacts::pages::routes())
}

/// For which account a new person is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    account: Option<i64>,
}

async fn new(State(office): State<Office>, page: Page, Query(query): Query<NewQuery>) -> Result<Markup, Fault> {
    let mut role = RoleForm::default();
    if let Some(id) = query.account {
        let account = actions::account_seen(&office, &page.viewer, id).await?.ok_or(Fault::NotFound)?;
        role.company = actions::account_text(&office, &page.viewer, &account).await?;
        role.place = "account".to_owned();
    }
    let form = PersonForm { basis: "f".into(), ..PersonForm::default() };
    let superiors = actions::superiors(&office, &page.viewer, query.account, None).await?;
    Ok(edit::new_page(&page, &form, &role, &superiors, &[]))
}

async fn add(State(office): State<Office>, page: Page, Form(fields): Fields) -> Result<Response, Fault> {
    let (form, role) = (PersonForm::posted(&fields), RoleForm::posted(&fields));
    let added = match parse_new(&office, &page, &form, &role).await {
        Ok(new) => actions::add(&office, &page.viewer, &new).await,
        Err(fault) => Err(fault),
    };
    match added {
        Ok(id) => {
            page.flash(Flash::done(page.t().people_added())).await?;
            Ok(Redirect::to(&url::person(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let account = actions::place(&office, &page.viewer, &role).await.ok().and_then(|role| role.account_id);
            let superiors = actions::superiors(&office, &page.viewer, account, None).await?;
            Ok(unprocessable(edit::new_page(&page, &form, &role, &superiors, &errors)))
        }
        Err(fault) => Err(fault),
    }
}

/// All errors of both halves of the form at once.
async fn parse_new(office: &Office, page: &Page, form: &PersonForm, role: &RoleForm) -> Result<NewPerson, Fault> {
    let mut errors = Vec::new();
    let input = form.parse(page.locale()).map_err(|mut wrong| errors.append(&mut wrong)).ok();
    let mut read = role.read(page.locale(), &mut errors).role;
    if role.company.trim().is_empty() && read == Role::default() {
        return input.map(|input| NewPerson { input, role: None }).ok_or(Fault::Invalid(errors));
    }
    match actions::place(office, &page.viewer, role).await {
        Ok(place) => (read.account_id, read.company) = (place.account_id, place.company),
        Err(Fault::Invalid(mut wrong)) => errors.append(&mut wrong),
        Err(fault) => return Err(fault),
    }
    match input {
        Some(input) if errors.is_empty() => Ok(NewPerson { input, role: Some(read) }),
        _ => Err(Fault::Invalid(errors)),
    }
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    let shown = match actions::show(&office, &page.viewer, id).await {
        // Whoever kept the address of a person who turned out to be another is led on.
        Err(Fault::NotFound) => {
            let successor = super::merging::became(office.db.read(), &page.viewer, id).await?.ok_or(Fault::NotFound)?;
            return Ok(Redirect::to(&url::person(successor.id)).into_response());
        }
        shown => shown?,
    };
    let notes = super::notes::actions::overview(&office, &page.viewer, id).await?;
    Ok(page.render(&shown.person.data.full_name(), show::page(&page, &shown, &notes, office.today())).into_response())
}

async fn edit_form(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let form = PersonForm::of(&shown.person, &shown.channels, page.locale());
    Ok(edit::edit_page(&page, &shown.person, &form, &[]))
}

async fn change(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(fields): Fields) -> Result<Response, Fault> {
    let person = actions::person(&office, &page.viewer, id).await?;
    let form = PersonForm::posted(&fields);
    let changed = match form.parse(page.locale()) {
        Ok(input) => actions::change(&office, &page.viewer, id, &input).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    done(&page, id, changed, |errors| edit::edit_page(&page, &person, &form, errors)).await
}

async fn archive(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(fields): Fields) -> Result<Redirect, Fault> {
    actions::archive(&office, &page.viewer, id, &field(&fields, "reason")).await?;
    page.flash(Flash::done(page.t().people_archived_done())).await?;
    Ok(Redirect::to(&url::person(id)))
}

async fn unarchive(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::unarchive(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().people_unarchived_done())).await?;
    Ok(Redirect::to(&url::person(id)))
}

async fn new_employment(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let person = actions::person(&office, &page.viewer, id).await?;
    let form = RoleForm { place: "account".into(), ..RoleForm::default() };
    Ok(edit::new_employment_page(&page, &person, &form, &[]))
}

async fn add_employment(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(fields): Fields) -> Result<Response, Fault> {
    let person = actions::person(&office, &page.viewer, id).await?;
    let form = RoleForm::posted(&fields);
    let mut errors = Vec::new();
    let mut input = form.read(page.locale(), &mut errors);
    let origin = parse_origin(&field(&fields, "source"), &field(&fields, "basis"), &mut errors);
    match actions::place(&office, &page.viewer, &form).await {
        Ok(place) => (input.role.account_id, input.role.company) = (place.account_id, place.company),
        Err(Fault::Invalid(mut wrong)) => errors.append(&mut wrong),
        Err(fault) => return Err(fault),
    }
    let added = match errors.is_empty() {
        true => actions::add_employment(&office, &page.viewer, id, &input, &origin).await.map(|_| ()),
        false => Err(Fault::Invalid(errors)),
    };
    done(&page, id, added, |errors| edit::new_employment_page(&page, &person, &form, errors)).await
}

async fn employment_form(State(office): State<Office>, page: Page, Path((id, employment)): Path<(i64, i64)>) -> Result<Markup, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let found = shown.employments.iter().find(|known| known.id == employment).ok_or(Fault::NotFound)?;
    let form = RoleForm::of(&found.role, &shown.company(&found.role), found.is_primary, page.locale());
    let superiors = actions::superiors(&office, &page.viewer, found.role.account_id, Some(id)).await?;
    Ok(edit::employment_page(&page, &shown, found, &form, &superiors, &[]))
}

async fn change_employment(
    State(office): State<Office>,
    page: Page,
    Path((id, employment)): Path<(i64, i64)>,
    Form(fields): Fields,
) -> Result<Response, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let found = shown.employments.iter().find(|known| known.id == employment).ok_or(Fault::NotFound)?;
    let form = RoleForm::posted(&fields);
    let changed = match form.parse(page.locale()) {
        Ok(input) => actions::change_employment(&office, &page.viewer, id, employment, &input).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    let superiors = actions::superiors(&office, &page.viewer, found.role.account_id, Some(id)).await?;
    done(&page, id, changed, |errors| edit::employment_page(&page, &shown, found, &form, &superiors, errors)).await
}

/// Back to the person, or the form again with what is wrong.
async fn done(page: &Page, id: i64, result: Result<(), Fault>, again: impl FnOnce(&[FieldError]) -> Markup) -> Result<Response, Fault> {
    match result {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&url::person(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok(unprocessable(again(&errors))),
        Err(fault) => Err(fault),
    }
}

fn unprocessable(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
