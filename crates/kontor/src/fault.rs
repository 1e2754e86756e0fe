//! Why an action did not happen: one type for web, API and command line.
//!
//! Verbs and stores return [`Fault`]; what the domain or a form refuses becomes [`Fault::Invalid`] with a message per field. The web turns a fault
//! into a page, the API into problem JSON, the command line into a sentence and an exit code. Internal causes are logged once and never shown.

use std::borrow::Cow;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::web::texts::Texts;

/// A message in the reader's language.
type Say = dyn Fn(&Texts) -> String + Send + Sync;

/// What is wrong with one field of a form or request.
#[derive(Clone)]
pub struct FieldError {
    /// The name of the field.
    pub field: Cow<'static, str>,
    say: std::sync::Arc<Say>,
    on_pages: Option<std::sync::Arc<Say>>,
    is_usage: bool,
}

impl FieldError {
    /// An error at a field; `say` gives the message in the reader's language.
    pub fn new(field: impl Into<Cow<'static, str>>, say: impl Fn(&Texts) -> String + Send + Sync + 'static) -> FieldError {
        FieldError { field: field.into(), say: std::sync::Arc::new(say), on_pages: None, is_usage: false }
    }

    /// What is no day.
    pub fn day(field: impl Into<Cow<'static, str>>) -> FieldError {
        FieldError { is_usage: true, ..FieldError::new(field, |t| t.fault_day()).on_pages(|t| t.web_date_wrong()) }
    }

    /// The same error at another field.
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> FieldError {
        FieldError { field: field.into(), ..self }
    }

    /// The same error with other words for pages, whose readers know nothing of the names that programs and terminals use.
    pub fn on_pages(self, say: impl Fn(&Texts) -> String + Send + Sync + 'static) -> FieldError {
        FieldError { on_pages: Some(std::sync::Arc::new(say)), ..self }
    }

    /// The same error, told to programs and at the command line with what can be given; on a page it stands in the form.
    pub fn one_of<T: std::fmt::Display>(self, choices: impl IntoIterator<Item = T>) -> FieldError {
        let choices = choices.into_iter().map(|choice| choice.to_string()).collect::<Vec<_>>().join(", ");
        let FieldError { field, say, on_pages, .. } = self;
        let told = FieldError::new(field, move |t| t.fault_one_of(choices.as_str()));
        FieldError { on_pages: Some(on_pages.unwrap_or(say)), is_usage: true, ..told }
    }

    /// The message on a page.
    pub fn page_message(&self, texts: &Texts) -> String {
        self.on_pages.as_ref().unwrap_or(&self.say)(texts)
    }

    /// The message for programs and the command line.
    pub fn message(&self, texts: &Texts) -> String {
        (self.say)(texts)
    }

    /// Whether it is known from the text alone that it cannot be given, whatever is in the records.
    pub const fn is_usage(&self) -> bool {
        self.is_usage
    }
}

impl std::fmt::Debug for FieldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message(Texts::of(kontor_domain::team::Language::En)))
    }
}

/// Why an action did not happen.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nobody is signed in, or the token is unknown, expired or revoked. 401, or the sign-in page.
    SignedOut,
    /// It does not exist, or this viewer may not know that it does. 404.
    NotFound,
    /// The viewer may see it but not do that. 403.
    Forbidden,
    /// It exists, but that cannot be done with it. 405.
    WrongMethod,
    /// Fields are wrong; all errors at once. 422.
    Invalid(Vec<FieldError>),
    /// It cannot be done in the present state; the message says why and what to do. 409.
    Conflict(FieldError),
    /// Too many tries; seconds to wait. 429.
    TooMany(u64),
    /// The request is not one: a broken body, a cross-site post. 400.
    Malformed(String),
    /// What was sent is too large; the limit in bytes. 413.
    TooLarge(u64),
    /// Something failed inside; logged, never shown. 500.
    Internal,
}

impl Fault {
    /// One wrong field.
    pub fn field(field: impl Into<Cow<'static, str>>, say: impl Fn(&Texts) -> String + Send + Sync + 'static) -> Fault {
        Fault::Invalid(vec![FieldError::new(field, say)])
    }

    /// Not in this state.
    pub fn conflict(say: impl Fn(&Texts) -> String + Send + Sync + 'static) -> Fault {
        Fault::Conflict(FieldError::new("", say))
    }

    /// Logs an internal cause; nobody outside is to see it.
    pub fn internal(cause: impl std::fmt::Display) -> Fault {
        tracing::error!(%cause, "internal error");
        Fault::Internal
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Fault::SignedOut => StatusCode::UNAUTHORIZED,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Forbidden => StatusCode::FORBIDDEN,
            Fault::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Conflict(_) => StatusCode::CONFLICT,
            Fault::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Malformed(_) => StatusCode::BAD_REQUEST,
            Fault::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What a person is told, in their language.
    pub fn message(&self, t: &Texts) -> String {
        match self {
            Fault::SignedOut => t.fault_signed_out(),
            Fault::NotFound => t.fault_not_found(),
            Fault::Forbidden => t.fault_forbidden(),
            Fault::WrongMethod => t.fault_wrong_method(),
            Fault::Invalid(errors) => errors.iter().map(|error| error.message(t)).collect::<Vec<_>>().join(" "),
            Fault::Conflict(reason) => reason.message(t),
            Fault::TooMany(seconds) => t.fault_too_many(seconds.div_ceil(60)),
            Fault::Malformed(_) => t.fault_malformed(),
            Fault::TooLarge(bytes) => t.fault_too_large(bytes / 1_000_000),
            Fault::Internal => t.fault_internal(),
        }
    }

    /// What a person is told on a page, where it may be other words.
    pub fn page_message(&self, t: &Texts) -> String {
        match self {
            Fault::Invalid(errors) => errors.iter().map(|error| error.page_message(t)).collect::<Vec<_>>().join(" "),
            fault => fault.message(t),
        }
    }
}

impl From<sea_orm::DbErr> for Fault {
    fn from(error: sea_orm::DbErr) -> Fault {
        Fault::internal(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        Fault::internal(error)
    }
}

/// The bare status with the fault attached: the layers `web::errors` and `api::errors` write the body, as they know the reader's language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
