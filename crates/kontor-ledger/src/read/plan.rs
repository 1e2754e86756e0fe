//! How all files of one import are read: decided once, from their beginnings, before anything is booked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::settings::Currency;
use tempfile::NamedTempFile;

use super::columns::{self, Profile};
use super::parquet::ParquetFile;
use super::text::{self, Dialect};
use super::value::{DateOrder, Decimal, Kind};
use super::{ColumnDetection, Detection, FileDetection, Format, encoding, sheet};
use crate::Error;
use crate::column::Role;
use crate::options::Options;

/// How many rows decide about the columns.
const SAMPLE_ROWS: usize = 5_000;
/// How many rows a preview shows.
const PREVIEW_ROWS: usize = 20;
/// How many rows may stand above the headers.
const TITLE_ROWS: usize = 30;
/// How much of a text file decides.
const SAMPLE_BYTES: usize = 2 << 20;

/// Where a file's rows come from.
#[derive(Clone)]
pub enum Source {
    /// Delimited text; workbooks have become text by now.
    Text(Dialect),
    /// Parquet.
    Parquet(ParquetFile),
}

/// One file with everything needed to read it.
#[derive(Clone)]
pub struct PlannedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name without the folder.
    pub name: String,
    /// Its rows.
    pub source: Source,
    /// The line of the headers; rows up to it are passed over. 0 when there are none.
    pub header_line: u64,
    /// Its headers.
    pub headers: Vec<String>,
    /// Which column plays which role.
    pub roles: BTreeMap<Role, usize>,
    /// How numbers are written, by column.
    pub decimals: Vec<Decimal>,
    /// How dates are written.
    pub order: DateOrder,
    /// True when nothing in the sample decides between day-month and month-day.
    pub is_order_open: bool,
    /// The currency whose sign stands beside net amounts.
    pub currency_sign: Option<Currency>,
    /// True when no discount of the sample exceeds 1.
    pub is_discount_fraction: bool,
    // A workbook's text lives as long as the plan.
    _text: Option<Arc<NamedTempFile>>,
}

/// Two files that are one import: headers and their positions.
#[derive(Clone, Debug)]
pub struct Join {
    /// Place of the header file in [`Plan::files`].
    pub headers: usize,
    /// Place of the position file.
    pub positions: usize,
}

/// How an import is read.
#[derive(Clone)]
pub struct Plan {
    /// The files.
    pub files: Vec<PlannedFile>,
    /// Header and position file, when they belong together.
    pub join: Option<Join>,
    /// What the user set by hand.
    pub options: Options,
    /// Dates after the year that follows this day's are implausible.
    pub today: NaiveDate,
    detection: Detection,
}

impl Plan {
    /// Looks at the files and decides how to read them.
    pub fn detect(files: &[PathBuf], options: &Options, today: NaiveDate) -> Result<Plan, Error> {
        let mut planned = Vec::new();
        let mut detected = Vec::new();
        for path in files {
            let (file, detection) = look_at(path, options)?;
            planned.push(file);
            detected.push(detection);
        }
        let join = find_join(&planned);
        if let Some(join) = &join {
            give_up_weak_dates(&mut planned, join);
            for (file, detection) in planned.iter().zip(&mut detected) {
                note_roles(file, &mut detection.columns, options);
            }
        }
        let key = join.as_ref().map(|join| {
            let file = &planned[join.positions];
            file.headers[file.roles[&Role::InvoiceNumber]].clone()
        });
        let detection = Detection { files: detected, is_joined: join.is_some(), key };
        Ok(Plan { files: planned, join, options: options.clone(), today, detection })
    }

    /// What was found out.
    pub const fn detection(&self) -> &Detection {
        &self.detection
    }

