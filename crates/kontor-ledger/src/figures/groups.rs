//! Sums by product group.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use kontor_domain::period::Month;
use kontor_domain::settings::Currency;

use super::convert::Rates;
use super::directory::Directory;
use super::{GroupSums, without_days};
use crate::Error;
use crate::intern::{Interner, Translation};
use crate::segment::Part;
use crate::sums::{self, Sums, Total};

/// Sums by product group, month and currency (`None` for that of the house), in the making.
pub(super) struct Cells {
    names: Interner,
    translation: Translation,
    pub(super) sums: HashMap<Cell, Total>,
}

/// Product group, month, foreign currency.
pub(super) type Cell = (Group, i32, Option<Currency>);

/// A product group as [`Cells`] knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Group(Option<u32>);

impl Cells {
    pub(super) fn new() -> Cells {
        Cells { names: Interner::default(), translation: Translation::default(), sums: HashMap::new() }
    }

    /// The product groups of a batch's rows.
    pub(super) fn groups(&mut self, column: &ArrayRef) -> Result<Vec<Group>, Error> {
        let Cells { names, translation, .. } = self;
        let codes = translation.translate(column.as_dictionary::<Int32Type>(), |name| names.code(name))?;
        Ok(codes.iter().map(|code| Group(code.map(|code| code as u32))).collect())
    }

    pub(super) fn add(&mut self, cell: Cell, total: &Total) -> Result<(), Error> {
        self.sums.entry(cell).or_default().add(total)
    }

    pub(super) fn add_line(&mut self, cell: Cell, line: sums::Part) -> Result<(), Error> {
        self.sums.entry(cell).or_default().add_line(line)
    }

    pub(super) fn add_all(&mut self, other: &Cells) -> Result<(), Error> {
        for ((group, month, currency), total) in &other.sums {
            let group = Group(group.0.map(|code| self.names.code(other.names.text(code))).transpose()?);
            self.add((group, *month, *currency), total)?;
        }
        Ok(())
    }

    /// The sums by group in the currency of the house, descending by revenue, ties by name.
    pub(super) fn by_group(&self, rates: &Rates<'_>) -> Result<Vec<GroupSums>, Error> {
        let mut groups: BTreeMap<Option<&str>, Total> = BTreeMap::new();
        for (&(group, month, currency), total) in &self.sums {
            rates.add_to(groups.entry(self.name(group)).or_default(), currency, month, total)?;
        }
        let some = groups.into_iter().filter(|(_, total)| (total.lines, total.revenue) != (0, 0));
        let mut groups: Vec<GroupSums> =
            some.map(|(group, total)| GroupSums { group: group.map(Arc::from), sums: without_invoices(&total) }).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.sums.revenue));
        Ok(groups)
    }

    /// The name of a group.
    pub(super) fn name(&self, group: Group) -> Option<&str> {
        group.0.map(|code| self.names.text(code))
    }
}

/// Sums whose invoices could belong to several groups, so that they are not given.
pub(super) fn without_invoices(total: &Total) -> Sums {
    Sums { invoices: 0, ..without_days(total) }
}

/// Adds the product groups of whole months over all accounts.
pub(super) fn sum(directory: &Directory, months: &[Month], rates: &Rates<'_>, into: &mut Cells) -> Result<(), Error> {
    for part in &directory.parts {
        if !months.iter().any(|&month| part.segment.month(month).is_some()) {
            continue;
        }
        let table = part.segment.table(Part::Totals)?;
        let columns = ["month", "product_group", "currency", "revenue", "cost", "known_revenue", "lines", "credit_lines"];
        for batch in table.read(&columns, std::slice::from_ref(&(0..table.rows())), 16384)? {
            let batch = batch?;
            let foreign = rates.foreign(batch.column(2)).ok_or_else(|| table.damaged("it has a currency that makes no sense"))?;
            let groups = into.groups(batch.column(1))?;
            let number = |column: usize, row: usize| batch.column(column).as_primitive::<Int64Type>().value(row);
            for (row, &month) in batch.column(0).as_primitive::<Int32Type>().values().iter().enumerate() {
                if months.binary_search(&Month::from_index(month)).is_ok() {
                    let total = Total {
                        revenue: number(3, row),
                        cost: number(4, row),
                        known_revenue: number(5, row),
                        lines: number(6, row),
                        credit_lines: number(7, row),
                        ..Total::default()
                    };
                    into.add((groups[row], month, foreign.of(row)), &total)?;
                }
            }
        }
    }
    Ok(())
}
