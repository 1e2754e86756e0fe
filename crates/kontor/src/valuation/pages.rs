//! The ABC page: classes, curve, concentration, revenue against margin, ranking.

pub mod frame;
mod movers;
pub mod parts;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kontor_domain::abc::{Class, Metric};
use kontor_domain::concentration::MAJOR_SHARE;
use kontor_domain::cross::CrossTable;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::actions;
use super::forms::{Wanted, WantedQuery};
use super::table::Valuation;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::charts::share_bar;
use crate::web::components::{Figure, class_badge, figures, headline, section};
use crate::web::context::{Page, Query};
use crate::web::filter::Asked;
use crate::web::routes::{Guard, Routes};
use crate::web::url;
use frame::Selectors;

/// How many accounts the ranking shows; the accounts list has all.
const RANKS: usize = 50;
/// How many accounts that changed their class are named.
const MOVERS: usize = 20;
/// How many accounts of a corner of the cross-table are named below it.
const CORNER: usize = 10;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), url::ABC, abc).get(Guard::Needs(Right::Export), url::MOVERS_CSV, movers::csv).get(
        Guard::Needs(Right::Export),
        url::MOVERS_XLSX,
        movers::xlsx,
    )
}

async fn abc(State(office): State<Office>, page: Page, Query(query): Query<WantedQuery>) -> Result<Response, Fault> {
    let asked = Asked::of(&query, WantedQuery::parse, WantedQuery::without)?;
    let t = page.t();
    let Some(valuation) = actions::value(&office, &page.viewer, &page.settings, &asked.read).await? else {
        return Ok(frame::empty(&page, &t.nav_valuation()).into_response());
    };
    let shown = Abc { page: &page, valuation: &valuation, wanted: &asked.read, typed: &query, errors: &asked.errors };
    Ok((asked.status(), page.render(&t.nav_valuation(), shown.main())).into_response())
}

/// What the page is made of.
struct Abc<'a> {
    page: &'a Page,
    valuation: &'a Valuation,
    wanted: &'a Wanted,
    typed: &'a WantedQuery,
    errors: &'a [FieldError],
}