    /// The roles that some file must have and none has. A date, an account and an amount are needed.
    pub fn require(&self) -> Result<(), Error> {
        let has = |role: Role| {
            let in_file = |file: &PlannedFile| file.roles.contains_key(&role);
            match &self.join {
                Some(join) => in_file(&self.files[join.headers]) || in_file(&self.files[join.positions]),
                None => self.files.iter().all(in_file),
            }
        };
        let mut missing = Vec::new();
        if !has(Role::Date) {
            missing.push(Role::Date);
        }
        if !has(Role::AccountNumber) && !has(Role::AccountName) {
            missing.push(Role::AccountNumber);
        }
        let has_amount = has(Role::NetAmount) || (has(Role::Quantity) && has(Role::UnitPrice));
        if !has_amount {
            missing.push(Role::NetAmount);
        }
        if missing.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = missing.iter().map(|role| role.name()).collect();
        let seen: Vec<String> = self.files.iter().map(|file| format!("{}: {}", file.name, file.headers.join(", "))).collect();
        let message = format!(
            "no column was recognised as {}. The headers are {}. Name it by hand: --columns {}=HEADER",
            names.join(", "),
            seen.join("; "),
            names[0]
        );
        Err(Error::MissingColumns { roles: missing, message })
    }
}

/// The beginning of a file as rows of text.
struct Sample {
    source: Source,
    format: Format,
    encoding: Option<String>,
    sheet: Option<String>,
    rows: Vec<(u64, Vec<String>)>,
    text: Option<Arc<NamedTempFile>>,
    path: PathBuf,
}

fn look_at(path: &Path, options: &Options) -> Result<(PlannedFile, FileDetection), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sample = sample(path, &name, options)?;
    let (header_line, headers, rows) = match &sample.source {
        Source::Parquet(file) => (0, file.headers().to_vec(), sample.rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>()),
        Source::Text(_) => split_headers(&sample.rows),
    };
    if headers.is_empty() {
        return Err(Error::Unreadable { file: name, message: "the file has no rows".into() });
    }
    let headers = unique(headers);
    let mut profiles = vec![Profile::default(); headers.len()];
    for row in &rows {
        for (profile, value) in profiles.iter_mut().zip(row) {
            profile.add(value);
        }
    }
    let chosen = chosen_columns(&headers, options);
    let mut roles = columns::assign(&headers, &profiles, &chosen);
    let habit = habit(&profiles, &sample.source);
    let decimals: Vec<Decimal> = profiles.iter().map(|profile| profile.decimal(habit)).collect();
    let numbers = numbers_of(&rows, &decimals);
    columns::settle(&mut roles, &numbers, |role| !chosen.contains_key(&role));
    let date = roles.get(&Role::Date).map(|&column| &profiles[column]);
    let discount = roles.get(&Role::DiscountPercent).copied();
    let largest = discount.map(|column| numbers.iter().filter_map(|row| row[column]).fold(0.0, |most: f64, value| most.max(value.abs())));
    let file = PlannedFile {
        path: sample.path,
        name: name.clone(),
        source: sample.source,
        header_line,
        headers: headers.clone(),
        order: date.map_or(DateOrder::YearMonthDay, |profile| profile.order(habit)),
        is_order_open: date.is_some_and(Profile::is_order_open),
        currency_sign: roles.get(&Role::NetAmount).or(roles.get(&Role::UnitPrice)).and_then(|&column| sign_in(&profiles[column])),
        is_discount_fraction: largest.is_some_and(|largest| largest <= 1.0 && largest > 0.0),
        roles,
        decimals,
        _text: sample.text,
    };
    let mut columns: Vec<ColumnDetection> = headers
        .iter()
        .zip(&profiles)
        .enumerate()
        .map(|(place, (header, profile))| ColumnDetection {
            header: header.clone(),
            kind: profile.kind(),
            written: written(profile, file.decimals[place], habit),
            role: None,
            is_chosen: false,
            samples: profile.samples.clone(),
        })
        .collect();
    note_roles(&file, &mut columns, options);
    let detection = FileDetection {
        name,
        format: sample.format,
        encoding: sample.encoding,
        delimiter: match (&file.source, sample.format) {
            (Source::Text(dialect), Format::Text) => Some(char::from(dialect.delimiter)),
            _ => None,
        },
        sheet: sample.sheet,
        header_line: (header_line > 0).then_some(header_line),
        columns,
        preview: rows.into_iter().take(PREVIEW_ROWS).collect(),
    };
    Ok((file, detection))
}

