//! The sales ledger: invoice files in, figures out. Knows no people and no SQL database.
//!
//! One line's way in: [`read`] turns bytes into raw rows and headers into roles, [`check`] makes them [`line::Lines`] and findings,
//! [`analyze`] sums them at once, or [`book`] writes them as an immutable [`segment`]. The way out: [`figures`] sums over live segments.

pub mod analyze;
pub mod book;
pub mod check;
pub mod column;
pub mod figures;
pub mod finding;
pub mod generate;
mod intern;
pub mod line;
pub mod options;
pub mod read;
pub mod segment;
mod sort;
mod spread;
pub mod sums;
#[cfg(test)]
mod testing;
mod unreadable;
pub mod vault;

pub use unreadable::Unreadable;

/// Why reading, booking or summing failed altogether. What is wrong with single lines is a [`finding::Finding`], not an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be opened, read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not what its format says, or holds nothing that can be read.
    #[error("{file}: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong and what would help.
        why: Unreadable,
    },
    /// A column role that the work needs was not found; the message names the headers seen and the option to set it by hand.
    #[error("{message}")]
    MissingColumns {
        /// The roles that were not found.
        roles: Vec<column::Role>,
        /// The headers that are there, by file.
        headers: String,
        /// What is wrong and what would help.
        message: String,
    },
    /// A segment's file is damaged or missing.
    #[error("segment {segment}: {message}")]
    Segment {
        /// The segment.
        segment: String,
        /// What is wrong.
        message: String,
    },
    /// A sum does not fit into an amount.
    #[error("a sum is too large")]
    Overflow,
    /// The work was given up because somebody asked so.
    #[error("cancelled")]
    Cancelled,
}
