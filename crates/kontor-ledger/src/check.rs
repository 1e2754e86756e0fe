//! Checking: raw rows become lines and findings.
//!
//! Every row ends in exactly one of five ways: booked, without account, rejected, left out for its status, or dropped as a duplicate. Empty rows and rows of
//! totals (an amount without date, number and customer) are no rows.

mod duplicates;
mod headers;
mod lines;
mod report;
mod row;
mod whole;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::column::Role;
use crate::finding::{Finding, Kind};
use crate::line::Sink;
use crate::read::text::{Block, Blocks, each_row};
use crate::read::{Plan, PlannedFile, Source};
use crate::{Error, Unreadable};
use duplicates::Runs;
use headers::Headers;
pub use report::{Counts, RejectionFile, Rejections, Report};
use row::{Checker, ParquetCells, TextCells};

/// Which fields the lines are to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projection {
    /// Only what sums per account need.
    Figures,
    /// Everything.
    All,
}

/// How far reading is; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    rows: AtomicU64,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Bytes read so far, and all of them.
    pub fn bytes(&self) -> (u64, u64) {
        (self.bytes_done.load(Ordering::Relaxed), self.bytes_total.load(Ordering::Relaxed))
    }

    /// Rows seen so far.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Asks to give the work up.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to give the work up.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

/// A piece of work for one worker.
enum Task {
    Text { file: usize, block: Block },
    Group { file: usize, group: usize },
}

/// Reads all files of a plan with one worker per sink, checks every row and gives the lines to the sinks.
///
/// What is wrong with rows is in the report; the lines are worth nothing when the report has stops. Fails when a file cannot be read, a needed column is
/// missing, a sink fails, or the work is cancelled.
pub fn run<S: Sink>(
    plan: &Plan,
    projection: Projection,
    sinks: Vec<S>,
    rejections: Option<&mut dyn Rejections>,
    progress: &Progress,
) -> Result<(Report, Vec<S>), Error> {
    plan.require()?;
    let plan = &headers::settle(plan)?;
    let headers = plan.join.as_ref().map(|join| Headers::read(plan, join)).transpose()?;
    let mut report = Report::default();
    let is_per_unit = match (&headers, &plan.join) {
        (Some(headers), Some(join)) => headers.reconcile(plan, join, &mut report)?,
        _ => false,
    };
    let drops = if plan.options.accept.contains(&Kind::DuplicateLines) { duplicates::find_exactly(plan)? } else { Default::default() };
    let files = read_order(plan);
    let total: u64 = files.iter().map(|&file| std::fs::metadata(&plan.files[file].path).map_or(0, |data| data.len())).sum();
    progress.bytes_total.store(total, Ordering::Relaxed);
    let rejections = Mutex::new(rejections);
    let reject = |finding: &Finding| match rejections.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        Some(rejections) => rejections.reject(finding),
        None => Ok(()),
    };
    let context = row::Context { plan, headers: headers.as_ref(), is_per_unit, projection, drops: &drops, reject: &reject };

    let (sender, receiver) = sync_channel::<Task>(4);
    let receiver = Arc::new(Mutex::new(receiver));
    let finished = std::thread::scope(|scope| {
        let workers: Vec<_> = sinks
            .into_iter()
            .map(|sink| {
                let (receiver, context) = (receiver.clone(), &context);
                scope.spawn(move || work(context, sink, &receiver, progress))
            })
            .collect();
        // The workers must be the only ones to hold the receiver, so that sending fails once all of them have given up.
        drop(receiver);
        let sent = send_all(plan, &files, &sender, progress);
        drop(sender);
        let finished: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        sent.map(|()| finished)
    })?;

    let (mut sinks, mut runs) = (Vec::new(), Vec::new());
    for result in finished {
        let (checker, sink) = result.map_err(|_| Error::Unreadable { file: "import".into(), why: Unreadable::BrokenReader })??;
        report.absorb(checker.report);
        runs.push(checker.runs);
        sinks.push(sink);
    }
    if let Some(headers) = &headers {
        headers.note_unused(&mut report);
        headers.note_contradictions(&mut report);
    }
    if duplicates::are_by_file(plan) {
        let count = Runs::count_in_several_files(std::mem::take(&mut runs));
        let message = format!(
            "{count} invoices stand in more than one of the files, and without numbers their lines cannot be told apart. --accept overlapping_files counts them in each"
        );
        report.note_of_file(Kind::OverlappingFiles, count, "", message);
    }
    let has_line_numbers = files.iter().any(|&file| plan.files[file].roles.contains_key(&Role::LineNumber));
    if has_line_numbers && drops.is_empty() && Runs::are_suspicious(runs) {
        duplicates::note(plan, &mut report)?;
    }
    report.finish(plan);
    Ok((report, sinks))
}

