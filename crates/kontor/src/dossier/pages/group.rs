//! The page of an account's corporate group.

use axum::extract::State;
use chrono::NaiveDate;
use kontor_domain::group::{Edge, Kind};
use kontor_domain::growth::growth;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use crate::accounts::directory;
use crate::accounts::pages::{Part, frame_below};
use crate::dossier::group::{self, Group, Node};
use crate::fault::Fault;
use crate::groups;
use crate::groups::pages::{account, edges_region, name_of, share_text};
use crate::office::Office;
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::valuation::pages::frame::{hidden_inputs, period_of};
use crate::valuation::table::SumsExt;
use crate::web::charts::graph::{self, Link};
use crate::web::charts::legend;
use crate::web::components::{Figure, class_badge, delta, figures, link_button, section};
use crate::web::context::{Page, Path, Query};
use crate::web::url;

/// Deeper levels are indented no further.
const DEPTH_MAX: usize = 5;

/// The page.
pub(super) async fn show(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
) -> Result<Markup, Fault> {
    let wanted = query.parse()?;
    let group = group::show(&office, &page.viewer, &page.settings, id, &wanted).await?;
    let view = View { page: &page, group: &group, wanted: &wanted };
    Ok(page.render(name_of(&group.directory, id), view.main()?))
}

/// The accounts that control one today, with their addresses, the head first.
pub(super) async fn above(office: &Office, page: &Page, id: i64) -> Result<Vec<(String, String)>, Fault> {
    let graph = groups::actions::graph(office, &page.viewer).await?;
    let above = graph.controllers(id, office.today());
    if above.is_empty() {
        return Ok(Vec::new());
    }
    let directory = directory::current(office, &page.viewer).await?;
    Ok(above.into_iter().rev().map(|id| (url::account(id), name_of(&directory, id).to_owned())).collect())
}

/// What all parts of the page know.
struct View<'a> {
    page: &'a Page,
    group: &'a Group,
    wanted: &'a Wanted,
}

