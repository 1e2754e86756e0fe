//! The list of all interactions, and the same as a file.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kontor_domain::interaction::Kind;
use kontor_domain::rights::Right;
use maud::html;

use super::kind_name;
use super::timeline::{contact, filter_form};
use crate::fault::Fault;
use crate::interactions::filter::{Place, Which};
use crate::interactions::forms::FilterForm;
use crate::interactions::names::Names;
use crate::interactions::{actions, export};
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::team;
use crate::web::components::{empty_state, headline, link_button};
use crate::web::context::{Page, Query};
use crate::web::filter::Asked;
use crate::web::url;

/// How many one page of the list shows.
const PAGE: usize = 50;
/// How many go into one file.
const ROWS_MAX: u64 = 50_000;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Before {
    pub(super) before: String,
}

impl Before {
    pub(super) fn place(&self) -> Result<Option<Place>, Fault> {
        match self.before.as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|()| Fault::field("before", |t| t.api_cursor_wrong())),
        }
    }
}

pub(super) async fn list(
    State(office): State<Office>,
    page: Page,
    Query(typed): Query<FilterForm>,
    Query(before): Query<Before>,
) -> Result<Response, Fault> {
    let t = page.t();
    let asked = Asked::of(&typed, |form: &FilterForm| form.parse(page.locale(), Which::All), FilterForm::without)?;
    let (status, form, filter) = (asked.status(), asked.query, asked.read);
    let mut found = actions::list(&office, &page.viewer, &filter, before.place()?, PAGE as u64 + 1).await?;
    let goes_on = found.len() > PAGE;
    found.truncate(PAGE);
    let names = Names::of(&office, &page.viewer, &found).await?;
    let users = team::store::all(office.db.read()).await?;
    let may_log = page.viewer.may(Right::LogInteractions);
    let buttons = html! {
        @if page.viewer.may(Right::Export) { a.button href=(address("/interactions.csv", &form, "")) { (t.interactions_csv()) } }
        @if may_log {
            (link_button("/interactions/mail", &t.interactions_new_mail(), false))
            (link_button("/interactions/new", &t.interactions_new(), true))
        }
    };
    let older = found.last().filter(|_| goes_on).map(|last| Place::new(last.started_at, Place::INTERACTION, last.id).to_string());
    let main = html! {
        (headline(&[], t.interactions_title(), t.interactions_sub(), buttons))
        (filter_form(&page, "/interactions", &typed, &asked.errors, &users, false))
        @if found.is_empty() && form == FilterForm::default() {
            (empty_state(&t.interactions_none_yet(), "", html! { @if may_log { (link_button("/interactions/new", &t.interactions_new(), true)) } }))
        } @else if found.is_empty() { p.quiet { (t.interactions_none()) } }
        ol.timeline { @for interaction in &found { (contact(&page, &names, interaction, true, office.today())) } }
        @if let Some(older) = older { p.pages { a.button rel="next" href=(address("/interactions", &form, &older)) { (t.interactions_older()) } } }
    };
    Ok((status, page.render(&t.interactions_title(), main)).into_response())
}

/// An address with what is asked for.
pub(super) fn address(path: &str, form: &FilterForm, before: &str) -> String {
    url::with_query(
        path,
        &[
            ("kind", form.kind.as_str()),
            ("who", &form.who),
            ("from", &form.from),
            ("to", &form.to),
            ("text", &form.text),
            ("archived", &form.archived),
            ("before", before),
        ],
    )
}

pub(super) async fn csv(State(office): State<Office>, page: Page, Query(form): Query<FilterForm>) -> Result<Response, Fault> {
    let t = page.t();
    let filter = form.parse(page.locale(), Which::All)?;
    let found = actions::list(&office, &page.viewer, &filter, None, ROWS_MAX).await?;
    let names = Names::of(&office, &page.viewer, &found).await?;
    let headers = [
        t.interactions_day(),
        t.interactions_account(),
        t.interactions_kind(),
        t.interactions_minutes(),
        t.interactions_purpose(),
        t.interactions_outcome(),
        t.interactions_persons(),
        t.interactions_users(),
        t.interactions_step(),
        t.interactions_step_due(),
        t.interactions_author(),
    ];
    let rows = found.iter().map(|interaction| {
        let entry = &interaction.entry;
        let persons: Vec<&str> = entry.persons.iter().filter_map(|&id| names.person(id)).collect();
        let users: Vec<&str> = entry.users.iter().map(|&id| names.user(id)).collect();
        let step = interaction.open_step();
        vec![
            entry.day.into(),
            names.account(entry.account_id).into(),
            kind_name(t, entry.kind).into(),
            Cell::Count(u64::from(entry.minutes)),
            entry.purpose.as_str().into(),
            entry.outcome.as_str().into(),
            persons.join("; ").into(),
            users.join("; ").into(),
            step.map(|step| step.text.clone()).into(),
            step.and_then(|step| step.due).into(),
            interaction.author.as_str().into(),
        ]
    });
    let sheet = Sheet { title: t.interactions_title(), headers: headers.to_vec(), rows: rows.collect() };
    export::send(&office, &page.viewer, &t.interactions_title(), sheet).await
}

/// The choices of kinds, as values and labels.
pub(super) fn kinds(page: &Page, with_records: bool) -> Vec<(String, String)> {
    let t = page.t();
    let mut kinds = vec![(String::new(), t.interactions_kind_all())];
    kinds.extend(Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), kind_name(t, kind))));
    if with_records {
        kinds.push((crate::interactions::forms::RECORDS.to_owned(), t.interactions_kind_records()));
    }
    kinds
}