fn note_roles(file: &PlannedFile, columns: &mut [ColumnDetection], options: &Options) {
    for (place, column) in columns.iter_mut().enumerate() {
        column.role = file.roles.iter().find(|(_, at)| **at == place).map(|(&role, _)| role);
        column.is_chosen = column.role.is_some_and(|role| options.columns.contains_key(&role));
    }
}

fn written(profile: &Profile, decimal: Decimal, habit: Decimal) -> Option<String> {
    match profile.kind() {
        Kind::Number if profile.decimal != [0, 0] => Some(decimal.example().to_owned()),
        Kind::Date => Some(profile.order(habit).example().to_owned()),
        _ => None,
    }
}

/// The separator that most columns of the file use; where none decides, a semicolon between fields speaks for the comma.
fn habit(profiles: &[Profile], source: &Source) -> Decimal {
    let [points, commas] = profiles.iter().filter(|profile| profile.kind() == Kind::Number).fold([0, 0], |[points, commas], profile| {
        [points + usize::from(profile.decimal[0] > profile.decimal[1]), commas + usize::from(profile.decimal[1] > profile.decimal[0])]
    });
    let by_delimiter = match source {
        Source::Text(dialect) if dialect.delimiter == b';' => Decimal::Comma,
        _ => Decimal::Point,
    };
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Decimal::Point,
        std::cmp::Ordering::Less => Decimal::Comma,
        std::cmp::Ordering::Equal => by_delimiter,
    }
}

/// The currency sign in the first values of a column.
fn sign_in(profile: &Profile) -> Option<Currency> {
    profile
        .samples
        .iter()
        .find_map(|sample| sample.chars().find(|sign| "€$£".contains(*sign)))
        .and_then(|sign| Currency::from_sign(&sign.to_string()))
}

fn numbers_of(rows: &[Vec<String>], decimals: &[Decimal]) -> Vec<Vec<Option<f64>>> {
    let number = |text: &str, decimal| super::value::parse_number(text.trim(), decimal).map(super::value::Number::to_f64);
    rows.iter()
        .take(500)
        .map(|row| decimals.iter().enumerate().map(|(place, &decimal)| row.get(place).and_then(|text| number(text, decimal))).collect())
        .collect()
}

