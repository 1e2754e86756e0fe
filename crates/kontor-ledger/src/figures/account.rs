//! Months and product groups of a few accounts, read from their rows alone.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type};
use kontor_domain::period::{Month, Period};
use kontor_domain::settings::Currency;

use super::convert::{Rates, Rest, share};
use super::directory::{Directory, SegmentPart};
use super::edges::{self, Stretch, lines_in};
use super::groups::{Cells, without_invoices};
use super::{AccountKey, GroupSums, LiveSet, MonthSums, Scope, Unconverted, month_sums, split};
use crate::Error;
use crate::segment::{Part, Table};
use crate::sums::{Sums, Total};
use crate::vault::{Live, Vault};

/// The figures of one account, or of a few together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountFigures {
    /// The months of the period with a line, in order; converted per account and month, as in [`super::Figures`]. First and last day are not given.
    pub months: Vec<MonthSums>,
    /// The product groups, descending by revenue; converted per group and month. Invoices and days are not given.
    pub groups: Vec<GroupSums>,
    /// For each of `groups`, its months with a line.
    pub group_months: Vec<Vec<MonthSums>>,
    /// What could not be converted, by currency.
    pub unconverted: Vec<Unconverted>,
}

impl Vault {
    /// The months and product groups of some accounts together; those that the ledger does not know count nothing.
    pub fn account(&self, live: &[Live], accounts: &[AccountKey], scope: &Scope) -> Result<Arc<AccountFigures>, Error> {
        let live = LiveSet::new(live);
        let directory = self.directory(&live)?;
        let mut ids: Vec<u32> = accounts.iter().filter_map(|key| directory.find(&key.source, &key.number)).collect();
        ids.sort_unstable();
        ids.dedup();
        self.memo().accounts(live.fingerprint, &ids, scope, || compute(&directory, &ids, scope))
    }
}

/// So many segments are worth another thread.
const PARTS: usize = 8;

fn compute(directory: &Directory, ids: &[u32], scope: &Scope) -> Result<AccountFigures, Error> {
    let rates = Rates::new(scope);
    let (whole, cut) = split(directory.widen(scope.period));
    let parts: Vec<&SegmentPart> = directory.parts.iter().filter(|part| ids.iter().any(|&id| part.code(id).is_some())).collect();
    let tasks: Vec<&[&SegmentPart]> = parts.chunks(PARTS).collect();
    let start = || AccountTotals { months: HashMap::new(), cells: Cells::new() };
    let work = |sums: &mut AccountTotals, task: usize| {
        for part in tasks[task] {
            let has = |month: &Month| part.segment.month(*month).is_some();
            if whole.iter().any(has) {
                sums.add_months(part, ids, &whole, &rates)?;
            }
            if cut.iter().map(|days| Month::of(days.from())).any(|month| has(&month)) {
                sums.add_days(part, ids, &cut, &rates)?;
            }
        }
        Ok(())
    };
    let mut sums = start();
    share(tasks.len(), start, work)?.iter().try_for_each(|other| sums.add(other))?;
    sums.finish(&rates)
}

/// By (account, month, foreign currency) and by (group, month, foreign currency).
struct AccountTotals {
    months: HashMap<(u32, i32, Option<Currency>), Total>,
    cells: Cells,
}

impl AccountTotals {
    fn add(&mut self, other: &AccountTotals) -> Result<(), Error> {
        for (key, total) in &other.months {
            self.months.entry(*key).or_default().add(total)?;
        }
        self.cells.add_all(&other.cells)
    }

    fn add_months(&mut self, part: &SegmentPart, ids: &[u32], months: &[Month], rates: &Rates<'_>) -> Result<(), Error> {
        let ranges = ranges(part, ids, |code| part.codes.groups(code));
        if ranges.is_empty() {
            return Ok(());
        }
        let table = part.segment.table(Part::Groups)?;
        let columns =
            ["account", "month", "product_group", "currency", "revenue", "cost", "known_revenue", "lines", "invoices", "credit_lines"];
        for batch in table.read(&columns, &ranges, 8192)? {
            let batch = batch?;
            let foreign = rates.foreign(batch.column(3)).ok_or_else(|| damaged(&table))?;
            let groups = self.cells.groups(batch.column(2))?;
            for (row, &month) in batch.column(1).as_primitive::<Int32Type>().values().iter().enumerate() {
                if months.binary_search(&Month::from_index(month)).is_err() {
                    continue;
                }
                let id = id_of(part, &batch, row).ok_or_else(|| damaged(&table))?;
                let total = total(&batch, row);
                self.months.entry((id, month, foreign.of(row))).or_default().add(&total)?;
                self.cells.add((groups[row], month, foreign.of(row)), &total)?;
            }
        }
        Ok(())
    }

