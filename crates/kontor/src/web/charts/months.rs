//! Revenue by month, with margin and the year before where they are known.

use std::ops::RangeInclusive;

use kontor_domain::settings::Currency;
use kontor_domain::{Amount, Month};
use maud::{Markup, html};

use super::scale::{Scale, label_width, path, px, ticks};
use super::{Room, drawings, legend};
use crate::web::texts::Texts;

const HEIGHT: f64 = 214.0;
const TOP: f64 = 12.0;
const BASE: f64 = 186.0;
const LEFT: f64 = 1.0;
/// A bar is never broader, so that one month does not fill a page.
const BAND_MAX: f64 = 96.0;
/// With more months than this, years are written instead of months.
const NAMED_MONTHS_MAX: usize = 14;

/// One month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthPoint {
    /// Which.
    pub month: Month,
    /// Revenue; negative when credit notes outweigh invoices.
    pub revenue: Amount,
    /// Margin; `None` where no cost is known, which leaves a gap in its line.
    pub margin: Option<Amount>,
    /// Revenue of the same month a year before.
    pub before: Option<Amount>,
}

/// A chart of months to draw.
pub struct MonthsChart<'a> {
    /// What the chart shows, for who cannot see it.
    pub label: &'a str,
    /// The months, in order and without gaps.
    pub points: &'a [MonthPoint],
    /// The months of the present period.
    pub current: RangeInclusive<Month>,
    /// Those it is compared with, which are paler; all others are paler still.
    pub before: RangeInclusive<Month>,
    /// The currency of the amounts.
    pub currency: Currency,
    /// How much room it has.
    pub room: Room,
}

impl MonthsChart<'_> {
    /// How the bar of a month looks.
    fn look(&self, month: Month) -> &'static str {
        if self.current.contains(&month) {
            "a"
        } else if self.before.contains(&month) {
            "last"
        } else {
            "rest"
        }
    }
}

/// Draws the chart with its legend.
pub fn months(chart: &MonthsChart<'_>, t: &Texts) -> Markup {
    if chart.points.iter().all(|point| values(point).all(Amount::is_zero)) {
        return html! { p.quiet { (t.web_chart_empty()) } };
    }
    let has = |wanted: fn(&MonthPoint) -> bool| chart.points.iter().any(wanted);
    let mut meanings = vec![("a", t.web_chart_revenue())];
    for (look, meaning) in [("last", t.web_chart_earlier()), ("rest", t.web_chart_rest())] {
        if chart.points.iter().any(|point| chart.look(point.month) == look) {
            meanings.push((look, meaning));
        }
    }
    if has(|point| point.margin.is_some()) {
        meanings.push(("margin", t.web_chart_margin()));
    }
    if has(|point| point.before.is_some()) {
        meanings.push(("before", t.web_chart_before()));
    }
    html! {
        (drawings(chart.room, HEIGHT, chart.label, |width| drawing(chart, width, t)))
        (legend(&meanings))
    }
}

/// All amounts of a month that are drawn.
fn values(point: &MonthPoint) -> impl Iterator<Item = Amount> {
    [Some(point.revenue), point.margin, point.before].into_iter().flatten()
}

/// Where everything lies in one drawing.
struct Layout {
    band: f64,
    right: f64,
    height: Scale,
    ticks: Vec<(Amount, String)>,
}

impl Layout {
    fn new(chart: &MonthsChart<'_>, width: f64, t: &Texts) -> Layout {
        let raw = || chart.points.iter().flat_map(values).map(|amount| amount.raw() as f64);
        let (low, high) = (raw().fold(0.0, f64::min), raw().fold(0.0, f64::max));
        let ticks: Vec<(Amount, String)> = ticks(low, high, 4)
            .into_iter()
            .map(|tick| Amount::from_raw(tick as i64))
            .map(|tick| (tick, t.locale().on_axis(tick, chart.currency)))
            .collect();
        let margin = ticks.iter().map(|(_, label)| label_width(label) + 10.0).fold(0.0, f64::max);
        let right = width - margin;
        Layout {
            band: ((right - LEFT) / chart.points.len().max(1) as f64).min(BAND_MAX),
            right,
            height: Scale { from: low, to: high, start: BASE, end: TOP },
            ticks,
        }
    }

    fn y(&self, amount: Amount) -> f64 {
        self.height.at(amount.raw() as f64)
    }

    fn start(&self, place: usize) -> f64 {
        LEFT + self.band * place as f64
    }

    fn middle(&self, place: usize) -> f64 {
        self.start(place) + self.band / 2.0
    }

    /// The rectangle of a month's revenue: x, y, width, height; below the axis when it is negative.
    fn bar(&self, place: usize, revenue: Amount) -> (f64, f64, f64, f64) {
        let gap = (self.band * 0.16).clamp(1.0, 8.0);
        let (zero, y) = (self.y(Amount::ZERO), self.y(revenue));
        (self.start(place) + gap / 2.0, zero.min(y), self.band - gap, (zero - y).abs())
    }
}

