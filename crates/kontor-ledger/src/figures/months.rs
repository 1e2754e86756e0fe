//! Sums over whole months.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type, UInt32Type};
use arrow_array::{Array, Date32Array, Int64Array, RecordBatch};
use kontor_domain::period::Month;
use kontor_domain::settings::Currency;

use super::convert::{Converted, Rates, share};
use super::directory::{Directory, SegmentPart};
use crate::Error;
use crate::segment::Part;
use crate::sums::Total;

const COLUMNS: [&str; 11] =
    ["account", "currency", "revenue", "cost", "known_revenue", "lines", "invoices", "credit_lines", "first", "last", "reversals"];

/// Sums the months over all accounts. Each month is one task: its sums in foreign currencies must be complete before they are converted, and no more
/// than one month's of them are in memory for each thread.
pub(super) fn sum(directory: &Directory, months: &[Month], rates: &Rates<'_>) -> Result<Converted, Error> {
    let months: Vec<Month> =
        months.iter().copied().filter(|&month| directory.parts.iter().any(|part| part.segment.month(month).is_some())).collect();
    let start = || Converted::new(directory.len());
    let sums = share(months.len(), start, |sums, task| sum_month(directory, months[task], rates, sums))?;
    let mut sums = sums.into_iter();
    let mut all = sums.next().unwrap_or_else(start);
    sums.try_for_each(|sums| all.add(&sums))?;
    Ok(all)
}

fn sum_month(directory: &Directory, month: Month, rates: &Rates<'_>, into: &mut Converted) -> Result<(), Error> {
    let mut foreign: HashMap<(u32, Currency), Total> = HashMap::new();
    let mut assigned = Total::default();
    let nobody = directory.len() as u32;
    for part in &directory.parts {
        let Some(rows) = part.segment.month(month) else { continue };
        let table = part.segment.table(Part::Months)?;
        for batch in table.read(&COLUMNS, &[rows], 16384)? {
            let batch = batch?;
            let damaged = || table.damaged("it has an account or currency that makes no sense");
            let rows = Rows::new(&batch, part).ok_or_else(damaged)?;
            let currencies = rates.foreign(batch.column(1)).ok_or_else(damaged)?;
            for row in 0..batch.num_rows() {
                let (id, total) = (rows.id(row), rows.total(row));
                match currencies.of(row) {
                    Some(currency) => foreign.entry((id, currency)).or_default().add(&total)?,
                    None => {
                        into.accounts[id as usize].add(&total)?;
                        if id != nobody {
                            assigned.add(&total)?;
                        }
                    }
                }
            }
        }
    }
    into.months.entry(month.index()).or_default().add(&assigned)?;
    foreign.iter().try_for_each(|(&(id, currency), sums)| into.add_sums(rates, id, month.index(), Some(currency), sums))
}

/// The columns of a batch.
struct Rows<'a> {
    accounts: &'a [u32],
    ids: &'a [u32],
    numbers: [&'a Int64Array; 7],
    first: &'a Date32Array,
    last: &'a Date32Array,
}

impl<'a> Rows<'a> {
    /// `None` when an account is not one of the segment's.
    fn new(batch: &'a RecordBatch, part: &'a SegmentPart) -> Option<Rows<'a>> {
        let accounts: &[u32] = batch.column(0).as_primitive::<UInt32Type>().values();
        let largest = accounts.iter().max().copied().unwrap_or(0);
        part.id(largest)?;
        let number = |column: usize| batch.column(column).as_primitive::<Int64Type>();
        Some(Rows {
            accounts,
            ids: &part.ids,
            numbers: [number(2), number(3), number(4), number(5), number(6), number(7), number(10)],
            first: batch.column(8).as_primitive::<Date32Type>(),
            last: batch.column(9).as_primitive::<Date32Type>(),
        })
    }

    fn id(&self, row: usize) -> u32 {
        self.ids[self.accounts[row] as usize]
    }

    fn total(&self, row: usize) -> Total {
        let [revenue, cost, known_revenue, lines, invoices, credit_lines, reversals] = self.numbers.map(|column| column.value(row));
        Total {
            revenue,
            cost,
            known_revenue,
            lines,
            invoices,
            credit_lines,
            reversals,
            first: if self.first.is_valid(row) { self.first.value(row) } else { i32::MAX },
            last: if self.last.is_valid(row) { self.last.value(row) } else { i32::MIN },
        }
    }
}
