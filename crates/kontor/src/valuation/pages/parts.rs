//! Sections that the start page and the ABC page share.

use std::collections::HashMap;

use kontor_domain::Amount;
use kontor_domain::abc::{Class, Ranked};
use kontor_domain::concentration::MAJOR_SHARE;
use kontor_domain::movers::Mover;
use kontor_ledger::sums::Sums;
use maud::{Markup, html};

use super::frame::{account_name, link, metric_name};
use crate::valuation::changes::Side;
use crate::valuation::table::{SumsExt, Valuation};
use crate::web::charts::{self, ParetoChart, RankPoint, StripPart};
use crate::web::components::{badge, class_badge, delta};
use crate::web::context::Page;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// How many ranks the table below the chart names; those after them stand in one row.
const RANKS: usize = 40;

/// What the Pareto chart shows, in one sentence.
pub fn pareto_finding(t: &Texts, valuation: &Valuation) -> String {
    let [a, ..] = valuation.class_sums();
    let percent = |share: f64| t.locale().percent(share, 0);
    match a.accounts {
        0 => t.valuation_pareto_none(),
        count => t.valuation_pareto_finding(count, percent(a.share), percent(valuation.pareto().top20_share)),
    }
}

/// The Pareto chart with its figures as a table.
pub fn pareto_chart(page: &Page, valuation: &Valuation) -> Markup {
    let t = page.t();
    let points: Vec<RankPoint> = valuation.ranking.iter().map(|ranked| point(valuation, ranked)).collect();
    let label = t.valuation_pareto_label(metric_name(t, valuation.asked.metric));
    let chart = ParetoChart { label: &label, points: &points, thresholds: valuation.asked.thresholds, currency: valuation.asked.currency };
    html! {
        (charts::pareto(&chart, t))
        @if !points.is_empty() { details.figures-table { summary { (t.web_table()) } (pareto_table(page, valuation)) } }
    }
}

fn point<'a>(valuation: &'a Valuation, ranked: &Ranked) -> RankPoint<'a> {
    RankPoint {
        label: account_name(valuation.account(ranked.index)),
        amount: ranked.amount,
        share: ranked.share,
        cumulative: ranked.cumulative_share,
        class: ranked.class,
    }
}

fn pareto_table(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let (shown, rest) = valuation.ranking.split_at(valuation.ranking.len().min(RANKS));
    html! {
        div.scroll { table.table.table--tight {
            thead { tr {
                th.num { (t.valuation_rank()) } th { (t.valuation_account()) } th.num { (metric_name(t, valuation.asked.metric)) }
                th.num { (t.valuation_share()) } th.num { (t.valuation_cumulative()) } th { (t.valuation_class()) }
            } }
            tbody {
                @for ranked in shown { tr {
                    td.num.quiet { (locale.integer(ranked.rank)) } td { (link(t, valuation, ranked.index)) }
                    td.num { (locale.amount(ranked.amount)) } td.num { (locale.percent(ranked.share, 1)) }
                    td.num { (locale.percent(ranked.cumulative_share, 1)) } td { (class_badge(ranked.class)) }
                } }
                @if let (Some(first), Some(last)) = (rest.first(), rest.last()) { tr {
                    td.num.quiet {} td { (t.web_chart_ranks(first.rank, last.rank)) }
                    td.num { (locale.amount(rest.iter().map(|ranked| ranked.amount).sum())) }
                    td.num { (locale.percent(rest.iter().map(|ranked| ranked.share).sum(), 1)) }
                    td.num { (locale.percent(last.cumulative_share, 1)) } td {}
                } }
            }
        } }
    }
}

/// What the concentration is like, in one sentence.
pub fn concentration_finding(t: &Texts, valuation: &Valuation) -> String {
    let found = valuation.concentration();
    let percent = |share: f64| t.locale().percent(share, 0);
    match valuation.ranking.len() {
        0 => t.valuation_concentration_none(),
        1..=5 => t.valuation_concentration_few(percent(found.top1_share), effective(t, found.effective_accounts)),
        _ => t.valuation_concentration_finding(percent(found.top5_share), effective(t, found.effective_accounts)),
    }
}

/// The number of equal accounts that would be as concentrated.
pub fn effective(t: &Texts, accounts: f64) -> String {
    t.locale().decimal((accounts * 10.0).round() / 10.0)
}

