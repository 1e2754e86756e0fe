//! Checked invoice lines, column by column: what every reader yields and every consumer takes.

use std::hash::BuildHasher;
use std::ops::Range;

use arrow_array::types::Int32Type;
use arrow_array::{Date32Array, DictionaryArray, Int64Array, StringArray};
use foldhash::fast::FixedState;

/// A text column whose values repeat: codes into a small dictionary.
pub type TextColumn = DictionaryArray<Int32Type>;

/// Rows of one invoice that stand together: from `start` to the next run's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvoiceRun {
    /// The first of its rows.
    pub start: usize,
    /// Stands for the invoice's number; `None` where the lines have none.
    pub invoice: Option<u64>,
}

impl InvoiceRun {
    /// The run that begins with a row of this invoice.
    pub fn new(start: usize, invoice: &str) -> InvoiceRun {
        InvoiceRun { start, invoice: (!invoice.is_empty()).then(|| FixedState::default().hash_one(invoice)) }
    }
}

/// A batch of checked lines. All columns have the same length; amounts and quantities are ten-thousandths as in [`kontor_domain::Amount`].
///
/// Dates are days since 1970-01-01. A text column is `None` when the file has no such column or nobody asked for it.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Orders the lines of one import as they stood in its files; not dense.
    pub order: Vec<u64>,
    /// Where the rows of each invoice begin.
    pub runs: Vec<InvoiceRun>,
    /// Invoice number; empty where the file has none.
    pub invoice: Option<StringArray>,
    /// Line number within the invoice in ten-thousandths (so that 10.1 is one); `None` when the file has no such column.
    pub line_number: Option<Int64Array>,
    /// Invoice date.
    pub date: Date32Array,
    /// The customer's number; null for a line without customer.
    pub account: TextColumn,
    /// Net amount; never null.
    pub net: Int64Array,
    /// Cost of goods of the line; null where unknown.
    pub cost: Option<Int64Array>,
    /// Quantity; null where unknown.
    pub quantity: Option<Int64Array>,
    /// Currency code; null or `None` where the file does not say.
    pub currency: Option<TextColumn>,
    /// The customer's name.
    pub account_name: Option<TextColumn>,
    /// The customer's country.
    pub country: Option<TextColumn>,
    /// The customer's postal code.
    pub postal_code: Option<TextColumn>,
    /// The customer's city.
    pub city: Option<TextColumn>,
    /// The customer's industry.
    pub industry: Option<TextColumn>,
    /// Article number.
    pub article_number: Option<TextColumn>,
    /// Article name.
    pub article_name: Option<TextColumn>,
    /// Product group.
    pub product_group: Option<TextColumn>,
    /// Status of the invoice.
    pub status: Option<TextColumn>,
    /// Whether the line belongs to a credit note or cancellation.
    pub is_credit: Vec<bool>,
}

impl Lines {
    /// How many lines.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The runs with all their rows.
    pub fn invoices(&self) -> impl Iterator<Item = (Option<u64>, Range<usize>)> {
        let ends = self.runs.iter().skip(1).map(|run| run.start).chain([self.len()]);
        self.runs.iter().zip(ends).map(|(run, end)| (run.invoice, run.start..end))
    }

    /// True for a batch without lines.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

/// Takes checked lines from a reader. Each worker thread has a sink of its own; batches of one worker come in the order of the file, those of
/// several workers do not.
pub trait Sink: Send {
    /// Takes one batch.
    fn take(&mut self, lines: Lines) -> Result<(), crate::Error>;
}
