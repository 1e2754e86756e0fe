//! Boxes with names, the tree they stand in, and lines across it: corporate groups.

use maud::{Markup, html};

pub use super::line::Link;
use super::line::{branch, line};
use super::scale::{label_width, px};
use super::tree::{Boxes, Place, layout};
use super::{Room, drawings_of};

/// One box.
pub struct Node {
    /// Its name.
    pub label: String,
    /// A second line in small letters; may be empty.
    pub note: String,
    /// Where it leads.
    pub href: String,
    /// All of it in words.
    pub title: String,
    /// The box above it in the tree.
    pub parent: Option<usize>,
    /// In which band it stands if nothing is above it: 0 is the highest.
    pub band: u8,
    /// How it is drawn: `now` for the one that the page is about, `outside`, or nothing.
    pub look: &'static str,
}

const BOXES: Boxes = Boxes { width: 170.0, height: 60.0, gap: 14.0, drop: 32.0, indent: 18.0 };
/// Room beside the text in a box.
const PAD: f64 = 9.0;

/// The drawing.
pub fn graph(label: &str, nodes: &[Node], links: &[Link]) -> Markup {
    let parents: Vec<Option<usize>> = nodes.iter().map(|node| node.parent).collect();
    let bands: Vec<u8> = nodes.iter().map(|node| node.band).collect();
    drawings_of(Room::Full, label, |width| {
        let drawn = layout(&parents, &bands, width - 2.0, BOXES);
        let inside = html! {
            g transform="translate(1 1)" {
                @for (node, place) in nodes.iter().zip(&drawn.places) {
                    @if let Some(parent) = node.parent { (branch(BOXES, &drawn.places[parent], place)) }
                }
                @for link in links { (line(BOXES, &drawn, link)) }
                @for (node, place) in nodes.iter().zip(&drawn.places) { (boxed(node, *place)) }
            }
        };
        (drawn.height + 2.0, inside)
    })
}

fn boxed(node: &Node, place: Place) -> Markup {
    let lines = wrapped(&node.label, BOXES.width - 2.0 * PAD, 2);
    let rows = lines.len() + usize::from(!node.note.is_empty());
    // So many rows of 15 stand in the middle of the box; letters reach 4 below their line.
    let first = (BOXES.height - 15.0 * rows as f64) / 2.0 + 11.0;
    html! {
        a href=(node.href) {
            g class={ "node" @if !node.look.is_empty() { " node--" (node.look) } } transform={ "translate(" (px(place.x)) " " (px(place.y)) ")" } {
                title { (node.title) }
                rect width=(px(BOXES.width)) height=(px(BOXES.height)) rx="6" {}
                @for (row, line) in lines.iter().enumerate() { text.node__name x=(px(PAD)) y=(px(first + 15.0 * row as f64)) { (line) } }
                @if !node.note.is_empty() { text.node__note x=(px(PAD)) y=(px(first + 15.0 * lines.len() as f64)) { (node.note) } }
            }
        }
    }
}

/// A name in at most so many lines of a width; what does not fit ends with an ellipsis.
pub fn wrapped(label: &str, width: f64, lines: usize) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    let mut words = label.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let is_last_line = found.len() == lines;
        let Some(line) = found.last_mut() else { break };
        let candidate = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let reserve = if is_last_line && words.peek().is_some() { label_width("…") } else { 0.0 };
        if label_width(&candidate) + reserve <= width {
            *line = candidate;
        } else if is_last_line || line.is_empty() {
            let mut cut = candidate;
            while label_width(&cut) + label_width("…") > width && cut.pop().is_some() {}
            *line = format!("{}…", cut.trim_end());
            break;
        } else if label_width(word) <= width {
            found.push(word.to_owned());
        } else {
            let mut cut = word.to_owned();
            while label_width(&cut) + label_width("…") > width && cut.pop().is_some() {}
            found.push(format!("{cut}…"));
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_between_words_and_cut_at_the_end() {
        assert_eq!(wrapped("Nordwerk Logistik GmbH", 146.0, 1), ["Nordwerk Logistik GmbH"]);
        assert_eq!(wrapped("Bergdorn Opakowania Sp. z o.o.", 146.0, 2), ["Bergdorn Opakowania", "Sp. z o.o."]);
        assert_eq!(wrapped("Bergdorn Opakowania Sp. z o.o.", 146.0, 1), ["Bergdorn Opakowania S…"]);
        assert_eq!(wrapped("Donaudampfschifffahrtsgesellschaft", 146.0, 2), ["Donaudampfschifffahrt…"]);
        assert_eq!(wrapped("", 146.0, 2), [""]);
    }

    #[test]
    fn a_drawing_names_its_boxes_and_lines() {
        let node = |label: &str, parent| Node {
            label: label.into(),
            note: "51 %".into(),
            href: "/accounts/1/group".into(),
            title: format!("{label} <now>"),
            parent,
            band: 0,
            look: "",
        };
        let html = graph(
            "Konzern",
            &[node("Kopf", None), node("Tochter", Some(0))],
            &[Link { from: 1, to: 0, look: "pays_for", title: "zahlt".into() }],
        );
        let html = html.into_string();
        assert!(html.contains("<title>Kopf &lt;now&gt;</title>") && html.contains("link--pays_for") && html.contains("51 %"), "{html}");
        assert!(!html.contains("NaN") && !html.contains("inf"));
    }
}
