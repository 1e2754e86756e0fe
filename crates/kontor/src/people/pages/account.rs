//! The people of an account: the tab, and the region on its first page.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::show::channel_link;
use crate::accounts::pages::{Part, frame, name};
use crate::accounts::store::Account;
use crate::people::store::{Channel, Employment, Person};
use crate::web::components::{empty_state, link_button, section};
use crate::web::context::Page;
use crate::web::url;

/// So many people stand in the region.
const REGION: usize = 6;

/// Everybody who works or worked there.
pub(super) fn page(
    page: &Page,
    account: &Account,
    people: &[(Person, Employment)],
    channels: &HashMap<i64, Vec<Channel>>,
    today: NaiveDate,
) -> Markup {
    let t = page.t();
    let (present, former): (Vec<_>, Vec<_>) = people.iter().partition(|(_, employment)| employment.role.is_open(today));
    let new = format!("{}?account={}", url::NEW_PERSON, account.id);
    let may_edit = page.viewer.may(Right::EditPeople);
    let add = html! { @if may_edit { (link_button(&new, &t.people_new(), !people.is_empty())) } };
    html! {
        (frame(page, account, Part::People, "", "", &add))
        @if people.is_empty() {
            (empty_state(&t.people_at(0, name(account)), &t.people_none_text(), html! { @if may_edit { (link_button(&new, &t.people_new(), true)) } }))
        } @else {
            (section(12, &t.people_at(present.len(), name(account)), "", table(page, &present, people, channels)))
            @if !former.is_empty() { (section(12, &t.people_former_title(former.len()), "", table(page, &former, people, channels))) }
        }
    }
}

fn table(page: &Page, rows: &[&(Person, Employment)], all: &[(Person, Employment)], channels: &HashMap<i64, Vec<Channel>>) -> Markup {
    let t = page.t();
    let names: HashMap<i64, String> = all.iter().map(|(person, _)| (person.id, person.data.full_name())).collect();
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                th { (t.people_name()) } th { (t.people_function()) } th { (t.people_department()) } th { (t.people_reports_to()) }
                th { (t.channel_work_phone()) } th { (t.channel_work_mail()) } th { (t.people_when()) }
            } }
            tbody { @for (person, employment) in rows {
                @let role = &employment.role;
                @let channels = channels.get(&person.id).map(Vec::as_slice).unwrap_or_default();
                tr {
                    td { a href=(url::person(person.id)) { (person.data.full_name()) } }
                    td.name { (role.function) }
                    td { (role.department) }
                    td data-label=(t.people_reports_to()) {
                        @if let Some(superior) = role.reports_to && let Some(name) = names.get(&superior) { a href=(url::person(superior)) { (name) } }
                    }
                    td { @if let Some(channel) = first(channels, ChannelKind::is_phone) { (channel_link(channel)) } }
                    td.mail { @if let Some(channel) = first(channels, ChannelKind::is_mail) { (channel_link(channel)) } }
                    td { (super::show::days(page, role)) }
                }
            } }
        } }
    }
}

/// The channel of some kind to use first.
pub(super) fn first(channels: &[Channel], is_wanted: impl Fn(ChannelKind) -> bool) -> Option<&Channel> {
    channels.iter().find(|channel| channel.ended_on.is_none() && channel.kind != ChannelKind::Fax && is_wanted(channel.kind))
}

/// The people of an account in short, for its first page; `people` are those who work there now.
pub fn people_region(page: &Page, account: &Account, people: &[(Person, Employment)], today: NaiveDate) -> Markup {
    let t = page.t();
    let present: Vec<&(Person, Employment)> = people.iter().filter(|(_, employment)| employment.role.is_open(today)).collect();
    let all = html! { a href=(Part::People.path(account.id)) { (t.people_all_title()) } };
    let body = html! {
        @if present.is_empty() { p.quiet { (t.people_none_text()) } }
        ul.list {
            @for (person, employment) in present.iter().take(REGION) {
                li {
                    a href=(url::person(person.id)) { (person.data.full_name()) }
                    @if !employment.role.function.is_empty() { span.why { (employment.role.function) } }
                }
            }
        }
    };
    html! { div #people.c-12 { (section(12, &t.people_at(present.len(), name(account)), all, body)) } }
}
