//! Sums over lines that come sorted by account and date.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, UInt32Type};
use arrow_array::{ArrayRef, Date32Array, Int32Array, Int64Array, UInt32Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use kontor_domain::amount::Amount;
use kontor_domain::period::Month;

use super::sink::batch;
use super::write::Texts;
use crate::Error;
use crate::segment::{BackgroundWriter, CurrencySum, MonthRows, Part, TableWriter};
use crate::sort::{Limits, Sorter};
use crate::sums::{self, Total, day};

const BATCH: usize = 8192;

/// Sums in the making, and the files they go to.
pub(super) struct Aggregate {
    folder: std::path::PathBuf,
    currencies: Texts,
    groups: Texts,
    writer: BackgroundWriter,
    sorter: Sorter,
    group_rows: Vec<GroupRow>,
    month_rows: Vec<MonthRow>,
    totals: HashMap<(i32, u32, u32), Total>,
    at: Place,
    /// The sums of the account and month that the lines are in, by group and currency, and where to find each.
    cells: Vec<((u32, u32), Total)>,
    found: Vec<u32>,
    result: Aggregated,
}

/// What the lines add up to.
#[derive(Default)]
pub(super) struct Aggregated {
    /// For each code, the end of its rows in `lines.parquet` and `groups.parquet`. Codes after the last are accounts without rows.
    pub(super) lines_end: Vec<u32>,
    pub(super) groups_end: Vec<u32>,
    pub(super) months: Vec<MonthRows>,
    pub(super) revenue: Vec<CurrencySum>,
    /// Accounts with a booked line.
    pub(super) accounts: u64,
    /// Booked lines without an account.
    pub(super) without_account: u64,
    pub(super) first: i32,
    pub(super) last: i32,
    /// First and last day of any row.
    pub(super) days: Option<(i32, i32)>,
    lines: u32,
    groups: u32,
}

/// Where the lines are.
#[derive(Clone, Copy, Default)]
struct Place {
    account: u32,
    month: i32,
    /// Days of the month, so that most lines need no look at the calendar.
    first_day: i32,
    last_day: i32,
    /// Booked lines of the account.
    lines: u64,
}

struct GroupRow {
    account: u32,
    month: i32,
    group: u32,
    currency: u32,
    total: Total,
}

struct MonthRow {
    month: i32,
    account: u32,
    currency: u32,
    total: Total,
}

impl Aggregate {
    pub(super) fn create(folder: &Path, runs: &Path, currencies: Texts, groups: Texts) -> Result<Aggregate, Error> {
        Ok(Aggregate {
            folder: folder.to_owned(),
            writer: BackgroundWriter::create(folder, Part::Groups)?,
            sorter: Sorter::new(month_layout(), &[0, 1, 2], runs, "months", Limits::default())?,
            group_rows: Vec::with_capacity(BATCH),
            month_rows: Vec::with_capacity(BATCH),
            totals: HashMap::new(),
            at: Place { first_day: i32::MAX, last_day: i32::MIN, ..Place::default() },
            cells: Vec::new(),
            found: vec![0; currencies.len() * groups.len()],
            result: Aggregated { first: i32::MAX, last: i32::MIN, ..Aggregated::default() },
            currencies,
            groups,
        })
    }

    /// Adds a line.
    pub(super) fn add(&mut self, account: u32, currency: u32, group: u32, line: sums::Part) -> Result<(), Error> {
        let is_same_month = self.at.first_day <= line.date && line.date <= self.at.last_day;
        if account != self.at.account || !is_same_month {
            self.end_month()?;
            if account != self.at.account {
                self.end_account(account);
            }
            if !is_same_month {
                self.begin_month(line.date);
            }
        }
        self.result.lines = self.result.lines.checked_add(1).ok_or(Error::Overflow)?;
        let (first, last) = self.result.days.unwrap_or((line.date, line.date));
        self.result.days = Some((first.min(line.date), last.max(line.date)));
        if line.sign > 0 {
            self.at.lines += 1;
            self.result.first = self.result.first.min(line.date);
            self.result.last = self.result.last.max(line.date);
        }
        let place = &mut self.found[group as usize * self.currencies.len() + currency as usize];
        if self.cells.get(*place as usize).is_none_or(|(key, _)| *key != (group, currency)) {
            *place = self.cells.len() as u32;
            self.cells.push(((group, currency), Total::default()));
        }
        self.cells[*place as usize].1.add_line(line)
    }

    /// Completes all files.
    pub(super) fn finish(mut self) -> Result<Aggregated, Error> {
        self.end_month()?;
        let last = self.at.account;
        self.end_account(last + 1);
        self.flush_groups()?;
        self.flush_months()?;
        let Aggregate { folder, currencies, groups, writer, sorter, totals, mut result, .. } = self;
        writer.finish()?;
        result.months = write_months(&folder, sorter, &currencies)?;
        let mut totals: Vec<_> = totals.into_iter().collect();
        totals.sort_unstable_by_key(|(key, _)| *key);
        let columns = [
            vec![
                Arc::new(Int32Array::from_iter_values(totals.iter().map(|(key, _)| key.0))) as ArrayRef,
                groups.column(totals.iter().map(|(key, _)| key.1))?,
                currencies.column(totals.iter().map(|(key, _)| key.2))?,
            ],
            sum_columns(totals.iter().map(|(_, total)| total)),
        ];
        let mut writer = TableWriter::create(&folder, Part::Totals)?;
        writer.write(columns.concat())?;
        writer.finish()?;
        result.revenue.sort_unstable_by_key(|sum| sum.currency);
        Ok(result)
    }

    fn begin_month(&mut self, date: i32) {
        // A day beyond the calendar is a month of its own.
        let month = day(date).map(Month::of);
        self.at.month = month.map_or(0, Month::index);
        self.at.first_day = month.map_or(date, |month| month.first_day().to_epoch_days());
        self.at.last_day = month.map_or(date, |month| month.last_day().to_epoch_days());
    }

    fn end_month(&mut self) -> Result<(), Error> {
        let Place { account, month, .. } = self.at;
        let first_row = self.month_rows.len();
        for ((group, currency), total) in std::mem::take(&mut self.cells) {
            let same = self.month_rows[first_row..].iter_mut().find(|row| row.currency == currency);
            match same {
                Some(row) => row.total.add(&total)?,
                None => self.month_rows.push(MonthRow { month, account, currency, total }),
            }
            if account != 0 {
                self.totals.entry((month, group, currency)).or_default().add(&total)?;
            }
            self.group_rows.push(GroupRow { account, month, group, currency, total });
            self.result.groups = self.result.groups.checked_add(1).ok_or(Error::Overflow)?;
        }
        for row in &self.month_rows[first_row..] {
            add_revenue(&mut self.result.revenue, self.currencies.text(row.currency), &row.total)?;
        }
        if self.month_rows.len() >= BATCH {
            self.flush_months()?;
        }
        if self.group_rows.len() >= BATCH { self.flush_groups() } else { Ok(()) }
    }

    fn end_account(&mut self, next: u32) {
        match self.at.account {
            0 => self.result.without_account = self.at.lines,
            _ => self.result.accounts += u64::from(self.at.lines > 0),
        }
        self.result.lines_end.resize(next as usize, self.result.lines);
        self.result.groups_end.resize(next as usize, self.result.groups);
        (self.at.account, self.at.lines) = (next, 0);
    }

    fn flush_groups(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.group_rows);
        let columns = [
            vec![
                Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.account))) as ArrayRef,
                Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.month))),
                self.groups.column(rows.iter().map(|row| row.group))?,
                self.currencies.column(rows.iter().map(|row| row.currency))?,
            ],
            sum_columns(rows.iter().map(|row| &row.total)),
        ];
        self.writer.write(columns.concat())
    }

    fn flush_months(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.month_rows);
        let totals = || rows.iter().map(|row| &row.total);
        let columns = [
            vec![
                Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.month))) as ArrayRef,
                Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.account))),
                Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.currency))),
            ],
            sum_columns(totals()),
            vec![
                Arc::new(totals().map(|total| (total.first != i32::MAX).then_some(total.first)).collect::<Date32Array>()),
                Arc::new(totals().map(|total| (total.last != i32::MIN).then_some(total.last)).collect::<Date32Array>()),
                Arc::new(Int64Array::from_iter_values(totals().map(|total| total.reversals))),
            ],
        ];
        self.sorter.push(&batch(month_layout(), columns.concat())?)
    }
}

