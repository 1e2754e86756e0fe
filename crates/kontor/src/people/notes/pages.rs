//! Private notes on the page of a person, and the page on which those of others are read.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::person::NoteKind;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{self, Notes, Overview};
use super::store::Note;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::actions as people;
use crate::web::components::{Field, Input, badge, button, error_summary, headline, post_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes. Reading is a deliberate act that leaves a trace, so it is asked for like a change.
pub fn routes() -> Routes {
    Routes::new()
        .post(Guard::Needs(Right::EditPeople), "/people/{id}/notes", add)
        .post(Guard::Needs(Right::SeeFigures), "/people/{id}/notes/read", read)
        .post(Guard::Needs(Right::EditPeople), "/people/{id}/notes/{note}/end", end)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NoteForm {
    kind: String,
    body: String,
}

async fn add(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<NoteForm>) -> Result<Response, Fault> {
    let added = match actions::parse(&form.kind, &form.body) {
        Ok((kind, body)) => actions::add(&office, &page.viewer, id, kind, &body).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(_) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&format!("{}#notes", url::person(id))).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let person = people::person(&office, &page.viewer, id).await?;
            let main = html! {
                (headline(&[(url::PEOPLE, &page.t().people_title()), (&url::person(id), &person.data.full_name())], page.t().notes_title(), "", ""))
                (error_summary(page.t(), &errors))
                (note_form(page.t(), id, &form, &errors))
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&page.t().notes_title(), main)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn end(State(office): State<Office>, page: Page, Path((id, note)): Path<(i64, i64)>) -> Result<Redirect, Fault> {
    actions::end(&office, &page.viewer, id, note).await?;
    page.flash(Flash::done(page.t().notes_ended())).await?;
    Ok(Redirect::to(&format!("{}#notes", url::person(id))))
}

async fn read(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let person = people::person(&office, &page.viewer, id).await?;
    let notes = actions::read(&office, &page.viewer, id).await?;
    let t = page.t();
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&url::person(id), &person.data.full_name())], t.notes_title(), t.notes_logged(), ""))
        (list(&page, &notes))
    };
    Ok(page.render(&t.notes_title(), main))
}

/// One's own notes about a person, the way to those of others, and a new one.
pub fn notes_region(page: &Page, person_id: i64, overview: &Overview) -> Markup {
    let t = page.t();
    let may_edit = page.viewer.may(Right::EditPeople);
    let body = html! {
        p.field__hint { (t.notes_who()) }
        (list(page, &overview.own))
        @if overview.others > 0 {
            form method="post" action={ (url::person(person_id)) "/notes/read" } {
                button.button { (t.notes_read(overview.others)) }
            }
        }
        @if may_edit {
            details.figures-table {
                summary { (t.notes_new()) }
                (note_form(t, person_id, &NoteForm::default(), &[]))
            }
        }
    };
    html! { div #notes.c-6 { (section(12, &t.notes_title(), "", body)) } }
}

fn list(page: &Page, notes: &Notes) -> Markup {
    html! { @if !notes.notes.is_empty() { ul.list { @for note in &notes.notes { (item(page, note, notes)) } } } }
}

fn item(page: &Page, note: &Note, notes: &Notes) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let readings = notes.readings.get(&note.id).map(Vec::as_slice).unwrap_or_default();
    html! {
        li {
            span.lines { (note.body) }
            span.why {
                (badge(&t.by_key(&format!("note-kind-{}", note.kind)).unwrap_or_default())) " "
                (note.author_name) ", " (locale.date(note.created_at.date_naive()))
                @if !readings.is_empty() {
                    " · " (t.notes_read_by(readings.iter().map(|reading| format!("{} ({})", reading.user_name, locale.instant(reading.at))).collect::<Vec<_>>().join(", ")))
                }
            }
            @if note.author_id == page.viewer.user_id {
                span.do { (post_button(&format!("{}/notes/{}/end", url::person(note.person_id), note.id), &t.notes_end(), "button button--link", None)) }
            }
        }
    }
}

fn note_form(t: &Texts, person_id: i64, form: &NoteForm, errors: &[FieldError]) -> Markup {
    let kinds: Vec<(String, String)> =
        NoteKind::ALL.iter().map(|kind| (kind.to_string(), t.by_key(&format!("note-kind-{kind}")).unwrap_or_default())).collect();
    html! {
        form.form method="post" action={ (url::person(person_id)) "/notes" } {
            (Field::new("kind", t.notes_kind(), Input::Select(&kinds)).value(&form.kind).errors(errors).show(t))
            (Field::new("body", t.notes_body(), Input::Area).value(&form.body).hint(t.people_no_special()).errors(errors).show(t))
            div.actions { (button(&t.notes_add())) }
        }
    }
}
