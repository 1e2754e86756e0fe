//! Booking: the lines of one import become a segment.
//!
//! [`Vault::begin`](crate::vault::Vault::begin) gives a [`Draft`], whose sinks take the lines from the readers. [`Draft::finish`] compares them with what
//! the source has booked already and writes the files; [`Prepared::publish`] puts them in their place. What is dropped before that leaves nothing behind, so
//! a dry run is a draft finished and dropped. Memory does not grow with the number of lines, only with that of accounts.

mod aggregate;
pub(crate) mod content;
mod count;
mod keys;
mod known;
mod reconcile;
mod replace;
mod sink;
mod write;

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Int64Array, StringArray, UInt8Array, UInt32Array, UInt64Array, new_null_array};

use crate::Error;
use crate::finding::{Finding, Kind};
use crate::segment::{AccountRow, Index, Part, Segment, SegmentMeta, Table, io_error, seen_accounts, write_accounts};
use crate::sort::{Limits, Sorter};
use crate::sums::day;
use crate::vault::{Live, Published, Temporary, crash_point};
use aggregate::Aggregated;
use count::Shift;
use reconcile::{Reconciled, reconcile};
pub use sink::DraftSink;
use sink::{Seen, Shared, kind, line_layout, line_sorter, locked};

/// Is told now and then how many steps of how many are done, and answers whether to go on.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) -> ControlFlow<()> + Sync);

/// A segment in the making.
pub struct Draft {
    temporary: Temporary,
    shared: Arc<Shared>,
    limits: Limits,
    sinks: usize,
    files: Vec<String>,
}

impl Draft {
    pub(crate) fn new(temporary: Temporary) -> Result<Draft, Error> {
        let draft = Draft { temporary, shared: Arc::new(Shared::new()?), limits: Limits::default(), sinks: 0, files: Vec::new() };
        let runs = draft.runs();
        std::fs::create_dir(&runs).map_err(|source| io_error(&runs, source))?;
        Ok(draft)
    }

    /// Names the files that the lines come from, in the order in which they are read, so that findings can tell them.
    pub fn named(self, files: Vec<String>) -> Draft {
        Draft { files, ..self }
    }

    /// Spills runs at other limits than the usual ones.
    #[cfg(test)]
    pub(crate) fn with_limits(self, limits: Limits) -> Draft {
        Draft { limits, ..self }
    }

    /// The name the segment will have.
    pub fn id(&self) -> &str {
        self.temporary.id()
    }

    /// Sinks for `count` workers; give all of them to [`Draft::finish`].
    pub fn sinks(&mut self, count: usize) -> Result<Vec<DraftSink>, Error> {
        let first = self.sinks;
        self.sinks += count;
        (first..self.sinks).map(|index| DraftSink::new(self.shared.clone(), &self.runs(), index, self.limits)).collect()
    }

    /// Compares the lines with those of `live`, the live segments of the same source, and writes the files of the segment.
    ///
    /// Lines that are there unchanged are left out; lines that are there with other values are left out too and reported, or with `replace_changed`
    /// take the place of the old ones. Call it while holding [`Vault::lock_booking`](crate::vault::Vault::lock_booking). Fails with
    /// [`Error::Cancelled`] when `progress` breaks off, and with [`Error::Segment`] when a live segment is damaged.
    pub fn finish(self, sinks: Vec<DraftSink>, live: &[Live], replace_changed: bool, progress: Progress<'_>) -> Result<Prepared, Error> {
        crash_point("after-read");
        let known = live.iter().map(|live| self.temporary.vault().segment(&live.id)).collect::<Result<Vec<Arc<Segment>>, _>>()?;
        let (mut lines, mut keys, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        for sink in sinks {
            lines.push(sink.lines);
            keys.push(sink.keys);
            seen = merge_seen(seen, sink.seen);
        }
        let named = locked(&self.shared.accounts).len();
        let folder = self.temporary.folder();
        let runs = self.runs();
        let files = &self.files;
        let task = reconcile::Task { shared: &self.shared, known: &known, files, folder, runs: &runs, replace_changed, progress };
        let mut reconciled = reconcile(&task, Sorter::merge(keys)?)?;
        crash_point("after-sort");

        let mut extra = line_sorter(&runs, "extra", self.limits)?;
        let replaced = match reconciled.replacements.take() {
            Some(replacements) => {
                let count = replacements.count;
                replacements.reverse(&self.shared, &known, &mut extra)?;
                count
            }
            None => 0,
        };
        push_shifts(&reconciled.shifts, &mut extra)?;
        lines.push(extra);
        let (skipped, first) = (&reconciled.skipped, &reconciled.first);
        let task = write::Task { shared: &self.shared, folder, runs: &runs, skipped, first, progress };
        let aggregated = write::write(&task, Sorter::merge(lines)?)?;
        self.write_accounts(&seen, named, &aggregated)?;
        std::fs::remove_dir_all(&runs).map_err(|source| io_error(&runs, source))?;
        self.complete(reconciled, replaced, aggregated, live)
    }

    fn write_accounts(&self, seen: &[Seen], named: usize, aggregated: &Aggregated) -> Result<(), Error> {
        let accounts = locked(&self.shared.accounts);
        let end = |ends: &[u32], code: usize| ends.get(code).or(ends.last()).copied().unwrap_or(0);
        let nothing = Seen::default();
        let rows = (0..accounts.len()).map(|code| {
            let attributes = seen.get(code).unwrap_or(&nothing).each_ref().map(|attribute| attribute.value.as_deref());
            let (lines_end, groups_end) = (end(&aggregated.lines_end, code), end(&aggregated.groups_end, code));
            (accounts.text(code as u32), attributes, code < named, lines_end, groups_end)
        });
        write_accounts(self.temporary.folder(), rows)
    }

    fn complete(self, reconciled: Reconciled, replaced: u64, aggregated: Aggregated, live: &[Live]) -> Result<Prepared, Error> {
        let rows = self.shared.rows();
        let Reconciled { already_booked, changed, mut findings, builds_on, invoices, .. } = reconciled;
        if already_booked > 0 {
            findings.insert(0, already_booked_lines(already_booked));
        }
        let meta = SegmentMeta {
            rows,
            new_lines: rows - already_booked - (changed - replaced),
            already_booked,
            changed,
            replaced,
            without_account: aggregated.without_account,
            accounts: aggregated.accounts,
            first: day(aggregated.first),
            last: day(aggregated.last),
            revenue: aggregated.revenue,
            builds_on: builds_on.into_iter().map(|place| live[place].id.clone()).collect(),
        };
        Index::new(meta.clone(), invoices, aggregated.months, aggregated.days).write(self.temporary.folder())?;
        Ok(Prepared { temporary: self.temporary, meta, findings })
    }

    fn runs(&self) -> PathBuf {
        self.temporary.folder().join("runs")
    }
}

/// A segment with all its files, not yet in its place; dropped, it leaves nothing.
pub struct Prepared {
    temporary: Temporary,
    meta: SegmentMeta,
    findings: Vec<Finding>,
}

impl Prepared {
    /// The segment's name.
    pub fn id(&self) -> &str {
        self.temporary.id()
    }

