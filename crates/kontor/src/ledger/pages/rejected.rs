//! The rows of an import that were rejected, as a file.

use std::fs::File;
use std::io::{BufReader, Seek, Write};

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kontor_domain::team::Language;
use kontor_ledger::finding::Kind;
use tokio::io::AsyncReadExt;

use super::findings::{kind_name, kind_text};
use crate::aside::aside;
use crate::fault::Fault;
use crate::ledger::actions;
use crate::office::Office;
use crate::sheet;
use crate::web::context::{Page, Path};
use crate::web::texts::Texts;

/// The file for somebody who opens it in a spreadsheet of their language, with what was found in words.
pub async fn page(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    let path = actions::take_rejected(&office, &page.viewer, id).await?;
    let language = page.viewer.language;
    let translated = aside(move || in_words(File::open(path)?, language)).await?.map_err(Fault::internal)?;
    Ok(sent(id, tokio::fs::File::from_std(translated)))
}

/// The file as the import left it, for programs.
pub async fn plain(id: i64, path: &std::path::Path) -> Result<Response, Fault> {
    Ok(sent(id, tokio::fs::File::open(path).await?))
}

/// A file with one row per rejected row, sent as it is read: there may be millions.
fn sent(id: i64, file: tokio::fs::File) -> Response {
    let parts = futures_util::stream::try_unfold(file, |mut file| async move {
        let mut part = vec![0; 1 << 16];
        let count = file.read(&mut part).await?;
        part.truncate(count);
        Ok::<_, std::io::Error>((count > 0).then_some((part, file)))
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"rejected-{id}.csv\"")),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

/// The same rows with headers, kinds and reasons in a language. The reasons that a file has are English, and more exact.
fn in_words(rows: File, language: Language) -> csv::Result<File> {
    let t = Texts::of(language);
    let mut out = tempfile::tempfile()?;
    let mut writer = sheet::csv_writer(language, &mut out)?;
    writer.write_record([
        t.ledger_rejected_head_file(),
        t.ledger_rejected_head_row(),
        t.ledger_rejected_head_kind(),
        t.ledger_column(),
        t.ledger_rejected_head_value(),
        t.ledger_rejected_head_reason(),
    ])?;
    for row in csv::Reader::from_reader(BufReader::new(rows)).records() {
        let row = row?;
        let field = |place: usize| row.get(place).unwrap_or_default().to_owned();
        let kind: Option<Kind> = field(2).parse().ok();
        let reason = match (language, kind) {
            (Language::De, Some(kind)) => kind_text(t, kind),
            _ => field(5),
        };
        writer.write_record([field(0), field(1), kind.map_or_else(|| field(2), |kind| kind_name(t, kind)), field(3), field(4), reason])?;
    }
    writer.flush()?;
    drop(writer);
    out.flush()?;
    out.rewind()?;
    Ok(out)
}
