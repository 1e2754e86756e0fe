//! Faults as pages.

use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{Html, IntoResponse, Response};
use kontor_domain::team::Language;
use maud::html;

use super::format::Locale;
use super::layout::{self, PageContext};
use super::texts::Texts;
use crate::fault::Fault;

/// Turns a response that carries a fault into a page in the reader's language; leaves all others alone.
pub fn dress(mut response: Response, context: &PageContext) -> Response {
    let Some(fault) = response.extensions_mut().remove::<Fault>() else { return response };
    let t = context.texts;
    let status = fault.status();
    let main = html! {
        header {
            h1.lede { (fault.message(t)) }
            p.sub { (t.fault_status(status.as_u16())) " " a href="/" { (t.fault_home()) } }
        }
    };
    let body = match &context.viewer {
        Some(_) => layout::page(context, &t.fault_title(), main),
        None => layout::plain_page(context, &t.fault_title(), main),
    };
    let mut response = (status, Html(body.into_string())).into_response();
    if let Fault::TooMany(seconds) = fault {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
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
        notices: 0,
    };
    dress(fault.clone().into_response(), &context)
}

/// The last resort when a handler panicked: no page, as nothing can be relied on.
pub fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    let mut response = (Fault::Internal.status(), "Kontor: internal error").into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