fn sample(path: &Path, name: &str, options: &Options) -> Result<Sample, Error> {
    let mut magic = [0; 8];
    let count = std::fs::File::open(path)
        .and_then(|mut file| std::io::Read::read(&mut file, &mut magic))
        .map_err(|source| text::io_error(path, source))?;
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let magic = &magic[..count];
    if magic.starts_with(b"PAR1") {
        let file = ParquetFile::open(path)?;
        let rows = super::convert::parquet_rows(&file, path, SAMPLE_ROWS)?;
        return Ok(Sample {
            source: Source::Parquet(file),
            format: Format::Parquet,
            encoding: None,
            sheet: None,
            rows,
            text: None,
            path: path.to_owned(),
        });
    }
    // ZIP and the older compound file: what workbooks are packed in.
    if magic.starts_with(b"PK\x03\x04")
        || magic.starts_with(b"\xD0\xCF\x11\xE0")
        || matches!(extension.as_str(), "xlsx" | "xls" | "ods" | "xlsb" | "xlsm")
    {
        let sheet_name = super::convert::choose_sheet(path, name, options)?;
        let text = Arc::new(sheet::to_text(path, &sheet_name, None)?);
        let dialect = Dialect { encoding: encoding_rs::UTF_8, delimiter: sheet::DELIMITER, newline: b'\n' };
        let rows = super::convert::text_rows(text.path(), dialect, SAMPLE_ROWS, SAMPLE_BYTES)?;
        let path = text.path().to_owned();
        return Ok(Sample {
            source: Source::Text(dialect),
            format: Format::Sheet,
            encoding: None,
            sheet: Some(sheet_name),
            rows,
            text: Some(text),
            path,
        });
    }
    let encoding = encoding::detect(path).map_err(|source| text::io_error(path, source))?;
    if encoding == encoding_rs::UTF_8 && magic.contains(&0) {
        return Err(Error::Unreadable { file: name.to_owned(), message: "this is neither text nor a workbook nor Parquet".into() });
    }
    let mut reader = encoding::Utf8Reader::open(path, encoding).map_err(|source| text::io_error(path, source))?;
    let mut beginning = Vec::new();
    reader.fill(&mut beginning, 64 * 1024).map_err(|source| text::io_error(path, source))?;
    let beginning = String::from_utf8_lossy(&beginning);
    if beginning.contains('\0') {
        return Err(Error::Unreadable { file: name.to_owned(), message: "this is neither text nor a workbook nor Parquet".into() });
    }
    let dialect = text::sniff(encoding, &beginning, options.delimiter);
    let mut rows = super::convert::text_rows(path, dialect, SAMPLE_ROWS, SAMPLE_BYTES)?;
    rows.retain(|(line, row)| *line != 1 || !row[0].starts_with("sep="));
    Ok(Sample {
        source: Source::Text(dialect),
        format: Format::Text,
        encoding: Some(encoding.name().to_owned()),
        sheet: None,
        rows,
        text: None,
        path: path.to_owned(),
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
    let below = |from: usize| rows[from..].iter().map(|(_, row)| row.clone()).collect();
    match found {
        Some(place) => {
            let mut headers = rows[place].1.clone();
            let width = rows[place..].iter().map(|(_, row)| row.len()).max().unwrap_or(0).max(headers.len());
            headers.resize(width, String::new());
            (rows[place].0, headers, below(place + 1))
        }
        None => (0, vec![String::new(); width], below(0)),
    }
}

fn is_value(cell: &str) -> bool {
    super::value::parse_number(cell.trim(), Decimal::Point).is_some() || !super::value::date_evidence(cell).is_empty()
}

/// Names columns without a header by their number, and repeated headers with a number behind.
fn unique(headers: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for (place, header) in headers.into_iter().enumerate() {
        let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if header.is_empty() { (place + 1).to_string() } else { header };
        let mut name = base.clone();
        let mut count = 1;
        while seen.contains(&name) {
            count += 1;
            name = format!("{base} ({count})");
        }
        seen.push(name);
    }
    seen
}

/// The columns the user chose: role → column; `None` takes the role away. A header that this file lacks is left to the other files.
fn chosen_columns(headers: &[String], options: &Options) -> BTreeMap<Role, Option<usize>> {
    let mut chosen = BTreeMap::new();
    for (&role, header) in &options.columns {
        if header.is_empty() {
            chosen.insert(role, None);
        } else if let Some(place) = headers.iter().position(|known| known.eq_ignore_ascii_case(header.trim())) {
            chosen.insert(role, Some(place));
        }
    }
    chosen
}

/// Two files with different columns and a common key, one with dates and accounts, the other with positions.
fn find_join(files: &[PlannedFile]) -> Option<Join> {
    let [first, second] = files else { return None };
    if first.headers == second.headers || ![first, second].iter().all(|file| file.roles.contains_key(&Role::InvoiceNumber)) {
        return None;
    }
    let has_account = |file: &PlannedFile| file.roles.contains_key(&Role::AccountNumber) || file.roles.contains_key(&Role::AccountName);
    let has_lines = |file: &PlannedFile| {
        [Role::ArticleNumber, Role::ArticleName, Role::LineNumber, Role::Quantity, Role::UnitPrice]
            .iter()
            .any(|role| file.roles.contains_key(role))
    };
    match (has_account(first), has_account(second)) {
        (true, false) if has_lines(second) => Some(Join { headers: 0, positions: 1 }),
        (false, true) if has_lines(first) => Some(Join { headers: 1, positions: 0 }),
        (true, true) if has_lines(first) != has_lines(second) => {
            if has_lines(second) {
                Some(Join { headers: 0, positions: 1 })
            } else {
                Some(Join { headers: 1, positions: 0 })
            }
        }
        _ => None,
    }
}

/// The date of an invoice is its header's; a position's own date (of delivery) is given up where the header has one.
fn give_up_weak_dates(files: &mut [PlannedFile], join: &Join) {
    if files[join.headers].roles.contains_key(&Role::Date) {
        files[join.positions].roles.remove(&Role::Date);
    }
}