fn drawing(chart: &MonthsChart<'_>, width: f64, t: &Texts) -> Markup {
    let layout = Layout::new(chart, width, t);
    let zero = px(layout.y(Amount::ZERO));
    let margin = chart.points.iter().enumerate();
    let margin = path(margin.map(|(place, point)| point.margin.map(|margin| (layout.middle(place), layout.y(margin)))));
    html! {
        @for (tick, label) in &layout.ticks {
            @let y = layout.y(*tick);
            line.grid x1=(px(LEFT)) x2=(px(layout.right)) y1=(px(y)) y2=(px(y)) {}
            text.end x=(px(width)) y=(px(y + 4.0)) { (label) }
        }
        @for (place, point) in chart.points.iter().enumerate() { (month(chart, &layout, place, point, t)) }
        line.axis x1=(px(LEFT)) x2=(px(layout.right)) y1=(zero) y2=(zero) {}
        path.halo d=(margin) {}
        path.margin d=(margin) {}
        (dots(chart, &layout))
        (names(chart, &layout, t))
    }
}

fn month(chart: &MonthsChart<'_>, layout: &Layout, place: usize, point: &MonthPoint, t: &Texts) -> Markup {
    let (x, y, width, height) = layout.bar(place, point.revenue);
    html! {
        g.mark {
            title { (month_title(chart, point, t)) }
            rect.hit x=(px(layout.start(place))) y=(TOP) width=(px(layout.band)) height=(BASE - TOP) {}
            rect class={ "bar-" (chart.look(point.month)) } x=(px(x)) y=(px(y)) width=(px(width)) height=(px(height)) rx="1" {}
            @if let Some(before) = point.before {
                line.before x1=(px(x)) x2=(px(x + width)) y1=(px(layout.y(before))) y2=(px(layout.y(before))) {}
            }
        }
    }
}

/// A month whose neighbours have no margin would leave no line, so it gets a dot.
fn dots(chart: &MonthsChart<'_>, layout: &Layout) -> Markup {
    let margin = |place: usize| chart.points.get(place).and_then(|point| point.margin);
    let lonely = (0..chart.points.len()).filter(|&place| (place == 0 || margin(place - 1).is_none()) && margin(place + 1).is_none());
    html! {
        @for place in lonely {
            @if let Some(amount) = margin(place) { circle.margin-dot cx=(px(layout.middle(place))) cy=(px(layout.y(amount))) r="2.5" {} }
        }
    }
}

fn month_title(chart: &MonthsChart<'_>, point: &MonthPoint, t: &Texts) -> String {
    let locale = t.locale();
    let money = |amount: Amount| locale.compact(amount, chart.currency);
    let mut title = format!("{} · {} {}", locale.month(point.month), t.web_chart_revenue(), money(point.revenue));
    if let Some(margin) = point.margin {
        title += &format!(" · {} {}", t.web_chart_margin(), money(margin));
    }
    if let Some(before) = point.before {
        title += &format!(" · {} {}", t.web_chart_before(), money(before));
    }
    title
}

/// Names below the axis: months where they fit, else years in the middle of their months.
fn names(chart: &MonthsChart<'_>, layout: &Layout, t: &Texts) -> Markup {
    let y = px(BASE + 18.0);
    if chart.points.len() > NAMED_MONTHS_MAX {
        return html! {
            @for (first, last, year) in years(chart.points) {
                @let (from, to) = (layout.start(first), layout.start(last + 1));
                @if first > 0 { line.axis x1=(px(from)) x2=(px(from)) y1=(BASE) y2=(BASE + 5.0) {} }
                @if to - from > 32.0 { text.mid x=(px((from + to) / 2.0)) y=(y) { (year) } }
            }
        };
    }
    html! {
        @for (place, point) in chart.points.iter().enumerate() {
            text.mid x=(px(layout.middle(place))) y=(y) { (month_label(point.month, layout.band, t)) }
        }
    }
}

fn month_label(month: Month, band: f64, t: &Texts) -> String {
    let name = t.locale().month_name(month).trim_end_matches('.');
    if label_width(name) + 4.0 <= band.max(26.0) && band >= 26.0 { name.to_owned() } else { name.chars().take(1).collect() }
}

