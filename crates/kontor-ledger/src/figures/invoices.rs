//! The invoices of one account with their lines, newest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int8Type, Int32Type, Int64Type};
use arrow_array::{Array, RecordBatch, StringArray};
use chrono::NaiveDate;
use kontor_domain::amount::Amount;
use kontor_domain::period::Period;
use kontor_domain::settings::Currency;

use super::{AccountKey, LiveSet};
use crate::Error;
use crate::segment::Part;
use crate::sums::{day, day_number};
use crate::vault::{Live, Vault};

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How many to leave out.
    pub offset: usize,
    /// How many to give at most.
    pub limit: usize,
}

/// A part of an account's invoices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvoicePage {
    /// Newest first, the ones of one day by descending number.
    pub invoices: Vec<Invoice>,
    /// True when there are older ones.
    pub has_more: bool,
}

/// The lines of one invoice number, day and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// Its number; `None` for the lines of a day that have none.
    pub number: Option<String>,
    /// Its date.
    pub date: NaiveDate,
    /// Its currency; `None` for that of the house.
    pub currency: Option<Currency>,
    /// Sum of the lines' net amounts.
    pub amount: Amount,
    /// Its lines by line number, else as they stood in the file.
    pub lines: Vec<InvoiceLine>,
}

/// One line. A line that was replaced shows its newest values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLine {
    /// Its number within the invoice, where the file has one.
    pub number: Option<Amount>,
    /// Article number.
    pub article_number: Option<String>,
    /// Article name.
    pub article_name: Option<String>,
    /// Product group.
    pub product_group: Option<String>,
    /// Quantity.
    pub quantity: Option<Amount>,
    /// Net amount.
    pub net: Amount,
    /// Cost of goods.
    pub cost: Option<Amount>,
    /// Status.
    pub status: Option<String>,
    /// Whether it belongs to a credit note or cancellation.
    pub is_credit: bool,
}

impl Vault {
    /// A part of the invoices of one account in a period.
    ///
    /// An account's rows lie by date, so only the newest rows of the newest segments are read, and more the further back the part lies.
    pub fn invoices(&self, live: &[Live], account: &AccountKey, period: Period, paging: Paging) -> Result<InvoicePage, Error> {
        let directory = self.directory(&LiveSet::new(live))?;
        let Some(id) = directory.find(&account.source, &account.number) else { return Ok(InvoicePage::default()) };
        let mut sources = Vec::new();
        for part in &directory.parts {
            let rows = part.code(id).map(|code| part.codes.lines(code)).filter(|rows| !rows.is_empty());
            if let Some((rows, (_, last))) = rows.zip(part.segment.index.days) {
                sources.push((last, &part.segment, rows));
            }
        }
        sources.sort_unstable_by_key(|(last, ..)| Reverse(*last));
        let wanted = paging.offset.saturating_add(paging.limit);
        let (mut reach, mut depth) = (4, 1024);
        loop {
            let mut rows = Vec::new();
            // Invoices after this day are complete: no segment has rows of them that were not read.
            let mut complete_after = sources.get(reach).map_or(i32::MIN, |(last, ..)| *last);
            for (_, segment, range) in sources.iter().take(reach) {
                let table = segment.table(Part::Lines)?;
                let start = range.end.saturating_sub(depth).max(range.start);
                let read = read_rows(&table.read_all(&COLUMNS, &[Range { start, end: range.end }])?)
                    .ok_or_else(|| table.damaged("it has a row that makes no sense"))?;
                if start > range.start {
                    complete_after = complete_after.max(read.first().map_or(i32::MAX, |row| row.date));
                }
                rows.extend(read);
            }
            let (from, to) = (day_number(period.from()), day_number(period.to()));
            rows.retain(|row| row.date > complete_after && from <= row.date && row.date <= to);
            let mut invoices = group(rows)?;
            if invoices.len() > wanted || complete_after < from {
                let has_more = invoices.len() > wanted;
                invoices.truncate(wanted);
                invoices.drain(..paging.offset.min(invoices.len()));
                return Ok(InvoicePage { invoices, has_more });
            }
            (reach, depth) = (reach * 4, depth * 4);
        }
    }
}

