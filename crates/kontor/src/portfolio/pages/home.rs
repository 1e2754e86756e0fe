//! The start page: how the business stands, who carries it, who rose and fell, and how fresh all that is.

use chrono::NaiveDate;
use kontor_domain::Month;
use kontor_domain::concentration::MAJOR_SHARE;
use kontor_domain::growth::{Growth, growth};
use maud::{Markup, html};

use crate::fault::FieldError;
use crate::ledger::pages::freshness;
use crate::ledger::store::Segment;
use crate::valuation::changes::{Changes, changes};
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::valuation::pages::frame::{self, Selectors};
use crate::valuation::pages::parts;
use crate::valuation::table::{SumsExt, Valuation};
use crate::web::charts::{MonthPoint, MonthsChart, Room, months};
use crate::web::components::{Figure, class_badge, delta, figures, headline, section};
use crate::web::context::Page;
use crate::web::url;

/// How many accounts are listed.
const LARGEST: usize = 10;
/// How many of those that rose and of those that fell.
const CHANGES: usize = 6;
/// How many months the chart shows.
const MONTHS: i32 = 36;

/// What the page is made of.
pub struct Home<'a> {
    /// Who looks.
    pub page: &'a Page,
    /// The figures.
    pub valuation: &'a Valuation,
    /// What was asked for.
    pub wanted: &'a Wanted,
    /// What was typed.
    pub typed: &'a WantedQuery,
    /// What is wrong with it; the page is without it.
    pub errors: &'a [FieldError],
    /// The live segments of the ledger.
    pub segments: &'a [Segment],
    /// Today.
    pub today: NaiveDate,
}

