//! Entries by the first bits of a hash, in lists small enough to be looked through in the processor's cache by two threads.
//!
//! Most hashes come once, as the rows of an invoice stand together. That is seen in bits: an entry whose bit no other one has is alone. Only the others, with a few
//! that share a bit by chance, are sorted, so that what is equal stands together.

/// How many lists, a power of two.
const PARTS: usize = 128;
/// How many entries a list grows by: moving all of them to a larger place again and again takes longer than sorting them in the end.
const PIECE: usize = 1024;

type Piece<T> = Vec<(u64, T)>;

/// Entries that begin with a hash.
pub(crate) struct Spread<T> {
    parts: Vec<Vec<Piece<T>>>,
}

impl<T> Default for Spread<T> {
    fn default() -> Spread<T> {
        Spread { parts: (0..PARTS).map(|_| Vec::new()).collect() }
    }
}

impl<T: Copy + Send> Spread<T> {
    /// Appends an entry.
    pub(crate) fn push(&mut self, hash: u64, entry: T) {
        let pieces = &mut self.parts[part(hash)];
        match pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push((hash, entry)),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push((hash, entry));
                pieces.push(piece);
            }
        }
    }

    /// Puts the entries of several together, each as `change` makes it with the place of where it comes from. Two threads give those that are alone to `alone` and the
    /// others, sorted, to `sorted`, each with an outcome of its own that begins as `start`.
    pub(crate) fn each<U: Ord, R: Send>(
        spreads: Vec<Spread<T>>,
        change: impl Fn(usize, T) -> U + Sync,
        start: impl Fn() -> R + Sync,
        alone: impl Fn(&mut R, U) + Sync,
        sorted: impl Fn(&mut R, &[(u64, U)]) + Sync,
    ) -> [R; 2] {
        let mut parts: Vec<Vec<(usize, Piece<T>)>> = (0..PARTS).map(|_| Vec::new()).collect();
        for (source, spread) in spreads.into_iter().enumerate() {
            for (part, pieces) in parts.iter_mut().zip(spread.parts) {
                part.extend(pieces.into_iter().map(|piece| (source, piece)));
            }
        }
        let work = |parts: Vec<Vec<(usize, Piece<T>)>>| -> R {
            let (mut list, mut bits, mut outcome) = (Vec::new(), Bits::default(), start());
            for part in parts {
                bits.clear(part.iter().map(|(_, piece)| piece.len()).sum());
                for (hash, _) in part.iter().flat_map(|(_, piece)| piece) {
                    bits.see(*hash);
                }
                list.clear();
                for (source, piece) in part {
                    for (hash, entry) in piece {
                        if bits.is_shared(hash) {
                            list.push((hash, change(source, entry)));
                        } else {
                            alone(&mut outcome, change(source, entry));
                        }
                    }
                }
                list.sort_unstable();
                sorted(&mut outcome, &list);
            }
            outcome
        };
        let second = parts.split_off(PARTS / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| work(second));
            let mine = work(parts);
            [mine, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
        })
    }
}

/// How many bits there are for an entry: one in sixteen shares its bit by chance.
const BITS_PER_ENTRY: usize = 16;

/// Which hashes were seen, and which bits were seen by more than one.
#[derive(Default)]
struct Bits {
    seen: Vec<u64>,
    shared: Vec<u64>,
}

impl Bits {
    /// None seen yet; there is room for so many hashes.
    fn clear(&mut self, entries: usize) {
        let words = (entries * BITS_PER_ENTRY / u64::BITS as usize).next_power_of_two();
        for bits in [&mut self.seen, &mut self.shared] {
            bits.clear();
            bits.resize(words, 0);
        }
    }

    /// The word and the bit of a hash. The hashes of one list have their first bits in common, so it goes by the last ones.
    fn place(&self, hash: u64) -> (usize, u64) {
        (hash as usize >> u64::BITS.trailing_zeros() & (self.seen.len() - 1), 1 << (hash % u64::BITS as u64))
    }

    fn see(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        self.shared[word] |= self.seen[word] & bit;
        self.seen[word] |= bit;
    }

    fn is_shared(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.shared[word] & bit != 0
    }
}

const fn part(hash: u64) -> usize {
    (hash >> (u64::BITS - PARTS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// A hash, and the spread it is from.
    type Entry = (usize, u64);

    /// What came of the hashes of several spreads: those that came sorted, by hash, and those that came alone.
    fn collected(lists: &[Vec<u64>]) -> (BTreeMap<u64, Vec<Entry>>, Vec<Entry>) {
        let spread = |hashes: &Vec<u64>| {
            let mut spread = Spread::default();
            hashes.iter().for_each(|&hash| spread.push(hash, hash));
            spread
        };
        let keep_alone = |found: &mut (Vec<_>, Vec<_>), entry| found.0.push(entry);
        let keep_sorted = |found: &mut (Vec<_>, Vec<_>), list: &[(u64, Entry)]| {
            assert!(list.is_sorted());
            found.1.extend_from_slice(list);
        };
        let outcomes =
            Spread::each(lists.iter().map(spread).collect(), |source, hash| (source, hash), Default::default, keep_alone, keep_sorted);
        let (mut together, mut alone) = (BTreeMap::<u64, Vec<Entry>>::new(), Vec::new());
        for (own, sorted) in outcomes {
            alone.extend(own);
            for (hash, entry) in sorted {
                together.entry(hash).or_default().push(entry);
            }
        }
        (together, alone)
    }

    proptest! {
        #[test]
        fn every_entry_comes_once_and_equal_ones_together(
            few in prop::collection::vec(prop::collection::vec((0_u64..40).prop_map(|hash| (hash << 57) | (hash * 0x9e37_79b9)), 0..60), 1..4),
            many in prop::collection::vec(any::<u64>(), 0..3_000),
        ) {
            let mut lists = few;
            lists.push(many);
            let (together, alone) = collected(&lists);
            let mut expected: BTreeMap<u64, Vec<Entry>> = BTreeMap::new();
            for (source, hashes) in lists.iter().enumerate() {
                hashes.iter().for_each(|&hash| expected.entry(hash).or_default().push((source, hash)));
            }
            let mut found = together;
            for entry in alone {
                let before = found.insert(entry.1, vec![entry]);
                prop_assert!(before.is_none(), "{} came alone and with others", entry.1);
            }
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn hardly_any_hash_that_comes_once_is_sorted() {
        let hashes: Vec<u64> =
            (0..200_000_u64).map(|number| std::hash::BuildHasher::hash_one(&foldhash::fast::FixedState::default(), number)).collect();
        let (together, alone) = collected(&[hashes]);
        assert_eq!(together.len() + alone.len(), 200_000);
        assert!(together.len() < 30_000, "{} of 200,000 share a bit", together.len());
    }
}
