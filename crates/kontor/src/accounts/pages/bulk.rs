//! Changing a selection of accounts: what, to which value, what that would change, done.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::account::custom::CustomField;
use kontor_domain::account::{Field as MasterField, Key};
use kontor_domain::audit::FieldChange;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::name;
use super::values::{input, label, shown};
use crate::accounts::bulk::{self, BulkForm, Preview};
use crate::accounts::forms::{self, Typed};
use crate::accounts::{directory, fields};
use crate::audit::details::field_name;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, headline, notice};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

const EDIT: Guard = Guard::Needs(Right::EditAccounts);
/// How many accounts a preview names; the others are counted.
const NAMED: usize = 200;

pub(super) fn routes() -> Routes {
    Routes::new().get(EDIT, "/accounts/bulk", show).post(EDIT, "/accounts/bulk", change)
}

/// What a selection sends: the accounts, and as far as it is known already, what to change.
type Pairs = Vec<(String, String)>;

struct Selection {
    ids: Vec<i64>,
    form: Typed,
}

impl Selection {
    fn of(pairs: Pairs) -> Selection {
        let (accounts, rest): (Pairs, Pairs) = pairs.into_iter().partition(|(name, _)| name == "account");
        Selection { ids: accounts.iter().filter_map(|(_, id)| id.parse().ok()).collect(), form: rest.into_iter().collect() }
    }

    fn change(&self) -> &str {
        self.form.get("change").map_or("", String::as_str)
    }

    fn next(&self) -> &str {
        let next = self.form.get("next").map_or("", String::as_str);
        if url::is_own_path(next) { next } else { url::ACCOUNTS }
    }

    /// What shall be changed, once the value is known.
    fn wanted(&self, fields: &[CustomField], page: &Page) -> Option<BulkForm> {
        let change = self.change().to_owned();
        if change.is_empty() {
            return None;
        }
        if ["archive", "bring_back"].contains(&change.as_str()) {
            return Some(BulkForm { change, value: String::new() });
        }
        let typed = self.form.get(if is_tag(&change) { "value" } else { change.as_str() })?;
        let value = match change.parse::<Key>() {
            Ok(key) => forms::stored(key, typed, fields, page.locale()).1,
            Err(_) => typed.clone(),
        };
        Some(BulkForm { change, value })
    }
}

fn is_tag(change: &str) -> bool {
    change == "tags_add" || change == "tags_remove"
}

