//! Every invoice and credit note of the demo company.

use chrono::{Datelike, Days, NaiveDate};
use kontor_domain::Month;
use kontor_ledger::generate::random::Random;

use super::accounts::{self, Account, Buying};
use super::articles::{Article, Range, SERVICE, SMALL_GOODS};
use super::calendar::{Calendar, OpenMonth, last_working_day, season};
use super::story;

/// The year in which Bremen joined the Hanseatic League, as good a seed as any.
pub(super) const SEED: u64 = 1358;

/// Invoices to customers at the counter, who have no number.
const COUNTER_SALES: u64 = 14;

/// Everything that was ever sold.
pub(super) struct Books {
    pub(super) accounts: Vec<Account>,
    /// By date.
    pub(super) documents: Vec<Document>,
}

/// An invoice or credit note.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) number: String,
    pub(super) date: NaiveDate,
    /// Index of the account; `None` for a sale at the counter.
    pub(super) account: Option<usize>,
    pub(super) is_credit: bool,
    pub(super) lines: Vec<Line>,
}

/// One line of a document. On a credit note quantity, net amount and cost are negative.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) article_number: String,
    pub(super) article_name: String,
    /// Index of the product group.
    pub(super) group: usize,
    pub(super) quantity: i64,
    pub(super) unit_price_cents: i64,
    pub(super) discount_percent: i64,
    pub(super) net_cents: i64,
    pub(super) cost_cents: Option<i64>,
}

impl Books {
    /// The books as they stand on this day.
    pub(super) fn of(today: NaiveDate) -> Books {
        let accounts = accounts::all(SEED);
        let seller = Seller { calendar: Calendar::new(today), range: Range::new() };
        let mut documents: Vec<Document> = Vec::new();
        for (index, account) in accounts.iter().enumerate() {
            // A source of its own for each account: a change in one leaves the others as they are.
            documents.extend(seller.documents_of(index, &account.buying, &mut Random::part(SEED, 1_000 + index as u64)));
        }
        documents.extend(seller.counter_sales(&mut Random::part(SEED, 2)));
        documents.sort_by_key(|document| (document.date, document.account));
        invoice_on_the_newest_day(&mut documents, seller.calendar.newest);
        number(&mut documents);
        Books { accounts, documents }
    }
}

/// However few invoices a day has, the newest has one: the largest account's last.
fn invoice_on_the_newest_day(documents: &mut [Document], newest: NaiveDate) {
    let is_there = documents.last().is_some_and(|document| document.date == newest);
    if let (false, Some(last)) = (is_there, documents.iter().rposition(|document| document.account == Some(0) && !document.is_credit)) {
        documents[last].date = newest;
        documents[last..].rotate_left(1);
    }
}

/// Numbers rise with the date and start anew every year; credit notes have numbers of their own.
fn number(documents: &mut [Document]) {
    let (mut year, mut invoices, mut credits) = (0, 0, 0);
    for document in documents {
        if document.date.year() != year {
            (year, invoices, credits) = (document.date.year(), 40_000, 0);
        }
        if document.is_credit {
            credits += 1;
            document.number = format!("G{year}-{credits:04}");
        } else {
            invoices += 1;
            document.number = format!("{year}-{invoices}");
        }
    }
}

struct Seller {
    calendar: Calendar,
    range: Range,
}

impl Seller {
    fn documents_of(&self, account: usize, buying: &Buying, random: &mut Random) -> Vec<Document> {
        let mut documents = Vec::new();
        for month in &self.calendar.months {
            let (count, amount_cents) = plan(buying, month, random);
            documents.extend(self.month(account, buying, month, count, amount_cents, random));
        }
        documents.extend(self.last_of_the_silent_group(account, buying, random));
        if documents.is_empty() {
            documents.extend(self.one_order(account, buying, random));
        }
        for invoice in 0..documents.len() {
            if random.chance(buying.credits) {
                documents.extend(self.credit_note(&documents[invoice], random));
            }
        }
        documents
    }

    /// The invoices of one month: `count` lines over as many invoices as the account's habit gives.
    fn month(
        &self,
        account: usize,
        buying: &Buying,
        month: &OpenMonth,
        count: i64,
        amount_cents: i64,
        random: &mut Random,
    ) -> Vec<Document> {
        let mut weights: Vec<i64> = (0..count).map(|_| random.between(20, 180)).collect();
        let total = weights.iter().sum::<i64>().max(1);
        let mut documents = Vec::new();
        while !weights.is_empty() {
            let size = random.between(1, i64::from(buying.lines_per_invoice) * 2 - 1) as usize;
            let rest = weights.split_off(size.min(weights.len()));
            let date = month.any_day(random);
            let mut lines: Vec<Line> = weights
                .iter()
                .map(|weight| {
                    let amount = (i128::from(amount_cents) * i128::from(*weight) / i128::from(total)) as i64;
                    self.line(self.group(buying, date, random), amount, buying.discount_percent, date, random)
                })
                .collect();
            if random.chance(2) {
                lines.push(self.sample(buying, date, random));
            }
            documents.push(invoice(Some(account), date, lines));
            weights = rest;
        }
        documents
    }

    /// A favourite product group, unless it has fallen silent; three in a hundred lines are service.
    fn group(&self, buying: &Buying, date: NaiveDate, random: &mut Random) -> usize {
        let group = if random.chance(30) { SERVICE } else { *random.pick(&buying.groups) };
        if buying.silent == Some(group) && date > self.silent_since() { buying.groups[0] } else { group }
    }

    /// The last day with an order of the group that fell silent.
    fn silent_since(&self) -> NaiveDate {
        last_working_day(self.calendar.today - Days::new(story::SILENT_DAYS))
    }

