//! Pages of the rhythm of contact: who waits, the rules, and what the pages of accounts show of it.

mod rules;

use std::collections::HashMap;

use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::abc::Class;
use kontor_domain::cadence::{Role, Standing, State};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions;
use super::book::Contact;
use super::forms::{FilterForm, OwnForm};
use crate::accounts::store::Account;
use crate::fault::{Fault, FieldError};
use crate::interactions::names::Names;
use crate::interactions::pages::{kind_name, new_address};
use crate::office::Office;
use crate::team::store::User;
use crate::web::components::{Field, Input, button, class_badge, error_summary, headline, link_button, pagination};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::format::Locale;
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;
use crate::{accounts, assignments, people, team};

/// How many one page of the list shows.
const PAGE: usize = 50;

/// The routes.
pub fn routes() -> Routes {
    let see = Guard::Needs(Right::SeeFigures);
    Routes::new()
        .get(see, "/cadence", list)
        .get(Guard::Needs(Right::SeeSettings), "/cadence/rules", rules::show)
        .post(Guard::Needs(Right::ChangeSettings), "/cadence/rules", rules::change)
        .get(Guard::Needs(Right::LogInteractions), "/accounts/{id}/cadence", own)
        .post(Guard::Needs(Right::LogInteractions), "/accounts/{id}/cadence", set_own)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Number {
    page: usize,
}

async fn list(
    Extract(office): Extract<Office>,
    page: Page,
    Query(form): Query<FilterForm>,
    Query(number): Query<Number>,
) -> Result<Markup, Fault> {
    let t = page.t();
    let all = actions::list(&office, &page.viewer, form.parse()?).await?;
    let first = (number.page * PAGE).min(all.len());
    let last = (first + PAGE).min(all.len());
    let shown = &all[first..last];
    let names =
        Names::of_ids(&office, &page.viewer, shown.iter().map(|row| row.account_id), shown.iter().filter_map(|row| row.person_id)).await?;
    let ids: Vec<i64> = shown.iter().map(|row| row.account_id).collect();
    let kams = assignments::actions::kams_of(&office, &ids, office.today()).await?;
    let users = team::store::all(office.db.read()).await?;
    let address = |page: usize| {
        let page = if page == 0 { String::new() } else { page.to_string() };
        url::with_query("/cadence", &[("kam", form.kam.as_str()), ("class", &form.class), ("state", &form.state), ("page", &page)])
    };
    let buttons = html! { @if page.viewer.may(Right::SeeSettings) { (link_button("/cadence/rules", &t.cadence_rules(), false)) } };
    // Of a part of the accounts the page does not say how it stands with all of them.
    let is_filtered = [&form.kam, &form.class, &form.state].iter().any(|text| !text.is_empty());
    let finding = if is_filtered { t.cadence_found(all.len()) } else { finding(t, &all) };
    let main = html! {
        (headline(&[], finding, t.cadence_sub(), buttons))
        (filter_form(&page, &form, &users))
        @if all.is_empty() { p.quiet { (if is_filtered { t.cadence_none_found() } else { t.cadence_none() }) } }
        @else {
            (table(&page, shown, &names, &kams))
            (pagination(t, page.locale(), first + 1, last, all.len(), (number.page > 0).then(|| address(number.page - 1)), (last < all.len()).then(|| address(number.page + 1))))
        }
    };
    Ok(page.render(&t.cadence_title(), main))
}

/// How many wait too long: accounts as a whole, and people, whose rhythm may be shorter than that of their account.
fn finding(t: &Texts, all: &[Contact]) -> String {
    let overdue = |is_person: bool| {
        all.iter().filter(|contact| contact.standing.state == State::Overdue && contact.person_id.is_some() == is_person).count()
    };
    match (overdue(false), overdue(true)) {
        (accounts, 0) => t.cadence_finding(accounts),
        (0, people) => t.cadence_finding_people(people),
        (accounts, people) => t.cadence_finding_both(accounts, people),
    }
}

fn filter_form(page: &Page, form: &FilterForm, users: &[User]) -> Markup {
    let t = page.t();
    html! {
        form.filter action="/cadence" data-auto-submit {
            label { (t.cadence_state()) select name="state" {
                option value="" { (t.cadence_state_all()) }
                @for state in State::ALL { option value=(state) selected[state.name() == form.state] { (state_name(t, state)) } }
            } }
            label { (t.cadence_class()) select name="class" {
                option value="" { (t.interactions_kind_all()) }
                @for class in Class::ALL { option value=(class) selected[class.to_string() == form.class] { (class) } }
            } }
            label { (t.cadence_kam()) select name="kam" {
                option value="" { (t.cadence_kam_all()) }
                @for user in users.iter().filter(|user| user.active) { @let id = user.id.to_string(); option value=(id) selected[id == form.kam] { (user.name) } }
            } }
            button.button { (t.interactions_show()) }
        }
    }
}

fn table(page: &Page, rows: &[Contact], names: &Names, kams: &HashMap<i64, i64>) -> Markup {
    let t = page.t();
    let may_log = page.viewer.may(Right::LogInteractions);
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                th { (t.interactions_account()) } th { (t.cadence_class()) } th { (t.cadence_kam()) } th { (t.cadence_last()) }
                th { (t.cadence_next()) } th { (t.cadence_state()) } th { (t.cadence_interval_in_days()) } @if may_log { th {} }
            } }
            tbody { @for row in rows { tr {
                td.name {
                    a href=(url::account(row.account_id)) { (names.account(row.account_id)) }
                    @if let Some(id) = row.person_id { " · " a href=(url::person(id)) { (names.person(id).unwrap_or("–")) } (role(t, row)) }
                }
                td { @if let Some(class) = row.class { (class_badge(class)) } }
                td data-label=(t.cadence_kam()) { @if let Some(&kam) = kams.get(&row.account_id) { (names.user(kam)) } @else { span.quiet { "–" } } }
                td data-label=(t.cadence_last()) { (last_contact(t, page.locale(), &row.standing)) }
                td data-label=(t.cadence_next()) { @match row.standing.due_on { Some(day) => (page.locale().date(day)), None => span.quiet { "–" } } }
                td { (state_badge(t, &row.standing)) }
                td data-label=(t.cadence_interval_in_days()) {
                    (row.standing.interval.wanted()) "/" (row.standing.interval.longest())
                    @if row.is_own { " " span.quiet { (t.cadence_interval_own_short()) } }
                }
                @if may_log { td.num { a href=(new_for(row)) { (t.interactions_log_visit()) } } }
            } } }
        } }
    }
}