async fn show(State(office): State<Office>, page: Page, Query(pairs): Query<Pairs>) -> Result<Response, Fault> {
    let selection = Selection::of(pairs);
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    if selection.ids.is_empty() {
        page.flash(Flash::warning(page.t().accounts_bulk_none())).await?;
        return Ok(Redirect::to(selection.next()).into_response());
    }
    let directory = directory::current(&office, &page.viewer).await?;
    if !selection.ids.iter().all(|&id| directory.seen(&page.viewer, id).is_some()) {
        return Err(Fault::NotFound);
    }
    let Some(wanted) = selection.wanted(&fields, &page) else {
        return Ok(bulk_page(&page, &selection, &choose_region(&page, &selection, &fields, &[])).into_response());
    };
    let preview = match wanted.parse() {
        Ok(parsed) => bulk::preview(&office, &page.viewer, &selection.ids, &parsed).await,
        Err(fault) => Err(fault),
    };
    match preview {
        Ok(preview) => Ok(bulk_page(&page, &selection, &preview_region(&page, &selection, &preview, &fields)).into_response()),
        Err(Fault::Invalid(errors)) => {
            let body = bulk_page(&page, &selection, &choose_region(&page, &selection, &fields, &at_input(&selection, errors)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The value's errors stand at the field that is changed.
fn at_input(selection: &Selection, errors: Vec<FieldError>) -> Vec<FieldError> {
    let change = selection.change();
    let is_field = !change.is_empty() && !is_tag(change);
    let rename = |error: FieldError| if is_field && error.field == "value" { error.at(change.to_owned()) } else { error };
    errors.into_iter().map(rename).collect()
}

async fn change(State(office): State<Office>, page: Page, Form(pairs): Form<Pairs>) -> Result<Response, Fault> {
    let selection = Selection::of(pairs);
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    let wanted = selection.wanted(&fields, &page).unwrap_or_default();
    let changed = match wanted.parse() {
        Ok(parsed) => bulk::change(&office, &page.viewer, &selection.ids, &parsed).await,
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(preview) => {
            page.flash(Flash::done(page.t().accounts_bulk_done(preview.changed.len()))).await?;
            Ok(Redirect::to(selection.next()).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let body = bulk_page(&page, &selection, &choose_region(&page, &selection, &fields, &at_input(&selection, errors)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn bulk_page(page: &Page, selection: &Selection, region: &Markup) -> Markup {
    let t = page.t();
    let title = t.accounts_bulk_title(selection.ids.len());
    let main = html! { (headline(&[(url::ACCOUNTS, &t.nav_accounts())], &title, t.accounts_bulk_sub(), "")) (region) };
    page.render(&title, main)
}

/// What to change and, once that is chosen, to which value.
fn choose_region(page: &Page, selection: &Selection, fields: &[CustomField], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let change = selection.change();
    let key = change.parse::<Key>().ok();
    let choices = choices(t, fields);
    html! {
        (error_summary(t, errors))
        form.form #field-accounts action="/accounts/bulk" {
            (hidden(selection, &["next"]))
            (Field::new("change", t.accounts_bulk_change(), Input::Select(&choices)).value(change).errors(errors).show(t))
            @if is_tag(change) {
                (Field::new("value", t.accounts_bulk_tag(), Input::Text("text")).value(selection.form.get("value").map_or("", String::as_str)).errors(errors).show(t))
            }
            @else if let Some(key) = &key { (input(t, key, &selection.form, fields, errors)) }
            div.actions { (button(&t.accounts_bulk_next())) a.button href=(selection.next()) { (t.web_cancel()) } }
        }
    }
}

fn choices(t: &Texts, fields: &[CustomField]) -> Vec<(String, String)> {
    let shared = [MasterField::Industry, MasterField::Lifecycle, MasterField::Language, MasterField::Country].map(Key::Master);
    let keys = shared.into_iter().chain(fields.iter().map(|field| Key::Custom(field.key.clone())));
    let mut choices: Vec<(String, String)> = keys.map(|key| (key.to_string(), t.accounts_bulk_set(label(t, &key, fields)))).collect();
    let verbs = [
        ("tags_add", t.accounts_bulk_tags_add()),
        ("tags_remove", t.accounts_bulk_tags_remove()),
        ("archive", t.accounts_bulk_archive()),
        ("bring_back", t.accounts_bulk_bring_back()),
    ];
    choices.extend(verbs.map(|(verb, label)| (verb.to_owned(), label)));
    choices
}

fn hidden(selection: &Selection, names: &[&str]) -> Markup {
    html! {
        @for id in &selection.ids { input type="hidden" name="account" value=(id); }
        @for name in names { @if let Some(value) = selection.form.get(*name) { input type="hidden" name=(name) value=(value); } }
    }
}

fn preview_region(page: &Page, selection: &Selection, preview: &Preview, fields: &[CustomField]) -> Markup {
    let t = page.t();
    let change = selection.change();
    let names = ["change", "next", "value", change];
    html! {
        @if preview.unchanged > 0 { (notice("info", html! { p { (t.accounts_bulk_unchanged(preview.unchanged)) } })) }
        @if !preview.changed.is_empty() {
            h2 { (t.accounts_bulk_preview(preview.changed.len())) }
            div.scroll { table.table.table--words {
                thead { tr { th { (field_name(t, "name")) } th { (t.accounts_bulk_change()) } } }
                tbody { @for changed in preview.changed.iter().take(NAMED) { tr {
                    td { a href=(url::account(changed.account.id)) { (name(&changed.account)) } }
                    td.wrap { @for change in &changed.changes { (told(t, change, fields)) } }
                } } }
            } }
            @if preview.changed.len() > NAMED { p.quiet { (t.accounts_bulk_more(preview.changed.len() - NAMED)) } }
        }
        div.actions {
            @if !preview.changed.is_empty() {
                form.inline method="post" action="/accounts/bulk" { (hidden(selection, &names)) (button(&t.accounts_bulk_do())) }
            }
            a.button href=(selection.next()) { (t.web_cancel()) }
        }
    }
}

fn told(t: &Texts, change: &FieldChange, fields: &[CustomField]) -> Markup {
    let key = change.field.parse::<Key>().ok();
    let value = |value: &Option<String>| match (&key, value) {
        (_, None) => "–".to_owned(),
        (Some(key), Some(value)) => shown(t, key, value, fields),
        (None, Some(_)) => t.web_yes(),
    };
    let label = key.as_ref().map_or_else(|| field_name(t, &change.field), |key| label(t, key, fields));
    html! { span.quiet { (label) ": " } del { (value(&change.before)) } " → " ins { (value(&change.after)) } }
}
