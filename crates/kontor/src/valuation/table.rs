//! The valuation of all accounts over one period: the figures that every list, chart and file shows.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use kontor_domain::abc::{self, Class, ClassSum, Metric, Ranked, Thresholds};
use kontor_domain::concentration::{Concentration, concentration};
use kontor_domain::cross::{CrossTable, cross};
use kontor_domain::group::Level;
use kontor_domain::growth::{Growth, growth};
use kontor_domain::movers::{Mover, movers};
use kontor_domain::pareto::{Pareto, pareto};
use kontor_domain::period::PeriodChoice;
use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Period};

use kontor_ledger::figures::{GroupSums, MonthSums};
use kontor_ledger::sums::Sums;

use super::heads::Heads;
use crate::accounts::directory::Directory;
use crate::accounts::finder::Fits;
use crate::accounts::store::Account;

/// What the ledger's sums mean in a valuation.
pub trait SumsExt {
    /// Margin as part of the revenue it belongs to, 0–1 (negative for a loss); `None` when it is unknown or there is no revenue.
    fn margin_rate(&self) -> Option<f64>;
    /// The amount that a metric ranks by; `None` for an unknown margin.
    fn amount(&self, metric: Metric) -> Option<Amount>;
    /// The same, and nothing at all without a line: for comparing periods.
    fn amount_or_zero(&self, metric: Metric) -> Option<Amount>;
    /// These and the others together.
    fn plus(self, other: &Sums) -> Sums;
}

impl SumsExt for Sums {
    fn margin_rate(&self) -> Option<f64> {
        self.margin().filter(|_| self.known_revenue.is_positive()).map(|margin| margin.share_of(self.known_revenue))
    }

    fn amount(&self, metric: Metric) -> Option<Amount> {
        match metric {
            Metric::Revenue => Some(self.revenue),
            Metric::Margin => self.margin(),
        }
    }

    fn amount_or_zero(&self, metric: Metric) -> Option<Amount> {
        if self.lines == 0 { Some(Amount::ZERO) } else { self.amount(metric) }
    }

    fn plus(mut self, other: &Sums) -> Sums {
        self.revenue += other.revenue;
        self.known_revenue += other.known_revenue;
        self.cost += other.cost;
        self.lines += other.lines;
        self.invoices += other.invoices;
        self.credit_lines += other.credit_lines;
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        self
    }
}

/// What the valuation is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The period as chosen.
    pub choice: PeriodChoice,
    /// What accounts are ranked by.
    pub metric: Metric,
    /// Where A and B end.
    pub thresholds: Thresholds,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The month in which the fiscal year starts.
    pub fiscal_start: u32,
    /// The day whose corporate groups count as one customer; `None` where each account counts for itself.
    pub groups_on: Option<NaiveDate>,
    /// The day on which it is asked: lines of later days make no figure newer.
    pub today: NaiveDate,
}

/// One account in the valuation, or one corporate group.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    /// Its place in the directory; of a group, that of its head.
    pub place: usize,
    /// The figures of the period.
    pub now: Sums,
    /// The figures of the period of the same length before.
    pub before: Sums,
    /// The first day with a line in the whole ledger.
    pub first: Option<NaiveDate>,
    /// The last day with a line in the whole ledger.
    pub last: Option<NaiveDate>,
}

impl Row {
    /// Days with a line: the whole ledger's first and last become at least as far apart as these.
    pub fn reach(&mut self, first: Option<NaiveDate>, last: Option<NaiveDate>) {
        self.first = self.first.into_iter().chain(first).min();
        self.last = self.last.into_iter().chain(last).max();
    }

    /// Growth of revenue against the period before.
    pub fn growth(&self) -> Growth {
        growth(self.now.revenue, self.before.revenue)
    }
}

/// A ledger that starts a few days into a period still covers it: the first invoice of a year is seldom of New Year's Day.
const SLACK: Days = Days::new(7);

