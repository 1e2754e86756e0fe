//! Writing the lines that are booked, sorted by account and date, and the sums over them.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type, UInt8Type, UInt32Type};
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, Int8Array, Int32Array, RecordBatch, StringArray, UInt32Array};
use arrow_select::filter::filter_record_batch;

use super::Progress;
use super::aggregate::{Aggregate, Aggregated};
use super::reconcile::Bits;
use super::sink::{Shared, kind, locked};
use crate::Error;
use crate::segment::{Part, TableWriter};
use crate::sort::Merge;
use crate::sums;

/// The texts behind codes, as Parquet dictionaries; code 0 is written as null.
#[derive(Clone)]
pub(super) struct Texts(Arc<StringArray>);

impl Texts {
    pub(super) fn new(of: &std::sync::Mutex<crate::intern::Interner>) -> Texts {
        let of = locked(of);
        Texts(Arc::new(StringArray::from_iter_values((0..of.len() as u32).map(|code| of.text(code)))))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn text(&self, code: u32) -> &str {
        self.0.value(code as usize)
    }

    /// A column of these codes.
    pub(super) fn column(&self, codes: impl Iterator<Item = u32>) -> Result<ArrayRef, Error> {
        let keys: Int32Array = codes.map(|code| (code != 0).then_some(code as i32)).collect();
        DictionaryArray::try_new(keys, self.0.clone()).map(|column| Arc::new(column) as ArrayRef).map_err(|_| Error::Overflow)
    }
}

/// What is needed to write the lines.
pub(super) struct Task<'a> {
    pub(super) shared: &'a Shared,
    pub(super) folder: &'a std::path::Path,
    pub(super) runs: &'a std::path::Path,
    pub(super) skipped: &'a Bits,
    pub(super) first: &'a Bits,
    pub(super) progress: Progress<'a>,
}

/// Writes `lines.parquet`, `groups.parquet`, `months.parquet` and `totals.parquet`.
///
/// Compressing the lines takes about as long as everything else here, so another thread does it.
pub(super) fn write(task: &Task<'_>, lines: Merge) -> Result<Aggregated, Error> {
    let (currencies, groups) = (Texts::new(&task.shared.currencies), Texts::new(&task.shared.groups));
    let writer = TableWriter::create(task.folder, Part::Lines)?;
    let mut aggregate = Aggregate::create(task.folder, task.runs, currencies.clone(), groups.clone())?;
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(4);
        let writing = scope.spawn(move || write_all(writer, &receiver));
        let taken = take_all(task, lines, &mut aggregate, &sender, &currencies, &groups);
        drop(sender);
        let written = writing.join().unwrap_or(Err(Error::Cancelled));
        // When writing failed, taking failed as well, as nobody took its batches: the reason is with the writer.
        written.and(taken)
    })?;
    aggregate.finish()
}

fn write_all(mut writer: TableWriter, batches: &Receiver<Vec<ArrayRef>>) -> Result<(), Error> {
    for columns in batches {
        writer.write(columns)?;
    }
    writer.finish()
}

fn take_all(
    task: &Task<'_>,
    lines: Merge,
    aggregate: &mut Aggregate,
    sender: &SyncSender<Vec<ArrayRef>>,
    currencies: &Texts,
    groups: &Texts,
) -> Result<(), Error> {
    let rows = task.shared.rows();
    let mut done = rows;
    for batch in lines {
        let batch = batch?;
        done += batch.num_rows() as u64;
        let batch = without_skipped(batch, task.skipped)?;
        let signs = Signs::of(&batch, task.first);
        sum_up(&batch, &signs, aggregate)?;
        let column = |index: usize| batch.column(index).clone();
        let codes = |index: usize| batch.column(index).as_primitive::<UInt32Type>().values().iter().copied();
        let columns = vec![
            column(0),
            column(1),
            column(5),
            column(6),
            column(7),
            column(8),
            column(9),
            currencies.column(codes(10))?,
            groups.column(codes(11))?,
            column(12),
            column(13),
            column(14),
            column(15),
            Arc::new(signs.sign),
            Arc::new(signs.invoices),
        ];
        let stopped = (task.progress)(done.min(2 * rows), 2 * rows) == ControlFlow::Break(());
        if stopped || sender.send(columns).is_err() {
            return Err(Error::Cancelled);
        }
    }
    Ok(())
}

/// Takes out the lines of the files that are not booked.
fn without_skipped(batch: RecordBatch, skipped: &Bits) -> Result<RecordBatch, Error> {
    let numbers = batch.column(3).as_primitive::<UInt32Type>();
    let kinds = batch.column(4).as_primitive::<UInt8Type>();
    let is_skipped = |row: usize| kinds.value(row) == kind::LINE && skipped.get(numbers.value(row));
    if !(0..batch.num_rows()).any(is_skipped) {
        return Ok(batch);
    }
    let kept: BooleanArray = (0..batch.num_rows()).map(|row| Some(!is_skipped(row))).collect();
    filter_record_batch(&batch, &kept).map_err(|_| Error::Overflow)
}

/// What each row does to counts.
struct Signs {
    sign: Int8Array,
    invoices: Int8Array,
}

impl Signs {
    fn of(batch: &RecordBatch, first: &Bits) -> Signs {
        let numbers = batch.column(3).as_primitive::<UInt32Type>();
        let kinds = batch.column(4).as_primitive::<UInt8Type>();
        let signs = |&kind: &u8| match kind {
            kind::LINE => 1,
            kind::REVERSAL => -1,
            _ => 0,
        };
        let invoices = |(&kind, &number): (&u8, &u32)| match kind {
            kind::LINE => i8::from(first.get(number)),
            kind::COUNT => 1,
            kind::UNCOUNT => -1,
            _ => 0,
        };
        Signs {
            sign: Int8Array::from_iter_values(kinds.values().iter().map(signs)),
            invoices: Int8Array::from_iter_values(kinds.values().iter().zip(numbers.values()).map(invoices)),
        }
    }
}

fn sum_up(batch: &RecordBatch, signs: &Signs, aggregate: &mut Aggregate) -> Result<(), Error> {
    let accounts: &UInt32Array = batch.column(0).as_primitive();
    let dates = batch.column(1).as_primitive::<Date32Type>();
    let nets = batch.column(7).as_primitive::<Int64Type>();
    let costs = batch.column(8).as_primitive::<Int64Type>();
    let currencies = batch.column(10).as_primitive::<UInt32Type>();
    let groups = batch.column(11).as_primitive::<UInt32Type>();
    let credits = batch.column(15).as_boolean();
    for row in 0..batch.num_rows() {
        let line = sums::Part {
            date: dates.value(row),
            net: nets.value(row),
            cost: costs.is_valid(row).then(|| costs.value(row)),
            is_credit: credits.value(row),
            sign: signs.sign.value(row),
            invoices: signs.invoices.value(row),
        };
        aggregate.add(accounts.value(row), currencies.value(row), groups.value(row), line)?;
    }
    Ok(())
}
