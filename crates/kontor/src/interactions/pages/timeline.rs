//! Timelines of accounts, people and groups, and the short one for the account's overview.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use kontor_domain::account::custom::CustomField;
use kontor_domain::audit::{Event, FieldChange};
use kontor_domain::interaction::is_late;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::index::{Before, address as list_address, kinds};
use super::{address, confidentiality_badge, kind_name, new_address, timeline_address};
use crate::accounts::fields;
use crate::accounts::pages::history::told;
use crate::accounts::pages::{Part, frame, name};
use crate::accounts::store::Account;
use crate::audit::details::details;
use crate::audit::store::Entry as Record;
use crate::fault::{Fault, FieldError};
use crate::interactions::actions;
use crate::interactions::filter::{Filter, Which};
use crate::interactions::forms::FilterForm;
use crate::interactions::names::Names;
use crate::interactions::store::{Interaction, OpenStep, Steps};
use crate::interactions::timeline::{Entry, entries};
use crate::office::Office;
use crate::team::store::User;
use crate::web::components::{headline, link_button};
use crate::web::context::{Page, Path, Query};
use crate::web::filter::{self, Asked};
use crate::web::url;
use crate::{groups, people, team};

/// How many entries a page shows.
const PAGE: usize = 40;
/// How many characters of an outcome a timeline shows.
const EXCERPT: usize = 280;
/// How many contacts and steps the account's overview shows.
const SHORT: u64 = 5;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Level {
    level: String,
}

pub(super) async fn of_account(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(typed): Query<FilterForm>,
    Query(before): Query<Before>,
    Query(level): Query<Level>,
) -> Result<Response, Fault> {
    let t = page.t();
    let account = people::actions::account_seen(&office, &page.viewer, id).await?.ok_or(Fault::NotFound)?;
    let members = groups::actions::members(&office, &page.viewer, id, office.today()).await?;
    let is_group = level.level == "group" && members.len() > 1;
    let accounts = if is_group { members.clone() } else { vec![id] };
    let which = Which::Accounts(accounts);
    let asked = Asked::of(&typed, |form: &FilterForm| form.parse(page.locale(), which.clone()), FilterForm::without)?;
    let path = timeline_address(id);
    let buttons = html! {
        @if page.viewer.may(Right::LogInteractions) {
            (link_button(&new_address(id, "call", &path), &t.interactions_log_call(), false))
            (link_button(&new_address(id, "visit", &path), &t.interactions_log_visit(), true))
        }
    };
    let levels = html! {
        @if members.len() > 1 {
            p.levels {
                @if is_group { (t.timeline_of_group_sub(members.len())) " " a href=(path) { (t.timeline_single(name(&account))) } }
                @else { a href=(url::with_query(&path, &[("level", "group")])) { (t.timeline_group()) } }
            }
        }
    };
    let open = Opened { path: &path, level: if is_group { "group" } else { "" }, with_accounts: is_group };
    let body = body(&office, &page, &typed, &asked, &before, &open).await?;
    let main = html! { (frame(&page, &account, Part::Timeline, buttons)) (levels) (body) };
    Ok((asked.status(), page.render(&format!("{} – {}", t.timeline_title(), name(&account)), main)).into_response())
}

pub(super) async fn of_person(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(typed): Query<FilterForm>,
    Query(before): Query<Before>,
) -> Result<Response, Fault> {
    let t = page.t();
    let person = people::actions::person(&office, &page.viewer, id).await?;
    let asked = Asked::of(&typed, |form: &FilterForm| form.parse(page.locale(), Which::Person(id)), FilterForm::without)?;
    let title = t.timeline_of_person(person.data.full_name());
    let (own, path) = (url::person(id), format!("/people/{id}/timeline"));
    let open = Opened { path: &path, level: "", with_accounts: true };
    let body = body(&office, &page, &typed, &asked, &before, &open).await?;
    let main = html! {
        (headline(&[(url::PEOPLE, &t.audit_people()), (&own, &person.data.full_name())], &title, "", ""))
        (body)
    };
    Ok((asked.status(), page.render(&title, main)).into_response())
}

/// Which timeline is open.
struct Opened<'a> {
    path: &'a str,
    level: &'a str,
    with_accounts: bool,
}

