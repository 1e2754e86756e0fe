//! The portfolio: how attractive an account is against how strong our own position with it is.

use serde::{Deserialize, Serialize};

use super::model::Model;
use super::{Points, Score, score};

/// An axis of the portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Axis {
    /// What the account is worth working for.
    Attractiveness,
    /// How well we stand there.
    Position,
}

impl Axis {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What is recommended for a cell of the portfolio.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::VariantArray,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Stance {
    /// Attractive, and we are weak: win ground.
    Invest,
    /// Attractive, and we are strong: hold it.
    Maintain,
    /// Not attractive, but we are strong: take what pays, with little effort.
    Selective,
    /// Not attractive, and we are weak: standard care, or none.
    Withdraw,
}

impl Stance {
    /// All of them.
    pub const ALL: &[Stance] = <Stance as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A place in the portfolio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The score of the criteria of attractiveness.
    pub attractiveness: Score,
    /// The score of the criteria of position.
    pub strength: Score,
}

/// The scores of both axes: each the [`score`] of the criteria that belong to it. `None` while one of them has no points at all.
pub fn position(model: &Model, points: &[Option<Points>]) -> Option<Position> {
    let of = |axis| score(&model.axis_weights(axis), points).score;
    Some(Position { attractiveness: of(Axis::Attractiveness)?, strength: of(Axis::Position)? })
}

/// The stance of the cell a position lies in; what lies on a border belongs to the upper cell.
pub fn stance(model: &Model, position: Position) -> Stance {
    let is_attractive = position.attractiveness >= Score::of_points(u32::from(model.attractive_from));
    let is_strong = position.strength >= Score::of_points(u32::from(model.strong_from));
    match (is_attractive, is_strong) {
        (true, false) => Stance::Invest,
        (true, true) => Stance::Maintain,
        (false, true) => Stance::Selective,
        (false, false) => Stance::Withdraw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::defaults;

    #[test]
    fn each_axis_is_the_score_of_its_own_criteria() {
        let model = defaults::model(|index| (index as i64 + 1, 1));
        let mut points: Vec<Option<Points>> = model.criteria.iter().map(|_| Some(Points::of_step(1))).collect();
        for (points, weighted) in points.iter_mut().zip(&model.criteria) {
            if weighted.axis == Some(Axis::Attractiveness) {
                *points = Some(Points::of_step(4));
            }
        }
        let found = position(&model, &points).expect("both axes are known");
        assert_eq!((found.attractiveness, found.strength), (Score::of_points(80), Score::of_points(20)));
        assert_eq!(stance(&model, found), Stance::Invest);
        for (points, weighted) in points.iter_mut().zip(&model.criteria) {
            if weighted.axis == Some(Axis::Position) {
                *points = None;
            }
        }
        assert_eq!(position(&model, &points), None);
    }

    #[test]
    fn borders_belong_to_the_upper_cell() {
        let model = defaults::model(|index| (index as i64 + 1, 1));
        let at = |x, y| stance(&model, Position { strength: Score::of_points(x), attractiveness: Score::of_points(y) });
        assert_eq!(
            [at(65, 50), at(64, 50), at(65, 49), at(64, 49)],
            [Stance::Maintain, Stance::Invest, Stance::Selective, Stance::Withdraw]
        );
    }
}
