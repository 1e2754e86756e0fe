//! Stakeholder maps: people in boxes, the organisation as a tree, influence and conflict as lines across it.

use maud::{Markup, PreEscaped, html};

use super::graph::wrapped;
use super::line::{Link, branch, line};
use super::scale::{label_width, px};
use super::tree::{Boxes, Place, layout};
use super::{Room, drawings_of};

/// Somebody on the map.
pub struct Figure {
    /// How scripts call them.
    pub who: String,
    /// The name.
    pub name: String,
    /// What they do; may be empty.
    pub function: String,
    /// The part in the decision; may be empty.
    pub role: String,
    /// −2 to 2.
    pub support: i64,
    /// 0 to 4.
    pub coverage: i64,
    /// All of it in words.
    pub title: String,
    /// Where the box leads.
    pub href: String,
    /// The one above.
    pub parent: Option<usize>,
    /// `unknown` for placeholders, `left` for who works there no longer, or nothing.
    pub look: &'static str,
}

const BOXES: Boxes = Boxes { width: 186.0, height: 74.0, gap: 16.0, drop: 36.0, indent: 20.0 };
/// Room beside the text in a box.
const PAD: f64 = 10.0;
/// Room that the mark of support takes of the first row.
const MARK: f64 = 30.0;
/// How wide a map that leaves the house is drawn.
const FILE_WIDTH: f64 = 1280.0;
/// White around it.
const MARGIN: f64 = 24.0;

/// The drawing for a page.
pub fn map(label: &str, figures: &[Figure], lines: &[Link]) -> Markup {
    drawings_of(Room::Full, label, |width| {
        let (height, inside) = inside(figures, lines, width - 2.0, true);
        (height + 2.0, html! { g transform="translate(1 1)" { (inside) } })
    })
}

/// Height and inside of a drawing on a width.
fn inside(figures: &[Figure], lines: &[Link], width: f64, has_links: bool) -> (f64, Markup) {
    let parents: Vec<Option<usize>> = figures.iter().map(|figure| figure.parent).collect();
    // Trees first, who stands alone after them.
    let is_parent = |place: usize| parents.contains(&Some(place));
    let bands: Vec<u8> = parents.iter().enumerate().map(|(place, parent)| u8::from(parent.is_none() && !is_parent(place))).collect();
    let drawn = layout(&parents, &bands, width, BOXES);
    let markup = html! {
        @for (figure, place) in figures.iter().zip(&drawn.places) {
            @if let Some(parent) = figure.parent { (branch(BOXES, &drawn.places[parent], place)) }
        }
        // Below the boxes, so that no name is struck through.
        @for link in lines { (line(BOXES, &drawn, link)) }
        @for (figure, place) in figures.iter().zip(&drawn.places) {
            @if has_links { a href=(figure.href) data-who=(figure.who) { (boxed(figure, *place)) } } @else { (boxed(figure, *place)) }
        }
    };
    (drawn.height, markup)
}

fn boxed(figure: &Figure, place: Place) -> Markup {
    let wide = BOXES.width - 2.0 * PAD;
    let name = wrapped(&figure.name, wide - MARK, 1);
    let function = wrapped(&figure.function, wide * 1.08, 1);
    let support = match figure.support {
        0 => "0".to_owned(),
        support if support < 0 => format!("\u{2212}{}", -support),
        support => format!("+{support}"),
    };
    let tone = match figure.support {
        0 => "even",
        support if support < 0 => "against",
        _ => "for",
    };
    html! {
            g class={ "node" @if !figure.look.is_empty() { " node--" (figure.look) } } transform={ "translate(" (px(place.x)) " " (px(place.y)) ")" } {
                title { (figure.title) }
                rect width=(px(BOXES.width)) height=(px(BOXES.height)) rx="6" {}
                text.node__name x=(px(PAD)) y="20" { @for line in &name { (line) } }
                text.node__note x=(px(PAD)) y="37" { @for line in &function { (line) } }
                g class={ "support support--" (tone) } {
                    circle cx=(px(BOXES.width - 20.0)) cy="17" r="11" {}
                    text.mid x=(px(BOXES.width - 20.0)) y="21" { (support) }
                }
                @if !figure.role.is_empty() {
                    rect.role x=(px(PAD)) y="49" width=(px(label_width(&figure.role) * 0.92 + 12.0)) height="17" rx="8.5" {}
                    text.role__name x=(px(PAD + 6.0)) y="61" { (figure.role) }
                }
                @for dot in 0..4_i64 {
                    circle class={ "reach" @if dot < figure.coverage { " reach--on" } } cx=(px(BOXES.width - 43.0 + 10.0 * dot as f64)) cy="57" r="3.5" {}
                }
            }
    }
}

