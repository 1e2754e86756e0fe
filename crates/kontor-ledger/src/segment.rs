//! The immutable result of one import: a folder of Parquet files and a small index.
//!
//! | file | one row per | sorted by |
//! |---|---|---|
//! | `lines.parquet` | line | account code, date, order in the file |
//! | `groups.parquet` | account, month, product group, currency | account code, month |
//! | `months.parquet` | month, account, currency | month, account code |
//! | `totals.parquet` | month, product group, currency, of lines with an account | month |
//! | `accounts.parquet` | account, its row number being its code in this segment; row 0 stands for “no account” | first seen |
//! | `keys.parquet` | line, as identity and content hash | invoice, line, occurrence |
//! | `segment.json` | | |
//!
//! Every figure is a plain sum over lines, of several segments too. A line that takes an older one out of the ledger again (a *reversal*) has sign −1 and
//! the old values negated; a *correction* has sign 0 and no amounts, and only moves the count of an invoice to another day or account. The column
//! `invoices` of a line is 1 on the first line of each invoice of an account, so that invoices are a sum as well.

mod accounts;
mod background;
mod layout;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use kontor_domain::amount::Amount;
use kontor_domain::period::Month;
use kontor_domain::settings::Currency;
use serde::{Deserialize, Serialize};

use crate::Error;
pub use accounts::AccountRow;
pub(crate) use accounts::{Codes, seen_accounts, write_accounts};
pub(crate) use background::BackgroundWriter;
pub(crate) use table::{Table, TableWriter, io_error, sync_folder};

/// The version of the files; another one is not read.
const FORMAT: u32 = 1;
const INDEX: &str = "segment.json";

/// What a segment holds, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentMeta {
    /// Lines that the files gave.
    pub rows: u64,
    /// Lines booked: those that no live segment of the source had, and the new values of replaced ones.
    pub new_lines: u64,
    /// Lines that were in the ledger already, unchanged.
    pub already_booked: u64,
    /// Lines that were in the ledger with other values; they were replaced when that was asked for, else the old ones stand.
    pub changed: u64,
    /// Those of `changed` that replaced the old ones.
    pub replaced: u64,
    /// Booked lines without an account.
    pub without_account: u64,
    /// Accounts with booked lines.
    pub accounts: u64,
    /// First day of a booked line.
    pub first: Option<NaiveDate>,
    /// Last day of a booked line.
    pub last: Option<NaiveDate>,
    /// What the segment adds to the revenue of the ledger, per currency; a replaced line counts with the difference.
    pub revenue: Vec<CurrencySum>,
    /// The segments that this one reverses lines of or continues invoices of: they can be undone only after this one.
    pub builds_on: Vec<String>,
}

/// The sum of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencySum {
    /// The currency; `None` for lines that named none, which are in the currency of the house.
    pub currency: Option<Currency>,
    /// The sum of net amounts.
    pub amount: Amount,
    /// How many lines, reversed ones subtracted.
    pub lines: i64,
}

/// One Parquet file of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Lines,
    Groups,
    Months,
    Totals,
    Accounts,
    Keys,
}

impl Part {
    const ALL: [Part; 6] = [Part::Lines, Part::Groups, Part::Months, Part::Totals, Part::Accounts, Part::Keys];

    pub(crate) const fn file_name(self) -> &'static str {
        match self {
            Part::Lines => "lines.parquet",
            Part::Groups => "groups.parquet",
            Part::Months => "months.parquet",
            Part::Totals => "totals.parquet",
            Part::Accounts => "accounts.parquet",
            Part::Keys => "keys.parquet",
        }
    }
}

/// What `segment.json` holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    format: u32,
    pub(crate) meta: SegmentMeta,
    /// The smallest and largest invoice of `keys.parquet`; `None` when it is empty.
    pub(crate) invoices: Option<(String, String)>,
    /// Where each month lies in `months.parquet`.
    pub(crate) months: Vec<MonthRows>,
    /// First and last day of any row of `lines.parquet`, reversals too.
    pub(crate) days: Option<(i32, i32)>,
    /// The size of each file in bytes: a shortened one is noticed before it is read.
    sizes: BTreeMap<String, u64>,
}

