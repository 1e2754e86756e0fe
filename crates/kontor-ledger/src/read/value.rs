//! Numbers, dates and signs as people and programs write them.

mod date;
mod number;

use serde::{Deserialize, Serialize};

pub use date::{DateOrder, date_evidence, parse_date};
pub use number::{Decimal, Number, parse_number};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing but empty fields.
    Empty,
    /// Words, or numbers that are names (leading zeros, letters).
    Text,
    /// Numbers.
    Number,
    /// Dates, with or without a time.
    Date,
}
/// What stands for nothing in exports.
pub fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "NULL" | "null" | "NaN" | "nan" | "N/A" | "#N/A" | "#NV" | "None" | "\\N")
}

/// A side of a customer's account: what an invoice adds stands in debit, what a credit note takes away in credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Soll.
    Debit,
    /// Haben.
    Credit,
}

impl Side {
    /// Reads the sign of a side; `None` when the text is none.
    pub fn parse(text: &str) -> Option<Side> {
        match text.to_lowercase().as_str() {
            "s" | "soll" | "d" | "dr" | "debit" => Some(Side::Debit),
            "h" | "haben" | "c" | "cr" | "credit" => Some(Side::Credit),
            _ => None,
        }
    }
}
