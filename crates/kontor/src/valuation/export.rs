//! Tables that leave the house as files; each leaves a trace in the audit log.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use crate::aside::aside;
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

/// A table as a file to keep, written as spreadsheets in the viewer's language expect it; `name` is the file's name without its ending. It is noted who took how many rows of `what` out.
pub async fn send(office: &Office, viewer: &Viewer, name: &str, what: String, format: Format, sheet: Sheet) -> Result<Response, Fault> {
    send_all(office, viewer, name, what, format, vec![sheet]).await
}

/// A table with others that explain it: a workbook has them all, comma-separated values only the first one.
pub async fn send_all(
    office: &Office,
    viewer: &Viewer,
    name: &str,
    what: String,
    format: Format,
    sheets: Vec<Sheet>,
) -> Result<Response, Fault> {
    require(viewer, Right::Export)?;
    let rows = sheets.first().map_or(0, |sheet| sheet.rows.len() as u64);
    let language = viewer.language;
    let written = aside(move || match format {
        Format::Csv => Ok(sheets.first().map(|sheet| sheet.to_csv_in(language)).unwrap_or_default()),
        Format::Xlsx => workbook(&sheets),
    });
    let bytes = written.await?.map_err(Fault::internal)?;
    office.db.begin().await?.commit(viewer, office.now(), Event::Exported { what, rows }).await?;
    let disposition = disposition(&format!("{name}.{}", format.extension()));
    Ok(([(CONTENT_TYPE, format.content_type().to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// The name twice (RFC 6266): in ASCII for old programs, in UTF-8 for all others. What file systems refuse becomes a dash.
fn disposition(file: &str) -> String {
    let file: String = file.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect();
    let plain: String = file.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", url::encode(&file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_in_every_program() {
        assert_eq!(disposition("Söhnke \"A\".csv"), "attachment; filename=\"S_hnke -A-.csv\"; filename*=UTF-8''S%C3%B6hnke%20-A-.csv");
    }
}