fn add_revenue(revenue: &mut Vec<CurrencySum>, currency: &str, total: &Total) -> Result<(), Error> {
    let currency = currency.parse().ok();
    let place = revenue.iter().position(|sum| sum.currency == currency).unwrap_or_else(|| {
        revenue.push(CurrencySum { currency, amount: Amount::ZERO, lines: 0 });
        revenue.len() - 1
    });
    let sum = &mut revenue[place];
    sum.amount = sum.amount.checked_add(Amount::from_raw(total.revenue)).ok_or(Error::Overflow)?;
    sum.lines += total.lines;
    Ok(())
}

/// Revenue, cost, known revenue, lines, invoices, credit lines.
fn sum_columns<'a>(totals: impl Iterator<Item = &'a Total> + Clone) -> Vec<ArrayRef> {
    let column = |of: fn(&Total) -> i64| Arc::new(Int64Array::from_iter_values(totals.clone().map(of))) as ArrayRef;
    vec![
        column(|total| total.revenue),
        column(|total| total.cost),
        column(|total| total.known_revenue),
        column(|total| total.lines),
        column(|total| total.invoices),
        column(|total| total.credit_lines),
    ]
}

fn month_layout() -> SchemaRef {
    let number = |name: &str| Field::new(name, DataType::Int64, false);
    Arc::new(Schema::new(vec![
        Field::new("month", DataType::Int32, false),
        Field::new("account", DataType::UInt32, false),
        Field::new("currency", DataType::UInt32, false),
        number("revenue"),
        number("cost"),
        number("known_revenue"),
        number("lines"),
        number("invoices"),
        number("credit_lines"),
        Field::new("first", DataType::Date32, true),
        Field::new("last", DataType::Date32, true),
        number("reversals"),
    ]))
}

/// Writes `months.parquet` and gives the rows of each month.
fn write_months(folder: &Path, sorter: Sorter, currencies: &Texts) -> Result<Vec<MonthRows>, Error> {
    let mut writer = TableWriter::create(folder, Part::Months)?;
    let mut months: Vec<MonthRows> = Vec::new();
    let mut row = 0;
    for batch in Sorter::merge(vec![sorter])? {
        let batch = batch?;
        for &month in batch.column(0).as_primitive::<Int32Type>().values() {
            let month = Month::from_index(month);
            match months.last_mut() {
                Some(last) if last.month == month => last.end += 1,
                _ => months.push(MonthRows { month, start: row, end: row + 1 }),
            }
            row += 1;
        }
        let mut columns = batch.columns().to_vec();
        columns[2] = currencies.column(batch.column(2).as_primitive::<UInt32Type>().values().iter().copied())?;
        writer.write(columns)?;
    }
    writer.finish()?;
    Ok(months)
}
