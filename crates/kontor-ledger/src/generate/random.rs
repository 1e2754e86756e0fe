//! Random numbers that are the same on every machine, in every run.

/// A source of random numbers that depend on nothing but its seed: splitmix64 (Steele, Lea, Flood 2014). Whole numbers only, so that no
/// machine's floating-point library has a say. Not for secrets.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A source for this seed.
    pub const fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A source of its own for one part of the work, so that what one part draws does not move the others.
    pub fn part(seed: u64, part: u64) -> Random {
        let mut random = Random(seed ^ part.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Random(random.bits())
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `limit` − 1; 0 when the limit is 0. Its bias is below one in four thousand million times the limit.
    pub fn below(&mut self, limit: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(limit)) >> 32) as u32
    }

    /// A number from `first` to `last`, both included; `first` when they are the wrong way round.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let width = (last - first + 1).max(1) as u64;
        first + ((u128::from(self.bits()) * u128::from(width)) >> 64) as i64
    }

    /// True in so many of a thousand cases.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of the items; the list must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }

    /// Brings the items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

/// Draws one of many in constant time, each as often as its weight says: Walker's alias table in whole numbers.
#[derive(Clone, Debug)]
pub struct Weighted {
    /// How much of each column belongs to its own item, in 2⁻³².
    own: Vec<u32>,
    /// Whom the rest of the column belongs to.
    other: Vec<u32>,
}

impl Weighted {
    /// A table for these weights; their sum must be positive and there must be fewer than 2³² of them.
    pub fn new(weights: &[u64]) -> Weighted {
        let count = weights.len() as u128;
        let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        let mut scaled: Vec<u128> = weights.iter().map(|&weight| u128::from(weight) * count).collect();
        let mut table = Weighted { own: vec![u32::MAX; weights.len()], other: (0..weights.len() as u32).collect() };
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..weights.len()).partition(|&item| scaled[item] < total);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            table.own[poor] = u32::try_from((scaled[poor] << 32) / total).unwrap_or(u32::MAX);
            table.other[poor] = rich as u32;
            scaled[rich] -= total - scaled[poor];
            if scaled[rich] < total {
                large.pop();
                small.push(rich);
            }
        }
        table
    }

    /// The index of one item.
    pub fn draw(&self, random: &mut Random) -> usize {
        let bits = random.bits();
        let column = (((bits >> 32) * self.own.len() as u64) >> 32) as usize;
        if (bits as u32) <= self.own[column] { column } else { self.other[column] as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        assert_eq!(
            [random.bits(), random.bits(), random.bits()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn numbers_stay_within_their_limits() {
        let mut random = Random::new(1);
        for _ in 0..10_000 {
            assert!(random.below(7) < 7);
            assert!((-3..=3).contains(&random.between(-3, 3)));
        }
        assert_eq!((random.below(0), random.below(1), random.between(5, 5), random.between(5, 4)), (0, 0, 5, 5));
        assert!(!random.chance(0) && random.chance(1_000));
    }

    #[test]
    fn items_are_drawn_as_often_as_their_weights_say() {
        let table = Weighted::new(&[700, 0, 200, 100]);
        let mut random = Random::new(42);
        let mut drawn = [0_i32; 4];
        for _ in 0..100_000 {
            drawn[table.draw(&mut random)] += 1;
        }
        for (drawn, expected) in drawn.into_iter().zip([70_000, 0, 20_000, 10_000]) {
            assert!((drawn - expected).abs() < 600, "{drawn} instead of {expected}");
        }
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Random::new(3).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
