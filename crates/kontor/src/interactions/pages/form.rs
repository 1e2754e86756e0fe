//! The form for an interaction, and finding the account for a new one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::interaction::{Confidentiality, Kind};
use maud::{Markup, html};
use serde::Deserialize;

use super::{address, kind_name, new_address, next, timeline_address};
use crate::accounts::directory;
use crate::accounts::pages::name;
use crate::accounts::search::Search;
use crate::accounts::store::Account;
use crate::fault::{Fault, FieldError};
use crate::interactions::actions;
use crate::interactions::forms::InteractionForm;
use crate::interactions::last_contacts::store as last_contacts;
use crate::interactions::reader::Reader;
use crate::office::Office;
use crate::people::store::{Employment, Person};
use crate::team::store::User;
use crate::web::components::{Field, Input, button, error_summary, headline, link_button};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::url;
use crate::{accounts, people, team};

/// How many accounts are offered.
const OFFERED: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewQuery {
    account: Option<i64>,
    person: Option<i64>,
    kind: String,
    next: String,
    q: String,
}

pub(super) async fn new(State(office): State<Office>, page: Page, Query(query): Query<NewQuery>) -> Result<Markup, Fault> {
    let Some(account_id) = query.account else { return choose(&office, &page, &query).await };
    let around = Around::load(&office, &page, account_id).await?;
    let kind = query.kind.parse().unwrap_or(Kind::Visit);
    let person = query.person.or(around.usual);
    let mut form = InteractionForm::new(account_id, kind, page.locale(), office.today(), page.viewer.user_id, person);
    form.next = query.next;
    Ok(form_page(&page, &around, &form, None, &[]))
}

pub(super) async fn create(State(office): State<Office>, page: Page, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = InteractionForm::read(pairs);
    let logged = match form.parse(page.locale(), office.today()) {
        Ok(entry) => {
            let account_id = entry.account_id;
            actions::log(&office, &page.viewer, entry).await.map(|id| (id, account_id))
        }
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match logged {
        Ok((_, account_id)) => {
            page.flash(Flash::done(page.t().interactions_logged())).await?;
            Ok(Redirect::to(&next(&form.next).unwrap_or_else(|| timeline_address(account_id))).into_response())
        }
        Err(Fault::Invalid(errors)) => wrong(&office, &page, &form, None, errors).await,
        Err(fault) => Err(fault),
    }
}

pub(super) async fn edit(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    if !shown.may_change {
        return Err(Fault::Forbidden);
    }
    let form = InteractionForm::of(&shown.interaction.entry, page.locale());
    let around = Around::load(&office, &page, shown.account.id).await?;
    Ok(form_page(&page, &around, &form, Some(id), &[]))
}

pub(super) async fn change(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = InteractionForm::read(pairs);
    let changed = match form.parse(page.locale(), office.today()) {
        Ok(entry) => actions::change(&office, &page.viewer, id, entry).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&address(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => wrong(&office, &page, &form, Some(id), errors).await,
        Err(fault) => Err(fault),
    }
}

/// The form again with what is wrong; where not even the account is one, the choice of accounts.
async fn wrong(office: &Office, page: &Page, form: &InteractionForm, id: Option<i64>, errors: Vec<FieldError>) -> Result<Response, Fault> {
    let around = match form.account.parse() {
        Ok(account_id) => Around::load(office, page, account_id).await,
        Err(_) => Err(Fault::NotFound),
    };
    match around {
        Ok(around) => Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(page, &around, form, id, &errors)).into_response()),
        Err(Fault::NotFound) if id.is_none() => {
            let query = NewQuery { kind: form.kind.clone(), next: form.next.clone(), ..NewQuery::default() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, choose(office, page, &query).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The account, and who may have taken part.
struct Around {
    account: Account,
    people: Vec<(Person, Employment)>,
    users: Vec<User>,
    /// The person that was spoken to last.
    usual: Option<i64>,
}

impl Around {
    async fn load(office: &Office, page: &Page, account_id: i64) -> Result<Around, Fault> {
        let (account, mut people) = people::actions::of_account(office, &page.viewer, account_id).await?;
        let today = office.today();
        people.retain(|(_, employment)| employment.role.is_open(today));
        people.dedup_by_key(|(person, _)| person.id);
        let last = last_contacts::of_account(office.db.read(), account_id).await?;
        let all = kontor_domain::cadence::Kinds::from(Kind::ALL);
        let newest = |id: i64| last.get(&id).and_then(|last| last.last(&all)).map(|(day, _)| day);
        let usual = people
            .iter()
            .max_by_key(|(person, employment)| (newest(person.id), employment.is_primary, std::cmp::Reverse(person.id)))
            .map(|(person, _)| person.id);
        let mut users = team::store::all(office.db.read()).await?;
        users.retain(|user| user.active);
        users.sort_by_key(|user| user.id != page.viewer.user_id);
        Ok(Around { account, people, users, usual })
    }
}

fn form_page(page: &Page, around: &Around, form: &InteractionForm, id: Option<i64>, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let kind = form.kind.parse().unwrap_or(Kind::Visit);
    let title = match id {
        Some(_) => t.interactions_edit(),
        None => t.interactions_new_with(kind_name(t, kind), name(&around.account)),
    };
    let account = url::account(around.account.id);
    let action = id.map_or_else(|| "/interactions".to_owned(), address);
    let back = id.map(address).or_else(|| next(&form.next)).unwrap_or_else(|| timeline_address(around.account.id));
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&account, name(&around.account))], &title, "", ""))
        (error_summary(t, errors))
        form.form.form--wide method="post" action=(action) {
            input type="hidden" name="account" value=(form.account);
            input type="hidden" name="next" value=(form.next);
            (when(page, form, errors))
            (Field::new("purpose", t.interactions_purpose(), Input::Text("text")).value(&form.purpose).errors(errors).show(t))
            (Field::new("outcome", t.interactions_outcome(), Input::Area).value(&form.outcome).errors(errors).show(t))
            (who(page, around, form, errors))
            (step(page, around, form, errors))
            div.actions { (button(&if id.is_some() { t.web_save() } else { t.interactions_log() })) (link_button(&back, &t.web_cancel(), false)) }
        }
    };
    page.render(&title, main)
}

