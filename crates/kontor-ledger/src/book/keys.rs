//! Writing `keys.parquet`.

use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Date32Builder, Int8Builder, Int64Builder, StringBuilder, UInt32Builder, UInt64Builder};

use crate::Error;
use crate::segment::{BackgroundWriter, Part};

const BATCH: usize = 8192;

/// One row beside its invoice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) line: Option<i64>,
    pub(super) occurrence: u32,
    pub(super) hash: u64,
    pub(super) account: u32,
    pub(super) date: i32,
    pub(super) sign: i8,
}

/// Takes keys in their order.
pub(super) struct KeyWriter {
    writer: BackgroundWriter,
    invoice: StringBuilder,
    line: Int64Builder,
    occurrence: UInt32Builder,
    hash: UInt64Builder,
    account: UInt32Builder,
    date: Date32Builder,
    sign: Int8Builder,
    rows: usize,
    first: Option<String>,
    last: String,
}

impl KeyWriter {
    pub(super) fn create(folder: &Path) -> Result<KeyWriter, Error> {
        Ok(KeyWriter {
            writer: BackgroundWriter::create(folder, Part::Keys)?,
            invoice: StringBuilder::new(),
            line: Int64Builder::new(),
            occurrence: UInt32Builder::new(),
            hash: UInt64Builder::new(),
            account: UInt32Builder::new(),
            date: Date32Builder::new(),
            sign: Int8Builder::new(),
            rows: 0,
            first: None,
            last: String::new(),
        })
    }

    pub(super) fn write(&mut self, invoice: &str, key: Key) -> Result<(), Error> {
        if self.first.is_none() {
            self.first = Some(invoice.to_owned());
        }
        if self.last != invoice {
            self.last.clear();
            self.last.push_str(invoice);
        }
        self.invoice.append_value(invoice);
        self.line.append_option(key.line);
        self.occurrence.append_value(key.occurrence);
        self.hash.append_value(key.hash);
        self.account.append_value(key.account);
        self.date.append_value(key.date);
        self.sign.append_value(key.sign);
        self.rows += 1;
        if self.rows == BATCH { self.flush() } else { Ok(()) }
    }

    /// Completes the file and gives the smallest and largest invoice.
    pub(super) fn finish(mut self) -> Result<Option<(String, String)>, Error> {
        self.flush()?;
        self.writer.finish()?;
        Ok(self.first.map(|first| (first, self.last)))
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.rows = 0;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.invoice.finish()),
            Arc::new(self.line.finish()),
            Arc::new(self.occurrence.finish()),
            Arc::new(self.hash.finish()),
            Arc::new(self.account.finish()),
            Arc::new(self.date.finish()),
            Arc::new(self.sign.finish()),
        ];
        self.writer.write(columns)
    }
}
