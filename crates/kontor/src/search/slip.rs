//! Slips of the finger: letters left out, put in, changed or exchanged with their neighbour.

/// How many slips are forgiven in a word of so many letters; none in short ones.
pub const fn allowed(length: usize) -> Option<usize> {
    match length {
        0..=3 => None,
        4..=7 => Some(1),
        _ => Some(2),
    }
}

/// Whether words with these [`letters`] can lie so few slips apart. A slip changes at most one letter into another, so a word lacks at most that many of
/// the letters typed.
pub const fn may_resemble(typed: u32, word: u32, allowed: usize) -> bool {
    (typed & !word).count_ones() as usize <= allowed
}

/// The letters of a word as bits; all that is no letter of the alphabet shares one.
pub fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| bits | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

/// How many slips lie between what was typed and the beginning of a word; `None` when more than allowed, or none.
pub fn slips(typed: &str, length: usize, word: &str, allowed: usize) -> Option<u8> {
    if typed.is_ascii() && word.is_ascii() {
        return least(typed.as_bytes(), word.as_bytes(), allowed);
    }
    let word: Vec<char> = word.chars().take(length + allowed).collect();
    least(&typed.chars().collect::<Vec<char>>(), &word, allowed)
}

/// The longest word, in letters, in which slips are looked for.
const LONGEST: usize = 60;

/// The least distance of what was typed from any beginning of a word (optimal string alignment), where it is at least one and at most so many. Rows of the
/// table are given up as soon as nothing in them can end below that.
fn least<T: Copy + PartialEq>(typed: &[T], word: &[T], allowed: usize) -> Option<u8> {
    let (rows, columns) = (typed.len(), word.len().min(typed.len() + allowed));
    if rows + allowed > LONGEST || columns + allowed < rows {
        return None;
    }
    let mut before = [0_u8; LONGEST + 1];
    let mut above = [0_u8; LONGEST + 1];
    for (column, cell) in above.iter_mut().enumerate() {
        *cell = column as u8;
    }
    let mut least_above = 0;
    for row in 1..=rows {
        let mut cells = [0_u8; LONGEST + 1];
        cells[0] = row as u8;
        let mut least = cells[0];
        for column in 1..=columns {
            let changed = above[column - 1] + u8::from(typed[row - 1] != word[column - 1]);
            let mut cell = changed.min(above[column] + 1).min(cells[column - 1] + 1);
            if row > 1 && column > 1 && typed[row - 1] == word[column - 2] && typed[row - 2] == word[column - 1] {
                cell = cell.min(before[column - 2] + 1);
            }
            cells[column] = cell;
            least = least.min(cell);
        }
        // An exchange reaches back two rows.
        if usize::from(least) > allowed && usize::from(least_above) >= allowed {
            return None;
        }
        (before, above, least_above) = (above, cells, least);
    }
    // Someone still typing has only the beginning of the word; a slip may have lengthened or shortened it.
    let least = *above[rows.saturating_sub(allowed)..=columns].iter().min()?;
    (1..=allowed).contains(&usize::from(least)).then_some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_slip_away_is_not_passed_over() {
        for (typed, word) in
            [("rehintal", "rheintal"), ("maschinnebau", "maschinenbau"), ("stahk", "stahl"), ("bemen", "bremen"), ("brermen", "bremen")]
        {
            let length = typed.chars().count();
            let allowed = allowed(length).expect("long enough");
            assert!(may_resemble(letters(typed), letters(word), allowed), "{typed}");
            assert!(slips(typed, length, word, allowed).is_some(), "{typed}");
        }
        assert!(!may_resemble(letters("bremen"), letters("hamburg"), 1));
        assert_eq!((allowed(3), slips("bremen", 6, "bremen", 1)), (None, None), "as it stands is no slip");
    }
    #[test]
    fn the_table_gives_what_trying_every_beginning_gives() {
        let words = ["rheintal", "reinhalt", "maschinenbau", "masten", "bremen", "brennerei", "stahl", "stahlwerk", "чайковский", "a", ""];
        for typed in ["rehintal", "maschinnebau", "bermen", "stahlwrek", "чайкоский", "brem", "wxyzwxyz"] {
            let length = typed.chars().count();
            let Some(allowed) = allowed(length) else { continue };
            for word in words {
                let beginnings = (length - allowed..=length + allowed).filter(|&end| end <= word.chars().count());
                let least = beginnings.map(|end| strsim::osa_distance(typed, &word.chars().take(end).collect::<String>())).min();
                let expected = least.filter(|least| (1..=allowed).contains(least)).map(|least| least as u8);
                assert_eq!(slips(typed, length, word, allowed), expected, "{typed} {word}");
            }
        }
    }
}
