//! Reading a mail from its file.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::interaction::Confidentiality;
use maud::{Markup, html};
use serde::Deserialize;

use super::address;
use crate::accounts::directory;
use crate::accounts::find::{self, Sought};
use crate::accounts::pages::name;
use crate::fault::{Fault, FieldError};
use crate::interactions::attachments::{self, BYTES_MAX, media};
use crate::interactions::mails::{self, Wanted};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, headline};
use crate::web::context::{Page, Query};
use crate::web::layout::Flash;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MailQuery {
    account: Option<i64>,
}

pub(super) async fn open(State(office): State<Office>, page: Page, Query(query): Query<MailQuery>) -> Result<Markup, Fault> {
    let directory = directory::current(&office, &page.viewer).await?;
    let place = query.account.filter(|&id| page.viewer.sight.sees(id)).and_then(|id| directory.place_of(id));
    let account = place.map(|place| &directory.accounts()[place]);
    let typed = account.map(|account| account.numbers.first().map_or(name(account), |number| &number.number).to_owned());
    Ok(form_page(&page, &typed.unwrap_or_default(), Confidentiality::default().name(), &[]))
}

pub(super) async fn read(
    State(office): State<Office>,
    page: Page,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let upload = attachments::receive(parts).await?;
    let (account, confidentiality) = (upload.field("account").trim().to_owned(), upload.field("confidentiality").to_owned());
    match log(&office, &page, upload, &account, &confidentiality).await {
        Ok(id) => {
            page.flash(Flash::done(page.t().interactions_logged())).await?;
            Ok(Redirect::to(&address(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&page, &account, &confidentiality, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn log(office: &Office, page: &Page, upload: attachments::Upload, account: &str, confidentiality: &str) -> Result<i64, Fault> {
    let account_id = match account {
        "" => None,
        typed => Some(sought(office, page, typed).await?),
    };
    let confidentiality = match confidentiality {
        "" => Confidentiality::default(),
        text => text.parse().map_err(|_| Fault::field("confidentiality", |t| t.interactions_confidentiality_wrong()))?,
    };
    let file = upload.files.into_iter().next().ok_or_else(|| Fault::field("file", |t| t.interactions_file_missing()))?;
    if file.bytes.len() > BYTES_MAX {
        let name = media::safe_name(&file.name);
        return Err(Fault::field("file", move |t| t.interactions_file_large(name.as_str(), BYTES_MAX / 1024 / 1024)));
    }
    mails::log(office, &page.viewer, &file.bytes, Wanted { account_id, confidentiality }).await
}

async fn sought(office: &Office, page: &Page, typed: &str) -> Result<i64, Fault> {
    let directory = directory::current(office, &page.viewer).await?;
    match find::account(&directory, typed, |id| page.viewer.sight.sees(id)) {
        Sought::Found(id) => Ok(id),
        Sought::Nothing => Err(Fault::field("account", |t| t.interactions_account_unknown())),
        Sought::Several(names) => Err(Fault::field("account", move |t| t.interactions_account_several(names.join(", ")))),
    }
}

fn form_page(page: &Page, account: &str, confidentiality: &str, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let levels: Vec<(String, String)> = Confidentiality::ALL
        .into_iter()
        .rev()
        .map(|value| (value.name().to_owned(), t.by_key(&format!("interactions-confidentiality-{}", value.name())).unwrap_or_default()))
        .collect();
    let main = html! {
        (headline(&[("/interactions", &t.interactions_title())], t.interactions_mail_title(), t.interactions_mail_sub(), ""))
        (error_summary(t, errors))
        form.form method="post" action="/interactions/mail" enctype="multipart/form-data" {
            (Field::new("file", t.interactions_mail_file(), Input::Text("file")).required().errors(errors).show(t))
            (Field::new("account", t.interactions_account(), Input::Text("text")).value(account).hint(t.interactions_account_hint()).errors(errors).show(t))
            (Field::new("confidentiality", t.interactions_confidentiality(), Input::Select(&levels)).value(confidentiality).errors(errors).show(t))
            div.actions { (button(&t.interactions_mail_read())) }
        }
    };
    page.render(&t.interactions_mail_title(), main)
}
