//! The edges of one account as a table.

use chrono::NaiveDate;
use kontor_domain::group::{Edge, Graph};
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::forms::relation_name;
use super::{name_of, share_text};
use crate::accounts::directory::Directory;
use crate::groups::forms::Relation;
use crate::web::components::section;
use crate::web::context::Page;
use crate::web::url;

/// All edges of an account, those that hold on the day first, then what will be and what was.
pub fn edges_region(page: &Page, graph: &Graph, directory: &Directory, account_id: i64, day: NaiveDate) -> Markup {
    let t = page.t();
    let mut edges: Vec<&Edge> = graph.above(account_id).chain(graph.below(account_id)).collect();
    edges.sort_by_key(|edge| (!edge.holds_on(day), edge.kind, edge.child != account_id, edge.from, edge.id));
    let add = html! { @if page.viewer.may(Right::EditAccounts) { a href=(url::new_group_edge(account_id)) { (t.groups_add()) } } };
    let body = html! {
        @if edges.is_empty() { p.quiet { (t.groups_edges_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr {
                    th { (t.groups_relation()) } th { (t.groups_account()) } th.num { (t.groups_share()) } th { (t.groups_from()) } th { (t.groups_to()) } th {}
                } }
                tbody { @for edge in edges { (edge_row(page, directory, account_id, edge, day)) } }
            } }
        }
    };
    html! { div #edges.c-12 { (section(12, &t.groups_edges(), add, body)) } }
}

fn edge_row(page: &Page, directory: &Directory, account_id: i64, edge: &Edge, day: NaiveDate) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let is_up = edge.child == account_id;
    let other = if is_up { edge.parent } else { edge.child };
    html! {
        tr.quiet[!edge.holds_on(day)] {
            td { (relation_name(t, Relation { kind: edge.kind, is_up })) }
            td { a href=(url::group(other)) { (name_of(directory, other)) } }
            td.num data-label=(t.groups_share()) { @match edge.share { Some(share) => (share_text(locale, share)), None => "–" } }
            td data-label=(t.groups_from()) { @match edge.from { Some(day) => (locale.date(day)), None => (t.groups_always()) } }
            td data-label=(t.groups_to()) { @match edge.to { Some(day) => (locale.date(day)), None => (t.groups_open()) } }
            td.num { @if page.viewer.may(Right::EditAccounts) { a href=(url::group_edge(account_id, edge.id)) { (t.groups_edit_short()) } } }
        }
    }
}
