//! Horizontal bars: product groups, the largest accounts, shares.

use kontor_domain::Amount;
use maud::{Markup, html};

use super::scale::{Scale, px};

/// One row: what, how much.
pub struct BarRow {
    /// What it is, often a link.
    pub label: Markup,
    /// What the bar shows.
    pub amount: Amount,
    /// The figure in words, at the end of the row.
    pub value: Markup,
    /// A second figure: a share, a change; may be empty.
    pub note: Markup,
}

/// Rows with a bar below each label. Negative amounts run to the left of the common zero line; labels wrap, so this fits any width.
pub fn bars(rows: &[BarRow]) -> Markup {
    let scale = scale(rows);
    html! {
        ol.bars {
            @for row in rows {
                @let (x, width) = span(&scale, row.amount);
                li {
                    span.bars__label { (row.label) }
                    span.bars__value.num { (row.value) }
                    span.bars__note.num { (row.note) }
                    svg.bars__bar viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                        rect class=(if row.amount.is_negative() { "bar-loss" } else { "bar-a" }) x=(px(x)) y="0" width=(px(width)) height="1" {}
                    }
                }
            }
        }
    }
}

/// All rows on one scale from 0 to 100 that holds zero.
fn scale(rows: &[BarRow]) -> Scale {
    let raw = || rows.iter().map(|row| row.amount.raw() as f64);
    Scale { from: raw().fold(0.0, f64::min), to: raw().fold(0.0, f64::max), start: 0.0, end: 100.0 }
}

/// Where a bar begins and how long it is.
fn span(scale: &Scale, amount: Amount) -> (f64, f64) {
    let (zero, end) = (scale.at(0.0), scale.at(amount.raw() as f64));
    (zero.min(end), (end - zero).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(units: &[i64]) -> Vec<BarRow> {
        let row = |&units: &i64| BarRow { label: html! { "x" }, amount: Amount::from_units(units), value: html! {}, note: html! {} };
        units.iter().map(row).collect()
    }

    fn spans(units: &[i64]) -> Vec<(f64, f64)> {
        let rows = rows(units);
        let scale = scale(&rows);
        rows.iter().map(|row| span(&scale, row.amount)).collect()
    }

    #[test]
    fn the_largest_takes_the_whole_width() {
        assert_eq!(spans(&[200, 50, 0]), [(0.0, 100.0), (0.0, 25.0), (0.0, 0.0)]);
    }

    #[test]
    fn negative_amounts_run_to_the_left_of_zero() {
        assert_eq!(spans(&[300, -100]), [(25.0, 75.0), (0.0, 25.0)]);
        assert_eq!(spans(&[-4]), [(0.0, 100.0)]);
        assert!(bars(&rows(&[300, -100])).into_string().contains("bar-loss"));
    }

    #[test]
    fn nothing_and_all_zero_are_drawn_without_bars() {
        assert_eq!(bars(&[]).into_string(), r#"<ol class="bars"></ol>"#);
        assert_eq!(spans(&[0, 0]), [(0.0, 0.0), (0.0, 0.0)]);
    }
}
