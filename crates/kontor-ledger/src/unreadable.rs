//! Why a file cannot be read.

/// Why a file cannot be read, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing stands in it.
    #[error("the file has no rows")]
    Empty,
    /// It is something else.
    #[error("this is neither text nor a workbook nor Parquet")]
    UnknownFormat,
    /// It only looks like a workbook; the reader says how.
    #[error("not a workbook that can be read: {0}")]
    BadWorkbook(String),
    /// It only looks like Parquet; the reader says how.
    #[error("not a Parquet file that can be read: {0}")]
    BadParquet(String),
    /// A workbook without sheets.
    #[error("the workbook has no sheet")]
    NoSheet,
    /// The sheet that was asked for is not there.
    #[error("there is no sheet “{wanted}”; the sheets are {known}")]
    UnknownSheet {
        /// The sheet that was asked for.
        wanted: String,
        /// Those that are there.
        known: String,
    },
    /// The row that was said to hold the headers is not there, or empty.
    #[error("row {0}, which was said to hold the headers, is empty or not among the first rows of the file")]
    NoHeaderRow(u64),
    /// Another file of the import has the same bytes; its name.
    #[error("this is the same file as {0}; give it once")]
    Twin(String),
    /// A text stands where a currency should.
    #[error("not a currency: “{0}”; give three letters as in ISO 4217, such as EUR")]
    BadCurrency(String),
    /// A thread broke down.
    #[error("a reader broke down")]
    BrokenReader,
}
