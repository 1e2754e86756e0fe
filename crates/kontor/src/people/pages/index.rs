//! The list of all people.

use axum::extract::{RawQuery, State};
use chrono::NaiveDate;
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::Right;
use kontor_domain::view::List;
use maud::{Markup, html};
use serde::Deserialize;
use strum::VariantArray;

use super::account::first;
use super::show::channel_link;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions::company;
use crate::people::list::{self, Found, Row, Sort, State as Which, Wanted};
use crate::views;
use crate::web::components::{empty_state, headline, link_button, pagination};
use crate::web::context::{Page, Query};
use crate::web::url;

/// How many people a page shows.
const PAGE: u64 = 50;

/// What is asked of the list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::people) struct ListQuery {
    /// Words of the name, a mail address, a telephone number.
    pub(super) q: String,
    /// Number or name of accounts.
    pub(super) account: String,
    /// A part of the function.
    pub(super) function: String,
    /// A part of the department.
    pub(super) department: String,
    /// Which employments count.
    pub(super) state: String,
    /// In which order.
    pub(super) sort: String,
    /// The page, from 0.
    pub(super) page: u64,
}

impl ListQuery {
    /// What is looked for; the accounts are found by name or number.
    pub(in crate::people) async fn wanted(&self, office: &Office, page: &Page) -> Result<Wanted, Fault> {
        let choice = |field: &'static str| Fault::field(field, |t| t.people_choice_wrong());
        let accounts = match self.account.trim() {
            "" => None,
            typed => Some(list::accounts_like(office, &page.viewer, typed).await?),
        };
        Ok(Wanted {
            text: self.q.clone(),
            accounts,
            function: self.function.trim().to_owned(),
            department: self.department.trim().to_owned(),
            state: if self.state.is_empty() { Which::All } else { self.state.parse().map_err(|_| choice("state"))? },
            sort: if self.sort.is_empty() { Sort::Name } else { self.sort.parse().map_err(|_| choice("sort"))? },
        })
    }

    fn is_filtered(&self) -> bool {
        [&self.q, &self.account, &self.function, &self.department, &self.state].iter().any(|text| !text.is_empty())
    }

    fn address(&self, path: &str, sort: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let parameters: [(&str, &str); 7] = [
            ("q", &self.q),
            ("account", &self.account),
            ("function", &self.function),
            ("department", &self.department),
            ("state", &self.state),
            ("sort", sort),
            ("page", &page),
        ];
        url::with_query(path, &parameters)
    }
}

/// The list.
pub(super) async fn index(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> Result<Markup, Fault> {
    let wanted = query.wanted(&office, &page).await?;
    let found = list::list(&office, &page.viewer, &wanted, query.page.saturating_mul(PAGE), PAGE).await?;
    let views = views::actions::list(&office, &page.viewer, Some(List::People)).await?;
    let bar = views::pages::bar(&page, List::People, &views, raw.as_deref().unwrap_or_default());
    Ok(page.render(&page.t().people_title(), index_page(&page, &query, &found, bar, office.today())))
}

fn index_page(page: &Page, query: &ListQuery, found: &Found, bar: Markup, today: NaiveDate) -> Markup {
    let t = page.t();
    let may_edit = page.viewer.may(Right::EditPeople);
    let actions = html! {
        @if may_edit { (link_button("/people/import", &t.contacts_title(), false)) (link_button(url::NEW_PERSON, &t.people_new(), true)) }
    };
    if found.total == 0 && !query.is_filtered() {
        return html! { (empty_state(&t.people_finding(0), &t.people_none_text(), actions)) };
    }
    let first = (query.page * PAGE).min(found.total);
    let last = (first + found.rows.len() as u64) as usize;
    let before = (query.page > 0).then(|| query.address(url::PEOPLE, &query.sort, query.page - 1));
    let after = ((last as u64) < found.total).then(|| query.address(url::PEOPLE, &query.sort, query.page + 1));
    html! {
        (headline(&[], t.people_finding(found.total), html! { @if found.is_similar { (t.people_similar()) } }, actions))
        (bar)
        (filter(page, query))
        form action="/people.vcf" {
            (table(page, query, found, today))
            @if page.viewer.may(Right::Export) && !found.rows.is_empty() { (export_region(page, query)) }
        }
        @if found.rows.is_empty() { p.quiet { (t.people_none()) } }
        @else { (pagination(t, page.locale(), first as usize + 1, last, found.total as usize, before, after)) }
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
            @for (name, value) in [("q", &query.q), ("account", &query.account), ("function", &query.function), ("department", &query.department), ("state", &query.state)] {
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
        html! { th aria-sort=[(sorted == sort).then_some("ascending")] { a href=(query.address(url::PEOPLE, sort, 0)) { (label) } } }
    };
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                @if may_export { th { span.hidden { (t.people_pick()) } } }
                (head("name", t.people_name())) (head("company", t.people_company())) th { (t.people_function()) }
                th { (t.channel_work_phone()) } th { (t.channel_work_mail()) }
            } }
            tbody { @for row in &found.rows { (table_row(page, found, row, today)) } }
        } }
    }
}

fn table_row(page: &Page, found: &Found, row: &Row, today: NaiveDate) -> Markup {
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
        }
    }
}