/// The runs of months of one year: first and last place, and the year.
fn years(points: &[MonthPoint]) -> Vec<(usize, usize, i32)> {
    let mut years: Vec<(usize, usize, i32)> = Vec::new();
    for (place, point) in points.iter().enumerate() {
        match years.last_mut() {
            Some((_, last, year)) if *year == point.month.year() => *last = place,
            _ => years.push((place, place, point.month.year())),
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    fn points(units: &[i64]) -> Vec<MonthPoint> {
        let first = Month::from_index(2024 * 12 + 10);
        let point = |(place, &units): (usize, &i64)| MonthPoint {
            month: first.plus(place as i32),
            revenue: Amount::from_units(units),
            margin: None,
            before: None,
        };
        units.iter().enumerate().map(point).collect()
    }

    fn chart(points: &[MonthPoint]) -> MonthsChart<'_> {
        let month = Month::from_index;
        MonthsChart {
            label: "Umsatz",
            points,
            current: month(2025 * 12)..=month(2025 * 12 + 11),
            before: month(2024 * 12)..=month(2024 * 12 + 11),
            currency: Currency::EUR,
            room: Room::Column,
        }
    }

    fn drawn(points: &[MonthPoint]) -> String {
        months(&chart(points), Texts::of(Language::De)).into_string()
    }

    fn layout(points: &[MonthPoint]) -> Layout {
        Layout::new(&chart(points), 640.0, Texts::of(Language::De))
    }

    #[test]
    fn bars_stand_on_the_axis_and_the_highest_reaches_the_top() {
        let points = points(&[100, 316, 200]);
        let layout = layout(&points);
        let (_, y, _, height) = layout.bar(1, points[1].revenue);
        assert_eq!((y, y + height), (TOP, BASE));
        let (x, _, width, _) = layout.bar(2, points[2].revenue);
        assert!(x + width <= layout.right && layout.right < 640.0, "room for the scale is left");
        assert_eq!(layout.ticks.iter().map(|(_, label)| label.replace('\u{a0}', " ")).collect::<Vec<_>>(), ["100 €", "200 €", "300 €"]);
    }

    #[test]
    fn a_month_of_credit_notes_hangs_below_the_axis() {
        let points = points(&[300, -100]);
        let layout = layout(&points);
        let zero = layout.y(Amount::ZERO);
        assert!(TOP < zero && zero < BASE);
        let (_, y, _, height) = layout.bar(1, points[1].revenue);
        assert!((y - zero).abs() < 1e-9 && (y + height - BASE).abs() < 1e-9);
        let all_below = self::layout(&self::points(&[-5, -10]));
        assert_eq!(all_below.y(Amount::ZERO), TOP);
    }

    #[test]
    fn nothing_to_draw_is_said_in_words() {
        for nothing in [&[][..], &[0, 0, 0]] {
            let html = drawn(&points(nothing));
            assert!(!html.contains("<svg") && html.contains("<p"), "{html}");
        }
    }

    #[test]
    fn months_outside_the_present_period_are_paler() {
        let html = drawn(&points(&[1, 2, 3]));
        assert_eq!(
            (html.matches("class=\"bar-last\"").count(), html.matches("class=\"bar-a\"").count()),
            (4, 2),
            "two and one in two drawings"
        );
        assert!(html.contains("swatch--last"), "{html}");
        // A month that has only begun stands after the last complete one, and one that nothing is compared with before them.
        let points = points(&[1, 2, 3, 4]);
        let ended = MonthsChart { current: points[2].month..=points[2].month, before: points[1].month..=points[1].month, ..chart(&points) };
        let html = months(&ended, Texts::of(Language::De)).into_string();
        let count = |look: &str| html.matches(&format!("class=\"bar-{look}\"")).count();
        assert_eq!((count("a"), count("last"), count("rest")), (2, 2, 4));
        assert!(html.contains("swatch--rest"), "{html}");
    }

    #[test]
    fn an_unknown_margin_leaves_a_gap_and_a_lonely_one_a_dot() {
        let mut points = points(&[10, 10, 10, 10]);
        points[0].margin = Some(Amount::from_units(3));
        points[2].margin = Some(Amount::from_units(4));
        points[3].margin = Some(Amount::from_units(5));
        let html = drawn(&points);
        let d = html.split("class=\"margin\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a path");
        assert_eq!((d.matches('M').count(), d.matches('L').count()), (2, 1), "{d}");
        assert_eq!(html.matches("margin-dot").count(), 2, "one lonely month in two drawings");
    }

    #[test]
    fn every_month_says_its_figures() {
        let mut points = points(&[48_249]);
        points[0].margin = Some(Amount::from_units(-20));
        points[0].before = Some(Amount::from_units(40_000));
        let html = drawn(&points);
        assert!(html.contains("<title>Nov. 2024 · Umsatz 48,2\u{a0}T€ · Ertrag −20\u{a0}€ · Vorjahr 40,0\u{a0}T€</title>"), "{html}");
    }

    #[test]
    fn many_months_are_named_by_their_years() {
        let many = points(&[5; 36]);
        assert_eq!(years(&many), [(0, 1, 2024), (2, 13, 2025), (14, 25, 2026), (26, 35, 2027)]);
        let html = drawn(&many);
        assert!(html.contains(">2025<") && !html.contains(">Nov<"), "{html}");
        assert!(drawn(&points(&[5; 12])).contains(">Nov<"));
    }
}
