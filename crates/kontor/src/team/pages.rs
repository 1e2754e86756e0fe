//! Pages of users, of units and of one's own profile.

mod units;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::assignment::TeamRole;
use kontor_domain::rights::Right;
use kontor_domain::team::{Language, PASSWORD_MIN, Role, Unit, unit_tree};
use maud::{Markup, html};
use serde::Deserialize;

use super::actions;
use super::forms::{NewUserForm, PasswordForm, UserForm, parse_language};
use super::store::{User, session_key};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, headline, link_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::{Flash, language_name};
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::ManageUsers), "/users", index)
        .post(Guard::Needs(Right::ManageUsers), "/users", add)
        .get(Guard::Needs(Right::ManageUsers), "/users/new", new)
        .get(Guard::Needs(Right::ManageUsers), "/users/{id}", edit)
        .post(Guard::Needs(Right::ManageUsers), "/users/{id}", change)
        .get(Guard::Needs(Right::ManageUsers), "/units", units::index)
        .post(Guard::Needs(Right::ManageUsers), "/units", units::add)
        .get(Guard::Needs(Right::ManageUsers), "/units/{id}", units::edit)
        .post(Guard::Needs(Right::ManageUsers), "/units/{id}", units::change)
        .get(Guard::Needs(Right::OwnProfile), "/profile", profile)
        .post(Guard::Needs(Right::OwnProfile), "/profile/language", set_language)
        .post(Guard::Needs(Right::OwnProfile), "/profile/password", set_password)
}

async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let users = actions::list(&office, &page.viewer).await?;
    let units = actions::units(&office).await?;
    Ok(page.render(&page.t().team_users(), index_page(&page, &users, &units)))
}

async fn new(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let units = actions::units(&office).await?;
    Ok(new_page(&page, &NewUserForm { role: Role::Member.to_string(), ..NewUserForm::default() }, &units, &[]))
}

