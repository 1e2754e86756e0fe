//! The portfolio matrix: a bubble per account, as large as its revenue, with a tail to where it was a year before.

use kontor_domain::Amount;
use maud::{Markup, html};

use super::scale::{Scale, label_width, px};
use super::{Room, drawings};

const HEIGHT: f64 = 520.0;
const TOP: f64 = 10.0;
const BASE: f64 = 482.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = 10.0;
/// The smallest bubble that can be pointed at.
const RADIUS_MIN: f64 = 4.0;
/// The height of a label.
const LINE: f64 = 14.0;

/// One account.
pub struct Bubble {
    /// Its name.
    pub label: String,
    /// Where a click on it leads.
    pub href: String,
    /// What is said when it is pointed at.
    pub title: String,
    /// Across, 0–100.
    pub x: f64,
    /// Up, 0–100.
    pub y: f64,
    /// Where it was before.
    pub before: Option<(f64, f64)>,
    /// What its area stands for; what is not positive is drawn as small as can be.
    pub size: Amount,
    /// The part of a style's name that gives its colour: the name of its cell.
    pub tone: &'static str,
    /// Whether it is marked by a ring.
    pub is_marked: bool,
}

/// A matrix of two by two cells to draw.
pub struct MatrixChart<'a> {
    /// What the chart shows, for who cannot see it.
    pub label: &'a str,
    /// The accounts.
    pub bubbles: &'a [Bubble],
    /// Where across the right cells begin, 0–100.
    pub split_x: f64,
    /// Where up the upper cells begin, 0–100.
    pub split_y: f64,
    /// What is across.
    pub axis_x: &'a str,
    /// What is up.
    pub axis_y: &'a str,
    /// The names of the cells: upper left, upper right, lower left, lower right.
    pub cells: [String; 4],
}

/// Draws the matrix. Large bubbles lie below small ones; the largest are labelled as far as labels do not run into each other.
pub fn matrix(chart: &MatrixChart<'_>) -> Markup {
    drawings(Room::Full, HEIGHT, chart.label, |width| drawing(chart, width))
}

/// A rectangle that is taken: left, top, right, bottom.
type Box4 = (f64, f64, f64, f64);

/// Which part of a label stands at its place; widths are estimates, so it is anchored on the side of its bubble.
#[derive(Clone, Copy, Debug)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Where a label stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f64,
    y: f64,
    anchor: Anchor,
}

impl Place {
    const fn class(self) -> &'static str {
        match self.anchor {
            Anchor::Start => "bubble-label",
            Anchor::Middle => "bubble-label mid",
            Anchor::End => "bubble-label end",
        }
    }

    /// What a label of this width covers.
    fn covers(self, width: f64) -> Box4 {
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        (left, self.y - LINE + 2.0, left + width, self.y + 3.0)
    }
}

struct Layout {
    across: Scale,
    up: Scale,
    right: f64,
    radius_max: f64,
    largest: f64,
}

impl Layout {
    fn new(chart: &MatrixChart<'_>, width: f64) -> Layout {
        let right = width - RIGHT;
        Layout {
            across: Scale { from: 0.0, to: 100.0, start: LEFT, end: right },
            up: Scale { from: 0.0, to: 100.0, start: BASE, end: TOP },
            right,
            radius_max: (width / 28.0).clamp(14.0, 34.0),
            largest: chart.bubbles.iter().map(|bubble| bubble.size.raw() as f64).fold(0.0, f64::max),
        }
    }

