//! The portfolio: attractiveness against our own position.

use axum::extract::State;
use kontor_domain::scoring::portfolio::{Axis, Position, Stance};
use maud::{Markup, html};
use serde::Deserialize;

use super::index::{account_link, kept_notice, level_choice, listing, sub};
use super::model::axis_name;
use super::parts;
use crate::fault::Fault;
use crate::office::Office;
use crate::scoring::list::Listing;
use crate::valuation::pages::frame;
use crate::web::charts::{Bubble, MatrixChart, legend, matrix};
use crate::web::components::{class_badge, headline, section};
use crate::web::context::{Page, Query};
use crate::web::texts::Texts;
use crate::web::url;

/// So many accounts are drawn, the largest by revenue; the table has all.
const BUBBLES: usize = 120;

/// Which valuation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MatrixQuery {
    run: Option<i64>,
    level: String,
}

pub(super) async fn show(State(office): State<Office>, page: Page, Query(query): Query<MatrixQuery>) -> Result<Markup, Fault> {
    let t = page.t();
    let Some(listing) = listing(&office, &page, query.run, &query.level).await? else {
        return Ok(frame::empty(&page, &t.valuation_tab_matrix()));
    };
    Ok(page.render(&t.valuation_tab_matrix(), matrix_page(&page, &listing)))
}

/// The ranked accounts with a position, the largest first.
fn placed(listing: &Listing) -> Vec<(usize, Position, Stance)> {
    let table = &listing.table;
    let place = |&index: &usize| {
        table.rows[index].place?;
        Some((index, table.rows[index].position?, table.stance(index)?))
    };
    let mut placed: Vec<(usize, Position, Stance)> = listing.visible.iter().filter_map(place).collect();
    placed.sort_by_key(|&(index, ..)| (std::cmp::Reverse(table.rows[index].revenue), index));
    placed
}

fn matrix_page(page: &Page, listing: &Listing) -> Markup {
    let t = page.t();
    let placed = placed(listing);
    let count = |stance: Stance| placed.iter().filter(|(_, _, own)| *own == stance).count();
    let title = if placed.is_empty() {
        t.scoring_matrix_none()
    } else {
        t.scoring_matrix_lede(
            placed.len(),
            count(Stance::Invest),
            count(Stance::Maintain),
            count(Stance::Selective),
            count(Stance::Withdraw),
        )
    };
    let model = &listing.table.model.model;
    html! {
        (headline(&[], title, sub(page, listing), html! { button.button type="button" data-print { (t.web_print()) } }))
        (frame::sections(page, url::MATRIX))
        (kept_notice(page, listing, url::MATRIX))
        @if listing.table.run.is_none() {
            form.filter action=(url::MATRIX) data-auto-submit { (level_choice(t, listing)) button.button { (t.valuation_show()) } }
        }
        div.columns {
            (section(12, &t.scoring_matrix_title(), "", html! {
                (chart(page, listing, &placed))
                (legend(&[("before", t.scoring_matrix_tail())]))
                @if placed.len() > BUBBLES { p.quiet { (t.scoring_matrix_largest(BUBBLES, placed.len())) } }
                p.sub { (made_of(t, listing, Axis::Attractiveness)) " " (made_of(t, listing, Axis::Position)) " " (t.scoring_matrix_area()) }
                @if !placed.is_empty() { details.figures-table open[placed.len() <= 12] { summary { (t.web_table()) } (table(page, listing, &placed)) } }
            }))
            (section(12, &t.scoring_matrix_stances(), "", html! {
                dl.facts { @for &stance in Stance::ALL { dt { (parts::stance_badge(t, stance)) } dd { (stance_text(t, stance)) } } }
                p.quiet { (t.scoring_matrix_borders(model.attractive_from, model.strong_from)) }
            }))
        }
    }
}

/// What is recommended for a cell, in a sentence.
fn stance_text(t: &Texts, stance: Stance) -> String {
    t.by_key(&format!("scoring-stance-text-{}", stance.name())).unwrap_or_default()
}

/// Which criteria make up an axis.
fn made_of(t: &Texts, listing: &Listing, axis: Axis) -> String {
    let criteria = listing.table.model.model.criteria.iter().filter(|weighted| weighted.axis == Some(axis));
    let name = |weighted: &kontor_domain::scoring::model::Weighted| {
        format!("{} {}", weighted.criterion.name.in_language(t.language()), t.locale().percent(f64::from(weighted.weight) / 100.0, 0))
    };
    t.scoring_matrix_axis(axis_name(t, axis), criteria.map(name).collect::<Vec<_>>().join(", "))
}

fn chart(page: &Page, listing: &Listing, placed: &[(usize, Position, Stance)]) -> Markup {
    let (t, locale, table) = (page.t(), page.locale(), &listing.table);
    let bubble = |&(index, position, stance): &(usize, Position, Stance)| {
        let row = &table.rows[index];
        let name = listing.name(index);
        Bubble {
            label: name.to_owned(),
            href: url::account_valuation(row.account_id),
            title: t.scoring_matrix_bubble(
                name,
                locale.compact(row.revenue, table.currency),
                parts::score_text(locale, Some(position.attractiveness)),
                parts::score_text(locale, Some(position.strength)),
                parts::stance_name(t, stance),
            ),
            x: position.strength.value(),
            y: position.attractiveness.value(),
            before: row.position_before.map(|before| (before.strength.value(), before.attractiveness.value())),
            size: row.revenue,
            tone: stance.name(),
            is_marked: false,
        }
    };
    let bubbles: Vec<Bubble> = placed.iter().take(BUBBLES).map(bubble).collect();
    let (axis_x, axis_y) = (axis_name(t, Axis::Position), axis_name(t, Axis::Attractiveness));
    let model = &table.model.model;
    matrix(&MatrixChart {
        label: &t.scoring_matrix_title(),
        bubbles: &bubbles,
        split_x: f64::from(model.strong_from),
        split_y: f64::from(model.attractive_from),
        axis_x: &axis_x,
        axis_y: &axis_y,
        cells: [Stance::Invest, Stance::Maintain, Stance::Withdraw, Stance::Selective].map(|stance| parts::stance_name(t, stance)),
    })
}

fn table(page: &Page, listing: &Listing, placed: &[(usize, Position, Stance)]) -> Markup {
    let (t, locale, table) = (page.t(), page.locale(), &listing.table);
    let score = |score| parts::score_text(locale, Some(score));
    let before = |of: Option<kontor_domain::scoring::Score>| html! { span.quiet { (parts::score_text(locale, of)) } };
    html! {
        div.scroll { table.table.table--tight {
            thead { tr {
                th.pin { (t.valuation_account()) } th.num { (t.scoring_axis_attractiveness()) } th.num { (t.scoring_before()) } th.num { (t.scoring_axis_position()) }
                th.num { (t.scoring_before()) } th.num { (t.valuation_revenue()) } th { (t.valuation_class()) } th { (t.scoring_stance()) }
            } }
            tbody { @for &(index, position, stance) in placed {
                @let row = &table.rows[index];
                tr {
                    td.name.pin { (account_link(t, listing, index)) }
                    td.num { (score(position.attractiveness)) } td.num { (before(row.position_before.map(|before| before.attractiveness))) }
                    td.num { (score(position.strength)) } td.num { (before(row.position_before.map(|before| before.strength))) }
                    td.num { (locale.amount(row.revenue)) }
                    td { @if let Some(class) = row.class { (class_badge(class)) } }
                    td { (parts::stance_badge(t, stance)) }
                }
            } }
        } }
    }
}
