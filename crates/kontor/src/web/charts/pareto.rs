//! The Pareto chart: a bar per account, the largest first, and the curve of what they bring together.

use kontor_domain::Amount;
use kontor_domain::abc::{Class, Thresholds};
use kontor_domain::settings::Currency;
use maud::{Markup, html};

use super::scale::{Scale, label_width, path, px};
use super::{Room, drawings, legend};
use crate::web::components::class_name;
use crate::web::texts::Texts;

const HEIGHT: f64 = 250.0;
const TOP: f64 = 14.0;
const BASE: f64 = 228.0;
const LEFT: f64 = 1.0;
/// Room on the right for the percentages.
const MARGIN: f64 = 38.0;
/// A bar is never broader, so that three accounts do not fill a page.
const BAND_MAX: f64 = 56.0;
/// So many user units of width allow one bar.
const BAND_MIN: f64 = 9.0;
/// At most so many points of the curve lie within one bar.
const POINTS_PER_BAR: usize = 4;

/// One account of the ranking.
#[derive(Clone, Copy, Debug)]
pub struct RankPoint<'a> {
    /// Its name.
    pub label: &'a str,
    /// What it brings.
    pub amount: Amount,
    /// Its share of the sum, 0–1.
    pub share: f64,
    /// The share of it and all before it, 0–1.
    pub cumulative: f64,
    /// Its class.
    pub class: Class,
}

/// A Pareto chart to draw.
pub struct ParetoChart<'a> {
    /// What the chart shows, for who cannot see it.
    pub label: &'a str,
    /// The ranking; accounts without a positive amount stand at its end and are not drawn.
    pub points: &'a [RankPoint<'a>],
    /// Where A and B end.
    pub thresholds: Thresholds,
    /// The currency of the amounts.
    pub currency: Currency,
}

/// Draws the chart over the width of the page. Every account takes equally much of it, so that where the curve reaches a share says how many accounts
/// bring it. With more accounts than there is room for, each bar stands for equally many, save the last one, and is as high as their average.
pub fn pareto(chart: &ParetoChart<'_>, t: &Texts) -> Markup {
    let count = chart.points.iter().take_while(|point| point.amount.is_positive()).count();
    let points = &chart.points[..count];
    if points.is_empty() {
        return html! { p.quiet { (t.web_chart_empty()) } };
    }
    let (a, b) = (chart.thresholds.a(), chart.thresholds.b());
    html! {
        (drawings(Room::Full, HEIGHT, chart.label, |width| drawing(chart, points, width, t)))
        (legend(&[("a", t.web_chart_class_a(a)), ("b", t.web_chart_class_b(b)), ("c", t.web_chart_class_c())]))
    }
}

/// A bar: one account, or several that share it.
#[derive(Clone, Debug, PartialEq)]
struct Bar {
    /// The first and the last rank in it, from 1.
    ranks: (usize, usize),
    amount: Amount,
    share: f64,
    cumulative: f64,
    class: Class,
}