async fn add(State(office): State<Office>, page: Page, Form(form): Form<NewUserForm>) -> Result<Response, Fault> {
    let added = match form.parse() {
        Ok(user) => actions::add(&office, &page.viewer, &user).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(id) => {
            page.flash(Flash::done(page.t().team_added())).await?;
            Ok(Redirect::to(&url::user(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let units = actions::units(&office).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, new_page(&page, &form, &units, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn edit(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let user = actions::show(&office, &page.viewer, id).await?;
    let form = UserForm {
        name: user.name.clone(),
        role: user.role.to_string(),
        active: user.active.then(|| "on".to_owned()),
        unit: user.unit_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    let units = actions::units(&office).await?;
    Ok(edit_page(&page, &user, &form, &units, &[]))
}

async fn change(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<UserForm>) -> Result<Response, Fault> {
    let user = actions::show(&office, &page.viewer, id).await?;
    let changed = match form.parse() {
        Ok(after) => actions::change(&office, &page.viewer, id, after).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::USERS).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let units = actions::units(&office).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, edit_page(&page, &user, &form, &units, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn profile(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let user = actions::own(&office, &page.viewer).await?;
    Ok(profile_page(&page, &user, &[]))
}

#[derive(Deserialize)]
struct LanguageForm {
    #[serde(default)]
    language: String,
}

async fn set_language(State(office): State<Office>, page: Page, Form(form): Form<LanguageForm>) -> Result<Redirect, Fault> {
    let language = parse_language(&form.language).map_err(|error| Fault::Invalid(vec![error]))?;
    actions::set_language(&office, &page.viewer, language).await?;
    page.flash(Flash::done(Texts::of(language).web_saved())).await?;
    Ok(Redirect::to(url::PROFILE))
}

async fn set_password(State(office): State<Office>, page: Page, Form(form): Form<PasswordForm>) -> Result<Response, Fault> {
    let user = actions::own(&office, &page.viewer).await?;
    let session = page.session().id().map(|id| session_key(&id));
    let set = match form.parse(&actions::mail_of(&user)?) {
        Ok(password) => actions::change_own_password(&office, &page.viewer, form.current, password, session).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match set {
        Ok(()) => {
            page.flash(Flash::done(page.t().team_password_set())).await?;
            Ok(Redirect::to(url::PROFILE).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, profile_page(&page, &user, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

fn index_page(page: &Page, users: &[User], units: &[Unit]) -> Markup {
    let t = page.t();
    let actions = html! { (link_button(url::UNITS, &t.team_units(), false)) (link_button("/users/new", &t.team_add(), true)) };
    html! {
        (headline(&[], t.team_users_finding(users.len()), "", actions))
        div.scroll { table.table.table--words {
            thead { tr { th { (t.team_name()) } th { (t.team_mail()) } th { (t.team_role()) } th { (t.team_unit()) } th { (t.team_since()) } th {} } }
            tbody { @for user in users { (user_row(page, user, units)) } }
        } }
    }
}

fn user_row(page: &Page, user: &User, units: &[Unit]) -> Markup {
    let t = page.t();
    let unit = units.iter().find(|unit| Some(unit.id) == user.unit_id);
    html! {
        tr {
            td { a href=(url::user(user.id)) { (user.name) } @if !user.active { " " span.badge { (t.team_inactive()) } } }
            td { (user.mail) }
            td { (role_name(t, user.role)) }
            td { @if let Some(unit) = unit { (unit.name) } }
            td data-label=(t.team_since()) { (page.locale().date(user.created_at.date_naive())) }
            td.num { a href=(url::user(user.id)) { (t.team_edit()) } }
        }
    }
}

/// The name of a role in the reader's language.
pub fn role_name(t: &Texts, role: Role) -> String {
    t.by_key(&format!("role-{role}")).unwrap_or_else(|| role.to_string())
}

/// The name of a role on an account team in the reader's language.
pub fn team_role_name(t: &Texts, role: TeamRole) -> String {
    t.by_key(&format!("team-role-{role}")).unwrap_or_else(|| role.to_string())
}

fn role_choices(t: &Texts) -> Vec<(String, String)> {
    Role::ALL.into_iter().map(|role| (role.to_string(), role_name(t, role))).collect()
}

/// The units to choose from: those that are open and the one chosen, indented as their tree.
fn unit_choices(t: &Texts, units: &[Unit], chosen: &str) -> Vec<(String, String)> {
    let none = (String::new(), t.team_unit_none());
    let open = unit_tree(units).into_iter().filter(|(_, unit)| !unit.archived || unit.id.to_string() == chosen);
    let choice = |(depth, unit): (usize, &Unit)| (unit.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), unit.name));
    std::iter::once(none).chain(open.map(choice)).collect()
}

fn new_page(page: &Page, form: &NewUserForm, units: &[Unit], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::USERS, &t.team_users())], t.team_add(), "", ""))
        (error_summary(t, errors))
        form.form method="post" action=(url::USERS) {
            (Field::new("name", t.team_name(), Input::Text("text")).value(&form.name).required().errors(errors).show(t))
            (Field::new("mail", t.team_mail(), Input::Text("email")).value(&form.mail).required().errors(errors).show(t))
            (Field::new("role", t.team_role(), Input::Select(&role_choices(t))).value(&form.role).errors(errors).show(t))
            (Field::new("unit", t.team_unit(), Input::Select(&unit_choices(t, units, &form.unit))).value(&form.unit).errors(errors).show(t))
            div.actions { (button(&t.team_add())) a.button href=(url::USERS) { (t.web_cancel()) } }
        }
    };
    page.render(&t.team_add(), main)
}

fn edit_page(page: &Page, user: &User, form: &UserForm, units: &[Unit], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let active = form.active.as_deref().unwrap_or_default();
    let main = html! {
        (headline(&[(url::USERS, &t.team_users())], &user.name, &user.mail, ""))
        (error_summary(t, errors))
        div.stack {
        form.form method="post" action=(url::user(user.id)) {
            (Field::new("name", t.team_name(), Input::Text("text")).value(&form.name).required().errors(errors).show(t))
            (Field::new("role", t.team_role(), Input::Select(&role_choices(t))).value(&form.role).errors(errors).show(t))
            (Field::new("unit", t.team_unit(), Input::Select(&unit_choices(t, units, &form.unit))).value(&form.unit).errors(errors).show(t))
            (Field::new("active", t.team_active_hint(), Input::Checkbox).value(active).errors(errors).show(t))
            div.actions { (button(&t.web_save())) a.button href=(url::USERS) { (t.web_cancel()) } }
        }
        @if user.active {
            form method="post" action={ (url::user(user.id)) "/link" } { button.button { (t.team_link()) } }
        }
        }
    };
    page.render(&t.team_edit(), main)
}

fn profile_page(page: &Page, user: &User, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let languages: Vec<(String, String)> =
        Language::ALL.into_iter().map(|language| (language.to_string(), language_name(language).to_owned())).collect();
    let language = page.viewer.language.to_string();
    let main = html! {
        (headline(&[], &user.name, html! { (user.mail) " · " (role_name(t, user.role)) }, ""))
        (error_summary(t, errors))
        div.columns {
            (section(6, &t.team_password_change(), "", html! {
                form.form method="post" action="/profile/password" {
                    @if user.password_hash.is_some() {
                        (Field::new("current", t.team_password_current(), Input::Password).autocomplete("current-password").required().errors(errors).show(t))
                    }
                    (Field::new("password", t.team_password_new(), Input::Password).hint(t.team_password_hint(PASSWORD_MIN)).autocomplete("new-password").required().errors(errors).show(t))
                    (Field::new("repeat", t.team_password_repeat(), Input::Password).autocomplete("new-password").required().errors(errors).show(t))
                    div.actions { (button(&t.team_password_change())) }
                }
            }))
            (section(6, &t.team_language(), "", html! {
                form.form method="post" action="/profile/language" {
                    (Field::new("language", t.team_language(), Input::Select(&languages)).value(&language).show(t))
                    div.actions { (button(&t.web_save())) }
                }
            }))
        }
    };
    page.render(&t.team_profile(), main)
}
