//! Pages of coming in: sign-in, set-up, single-use links, API tokens.

use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use kontor_domain::rights::{Right, Scope};
use kontor_domain::team::PASSWORD_MIN;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::actions;
use super::forms::{SetUpForm, SignInForm, TokenForm};
use super::store::ApiToken;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::store::{SESSION_USER, User};
use crate::web::components::{Field, Input, button, error_summary, headline, notice, post_button, section};
use crate::web::context::{Form, OpenPage, Page, Path, Query};
use crate::web::guard::PublicUrl;
use crate::web::layout::{self, Flash};
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Public, "/sign-in", sign_in)
        .post(Guard::Public, "/sign-in", do_sign_in)
        .post(Guard::SignedIn, "/sign-out", sign_out)
        .get(Guard::Public, "/set-up/{token}", set_up)
        .post(Guard::Public, "/set-up/{token}", do_set_up)
        .get(Guard::Public, "/link/{token}", link)
        .post(Guard::Public, "/link/{token}", use_link)
        .post(Guard::Needs(Right::ManageUsers), "/users/{id}/link", make_link)
        .get(Guard::Needs(Right::OwnTokens), "/profile/tokens", tokens)
        .post(Guard::Needs(Right::OwnTokens), "/profile/tokens", make_token)
        .post(Guard::Needs(Right::OwnTokens), "/profile/tokens/{id}/revoke", revoke_token)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Next {
    next: String,
}

async fn sign_in(page: OpenPage, Query(next): Query<Next>) -> Markup {
    sign_in_page(&page, &SignInForm { next: next.next, ..SignInForm::default() }, &[])
}

