//! The same line of the same invoice twice.
//!
//! The rows of an invoice stand together in exports. So one entry per run of rows is kept (a hash of the number, the smallest and largest line), not one per
//! row. A cancellation may repeat number and lines of what it cancels with amounts below zero, so lines below zero are compared with their like only. Only when two runs of one invoice overlap, or a run repeats a line itself, are the files read again to find the rows exactly.

use std::collections::{HashMap, HashSet};

use arrow_array::Array;

use super::report::Report;
use super::row::{Cells, ParquetCells, TextCells};
use super::{order, read_order};
use crate::Error;
use crate::column::Role;
use crate::finding::{Finding, Kind};
use crate::line::Lines;
use crate::read::text::{BLOCK, Blocks, each_row};
use crate::read::value::Number;
use crate::read::{Plan, PlannedFile, Source};
use crate::spread::Spread;

/// The runs of one worker: the smallest and largest line of each, or its file where no line has a number and there are several files.
#[derive(Default)]
pub struct Runs {
    runs: Spread<(i32, i32)>,
    is_by_file: bool,
    repeats: bool,
}

impl Runs {
    /// No run yet.
    pub fn new(plan: &Plan) -> Runs {
        Runs { is_by_file: are_by_file(plan), ..Runs::default() }
    }

    /// Takes the next lines in, all of one file; without line numbers there is nothing to repeat inside it.
    pub fn add(&mut self, lines: &Lines) {
        if self.is_by_file {
            let file = lines.order.first().map_or(0, |&order| super::place(order).0 as i32);
            for (invoice, _) in lines.invoices() {
                invoice.into_iter().for_each(|invoice| self.runs.push(invoice, (file, file)));
            }
            return;
        }
        let Some(numbers) = &lines.line_number else { return };
        let (values, nets) = (numbers.values(), lines.net.values());
        for (invoice, rows) in lines.invoices() {
            let Some(invoice) = invoice else { continue };
            // What stands for a cancelled invoice is another number than what stands for the invoice.
            let invoice = if nets[rows.clone()].iter().all(|&net| net < 0) { !invoice } else { invoice };
            if numbers.null_count() == 0 {
                self.add_run(invoice, rows.map(|row| values[row]));
            } else {
                self.add_run(invoice, rows.map(|row| if numbers.is_valid(row) { values[row] } else { i64::MIN }));
            }
        }
    }

    fn add_run(&mut self, invoice: u64, mut lines: impl Iterator<Item = i64>) {
        let Some(start) = lines.next() else { return };
        let (mut first, mut last) = (start, start);
        for line in lines {
            // Lines mostly rise; one that does not may be a repetition, which only the exact look can tell.
            self.repeats |= line <= last;
            (first, last) = (first.min(line), last.max(line));
        }
        self.runs.push(invoice, (narrow(first), narrow(last)));
    }

    /// How many invoices stand in more than one file.
    pub fn count_in_several_files(all: Vec<Runs>) -> u64 {
        let several = |found: &mut u64, runs: &[(u64, (i32, i32))]| {
            let invoices = runs.chunk_by(|one, other| one.0 == other.0);
            *found += invoices.filter(|runs| runs.iter().any(|run| run.1 != runs[0].1)).count() as u64;
        };
        let runs = all.into_iter().map(|runs| runs.runs).collect();
        Spread::each(runs, |_, run| run, || 0, |_, _| {}, several).iter().sum()
    }

    /// True when the runs of all workers need a closer look.
    pub fn are_suspicious(all: Vec<Runs>) -> bool {
        let overlap = |found: &mut bool, runs: &[(u64, (i32, i32))]| {
            *found |= runs.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[1].1.0 <= pair[0].1.1);
        };
        let repeats = all.iter().any(|runs| runs.repeats);
        let runs = all.into_iter().map(|runs| runs.runs).collect();
        repeats || Spread::each(runs, |_, run| run, || false, |_, _| {}, overlap).contains(&true)
    }
}