    /// The order after which a product group fell silent, so that the silence has a first day.
    fn last_of_the_silent_group(&self, account: usize, buying: &Buying, random: &mut Random) -> Option<Document> {
        let (group, date) = (buying.silent?, self.silent_since());
        Some(invoice(Some(account), date, vec![self.line(group, buying.line_cents, buying.discount_percent, date, random)]))
    }

    /// Chance can leave a small account without any order; then it has one, at a time when it did buy.
    fn one_order(&self, account: usize, buying: &Buying, random: &mut Random) -> Option<Document> {
        let buys = |month: &&OpenMonth| month.age >= 0 && buying.course.per_mille(month.age, month.month.number()) > 0;
        let months: Vec<&OpenMonth> = self.calendar.months.iter().filter(buys).collect();
        let month = random.pick(&months);
        self.month(account, buying, month, 1, buying.line_cents, random).pop()
    }

    fn line(&self, group: usize, amount_cents: i64, discount_percent: i64, date: NaiveDate, random: &mut Random) -> Line {
        let article = self.range.fitting(group, amount_cents, random);
        // One line in five is priced by hand, up or down.
        let by_hand = if random.chance(200) { *random.pick(&[-3, -2, 2, 3]) } else { 0 };
        let discount_percent = (discount_percent + by_hand).max(0);
        let net_price_cents = (self.priced(article.price_cents, date) * (100 - discount_percent) / 100).max(1);
        let quantity = ((amount_cents + net_price_cents / 2) / net_price_cents).max(1);
        self.priced_line(article, quantity, discount_percent, date)
    }

    /// Free of charge, to be tried.
    fn sample(&self, buying: &Buying, date: NaiveDate, random: &mut Random) -> Line {
        let article = self.range.fitting(buying.groups[0], 2_000, random);
        let line = self.priced_line(article, 1, 100, date);
        Line { article_name: format!("{} (Muster)", line.article_name), ..line }
    }

    fn priced_line(&self, article: &Article, quantity: i64, discount_percent: i64, date: NaiveDate) -> Line {
        let unit_price_cents = self.priced(article.price_cents, date);
        Line {
            article_number: article.number.clone(),
            article_name: article.name.clone(),
            group: article.group,
            quantity,
            unit_price_cents,
            discount_percent,
            net_cents: net_cents(quantity, unit_price_cents, discount_percent),
            cost_cents: article.cost_cents.map(|cost| self.priced(cost, date) * quantity),
        }
    }

    /// Prices and costs rise by three percent a year, together.
    fn priced(&self, cents: i64, date: NaiveDate) -> i64 {
        let years = i64::from(Month::of(date).index() - self.calendar.months[0].month.index()) / 12;
        (cents * (1_000 + 30 * years) + 500) / 1_000
    }

    /// Up to three lines of an invoice, in part or whole, one to three weeks later; `None` when that day has not come or nothing can come back.
    fn credit_note(&self, invoice: &Document, random: &mut Random) -> Option<Document> {
        let date = last_working_day(invoice.date + Days::new(random.between(6, 21) as u64));
        let goods = invoice.lines.iter().filter(|line| line.cost_cents.is_some() && line.net_cents > 0);
        let lines: Vec<Line> = goods.take(1 + random.below(3) as usize).map(|line| returned(line, random)).collect();
        (date <= self.calendar.newest && !lines.is_empty())
            .then(|| Document { is_credit: true, ..self::invoice(invoice.account, date, lines) })
    }

    /// Small sales to whoever stands at the counter, spread over the months.
    fn counter_sales(&self, random: &mut Random) -> Vec<Document> {
        let first = self.calendar.first_day();
        let days = (self.calendar.newest - first).num_days() as u64;
        (0..COUNTER_SALES)
            .map(|n| {
                let date = last_working_day(first + Days::new(5 + n * (days - 5) / COUNTER_SALES));
                let group = *random.pick(&SMALL_GOODS);
                invoice(None, date, vec![self.line(group, random.between(2_000, 15_000), 0, date, random)])
            })
            .collect()
    }
}

/// How many lines an account buys in a month, and what they bring together.
fn plan(buying: &Buying, month: &OpenMonth, random: &mut Random) -> (i64, i64) {
    let course = buying.course.per_mille(month.age, month.month.number());
    let season = if buying.course.follows_the_trade() { season(month.month) } else { 1_000 };
    let mood = 1_000 + random.between(-buying.unrest, buying.unrest);
    let parts = [course, season, mood, month.done_per_mille];
    let amount = parts.into_iter().fold(i128::from(buying.pace_cents / 12), |amount, part| amount * i128::from(part) / 1_000) as i64;
    // The rest of the division decides by chance, so that also half a line a month comes out right over the years.
    let count = (amount + random.between(0, buying.line_cents - 1)) / buying.line_cents;
    let is_large = count >= 12;
    (count, if is_large { amount } else { count * buying.line_cents })
}

fn invoice(account: Option<usize>, date: NaiveDate, lines: Vec<Line>) -> Document {
    Document { number: String::new(), date, account, is_credit: false, lines }
}

/// A line that comes back, all of it or about half.
fn returned(line: &Line, random: &mut Random) -> Line {
    let quantity = if random.chance(500) { line.quantity } else { (line.quantity / 2).max(1) };
    Line {
        quantity: -quantity,
        net_cents: -net_cents(quantity, line.unit_price_cents, line.discount_percent),
        cost_cents: line.cost_cents.map(|cost| -cost / line.quantity * quantity),
        ..line.clone()
    }
}

/// Quantity × price × (1 − discount), rounded to cents, halves up.
fn net_cents(quantity: i64, unit_price_cents: i64, discount_percent: i64) -> i64 {
    (quantity * unit_price_cents * (100 - discount_percent) + 50) / 100
}
