//! The whole house behind one address: layers, routes, listening.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::guard::{self, PublicUrl};
use super::routes::Routes;
use super::{assets, context};

use crate::fault::Fault;
use crate::office::Office;
use crate::team::store::Sessions;

/// How long a session lasts, in days since the sign-in.
const SESSION_DAYS: i64 = 14;
/// The largest body of a form or API call that is no upload.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// All pages.
pub fn pages() -> Routes {
    let pages = Routes::new()
        .merge(crate::portfolio::pages::routes())
        .merge(crate::dossier::pages::routes())
        .merge(crate::interactions::pages::routes())
        .merge(crate::cadence::pages::routes())
        .merge(crate::home::pages::routes())
        .merge(crate::assignments::pages::routes())
        .merge(crate::handovers::pages::routes())
        .merge(crate::valuation::pages::routes())
        .merge(crate::accounts::pages::routes())
        .merge(crate::duplicates::pages::routes())
        .merge(crate::groups::pages::routes())
        .merge(crate::stakeholders::pages::routes())
        .merge(crate::scoring::pages::routes())
        .merge(crate::key_accounts::pages::routes())
        .merge(crate::ledger::pages::routes())
        .merge(crate::settings::pages::routes())
        .merge(crate::team::pages::routes())
        .merge(crate::team::notices::routes())
        .merge(crate::people::pages::routes())
        .merge(crate::address_book::pages::routes())
        .merge(crate::access::pages::routes())
        .merge(crate::audit::pages::routes())
        .merge(crate::views::pages::routes())
        .merge(crate::palette::pages::routes());
    #[cfg(debug_assertions)]
    let pages = pages.merge(super::styleguide::routes());
    pages
}

/// The whole house.
pub fn app(office: Office, public: PublicUrl) -> Router {
    let sessions = SessionManagerLayer::new(Sessions(office.db.clone()))
        .with_name("kontor")
        .with_same_site(SameSite::Lax)
        .with_secure(public.is_https())
        .with_expiry(Expiry::OnInactivity(Duration::days(SESSION_DAYS)));
    let pages = pages()
        .into_router()
        .fallback(|| async { Fault::NotFound.into_response() })
        .method_not_allowed_fallback(|| async { Fault::NotFound.into_response() })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(public.clone(), guard::refuse_cross_site))
        .layer(axum::Extension(public.clone()))
        .layer(from_fn_with_state(office.clone(), context::identify))
        .layer(sessions);
    Router::new()
        .merge(pages)
        .nest("/api", crate::api::router(office.clone()))
        .merge(assets::router())
        .route("/health", axum::routing::get(health))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(super::errors::panicked))
        .layer(from_fn_with_state(public, guard::set_security_headers))
        .layer(TraceLayer::new_for_http())
        .with_state(office)
}

/// For load balancers: answers when the database does.
async fn health(State(office): State<Office>) -> Result<&'static str, Fault> {
    crate::team::store::count(office.db.read()).await?;
    Ok("ok")
}

/// Listens until the process is asked to end; `ready` learns the address.
pub async fn serve(office: Office, listen: SocketAddr, public: PublicUrl, ready: impl FnOnce(SocketAddr)) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    ready(listener.local_addr()?);
    let warmed = office.clone();
    tokio::spawn(async move {
        loop {
            if let Err(fault) = crate::palette::actions::warm(&warmed).await {
                // Whoever needs it reads it then, and hears why it fails.
                tracing::warn!(?fault, "nothing was read ahead");
            }
            warmed.ledger_changed.notified().await;
        }
    });
    let service = app(office, public).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(asked_to_end()).await
}

async fn asked_to_end() {
    let interrupt = async { tokio::signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
