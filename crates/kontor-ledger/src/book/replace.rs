//! Taking replaced lines out again: their old rows, negated.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int8Type, Int32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt32Array, UInt64Array};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;

use super::content::{Content, currency_hash, text_hash};
use super::known::KnownKey;
use super::sink::{Shared, batch, is_numbered, kind, line_layout, locked};
use crate::Error;
use crate::line::TextColumn;
use crate::segment::{Codes, Part, Segment, Table};
use crate::sort::{Limits, Sorter};

/// Segment, account, invoice, line number, content, date.
type Row = (u32, u32, String, Option<i64>, u64, i32);

/// The lines to take out, sorted by where they lie.
pub(super) struct Replacements {
    sorter: Sorter,
    rows: Vec<Row>,
    pub(super) count: u64,
}

impl Replacements {
    pub(super) fn new(runs: &Path) -> Result<Replacements, Error> {
        let sorter = Sorter::new(layout(), &[0, 1], runs, "replaced", Limits::default())?;
        Ok(Replacements { sorter, rows: Vec::new(), count: 0 })
    }

    /// Notes a line to take out.
    pub(super) fn take_out(&mut self, identity: &str, known: &KnownKey) -> Result<(), Error> {
        self.count += 1;
        let invoice = if is_numbered(identity) { identity } else { "" };
        self.rows.push((known.segment as u32, known.account, invoice.to_owned(), known.line, known.hash, known.date));
        if self.rows.len() == BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.rows);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(rows.iter().map(|row| Some(row.0)).collect::<UInt32Array>()),
            Arc::new(rows.iter().map(|row| Some(row.1)).collect::<UInt32Array>()),
            Arc::new(rows.iter().map(|row| Some(row.2.as_str())).collect::<StringArray>()),
            Arc::new(rows.iter().map(|row| row.3).collect::<Int64Array>()),
            Arc::new(rows.iter().map(|row| Some(row.4)).collect::<UInt64Array>()),
            Arc::new(rows.iter().map(|row| Some(row.5)).collect::<Date32Array>()),
        ];
        self.sorter.push(&batch(layout(), columns)?)
    }

    /// Reads the old lines and gives their reversals to a sorter of lines.
    pub(super) fn reverse(mut self, shared: &Shared, known: &[Arc<Segment>], into: &mut Sorter) -> Result<(), Error> {
        self.flush()?;
        let mut wanted = Wanted::default();
        for batch in Sorter::merge(vec![self.sorter])? {
            let batch = batch?;
            let segments = batch.column(0).as_primitive::<UInt32Type>();
            let accounts = batch.column(1).as_primitive::<UInt32Type>();
            let (invoices, lines) = (batch.column(2).as_string::<i32>(), batch.column(3).as_primitive::<Int64Type>());
            let hashes = batch.column(4).as_primitive::<UInt64Type>();
            let dates = batch.column(5).as_primitive::<Date32Type>();
            for row in 0..batch.num_rows() {
                let (segment, account) = (segments.value(row) as usize, accounts.value(row));
                if wanted.segment != segment || (wanted.rows > ROWS_MAX && wanted.accounts.last().is_none_or(|last| last.0 != account)) {
                    std::mem::take(&mut wanted).reverse(shared, known, into)?;
                    wanted.segment = segment;
                }
                let date = dates.value(row);
                if let Some((_, from, to)) = wanted.accounts.last_mut().filter(|last| last.0 == account) {
                    (*from, *to) = (date.min(*from), date.max(*to));
                } else {
                    wanted.accounts.push((account, date, date));
                    wanted.rows += known[segment].codes()?.lines(account).len();
                }
                let line = lines.is_valid(row).then(|| lines.value(row));
                *wanted.lines.entry((hashes.value(row), line, invoices.value(row).into())).or_default() += 1;
            }
        }
        wanted.reverse(shared, known, into)
    }
}

/// Rows given to the sorter at once.
const BATCH: usize = 4096;
/// Rows of a segment looked through at once.
const ROWS_MAX: usize = 256 << 10;

/// Some lines to take out of one segment.
#[derive(Default)]
struct Wanted {
    segment: usize,
    /// Codes of their accounts, rising, with the first and last day of what is wanted of each.
    accounts: Vec<(u32, i32, i32)>,
    /// How many lines these accounts have.
    rows: usize,
    /// How often each is wanted: content, line number, invoice.
    lines: HashMap<(u64, Option<i64>, Box<str>), u32>,
}

