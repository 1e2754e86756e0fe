//! One answer for some files, without a ledger: sums per account.

use std::ops::RangeInclusive;
use std::sync::Arc;

use arrow_array::{Array, StringArray};
use chrono::{Days, NaiveDate};
use kontor_domain::period::PeriodChoice;
use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Period};

use crate::Error;
use crate::check::{self, Progress, Projection, Report};
use crate::finding::Kind;
use crate::intern::Interner;
use crate::line::{Lines, Sink};
use crate::read::Plan;
use crate::spread::Spread;

/// How many threads read.
const READERS: usize = 2;

/// The sums of one account over the period.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountTotal {
    /// Its number in the files.
    pub number: String,
    /// Its name, as it stands last.
    pub name: String,
    /// Net invoiced amount.
    pub revenue: Amount,
    /// Revenue of the lines whose cost is known.
    pub known_revenue: Amount,
    /// Cost of goods of those lines.
    pub cost: Amount,
    /// Number of lines.
    pub lines: u64,
    /// Number of distinct invoices, credit notes included.
    pub invoices: u64,
    /// First day with a line.
    pub first: NaiveDate,
    /// Last day with a line.
    pub last: NaiveDate,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What was read and noticed. When it has stops, there are no figures.
    pub report: Report,
    /// The days that were asked for, from the first to the last day with a line where everything was.
    pub period: Option<Period>,
    /// The currency of all lines; `None` when no line says.
    pub currency: Option<Currency>,
    /// The accounts with a line in the period, in no special order.
    pub accounts: Vec<AccountTotal>,
    /// Number of distinct invoices over all accounts.
    pub invoices: u64,
    /// The net amount of the lines without a customer in the period, which is in no figure.
    pub without_account: Amount,
}

/// Reads, checks and sums. Lines without a customer are in the report and in no figure.
///
/// A period other than everything is resolved against the newest day of the files that is not in the future, which takes a first pass.
pub fn analyze(plan: &Plan, choice: PeriodChoice, fiscal_start: u32, progress: &Progress) -> Result<Analysis, Error> {
    let everything = i32::MIN..=i32::MAX;
    let (mut report, sinks) = pass(plan, everything, progress)?;
    let span = report.first.zip(report.last).and_then(|(first, last)| Period::new(first, last));
    let period = span.map(|span| choice.resolve(span.as_of(plan.today), span, fiscal_start));
    let sinks = match period {
        Some(period) if Some(period) != span && report.stops.is_empty() => {
            let days = days(period.from())..=days(period.to());
            pass(plan, days, progress)?.1
        }
        _ => sinks,
    };
    let mut codes: Vec<&str> = report.currencies.iter().map(Currency::code).collect();
    codes.extend((report.is_currency_open && !codes.is_empty()).then_some("one that no column names (--currency says which)"));
    if codes.len() > 1 {
        let message = format!(
            "the lines are in {}; sums over several currencies mean nothing. --accept several_currencies adds them up anyway",
            codes.join(" and ")
        );
        report.stop(Kind::SeveralCurrencies, plan, message);
    }
    let currency = match report.currencies.as_slice() {
        [currency] if !report.is_currency_open => Some(*currency),
        _ => None,
    };
    let without_account = sinks.iter().try_fold(0_i64, |sum, sink| sum.checked_add(sink.without_account)).ok_or(Error::Overflow)?;
    let (accounts, invoices) = if report.stops.is_empty() { merge(sinks)? } else { (Vec::new(), 0) };
    Ok(Analysis { report, period, currency, accounts, invoices, without_account: Amount::from_raw(without_account) })
}

fn pass(plan: &Plan, days: RangeInclusive<i32>, progress: &Progress) -> Result<(Report, Vec<Totals>), Error> {
    let sinks = (0..READERS).map(|_| Totals::new(days.clone())).collect();
    check::run(plan, Projection::Figures, sinks, None, progress)
}

fn days(day: NaiveDate) -> i32 {
    (day - NaiveDate::default()).num_days() as i32
}

fn day(days: i32) -> NaiveDate {
    let epoch = NaiveDate::default();
    let count = Days::new(days.unsigned_abs().into());
    if days < 0 { epoch - count } else { epoch + count }
}