async fn body(
    office: &Office,
    page: &Page,
    typed: &FilterForm,
    asked: &Asked<FilterForm, Filter>,
    before: &Before,
    open: &Opened<'_>,
) -> Result<Markup, Fault> {
    let t = page.t();
    let (form, filter) = (&asked.query, &asked.read);
    let mut found = entries(office, &page.viewer, filter, form.wants_records(), before.place()?, PAGE as u64 + 1).await?;
    let goes_on = found.len() > PAGE;
    found.truncate(PAGE);
    let contacts: Vec<Interaction> = found
        .iter()
        .filter_map(|entry| match entry {
            Entry::Contact(interaction) => Some((**interaction).clone()),
            Entry::Record(_) => None,
        })
        .collect();
    let names = Names::of(office, &page.viewer, &contacts).await?;
    let users = team::store::all(office.db.read()).await?;
    let fields = fields::actions::shown(office, &page.viewer).await?;
    let older = found.last().filter(|_| goes_on).map(|last| last.place().to_string());
    let path = if open.level.is_empty() { open.path.to_owned() } else { url::with_query(open.path, &[("level", open.level)]) };
    Ok(html! {
        (filter_form(page, &path, typed, &asked.errors, &users, true))
        @if found.is_empty() { p.quiet { @if *form == FilterForm::default() { (t.timeline_none()) } @else { (t.timeline_none_found()) } } }
        ol.timeline {
            @for entry in &found {
                @match entry {
                    Entry::Contact(interaction) => (contact(page, &names, interaction, open.with_accounts, office.today())),
                    Entry::Record(entry) => (record(page, entry, &fields)),
                }
            }
        }
        @if let Some(older) = older { p.pages { a.button rel="next" href=(format!("{}{}", list_address(open.path, form, &older), level_part(open.level))) { (t.interactions_older()) } } }
    })
}

fn level_part(level: &str) -> String {
    if level.is_empty() { String::new() } else { format!("&level={level}") }
}

/// What to look for; `with_records` offers changes of the records too.
pub(super) fn filter_form(page: &Page, path: &str, form: &FilterForm, errors: &[FieldError], users: &[User], with_records: bool) -> Markup {
    let t = page.t();
    let (path, level) = path.split_once("?level=").unwrap_or((path, ""));
    html! {
        (filter::errors(t, errors))
        form.filter action=(path) data-auto-submit {
            @if !level.is_empty() { input type="hidden" name="level" value=(level); }
            label { (t.interactions_kind()) select name="kind" {
                @for (value, label) in kinds(page, with_records) { option value=(value) selected[value == form.kind] { (label) } }
            } }
            label { (t.interactions_who()) select name="who" {
                option value="" { (t.interactions_anybody()) }
                @for user in users { @let id = user.id.to_string(); option value=(id) selected[id == form.who] { (user.name) } }
            } }
            (filter::day(t, "text", "from", &t.interactions_from(), &form.from, errors))
            (filter::day(t, "text", "to", &t.interactions_to(), &form.to, errors))
            label { (t.interactions_text()) input type="search" name="text" value=(form.text); }
            label { input type="checkbox" name="archived" value="yes" checked[form.archived == "yes"]; (t.interactions_archived()) }
            button.button { (t.interactions_show()) }
        }
    }
}

/// One contact of a list.
pub(super) fn contact(page: &Page, names: &Names, interaction: &Interaction, with_account: bool, today: NaiveDate) -> Markup {
    let (t, locale, entry) = (page.t(), page.locale(), &interaction.entry);
    let persons: Vec<&str> = entry.persons.iter().filter_map(|&id| names.person(id)).collect();
    let users: Vec<&str> = entry.users.iter().map(|&id| names.user(id)).collect();
    let title = if entry.purpose.is_empty() { kind_name(t, entry.kind) } else { entry.purpose.clone() };
    html! {
        li class={ "timeline__entry timeline__entry--" (entry.kind) } {
            time.timeline__when datetime=(entry.day) { (locale.date(entry.day)) @if let Some(time) = entry.time() { span.quiet { " " (time.format("%H:%M")) } } }
            div.timeline__what {
                p.timeline__title {
                    span.badge { (kind_name(t, entry.kind)) } " "
                    a href=(address(interaction.id)) { (title) } " "
                    (confidentiality_badge(t, entry.confidentiality))
                }
                p.timeline__who {
                    @if with_account { a href=(url::account(entry.account_id)) { (names.account(entry.account_id)) } " · " }
                    @if !persons.is_empty() { (t.interactions_with(persons.join(", "))) " · " }
                    @else if !entry.others.is_empty() { (t.interactions_with(entry.others.as_str())) " · " }
                    @if !users.is_empty() { (users.join(", ")) " · " }
                    (t.interactions_minutes_short(locale.integer(i64::from(entry.minutes))))
                }
                @if !entry.outcome.is_empty() { p.timeline__said { (excerpt(&entry.outcome)) } }
                @if let Some(step) = &entry.step {
                    p.timeline__step {
                        span.quiet { (t.interactions_step()) ": " } (step.text)
                        @if let Some(due) = step.due { " · " (t.interactions_step_by(locale.date(due))) }
                        @if interaction.step_done_at.is_some() { " " span.badge.badge--gain { (t.interactions_step_done()) } }
                        @else if step.due.is_some_and(|due| is_late(due, today)) { " " span.badge.badge--loss { (t.interactions_late()) } }
                    }
                }
            }
        }
    }
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT { line } else { line.chars().take(EXCERPT - 1).chain(['…']).collect() }
}