    /// Its area, and not its width, is as large as what it stands for.
    fn radius(&self, size: Amount) -> f64 {
        if self.largest <= 0.0 {
            return RADIUS_MIN;
        }
        let part = (size.raw() as f64 / self.largest).max(0.0);
        (part.sqrt() * self.radius_max).max(RADIUS_MIN)
    }

    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.across.at(x.clamp(0.0, 100.0)), self.up.at(y.clamp(0.0, 100.0)))
    }

    /// Where the label of each bubble stands, in the order of the bubbles; `None` where there is no room for it.
    fn labels(&self, chart: &MatrixChart<'_>, order: &[usize]) -> Vec<Option<Place>> {
        let mut taken: Vec<Box4> = self.corners(chart);
        let circles: Vec<Box4> = chart.bubbles.iter().map(|bubble| self.circle(bubble)).collect();
        let mut places = vec![None; chart.bubbles.len()];
        for &index in order {
            let bubble = &chart.bubbles[index];
            let ((x, y), radius, width) = (self.at((bubble.x, bubble.y)), self.radius(bubble.size), label_width(&bubble.label));
            // Above and below it may be moved aside, so that the name of a bubble at the edge has room.
            let middle = x.clamp(LEFT + width / 2.0, (self.right - width / 2.0).max(LEFT + width / 2.0));
            let candidates = [
                Place { x: x + radius + 4.0, y: y + 4.0, anchor: Anchor::Start },
                Place { x: x - radius - 4.0, y: y + 4.0, anchor: Anchor::End },
                Place { x: middle, y: y - radius - 5.0, anchor: Anchor::Middle },
                Place { x: middle, y: y + radius + LINE, anchor: Anchor::Middle },
            ];
            let found = candidates.into_iter().find(|place| {
                let own = place.covers(width);
                let is_inside = own.0 >= LEFT && own.2 <= self.right && own.1 >= TOP && own.3 <= BASE;
                let hides = circles.iter().enumerate().any(|(other, circle)| other != index && overlap(own, *circle));
                is_inside && !hides && !taken.iter().any(|other| overlap(own, *other))
            });
            if let Some(place) = found {
                taken.push(place.covers(width));
                places[index] = Some(place);
            }
        }
        places
    }

    /// The square that a bubble fills.
    fn circle(&self, bubble: &Bubble) -> Box4 {
        let ((x, y), radius) = (self.at((bubble.x, bubble.y)), self.radius(bubble.size));
        (x - radius, y - radius, x + radius, y + radius)
    }

    /// The names of the cells stand in their outer corners: (x, y, whether it ends there).
    fn cell_names(&self) -> [(f64, f64, bool); 4] {
        let (left, right, top, base) = (LEFT + 8.0, self.right - 8.0, TOP + 18.0, BASE - 10.0);
        [(left, top, false), (right, top, true), (left, base, false), (right, base, true)]
    }

    fn corners(&self, chart: &MatrixChart<'_>) -> Vec<Box4> {
        let of = |((x, y, ends), name): ((f64, f64, bool), &String)| {
            let width = label_width(name) * 1.1;
            let left = if ends { x - width } else { x };
            (left, y - LINE, left + width, y + 4.0)
        };
        self.cell_names().into_iter().zip(&chart.cells).map(of).collect()
    }
}

fn overlap(a: Box4, b: Box4) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

fn drawing(chart: &MatrixChart<'_>, width: f64) -> Markup {
    let layout = Layout::new(chart, width);
    let mut order: Vec<usize> = (0..chart.bubbles.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(chart.bubbles[index].size));
    let labels = layout.labels(chart, &order);
    let (split_x, split_y) = layout.at((chart.split_x, chart.split_y));
    html! {
        rect.plot x=(px(LEFT)) y=(px(TOP)) width=(px(layout.right - LEFT)) height=(px(BASE - TOP)) {}
        rect.plot--best x=(px(split_x)) y=(px(TOP)) width=(px(layout.right - split_x)) height=(px(split_y - TOP)) {}
        line.axis x1=(px(split_x)) x2=(px(split_x)) y1=(px(TOP)) y2=(px(BASE)) {}
        line.axis x1=(px(LEFT)) x2=(px(layout.right)) y1=(px(split_y)) y2=(px(split_y)) {}
        @for ((x, y, ends), name) in layout.cell_names().into_iter().zip(&chart.cells) {
            text class=(if ends { "cell end" } else { "cell" }) x=(px(x)) y=(px(y)) { (name) }
        }
        @for &index in &order { (tail(&layout, &chart.bubbles[index])) }
        @for &index in &order { (bubble(&layout, &chart.bubbles[index])) }
        @for &index in &order {
            @if let Some(place) = labels[index] { text class=(place.class()) x=(px(place.x)) y=(px(place.y)) { (chart.bubbles[index].label) } }
        }
        text.end x=(px(layout.right)) y=(px(BASE + 18.0)) { (chart.axis_x) " →" }
        text transform={ "translate(" (px(LEFT - 10.0)) " " (px(TOP)) ") rotate(-90)" } class="end" { (chart.axis_y) " →" }
    }
}

fn tail(layout: &Layout, bubble: &Bubble) -> Markup {
    let Some(before) = bubble.before else { return html! {} };
    let ((x1, y1), (x2, y2)) = (layout.at(before), layout.at((bubble.x, bubble.y)));
    html! {
        @if (x1 - x2).hypot(y1 - y2) > 1.0 {
            line.tail x1=(px(x1)) y1=(px(y1)) x2=(px(x2)) y2=(px(y2)) {}
            circle.tail-end cx=(px(x1)) cy=(px(y1)) r="2.5" {}
        }
    }
}

