//! What every page knows: who looks, in which language, at which path.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::Method;
use axum::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use kontor_domain::rights::{Via, Viewer};
use kontor_domain::settings::Settings;
use kontor_domain::team::Language;
use maud::Markup;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use super::errors::Wanted;
use super::format::Locale;
use super::layout::{Flash, PageContext};
use super::texts::Texts;
use crate::access::actions;
use crate::assignments::sight;
use crate::db::moment::at_one_moment;
use crate::fault::Fault;
use crate::office::Office;
use crate::{key_accounts, settings, team, valuation};

const SESSION_FLASH: &str = "flash";

/// Finds out who looks and puts [`PageContext`], [`Settings`] and, for who is signed in, [`Viewer`] into the request; dresses faults as pages.
pub async fn identify(State(office): State<Office>, session: Session, request: Request, next: Next) -> Response {
    if request.method() == Method::GET {
        Box::pin(at_one_moment(answer(office, session, request, next))).await
    } else {
        answer(office, session, request, next).await
    }
}

async fn answer(office: Office, session: Session, mut request: Request, next: Next) -> Response {
    let context = match load(&office, &session, &mut request).await {
        Ok(context) => context,
        Err(fault) => return super::errors::bare(&fault, browser_language(request.headers())),
    };
    request.extensions_mut().insert(context.clone());
    let wanted = Wanted { method: request.method().clone(), uri: request.uri().clone() };
    let response = next.run(request).await;
    super::errors::dress(response, &context, Some(&wanted))
}

async fn load(office: &Office, session: &Session, request: &mut Request) -> Result<PageContext, Fault> {
    let browser = browser_language(request.headers());
    let user_id: Option<i64> = session.get(team::store::SESSION_USER).await.map_err(Fault::internal)?;
    let user = match user_id {
        Some(id) => team::store::find(office.db.read(), id).await?.filter(|user| user.active),
        None => None,
    };
    let viewer = match user {
        Some(user) => Some(sight::give(office, actions::viewer_of(&user, Via::Web, browser)).await?),
        None => None,
    };
    let settings = settings::store::current(office.db.read()).await?;
    let language = viewer.as_ref().map_or(browser, |viewer| viewer.language);
    let flash = take_flash(session).await?;
    let notices = match &viewer {
        Some(viewer) => team::notices::store::count(office.db.read(), viewer.user_id).await?,
        None => 0,
    };
    let marks = match &viewer {
        Some(_) => key_accounts::actions::marks(office).await?,
        None => Arc::default(),
    };
    let class = match (&viewer, account_of(request.uri().path())) {
        (Some(viewer), Some(id)) => valuation::actions::class_of(office, viewer, &settings, id).await?.map(|class| (id, class)),
        _ => None,
    };
    let context = PageContext {
        viewer: viewer.clone(),
        texts: Texts::of(language),
        locale: Locale::of(language),
        path: request.uri().path().to_owned(),
        flash,
        company: settings.company.clone(),
        marks,
        class,
        notices,
    };
    if let Some(viewer) = viewer {
        request.extensions_mut().insert(viewer);
    }
    request.extensions_mut().insert(settings);
    Ok(context)
}

/// The account that a page is about, by its path.
fn account_of(path: &str) -> Option<i64> {
    path.strip_prefix("/accounts/")?.split('/').next()?.parse().ok()
}

/// The message that waits for this page. Looked at first: removing counts as a change even where there is nothing, and would write the session anew for every page.
async fn take_flash(session: &Session) -> Result<Option<Flash>, Fault> {
    match session.get::<Flash>(SESSION_FLASH).await.map_err(Fault::internal)? {
        Some(_) => session.remove(SESSION_FLASH).await.map_err(Fault::internal),
        None => Ok(None),
    }
}

/// The language the browser asks for.
pub fn browser_language(headers: &HeaderMap) -> Language {
    Language::accepted(headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// A page for somebody who is signed in.
pub struct Page {
    /// What every page knows.
    pub context: PageContext,
    /// Who looks.
    pub viewer: Viewer,
    /// The settings in force.
    pub settings: Settings,
    session: Session,
}

impl Page {
    /// The texts in the viewer's language.
    pub fn t(&self) -> &'static Texts {
        self.context.texts
    }

    /// Numbers and dates in the viewer's format.
    pub fn locale(&self) -> Locale {
        self.context.locale
    }

    /// The whole document around the main part.
    pub fn render(&self, title: &str, main: Markup) -> Markup {
        super::layout::page(&self.context, title, main)
    }

    /// Keeps a message for the next page.
    pub async fn flash(&self, flash: Flash) -> Result<(), Fault> {
        self.session.insert(SESSION_FLASH, flash).await.map_err(Fault::internal)
    }

    /// The session, for those who change it.
    pub const fn session(&self) -> &Session {
        &self.session
    }
}

impl FromRequestParts<Office> for Page {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Page, Fault> {
        let session = Session::from_request_parts(parts, office).await.map_err(|(_, cause)| Fault::internal(cause))?;
        let context = parts.extensions.get::<PageContext>().cloned().ok_or(Fault::SignedOut)?;
        let viewer = parts.extensions.get::<Viewer>().cloned().ok_or(Fault::SignedOut)?;
        let settings = parts.extensions.get::<Settings>().cloned().ok_or(Fault::Internal)?;
        Ok(Page { context, viewer, settings, session })
    }
}

/// A page for everybody: sign-in, set-up.
pub struct OpenPage {
    /// What every page knows.
    pub context: PageContext,
    /// The session to sign in to.
    pub session: Session,
}

impl FromRequestParts<Office> for OpenPage {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<OpenPage, Fault> {
        let session = Session::from_request_parts(parts, office).await.map_err(|(_, cause)| Fault::internal(cause))?;
        let context = parts.extensions.get::<PageContext>().cloned().ok_or(Fault::Internal)?;
        Ok(OpenPage { context, session })
    }
}

/// A posted form. Fields that the form does not know are passed over, missing ones are empty: what is wrong, `forms::parse` says at the field.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> axum::extract::FromRequest<Office> for Form<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, office: &Office) -> Result<Form<T>, Fault> {
        let form = axum::extract::Form::<T>::from_request(request, office).await;
        form.map(|axum::extract::Form(form)| Form(form)).map_err(|rejection| Fault::Malformed(rejection.body_text()))
    }
}

/// The parameters behind the `?`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Office> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _office: &Office) -> Result<Query<T>, Fault> {
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(query)) => Ok(Query(query)),
            // A field of a form that was left empty is in the address all the same; where a number is meant, it says nothing.
            Err(rejection) => {
                let given = without_empty(parts.uri.query().unwrap_or_default());
                let query = given.parse().ok().and_then(|uri| axum::extract::Query::<T>::try_from_uri(&uri).ok());
                query.map(|axum::extract::Query(query)| Query(query)).ok_or_else(|| Fault::Malformed(rejection.body_text()))
            }
        }
    }
}

/// An address with these parameters but for the empty ones.
fn without_empty(query: &str) -> String {
    let given = query.split('&').filter(|pair| pair.split_once('=').is_some_and(|(_, value)| !value.is_empty()));
    format!("/?{}", given.collect::<Vec<_>>().join("&"))
}

/// The parameters inside the path; what cannot be one does not exist.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Office> for Path<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Path<T>, Fault> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, office).await;
        path.map(|axum::extract::Path(path)| Path(path)).map_err(|_| Fault::NotFound)
    }
}
