//! One row: a line, or the reason why it is none.

mod amounts;
mod between;
mod cells;
mod credit;
mod last;

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::Datelike;
use kontor_domain::Amount;
use kontor_domain::settings::Currency;

use super::Projection;
use super::duplicates::Runs;
use super::headers::{Header, Headers};
use super::lines::{BATCH, LinesBuilder, TEXT_ROLES};
use super::report::Report;
use crate::Error;
use crate::column::{ROLES, Role};
use crate::finding::{Finding, Kind};
use crate::line::{Lines, Sink};
use crate::read::value;
use crate::read::{Plan, PlannedFile, Source};
use amounts::Amounts;
pub use cells::{Cells, ParquetCells, TextCells};
use credit::DocumentKind;
pub use credit::{Prefix, prefix};
pub use last::{Last, is_same};

/// What all workers share.
pub struct Context<'a> {
    /// How the files are read.
    pub plan: &'a Plan,
    /// The header file of a join.
    pub headers: Option<&'a Headers>,
    /// Whether net amounts are per unit.
    pub is_per_unit: bool,
    /// Which fields lines carry.
    pub projection: Projection,
    /// Rows to drop as duplicates, by order.
    pub drops: &'a HashSet<u64>,
    /// Is told of every rejected row.
    pub reject: &'a (dyn Fn(&Finding) -> Result<(), Error> + Sync),
}

/// Days since 1970-01-01 of 1990-01-01: nothing that a company still analyses was invoiced before.
const EARLIEST: i32 = 7_305;

/// Checks rows, one worker's share.
pub struct Checker<'a> {
    pub(super) context: &'a Context<'a>,
    file: &'a PlannedFile,
    pub(super) columns: [Option<usize>; ROLES],
    pub(super) lines: LinesBuilder,
    currency: Option<Currency>,
    today: i32,
    latest: i32,
    line_no: u64,
    order: u64,
    last_currency: Last<Option<Currency>>,
    last_date: Last<i32>,
    last_kind: Last<DocumentKind>,
    /// What was noticed.
    pub report: Report,
    /// The invoices in the order of their rows.
    pub runs: Runs,
}

/// Why a row is no line.
struct Rejected {
    kind: Kind,
    role: Role,
    value: String,
    message: String,
}

impl Rejected {
    /// On the heap, as nearly every row passes and would carry the room for it along.
    fn new(kind: Kind, role: Role, value: String, message: String) -> Box<Rejected> {
        Box::new(Rejected { kind, role, value, message })
    }
}