/// The rows of one month in `months.parquet`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MonthRows {
    pub(crate) month: Month,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Index {
    pub(crate) fn new(meta: SegmentMeta, invoices: Option<(String, String)>, months: Vec<MonthRows>, days: Option<(i32, i32)>) -> Index {
        Index { format: FORMAT, meta, invoices, months, days, sizes: BTreeMap::new() }
    }

    /// Writes the index, last of all files of the folder.
    pub(crate) fn write(mut self, folder: &Path) -> Result<(), Error> {
        for part in Part::ALL {
            let path = folder.join(part.file_name());
            let size = std::fs::metadata(&path).map_err(|source| io_error(&path, source))?.len();
            self.sizes.insert(part.file_name().to_owned(), size);
        }
        let path = folder.join(INDEX);
        let json = serde_json::to_vec_pretty(&self).map_err(|error| io_error(&path, error.into()))?;
        std::fs::write(&path, json).map_err(|source| io_error(&path, source))?;
        std::fs::File::open(&path).and_then(|file| file.sync_all()).map_err(|source| io_error(&path, source))
    }
}

/// An opened segment: its index, and of each file the metadata once it was needed.
pub(crate) struct Segment {
    id: String,
    folder: PathBuf,
    pub(crate) index: Index,
    tables: [OnceLock<Arc<Table>>; Part::ALL.len()],
    codes: OnceLock<Arc<Codes>>,
}

impl Segment {
    /// Opens a segment's folder and checks that all its files are there in their length.
    pub(crate) fn open(id: &str, folder: PathBuf) -> Result<Segment, Error> {
        let damaged = |message: String| Error::Segment { segment: id.to_owned(), message };
        let text = std::fs::read(folder.join(INDEX)).map_err(|error| damaged(format!("{INDEX} cannot be read: {error}")))?;
        let index: Index = serde_json::from_slice(&text).map_err(|error| damaged(format!("{INDEX} is damaged: {error}")))?;
        if index.format != FORMAT {
            return Err(damaged(format!("written in format {}, and this version of Kontor reads format {FORMAT}", index.format)));
        }
        for part in Part::ALL {
            let name = part.file_name();
            let size = std::fs::metadata(folder.join(name)).map_err(|error| damaged(format!("{name} cannot be read: {error}")))?.len();
            if index.sizes.get(name) != Some(&size) {
                return Err(damaged(format!("{name} is damaged: it has {size} bytes and not those it was written with")));
            }
        }
        Ok(Segment { id: id.to_owned(), folder, index, tables: Default::default(), codes: OnceLock::new() })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// One of its files.
    pub(crate) fn table(&self, part: Part) -> Result<Arc<Table>, Error> {
        let cell = &self.tables[part as usize];
        match cell.get() {
            Some(table) => Ok(table.clone()),
            None => {
                let table = Arc::new(Table::open(&self.id, &self.folder, part)?);
                Ok(cell.get_or_init(|| table).clone())
            }
        }
    }

    /// Where each account's rows lie.
    pub(crate) fn codes(&self) -> Result<Arc<Codes>, Error> {
        match self.codes.get() {
            Some(codes) => Ok(codes.clone()),
            None => {
                let codes = Arc::new(Codes::read(&*self.table(Part::Accounts)?)?);
                Ok(self.codes.get_or_init(|| codes).clone())
            }
        }
    }

    /// The rows of a month in `months.parquet`.
    pub(crate) fn month(&self, month: Month) -> Option<std::ops::Range<usize>> {
        let months = &self.index.months;
        months.binary_search_by_key(&month, |rows| rows.month).ok().map(|at| months[at].start..months[at].end)
    }

    /// True when lines of other segments are reversed here.
    pub(crate) fn has_reversals(&self) -> bool {
        self.index.meta.replaced > 0
    }
}
