//! What programs get about how files are read.

use kontor_ledger::read::value::Kind;
use kontor_ledger::read::{ColumnDetection, Detection, FileDetection, Format};
use serde::Serialize;
use utoipa::ToSchema;

/// How the files of an import are read.
#[derive(Debug, Serialize, ToSchema)]
pub struct DetectionBody {
    /// The files in the order in which they are read.
    pub files: Vec<FileDetectionBody>,
    /// Whether one file holds the headers of the other's positions.
    pub is_joined: bool,
    /// The column by which both are joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// How one file is read.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileDetectionBody {
    /// Its name.
    pub name: String,
    /// `text`, `sheet` or `parquet`.
    pub format: String,
    /// The encoding of a text file, by its name in the WHATWG's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The delimiter of a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 1)]
    pub delimiter: Option<char>,
    /// The sheet that is read, in a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// All sheets of a workbook.
    pub sheets: Vec<String>,
    /// The line of the headers, counted from 1; 0 where there are none and columns are named by number.
    pub header_row: u64,
    /// The first different values of the column of statuses, for `exclude_status`.
    pub statuses: Vec<String>,
    /// Its columns from left to right.
    pub columns: Vec<ColumnDetectionBody>,
    /// The first rows as they stand in the file; none once the import is closed.
    pub preview: Vec<Vec<String>>,
}

/// How one column is read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnDetectionBody {
    /// Its header; made unique where the file repeats one.
    pub header: String,
    /// `empty`, `text`, `number` or `date`.
    pub kind: String,
    /// How its values are written: `dd.mm.yyyy`, `1.234,56`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// The role it plays, as in `columns` of the options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Whether it was given that role by hand.
    pub is_chosen: bool,
    /// Its first values; none once the import is closed.
    pub samples: Vec<String>,
}

impl DetectionBody {
    /// A detection as programs see it.
    pub fn of(detection: &Detection) -> DetectionBody {
        DetectionBody { files: detection.files.iter().map(file).collect(), is_joined: detection.is_joined, key: detection.key.clone() }
    }
}

fn file(file: &FileDetection) -> FileDetectionBody {
    let format = match file.format {
        Format::Text => "text",
        Format::Sheet => "sheet",
        Format::Parquet => "parquet",
    };
    FileDetectionBody {
        name: file.name.clone(),
        format: format.to_owned(),
        encoding: file.encoding.clone(),
        delimiter: file.delimiter,
        sheet: file.sheet.clone(),
        sheets: file.sheets.clone(),
        header_row: file.header_line.unwrap_or(0),
        statuses: file.statuses.clone(),
        columns: file.columns.iter().map(column).collect(),
        preview: file.preview.clone(),
    }
}

fn column(column: &ColumnDetection) -> ColumnDetectionBody {
    let kind = match column.kind {
        Kind::Empty => "empty",
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Date => "date",
    };
    ColumnDetectionBody {
        header: column.header.clone(),
        kind: kind.to_owned(),
        written: column.written.clone(),
        role: column.role.map(|role| role.name().to_owned()),
        is_chosen: column.is_chosen,
        samples: column.samples.clone(),
    }
}
