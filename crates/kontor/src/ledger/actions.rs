//! Verbs about imports.

use std::path::PathBuf;
use std::sync::Arc;

use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Viewer};
use kontor_ledger::check::Progress;
use kontor_ledger::finding::Finding;
use kontor_ledger::options::Options;
use kontor_ledger::read::{Detection, Plan};

use super::jobs::Job;
use super::report::Exchange;
use super::run::{self, Mode};
use super::store::{self, Import, ImportFile, Segment, State};
use super::uploads;
use crate::aside::aside;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// The source of invoices when none is named.
const DEFAULT_SOURCE: &str = "erp";

/// The newest imports, older than `before` where given.
pub async fn list(office: &Office, viewer: &Viewer, before: Option<i64>, limit: u64) -> Result<Vec<Import>, Fault> {
    require(viewer, Right::SeeImports)?;
    Ok(store::list(office.db.read(), viewer, before, limit).await?)
}

/// The segments that are in the ledger, in the order they were booked; they sum up all accounts, so only who sees all of them sees any.
pub async fn live(office: &Office, viewer: &Viewer) -> Result<Vec<Segment>, Fault> {
    require(viewer, Right::SeeImports)?;
    if viewer.sight.is_all() { Ok(store::live(office.db.read()).await?) } else { Ok(Vec::new()) }
}

/// The sources that invoices came from so far.
pub async fn sources(office: &Office, viewer: &Viewer) -> Result<Vec<String>, Fault> {
    require(viewer, Right::Import)?;
    Ok(store::sources(office.db.read()).await?)
}

/// The source that the next invoices probably come from: the one used last, as the same customers under another source would be others.
pub async fn usual_source(office: &Office, viewer: &Viewer) -> Result<String, Fault> {
    require(viewer, Right::Import)?;
    Ok(store::last_source(office.db.read()).await?.unwrap_or_else(|| DEFAULT_SOURCE.to_owned()))
}

/// One import.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Import, Fault> {
    store::find(office.db.read(), viewer, id).await?.ok_or(Fault::NotFound)
}

/// What the last check of an import noticed.
pub async fn findings(office: &Office, viewer: &Viewer, id: i64) -> Result<Vec<Finding>, Fault> {
    show(office, viewer, id).await?;
    Ok(store::findings(office.db.read(), id).await?)
}

/// Records an import of files that are here; nothing is booked yet. What is not said is chosen again as it was by hand the last time such files
/// came from this source.
pub async fn upload(office: &Office, viewer: &Viewer, source: &str, files: Vec<ImportFile>, options: &Options) -> Result<i64, Fault> {
    require(viewer, Right::Import)?;
    let source = parse_source(source)?;
    refuse_nothing(&files)?;
    let options = remembered(office, &source, &files, options).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let id = store::insert(tx.on(), viewer, &source, &options, now).await?;
    store::insert_files(tx.on(), id, &files).await?;
    let names = files.into_iter().map(|file| file.name).collect();
    tx.commit(viewer, now, Event::ImportUploaded { import_id: id, source, files: names }).await?;
    Ok(id)
}

fn refuse_nothing(files: &[ImportFile]) -> Result<(), Fault> {
    match files.iter().all(|file| file.size_bytes == 0) {
        true => Err(Fault::field("files", |t| t.ledger_files_missing())),
        false => Ok(()),
    }
}

/// Says what booking files would do. Nothing is recorded; all rejected rows go to a file where one is named.
pub async fn dry_run(
    office: &Office,
    viewer: &Viewer,
    source: &str,
    files: Vec<ImportFile>,
    options: &Options,
    rejected: Option<PathBuf>,
    progress: Arc<Progress>,
) -> Result<(Import, Vec<Finding>), Fault> {
    require(viewer, Right::Import)?;
    let source = parse_source(source)?;
    refuse_nothing(&files)?;
    let options = remembered(office, &source, &files, options).await?;
    let created_by = viewer.name.clone();
    let state = State::Uploaded;
    let created_at = office.now();
    let mut import =
        Import { id: 0, source, state, options, report: None, files, created_at, created_by, booked_at: None, undone_at: None };
    let (state, report, findings) = run::look(office, &import, rejected, progress).await?;
    (import.state, import.report) = (state, Some(report));
    Ok((import, findings))
}

