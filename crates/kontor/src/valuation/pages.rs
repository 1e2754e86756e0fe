//! The ABC page: classes, curve, concentration, revenue against margin, ranking.

pub mod frame;
pub mod parts;

use axum::extract::State;
use kontor_domain::abc::Class;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::actions;
use super::forms::WantedQuery;
use super::table::Valuation;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::{class_badge, headline, section};
use crate::web::context::{Page, Query};
use crate::web::routes::{Guard, Routes};
use crate::web::url;
use frame::Selectors;

/// How many accounts the ranking shows; the accounts list has all.
const RANKS: usize = 200;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), url::ABC, abc)
}

async fn abc(State(office): State<Office>, page: Page, Query(query): Query<WantedQuery>) -> Result<Markup, Fault> {
    let wanted = query.parse()?;
    let t = page.t();
    let Some(valuation) = actions::value(&office, &page.viewer, &page.settings, &wanted).await? else {
        return Ok(frame::empty(&page, &t.nav_valuation()));
    };
    let offered = Selectors { path: url::ABC, keep: &[], has_metric: true, has_thresholds: true };
    let movers = valuation.movers();
    let main = html! {
        (headline(&[], frame::lede(t, &valuation), frame::sub(&page, &valuation), ""))
        (frame::selectors(&page, &valuation, &wanted, &offered))
        (frame::notices(&page, &valuation))
        div.columns {
            (section(12, &parts::pareto_finding(t, &valuation), "", parts::pareto_chart(&page, &valuation)))
            (section(6, &t.valuation_classes(), "", classes(&page, &valuation)))
            (section(6, &parts::concentration_finding(t, &valuation), "", parts::concentration_strip(&page, &valuation)))
            @if valuation.total.margin().is_some() { (section(12, &t.valuation_cross(), "", cross(&page, &valuation))) }
            (section(12, &t.valuation_ranking(), html! { a href=(url::ACCOUNTS) { (t.nav_accounts()) } }, ranking(&page, &valuation)))
            @if !movers.is_empty() { (section(12, &parts::movers_finding(t, &movers), "", parts::movers_table(&page, &valuation, &movers))) }
        }
    };
    Ok(page.render(&t.nav_valuation(), main))
}

fn classes(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        table.table.classes {
            thead { tr { th { (t.valuation_class()) } th.num { (t.nav_accounts()) } th.num { (frame::metric_name(t, valuation.asked.metric)) } th.num { (t.valuation_share()) } } }
            tbody { @for (class, sum) in Class::ALL.into_iter().zip(valuation.class_sums()) { tr {
                td { (class_badge(class)) } td.num { (locale.integer(sum.accounts as i64)) }
                td.num { (locale.amount(sum.amount)) } td.num { (locale.percent(sum.share, 1)) }
            } } }
        }
    }
}

/// Revenue classes down, margin classes across; the corners are those to talk about.
fn cross(page: &Page, valuation: &Valuation) -> Markup {
    let (t, table) = (page.t(), valuation.cross());
    let corner = table.cell(Class::A, Class::C);
    html! {
        div.scroll { table.table.cross {
            thead { tr { th { (t.valuation_cross_head()) } @for margin in Class::ALL { th.num { (t.valuation_margin()) " " (class_badge(margin)) } } } }
            tbody { @for revenue in Class::ALL { tr {
                th { (t.valuation_revenue()) " " (class_badge(revenue)) }
                @for margin in Class::ALL {
                    @let is_corner = matches!((revenue, margin), (Class::A, Class::C) | (Class::C, Class::A));
                    td.num.cross__mark[is_corner] { (page.locale().integer(table.cell(revenue, margin).len() as i64)) }
                }
            } } }
        } }
        @if !corner.is_empty() {
            p.sub { (t.valuation_corner(corner.len())) " " @for (place, &index) in corner.iter().take(10).enumerate() { @if place > 0 { ", " } (frame::link(t, valuation, index)) } }
        }
    }
}

fn ranking(page: &Page, valuation: &Valuation) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        div.scroll { table.table {
            thead { tr {
                th.num { (t.valuation_rank()) } th { (t.valuation_account()) } th.num { (frame::metric_name(t, valuation.asked.metric)) }
                th.num { (t.valuation_share()) } th.num { (t.valuation_cumulative()) } th { (t.valuation_class()) }
            } }
            tbody { @for ranked in valuation.ranking.iter().take(RANKS) { tr {
                td.num.quiet { (ranked.rank) } td { (frame::link(t, valuation, ranked.index)) } td.num { (locale.amount(ranked.amount)) }
                td.num { (locale.percent(ranked.share, 1)) } td.num { (locale.percent(ranked.cumulative_share, 1)) } td { (class_badge(ranked.class)) }
            } } }
        } }
    }
}
