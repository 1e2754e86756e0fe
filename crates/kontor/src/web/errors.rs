//! Faults as pages.

use axum::extract::{Form, FromRequest, Query, Request};
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{Method, Uri};
use axum::response::{Html, IntoResponse, Response};
use kontor_domain::team::Language;
use maud::{Markup, html};

use super::components::button;
use super::format::Locale;
use super::layout::{self, PageContext};
use super::texts::Texts;
use super::url;
use crate::fault::{Fault, FieldError};

/// What is wrong when a request is answered: which page was asked for, so that the answer can lead back to it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How.
    pub method: Method,
    /// What.
    pub uri: Uri,
}

/// A form that came when nobody was signed in any more. It is shown again to be sent once more, so that what was typed is not lost.
#[derive(Clone, Debug)]
pub struct Unsent {
    path: String,
    fields: Vec<(String, String)>,
}

impl Unsent {
    /// The form of a request; `None` where it is no form, is too large, or holds a password, which no page repeats.
    pub async fn of(request: Request) -> Option<Unsent> {
        let path = request.uri().path_and_query()?.as_str().to_owned();
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, &()).await.ok()?;
        let is_secret = fields.iter().any(|(name, _)| name.contains("password"));
        (!is_secret && !fields.is_empty()).then_some(Unsent { path, fields })
    }
}

/// Turns a response that carries a fault into a page in the reader's language; leaves all others alone.
pub fn dress(mut response: Response, context: &PageContext, wanted: Option<&Wanted>) -> Response {
    let Some(fault) = response.extensions_mut().remove::<Fault>() else { return response };
    let unsent = response.extensions_mut().remove::<Unsent>();
    let t = context.texts;
    let main = match (&fault, wanted) {
        (Fault::SignedOut, Some(wanted)) if wanted.method != Method::GET => signed_out(t, unsent.as_ref()),
        (Fault::Invalid(errors), Some(wanted)) if wanted.method == Method::GET => wrong_address(t, errors, &wanted.uri),
        _ => plain(t, &fault),
    };
    let body = match &context.viewer {
        Some(_) => layout::page(context, &t.fault_title(), main),
        None => layout::plain_page(context, &t.fault_title(), main),
    };
    let mut response = (fault.status(), Html(body.into_string())).into_response();
    if let Fault::TooMany(seconds) = fault {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn plain(t: &Texts, fault: &Fault) -> Markup {
    html! { header { h1.lede { (fault.message(t)) } p.sub { (t.fault_status(fault.status().as_u16())) " " a href="/" { (t.fault_home()) } } } }
}

/// A session ended before a form was sent. The sign-in opens beside it, so that this page, and what was typed with it, stays.
fn signed_out(t: &Texts, unsent: Option<&Unsent>) -> Markup {
    html! {
        header { h1.lede { (t.fault_session_ended()) } p.sub { (t.fault_session_ended_text()) } }
        p { a.button.button--main href=(url::sign_in("/")) target="_blank" rel="noopener" { (t.fault_sign_in_beside()) } }
        @match unsent {
            Some(Unsent { path, fields }) => {
                form.form method="post" action=(path) {
                    @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                    p { (t.fault_send_again_text()) }
                    div.actions { (button(&t.fault_send_again())) }
                }
            }
            None => p { (t.fault_go_back()) },
        }
    }
}

/// What an address asks for does not exist; without that it may.
fn wrong_address(t: &Texts, errors: &[FieldError], uri: &Uri) -> Markup {
    let mut rest = Query::<Vec<(String, String)>>::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default();
    rest.retain(|(name, _)| !errors.iter().any(|error| error.field == *name));
    let rest: Vec<(&str, &str)> = rest.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    html! {
        header {
            h1.lede { (t.fault_address_wrong()) }
            @for error in errors { p.sub { (error.page_message(t)) } }
        }
        p.actions { a.button.button--main href=(url::with_query(uri.path(), &rest)) { (t.web_without_that()) } }
    }
}

/// The same before anything is known about the viewer.
pub fn bare(fault: &Fault, language: Language) -> Response {
    let context = PageContext {
        viewer: None,
        texts: Texts::of(language),
        locale: Locale::of(language),
        path: "/".to_owned(),
        flash: None,
        company: String::new(),
        marks: Default::default(),
        class: None,
        notices: 0,
    };
    dress(fault.clone().into_response(), &context, None)
}

/// The last resort when a handler panicked: no page, as nothing can be relied on.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    let mut response = (Fault::Internal.status(), "Kontor: internal error").into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
