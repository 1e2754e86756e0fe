//! The part of a valuation that somebody sees who does not see all accounts.
//!
//! Rank and class of an account, or of a corporate group, are facts of the whole house and stay as they are. Amounts, shares, Pareto, concentration,
//! months, product groups and totals are sums over the accounts that are seen, so that nothing about the others can be computed back from them. A group
//! whose head is not seen is named after the first of its accounts that is.

use std::collections::HashMap;
use std::sync::Arc;

use kontor_domain::Period;
use kontor_domain::abc::{Metric, Ranked, part_of};
use kontor_domain::settings::Rate;
use kontor_ledger::Error;
use kontor_ledger::figures::{AccountFigures, AccountKey, Scope};
use kontor_ledger::sums::Sums;
use kontor_ledger::vault::{Live, Vault};

use super::heads::Heads;
use super::table::{Row, SumsExt, Valuation};
use crate::accounts::directory::Directory;

/// The part of a valuation that a directory of the accounts that are seen leaves; `single` is the same valuation with each account for itself. Reads the
/// ledger, so this belongs on a thread of its own.
pub fn part(
    vault: &Vault,
    live: &[Live],
    whole: &Valuation,
    single: &Valuation,
    seen: Arc<Directory>,
    rates: &[Rate],
) -> Result<Valuation, Error> {
    let (ever, now) = (figures(vault, live, whole, &seen, rates, whole.span)?, figures(vault, live, whole, &seen, rates, whole.period)?);
    let Seen { rows, index_of, heads } = Seen::new(whole, single, &seen);
    let ranking = |ranking: &[Ranked], metric: Metric, of: fn(&Row) -> &Sums| {
        part_of(ranking, |index| {
            let index = (*index_of.get(index)?)?;
            let sums = of(&rows[index]);
            // Of a group that bought, the accounts that are seen may not have.
            if sums.lines > 0 { Some((index, sums.amount(metric)?)) } else { None }
        })
    };
    let in_period: fn(&Row) -> &Sums = |row| &row.now;
    let before: fn(&Row) -> &Sums = |row| &row.before;
    let total = |of: fn(&Row) -> &Sums| rows.iter().fold(Sums::default(), |sum, row| sum.plus(of(row)));
    let metric = whole.asked.metric;
    let part = Valuation {
        asked: whole.asked.clone(),
        period: whole.period,
        before: whole.before,
        as_of: whole.as_of,
        span: whole.span,
        is_part: true,
        ranking: Arc::new(ranking(&whole.ranking, metric, in_period)),
        by_revenue: Arc::new(ranking(&whole.by_revenue, Metric::Revenue, in_period)),
        by_margin: Arc::new(ranking(&whole.by_margin, Metric::Margin, in_period)),
        ranking_before: Arc::new(ranking(&whole.ranking_before, metric, before)),
        total: total(in_period),
        total_before: total(before),
        directory: seen,
        heads: Arc::new(heads),
        rows: Arc::new(rows),
        unassigned: Sums::default(),
        unconverted: now.unconverted.iter().map(|left| (left.currency, left.amount)).collect(),
        months: Arc::new(ever.months.clone()),
        groups: Arc::new(now.groups.clone()),
        places: Default::default(),
        rows_by_account: Arc::default(),
    };
    Ok(part.indexed())
}

/// The months and product groups of the accounts that are seen.
fn figures(
    vault: &Vault,
    live: &[Live],
    whole: &Valuation,
    seen: &Directory,
    rates: &[Rate],
    period: Period,
) -> Result<Arc<AccountFigures>, Error> {
    let numbers = seen.accounts().iter().flat_map(|account| &account.numbers);
    let keys: Vec<AccountKey> = numbers.map(|number| AccountKey { source: number.source.clone(), number: number.number.clone() }).collect();
    if keys.is_empty() {
        return Ok(Arc::default());
    }
    vault.account(live, &keys, &Scope { period, currency: whole.asked.currency, rates: rates.to_vec() })
}

/// The rows that are left.
struct Seen {
    /// Sums over the accounts that are seen.
    rows: Vec<Row>,
    /// For the index of a row in the whole, its index among those that are left.
    index_of: Vec<Option<usize>>,
    heads: Heads,
}

impl Seen {
    fn new(whole: &Valuation, single: &Valuation, seen: &Directory) -> Seen {
        let mut index_of = vec![None; whole.rows.len()];
        let mut rows: Vec<Row> = Vec::new();
        for (index, row) in single.rows.iter().enumerate() {
            let id = single.account(index).id;
            let (Some(place), Some(of_whole)) = (seen.place_of(id), whole.row_of(id)) else { continue };
            let index = *index_of[of_whole].get_or_insert_with(|| {
                rows.push(Row { place, ..Row::default() });
                rows.len() - 1
            });
            rows[index].now = rows[index].now.plus(&row.now);
            rows[index].before = rows[index].before.plus(&row.before);
            rows[index].reach(row.first, row.last);
        }
        let mut heads: HashMap<usize, usize> = HashMap::new();
        for (of_whole, index) in index_of.iter().enumerate() {
            let Some(index) = *index else { continue };
            let places: Vec<usize> = whole.members(of_whole).filter_map(|account| seen.place_of(account.id)).collect();
            // The members come with their head first, so that the first one seen is the head where it is.
            if let [head, members @ ..] = places.as_slice() {
                rows[index].place = *head;
                heads.extend(members.iter().map(|member| (*member, *head)));
            }
        }
        Seen { rows, index_of, heads: Heads::by_place(heads.into_iter()) }
    }
}
