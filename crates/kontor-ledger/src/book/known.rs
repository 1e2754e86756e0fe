//! The keys of the live segments of the source, looked up in rising order of invoices.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int8Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, Date32Array, Int8Array, Int64Array, RecordBatch, StringArray, UInt32Array, UInt64Array};
use parquet::file::page_index::column_index::ColumnIndexMetaData;

use crate::Error;
use crate::segment::{Part, Segment, Table};

/// A line that is in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownKey {
    /// Which of the segments looked into.
    pub(super) segment: usize,
    pub(super) line: Option<i64>,
    pub(super) occurrence: u32,
    pub(super) hash: u64,
    /// Its account's code in that segment.
    pub(super) account: u32,
    pub(super) date: i32,
    pub(super) sign: i8,
}

/// The keys of several segments. Only the pages in which an invoice asked for can lie are read.
pub(super) struct KnownKeys {
    lookups: Vec<Lookup>,
}

/// One segment; opened when an invoice between its smallest and largest is asked for.
struct Lookup {
    segment: Arc<Segment>,
    index: usize,
    smallest: String,
    largest: String,
    cursor: Option<Cursor>,
}

/// What the ledger holds of one invoice.
#[derive(Default)]
pub(super) struct KnownInvoice {
    /// Its lines that count, by line and occurrence: those booked and not reversed since.
    pub(super) current: Vec<KnownKey>,
    /// The segments that have a line of it, booked or reversed.
    pub(super) segments: Vec<usize>,
}

impl KnownKeys {
    pub(super) fn new(segments: &[Arc<Segment>]) -> KnownKeys {
        let lookup = |(index, segment): (usize, &Arc<Segment>)| {
            let (smallest, largest) = segment.index.invoices.clone()?;
            Some(Lookup { segment: segment.clone(), index, smallest, largest, cursor: None })
        };
        KnownKeys { lookups: segments.iter().enumerate().filter_map(lookup).collect() }
    }

    /// Looks an invoice up. Invoices must be asked for in rising order.
    pub(super) fn find(&mut self, invoice: &str, found: &mut KnownInvoice) -> Result<(), Error> {
        found.current.clear();
        found.segments.clear();
        for Lookup { segment, index, smallest, largest, cursor } in &mut self.lookups {
            if invoice < smallest.as_str() || largest.as_str() < invoice {
                continue;
            }
            let cursor = match cursor {
                Some(cursor) => cursor,
                None => cursor.insert(Cursor::open(*index, segment)?),
            };
            let before = found.current.len();
            cursor.collect(invoice, &mut found.current)?;
            if found.current.len() > before {
                found.segments.push(*index);
            }
        }
        let is_plain = found.segments.len() < 2 && found.current.iter().all(|key| key.sign > 0);
        if !is_plain {
            found.current = net(&found.current);
        }
        Ok(())
    }
}

/// Of each line and content, as many count as were booked more often than reversed; that is one or none.
fn net(all: &[KnownKey]) -> Vec<KnownKey> {
    let mut by_content: BTreeMap<(Option<i64>, u32, u64), (i64, KnownKey)> = BTreeMap::new();
    for &key in all {
        let (count, latest) = by_content.entry((key.line, key.occurrence, key.hash)).or_insert((0, key));
        *count += i64::from(key.sign);
        if key.sign > 0 {
            *latest = key;
        }
    }
    by_content.into_values().filter(|(count, _)| *count > 0).map(|(_, key)| key).collect()
}

/// A way through one segment's keys.
struct Cursor {
    index: usize,
    table: Arc<Table>,
    pages: Vec<Page>,
    /// The first page not read yet.
    next: usize,
    /// How many pages to read at once: more each time the next page is the one that is needed.
    stride: usize,
    loaded: Option<Loaded>,
    at: usize,
}

struct Page {
    rows: Range<usize>,
    smallest: Vec<u8>,
    largest: Vec<u8>,
}

struct Loaded {
    invoice: StringArray,
    line: Int64Array,
    occurrence: UInt32Array,
    hash: UInt64Array,
    account: UInt32Array,
    date: Date32Array,
    sign: Int8Array,
}

