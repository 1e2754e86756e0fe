//! How much each key account manager looks after.

use axum::extract::State;
use kontor_domain::abc::Class;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use crate::fault::Fault;
use crate::handovers::workload::{self, Load, Sort};
use crate::office::Office;
use crate::web::components::{empty_state, headline, link_button, share_bar};
use crate::web::context::{Page, Query};
use crate::web::texts::Texts;
use crate::web::url;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkloadQuery {
    sort: String,
}

pub(super) async fn index(State(office): State<Office>, page: Page, Query(query): Query<WorkloadQuery>) -> Result<Markup, Fault> {
    let sort = Sort::parse(&query.sort)?;
    let loads = workload::workload(&office, &page.viewer, &page.settings, sort).await?;
    let t = page.t();
    let actions = html! {
        @if page.viewer.may(Right::AssignTeams) {
            (link_button(url::HANDOVERS, &t.handovers_title(), false))
            (link_button(url::ASSIGN, &t.assignments_bulk(), true))
        }
    };
    let main = html! {
        (headline(&[], finding(t, &loads), t.handovers_workload_sub(), actions))
        @if loads.is_empty() { (empty_state(&t.handovers_workload_none(), &t.assignments_bulk_sub(), "")) }
        @else { (table(&page, &loads, sort)) }
    };
    Ok(page.render(&t.nav_workload(), main))
}

/// What is to be said first: A accounts without a KAM, else who looks after most.
fn finding(t: &Texts, loads: &[Load]) -> String {
    let without = loads.iter().find(|load| load.user.is_none()).map_or(0, |load| load.classes[0]);
    let most = loads.iter().filter(|load| load.user.is_some()).max_by_key(|load| load.revenue);
    match most.and_then(|most| Some((most, most.user.as_ref()?))) {
        _ if without > 0 => t.handovers_finding_without(without),
        Some((most, (_, name))) => t.handovers_finding_most(most.accounts, name.as_str(), t.locale().percent(most.share, 0)),
        None => t.handovers_finding_nobody(),
    }
}

fn table(page: &Page, loads: &[Load], sort: Sort) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let label = |column: Sort| match column {
        Sort::Name => t.handovers_kam(),
        Sort::Accounts => t.nav_accounts(),
        Sort::ClassA => "A".to_owned(),
        Sort::ClassB => "B".to_owned(),
        Sort::ClassC => "C".to_owned(),
        Sort::Revenue => t.valuation_revenue(),
        Sort::Contacts => t.handovers_contacts(),
    };
    let order = |column: Sort| if column == Sort::Name { "ascending" } else { "descending" };
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                @for column in Sort::ALL {
                    th.num[column != Sort::Name] aria-sort=[(column == sort).then_some(order(column))] {
                        a href=(url::with_query(url::WORKLOAD, &[("sort", column.name())])) { (label(column)) }
                    }
                }
                th.num { (t.valuation_share()) } th {}
            } }
            tbody { @for load in loads { tr {
                td.name {
                    @match &load.user {
                    Some((id, name)) => {
                        @if page.viewer.may(Right::AssignTeams) { a href=(url::with_query(url::NEW_HANDOVER, &[("from", id.to_string())])) { (name) } } @else { (name) }
                        @if !load.active { " " span.badge { (t.team_inactive()) } }
                    }
                    None => span.quiet { (t.handovers_without()) },
                    }
                    @let classless = load.accounts - load.classes.iter().sum::<usize>();
                    @if classless > 0 { " " small.quiet { (t.handovers_classless(classless)) } }
                }
                td.num data-label=(label(Sort::Accounts)) { (locale.integer(load.accounts as i64)) }
                @for (class, count) in Class::ALL.into_iter().zip(load.classes) { td.num.quiet[count == 0] data-label=(class) { (locale.integer(count as i64)) } }
                td.num data-label=(label(Sort::Contacts)) { (locale.decimal((load.contacts_per_month * 10.0).round() / 10.0)) }
                td.num data-label=(label(Sort::Revenue)) { (locale.amount(load.revenue)) }
                td.num data-label=(t.valuation_share()) { (locale.percent(load.share, 1)) }
                td { (share_bar(load.share)) }
            } } }
        } }
    }
}
