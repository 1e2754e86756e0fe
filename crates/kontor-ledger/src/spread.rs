//! Entries by the first bits of a hash, so that what is equal stands together in small lists, which two threads sort quickly.

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

    /// Puts the lists of several together, each entry as `change` makes it with the place of where it comes from, and sorts them. Two threads give what they have
    /// sorted to `each`, each with an outcome of its own that begins as `start`.
    pub(crate) fn each_sorted<U: Ord, R: Send>(
        spreads: Vec<Spread<T>>,
        change: impl Fn(usize, T) -> U + Sync,
        start: impl Fn() -> R + Sync,
        each: impl Fn(&mut R, &[(u64, U)]) + Sync,
    ) -> [R; 2] {
        let mut parts: Vec<Vec<(usize, Piece<T>)>> = (0..PARTS).map(|_| Vec::new()).collect();
        for (source, spread) in spreads.into_iter().enumerate() {
            for (part, pieces) in parts.iter_mut().zip(spread.parts) {
                part.extend(pieces.into_iter().map(|piece| (source, piece)));
            }
        }
        let work = |parts: Vec<Vec<(usize, Piece<T>)>>| -> R {
            let (mut list, mut outcome) = (Vec::new(), start());
            for part in parts {
                list.clear();
                for (source, piece) in part {
                    list.extend(piece.into_iter().map(|(hash, entry)| (hash, change(source, entry))));
                }
                list.sort_unstable();
                each(&mut outcome, &list);
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

const fn part(hash: u64) -> usize {
    (hash >> (u64::BITS - PARTS.trailing_zeros())) as usize
}
