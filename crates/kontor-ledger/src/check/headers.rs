//! A header file joined to a position file: each position takes date and customer from the header of its number.

use std::cell::Cell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Mutex;

use kontor_domain::Amount;

use super::about_file;
use super::report::Report;
use super::row::{Cells, Last, ParquetCells, TextCells};
use crate::Error;
use crate::column::{INVOICE_TEXTS, Role};
use crate::finding::{Finding, Kind};
use crate::read::text::{BLOCK, Blocks, each_row};
use crate::read::value::{DateOrder, Number, date_evidence};
use crate::read::{Join, Plan, PlannedFile, Source};

/// One header row.
#[derive(PartialEq)]
pub struct Header {
    /// Its date.
    pub date: Option<i32>,
    net: Option<Amount>,
    texts: [Box<str>; INVOICE_TEXTS.len()],
}

impl Header {
    /// A text of the header; empty where it has none.
    pub fn text(&self, role: Role) -> &str {
        INVOICE_TEXTS.iter().position(|known| *known == role).map_or("", |place| &self.texts[place])
    }
}

/// All header rows by number.
pub struct Headers {
    rows: HashMap<String, Header>,
    has_account_numbers: bool,
    /// How many rows say something else than an earlier one of their number, and the first of these numbers.
    repeated: (u64, String),
    /// How many days can be read in another order only, and the first of them.
    contradictory: (u64, String),
    file: String,
    unused: Mutex<Cell<u64>>,
}

impl Headers {
    /// Reads the header file.
    pub fn read(plan: &Plan, join: &Join) -> Result<Headers, Error> {
        let file = &plan.files[join.headers];
        let mut rows: HashMap<String, Header> = HashMap::new();
        let key = file.roles[&Role::InvoiceNumber];
        let (mut repeated, mut contradictory) = ((0, String::new()), (0, String::new()));
        let note = |(count, first): &mut (u64, String), text: &str| {
            *count += 1;
            if first.is_empty() {
                text.clone_into(first);
            }
        };
        each(file, &file.roles.values().copied().collect::<Vec<_>>(), |cells| {
            let number = key_of(&cells.text(key)).to_owned();
            if !number.is_empty() {
                let column = |role: Role| file.roles.get(&role).copied();
                let date = column(Role::Date).map_or(Ok(None), |column| cells.date(column, &mut Last::default()));
                if let Err(text) = &date
                    && !date_evidence(text).is_empty()
                {
                    note(&mut contradictory, text);
                }
                let header = Header {
                    date: date.ok().flatten(),
                    net: column(Role::NetAmount).and_then(|column| cells.number(column).ok().flatten()).and_then(Number::to_amount),
                    texts: INVOICE_TEXTS.map(|role| column(role).map(|column| cells.text(column).into()).unwrap_or_default()),
                };
                match rows.entry(number) {
                    Entry::Occupied(known) if *known.get() == header => {}
                    Entry::Occupied(known) => note(&mut repeated, known.key()),
                    Entry::Vacant(place) => drop(place.insert(header)),
                }
            }
        })?;
        let has_account_numbers = file.roles.contains_key(&Role::AccountNumber);
        Ok(Headers { rows, has_account_numbers, repeated, contradictory, file: file.name.clone(), unused: Mutex::new(Cell::new(0)) })
    }

    /// The header of a number.
    pub fn get(&self, number: &str) -> Option<&Header> {
        self.rows.get(key_of(number))
    }

    /// Whether headers name customers by number.
    pub const fn has_account_numbers(&self) -> bool {
        self.has_account_numbers
    }

    /// Notices rows that contradict others.
    pub fn note_contradictions(&self, report: &mut Report) {
        let (count, number) = &self.repeated;
        let message = format!(
            "{count} header rows say something else than an earlier one of their number, the first of {number}. --accept duplicate_headers takes the earlier ones"
        );
        report.note_of_file(Kind::DuplicateHeaders, *count, &self.file, message);
        let (count, day) = &self.contradictory;
        let message = format!(
            "{count} days of headers, the first is {day}, have day and month the other way round. --accept contradictory_dates goes on anyway, without them"
        );
        report.note_of_file(Kind::ContradictoryDates, *count, &self.file, message);
    }

