//! What users should know, shown on their pages until they put it away.
//!
//! A verb of any noun tells users in its own transaction with [`store::tell`]; what a notice says is in [`Notice`], how it reads, in [`text`].

pub mod store;

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::audit::Event;
use kontor_domain::notice::Notice;
use kontor_domain::rights::{Right, Viewer};
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::require;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::headline;
use crate::web::context::{Form, Page};
use crate::web::format::Locale;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// So many are shown at once.
const NOTICES: u64 = 100;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::OwnProfile), url::NOTICES, index).post(
        Guard::Needs(Right::OwnProfile),
        "/notices/dismiss",
        dismiss,
    )
}

/// Puts one's own notices away: one, or all.
pub async fn put_away(office: &Office, viewer: &Viewer, id: Option<i64>) -> Result<(), Fault> {
    require(viewer, Right::OwnProfile)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let count = store::dismiss(tx.on(), viewer.user_id, id, now).await?;
    if count == 0 {
        return Err(Fault::NotFound);
    }
    Ok(tx.commit(viewer, now, Event::NoticesDismissed { user_id: viewer.user_id, count }).await?)
}

/// What a notice says, and where it leads.
pub fn text(t: &Texts, locale: Locale, notice: &Notice) -> (String, String) {
    match notice {
        Notice::JobChanged { person_id, person, from, to, on } => {
            (t.team_notice_job_changed(person.as_str(), from.as_str(), to.as_str(), locale.date(*on)), url::person(person_id))
        }
    }
}

async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let (t, locale) = (page.t(), page.locale());
    let waiting = store::waiting(office.db.read(), page.viewer.user_id, NOTICES).await?;
    let all = html! {
        @if waiting.len() > 1 { form method="post" action="/notices/dismiss" { button.button { (t.team_notices_dismiss_all()) } } }
    };
    let main = html! {
        (headline(&[], t.team_notices_finding(waiting.len()), "", all))
        ul.list {
            @for waiting in &waiting {
                @let (text, href) = text(t, locale, &waiting.notice);
                li {
                    a href=(href) { (text) }
                    span.why { time datetime=(waiting.at.to_rfc3339()) { (locale.instant(waiting.at)) } }
                    form.do method="post" action="/notices/dismiss" {
                        input type="hidden" name="id" value=(waiting.id);
                        button.button.button--link { (t.team_notices_dismiss()) }
                    }
                }
            }
        }
    };
    Ok(page.render(&t.team_notices(), main))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DismissForm {
    id: Option<i64>,
}

async fn dismiss(State(office): State<Office>, page: Page, Form(form): Form<DismissForm>) -> Result<Redirect, Fault> {
    put_away(&office, &page.viewer, form.id).await?;
    Ok(Redirect::to(url::NOTICES))
}
