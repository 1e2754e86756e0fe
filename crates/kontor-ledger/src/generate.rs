//! Load data: invoice lines like a technical wholesaler's, as many as asked for, to measure with.
//!
//! Customers are skewed with a long tail, sales have weekdays, seasons and growth, two in a hundred documents are credit notes, and the cost of
//! three in a hundred articles is unknown. Equal arguments give equal bytes, today and in ten years.

mod csv;
mod parquet;
pub mod places;
pub mod random;
mod world;

use std::fs::File;
use std::io;
use std::path::Path;

use chrono::NaiveDate;

use crate::Error;
use csv::CsvTarget;
use parquet::ParquetTarget;
use random::Random;
use world::{ARTICLES, Article, GROUPS, World};

/// The columns, named as the roles they have.
pub const HEADER: [&str; 14] = [
    "invoice_number",
    "line_number",
    "date",
    "account_number",
    "account_name",
    "country",
    "postal_code",
    "city",
    "article_number",
    "product_group",
    "quantity",
    "net_amount",
    "line_cost",
    "currency",
];

/// How much load data, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Number of invoice lines.
    pub lines: u64,
    /// Number of customers; all of them occur when there are at least as many lines.
    pub accounts: u32,
    /// Another seed gives other data of the same kind.
    pub seed: u64,
    /// The last of the 36 months of data ends on this day.
    pub as_of: NaiveDate,
}

/// The kinds of file that load data can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, UTF-8, ISO dates, decimal point.
    Csv,
    /// Parquet with Zstandard, row groups of a million lines.
    Parquet,
}

impl Format {
    /// The format that a file's extension stands for; `None` unless it is `csv` or `parquet`.
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Format::Csv),
            "parquet" => Some(Format::Parquet),
            _ => None,
        }
    }
}

/// Writes load data to a file, which is replaced if it exists. Memory does not grow with the number of lines.
///
/// # Errors
/// [`Error::Io`] when the file cannot be written or lines were asked for without any account to put them on; what had been written stays.
pub fn write(out: &Path, format: Format, load: &Load) -> Result<(), Error> {
    let write = || {
        if load.accounts == 0 && load.lines > 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "lines need at least one account"));
        }
        let world = World::new(load);
        let file = File::create(out)?;
        match format {
            Format::Csv => fill(CsvTarget::new(file, &world), &world, load),
            Format::Parquet => fill(ParquetTarget::new(file, &world)?, &world, load),
        }
    };
    write().map_err(|source| Error::Io { path: out.display().to_string(), source })
}

/// One line before it is written.
#[derive(Clone, Copy, Debug)]
struct Line {
    invoice: u64,
    is_credit: bool,
    number: u32,
    day: usize,
    account: usize,
    article: usize,
    quantity: i32,
    net_cents: i64,
    cost_cents: Option<i64>,
}

impl Line {
    /// The letter before the invoice number.
    fn series(&self) -> u8 {
        if self.is_credit { b'C' } else { b'R' }
    }
}

/// Where lines go.
trait Target {
    fn take(&mut self, line: &Line) -> io::Result<()>;
    fn finish(self) -> io::Result<()>;
}

/// The most lines an invoice has.
const INVOICE_LINES_MAX: u32 = 20;

fn fill(mut target: impl Target, world: &World, load: &Load) -> io::Result<()> {
    let mut random = Random::part(load.seed, 2);
    let mut remaining = load.lines;
    let mut invoice = 10_000_000_u64;
    // Accounts that have not had their guaranteed invoice are those from here on.
    let mut next_account = 0_usize;
    for (day, of_day) in world.days.iter().enumerate() {
        while load.lines - remaining < of_day.lines_until {
            invoice += 1;
            let waiting = world.accounts.len() - next_account;
            // The guaranteed invoices are spread evenly over the lines, so that as many accounts wait as the lines that are left can serve.
            let is_guaranteed =
                u128::from(load.lines) * waiting as u128 >= u128::from(remaining) * world.accounts.len() as u128 && waiting > 0;
            let account = if is_guaranteed { next_account } else { world.account_draw.draw(&mut random) };
            next_account += usize::from(is_guaranteed);
            let waiting = (world.accounts.len() - next_account) as u64;
            let is_credit = !is_guaranteed && random.chance(20);
            let size = u64::from(invoice_size(is_credit, &mut random)).min(remaining.saturating_sub(waiting).max(1));
            for number in 1..=size as u32 {
                target.take(&line(world, &mut random, Head { invoice, is_credit, number, day, account }))?;
            }
            remaining -= size;
        }
    }
    target.finish()
}

/// What is known of a line before its article is drawn.
struct Head {
    invoice: u64,
    is_credit: bool,
    number: u32,
    day: usize,
    account: usize,
}

/// Mostly a few lines, seldom many; a credit note has one to three.
fn invoice_size(is_credit: bool, random: &mut Random) -> u32 {
    if is_credit {
        1 + random.below(3)
    } else {
        1 + random.below(INVOICE_LINES_MAX + 1) * random.below(INVOICE_LINES_MAX) / INVOICE_LINES_MAX
    }
}

fn line(world: &World, random: &mut Random, head: Head) -> Line {
    let account = &world.accounts[head.account];
    let drawn = world.article_draw.draw(random);
    let groups = GROUPS.len();
    // Half of the lines come from the group the account prefers: the article of equal rank there.
    let article = if random.chance(500) { (drawn / groups * groups + account.group as usize).min(ARTICLES - 1) } else { drawn };
    let Article { price_cents, cost_cents, .. } = world.articles[article];
    let level = world.days[head.day].price_level;
    let widest = if price_cents < 1_000 {
        200
    } else if price_cents < 20_000 {
        20
    } else {
        4
    };
    let widest = 1 + random.below(widest);
    let quantity = 1 + i64::from(random.below(widest));
    let quantity = if head.is_credit { -quantity } else { quantity };
    let priced = price_cents * level / 1_000 * quantity;
    Line {
        invoice: head.invoice,
        is_credit: head.is_credit,
        number: head.number,
        day: head.day,
        account: head.account,
        article,
        quantity: quantity as i32,
        net_cents: priced * (100 - account.discount_percent) / 100,
        cost_cents: cost_cents.map(|cents| cents * level / 1_000 * quantity),
    }
}

#[cfg(test)]
mod tests;
