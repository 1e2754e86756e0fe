//! A map as figures and lines to be drawn.

use kontor_domain::stakeholder::{LineKind, Who};

use super::map::{Map, Node};
use crate::accounts::pages::name;
use crate::web::charts::line::Link;
use crate::web::charts::map::{Figure, file};
use crate::web::format::Locale;
use crate::web::texts::Texts;
use crate::web::url;

/// The name of a choice: `stakeholders-role-decider`.
pub fn choice(t: &Texts, of: &str, name: &str) -> String {
    t.by_key(&format!("stakeholders-{of}-{name}")).unwrap_or_else(|| name.to_owned())
}

/// The people of a map; each leads to where their place is changed, or to their page.
pub fn figures(t: &Texts, map: &Map, may_edit: bool) -> Vec<Figure> {
    map.nodes.iter().map(|node| figure(t, map, node, may_edit)).collect()
}

fn figure(t: &Texts, map: &Map, node: &Node, may_edit: bool) -> Figure {
    let role = node.role.map(|role| choice(t, "role", role.name())).unwrap_or_default();
    let href = match node.who {
        Who::Person(id) if !may_edit => url::person(id),
        _ => place_address(map, node.who),
    };
    Figure {
        who: node.who.to_string(),
        name: if matches!(node.who, Who::Placeholder(_)) { format!("? {}", node.name) } else { node.name.clone() },
        function: if node.is_present { node.function.clone() } else { t.stakeholders_left() },
        title: told(t, node),
        role,
        support: node.support.value(),
        coverage: node.coverage.value(),
        href,
        parent: node.above,
        look: match node.who {
            _ if !node.is_present => "left",
            Who::Placeholder(_) => "unknown",
            Who::Person(_) => "",
        },
    }
}

/// How somebody stands, in words.
pub fn told(t: &Texts, node: &Node) -> String {
    let role = node.role.map(|role| choice(t, "role", role.name()));
    let function = Some(node.function.clone()).filter(|function| !function.is_empty());
    let left = (!node.is_present).then(|| t.stakeholders_left());
    let support = choice(t, "support", &support_key(node.support.value()));
    let coverage = choice(t, "coverage", &node.coverage.value().to_string());
    [Some(node.name.clone()), function, left, role, Some(support), Some(coverage)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The part of a text's key that stands for a support: `m2` to `p2`.
pub fn support_key(support: i64) -> String {
    format!("{}{}", if support < 0 { "m" } else { "p" }, support.abs())
}

/// Where somebody's place on the map is changed.
pub fn place_address(map: &Map, who: Who) -> String {
    let decision = map.decision.as_ref().map(|decision| decision.id.to_string()).unwrap_or_default();
    url::with_query(&format!("{}/place", url::account_map(map.account.id)), &[("decision", decision), ("who", who.to_string())])
}

/// The lines of a map.
pub fn links(t: &Texts, map: &Map) -> Vec<Link> {
    let link = |line: &super::map::MapLine| Link {
        from: line.from,
        to: line.to,
        look: line.kind.name(),
        title: line_told(t, &map.nodes[line.from].name, &map.nodes[line.to].name, line.kind),
    };
    map.lines.iter().map(link).collect()
}

/// A line in words.
pub fn line_told(t: &Texts, from: &str, to: &str, kind: LineKind) -> String {
    match kind {
        LineKind::Influence => t.stakeholders_line_influence(from, to),
        LineKind::Conflict => t.stakeholders_line_conflict(from, to),
    }
}

/// The map as a file.
pub fn svg(t: &Texts, locale: Locale, map: &Map, today: chrono::NaiveDate) -> String {
    let about = map.decision.as_ref().map(|decision| format!(" – {}", decision.name)).unwrap_or_default();
    let title = format!("{}{about}", name(&map.account));
    file(&title, &t.stakeholders_file_sub(locale.date(today)), &figures(t, map, false), &links(t, map))
}
