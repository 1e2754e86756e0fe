//! Interactions as a file; it is noted who took how many out.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::Sheet;
use crate::team::actions::require;
use crate::web::url;

/// The table as CSV for spreadsheets in the viewer's language; `name` is the file's name without its ending.
pub async fn send(office: &Office, viewer: &Viewer, name: &str, sheet: Sheet) -> Result<Response, Fault> {
    require(viewer, Right::Export)?;
    let (file, rows) = (format!("{name}.csv"), sheet.rows.len() as u64);
    let tx = office.db.begin().await?;
    tx.commit(viewer, office.now(), Event::Exported { what: "interactions".to_owned(), rows }).await?;
    let disposition = format!("attachment; filename=\"interactions.csv\"; filename*=UTF-8''{}", url::encode(&file));
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, sheet.to_csv_in(viewer.language)).into_response())
}
