//! How broadly and how regularly accounts buy: which product groups, in which months.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type};
use kontor_domain::period::{Month, Period};

use super::LiveSet;
use super::directory::{Directory, SegmentPart};
use crate::Error;
use crate::intern::{Interner, Translation};
use crate::segment::Part;
use crate::vault::{Live, Vault};

/// What one account bought and when. Both lists are in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// The source it is an account of.
    pub source: Arc<str>,
    /// Its number there.
    pub number: Arc<str>,
    /// The product groups of which a line is left in the period, each as a number that is the same for all accounts of one answer.
    pub groups: Vec<u32>,
    /// The months with a line.
    pub months: Vec<Month>,
}

impl Vault {
    /// The habits of all accounts over the months that a period touches, by source and number; months count whole. Lines that name no product group
    /// count for the months alone, and a line that was taken back counts for nothing.
    pub fn habits(&self, live: &[Live], period: Period) -> Result<Vec<Habit>, Error> {
        let live = LiveSet::new(live);
        let directory = self.directory(&live)?;
        let mut counts = Counts { names: Interner::default(), groups: HashMap::new(), months: HashMap::new() };
        for part in &directory.parts {
            counts.add(part, Month::of(period.from()).index()..=Month::of(period.to()).index())?;
        }
        Ok(counts.finish(&directory))
    }
}

/// Lines by account and product group, and by account and month.
struct Counts {
    names: Interner,
    groups: HashMap<(u32, u32), i64>,
    months: HashMap<(u32, i32), i64>,
}

impl Counts {
    fn add(&mut self, part: &SegmentPart, months: std::ops::RangeInclusive<i32>) -> Result<(), Error> {
        if !months.clone().any(|month| part.segment.month(Month::from_index(month)).is_some()) {
            return Ok(());
        }
        let table = part.segment.table(Part::Groups)?;
        let damaged = || table.damaged("it has an account that makes no sense");
        let mut translation = Translation::default();
        for batch in table.read(&["account", "month", "product_group", "lines"], &table.row_groups(), 16384)? {
            let batch = batch?;
            let accounts: &[u32] = batch.column(0).as_primitive::<UInt32Type>().values();
            let of: &[i32] = batch.column(1).as_primitive::<Int32Type>().values();
            let groups = translation.translate(batch.column(2).as_dictionary::<Int32Type>(), |name| self.names.code(name))?;
            let lines: &[i64] = batch.column(3).as_primitive::<Int64Type>().values();
            for row in 0..batch.num_rows() {
                // Code 0 stands for lines without an account.
                if accounts[row] == 0 || !months.contains(&of[row]) {
                    continue;
                }
                let id = part.id(accounts[row]).ok_or_else(damaged)?;
                *self.months.entry((id, of[row])).or_default() += lines[row];
                if !arrow_array::Array::is_null(&groups, row) {
                    *self.groups.entry((id, groups.value(row) as u32)).or_default() += lines[row];
                }
            }
        }
        Ok(())
    }

    fn finish(self, directory: &Directory) -> Vec<Habit> {
        let habit = |id: usize| {
            let (source, number) = directory.account(id);
            Habit { source: source.clone(), number: number.clone(), groups: Vec::new(), months: Vec::new() }
        };
        let mut habits: Vec<Habit> = (0..directory.len()).map(habit).collect();
        let left = |lines: i64| lines > 0;
        for ((id, group), _) in self.groups.into_iter().filter(|&(_, lines)| left(lines)) {
            habits[id as usize].groups.push(group);
        }
        for ((id, month), _) in self.months.into_iter().filter(|&(_, lines)| left(lines)) {
            habits[id as usize].months.push(Month::from_index(month));
        }
        habits.retain(|habit| !habit.months.is_empty());
        for habit in &mut habits {
            habit.groups.sort_unstable();
            habit.months.sort_unstable();
        }
        habits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::testing::{Ledger, Line, line, period};

    fn bought(invoice: &str, date: &str, account: &str, group: Option<&str>) -> Line {
        Line { group: group.map(str::to_owned), ..line(invoice, 1, date, account, 100) }
    }

    /// Account, number of product groups, months.
    fn told(ledger: &Ledger, from: &str, to: &str) -> Vec<(String, usize, Vec<String>)> {
        let habits = ledger.vault.habits(&ledger.live, period(from, to)).expect("habits");
        let tell = |habit: &Habit| (habit.number.to_string(), habit.groups.len(), habit.months.iter().map(ToString::to_string).collect());
        habits.iter().map(tell).collect()
    }

    #[test]
    fn groups_and_months_are_counted_once_over_all_segments() {
        let mut ledger = Ledger::new();
        ledger.book("erp", &[bought("R1", "2025-01-10", "K1", Some("Pumpen")), bought("R2", "2025-01-20", "K1", Some("Ventile"))], false);
        ledger.book("erp", &[bought("R3", "2025-03-10", "K1", Some("Pumpen")), bought("R4", "2025-03-11", "K2", None)], false);
        assert_eq!(
            told(&ledger, "2025-01-01", "2025-12-31"),
            [("K1".into(), 2, vec!["2025-01".into(), "2025-03".into()]), ("K2".into(), 0, vec!["2025-03".into()])]
        );
        assert_eq!(
            told(&ledger, "2025-02-15", "2025-03-01"),
            [("K1".into(), 1, vec!["2025-03".into()]), ("K2".into(), 0, vec!["2025-03".into()])]
        );
        assert!(told(&ledger, "2024-01-01", "2024-12-31").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn habits_are_what_one_finds_in_the_lines(
            lines in prop::collection::vec((select(vec!["K1", "K2", "K3"]), 1_u32..=4, prop::option::of(select(vec!["A", "B", "C"]))), 0..25)
        ) {
            let mut ledger = Ledger::new();
            let lines: Vec<Line> = lines
                .iter()
                .enumerate()
                .map(|(n, (account, month, group))| bought(&format!("R{n}"), &format!("2025-{month:02}-05"), account, *group))
                .collect();
            ledger.book("erp", &lines, false);
            for habit in ledger.vault.habits(&ledger.live, period("2025-02-01", "2025-03-31")).expect("habits") {
                let own = || {
                    lines.iter().filter(|line| line.account.as_deref() == Some(&*habit.number)).filter(|line| (2..=3).contains(&chrono::Datelike::month(&line.date)))
                };
                prop_assert_eq!(habit.groups.len(), own().filter_map(|line| line.group.clone()).collect::<BTreeSet<_>>().len());
                prop_assert_eq!(habit.months.len(), own().map(|line| Month::of(line.date)).collect::<BTreeSet<_>>().len());
            }
        }
    }
}
