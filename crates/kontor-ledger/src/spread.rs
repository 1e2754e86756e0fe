//! Entries by the first bits of a hash, so that what is equal stands together in small lists, which two threads sort quickly.

/// How many lists, a power of two.
const PARTS: usize = 128;

/// Entries that begin with a hash.
pub(crate) struct Spread<T> {
    parts: Vec<Vec<(u64, T)>>,
}

impl<T> Default for Spread<T> {
    fn default() -> Spread<T> {
        Spread { parts: (0..PARTS).map(|_| Vec::new()).collect() }
    }
}

impl<T: Ord + Send + Sync> Spread<T> {
    /// Appends an entry.
    pub(crate) fn push(&mut self, hash: u64, entry: T) {
        self.parts[part(hash)].push((hash, entry));
    }

    /// Takes another one's entries in, changed by `change`.
    pub(crate) fn absorb<U>(&mut self, other: Spread<U>, change: impl Fn(U) -> T) {
        for (mine, its) in self.parts.iter_mut().zip(other.parts) {
            mine.extend(its.into_iter().map(|(hash, entry)| (hash, change(entry))));
        }
    }

    /// Sorts every list and gives it to `each`, in two threads; the results in no special order.
    pub(crate) fn each_sorted<R: Send>(mut self, each: impl Fn(&[(u64, T)]) -> R + Sync) -> Vec<R> {
        let work = |parts: &mut [Vec<(u64, T)>]| -> Vec<R> {
            parts
                .iter_mut()
                .map(|part| {
                    part.sort_unstable();
                    each(part)
                })
                .collect()
        };
        let (first, second) = self.parts.split_at_mut(PARTS / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| work(second));
            let mut results = work(first);
            match other.join() {
                Ok(found) => results.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
            results
        })
    }
}

const fn part(hash: u64) -> usize {
    (hash >> (u64::BITS - PARTS.trailing_zeros())) as usize
}