/// The files whose rows are lines: all, or the positions of a join.
fn read_order(plan: &Plan) -> Vec<usize> {
    match &plan.join {
        Some(join) => vec![join.positions],
        None => (0..plan.files.len()).collect(),
    }
}

fn send_all(plan: &Plan, files: &[usize], sender: &std::sync::mpsc::SyncSender<Task>, progress: &Progress) -> Result<(), Error> {
    let mut bytes_before = 0;
    for &file in files {
        let planned = &plan.files[file];
        let size = std::fs::metadata(&planned.path).map_or(0, |data| data.len());
        match &planned.source {
            Source::Text(dialect) => {
                let mut blocks = Blocks::open(&planned.path, *dialect, crate::read::text::BLOCK)?;
                while let Some(block) = blocks.next_block()? {
                    if progress.is_cancelled() {
                        return Err(Error::Cancelled);
                    }
                    progress.bytes_done.store(bytes_before + blocks.bytes_read(), Ordering::Relaxed);
                    // Nobody takes it when all workers have failed; their errors say why.
                    if sender.send(Task::Text { file, block }).is_err() {
                        return Ok(());
                    }
                }
            }
            Source::Parquet(parquet) => {
                for group in 0..parquet.groups() {
                    if progress.is_cancelled() {
                        return Err(Error::Cancelled);
                    }
                    progress.bytes_done.store(bytes_before + size * group as u64 / parquet.groups() as u64, Ordering::Relaxed);
                    if sender.send(Task::Group { file, group }).is_err() {
                        return Ok(());
                    }
                }
            }
        }
        bytes_before += size;
    }
    progress.bytes_done.store(bytes_before, Ordering::Relaxed);
    Ok(())
}

fn work<'a, S: Sink>(
    context: &'a row::Context<'a>,
    mut sink: S,
    receiver: &Mutex<Receiver<Task>>,
    progress: &Progress,
) -> Result<(Checker<'a>, S), Error> {
    let mut checker = Checker::new(context);
    loop {
        let task = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(task) = task else { break };
        let before = checker.report.counts.rows;
        match task {
            Task::Text { file, block } => check_block(&mut checker, &mut sink, &context.plan.files[file], file, &block)?,
            Task::Group { file, group } => check_group(&mut checker, &mut sink, &context.plan.files[file], file, group)?,
        }
        progress.rows.fetch_add(checker.report.counts.rows - before, Ordering::Relaxed);
    }
    checker.flush(&mut sink)?;
    Ok((checker, sink))
}

/// Orders rows as they stand in the files: file, then place.
fn order(file: usize, place: u64) -> u64 {
    (file as u64) << 48 | place
}

/// The file and the place of a row's [`order`].
pub(crate) fn place(order: u64) -> (usize, u64) {
    ((order >> 48) as usize, order & ((1 << 48) - 1))
}

fn check_block<'a, S: Sink>(
    checker: &mut Checker<'a>,
    sink: &mut S,
    file: &'a PlannedFile,
    index: usize,
    block: &Block,
) -> Result<(), Error> {
    let Source::Text(dialect) = &file.source else { return Ok(()) };
    checker.begin(file, sink)?;
    each_row(&block.text(), block.first_line, *dialect, |line, row| {
        // A record's line is where it begins; two records never share one.
        if line > file.header_line && !(line == 1 && row.get(0).starts_with("sep=")) {
            checker.row(&TextCells { row, file }, order(index, line), line)?;
            checker.flush_if_full(sink)?;
        }
        Ok(())
    })
}

fn check_group<'a, S: Sink>(
    checker: &mut Checker<'a>,
    sink: &mut S,
    file: &'a PlannedFile,
    index: usize,
    group: usize,
) -> Result<(), Error> {
    let Source::Parquet(parquet) = &file.source else { return Ok(()) };
    checker.begin(file, sink)?;
    let mut line = parquet.rows_before(group);
    for batch in parquet.read(&file.path, group, &checker.columns(), None)? {
        let batch = batch?;
        if checker.take_whole(&batch, order(index, line + 1), sink)? {
            line += batch.rows() as u64;
            continue;
        }
        for row in 0..batch.rows() {
            line += 1;
            checker.row(&ParquetCells { batch: &batch, row, file }, order(index, line), line)?;
            checker.flush_if_full(sink)?;
        }
    }
    Ok(())
}

/// A finding about a whole file or import.
fn about_file(kind: Kind, file: &str, message: String) -> Finding {
    Finding { kind, file: file.to_owned(), line: None, column: None, role: None, value: None, message }
}
