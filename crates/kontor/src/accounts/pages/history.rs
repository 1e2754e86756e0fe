//! What happened to an account's master data, and the way back.

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::account::custom::CustomField;
use kontor_domain::account::{Address, Field, Key};
use kontor_domain::audit::FieldChange;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::values::{address_kind, label, shown};
use super::{Part, frame, name};
use crate::accounts::{actions, directory, fields};
use crate::audit::details::field_name;
use crate::audit::history::{Shows, history_region};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::{link_button, section};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// How many events a page has.
const HISTORY: u64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), "/accounts/{id}/history", show).post(
        Guard::Needs(Right::EditAccounts),
        "/accounts/{id}/history/{event}/restore",
        restore,
    )
}

#[derive(Debug, Default, Deserialize)]
struct HistoryQuery {
    before: Option<i64>,
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<HistoryQuery>) -> Result<Markup, Fault> {
    let account = directory::account(&office, &page.viewer, id).await?;
    let history = actions::history(&office, &page.viewer, id, query.before, HISTORY).await?;
    let fields = fields::actions::shown(&office, &page.viewer).await?;
    let t = page.t();
    let path = format!("{}/history", url::account(id));
    let shows = AccountShows { t, fields: &fields, path: &path, may_edit: page.viewer.may(Right::EditAccounts) };
    let main = html! {
        (frame(&page, &account, Part::Master, link_button(&Part::Master.path(id), &t.accounts_part_master(), false)))
        (section(12, &t.accounts_history(), "", history_region(&page, &history, &path, &shows)))
    };
    Ok(page.render(&t.accounts_history_of(name(&account)), main))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RestoreForm {
    field: String,
}

async fn restore(
    State(office): State<Office>,
    page: Page,
    Path((id, event_id)): Path<(i64, i64)>,
    Form(form): Form<RestoreForm>,
) -> Result<Redirect, Fault> {
    match actions::restore(&office, &page.viewer, id, event_id, &form.field).await {
        Ok(()) => page.flash(Flash::done(page.t().accounts_restored())).await?,
        // The rules may have become stricter since; the value then has to be typed anew.
        Err(Fault::Invalid(errors)) => page.flash(Flash::warning(Fault::Invalid(errors).page_message(page.t()))).await?,
        Err(fault) => return Err(fault),
    }
    Ok(Redirect::to(&format!("{}/history", url::account(id))))
}

struct AccountShows<'a> {
    t: &'a Texts,
    fields: &'a [CustomField],
    path: &'a str,
    may_edit: bool,
}

/// What a field of an account is called, and its values before and after as people read them; `None` is empty.
pub fn told(t: &Texts, change: &FieldChange, fields: &[CustomField]) -> (String, Option<String>, Option<String>) {
    let name = match change.field.split_once('.') {
        Some(("number", source)) => t.accounts_number_in(source),
        Some(("hand_set", field)) => t.accounts_hand_set_field(field_name(t, field)),
        Some(("address", _)) => field_name(t, "address"),
        _ => change.field.parse().map_or_else(|_| field_name(t, &change.field), |key| label(t, &key, fields)),
    };
    let value = |value: &Option<String>| {
        value
            .as_deref()
            .map(|value| if change.field.starts_with("hand_set.") { t.web_yes() } else { told_value(t, &change.field, value, fields) })
    };
    (name, value(&change.before), value(&change.after))
}

fn told_value(t: &Texts, field: &str, value: &str, fields: &[CustomField]) -> String {
    if field.starts_with("address.") {
        return Address::from_stored(value)
            .map_or_else(|_| value.to_owned(), |address| format!("{}: {}", address_kind(t, address.kind), address.lines().join(", ")));
    }
    field.parse::<Key>().map_or_else(|_| value.to_owned(), |key| shown(t, &key, value, fields))
}

impl Shows for AccountShows<'_> {
    fn change(&self, change: &FieldChange) -> (String, Option<String>, Option<String>) {
        told(self.t, change, self.fields)
    }

    fn restore(&self, event_id: i64, change: &FieldChange) -> Option<String> {
        let is_required = change.before.is_none() && change.field == Field::Name.name();
        let is_known = change.field.starts_with("address.")
            || match change.field.parse::<Key>() {
                Ok(Key::Custom(key)) => self.fields.iter().any(|field| field.key == key),
                key => key.is_ok(),
            };
        (self.may_edit && is_known && !is_required).then(|| format!("{}/{event_id}/restore", self.path))
    }
}