/// Colours for a map that leaves the house: those of the light pages, as values, since no stylesheet goes with it.
const FILE_STYLE: &str = "text{font-family:Inter,'Segoe UI',Arial,sans-serif;font-size:12px;fill:#20262e}\
.node>rect{fill:#fff;stroke:#c9c6bf}.node--unknown>rect{stroke-dasharray:4 3}.node--left{opacity:.55}\
.node__name{font-weight:600}.node__note{font-size:11px;fill:#5c636c}.mid{text-anchor:middle}\
.branch{fill:none;stroke:#8b9097;stroke-width:1.25}\
.support circle{fill:#eceae4}.support text{font-weight:600}.support--for circle{fill:#cfe8d8}.support--against circle{fill:#f6d3cd}\
.node>rect.role{fill:#e3f0f5;stroke:none}.role__name{font-size:11px}\
.reach{fill:none;stroke:#8b9097}.reach--on{fill:#1c6b86;stroke:#1c6b86}\
.link__line{fill:none;stroke:#1c6b86;stroke-width:1.75}.link__head{fill:#1c6b86}\
.link--conflict .link__line{stroke:#b8382c;stroke-dasharray:5 3}.link--conflict .link__head{fill:none}\
.head{font-size:17px;font-weight:600}.sub{fill:#5c636c}";

/// The map as a file of its own: a title, a line below it, and the drawing, without links, which whoever gets the file may not follow.
pub fn file(title: &str, sub: &str, figures: &[Figure], lines: &[Link]) -> String {
    let (height, inside) = inside(figures, lines, FILE_WIDTH - 2.0 * MARGIN, false);
    let all = height + 2.0 * MARGIN + 64.0;
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(px(FILE_WIDTH)) height=(px(all)) viewBox={ "0 0 " (px(FILE_WIDTH)) " " (px(all)) } {
            title { (title) }
            style { (PreEscaped(FILE_STYLE)) }
            rect width="100%" height="100%" fill="#fdfcfa" {}
            text.head x=(px(MARGIN)) y="38" { (title) }
            text.sub x=(px(MARGIN)) y="60" { (sub) }
            g transform={ "translate(" (px(MARGIN)) " " (px(MARGIN + 60.0)) ")" } { (inside) }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", markup.into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, support: i64, parent: Option<usize>) -> Figure {
        Figure {
            who: "p1".into(),
            name: name.into(),
            function: "Leiterin Einkauf".into(),
            role: "Einkäufer".into(),
            support,
            coverage: 3,
            title: format!("{name} <Einkauf>"),
            href: "/accounts/1/map/place?who=p1&decision=2".into(),
            parent,
            look: "",
        }
    }

    #[test]
    fn a_map_shows_signs_and_dots() {
        let html = map("Karte", &[figure("Anna", 2, None), figure("Bernd", -1, Some(0))], &[]).into_string();
        assert!(html.contains("+2") && html.contains("\u{2212}1") && html.contains("support--against"));
        assert_eq!(html.matches("reach--on").count(), 3 * 2 * 3, "three dots, two people, three widths");
        assert!(html.contains("data-who=\"p1\"") && html.contains("Anna &lt;Einkauf&gt;"));
    }

    #[test]
    fn a_file_stands_alone() {
        let link = Link { from: 1, to: 0, look: "conflict", title: "a & b".into() };
        let file = file("Karte <1>", "Stand", &[figure("Anna", 0, None), figure("Bernd", 0, Some(0))], &[link]);
        assert!(file.starts_with("<?xml") && file.contains("xmlns=\"http://www.w3.org/2000/svg\"") && file.contains("<style>"));
        assert!(!file.contains("<a ") && !file.contains("</a>") && !file.contains("href"), "{file}");
        assert!(file.contains("Karte &lt;1&gt;") && file.contains("a &amp; b") && !file.contains("NaN"));
    }
}