fn new_for(row: &Contact) -> String {
    let address = new_address(row.account_id, "visit", "/cadence");
    row.person_id.map_or(address.clone(), |id| format!("{address}&person={id}"))
}

/// The name of a state.
pub fn state_name(t: &Texts, state: State) -> String {
    t.by_key(&format!("cadence-state-{}", state.name())).unwrap_or_else(|| state.name().to_owned())
}

/// The state in its colour and in words, with how long it has been so.
pub fn state_badge(t: &Texts, standing: &Standing) -> Markup {
    let (colour, text) = match (standing.state, standing.days_over) {
        (State::Overdue, Some(days)) => ("badge badge--loss", t.cadence_overdue_by(days)),
        (State::Overdue | State::Never, _) => ("badge badge--warn", state_name(t, State::Never)),
        (State::Due, _) => ("badge badge--warn", state_name(t, State::Due)),
        (State::Fine, _) => ("badge badge--gain", state_name(t, State::Fine)),
    };
    html! { span class=(colour) { (text) } }
}

/// The last contact that counts, with its kind.
pub fn last_contact(t: &Texts, locale: Locale, standing: &Standing) -> Markup {
    html! {
        @match standing.last {
            Some((day, kind)) => { (kind_name(t, kind)) ", " (locale.date(day)) }
            None => span.quiet { (state_name(t, State::Never)) }
        }
    }
}

/// The part in the buying centre that the rhythm is about.
fn role(t: &Texts, contact: &Contact) -> Markup {
    html! { @if contact.role != Role::Any { " " span.quiet { (rules::role_name(t, contact.role)) } } }
}

fn interval(t: &Texts, contact: &Contact) -> Markup {
    let interval = contact.standing.interval;
    html! {
        (t.cadence_interval_days(interval.wanted(), interval.longest()))
        @if contact.is_own { " " span.quiet { (t.cadence_interval_own()) } }
    }
}

