//! The master data of an account: fields, addresses, numbers, tags, custom fields.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::{Field, Key};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::values::{address_kind, keys, label, shown};
use super::{Part, frame, name};
use crate::accounts::actions::{self, Sheet};
use crate::accounts::forms::NumberForm;
use crate::accounts::store::Number;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{
    Field as FormField, Input, badge, error_summary_within, facts, link_button, post_button, post_fields, section,
};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

const EDIT: Guard = Guard::Needs(Right::EditAccounts);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeFigures), "/accounts/{id}/master", show)
        .post(EDIT, "/accounts/{id}/archive", archive)
        .post(EDIT, "/accounts/{id}/bring-back", bring_back)
        .post(EDIT, "/accounts/{id}/give-back", give_back)
        .post(EDIT, "/accounts/{id}/numbers", add_number)
        .post(EDIT, "/accounts/{id}/numbers/remove", remove_number)
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    Ok(show_page(&page, &sheet, &NumberForm::default(), &[]))
}

async fn archive(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::archive(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().accounts_archived_done())).await?;
    Ok(Redirect::to(&Part::Master.path(id)))
}

async fn bring_back(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::bring_back(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().accounts_brought_back())).await?;
    Ok(Redirect::to(&Part::Master.path(id)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FieldForm {
    field: String,
}

async fn give_back(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<FieldForm>) -> Result<Redirect, Fault> {
    let field: Field = form.field.parse().map_err(|_| Fault::NotFound)?;
    actions::give_back(&office, &page.viewer, id, field).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&Part::Master.path(id)))
}

