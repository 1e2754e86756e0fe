//! Who calls: the bearer token says it.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use kontor_domain::rights::Viewer;
use serde::de::DeserializeOwned;

use crate::access::actions::viewer_of_token;
use crate::assignments::sight;
use crate::fault::Fault;
use crate::office::Office;

/// Looks at the token and puts the viewer into the request; turns faults into problem JSON.
pub async fn identify(State(office): State<Office>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(token) = header.and_then(|header| header.strip_prefix("Bearer ")) {
        match caller(&office, token.trim()).await {
            Ok(viewer) => {
                request.extensions_mut().insert(viewer);
            }
            Err(fault) => return super::errors::problem(&fault),
        }
    }
    super::errors::dress(next.run(request).await)
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

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> axum::extract::FromRequest<Office> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, office: &Office) -> Result<Body<T>, Fault> {
        let body = axum::Json::<T>::from_request(request, office).await;
        body.map(|axum::Json(body)| Body(body)).map_err(|rejection| Fault::Malformed(rejection.body_text()))
    }
}
