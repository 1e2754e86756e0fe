//! The page of the audit log.

use axum::extract::State;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions;
use super::details::details;
use super::store::{Entry, Filter};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::headline;
use crate::web::context::{Page, Query};
use crate::web::routes::{Guard, Routes};
use crate::web::texts::{KEYS, Texts};
use crate::web::url;

/// How many entries a page shows.
const ENTRIES: u64 = 100;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeAudit), "/audit", index)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct AuditQuery {
    kind: String,
    actor: String,
    before: Option<i64>,
}

async fn index(State(office): State<Office>, page: Page, Query(query): Query<AuditQuery>) -> Result<Markup, Fault> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = Filter { kind: given(&query.kind), actor: given(&query.actor), before: query.before };
    let mut entries = actions::list(&office, &page.viewer, &filter, ENTRIES + 1).await?;
    let goes_on = entries.len() as u64 > ENTRIES;
    entries.truncate(ENTRIES as usize);
    Ok(page.render(&page.t().audit_title(), index_page(&page, &query, &entries, goes_on)))
}

fn index_page(page: &Page, query: &AuditQuery, entries: &[Entry], goes_on: bool) -> Markup {
    let t = page.t();
    let older = entries.last().filter(|_| goes_on).map(|last| last.id.to_string());
    html! {
        (headline(&[], t.audit_title(), t.audit_sub(), ""))
        form.filter action=(url::AUDIT) data-auto-submit {
            label { (t.audit_kind()) select name="kind" {
                option value="" { (t.audit_kind_all()) }
                @for (kind, name) in kinds(t) { option value=(kind) selected[kind == query.kind] { (name) } }
            } }
            label { (t.audit_who()) input type="search" name="actor" value=(query.actor); }
            button.button { (t.audit_filter()) }
        }
        @if entries.is_empty() { p.quiet { (t.audit_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.audit_when()) } th { (t.audit_who()) } th { (t.audit_what()) } th { (t.audit_details()) } } }
                tbody { @for entry in entries { (entry_row(page, entry)) } }
            } }
        }
        @if let Some(older) = older {
            p.pages { a.button href=(url::with_query(url::AUDIT, &[("kind", &query.kind), ("actor", &query.actor), ("before", &older)])) { (t.audit_older()) } }
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