impl<'a> Checker<'a> {
    /// Nothing checked yet.
    pub fn new(context: &'a Context<'a>) -> Checker<'a> {
        let latest =
            chrono::NaiveDate::from_ymd_opt(context.plan.today.year() + 1, 12, 31).map_or(i32::MAX, |day| day.num_days_from_ce() - 719_163);
        Checker {
            context,
            file: &context.plan.files[0],
            columns: [None; ROLES],
            lines: LinesBuilder::default(),
            currency: None,
            today: crate::sums::day_number(context.plan.today),
            latest,
            line_no: 0,
            order: 0,
            last_currency: Last::default(),
            last_date: Last::default(),
            last_kind: Last::default(),
            report: Report::default(),
            runs: Runs::new(context.plan),
        }
    }

    /// Rows of this file follow. Lines of another one are given to the sink first, as they may have other columns.
    pub fn begin(&mut self, file: &'a PlannedFile, sink: &mut impl Sink) -> Result<(), Error> {
        if !std::ptr::eq(self.file, file) {
            self.flush(sink)?;
        }
        self.file = file;
        self.columns = [None; ROLES];
        for (&role, &column) in &file.roles {
            self.columns[role as usize] = Some(column);
        }
        self.currency = file.currency_sign.or(self.context.plan.options.currency);
        self.last_currency = Last::default();
        self.last_date = Last::default();
        self.lines.set_line_numbers(self.column(Role::LineNumber).is_some());
        Ok(())
    }

    /// The columns of the file that are needed.
    pub fn columns(&self) -> Vec<usize> {
        let is_needed = |role: Role| self.context.projection == Projection::All || !is_for_booking(role) && !self.is_spare(role);
        Role::ALL.into_iter().filter(|&role| is_needed(role)).filter_map(|role| self.column(role)).collect()
    }

    /// Whether a quantity can neither be wrong, being a number by its type, nor change any amount.
    fn is_spare(&self, role: Role) -> bool {
        let has = |role| self.column(role).is_some();
        let is_numeric = |column| matches!(&self.file.source, Source::Parquet(file) if file.is_numeric(column));
        role == Role::Quantity
            && has(Role::NetAmount)
            && !has(Role::UnitPrice)
            && !has(Role::UnitCost)
            && !self.context.is_per_unit
            && self.column(role).is_some_and(is_numeric)
    }

    pub(super) const fn column(&self, role: Role) -> Option<usize> {
        self.columns[role as usize]
    }

    /// Checks one row.
    pub fn row(&mut self, cells: &impl Cells, order: u64, line_no: u64) -> Result<(), Error> {
        (self.order, self.line_no) = (order, line_no);
        if cells.is_blank() {
            self.report.counts.empty += 1;
            return Ok(());
        }
        if self.is_total(cells) {
            self.report.count(Kind::TotalRows);
            return Ok(());
        }
        if let Some(kind) = self.between(cells) {
            self.report.count(kind);
            return Ok(());
        }
        self.report.counts.rows += 1;
        if let Some(status) = self.excluded_for(cells) {
            self.report.counts.excluded += 1;
            match self.report.excluded.get_mut(status) {
                Some(count) => *count += 1,
                None => drop(self.report.excluded.insert(status.clone(), 1)),
            }
            return Ok(());
        }
        match self.check(cells) {
            Ok(()) => Ok(()),
            Err(rejected) if rejected.kind == Kind::BadDate && self.is_heading(cells) => {
                self.report.counts.rows -= 1;
                self.report.counts.empty += 1;
                let moved = self.file.roles.iter().find(|&(_, &column)| cells.text(column) != self.file.headers[column]);
                if let Some((&role, &column)) = moved {
                    let message = "here stands another header than above, so the columns of what follows are others";
                    self.stop_at(Kind::OtherHeaders, role, &cells.text(column), message);
                }
                Ok(())
            }
            Err(rejected) => self.reject(*rejected),
        }
    }

    /// The status that a row is left out for, as it was asked for.
    fn excluded_for(&self, cells: &impl Cells) -> Option<&'a String> {
        let excluded = &self.context.plan.options.exclude_status;
        if excluded.is_empty() {
            return None;
        }
        let status = self.text_of(cells, Role::Status, self.header(cells));
        excluded.iter().find(|excluded| excluded.eq_ignore_ascii_case(&status))
    }

    /// The header of this row's invoice, in a join.
    fn header(&self, cells: &impl Cells) -> Option<&'a Header> {
        let headers = self.context.headers?;
        headers.get(&cells.text(self.column(Role::InvoiceNumber)?))
    }

    /// A text from the row, else from its header.
    fn text_of<'c>(&self, cells: &'c impl Cells, role: Role, header: Option<&'a Header>) -> Cow<'c, str>
    where
        'a: 'c,
    {
        let own = self.column(role).map(|column| cells.text(column)).unwrap_or_default();
        match header {
            Some(header) if own.is_empty() => Cow::Borrowed(header.text(role)),
            _ => own,
        }
    }

    fn check(&mut self, cells: &impl Cells) -> Result<(), Box<Rejected>> {
        if cells.excess() > 0 {
            let message = format!("the row has {} fields more than there are headers", cells.excess());
            return Err(Rejected::new(Kind::BrokenRow, Role::InvoiceNumber, String::new(), message));
        }
        let header = self.header(cells);
        let invoice = self.column(Role::InvoiceNumber).map(|column| cells.text(column)).unwrap_or_default();
        if self.context.headers.is_some() && header.is_none() {
            let message = "no header row has this number".to_owned();
            return Err(Rejected::new(Kind::MissingHeader, Role::InvoiceNumber, invoice.into_owned(), message));
        }
        let date = self.date(cells, header)?;
        let amounts = self.amounts(cells)?;
        let line_number = self.line_number(cells)?;
        if self.context.drops.contains(&self.order) {
            self.report.counts.duplicates += 1;
            return Ok(());
        }
        let account = self.account(cells, header);
        let account = account_number(&account);
        let currency = self.currency(cells, header)?;
        let is_credit = self.is_credit(cells, header, &invoice, amounts.net);
        if !account.is_ascii() && account.contains(char::REPLACEMENT_CHARACTER) {
            let message = "the field has letters that its encoding does not allow".to_owned();
            return Err(Rejected::new(Kind::BrokenRow, Role::AccountNumber, account.to_owned(), message));
        }
        self.count(account, &amounts, date);
        let lines = &mut self.lines;
        lines.push_invoice(&invoice, self.context.projection);
        lines.order.push(self.order);
        lines.line_number.append_option(line_number);
        lines.date.push(date);
        lines.account.push(account);
        lines.net.push(amounts.net.raw());
        lines.cost.append_option(amounts.cost.map(Amount::raw));
        lines.quantity.append_option(amounts.quantity.map(Amount::raw));
        lines.is_credit.push(is_credit);
        lines.currency.push(currency.as_ref().map_or("", Currency::code));
        self.texts(cells, header);
        Ok(())
    }

    fn count(&mut self, account: &str, amounts: &Amounts, date: i32) {
        let counts = &mut self.report.counts;
        if account.is_empty() {
            counts.without_account += 1;
        } else {
            counts.booked += 1;
        }
        if let Some(cost) = amounts.cost.filter(|cost| !cost.is_zero() && !amounts.net.is_zero()) {
            let opposed = &mut self.report.opposed_costs;
            *opposed = (opposed.0 + u64::from(cost.is_negative() != amounts.net.is_negative()), opposed.1 + 1);
        }
        counts.zero += u64::from(amounts.net.is_zero());
        counts.negative += u64::from(amounts.net.is_negative());
        let days = &mut self.report.days;
        *days = Some(days.map_or((date, date), |(first, last)| (first.min(date), last.max(date))));
    }

    fn account<'c>(&self, cells: &'c impl Cells, header: Option<&'a Header>) -> Cow<'c, str>
    where
        'a: 'c,
    {
        let number = self.text_of(cells, Role::AccountNumber, header);
        let has_numbers = self.column(Role::AccountNumber).is_some() || self.context.headers.is_some_and(Headers::has_account_numbers);
        if has_numbers { number } else { self.text_of(cells, Role::AccountName, header) }
    }

    fn texts(&mut self, cells: &impl Cells, header: Option<&'a Header>) {
        let name = self.text_of(cells, Role::AccountName, header);
        self.lines.name.push(&name);
        if self.context.projection == Projection::All {
            for (place, role) in TEXT_ROLES.into_iter().enumerate() {
                let text = self.text_of(cells, role, header);
                self.lines.texts[place].push(&text);
            }
        }
    }

    /// The currency of a row: what its column says, else what stands beside its amount; `None` where neither row, file nor user says.
    fn currency(&mut self, cells: &impl Cells, header: Option<&'a Header>) -> Result<Option<Currency>, Box<Rejected>> {
        let named = self.text_of(cells, Role::Currency, header);
        let is_named = !named.is_empty();
        let text = if is_named { named } else { Cow::Borrowed(self.unit_of_amount(cells)) };
        if let Some(currency) = self.last_currency.of(&text) {
            return Ok(currency);
        }
        let message = if Currency::is_ambiguous(&text, self.currency) {
            "several currencies have this sign; a column or --currency says which one is meant"
        } else if is_named && Currency::from_sign(&text).is_none() {
            "this is no currency; three letters as in ISO 4217 are one"
        } else {
            return Ok(self.currency_of(&text));
        };
        Err(Rejected::new(Kind::BadCurrency, Role::Currency, text.into_owned(), message.to_owned()))
    }

    fn unit_of_amount<'c>(&self, cells: &'c impl Cells) -> &'c str {
        self.column(Role::NetAmount).or(self.column(Role::UnitPrice)).map_or("", |column| cells.unit(column))
    }

    /// The same for a text that is known to be a currency or empty. As in the row before means the same currency, which saves looking it up.
    pub(super) fn currency_like_before(&mut self, text: &str) -> Option<Currency> {
        self.last_currency.of(text).unwrap_or_else(|| self.currency_of(text))
    }

    /// The currency that a text names, else the one of the file; it counts as seen.
    pub(super) fn currency_of(&mut self, text: &str) -> Option<Currency> {
        let currency = Currency::meant_by(text, self.currency).or(self.currency);
        match currency {
            Some(currency) if !self.report.currencies.contains(&currency) => self.report.currencies.push(currency),
            Some(_) => {}
            None => self.report.is_currency_open = true,
        }
        self.last_currency.keep(text, currency)
    }

    fn date(&mut self, cells: &impl Cells, header: Option<&Header>) -> Result<i32, Box<Rejected>> {
        let rejected = |value: String, message: &str| Rejected::new(Kind::BadDate, Role::Date, value, message.to_owned());
        let date = match self.column(Role::Date) {
            Some(column) => cells.date(column, &mut self.last_date).map_err(|text| {
                if value::date_evidence(&text).iter().any(|&order| order != self.file.order) {
                    let message = format!("the day and month of this date contradict the others, which are {}", self.file.order.example());
                    self.stop_at(Kind::ContradictoryDates, Role::Date, &text, &message);
                }
                rejected(text, "the date cannot be read")
            })?,
            None => None,
        };
        let Some(date) = date.or(header.and_then(|header| header.date)) else { return Err(rejected(String::new(), "the date is missing")) };
        if self.is_usual(date) {
            return Ok(date);
        }
        let text = self.column(Role::Date).map(|column| cells.text(column)).unwrap_or_default();
        if !self.is_plausible(date) {
            self.stop_at(Kind::ImplausibleDates, Role::Date, &text, "the date lies before 1990 or after the end of next year");
        } else {
            let finding = self.finding(Kind::FutureDates, Role::Date, &text, "the date lies in the future".to_owned());
            self.report.note(self.order, finding);
        }
        Ok(date)
    }

    const fn is_plausible(&self, date: i32) -> bool {
        date >= EARLIEST && date <= self.latest
    }

    /// Whether nothing is to be said about a date.
    pub(super) const fn is_usual(&self, date: i32) -> bool {
        date >= EARLIEST && date <= self.today
    }

    /// Notices something that stops the import.
    fn stop_at(&mut self, kind: Kind, role: Role, value: &str, message: &str) {
        let finding = self.finding(kind, role, value, format!("{message}. --accept {kind} goes on anyway"));
        self.report.note(self.order, finding);
    }

    fn finding(&self, kind: Kind, role: Role, value: &str, message: String) -> Finding {
        Finding {
            kind,
            file: self.file.name.clone(),
            line: Some(self.line_no),
            column: self.column(role).map(|column| self.file.headers[column].clone()),
            role: Some(role),
            value: Some(value.chars().take(200).collect()).filter(|value: &String| !value.is_empty()),
            message,
        }
    }

    fn reject(&mut self, rejected: Rejected) -> Result<(), Error> {
        self.report.counts.rejected += 1;
        let finding = self.finding(rejected.kind, rejected.role, &rejected.value, rejected.message);
        (self.context.reject)(&finding)?;
        self.report.note(self.order, finding);
        Ok(())
    }

    /// Gives the lines to the sink once there are enough.
    pub fn flush_if_full(&mut self, sink: &mut impl Sink) -> Result<(), Error> {
        if self.lines.len() >= BATCH { self.flush(sink) } else { Ok(()) }
    }

    /// Gives all lines to the sink.
    pub fn flush(&mut self, sink: &mut impl Sink) -> Result<(), Error> {
        if self.lines.len() == 0 {
            return Ok(());
        }
        let lines = self.lines.finish(self.context.projection);
        self.give(lines, sink)
    }

    /// Gives lines to the sink.
    pub(super) fn give(&mut self, lines: Lines, sink: &mut impl Sink) -> Result<(), Error> {
        self.runs.add(&lines);
        sink.take(lines)
    }
}

/// Roles that no sum per account needs.
fn is_for_booking(role: Role) -> bool {
    TEXT_ROLES.contains(&role) && role != Role::Status
}

/// A customer's number as the ledger has it: `12662.0`, as programs write whole numbers that went through a float, is `12662`; `-1`, as data warehouses write an unknown
/// customer, is none.
pub fn account_number(text: &str) -> &str {
    if text == "-1" {
        return "";
    }
    text.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()) && !whole.is_empty()).unwrap_or(text)
}
