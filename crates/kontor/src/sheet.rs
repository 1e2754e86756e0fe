//! Tables as files: what every export of the house writes.

use std::io::Write;

use chrono::NaiveDate;
use kontor_domain::Amount;
use kontor_domain::team::Language;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// Money, to cents.
    Amount(Amount),
    /// A quantity, or money that must add up: with all its decimals, at most four.
    Exact(Amount),
    /// A part of a whole, 0–1.
    Share(f64),
    /// A number of things.
    Count(u64),
    /// A day.
    Day(NaiveDate),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        text.as_str().into()
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl From<Amount> for Cell {
    fn from(amount: Amount) -> Cell {
        Cell::Amount(amount)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Cell {
        Cell::Day(day)
    }
}

/// A table with headers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The name of the sheet in a workbook; at most 31 letters.
    pub title: String,
    /// The headers.
    pub headers: Vec<String>,
    /// The rows, each as wide as the headers.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// As CSV for programs: UTF-8 with a mark, comma, decimal point, ISO days, CRLF (RFC 4180).
    pub fn to_csv(&self) -> Vec<u8> {
        self.separated(Notation::ENGLISH)
    }

    /// As CSV for somebody who opens it in a spreadsheet of their language: where the comma is the decimal sign, semicolons separate. Days are ISO, which
    /// spreadsheets know in any language, and the mark tells them that it is UTF-8.
    pub fn to_csv_in(&self, language: Language) -> Vec<u8> {
        self.separated(Notation::of(language))
    }

    fn separated(&self, notation: Notation) -> Vec<u8> {
        let mut writer = notation.writer(MARK.to_vec());
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| plain(cell, notation)).collect::<Vec<_>>());
        for row in std::iter::once(self.headers.clone()).chain(rows) {
            // Writing to memory cannot fail, and all rows are equally long or padded by the reader.
            if writer.write_record(&row).is_err() {
                break;
            }
        }
        writer.into_inner().unwrap_or_default()
    }

    /// As a workbook with one sheet.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        workbook(std::slice::from_ref(self))
    }

    fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect::<String>())?;
        let bold = Format::new().set_bold();
        let (money, share, day) =
            (Format::new().set_num_format("#,##0.00"), Format::new().set_num_format("0.0%"), Format::new().set_num_format("yyyy-mm-dd"));
        let exact = Format::new().set_num_format("#,##0.00##");
        for (column, header) in (0_u16..).zip(&self.headers) {
            sheet.write_string_with_format(0, column, header, &bold)?;
        }
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Empty => continue,
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    // A workbook knows only floating-point numbers; to cents they are exact up to ninety billion.
                    Cell::Amount(amount) => {
                        sheet.write_number_with_format(row, column, amount.round_to_cents().raw() as f64 / 10_000.0, &money)?
                    }
                    Cell::Exact(amount) => sheet.write_number_with_format(row, column, amount.raw() as f64 / 10_000.0, &exact)?,
                    Cell::Share(value) => sheet.write_number_with_format(row, column, *value, &share)?,
                    Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
                    Cell::Day(value) => sheet.write_datetime_with_format(
                        row,
                        column,
                        &rust_xlsxwriter::ExcelDateTime::parse_from_str(&value.to_string())?,
                        &day,
                    )?,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
        Ok(())
    }
}

/// Tables as one workbook: numbers as numbers, days as days, the headers bold and always in sight.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        sheet.write(&mut workbook)?;
    }
    workbook.save_to_buffer()
}

/// How values and their numbers are set apart in CSV.
#[derive(Clone, Copy, Debug)]
struct Notation {
    delimiter: u8,
    is_decimal_comma: bool,
}

impl Notation {
    const ENGLISH: Notation = Notation { delimiter: b',', is_decimal_comma: false };

    /// As spreadsheets of a language expect it.
    const fn of(language: Language) -> Notation {
        match language {
            Language::De => Notation { delimiter: b';', is_decimal_comma: true },
            Language::En => Notation::ENGLISH,
        }
    }

    fn writer<W: Write>(self, out: W) -> csv::Writer<W> {
        csv::WriterBuilder::new().delimiter(self.delimiter).terminator(csv::Terminator::CRLF).from_writer(out)
    }

    fn number(self, number: String) -> String {
        if self.is_decimal_comma { number.replace('.', ",") } else { number }
    }
}

/// Tells spreadsheets that a file is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes CSV of texts as [`Sheet::to_csv_in`] does, for tables too long to be held.
pub fn csv_writer<W: Write>(language: Language, mut out: W) -> std::io::Result<csv::Writer<W>> {
    out.write_all(MARK)?;
    Ok(Notation::of(language).writer(out))
}

/// A cell in CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front.
fn plain(cell: &Cell, notation: Notation) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
        Cell::Amount(amount) => notation.number(amount.to_string()),
        Cell::Exact(amount) => notation.number(amount.to_decimal().normalize().to_string()),
        Cell::Share(share) => notation.number(format!("{share:.6}")),
        Cell::Count(count) => count.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            title: "Accounts: A/B".into(),
            headers: vec!["Name".into(), "Revenue".into(), "Share".into(), "Last".into()],
            rows: vec![
                vec![
                    "Söhnke, \"& Cie\"".into(),
                    Amount::from_cents(123_456).into(),
                    Cell::Share(0.25),
                    NaiveDate::from_ymd_opt(2026, 3, 1).into(),
                ],
                vec!["=HYPERLINK(\"x\")".into(), Cell::Empty, Cell::Count(3), Cell::Empty],
            ],
        }
    }

    #[test]
    fn csv_is_quoted_and_runs_no_formula() {
        let text = String::from_utf8(sheet().to_csv()).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}Name,Revenue,Share,Last\r\n\"Söhnke, \"\"& Cie\"\"\",1234.56,0.250000,2026-03-01\r\n\"'=HYPERLINK(\"\"x\"\")\",,3,\r\n"
        );
    }

    #[test]
    fn exact_numbers_keep_their_decimals() {
        for (raw, text) in [(12_345, "1.2345"), (20_000, "2"), (-5_000, "-0.5"), (0, "0"), (10_000_000, "1000")] {
            assert_eq!(plain(&Cell::Exact(Amount::from_raw(raw)), Notation::ENGLISH), text);
            assert_eq!(plain(&Cell::Exact(Amount::from_raw(raw)), Notation::of(Language::De)), text.replace('.', ","));
        }
    }

    #[test]
    fn a_german_spreadsheet_gets_semicolons_and_decimal_commas() {
        let mut sheet = sheet();
        sheet.rows[0].push("a;b 1.5".into());
        sheet.headers.push("Wort".into());
        sheet.rows[1].push(Cell::Amount(Amount::from_cents(-5)));
        let text = String::from_utf8(sheet.to_csv_in(Language::De)).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}Name;Revenue;Share;Last;Wort\r\n\"Söhnke, \"\"& Cie\"\"\";1234,56;0,250000;2026-03-01;\"a;b 1.5\"\r\n\"'=HYPERLINK(\"\"x\"\")\";;3;;-0,05\r\n"
        );
        assert_eq!(sheet.to_csv_in(Language::En), sheet.to_csv(), "in English as for programs");
    }

    #[test]
    fn a_workbook_is_written() {
        let bytes = sheet().to_xlsx().expect("a workbook");
        assert!(bytes.starts_with(b"PK"));
    }
}
