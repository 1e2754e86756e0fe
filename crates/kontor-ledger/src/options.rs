//! How to read: what the user set by hand. Everything else is detected.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::settings::Currency;
use serde::{Deserialize, Serialize};

use crate::column::Role;
use crate::finding::Kind;

/// What the user set by hand for one import or analysis; empty means: detect everything, accept nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Role → header of the column; an empty header takes the role from every column.
    pub columns: BTreeMap<Role, String>,
    /// Rows with one of these statuses are left out (compared without case).
    pub exclude_status: BTreeSet<String>,
    /// Kinds of stop that are booked anyway.
    pub accept: BTreeSet<Kind>,
    /// The currency of lines that do not name one.
    pub currency: Option<Currency>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// The name of the sheet in a workbook.
    pub sheet: Option<String>,
    /// Whether a line that is booked already with other values replaces the old one.
    pub replace_changed: bool,
}
