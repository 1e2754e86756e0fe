//! Beginnings of files as rows of text.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::parquet::ParquetFile;
use super::plan::split_headers;
use super::text::{Blocks, Dialect, each_row};
use super::{columns, file_name, sheet};
use crate::options::Options;
use crate::{Error, Unreadable};

/// How many rows of each sheet decide which one is read.
const SHEET_ROWS: u32 = 60;

/// The first rows of a text file with their lines.
pub fn text_rows(path: &Path, dialect: Dialect, rows: usize, bytes: usize) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let mut blocks = Blocks::open(path, dialect, bytes)?;
    let mut found = Vec::new();
    while let Some(block) = blocks.next_block()? {
        let taken = each_row(&block.text(), block.first_line, dialect, |line, row| {
            if found.len() >= rows {
                return Err(Error::Cancelled);
            }
            found.push((line, row.fields().map(str::to_owned).collect()));
            Ok(())
        });
        if taken.is_err() {
            break;
        }
    }
    Ok(found)
}

/// The encoding of a text file: the chosen one, else what the whole file shows.
pub fn encoding(path: &Path, options: &Options) -> Result<&'static encoding_rs::Encoding, Error> {
    match options.encoding {
        Some(chosen) => Ok(chosen),
        None => super::encoding::detect(path).map_err(|source| super::text::io_error(path, source)),
    }
}

/// All rows of a text file as they stand in it, the headers first: what a reader that knows nothing of invoices sees.
pub fn raw_rows(path: &Path, options: &Options) -> Result<Vec<Vec<String>>, Error> {
    Ok(all_rows(path, options)?.into_iter().map(|(_, row)| row).collect())
}

/// All rows of a text file with their lines.
fn all_rows(path: &Path, options: &Options) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let encoding = encoding(path, options)?;
    let dialect = super::text::sniff(encoding, &beginning(path, encoding)?, options.delimiter);
    text_rows(path, dialect, usize::MAX, super::text::BLOCK)
}

/// As much of a text file as shows how it is laid out.
pub fn beginning(path: &Path, encoding: &'static encoding_rs::Encoding) -> Result<String, Error> {
    let io = |source| super::text::io_error(path, source);
    let mut beginning = Vec::new();
    super::encoding::Utf8Reader::open(path, encoding).map_err(io)?.fill(&mut beginning, 64 * 1024).map_err(io)?;
    Ok(String::from_utf8_lossy(&beginning).into_owned())
}

/// All rows of a text file or of a workbook's first sheet with their lines, for readers that know nothing of invoices.
pub fn table(path: &Path) -> Result<Vec<(u64, Vec<String>)>, Error> {
    if !is_workbook(&magic(path)?) {
        return all_rows(path, &Options::default());
    }
    let name = || file_name(path);
    let names = sheet::sheet_names(path)?;
    let first = names.first().ok_or_else(|| Error::Unreadable { file: name(), why: Unreadable::NoSheet })?;
    let text = sheet::to_text(path, first, None)?;
    text_rows(text.path(), sheet::DIALECT, usize::MAX, super::text::BLOCK)
}

/// The first bytes of a file, which tell what it is.
pub fn magic(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |source| super::text::io_error(path, source);
    let mut magic = Vec::new();
    File::open(path).map_err(io)?.take(8).read_to_end(&mut magic).map_err(io)?;
    Ok(magic)
}

/// Whether a file begins as workbooks do: packed (XLSX, ODS) or in the older binary form (XLS).
pub fn is_workbook(magic: &[u8]) -> bool {
    magic.starts_with(b"PK\x03\x04") || magic.starts_with(b"\xD0\xCF\x11\xE0")
}

/// The first rows of a Parquet file.
pub fn parquet_rows(file: &ParquetFile, path: &Path, rows: usize) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let all: Vec<usize> = (0..file.headers().len()).collect();
    let mut found = Vec::new();
    if file.groups() == 0 {
        return Ok(found);
    }
    for batch in file.read(path, 0, &all, Some(rows))? {
        let batch = batch?;
        for row in 0..batch.rows() {
            let cells = all.iter().map(|&column| batch.column(column).text(row).unwrap_or_default()).collect();
            found.push((found.len() as u64 + 1, cells));
        }
    }
    Ok(found)
}

/// Which sheets of a workbook are read, and which others hold something.
pub struct Sheets {
    /// The names of those that are read, in the order of the workbook.
    pub read: Vec<String>,
    /// The names of those that hold something and are not.
    pub others: Vec<String>,
}

/// The sheets to read: the chosen one, else the one whose headers look most like invoice lines (the fuller one on a tie) and all that have the same headers, as
/// workbooks with a sheet for each month or year do.
pub fn choose_sheets(path: &Path, name: &str, options: &Options) -> Result<Sheets, Error> {
    let names = sheet::sheet_names(path)?;
    if let Some(chosen) = &options.sheet {
        let known = names.iter().find(|known| known.eq_ignore_ascii_case(chosen)).cloned().ok_or_else(|| Error::Unreadable {
            file: name.to_owned(),
            why: Unreadable::UnknownSheet { wanted: chosen.clone(), known: names.join(", ") },
        })?;
        // Whoever chose one knows of the others.
        return Ok(Sheets { read: vec![known], others: Vec::new() });
    }
    let mut beginnings = Vec::new();
    for sheet_name in names {
        let text = sheet::to_text(path, &sheet_name, Some(SHEET_ROWS))?;
        let rows = text_rows(text.path(), sheet::DIALECT, SHEET_ROWS as usize, super::text::BLOCK)?;
        let (_, headers, below) = split_headers(&rows);
        let known = headers.iter().filter(|header| columns::is_known_header(header)).count();
        beginnings.push((sheet_name, headers, (known, below.len())));
    }
    let mut best: Option<&(String, Vec<String>, (usize, usize))> = None;
    for beginning in &beginnings {
        if best.is_none_or(|best| beginning.2 > best.2) {
            best = Some(beginning);
        }
    }
    let best = best.ok_or_else(|| Error::Unreadable { file: name.to_owned(), why: Unreadable::NoSheet })?;
    let is_like_best = |(sheet_name, headers, (known, rows)): &(String, Vec<String>, (usize, usize))| {
        *sheet_name == best.0 || (*known > 1 && *rows > 0 && are_alike(headers, &best.1))
    };
    let is_full = |(_, _, (_, rows)): &(String, Vec<String>, (usize, usize))| *rows > 0;
    let name_of = |beginning: &(String, Vec<String>, (usize, usize))| beginning.0.clone();
    Ok(Sheets {
        read: beginnings.iter().filter(|beginning| is_like_best(beginning)).map(name_of).collect(),
        others: beginnings.iter().filter(|beginning| !is_like_best(beginning) && is_full(beginning)).map(name_of).collect(),
    })
}

/// Whether two sheets hold the same kind of rows: the same headers, or all but one of those that are known, as exports grow by a column over the years.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let known = |headers: &[String]| -> BTreeSet<String> {
        headers.iter().filter(|header| columns::is_known_header(header)).map(|header| header.trim().to_lowercase()).collect()
    };
    let (one, other) = (known(one), known(other));
    one == other || (one.len().min(other.len()) >= KNOWN_HEADERS && one.symmetric_difference(&other).count() == 1)
}

/// How many known headers two sheets must have for one that only one of them has not to matter.
const KNOWN_HEADERS: usize = 4;
