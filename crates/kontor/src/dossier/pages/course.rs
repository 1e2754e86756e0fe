//! 36 months of revenue and margin.

use std::ops::RangeInclusive;

use kontor_domain::growth::{Growth, growth};
use kontor_domain::{Month, Period};
use maud::{Markup, html};

use super::View;
use super::head::is_year;
use crate::dossier::figures::{CoursePoint, Figures};
use crate::dossier::finding::Finding;
use crate::valuation::table::SumsExt;
use crate::web::charts::{MonthPoint, MonthsChart, Room, months};
use crate::web::components::{delta, section};

/// The chart with its finding, and its figures as a table.
pub(super) fn course_region(view: &View<'_>, of: &Figures) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    let months_of = |period: Period| Month::of(period.from())..=Month::of(period.to());
    let (current, before) = (months_of(of.valuation.period), months_of(of.valuation.before));
    let points: Vec<MonthPoint> = of.course.iter().map(|point| drawn(point, &current)).collect();
    let name = |point: Option<&CoursePoint>| point.map_or_else(String::new, |point| locale.month(point.month));
    let label = t.dossier_chart(name(of.course.first()), name(of.course.last()));
    let chart = MonthsChart { label: &label, points: &points, current, before, currency: view.page.settings.currency, room: Room::Full };
    let body = html! {
        (months(&chart, t))
        details.figures-table { summary { (t.web_table()) } (table(view, of)) }
    };
    html! { div #course.c-12 { (section(12, &title(view, of), "", body)) } }
}

/// Only the present period is compared month by month; before it, the year before is drawn already.
fn drawn(point: &CoursePoint, current: &RangeInclusive<Month>) -> MonthPoint {
    let before = point.before.filter(|_| current.contains(&point.month));
    MonthPoint { month: point.month, revenue: point.sums.revenue, margin: point.sums.margin(), before }
}

/// The finding in words.
fn title(view: &View<'_>, of: &Figures) -> String {
    let (t, locale) = (view.page.t(), view.page.locale());
    match &of.finding {
        Finding::Nothing => t.dossier_finding_nothing(),
        Finding::Credits => t.dossier_finding_credits(),
        Finding::New => t.dossier_finding_new(),
        Finding::BelowSince(month) => t.dossier_finding_below_since(locale.month(*month)),
        Finding::AboveSince(month) => t.dossier_finding_above_since(locale.month(*month)),
        Finding::Steady if !of.is_comparable => t.dossier_finding_steady(),
        Finding::Steady if is_year(of) => t.dossier_finding_steady_year(),
        Finding::Steady => t.dossier_finding_steady_before(),
        Finding::Best(month) => {
            let revenue = of.course.iter().find(|point| point.month == *month).map(|point| point.sums.revenue);
            t.dossier_finding_best(locale.month(*month), locale.compact(revenue.unwrap_or_default(), view.page.settings.currency))
        }
        Finding::Changed { rate, driver, since } => {
            let change = locale.percent(rate.abs(), if rate.abs() < 0.1 { 1 } else { 0 });
            let change = match (is_year(of), *rate > 0.0) {
                (true, true) => t.dossier_finding_up_year(change),
                (true, false) => t.dossier_finding_down_year(change),
                (false, true) => t.dossier_finding_up_before(change),
                (false, false) => t.dossier_finding_down_before(change),
            };
            match (driver, since) {
                (Some(group), _) => t.dossier_finding_mostly(change, group.as_ref()),
                (None, Some(month)) => t.dossier_finding_since(change, locale.month(*month)),
                (None, None) => change,
            }
        }
    }
}

/// Growth against the month a year before; none while the month goes on.
fn growth_of(of: &Figures, point: &CoursePoint) -> Growth {
    let before = point.before.filter(|_| point.month.last_day() <= of.valuation.as_of);
    before.map_or(Growth::None, |before| growth(point.sums.revenue, before))
}

fn table(view: &View<'_>, of: &Figures) -> Markup {
    let (t, locale) = (view.page.t(), view.page.locale());
    html! {
        div.scroll {
            table.table.table--tight {
                thead { tr {
                    th scope="col" { (t.dossier_month()) }
                    th.num scope="col" { (t.dossier_revenue()) } th.num scope="col" { (t.dossier_year_before()) } th.num scope="col" { (t.dossier_change()) }
                    th.num scope="col" { (t.dossier_margin()) } th.num scope="col" { (t.dossier_margin_percent()) } th.num scope="col" { (t.dossier_invoices()) }
                } }
                tbody { @for point in of.course.iter().rev() { tr {
                    td { (locale.month(point.month)) }
                    td.num { (locale.cents(point.sums.revenue)) }
                    td.num { @match point.before { Some(before) => (locale.cents(before)), None => "–" } }
                    td.num { (delta(t, locale, growth_of(of, point))) }
                    td.num { @match point.sums.margin() { Some(margin) => (locale.cents(margin)), None => "–" } }
                    td.num { @match point.sums.margin_rate() { Some(rate) => (locale.percent(rate, 1)), None => "–" } }
                    td.num { (locale.integer(point.sums.invoices)) }
                } } }
            }
        }
    }
}
