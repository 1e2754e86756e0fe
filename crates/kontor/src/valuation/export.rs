//! Tables that leave the house as files; each leaves a trace in the audit log.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Sheet, workbook};
use crate::team::actions::require;
use crate::web::url;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// The ending of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A table as a file to keep; `name` is the file's name without its ending. It is noted who took how many rows out.
pub async fn send(office: &Office, viewer: &Viewer, name: &str, format: Format, sheet: Sheet) -> Result<Response, Fault> {
    send_all(office, viewer, name, format, vec![sheet]).await
}

/// A table with others that explain it: a workbook has them all, comma-separated values only the first one.
pub async fn send_all(office: &Office, viewer: &Viewer, name: &str, format: Format, sheets: Vec<Sheet>) -> Result<Response, Fault> {
    require(viewer, Right::Export)?;
    let (file, rows) = (format!("{name}.{}", format.extension()), sheets.first().map_or(0, |sheet| sheet.rows.len() as u64));
    let written = tokio::task::spawn_blocking(move || match format {
        Format::Csv => Ok(sheets.first().map(Sheet::to_csv).unwrap_or_default()),
        Format::Xlsx => workbook(&sheets),
    });
    let bytes = written.await.map_err(Fault::internal)?.map_err(Fault::internal)?;
    let tx = office.db.begin().await?;
    tx.commit(viewer, office.now(), Event::Exported { what: file.clone(), rows }).await?;
    let headers = [(CONTENT_TYPE, format.content_type().to_owned()), (CONTENT_DISPOSITION, disposition(&file))];
    Ok((headers, bytes).into_response())
}

/// The name twice (RFC 6266): in ASCII for old programs, in UTF-8 for all others.
fn disposition(file: &str) -> String {
    let plain: String = file.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", url::encode(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_in_every_program() {
        assert_eq!(disposition("Söhnke \"A\".csv"), "attachment; filename=\"S_hnke _A_.csv\"; filename*=UTF-8''S%C3%B6hnke%20%22A%22.csv");
    }
}
