//! Comparing the lines of an import with those of the live segments of its source: which are new, which are there already, which changed.
//!
//! A line is known by its invoice, its line number (if it has one) and its occurrence, which counts the lines of equal invoice and number in the
//! order of the file: 0 for the first. So a line without a number is known by its position within the invoice. Where only one side has numbers, because
//! an export was given another layout, lines are compared by their position within the invoice too: else all of them would be booked twice.

use std::collections::BTreeSet;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};

use super::Progress;
use super::count::{Counting, Shift};
use super::keys::{Key, KeyWriter};
use super::known::{KnownInvoice, KnownKeys};
use super::replace::Replacements;
use super::sink::{Shared, is_numbered};
use crate::Error;
use crate::column::Role;
use crate::finding::{Finding, Kind};
use crate::segment::Segment;
use crate::sort::Merge;

/// How many changed lines are named one by one.
const FINDINGS_MAX: usize = 1000;

/// A set of line numbers.
#[derive(Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn with_len(len: u64) -> Bits {
        Bits(vec![0; len.div_ceil(64) as usize])
    }

    pub(super) fn set(&mut self, bit: u32) {
        self.0[bit as usize / 64] |= 1 << (bit % 64);
    }

    pub(super) fn get(&self, bit: u32) -> bool {
        self.0[bit as usize / 64] >> (bit % 64) & 1 == 1
    }
}

/// What came out.
pub(super) struct Reconciled {
    /// Lines that are not booked, by number.
    pub(super) skipped: Bits,
    /// Lines that are the first of their invoice and account, by number.
    pub(super) first: Bits,
    /// Invoices that are counted on another day or for another account than before.
    pub(super) shifts: Vec<Shift>,
    /// Old lines to take out again.
    pub(super) replacements: Option<Replacements>,
    pub(super) already_booked: u64,
    pub(super) changed: u64,
    pub(super) findings: Vec<Finding>,
    /// The segments that the new one builds on, by place.
    pub(super) builds_on: BTreeSet<usize>,
    /// Smallest and largest identity of an invoice.
    pub(super) invoices: Option<(String, String)>,
}

/// What is compared with, and where to.
pub(super) struct Task<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) known: &'a [Arc<Segment>],
    /// The names of the files that the lines come from.
    pub(super) files: &'a [String],
    pub(super) folder: &'a Path,
    pub(super) runs: &'a Path,
    pub(super) replace_changed: bool,
    pub(super) progress: Progress<'a>,
}

/// Goes through the lines in the order of their identity, and writes `keys.parquet`.
pub(super) fn reconcile(task: &Task<'_>, mut own: Merge) -> Result<Reconciled, Error> {
    let rows = task.shared.rows();
    let mut pass = Pass {
        result: Reconciled {
            skipped: Bits::with_len(rows),
            first: Bits::with_len(rows),
            shifts: Vec::new(),
            replacements: task.replace_changed.then(|| Replacements::new(task.runs)).transpose()?,
            already_booked: 0,
            changed: 0,
            findings: Vec::new(),
            builds_on: BTreeSet::new(),
            invoices: None,
        },
        known: KnownKeys::new(task.known),
        counting: Counting::new(task.shared.clone(), task.known.to_vec()),
        files: task.files,
        invoice: Invoice::default(),
    };
    let mut keys = KeyWriter::create(task.folder)?;
    let mut done = 0;
    while let Some(batch) = own.next_batch()? {
        pass.take(&batch, &mut keys)?;
        done += batch.num_rows() as u64;
        if let ControlFlow::Break(()) = (task.progress)(done, 2 * rows) {
            return Err(Error::Cancelled);
        }
    }
    pass.end_invoice()?;
    pass.result.invoices = keys.finish()?;
    Ok(pass.result)
}

struct Pass<'a> {
    files: &'a [String],
    result: Reconciled,
    known: KnownKeys,
    counting: Counting,
    invoice: Invoice,
}

/// The invoice that the pass is in.
#[derive(Default)]
struct Invoice {
    identity: Option<String>,
    known: KnownInvoice,
    /// For each of the known lines, whether this import replaces it.
    replaced: Vec<bool>,
    at: usize,
    line: Option<i64>,
    occurrence: u32,
    /// How many of its lines were compared.
    compared: usize,
    /// True when the known lines have numbers and the new ones do not, or the other way round.
    is_by_position: bool,
    /// True once a line of it was new.
    is_extended: bool,
}

/// A line of the import, as far as comparing needs it.
#[derive(Clone, Copy)]
struct Own {
    line: Option<i64>,
    order: u64,
    hash: u64,
    account: u32,
    date: i32,
    number: u32,
}