#[derive(Clone, Copy)]
struct Total {
    revenue: i64,
    known_revenue: i64,
    cost: i64,
    lines: u64,
    first: i32,
    last: i32,
    name: i32,
    named: u64,
}

const NOTHING: Total = Total { revenue: 0, known_revenue: 0, cost: 0, lines: 0, first: i32::MAX, last: i32::MIN, name: -1, named: 0 };

impl Total {
    /// The sums of rows of one account that stand together; `None` where they are too large.
    fn of(lines: &Lines, rows: impl DoubleEndedIterator<Item = usize> + Clone) -> Option<Total> {
        let (dates, nets) = (lines.date.values(), lines.net.values());
        let mut total = NOTHING;
        let costs = lines.cost.as_ref().map(|costs| (costs.values(), costs.nulls()));
        for row in rows.clone() {
            total.revenue = total.revenue.checked_add(nets[row])?;
            if let Some((costs, nulls)) = costs
                && nulls.is_none_or(|nulls| nulls.is_valid(row))
            {
                total.known_revenue = total.known_revenue.checked_add(nets[row])?;
                total.cost = total.cost.checked_add(costs[row])?;
            }
            total.lines += 1;
            total.first = total.first.min(dates[row]);
            total.last = total.last.max(dates[row]);
        }
        let names = lines.account_name.as_ref().map(|names| names.keys().values());
        if let Some((name, row)) = names.and_then(|names| rows.rev().map(|row| (names[row], row)).find(|&(name, _)| name >= 0)) {
            (total.name, total.named) = (name, lines.order[row]);
        }
        Some(total)
    }

    /// Adds other sums of the same account; the name that stands later in the files stays.
    fn add(&mut self, other: &Total) -> Result<(), Error> {
        let sums = self.revenue.checked_add(other.revenue).zip(self.cost.checked_add(other.cost));
        let Some(((revenue, cost), known_revenue)) = sums.zip(self.known_revenue.checked_add(other.known_revenue)) else {
            return Err(Error::Overflow);
        };
        (self.revenue, self.cost, self.known_revenue) = (revenue, cost, known_revenue);
        self.lines += other.lines;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        if other.name >= 0 && self.named <= other.named {
            (self.name, self.named) = (other.name, other.named);
        }
        Ok(())
    }
}

/// How many sums wait at most; they fit into the processor's first cache.
const WAITING: usize = 256;

/// The sums of one worker. The codes of its accounts are those of its dictionary, which only grows.
struct Totals {
    days: RangeInclusive<i32>,
    totals: Vec<Total>,
    /// Sums before they are added to those of their accounts, which lie far apart: the processor can fetch many of these at a time when it need not understand the
    /// lines in between.
    waiting: Vec<(u32, Total)>,
    numbers: Option<Arc<dyn Array>>,
    names: Option<Arc<dyn Array>>,
    runs: Spread<u32>,
    /// The net amounts of lines without a customer.
    without_account: i64,
}

impl Totals {
    fn new(days: RangeInclusive<i32>) -> Totals {
        Totals { days, totals: Vec::new(), waiting: Vec::new(), numbers: None, names: None, runs: Spread::default(), without_account: 0 }
    }

    fn add_waiting(&mut self) -> Result<(), Error> {
        for (account, total) in self.waiting.drain(..) {
            self.totals[account as usize].add(&total)?;
        }
        Ok(())
    }
}

