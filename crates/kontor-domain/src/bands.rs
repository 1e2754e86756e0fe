//! Bands: accounts by how they grow and by what they leave, coarse enough to pick from a list.

use crate::growth::Growth;

/// From this change on, either way, an account grows or shrinks; below it, it is steady.
pub const STEADY: f64 = 0.10;
/// Margin rates at which one band ends and the next begins.
pub const MARGIN_BOUNDS: [f64; 3] = [0.0, 0.10, 0.25];

/// How the revenue of an account changed against the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrowthBand {
    /// It rose by [`STEADY`] or more.
    Up,
    /// It rose or fell by less.
    Steady,
    /// It fell by [`STEADY`] or more, and something is left.
    Down,
    /// Nothing in the period before.
    New,
    /// Something in the period before, not one line in this one.
    Lost,
}

/// What part of its revenue an account leaves as margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarginBand {
    /// Less than nothing.
    Loss,
    /// From nothing to below 10 %.
    Low,
    /// From 10 % to below 25 %.
    Middle,
    /// 25 % or more.
    High,
    /// No cost is known.
    Unknown,
}

impl GrowthBand {
    /// All bands, the best first.
    pub const ALL: [GrowthBand; 5] = [GrowthBand::Up, GrowthBand::Steady, GrowthBand::Down, GrowthBand::New, GrowthBand::Lost];

    /// The name in addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            GrowthBand::Up => "up",
            GrowthBand::Steady => "steady",
            GrowthBand::Down => "down",
            GrowthBand::New => "new",
            GrowthBand::Lost => "lost",
        }
    }

    /// The band of an account with lines in the period (`is_here`), in the one before (`was_here`), and this growth; `None` where there is nothing to compare.
    pub fn of(was_here: bool, is_here: bool, growth: Growth) -> Option<GrowthBand> {
        match (was_here, is_here, growth) {
            (true, false, _) => Some(GrowthBand::Lost),
            (false, true, _) | (_, true, Growth::New) => Some(GrowthBand::New),
            (_, _, Growth::Rate(rate)) if rate >= STEADY => Some(GrowthBand::Up),
            (_, _, Growth::Rate(rate)) if rate <= -STEADY => Some(GrowthBand::Down),
            (_, _, Growth::Rate(_)) => Some(GrowthBand::Steady),
            _ => None,
        }
    }
}

impl MarginBand {
    /// All bands, the worst first.
    pub const ALL: [MarginBand; 5] = [MarginBand::Loss, MarginBand::Low, MarginBand::Middle, MarginBand::High, MarginBand::Unknown];

    /// The name in addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            MarginBand::Loss => "loss",
            MarginBand::Low => "low",
            MarginBand::Middle => "middle",
            MarginBand::High => "high",
            MarginBand::Unknown => "unknown",
        }
    }

    /// The band of a margin rate.
    pub fn of(rate: Option<f64>) -> MarginBand {
        let [nothing, low, middle] = MARGIN_BOUNDS;
        match rate {
            None => MarginBand::Unknown,
            Some(rate) if rate < nothing => MarginBand::Loss,
            Some(rate) if rate < low => MarginBand::Low,
            Some(rate) if rate < middle => MarginBand::Middle,
            Some(_) => MarginBand::High,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_in_one_band_of_growth() {
        let of = |rate| GrowthBand::of(true, true, Growth::Rate(rate));
        for (rate, band) in [
            (0.1, GrowthBand::Up),
            (0.0999, GrowthBand::Steady),
            (-0.0999, GrowthBand::Steady),
            (-0.1, GrowthBand::Down),
            (-1.5, GrowthBand::Down),
        ] {
            assert_eq!(of(rate), Some(band), "{rate}");
        }
        assert_eq!(GrowthBand::of(false, true, Growth::New), Some(GrowthBand::New));
        assert_eq!(GrowthBand::of(true, false, Growth::Rate(-1.0)), Some(GrowthBand::Lost));
        assert_eq!(GrowthBand::of(false, false, Growth::None), None);
        assert_eq!(GrowthBand::of(true, true, Growth::None), None, "a refund in one of the periods compares with nothing");
    }

    #[test]
    fn an_account_is_in_one_band_of_margin() {
        for (rate, band) in [
            (Some(-0.001), MarginBand::Loss),
            (Some(0.0), MarginBand::Low),
            (Some(0.1), MarginBand::Middle),
            (Some(0.25), MarginBand::High),
            (None, MarginBand::Unknown),
        ] {
            assert_eq!(MarginBand::of(rate), band, "{rate:?}");
        }
    }

    #[test]
    fn names_tell_the_bands_apart() {
        let mut names: Vec<&str> = GrowthBand::ALL.map(GrowthBand::name).into_iter().chain(MarginBand::ALL.map(MarginBand::name)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 10);
    }
}
