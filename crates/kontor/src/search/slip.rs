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

/// How many slips lie between what was typed and the beginning of a word; `None` when more than allowed.
pub fn slips(typed: &str, length: usize, word: &str, allowed: usize) -> Option<u8> {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = ends.len() - 1;
    if count + allowed < length {
        return None;
    }
    // Someone still typing has only the beginning of the word; a slip may have lengthened or shortened it.
    let beginnings = (length - allowed..=length + allowed).filter(|&end| end <= count).map(|end| &word[..ends[end]]);
    let least = beginnings.map(|beginning| strsim::osa_distance(typed, beginning)).min()?;
    (1..=allowed).contains(&least).then_some(least as u8)
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
}
