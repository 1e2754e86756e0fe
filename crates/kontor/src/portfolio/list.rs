//! The rows of the accounts list: which fit, and in which order.

use std::cmp::Ordering;
use std::cmp::Reverse;

use chrono::Days;
use kontor_domain::abc::Metric;
use kontor_domain::bands::{GrowthBand, MarginBand};

use super::columns::{Key, Source};
use super::forms::{Filter, Selection, Sort};
use crate::accounts::directory::Text;
use crate::accounts::finder::Fits;
use crate::order::sort_window;
use crate::valuation::table::SumsExt;

/// The rows that fit a selection.
pub struct Found {
    rows: Vec<(u32, usize)>,
    sort: Option<Sort>,
}

/// The rows that fit the filters and, where something is looked for, what was typed.
pub fn find(source: Source<'_>, selection: &Selection, searched: Option<&Fits>) -> Found {
    let valuation = source.valuation;
    let all = 0..valuation.rows.len();
    let found = all.filter_map(|index| Some((searched.map_or(Some(0), |searched| valuation.fit(index, searched))?, index)));
    Found { rows: found.filter(|&(_, index)| fits(source, &selection.filter, index)).collect(), sort: selection.sort }
}

fn fits(source: Source<'_>, filter: &Filter, index: usize) -> bool {
    let valuation = source.valuation;
    let (row, account) = (&valuation.rows[index], valuation.account(index));
    let master = &account.master;
    let class = |metric| valuation.ranked_by(metric, index).map(|ranked| ranked.class);
    let is = |wanted: &Option<String>, value: &Option<String>| wanted.is_none() || wanted == value;
    let growth = || GrowthBand::of(row.before.lines > 0, row.now.lines > 0, row.growth());
    let margin = || (row.now.lines > 0).then(|| MarginBand::of(row.now.margin_rate()));
    let is_idle = |days: u32| {
        let since = valuation.as_of.checked_sub_days(Days::new(days.into()));
        row.last.zip(since).is_some_and(|(last, since)| last < since)
    };
    (filter.class.is_none() || filter.class == class(Metric::Revenue))
        && (filter.margin_class.is_none() || filter.margin_class == class(Metric::Margin))
        && (filter.growth.is_none() || filter.growth == growth())
        && (filter.margin.is_none() || filter.margin == margin())
        && is(&filter.country, &master.country)
        && is(&filter.industry, &master.industry)
        && filter.master.holds(account)
        && filter.field.as_ref().is_none_or(|(key, value)| account.more.custom.get(key) == Some(value))
        && filter.idle_days.is_none_or(is_idle)
        && filter.contact.is_none_or(|state| source.standing(index).is_some_and(|standing| standing.state == state))
}

impl Found {
    /// How many.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when none fits.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in no special order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().map(|&(_, index)| index)
    }

    /// The rows in the order asked for.
    pub fn ordered(self, source: Source<'_>) -> Vec<usize> {
        let all = self.rows.len();
        self.page(source, 0, all)
    }

    /// Some of the rows in the order asked for. Only as many are put in order as are needed, so that the first page of many accounts costs little.
    pub fn page(self, source: Source<'_>, skip: usize, take: usize) -> Vec<usize> {
        let valuation = source.valuation;
        let Found { rows, sort } = self;
        let end = skip.saturating_add(take).min(rows.len());
        if skip >= end {
            return Vec::new();
        }
        // What decides between equal rows, so that pages neither repeat nor leave out one: the number, nothing before everything.
        let numbers = valuation.directory.ranks(Text::Number);
        let number = |index: usize| numbers.of(valuation.rows[index].place);
        match sort {
            None => {
                let mut keyed: Vec<_> =
                    rows.into_iter().map(|(fit, index)| (fit, Reverse(valuation.rows[index].now.revenue), number(index), index)).collect();
                sort_window(&mut keyed, skip, end, Ord::cmp);
                keyed[skip..end].iter().map(|&(.., index)| index).collect()
            }
            Some(Sort { column, is_descending }) => {
                let texts = column.text().map(|text| valuation.directory.ranks(text));
                let key = |index: usize| match &texts {
                    Some(ranks) => ranks.of(valuation.rows[index].place).map(|rank| Key::Number(rank.into())),
                    None => column.key(source, index),
                };
                let mut keyed: Vec<_> = rows.into_iter().map(|(_, index)| (key(index), number(index), index)).collect();
                sort_window(&mut keyed, skip, end, |(one, one_number, one_index), (other, other_number, other_index)| {
                    by_key(one, other, is_descending).then_with(|| (one_number, one_index).cmp(&(other_number, other_index)))
                });
                keyed[skip..end].iter().map(|&(.., index)| index).collect()
            }
        }
    }
}

/// Rows with nothing in the column come last, whichever way.
fn by_key<K: Ord>(one: &Option<K>, other: &Option<K>, is_descending: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if is_descending => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_last_either_way() {
        let mut keys = [Some(1), None, Some(3), Some(2)];
        keys.sort_by(|one, other| by_key(one, other, false));
        assert_eq!(keys, [Some(1), Some(2), Some(3), None]);
        keys.sort_by(|one, other| by_key(one, other, true));
        assert_eq!(keys, [Some(3), Some(2), Some(1), None]);
    }
}
