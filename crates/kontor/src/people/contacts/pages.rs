//! Pages of contacts in and out: the upload, the preview with a decision for each, and the files to keep.

use std::collections::HashMap;
use std::io::Write;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodFilter, on};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;
use strum::VariantArray;

use super::actions::{self, Decision};
use super::matching::{Choice, Planned};
use super::store::{ContactImport, State as Stage};
use super::{BYTES_MAX, Rejected};
use crate::accounts::directory::{self, Directory};
use crate::accounts::pages::name;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::forms::{field, parse_origin};
use crate::people::pages::origin_fields;
use crate::sheet::{Cell, Sheet};
use crate::web::components::{button, error_summary, headline, notice, pagination, post_button, section};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// So many contacts are decided about on one page.
const ROWS: usize = 200;

/// The routes.
pub fn routes() -> Routes {
    let edit = Guard::Needs(Right::EditPeople);
    let upload = on(MethodFilter::POST, upload).layer(DefaultBodyLimit::max(BYTES_MAX + 1024 * 1024));
    Routes::new()
        .get(edit, "/people/import", index)
        .add(Method::POST, edit, "/people/import", upload)
        .get(edit, "/people/import/{id}", show)
        .post(edit, "/people/import/{id}", prepare)
        .post(edit, "/people/import/{id}/take", take_in)
        .post(edit, "/people/import/{id}/discard", discard)
        .get(edit, "/people/import/{id}/rejected.csv", rejected)
}

fn import_url(id: i64) -> String {
    format!("/people/import/{id}")
}

async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let files = actions::list(&office, &page.viewer).await?;
    Ok(index_page(&page, &files, &[]))
}

async fn upload(State(office): State<Office>, page: Page, parts: Result<Multipart, MultipartRejection>) -> Result<Response, Fault> {
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let kept = match receive(parts).await {
        Ok((name, file)) => actions::upload(&office, &page.viewer, &name, file.path()).await,
        Err(fault) => Err(fault),
    };
    match kept {
        Ok(id) => Ok(Redirect::to(&import_url(id)).into_response()),
        Err(Fault::Invalid(errors)) => {
            let files = actions::list(&office, &page.viewer).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, index_page(&page, &files, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The one file of a form, on disk for as long as it is read.
async fn receive(mut parts: Multipart) -> Result<(String, tempfile::NamedTempFile), Fault> {
    let missing = || Fault::field("files", |t| t.contacts_missing());
    while let Some(part) = parts.next_field().await.map_err(|error| Fault::Malformed(error.body_text()))? {
        let name: String = part.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        if name.is_empty() {
            continue;
        }
        let bytes = part.bytes().await.map_err(|_| Fault::TooLarge(BYTES_MAX as u64))?;
        return Ok((name.clone(), file_of(&name, &bytes)?));
    }
    Err(missing())
}

/// A file with this content. Its ending is kept, since workbooks are known by it.
pub fn file_of(name: &str, bytes: &[u8]) -> Result<tempfile::NamedTempFile, Fault> {
    let ending: String =
        name.rsplit_once('.').map(|(_, ending)| ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect()).unwrap_or_default();
    let mut file = tempfile::Builder::new().suffix(&format!(".{ending}")).tempfile()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RowsQuery {
    page: usize,
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<RowsQuery>) -> Result<Markup, Fault> {
    view(&office, &page, id, query.page, &[]).await
}

async fn view(office: &Office, page: &Page, id: i64, number: usize, errors: &[FieldError]) -> Result<Markup, Fault> {
    let import = actions::show(office, &page.viewer, id).await?;
    let names = actions::names(office, &page.viewer, &import.content).await?;
    let directory = directory::current(office, &page.viewer).await?;
    let view = View { page, import: &import, names: &names, directory: &directory };
    Ok(page.render(&page.t().contacts_title(), view.main(number, errors)))
}

/// The decisions that a page of the preview posts: `row`, `choice` and `account` in turn.
fn decisions(fields: &[(String, String)]) -> Result<Vec<Decision>, Fault> {
    let all = |wanted: &'static str| fields.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let wrong = || Fault::field("choice", |t| t.contacts_choice_wrong());
    let rows = all("row").zip(all("choice")).zip(all("account"));
    rows.map(|((row, choice), account)| {
        let place = row.parse().map_err(|_| wrong())?;
        Ok(Decision { place, choice: choice.parse().map_err(|_| wrong())?, account: Some(account.to_owned()) })
    })
    .collect()
}

async fn prepare(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let prepared = match decisions(&fields) {
        Ok(decisions) => actions::prepare(&office, &page.viewer, id, &decisions).await,
        Err(fault) => Err(fault),
    };
    let number: usize = field(&fields, "page").parse().unwrap_or_default();
    match prepared {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            let number = if number == 0 { String::new() } else { number.to_string() };
            Ok(Redirect::to(&url::with_query(&import_url(id), &[("page", number)])).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&office, &page, id, number, &errors).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn take_in(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let mut errors = Vec::new();
    let origin = parse_origin(&field(&fields, "source"), &field(&fields, "basis"), &mut errors);
    let taken = match decisions(&fields) {
        Ok(decisions) if errors.is_empty() => actions::take_in(&office, &page.viewer, id, &decisions, &origin).await,
        Ok(_) => Err(Fault::Invalid(errors)),
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(outcome) => {
            page.flash(Flash::done(page.t().contacts_taken(outcome.added, outcome.updated, outcome.skipped))).await?;
            Ok(Redirect::to(&import_url(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&office, &page, id, 0, &errors).await?).into_response()),
        Err(fault) => Err(fault),
    }
}

async fn discard(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::discard(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().contacts_discarded())).await?;
    Ok(Redirect::to("/people/import"))
}

async fn rejected(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    let import = actions::show(&office, &page.viewer, id).await?;
    let t = page.t();
    let rows = import.content.rejected.iter().map(|rejected| {
        vec![import.file.as_str().into(), Cell::Count(rejected.line), reason(t, rejected).into(), rejected.text.as_str().into()]
    });
    let headers = vec![t.contacts_file(), t.contacts_line(), t.contacts_reason(), t.contacts_text()];
    let sheet = Sheet { title: t.contacts_rejected_title(), headers, rows: rows.collect() };
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\"")];
    Ok((headers, sheet.to_csv_in(t.language())).into_response())
}

fn index_page(page: &Page, files: &[ContactImport], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title())], t.contacts_title(), t.contacts_sub(), ""))
        (error_summary(t, errors))
        form.form method="post" action="/people/import" enctype="multipart/form-data" {
            div.field {
                label for="field-files" { (t.contacts_file()) }
                input #field-files type="file" name="files" accept=".vcf,.csv,.txt,.tsv,.xlsx,.xls,.ods" required;
                p.field__hint { (t.contacts_file_hint()) }
            }
            div.actions { (button(&t.contacts_read())) a.button href=(url::PEOPLE) { (t.web_cancel()) } }
        }
        @if !files.is_empty() {
            (section(12, &t.contacts_files(), "", html! { ul.list { @for file in files {
                li {
                    a href=(import_url(file.id)) { (file.file) }
                    span.why { (page.locale().instant(file.created_at)) " · " (stage(t, file.state)) }
                }
            } } }))
        }
    };
    page.render(&t.contacts_title(), main)
}

