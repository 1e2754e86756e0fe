//! How all files of one import are read: decided once, from their beginnings, before anything is booked.

mod file;
mod fill;
mod sample;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::settings::Currency;
use tempfile::NamedTempFile;

use super::encoding::read_full;
use super::parquet::ParquetFile;
use super::text::{Dialect, io_error};
use super::value::{DateOrder, Decimal, Side};
use super::{Detection, file_name};
use crate::column::Role;
use crate::options::Options;
use crate::{Error, Unreadable};
use file::{look_at, note_roles};
pub use sample::split_headers;

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
    /// The most decimals that a net amount of the sample has; some programs leave zeros at the end away.
    pub net_scale: u8,
    /// True when most rows of the sample have a quantity, so that a row without one is something else.
    pub has_quantities: bool,
    /// True when no discount of the sample exceeds 1.
    pub is_discount_fraction: bool,
    /// The side of the account that raises revenue, where amounts have a column of sides instead of a sign.
    pub revenue_side: Side,
    /// True when only what takes away has a sign of its side.
    pub is_side_marked: bool,
    /// True when every separator of the amounts could part decimals or thousands.
    pub is_decimal_open: bool,
    /// The invoice numbers of the sample.
    keys: HashSet<String>,
    /// How many lines took what they lack from the first line of their invoice.
    pub filled: u64,
    /// Sheets of the workbook that hold something and are not read.
    pub other_sheets: Vec<String>,
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
        refuse_twins(files)?;
        let mut planned = Vec::new();
        let mut detected = Vec::new();
        for path in files {
            for (file, detection) in look_at(path, options)? {
                planned.push(file);
                detected.push(detection);
            }
        }
        let join = find_join(&planned);
        if let Some(join) = &join {
            give_up_weak_dates(&mut planned, join);
            for (file, detection) in planned.iter().zip(&mut detected) {
                note_roles(file, &mut detection.columns, options);
            }
        }
        require_chosen(&planned, options)?;
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
        let headers = headers_of(&self.files);
        let names: Vec<&str> = missing.iter().map(|role| role.name()).collect();
        let alone = if self.files.len() > 2 {
            " Only two files can be headers and positions of the same invoices; more are read each for itself."
        } else {
            ""
        };
        let message = format!(
            "no column was recognised as {}. The headers are {}. Name it by hand: --columns {}=HEADER.{alone}",
            names.join(", "),
            headers,
            names[0]
        );
        Err(Error::MissingColumns { roles: missing, headers, message })
    }
}

/// A header that was named by hand and that no file has would otherwise be passed over without a word.
fn require_chosen(files: &[PlannedFile], options: &Options) -> Result<(), Error> {
    let is_there = |header: &str| files.iter().any(|file| file.headers.iter().any(|known| known.eq_ignore_ascii_case(header)));
    let lost = options.columns.iter().find(|(_, header)| !header.is_empty() && !is_there(header.trim()));
    let Some((&role, header)) = lost else { return Ok(()) };
    let headers = headers_of(files);
    let message = format!("there is no column “{header}” for {role}. The headers are {headers}");
    Err(Error::MissingColumns { roles: vec![role], headers, message })
}

fn headers_of(files: &[PlannedFile]) -> String {
    files.iter().map(|file| format!("{}: {}", file.name, file.headers.join(", "))).collect::<Vec<_>>().join("; ")
}

/// The same file given twice would count every line twice.
fn refuse_twins(files: &[PathBuf]) -> Result<(), Error> {
    for (place, path) in files.iter().enumerate() {
        for other in &files[..place] {
            if are_equal(path, other).map_err(|source| io_error(path, source))? {
                return Err(Error::Unreadable { file: file_name(path), why: Unreadable::Twin(file_name(other)) });
            }
        }
    }
    Ok(())
}

/// Whether two files have the same bytes.
fn are_equal(one: &Path, other: &Path) -> std::io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let mut buffers = [vec![0; 1 << 16], vec![0; 1 << 16]];
    loop {
        let [first, second] = &mut buffers;
        let count = read_full(&mut one, first)?;
        if count != read_full(&mut other, second)? || first[..count] != second[..count] {
            return Ok(false);
        }
        if count == 0 {
            return Ok(true);
        }
    }
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
        // Two files that both name customers may be two years of one export, the newer of which has more columns.
        (true, true) if has_lines(first) != has_lines(second) && have_common_keys(first, second) => {
            if has_lines(second) {
                Some(Join { headers: 0, positions: 1 })
            } else {
                Some(Join { headers: 1, positions: 0 })
            }
        }
        _ => None,
    }
}

fn have_common_keys(first: &PlannedFile, second: &PlannedFile) -> bool {
    let common = first.keys.intersection(&second.keys).count();
    common > 0 && common * 2 >= first.keys.len().min(second.keys.len())
}

/// The date of an invoice is its header's; a position's own date (of delivery) is given up where the header has one.
fn give_up_weak_dates(files: &mut [PlannedFile], join: &Join) {
    if files[join.headers].roles.contains_key(&Role::Date) {
        files[join.positions].roles.remove(&Role::Date);
    }
}