fn bubble(layout: &Layout, bubble: &Bubble) -> Markup {
    let (x, y) = layout.at((bubble.x, bubble.y));
    let class = format!("bubble bubble--{}{}", bubble.tone, if bubble.is_marked { " bubble--marked" } else { "" });
    html! {
        a href=(bubble.href) { circle class=(class) cx=(px(x)) cy=(px(y)) r=(px(layout.radius(bubble.size))) { title { (bubble.title) } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bubble(label: &str, x: f64, y: f64, units: i64) -> Bubble {
        Bubble {
            label: label.into(),
            href: "/accounts/1/valuation".into(),
            title: format!("{label}: {units}"),
            x,
            y,
            before: Some((x - 10.0, y)),
            size: Amount::from_units(units),
            tone: "invest",
            is_marked: units > 50,
        }
    }

    fn chart(bubbles: &[Bubble]) -> MatrixChart<'_> {
        let cells = ["Investieren", "Halten", "Zurückziehen", "Auswählen"].map(str::to_owned);
        MatrixChart { label: "Portfolio", bubbles, split_x: 50.0, split_y: 50.0, axis_x: "Stellung", axis_y: "Attraktivität", cells }
    }

    #[test]
    fn the_area_of_a_bubble_stands_for_its_size() {
        let bubbles = [bubble("A", 10.0, 10.0, 400), bubble("B", 20.0, 20.0, 100), bubble("C", 30.0, 30.0, -5)];
        let layout = Layout::new(&chart(&bubbles), 1080.0);
        assert_eq!(layout.radius(bubbles[0].size), layout.radius_max);
        assert_eq!(layout.radius(bubbles[1].size), layout.radius_max / 2.0);
        assert_eq!(layout.radius(bubbles[2].size), RADIUS_MIN);
    }

    #[test]
    fn labels_never_run_into_each_other_or_out_of_the_plot() {
        let bubbles: Vec<Bubble> = (0..60)
            .map(|n| bubble(&format!("Maschinenbau {n} GmbH"), f64::from(n % 10) * 11.0, f64::from(n / 10) * 18.0, 100 - i64::from(n)))
            .collect();
        for width in [1080.0, 640.0, 340.0] {
            let layout = Layout::new(&chart(&bubbles), width);
            let order: Vec<usize> = (0..bubbles.len()).collect();
            let placed: Vec<Box4> = layout
                .labels(&chart(&bubbles), &order)
                .iter()
                .zip(&bubbles)
                .filter_map(|(place, bubble)| place.map(|place| place.covers(label_width(&bubble.label))))
                .collect();
            assert!(placed.len() >= 3, "{width}");
            for (place, own) in placed.iter().enumerate() {
                assert!(own.0 >= LEFT && own.2 <= layout.right && own.1 >= TOP && own.3 <= BASE);
                assert!(placed[..place].iter().all(|other| !overlap(*own, *other)), "{width}: {own:?}");
            }
        }
    }

    #[test]
    fn a_bubble_at_the_edge_has_its_label_above_it() {
        let bubbles = [bubble("Nordwerk Logistik GmbH", 97.0, 60.0, 400), bubble("B", 80.0, 61.0, 300)];
        let layout = Layout::new(&chart(&bubbles), 1080.0);
        let place = layout.labels(&chart(&bubbles), &[0, 1])[0].expect("a place");
        let covered = place.covers(label_width(&bubbles[0].label));
        assert!(covered.2 <= layout.right && covered.3 < layout.circle(&bubbles[0]).1, "{covered:?}");
    }

    #[test]
    fn every_bubble_says_what_it_is_and_leads_somewhere_and_names_are_escaped() {
        let bubbles = [bubble("Söhnke & <Cie>", 80.0, 60.0, 90)];
        let html = matrix(&chart(&bubbles)).into_string();
        assert!(html.contains("<title>Söhnke &amp; &lt;Cie&gt;: 90</title>") && html.contains("bubble--marked"), "{html}");
        assert_eq!(html.matches("href=\"/accounts/1/valuation\"").count(), 3, "one in each of three drawings");
        assert_eq!(html.matches("class=\"tail\"").count(), 3);
    }

    #[test]
    fn a_matrix_without_accounts_is_an_empty_plot() {
        let html = matrix(&chart(&[])).into_string();
        assert!(html.contains("Halten") && !html.contains("<circle"));
    }
}