fn stage(t: &Texts, stage: Stage) -> String {
    t.by_key(&format!("contacts-state-{}", <&str>::from(stage))).unwrap_or_default()
}

fn reason(t: &Texts, rejected: &Rejected) -> String {
    t.by_key(&format!("contacts-reason-{}", rejected.reason)).unwrap_or_else(|| rejected.reason.clone())
}

struct View<'a> {
    page: &'a Page,
    import: &'a ContactImport,
    names: &'a HashMap<i64, String>,
    directory: &'a Directory,
}

impl View<'_> {
    fn main(&self, number: usize, errors: &[FieldError]) -> Markup {
        let (t, import) = (self.page.t(), self.import);
        let rows = &import.content.rows;
        let first = (number * ROWS).min(rows.len());
        let last = (first + ROWS).min(rows.len());
        let is_open = import.state == Stage::Open;
        let discard = html! { @if is_open { (post_button(&format!("{}/discard", import_url(import.id)), &t.contacts_discard(), "button button--danger", Some(&t.contacts_discard_confirm()))) } };
        let page_address = |number: usize| {
            url::with_query(&import_url(import.id), &[("page", if number == 0 { String::new() } else { number.to_string() })])
        };
        html! {
            (headline(&[(url::PEOPLE, &t.people_title()), ("/people/import", &t.contacts_title())], t.contacts_finding(rows.len(), import.file.as_str()), self.sub(), discard))
            (error_summary(t, errors))
            @if !is_open { (notice("info", html! { p { (stage(t, import.state)) } })) }
            @if !import.content.rejected.is_empty() { (self.rejected()) }
            form.person method="post" action=(import_url(import.id)) {
                input type="hidden" name="page" value=(number);
                (self.table(first, last, is_open))
                @if is_open {
                    (section(6, &t.people_origin(), "", origin_fields(t, &import.file, "f", errors)))
                    div.actions {
                        button.button.button--main formaction={ (import_url(import.id)) "/take" } { (t.contacts_take()) }
                        button.button { (t.contacts_keep()) }
                    }
                }
            }
            @if rows.len() > ROWS {
                (pagination(t, self.page.locale(), first + 1, last, rows.len(), (number > 0).then(|| page_address(number - 1)), (last < rows.len()).then(|| page_address(number + 1))))
            }
        }
    }

    /// How many become what.
    fn sub(&self) -> String {
        let t = self.page.t();
        let count = |choice: Choice| self.import.content.rows.iter().filter(|row| row.choice == choice).count();
        let found = self.import.content.rows.iter().filter(|row| row.account_id.is_some()).count();
        t.contacts_counts(count(Choice::New), count(Choice::Update), count(Choice::Skip), found)
    }

    fn rejected(&self) -> Markup {
        let t = self.page.t();
        let rejected = &self.import.content.rejected;
        let file = html! { a href={ (import_url(self.import.id)) "/rejected.csv" } download { "CSV" } };
        section(
            12,
            &t.contacts_rejected(rejected.len()),
            file,
            html! {
                ul.list { @for rejected in rejected.iter().take(20) {
                    li { span { (t.contacts_at_line(rejected.line)) ": " (reason(t, rejected)) } span.why { (rejected.text) } }
                } }
            },
        )
    }

    fn table(&self, first: usize, last: usize, is_open: bool) -> Markup {
        let t = self.page.t();
        html! {
            div.scroll { table.table.table--words {
                thead { tr { th.num { (t.contacts_line()) } th { (t.people_name()) } th { (t.people_company()) } th { (t.people_channels()) } th { (t.contacts_found()) } th { (t.contacts_becomes()) } } }
                tbody { @for place in first..last { (self.row(place, is_open)) } }
            } }
        }
    }

    fn row(&self, place: usize, is_open: bool) -> Markup {
        let t = self.page.t();
        let row = &self.import.content.rows[place];
        let contact = &row.contact;
        html! {
            tr {
                td.num.quiet data-label=(t.contacts_line()) { (contact.line) }
                td.wrap {
                    (contact.data.full_name())
                    @if !contact.function.is_empty() { br; span.quiet { (contact.function) } }
                    @if !contact.left.is_empty() { br; span.quiet { (t.contacts_left(contact.left.join(", "))) } }
                }
                td.wrap { (contact.company) @if !contact.department.is_empty() { br; span.quiet { (contact.department) } } }
                td.wrap { @for (place, (_, value)) in contact.channels.iter().take(3).enumerate() { @if place > 0 { br; } (value) } }
                td.wrap { (self.found(row)) }
                td.decide {
                    @if is_open { (self.choice(place, row)) }
                    @else if let Some(id) = row.became { a href=(url::person(id)) { (self.person(id)) } }
                    @else { (choice_name(t, Choice::Skip)) }
                }
            }
        }
    }

    fn account(&self, row: &Planned) -> String {
        let place = row.account_id.and_then(|id| self.directory.place_of(id));
        place.map(|place| name(&self.directory.accounts()[place]).to_owned()).unwrap_or_default()
    }

    fn person(&self, id: i64) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// What was found: the account, the known person, the same contact further up.
    fn found(&self, row: &Planned) -> Markup {
        let t = self.page.t();
        let by = |key: &str| t.by_key(&format!("contacts-by-{key}")).unwrap_or_default();
        html! {
            @if row.account_id.is_some() { (self.account(row)) @if let Some(found_by) = &row.found_by { " " span.quiet { (by(found_by)) } } }
            @else if !row.contact.company.is_empty() { span.quiet { (t.people_outside()) } }
            @if let Some(id) = row.person_id {
                br; a href=(url::person(id)) { (self.person(id)) } " "
                @if row.is_archived { span.badge { (t.people_state_archived()) } " " }
                span.quiet { (row.reasons.iter().map(|reason| by(reason)).collect::<Vec<_>>().join(", ")) }
            }
            @if let Some(line) = row.same_as { br; span.quiet { (t.contacts_same_as(line)) } }
        }
    }

    fn choice(&self, place: usize, row: &Planned) -> Markup {
        let t = self.page.t();
        html! {
            input type="hidden" name="row" value=(place);
            select name="choice" aria-label=(t.contacts_becomes()) {
                @for choice in Choice::VARIANTS.iter().filter(|choice| **choice != Choice::Update || row.person_id.is_some()) {
                    option value=(<&str>::from(choice)) selected[*choice == row.choice] { (choice_name(t, *choice)) }
                }
            }
            input type="text" name="account" value=(self.account(row)) aria-label=(t.contacts_account()) placeholder=(t.contacts_account());
        }
    }
}

fn choice_name(t: &Texts, choice: Choice) -> String {
    t.by_key(&format!("contacts-choice-{}", <&str>::from(choice))).unwrap_or_default()
}