/// How it stands with contact to one account, for its overview.
pub async fn standing_region(office: &Office, page: &Page, account: &Account) -> Result<Markup, Fault> {
    let (t, locale) = (page.t(), page.locale());
    let shown = actions::show(office, &page.viewer, account.id).await?;
    let names = Names::of_ids(office, &page.viewer, [account.id], shown.people.keys().copied()).await?;
    Ok(html! {
        p.standing {
            @match &shown.account {
                Some(contact) => {
                    (state_badge(t, &contact.standing)) " "
                    (t.cadence_last()) ": " (last_contact(t, locale, &contact.standing))
                    @if let Some(day) = contact.standing.due_on { " · " (t.cadence_next()) " " (locale.date(day)) }
                    " · " (interval(t, contact))
                }
                None => span.quiet { (t.cadence_no_rule()) },
            }
            @if page.viewer.may(Right::LogInteractions) { " · " a href=(format!("/accounts/{}/cadence", account.id)) { (t.cadence_own()) } }
        }
        @for (id, contact) in &shown.people {
            p.standing { (state_badge(t, &contact.standing)) " " a href=(url::person(id)) { (names.person(*id).unwrap_or("–")) } (role(t, contact)) ": " (last_contact(t, locale, &contact.standing)) " · " (interval(t, contact)) }
        }
    })
}

async fn own(Extract(office): Extract<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    own_page(&office, &page, id, &OwnForm::default(), &[]).await
}

async fn set_own(Extract(office): Extract<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<OwnForm>) -> Result<Response, Fault> {
    let set = match form.parse() {
        Ok((person, interval)) => actions::set_own(&office, &page.viewer, id, person, interval).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match set {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&format!("/accounts/{id}/cadence")).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, own_page(&office, &page, id, &form, &errors).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The rhythm of one account and of each of its people, with the form that gives one its own.
async fn own_page(office: &Office, page: &Page, id: i64, form: &OwnForm, errors: &[FieldError]) -> Result<Markup, Fault> {
    let (t, locale) = (page.t(), page.locale());
    let (account, mut people) = people::actions::of_account(office, &page.viewer, id).await?;
    people.retain(|(_, employment)| employment.role.is_open(office.today()));
    people.dedup_by_key(|(person, _)| person.id);
    let shown = actions::show(office, &page.viewer, id).await?;
    let whole = (String::new(), accounts::pages::name(&account).to_owned());
    let whom: Vec<(String, String)> =
        [whole].into_iter().chain(people.iter().map(|(person, _)| (person.id.to_string(), person.data.full_name()))).collect();
    let all = kontor_domain::cadence::Kinds::from(kontor_domain::interaction::Kind::ALL);
    let own = url::account(id);
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&own, accounts::pages::name(&account))], t.cadence_title(), t.cadence_sub(), ""))
        div.scroll { table.table.table--words {
            thead { tr { th { (t.audit_person()) } th { (t.cadence_last()) } th { (t.cadence_state()) } th { (t.cadence_interval()) } } }
            tbody {
                @for (person_id, name) in &whom {
                    @let person = person_id.parse::<i64>().ok();
                    @let contact = person.map_or(shown.account.as_ref(), |id| shown.people.get(&id));
                    @let last = shown.last.get(&person.unwrap_or(0)).and_then(|last| last.last(&all));
                    tr {
                        td { (name) }
                        td data-label=(t.cadence_last()) { @match last { Some((day, kind)) => { (kind_name(t, kind)) ", " (locale.date(day)) }, None => span.quiet { (state_name(t, State::Never)) } } }
                        td { @if let Some(contact) = contact { (state_badge(t, &contact.standing)) } }
                        td data-label=(t.cadence_interval()) { @match contact { Some(contact) => (interval(t, contact)), None => span.quiet { "–" } } }
                    }
                }
            }
        } }
        section.section.section--below {
            header { h2 { (t.cadence_own()) } }
            p.sub { (t.cadence_own_sub()) }
            (error_summary(t, errors))
            form.form.form--wide method="post" action=(format!("/accounts/{id}/cadence")) {
            div.form__row {
                (Field::new("person", t.audit_person(), Input::Select(&whom)).value(&form.person).errors(errors).show(t))
                (Field::new("wanted", t.cadence_wanted(), Input::Text("text")).value(&form.wanted).errors(errors).show(t))
                (Field::new("longest", t.cadence_longest(), Input::Text("text")).value(&form.longest).errors(errors).show(t))
            }
            p.field__hint { (t.cadence_own_hint()) }
            div.actions { (button(&t.cadence_own_set())) (link_button(&own, &t.web_cancel(), false)) }
            }
        }
    };
    Ok(page.render(&t.cadence_title(), main))
}
