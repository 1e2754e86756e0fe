//! From files to raw rows: format, encoding and shape are found out, columns get their roles.
//!
//! [`Plan::detect`] looks at the beginning of every file and decides how all of them are read; [`crate::check::run`] then reads them whole.

pub mod columns;
mod convert;
mod eight;
pub mod encoding;
pub mod parquet;
mod plan;
pub mod sheet;
pub mod text;
pub mod value;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use convert::{raw_rows, table};
pub use plan::{Join, Plan, PlannedFile, Source};

use crate::column::Role;

/// The name of a file without its folder, as messages and findings have it.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Delimited text: CSV, TSV and their kin.
    Text,
    /// A workbook: XLSX, XLS, ODS.
    Sheet,
    /// Apache Parquet.
    Parquet,
}

/// What was found out about all files of one import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Detection {
    /// The files in the order in which they are read.
    pub files: Vec<FileDetection>,
    /// True when one file holds the headers of the other's positions.
    pub is_joined: bool,
    /// Which column of the key both files share, when they are joined.
    pub key: Option<String>,
}

/// What was found out about one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileDetection {
    /// Its name without the folder.
    pub name: String,
    /// What it is.
    pub format: Format,
    /// The encoding of a text file, as in the WHATWG's list: `UTF-8`, `windows-1252`.
    pub encoding: Option<String>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// The sheet that is read, in a workbook.
    pub sheet: Option<String>,
    /// All sheets of a workbook.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// The first different values of the column of statuses.
    #[serde(default)]
    pub statuses: Vec<String>,
    /// The line of the headers, counted from 1; `None` when there are none and columns are named by number.
    pub header_line: Option<u64>,
    /// Its columns from left to right.
    pub columns: Vec<ColumnDetection>,
    /// The first rows as they stand in the file.
    pub preview: Vec<Vec<String>>,
}

/// What was found out about one column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ColumnDetection {
    /// Its header; made unique where the file repeats one.
    pub header: String,
    /// What its values are.
    pub kind: value::Kind,
    /// How its values are written, in words: `dd.mm.yyyy`, `1.234,56`.
    pub written: Option<String>,
    /// The role it plays.
    pub role: Option<Role>,
    /// True when the user gave it that role.
    pub is_chosen: bool,
    /// The first values that are not empty.
    pub samples: Vec<String>,
}