impl Home<'_> {
    /// The main part of the page.
    pub fn main(&self) -> Markup {
        let (page, valuation, t) = (self.page, self.valuation, self.page.t());
        let offered =
            Selectors { path: url::HOME, keep: &[], has_metric: false, has_thresholds: false, typed: self.typed, errors: self.errors };
        let (changes, is_empty) = (changes(valuation, CHANGES), valuation.ranking.is_empty());
        let abc = url::with_query(url::ABC, &self.wanted.parameters());
        let accounts = url::with_query(url::ACCOUNTS, &self.wanted.parameters());
        html! {
            (headline(&[], frame::lede(t, valuation), frame::sub(page, valuation), ""))
            (frame::selectors(page, valuation, self.wanted, &offered))
            @if !is_empty { (self.key_figures()) }
            (frame::notices(page, valuation))
            div.columns {
                @if !is_empty {
                    (section(12, &parts::pareto_finding(t, valuation), html! { a href=(abc) { (t.portfolio_to_classes()) } }, parts::pareto_chart(page, valuation)))
                    (section(8, &self.largest_finding(), html! { a href=(accounts) { (t.portfolio_all(valuation.rows.len())) } }, self.largest()))
                }
                div.c-4 {
                    @if !is_empty { (section(12, &parts::concentration_finding(t, valuation), "", parts::concentration_strip(page, valuation))) }
                    (freshness::region(page, self.segments, self.today))
                }
                (section(12, &self.months_finding(), "", self.months()))
                @if valuation.total_before.lines > 0 { (self.changes(&changes)) }
            }
        }
    }

    fn key_figures(&self) -> Markup {
        let (t, locale, valuation) = (self.page.t(), self.page.locale(), self.valuation);
        let (currency, concentration) = (valuation.asked.currency, valuation.concentration());
        let margin = valuation.total.margin().map_or_else(|| "–".to_owned(), |margin| locale.compact(margin, currency));
        let (risen, fallen) = (valuation.ranking.len(), valuation.ranking_before.len());
        figures(&[
            Figure::new(
                t.valuation_revenue(),
                locale.compact(valuation.total.revenue, currency),
                html! {
                    @if valuation.total_before.lines > 0 { (delta(t, locale, valuation.growth())) " " (t.portfolio_against_before()) }
                    @else { (t.dossier_not_comparable()) }
                },
            ),
            Figure::new(t.valuation_margin(), margin, self.margin_note()),
            Figure::new(
                t.portfolio_buying(),
                locale.integer(risen as i64),
                html! { @if valuation.total_before.lines > 0 { (t.portfolio_before_count(fallen)) ", " } (t.portfolio_invoices(valuation.total.invoices)) },
            ),
            Figure::new(
                t.valuation_strip_largest(),
                locale.percent(concentration.top1_share, 1),
                html! { "HHI " (locale.decimal((concentration.hhi * 1000.0).round() / 1000.0)) ", " (t.portfolio_effective(parts::effective(t, concentration.effective_accounts))) },
            )
            .warning(concentration.top1_share >= MAJOR_SHARE),
        ])
    }

    /// The margin as part of revenue and how that changed, in points.
    fn margin_note(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let (now, before) = (self.valuation.total.margin_rate(), self.valuation.total_before.margin_rate());
        html! {
            @if let Some(rate) = now { (t.portfolio_of_revenue(locale.percent(rate, 1))) }
            @if let Some((now, before)) = now.zip(before) {
                ", " span.gain[now > before].loss[now < before] { (t.portfolio_points(frame::points(locale, now - before))) }
            }
        }
    }

    fn largest_finding(&self) -> String {
        let (t, ranking) = (self.page.t(), &self.valuation.by_revenue);
        let count = ranking.len().min(LARGEST);
        match ranking[..count].last() {
            Some(last) => t.portfolio_largest_finding(count, self.page.locale().percent(last.cumulative_share, 0)),
            None => t.portfolio_largest(),
        }
    }

    fn largest(&self) -> Markup {
        let (t, locale, valuation) = (self.page.t(), self.page.locale(), self.valuation);
        html! {
            div.scroll { table.table {
                thead { tr {
                    th.num.minor { (t.valuation_rank()) } th.pin { (t.valuation_account()) } th.num { (t.valuation_revenue()) } th.num.minor { (t.valuation_share()) }
                    th.num.minor { (t.valuation_margin_rate()) } th.num { (t.valuation_growth()) } th { (t.valuation_class()) }
                } }
                tbody { @for ranked in valuation.by_revenue.iter().take(LARGEST) {
                    @let row = &valuation.rows[ranked.index];
                    tr {
                        td.num.quiet.minor { (ranked.rank) }
                        td.pin.name { (frame::link(t, valuation, ranked.index)) (self.page.context.marks.badge(t, valuation.account(ranked.index).id)) }
                        td.num { (locale.amount(row.now.revenue)) }
                        td.num.minor { (locale.percent(ranked.share, 1)) }
                        td.num.minor { @match row.now.margin_rate() { Some(rate) => span.loss[rate < 0.0] { (locale.percent(rate, 1)) }, None => "–" } }
                        td.num { (delta(t, locale, row.growth())) }
                        td { (class_badge(ranked.class)) }
                    }
                } }
            } }
        }
    }

    /// How revenue and margin went, in one sentence.
    fn months_finding(&self) -> String {
        let (t, locale) = (self.page.t(), self.page.locale());
        let margin = self.valuation.total.margin().zip(self.valuation.total_before.margin()).map(|(now, before)| growth(now, before));
        match (self.valuation.growth(), margin) {
            (Growth::Rate(revenue), Some(Growth::Rate(margin))) => {
                t.portfolio_months_both(locale.change(revenue, 1), locale.change(margin, 1))
            }
            (Growth::Rate(revenue), _) => t.portfolio_months_revenue(locale.change(revenue, 1)),
            _ => t.portfolio_months(),
        }
    }

    fn months(&self) -> Markup {
        let (t, locale, points) = (self.page.t(), self.page.locale(), self.month_points());
        let label = t.portfolio_months();
        let chart = MonthsChart {
            label: &label,
            points: &points,
            current: Month::of(self.valuation.period.from())..=Month::of(self.valuation.period.to()),
            before: Month::of(self.valuation.before.from())..=Month::of(self.valuation.before.to()),
            currency: self.valuation.asked.currency,
            room: Room::Full,
        };
        html! {
            (months(&chart, t))
            details.figures-table {
                summary { (t.web_table()) }
                div.scroll { table.table.table--tight {
                    thead { tr { th { (t.portfolio_month()) } th.num { (t.valuation_revenue()) } th.num { (t.valuation_margin()) } } }
                    tbody { @for point in points.iter().rev() { tr {
                        td { (locale.month(point.month)) } td.num { (locale.amount(point.revenue)) }
                        td.num { @match point.margin { Some(margin) => (locale.amount(margin)), None => "–" } }
                    } } }
                } }
            }
        }
    }

    /// The months up to the newest one, without gaps.
    fn month_points(&self) -> Vec<MonthPoint> {
        let last = Month::of(self.valuation.as_of);
        let first = Month::of(self.valuation.span.from()).max(last.plus(1 - MONTHS));
        let sums = |month: Month| self.valuation.months.iter().find(|sums| sums.month == month).map(|sums| sums.sums);
        let point = |month: Month| MonthPoint {
            month,
            revenue: sums(month).map(|sums| sums.revenue).unwrap_or_default(),
            margin: sums(month).and_then(|sums| sums.margin()),
            before: None,
        };
        (first.index()..=last.index()).map(Month::from_index).map(point).collect()
    }

    fn changes(&self, changes: &Changes) -> Markup {
        let t = self.page.t();
        let amount = |amount: kontor_domain::Amount| self.page.locale().compact(amount.abs(), self.valuation.asked.currency);
        let list = |sort: &str| {
            let parameters = self.wanted.parameters().into_iter().chain([("sort", sort.to_owned())]).collect::<Vec<_>>();
            html! { a href=(url::with_query(url::ACCOUNTS, &parameters)) { (t.portfolio_all_changes()) } }
        };
        html! {
            @if changes.risen.count > 0 {
                (section(6, &t.portfolio_risen(changes.risen.count, amount(changes.risen.sum)), list("-difference"), parts::changes_table(self.page, self.valuation, &changes.risen)))
            }
            @if changes.fallen.count > 0 {
                (section(6, &t.portfolio_fallen(changes.fallen.count, amount(changes.fallen.sum)), list("difference"), parts::changes_table(self.page, self.valuation, &changes.fallen)))
            }
        }
    }
}
