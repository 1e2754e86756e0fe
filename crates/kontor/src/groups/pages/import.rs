//! The way of a hierarchy from a file to edges: choose it, see what it would come to, enter it.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::group::Edge;
use maud::{Markup, html};
use serde::Deserialize;

use super::{name_of, share_text};
use crate::accounts::directory::{self, Directory};
use crate::aside::aside;
use crate::fault::{Fault, FieldError};
use crate::groups::import::{self, Outcome, Problem, Row, Table};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::{Form, Page};
use crate::web::layout::Flash;
use crate::web::url;

/// The largest file, and the largest form that carries its rows on.
pub(super) const BYTES_MAX: usize = 12 * 1024 * 1024;
/// So many edges and problems are shown.
const SHOWN: usize = 200;

/// The form.
pub(super) async fn begin(page: Page) -> Markup {
    form_page(&page, &[])
}

/// Reads the file and shows what it would come to. Nothing is kept: the rows go on in the form that enters them.
pub(super) async fn preview(
    State(office): State<Office>,
    page: Page,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let parts = parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?;
    let read = match receive(parts).await {
        Ok(upload) => read_file(upload).await,
        Err(fault) => Err(fault),
    };
    match read {
        Ok((file, table, create)) => {
            let outcome = import::preview(&office, &page.viewer, &table.rows, create).await?;
            let directory = directory::current(&office, &page.viewer).await?;
            let shown = Shown { page: &page, file: &file, table: &table, outcome: &outcome, directory: &directory, create };
            Ok(shown.page().into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, form_page(&page, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

/// What was uploaded.
struct Upload {
    name: String,
    bytes: Vec<u8>,
    create: bool,
}

async fn receive(mut parts: Multipart) -> Result<Upload, Fault> {
    let broken = |error: axum::extract::multipart::MultipartError| Fault::Malformed(error.body_text());
    let mut upload = Upload { name: String::new(), bytes: Vec::new(), create: false };
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        match part.name() {
            Some("create") => upload.create = true,
            _ if part.file_name().is_some() => {
                upload.name = part.file_name().unwrap_or_default().to_owned();
                upload.bytes = part.bytes().await.map_err(broken)?.to_vec();
            }
            _ => {}
        }
    }
    if upload.bytes.is_empty() { Err(Fault::field("file", |t| t.groups_import_file_missing())) } else { Ok(upload) }
}

async fn read_file(upload: Upload) -> Result<(String, Table, bool), Fault> {
    let Upload { name, bytes, create } = upload;
    let read = aside(move || {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), bytes)?;
        import::read(file.path())
    });
    Ok((name, read.await??, create))
}

/// The rows of a file that was read, to be entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RunForm {
    file: String,
    rows: String,
    create: Option<String>,
}

/// Enters what the preview showed; what has changed since is looked at anew.
pub(super) async fn run(State(office): State<Office>, page: Page, Form(form): Form<RunForm>) -> Result<Redirect, Fault> {
    let outcome = import::run(&office, &page.viewer, &form.file, &unpacked(&form.rows), form.create.is_some()).await?;
    let message = page.t().groups_import_done(outcome.edges.len(), outcome.problems.len());
    page.flash(if outcome.problems.is_empty() { Flash::done(message) } else { Flash::warning(message) }).await?;
    let first = outcome.edges.first().map(|edge| url::group(edge.child));
    Ok(Redirect::to(first.as_deref().unwrap_or(url::IMPORT_GROUPS)))
}

/// Rows as text: one line each, fields between tabs.
fn packed(rows: &[Row]) -> String {
    let field = |text: &str| text.replace(['\t', '\r', '\n'], " ");
    let line = |row: &Row| [row.line.to_string(), field(&row.account), field(&row.parent), field(&row.share), field(&row.from)].join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn unpacked(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        Row { line: next().parse().unwrap_or_default(), account: next(), parent: next(), share: next(), from: next() }
    };
    text.lines().filter(|line| !line.trim().is_empty()).take(import::ROWS_MAX).map(row).collect()
}

fn form_page(page: &Page, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let error = errors.iter().find(|error| error.field == "file").map(|error| error.page_message(t));
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts())], t.groups_import(), t.groups_import_sub(), ""))
        (error_summary(t, errors))
        form.form method="post" action="/groups/import/preview" enctype="multipart/form-data" {
            div.field {
                label for="field-file" { (t.groups_import_file()) }
                input #field-file type="file" name="file" required accept=".csv,.tsv,.txt,.xlsx,.xls,.ods" aria-describedby="field-file-hint" aria-invalid=[error.is_some().then_some("true")];
                @if let Some(error) = error { p.field__error { (error) } }
                p.field__hint #field-file-hint { (t.groups_import_file_hint()) }
            }
            (Field::new("create", t.groups_import_create(), Input::Checkbox).show(t))
            div.actions { (button(&t.groups_import_preview())) a.button href=(url::ACCOUNTS) { (t.web_cancel()) } }
        }
    };
    page.render(&t.groups_import(), main)
}