fn when(page: &Page, form: &InteractionForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let kinds: Vec<(String, String)> = Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), kind_name(t, kind))).collect();
    html! {
        div.form__row {
            (Field::new("kind", t.interactions_kind(), Input::Select(&kinds)).value(&form.kind).errors(errors).show(t))
            (Field::new("day", t.interactions_day(), Input::Day).value(&form.day).required().errors(errors).show(t))
            (Field::new("time", t.interactions_time(), Input::Short).value(&form.time).hint(t.interactions_time_hint()).errors(errors).show(t))
            (Field::new("minutes", t.interactions_minutes(), Input::Short).value(&form.minutes).required().errors(errors).show(t))
        }
    }
}

fn who(page: &Page, around: &Around, form: &InteractionForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let known = |id: &str| around.people.iter().any(|(person, _)| person.id.to_string() == id);
    html! {
        div.form__row.form__row--two {
            (choices("person", &t.interactions_persons(), errors, page, html! {
                @for (person, employment) in &around.people {
                    @let id = person.id.to_string();
                    label {
                        input type="checkbox" name="person" value=(id) checked[form.persons.contains(&id)];
                        span { (person.data.full_name()) @if !employment.role.function.is_empty() { " " span.quiet { (employment.role.function) } } }
                    }
                }
                // Who took part stays, also one who has left since or whom this viewer does not see.
                @for id in form.persons.iter().filter(|id| !known(id)) { input type="hidden" name="person" value=(id); }
                @if around.people.is_empty() { span.quiet { (t.interactions_persons_none()) } }
            }))
            (choices("user", &t.interactions_users(), errors, page, html! {
                @for user in &around.users {
                    @let id = user.id.to_string();
                    label { input type="checkbox" name="user" value=(id) checked[form.users.contains(&id)]; span { (user.name) } }
                }
                @for id in form.users.iter().filter(|id| !around.users.iter().any(|user| user.id.to_string() == **id)) {
                    input type="hidden" name="user" value=(id);
                }
            }))
        }
        (Field::new("others", t.interactions_others(), Input::Text("text")).value(&form.others).hint(t.interactions_others_hint()).errors(errors).show(t))
    }
}

