//! The fields of one row, whatever file they stand in.

use std::borrow::Cow;

use super::last::Last;
use crate::read::PlannedFile;
use crate::read::parquet::Batch;
use crate::read::text::Row;
use crate::read::value::{self, Number, is_nothing};

/// The fields of one row.
pub trait Cells {
    /// A field as text, without blanks around it.
    fn text(&self, column: usize) -> Cow<'_, str>;
    /// A field as a number; `None` when empty, `Err` with the text when it is none.
    fn number(&self, column: usize) -> Result<Option<Number>, String>;
    /// A field as days since 1970-01-01; `None` when empty, `Err` with the text when it is no date.
    fn date(&self, column: usize, memo: &mut Last<i32>) -> Result<Option<i32>, String>;
    /// The unit beside the number in a field, such as a currency's sign; empty where there is none.
    fn unit(&self, column: usize) -> &str;
    /// True when every field is empty.
    fn is_blank(&self) -> bool;
    /// How many fields there are more than headers, up to the last that holds something.
    fn excess(&self) -> usize;
}

/// A row of a text file.
pub struct TextCells<'a> {
    /// The fields.
    pub row: Row<'a>,
    /// How the file is read.
    pub file: &'a PlannedFile,
}

impl Cells for TextCells<'_> {
    fn text(&self, column: usize) -> Cow<'_, str> {
        Cow::Borrowed(value::cleaned(self.row.get(column)))
    }

    fn number(&self, column: usize) -> Result<Option<Number>, String> {
        let text = value::trimmed(self.row.get(column));
        match value::parse_number(text, self.file.decimals[column]) {
            Some(number) => Ok(Some(number)),
            None if is_nothing(text) || text == "-" => Ok(None),
            None => Err(text.to_owned()),
        }
    }

    fn date(&self, column: usize, memo: &mut Last<i32>) -> Result<Option<i32>, String> {
        let text = value::trimmed(self.row.get(column));
        // The rows of one day stand together in exports.
        match memo.of(text).or_else(|| value::parse_date(text, self.file.order)) {
            Some(date) => Ok(Some(memo.keep(text, date))),
            None if is_nothing(text) => Ok(None),
            None => Err(text.to_owned()),
        }
    }

    fn unit(&self, column: usize) -> &str {
        value::unit(value::trimmed(self.row.get(column)))
    }

    fn is_blank(&self) -> bool {
        // The first field tells, nearly always.
        let is_filled = self.row.get(0).as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        !is_filled && self.row.fields().all(is_ruled)
    }

    fn excess(&self) -> usize {
        let known = self.file.headers.len();
        (known..self.row.width()).rfind(|&column| !is_ruled(self.row.get(column))).map_or(0, |last| last + 1 - known)
    }
}

/// A row of a Parquet file.
pub struct ParquetCells<'a> {
    /// The batch.
    pub batch: &'a Batch,
    /// The row inside it.
    pub row: usize,
    /// How the file is read.
    pub file: &'a PlannedFile,
}

impl Cells for ParquetCells<'_> {
    fn text(&self, column: usize) -> Cow<'_, str> {
        match self.batch.column(column).str(self.row) {
            Some(text) => Cow::Borrowed(value::cleaned(text)),
            None => Cow::Owned(self.batch.column(column).text(self.row).unwrap_or_default()),
        }
    }

    fn number(&self, column: usize) -> Result<Option<Number>, String> {
        self.batch.column(column).number(self.row, self.file.decimals[column])
    }

    fn date(&self, column: usize, _: &mut Last<i32>) -> Result<Option<i32>, String> {
        self.batch.column(column).date(self.row, self.file.order)
    }

    fn unit(&self, column: usize) -> &str {
        value::unit(value::trimmed(self.batch.column(column).str(self.row).unwrap_or_default()))
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn excess(&self) -> usize {
        0
    }
}

/// Nothing, or a line drawn with signs between parts of a printed list.
fn is_ruled(field: &str) -> bool {
    field.trim().bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'+'))
}