async fn do_sign_in(
    State(office): State<Office>,
    page: OpenPage,
    extensions: Extensions,
    headers: HeaderMap,
    Form(mut form): Form<SignInForm>,
) -> Result<Response, Fault> {
    let address = extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| network_address(info.0.ip(), &headers));
    match actions::sign_in(&office, &form.mail, std::mem::take(&mut form.password), &address).await {
        Ok(user) => {
            enter(&page.session, &user).await?;
            let next = if url::is_own_path(&form.next) { form.next.as_str() } else { url::HOME };
            Ok(Redirect::to(next).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, sign_in_page(&page, &form, &errors)).into_response()),
        Err(Fault::TooMany(seconds)) => {
            let error = FieldError::new("password", move |t| Fault::TooMany(seconds).message(t));
            Ok((StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, seconds.to_string())], sign_in_page(&page, &form, &[error])).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Whose network address it is: the one that connected, or, when that is a proxy on this machine, the one that the proxy saw, which it puts last. What others
/// say about themselves is not believed.
fn network_address(peer: IpAddr, headers: &HeaderMap) -> String {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let seen = forwarded.and_then(|addresses| addresses.rsplit(',').next()).and_then(|address| address.trim().parse::<IpAddr>().ok());
    seen.filter(|_| peer.to_canonical().is_loopback()).unwrap_or(peer).to_canonical().to_string()
}

/// Makes the session the user's. It gets a new id, so that an id planted before the sign-in is worth nothing.
async fn enter(session: &Session, user: &User) -> Result<(), Fault> {
    session.cycle_id().await.map_err(Fault::internal)?;
    session.insert(SESSION_USER, user.id).await.map_err(Fault::internal)
}

async fn sign_out(State(office): State<Office>, page: Page) -> Result<Redirect, Fault> {
    actions::sign_out(&office, &page.viewer).await?;
    page.session().flush().await.map_err(Fault::internal)?;
    Ok(Redirect::to("/sign-in"))
}

async fn set_up(State(office): State<Office>, page: OpenPage, Path(token): Path<String>) -> Result<Response, Fault> {
    if !actions::is_set_up_link(&office, &token).await? {
        return Ok(dead_link(&page));
    }
    Ok(set_up_page(&page, &token, &SetUpForm::default(), &[]).into_response())
}

/// A link that leads nowhere: used, expired, replaced by a newer one, or never made. Which of these it is, nobody is told.
fn dead_link(page: &OpenPage) -> Response {
    let t = page.context.texts;
    let main = html! {
        header { h1.lede { (t.access_link_dead()) } p.sub { (t.access_link_dead_text()) } }
        p { (t.access_link_dead_operator()) " " code { "kontor user link " (t.access_link_dead_mail()) } }
        p.quiet { (t.access_link_dead_set_up()) }
        p.actions { a.button.button--main href="/sign-in" { (t.access_to_sign_in()) } }
    };
    (StatusCode::NOT_FOUND, layout::plain_page(&page.context, &t.access_link_dead(), main)).into_response()
}

async fn do_set_up(
    State(office): State<Office>,
    page: OpenPage,
    Path(token): Path<String>,
    Form(form): Form<SetUpForm>,
) -> Result<Response, Fault> {
    if !actions::is_set_up_link(&office, &token).await? {
        return Ok(dead_link(&page));
    }
    match form.parse() {
        Ok(given) => {
            let user = match actions::set_up(&office, &token, given, page.context.texts.language()).await {
                Err(Fault::NotFound) => return Ok(dead_link(&page)),
                made => made?,
            };
            enter(&page.session, &user).await?;
            Ok(Redirect::to(url::HOME).into_response())
        }
        Err(errors) => Ok((StatusCode::UNPROCESSABLE_ENTITY, set_up_page(&page, &token, &form, &errors)).into_response()),
    }
}

async fn link(State(office): State<Office>, page: OpenPage, Path(token): Path<String>) -> Result<Response, Fault> {
    if !actions::is_sign_in_link(&office, &token).await? {
        return Ok(dead_link(&page));
    }
    let t = page.context.texts;
    // Looking at the page uses nothing up: mail programs and browsers open links ahead of time.
    let main = html! {
        header { h1.lede { (t.access_link_title()) } p.sub { (t.access_link_text()) } }
        form.form method="post" action=(url::link(&token)) { div.actions { (button(&t.access_sign_in())) } }
    };
    Ok(layout::plain_page(&page.context, &t.access_link_title(), main).into_response())
}

async fn use_link(State(office): State<Office>, page: OpenPage, Path(token): Path<String>) -> Result<Response, Fault> {
    let user = match actions::use_sign_in_link(&office, &token).await {
        Err(Fault::NotFound) => return Ok(dead_link(&page)),
        user => user?,
    };
    enter(&page.session, &user).await?;
    Ok(Redirect::to(if user.password_hash.is_some() { url::HOME } else { url::PROFILE }).into_response())
}

async fn make_link(
    State(office): State<Office>,
    Extension(public): Extension<PublicUrl>,
    headers: HeaderMap,
    page: Page,
    Path(id): Path<i64>,
) -> Result<Markup, Fault> {
    let token = actions::make_sign_in_link(&office, &page.viewer, id).await?;
    let user = crate::team::actions::show(&office, &page.viewer, id).await?;
    let t = page.t();
    let main = html! {
        (headline(&[(url::USERS, &t.team_users()), (&url::user(id), &user.name)], t.team_link(), "", ""))
        (notice("info", html! { p { (t.team_link_made(user.name.as_str())) } code.secret { (public.address(&headers)) (url::link(&token)) } }))
    };
    Ok(page.render(&t.team_link(), main))
}

async fn tokens(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let tokens = actions::own_tokens(&office, &page.viewer).await?;
    let form = TokenForm { scope: Scope::Read.name().to_owned(), ..TokenForm::default() };
    Ok(tokens_page(&page, &tokens, office.today(), &form, &[], None))
}

async fn make_token(State(office): State<Office>, page: Page, Form(form): Form<TokenForm>) -> Result<Response, Fault> {
    let (made, errors, status) = match form.parse(page.locale(), office.today()) {
        Ok(new) => (Some(actions::make_token(&office, &page.viewer, new).await?), Vec::new(), StatusCode::OK),
        Err(errors) => (None, errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let form = if made.is_some() { TokenForm::default() } else { form };
    let tokens = actions::own_tokens(&office, &page.viewer).await?;
    Ok((status, tokens_page(&page, &tokens, office.today(), &form, &errors, made.as_deref())).into_response())
}

async fn revoke_token(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::revoke_token(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(url::TOKENS))
}

fn sign_in_page(page: &OpenPage, form: &SignInForm, errors: &[FieldError]) -> Markup {
    let t = page.context.texts;
    let main = html! {
        h1.lede { (t.access_sign_in_title()) }
        form.form method="post" action="/sign-in" {
            input type="hidden" name="next" value=(form.next);
            (Field::new("mail", t.team_mail(), Input::Text("email")).value(&form.mail).autocomplete("username").required().show(t))
            (Field::new("password", t.team_password(), Input::Password).autocomplete("current-password").required().errors(errors).show(t))
            div.actions { (button(&t.access_sign_in())) }
        }
    };
    layout::plain_page(&page.context, &t.access_sign_in(), main)
}

fn set_up_page(page: &OpenPage, token: &str, form: &SetUpForm, errors: &[FieldError]) -> Markup {
    let t = page.context.texts;
    let main = html! {
        header { h1.lede { (t.access_set_up_title()) } p.sub { (t.access_set_up_text()) } }
        (error_summary(t, errors))
        form.form method="post" action=(url::set_up(token)) {
            (Field::new("company", t.access_company(), Input::Text("text")).value(&form.company).autocomplete("organization").required().errors(errors).show(t))
            (Field::new("name", t.team_name(), Input::Text("text")).value(&form.name).autocomplete("name").required().errors(errors).show(t))
            (Field::new("mail", t.team_mail(), Input::Text("email")).value(&form.mail).autocomplete("username").required().errors(errors).show(t))
            (Field::new("password", t.team_password(), Input::Password).hint(t.team_password_hint(PASSWORD_MIN)).autocomplete("new-password").required().errors(errors).show(t))
            (Field::new("repeat", t.team_password_repeat(), Input::Password).autocomplete("new-password").required().errors(errors).show(t))
            div.actions { (button(&t.access_set_up())) }
        }
    };
    layout::plain_page(&page.context, &t.access_set_up(), main)
}

fn scope_name(t: &Texts, scope: Scope) -> String {
    t.by_key(&format!("scope-{}", scope.name())).unwrap_or_else(|| scope.name().to_owned())
}

fn tokens_page(page: &Page, tokens: &[ApiToken], today: NaiveDate, form: &TokenForm, errors: &[FieldError], made: Option<&str>) -> Markup {
    let t = page.t();
    let scopes: Vec<(String, String)> = Scope::ALL.into_iter().map(|scope| (scope.name().to_owned(), scope_name(t, scope))).collect();
    let main = html! {
        (headline(&[(url::PROFILE, &t.nav_profile())], t.access_tokens_title(), t.access_tokens_text(), html! { a.button href="/api/v1/openapi.json" { (t.access_api_docs()) } }))
        @if let Some(token) = made {
            (notice("info", html! { p { (t.access_token_made()) } code.secret { (token) } }))
        }
        div.columns {
            (section(8, &t.access_tokens_title(), "", tokens_table(page, tokens, today)))
            (section(4, &t.access_token_make(), "", html! {
                (error_summary(t, errors))
                form.form method="post" action=(url::TOKENS) {
                    (Field::new("name", t.access_token_name(), Input::Text("text")).value(&form.name).required().errors(errors).show(t))
                    (Field::new("scope", t.access_token_scope(), Input::Select(&scopes)).value(&form.scope).errors(errors).show(t))
                    (Field::new("expires_on", t.access_token_expires(), Input::Day).value(&form.expires_on).hint(t.access_token_expires_hint()).errors(errors).show(t))
                    div.actions { (button(&t.access_token_make())) }
                }
            }))
        }
    };
    page.render(&t.access_tokens_title(), main)
}

fn tokens_table(page: &Page, tokens: &[ApiToken], today: NaiveDate) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        @if tokens.is_empty() { p.quiet { (t.access_tokens_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.access_token_name()) } th { (t.access_token_scope()) } th { (t.access_token_expires()) } th { (t.access_token_used()) } th { (t.access_token_state()) } th {} } }
                tbody { @for token in tokens {
                    @let is_expired = token.expires_on.is_some_and(|day| day < today);
                    tr {
                        td { (token.name) }
                        td { (scope_name(t, token.scope)) }
                        td data-label=(t.access_token_expires()) { @if let Some(day) = token.expires_on { (locale.date(day)) } @else { "–" } }
                        td data-label=(t.access_token_used()) { @if let Some(day) = token.last_used_on { (locale.date(day)) } @else { span.quiet { (t.web_never()) } } }
                        td {
                            @if token.revoked_at.is_some() { span.badge { (t.access_token_revoked()) } }
                            @else if is_expired { span.badge { (t.access_token_expired()) } }
                            @else { span.badge.badge--gain { (t.access_token_valid()) } }
                        }
                        td.num { @if token.revoked_at.is_none() {
                            (post_button(&format!("{}/{}/revoke", url::TOKENS, token.id), &t.access_token_revoke(), "button button--link", Some(&t.access_token_revoke_sure())))
                        } }
                    }
                } }
            } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let address = |peer: &str, forwarded: &[&'static str]| {
            let headers =
                forwarded.iter().map(|&value| ("x-forwarded-for".parse().expect("a name"), value.parse().expect("a value"))).collect();
            network_address(peer.parse().expect("an address"), &headers)
        };
        assert_eq!(address("203.0.113.7", &["198.51.100.1"]), "203.0.113.7");
        assert_eq!(address("127.0.0.1", &["10.0.0.1, 198.51.100.1"]), "198.51.100.1", "the proxy's own word comes last");
        assert_eq!(address("::ffff:127.0.0.1", &["10.0.0.1", "2001:db8::1"]), "2001:db8::1");
        assert_eq!(address("127.0.0.1", &["unknown"]), "127.0.0.1");
        assert_eq!(address("::1", &[]), "::1");
    }
}
