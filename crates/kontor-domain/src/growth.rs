//! Growth of one period against the one before.

use crate::amount::Amount;

/// How an amount changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Growth {
    /// Now / before − 1; 0.05 is five percent more.
    Rate(f64),
    /// There was nothing before and there is something now.
    New,
    /// There is nothing to compare: nothing in both periods, or the earlier amount was negative, against which a rate means nothing.
    None,
}

impl Growth {
    /// The rate, if there is one.
    pub const fn rate(self) -> Option<f64> {
        match self {
            Growth::Rate(rate) => Some(rate),
            Growth::New | Growth::None => None,
        }
    }
}

/// Growth from `before` to `now`: `now / before - 1`. Zero before is no base: “new” when there is something now.
pub fn growth(now: Amount, before: Amount) -> Growth {
    if before.is_positive() {
        Growth::Rate(now.raw() as f64 / before.raw() as f64 - 1.0)
    } else if before.is_zero() && now.is_positive() {
        Growth::New
    } else {
        Growth::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(now: i64, before: i64) -> Growth {
        growth(Amount::from_units(now), Amount::from_units(before))
    }

    #[test]
    fn is_a_rate_only_against_a_positive_amount() {
        assert_eq!(of(150, 100), Growth::Rate(0.5));
        assert_eq!(of(0, 100), Growth::Rate(-1.0));
        assert_eq!(of(-50, 100), Growth::Rate(-1.5));
        assert_eq!(of(100, 0), Growth::New);
        assert_eq!(of(0, 0), Growth::None);
        assert_eq!(of(-5, 0), Growth::None);
        assert_eq!(of(100, -20), Growth::None);
    }
}
