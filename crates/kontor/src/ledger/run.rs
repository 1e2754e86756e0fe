//! The work of checking and booking: files → lines → segment → records.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use kontor_domain::account::ErpData;
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_ledger::book::{Draft, DraftSink, Prepared};
use kontor_ledger::check::{self, Progress, Projection, RejectionFile, Rejections, Report};
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Finding, Kind};
use kontor_ledger::options::Options;
use kontor_ledger::read::{Detection, FileDetection, Plan};
use kontor_ledger::segment::SegmentMeta;
use kontor_ledger::vault::{BookingLock, Live, crash_point};
use kontor_ledger::{Error, Unreadable};

use super::jobs::Job;
use super::report::{Exchange, ImportReport};
use super::store::{self, Import, Segment, State};
use super::uploads;
use crate::aside::aside;
use crate::db::Tx;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::texts::Texts;
use crate::{accounts, settings};

/// Threads that read one import.
const READERS: usize = 2;

/// Whether only to look, or to book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Say what booking would do.
    Check,
    /// Do it.
    Book,
}

/// Checks or books the import that the job holds, and records the outcome. What the user must know is in the import's state and report; a fault means
/// that nothing was recorded.
pub async fn run(office: &Office, viewer: &Viewer, job: &Job, id: i64, mode: Mode) -> Result<(), Fault> {
    let import = store::find(office.db.read(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let rejected = uploads::rejected_file(&office.config, id);
    let read = read(office, &import, Some(rejected), job.progress.clone()).await?;
    if !read.report.stops.is_empty() {
        let outcome = stopped(office, &import, read, &job.progress).await;
        return record_stop(office, viewer, &import, outcome).await;
    }
    let lock = lock(office).await?;
    let revision = store::revision(office.db.read()).await?;
    let compared = compare(office, &import, read, job.progress.clone()).await?;
    match mode {
        Mode::Check => record_check(office, viewer, &import, compared).await,
        Mode::Book => record_booking(office, viewer, &import, compared, revision, lock).await,
    }
}

/// Says what booking would do with an import that need not be recorded, and records nothing: its state then, its report, and what was noticed. All rejected rows go
/// to a file where one is named.
pub async fn look(
    office: &Office,
    import: &Import,
    rejected: Option<PathBuf>,
    progress: Arc<Progress>,
) -> Result<(State, ImportReport, Vec<Finding>), Fault> {
    let read = read(office, import, rejected, progress.clone()).await?;
    if !read.report.stops.is_empty() {
        let outcome = stopped(office, import, read, &progress).await;
        let findings = outcome.report.findings.clone();
        return Ok((State::Stopped, outcome, findings));
    }
    let _lock = lock(office).await?;
    let (outcome, findings) = checked(office, import, compare(office, import, read, progress).await?).await?;
    Ok((State::Checked, outcome, findings))
}

/// While it is held nobody else books on this machine, so what is compared with is what is booked against.
async fn lock(office: &Office) -> Result<BookingLock, Fault> {
    let vault = office.vault.clone();
    aside(move || vault.lock_booking()).await?.map_err(Fault::internal)
}

/// Lines that have been read and checked, not yet compared with the ledger.
struct Read {
    report: Report,
    detection: Detection,
    draft: Draft,
    sinks: Vec<DraftSink>,
    replace_changed: bool,
}

async fn read(office: &Office, import: &Import, rejected: Option<PathBuf>, progress: Arc<Progress>) -> Result<Read, Fault> {
    let options = options_of(office, import).await?;
    let (vault, today, paths) = (office.vault.clone(), office.today(), paths(import));
    let work = aside(move || {
        let plan = Plan::detect(&paths, &options, today)?;
        let mut draft = vault.begin()?.named(plan.files.iter().map(|file| file.name.clone()).collect());
        let sinks = draft.sinks(READERS)?;
        let mut rejections = rejected.map(|path| RejectionFile::create(&path)).transpose()?;
        let told = rejections.as_mut().map(|file| file as &mut dyn Rejections);
        let (report, sinks) = check::run(&plan, Projection::All, sinks, told, &progress)?;
        rejections.map_or(Ok(()), RejectionFile::finish)?;
        let detection = plan.detection().clone();
        Ok(Read { report, detection, draft, sinks, replace_changed: options.replace_changed })
    });
    work.await?.map_err(unreadable)
}

/// Lines that have been compared with the ledger, and the files of their segment.
struct Compared {
    report: Report,
    detection: Detection,
    prepared: Prepared,
}

/// Compares the lines with what the source has booked, and writes the segment's files into their temporary folder.
async fn compare(office: &Office, import: &Import, read: Read, progress: Arc<Progress>) -> Result<Compared, Fault> {
    let live: Vec<Live> = store::live(office.db.read())
        .await?
        .into_iter()
        .filter(|segment| segment.source == import.source)
        .map(|segment| Live { id: segment.id, source: segment.source })
        .collect();
    let work = aside(move || {
        let Read { report, detection, draft, sinks, replace_changed } = read;
        let go_on = |_, _| if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let prepared = draft.finish(sinks, &live, replace_changed, &go_on)?;
        Ok(Compared { report, detection, prepared })
    });
    work.await?.map_err(unreadable)
}

/// What is told of lines that findings keep out, also what booking would bring if these findings were accepted: that is what has to be decided about.
async fn stopped(office: &Office, import: &Import, read: Read, progress: &Arc<Progress>) -> ImportReport {
    let (report, detection) = (read.report.clone(), read.detection.clone());
    let (if_accepted, new_accounts) = match if_accepted(office, import, read, progress).await {
        Ok((segment, new_accounts)) => (Some(segment), Some(new_accounts)),
        // The stop is to be told in any case.
        Err(fault) => {
            tracing::info!(import = import.id, ?fault, "what a stopped import would bring is not known");
            (None, None)
        }
    };
    ImportReport { report, segment: None, if_accepted, new_accounts, detection: Some(without_values(detection)) }
}

async fn if_accepted(office: &Office, import: &Import, lines: Read, progress: &Arc<Progress>) -> Result<(SegmentMeta, usize), Fault> {
    let lines = if lines.report.stops.contains(&Kind::DuplicateLines) {
        // Which of them would be dropped is known only once they are read as accepted.
        let mut accepted = import.clone();
        accepted.options.accept.extend(&lines.report.stops);
        drop(lines);
        read(office, &accepted, None, progress.clone()).await?
    } else {
        lines
    };
    let _lock = lock(office).await?;
    let compared = compare(office, import, lines, progress.clone()).await?;
    let new_accounts = count_new(office, import, &compared.prepared).await?;
    Ok((compared.prepared.meta().clone(), new_accounts))
}

/// How many accounts booking would add.
async fn count_new(office: &Office, import: &Import, prepared: &Prepared) -> Result<usize, Fault> {
    let seen = seen_accounts(prepared).map_err(Fault::internal)?;
    Ok(accounts::erp::count_new(office.db.read(), &import.source, &seen).await?)
}

/// How files are read, without any of their values: what is kept with an import must not keep its lines.
fn without_values(mut detection: Detection) -> Detection {
    for file in &mut detection.files {
        file.preview.clear();
        file.columns.iter_mut().for_each(|column| column.samples.clear());
    }
    detection
}

async fn record_stop(office: &Office, viewer: &Viewer, import: &Import, outcome: ImportReport) -> Result<(), Fault> {
    let reasons = outcome.report.stops.iter().map(|kind| kind.name().to_owned()).collect();
    let findings = outcome.report.findings.clone();
    let tx = office.db.begin().await?;
    close(&tx, import, State::Stopped, &outcome, &findings, office.now()).await?;
    let event = Event::ImportStopped { import_id: import.id, source: import.source.clone(), reasons };
    Ok(tx.commit(viewer, office.now(), event).await?)
}

async fn record_check(office: &Office, viewer: &Viewer, import: &Import, compared: Compared) -> Result<(), Fault> {
    let (outcome, findings) = checked(office, import, compared).await?;
    let tx = office.db.begin().await?;
    close(&tx, import, State::Checked, &outcome, &findings, office.now()).await?;
    Ok(tx.commit(viewer, office.now(), Event::ImportChecked { import_id: import.id }).await?)
}

/// What is told of lines that can be booked.
async fn checked(office: &Office, import: &Import, compared: Compared) -> Result<(ImportReport, Vec<Finding>), Fault> {
    let Compared { report, detection, prepared } = compared;
    let findings = all_findings(&report, &prepared);
    let new_accounts = count_new(office, import, &prepared).await?;
    let segment = Some(prepared.meta().clone());
    let detection = Some(without_values(detection));
    Ok((ImportReport { report, segment, if_accepted: None, new_accounts: Some(new_accounts), detection }, findings))
}

async fn record_booking(
    office: &Office,
    viewer: &Viewer,
    import: &Import,
    compared: Compared,
    revision: i64,
    lock: BookingLock,
) -> Result<(), Fault> {
    let Compared { report, detection, prepared } = compared;
    let headers = headers_key(&detection);
    let now = office.now();
    let findings = all_findings(&report, &prepared);
    let (meta, seen) = (prepared.meta().clone(), seen_accounts(&prepared).map_err(Fault::internal)?);
    let tx = office.db.begin().await?;
    // Another machine may have booked or undone meanwhile.
    if !store::raise_revision(tx.on(), revision).await? {
        return Err(Fault::conflict(|t| t.ledger_import_busy()));
    }
    let new_accounts = accounts::erp::save(&tx, &import.source, seen, now).await?;
    let outcome = ImportReport {
        report,
        segment: Some(meta.clone()),
        if_accepted: None,
        new_accounts: Some(new_accounts),
        detection: Some(without_values(detection)),
    };
    close(&tx, import, State::Booked, &outcome, &findings, now).await?;
    let segment = Segment {
        id: prepared.id().to_owned(),
        import_id: import.id,
        source: import.source.clone(),
        lines: meta.new_lines,
        first_day: meta.first.unwrap_or_default(),
        last_day: meta.last.unwrap_or_default(),
        live_from: now,
    };
    store::insert_segment(tx.on(), &segment, &meta.builds_on).await?;
    store::save_mapping(tx.on(), &import.source, &headers, &import.options).await?;
    // The folder gets its name before the records point to it: a crash in between leaves a folder that nobody points to, never a record without one.
    let published = prepared.publish().map_err(Fault::internal)?;
    let files = import.files.iter().map(|file| file.name.clone()).collect();
    let event = Event::ImportBooked { import_id: import.id, source: import.source.clone(), files, lines: meta.new_lines };
    if let Err(error) = tx.commit(viewer, now, event).await {
        published.discard().map_err(Fault::internal)?;
        return Err(error.into());
    }
    crash_point("after-commit");
    drop(lock);
    office.ledger_changed.notify_one();
    uploads::remove(&office.config, &import.files);
    Ok(())
}

/// Gives the import its outcome, unless somebody else was faster.
async fn close(
    tx: &Tx,
    import: &Import,
    state: State,
    outcome: &ImportReport,
    findings: &[Finding],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if store::close(tx.on(), import.id, state, Some((outcome, findings)), now).await? {
        Ok(())
    } else {
        Err(Fault::conflict(|t| t.ledger_import_not_open()))
    }
}

fn all_findings(report: &Report, prepared: &Prepared) -> Vec<Finding> {
    report.findings.iter().chain(prepared.findings()).cloned().collect()
}

fn seen_accounts(prepared: &Prepared) -> Result<Vec<(String, ErpData)>, Error> {
    let rows = prepared.accounts()?.map(|row| {
        row.map(|row| {
            (
                row.number,
                ErpData { name: row.name, country: row.country, postal_code: row.postal_code, city: row.city, industry: row.industry },
            )
        })
    });
    rows.collect()
}

/// The files of an import on disk.
pub fn paths(import: &Import) -> Vec<PathBuf> {
    import.files.iter().map(|file| PathBuf::from(&file.path)).collect()
}

/// How an import is read: as the user said, and lines without a currency are in the house's.
pub async fn options_of(office: &Office, import: &Import) -> Result<Options, Fault> {
    let mut options = import.options.clone();
    if options.currency.is_none() {
        options.currency = Some(settings::store::current(office.db.read()).await?.currency);
    }
    Ok(options)
}

/// The currency of the house and all rates.
pub async fn exchange(office: &Office) -> Result<Exchange, Fault> {
    let rates = settings::store::rates(office.db.read()).await?;
    let house = settings::store::current(office.db.read()).await?.currency;
    Ok(Exchange { house, rates: rates.into_iter().map(|stored| stored.rate).collect() })
}

/// What columns and ways of writing chosen by hand are remembered under: the headers of all files, in whatever order the files came.
pub fn headers_key(detection: &Detection) -> String {
    let headers = |file: &FileDetection| file.columns.iter().map(|column| column.header.clone()).collect::<Vec<_>>();
    let mut files: Vec<Vec<String>> = detection.files.iter().map(headers).collect();
    files.sort();
    files.dedup();
    serde_json::json!(files).to_string()
}

/// What a reader's error is for the user: files that cannot be read are the user's to mend, all else is ours.
pub fn unreadable(error: Error) -> Fault {
    match &error {
        Error::Unreadable { file, why } => {
            let (file, why) = (file.clone(), why.clone());
            Fault::field("files", move |t| t.ledger_unreadable(file.clone(), reason(t, &why)))
        }
        Error::MissingColumns { roles, headers, .. } => {
            let (roles, headers) = (roles.clone(), headers.clone());
            Fault::field("files", move |t| {
                let names: Vec<String> = roles.iter().map(|&role| role_name(t, role)).collect();
                t.ledger_columns_missing(names.join(", "), headers.clone())
            })
        }
        Error::Cancelled => Fault::conflict(|t| t.ledger_cancelled()),
        _ => Fault::internal(error),
    }
}

/// Why a file cannot be read, in the reader's language.
fn reason(t: &Texts, why: &Unreadable) -> String {
    match why {
        Unreadable::Empty => t.unreadable_empty(),
        Unreadable::UnknownFormat => t.unreadable_format(),
        Unreadable::BadWorkbook(_) => t.unreadable_workbook(),
        Unreadable::BadParquet(_) => t.unreadable_parquet(),
        Unreadable::NoSheet => t.unreadable_no_sheet(),
        Unreadable::UnknownSheet { wanted, known } => t.unreadable_sheet(wanted.clone(), known.clone()),
        Unreadable::NoHeaderRow(line) => t.unreadable_header_row(*line),
        Unreadable::Twin(other) => t.unreadable_twin(other.clone()),
        Unreadable::BadCurrency(text) => t.unreadable_currency(text.clone()),
        Unreadable::BrokenReader => t.unreadable_reader(),
    }
}

/// The name of a column's role in the reader's language.
pub fn role_name(t: &Texts, role: Role) -> String {
    t.by_key(&format!("column-{role}")).unwrap_or_else(|| role.name().to_owned())
}
