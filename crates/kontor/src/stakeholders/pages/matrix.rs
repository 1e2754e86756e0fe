//! Our team across, their people down: what we are to each other and want to be.

use kontor_domain::rights::Right;
use kontor_domain::stakeholder::{Level, Tie, Who};
use maud::{Markup, html};

use crate::stakeholders::drawing::choice;
use crate::stakeholders::map::{Colleague, Map, Node};
use crate::web::components::section;
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// The matrix, with the widest gaps as its title.
pub(super) fn matrix_region(page: &Page, map: &Map) -> Markup {
    let t = page.t();
    let people: Vec<(i64, &Node)> = map
        .nodes
        .iter()
        .filter_map(|node| match node.who {
            Who::Person(id) if node.is_present => Some((id, node)),
            _ => None,
        })
        .collect();
    let gaps = map.gaps();
    let body = html! {
        @if map.us.is_empty() { p.quiet { (t.stakeholders_no_team()) " " a href=(url::account_team(map.account.id)) { (t.accounts_part_team()) } } }
        @else if people.is_empty() { p.quiet { (t.stakeholders_no_people()) } }
        @else {
            div.scroll { table.table.relations {
                thead { tr { th.pin { (t.stakeholders_person()) } @for one in &map.us { th { (one.name) } } } }
                tbody { @for (id, node) in &people { tr {
                    th.pin scope="row" { a href=(url::person(id)) { (node.name) } @if !node.function.is_empty() { br; small.quiet { (node.function) } } }
                    @for one in &map.us { (cell(page, map, one, *id, node)) }
                } } }
            } }
            (gap_list(t, map, &gaps))
        }
    };
    html! { div #relations.c-12 { (section(12, &title(t, map, &gaps), "", body)) } }
}

fn title(t: &Texts, map: &Map, gaps: &[Tie]) -> String {
    match gaps.first() {
        _ if map.ties.is_empty() => t.stakeholders_matrix(),
        None => t.stakeholders_matrix_no_gap(),
        Some(widest) => t.stakeholders_matrix_gaps(gaps.len(), map.name(Who::Person(widest.person))),
    }
}

fn level(t: &Texts, level: Option<Level>) -> String {
    level.map_or_else(|| t.stakeholders_level_none(), |level| choice(t, "level", level.name()))
}

fn cell(page: &Page, map: &Map, one: &Colleague, person: i64, node: &Node) -> Markup {
    let t = page.t();
    let tie = map.tie(one.id, person);
    let gap = tie.map_or(0, Tie::gap);
    let said = match tie {
        Some(tie) if gap > 0 => html! { (level(t, tie.now)) " → " (level(t, tie.wanted)) },
        Some(tie) if tie.now.is_some() => html! { (level(t, tie.now)) },
        _ => html! { span aria-hidden="true" { "–" } },
    };
    let decision = map.decision.as_ref().map(|decision| decision.id.to_string()).unwrap_or_default();
    let form = url::with_query(
        &format!("{}/relation", url::account_map(map.account.id)),
        &[("decision", decision), ("user", one.id.to_string()), ("person", person.to_string())],
    );
    html! {
        td class=[(gap > 0).then(|| format!("gap gap--{}", gap.min(3)))] {
            @if page.viewer.may(Right::EditPeople) { a href=(form) aria-label=(t.stakeholders_relation_of(one.name.as_str(), node.name.as_str())) { (said) } } @else { (said) }
        }
    }
}

/// What is missing, in sentences.
fn gap_list(t: &Texts, map: &Map, gaps: &[Tie]) -> Markup {
    let us = |id: i64| map.us.iter().find(|one| one.id == id).map_or("–", |one| one.name.as_str());
    html! {
        @if !gaps.is_empty() {
            ul.gaps { @for tie in gaps {
                li { (t.stakeholders_gap(us(tie.user), map.name(Who::Person(tie.person)), level(t, tie.now), level(t, tie.wanted))) }
            } }
        }
    }
}
