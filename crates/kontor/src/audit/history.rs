//! The history of one record as a part of its page: who, when, what it was before and is since, and the way back.

use kontor_domain::audit::FieldChange;
use maud::{Markup, html};

use super::actions::History;
use super::store::Change;
use crate::web::components::post_fields;
use crate::web::context::Page;
use crate::web::url;

/// How a noun shows the changes of its records.
pub trait Shows {
    /// What a field is called, and its values before and after as people read them; `None` is empty.
    fn change(&self, change: &FieldChange) -> (String, Option<String>, Option<String>);

    /// Where to post `field` so that it gets the value before that event; `None` where that cannot be or may not be done.
    fn restore(&self, event_id: i64, change: &FieldChange) -> Option<String>;
}

/// A record's history as a table, with a way to older events at `path`.
pub fn history_region(page: &Page, history: &History, path: &str, shows: &impl Shows) -> Markup {
    let t = page.t();
    let older = history.changes.last().filter(|_| history.goes_on).map(|last| last.entry.id.to_string());
    html! {
        div #history {
            @if history.changes.is_empty() { p.quiet { (t.audit_history_none()) } }
            @else {
                div.scroll { table.table.table--words {
                    thead { tr { th { (t.audit_when()) } th { (t.audit_who()) } th { (t.audit_what()) } th {} } }
                    tbody { @for change in &history.changes { (rows(page, change, shows)) } }
                } }
            }
            @if let Some(older) = older { p.pages { a.button href=(url::with_query(path, &[("before", &older)])) { (t.audit_older()) } } }
        }
    }
}

fn rows(page: &Page, change: &Change, shows: &impl Shows) -> Markup {
    let (t, entry) = (page.t(), &change.entry);
    let kind = entry.event.kind();
    let head = html! {
        td { time datetime=(entry.at.to_rfc3339()) { (page.locale().instant(entry.at)) } }
        td { (entry.actor) " " span.quiet { (t.by_key(&format!("via-{}", entry.via)).unwrap_or_default()) } }
    };
    html! {
        @if change.changes.is_empty() {
            tr {
                (head)
                td.wrap {
                    (t.by_key(&format!("event-{kind}")).unwrap_or_else(|| kind.to_owned()))
                }
                td {}
            }
        }
        @for (place, field) in change.changes.iter().enumerate() {
            tr {
                @if place == 0 { (head) } @else { td {} td {} }
                td.wrap { (values(shows, field)) }
                td.num {
                    @if let Some(action) = shows.restore(entry.id, field) {
                        (post_fields(&action, &[("field", &field.field)], &t.audit_restore(), "button button--link", Some(&t.audit_restore_sure())))
                    }
                }
            }
        }
    }
}

fn values(shows: &impl Shows, change: &FieldChange) -> Markup {
    let (name, before, after) = shows.change(change);
    html! {
        span.quiet { (name) ": " }
        @match before { Some(before) => del { (before) }, None => "–" }
        " → "
        @match after { Some(after) => ins { (after) }, None => "–" }
    }
}
