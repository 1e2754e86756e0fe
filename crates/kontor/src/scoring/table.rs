//! The valuation by points of all accounts: what every page, file and kept result shows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::abc::Class;
use kontor_domain::group::Level;
use kontor_domain::growth::{Growth, growth};
use kontor_domain::scoring::change::Part;
use kontor_domain::scoring::criterion::{Kind, LedgerMetric};
use kontor_domain::scoring::portfolio::{Position, Stance, position, stance};
use kontor_domain::scoring::ranking::{Place, PointsTable, rank};
use kontor_domain::scoring::{Points, Scored};
use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Month, Period};
use kontor_ledger::figures::Habit;

use super::runs::store::Run;
use super::store::{Counted, StoredModel};
use crate::valuation::table::Valuation;

/// What one criterion says of one account.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Its points; `None` while nobody knows.
    pub points: Option<Points>,
    /// The figure behind them, where the ledger gives it.
    pub value: Option<Amount>,
    /// How many rated it.
    pub raters: u16,
    /// The lowest rating.
    pub low: u8,
    /// The highest rating.
    pub high: u8,
    /// Whether one of the ratings is past its review.
    pub is_stale: bool,
}

/// One account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its id.
    pub account_id: i64,
    /// Its class by revenue; `None` without a line in the period.
    pub class: Option<Class>,
    /// Its revenue in the period.
    pub revenue: Amount,
    /// Its score with its coverage.
    pub scored: Scored,
    /// Its rank; `None` while too little is known.
    pub place: Option<Place>,
    /// Its place in the portfolio.
    pub position: Option<Position>,
    /// Its place in the portfolio a period earlier.
    pub position_before: Option<Position>,
}

/// The accounts of each group, by its head, which comes first; accounts for themselves have no entry.
pub type Members = HashMap<i64, Vec<i64>>;

/// The valuation of all accounts, or of all groups.
pub struct Table {
    /// The kept result it was read from; `None` for the present.
    pub run: Option<Run>,
    /// The model.
    pub model: Arc<StoredModel>,
    /// What counts as one customer.
    pub level: Level,
    /// The days that figures were taken of.
    pub period: Period,
    /// The newest day in the ledger.
    pub as_of: NaiveDate,
    /// The currency of amounts.
    pub currency: Currency,
    /// The accounts by id; of groups, by that of the head.
    pub rows: Vec<Row>,
    pub(super) cells: Vec<Cell>,
    pub(super) members: Members,
}

impl Table {
    /// The accounts of a group by its head; none where an account stands for itself.
    pub fn members(&self, account_id: i64) -> &[i64] {
        self.members.get(&account_id).map_or(&[], Vec::as_slice)
    }

    /// What the criteria say of the account at a place, in the order of the model.
    pub fn cells(&self, index: usize) -> &[Cell] {
        let columns = self.model.model.criteria.len();
        &self.cells[index * columns..(index + 1) * columns]
    }

    /// The place of an account.
    pub fn find(&self, account_id: i64) -> Option<usize> {
        self.rows.binary_search_by_key(&account_id, |row| row.account_id).ok()
    }

    /// The points of the account at a place.
    pub fn points(&self, index: usize) -> Vec<Option<Points>> {
        self.cells(index).iter().map(|cell| cell.points).collect()
    }

    /// The points with their weights, to compare with another valuation.
    pub fn parts(&self, index: usize) -> Vec<Part> {
        let criteria = self.model.model.criteria.iter();
        let part = |(weighted, cell): (&kontor_domain::scoring::model::Weighted, &Cell)| Part {
            criterion_id: weighted.criterion_id,
            weight: weighted.weight,
            points: cell.points,
        };
        criteria.zip(self.cells(index)).map(part).collect()
    }

    /// What is recommended for the account at a place; nothing while too little is known to rank it.
    pub fn stance(&self, index: usize) -> Option<Stance> {
        let row = &self.rows[index];
        row.place.and(row.position).map(|position| stance(&self.model.model, position))
    }