/// Whether there are several files of lines, none of which have numbers.
pub fn are_by_file(plan: &Plan) -> bool {
    plan.join.is_none() && plan.files.len() > 1 && plan.files.iter().all(|file| !file.roles.contains_key(&Role::LineNumber))
}

/// A line's number in half the room. All that are too large become the same one, so that they are looked at closely.
fn narrow(line: i64) -> i32 {
    line.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

/// The orders of all rows that repeat a line, whatever the first one's values are.
pub fn find_exactly(plan: &Plan) -> Result<HashSet<u64>, Error> {
    let mut found = HashSet::new();
    each_repetition(plan, |_, order, _, _| {
        found.insert(order);
    })?;
    Ok(found)
}

/// Notices every row that repeats a line.
pub fn note(plan: &Plan, report: &mut Report) -> Result<(), Error> {
    each_repetition(plan, |file, order, line, key| {
        report.counts.duplicates += 1;
        let finding = Finding {
            kind: Kind::DuplicateLines,
            file: file.name.clone(),
            line: Some(line),
            column: file.roles.get(&Role::LineNumber).map(|&column| file.headers[column].clone()),
            role: Some(Role::LineNumber),
            value: Some(key.to_owned()),
            message: "this line of this invoice was there before. --accept duplicate_lines books the first one and drops the others"
                .to_owned(),
        };
        report.note(order, finding);
    })
}

/// Calls `each` for every row that repeats a line, with a name of the line.
fn each_repetition(plan: &Plan, mut each: impl FnMut(&PlannedFile, u64, u64, &str)) -> Result<(), Error> {
    let mut seen: HashMap<String, HashSet<(i64, bool)>> = HashMap::new();
    for index in read_order(plan) {
        let file = &plan.files[index];
        let (Some(&invoice), Some(&number)) = (file.roles.get(&Role::InvoiceNumber), file.roles.get(&Role::LineNumber)) else { continue };
        let amount = [Role::NetAmount, Role::Quantity].into_iter().find_map(|role| file.roles.get(&role).copied());
        let mut look = |cells: &dyn KeyCells, line: u64| {
            let invoice = cells.text_of(invoice);
            let Some(number) = cells.amount(number).filter(|_| !invoice.is_empty()) else { return };
            let is_taken_away = amount.and_then(|column| cells.amount(column)).is_some_and(|amount| amount < 0);
            if !seen.entry(invoice.clone()).or_default().insert((number, is_taken_away)) {
                let shown = kontor_domain::Amount::from_raw(number).to_decimal().normalize();
                each(file, order(index, line), line, &format!("{invoice} / {shown}"));
            }
        };
        match &file.source {
            Source::Text(dialect) => {
                let mut blocks = Blocks::open(&file.path, *dialect, BLOCK)?;
                while let Some(block) = blocks.next_block()? {
                    each_row(&block.text(), block.first_line, *dialect, |line, row| {
                        if line > file.header_line {
                            look(&TextCells { row, file }, line);
                        }
                        Ok(())
                    })?;
                }
            }
            Source::Parquet(parquet) => {
                let mut line = 0;
                for group in 0..parquet.groups() {
                    let columns: Vec<usize> = [Some(invoice), Some(number), amount].into_iter().flatten().collect();
                    for batch in parquet.read(&file.path, group, &columns, None)? {
                        let batch = batch?;
                        for row in 0..batch.rows() {
                            line += 1;
                            look(&ParquetCells { batch: &batch, row, file }, line);
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// What names a line.
trait KeyCells {
    fn text_of(&self, column: usize) -> String;
    /// In ten-thousandths.
    fn amount(&self, column: usize) -> Option<i64>;
}

impl<C: Cells> KeyCells for C {
    fn text_of(&self, column: usize) -> String {
        self.text(column).into_owned()
    }

    fn amount(&self, column: usize) -> Option<i64> {
        self.number(column).ok().flatten().and_then(Number::to_amount).map(kontor_domain::Amount::raw)
    }
}
