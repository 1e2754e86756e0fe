//! What an account is valued by: figures of the ledger on a scale, ratings of people with a text for each step, or yes and no.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::team::Language;

/// A text in both languages of the house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Words {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Both texts.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Words {
        Words { de: de.into(), en: en.into() }
    }

    /// The text in a language; the other one where it is missing.
    pub fn in_language(&self, language: Language) -> &str {
        let (own, other) = match language {
            Language::De => (&self.de, &self.en),
            Language::En => (&self.en, &self.de),
        };
        if own.is_empty() { other } else { own }
    }
}

/// A figure that the ledger knows of every account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LedgerMetric {
    /// Revenue of the period, in units of the house's currency.
    Revenue,
    /// Margin of the period, of the lines whose cost is known; unknown where that is none.
    Margin,
    /// Growth of revenue against the period before, in percent; unknown where there was none before.
    Growth,
    /// How many product groups were bought in the months of the period.
    Breadth,
    /// In how many of a hundred months of the period something was bought.
    Regularity,
}

impl LedgerMetric {
    /// All of them.
    pub const ALL: &[LedgerMetric] = <LedgerMetric as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it is an amount of money.
    pub const fn is_money(self) -> bool {
        matches!(self, LedgerMetric::Revenue | LedgerMetric::Margin)
    }
}

/// How a figure becomes points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "by", content = "at", rename_all = "snake_case")]
pub enum Scale {
    /// One point for each of five rising values that is reached, in the unit of the metric.
    Breakpoints([Amount; 5]),
    /// One point for each of five rising percentages of the accounts that one is ahead of; see [`percentile_steps`].
    Percentiles([u8; 5]),
}

impl Scale {
    /// Whether its values rise, and percentages lie between 0 and 100.
    pub fn is_rising(&self) -> bool {
        match self {
            Scale::Breakpoints(at) => at.windows(2).all(|pair| pair[0] < pair[1]),
            Scale::Percentiles(at) => at.windows(2).all(|pair| pair[0] < pair[1]) && at[4] <= 100,
        }
    }

    /// The steps of all values, `None` where a value is unknown.
    pub fn steps(&self, values: &[Option<Amount>]) -> Vec<Option<u8>> {
        match self {
            Scale::Breakpoints(at) => values.iter().map(|value| value.map(|value| breakpoint_step(at, value))).collect(),
            Scale::Percentiles(at) => percentile_steps(values, at),
        }
    }
}

/// How many of the rising values are reached: 0 below the first, 5 from the last on.
pub fn breakpoint_step(at: &[Amount; 5], value: Amount) -> u8 {
    at.iter().filter(|&&point| value >= point).count() as u8
}

/// Steps by standing among all accounts whose value is known.
///
/// An account is ahead of (smaller + (equal − 1) ÷ 2) ÷ (all − 1) of the others: the smallest of none, the largest of all, equal ones of the same part;
/// if all are equal, and for a single account, that is half. It has one point for each percentage that this part reaches. Compared in whole numbers.
pub fn percentile_steps(values: &[Option<Amount>], at: &[u8; 5]) -> Vec<Option<u8>> {
    let mut sorted: Vec<Amount> = values.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let step = |value: Amount| {
        let (smaller, not_larger) = (sorted.partition_point(|&other| other < value), sorted.partition_point(|&other| other <= value));
        // Twice the numbers, so that a half is whole.
        let (ahead, others) = if sorted.len() == 1 { (1, 1) } else { (2 * smaller + (not_larger - smaller - 1), sorted.len() - 1) };
        at.iter().filter(|&&percent| ahead * 100 >= usize::from(percent) * others * 2).count() as u8
    };
    values.iter().map(|value| value.map(step)).collect()
}

/// How an account gets points for a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// By a figure of the ledger.
    Metric {
        /// Which.
        metric: LedgerMetric,
        /// Its scale.
        scale: Scale,
    },
    /// Rated by people, 0 to 5.
    Rated {
        /// What each step means, from 0 to 5.
        anchors: Box<[Words; 6]>,
    },
    /// Yes, five points, or no, none.
    YesNo {
        /// What no and yes mean.
        anchors: Box<[Words; 2]>,
    },
}

