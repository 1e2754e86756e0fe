//! From values to places on a drawing.

/// A straight scale: `from` lies at `start`, `to` at `end`. A scale without extent puts everything at its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub from: f64,
    pub to: f64,
    pub start: f64,
    pub end: f64,
}

impl Scale {
    /// Where a value lies.
    pub fn at(&self, value: f64) -> f64 {
        let extent = self.to - self.from;
        if extent == 0.0 { self.start } else { self.start + (value - self.from) / extent * (self.end - self.start) }
    }
}

/// Round values for about `count` lines between `low` and `high` (steps of 1, 2 or 5 times a power of ten), zero left out as the axis stands there.
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let extent = high - low;
    if !extent.is_finite() || extent <= 0.0 || count == 0 {
        return Vec::new();
    }
    let rough = extent / count as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|&step| step >= rough * 0.999).unwrap_or(power * 10.0);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).filter(|&place| place != 0).map(|place| place as f64 * step).collect()
}

/// A coordinate with one decimal, which is finer than any screen.
pub fn px(place: f64) -> String {
    let text = format!("{place:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A path through points; a gap starts a new line.
pub fn path(points: impl IntoIterator<Item = Option<(f64, f64)>>) -> String {
    let mut path = String::new();
    let mut pen_is_down = false;
    for point in points {
        if let Some((x, y)) = point {
            path += &format!("{}{} {}", if pen_is_down { "L" } else { "M" }, px(x), px(y));
        }
        pen_is_down = point.is_some();
    }
    path
}

/// About how wide a label is, in user units at the charts' size of 12.
pub fn label_width(label: &str) -> f64 {
    label.chars().count() as f64 * 6.4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_straight_and_survives_having_no_extent() {
        let scale = Scale { from: -50.0, to: 150.0, start: 200.0, end: 0.0 };
        assert_eq!((scale.at(-50.0), scale.at(0.0), scale.at(150.0)), (200.0, 150.0, 0.0));
        assert_eq!(Scale { from: 3.0, to: 3.0, start: 7.0, end: 9.0 }.at(3.0), 7.0);
    }

    #[test]
    fn ticks_are_round_and_leave_out_zero() {
        assert_eq!(ticks(0.0, 316_000.0, 4), [100_000.0, 200_000.0, 300_000.0]);
        assert_eq!(ticks(-40.0, 100.0, 4), [50.0, 100.0]);
        assert_eq!(ticks(-60.0, 30.0, 4), [-50.0]);
        assert_eq!(ticks(0.0, 1.0, 4), [0.5, 1.0]);
        assert_eq!(ticks(0.0, 7.3e9, 3), [5e9]);
    }

    #[test]
    fn nothing_to_show_has_no_ticks() {
        assert!(ticks(0.0, 0.0, 4).is_empty());
        assert!(ticks(0.0, f64::NAN, 4).is_empty());
        assert!(ticks(5.0, 1.0, 4).is_empty());
    }

    #[test]
    fn a_path_lifts_the_pen_over_gaps() {
        let points = [Some((1.0, 2.04)), Some((3.0, 4.0)), None, None, Some((5.0, 6.25)), None];
        assert_eq!(path(points), "M1 2L3 4M5 6.2");
        assert_eq!(path([None]), "");
    }
}
