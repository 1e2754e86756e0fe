//! Forms: a new account, all fields of an account, one field.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::custom::CustomField;
use kontor_domain::account::{Field, Key};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::values::{form_of, input, keys, label};
use super::{Part, name};
use crate::accounts::forms::{self, Typed};
use crate::accounts::store::Account;
use crate::accounts::{actions, fields};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{button, error_summary, headline, section};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

const EDIT: Guard = Guard::Needs(Right::EditAccounts);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(EDIT, url::NEW_ACCOUNT, new)
        .post(EDIT, url::NEW_ACCOUNT, add)
        .get(EDIT, "/accounts/{id}/edit", edit)
        .post(EDIT, "/accounts/{id}/edit", change)
        .get(EDIT, "/accounts/{id}/field/{field}", field)
        .post(EDIT, "/accounts/{id}/field/{field}", change_field)
}

async fn new(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    let form = Typed::from([("lifecycle".to_owned(), "prospect".to_owned())]);
    Ok(new_page(&page, &form, &fields, &[]))
}

async fn add(State(office): State<Office>, page: Page, Form(form): Form<Typed>) -> Result<Response, Fault> {
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    match actions::add(&office, &page.viewer, forms::parse(&form, &fields, page.locale())).await {
        Ok(id) => {
            page.flash(Flash::done(page.t().accounts_added())).await?;
            Ok(Redirect::to(&Part::Master.path(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, new_page(&page, &form, &fields, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

async fn edit(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    let form = form_of(&sheet.account, &sheet.fields, page.locale());
    Ok(edit_page(&page, &sheet.account, &form, &sheet.fields, &[]))
}

async fn change(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<Typed>) -> Result<Response, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    let values = forms::parse(&form, &sheet.fields, page.locale());
    match actions::change(&office, &page.viewer, id, &values).await {
        Ok(changes) => {
            let done = if changes.is_empty() { page.t().accounts_unchanged() } else { page.t().web_saved() };
            page.flash(Flash::done(done)).await?;
            Ok(Redirect::to(&Part::Master.path(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let body = edit_page(&page, &sheet.account, &form, &sheet.fields, &errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Where to go after one field was changed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NextQuery {
    next: String,
}

impl NextQuery {
    fn path(&self, id: i64) -> String {
        if url::is_own_path(&self.next) { self.next.clone() } else { Part::Master.path(id) }
    }
}

async fn field(
    State(office): State<Office>,
    page: Page,
    Path((id, field)): Path<(i64, String)>,
    Query(next): Query<NextQuery>,
) -> Result<Markup, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    let key = known(&field, &sheet.fields)?;
    let form = form_of(&sheet.account, &sheet.fields, page.locale());
    Ok(field_page(&page, &sheet.account, &key, &form, &sheet.fields, &next, &[]))
}

async fn change_field(
    State(office): State<Office>,
    page: Page,
    Path((id, field)): Path<(i64, String)>,
    Query(next): Query<NextQuery>,
    Form(form): Form<Typed>,
) -> Result<Response, Fault> {
    let sheet = actions::show(&office, &page.viewer, id).await?;
    let key = known(&field, &sheet.fields)?;
    let typed = form.get(&field).map(String::as_str).unwrap_or_default();
    let value = forms::stored(key.clone(), typed, &sheet.fields, page.locale());
    match actions::change(&office, &page.viewer, id, &[value]).await {
        Ok(_) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&next.path(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let body = field_page(&page, &sheet.account, &key, &form, &sheet.fields, &next, &errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn known(field: &str, fields: &[CustomField]) -> Result<Key, Fault> {
    let key: Key = field.parse().map_err(|_| Fault::NotFound)?;
    match &key {
        Key::Custom(custom) if !fields.iter().any(|field| field.key == *custom) => Err(Fault::NotFound),
        _ => Ok(key),
    }
}

fn new_page(page: &Page, form: &Typed, fields: &[CustomField], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts())], t.accounts_new_title(), t.accounts_new_sub(), ""))
        (whole_form(page, url::NEW_ACCOUNT, url::ACCOUNTS, form, fields, errors))
    };
    page.render(&t.accounts_new_title(), main)
}

fn edit_page(page: &Page, account: &Account, form: &Typed, fields: &[CustomField], errors: &[FieldError]) -> Markup {
    let (t, path) = (page.t(), Part::Master.path(account.id));
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&path, name(account))], t.accounts_edit_title(), t.accounts_edit_sub(), ""))
        (whole_form(page, &format!("{}/edit", url::account(account.id)), &path, form, fields, errors))
    };
    page.render(&t.accounts_edit_of(name(account)), main)
}

fn whole_form(page: &Page, action: &str, back: &str, form: &Typed, fields: &[CustomField], errors: &[FieldError]) -> Markup {
    use Field::{City, Country, Employees, Industry, Language, LegalForm, Lei, Lifecycle, Name, PostalCode, Street, VatId, Website};
    let t = page.t();
    let inputs = |wanted: &[Field]| html! { @for &field in wanted { (input(t, &Key::Master(field), form, fields, errors)) } };
    let custom = |key: &Key| matches!(key, Key::Custom(_));
    html! {
        (error_summary(t, errors))
        form.form.form--wide method="post" action=(action) {
            div.columns {
                (section(6, &t.accounts_company(), "", html! { div.form {
                    (inputs(&[Name, LegalForm, Lifecycle, Industry, Employees, Website, Language]))
                    (input(t, &Key::Tags, form, fields, errors))
                } }))
                (section(6, &t.accounts_seat(), "", html! { div.form {
                    (inputs(&[Street, PostalCode, City, Country, VatId, Lei]))
                    @for key in keys(fields).iter().filter(|key| custom(key)) { (input(t, key, form, fields, errors)) }
                } }))
            }
            div.actions { (button(&t.web_save())) a.button href=(back) { (t.web_cancel()) } }
        }
    }
}

fn field_page(
    page: &Page,
    account: &Account,
    key: &Key,
    form: &Typed,
    fields: &[CustomField],
    next: &NextQuery,
    errors: &[FieldError],
) -> Markup {
    let (t, path) = (page.t(), Part::Master.path(account.id));
    let title = label(t, key, fields);
    let action = url::with_query(&format!("{}/field/{key}", url::account(account.id)), &[("next", &next.next)]);
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&path, name(account))], &title, "", ""))
        form.form #field-form method="post" action=(action) {
            (input(t, key, form, fields, errors))
            div.actions { (button(&t.web_save())) a.button href=(next.path(account.id)) { (t.web_cancel()) } }
        }
    };
    page.render(&title, main)
}
