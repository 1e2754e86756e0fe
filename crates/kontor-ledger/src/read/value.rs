//! Numbers, dates and signs as people and programs write them.

mod date;
mod number;
mod unit;

use serde::{Deserialize, Serialize};

pub use date::{DateOrder, date_evidence, parse_date, serial};
pub use number::{Decimal, Number, parse_number};
pub use unit::unit;

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
    // Asked of every field, so what is longer is told by its length.
    text.len() <= 4 && matches!(text, "" | "NULL" | "null" | "NaN" | "nan" | "N/A" | "#N/A" | "#NV" | "None" | "\\N")
}

/// A text without blanks around it.
pub fn trimmed(text: &str) -> &str {
    // Asked of every field, and hardly any begins or ends with anything but a visible sign.
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// A text without blanks around it, empty where it stands for nothing.
pub fn cleaned(text: &str) -> &str {
    let text = trimmed(text);
    if is_nothing(text) { "" } else { text }
}

/// What SAP writes for what came back, beside nothing for all else.
pub const RETURNED: &str = "X";

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
        let is_in = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
        if is_in(&["S", "Soll", "D", "DR", "Debit"]) {
            Some(Side::Debit)
        } else if is_in(&["H", "Haben", "C", "CR", "Credit", RETURNED]) {
            Some(Side::Credit)
        } else {
            None
        }
    }
}