/// The currency of figures and the rates, by which an import's lines are in them or not.
pub async fn exchange(office: &Office) -> Result<Exchange, Fault> {
    run::exchange(office).await
}

/// The options, and what they leave open as it was chosen by hand before. Files that cannot be read have nothing; the check will say why.
async fn remembered(office: &Office, source: &str, files: &[ImportFile], options: &Options) -> Result<Options, Fault> {
    let options = options.clone();
    if !store::has_mappings(office.db.read(), source).await? {
        return Ok(options);
    }
    let paths = files.iter().map(|file| file.path.clone().into()).collect();
    let Ok(detection) = look_at(office, paths, options.clone()).await else { return Ok(options) };
    let Some(before) = store::find_mapping(office.db.read(), source, &run::headers_key(&detection)).await? else { return Ok(options) };
    Ok(options.or(before))
}

/// Checks the name of a source: letters, digits, blanks, `.`, `-` and `_`, at most 60.
pub fn parse_source(text: &str) -> Result<String, Fault> {
    let source = match text.trim() {
        "" => DEFAULT_SOURCE,
        source => source,
    };
    let is_fine = source.chars().count() <= 60 && source.chars().all(|c| c.is_alphanumeric() || " .-_".contains(c));
    if is_fine { Ok(source.to_owned()) } else { Err(Fault::field("source", |t| t.ledger_source_wrong())) }
}

/// Changes how an open import is read. What was checked before no longer counts.
pub async fn prepare(office: &Office, viewer: &Viewer, id: i64, source: &str, options: &Options) -> Result<(), Fault> {
    require(viewer, Right::Import)?;
    let source = parse_source(source)?;
    // Held so that no check under way gives the import an outcome that these options did not have.
    let job = start(office, viewer, id).await?;
    let tx = office.db.begin().await?;
    store::set_options(tx.on(), id, &source, options).await?;
    tx.commit(viewer, office.now(), Event::ImportPrepared { import_id: id }).await?;
    drop(job);
    Ok(())
}

/// Looks at the files as these options would have them read: format, columns, first rows. Reads only their beginnings, and only once per options.
pub async fn detect(office: &Office, viewer: &Viewer, import: &Import, options: &Options) -> Result<Arc<Detection>, Fault> {
    require(viewer, Right::Import)?;
    let look = look_at(office, run::paths(import), options.clone());
    office.jobs.detections().get(&(import.id, options.clone()), look).await
}

/// How the files of an import are read: of an open one looked at now, with their first rows; of another as it was kept, without any of their values.
pub async fn detection(office: &Office, viewer: &Viewer, id: i64) -> Result<Arc<Detection>, Fault> {
    let import = show(office, viewer, id).await?;
    if import.state.is_open() {
        return detect(office, viewer, &import, &import.options).await;
    }
    import.report.and_then(|report| report.detection).map(Arc::new).ok_or(Fault::NotFound)
}

/// Tries whether the beginnings of files can be read at all; the error says what is wrong with them.
pub async fn try_read(office: &Office, viewer: &Viewer, files: &[ImportFile]) -> Result<(), Fault> {
    require(viewer, Right::Import)?;
    let paths = files.iter().map(|file| PathBuf::from(&file.path)).collect();
    look_at(office, paths, Options::default()).await.map(|_| ())
}

async fn look_at(office: &Office, paths: Vec<PathBuf>, options: Options) -> Result<Detection, Fault> {
    let today = office.today();
    aside(move || Plan::detect(&paths, &options, today).map(|plan| plan.detection().clone())).await?.map_err(run::unreadable)
}

/// Reads everything and says what booking would do, without doing it.
pub async fn check(office: &Office, viewer: &Viewer, id: i64) -> Result<Import, Fault> {
    require(viewer, Right::Import)?;
    let job = start(office, viewer, id).await?;
    run::run(office, viewer, &job, id, Mode::Check).await?;
    drop(job);
    show(office, viewer, id).await
}

/// Books an import, or stops it when its findings ask for that.
pub async fn book(office: &Office, viewer: &Viewer, id: i64) -> Result<Import, Fault> {
    require(viewer, Right::Import)?;
    let job = start(office, viewer, id).await?;
    run::run(office, viewer, &job, id, Mode::Book).await?;
    drop(job);
    show(office, viewer, id).await
}