impl Bar {
    fn of(points: &[RankPoint<'_>], first: usize, last: usize) -> Bar {
        let inside = &points[first..=last];
        Bar {
            ranks: (first + 1, last + 1),
            amount: inside.iter().map(|point| point.amount).sum(),
            share: inside.iter().map(|point| point.share).sum(),
            cumulative: inside[inside.len() - 1].cumulative,
            class: inside[inside.len() / 2].class,
        }
    }

    const fn accounts(&self) -> usize {
        self.ranks.1 - self.ranks.0 + 1
    }

    /// What its average account brings, in ten-thousandths.
    fn average(&self) -> f64 {
        self.amount.raw() as f64 / self.accounts() as f64
    }
}

/// At most `room` bars for these accounts, of equally many each; what is left over has the last one.
fn grouped(points: &[RankPoint<'_>], room: usize) -> Vec<Bar> {
    let count = points.len();
    let size = count.div_ceil(room.max(1)).max(1);
    (0..count).step_by(size).map(|first| Bar::of(points, first, (first + size - 1).min(count - 1))).collect()
}

/// Where everything lies in one drawing.
struct Layout {
    bars: Vec<Bar>,
    /// The width that one account takes.
    step: f64,
    right: f64,
    height: Scale,
    share: Scale,
}

impl Layout {
    fn new(points: &[RankPoint<'_>], width: f64) -> Layout {
        let right = width - MARGIN;
        let bars = grouped(points, ((right - LEFT) / BAND_MIN) as usize);
        let highest = bars.iter().map(Bar::average).fold(0.0, f64::max);
        Layout {
            step: ((right - LEFT) / points.len() as f64).min(BAND_MAX),
            right,
            height: Scale { from: 0.0, to: highest, start: 0.0, end: BASE - TOP },
            share: Scale { from: 0.0, to: 1.0, start: BASE, end: TOP },
            bars,
        }
    }

    /// Where so many of the largest accounts end.
    fn after(&self, accounts: usize) -> f64 {
        LEFT + self.step * accounts as f64
    }

    /// The curve: what the largest accounts bring together, from none of them to all. It has points within bars, too, as it bends where few accounts bring
    /// much.
    fn curve(&self, points: &[RankPoint<'_>]) -> String {
        let size = self.bars.first().map_or(1, Bar::accounts).div_ceil(POINTS_PER_BAR);
        let counts = (0..points.len()).step_by(size).chain([points.len()]);
        path(counts.map(|count| {
            let share = count.checked_sub(1).map_or(0.0, |last| points[last].cumulative);
            Some((self.after(count), self.share.at(share)))
        }))
    }

    /// The rectangle of a bar: x, y, width, height. What brings anything is seen, however little it is.
    fn rectangle(&self, place: usize) -> (f64, f64, f64, f64) {
        let bar = &self.bars[place];
        let (start, end) = (self.after(bar.ranks.0 - 1), self.after(bar.ranks.1));
        let height = self.height.at(bar.average()).max(0.75);
        let gap = ((end - start) * 0.12).min(2.0);
        (start + gap / 2.0, BASE - height, end - start - gap, height)
    }

    /// The last account of class A: how many there are up to it, and where it lies on the curve.
    fn end_of_a(&self, points: &[RankPoint<'_>]) -> Option<(usize, f64, f64)> {
        let count = points.iter().take_while(|point| point.class == Class::A).count();
        let last = points.get(count.checked_sub(1)?)?;
        Some((count, self.after(count), self.share.at(last.cumulative)))
    }
}

fn drawing(chart: &ParetoChart<'_>, points: &[RankPoint<'_>], width: f64, t: &Texts) -> Markup {
    let layout = Layout::new(points, width);
    let (curve, last) = (layout.curve(points), t.web_chart_rank(points.len()));
    html! {
        @for (_, y) in thresholds(chart, &layout) {
            line.grid x1=(px(LEFT)) x2=(px(layout.right)) y1=(px(y)) y2=(px(y)) {}
        }
        @for (place, bar) in layout.bars.iter().enumerate() {
            @let (x, y, width, height) = layout.rectangle(place);
            rect class={ "bar-" (class_name(bar.class)) } x=(px(x)) y=(px(y)) width=(px(width)) height=(px(height)) rx="1" {
                title { (bar_title(chart, points, bar, t)) }
            }
        }
        line.axis x1=(px(LEFT)) x2=(px(layout.right)) y1=(BASE) y2=(BASE) {}
        path.halo d=(curve) {}
        path.curve d=(curve) {}
        @for (percent, y) in thresholds(chart, &layout) {
            text.end x=(px(width)) y=(px(y + 4.0)) { (t.locale().percent(f64::from(percent) / 100.0, 0)) }
        }
        @if let Some(end) = layout.end_of_a(points) { (mark(&layout, end, chart.thresholds.a(), t)) }
        text x=(px(LEFT)) y=(BASE + 16.0) { (first_label(&layout, &last, t)) }
        text.end x=(px(layout.right)) y=(BASE + 16.0) { (last) }
    }
}

/// The heights of both thresholds, each with its percentage.
fn thresholds(chart: &ParetoChart<'_>, layout: &Layout) -> [(u8, f64); 2] {
    [chart.thresholds.a(), chart.thresholds.b()].map(|percent| (percent, layout.share.at(f64::from(percent) / 100.0)))
}

/// The dot on the curve where A ends. Its label stands on the side where the curve is not.
fn mark(layout: &Layout, (count, x, y): (usize, f64, f64), percent: u8, t: &Texts) -> Markup {
    let is_right = x > layout.right * 0.6;
    let (dx, dy) = if is_right { (-10.0, -8.0) } else { (10.0, 20.0) };
    let class = if is_right { "label end" } else { "label" };
    html! {
        circle.dot cx=(px(x)) cy=(px(y)) r="4" {}
        text class=(class) x=(px(x + dx)) y=(px((y + dy).max(TOP - 2.0))) { (t.web_chart_mark(count, t.locale().percent(f64::from(percent) / 100.0, 0))) }
    }
}

fn bar_title(chart: &ParetoChart<'_>, points: &[RankPoint<'_>], bar: &Bar, t: &Texts) -> String {
    let locale = t.locale();
    let money = locale.compact(bar.amount, chart.currency);
    let share = locale.percent(bar.share, 1);
    match bar.accounts() {
        1 => format!("{}. {} · {money} · {share}", locale.integer(bar.ranks.0), points[bar.ranks.0 - 1].label),
        _ => format!("{} · {money} · {share}", t.web_chart_ranks(bar.ranks.0, bar.ranks.1)),
    }
}

/// What the first bar stands for, and with it all others where there is room to say so beside the label of the last rank.
fn first_label(layout: &Layout, last: &str, t: &Texts) -> String {
    let several = match layout.bars.first().map_or(1, Bar::accounts) {
        1 => return t.web_chart_largest(),
        several => several,
    };
    let label = t.web_chart_first_ranks(several);
    let has_room = label_width(&label) + label_width(last) <= layout.right - LEFT;
    if has_room { label } else { t.web_chart_ranks(1, several) }
}

#[cfg(test)]
mod tests {
    use kontor_domain::abc;
    use kontor_domain::team::Language;

    use super::*;

    /// A ranking of these amounts with the ordinary thresholds.
    fn ranking(units: &[i64]) -> Vec<RankPoint<'static>> {
        let accounts: Vec<(&str, Amount)> = units.iter().map(|&units| ("K", Amount::from_units(units))).collect();
        let ranked = abc::rank(&accounts, Thresholds::default());
        ranked
            .iter()
            .map(|ranked| RankPoint {
                label: "Söhnke & <Cie>",
                amount: ranked.amount,
                share: ranked.share,
                cumulative: ranked.cumulative_share,
                class: ranked.class,
            })
            .collect()
    }

    fn drawn(points: &[RankPoint<'_>]) -> String {
        let chart = ParetoChart { label: "Pareto", points, thresholds: Thresholds::default(), currency: Currency::EUR };
        pareto(&chart, Texts::of(Language::De)).into_string()
    }

    /// Falling amounts: few large, a long tail.
    fn steep(count: i64) -> Vec<i64> {
        (1..=count).map(|rank| (1_000_000 / (rank * rank)).max(1)).collect()
    }

    #[test]
    fn few_accounts_have_a_bar_each() {
        let bars = grouped(&ranking(&[60, 30, 10]), 100);
        assert_eq!(bars.iter().map(|bar| bar.ranks).collect::<Vec<_>>(), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(bars[2].cumulative, 1.0);
    }

    #[test]
    fn each_bar_stands_for_equally_many_and_the_last_for_what_is_left() {
        let bars = grouped(&ranking(&steep(402)), 118);
        assert_eq!(bars.len(), 101);
        assert!(bars[..100].iter().all(|bar| bar.accounts() == 4));
        assert_eq!((bars[0].ranks, bars[100].ranks), ((1, 4), (401, 402)));
        assert!((bars.iter().map(|bar| bar.share).sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_place_on_the_axis_is_the_rank_at_every_width() {
        for count in [1, 40, 118, 119, 402, 5_000] {
            let points = ranking(&steep(count));
            for width in [340.0, 680.0, 1080.0] {
                let layout = Layout::new(&points, width);
                for (place, bar) in layout.bars.iter().enumerate() {
                    let (x, _, broad, _) = layout.rectangle(place);
                    let middle = LEFT + layout.step * (bar.ranks.0 - 1 + bar.ranks.1) as f64 / 2.0;
                    assert!((x + broad / 2.0 - middle).abs() < 1e-6 && broad > 0.0, "{count} {width} {place}");
                }
                let (first, ends) = (layout.after(0), layout.after(points.len()));
                assert!(first == LEFT && ends <= layout.right + 1e-6);
                let (of_a, x, _) = layout.end_of_a(&points).expect("an end of A");
                assert!(((x - first) / (ends - first) - of_a as f64 / points.len() as f64).abs() < 1e-9, "{count} {width}");
            }
        }
    }

    #[test]
    fn the_curve_begins_with_nothing_and_ends_with_all() {
        let points = ranking(&steep(402));
        let layout = Layout::new(&points, 1080.0);
        let curve = layout.curve(&points);
        assert!(curve.starts_with(&path([Some((LEFT, BASE))].into_iter())), "{curve}");
        assert!(
            curve.ends_with(&format!("{} {}", px(layout.right), px(TOP))) || curve.ends_with(&format!("{},{}", px(layout.right), px(TOP))),
            "{curve}"
        );
    }

    #[test]
    fn many_alike_share_bars_evenly_and_none_is_lost() {
        let points = ranking(&vec![7; 50_001]);
        let bars = grouped(&points, 118);
        assert!(bars.len() <= 118, "{}", bars.len());
        assert_eq!(bars.iter().map(Bar::accounts).sum::<usize>(), 50_001);
        assert_eq!(bars.iter().map(|bar| bar.amount).sum::<Amount>(), Amount::from_units(7 * 50_001));
        assert!(bars.windows(2).all(|pair| pair[1].ranks.0 == pair[0].ranks.1 + 1));
    }

    #[test]
    fn the_largest_bar_and_the_end_of_the_curve_reach_the_top() {
        let points = ranking(&steep(64));
        let layout = Layout::new(&points, 1080.0);
        let (_, y, _, height) = layout.rectangle(0);
        assert_eq!((y, y + height), (TOP, BASE));
        assert!((layout.share.at(layout.bars[63].cumulative) - TOP).abs() < 1e-6);
        let (x, _, width, _) = layout.rectangle(63);
        assert!(x + width <= layout.right, "nothing is drawn beyond the edge");
    }

    #[test]
    fn one_account_is_one_narrow_bar_with_all_of_it() {
        let points = ranking(&[500]);
        let layout = Layout::new(&points, 340.0);
        assert_eq!(layout.step, BAND_MAX);
        assert_eq!(layout.end_of_a(&points).map(|(count, _, y)| (count, y)), Some((1, TOP)));
        assert!(drawn(&points).contains("1 Kunde"));
    }

    #[test]
    fn accounts_without_a_positive_amount_are_not_drawn() {
        assert_eq!(drawn(&ranking(&[500, 0, -20])).matches("<rect").count(), 3, "one in each of three drawings");
        for nothing in [&[][..], &[0, 0], &[-5]] {
            let html = drawn(&ranking(nothing));
            assert!(!html.contains("<svg") && html.contains("<p"), "{html}");
        }
    }

    #[test]
    fn every_bar_says_what_it_stands_for_and_names_are_escaped() {
        let html = drawn(&ranking(&[60, 30, 10]));
        assert!(html.contains("<title>1. Söhnke &amp; &lt;Cie&gt; · 60\u{a0}€ · 60,0\u{a0}%</title>"), "{html}");
        assert_eq!(html.matches("<rect").count(), html.matches("<title>").count());
        assert!(html.contains("größter Kunde") && html.contains(">Rang 3</text>"), "{html}");
        let shared = drawn(&ranking(&steep(400)));
        assert!(shared.contains("<title>Rang 1 bis 4 ·") && shared.contains("Rang 1 bis 4, ebenso viele je Balken"), "{shared}");
        assert!(shared.contains(">Rang 400</text>") && !shared.contains("größter Kunde"), "{shared}");
    }

    #[test]
    fn labels_of_many_ranks_do_not_meet_on_a_narrow_drawing() {
        let points = ranking(&vec![7; 200_000]);
        let t = Texts::of(Language::De);
        for width in [340.0, 680.0, 1080.0] {
            let layout = Layout::new(&points, width);
            let last = t.web_chart_rank(points.len());
            let first = first_label(&layout, &last, t);
            assert!(
                first.starts_with("Rang 1 bis ") && label_width(&first) + label_width(&last) <= layout.right - LEFT,
                "{width}: {first}"
            );
        }
    }

    #[test]
    fn a_small_amount_is_still_seen() {
        let layout = Layout::new(&ranking(&[1_000_000, 1]), 1080.0);
        assert!(layout.rectangle(1).3 >= 0.75);
    }
}