impl Wanted {
    fn reverse(mut self, shared: &Shared, known: &[Arc<Segment>], into: &mut Sorter) -> Result<(), Error> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let segment = &known[self.segment];
        let (table, codes) = (segment.table(Part::Lines)?, segment.codes()?);
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for &(account, from, to) in &self.accounts {
            for rows in table.rows_within(codes.lines(account), std::iter::once((from, to)))? {
                match ranges.last_mut() {
                    Some(last) if last.end == rows.start => last.end = rows.end,
                    _ => ranges.push(rows),
                }
            }
        }
        for batch in table.read(&COLUMNS, &ranges, 8192)? {
            let old = OldLines::new(&batch?, &table, &codes)?;
            let picked: Vec<u32> = (0..old.sign.len()).filter(|&row| self.wants(&old, row)).map(|row| row as u32).collect();
            if !picked.is_empty() {
                into.push(&old.reversals(&picked, shared, &codes)?)?;
            }
        }
        match self.lines.values().all(|&count| count == 0) {
            true => Ok(()),
            false => Err(table.damaged("lines that keys.parquet names are missing")),
        }
    }

    fn wants(&mut self, old: &OldLines, row: usize) -> bool {
        if old.sign.value(row) != 1 {
            return false;
        }
        let line = old.line.is_valid(row).then(|| old.line.value(row));
        let count = self.lines.get_mut(&(old.content(row).hash(), line, old.invoice.value(row).into()));
        match count {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

const COLUMNS: [&str; 14] = [
    "account",
    "date",
    "invoice",
    "line",
    "net",
    "cost",
    "quantity",
    "currency",
    "product_group",
    "article_number",
    "article_name",
    "status",
    "is_credit",
    "sign",
];

/// Rows of `lines.parquet`.
struct OldLines {
    account: UInt32Array,
    account_hash: Vec<u64>,
    date: Date32Array,
    invoice: StringArray,
    line: Int64Array,
    net: Int64Array,
    cost: Int64Array,
    quantity: Int64Array,
    currency: TextColumn,
    product_group: TextColumn,
    article_number: StringArray,
    article_name: StringArray,
    status: StringArray,
    is_credit: BooleanArray,
    sign: arrow_array::Int8Array,
}

impl OldLines {
    fn new(batch: &RecordBatch, table: &Table, codes: &Codes) -> Result<OldLines, Error> {
        let account = batch.column(0).as_primitive::<UInt32Type>().clone();
        if account.values().iter().any(|&code| code as usize >= codes.len()) {
            return Err(table.damaged("an account is not in accounts.parquet"));
        }
        Ok(OldLines {
            account_hash: account.values().iter().map(|&code| text_hash(codes.numbers.value(code as usize))).collect(),
            account,
            date: batch.column(1).as_primitive::<Date32Type>().clone(),
            invoice: batch.column(2).as_string().clone(),
            line: batch.column(3).as_primitive::<Int64Type>().clone(),
            net: batch.column(4).as_primitive::<Int64Type>().clone(),
            cost: batch.column(5).as_primitive::<Int64Type>().clone(),
            quantity: batch.column(6).as_primitive::<Int64Type>().clone(),
            currency: batch.column(7).as_dictionary::<Int32Type>().clone(),
            product_group: batch.column(8).as_dictionary::<Int32Type>().clone(),
            article_number: batch.column(9).as_string().clone(),
            article_name: batch.column(10).as_string().clone(),
            status: batch.column(11).as_string().clone(),
            is_credit: batch.column(12).as_boolean().clone(),
            sign: batch.column(13).as_primitive::<Int8Type>().clone(),
        })
    }

    fn content(&self, row: usize) -> Content {
        let optional = |column: &Int64Array| column.is_valid(row).then(|| column.value(row));
        Content {
            account: self.account_hash[row],
            date: self.date.value(row),
            net: self.net.value(row),
            cost: optional(&self.cost),
            quantity: optional(&self.quantity),
            currency: currency_hash(text(&self.currency, row)),
            article_number: text_hash(if self.article_number.is_valid(row) { self.article_number.value(row) } else { "" }),
            product_group: text_hash(text(&self.product_group, row)),
            is_credit: self.is_credit.value(row),
        }
    }

    /// Rows for the sorter of lines that take the picked ones out again.
    fn reversals(&self, picked: &[u32], shared: &Shared, codes: &Codes) -> Result<RecordBatch, Error> {
        let rows = picked.len();
        let places = UInt32Array::from(picked.to_vec());
        let pick = |column: &dyn Array| take(column, &places, None).map_err(|_| Error::Overflow);
        let negated = |column: &Int64Array| -> Result<ArrayRef, Error> {
            let values = picked.iter().map(|&row| column.is_valid(row as usize).then(|| column.value(row as usize).checked_neg()));
            let values = values.map(|value| value.map(|value| value.ok_or(Error::Overflow)).transpose());
            Ok(Arc::new(values.collect::<Result<Int64Array, Error>>()?))
        };
        let texts = |column: &StringArray| -> ArrayRef {
            let value = |row: usize| column.is_valid(row).then(|| column.value(row));
            Arc::new(picked.iter().map(|&row| value(row as usize)).collect::<TextColumn>())
        };
        let code = |of: &std::sync::Mutex<crate::intern::Interner>, text: &dyn Fn(usize) -> String| -> Result<ArrayRef, Error> {
            let mut of = locked(of);
            let codes = picked.iter().map(|&row| of.code(&text(row as usize)));
            Ok(Arc::new(UInt32Array::from(codes.collect::<Result<Vec<u32>, Error>>()?)))
        };
        let columns = vec![
            code(&shared.accounts, &|row| codes.numbers.value(self.account.value(row) as usize).to_owned())?,
            pick(&self.date)?,
            Arc::new(UInt64Array::from_value(0, rows)) as ArrayRef,
            Arc::new(UInt32Array::from_value(u32::MAX, rows)),
            Arc::new(UInt8Array::from_value(kind::REVERSAL, rows)),
            pick(&self.invoice)?,
            pick(&self.line)?,
            negated(&self.net)?,
            negated(&self.cost)?,
            negated(&self.quantity)?,
            code(&shared.currencies, &|row| text(&self.currency, row).to_owned())?,
            code(&shared.groups, &|row| text(&self.product_group, row).to_owned())?,
            texts(&self.article_number),
            texts(&self.article_name),
            texts(&self.status),
            pick(&self.is_credit)?,
        ];
        batch(line_layout(), columns)
    }
}

fn text(column: &TextColumn, row: usize) -> &str {
    match column.keys().is_valid(row) {
        true => column.values().as_string::<i32>().value(column.keys().value(row) as usize),
        false => "",
    }
}

fn layout() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("segment", DataType::UInt32, false),
        Field::new("account", DataType::UInt32, false),
        Field::new("invoice", DataType::Utf8, false),
        Field::new("line", DataType::Int64, true),
        Field::new("hash", DataType::UInt64, false),
        Field::new("date", DataType::Date32, false),
    ]))
}
