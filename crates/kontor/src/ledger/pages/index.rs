//! The list of imports.

use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::show::{new_lines, revenue, state_badge};
use crate::ledger::store::{Import, Segment};
use crate::web::components::{empty_state, headline, link_button, section};
use crate::web::context::Page;
use crate::web::url;

/// What the list shows.
pub struct List {
    /// The imports of this page, the newest first.
    pub imports: Vec<Import>,
    /// All live segments.
    pub live: Vec<Segment>,
    /// Whether there are older imports.
    pub goes_on: bool,
    /// Whether this is the first page.
    pub is_first: bool,
}

/// The page.
pub fn page(page: &Page, list: &List, is_busy: impl Fn(i64) -> bool) -> Markup {
    let t = page.t();
    let begin = html! { @if page.viewer.may(Right::Import) { (link_button(url::NEW_IMPORT, &t.ledger_new(), true)) } };
    let main = html! {
        @if list.imports.is_empty() && list.is_first { (empty_state(&t.ledger_empty_title(), &t.ledger_empty_text(), begin)) }
        @else {
            (standing(page, &list.live, begin))
            (section(12, &t.ledger_list(), "", table(page, &list.imports, is_busy)))
            @if list.goes_on && let Some(last) = list.imports.last() {
                nav.pages aria-label=(t.web_pages()) {
                    a.button rel="next" href=(url::with_query(url::IMPORTS, &[("before", &last.id.to_string())])) { (t.ledger_older()) }
                }
            }
        }
    };
    page.render(&t.ledger_title(), main)
}

/// What is in the ledger now.
fn standing(page: &Page, live: &[Segment], actions: Markup) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let filled: Vec<&Segment> = live.iter().filter(|segment| segment.lines > 0).collect();
    let days = filled.iter().map(|segment| segment.first_day).min().zip(filled.iter().map(|segment| segment.last_day).max());
    match days {
        Some((first, last)) => {
            let lines: u64 = filled.iter().map(|segment| segment.lines).sum();
            headline(&[], t.ledger_standing(lines), t.ledger_standing_sub(filled.len(), locale.date(first), locale.date(last)), actions)
        }
        None => headline(&[], t.ledger_standing_none(), "", actions),
    }
}

fn table(page: &Page, imports: &[Import], is_busy: impl Fn(i64) -> bool) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        div.scroll {
            table.table.table--words {
                thead { tr {
                    th { (t.ledger_number()) } th { (t.ledger_when()) } th { (t.ledger_who()) } th { (t.ledger_source()) } th { (t.ledger_files()) }
                    th { (t.ledger_state()) } th.num { (t.ledger_lines()) } th.num { (t.ledger_revenue()) }
                } }
                tbody { @for import in imports {
                    tr {
                        td data-label=(t.ledger_number()) { a href=(url::import(import.id)) { (import.id) } }
                        td { (locale.instant(import.created_at)) }
                        td { (import.created_by) }
                        td data-label=(t.ledger_source()) { (import.source) }
                        td.wrap { (file_names(import)) }
                        td { (state_badge(t, import, is_busy(import.id))) }
                        td.num data-label=(t.ledger_lines()) { @match new_lines(import) { Some(lines) => (locale.integer(lines as i64)), None => "–" } }
                        td.num data-label=(t.ledger_revenue()) { (revenue(page, import)) }
                    }
                } }
            }
        }
    }
}

/// The files by name; of many, the first and how many there are.
fn file_names(import: &Import) -> String {
    let names: Vec<&str> = import.files.iter().map(|file| file.name.as_str()).collect();
    match names.as_slice() {
        [first, second, third, rest @ ..] if !rest.is_empty() => format!("{first}, {second}, {third} + {}", rest.len()),
        names => names.join(", "),
    }
}