const COLUMNS: [&str; 13] = [
    "date",
    "invoice",
    "line",
    "net",
    "cost",
    "quantity",
    "currency",
    "product_group",
    "article_number",
    "article_name",
    "status",
    "is_credit",
    "sign",
];

struct Row {
    date: i32,
    invoice: String,
    currency: Option<Currency>,
    sign: i8,
    line: InvoiceLine,
}

/// `None` when a row has a day or currency that makes no sense.
fn read_rows(batch: &RecordBatch) -> Option<Vec<Row>> {
    let dates = batch.column(0).as_primitive::<Date32Type>();
    let invoices = batch.column(1).as_string::<i32>();
    let number = |column: usize, row: usize| {
        let values = batch.column(column).as_primitive::<Int64Type>();
        values.is_valid(row).then(|| Amount::from_raw(values.value(row)))
    };
    let plain = |column: usize, row: usize| text(batch.column(column).as_string(), row);
    let coded = |column: usize, row: usize| {
        let column = batch.column(column).as_dictionary::<Int32Type>();
        let key = column.keys().is_valid(row).then(|| column.keys().value(row) as usize);
        key.and_then(|key| text(column.values().as_string(), key))
    };
    let rows = (0..batch.num_rows()).map(|row| {
        let date = dates.value(row);
        day(date)?;
        let currency = coded(6, row).map(|text| text.parse().ok());
        Some(Row {
            date,
            invoice: invoices.value(row).to_owned(),
            currency: match currency {
                Some(currency) => Some(currency?),
                None => None,
            },
            sign: batch.column(12).as_primitive::<Int8Type>().value(row),
            line: InvoiceLine {
                number: number(2, row),
                article_number: plain(8, row),
                article_name: plain(9, row),
                product_group: coded(7, row),
                quantity: number(5, row),
                net: number(3, row)?,
                cost: number(4, row),
                status: plain(10, row),
                is_credit: batch.column(11).as_boolean().value(row),
            },
        })
    });
    rows.collect()
}

fn text(texts: &StringArray, row: usize) -> Option<String> {
    texts.is_valid(row).then(|| texts.value(row).to_owned())
}

/// Invoices from rows, newest first. A line and its reversal cancel each other out.
fn group(rows: Vec<Row>) -> Result<Vec<Invoice>, Error> {
    let mut invoices: BTreeMap<_, (Vec<InvoiceLine>, Vec<InvoiceLine>)> = BTreeMap::new();
    for Row { date, invoice, currency, sign, line } in rows {
        let (lines, reversals) = invoices.entry((Reverse(date), Reverse(invoice), currency)).or_default();
        match sign {
            1 => lines.push(line),
            -1 => reversals.push(line),
            _ => {}
        }
    }
    let mut grouped = Vec::with_capacity(invoices.len());
    for ((Reverse(date), Reverse(number), currency), (mut lines, reversals)) in invoices {
        for reversal in reversals {
            let old = negated(reversal);
            if let Some(place) = lines.iter().position(|line| *line == old) {
                lines.remove(place);
            }
        }
        if lines.is_empty() {
            continue;
        }
        lines.sort_by_key(|line| line.number);
        let amount = lines.iter().try_fold(Amount::ZERO, |sum, line| sum.checked_add(line.net)).ok_or(Error::Overflow)?;
        let number = (!number.is_empty()).then_some(number);
        grouped.push(Invoice { number, date: day(date).unwrap_or_default(), currency, amount, lines });
    }
    Ok(grouped)
}

/// The line that a reversal takes out.
fn negated(reversal: InvoiceLine) -> InvoiceLine {
    InvoiceLine {
        net: -reversal.net,
        cost: reversal.cost.map(|cost| -cost),
        quantity: reversal.quantity.map(|quantity| -quantity),
        ..reversal
    }
}
