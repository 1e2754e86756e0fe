//! Kept results as bytes: a hundred thousand accounts are written and read in a moment.
//!
//! Only what cannot be computed again is kept: figures, points, raters, the class, the revenue, the position a period earlier and the members of a group. Scores, ranks and positions
//! follow from them and the model, whose version the result names. All numbers are little-endian and of fixed width, in the order of [`pack_row`].

use kontor_domain::Amount;
use kontor_domain::abc::Class;
use kontor_domain::scoring::portfolio::Position;
use kontor_domain::scoring::{Points, Score, Scored};

use crate::scoring::table::{Cell, Members, Row, Table};

/// The first byte of every part: the layout that follows.
const LAYOUT: u8 = 1;
/// So many accounts go into one part.
pub const ROWS_PER_PART: usize = 4096;
/// Stands for no points and no class.
const NONE: u16 = u16::MAX;
/// Stands for no position.
const NOWHERE: u32 = u32::MAX;
/// Stands for no figure.
const UNKNOWN: i64 = i64::MIN;

/// What is kept cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the kept result is damaged")]
pub struct Damaged;

/// The rows with their cells as parts.
pub fn pack(table: &Table) -> Vec<Vec<u8>> {
    let (rows, cells) = (&table.rows, &table.cells);
    let columns = if rows.is_empty() { 0 } else { cells.len() / rows.len() };
    let parts = rows.chunks(ROWS_PER_PART).zip(cells.chunks((ROWS_PER_PART * columns).max(1)));
    let pack_part = |(rows, cells): (&[Row], &[Cell])| {
        let mut bytes = vec![LAYOUT];
        for (row, cells) in rows.iter().zip(cells.chunks(columns.max(1))) {
            pack_row(row, cells, &mut bytes);
            let members = table.members(row.account_id);
            bytes.extend((members.len() as u32).to_le_bytes());
            members.iter().for_each(|member| bytes.extend(member.to_le_bytes()));
        }
        bytes
    };
    parts.map(pack_part).collect()
}

fn pack_row(row: &Row, cells: &[Cell], into: &mut Vec<u8>) {
    into.extend(row.account_id.to_le_bytes());
    into.extend(row.revenue.raw().to_le_bytes());
    into.extend(row.class.map_or(NONE, |class| class.index() as u16).to_le_bytes());
    let before = row.position_before.map_or([NOWHERE; 2], |position| [position.attractiveness.raw(), position.strength.raw()]);
    before.iter().for_each(|score| into.extend(score.to_le_bytes()));
    for cell in cells {
        into.extend(cell.points.map_or(NONE, Points::hundredths).to_le_bytes());
        into.extend(cell.value.map_or(UNKNOWN, Amount::raw).to_le_bytes());
        into.extend(cell.raters.to_le_bytes());
        into.extend([cell.low, cell.high, u8::from(cell.is_stale)]);
    }
}

/// Reads the parts of a result over so many criteria.
pub fn unpack(parts: &[Vec<u8>], columns: usize) -> Result<(Vec<Row>, Vec<Cell>, Members), Damaged> {
    let (mut rows, mut cells, mut members) = (Vec::new(), Vec::new(), Members::new());
    for part in parts {
        let (&LAYOUT, bytes) = part.split_first().ok_or(Damaged)? else { return Err(Damaged) };
        let mut reader = Reader(bytes);
        while !reader.0.is_empty() {
            let row = unpack_row(&mut reader)?;
            for _ in 0..columns {
                cells.push(unpack_cell(&mut reader)?);
            }
            let count = u32::from_le_bytes(reader.take()?);
            let own = (0..count).map(|_| reader.take().map(i64::from_le_bytes)).collect::<Result<Vec<i64>, Damaged>>()?;
            if !own.is_empty() {
                members.insert(row.account_id, own);
            }
            rows.push(row);
        }
    }
    let is_in_order = rows.windows(2).all(|pair| pair[0].account_id < pair[1].account_id);
    if is_in_order { Ok((rows, cells, members)) } else { Err(Damaged) }
}

