//! Why a score moved: what each criterion added or took since last time.

use super::{Points, contributions};

/// A criterion of one valuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The criterion.
    pub criterion_id: i64,
    /// Its weight then.
    pub weight: u32,
    /// Its points then.
    pub points: Option<Points>,
}

/// What a criterion did to the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The criterion.
    pub criterion_id: i64,
    /// Its points before; `None` where it was not known or not part of the model.
    pub before: Option<Points>,
    /// Its points now.
    pub after: Option<Points>,
    /// How many points of the score it brings more (or less) than before. The effects of all criteria sum to the change of the score.
    pub effect: f64,
}

/// Below this an effect is none.
const NOTHING: f64 = 0.005;

/// What changed between two valuations of one account, the largest effect first; criteria that changed nothing are left out.
///
/// A criterion brings weight × points ÷ (5 × Σ weight of the criteria with points) × 100 to a score. So its effect may come from its points, from its
/// weight in another model, or from another criterion becoming known, which all others then weigh less against.
pub fn effects(before: &[Part], after: &[Part]) -> Vec<Effect> {
    let brought = |parts: &[Part]| {
        let (weights, points): (Vec<u32>, Vec<Option<Points>>) = parts.iter().map(|part| (part.weight, part.points)).unzip();
        contributions(&weights, &points)
    };
    let (was, is) = (brought(before), brought(after));
    let find = |parts: &[Part], id: i64| parts.iter().position(|part| part.criterion_id == id);
    let gone = before.iter().filter(|part| find(after, part.criterion_id).is_none());
    let mut effects: Vec<Effect> = after
        .iter()
        .chain(gone)
        .map(|part| {
            let (old, new) = (find(before, part.criterion_id), find(after, part.criterion_id));
            let value = |place: Option<usize>, values: &[Option<f64>]| place.and_then(|place| values[place]).unwrap_or(0.0);
            Effect {
                criterion_id: part.criterion_id,
                before: old.and_then(|place| before[place].points),
                after: new.and_then(|place| after[place].points),
                effect: value(new, &is) - value(old, &was),
            }
        })
        .filter(|effect| effect.effect.abs() >= NOTHING || effect.before != effect.after)
        .collect();
    effects.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()).then(a.criterion_id.cmp(&b.criterion_id)));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{Score, score};
    use proptest::prelude::*;

    fn part(criterion_id: i64, weight: u32, step: Option<u8>) -> Part {
        Part { criterion_id, weight, points: step.map(Points::of_step) }
    }

    fn total(parts: &[Part]) -> f64 {
        let (weights, points): (Vec<u32>, Vec<Option<Points>>) = parts.iter().map(|part| (part.weight, part.points)).unzip();
        score(&weights, &points).score.map_or(0.0, Score::value)
    }

    #[test]
    fn the_criterion_that_moved_most_comes_first() {
        let before = [part(1, 50, Some(2)), part(2, 30, Some(5)), part(3, 20, Some(1))];
        let after = [part(1, 50, Some(4)), part(2, 30, Some(4)), part(3, 20, Some(1))];
        // 50 × 2/5 more, 30 × 1/5 less.
        let effects: Vec<(i64, f64)> = effects(&before, &after).iter().map(|effect| (effect.criterion_id, effect.effect.round())).collect();
        assert_eq!(effects, [(1, 20.0), (2, -6.0)]);
    }

    #[test]
    fn a_criterion_that_becomes_known_takes_weight_from_the_others() {
        let before = [part(1, 50, Some(4)), part(2, 50, None)];
        let after = [part(1, 50, Some(4)), part(2, 50, Some(4))];
        let found = effects(&before, &after);
        assert_eq!(found.len(), 2);
        assert!((found[0].effect + found[1].effect).abs() < 1e-9, "the score is 80 before and after: {found:?}");
        assert_eq!((found[1].criterion_id, found[1].before, found[1].after), (2, None, Some(Points::of_step(4))));
    }

    #[test]
    fn a_criterion_that_left_the_model_is_told_too() {
        let found = effects(&[part(1, 50, Some(5)), part(2, 50, Some(0))], &[part(1, 100, Some(5))]);
        let told: Vec<(i64, Option<Points>, f64)> = found.iter().map(|effect| (effect.criterion_id, effect.after, effect.effect)).collect();
        assert_eq!(told, [(1, Some(Points::MAX), 50.0), (2, None, 0.0)]);
        assert!(effects(&[part(1, 100, Some(5))], &[part(1, 100, Some(5))]).is_empty());
    }

    proptest! {
        #[test]
        fn effects_sum_to_the_change_of_the_score(
            before in prop::collection::vec((1_u32..50, prop::option::of(0_u8..=5)), 1..8),
            after in prop::collection::vec((1_u32..50, prop::option::of(0_u8..=5)), 1..8),
        ) {
            let parts = |given: &[(u32, Option<u8>)]| -> Vec<Part> {
                (0..).zip(given).map(|(id, &(weight, step))| part(id, weight, step)).collect()
            };
            let (before, after) = (parts(&before), parts(&after));
            let sum: f64 = effects(&before, &after).iter().map(|effect| effect.effect).sum();
            prop_assert!((sum - (total(&after) - total(&before))).abs() < 0.1, "{sum}");
        }
    }
}