impl Cursor {
    fn open(index: usize, segment: &Segment) -> Result<Cursor, Error> {
        let table = segment.table(Part::Keys)?;
        let pages = pages(&table).ok_or_else(|| table.damaged("it has no page index"))?;
        Ok(Cursor { index, table, pages, next: 0, stride: 1, loaded: None, at: 0 })
    }

    fn collect(&mut self, invoice: &str, into: &mut Vec<KnownKey>) -> Result<(), Error> {
        loop {
            if let Some(loaded) = &self.loaded {
                let rows = loaded.invoice.len();
                self.at = first_not_below(&loaded.invoice, self.at, invoice);
                while self.at < rows && loaded.invoice.value(self.at) == invoice {
                    into.push(loaded.key(self.at, self.index));
                    self.at += 1;
                }
                if self.at < rows {
                    return Ok(());
                }
            }
            let skipped = self.pages[self.next..].partition_point(|page| page.largest.as_slice() < invoice.as_bytes());
            self.next += skipped;
            if self.pages.get(self.next).is_none_or(|page| page.smallest.as_slice() > invoice.as_bytes()) {
                self.loaded = None;
                return Ok(());
            }
            self.stride = if skipped == 0 { (self.stride * 2).min(16) } else { 1 };
            let end = (self.next + self.stride).min(self.pages.len());
            let rows = self.pages[self.next].rows.start..self.pages[end - 1].rows.end;
            let columns = ["invoice", "line", "occurrence", "hash", "account", "date", "sign"];
            self.loaded = Some(Loaded::new(&self.table.read_all(&columns, &[rows])?));
            (self.next, self.at) = (end, 0);
        }
    }
}

/// The first row from `at` on whose invoice is not below the one asked for. Mostly it is near, so the steps grow from one.
fn first_not_below(invoices: &StringArray, at: usize, invoice: &str) -> usize {
    let (mut low, mut step) = (at, 1);
    while low + step <= invoices.len() && invoices.value(low + step - 1) < invoice {
        low += step;
        step *= 2;
    }
    let mut high = (low + step).min(invoices.len());
    while low < high {
        let middle = (low + high) / 2;
        if invoices.value(middle) < invoice { low = middle + 1 } else { high = middle }
    }
    low
}

impl Loaded {
    fn new(batch: &RecordBatch) -> Loaded {
        Loaded {
            invoice: batch.column(0).as_string().clone(),
            line: batch.column(1).as_primitive::<Int64Type>().clone(),
            occurrence: batch.column(2).as_primitive::<UInt32Type>().clone(),
            hash: batch.column(3).as_primitive::<UInt64Type>().clone(),
            account: batch.column(4).as_primitive::<UInt32Type>().clone(),
            date: batch.column(5).as_primitive::<Date32Type>().clone(),
            sign: batch.column(6).as_primitive::<Int8Type>().clone(),
        }
    }

    fn key(&self, row: usize, segment: usize) -> KnownKey {
        KnownKey {
            segment,
            line: self.line.is_valid(row).then(|| self.line.value(row)),
            occurrence: self.occurrence.value(row),
            hash: self.hash.value(row),
            account: self.account.value(row),
            date: self.date.value(row),
            sign: self.sign.value(row),
        }
    }
}

/// The pages of the invoice column, with the smallest and largest invoice of each.
fn pages(table: &Table) -> Option<Vec<Page>> {
    const INVOICE: usize = 0;
    let mut pages = Vec::new();
    for (group, rows) in table.row_groups().into_iter().enumerate() {
        let index = table.metadata().page_index_for_row_group(group);
        let locations = index.offset_index(INVOICE)?.page_locations();
        let Some(ColumnIndexMetaData::BYTE_ARRAY(values)) = index.column_index(INVOICE) else { return None };
        for (page, location) in locations.iter().enumerate() {
            let start = rows.start + usize::try_from(location.first_row_index).ok()?;
            let end = match locations.get(page + 1) {
                Some(next) => rows.start + usize::try_from(next.first_row_index).ok()?,
                None => rows.end,
            };
            let (smallest, largest) = (values.min_value(page)?.to_vec(), values.max_value(page)?.to_vec());
            if start >= end || end > rows.end {
                return None;
            }
            pages.push(Page { rows: start..end, smallest, largest });
        }
    }
    Some(pages)
}
