//! Taking lines in: every text becomes a code, every line a row in two sorters, by account and by identity.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, UInt8Array, UInt32Array, UInt64Array, new_null_array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use kontor_domain::settings::Currency;

use super::content::{Content, TextHashes, currency_hash, text_hash};
use crate::intern::{Interner, Translation};
use crate::line::{Lines, Sink, TextColumn};
use crate::segment::io_error;
use crate::sort::{Limits, Sorter};
use crate::sums::day;
use crate::{Error, Unreadable};

/// What a row of the sorters is.
pub(super) mod kind {
    /// A line of the files.
    pub(crate) const LINE: u8 = 0;
    /// Takes an older line out again.
    pub(crate) const REVERSAL: u8 = 1;
    /// Counts an invoice.
    pub(crate) const COUNT: u8 = 2;
    /// Takes back the count of an invoice.
    pub(crate) const UNCOUNT: u8 = 3;
}

/// Codes that all sinks of a draft share. Code 0 is the empty text: no account, no group, no currency.
pub(super) struct Shared {
    pub(super) accounts: Mutex<Interner>,
    pub(super) groups: Mutex<Interner>,
    pub(super) currencies: Mutex<Interner>,
    /// How many lines were taken; each has one of these numbers.
    rows: AtomicU64,
}

impl Shared {
    pub(super) fn new() -> Result<Shared, Error> {
        let texts = || -> Result<Mutex<Interner>, Error> {
            let mut texts = Interner::default();
            texts.code("")?;
            Ok(Mutex::new(texts))
        };
        Ok(Shared { accounts: texts()?, groups: texts()?, currencies: texts()?, rows: AtomicU64::new(0) })
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Numbers for a batch of lines.
    fn number(&self, rows: usize) -> Result<UInt32Array, Error> {
        let start = self.rows.fetch_add(rows as u64, Ordering::Relaxed);
        let end = u32::try_from(start + rows as u64).map_err(|_| Error::Overflow)?;
        Ok(UInt32Array::from_iter_values(start as u32..end))
    }
}

pub(super) fn locked(texts: &Mutex<Interner>) -> MutexGuard<'_, Interner> {
    texts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the lines that one worker reads.
pub struct DraftSink {
    shared: Arc<Shared>,
    pub(super) lines: Sorter,
    pub(super) keys: Sorter,
    pub(super) seen: Vec<Seen>,
    accounts: Translation,
    groups: Translation,
    currencies: Translation,
    account_hashes: TextHashes,
    group_hashes: TextHashes,
    currency_hashes: TextHashes,
    article_hashes: TextHashes,
}

/// What a sink saw last of an account: name, country, postal code, city, industry.
pub(super) type Seen = [Attribute; 5];

/// A value and when it was seen: date and order.
#[derive(Clone, Default)]
pub(super) struct Attribute {
    pub(super) at: (i32, u64),
    pub(super) value: Option<Box<str>>,
}

impl DraftSink {
    pub(super) fn new(shared: Arc<Shared>, folder: &Path, index: usize, limits: Limits) -> Result<DraftSink, Error> {
        Ok(DraftSink {
            shared,
            lines: line_sorter(folder, &format!("lines-{index}"), limits)?,
            keys: Sorter::new(key_layout(), &[0, 1, 2], folder, &format!("keys-{index}"), limits)?,
            seen: Vec::new(),
            accounts: Translation::default(),
            groups: Translation::default(),
            currencies: Translation::default(),
            account_hashes: TextHashes::default(),
            group_hashes: TextHashes::default(),
            currency_hashes: TextHashes::default(),
            article_hashes: TextHashes::default(),
        })
    }

