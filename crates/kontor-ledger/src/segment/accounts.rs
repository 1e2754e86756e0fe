//! The accounts of a segment: numbers, what was last seen of them, and where their rows lie.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, StringArray, UInt32Array};

use super::Part;
use super::table::{Table, TableWriter};
use crate::Error;

/// An account as an import saw it last; `None` where no line said anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountRow {
    /// The customer's number.
    pub number: String,
    /// Name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Industry.
    pub industry: Option<String>,
}

/// Writes `accounts.parquet`. `rows` gives number, attributes, whether the files named the account, and the ends of its rows in `lines.parquet` and
/// `groups.parquet`, in the order of codes.
pub(crate) fn write_accounts<'a>(
    folder: &Path,
    rows: impl Iterator<Item = (&'a str, [Option<&'a str>; 5], bool, u32, u32)>,
) -> Result<(), Error> {
    let mut texts: [StringBuilder; 6] = Default::default();
    let (mut seen, mut lines, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for (number, attributes, is_seen, lines_end, groups_end) in rows {
        texts[0].append_value(number);
        for (column, value) in texts[1..].iter_mut().zip(attributes) {
            column.append_option(value);
        }
        seen.push(is_seen);
        lines.push(lines_end);
        groups.push(groups_end);
    }
    let mut columns: Vec<ArrayRef> = texts.into_iter().map(|mut text| Arc::new(text.finish()) as ArrayRef).collect();
    columns.push(Arc::new(BooleanArray::from(seen)));
    columns.push(Arc::new(UInt32Array::from(lines)));
    columns.push(Arc::new(UInt32Array::from(groups)));
    let mut writer = TableWriter::create(folder, Part::Accounts)?;
    writer.write(columns)?;
    writer.finish()
}

/// The account numbers of a segment by code, and where each code's rows lie.
pub(crate) struct Codes {
    pub(crate) numbers: StringArray,
    lines: UInt32Array,
    groups: UInt32Array,
}

impl Codes {
    pub(super) fn read(table: &Table) -> Result<Codes, Error> {
        let batch = table.read_all(&["number", "lines_end", "groups_end"], std::slice::from_ref(&(0..table.rows())))?;
        let ends = |column: usize| batch.column(column).as_primitive::<UInt32Type>().clone();
        let codes = Codes { numbers: batch.column(0).as_string().clone(), lines: ends(1), groups: ends(2) };
        let is_rising = |ends: &UInt32Array| ends.values().windows(2).all(|pair| pair[0] <= pair[1]);
        if codes.numbers.is_empty() || !is_rising(&codes.lines) || !is_rising(&codes.groups) {
            return Err(table.damaged("the ranges of rows make no sense"));
        }
        Ok(codes)
    }

    /// How many codes, “no account” included.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The rows of a code in `lines.parquet`.
    pub(crate) fn lines(&self, code: u32) -> Range<usize> {
        range(&self.lines, code)
    }

    /// The rows of a code in `groups.parquet`.
    pub(crate) fn groups(&self, code: u32) -> Range<usize> {
        range(&self.groups, code)
    }
}

fn range(ends: &UInt32Array, code: u32) -> Range<usize> {
    let start = if code == 0 { 0 } else { ends.value(code as usize - 1) };
    start as usize..ends.value(code as usize) as usize
}

/// The accounts that the files of an import named, in the order of their first line.
pub(crate) fn seen_accounts(table: &Table) -> Result<impl Iterator<Item = Result<AccountRow, Error>> + use<>, Error> {
    let columns = ["number", "name", "country", "postal_code", "city", "industry", "is_seen"];
    let named = 1.min(table.rows())..table.rows();
    let batches = table.read(&columns, std::slice::from_ref(&named), 4096)?;
    Ok(batches.flat_map(|batch| match batch {
        Ok(batch) => rows(&batch).into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }))
}

fn rows(batch: &RecordBatch) -> Vec<AccountRow> {
    let texts: Vec<&StringArray> = (0..6).map(|column| batch.column(column).as_string()).collect();
    let text = |column: usize, row: usize| texts[column].is_valid(row).then(|| texts[column].value(row).to_owned());
    let is_seen = batch.column(6).as_boolean();
    let seen = (0..batch.num_rows()).filter(|&row| is_seen.value(row));
    let account = |row| AccountRow {
        number: texts[0].value(row).to_owned(),
        name: text(1, row),
        country: text(2, row),
        postal_code: text(3, row),
        city: text(4, row),
        industry: text(5, row),
    };
    seen.map(account).collect()
}