/// How much the largest bring, as one strip, and the accounts that count as major by name.
pub fn concentration_strip(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let found = valuation.concentration();
    let part = |label: String, share: f64| StripPart { label, share };
    let parts = [
        part(t.valuation_strip_largest(), found.top1_share),
        part(t.valuation_strip_to(2, 5), found.top5_share - found.top1_share),
        part(t.valuation_strip_to(6, 10), found.top10_share - found.top5_share),
        part(t.valuation_strip_rest(), 1.0 - found.top10_share),
    ];
    html! {
        @if valuation.ranking.first().is_some_and(|first| first.amount.is_positive()) {
            (charts::strip(&t.valuation_strip_label(), &parts, locale))
            @if found.major.is_empty() { p.quiet { (t.valuation_major_none(locale.percent(MAJOR_SHARE, 0))) } }
            @else {
                p.quiet { (t.valuation_major(found.major.len(), locale.percent(MAJOR_SHARE, 0))) }
                ul.list { @for ranked in found.major.iter().map(|&place| &valuation.ranking[place]) {
                    li { (link(t, valuation, ranked.index)) span.num { (locale.percent(ranked.share, 1)) } }
                } }
            }
        } @else { p.quiet { (t.valuation_concentration_none()) } }
    }
}

/// How many changed their class, in one sentence.
pub fn movers_finding(t: &Texts, movers: &[Mover]) -> String {
    let moved = movers.iter().filter(|mover| mover.before.is_some() && mover.now.is_some()).count();
    let came = movers.iter().filter(|mover| mover.before.is_none()).count();
    t.valuation_movers_finding(moved, came, movers.len() - moved - came)
}

/// Accounts whose class changed, with the class before and now, what they bring and how that changed.
pub fn movers_table(page: &Page, valuation: &Valuation, movers: &[Mover]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let metric = valuation.asked.metric;
    let amount = |sums: &Sums| sums.amount_or_zero(metric).map_or_else(|| "–".to_owned(), |amount| locale.amount(amount));
    html! {
        div.scroll { table.table {
            thead { tr {
                th.pin { (t.valuation_account()) } th { (t.valuation_change()) }
                th.num.minor { (t.valuation_before_of(metric_name(t, metric))) } th.num.minor { (metric_name(t, metric)) } th.num { (t.valuation_difference()) }
            } }
            tbody { @for mover in movers {
                @let row = &valuation.rows[mover.index];
                tr {
                    td.pin.name { (link(t, valuation, mover.index)) }
                    td { (change(t, mover.before, mover.now)) }
                    td.num.minor { (amount(&row.before)) } td.num.minor { (amount(&row.now)) }
                    td.num {
                        @match mover.difference { Some(amount) => (difference(locale, amount)), None => "–" }
                    }
                }
            } }
        } }
    }
}

fn difference(locale: Locale, amount: Amount) -> Markup {
    html! { span.gain[amount.is_positive()].loss[amount.is_negative()] { (locale.difference(amount)) } }
}

fn change(t: &Texts, before: Option<Class>, now: Option<Class>) -> Markup {
    let class = |class: Option<Class>, none: String| match class {
        Some(class) => class_badge(class),
        None => badge(&none),
    };
    html! { (class(before, t.valuation_came())) " → " (class(now, t.valuation_gone())) }
}

/// Accounts that rose or fell, by how much, and their class where it changed.
pub fn changes_table(page: &Page, valuation: &Valuation, side: &Side) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let before: HashMap<usize, Class> = match side.largest.is_empty() {
        true => HashMap::new(),
        false => valuation.ranking_before.iter().map(|ranked| (ranked.index, ranked.class)).collect(),
    };
    html! {
        div.scroll { table.table {
            thead { tr { th.pin { (t.valuation_account()) } th { (t.valuation_class()) } th.num { (t.valuation_difference()) } th.num { (t.valuation_growth()) } } }
            tbody { @for of in &side.largest {
                @let (was, is) = (before.get(&of.index).copied(), valuation.class(of.index));
                tr {
                    td.pin.name { (link(t, valuation, of.index)) }
                    td { @if was == is { @if let Some(class) = is { (class_badge(class)) } } @else { (change(t, was, is)) } }
                    td.num { (difference(locale, of.difference)) }
                    td.num { (delta(t, locale, valuation.rows[of.index].growth())) }
                }
            } }
        } }
    }
}
