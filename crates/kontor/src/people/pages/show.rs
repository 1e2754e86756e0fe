//! The page of one person: who, where, how to reach, where that is known from.

use chrono::NaiveDate;
use kontor_domain::person::letter::letter_language;
use kontor_domain::person::{ChannelKind, Datum};
use kontor_domain::rights::Right;
use kontor_domain::team::Language;
use maud::{Markup, html};

use crate::people::actions::Shown;
use crate::people::notes::actions::Overview;
use crate::people::notes::pages::notes_region;
use crate::people::store::{Channel, Employment, Provenance, Role};
use crate::web::components::{badge, facts, headline, link_button, notice, post_button, section};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// One person.
pub(super) fn page(page: &Page, shown: &Shown, notes: &Overview, today: NaiveDate) -> Markup {
    html! {
        (head(page, shown, today))
        div.columns {
            (channels_region(page, shown))
            (address_region(page, shown))
            (employments_region(page, shown, today))
            (notes_region(page, shown.person.id, notes))
            (provenance_region(page, shown))
        }
    }
}

fn head(page: &Page, shown: &Shown, today: NaiveDate) -> Markup {
    let t = page.t();
    let person = &shown.person;
    let address = url::person(person.id);
    let present = shown.employments.iter().find(|employment| employment.role.is_open(today));
    let sub = html! { @if let Some(employment) = present { (place(shown, employment)) } };
    let is_archived = person.archived_at.is_some();
    let actions = html! {
        (link_button(&format!("{address}/timeline"), &t.timeline_title(), false))
        @if page.viewer.may(Right::Export) { (link_button(&format!("{address}/card.vcf"), &t.contacts_export_card(), false)) }
        @if page.viewer.may(Right::EditPeople) {
            @if is_archived { (post_button(&format!("{address}/unarchive"), &t.people_unarchive(), "button", None)) }
            @else {
                (link_button(&format!("{address}/edit"), &t.people_edit(), false))
                (link_button(&format!("{address}/job"), &t.people_job(), false))
                (post_button(&format!("{address}/archive"), &t.people_archive(), "button", Some(&t.people_archive_confirm())))
            }
        }
    };
    html! {
        (headline(&[(url::PEOPLE, &t.people_title())], person.data.full_name(), sub, actions))
        @if let Some(at) = person.archived_at { (notice("info", html! { p { (t.people_archived(page.locale().date(at.date_naive()))) } })) }
    }
}

/// Function and company of an employment, with a link to the account.
fn place(shown: &Shown, employment: &Employment) -> Markup {
    let role = &employment.role;
    html! {
        @if !role.function.is_empty() { (role.function) ", " }
        @match role.account_id { Some(id) => a href=(url::account(id)) { (shown.company(role)) }, None => (role.company) }
    }
}

fn channels_region(page: &Page, shown: &Shown) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let (ended, used): (Vec<&Channel>, Vec<&Channel>) = shown.channels.iter().partition(|channel| channel.ended_on.is_some());
    let rows: Vec<(String, Markup)> = used.iter().map(|channel| (channel_name(page, channel.kind), channel_link(channel))).collect();
    let body = html! {
        @if rows.is_empty() { p.quiet { "–" } } @else { (facts(&rows)) }
        @if !ended.is_empty() {
            details.figures-table {
                summary { (t.people_channels_ended()) }
                ul { @for channel in ended {
                    li { (channel_name(page, channel.kind)) ": " (channel.value) " "
                        @if let Some(on) = channel.ended_on { span.quiet { (t.people_channel_ended(locale.date(on))) } } }
                } }
            }
        }
    };
    html! { div #channels.c-6 { (section(12, &t.people_channels(), "", body)) } }
}

fn address_region(page: &Page, shown: &Shown) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let data = &shown.person.data;
    let language = letter_language(&data.languages, page.viewer.language);
    let addressee = data.addressee();
    let mut rows = vec![
        (t.people_letter(), html! { (addressee.salutation_line(language)) }),
        (t.people_address_line(), html! { (addressee.address_line(language)) }),
        (t.people_formality(), html! { (t.by_key(&format!("formality-{}", data.formality)).unwrap_or_default()) }),
    ];
    if !data.languages.is_empty() {
        let letters = match language {
            Language::De => t.people_letters_de(),
            Language::En => t.people_letters_en(),
        };
        let named = tongues(t, data.languages.iter().map(String::as_str));
        rows.push((t.people_languages(), html! { (named) " " span.quiet { "(" (letters) ")" } }));
    }
    if let Some(birthday) = data.birthday {
        rows.push((t.people_birthday(), html! { (locale.birthday(birthday)) }));
    }
    if !data.remark.is_empty() {
        rows.push((t.people_remark(), html! { span.lines { (data.remark) } }));
    }
    html! { div #address.c-6 { (section(12, &t.people_letter_title(), "", facts(&rows))) } }
}