fn choices(name: &str, label: &str, errors: &[FieldError], page: &Page, body: Markup) -> Markup {
    let error = errors.iter().find(|error| error.field == name).map(|error| error.page_message(page.t()));
    html! {
        fieldset.field #{ "field-" (name) } aria-invalid=[error.is_some().then_some("true")] {
            legend { (label) }
            div.choices.choices--list { (body) }
            @if let Some(error) = error { p.field__error { (error) } }
        }
    }
}

fn step(page: &Page, around: &Around, form: &InteractionForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let nobody = (String::new(), t.interactions_step_nobody());
    let users: Vec<(String, String)> =
        [nobody].into_iter().chain(around.users.iter().map(|user| (user.id.to_string(), user.name.clone()))).collect();
    let levels: Vec<(String, String)> = Confidentiality::ALL
        .into_iter()
        .rev()
        .map(|value| (value.name().to_owned(), t.by_key(&format!("interactions-confidentiality-{}", value.name())).unwrap_or_default()))
        .collect();
    html! {
        div.form__row.form__row--step {
            (Field::new("step", t.interactions_step(), Input::Text("text")).value(&form.step).errors(errors).show(t))
            (Field::new("step_due", t.interactions_step_due(), Input::Day).value(&form.step_due).errors(errors).show(t))
            (Field::new("step_user", t.interactions_step_user(), Input::Select(&users)).value(&form.step_user).errors(errors).show(t))
        }
        div.form__row {
            (Field::new("confidentiality", t.interactions_confidentiality(), Input::Select(&levels)).value(&form.confidentiality).errors(errors).show(t))
        }
    }
}

/// Finding the account: by what was typed, else those on whose team one is.
async fn choose(office: &Office, page: &Page, query: &NewQuery) -> Result<Markup, Fault> {
    let t = page.t();
    let directory = directory::current(office, &page.viewer).await?;
    let all = directory.accounts().iter().enumerate().filter(|(_, account)| page.viewer.sight.sees(account.id));
    let search = Search::new(&query.q);
    let mut found: Vec<(u32, &Account)> = match &search {
        Some(search) => {
            let fits = accounts::finder::fits(office, &directory, search, true).await?;
            all.filter_map(|(place, account)| Some((fits.at(place)?, &**account))).collect()
        }
        None => {
            let teams = Reader::of(office, &page.viewer).await?.teams;
            all.filter(|(_, account)| teams.contains(&account.id)).map(|(_, account)| (0, &**account)).collect()
        }
    };
    found.sort_by(|a, b| (a.0, name(a.1)).cmp(&(b.0, name(b.1))));
    found.truncate(OFFERED);
    let kind = if query.kind.is_empty() { Kind::Visit.name() } else { &query.kind };
    let mail = html! { (link_button("/interactions/mail", &t.interactions_new_mail(), false)) };
    let main = html! {
        (headline(&[("/interactions", &t.interactions_title())], t.interactions_choose_account(), t.interactions_choose_account_sub(), mail))
        form.filter action="/interactions/new" {
            input type="hidden" name="kind" value=(kind);
            input type="hidden" name="next" value=(query.next);
            label { (t.interactions_search_account()) input type="search" name="q" value=(query.q) autofocus; }
            button.button { (t.interactions_search()) }
        }
        @if search.is_none() && !found.is_empty() { h2 { (t.interactions_mine()) } }
        @if search.is_some() && found.is_empty() { p.quiet { (t.interactions_none_found()) } }
        ul.picks {
            @for (_, account) in found {
                li { a href=(new_address(account.id, kind, &query.next)) { strong { (name(account)) } " " span.quiet { (facts(account)) } } }
            }
        }
    };
    Ok(page.render(&t.interactions_new(), main))
}

/// City and number, to tell accounts of one name apart.
fn facts(account: &accounts::store::Account) -> String {
    let number = account.numbers.first().map(|number| number.number.clone());
    [account.master.city.clone(), number].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
