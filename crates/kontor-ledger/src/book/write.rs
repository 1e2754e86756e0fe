//! Writing the lines that are booked, sorted by account and date, and the sums over them.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type, UInt8Type, UInt32Type};
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, Int8Array, Int32Array, RecordBatch, StringArray, UInt32Array};
use arrow_select::filter::filter_record_batch;

use super::Progress;
use super::aggregate::{Aggregate, Aggregated};
use super::reconcile::Bits;
use super::sink::{Shared, kind, locked};
use crate::Error;
use crate::segment::{BackgroundWriter, Part};
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
pub(super) fn write(task: &Task<'_>, lines: Merge) -> Result<Aggregated, Error> {
    let (currencies, groups) = (Texts::new(&task.shared.currencies), Texts::new(&task.shared.groups));
    let mut writer = BackgroundWriter::create(task.folder, Part::Lines)?;
    let mut aggregate = Aggregate::create(task.folder, task.runs, currencies.clone(), groups.clone())?;
    let rows = task.shared.rows();
    let mut done = rows;
    for batch in lines {
        let batch = batch?;
        done += batch.num_rows() as u64;
        let batch = without_skipped(batch, task.skipped)?;
        let signs = Signs::of(&batch, task.first);
        sum_up(&batch, &signs, &mut aggregate)?;
        let codes = |index: usize| batch.column(index).as_primitive::<UInt32Type>().values().iter().copied();
        let (currency, group) = (currencies.column(codes(10))?, groups.column(codes(11))?);
        let mut columns: Vec<ArrayRef> = [0, 1, 5, 6, 7, 8, 9].map(|index| batch.column(index).clone()).to_vec();
        columns.extend([currency, group]);
        columns.extend([12, 13, 14, 15].map(|index| batch.column(index).clone()));
        columns.push(Arc::new(signs.sign));
        columns.push(Arc::new(signs.invoices));
        writer.write(columns)?;
        if (task.progress)(done.min(2 * rows), 2 * rows).is_break() {
            return Err(Error::Cancelled);
        }
    }
    writer.finish()?;
    aggregate.finish()
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
