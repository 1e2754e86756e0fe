//! Pieces that several pages of the valuation by points show.

use kontor_domain::Amount;
use kontor_domain::scoring::criterion::{Criterion, Kind, LedgerMetric};
use kontor_domain::scoring::portfolio::Stance;
use kontor_domain::scoring::ranking::Place;
use kontor_domain::scoring::{Points, Score};
use kontor_domain::settings::Currency;
use maud::{Markup, html};

use crate::scoring::table::Cell;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// A score with one decimal; an en dash while there is none.
pub fn score_text(locale: Locale, score: Option<Score>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| one_decimal(locale, score.value()))
}

/// A number with exactly one decimal.
pub fn one_decimal(locale: Locale, value: f64) -> String {
    locale.cents(Amount::from_raw((value * 10.0).round() as i64 * 1000)).strip_suffix('0').map(str::to_owned).unwrap_or_default()
}

/// A difference of scores with its sign; nothing below half a tenth.
pub fn difference_text(locale: Locale, difference: f64) -> String {
    let tenths = (difference * 10.0).round();
    let text = one_decimal(locale, tenths.abs() / 10.0);
    match tenths {
        tenths if tenths > 0.0 => format!("+{text}"),
        tenths if tenths < 0.0 => format!("\u{2212}{text}"),
        _ => format!("±{text}"),
    }
}

/// A difference of scores in its colour.
pub fn difference(locale: Locale, difference: f64) -> Markup {
    let is = |sign: f64| difference * sign >= 0.05;
    html! { span.gain[is(1.0)].loss[is(-1.0)] { (difference_text(locale, difference)) } }
}

/// Points of one criterion: whole ones without decimals, means with up to two.
pub fn points_text(locale: Locale, points: Points) -> String {
    locale.decimal(points.value())
}

/// A rank with its range under varied weights.
pub fn place_text(t: &Texts, place: Place) -> String {
    let locale = t.locale();
    if place.best == place.worst { locale.integer(place.rank) } else { t.scoring_rank_range(place.rank, place.best, place.worst) }
}

/// What is recommended, in a word.
pub fn stance_name(t: &Texts, stance: Stance) -> String {
    t.by_key(&format!("scoring-stance-{}", stance.name())).unwrap_or_else(|| stance.name().to_owned())
}

/// What is recommended, as a badge.
pub fn stance_badge(t: &Texts, stance: Stance) -> Markup {
    html! { span class={ "badge badge--" (stance.name()) } { (stance_name(t, stance)) } }
}

/// What a figure of the ledger is called.
pub fn metric_name(t: &Texts, metric: LedgerMetric) -> String {
    t.by_key(&format!("scoring-metric-{}", metric.name())).unwrap_or_else(|| metric.name().to_owned())
}

/// A figure of the ledger with its unit.
pub fn value_text(t: &Texts, metric: LedgerMetric, value: Amount, currency: Currency) -> String {
    let locale = t.locale();
    let percent = value.raw() as f64 / 1_000_000.0;
    match metric {
        LedgerMetric::Revenue | LedgerMetric::Margin => locale.compact(value, currency),
        LedgerMetric::Growth => locale.change(percent, 1),
        LedgerMetric::Regularity => t.scoring_of_months(locale.percent(percent, 0)),
        LedgerMetric::Breadth => t.scoring_groups(value.raw() / 10_000),
    }
}

/// What is behind the points of one criterion: the figure, the meaning of the step, the mean of how many raters and how far they lie apart.
pub fn because(t: &Texts, criterion: &Criterion, cell: &Cell, currency: Currency) -> Markup {
    let locale = t.locale();
    let anchor = cell.points.filter(|points| points.hundredths() % 100 == 0);
    let anchor = anchor.and_then(|points| criterion.kind.anchor((points.hundredths() / 100) as u8));
    html! {
        @match (&criterion.kind, cell.points) {
            (Kind::Metric { metric, .. }, _) => @match cell.value { Some(value) => (value_text(t, *metric, value, currency)), None => span.quiet { (t.scoring_unknown()) } },
            (_, None) => span.quiet { (t.scoring_not_rated()) },
            (_, Some(_)) => {
                @if let Some(anchor) = anchor { (anchor.in_language(t.language())) " " }
                span.quiet {
                    @if cell.raters == 1 { (t.scoring_one_rater()) }
                    @else if cell.low == cell.high { (t.scoring_raters_agree(cell.raters)) }
                    @else { (t.scoring_raters(cell.raters, locale.integer(cell.low), locale.integer(cell.high))) }
                }
            }
        }
        @if cell.is_stale { " " span.badge.badge--warn { (t.scoring_stale()) } }
    }
}

/// How far points go, as a bar: the whole track is the weight, what is filled is what it brings. `widest` is the largest weight beside it.
pub fn contribution_bar(weight: u32, points: Option<Points>, widest: u32) -> Markup {
    let part = |weight: f64| if widest == 0 { 0.0 } else { (weight / f64::from(widest) * 1000.0).round() / 10.0 };
    let track = part(f64::from(weight));
    let filled = points.map_or(0.0, |points| part(f64::from(weight) * points.value() / 5.0));
    html! {
        svg.contribution viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.contribution__weight.contribution__weight--unknown[points.is_none()] x="0" y="0" width=(track) height="1" {}
            rect.contribution__points x="0" y="0" width=(filled) height="1" {}
        }
    }
}

/// A coverage as percent, marked where it is too low to be ranked.
pub fn coverage(t: &Texts, coverage: f64, suffices: bool) -> Markup {
    html! { span.warn[!suffices] title=[(!suffices).then(|| t.scoring_too_little())] { (t.locale().percent(coverage, 0)) } }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    #[test]
    fn scores_have_one_decimal_and_differences_a_sign() {
        let (de, en) = (Locale::of(Language::De), Locale::of(Language::En));
        assert_eq!((score_text(de, Some(Score::of_points(72))).as_str(), score_text(en, None).as_str()), ("72,0", "–"));
        assert_eq!(one_decimal(en, 66.66), "66.7");
        assert_eq!([4.25, -0.96, 0.04, -0.04].map(|value| difference_text(de, value)), ["+4,3", "−1,0", "±0,0", "±0,0"]);
    }

    #[test]
    fn a_bar_never_leaves_its_track() {
        let bar = contribution_bar(20, Some(Points::of_step(5)), 20).into_string();
        assert!(bar.contains(r#"width="100" height="1"></rect><rect class="contribution__points" x="0" y="0" width="100""#), "{bar}");
        assert!(contribution_bar(0, None, 0).into_string().contains(r#"width="0""#));
    }
}
