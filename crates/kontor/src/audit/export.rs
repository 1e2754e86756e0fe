//! The audit log as a file; that it was taken out is noted in it.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::{Local, SecondsFormat};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};

use super::details::details;
use super::store::{self, Entry, Filter};
use crate::aside::aside;
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::team::actions::require;
use crate::web::texts::Texts;

/// The most entries of one file.
pub const ENTRIES_MAX: usize = 200_000;
/// So many are read at once.
const PART: u64 = 5_000;

/// All entries that fit, the newest first, as CSV for spreadsheets in the viewer's language.
pub async fn send(office: &Office, viewer: &Viewer, mut filter: Filter) -> Result<Response, Fault> {
    require(viewer, Right::SeeAudit)?;
    require(viewer, Right::Export)?;
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let part = store::list(office.db.read(), &filter, PART).await?;
        let is_last = (part.len() as u64) < PART;
        filter.before = part.last().map(|entry| entry.id);
        entries.extend(part);
        if entries.len() > ENTRIES_MAX {
            return Err(Fault::conflict(|t| t.audit_too_long(ENTRIES_MAX)));
        }
        if is_last {
            break;
        }
    }
    let (t, rows) = (Texts::of(viewer.language), entries.len() as u64);
    let bytes = aside(move || sheet(t, &entries).to_csv_in(t.language())).await?;
    let event = Event::Exported { what: "audit".to_owned(), rows };
    office.db.begin().await?.commit(viewer, office.now(), event).await?;
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")];
    Ok((headers, bytes).into_response())
}

/// In words for people, and as data for programs that watch over it.
fn sheet(t: &Texts, entries: &[Entry]) -> Sheet {
    let headers = vec![
        t.audit_number(),
        t.audit_when(),
        t.audit_when_utc(),
        t.audit_who(),
        t.audit_way(),
        t.audit_what(),
        t.audit_details(),
        t.audit_kind(),
        t.audit_data(),
    ];
    Sheet { title: t.audit_title(), headers, rows: entries.iter().map(|entry| row(t, entry)).collect() }
}

fn row(t: &Texts, entry: &Entry) -> Vec<Cell> {
    let kind = entry.event.kind();
    let told: Vec<String> = details(t, t.locale(), &entry.event).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    vec![
        Cell::Count(entry.id.unsigned_abs()),
        entry.at.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string().into(),
        entry.at.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
        entry.actor.as_str().into(),
        t.by_key(&format!("via-{}", entry.via)).unwrap_or_else(|| entry.via.clone()).into(),
        t.by_key(&format!("event-{kind}")).unwrap_or_else(|| kind.to_owned()).into(),
        told.join(" · ").into(),
        kind.into(),
        serde_json::to_string(&entry.event).unwrap_or_default().into(),
    ]
}