    fn add_days(&mut self, part: &SegmentPart, ids: &[u32], cut: &[Period], rates: &Rates<'_>) -> Result<(), Error> {
        let stretches: Vec<Stretch> = cut.iter().copied().map(Stretch::new).collect();
        let table = part.segment.table(Part::Lines)?;
        let mut rows = Vec::new();
        for range in ranges(part, ids, |code| part.codes.lines(code)) {
            rows.extend(table.rows_within(range, stretches.iter().map(|stretch| (stretch.from, stretch.to)))?);
        }
        if rows.is_empty() {
            return Ok(());
        }
        for batch in table.read(&edges::COLUMNS, &rows, 8192)? {
            let batch = batch?;
            let foreign = rates.foreign(batch.column(4)).ok_or_else(|| damaged(&table))?;
            let groups = self.cells.groups(batch.column(5))?;
            for (row, stretch, line) in lines_in(&batch, &stretches) {
                let id = id_of(part, &batch, row).ok_or_else(|| damaged(&table))?;
                self.months.entry((id, stretch.month, foreign.of(row))).or_default().add_line(line)?;
                self.cells.add_line((groups[row], stretch.month, foreign.of(row)), line)?;
            }
        }
        Ok(())
    }

    fn finish(self, rates: &Rates<'_>) -> Result<AccountFigures, Error> {
        let mut months: BTreeMap<i32, Total> = BTreeMap::new();
        let mut unconverted = Rest::default();
        for (&(_, month, currency), sums) in &self.months {
            let total = months.entry(month).or_default();
            match currency {
                None => total.add(sums)?,
                Some(currency) => {
                    if rates.add(total, currency, month, sums)?.is_none() {
                        unconverted.add(currency, sums.revenue, sums.lines)?;
                    }
                }
            }
        }
        let groups = self.cells.by_group(rates)?;
        let mut by_group: HashMap<Option<&str>, BTreeMap<i32, Total>> = HashMap::new();
        for (&(group, month, currency), sums) in &self.cells.sums {
            let total = by_group.entry(self.cells.name(group)).or_default().entry(month).or_default();
            rates.add_to(total, currency, month, sums)?;
        }
        let group_months = groups.iter().map(|group| {
            let months = by_group.get(&group.group.as_deref()).into_iter().flatten();
            let some = months.filter(|(_, total)| (total.lines, total.revenue) != (0, 0));
            some.map(|(&month, total)| MonthSums { month: Month::from_index(month), sums: without_invoices(total) }).collect()
        });
        Ok(AccountFigures {
            group_months: group_months.collect(),
            groups,
            months: month_sums(months.iter().map(|(&month, total)| (month, total))),
            unconverted: unconverted.list(),
        })
    }
}

impl AccountFigures {
    /// The sums over all months; first and last day are not given.
    pub fn total(&self) -> Sums {
        self.months.iter().fold(Sums::default(), |mut total, MonthSums { sums, .. }| {
            total.revenue += sums.revenue;
            total.cost += sums.cost;
            total.known_revenue += sums.known_revenue;
            total.lines += sums.lines;
            total.invoices += sums.invoices;
            total.credit_lines += sums.credit_lines;
            total
        })
    }
}

/// The rows of some accounts in one file of a segment, rising.
fn ranges(part: &SegmentPart, ids: &[u32], rows: impl Fn(u32) -> Range<usize>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ids.iter().filter_map(|&id| part.code(id)).map(rows).filter(|range| !range.is_empty()).collect();
    ranges.sort_unstable_by_key(|range| range.start);
    ranges
}

fn id_of(part: &SegmentPart, batch: &RecordBatch, row: usize) -> Option<u32> {
    part.id(batch.column(0).as_primitive::<UInt32Type>().value(row))
}

fn total(batch: &RecordBatch, row: usize) -> Total {
    let number = |column: usize| batch.column(column).as_primitive::<Int64Type>().value(row);
    Total {
        revenue: number(4),
        cost: number(5),
        known_revenue: number(6),
        lines: number(7),
        invoices: number(8),
        credit_lines: number(9),
        ..Total::default()
    }
}

fn damaged(table: &Table) -> Error {
    table.damaged("it has an account or currency that makes no sense")
}