    fn hashes(&mut self, lines: &Lines) -> UInt64Array {
        let account = self.account_hashes.of(Some(&lines.account), text_hash);
        let group = self.group_hashes.of(lines.product_group.as_ref(), text_hash);
        let currency = self.currency_hashes.of(lines.currency.as_ref(), currency_hash);
        let article = self.article_hashes.of(lines.article_number.as_ref(), text_hash);
        let optional = |column: &Option<Int64Array>, row: usize| column.as_ref().filter(|c| c.is_valid(row)).map(|c| c.value(row));
        let content = |row: usize| Content {
            account: account(row),
            date: lines.date.value(row),
            net: lines.net.value(row),
            cost: optional(&lines.cost, row),
            quantity: optional(&lines.quantity, row),
            currency: currency(row),
            article_number: article(row),
            product_group: group(row),
            is_credit: lines.is_credit[row],
        };
        UInt64Array::from_iter_values((0..lines.len()).map(|row| content(row).hash()))
    }

    fn see(&mut self, accounts: &UInt32Array, lines: &Lines) {
        let columns = [&lines.account_name, &lines.country, &lines.postal_code, &lines.city, &lines.industry];
        for (place, column) in columns.into_iter().enumerate() {
            let Some(column) = column else { continue };
            let (keys, values) = (column.keys(), column.values().as_string::<i32>());
            for (row, &account) in accounts.values().iter().enumerate() {
                if account == 0 || keys.is_null(row) || values.is_null(keys.value(row) as usize) {
                    continue;
                }
                let value = values.value(keys.value(row) as usize);
                if account as usize >= self.seen.len() {
                    self.seen.resize(account as usize + 1, Seen::default());
                }
                let known = &mut self.seen[account as usize][place];
                let at = (lines.date.value(row), lines.order[row]);
                if !value.is_empty() && (known.value.is_none() || at >= known.at) {
                    known.at = at;
                    if known.value.as_deref() != Some(value) {
                        known.value = Some(value.into());
                    }
                }
            }
        }
    }
}

impl Sink for DraftSink {
    fn take(&mut self, lines: Lines) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let numbers: ArrayRef = Arc::new(self.shared.number(lines.len())?);
        let accounts = codes(&mut self.accounts, Some(&lines.account), &self.shared.accounts, lines.len())?;
        let groups = codes(&mut self.groups, lines.product_group.as_ref(), &self.shared.groups, lines.len())?;
        let shared = self.shared.clone();
        let currencies = currency_codes(&mut self.currencies, lines.currency.as_ref(), &shared.currencies, lines.len())?;
        let hashes = self.hashes(&lines);
        self.see(&accounts, &lines);

        let rows = lines.len();
        let order: ArrayRef = Arc::new(UInt64Array::from(lines.order));
        let accounts: ArrayRef = Arc::new(accounts);
        let date: ArrayRef = Arc::new(lines.date);
        let line = optional_numbers(lines.line_number, rows);
        let invoice = without_nulls(lines.invoice.unwrap_or_else(|| StringArray::new_null(rows)));
        let identity: ArrayRef = Arc::new(identities(&invoice, &lines.account, &date));
        let by_key = vec![identity, line.clone(), order.clone(), Arc::new(hashes), accounts.clone(), date.clone(), numbers.clone()];
        let by_account = vec![
            accounts,
            date,
            order,
            numbers,
            Arc::new(UInt8Array::from_value(kind::LINE, rows)),
            Arc::new(invoice),
            line,
            Arc::new(lines.net),
            optional_numbers(lines.cost, rows),
            optional_numbers(lines.quantity, rows),
            Arc::new(currencies),
            Arc::new(groups),
            optional_texts(lines.article_number, rows),
            optional_texts(lines.article_name, rows),
            optional_texts(lines.status, rows),
            Arc::new(BooleanArray::from(lines.is_credit)),
        ];
        self.keys.push(&batch(key_layout(), by_key)?)?;
        self.lines.push(&batch(line_layout(), by_account)?)
    }
}

/// The identity of each line's invoice: its number, or for a line without one its account and date, after a character that no number starts with.
fn identities(invoice: &StringArray, account: &TextColumn, date: &ArrayRef) -> StringArray {
    if invoice.iter().all(|number| number.is_some_and(|number| !number.is_empty())) {
        return invoice.clone();
    }
    let dates = date.as_primitive::<arrow_array::types::Date32Type>();
    let values = account.values().as_string::<i32>();
    let of_account = |row: usize| if account.is_null(row) { "" } else { values.value(account.keys().value(row) as usize) };
    let identity = |row: usize| match invoice.value(row) {
        "" => format!("\0{}\0{}", of_account(row), day(dates.value(row)).unwrap_or_default()),
        number => number.to_owned(),
    };
    StringArray::from_iter_values((0..invoice.len()).map(identity))
}