impl View<'_> {
    fn main(&self) -> Result<Markup, Fault> {
        let group = self.group;
        let id = group.node().account_id;
        let account = account(&group.directory, self.page, id)?;
        let above: Vec<(String, String)> = group.above().into_iter().map(|id| (self.address(id), self.name(id))).collect();
        let class = html! { @if let Some(ranked) = group.ranked { (class_badge(ranked.class)) } };
        Ok(html! {
            (frame_below(self.page, &above, account, Part::Group, class, "", self.day_form(id)))
            @if group.valuation.is_some() { (self.figures_region()) }
            div.columns {
                (section(12, &self.finding(), "", self.structure()))
                (edges_region(self.page, &group.graph, &group.directory, id, group.day))
            }
        })
    }

    fn name(&self, id: i64) -> String {
        name_of(&self.group.directory, id).to_owned()
    }

    /// The group page of another account on the same day and period.
    fn address(&self, id: i64) -> String {
        url::with_query(&url::group(id), &self.wanted.parameters())
    }

    fn day_form(&self, id: i64) -> Markup {
        let t = self.page.t();
        let rest: Vec<(&str, String)> = self.wanted.parameters().into_iter().filter(|(name, _)| *name != "as_of").collect();
        html! {
            form.filter.period action=(url::group(id)) {
                (hidden_inputs(&rest))
                label { span.hidden { (t.groups_as_of()) } input type="date" name="as_of" value=(self.group.day) aria-label=(t.groups_as_of()) required; }
                button.button { (t.groups_show()) }
            }
            button.button type="button" data-print { (t.web_print()) }
        }
    }

    fn finding(&self) -> String {
        let (t, head) = (self.page.t(), self.group.head().account_id);
        match self.group.nodes.len() {
            1 => t.groups_finding_alone(self.name(head)),
            count => t.groups_finding(count, self.name(head)),
        }
    }

    fn figures_region(&self) -> Markup {
        let (t, locale, currency) = (self.page.t(), self.page.locale(), self.page.settings.currency);
        let (head, node) = (self.group.head(), self.group.node());
        let change = |node: &Node| delta(t, locale, growth(node.all.now.revenue, node.all.before.revenue));
        let mut shown = vec![Figure::new(t.dossier_group_revenue(), locale.compact(head.all.now.revenue, currency), change(head))];
        if self.group.place != 0 {
            let share = locale.percent(node.all.now.revenue.share_of(head.all.now.revenue), 1);
            let note = html! { (change(node)) " · " (t.dossier_group_share_of(share, self.name(head.account_id))) };
            shown.push(Figure::new(t.dossier_group_revenue_below(), locale.compact(node.all.now.revenue, currency), note));
        }
        let rate = |node: &Node| node.all.now.margin_rate().map_or_else(|| "–".to_owned(), |rate| locale.percent(rate, 1));
        shown.push(Figure::new(t.dossier_margin_rate(), rate(head), t.dossier_group_whole()));
        let (rank, note) = match self.group.ranked {
            Some(ranked) => (locale.integer(ranked.rank as i64), t.dossier_share_revenue(locale.percent(ranked.share, 1))),
            None => ("–".to_owned(), String::new()),
        };
        shown.push(Figure::new(t.dossier_group_rank(), rank, note));
        let buying = self.group.nodes.iter().filter(|node| node.own.now.lines > 0).count();
        shown.push(Figure::new(
            t.dossier_group_accounts(),
            locale.integer(self.group.nodes.len() as i64),
            t.dossier_group_accounts_buying(buying),
        ));
        html! { div #figures { (figures(&shown)) } }
    }

    fn structure(&self) -> Markup {
        let t = self.page.t();
        if self.group.nodes.len() == 1 && self.group.around.is_empty() {
            let may_edit = self.page.viewer.may(Right::EditAccounts);
            let new = url::new_group_edge(self.group.node().account_id);
            return html! {
                p.sub { (t.dossier_group_alone_text()) }
                @if may_edit { p.actions { (link_button(&new, &t.groups_add(), true)) (link_button(url::IMPORT_GROUPS, &t.groups_import(), false)) } }
            };
        }
        let period = self
            .group
            .valuation
            .as_ref()
            .map(|valuation| t.dossier_group_figures(period_of(t, self.page.locale(), valuation), valuation.asked.currency.code()));
        html! {
            (self.drawing())
            @if self.group.nodes.len() > 1 { (self.table()) }
            @if let Some(period) = period { p.sub { (period) } }
        }
    }

    fn drawing(&self) -> Markup {
        let (t, group) = (self.page.t(), self.group);
        let mut ids: Vec<i64> = group.nodes.iter().map(|node| node.account_id).collect();
        let mut nodes: Vec<graph::Node> = group.nodes.iter().enumerate().map(|(place, node)| self.boxed(place, node)).collect();
        for edge in &group.around {
            for (id, is_above) in [(edge.parent, true), (edge.child, false)] {
                if !ids.contains(&id) {
                    ids.push(id);
                    nodes.push(self.outside(id, is_above));
                }
            }
        }
        let place = |id: i64| ids.iter().position(|&known| known == id);
        let link =
            |edge: &Edge| Some(Link { from: place(edge.parent)?, to: place(edge.child)?, look: edge.kind.name(), title: self.told(edge) });
        let links: Vec<Link> = group.around.iter().filter_map(link).collect();
        let kinds = Kind::ALL.iter().filter(|kind| group.around.iter().any(|edge| edge.kind == **kind));
        let meanings: Vec<(String, String)> =
            kinds.map(|kind| (format!("link-{kind}"), t.by_key(&format!("groups-kind-{kind}")).unwrap_or_default())).collect();
        let meanings: Vec<(&str, String)> = meanings.iter().map(|(look, meaning)| (look.as_str(), meaning.clone())).collect();
        html! {
            (graph::graph(&t.dossier_group_drawing(self.name(group.head().account_id)), &nodes, &links))
            @if !meanings.is_empty() { (legend(&meanings)) }
        }
    }

    fn boxed(&self, place: usize, node: &Node) -> graph::Node {
        let (locale, name) = (self.page.locale(), self.name(node.account_id));
        let revenue = locale.compact(node.own.now.revenue, self.page.settings.currency);
        let share = node.share.map(|share| share_text(locale, share));
        let note: Vec<String> = share.into_iter().chain(self.group.valuation.is_some().then_some(revenue)).collect();
        let held = node.parent.map(|parent| self.page.t().dossier_group_held_by(self.name(self.group.nodes[parent].account_id)));
        let title: Vec<String> = [Some(name.clone()), held].into_iter().flatten().chain(note.iter().cloned()).collect();
        graph::Node {
            label: name,
            note: note.join(" · "),
            href: self.address(node.account_id),
            title: title.join(" · "),
            parent: node.parent,
            band: 1,
            look: if place == self.group.place { "now" } else { "" },
        }
    }

    /// An account that no control ties to the group; those above it stand above, the others below.
    fn outside(&self, id: i64, is_above: bool) -> graph::Node {
        let (name, note) = (self.name(id), String::new());
        let title = format!("{name} · {}", self.page.t().dossier_group_outside());
        graph::Node { label: name, note, href: self.address(id), title, parent: None, band: if is_above { 0 } else { 2 }, look: "outside" }
    }

    /// An edge in words: `B: wird bezahlt von A`.
    fn told(&self, edge: &Edge) -> String {
        let relation = self.page.t().by_key(&format!("groups-relation-{}", edge.kind)).unwrap_or_default();
        let share = edge.share.map(|share| format!(" ({})", share_text(self.page.locale(), share))).unwrap_or_default();
        format!("{} – {relation} {}{share}", self.name(edge.child), self.name(edge.parent))
    }

    fn table(&self) -> Markup {
        let t = self.page.t();
        let has_figures = self.group.valuation.is_some();
        html! {
            div.scroll { table.table.tree {
                thead { tr {
                    th.pin { (t.dossier_group_node()) } th.num { (t.groups_share()) } th.num { (t.dossier_group_since()) }
                    @if has_figures {
                        th.num { (t.dossier_group_own()) } th.num { (t.dossier_group_all()) } th.num { (t.dossier_group_share()) }
                        th.num { (t.dossier_margin_rate()) } th.num { (t.dossier_change()) }
                    }
                } }
                tbody { @for (place, node) in self.group.nodes.iter().enumerate() { (self.row(place, node, has_figures)) } }
            } }
        }
    }

    fn row(&self, place: usize, node: &Node, has_figures: bool) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".to_owned(), |day| locale.date(day));
        let of_head = node.all.now.revenue.share_of(self.group.head().all.now.revenue);
        html! {
            tr aria-current=[(place == self.group.place).then_some("true")] {
                td class={ "pin depth--" (node.depth.min(DEPTH_MAX)) } {
                    a href=(url::account(node.account_id)) { (self.name(node.account_id)) }
                }
                td.num { @match node.share { Some(share) => (share_text(locale, share)), None => "–" } }
                td.num { (day(node.since)) }
                @if has_figures {
                    td.num { (locale.amount(node.own.now.revenue)) } td.num { (locale.amount(node.all.now.revenue)) }
                    td.num { (locale.percent(of_head, 1)) }
                    td.num { @match node.all.now.margin_rate() { Some(rate) => span.loss[rate < 0.0] { (locale.percent(rate, 1)) }, None => "–" } }
                    td.num { (delta(t, locale, growth(node.all.now.revenue, node.all.before.revenue))) }
                }
            }
        }
    }
}
