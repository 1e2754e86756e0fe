//! The people of an account.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::next_contact;
use crate::accounts::pages::{Part, frame, name};
use crate::address_book::actions::AtAccount;
use crate::people::pages::{channel_link, days};
use crate::people::store::{Channel, Employment, Person};
use crate::web::components::{empty_state, link_button, section};
use crate::web::context::Page;
use crate::web::url;

/// Everybody who works or worked there.
pub(super) fn page(page: &Page, at: &AtAccount, today: NaiveDate) -> Markup {
    let t = page.t();
    let AtAccount { account, people, .. } = at;
    let (present, former): (Vec<_>, Vec<_>) = people.iter().partition(|(_, employment)| employment.role.is_open(today));
    let new = format!("{}?account={}", url::NEW_PERSON, account.id);
    let may_edit = page.viewer.may(Right::EditPeople);
    let add = html! { @if may_edit { (link_button(&new, &t.people_new(), !people.is_empty())) } };
    html! {
        (frame(page, account, Part::People, &add))
        @if people.is_empty() {
            (empty_state(&t.people_none_at(), &t.people_none_text(), html! { @if may_edit { (link_button(&new, &t.people_new(), true)) } }))
        } @else {
            (section(12, &t.people_at(present.len(), name(account)), "", table(page, &present, at)))
            @if !former.is_empty() { (section(12, &t.people_former_title(former.len()), "", table(page, &former, at))) }
        }
    }
}

fn table(page: &Page, rows: &[&(Person, Employment)], at: &AtAccount) -> Markup {
    let t = page.t();
    let names: HashMap<i64, String> = at.people.iter().map(|(person, _)| (person.id, person.data.full_name())).collect();
    let has_rhythm = rows.iter().any(|(person, _)| at.contacts.contains_key(&person.id));
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                th { (t.people_name()) } th { (t.people_function()) } th { (t.people_department()) } th { (t.people_reports_to()) }
                th { (t.channel_work_phone()) } th { (t.channel_work_mail()) } th { (t.people_when()) }
                @if has_rhythm { th { (t.cadence_next()) } }
            } }
            tbody { @for (person, employment) in rows {
                @let role = &employment.role;
                @let channels = at.channels.get(&person.id).map(Vec::as_slice).unwrap_or_default();
                tr {
                    td { a href=(url::person(person.id)) { (person.data.full_name()) } }
                    td.name { (role.function) }
                    td { (role.department) }
                    td data-label=(t.people_reports_to()) {
                        @if let Some(superior) = role.reports_to && let Some(name) = names.get(&superior) { a href=(url::person(superior)) { (name) } }
                    }
                    td { @if let Some(channel) = first(channels, ChannelKind::is_phone) { (channel_link(channel)) } }
                    td.mail { @if let Some(channel) = first(channels, ChannelKind::is_mail) { (channel_link(channel)) } }
                    td { (days(page, role)) }
                    @if has_rhythm {
                        td data-label=[at.contacts.contains_key(&person.id).then(|| t.cadence_next())] { @if let Some(contact) = at.contacts.get(&person.id) { (next_contact(page, &contact.standing)) } }
                    }
                }
            } }
        } }
    }
}

/// The channel of some kind to use first.
pub(super) fn first(channels: &[Channel], is_wanted: impl Fn(ChannelKind) -> bool) -> Option<&Channel> {
    channels.iter().find(|channel| channel.ended_on.is_none() && channel.kind != ChannelKind::Fax && is_wanted(channel.kind))
}