    /// How many accounts are ranked.
    pub fn ranked(&self) -> usize {
        self.rows.iter().filter(|row| row.place.is_some()).count()
    }

    /// Computes scores, ranks and positions anew from the cells, which are all that is kept.
    pub(super) fn finish(&mut self) {
        let model = &self.model.model;
        let mut points = PointsTable::new(model.criteria.len());
        for index in 0..self.rows.len() {
            points.push(self.cells(index).iter().map(|cell| cell.points));
        }
        let places = rank(&model.weights(), &points, model.least_coverage);
        for (index, (row, place)) in self.rows.iter_mut().zip(places).enumerate() {
            let points = points.row(index);
            (row.scored, row.place, row.position) = (model.score(points), place, position(model, points));
        }
    }
}

/// What a valuation is made of.
pub struct Inputs<'a> {
    /// The figures of the period.
    pub valuation: &'a Valuation,
    /// What was bought and when, of all accounts; empty where no criterion asks.
    pub habits: &'a [Habit],
    /// The ratings that count.
    pub ratings: &'a [Counted],
    /// The model.
    pub model: Arc<StoredModel>,
    /// Today, which decides which ratings are past their review.
    pub today: NaiveDate,
}

impl Inputs<'_> {
    /// Values all accounts with a line in the ledger or a rating; where groups count as one customer, all groups.
    pub fn table(&self) -> Table {
        let valuation = self.valuation;
        let mut ids: Vec<i64> = (0..valuation.rows.len()).map(|index| valuation.account(index).id).collect();
        ids.extend(self.ratings.iter().map(|rating| self.unit(rating.account_id)));
        ids.sort_unstable();
        ids.dedup();
        let row = |&account_id: &i64| {
            let index = valuation.row_of(account_id);
            Row {
                account_id,
                class: index.and_then(|index| valuation.class(index)),
                revenue: index.map(|index| valuation.rows[index].now.revenue).unwrap_or_default(),
                scored: Scored::default(),
                place: None,
                position: None,
                position_before: None,
            }
        };
        let members = |&account_id: &i64| {
            let index = valuation.row_of(account_id)?;
            let members: Vec<i64> = valuation.members(index).map(|account| account.id).collect();
            (!members.is_empty()).then_some((account_id, members))
        };
        let columns = self.model.model.criteria.len();
        let mut table = Table {
            run: None,
            model: self.model.clone(),
            level: valuation.level(),
            period: valuation.period,
            as_of: valuation.as_of,
            currency: valuation.asked.currency,
            rows: ids.iter().map(row).collect(),
            cells: vec![Cell::default(); columns * ids.len()],
            members: ids.iter().filter_map(members).collect(),
        };
        for (column, weighted) in self.model.model.criteria.iter().enumerate() {
            if let Kind::Metric { metric, scale } = &weighted.criterion.kind {
                let values = self.values(*metric, &ids);
                for (index, (value, step)) in values.iter().zip(scale.steps(&values)).enumerate() {
                    let cell = &mut table.cells[index * columns + column];
                    (cell.value, cell.points) = (*value, step.map(Points::of_step));
                }
            }
        }
        self.rate(&mut table);
        table.finish();
        table
    }

    /// The account that stands for an account: the head of its group where groups count as one customer.
    fn unit(&self, account_id: i64) -> i64 {
        self.valuation.row_of(account_id).map_or(account_id, |index| self.valuation.account(index).id)
    }

    /// One figure of all accounts.
    fn values(&self, metric: LedgerMetric, ids: &[i64]) -> Vec<Option<Amount>> {
        match metric {
            LedgerMetric::Breadth => {
                let groups = self.habits(|habit| habit.groups.clone());
                self.each(ids, |account_id| Some(Amount::from_units(groups.get(&account_id).map_or(0, Vec::len) as i64)))
            }
            LedgerMetric::Regularity => {
                let months = self.habits(|habit| habit.months.clone());
                let all = i64::from(Month::of(self.valuation.period.to()).index() - Month::of(self.valuation.period.from()).index() + 1);
                let share = |count: usize| Amount::from_units(count as i64 * 100).divided_by(Amount::from_units(all));
                self.each(ids, |account_id| share(months.get(&account_id).map_or(0, Vec::len)))
            }
            LedgerMetric::Revenue | LedgerMetric::Margin | LedgerMetric::Growth => {
                let is_comparable = self.valuation.is_comparable();
                self.each(ids, |account_id| {
                    let row = &self.valuation.rows[self.valuation.row_of(account_id)?];
                    match metric {
                        LedgerMetric::Margin if row.now.lines == 0 => Some(Amount::ZERO),
                        LedgerMetric::Margin => row.now.margin(),
                        LedgerMetric::Growth if is_comparable => growth_percent(row.now.revenue, row.before.revenue),
                        LedgerMetric::Growth => None,
                        _ => Some(row.now.revenue),
                    }
                })
            }
        }
    }

    /// A value for each account that the ledger knows.
    fn each(&self, ids: &[i64], value: impl Fn(i64) -> Option<Amount>) -> Vec<Option<Amount>> {
        ids.iter().map(|&account_id| self.valuation.row_of(account_id).and_then(|_| value(account_id))).collect()
    }

    /// What the habits say by account, over all its numbers, each once.
    fn habits<T: Ord>(&self, of: impl Fn(&Habit) -> Vec<T>) -> HashMap<i64, Vec<T>> {
        let directory = &self.valuation.directory;
        let mut all: HashMap<i64, Vec<T>> = HashMap::new();
        for habit in self.habits {
            let Some(place) = directory.place(&habit.source, &habit.number) else { continue };
            all.entry(self.unit(directory.accounts()[place].id)).or_default().extend(of(habit));
        }
        for found in all.values_mut() {
            found.sort_unstable();
            found.dedup();
        }
        all
    }

    /// Puts the ratings into their cells: the mean of an account's ratings; of a group, the mean of what its rated accounts have, each as much as the others.
    fn rate(&self, table: &mut Table) {
        let columns = self.model.model.criteria.len();
        let column_of: HashMap<i64, usize> = (self.model.model.criteria.iter().enumerate())
            .filter(|(_, weighted)| weighted.criterion.kind.is_rated())
            .map(|(column, weighted)| (weighted.criterion_id, column))
            .collect();
        let mut values: BTreeMap<(usize, i64), Vec<u8>> = BTreeMap::new();
        for rating in self.ratings {
            let place = column_of.get(&rating.criterion_id).zip(table.find(self.unit(rating.account_id)));
            let Some((column, index)) = place else { continue };
            let at = index * columns + column;
            values.entry((at, rating.account_id)).or_default().push(rating.value);
            table.cells[at].is_stale |= rating.review_on.is_some_and(|review| review < self.today);
        }
        let mut means: HashMap<usize, Vec<Points>> = HashMap::new();
        for ((at, _), values) in values {
            let cell = &mut table.cells[at];
            let (low, high) = (values.iter().min().copied().unwrap_or_default(), values.iter().max().copied().unwrap_or_default());
            cell.low = if cell.raters == 0 { low } else { cell.low.min(low) };
            cell.high = cell.high.max(high);
            cell.raters = cell.raters.saturating_add(u16::try_from(values.len()).unwrap_or(u16::MAX));
            means.entry(at).or_default().extend(Points::mean(&values));
        }
        for (at, means) in means {
            table.cells[at].points = Points::mean_of(&means);
        }
    }
}

/// Growth in percent; `None` where there is nothing to compare with.
fn growth_percent(now: Amount, before: Amount) -> Option<Amount> {
    match growth(now, before) {
        Growth::Rate(_) => (now - before).times(Amount::from_units(100))?.divided_by(before),
        Growth::New | Growth::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_in_percent_and_exact() {
        let units = Amount::from_units;
        assert_eq!(growth_percent(units(110), units(100)), Some(units(10)));
        assert_eq!(growth_percent(units(100), units(300)), "-66.6667".parse().ok());
        assert_eq!(growth_percent(units(100), units(0)), None);
    }
}