/// What an import would come to.
struct Shown<'a> {
    page: &'a Page,
    file: &'a str,
    table: &'a Table,
    outcome: &'a Outcome,
    directory: &'a Directory,
    create: bool,
}

impl Shown<'_> {
    fn page(&self) -> Markup {
        let (t, outcome) = (self.page.t(), self.outcome);
        let count = outcome.edges.len();
        let columns: Vec<String> = self.table.headers.iter().flatten().map(|header| t.groups_import_column(header.as_str())).collect();
        let notes = [
            Some(t.groups_import_columns(columns.join(", "))),
            (outcome.known > 0).then(|| t.groups_import_known(outcome.known)),
            (self.table.without_parent > 0).then(|| t.groups_import_without(self.table.without_parent)),
        ];
        let sub = notes.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let main = html! {
            (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (url::IMPORT_GROUPS, &t.groups_import())], t.groups_import_finding(count, self.file), sub, self.run_form()))
            div.columns {
                @if !outcome.problems.is_empty() { (section(12, &t.groups_import_problems(outcome.problems.len()), "", self.problems())) }
                @if self.create && !outcome.created.is_empty() {
                    (section(12, &t.groups_import_new(outcome.created.len()), "", html! { p { (outcome.created.join(", ")) } }))
                }
                @if count > 0 { (section(12, &t.groups_import_edges(), "", self.edges())) }
            }
        };
        self.page.render(&t.groups_import(), main)
    }

    fn run_form(&self) -> Markup {
        let t = self.page.t();
        html! {
            @if !self.outcome.edges.is_empty() {
                form method="post" action=(url::IMPORT_GROUPS) {
                    input type="hidden" name="file" value=(self.file);
                    input type="hidden" name="rows" value=(packed(&self.table.rows));
                    @if self.create { input type="hidden" name="create" value="on"; }
                    (button(&t.groups_import_run(self.outcome.edges.len())))
                }
            }
            a.button href=(url::IMPORT_GROUPS) { (t.web_cancel()) }
        }
    }

    fn problems(&self) -> Markup {
        let t = self.page.t();
        let row = |problem: &Problem| html! { tr { td.num { (problem.line) } td { (problem.value) } td.wrap { (problem.message(t)) } } };
        html! {
            div.scroll { table.table {
                thead { tr { th.num { (t.groups_import_line()) } th { (t.groups_import_value()) } th { (t.groups_import_why()) } } }
                tbody { @for problem in self.outcome.problems.iter().take(SHOWN) { (row(problem)) } }
            } }
            (self.more(self.outcome.problems.len()))
        }
    }

    fn edges(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let row = |edge: &Edge| {
            html! { tr {
                td.name { (self.name(edge.child)) } td.name data-label=(t.groups_import_parent()) { (self.name(edge.parent)) }
                td.num data-label=(t.groups_share()) { @match edge.share { Some(share) => (share_text(locale, share)), None => "–" } }
                td.num data-label=(t.groups_from()) { @match edge.from { Some(day) => (locale.date(day)), None => "–" } }
            } }
        };
        html! {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.groups_import_child()) } th { (t.groups_import_parent()) } th.num { (t.groups_share()) } th.num { (t.groups_from()) } } }
                tbody { @for edge in self.outcome.edges.iter().take(SHOWN) { (row(edge)) } }
            } }
            (self.more(self.outcome.edges.len()))
        }
    }

    fn more(&self, count: usize) -> Markup {
        html! { @if count > SHOWN { p.quiet { (self.page.t().groups_import_more(count - SHOWN)) } } }
    }

    /// The name of an account; one that does not exist yet is marked.
    fn name(&self, id: i64) -> Markup {
        let new = usize::try_from(-id - 1).ok().and_then(|place| self.outcome.created.get(place));
        html! { @match new { Some(name) => { (name) " " span.badge { (self.page.t().groups_import_new_mark()) } }, None => (name_of(self.directory, id)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went() {
        let row = |line, account: &str, share: &str| Row {
            line,
            account: account.into(),
            parent: "Kopf".into(),
            share: share.into(),
            from: String::new(),
        };
        let rows = vec![row(2, "A & B", ""), row(9, "Ü", "33,3")];
        assert_eq!(unpacked(&packed(&rows)), rows);
        assert_eq!(unpacked(&packed(&[row(1, "a\tb\n", "")]))[0].account, "a b ");
        assert!(unpacked("\n \n").is_empty());
    }
}
