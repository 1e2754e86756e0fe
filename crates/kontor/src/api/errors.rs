//! Faults as problem JSON (RFC 9457).

use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use kontor_domain::team::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::fault::Fault;
use crate::web::texts::Texts;

/// What went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The status in words.
    pub title: String,
    /// What is wrong, for a person, in English.
    pub detail: String,
    /// The wrong fields; empty when no single field is to blame.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// The name of the field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// Turns a response that carries a fault into problem JSON; leaves all others alone.
pub fn dress(mut response: Response) -> Response {
    match response.extensions_mut().remove::<Fault>() {
        Some(fault) => problem(&fault),
        None => response,
    }
}

/// The answer for a fault.
pub fn problem(fault: &Fault) -> Response {
    let t = Texts::of(Language::En);
    let status = fault.status();
    let errors = match fault {
        Fault::Invalid(errors) => {
            errors.iter().map(|error| ProblemField { field: error.field.to_string(), message: error.message(t) }).collect()
        }
        _ => Vec::new(),
    };
    let detail = match fault {
        // A broken request is the client programmer's; what the parser said helps, and says nothing about the inside.
        Fault::Malformed(cause) => cause.clone(),
        fault => fault.message(t),
    };
    let title = status.canonical_reason().unwrap_or_default().to_owned();
    let mut response = (status, axum::Json(Problem { status: status.as_u16(), title, detail, errors })).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    match fault {
        Fault::SignedOut => drop(headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
        Fault::TooMany(seconds) => drop(headers.insert(RETRY_AFTER, HeaderValue::from(*seconds))),
        _ => {}
    }
    response
}