    /// What it holds, in numbers.
    pub fn meta(&self) -> &SegmentMeta {
        &self.meta
    }

    /// What was noticed against the ledger: how many lines were booked already, and of the changed ones the first thousand.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The accounts that the files named, in the order of their first line, each as it was seen last; also those of which no line is new.
    pub fn accounts(&self) -> Result<impl Iterator<Item = Result<AccountRow, Error>>, Error> {
        let table = Table::open(self.id(), self.temporary.folder(), Part::Accounts)?;
        seen_accounts(&table)
    }

    /// Puts the segment in its place. It counts once the database names it.
    pub fn publish(self) -> Result<Published, Error> {
        self.temporary.publish()
    }
}

/// What was seen last of each account by either of two sinks.
fn merge_seen(mut known: Vec<Seen>, other: Vec<Seen>) -> Vec<Seen> {
    if known.len() < other.len() {
        known.resize(other.len(), Seen::default());
    }
    for (known, other) in known.iter_mut().zip(other) {
        for (known, other) in known.iter_mut().zip(other) {
            if other.value.is_some() && (known.value.is_none() || other.at > known.at) {
                *known = other;
            }
        }
    }
    known
}

/// Rows that count invoices elsewhere than older segments do.
fn push_shifts(shifts: &[Shift], into: &mut Sorter) -> Result<(), Error> {
    for shifts in shifts.chunks(4096) {
        let rows = shifts.len();
        let zeros: ArrayRef = Arc::new(UInt32Array::from_value(0, rows));
        let nulls = |column: usize| new_null_array(line_layout().field(column).data_type(), rows);
        let kinds = shifts.iter().map(|shift| if shift.counts { kind::COUNT } else { kind::UNCOUNT });
        let columns = vec![
            Arc::new(UInt32Array::from_iter_values(shifts.iter().map(|shift| shift.account))) as ArrayRef,
            Arc::new(Date32Array::from_iter_values(shifts.iter().map(|shift| shift.date))),
            Arc::new(UInt64Array::from_value(0, rows)),
            Arc::new(UInt32Array::from_value(u32::MAX, rows)),
            Arc::new(UInt8Array::from_iter_values(kinds)),
            Arc::new(StringArray::from_iter_values(shifts.iter().map(|shift| &shift.invoice))),
            nulls(6),
            Arc::new(Int64Array::from_value(0, rows)),
            nulls(8),
            nulls(9),
            zeros.clone(),
            zeros,
            nulls(12),
            nulls(13),
            nulls(14),
            Arc::new(BooleanArray::from(vec![false; rows])),
        ];
        into.push(&sink::batch(line_layout(), columns)?)?;
    }
    Ok(())
}

fn already_booked_lines(count: u64) -> Finding {
    let message = match count {
        1 => "1 line is in the ledger already, unchanged; it is not booked again".to_owned(),
        _ => format!("{count} lines are in the ledger already, unchanged; they are not booked again"),
    };
    Finding { kind: Kind::AlreadyBooked, file: String::new(), line: None, column: None, role: None, value: None, message }
}

#[cfg(test)]
mod tests;