/// The valuation of all accounts. Its lists are shared, so that it can be had with newer master data.
#[derive(Clone)]
pub struct Valuation {
    /// What was asked for.
    pub asked: Asked,
    /// The days it covers.
    pub period: Period,
    /// The days before that it is compared with; as many as are known of the period where it goes on.
    pub before: Period,
    /// The newest day in the ledger that is not in the future.
    pub as_of: NaiveDate,
    /// The first and the last day in the ledger.
    pub span: Period,
    /// Whether it holds only a part of the accounts, those that somebody sees.
    pub is_part: bool,
    /// The accounts' master data.
    pub directory: Arc<Directory>,
    /// Which accounts count as one.
    pub heads: Arc<Heads>,
    /// One row per account, also without a line in the ledger, in no special order; rankings refer to it by index.
    pub rows: Arc<Vec<Row>>,
    /// The ranking by the metric asked for: the accounts with a line in the period whose amount is known.
    pub ranking: Arc<Vec<Ranked>>,
    /// The same accounts by revenue.
    pub by_revenue: Arc<Vec<Ranked>>,
    /// The same accounts by margin; those of unknown margin are missing.
    pub by_margin: Arc<Vec<Ranked>>,
    /// The ranking by the metric asked for in the period before.
    pub ranking_before: Arc<Vec<Ranked>>,
    /// All accounts together.
    pub total: Sums,
    /// All accounts together in the period before.
    pub total_before: Sums,
    /// Lines without a customer, which no account and no total holds.
    pub unassigned: Sums,
    /// Amounts in currencies that no rate converts, which no total holds.
    pub unconverted: Vec<(Currency, Amount)>,
    /// All accounts by month, over the whole ledger.
    pub months: Arc<Vec<MonthSums>>,
    /// All accounts by product group in the period.
    pub groups: Arc<Vec<GroupSums>>,
    /// Where each row stands by revenue and by margin.
    pub(super) places: [Arc<Vec<Option<usize>>>; 2],
    pub(super) rows_by_account: Arc<Vec<Option<usize>>>,
}

/// The figures that a valuation is made of.
pub struct Parts {
    /// The days it covers.
    pub period: Period,
    /// The first and the last day in the ledger.
    pub span: Period,
    /// The accounts' master data.
    pub directory: Arc<Directory>,
    /// Which accounts count as one; nobody where each counts for itself.
    pub heads: Arc<Heads>,
    /// One row per account.
    pub rows: Vec<Row>,
    /// Lines without a customer.
    pub unassigned: Sums,
    /// Amounts that no rate converts.
    pub unconverted: Vec<(Currency, Amount)>,
    /// All accounts by month, over the whole ledger.
    pub months: Vec<MonthSums>,
    /// All accounts by product group in the period.
    pub groups: Vec<GroupSums>,
}

impl Valuation {
    /// Ranks and sums the rows.
    pub fn new(asked: Asked, parts: Parts) -> Valuation {
        let Parts { period, span, directory, heads, rows, unassigned, unconverted, months, groups } = parts;
        let rank = |metric: Metric, of: fn(&Row) -> &Sums| ranking(&rows, &directory, asked.thresholds, metric, of);
        let now: fn(&Row) -> &Sums = |row| &row.now;
        let (by_revenue, by_margin) = (rank(Metric::Revenue, now), rank(Metric::Margin, now));
        let ranking_before = rank(asked.metric, |row| &row.before);
        let ranking = match asked.metric {
            Metric::Revenue => by_revenue.clone(),
            Metric::Margin => by_margin.clone(),
        };
        let total = rows.iter().fold(Sums::default(), |sum, row| sum.plus(&row.now));
        let total_before = rows.iter().fold(Sums::default(), |sum, row| sum.plus(&row.before));
        let as_of = span.as_of(asked.today);
        let before = period.before_as_of(as_of);
        let valuation = Valuation {
            asked,
            period,
            before,
            as_of,
            span,
            is_part: false,
            directory,
            heads,
            rows: Arc::new(rows),
            ranking: Arc::new(ranking),
            by_revenue: Arc::new(by_revenue),
            by_margin: Arc::new(by_margin),
            ranking_before: Arc::new(ranking_before),
            total,
            total_before,
            unassigned,
            unconverted,
            months: Arc::new(months),
            groups: Arc::new(groups),
            places: Default::default(),
            rows_by_account: Arc::default(),
        };
        valuation.indexed()
    }

    /// With what finds a row's rank and an account's row.
    pub(super) fn indexed(mut self) -> Valuation {
        self.places = [&self.by_revenue, &self.by_margin].map(|ranking| Arc::new(places(ranking, self.rows.len())));
        let mut rows_by_account = vec![None; self.directory.accounts().len()];
        for (index, row) in self.rows.iter().enumerate() {
            rows_by_account[row.place] = Some(index);
        }
        for (place, head) in self.heads.iter() {
            rows_by_account[place] = rows_by_account[head];
        }
        self.rows_by_account = Arc::new(rows_by_account);
        self
    }

    /// The same figures with newer master data; no number may have moved to another account meanwhile.
    pub fn with(kept: Arc<Valuation>, directory: Arc<Directory>) -> Arc<Valuation> {
        if Arc::ptr_eq(&kept.directory, &directory) { kept } else { Arc::new(Valuation { directory, ..(*kept).clone() }) }
    }