impl Pass<'_> {
    fn take(&mut self, batch: &RecordBatch, keys: &mut KeyWriter) -> Result<(), Error> {
        let invoices = batch.column(0).as_string::<i32>();
        let lines = batch.column(1).as_primitive::<Int64Type>();
        let orders = batch.column(2).as_primitive::<UInt64Type>();
        let hashes = batch.column(3).as_primitive::<UInt64Type>();
        let accounts = batch.column(4).as_primitive::<UInt32Type>();
        let dates = batch.column(5).as_primitive::<Date32Type>();
        let numbers = batch.column(6).as_primitive::<UInt32Type>();
        for row in 0..batch.num_rows() {
            let own = Own {
                line: lines.is_valid(row).then(|| lines.value(row)),
                order: orders.value(row),
                hash: hashes.value(row),
                account: accounts.value(row),
                date: dates.value(row),
                number: numbers.value(row),
            };
            let identity = invoices.value(row);
            if self.invoice.identity.as_deref() != Some(identity) {
                self.end_invoice()?;
                self.begin_invoice(identity, own.line)?;
            } else if self.invoice.line == own.line {
                self.invoice.occurrence += 1;
            } else {
                (self.invoice.line, self.invoice.occurrence) = (own.line, 0);
            }
            self.compare(identity, own, keys)?;
        }
        Ok(())
    }

    fn begin_invoice(&mut self, identity: &str, line: Option<i64>) -> Result<(), Error> {
        self.known.find(identity, &mut self.invoice.known)?;
        self.invoice.replaced.clear();
        self.invoice.replaced.resize(self.invoice.known.current.len(), false);
        let mut name = self.invoice.identity.take().unwrap_or_default();
        name.clear();
        name.push_str(identity);
        self.invoice.identity = Some(name);
        let current = &self.invoice.known.current;
        self.invoice.is_by_position = !current.is_empty() && current.iter().all(|known| known.line.is_some() != line.is_some());
        (self.invoice.at, self.invoice.line, self.invoice.occurrence, self.invoice.is_extended) = (0, line, 0, false);
        self.invoice.compared = 0;
        Ok(())
    }

    fn compare(&mut self, identity: &str, own: Own, keys: &mut KeyWriter) -> Result<(), Error> {
        let occurrence = self.invoice.occurrence;
        let same = self.invoice.next_known(own.line);
        let at = same.start;
        let same = self.invoice.known.current[same].iter();
        if same.clone().any(|known| known.hash == own.hash) {
            self.result.already_booked += 1;
            self.result.skipped.set(own.number);
            return Ok(());
        }
        for (place, &known) in same.enumerate() {
            self.result.changed += u64::from(place == 0);
            if place == 0 && self.result.findings.len() < FINDINGS_MAX {
                let (file, line) = crate::check::place(own.order);
                let what = changed_line(identity, own.line, occurrence, self.result.replacements.is_some());
                let file = self.files.get(file).cloned().unwrap_or_default();
                self.result.findings.push(Finding { line: (!file.is_empty()).then_some(line), file, ..what });
            }
            let Some(replacements) = &mut self.result.replacements else {
                self.result.skipped.set(own.number);
                return Ok(());
            };
            self.invoice.replaced[at + place] = true;
            replacements.take_out(identity, &known)?;
            let account = self.counting.own_code(known.segment, known.account)?;
            let reversal = Key { line: known.line, occurrence: known.occurrence, hash: known.hash, account, date: known.date, sign: -1 };
            keys.write(identity, reversal)?;
        }
        self.invoice.is_extended = true;
        keys.write(identity, Key { line: own.line, occurrence, hash: own.hash, account: own.account, date: own.date, sign: 1 })?;
        if is_numbered(identity) {
            self.counting.add(own.account, (own.date, own.order, own.number));
        }
        Ok(())
    }

    /// Settles where the invoice that ends here is counted.
    fn end_invoice(&mut self) -> Result<(), Error> {
        let Some(identity) = self.invoice.identity.as_deref() else { return Ok(()) };
        if self.invoice.is_extended {
            self.result.builds_on.extend(&self.invoice.known.segments);
            if is_numbered(identity) {
                let known = self.invoice.known.current.iter().zip(self.invoice.replaced.iter().copied());
                self.counting.settle(identity, known, &mut self.result.first, &mut self.result.shifts)?;
            }
        }
        Ok(())
    }
}

impl Invoice {
    /// The places of the known lines that are the same line as the next one of the import: mostly one or none.
    fn next_known(&mut self, line: Option<i64>) -> Range<usize> {
        let current = &self.known.current;
        let position = self.compared;
        self.compared += 1;
        if self.is_by_position {
            return position.min(current.len())..(position + 1).min(current.len());
        }
        let place = (line, self.occurrence);
        while current.get(self.at).is_some_and(|known| (known.line, known.occurrence) < place) {
            self.at += 1;
        }
        let same = current[self.at..].iter().take_while(|known| (known.line, known.occurrence) == place);
        self.at..self.at + same.count()
    }
}

fn changed_line(identity: &str, line: Option<i64>, occurrence: u32, is_replaced: bool) -> Finding {
    let invoice = match identity.strip_prefix('\0').and_then(|rest| rest.split_once('\0')) {
        Some((account, date)) => format!("account {account} on {date}"),
        None => identity.to_owned(),
    };
    let line = match line {
        Some(raw) => kontor_domain::amount::Amount::from_raw(raw).to_decimal().normalize().to_string(),
        None => (occurrence + 1).to_string(),
    };
    let what = if is_replaced { "it replaces the old one" } else { "the old one stands; --replace-changed takes the new one" };
    Finding {
        kind: Kind::ChangedLines,
        file: String::new(),
        line: None,
        column: None,
        role: Some(Role::InvoiceNumber),
        value: Some(format!("{invoice} / {line}")),
        message: format!("line {line} of invoice {invoice} is in the ledger with other values; {what}"),
    }
}