/// One change of the records.
fn record(page: &Page, record: &Record, fields: &[CustomField]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let kind = record.event.kind();
    html! {
        li.timeline__entry.timeline__entry--record {
            time.timeline__when datetime=(record.at.to_rfc3339()) { (locale.date(record.at.with_timezone(&chrono::Local).date_naive())) }
            div.timeline__what {
                p.timeline__title { (t.by_key(&format!("event-{kind}")).unwrap_or_else(|| kind.to_owned())) span.quiet { " · " (record.actor) } }
                p.timeline__who { @for (place, (name, value)) in told_in(page, &record.event, fields).iter().enumerate() {
                    @if place > 0 { " · " } span.quiet { (name) ": " } (value)
                } }
            }
        }
    }
}

/// What a change was about; the fields of an account as its own pages tell them.
fn told_in(page: &Page, event: &Event, fields: &[CustomField]) -> Vec<(String, String)> {
    let t = page.t();
    let dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let change = |change: &FieldChange| {
        let (name, before, after) = told(t, change, fields);
        (name, if before.is_none() { dash(after) } else { format!("{} → {}", dash(before), dash(after)) })
    };
    match event {
        Event::AccountAdded { changes, .. } | Event::AccountChanged { changes, .. } => changes.iter().map(change).collect(),
        event => details(t, page.locale(), event),
    }
}

/// The last contacts of an account and the open next steps, for its overview.
pub async fn contacts_region(office: &Office, page: &Page, account: &Account) -> Result<Markup, Fault> {
    let t = page.t();
    let filter = Filter { which: Which::Accounts(vec![account.id]), ..Default::default() };
    let last = actions::list(office, &page.viewer, &filter, None, SHORT).await?;
    let steps = actions::open_steps(office, &page.viewer, Steps::At(&[account.id]), SHORT).await?;
    let names = Names::of(office, &page.viewer, &last).await?;
    let own = url::account(account.id);
    Ok(html! {
        div.stack {
            @if last.is_empty() { p.quiet { (t.interactions_none_yet()) } }
            ol.timeline.timeline--short { @for interaction in &last { (short(page, &names, interaction)) } }
            @if !steps.is_empty() {
                h3 { (t.interactions_steps_open()) }
                (steps_list(page, &names, &steps, office.today(), false, &own))
            }
            p.actions {
                @if page.viewer.may(Right::LogInteractions) { (link_button(&new_address(account.id, "visit", &own), &t.interactions_log_visit(), false)) }
                a href=(timeline_address(account.id)) { (t.timeline_all()) }
            }
        }
    })
}

fn short(page: &Page, names: &Names, interaction: &Interaction) -> Markup {
    let (t, locale, entry) = (page.t(), page.locale(), &interaction.entry);
    let persons: Vec<&str> = entry.persons.iter().filter_map(|&id| names.person(id)).collect();
    html! {
        li.timeline__entry {
            time.timeline__when datetime=(entry.day) { (locale.date(entry.day)) }
            div.timeline__what {
                p.timeline__title {
                    (kind_name(t, entry.kind)) ": "
                    a href=(address(interaction.id)) { @if entry.purpose.is_empty() { "–" } @else { (entry.purpose) } }
                    " " (confidentiality_badge(t, entry.confidentiality))
                }
                @if !persons.is_empty() { p.timeline__who { (t.interactions_with(persons.join(", "))) } }
            }
        }
    }
}

/// Open next steps, each with the button that closes it; `next` is where that leads.
pub fn steps_list(page: &Page, names: &Names, steps: &[OpenStep], today: NaiveDate, with_account: bool, next: &str) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        ul.steps {
            @for OpenStep { interaction_id, account_id, step } in steps {
                li {
                    div {
                        a href=(address(*interaction_id)) { (step.text) }
                        span.quiet {
                            @if with_account { " · " (names.account(*account_id)) }
                            @if let Some(user_id) = step.user_id { " · " (names.user(user_id)) }
                            @if let Some(due) = step.due { " · " (t.interactions_step_by(locale.date(due))) }
                        }
                        @if step.due.is_some_and(|due| is_late(due, today)) { " " span.badge.badge--loss { (t.interactions_late()) } }
                    }
                    @if page.viewer.may(Right::LogInteractions) {
                        form.inline method="post" action=(format!("{}/step", address(*interaction_id))) {
                            input type="hidden" name="done" value="yes";
                            input type="hidden" name="next" value=(next);
                            button.button.button--link { (t.interactions_step_finish()) }
                        }
                    }
                }
            }
        }
    }
}
