//! Parquet batches taken whole: where every column has the type its role needs and no row can be rejected, nothing need be asked row by row.

use arrow_array::{Array, Date32Array, Int64Array, StringArray};
use kontor_domain::settings::Currency;

use super::Projection;
use super::lines::TEXT_ROLES;
use super::row::{Checker, Prefix, account_number, is_same, prefix};
use crate::Error;
use crate::column::Role;
use crate::line::{InvoiceRun, Lines, Sink};
use crate::read::parquet::{Batch, Column};
use crate::read::value::cleaned;

/// U+FFFD, which stands where letters were lost.
const LOST: &str = "\u{fffd}";

impl Checker<'_> {
    /// Takes all rows of a batch at once; false, with nothing taken, where a row of it needs a closer look. Rows are numbered from `first`.
    pub fn take_whole(&mut self, batch: &Batch, first: u64, sink: &mut impl Sink) -> Result<bool, Error> {
        if !self.is_whole_enough(batch) {
            return Ok(false);
        }
        let (Some(date), Some(net)) = (self.dates(batch), self.amounts_of(batch, Role::NetAmount)) else { return Ok(false) };
        let [Some(cost), Some(quantity), Some(line_number)] =
            [Role::LineCost, Role::Quantity, Role::LineNumber].map(|role| self.optional_amounts_of(batch, role))
        else {
            return Ok(false);
        };
        if net.null_count() > 0 {
            return Ok(false);
        }
        self.flush(sink)?;
        if !self.take_account(batch) {
            return Ok(false);
        }
        self.take_texts(batch);
        let rows = batch.rows();
        let (runs, invoice) = self.invoices(batch);
        let is_credit = self.credits(&runs, net.values());
        self.count_whole(net.values(), date.values());
        self.count_opposed(&net, cost.as_ref());
        // The texts wait in the builder; the rest is taken as it lies in the file.
        let texts = self.lines.finish(self.context.projection);
        let lines = Lines {
            runs: runs.iter().map(|run| run.0).collect(),
            invoice,
            order: (first..first + rows as u64).collect(),
            line_number,
            date,
            net,
            cost,
            quantity: quantity.filter(|_| self.context.projection == Projection::All),
            is_credit,
            ..texts
        };
        self.give(lines, sink)?;
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
            Some(Column::Codes(_, values)) => values.iter().flatten().all(is_currency),
            Some(Column::Texts(values)) => values.iter().flatten().all(is_currency),
            _ => true,
        }
    }

    /// The days, when all of them are there and nothing is to be said about them.
    fn dates(&self, batch: &Batch) -> Option<Date32Array> {
        let Column::Days(dates) = batch.column(self.column(Role::Date)?) else { return None };
        let are_usual = || dates.values().iter().fold(true, |is_fine, &date| is_fine & self.is_usual(date));
        let is_fine = dates.null_count() == 0 && are_usual();
        is_fine.then(|| dates.clone())
    }

    /// A column in ten-thousandths; `None` where it is not one of numbers with at most four decimals, or one of them is too large.
    fn amounts_of(&self, batch: &Batch, role: Role) -> Option<Int64Array> {
        let Column::Fixed(values, scale) = batch.column(self.column(role)?) else { return None };
        let factor = 10_i64.pow(4_u8.checked_sub(*scale)?.into());
        let most = i64::MAX / factor;
        // All of them are looked at, as a branch for each would take longer.
        let is_fine = values.values().iter().fold(true, |is_fine, value| is_fine & (-most..=most).contains(value));
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
        let is_lost = match column {
            Column::Codes(_, values) => {
                !self.lines.account.is_translated(values) && memchr::memmem::find(values.value_data(), LOST.as_bytes()).is_some()
            }
            Column::Texts(values) => values.iter().flatten().any(|text| !text.is_ascii() && text.contains(LOST)),
            _ => true,
        };
        if is_lost {
            return false;
        }
        self.lines.account.push_column(column, batch.rows(), |text| account_number(cleaned(text)));
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
        let currencies = column(Role::Currency);
        let single = match currencies {
            Column::Codes(codes, values) if codes.null_count() == 0 && values.len() == 1 => Some(cleaned(values.value(0))),
            Column::Absent => Some(""),
            _ => None,
        };
        if let Some(text) = single {
            let currency = self.currency_of(text);
            self.lines.currency.push_repeated(currency.as_ref().map_or("", Currency::code), rows);
            return;
        }
        for row in 0..rows {
            let currency = self.currency_like_before(cleaned(currencies.str(row).unwrap_or_default()));
            self.lines.currency.push(currency.as_ref().map_or("", Currency::code));
        }
    }

    /// Where each invoice begins, with the prefix of its number; and the numbers, when they are asked for.
    fn invoices(&self, batch: &Batch) -> (Vec<(InvoiceRun, Prefix)>, Option<StringArray>) {
        let column = self.column(Role::InvoiceNumber).map_or(&Column::Absent, |column| batch.column(column));
        let text = |row: usize| cleaned(column.str(row).unwrap_or_default());
        let starts = match column {
            Column::Codes(codes, _) if codes.null_count() == 0 => starts(codes.values().iter(), |one, other| one == other),
            // A text of up to twelve bytes is in its view, which is compared as one number.
            Column::Texts(values) if values.null_count() == 0 => {
                let views = values.views();
                let are_one_text = |one: usize, other: usize| {
                    // The first 32 bits are the length.
                    views[one] == views[other] && (views[one] as u32) <= 12 || values.value(one) == values.value(other)
                };
                starts(0..batch.rows(), are_one_text)
            }
            _ => starts((0..batch.rows()).map(|row| column.str(row).unwrap_or_default().as_bytes()), is_same),
        };
        let run = |row| {
            let text = text(row);
            (InvoiceRun::new(row, text), prefix(text))
        };
        let runs = starts.into_iter().map(run).collect();
        let all = self.context.projection == Projection::All;
        (runs, all.then(|| StringArray::from_iter_values((0..batch.rows()).map(text))))
    }

    /// Which lines belong to credit notes, by their amounts and the prefixes of their invoices; they are counted.
    fn credits(&mut self, runs: &[(InvoiceRun, Prefix)], nets: &[i64]) -> Vec<bool> {
        let mut is_credit: Vec<bool> = nets.iter().map(|&net| net < 0).collect();
        let ends = runs.iter().skip(1).map(|(run, _)| run.start).chain([nets.len()]);
        for ((run, prefix), end) in runs.iter().zip(ends) {
            let lines = &mut is_credit[run.start..end];
            match prefix {
                Prefix::None => {}
                Prefix::Cancellation => self.report.counts.cancellations += lines.iter().filter(|&&is_negative| is_negative).count() as u64,
                Prefix::Credit => lines.fill(true),
            }
        }
        self.report.counts.credit_notes += is_credit.iter().filter(|&&is_credit| is_credit).count() as u64;
        is_credit
    }

    fn count_opposed(&mut self, net: &Int64Array, cost: Option<&Int64Array>) {
        let Some(cost) = cost else { return };
        // A null is a zero here, which no amount is opposed to.
        let is_known = |row: usize| cost.is_valid(row);
        let both = net.values().iter().zip(cost.values());
        let (mut opposed, mut all) = (0, 0);
        for (row, (&net, &cost)) in both.enumerate() {
            opposed += u64::from((net < 0) != (cost < 0) && net != 0 && cost != 0 && is_known(row));
            all += u64::from(net != 0 && cost != 0 && is_known(row));
        }
        self.report.opposed_costs.0 += opposed;
        self.report.opposed_costs.1 += all;
    }

    fn count_whole(&mut self, nets: &[i64], dates: &[i32]) {
        let rows = nets.len() as u64;
        let without_account = self.lines.account.count_nulls();
        let counts = &mut self.report.counts;
        counts.rows += rows;
        counts.without_account += without_account;
        counts.booked += rows - without_account;
        counts.zero += nets.iter().filter(|&&net| net == 0).count() as u64;
        counts.negative += nets.iter().filter(|&&net| net < 0).count() as u64;
        let span = dates.iter().fold((i32::MAX, i32::MIN), |(first, last), &date| (first.min(date), last.max(date)));
        if rows > 0 {
            let days = &mut self.report.days;
            *days = Some(days.map_or(span, |(first, last)| (first.min(span.0), last.max(span.1))));
        }
    }
}

/// The places of those that are not the same as the one before.
fn starts<T: Copy>(values: impl ExactSizeIterator<Item = T>, is_same: impl Fn(T, T) -> bool) -> Vec<usize> {
    let (mut starts, mut count, mut before) = (vec![0; values.len()], 0, None);
    for (place, value) in values.enumerate() {
        // They come too irregularly for the processor to guess, so every place is written, and the next one over it if need be.
        starts[count] = place;
        count += usize::from(!before.replace(value).is_some_and(|before| is_same(before, value)));
    }
    starts.truncate(count);
    starts
}
