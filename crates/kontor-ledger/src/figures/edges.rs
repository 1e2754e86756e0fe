//! Sums over the days of months that the period cuts through, from the lines.

use std::collections::HashMap;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int8Type, Int64Type, UInt32Type};
use arrow_array::{Array, RecordBatch};
use kontor_domain::period::{Month, Period};
use kontor_domain::settings::Currency;

use super::convert::{Converted, Rates, share};
use super::directory::{Directory, SegmentPart};
use super::groups::Cells;
use crate::Error;
use crate::segment::Part;
use crate::sums::{self, Total, day_number};

/// Some days of one month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) month: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Stretch {
    pub(super) fn new(days: Period) -> Stretch {
        Stretch { month: Month::of(days.from()).index(), from: day_number(days.from()), to: day_number(days.to()) }
    }

    fn contains(&self, date: i32) -> bool {
        self.from <= date && date <= self.to
    }
}

/// Sums the lines of these days over all accounts, and adds their product groups. Lines lie by account, so all of them are looked at.
pub(super) fn sum(directory: &Directory, cut: &[Period], rates: &Rates<'_>, groups: &mut Cells) -> Result<Converted, Error> {
    let stretches: Vec<Stretch> = cut.iter().copied().map(Stretch::new).collect();
    let tasks = tasks(directory, cut)?;
    let start = || Sums { house: Converted::new(directory.len()), foreign: HashMap::new(), groups: Cells::new() };
    let work = |sums: &mut Sums, task: usize| sum_rows(&directory.parts[tasks[task].0], tasks[task].1.clone(), &stretches, rates, sums);
    let mut all = Converted::new(directory.len());
    let mut foreign: HashMap<(i32, u32, Currency), Total> = HashMap::new();
    for sums in share(tasks.len(), start, work)? {
        all.add(&sums.house)?;
        groups.add_all(&sums.groups)?;
        for (key, total) in sums.foreign {
            foreign.entry(key).or_default().add(&total)?;
        }
    }
    foreign.iter().try_for_each(|(&(month, id, currency), total)| all.add_sums(rates, id, month, Some(currency), total))?;
    Ok(all)
}

struct Sums {
    house: Converted,
    foreign: HashMap<(i32, u32, Currency), Total>,
    groups: Cells,
}

/// The row groups of all segments that have lines in these months: (segment, rows).
fn tasks(directory: &Directory, cut: &[Period]) -> Result<Vec<(usize, Range<usize>)>, Error> {
    let mut tasks = Vec::new();
    for (index, part) in directory.parts.iter().enumerate() {
        if cut.iter().any(|days| part.segment.month(Month::of(days.from())).is_some()) {
            tasks.extend(part.segment.table(Part::Lines)?.row_groups().into_iter().map(|rows| (index, rows)));
        }
    }
    Ok(tasks)
}

fn sum_rows(part: &SegmentPart, rows: Range<usize>, stretches: &[Stretch], rates: &Rates<'_>, into: &mut Sums) -> Result<(), Error> {
    let table = part.segment.table(Part::Lines)?;
    for batch in table.read(&COLUMNS, &[rows], 16384)? {
        let batch = batch?;
        let damaged = || table.damaged("it has an account or currency that makes no sense");
        let foreign = rates.foreign(batch.column(4)).ok_or_else(damaged)?;
        let groups = into.groups.groups(batch.column(5))?;
        let accounts: &[u32] = batch.column(0).as_primitive::<UInt32Type>().values();
        for (row, stretch, line) in lines_in(&batch, stretches) {
            let id = part.id(accounts[row]).ok_or_else(damaged)?;
            if accounts[row] != 0 {
                into.groups.add_line((groups[row], stretch.month, foreign.of(row)), line)?;
            }
            match foreign.of(row) {
                Some(currency) => into.foreign.entry((stretch.month, id, currency)).or_default().add_line(line)?,
                None => {
                    into.house.accounts[id as usize].add_line(line)?;
                    if (id as usize) + 1 < into.house.accounts.len() {
                        into.house.months.entry(stretch.month).or_default().add_line(line)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// What of the lines is read.
pub(super) const COLUMNS: [&str; 9] = ["account", "date", "net", "cost", "currency", "product_group", "is_credit", "sign", "invoices"];

/// The rows of a batch with [`COLUMNS`] that lie in one of the stretches.
pub(super) fn lines_in<'a>(batch: &'a RecordBatch, stretches: &'a [Stretch]) -> impl Iterator<Item = (usize, Stretch, sums::Part)> + 'a {
    let dates = batch.column(1).as_primitive::<Date32Type>();
    let nets = batch.column(2).as_primitive::<Int64Type>();
    let costs = batch.column(3).as_primitive::<Int64Type>();
    let credits = batch.column(6).as_boolean();
    let signs = batch.column(7).as_primitive::<Int8Type>();
    let invoices = batch.column(8).as_primitive::<Int8Type>();
    dates.values().iter().enumerate().filter_map(move |(row, &date)| {
        let stretch = stretches.iter().find(|stretch| stretch.contains(date))?;
        let line = sums::Part {
            date,
            net: nets.value(row),
            cost: costs.is_valid(row).then(|| costs.value(row)),
            is_credit: credits.value(row),
            sign: signs.value(row),
            invoices: invoices.value(row),
        };
        Some((row, *stretch, line))
    })
}