impl Kind {
    /// The stored name.
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Metric { .. } => "metric",
            Kind::Rated { .. } => "rated",
            Kind::YesNo { .. } => "yes_no",
        }
    }

    /// Whether people give the points.
    pub const fn is_rated(&self) -> bool {
        !matches!(self, Kind::Metric { .. })
    }

    /// Whether people may give this rating: 0 to 5, and only 0 or 5 for yes and no.
    pub const fn takes(&self, rating: u8) -> bool {
        match self {
            Kind::Metric { .. } => false,
            Kind::Rated { .. } => rating <= 5,
            Kind::YesNo { .. } => matches!(rating, 0 | 5),
        }
    }

    /// What a whole step means; `None` for figures, and where nobody wrote it.
    pub fn anchor(&self, step: u8) -> Option<&Words> {
        let words = match self {
            Kind::Metric { .. } => None,
            Kind::Rated { anchors } => anchors.get(usize::from(step)),
            Kind::YesNo { anchors } => anchors.get(usize::from(step / 5)),
        };
        words.filter(|words| !words.de.is_empty() || !words.en.is_empty())
    }
}

/// A criterion as it stands in one version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Criterion {
    /// What it is called.
    pub name: Words,
    /// How points come about.
    #[serde(flatten)]
    pub kind: Kind,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(units: &[i64]) -> Vec<Option<Amount>> {
        units.iter().map(|&units| Some(Amount::from_units(units))).collect()
    }

    const FIFTHS: [u8; 5] = [20, 40, 60, 80, 95];

    #[test]
    fn a_point_for_every_value_that_is_reached() {
        let at = [10, 50, 100, 500, 1000].map(Amount::from_units);
        let of = |units| breakpoint_step(&at, Amount::from_units(units));
        assert_eq!([-5, 0, 9, 10, 49, 50, 500, 999, 1000, 9999].map(of), [0, 0, 0, 1, 1, 2, 4, 4, 5, 5]);
    }

    #[test]
    fn standing_among_the_others_runs_from_none_to_all_of_them() {
        // Of five, each is ahead of 0, 25, 50, 75 and 100 % of the others.
        assert_eq!(percentile_steps(&values(&[1, 2, 3, 4, 5]), &FIFTHS), [Some(0), Some(1), Some(2), Some(3), Some(5)]);
        // The two equal ones are each ahead of one and a half of three others.
        assert_eq!(percentile_steps(&values(&[1, 7, 7, 9]), &[10, 50, 51, 90, 100]), [Some(0), Some(2), Some(2), Some(5)]);
    }

    #[test]
    fn all_equal_and_single_accounts_stand_in_the_middle() {
        assert_eq!(percentile_steps(&values(&[3, 3, 3, 3]), &FIFTHS), [Some(2); 4]);
        assert_eq!(percentile_steps(&values(&[3]), &FIFTHS), [Some(2)]);
        assert_eq!(percentile_steps(&[None, None], &FIFTHS), [None, None]);
        assert_eq!(percentile_steps(&[None, Some(Amount::ZERO)], &FIFTHS), [None, Some(2)]);
    }

    #[test]
    fn a_scale_rises() {
        assert!(Scale::Percentiles(FIFTHS).is_rising());
        assert!(!Scale::Percentiles([20, 40, 40, 80, 95]).is_rising());
        assert!(!Scale::Percentiles([20, 40, 60, 80, 101]).is_rising());
        assert!(!Scale::Breakpoints([5, 4, 3, 2, 1].map(Amount::from_units)).is_rising());
    }

    #[test]
    fn yes_is_five_and_no_is_nothing() {
        let kind = Kind::YesNo { anchors: Box::new([Words::new("nein", "no"), Words::default()]) };
        assert_eq!([0, 1, 4, 5, 6].map(|rating| kind.takes(rating)), [true, false, false, true, false]);
        assert_eq!(kind.anchor(0).map(|words| words.in_language(Language::En)), Some("no"));
        assert_eq!(kind.anchor(5), None);
        let rated = Kind::Rated { anchors: Box::default() };
        assert_eq!([0, 5, 6].map(|rating| rated.takes(rating)), [true, true, false]);
        let metric = Kind::Metric { metric: LedgerMetric::Revenue, scale: Scale::Percentiles(FIFTHS) };
        assert!(!metric.takes(3) && !metric.is_rated());
    }

    #[test]
    fn a_missing_translation_is_told_in_the_other_language() {
        assert_eq!(Words::new("Umsatz", "").in_language(Language::En), "Umsatz");
        assert_eq!(Words::new("Umsatz", "Revenue").in_language(Language::De), "Umsatz");
    }

    proptest! {
        #[test]
        fn a_larger_value_never_has_fewer_points(units in prop::collection::vec(-1000_i64..1000, 1..40), place in 0_usize..40, more in 0_i64..500) {
            let place = place % units.len();
            let mut raised = units.clone();
            raised[place] += more;
            for scale in [Scale::Percentiles(FIFTHS), Scale::Breakpoints([-500, 0, 10, 100, 700].map(Amount::from_units))] {
                prop_assert!(scale.steps(&values(&raised))[place] >= scale.steps(&values(&units))[place]);
            }
        }
    }
}