impl Sink for Totals {
    fn take(&mut self, lines: Lines) -> Result<(), Error> {
        self.totals.resize(lines.account.values().len(), NOTHING);
        let (accounts, dates) = (lines.account.keys().values(), lines.date.values());
        let are_all_in = dates.iter().all(|date| self.days.contains(date));
        for (invoice, mut rows) in lines.invoices() {
            // An invoice is one account's; where a file has it otherwise, it is cut.
            while let Some(&account) = accounts[rows.clone()].first() {
                let same = accounts[rows.clone()].iter().take_while(|&&other| other == account).count();
                let these = rows.start..rows.start + same;
                rows.start = these.end;
                let Ok(account) = u32::try_from(account) else {
                    let mut nets = these.filter(|&row| self.days.contains(&dates[row])).map(|row| lines.net.value(row));
                    let sum = nets.try_fold(self.without_account, i64::checked_add);
                    self.without_account = sum.ok_or(Error::Overflow)?;
                    continue;
                };
                let total = if are_all_in {
                    Total::of(&lines, these)
                } else {
                    Total::of(&lines, these.filter(|&row| self.days.contains(&dates[row])))
                };
                let Some(total) = total else { return Err(Error::Overflow) };
                if total.lines == 0 {
                    continue;
                }
                self.waiting.push((account, total));
                if let Some(invoice) = invoice {
                    self.runs.push(invoice, account);
                }
            }
            if self.waiting.len() >= WAITING {
                self.add_waiting()?;
            }
        }
        self.add_waiting()?;
        self.numbers = Some(lines.account.values().clone());
        self.names = lines.account_name.map(|names| names.values().clone());
        Ok(())
    }
}

fn texts(array: &Option<Arc<dyn Array>>) -> Option<&StringArray> {
    array.as_ref().and_then(|array| array.as_any().downcast_ref())
}

/// Puts the workers' sums together and counts distinct invoices.
fn merge(mut sinks: Vec<Totals>) -> Result<(Vec<AccountTotal>, u64), Error> {
    let runs: Vec<Spread<u32>> = sinks.iter_mut().map(|sink| std::mem::take(&mut sink.runs)).collect();
    let (mut numbers, mut totals, mut names) = (Interner::default(), Vec::new(), Vec::new());
    let mut translations = Vec::new();
    for sink in &sinks {
        let mut places = vec![u32::MAX; sink.totals.len()];
        let (own_numbers, own_names) = (texts(&sink.numbers), texts(&sink.names));
        for (code, total) in sink.totals.iter().enumerate().filter(|(_, total)| total.lines > 0) {
            let Some(own_numbers) = own_numbers else { continue };
            places[code] = numbers.code(own_numbers.value(code))?;
            let place = places[code] as usize;
            if place == totals.len() {
                totals.push(NOTHING);
                names.push(None);
            }
            // What the code of a name stands for, only this worker's dictionary knows.
            let name = usize::try_from(total.name).ok().zip(own_names).map(|(code, names)| names.value(code));
            names[place] = name.filter(|_| totals[place].named <= total.named).or(names[place]);
            totals[place].add(total)?;
        }
        translations.push(places);
    }
    let place = |sink: usize, code: u32| translations[sink][code as usize];
    let none = || Invoices { of_accounts: vec![0; totals.len()], distinct: 0 };
    let counts = Spread::each(runs, place, none, Invoices::add, Invoices::count);
    let accounts = totals.iter().zip(names).enumerate().map(|(place, (total, name))| {
        let number = numbers.text(place as u32);
        AccountTotal {
            number: number.to_owned(),
            name: name.unwrap_or(number).to_owned(),
            revenue: Amount::from_raw(total.revenue),
            known_revenue: Amount::from_raw(total.known_revenue),
            cost: Amount::from_raw(total.cost),
            lines: total.lines,
            invoices: counts.iter().map(|counted| u64::from(counted.of_accounts[place])).sum(),
            first: day(total.first),
            last: day(total.last),
        }
    });
    Ok((accounts.collect(), counts.iter().map(|counted| counted.distinct).sum()))
}

/// The distinct invoices per account and in all: one invoice number under two accounts counts for each of them, and once in all.
struct Invoices {
    of_accounts: Vec<u32>,
    distinct: u64,
}

impl Invoices {
    /// Counts an invoice that comes once.
    fn add(&mut self, place: u32) {
        self.of_accounts[place as usize] += 1;
        self.distinct += 1;
    }

    /// Counts invoices that come sorted.
    fn count(&mut self, runs: &[(u64, u32)]) {
        let mut before = None;
        for &(hash, place) in runs {
            if before != Some((hash, place)) {
                self.of_accounts[place as usize] += 1;
                self.distinct += u64::from(before.is_none_or(|(known, _)| known != hash));
                before = Some((hash, place));
            }
        }
    }
}
