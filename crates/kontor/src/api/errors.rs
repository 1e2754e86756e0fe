//! Faults as problem JSON (RFC 9457).

use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use kontor_domain::rights::{Scope, Via, Viewer};
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
pub fn dress(mut response: Response, caller: Option<&Viewer>) -> Response {
    match response.extensions_mut().remove::<Fault>() {
        Some(fault) => problem(&fault, caller),
        None => response,
    }
}

/// The answer to a token that opens nothing.
pub fn unknown_key() -> Response {
    answer(&Fault::SignedOut, Texts::of(Language::En).api_key_unknown(), Vec::new())
}

/// The answer for a fault of this caller.
pub fn problem(fault: &Fault, caller: Option<&Viewer>) -> Response {
    let t = Texts::of(Language::En);
    let errors = match fault {
        Fault::Invalid(errors) => {
            errors.iter().map(|error| ProblemField { field: error.field.to_string(), message: error.message(t) }).collect()
        }
        _ => Vec::new(),
    };
    let detail = match fault {
        // A broken request is the client programmer's; what the parser said helps, and says nothing about the inside.
        Fault::Malformed(cause) => cause.clone(),
        Fault::SignedOut => t.api_key_missing(),
        Fault::Forbidden => match caller.map(|caller| caller.via) {
            // What the key is too narrow for, its owner may or may not do; widening it is the first step in both cases.
            Some(Via::Token(scope @ (Scope::Read | Scope::Import))) => t.api_scope_too_narrow(scope.name()),
            _ => fault.message(t),
        },
        fault => fault.message(t),
    };
    answer(fault, detail, errors)
}

fn answer(fault: &Fault, detail: String, errors: Vec<ProblemField>) -> Response {
    let status = fault.status();
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
