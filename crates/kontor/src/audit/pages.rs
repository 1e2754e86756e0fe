//! The page of the audit log.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::details::details;
use super::forms::FilterForm;
use super::store::{Entry, Filter};
use super::{actions, export};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::headline;
use crate::web::context::{Page, Query};
use crate::web::filter::{self, Asked};
use crate::web::routes::{Guard, Routes};
use crate::web::texts::{KEYS, Texts};
use crate::web::url;

/// How many entries a page shows.
const ENTRIES: u64 = 100;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeAudit), url::AUDIT, index).get(Guard::Needs(Right::SeeAudit), url::AUDIT_CSV, csv)
}

/// Where a page of the log begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct PlaceQuery {
    before: Option<i64>,
}

async fn index(
    State(office): State<Office>,
    page: Page,
    Query(typed): Query<FilterForm>,
    Query(place): Query<PlaceQuery>,
) -> Result<Response, Fault> {
    let asked = Asked::of(&typed, |form| form.parse(page.locale()), FilterForm::without)?;
    let status = asked.status();
    let filter = Filter { before: place.before, ..asked.read };
    let mut entries = actions::list(&office, &page.viewer, &filter, ENTRIES + 1).await?;
    let goes_on = entries.len() as u64 > ENTRIES;
    entries.truncate(ENTRIES as usize);
    let older = entries.last().filter(|_| goes_on).map(|last| last.id);
    let main = html! {
        (headline(&[], page.t().audit_title(), page.t().audit_sub(), file(&page, &asked.query)))
        (filter_form(&page, &typed, &asked.errors))
        (list(&page, &asked.query, &entries, older))
    };
    Ok((status, page.render(&page.t().audit_title(), main)).into_response())
}

async fn csv(State(office): State<Office>, page: Page, Query(form): Query<FilterForm>) -> Result<Response, Fault> {
    export::send(&office, &page.viewer, form.parse(page.locale())?).await
}

/// All that fits as a file.
fn file(page: &Page, form: &FilterForm) -> Markup {
    html! { @if page.viewer.may(Right::Export) { a.button href=(url::with_query(url::AUDIT_CSV, &form.parameters())) download { "CSV" } } }
}

fn filter_form(page: &Page, typed: &FilterForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    html! {
        (filter::errors(t, errors))
        form.filter action=(url::AUDIT) data-auto-submit {
            label { (t.audit_kind()) select name="kind" {
                option value="" { (t.audit_kind_all()) }
                @for (kind, name) in kinds(t) { option value=(kind) selected[kind == typed.kind] { (name) } }
            } }
            label { (t.audit_who()) input type="search" name="actor" value=(typed.actor); }
            (filter::day(t, "text", "from", &t.audit_from(), &typed.from, errors))
            (filter::day(t, "text", "to", &t.audit_to(), &typed.to, errors))
            button.button { (t.audit_filter()) }
        }
    }
}

fn list(page: &Page, form: &FilterForm, entries: &[Entry], older: Option<i64>) -> Markup {
    let t = page.t();
    html! {
        @if entries.is_empty() { p.quiet { (t.audit_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.audit_when()) } th { (t.audit_who()) } th { (t.audit_what()) } th { (t.audit_details()) } } }
                tbody { @for entry in entries { (entry_row(page, entry)) } }
            } }
        }
        @if let Some(older) = older {
            @let parameters = form.parameters().into_iter().chain([("before", older.to_string())]).collect::<Vec<_>>();
            p.pages { a.button rel="next" href=(url::with_query(url::AUDIT, &parameters)) { (t.audit_older()) } }
        }
    }
}

/// All kinds of events with their names.
fn kinds(t: &Texts) -> Vec<(&'static str, String)> {
    let kinds = KEYS.iter().filter_map(|key| key.strip_prefix("event-"));
    let mut kinds: Vec<(&str, String)> = kinds.filter_map(|kind| Some((kind, t.by_key(&format!("event-{kind}"))?))).collect();
    kinds.sort_by(|a, b| a.1.cmp(&b.1));
    kinds
}

fn entry_row(page: &Page, entry: &Entry) -> Markup {
    let t = page.t();
    let kind = entry.event.kind();
    html! {
        tr {
            td { time datetime=(entry.at.to_rfc3339()) { (page.locale().instant(entry.at)) } }
            td { (entry.actor) " " span.quiet { (t.by_key(&format!("via-{}", entry.via)).unwrap_or_default()) } }
            td { (t.by_key(&format!("event-{kind}")).unwrap_or_else(|| kind.to_owned())) }
            td.wrap {
                @for (place, (name, value)) in details(t, page.locale(), &entry.event).iter().enumerate() {
                    @if place > 0 { " · " }
                    span.quiet { (name) ": " } (value)
                }
            }
        }
    }
}
