//! Product groups: what the account buys, and what no longer.

use maud::{Markup, html};

use super::View;
use crate::dossier::figures::{Figures, GroupRow};
use crate::valuation::table::SumsExt;
use crate::web::components::{delta, section, share_bar};

/// So many groups stand on the page at once.
const SHOWN: usize = 12;

/// The groups, the largest first; silent ones are named.
pub(super) fn groups_region(view: &View<'_>, of: &Figures) -> Markup {
    let t = view.page.t();
    let (silent, bought): (Vec<&GroupRow>, Vec<&GroupRow>) = of.groups.iter().partition(|group| group.is_silent());
    let (shown, more) = bought.split_at(bought.len().min(SHOWN));
    let body = html! {
        @if of.groups.is_empty() { p.quiet { (t.dossier_groups_none()) } }
        @else {
            (table(view, of, shown.iter().chain(&silent)))
            @if !silent.is_empty() { p.sub { (silent_text(view, &silent)) } }
            @if !more.is_empty() {
                details.figures-table { summary { (t.dossier_groups_more(more.len())) } (table(view, of, more.iter())) }
            }
        }
    };
    html! { div #groups.c-12 { (section(12, &title(view, of, &bought, &silent), "", body)) } }
}

fn title(view: &View<'_>, of: &Figures, bought: &[&GroupRow], silent: &[&GroupRow]) -> String {
    let (t, locale) = (view.page.t(), view.page.locale());
    match bought {
        _ if !silent.is_empty() => t.dossier_groups_silent(silent.len(), names(view, silent)),
        [only] => t.dossier_groups_only(name(view, only)),
        [first, ..] if first.now.revenue.is_positive() && of.now.revenue.is_positive() => {
            t.dossier_groups_first(name(view, first), locale.percent(first.now.revenue.share_of(of.now.revenue), 0))
        }
        _ => t.dossier_groups(),
    }
}

/// The first three names.
fn names(view: &View<'_>, groups: &[&GroupRow]) -> String {
    let mut names: Vec<String> = groups.iter().take(3).map(|group| name(view, group)).collect();
    if groups.len() > 3 {
        names.push("…".to_owned());
    }
    names.join(", ")
}

fn silent_text(view: &View<'_>, silent: &[&GroupRow]) -> String {
    let (t, locale) = (view.page.t(), view.page.locale());
    let amounts =
        silent.iter().map(|group| format!("{} {}", name(view, group), locale.compact(group.before.revenue, view.page.settings.currency)));
    format!("{} {}.", t.dossier_silent_text(), amounts.collect::<Vec<_>>().join(", "))
}

fn name(view: &View<'_>, group: &GroupRow) -> String {
    group.group.as_deref().map_or_else(|| view.page.t().dossier_group_none(), str::to_owned)
}

fn table<'a>(view: &View<'_>, of: &Figures, rows: impl Iterator<Item = &'a &'a GroupRow>) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    html! {
        div.scroll {
            table.table {
                thead { tr {
                    th scope="col" { (t.dossier_group()) } th.num scope="col" { (t.dossier_revenue()) } th.num scope="col" { (t.dossier_share()) } th.wide-only {}
                    th.num.minor scope="col" { (t.dossier_margin_percent()) } th.num scope="col" { (t.dossier_change()) }
                } }
                tbody { @for group in rows {
                    @let share = group.now.revenue.share_of(of.now.revenue);
                    tr {
                        td.name { (name(view, group)) @if group.is_silent() { " " span.badge.badge--warn { (t.dossier_silent()) } } }
                        td.num { (locale.amount(group.now.revenue)) }
                        td.num { (locale.percent(share, 1)) }
                        td.wide-only { (share_bar(share)) }
                        td.num.minor { @match group.now.margin_rate() { Some(rate) => (locale.percent(rate, 1)), None => "–" } }
                        td.num { (delta(t, locale, of.growth_of(group))) }
                    }
                } }
            }
        }
    }
}
