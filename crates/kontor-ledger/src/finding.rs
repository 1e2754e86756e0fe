//! What the importer noticed about a line or a file.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::column::Role;

/// What kind of thing was noticed. The three weights are: a *rejection* keeps one line out of the ledger; a *stop* keeps the whole file out unless
/// its kind is accepted by name; a *note* only tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Rejection: the date cannot be read or is missing.
    BadDate,
    /// Rejection: an amount, price or quantity cannot be read.
    BadNumber,
    /// Rejection: the currency is none that ISO 4217 or a sign names.
    BadCurrency,
    /// Rejection: neither a net amount nor quantity and unit price are there.
    MissingAmount,
    /// Rejection: the row has more or fewer fields than the header, or text that its encoding does not allow.
    BrokenRow,
    /// Rejection: the position's key has no header row.
    MissingHeader,
    /// Stop: dates outside 1990 to next year.
    ImplausibleDates,
    /// Stop: day and month contradict themselves within the column.
    ContradictoryDates,
    /// Stop: the decimal separator contradicts itself within the column.
    ContradictoryDecimals,
    /// Stop: every separator of the amounts could part decimals or thousands.
    AmbiguousDecimals,
    /// Stop: another row of headers, whose columns stand in another order.
    OtherHeaders,
    /// Stop: the same line of the same invoice twice.
    DuplicateLines,
    /// Stop: invoices whose lines have no numbers stand in more than one file.
    OverlappingFiles,
    /// Stop: a header file has several rows of one number that do not say the same.
    DuplicateHeaders,
    /// Stop: the lines of invoices do not add up to their headers.
    TotalsDisagree,
    /// Stop: lines that their document type calls credit notes have positive amounts, which would raise revenue.
    PositiveCreditNotes,
    /// Stop: most costs have the opposite sign of their amounts, which would add them to the margin.
    OpposedCosts,
    /// Stop: more than nine in ten lines name no customer.
    MostWithoutAccount,
    /// Stop: more than half of the rows are empty.
    MostlyEmpty,
    /// Stop: more than a tenth of the rows were rejected.
    ManyRejected,
    /// Stop (of an analysis, which has no rates): lines in more than one currency.
    SeveralCurrencies,
    /// Note: lines without a customer number, kept apart from every account.
    WithoutAccount,
    /// Note: lines of credit notes; their negative amounts lower revenue.
    CreditNotes,
    /// Note: lines that cancel others.
    Cancellations,
    /// Note: lines with a zero amount.
    ZeroAmounts,
    /// Note: lines with a negative amount.
    NegativeAmounts,
    /// Note: rows left out because of their status, as asked.
    ExcludedStatus,
    /// Note: net amounts are printed rounded; the exact product of quantity, price and discount was taken.
    RoundedAmounts,
    /// Note: amounts of positions are per unit, as the headers show; they were multiplied by quantity.
    AmountsPerUnit,
    /// Note: dates after the day of the import, which are mostly slips of the pen.
    FutureDates,
    /// Note: no date shows which of two numbers is the day; the order was taken from the format's habit.
    AmbiguousDates,
    /// Note: empty rows were passed over.
    EmptyRows,
    /// Note: rows of totals (an amount without date, number and customer) were passed over.
    TotalRows,
    /// Note: rows with nothing but text (neither quantity, price nor amount) were passed over.
    TextRows,
    /// Note: what stands only in the first line of an invoice was taken for its other lines, too.
    FilledDown,
    /// Note: a workbook has other sheets, which were not read.
    OtherSheets,
    /// Note: header rows without positions.
    HeadersWithoutLines,
    /// Note: the line is in the ledger already, unchanged; not booked again.
    AlreadyBooked,
    /// Note: the line is in the ledger with other values; the old one stands unless replacing was asked for.
    ChangedLines,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// One line stays out.
    Rejection,
    /// The whole import stays out unless its kind is accepted.
    Stop,
    /// Only tells.
    Note,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 39] = [
        Kind::BadDate,
        Kind::BadNumber,
        Kind::BadCurrency,
        Kind::MissingAmount,
        Kind::BrokenRow,
        Kind::MissingHeader,
        Kind::ImplausibleDates,
        Kind::ContradictoryDates,
        Kind::ContradictoryDecimals,
        Kind::AmbiguousDecimals,
        Kind::OtherHeaders,
        Kind::DuplicateLines,
        Kind::OverlappingFiles,
        Kind::DuplicateHeaders,
        Kind::TotalsDisagree,
        Kind::PositiveCreditNotes,
        Kind::OpposedCosts,
        Kind::MostWithoutAccount,
        Kind::MostlyEmpty,
        Kind::ManyRejected,
        Kind::SeveralCurrencies,
        Kind::WithoutAccount,
        Kind::CreditNotes,
        Kind::Cancellations,
        Kind::ZeroAmounts,
        Kind::NegativeAmounts,
        Kind::ExcludedStatus,
        Kind::RoundedAmounts,
        Kind::AmountsPerUnit,
        Kind::FutureDates,
        Kind::AmbiguousDates,
        Kind::EmptyRows,
        Kind::TotalRows,
        Kind::TextRows,
        Kind::FilledDown,
        Kind::OtherSheets,
        Kind::HeadersWithoutLines,
        Kind::AlreadyBooked,
        Kind::ChangedLines,
    ];

    /// The name in reports and on the command line: `bad_date`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::BadDate => "bad_date",
            Kind::BadNumber => "bad_number",
            Kind::BadCurrency => "bad_currency",
            Kind::MissingAmount => "missing_amount",
            Kind::BrokenRow => "broken_row",
            Kind::MissingHeader => "missing_header",
            Kind::ImplausibleDates => "implausible_dates",
            Kind::ContradictoryDates => "contradictory_dates",
            Kind::ContradictoryDecimals => "contradictory_decimals",
            Kind::AmbiguousDecimals => "ambiguous_decimals",
            Kind::OtherHeaders => "other_headers",
            Kind::DuplicateLines => "duplicate_lines",
            Kind::OverlappingFiles => "overlapping_files",
            Kind::DuplicateHeaders => "duplicate_headers",
            Kind::TotalsDisagree => "totals_disagree",
            Kind::PositiveCreditNotes => "positive_credit_notes",
            Kind::OpposedCosts => "opposed_costs",
            Kind::MostWithoutAccount => "most_without_account",
            Kind::MostlyEmpty => "mostly_empty",
            Kind::ManyRejected => "many_rejected",
            Kind::SeveralCurrencies => "several_currencies",
            Kind::WithoutAccount => "without_account",
            Kind::CreditNotes => "credit_notes",
            Kind::Cancellations => "cancellations",
            Kind::ZeroAmounts => "zero_amounts",
            Kind::NegativeAmounts => "negative_amounts",
            Kind::ExcludedStatus => "excluded_status",
            Kind::RoundedAmounts => "rounded_amounts",
            Kind::AmountsPerUnit => "amounts_per_unit",
            Kind::FutureDates => "future_dates",
            Kind::AmbiguousDates => "ambiguous_dates",
            Kind::EmptyRows => "empty_rows",
            Kind::TotalRows => "total_rows",
            Kind::TextRows => "text_rows",
            Kind::FilledDown => "filled_down",
            Kind::OtherSheets => "other_sheets",
            Kind::HeadersWithoutLines => "headers_without_lines",
            Kind::AlreadyBooked => "already_booked",
            Kind::ChangedLines => "changed_lines",
        }
    }

    /// Its weight.
    pub const fn weight(self) -> Weight {
        match self {
            Kind::BadDate | Kind::BadNumber | Kind::BadCurrency | Kind::MissingAmount | Kind::BrokenRow | Kind::MissingHeader => {
                Weight::Rejection
            }
            Kind::ImplausibleDates
            | Kind::ContradictoryDates
            | Kind::ContradictoryDecimals
            | Kind::AmbiguousDecimals
            | Kind::OtherHeaders
            | Kind::DuplicateLines
            | Kind::OverlappingFiles
            | Kind::DuplicateHeaders
            | Kind::TotalsDisagree
            | Kind::PositiveCreditNotes
            | Kind::OpposedCosts
            | Kind::MostWithoutAccount
            | Kind::MostlyEmpty
            | Kind::ManyRejected
            | Kind::SeveralCurrencies => Weight::Stop,
            _ => Weight::Note,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Kind, String> {
        let known = || Kind::ALL.map(Kind::name).join(", ");
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("not a kind of finding: “{text}”; give one of {}", known()))
    }
}

/// One thing noticed, with its place. What concerns the whole file has no line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Name of the file, without its folder.
    pub file: String,
    /// Line in a text file, row in a sheet, counted from 1 with the header; `None` for the whole file.
    pub line: Option<u64>,
    /// The header of the column, where one is to blame.
    pub column: Option<String>,
    /// The role of that column.
    pub role: Option<Role>,
    /// The value as it stands in the file, cut to 200 characters.
    pub value: Option<String>,
    /// One English sentence: what is wrong, and for a stop which option books it anyway.
    pub message: String,
}

/// How often each kind was noticed; the kinds that did not occur are absent.
pub type Tally = BTreeMap<Kind, u64>;