/// True for the identity of an invoice that has a number.
pub(super) fn is_numbered(identity: &str) -> bool {
    !identity.starts_with('\0')
}

fn codes(translation: &mut Translation, column: Option<&TextColumn>, texts: &Mutex<Interner>, rows: usize) -> Result<UInt32Array, Error> {
    let Some(column) = column else { return Ok(UInt32Array::from_value(0, rows)) };
    let mut texts = locked(texts);
    let codes = translation.translate(column, |text| texts.code(text))?;
    Ok(codes.iter().map(|code| Some(code.unwrap_or(0) as u32)).collect())
}

fn currency_codes(
    translation: &mut Translation,
    column: Option<&TextColumn>,
    texts: &Mutex<Interner>,
    rows: usize,
) -> Result<UInt32Array, Error> {
    let Some(column) = column else { return Ok(UInt32Array::from_value(0, rows)) };
    let mut texts = locked(texts);
    let codes = translation.translate(column, |text| match Currency::from_sign(text) {
        _ if text.trim().is_empty() => Ok(0),
        Some(currency) => texts.code(currency.code()),
        None => Err(Error::Unreadable { file: "currency".to_owned(), why: Unreadable::BadCurrency(text.to_owned()) }),
    })?;
    Ok(codes.iter().map(|code| Some(code.unwrap_or(0) as u32)).collect())
}

fn without_nulls(texts: StringArray) -> StringArray {
    if texts.null_count() == 0 { texts } else { StringArray::from_iter_values(texts.iter().map(Option::unwrap_or_default)) }
}

fn optional_numbers(column: Option<Int64Array>, rows: usize) -> ArrayRef {
    column.map_or_else(|| new_null_array(&DataType::Int64, rows), |column| Arc::new(column))
}

fn optional_texts(column: Option<TextColumn>, rows: usize) -> ArrayRef {
    column.map_or_else(|| new_null_array(&text_type(), rows), |column| Arc::new(column))
}

pub(super) fn batch(schema: SchemaRef, columns: Vec<ArrayRef>) -> Result<RecordBatch, Error> {
    RecordBatch::try_new(schema, columns).map_err(|error| io_error(Path::new("lines"), std::io::Error::other(error)))
}

fn text_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// Columns of the sorter by account.
pub(super) fn line_layout() -> SchemaRef {
    let field = |name: &str, kind: DataType| Field::new(name, kind, false);
    let optional = |name: &str, kind: DataType| Field::new(name, kind, true);
    Arc::new(Schema::new(vec![
        field("account", DataType::UInt32),
        field("date", DataType::Date32),
        field("order", DataType::UInt64),
        field("number", DataType::UInt32),
        field("kind", DataType::UInt8),
        field("invoice", DataType::Utf8),
        optional("line", DataType::Int64),
        field("net", DataType::Int64),
        optional("cost", DataType::Int64),
        optional("quantity", DataType::Int64),
        field("currency", DataType::UInt32),
        field("product_group", DataType::UInt32),
        optional("article_number", text_type()),
        optional("article_name", text_type()),
        optional("status", text_type()),
        field("is_credit", DataType::Boolean),
    ]))
}

/// A sorter of lines by account, date and order.
pub(super) fn line_sorter(folder: &Path, name: &str, limits: Limits) -> Result<Sorter, Error> {
    Sorter::new(line_layout(), &[0, 1, 2], folder, name, limits)
}

/// Columns of the sorter by identity.
fn key_layout() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("invoice", DataType::Utf8, false),
        Field::new("line", DataType::Int64, true),
        Field::new("order", DataType::UInt64, false),
        Field::new("hash", DataType::UInt64, false),
        Field::new("account", DataType::UInt32, false),
        Field::new("date", DataType::Date32, false),
        Field::new("number", DataType::UInt32, false),
    ]))
}
