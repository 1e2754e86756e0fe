//! The beginning of a file, whatever its format, as rows of text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::Source;
use crate::options::Options;
use crate::read::parquet::ParquetFile;
use crate::read::text;
use crate::read::value::{self, Decimal};
use crate::read::{Format, columns, convert, sheet};
use crate::{Error, Unreadable};

/// How many rows decide about the columns.
const SAMPLE_ROWS: usize = 5_000;
/// How many rows may stand above the headers.
const TITLE_ROWS: usize = 30;
/// How much of a text file decides.
const SAMPLE_BYTES: usize = 2 << 20;

/// The beginning of a file as rows of text.
pub struct Sample {
    pub source: Source,
    pub format: Format,
    pub encoding: Option<String>,
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
    pub text: Option<Arc<NamedTempFile>>,
    pub path: PathBuf,
    /// Sheets of the workbook that hold something and are not read.
    pub other_sheets: Vec<String>,
}

/// Reads the beginning of a file, or those of several sheets of a workbook.
pub fn samples(path: &Path, name: &str, options: &Options) -> Result<Vec<Sample>, Error> {
    let magic = convert::magic(path)?;
    if convert::is_workbook(&magic) {
        return sheets(path, name, options);
    }
    sample(path, name, &magic, options).map(|sample| vec![sample])
}

fn sheets(path: &Path, name: &str, options: &Options) -> Result<Vec<Sample>, Error> {
    let chosen = convert::choose_sheets(path, name, options)?;
    let names = sheet::sheet_names(path)?;
    let mut samples: Vec<Sample> = Vec::new();
    for sheet_name in chosen.read {
        let text = Arc::new(sheet::to_text(path, &sheet_name, None)?);
        samples.push(Sample {
            source: Source::Text(sheet::DIALECT),
            format: Format::Sheet,
            encoding: None,
            sheet: Some(sheet_name),
            sheets: names.clone(),
            rows: convert::text_rows(text.path(), sheet::DIALECT, SAMPLE_ROWS, SAMPLE_BYTES)?,
            path: text.path().to_owned(),
            text: Some(text),
            other_sheets: Vec::new(),
        });
    }
    if let Some(first) = samples.first_mut() {
        first.other_sheets = chosen.others;
    }
    Ok(samples)
}

fn sample(path: &Path, name: &str, magic: &[u8], options: &Options) -> Result<Sample, Error> {
    if magic.starts_with(b"PAR1") {
        let file = ParquetFile::open(path)?;
        let rows = convert::parquet_rows(&file, path, SAMPLE_ROWS)?;
        return Ok(Sample {
            source: Source::Parquet(file),
            format: Format::Parquet,
            encoding: None,
            sheet: None,
            sheets: Vec::new(),
            rows,
            text: None,
            path: path.to_owned(),
            other_sheets: Vec::new(),
        });
    }
    let encoding = convert::encoding(path, options)?;
    if encoding == encoding_rs::UTF_8 && magic.contains(&0) {
        return Err(Error::Unreadable { file: name.to_owned(), why: Unreadable::UnknownFormat });
    }
    let beginning = convert::beginning(path, encoding)?;
    // Some programs call a web page or XML a workbook.
    if beginning.contains('\0') || beginning.trim_start().starts_with('<') {
        return Err(Error::Unreadable { file: name.to_owned(), why: Unreadable::UnknownFormat });
    }
    let dialect = text::sniff(encoding, &beginning, options.delimiter);
    let mut rows = convert::text_rows(path, dialect, SAMPLE_ROWS, SAMPLE_BYTES)?;
    rows.retain(|(line, row)| *line != 1 || !row[0].starts_with("sep="));
    Ok(Sample {
        source: Source::Text(dialect),
        format: Format::Text,
        encoding: Some(encoding.name().to_owned()),
        sheet: None,
        sheets: Vec::new(),
        rows,
        text: None,
        path: path.to_owned(),
        other_sheets: Vec::new(),
    })
}

/// The line of the headers (0 for none), the headers, and the rows below.
pub fn split_headers(rows: &[(u64, Vec<String>)]) -> (u64, Vec<String>, Vec<Vec<String>>) {
    let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let score = |row: &[String]| {
        let known = row.iter().filter(|cell| columns::is_known_header(cell)).count();
        let words = row.iter().filter(|cell| !cell.trim().is_empty() && !cell.trim().starts_with(|c: char| c.is_ascii_digit())).count();
        (known, words)
    };
    let best = rows.iter().take(TITLE_ROWS).enumerate().max_by_key(|(place, (_, row))| (score(row), std::cmp::Reverse(*place)));
    let found = match best {
        Some((place, (_, row))) if score(row).0 >= 2 => Some(place),
        // Headers nobody knows: the first row that is as wide as the widest and has no number in it.
        _ => rows
            .iter()
            .take(TITLE_ROWS)
            .position(|(_, row)| row.len() == width && row.iter().all(|cell| !cell.is_empty() && !is_value(cell))),
    };
    split_at(rows, found)
}

/// The same where the line of the headers is said by hand, 0 for none; `None` where no row begins on that line.
pub fn split_headers_at(rows: &[(u64, Vec<String>)], header_row: u64) -> Option<(u64, Vec<String>, Vec<Vec<String>>)> {
    match header_row {
        0 => Some(split_at(rows, None)),
        line => rows.iter().position(|(at, _)| *at == line).map(|place| split_at(rows, Some(place))),
    }
}

fn split_at(rows: &[(u64, Vec<String>)], headers: Option<usize>) -> (u64, Vec<String>, Vec<Vec<String>>) {
    let below = |from: usize| rows[from..].iter().map(|(_, row)| row.clone()).collect();
    match headers {
        Some(place) => {
            let mut headers = rows[place].1.clone();
            // Columns without a header are filled in most rows; a row that is wider than most is broken.
            let usual = usual_width(&rows[place + 1..]).max(headers.len());
            headers.resize(usual, String::new());
            (rows[place].0, headers, below(place + 1))
        }
        None => {
            let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
            (0, vec![String::new(); width], below(0))
        }
    }
}

/// How many fields at least half of the rows have.
fn usual_width(rows: &[(u64, Vec<String>)]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|(_, row)| row.len()).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}

fn is_value(cell: &str) -> bool {
    value::parse_number(cell.trim(), Decimal::Point).is_some() || !value::date_evidence(cell).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<(u64, Vec<String>)> {
        let row = |line: u64, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
        vec![row(1, ["Datum", "Netto"]), row(2, ["Buchung", "Wert"]), row(4, ["2026-01-05", "80"])]
    }

    #[test]
    fn the_headers_stand_where_it_is_said() {
        let split = |line: u64| split_headers_at(&rows(), line).map(|(line, headers, below)| (line, headers.join(","), below.len()));
        assert_eq!(split_headers(&rows()).0, 1, "which is what would be found otherwise");
        assert_eq!(split(2), Some((2, "Buchung,Wert".to_owned(), 1)));
        assert_eq!(split(0), Some((0, ",".to_owned(), 3)), "none at all");
        assert_eq!([split(3), split(5)], [None, None], "an empty line, and one behind the end");
    }
}
