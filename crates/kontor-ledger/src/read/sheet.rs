//! Workbooks, read once into plain text: dates as ISO days, numbers with a decimal point, one line per row, so that the rest of the house reads one format.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheets, Xlsx, open_workbook_auto};
use tempfile::NamedTempFile;

use super::file_name;
use super::text::Dialect;
use crate::{Error, Unreadable};

/// The delimiter of the text that a sheet becomes; it cannot occur in a cell.
const DELIMITER: u8 = 0x1f;

/// How the text is laid out that a sheet becomes.
pub const DIALECT: Dialect = Dialect { encoding: encoding_rs::UTF_8, delimiter: DELIMITER, newline: b'\n' };

/// The names of a workbook's sheets.
pub fn sheet_names(path: &Path) -> Result<Vec<String>, Error> {
    Ok(open(path)?.sheet_names())
}

fn open(path: &Path) -> Result<Sheets<BufReader<File>>, Error> {
    open_workbook_auto(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    let file = file_name(path);
    Error::Unreadable { file, why: Unreadable::BadWorkbook(error.to_string()) }
}

/// Writes one sheet as text; at most `rows` rows where given. Row 1 of the sheet is line 1 of the text.
pub fn to_text(path: &Path, sheet: &str, rows: Option<u32>) -> Result<NamedTempFile, Error> {
    let io = |source| super::text::io_error(path, source);
    let mut writer = RowWriter { limit: rows.unwrap_or(u32::MAX), ..RowWriter::create().map_err(io)? };
    let written = match open(path)? {
        Sheets::Xlsx(mut workbook) => stream(path, &mut workbook, sheet, &mut writer),
        mut other => whole(path, &mut other, sheet, &mut writer),
    };
    written?;
    writer.finish().map_err(io)
}

/// Cell by cell, so that a sheet of a million rows needs no memory.
fn stream(path: &Path, workbook: &mut Xlsx<BufReader<File>>, sheet: &str, writer: &mut RowWriter) -> Result<(), Error> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| unreadable(path, &error))?;
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(path, &error))? {
        let (row, column) = cell.get_position();
        let goes_on = match cell.get_value() {
            DataRef::SharedString(text) => writer.cell(row, column, text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => writer.cell(row, column, text),
            DataRef::Int(value) => writer.cell(row, column, &value.to_string()),
            DataRef::Float(value) => writer.cell(row, column, &float(*value)),
            DataRef::DateTime(value) => writer.cell(row, column, &day(value)),
            DataRef::Bool(value) => writer.cell(row, column, if *value { "true" } else { "false" }),
            DataRef::Error(_) | DataRef::Empty => Ok(true),
        };
        if !goes_on.map_err(|source| super::text::io_error(path, source))? {
            break;
        }
    }
    Ok(())
}

fn whole(path: &Path, workbook: &mut Sheets<BufReader<File>>, sheet: &str, writer: &mut RowWriter) -> Result<(), Error> {
    let range = workbook.worksheet_range(sheet).map_err(|error| unreadable(path, &error))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let text = match value {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::Int(value) => value.to_string(),
            Data::Float(value) => float(*value),
            Data::DateTime(value) => day(value),
            Data::Bool(value) => value.to_string(),
            Data::Error(_) | Data::Empty => continue,
        };
        let written = writer.cell(first_row + row as u32, first_column + column as u32, &text);
        if !written.map_err(|source| super::text::io_error(path, source))? {
            break;
        }
    }
    Ok(())
}

/// The shortest decimal that means this float; spreadsheets keep nothing else.
fn float(value: f64) -> String {
    let text = format!("{value}");
    // Sums in spreadsheets leave dust such as 10.200000000000001 behind; fifteen digits are what they show.
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits <= 15 {
        return text;
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

/// A day, with its time where it has one.
fn day(value: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// Writes cells in their order as text that [`DIALECT`] describes.
pub struct RowWriter {
    out: BufWriter<NamedTempFile>,
    row: u32,
    column: u32,
    limit: u32,
}

impl RowWriter {
    /// Nothing written yet.
    pub fn create() -> std::io::Result<RowWriter> {
        Ok(RowWriter { out: BufWriter::new(NamedTempFile::new()?), row: 0, column: 0, limit: u32::MAX })
    }

    /// The whole text.
    pub fn finish(mut self) -> std::io::Result<NamedTempFile> {
        self.out.write_all(b"\n")?;
        self.out.into_inner().map_err(std::io::IntoInnerError::into_error)
    }

    /// Writes a cell at its place; false once enough rows are written.
    pub fn cell(&mut self, row: u32, column: u32, text: &str) -> std::io::Result<bool> {
        if row >= self.limit {
            return Ok(false);
        }
        while self.row < row {
            self.out.write_all(b"\n")?;
            self.row += 1;
            self.column = 0;
        }
        while self.column < column {
            self.out.write_all(&[DELIMITER])?;
            self.column += 1;
        }
        // A field that begins with a quote would be read as a quoted one; a line break would begin another row.
        if text.contains(['"', '\n', '\r', '\u{1f}']) {
            let plain = text.replace(['\n', '\r', '\u{1f}'], " ").replace('"', "\"\"");
            write!(self.out, "\"{plain}\"")?;
        } else {
            self.out.write_all(text.as_bytes())?;
        }
        Ok(true)
    }
}
