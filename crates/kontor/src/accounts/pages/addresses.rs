//! Forms of further addresses.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::AddressKind;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use strum::VariantArray;

use super::values::address_kind;
use super::{Part, name};
use crate::accounts::addresses;
use crate::accounts::forms::AddressForm;
use crate::accounts::store::Account;
use crate::accounts::{actions, directory};
use crate::audit::details::field_name;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, headline, post_button};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

const EDIT: Guard = Guard::Needs(Right::EditAccounts);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(EDIT, "/accounts/{id}/addresses/new", new)
        .post(EDIT, "/accounts/{id}/addresses/new", add)
        .get(EDIT, "/accounts/{id}/addresses/{address}", edit)
        .post(EDIT, "/accounts/{id}/addresses/{address}", change)
        .post(EDIT, "/accounts/{id}/addresses/{address}/remove", remove)
}

async fn new(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let account = directory::account(&office, &page.viewer, id).await?;
    let form = AddressForm { kind: AddressKind::Delivery.name().to_owned(), ..AddressForm::default() };
    Ok(form_page(&page, &account, None, &form, &[]))
}

async fn add(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<AddressForm>) -> Result<Response, Fault> {
    let account = directory::account(&office, &page.viewer, id).await?;
    let added = match form.parse() {
        Ok(address) => addresses::actions::add(&office, &page.viewer, id, &address).await.map(drop),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    answer(&page, &account, None, &form, added).await
}

async fn edit(State(office): State<Office>, page: Page, Path((id, address_id)): Path<(i64, i64)>) -> Result<Markup, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    let stored = sheet.addresses.iter().find(|stored| stored.id == address_id).ok_or(Fault::NotFound)?;
    Ok(form_page(&page, &sheet.account, Some(address_id), &AddressForm::of(&stored.address), &[]))
}

async fn change(
    State(office): State<Office>,
    page: Page,
    Path((id, address_id)): Path<(i64, i64)>,
    Form(form): Form<AddressForm>,
) -> Result<Response, Fault> {
    let account = directory::account(&office, &page.viewer, id).await?;
    let changed = match form.parse() {
        Ok(address) => addresses::actions::change(&office, &page.viewer, id, address_id, &address).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    answer(&page, &account, Some(address_id), &form, changed).await
}

async fn remove(State(office): State<Office>, page: Page, Path((id, address_id)): Path<(i64, i64)>) -> Result<Redirect, Fault> {
    addresses::actions::remove(&office, &page.viewer, id, address_id).await?;
    page.flash(Flash::done(page.t().accounts_address_removed())).await?;
    Ok(Redirect::to(&Part::Master.path(id)))
}

async fn answer(
    page: &Page,
    account: &Account,
    address_id: Option<i64>,
    form: &AddressForm,
    outcome: Result<(), Fault>,
) -> Result<Response, Fault> {
    match outcome {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&Part::Master.path(account.id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(page, account, address_id, form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn form_page(page: &Page, account: &Account, address_id: Option<i64>, form: &AddressForm, errors: &[FieldError]) -> Markup {
    let (t, back) = (page.t(), Part::Master.path(account.id));
    let kinds: Vec<(String, String)> = AddressKind::VARIANTS.iter().map(|&kind| (kind.name().to_owned(), address_kind(t, kind))).collect();
    let title = if address_id.is_some() { t.accounts_address_edit() } else { t.accounts_address_add() };
    let below = address_id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    let path = format!("{}/addresses/{below}", url::account(account.id));
    let line = |name: &'static str, label: String, value: &str| {
        html! { (Field::new(name, label, Input::Text("text")).value(value).errors(errors).show(t)) }
    };
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&back, name(account))], &title, "", ""))
        (error_summary(t, errors))
        form.form method="post" action=(path) {
            (Field::new("kind", t.accounts_address_kind(), Input::Select(&kinds)).value(&form.kind).errors(errors).show(t))
            (line("addressee", t.accounts_addressee(), &form.addressee))
            (line("street", t.accounts_address_street(), &form.street))
            (line("postal_code", field_name(t, "postal_code"), &form.postal_code))
            (Field::new("city", field_name(t, "city"), Input::Text("text")).value(&form.city).required().errors(errors).show(t))
            (line("country", field_name(t, "country"), &form.country))
            div.actions { (button(&t.web_save())) a.button href=(back) { (t.web_cancel()) } }
        }
        @if address_id.is_some() { div.actions { (post_button(&format!("{path}/remove"), &t.accounts_address_remove(), "button button--danger", None)) } }
    };
    page.render(&title, main)
}
