//! Money and quantities as exact numbers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// How many ten-thousandths make one unit.
pub const SCALE: i64 = 10_000;

/// An exact amount in ten-thousandths of a currency unit (or of a unit of quantity).
///
/// Four decimals hold unit prices as they stand on invoices; 9.2 × 10^14 units is the largest value. Amounts are added exactly and rounded once,
/// when they are shown. An amount does not know its currency: every figure states it once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);

    /// An amount from its ten-thousandths.
    pub const fn from_raw(ten_thousandths: i64) -> Amount {
        Amount(ten_thousandths)
    }

    /// Its ten-thousandths.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// A whole number of units.
    pub const fn from_units(units: i64) -> Amount {
        Amount(units * SCALE)
    }

    /// A whole number of hundredths (cents).
    pub const fn from_cents(cents: i64) -> Amount {
        Amount(cents * (SCALE / 100))
    }

    /// The nearest amount to a decimal number, halves away from zero; `None` when it is too large to hold.
    pub fn from_decimal(value: Decimal) -> Option<Amount> {
        let scaled = value.checked_mul(Decimal::from(SCALE))?;
        let rounded = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        i64::try_from(rounded).ok().map(Amount)
    }

    /// The same number as a decimal with four places.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 4)
    }

    /// Rounded to hundredths, halves away from zero: the form in which amounts leave Kontor.
    pub const fn round_to_cents(self) -> Amount {
        let unit = SCALE / 100;
        let half = if self.0 < 0 { -(unit / 2) } else { unit / 2 };
        Amount((self.0 + half) / unit * unit)
    }

    /// This amount times a factor given in ten-thousandths (a quantity, a rate), rounded half away from zero; `None` on overflow.
    pub fn times(self, factor: Amount) -> Option<Amount> {
        let product = i128::from(self.0) * i128::from(factor.0);
        let half = i128::from(SCALE / 2) * product.signum();
        i64::try_from((product + half) / i128::from(SCALE)).ok().map(Amount)
    }

    /// This amount divided by a divisor given in ten-thousandths, rounded half away from zero; `None` on overflow or a zero divisor.
    pub fn divided_by(self, divisor: Amount) -> Option<Amount> {
        if divisor.0 == 0 {
            return None;
        }
        let numerator = i128::from(self.0) * i128::from(SCALE);
        let divisor = i128::from(divisor.0);
        let quotient = numerator / divisor;
        let rest = (numerator % divisor).abs() * 2;
        let step = if rest >= divisor.abs() { numerator.signum() * divisor.signum() } else { 0 };
        i64::try_from(quotient + step).ok().map(Amount)
    }

    /// The sum, or `None` when it does not fit.
    pub const fn checked_add(self, other: Amount) -> Option<Amount> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Amount(sum)),
            None => None,
        }
    }

    /// True above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// True at exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without its sign.
    pub const fn abs(self) -> Amount {
        Amount(self.0.abs())
    }

    /// The part this amount is of `whole`, as a number where 1 is all of it; zero when the whole is zero.
    ///
    /// Shares are ratios for display and ranking, so they are floating-point numbers; no amount is ever computed back from one.
    pub fn share_of(self, whole: Amount) -> f64 {
        if whole.0 == 0 { 0.0 } else { self.0 as f64 / whole.0 as f64 }
    }
}

/// Two decimals, point, no grouping, minus as `-`: the form for JSON and CSV (`-1234.50`).
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.round_to_cents().0 / (SCALE / 100);
        let sign = if cents < 0 { "-" } else { "" };
        let cents = cents.unsigned_abs();
        f.pad_integral(true, "", &format!("{sign}{}.{:02}", cents / 100, cents % 100))
    }
}

/// The text is not a plain decimal number such as `-1234.5`, or it is too large.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an amount: {0}")]
pub struct ParseAmountError(String);

/// Reads the plain form (`-1234.50`): the counterpart of `Display`, not a reader of localised text.
impl FromStr for Amount {
    type Err = ParseAmountError;

    fn from_str(text: &str) -> Result<Amount, ParseAmountError> {
        let bad = || ParseAmountError(text.to_owned());
        Decimal::from_str_exact(text.trim()).ok().and_then(Amount::from_decimal).ok_or_else(bad)
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount(self.0 + other.0)
    }
}

impl Sub for Amount {
    type Output = Amount;
    fn sub(self, other: Amount) -> Amount {
        Amount(self.0 - other.0)
    }
}

impl Neg for Amount {
    type Output = Amount;
    fn neg(self) -> Amount {
        Amount(-self.0)
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Amount) {
        self.0 += other.0;
    }
}

impl SubAssign for Amount {
    fn sub_assign(&mut self, other: Amount) {
        self.0 -= other.0;
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().expect("a plain number")
    }

    #[test]
    fn is_shown_with_two_decimals_rounded_half_away_from_zero() {
        for (raw, shown) in [
            (178_796_423_750_i64, "17879642.38"),
            (12_657_930_395, "1265793.04"),
            (-50, "-0.01"),
            (-49, "0.00"),
            (0, "0.00"),
            (-12_345_000, "-1234.50"),
        ] {
            assert_eq!(Amount::from_raw(raw).to_string(), shown);
        }
    }

    #[test]
    fn reads_plain_numbers_only() {
        assert_eq!(amount("-1234.5"), Amount::from_raw(-12_345_000));
        for text in ["", "1.234,50", "12 €", "1e3", "99999999999999999999"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    #[test]
    fn times_and_divided_by_round_half_away_from_zero() {
        assert_eq!(amount("42.40").times(amount("35")), Some(amount("1484")));
        assert_eq!(amount("0.0001").times(amount("0.5")), Some(amount("0.0001")));
        assert_eq!(amount("-0.0001").times(amount("0.5")), Some(amount("-0.0001")));
        assert_eq!(amount("1").divided_by(amount("3")), Some(amount("0.3333")));
        assert_eq!(amount("-2").divided_by(amount("3")), Some(amount("-0.6667")));
        assert_eq!(amount("1").divided_by(Amount::ZERO), None);
        assert_eq!(Amount::from_raw(i64::MAX).times(amount("2")), None);
    }

    #[test]
    fn a_share_of_nothing_is_nothing() {
        assert_eq!(amount("5").share_of(Amount::ZERO), 0.0);
        assert_eq!(amount("5").share_of(amount("20")), 0.25);
    }
}
