//! First and last day of accounts from which lines were taken out.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int8Type, UInt32Type};
use kontor_domain::period::Period;

use super::directory::Directory;
use crate::Error;
use crate::segment::Part;
use crate::sums::{Total, day_number};

/// How many lines are looked at together.
const LINES_MAX: usize = 2 << 20;

/// Sets the days right where a reversal lies in the period: the day of a line that was taken out is not one with a line, and only the lines
/// themselves tell which other line came first or last.
pub(super) fn correct(directory: &Directory, period: Period, accounts: &mut [Total]) -> Result<(), Error> {
    let ids: Vec<u32> = (0..accounts.len() as u32).filter(|&id| accounts[id as usize].reversals > 0).collect();
    let mut rest = ids.as_slice();
    while !rest.is_empty() {
        let mut lines = 0;
        let taken = rest.iter().take_while(|&&id| {
            let is_room = lines < LINES_MAX;
            lines += ranges_of(directory, id).map(|(_, range)| range.len()).sum::<usize>();
            is_room
        });
        let (some, others) = rest.split_at(taken.count());
        correct_some(directory, period, some, accounts)?;
        rest = others;
    }
    Ok(())
}

/// Where an account's lines lie: (segment, rows).
fn ranges_of(directory: &Directory, id: u32) -> impl Iterator<Item = (usize, Range<usize>)> {
    let parts = directory.parts.iter().enumerate();
    parts.filter_map(move |(index, part)| part.code(id).map(|code| (index, part.codes.lines(code)))).filter(|(_, range)| !range.is_empty())
}

fn correct_some(directory: &Directory, period: Period, ids: &[u32], accounts: &mut [Total]) -> Result<(), Error> {
    let mut ranges: Vec<Vec<Range<usize>>> = vec![Vec::new(); directory.parts.len()];
    for &id in ids {
        ranges_of(directory, id).for_each(|(index, range)| ranges[index].push(range));
    }
    let (from, to) = (day_number(period.from()), day_number(period.to()));
    let mut counts: Vec<(u32, i32, i8)> = Vec::new();
    for (part, mut ranges) in directory.parts.iter().zip(ranges) {
        if ranges.is_empty() {
            continue;
        }
        ranges.sort_unstable_by_key(|range| range.start);
        let table = part.segment.table(Part::Lines)?;
        for batch in table.read(&["account", "date", "sign"], &ranges, 16384)? {
            let batch = batch?;
            let codes = batch.column(0).as_primitive::<UInt32Type>().values();
            let dates = batch.column(1).as_primitive::<Date32Type>().values();
            let signs = batch.column(2).as_primitive::<Int8Type>().values();
            for ((&code, &date), &sign) in codes.iter().zip(dates).zip(signs) {
                if sign != 0 && from <= date && date <= to {
                    let id = part.id(code).ok_or_else(|| table.damaged("it has an account that makes no sense"))?;
                    counts.push((id, date, sign));
                }
            }
        }
    }
    for &id in ids {
        (accounts[id as usize].first, accounts[id as usize].last) = (i32::MAX, i32::MIN);
    }
    counts.sort_unstable();
    for same in counts.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        let (id, date, _) = same[0];
        if same.iter().map(|(_, _, sign)| i64::from(*sign)).sum::<i64>() > 0 {
            let total = &mut accounts[id as usize];
            total.first = total.first.min(date);
            total.last = total.last.max(date);
        }
    }
    Ok(())
}
