//! Small drawings within a line or above a list.

use kontor_domain::abc::Class;
use maud::{Markup, html};

use super::scale::{Scale, path, px};
use crate::web::components::class_name;
use crate::web::format::Locale;

/// One part of a strip.
pub struct StripPart {
    /// What it is: `Größter Kunde`, `Rang 2 bis 5`.
    pub label: String,
    /// Its share of the whole, 0–1; the parts need not make up all of it.
    pub share: f64,
}

/// One bar cut into parts, strongest first, with what each part is below: how much the largest bring.
pub fn strip(label: &str, parts: &[StripPart], locale: Locale) -> Markup {
    html! {
        div.strip {
            svg.strip__bar viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label=(label) {
                @for (place, (part, (x, width))) in parts.iter().zip(strip_spans(parts)).enumerate() {
                    rect class={ "strip-" (place.min(3) + 1) } x=(px(x)) y="0" width=(px(width)) height="1" {
                        title { (part.label) " · " (locale.percent(part.share, 1)) }
                    }
                }
            }
            ul.strip__legend {
                @for (place, part) in parts.iter().enumerate() {
                    li { i class={ "swatch swatch--strip-" (place.min(3) + 1) } {} (part.label) " " span.num { (locale.percent(part.share, 1)) } }
                }
            }
        }
    }
}

/// Where each part begins and how long it is, of 100. What is no share or below zero has no length, and the strip never runs over.
fn strip_spans(parts: &[StripPart]) -> Vec<(f64, f64)> {
    let mut begin = 0.0;
    let span = |part: &StripPart| {
        let share = if part.share.is_finite() { part.share.max(0.0) } else { 0.0 };
        let width = (share * 100.0).min(100.0 - begin);
        let span = (begin, width);
        begin += width;
        span
    };
    parts.iter().map(span).collect()
}

/// A share as a short bar within a table's cell, beside its figure.
pub fn share_bar(share: f64, class: Class) -> Markup {
    let width = if share.is_finite() { share.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    html! {
        svg.share-bar viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.track x="0" y="0" width="100" height="1" {}
            rect class={ "bar-" (class_name(class)) } x="0" y="0" width=(px(width)) height="1" {}
        }
    }
}

const SPARK_WIDTH: f64 = 88.0;
const SPARK_HEIGHT: f64 = 20.0;
const SPARK_PAD: f64 = 2.5;

/// A course of values without a scale, for a table's cell. Values that are no numbers leave a gap; nothing at all when there is no value.
pub fn sparkline(label: &str, values: &[f64]) -> Markup {
    let points = spark_points(values);
    let Some((x, y)) = points.iter().rev().find_map(|point| *point) else { return html! {} };
    html! {
        svg.spark viewBox={ "0 0 " (SPARK_WIDTH) " " (SPARK_HEIGHT) } role="img" aria-label=(label) {
            title { (label) }
            path d=(path(points)) {}
            circle cx=(px(x)) cy=(px(y)) r="2" {}
        }
    }
}

/// The values over the width, from the lowest to the highest; all alike run through the middle.
fn spark_points(values: &[f64]) -> Vec<Option<(f64, f64)>> {
    let known = || values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let across = Scale { from: 0.0, to: values.len().saturating_sub(1) as f64, start: SPARK_PAD, end: SPARK_WIDTH - SPARK_PAD };
    let up = Scale { from: low, to: high, start: SPARK_HEIGHT - SPARK_PAD, end: SPARK_PAD };
    let y = |value: f64| if low < high { up.at(value) } else { SPARK_HEIGHT / 2.0 };
    values.iter().enumerate().map(|(place, &value)| value.is_finite().then(|| (across.at(place as f64), y(value)))).collect()
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    fn parts(shares: &[f64]) -> Vec<StripPart> {
        shares.iter().map(|&share| StripPart { label: "Rang <1>".into(), share }).collect()
    }

    #[test]
    fn parts_follow_each_other_and_never_run_over() {
        assert_eq!(strip_spans(&parts(&[0.25, 0.5, 0.25])), [(0.0, 25.0), (25.0, 50.0), (75.0, 25.0)]);
        assert_eq!(strip_spans(&parts(&[0.75, 0.5])), [(0.0, 75.0), (75.0, 25.0)]);
        assert_eq!(strip_spans(&parts(&[f64::NAN, -1.0, 0.5])), [(0.0, 0.0), (0.0, 0.0), (0.0, 50.0)]);
        assert!(strip_spans(&[]).is_empty());
    }

    #[test]
    fn a_strip_names_its_parts() {
        let html = strip("Konzentration", &parts(&[0.194]), Locale::of(Language::De)).into_string();
        assert!(html.contains("<title>Rang &lt;1&gt; · 19,4\u{a0}%</title>") && html.contains("strip-1"), "{html}");
    }

    #[test]
    fn a_spark_runs_from_edge_to_edge_and_from_low_to_high() {
        let points = spark_points(&[1.0, 3.0, 2.0]);
        assert_eq!(points[0], Some((SPARK_PAD, SPARK_HEIGHT - SPARK_PAD)));
        assert_eq!(points[1], Some((SPARK_WIDTH / 2.0, SPARK_PAD)));
        assert_eq!(points[2].map(|(x, _)| x), Some(SPARK_WIDTH - SPARK_PAD));
    }

    #[test]
    fn sparks_of_nothing_one_alike_and_gaps() {
        assert_eq!(sparkline("x", &[]).into_string(), "");
        assert_eq!(sparkline("x", &[f64::NAN]).into_string(), "");
        assert_eq!(spark_points(&[7.0]), [Some((SPARK_PAD, 10.0))]);
        assert!(spark_points(&[0.0, 0.0, 0.0]).iter().all(|point| point.is_some_and(|(_, y)| y == 10.0)));
        assert_eq!(spark_points(&[1.0, f64::NAN, -1.0])[1], None);
    }

    #[test]
    fn a_share_bar_stays_within_its_track() {
        assert!(share_bar(1.4, Class::A).into_string().contains(r#"class="bar-a" x="0" y="0" width="100""#));
        assert!(share_bar(f64::NAN, Class::C).into_string().contains(r#"width="0""#));
    }
}
