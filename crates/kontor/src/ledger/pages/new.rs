//! The form of a new import.

use maud::{Markup, html};

use crate::fault::FieldError;
use crate::web::components::{button, error_summary, headline};
use crate::web::context::Page;
use crate::web::url;

/// The page; `source` as typed, `known` sources to choose from.
pub fn page(page: &Page, source: &str, known: &[String], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let error = |field: &str| errors.iter().find(|error| error.field == field).map(|error| error.page_message(t));
    let (files_error, source_error) = (error("files"), error("source"));
    let main = html! {
        (headline(&[(url::IMPORTS, &t.ledger_title())], t.ledger_new_title(), t.ledger_new_sub(), ""))
        (error_summary(t, errors))
        form.form method="post" action=(url::IMPORTS) enctype="multipart/form-data" data-upload {
            div.field {
                label for="field-files" { (t.ledger_files()) }
                input #field-files type="file" name="files" multiple required accept=".csv,.tsv,.txt,.xlsx,.xls,.ods,.xlsm,.xlsb,.parquet"
                    aria-describedby="field-files-hint" aria-invalid=[files_error.is_some().then_some("true")];
                @if let Some(error) = files_error { p.field__error { (error) } }
                p.field__hint #field-files-hint { (t.ledger_files_hint()) }
            }
            div.field {
                label for="field-source" { (t.ledger_source()) }
                input #field-source type="text" name="source" value=(source) list="known-sources" autocomplete="off" maxlength="60"
                    aria-describedby="field-source-hint" aria-invalid=[source_error.is_some().then_some("true")];
                datalist #known-sources { @for source in known { option value=(source) {} } }
                @if let Some(error) = source_error { p.field__error { (error) } }
                p.field__hint #field-source-hint {
                    (t.ledger_source_hint())
                    @if !known.is_empty() { " " (t.ledger_source_known(known.join(", "))) }
                }
            }
            progress hidden {}
            div.actions { (button(&t.ledger_upload())) a.button href=(url::IMPORTS) { (t.web_cancel()) } }
        }
    };
    page.render(&t.ledger_new(), main)
}