fn employments_region(page: &Page, shown: &Shown, today: NaiveDate) -> Markup {
    let t = page.t();
    let address = url::person(shown.person.id);
    let may_edit = page.viewer.may(Right::EditPeople);
    let add = html! { @if may_edit { a href={ (address) "/employments/new" } { (t.people_employment_new()) } } };
    let body = html! {
        div.scroll { table.table.table--words {
            thead { tr {
                th { (t.people_company()) } th { (t.people_function()) } th { (t.people_department()) } th { (t.people_reports_to()) }
                th { (t.people_when()) } th {}
            } }
            tbody { @for employment in &shown.employments {
                @let role = &employment.role;
                tr {
                    td {
                        @match role.account_id { Some(id) => a href=(url::account(id)) { (shown.company(role)) }, None => (role.company) }
                        @if employment.is_primary && role.is_open(today) { " " (badge(&t.people_primary())) }
                        @if !role.is_open(today) { " " (badge(&t.people_former())) }
                        @if role.account_id.is_none() { " " span.quiet { (t.people_outside()) } }
                    }
                    td { (role.function) }
                    td { (role.department) }
                    td data-label=(t.people_reports_to()) {
                        @if let Some(id) = role.reports_to && let Some(name) = shown.superiors.get(&id) { a href=(url::person(id)) { (name) } }
                    }
                    td { (days(page, role)) }
                    td.num { @if may_edit { a href={ (address) "/employments/" (employment.id) } { (t.people_edit()) } } }
                }
            } }
        } }
    };
    html! { div #employments.c-12 { (section(12, &t.people_employments(), add, body)) } }
}

fn provenance_region(page: &Page, shown: &Shown) -> Markup {
    let t = page.t();
    let body = html! {
        div.scroll { table.table.table--tight.table--words {
            thead { tr { th { (t.people_datum()) } th { (t.people_source()) } th { (t.people_basis()) } th { (t.people_since()) } } }
            tbody { @for known in &shown.provenances {
                @if let Some(datum) = datum(page, shown, known) {
                    tr {
                        td { (datum) }
                        td data-label=(t.people_source()) {
                            @if known.origin.source.is_empty() { span.quiet { (t.people_source_unknown()) } } @else { (known.origin.source) }
                        }
                        td { (t.by_key(&format!("basis-{}", known.origin.basis)).unwrap_or_default()) }
                        td data-label=(t.people_since()) { (page.locale().date(known.since)) }
                    }
                }
            } }
        } }
    };
    let history = html! { a href={ (url::person(shown.person.id)) "/history" } { (t.people_history()) } };
    html! { div #provenance.c-12 { (section(12, &t.people_provenance(), history, body)) } }
}

/// What a datum is called; `None` for one that is not shown, such as an employment at an account the viewer does not see.
fn datum(page: &Page, shown: &Shown, known: &Provenance) -> Option<String> {
    let t = page.t();
    Some(match known.datum {
        Datum::Channel => {
            let channel = shown.channels.iter().find(|channel| channel.id == known.item_id)?;
            format!("{}: {}", channel_name(page, channel.kind), channel.value)
        }
        Datum::Employment => {
            let employment = shown.employments.iter().find(|employment| employment.id == known.item_id)?;
            format!("{}: {}", t.datum_employment(), shown.company(&employment.role))
        }
        other => t.by_key(&format!("datum-{other}"))?,
    })
}

fn channel_name(page: &Page, kind: ChannelKind) -> String {
    page.t().by_key(&format!("channel-{kind}")).unwrap_or_else(|| kind.to_string())
}

/// A channel that can be followed where there is something to follow.
pub fn channel_link(channel: &Channel) -> Markup {
    let value = &channel.value;
    let is_web = value.starts_with("https://") || value.starts_with("http://");
    html! {
        @if channel.kind.is_mail() { a href={ "mailto:" (value) } { (mail_text(value)) } }
        @else if channel.kind.is_phone() && channel.kind != ChannelKind::Fax { a href={ "tel:" (channel.normal) } { (value) } }
        @else if is_web { a href=(value) rel="noreferrer noopener" { (value) } }
        @else { span.lines { (value) } }
    }
}

/// A mail address that may go on in the next line after its @.
fn mail_text(address: &str) -> Markup {
    match address.split_once('@') {
        Some((own, host)) => html! { (own) "@" wbr; (host) },
        None => html! { (address) },
    }
}

/// Languages by their names, where these are known.
pub fn tongues<'a>(t: &Texts, codes: impl Iterator<Item = &'a str>) -> String {
    codes.map(|code| t.by_key(&format!("tongue-{code}")).unwrap_or_else(|| code.to_owned())).collect::<Vec<_>>().join(", ")
}

/// From when to when.
pub fn days(page: &Page, role: &Role) -> String {
    let (t, locale) = (page.t(), page.locale());
    match (role.from, role.to) {
        (Some(from), Some(to)) => t.people_days_between(locale.date(from), locale.date(to)),
        (Some(from), None) => t.people_days_open(locale.date(from)),
        (None, Some(to)) => t.people_days_until(locale.date(to)),
        (None, None) => String::new(),
    }
}
