//! How to read: what the user set by hand. Everything else is detected.

use std::collections::{BTreeMap, BTreeSet};

use encoding_rs::Encoding;
use kontor_domain::settings::Currency;
use serde::{Deserialize, Serialize};

use crate::column::Role;
use crate::finding::Kind;
use crate::read::value::{DateOrder, Decimal};

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
    /// The encoding of text files.
    pub encoding: Option<&'static Encoding>,
    /// The delimiter of a text file.
    pub delimiter: Option<char>,
    /// The decimal separator of text files. In workbooks and Parquet, where most numbers are no text, it decides only about columns whose values do not.
    pub decimal: Option<Decimal>,
    /// The order of day, month and year in dates that are texts; a year of four digits in front rules whatever the order.
    pub date_order: Option<DateOrder>,
    /// The name of the sheet in a workbook.
    pub sheet: Option<String>,
    /// The line of the headers in text files and workbooks, counted from 1; 0 where there are none and columns are named by number.
    pub header_row: Option<u64>,
    /// Whether a line that is booked already with other values replaces the old one.
    pub replace_changed: bool,
}

impl Options {
    /// Two roles that were given to one column, as nobody can mean.
    pub fn column_twice(&self) -> Option<(Role, Role, &str)> {
        let named: Vec<(Role, &str)> =
            self.columns.iter().map(|(&role, header)| (role, header.trim())).filter(|(_, header)| !header.is_empty()).collect();
        named.iter().enumerate().find_map(|(place, &(role, header))| {
            let other = named[..place].iter().find(|(_, other)| other.eq_ignore_ascii_case(header));
            other.map(|&(other, _)| (other, role, header))
        })
    }

    /// Whether columns, ways of writing or statuses are chosen that hold for other files of the kind, too.
    pub fn says_how_to_read(&self) -> bool {
        !self.columns.is_empty() || self.decimal.is_some() || self.date_order.is_some() || !self.exclude_status.is_empty()
    }

    /// These options, and where they say nothing what was chosen before for such files. A column that is named now loses the role it had before.
    pub fn or(mut self, before: Options) -> Options {
        for (role, header) in before.columns {
            let is_named = !header.is_empty() && self.columns.values().any(|named| named.eq_ignore_ascii_case(&header));
            if !is_named {
                self.columns.entry(role).or_insert(header);
            }
        }
        self.decimal = self.decimal.or(before.decimal);
        self.date_order = self.date_order.or(before.date_order);
        if self.exclude_status.is_empty() {
            self.exclude_status = before.exclude_status;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_column_cannot_have_two_roles() {
        let options = |columns: &[(Role, &str)]| Options {
            columns: columns.iter().map(|&(role, header)| (role, header.to_owned())).collect(),
            ..Options::default()
        };
        let twice = options(&[(Role::NetAmount, "Netto"), (Role::UnitPrice, " netto"), (Role::Date, "Datum")]);
        assert!(twice.column_twice().is_some());
        for fine in [&[][..], &[(Role::NetAmount, "Netto"), (Role::UnitPrice, "Preis")], &[(Role::NetAmount, ""), (Role::UnitPrice, "")]] {
            assert_eq!(options(fine).column_twice(), None, "{fine:?}");
        }
    }

    #[test]
    fn what_is_said_now_comes_before_what_was_said_before() {
        let columns =
            |columns: &[(Role, &str)]| columns.iter().map(|&(role, header)| (role, header.to_owned())).collect::<BTreeMap<_, _>>();
        let before = Options {
            columns: columns(&[(Role::InvoiceNumber, "Nr"), (Role::City, "Ort"), (Role::Status, "")]),
            date_order: Some(DateOrder::DayMonthYear),
            decimal: Some(Decimal::Comma),
            exclude_status: ["storniert".to_owned()].into(),
            ..Options::default()
        };
        let now = Options { columns: columns(&[(Role::Country, "ort")]), decimal: Some(Decimal::Point), ..Options::default() };
        let both = now.or(before.clone());
        assert_eq!(both.columns, columns(&[(Role::InvoiceNumber, "Nr"), (Role::Country, "ort"), (Role::Status, "")]));
        assert_eq!((both.decimal, both.date_order), (Some(Decimal::Point), Some(DateOrder::DayMonthYear)));
        assert_eq!(both.exclude_status, before.exclude_status);
        assert_eq!(Options::default().or(before.clone()), before);
    }
}
