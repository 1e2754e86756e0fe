//! Pages of custom fields.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::custom::CustomKind;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use strum::VariantArray;

use super::actions;
use super::forms::FieldForm;
use super::store::StoredField;
use crate::accounts::pages::values::custom_kind;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{Field, Input, badge, button, error_summary, headline, post_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeSettings), "/settings/fields", index)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/fields", add)
        .get(Guard::Needs(Right::ChangeSettings), "/settings/fields/{id}", edit)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/fields/{id}", change)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/fields/{id}/archive", archive)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/fields/{id}/bring-back", bring_back)
}

async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let fields = actions::list(&office, &page.viewer).await?;
    Ok(index_page(&page, &fields, &FieldForm { kind: CustomKind::Text.name().to_owned(), ..FieldForm::default() }, &[]))
}

async fn add(State(office): State<Office>, page: Page, Form(form): Form<FieldForm>) -> Result<Response, Fault> {
    let added = match form.parse() {
        Ok(field) => actions::add(&office, &page.viewer, field).await.map(drop),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(()) => saved(&page).await,
        Err(Fault::Invalid(errors)) => {
            let fields = actions::list(&office, &page.viewer).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, index_page(&page, &fields, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn edit(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let stored = actions::show(&office, &page.viewer, id).await?;
    Ok(edit_page(&page, &stored, &FieldForm::of(&stored.field), &[]))
}

async fn change(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<FieldForm>) -> Result<Response, Fault> {
    let stored = actions::show(&office, &page.viewer, id).await?;
    let form = FieldForm { kind: stored.field.kind.name().to_owned(), ..form };
    let changed = match form.parse() {
        Ok(field) => actions::change(&office, &page.viewer, id, field).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => saved(&page).await,
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, edit_page(&page, &stored, &form, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

async fn archive(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    actions::archive(&office, &page.viewer, id).await?;
    saved(&page).await
}

async fn bring_back(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    actions::bring_back(&office, &page.viewer, id).await?;
    saved(&page).await
}

async fn saved(page: &Page) -> Result<Response, Fault> {
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(url::FIELDS).into_response())
}

fn index_page(page: &Page, fields: &[StoredField], form: &FieldForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::SETTINGS, &t.settings_title())], t.accounts_fields(), t.accounts_fields_sub(), ""))
        div.columns {
            (section(7, &t.accounts_fields_present(), "", fields_region(page, fields)))
            @if page.viewer.may(Right::ChangeSettings) {
                (section(5, &t.accounts_field_add(), "", html! { (error_summary(t, errors)) (field_form(page, url::FIELDS, form, true, errors)) }))
            }
        }
    };
    page.render(&t.accounts_fields(), main)
}

fn fields_region(page: &Page, fields: &[StoredField]) -> Markup {
    let t = page.t();
    let may_change = page.viewer.may(Right::ChangeSettings);
    html! {
        @if fields.is_empty() { p.quiet { (t.accounts_fields_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.accounts_field_label()) } th { (t.accounts_field_kind()) } th { (t.accounts_field_key()) } th {} } }
                tbody { @for stored in fields { (field_row(page, stored, may_change)) } }
            } }
        }
    }
}

fn field_row(page: &Page, stored: &StoredField, may_change: bool) -> Markup {
    let (t, path) = (page.t(), format!("{}/{}", url::FIELDS, stored.id));
    let label = stored.field.label(t.language());
    html! {
        tr {
            td {
                @if may_change { a href=(path) { (label) } } @else { (label) }
                @if stored.archived_at.is_some() { " " (badge(&t.accounts_field_hidden())) }
            }
            td { (custom_kind(t, stored.field.kind)) }
            td.quiet data-label=(t.accounts_field_key()) { "custom." (stored.field.key) }
            td.num {
                @if may_change {
                    @if stored.archived_at.is_some() { (post_button(&format!("{path}/bring-back"), &t.accounts_field_bring_back(), "button button--link", None)) }
                    @else { (post_button(&format!("{path}/archive"), &t.accounts_field_archive(), "button button--link", None)) }
                }
            }
        }
    }
}

fn edit_page(page: &Page, stored: &StoredField, form: &FieldForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let label = stored.field.label(t.language());
    let crumbs = [(url::SETTINGS, t.settings_title()), (url::FIELDS, t.accounts_fields())];
    let crumbs: Vec<(&str, &str)> = crumbs.iter().map(|(href, label)| (*href, label.as_str())).collect();
    let main = html! {
        (headline(&crumbs, label, html! { (custom_kind(t, stored.field.kind)) " · custom." (stored.field.key) }, ""))
        (error_summary(t, errors))
        (field_form(page, &format!("{}/{}", url::FIELDS, stored.id), form, false, errors))
    };
    page.render(label, main)
}

fn field_form(page: &Page, action: &str, form: &FieldForm, is_new: bool, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let kinds: Vec<(String, String)> = CustomKind::VARIANTS.iter().map(|&kind| (kind.name().to_owned(), custom_kind(t, kind))).collect();
    let has_choices = is_new || form.kind == CustomKind::Choice.name();
    html! {
        form.form method="post" action=(action) {
            (Field::new("label_de", t.accounts_field_label_de(), Input::Text("text")).value(&form.label_de).required().errors(errors).show(t))
            (Field::new("label_en", t.accounts_field_label_en(), Input::Text("text")).value(&form.label_en).required().errors(errors).show(t))
            @if is_new { (Field::new("kind", t.accounts_field_kind(), Input::Select(&kinds)).value(&form.kind).errors(errors).show(t)) }
            @if has_choices { (Field::new("choices", t.accounts_field_choices(), Input::Area).value(&form.choices).hint(t.accounts_field_choices_hint()).errors(errors).show(t)) }
            div.actions { (button(&t.web_save())) }
        }
    }
}