impl Abc<'_> {
    fn main(&self) -> Markup {
        let (page, valuation, t) = (self.page, self.valuation, self.page.t());
        let offered =
            Selectors { path: url::ABC, keep: &[], has_metric: true, has_thresholds: true, typed: self.typed, errors: self.errors };
        let (movers, cross, is_empty) = (valuation.movers(), valuation.cross(), valuation.ranking.is_empty());
        html! {
            (headline(&[], frame::lede(t, valuation), frame::sub(page, valuation), ""))
            (frame::sections(page, url::ABC))
            (frame::selectors(page, valuation, self.wanted, &offered))
            @if !is_empty { (self.key_figures()) }
            (frame::notices(page, valuation))
            div.columns {
                @if !is_empty {
                    (section(12, &parts::pareto_finding(t, valuation), "", parts::pareto_chart(page, valuation)))
                    (section(6, &self.classes_finding(), "", self.classes()))
                    (section(6, &parts::concentration_finding(t, valuation), "", parts::concentration_strip(page, valuation)))
                }
                @if !cross.is_empty() { (section(12, &self.cross_finding(&cross), "", self.cross(&cross))) }
                @if !movers.is_empty() { (section(12, &parts::movers_finding(t, &movers), "", parts::movers_table(page, valuation, &movers[..movers.len().min(MOVERS)]))) }
                @if movers.len() > MOVERS { (movers::more(page, self.wanted, movers.len() - MOVERS)) }
                @if !is_empty { (section(12, &t.valuation_ranking(valuation.ranking.len().min(RANKS), valuation.ranking.len()), html! { a href=(self.accounts(&[])) { (t.valuation_all_accounts()) } }, self.ranking())) }
            }
        }
    }

    /// The accounts list over the same period with the same thresholds.
    fn accounts(&self, filter: &[(&'static str, String)]) -> String {
        let mut parameters: Vec<(&str, String)> = self.wanted.parameters().into_iter().filter(|(name, _)| *name != "metric").collect();
        parameters.extend_from_slice(filter);
        url::with_query(url::ACCOUNTS, &parameters)
    }

    /// The parameter of the accounts list that stands for a class by the metric asked for.
    const fn class_parameter(&self) -> &'static str {
        match self.valuation.asked.metric {
            Metric::Revenue => "class",
            Metric::Margin => "margin_class",
        }
    }

    fn key_figures(&self) -> Markup {
        let (t, locale, valuation) = (self.page.t(), self.page.locale(), self.valuation);
        let (shape, found, [a, ..]) = (valuation.pareto(), valuation.concentration(), valuation.class_sums());
        let fine = |figure: f64| locale.decimal((figure * 1000.0).round() / 1000.0);
        let balance = locale.percent(shape.balance_point, 0);
        figures(&[
            Figure::new(t.valuation_a_accounts(), locale.integer(a.accounts as i64), t.valuation_a_note(locale.percent(a.share, 1))),
            Figure::new(
                t.valuation_top_fifth(),
                locale.percent(shape.top20_share, 1),
                t.valuation_balance(balance, locale.percent(1.0 - shape.balance_point, 0)),
            ),
            Figure::new(
                t.valuation_strip_largest(),
                locale.percent(found.top1_share, 1),
                t.valuation_top10(locale.percent(found.top10_share, 1)),
            )
            .warning(found.top1_share >= MAJOR_SHARE),
            Figure::new(t.valuation_hhi(), fine(found.hhi), t.valuation_equal(parts::effective(t, found.effective_accounts))),
            Figure::new(t.valuation_gini(), fine(found.gini), t.valuation_gini_note()),
        ])
    }

    fn classes_finding(&self) -> String {
        let (t, [a, b, c]) = (self.page.t(), self.valuation.class_sums());
        t.valuation_classes_finding(a.accounts, b.accounts, c.accounts)
    }

    fn classes(&self) -> Markup {
        let (t, locale, valuation) = (self.page.t(), self.page.locale(), self.valuation);
        html! {
            div.scroll { table.table {
                thead { tr { th { (t.valuation_class()) } th.num { (t.nav_accounts()) } th.num { (frame::metric_name(t, valuation.asked.metric)) } th.num { (t.valuation_share()) } th.bar.minor {} } }
                tbody { @for (class, sum) in Class::ALL.into_iter().zip(valuation.class_sums()) { tr {
                    td { (class_badge(class)) }
                    td.num { a href=(self.accounts(&[(self.class_parameter(), class.to_string())])) { (locale.integer(sum.accounts as i64)) } }
                    td.num { (locale.amount(sum.amount)) } td.num { (locale.percent(sum.share, 1)) }
                    td.bar.minor { (share_bar(sum.share, class)) }
                } } }
            } }
        }
    }

    fn cross_finding(&self, cross: &CrossTable) -> String {
        self.page.t().valuation_cross_finding(cross.cell(Class::A, Class::C).len(), cross.cell(Class::C, Class::A).len())
    }

    /// Revenue classes down, margin classes across; each cell leads to its accounts, and the corners are those to talk about.
    fn cross(&self, cross: &CrossTable) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let corner = cross.cell(Class::A, Class::C);
        html! {
            div.scroll { table.table.cross {
                thead { tr { th.wrap { (t.valuation_cross_head()) } @for margin in Class::ALL { th.num scope="col" { (t.valuation_margin()) " " (class_badge(margin)) } } } }
                tbody { @for revenue in Class::ALL { tr {
                    th scope="row" { (t.valuation_revenue()) " " (class_badge(revenue)) }
                    @for margin in Class::ALL {
                        @let rows = cross.cell(revenue, margin);
                        @let is_corner = matches!((revenue, margin), (Class::A, Class::C) | (Class::C, Class::A));
                        td.num.cross__mark[is_corner && !rows.is_empty()] {
                            @if rows.is_empty() { span.quiet { "0" } }
                            @else {
                                a href=(self.accounts(&[("class", revenue.to_string()), ("margin_class", margin.to_string())])) { (locale.integer(rows.len() as i64)) }
                                span.cross__amount { (self.revenue_of(rows)) }
                            }
                        }
                    }
                } } }
            } }
            @if !corner.is_empty() {
                p.sub {
                    (t.valuation_corner(corner.len())) " "
                    @for (place, &index) in corner.iter().take(CORNER).enumerate() { @if place > 0 { ", " } (frame::link(t, self.valuation, index)) }
                    @if corner.len() > CORNER { " …" }
                }
            }
        }
    }

    fn revenue_of(&self, rows: &[usize]) -> String {
        let revenue = rows.iter().map(|&index| self.valuation.rows[index].now.revenue).sum();
        self.page.locale().compact(revenue, self.valuation.asked.currency)
    }

    fn ranking(&self) -> Markup {
        let (t, locale, valuation) = (self.page.t(), self.page.locale(), self.valuation);
        html! {
            div.scroll { table.table {
                thead { tr {
                    th.num.minor { (t.valuation_rank()) } th.pin { (t.valuation_account()) } th.num { (frame::metric_name(t, valuation.asked.metric)) }
                    th.num { (t.valuation_share()) } th.num.minor { (t.valuation_cumulative()) } th { (t.valuation_class()) }
                } }
                tbody { @for ranked in valuation.ranking.iter().take(RANKS) { tr {
                    td.num.quiet.minor { (locale.integer(ranked.rank)) } td.pin { (frame::link(t, valuation, ranked.index)) } td.num { (locale.amount(ranked.amount)) }
                    td.num { (locale.percent(ranked.share, 1)) } td.num.minor { (locale.percent(ranked.cumulative_share, 1)) } td { (class_badge(ranked.class)) }
                } } }
            } }
        }
    }
}
