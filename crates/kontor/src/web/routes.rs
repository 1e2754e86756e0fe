//! Routes with who may use them. Every route of the house is declared through [`Routes`], so that a test can walk all of them.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use kontor_domain::rights::{Right, Viewer};

use super::errors::Unsent;
use crate::fault::Fault;
use crate::office::Office;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Everybody, signed in or not.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Viewers with this right.
    Needs(Right),
}

/// One route of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// Who may use it.
    pub guard: Guard,
}

/// Routes under construction: the router and the list of what it holds.
#[derive(Default)]
pub struct Routes {
    router: Router<Office>,
    table: Vec<Route>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Routes {
        Routes::default()
    }

    /// Adds a page.
    pub fn get<H, T>(self, guard: Guard, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        self.add(Method::GET, guard, path, on(MethodFilter::GET, handler))
    }

    /// Adds a change.
    pub fn post<H, T>(self, guard: Guard, path: &'static str, handler: H) -> Routes
    where
        H: Handler<T, Office>,
        T: 'static,
    {
        self.add(Method::POST, guard, path, on(MethodFilter::POST, handler))
    }

    /// Adds a route of any method.
    pub fn add(mut self, method: Method, guard: Guard, path: &'static str, handler: MethodRouter<Office>) -> Routes {
        let guarded = handler.route_layer(from_fn(move |request: Request, next: Next| check(guard, request, next)));
        self.router = self.router.route(path, guarded);
        self.table.push(Route { method, path, guard });
        self
    }

    /// Adds another noun's routes.
    pub fn merge(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self
    }

    /// The list of all routes.
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router<Office> {
        self.router
    }
}

/// Lets those through who may. A page asked for without being signed in leads to the sign-in and back.
async fn check(guard: Guard, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    match (guard, viewer) {
        (Guard::Public, _) | (Guard::SignedIn, Some(_)) => next.run(request).await,
        (Guard::Needs(right), Some(viewer)) if viewer.may(right) => next.run(request).await,
        (_, Some(_)) => Fault::Forbidden.into_response(),
        (_, None) if request.method() == Method::GET && !request.uri().path().starts_with("/api/") => {
            let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
            Redirect::to(&super::url::sign_in(wanted)).into_response()
        }
        (_, None) => {
            let mut response = Fault::SignedOut.into_response();
            if let Some(unsent) = Unsent::of(request).await {
                response.extensions_mut().insert(unsent);
            }
            response
        }
    }
}