    /// Compares the sums of the positions with the headers' net amounts; true when the positions' amounts are per unit.
    ///
    /// Where both files have net amounts, the positions of nearly every header must add up to it, either as they stand or multiplied by their quantities. If neither
    /// holds for nine headers in ten, the import is stopped and the report says which differ.
    pub fn reconcile(&self, plan: &Plan, join: &Join, report: &mut Report) -> Result<bool, Error> {
        let file = &plan.files[join.positions];
        let column = |role: Role| file.roles.get(&role).copied();
        let Some(key) = column(Role::InvoiceNumber) else { return Ok(false) };
        let [net, quantity, price, discount] = [Role::NetAmount, Role::Quantity, Role::UnitPrice, Role::DiscountPercent].map(column);
        let mut sums: HashMap<String, (Amount, Amount)> = HashMap::new();
        let columns: Vec<usize> = [Some(key), net, quantity, price, discount].into_iter().flatten().collect();
        each(file, &columns, |cells| {
            let number = |column: Option<usize>| column.and_then(|column| cells.number(column).ok().flatten());
            let (printed, count) = (number(net), number(quantity));
            let discount = number(discount).unwrap_or(Number { mantissa: 0, scale: 0 });
            let product = || Number::discounted(count?, number(price)?, discount, file.is_discount_fraction);
            let sum = sums.entry(key_of(&cells.text(key)).to_owned()).or_default();
            sum.0 += printed.and_then(Number::to_amount).or_else(product).unwrap_or_default();
            sum.1 += printed.zip(count).and_then(|(printed, count)| printed.times(count)).unwrap_or_default();
        })?;
        self.unused
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .set(self.rows.keys().filter(|number| !sums.contains_key(*number)).count() as u64);
        if self.rows.values().all(|header| header.net.is_none()) {
            return Ok(false);
        }
        let is_near = |sum: Amount, net: Amount| (sum - net).abs() <= Amount::from_cents(2);
        let compared: Vec<(&String, Amount, (Amount, Amount))> =
            sums.iter().filter_map(|(number, &sum)| Some((number, self.rows.get(number)?.net?, sum))).collect();
        let as_they_stand = compared.iter().filter(|(_, net, sum)| is_near(sum.0, *net)).count();
        let per_unit = compared.iter().filter(|(_, net, sum)| is_near(sum.1, *net)).count();
        let nearly_all = |count: usize| count * 10 >= compared.len() * 9;
        if nearly_all(as_they_stand) {
            return Ok(false);
        }
        if nearly_all(per_unit) {
            let message = format!(
                "{per_unit} of {} headers add up only when net amounts are multiplied by quantities: they are per unit",
                compared.len()
            );
            report.note(0, counted(per_unit, compared.len(), about_file(Kind::AmountsPerUnit, &file.name, message)));
            return Ok(true);
        }
        let mut wrong: Vec<_> = compared.iter().filter(|(_, net, sum)| !is_near(sum.0, *net)).collect();
        wrong.sort();
        let few: Vec<String> =
            wrong.iter().take(3).map(|(number, net, sum)| format!("{number}: header {net}, positions {}", sum.0)).collect();
        let message = format!(
            "the positions of {} of {} headers do not add up to the header's net amount ({}). --accept totals_disagree books the positions as they stand",
            wrong.len(),
            compared.len(),
            few.join("; ")
        );
        report.note(0, counted(wrong.len(), compared.len(), about_file(Kind::TotalsDisagree, &file.name, message)));
        Ok(false)
    }

    /// Notices headers without positions.
    pub fn note_unused(&self, report: &mut Report) {
        let unused = self.unused.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get();
        if unused > 0 {
            report.note(u64::MAX, about_file(Kind::HeadersWithoutLines, &self.file, format!("{unused} header rows have no positions")));
            report.tally.insert(Kind::HeadersWithoutLines, unused);
        }
    }
}

/// A number as both files have it: some programs fill numbers up with zeros in front, others do not.
fn key_of(number: &str) -> &str {
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { number.trim_start_matches('0') } else { number }
}

/// Where the sample does not decide, the whole file is asked: between day and month, and whether discounts are percentages or fractions.
pub fn settle(plan: &Plan) -> Result<Plan, Error> {
    let mut plan = plan.clone();
    for file in plan.files.iter_mut().filter(|file| file.is_discount_fraction) {
        let Some(&discount) = file.roles.get(&Role::DiscountPercent) else { continue };
        let mut is_percent = false;
        each(file, &[discount], |cells| is_percent |= cells.number(discount).ok().flatten().is_some_and(|number| number.exceeds(1)))?;
        file.is_discount_fraction = !is_percent;
    }
    for file in plan.files.iter_mut().filter(|file| file.is_order_open) {
        let Some(&date) = file.roles.get(&Role::Date) else { continue };
        let (mut day_first, mut month_first) = (0_u64, 0_u64);
        each(file, &[date], |cells| match date_evidence(&cells.text(date)).as_slice() {
            [DateOrder::DayMonthYear] => day_first += 1,
            [DateOrder::MonthDayYear] => month_first += 1,
            _ => {}
        })?;
        if day_first != month_first {
            file.order = if day_first > month_first { DateOrder::DayMonthYear } else { DateOrder::MonthDayYear };
            file.is_order_open = false;
        }
    }
    Ok(plan)
}

/// Calls `look` for every row of a file that is not empty.
fn each(file: &PlannedFile, columns: &[usize], mut look: impl FnMut(&dyn Cells)) -> Result<(), Error> {
    match &file.source {
        Source::Text(dialect) => {
            let mut blocks = Blocks::open(&file.path, *dialect, BLOCK)?;
            while let Some(block) = blocks.next_block()? {
                each_row(&block.text(), block.first_line, *dialect, |line, row| {
                    if line > file.header_line && !row.is_blank() {
                        look(&TextCells { row, file });
                    }
                    Ok(())
                })?;
            }
        }
        Source::Parquet(parquet) => {
            for group in 0..parquet.groups() {
                for batch in parquet.read(&file.path, group, columns, None)? {
                    let batch = batch?;
                    for row in 0..batch.rows() {
                        look(&ParquetCells { batch: &batch, row, file });
                    }
                }
            }
        }
    }
    Ok(())
}
/// The finding with how many of how many headers it is about as its value, so that it can be told in any language.
fn counted(some: usize, all: usize, finding: Finding) -> Finding {
    Finding { value: Some(format!("{some}/{all}")), ..finding }
}
