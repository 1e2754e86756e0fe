//! The list of all people.

use axum::extract::{RawQuery, State};
use chrono::NaiveDate;
use kontor_domain::cadence::State as Standing;
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::Right;
use kontor_domain::view::List;
use maud::{Markup, html};
use serde::Deserialize;
use strum::VariantArray;

use super::account::first;
use super::next_contact;
use crate::address_book::actions::{self, Found, Row};
use crate::address_book::forms::ListQuery;
use crate::address_book::list::{Sort, State as Which};
use crate::cadence::pages::{last_contact, state_name};
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions::company;
use crate::people::pages::channel_link;
use crate::views;
use crate::web::components::{empty_state, headline, link_button, pagination};
use crate::web::context::{Page, Query};
use crate::web::url;

/// How many people a page shows.
const PAGE: u64 = 50;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Number {
    /// From 0.
    page: u64,
}

/// The list.
pub(super) async fn index(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    Query(number): Query<Number>,
    RawQuery(raw): RawQuery,
) -> Result<Markup, Fault> {
    let wanted = query.wanted(&office, &page.viewer, Sort::Name).await?;
    let found = actions::list(&office, &page.viewer, &wanted, number.page.saturating_mul(PAGE), PAGE).await?;
    let views = views::actions::list(&office, &page.viewer, Some(List::People)).await?;
    let bar = views::pages::bar(&page, List::People, &views, raw.as_deref().unwrap_or_default());
    Ok(page.render(&page.t().people_title(), index_page(&page, &query, number.page, &found, bar, office.today())))
}

fn index_page(page: &Page, query: &ListQuery, number: u64, found: &Found, bar: Markup, today: NaiveDate) -> Markup {
    let t = page.t();
    let may_edit = page.viewer.may(Right::EditPeople);
    let actions = html! {
        @if may_edit { (link_button("/people/import", &t.contacts_title(), false)) (link_button(url::NEW_PERSON, &t.people_new(), true)) }
    };
    if found.total == 0 && !query.is_filtered() {
        return html! { (empty_state(&t.people_finding(0), &t.people_none_text(), actions)) };
    }
    let first = number.saturating_mul(PAGE).min(found.total);
    let last = (first + found.rows.len() as u64) as usize;
    let before = (number > 0).then(|| query.address(&query.sort, number - 1));
    let after = ((last as u64) < found.total).then(|| query.address(&query.sort, number + 1));
    html! {
        (headline(&[], if found.total == 0 { t.people_none_found() } else { t.people_finding(found.total) }, html! { @if found.is_similar { (t.people_similar()) } }, actions))
        (bar)
        (filter(page, query))
        @if found.rows.is_empty() { p.quiet { (t.people_none()) } }
        @else {
            form action="/people.vcf" {
                (table(page, query, found, today))
                @if page.viewer.may(Right::Export) { (export_region(page, query)) }
            }
            (pagination(t, page.locale(), first as usize + 1, last, found.total as usize, before, after))
        }
    }
}

fn filter(page: &Page, query: &ListQuery) -> Markup {
    let t = page.t();
    html! {
        form.filter action=(url::PEOPLE) data-auto-submit {
            label { (t.people_search()) input type="search" name="q" value=(query.q); }
            label { (t.people_company()) input type="search" name="account" value=(query.account); }
            label { (t.people_function()) input type="search" name="function" value=(query.function); }
            label { (t.people_department()) input type="search" name="department" value=(query.department); }
            label { (t.people_state()) select name="state" {
                @for state in Which::VARIANTS {
                    @let name: &str = state.into();
                    option value=(if *state == Which::All { "" } else { name }) selected[name == query.state] {
                        (t.by_key(&format!("people-state-{name}")).unwrap_or_default())
                    }
                }
            } }
            label { (t.portfolio_contact()) select name="contact" {
                option value="" { (t.portfolio_any()) }
                @for state in Standing::ALL { option value=(state) selected[state.name() == query.contact] { (state_name(t, state)) } }
            } }
            @if !query.sort.is_empty() { input type="hidden" name="sort" value=(query.sort); }
            button.button { (t.people_show()) }
        }
    }
}

/// Files of the list, or of the people that are ticked.
fn export_region(page: &Page, query: &ListQuery) -> Markup {
    let t = page.t();
    html! {
        div.actions.export {
            @for (name, value) in query.filters().into_iter().chain([("sort", query.sort.as_str())]) {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            span.quiet { (t.people_export_hint()) }
            button.button { (t.contacts_export_card()) }
            button.button name="version" value="3" { (t.contacts_export_card3()) }
            button.button formaction="/people.csv" { "CSV" }
            button.button formaction="/people.xlsx" { "XLSX" }
        }
    }
}

fn table(page: &Page, query: &ListQuery, found: &Found, today: NaiveDate) -> Markup {
    let t = page.t();
    let may_export = page.viewer.may(Right::Export);
    let sorted = if query.sort.is_empty() { "name" } else { query.sort.as_str() };
    let head = |sort: &str, label: String| {
        html! { th aria-sort=[(sorted == sort).then_some("ascending")] { a href=(query.address(sort, 0)) { (label) } } }
    };
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                @if may_export { th { span.hidden { (t.people_pick()) } } }
                (head("name", t.people_name())) (head("company", t.people_company())) th { (t.people_function()) }
                th { (t.channel_work_phone()) } th { (t.channel_work_mail()) }
                (head("last_contact", t.cadence_last())) (head("contact", t.cadence_next()))
            } }
            tbody { @for row in &found.rows { (table_row(page, found, row, today)) } }
        } }
    }
}

fn table_row(page: &Page, found: &Found, row: &Row, today: NaiveDate) -> Markup {
    let t = page.t();
    let role = row.employments.first().map(|employment| &employment.role);
    html! {
        tr {
            @if page.viewer.may(Right::Export) {
                td.pick { input type="checkbox" name="id" value=(row.person.id) aria-label=(page.t().people_pick_one(row.person.data.full_name())); }
            }
            td.name { a href=(url::person(row.person.id)) { (row.person.data.full_name()) } }
            td.name.full {
                @if let Some(role) = role {
                    @match role.account_id { Some(id) => a href=(url::account(id)) { (company(&found.accounts, role)) }, None => (role.company) }
                    @if !role.is_open(today) { " " span.badge { (page.t().people_former()) } }
                }
            }
            td.name.full {
                @if let Some(role) = role {
                    (role.function)
                    @if !role.department.is_empty() && !role.function.contains(&role.department) { " " span.quiet.below { (role.department) } }
                }
            }
            td { @if let Some(channel) = first(&row.channels, ChannelKind::is_phone) { (channel_link(channel)) } }
            td.mail { @if let Some(channel) = first(&row.channels, ChannelKind::is_mail) { (channel_link(channel)) } }
            @match &row.contact {
                Some(contact) => {
                    td.name data-label=(t.cadence_last()) { (last_contact(t, page.locale(), &contact.standing)) }
                    td.name data-label=(t.cadence_next()) { (next_contact(page, &contact.standing)) }
                }
                None => { td {} td {} }
            }
        }
    }
}