    /// The account of a row.
    pub fn account(&self, index: usize) -> &Account {
        &self.directory.accounts()[self.rows[index].place]
    }

    /// The accounts that a row sums up, its head first; none where it is a single account.
    pub fn members(&self, index: usize) -> impl ExactSizeIterator<Item = &Account> {
        self.heads.members(self.rows[index].place).iter().map(|&place| self.directory.accounts()[place].as_ref())
    }

    /// How well a search fits a row: its account, or whichever account of its group it fits best.
    pub fn fit(&self, index: usize, fits: &Fits) -> Option<u32> {
        self.searched(index).filter_map(|place| fits.at(place)).min()
    }

    /// The places in the directory that a search of a row looks at.
    fn searched(&self, index: usize) -> impl Iterator<Item = usize> {
        let place = self.rows[index].place;
        std::iter::once(place).chain(self.heads.members(place).iter().copied())
    }

    /// What counts as one customer.
    pub const fn level(&self) -> Level {
        if self.asked.groups_on.is_some() { Level::Group } else { Level::Account }
    }

    /// Where a row stands in the ranking asked for; `None` without a line in the period or with an unknown margin.
    pub fn ranked(&self, index: usize) -> Option<&Ranked> {
        self.ranked_by(self.asked.metric, index)
    }

    /// The same by one metric, whichever was asked for.
    pub fn ranked_by(&self, metric: Metric, index: usize) -> Option<&Ranked> {
        let (places, ranking) = match metric {
            Metric::Revenue => (&self.places[0], &self.by_revenue),
            Metric::Margin => (&self.places[1], &self.by_margin),
        };
        places[index].map(|place| &ranking[place])
    }

    /// The class of a row.
    pub fn class(&self, index: usize) -> Option<Class> {
        self.ranked(index).map(|ranked| ranked.class)
    }

    /// The row of an account by its id; that of its group where groups count as one.
    pub fn row_of(&self, account_id: i64) -> Option<usize> {
        *self.rows_by_account.get(self.directory.place_of(account_id)?)?
    }

    /// The sums of A, B and C.
    pub fn class_sums(&self) -> [ClassSum; 3] {
        abc::class_sums(&self.ranking)
    }

    /// The shape of the Pareto curve.
    pub fn pareto(&self) -> Pareto {
        pareto(&self.ranking)
    }

    /// How much depends on how few.
    pub fn concentration(&self) -> Concentration {
        concentration(&self.ranking)
    }

    /// Whose class changed against the period before, the largest change of the amount first.
    pub fn movers(&self) -> Vec<Mover> {
        let metric = self.asked.metric;
        movers(&self.ranking_before, &self.ranking, |index| {
            let row = &self.rows[index];
            Some(row.now.amount_or_zero(metric)? - row.before.amount_or_zero(metric)?)
        })
    }

    /// Revenue against margin.
    pub fn cross(&self) -> CrossTable {
        cross(&self.by_revenue, &self.by_margin)
    }

    /// The part of revenue whose margin is known, 0–1.
    pub fn margin_known_share(&self) -> f64 {
        self.total.known_revenue.share_of(self.total.revenue)
    }

    /// Whether the ledger reaches back to the beginning of a period.
    pub fn reaches(&self, period: Period) -> bool {
        self.span.from() <= period.from() + SLACK
    }

    /// Whether the ledger reaches back to the beginning of the period before, so that both can be compared.
    pub fn is_comparable(&self) -> bool {
        self.reaches(self.before)
    }

    /// Growth of all revenue against the period before.
    pub fn growth(&self) -> Growth {
        growth(self.total.revenue, self.total_before.revenue)
    }
}

/// Where each of so many rows stands in a ranking.
fn places(ranking: &[Ranked], rows: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; rows];
    for (place, ranked) in ranking.iter().enumerate() {
        places[ranked.index] = Some(place);
    }
    places
}

fn ranking(rows: &[Row], directory: &Directory, thresholds: Thresholds, metric: Metric, of: fn(&Row) -> &Sums) -> Vec<Ranked> {
    let counted: Vec<(usize, Amount)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| of(row).lines > 0)
        .filter_map(|(index, row)| of(row).amount(metric).map(|amount| (index, amount)))
        .collect();
    let number = |index: usize| directory.accounts()[rows[index].place].numbers.first().map_or("", |number| number.number.as_str());
    let accounts: Vec<(&str, Amount)> = counted.iter().map(|&(index, amount)| (number(index), amount)).collect();
    let mut ranking = abc::rank(&accounts, thresholds);
    for ranked in &mut ranking {
        ranked.index = counted[ranked.index].0;
    }
    ranking
}
