//! Parquet batches taken whole: where every column has the type its role needs and no row can be rejected, nothing need be asked row by row.

use arrow_array::{Array, Int64Array};
use kontor_domain::settings::Currency;

use super::Projection;
use super::lines::TEXT_ROLES;
use super::row::{Checker, Prefix, prefix, whole_number};
use crate::Error;
use crate::column::Role;
use crate::read::parquet::{Batch, Column};
use crate::read::value::is_nothing;

/// U+FFFD, which stands where letters were lost.
const LOST: &str = "\u{fffd}";

impl Checker<'_> {
    /// Takes all rows of a batch at once; false, with nothing taken, where a row of it needs a closer look. Rows are numbered from `first`.
    pub fn take_whole(&mut self, batch: &Batch, first: u64) -> Result<bool, Error> {
        if !self.is_whole_enough(batch) {
            return Ok(false);
        }
        let (Some(dates), Some(nets)) = (self.dates(batch), self.amounts_of(batch, Role::NetAmount)) else { return Ok(false) };
        let [Some(costs), Some(quantities), Some(numbers)] =
            [Role::LineCost, Role::Quantity, Role::LineNumber].map(|role| self.optional_amounts_of(batch, role))
        else {
            return Ok(false);
        };
        if nets.null_count() > 0 || !self.take_account(batch) {
            return Ok(false);
        }
        let rows = batch.rows();
        let lines = &mut self.lines;
        lines.order.extend(first..first + rows as u64);
        lines.date.extend_from_slice(dates);
        lines.net.extend_from_slice(nets.values());
        for (into, from) in [(&mut lines.cost, costs), (&mut lines.quantity, quantities), (&mut lines.line_number, numbers)] {
            match from {
                Some(values) if values.null_count() == 0 => into.extend(values.values().iter().map(|&value| Some(value))),
                Some(values) => into.extend(values.iter()),
                None => into.extend(std::iter::repeat_n(None, rows)),
            }
        }
        self.take_texts(batch);
        self.take_invoices(batch);
        self.count_whole(rows);
        Ok(true)
    }

    /// Whether nothing but the types of the columns is left to ask.
    fn is_whole_enough(&self, batch: &Batch) -> bool {
        let context = self.context;
        let has = |role: Role| self.column(role).is_some();
        let is_text = |role: Role| match self.column(role).map(|column| batch.column(column)) {
            Some(Column::Codes(..) | Column::Texts(_) | Column::Absent) | None => true,
            Some(Column::Fixed(..) | Column::Float(_) | Column::Days(_)) => false,
        };
        let texts = [Role::InvoiceNumber, Role::AccountNumber, Role::AccountName, Role::Currency];
        context.headers.is_none()
            && !context.is_per_unit
            && context.drops.is_empty()
            && context.plan.options.exclude_status.is_empty()
            && ![Role::UnitPrice, Role::DiscountPercent, Role::UnitCost, Role::InvoiceType, Role::DebitCredit].into_iter().any(has)
            && texts.into_iter().all(is_text)
            && self.are_currencies(batch)
            && (context.projection == Projection::Figures || TEXT_ROLES.into_iter().all(is_text))
    }

    /// Whether every text in the currency's column is a currency, or empty.
    fn are_currencies(&self, batch: &Batch) -> bool {
        let is_currency = |text: &str| cleaned(text).is_empty() || Currency::from_sign(cleaned(text)).is_some();
        match self.column(Role::Currency).map(|column| batch.column(column)) {
            Some(Column::Codes(_, values) | Column::Texts(values)) => values.iter().flatten().all(is_currency),
            _ => true,
        }
    }

    /// The days, when all of them are there and plausible.
    fn dates<'b>(&self, batch: &'b Batch) -> Option<&'b [i32]> {
        let Column::Days(dates) = batch.column(self.column(Role::Date)?) else { return None };
        let is_fine = dates.null_count() == 0 && dates.values().iter().all(|&date| self.is_plausible(date));
        is_fine.then(|| &dates.values()[..])
    }

    /// A column in ten-thousandths; `None` where it is not one of numbers with at most four decimals, or one of them is too large.
    fn amounts_of(&self, batch: &Batch, role: Role) -> Option<Int64Array> {
        let Column::Fixed(values, scale) = batch.column(self.column(role)?) else { return None };
        let factor = 10_i64.pow(4_u8.checked_sub(*scale)?.into());
        let most = i64::MAX / factor;
        let is_fine = values.values().iter().all(|value| (-most..=most).contains(value));
        is_fine.then(|| values.unary(|value| value * factor))
    }

    /// The same for a column that may be absent.
    fn optional_amounts_of(&self, batch: &Batch, role: Role) -> Option<Option<Int64Array>> {
        match self.column(role).map(|column| batch.column(column)) {
            None | Some(Column::Absent) => Some(None),
            Some(_) => self.amounts_of(batch, role).map(Some),
        }
    }

    fn take_account(&mut self, batch: &Batch) -> bool {
        let Some(column) = self.column(Role::AccountNumber).or(self.column(Role::AccountName)) else { return false };
        let column = batch.column(column);
        let (Column::Codes(_, values) | Column::Texts(values)) = column else { return false };
        if memchr::memmem::find(values.value_data(), LOST.as_bytes()).is_some() {
            return false;
        }
        self.lines.account.push_column(column, batch.rows(), |text| whole_number(cleaned(text)));
        true
    }

    fn take_texts(&mut self, batch: &Batch) {
        let rows = batch.rows();
        let of = |role: Role, columns: &[Option<usize>]| columns[role as usize];
        let columns = self.columns;
        let column = |role: Role| of(role, &columns).map_or(&Column::Absent, |column| batch.column(column));
        self.lines.name.push_column(column(Role::AccountName), rows, cleaned);
        if self.context.projection == Projection::All {
            for (place, role) in TEXT_ROLES.into_iter().enumerate() {
                self.lines.texts[place].push_column(column(role), rows, cleaned);
            }
        }
        match column(Role::Currency) {
            // A dictionary of one value is the currency of all lines.
            Column::Codes(codes, values) if codes.null_count() == 0 && values.len() == 1 => {
                let currency = self.currency_of(cleaned(values.value(0)));
                self.lines.currency.push_repeated(currency.as_ref().map_or("", Currency::code), rows);
            }
            column => {
                for row in 0..rows {
                    let text = cleaned(column.str(row).unwrap_or_default());
                    let currency = self.currency_like_before(text);
                    self.lines.currency.push(currency.as_ref().map_or("", Currency::code));
                }
            }
        }
    }

    /// Takes invoice numbers in, and what they say together with the amounts.
    fn take_invoices(&mut self, batch: &Batch) {
        let rows = batch.rows();
        let start = self.lines.net.len() - rows;
        let column = self.column(Role::InvoiceNumber).map_or(&Column::Absent, |column| batch.column(column));
        let has_line_numbers = self.column(Role::LineNumber).is_some();
        let (mut before, mut kind) = ("", Prefix::None);
        let (mut cancellations, mut credits) = (0, 0);
        for row in 0..rows {
            let invoice = match column.str(row).unwrap_or_default() {
                same if same == before => same,
                other => cleaned(other),
            };
            if invoice != before {
                (before, kind) = (invoice, prefix(invoice));
            }
            let is_negative = self.lines.net[start + row] < 0;
            let cancels = is_negative && kind == Prefix::Cancellation;
            let is_credit = is_negative || kind == Prefix::Credit;
            cancellations += u64::from(cancels);
            credits += u64::from(is_credit);
            self.lines.is_credit.push(is_credit);
            self.lines.invoice.append_value(invoice);
            if has_line_numbers {
                self.runs.add(invoice, self.lines.line_number[start + row].unwrap_or(i64::MIN));
            }
        }
        self.report.counts.cancellations += cancellations;
        self.report.counts.credit_notes += credits;
    }

    fn count_whole(&mut self, rows: usize) {
        let start = self.lines.net.len() - rows;
        let (nets, dates) = (&self.lines.net[start..], &self.lines.date[start..]);
        let without_account = self.lines.account.count_nulls(start);
        let counts = &mut self.report.counts;
        counts.rows += rows as u64;
        counts.without_account += without_account;
        counts.booked += rows as u64 - without_account;
        counts.zero += nets.iter().filter(|&&net| net == 0).count() as u64;
        counts.negative += nets.iter().filter(|&&net| net < 0).count() as u64;
        let span = dates.iter().fold((i32::MAX, i32::MIN), |(first, last), &date| (first.min(date), last.max(date)));
        if rows > 0 {
            let days = &mut self.report.days;
            *days = Some(days.map_or(span, |(first, last)| (first.min(span.0), last.max(span.1))));
        }
    }
}

/// A text as the row's reader gives it.
fn cleaned(text: &str) -> &str {
    let text = text.trim();
    if is_nothing(text) { "" } else { text }
}
