//! The model: which criteria count how much, and what follows from a score.

use serde::{Deserialize, Serialize};

use super::criterion::Criterion;
use super::portfolio::Axis;
use super::{Points, Score, Scored, score};
use crate::abc::Class;

/// So few criteria should a model have at least.
pub const CRITERIA_FEW: usize = 5;
/// So many criteria should a model have at most.
pub const CRITERIA_MANY: usize = 8;
/// A criterion of less weight, in percent, hardly changes anything.
pub const WEIGHT_LIGHT: u32 = 5;

/// A criterion with its weight in a model.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weighted {
    /// The criterion's id.
    pub criterion_id: i64,
    /// Its version.
    pub version: i64,
    /// Its definition in that version, so that the model can be read for ever.
    pub criterion: Criterion,
    /// Its weight in percent.
    pub weight: u32,
    /// The axis of the portfolio it is part of, if any.
    pub axis: Option<Axis>,
}

/// A model in one version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Model {
    /// The criteria in the order in which they are shown.
    pub criteria: Vec<Weighted>,
    /// Accounts below this coverage, in percent, are not ranked and not suggested.
    pub least_coverage: u8,
    /// From this score on an account is suggested as a key account, where its class is good enough too.
    pub suggest_from: u8,
    /// The least class of accounts that are suggested.
    pub suggest_class: Class,
    /// Key accounts below this score are put up for review.
    pub keep_from: u8,
    /// From this score on the axis an account counts as attractive.
    pub attractive_from: u8,
    /// From this score on the axis our own position counts as strong.
    pub strong_from: u8,
}

/// Why something is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It has no criterion.
    Empty,
    /// The weights do not sum to 100 but to this.
    WeightSum(u32),
    /// The same criterion stands in it twice.
    Repeated,
}

/// What one should think about before using a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Five to eight criteria can be overlooked; this is how many it has.
    CriteriaCount(usize),
    /// The criterion at this place weighs so little that it hardly changes anything.
    Light(usize),
    /// No criterion is part of this axis, so no account has a place in the portfolio.
    EmptyAxis(Axis),
}

impl Model {
    /// The weights in the order of the criteria.
    pub fn weights(&self) -> Vec<u32> {
        self.criteria.iter().map(|weighted| weighted.weight).collect()
    }

    /// The weights of one axis; zero for the criteria that are not part of it.
    pub fn axis_weights(&self, axis: Axis) -> Vec<u32> {
        self.criteria.iter().map(|weighted| if weighted.axis == Some(axis) { weighted.weight } else { 0 }).collect()
    }

    /// The score of points that stand in the order of the criteria.
    pub fn score(&self, points: &[Option<Points>]) -> Scored {
        score(&self.weights(), points)
    }

    /// Whether a coverage suffices to be ranked.
    pub fn suffices(&self, scored: &Scored) -> bool {
        scored.score.is_some() && scored.coverage * 100.0 + 1e-9 >= f64::from(self.least_coverage)
    }

    /// The first reason why this is no model.
    pub fn check(&self) -> Result<(), Broken> {
        let sum: u32 = self.weights().iter().fold(0, |sum, weight| sum.saturating_add(*weight));
        let is_repeated = self
            .criteria
            .iter()
            .enumerate()
            .any(|(place, weighted)| self.criteria[..place].iter().any(|other| other.criterion_id == weighted.criterion_id));
        match sum {
            _ if self.criteria.is_empty() => Err(Broken::Empty),
            _ if is_repeated => Err(Broken::Repeated),
            100 => Ok(()),
            sum => Err(Broken::WeightSum(sum)),
        }
    }

    /// What one should think about.
    pub fn advice(&self) -> Vec<Advice> {
        let count = self.criteria.len();
        let counted = (!(CRITERIA_FEW..=CRITERIA_MANY).contains(&count)).then_some(Advice::CriteriaCount(count));
        let light = self.criteria.iter().enumerate().filter(|(_, weighted)| weighted.weight < WEIGHT_LIGHT);
        let axes = [Axis::Attractiveness, Axis::Position].into_iter();
        let empty = axes.filter(|&axis| self.axis_weights(axis).iter().all(|&weight| weight == 0)).map(Advice::EmptyAxis);
        counted.into_iter().chain(light.map(|(place, _)| Advice::Light(place))).chain(empty).collect()
    }

    /// Whether an account should be thought about as a key account: score, class and coverage suffice.
    pub fn suggests(&self, scored: &Scored, class: Option<Class>) -> bool {
        let is_high = scored.score.is_some_and(|score| score >= Score::of_points(u32::from(self.suggest_from)));
        self.suffices(scored) && is_high && class.is_some_and(|class| class <= self.suggest_class)
    }

    /// Whether a key account fell so low that one should think about it again.
    pub fn doubts(&self, scored: &Scored) -> bool {
        self.suffices(scored) && scored.score.is_some_and(|score| score < Score::of_points(u32::from(self.keep_from)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::criterion::{Kind, Words};

    fn model(weights: &[u32]) -> Model {
        let criterion = Criterion { name: Words::new("K", "C"), kind: Kind::Rated { anchors: Box::default() } };
        let weighted = |(id, &weight): (i64, &u32)| Weighted {
            criterion_id: id,
            version: 1,
            criterion: criterion.clone(),
            weight,
            axis: Some(if id % 2 == 0 { Axis::Position } else { Axis::Attractiveness }),
        };
        Model {
            criteria: (0..).zip(weights).map(weighted).collect(),
            least_coverage: 60,
            suggest_from: 70,
            suggest_class: Class::B,
            keep_from: 50,
            attractive_from: 50,
            strong_from: 50,
        }
    }

    #[test]
    fn weights_sum_to_a_hundred() {
        assert_eq!(model(&[20; 5]).check(), Ok(()));
        assert_eq!(model(&[20, 20, 20, 20, 19]).check(), Err(Broken::WeightSum(99)));
        assert_eq!(model(&[u32::MAX, 1]).check(), Err(Broken::WeightSum(u32::MAX)));
        assert_eq!(model(&[]).check(), Err(Broken::Empty));
        let mut twice = model(&[50, 50]);
        twice.criteria[1].criterion_id = 0;
        assert_eq!(twice.check(), Err(Broken::Repeated));
    }

    #[test]
    fn one_is_told_of_few_many_and_light_criteria_and_of_empty_axes() {
        assert_eq!(model(&[20; 5]).advice(), []);
        assert_eq!(model(&[60, 36, 4]).advice(), [Advice::CriteriaCount(3), Advice::Light(2)]);
        assert_eq!(model(&[10; 10]).advice(), [Advice::CriteriaCount(10)]);
        assert_eq!(model(&[25, 0, 25, 0, 25, 0, 25]).advice()[3], Advice::EmptyAxis(Axis::Attractiveness));
    }

    #[test]
    fn score_class_and_coverage_suggest_a_key_account() {
        let (model, full) = (model(&[20; 5]), |points: u32| Scored { score: Some(Score::of_points(points)), coverage: 1.0 });
        assert!(model.suggests(&full(70), Some(Class::B)) && model.suggests(&full(100), Some(Class::A)));
        assert!(
            !model.suggests(&full(69), Some(Class::A)) && !model.suggests(&full(90), Some(Class::C)) && !model.suggests(&full(90), None)
        );
        assert!(!model.suggests(&Scored { coverage: 0.59, ..full(90) }, Some(Class::A)));
        assert!(model.suggests(&Scored { coverage: 0.6, ..full(90) }, Some(Class::A)));
        assert!(model.doubts(&full(49)) && !model.doubts(&full(50)) && !model.doubts(&Scored::default()));
    }
}