async fn add_number(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<NumberForm>,
) -> Result<Response, Fault> {
    let added = match form.parse() {
        Ok(number) => actions::add_number(&office, &page.viewer, id, &number).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&Part::Master.path(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let sheet = actions::show(&office, &page.viewer, id).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, show_page(&page, &sheet, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn remove_number(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<NumberForm>,
) -> Result<Redirect, Fault> {
    let number = form.parse().map_err(Fault::Invalid)?;
    actions::remove_number(&office, &page.viewer, id, &number).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&Part::Master.path(id)))
}

fn show_page(page: &Page, sheet: &Sheet, number: &NumberForm, errors: &[FieldError]) -> Markup {
    let (t, account) = (page.t(), sheet.account.as_ref());
    let may_edit = page.viewer.may(Right::EditAccounts);
    let below = |path: &str| format!("{}/{path}", url::account(account.id));
    let actions = html! {
        @if may_edit {
            (link_button(&below("edit"), &t.accounts_edit(), true))
            @if account.is_archived() { (post_button(&below("bring-back"), &t.accounts_bring_back(), "button", None)) }
            @else { (post_button(&below("archive"), &t.accounts_archive(), "button", Some(&t.accounts_archive_sure()))) }
        }
        (link_button(&below("history"), &t.accounts_history(), false))
    };
    let main = html! {
        (frame(page, account, Part::Master, actions))
        div.columns {
            (section(7, &t.accounts_fields_title(), "", fields_region(page, sheet, may_edit)))
            div.c-5.column {
                (section(12, &t.accounts_addresses(), address_link(page, account.id, may_edit), addresses_region(page, sheet, may_edit)))
                (section(12, &t.accounts_numbers(), "", numbers_region(page, sheet, number, errors, may_edit)))
            }
        }
    };
    page.render(name(account), main)
}

fn fields_region(page: &Page, sheet: &Sheet, may_edit: bool) -> Markup {
    let (t, account) = (page.t(), sheet.account.as_ref());
    let record = account.record();
    let fact = |key: Key| {
        let value = record.value(&key);
        let shown = html! {
            @match (&key, &value) {
                (_, None) => span.quiet { "–" },
                (Key::Tags, Some(_)) => @for tag in record.tags.iter() { (badge(tag)) " " },
                (Key::Master(Field::Website), Some(website)) => a href=(website) rel="noopener noreferrer" { (website.trim_start_matches("https://")) },
                (key, Some(value)) => (shown(t, key, value, &sheet.fields)),
            }
            @if may_edit {
                " " a.edit href={ (url::account(account.id)) "/field/" (key) } title=(t.accounts_change()) aria-label=(t.accounts_change_field(label(t, &key, &sheet.fields))) { "✎" }
            }
            @if let Key::Master(field) = key { (hand_set(page, sheet, field, may_edit)) }
        };
        (label(t, &key, &sheet.fields), shown)
    };
    facts(&keys(&sheet.fields).into_iter().map(fact).collect::<Vec<_>>())
}

/// That a field was set by hand, what the ERP says instead, and the way to take it again.
fn hand_set(page: &Page, sheet: &Sheet, field: Field, may_edit: bool) -> Markup {
    let (t, account) = (page.t(), sheet.account.as_ref());
    let erp = sheet.erp();
    let says = erp.of(field);
    let is_hand_set = account.more.hand_set.contains(&field) && !account.numbers.is_empty();
    html! {
        @if is_hand_set {
            div.aside {
                @match says {
                    Some(says) => (t.accounts_hand_set_against(says)),
                    None => (t.accounts_hand_set()),
                }
                @if may_edit {
                    " " (post_fields(&format!("{}/give-back", url::account(account.id)), &[("field", field.name())], &t.accounts_give_back(), "button button--link", None))
                }
            }
        }
    }
}

fn address_link(page: &Page, id: i64, may_edit: bool) -> Markup {
    html! { @if may_edit { a href={ (url::account(id)) "/addresses/new" } { (page.t().accounts_address_add()) } } }
}

fn addresses_region(page: &Page, sheet: &Sheet, may_edit: bool) -> Markup {
    let (t, master) = (page.t(), &sheet.account.master);
    let place = [&master.postal_code, &master.city].map(|part| part.as_deref().unwrap_or_default()).join(" ");
    let seat: Vec<String> = [master.street.clone(), Some(place.trim().to_owned()), master.country.clone()]
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty())
        .collect();
    let lines = |lines: &[String]| html! { @for (place, line) in lines.iter().enumerate() { @if place > 0 { br; } (line) } };
    let mut shown = vec![(
        t.accounts_seat(),
        if seat.is_empty() {
            html! { span.quiet { "–" } }
        } else {
            lines(&seat)
        },
    )];
    shown.extend(sheet.addresses.iter().map(|stored| {
        let address = html! {
            (lines(&stored.address.lines()))
            @if may_edit {
                " " a.edit href={ (url::account(sheet.account.id)) "/addresses/" (stored.id) } title=(t.accounts_change()) aria-label=(t.accounts_change_field(address_kind(t, stored.address.kind))) { "✎" }
            }
        };
        (address_kind(t, stored.address.kind), address)
    }));
    facts(&shown)
}

fn numbers_region(page: &Page, sheet: &Sheet, form: &NumberForm, errors: &[FieldError], may_edit: bool) -> Markup {
    let t = page.t();
    let path = format!("{}/numbers", url::account(sheet.account.id));
    html! {
        div.stack {
            @if sheet.said.is_empty() { p.quiet { (t.accounts_numbers_none()) } }
            @else { (facts(&sheet.said.iter().map(|(number, says)| number_fact(page, number, says.name.is_some(), &path, may_edit)).collect::<Vec<_>>())) }
            @if may_edit {
                details open[!errors.is_empty()] {
                    summary { (t.accounts_number_add()) }
                    (error_summary_within(t, "number", errors))
                    form.form method="post" action=(path) {
                        (FormField::new("source", t.accounts_number_source(), Input::Text("text")).within("number").value(&form.source).hint(t.accounts_number_hint()).required().errors(errors).show(t))
                        (FormField::new("number", t.accounts_number(), Input::Text("text")).within("number").value(&form.number).required().errors(errors).show(t))
                        div.actions { button.button { (t.web_save()) } }
                    }
                }
            }
        }
    }
}

fn number_fact(page: &Page, number: &Number, is_imported: bool, path: &str, may_edit: bool) -> (String, Markup) {
    let t = page.t();
    let value = html! {
        (number.number)
        @if !is_imported {
            " " span.quiet { (t.accounts_number_by_hand()) }
            @if may_edit {
                " " (post_fields(&format!("{path}/remove"), &[("source", &number.source), ("number", &number.number)], &t.accounts_remove(), "button button--link", None))
            }
        }
    };
    (number.source.clone(), value)
}
