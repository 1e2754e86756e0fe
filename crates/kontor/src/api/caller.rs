//! Who calls: the bearer token says it.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use kontor_domain::rights::Viewer;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::access::actions::viewer_of_token;
use crate::assignments::sight;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context;

/// Looks at the token and puts the viewer into the request; turns faults into problem JSON.
pub async fn identify(State(office): State<Office>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = header.and_then(|header| header.strip_prefix("Bearer ")) {
        match caller(&office, token.trim()).await {
            Ok(viewer) => {
                if let Some(fault) = super::parameters::unknown(&request) {
                    return super::errors::problem(&fault, Some(&viewer));
                }
                request.extensions_mut().insert(viewer.clone());
                return super::errors::dress(next.run(request).await, Some(&viewer));
            }
            Err(Fault::SignedOut) => return super::errors::unknown_key(),
            Err(fault) => return super::errors::problem(&fault, None),
        }
    }
    super::errors::dress(next.run(request).await, None)
}

/// Who a token speaks for, and what they may see.
async fn caller(office: &Office, token: &str) -> Result<Viewer, Fault> {
    sight::give(office, viewer_of_token(office, token).await?).await
}

/// The caller; without a valid token the call is refused.
pub struct Caller(pub Viewer);

impl FromRequestParts<Office> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Office) -> Result<Caller, Fault> {
        parts.extensions.get::<Viewer>().cloned().map(Caller).ok_or(Fault::SignedOut)
    }
}

/// A JSON body. What is no JSON is malformed; a field that is missing or of another type is told by its name.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Office> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, office: &Office) -> Result<Body<T>, Fault> {
        if !is_json(request.headers()) {
            return Err(Fault::Malformed("expected a body with `Content-Type: application/json`".to_owned()));
        }
        let bytes = Bytes::from_request(request, office).await.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
        serde_json::from_slice::<IgnoredAny>(&bytes).map_err(|error| Fault::Malformed(format!("the body is no JSON: {error}")))?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        serde_path_to_error::deserialize(&mut reader).map(Body).map_err(|error| {
            let path = error.path().to_string();
            wrong_field(&path, &error.into_inner().to_string())
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(|value| value.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json") || kind.trim().ends_with("+json"))
}

/// The parameters behind the `?`; one that is not of its type is told by its name. Which ones there are, [`super::parameters`] knows.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Office> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Query<T>, Fault> {
        let context::Query(query) = context::Query::from_request_parts(parts, office).await.map_err(|fault| match fault {
            // “Failed to deserialize query string: limit: invalid digit found in string”
            Fault::Malformed(told) => match told.split(": ").collect::<Vec<_>>().as_slice() {
                [_, field, cause @ ..] if !cause.is_empty() => wrong_field(field, &cause.join(": ")),
                [_, cause] => wrong_field("", cause),
                _ => Fault::Malformed(told),
            },
            fault => fault,
        })?;
        Ok(Query(query))
    }
}

/// What serde says of a field, as an error at that field: it names a missing one in the sentence and not in the path.
fn wrong_field(path: &str, said: &str) -> Fault {
    // Where in the text it stood is of no use, as the field is named.
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said).to_owned();
    let path = if path == "." { "" } else { path };
    match said.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(missing) => {
            let field = if path.is_empty() { missing.to_owned() } else { format!("{path}.{missing}") };
            Fault::field(field, |t| t.api_field_missing())
        }
        None => Fault::field(path.to_owned(), move |t| t.api_field_wrong(said.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_says_is_told_at_the_field() {
        let told = |path: &str, said: &str| match wrong_field(path, said) {
            Fault::Invalid(errors) => format!("{:?}", errors[0]),
            other => panic!("{other:?}"),
        };
        assert_eq!(told(".", "missing field `account_id` at line 1 column 2"), "account_id: This field is missing.");
        assert_eq!(told("rows[2]", "missing field `parent` at line 3 column 9"), "rows[2].parent: This field is missing.");
        assert_eq!(
            told("name", "invalid type: integer `5`, expected a string at line 1 column 9"),
            "name: Not what belongs here: invalid type: integer `5`, expected a string."
        );
    }
}
