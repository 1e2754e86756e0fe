//! Load data as CSV: English headers, ISO dates, decimal point, comma.

use std::io::{self, Write};

use super::world::{Article, GROUPS, World};
use super::{HEADER, Line, Target};

/// When so much has been gathered it is written.
const BLOCK_BYTES: usize = 1 << 20;

/// Writes lines as CSV. What an account or article always looks like is put together once, so that a line is mostly copied.
pub(super) struct CsvTarget<W: Write> {
    out: W,
    block: Vec<u8>,
    days: Vec<String>,
    accounts: Vec<String>,
    articles: Vec<String>,
}

impl<W: Write> CsvTarget<W> {
    pub(super) fn new(out: W, world: &World) -> CsvTarget<W> {
        let account = |account: &super::world::Account| {
            let seat = account.seat();
            format!("{},{},{},{},{},", account.number, account.name, seat.country, seat.postal_code, seat.city)
        };
        let mut block = Vec::with_capacity(BLOCK_BYTES + 4_096);
        block.extend_from_slice(HEADER.join(",").as_bytes());
        block.push(b'\n');
        CsvTarget {
            out,
            block,
            days: world.days.iter().map(|day| format!(",{},", day.date)).collect(),
            accounts: world.accounts.iter().map(account).collect(),
            articles: world
                .articles
                .iter()
                .enumerate()
                .map(|(n, article)| format!("{},{},", article.number, GROUPS[Article::group_of(n)]))
                .collect(),
        }
    }
}

impl<W: Write> Target for CsvTarget<W> {
    fn take(&mut self, line: &Line) -> io::Result<()> {
        let block = &mut self.block;
        block.push(line.series());
        push_number(block, line.invoice);
        block.push(b',');
        push_number(block, u64::from(line.number));
        block.extend_from_slice(self.days[line.day].as_bytes());
        block.extend_from_slice(self.accounts[line.account].as_bytes());
        block.extend_from_slice(self.articles[line.article].as_bytes());
        if line.quantity < 0 {
            block.push(b'-');
        }
        push_number(block, u64::from(line.quantity.unsigned_abs()));
        block.push(b',');
        push_cents(block, line.net_cents);
        block.push(b',');
        if let Some(cents) = line.cost_cents {
            push_cents(block, cents);
        }
        block.extend_from_slice(b",EUR\n");
        if block.len() >= BLOCK_BYTES {
            self.out.write_all(block)?;
            block.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&self.block)?;
        self.out.flush()
    }
}

fn push_cents(block: &mut Vec<u8>, cents: i64) {
    if cents < 0 {
        block.push(b'-');
    }
    let cents = cents.unsigned_abs();
    push_number(block, cents / 100);
    let rest = (cents % 100) as u8;
    block.extend_from_slice(&[b'.', b'0' + rest / 10, b'0' + rest % 10]);
}

/// Formatting by hand takes half the time of `write!`, and there are six numbers in a line.
fn push_number(block: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    block.extend_from_slice(&digits[start..]);
}