fn unpack_row(reader: &mut Reader<'_>) -> Result<Row, Damaged> {
    let account_id = i64::from_le_bytes(reader.take()?);
    let revenue = Amount::from_raw(i64::from_le_bytes(reader.take()?));
    let class = match u16::from_le_bytes(reader.take()?) {
        NONE => None,
        index => Some(*Class::ALL.get(usize::from(index)).ok_or(Damaged)?),
    };
    let position_before = match [u32::from_le_bytes(reader.take()?), u32::from_le_bytes(reader.take()?)] {
        [NOWHERE, _] => None,
        [attractiveness, strength] => Some(Position { attractiveness: Score::of_raw(attractiveness), strength: Score::of_raw(strength) }),
    };
    Ok(Row { account_id, class, revenue, scored: Scored::default(), place: None, position: None, position_before })
}

fn unpack_cell(reader: &mut Reader<'_>) -> Result<Cell, Damaged> {
    let points = u16::from_le_bytes(reader.take()?);
    let value = i64::from_le_bytes(reader.take()?);
    let raters = u16::from_le_bytes(reader.take()?);
    let [low, high, stale] = reader.take()?;
    Ok(Cell {
        points: (points != NONE).then(|| Points::of_hundredths(points)),
        value: (value != UNKNOWN).then(|| Amount::from_raw(value)),
        raters,
        low,
        high,
        is_stale: stale != 0,
    })
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::Period;
    use kontor_domain::group::Level;
    use kontor_domain::scoring::defaults;
    use kontor_domain::settings::Currency;

    use super::*;
    use crate::scoring::store::{Made, StoredModel};

    fn row(account_id: i64) -> Row {
        let position = Position { attractiveness: Score::of_points(70), strength: Score::of_points(30) };
        Row {
            account_id,
            class: (account_id % 2 == 0).then_some(Class::B),
            revenue: Amount::from_cents(account_id * 100 - 7),
            scored: Scored::default(),
            place: None,
            position: None,
            position_before: (account_id % 3 == 0).then_some(position),
        }
    }

    fn cell(seed: i64) -> Cell {
        Cell {
            points: (seed % 2 == 0).then(|| Points::of_hundredths((seed % 501) as u16)),
            value: (seed % 3 == 0).then(|| Amount::from_raw(-seed)),
            raters: (seed % 4) as u16,
            low: 1,
            high: 4,
            is_stale: seed % 5 == 0,
        }
    }

    /// A table of so many accounts, every hundredth of which is a group.
    fn table(count: usize, columns: usize) -> Table {
        let mut model = defaults::model(|index| (index as i64 + 1, 1));
        model.criteria.truncate(columns);
        let made = Made { at: chrono::DateTime::UNIX_EPOCH, by: String::new() };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        Table {
            run: None,
            model: StoredModel { id: 1, model, note: String::new(), made }.into(),
            level: Level::Group,
            period: Period::new(day, day).expect("a day"),
            as_of: day,
            currency: Currency::EUR,
            rows: (1..=count as i64).map(row).collect(),
            cells: (0..(count * columns) as i64).map(cell).collect(),
            members: (1..=count as i64 / 100).map(|n| (n * 100, vec![n * 100, n * 100 + 7])).collect(),
        }
    }

    #[test]
    fn what_is_packed_reads_back_over_several_parts() {
        for (count, columns) in [(0, 3), (1, 3), (ROWS_PER_PART, 2), (ROWS_PER_PART * 2 + 1, 8)] {
            let table = table(count, columns);
            let parts = pack(&table);
            assert_eq!(parts.len(), count.div_ceil(ROWS_PER_PART));
            assert_eq!(unpack(&parts, columns), Ok((table.rows, table.cells, table.members)));
        }
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_misread() {
        let whole = pack(&table(2, 2)).remove(0);
        assert!(unpack(std::slice::from_ref(&whole), 2).is_ok());
        assert_eq!(unpack(&[whole[..whole.len() - 1].to_vec()], 2), Err(Damaged));
        assert_eq!(unpack(&[vec![]], 2), Err(Damaged));
        assert_eq!(unpack(&[[&[9], &whole[1..]].concat()], 2), Err(Damaged));
        assert_eq!(unpack(&[whole.clone(), whole], 2), Err(Damaged), "the same account twice");
    }
}