/// Starts checking or booking in the background. Its outcome is in the import's state, its failure in [`Jobs::failure`](super::jobs::Jobs::failure).
pub async fn begin(office: &Office, viewer: &Viewer, id: i64, mode: Mode) -> Result<(), Fault> {
    require(viewer, Right::Import)?;
    let job = start(office, viewer, id).await?;
    let (office, viewer) = (office.clone(), viewer.clone());
    tokio::spawn(async move {
        if let Err(fault) = run::run(&office, &viewer, &job, id, mode).await {
            tracing::warn!(import = id, ?fault, "an import came to nothing");
            job.fail(fault);
        }
    });
    Ok(())
}

/// Asks whoever works on an import to give the work up. Nothing happens when nobody does.
pub async fn cancel(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::Import)?;
    show(office, viewer, id).await?;
    if let Some(progress) = office.jobs.progress(id) {
        progress.cancel();
    }
    Ok(())
}

/// Takes an open import to work on.
pub async fn start(office: &Office, viewer: &Viewer, id: i64) -> Result<Job, Fault> {
    show_open(office, viewer, id).await?;
    let job = office.jobs.start(id).ok_or_else(|| Fault::conflict(|t| t.ledger_import_busy()))?;
    // Whoever had it before may have closed it in between.
    show_open(office, viewer, id).await?;
    Ok(job)
}

async fn show_open(office: &Office, viewer: &Viewer, id: i64) -> Result<Import, Fault> {
    let import = show(office, viewer, id).await?;
    if import.state.is_open() { Ok(import) } else { Err(Fault::conflict(|t| t.ledger_import_not_open())) }
}

/// The file with all rows of an import that were rejected. It leaves the house, so it leaves a trace.
pub async fn take_rejected(office: &Office, viewer: &Viewer, id: i64) -> Result<PathBuf, Fault> {
    let import = show(office, viewer, id).await?;
    require(viewer, Right::Export)?;
    let path = uploads::rejected_file(&office.config, id);
    let (Some(report), true) = (import.report, tokio::fs::try_exists(&path).await?) else { return Err(Fault::NotFound) };
    let event = Event::Exported { what: format!("rejected: {id}"), rows: report.report.counts.rejected };
    office.db.begin().await?.commit(viewer, office.now(), event).await?;
    Ok(path)
}

/// Gives an open import up; its uploaded files are removed. What was noticed and the rejected rows stay: whoever gave it up mends the file by them.
pub async fn discard(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::Import)?;
    let job = start(office, viewer, id).await?;
    let import = show(office, viewer, id).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    if !store::close(tx.on(), id, State::Discarded, None, now).await? {
        return Err(Fault::conflict(|t| t.ledger_import_not_open()));
    }
    tx.commit(viewer, now, Event::ImportDiscarded { import_id: id }).await?;
    uploads::remove(&office.config, &import.files);
    drop(job);
    Ok(())
}

/// Takes a booked import back: its segment is no longer part of any figure. An import that a later one took lines from can only be undone after it.
pub async fn undo(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::UndoImport)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let import = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let segment = store::live(tx.on()).await?.into_iter().find(|segment| segment.import_id == id);
    let segment = segment.ok_or_else(|| Fault::conflict(|t| t.ledger_import_not_booked()))?;
    if store::is_replaced(tx.on(), &segment.id).await? {
        return Err(Fault::conflict(|t| t.ledger_undo_later_first()));
    }
    let revision = store::revision(tx.on()).await?;
    if !store::raise_revision(tx.on(), revision).await? {
        return Err(Fault::conflict(|t| t.ledger_import_busy()));
    }
    store::end_segment(tx.on(), &segment, now).await?;
    tx.commit(viewer, now, Event::ImportUndone { import_id: id, source: import.source, lines: segment.lines }).await?;
    office.ledger_changed.notify_one();
    Ok(())
}

/// Clears what an interrupted import may have left: folders of segments that no record knows. Called once, when the office opens.
pub async fn recover(office: &Office) -> Result<(), Fault> {
    let leftovers = office.vault.leftovers().map_err(Fault::internal)?;
    let live: Vec<String> = store::live(office.db.read()).await?.into_iter().map(|segment| segment.id).collect();
    let removed = leftovers.remove_except(&live).map_err(Fault::internal)?;
    if !removed.is_empty() {
        tracing::info!(?removed, "removed segments that no record names");
    }
    Ok(())
}
