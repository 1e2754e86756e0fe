//! Lines between boxes that a tree has laid out.

use maud::{Markup, html};

use super::scale::px;
use super::tree::{Boxes, Layout, Place};

/// A line across the tree.
pub struct Link {
    /// Where it begins.
    pub from: usize,
    /// Where its head is.
    pub to: usize,
    /// How it is drawn.
    pub look: &'static str,
    /// What it means.
    pub title: String,
}

/// The line from a box up to its parent.
pub fn branch(boxes: Boxes, parent: &Place, child: &Place) -> Markup {
    let bottom = px(parent.y + boxes.height);
    let path = if parent.is_hanging {
        format!("M{} {bottom}V{}H{}", px(parent.x + boxes.indent / 2.0), px(child.y + boxes.height / 2.0), px(child.x))
    } else {
        let (from, to) = (px(parent.x + boxes.width / 2.0), px(child.x + boxes.width / 2.0));
        format!("M{from} {bottom}V{}H{to}V{}", px(parent.y + boxes.height + boxes.drop / 2.0), px(child.y))
    };
    html! { path.branch d=(path) {} }
}

/// A line from the border of one box to that of another, bent so that it is told from branches, with a head. Between boxes one above the other it goes round on
/// the right, where nothing hides it.
pub fn line(boxes: Boxes, drawn: &Layout, link: &Link) -> Markup {
    let (Some(&from), Some(&to)) = (drawn.places.get(link.from), drawn.places.get(link.to)) else { return html! {} };
    let is_stacked = (from.x - to.x).abs() < boxes.width / 2.0 && (from.y - to.y).abs() > boxes.height;
    let ((x1, y1), (x2, y2), (cx, cy)) = if is_stacked {
        let middle = |place: Place| (place.x + boxes.width, place.y + boxes.height / 2.0);
        let ((x1, y1), (x2, y2)) = (middle(from), middle(to));
        let bow = 24.0 + (y2 - y1).abs() * 0.12;
        ((x1, y1), (x2, y2), (x1.max(x2) + bow.min(90.0), (y1 + y2) / 2.0))
    } else {
        let ((x1, y1), (x2, y2)) = (border(boxes, from, to), border(boxes, to, from));
        let (dx, dy) = (x2 - x1, y2 - y1);
        ((x1, y1), (x2, y2), ((x1 + x2) / 2.0 - dy * 0.18, (y1 + y2) / 2.0 + dx * 0.18))
    };
    let length = (x2 - cx).hypot(y2 - cy).max(1.0);
    let (ux, uy) = ((x2 - cx) / length, (y2 - cy) / length);
    let (bx, by) = (x2 - ux * 8.0, y2 - uy * 8.0);
    let head = format!("M{} {}L{} {}L{} {}Z", px(x2), px(y2), px(bx - uy * 4.0), px(by + ux * 4.0), px(bx + uy * 4.0), px(by - ux * 4.0));
    html! {
        g class={ "link link--" (link.look) } {
            title { (link.title) }
            path.link__line d={ "M" (px(x1)) " " (px(y1)) "Q" (px(cx)) " " (px(cy)) " " (px(bx)) " " (px(by)) } {}
            path.link__head d=(head) {}
        }
    }
}

/// Where the straight way from the middle of one box to that of another leaves the first.
fn border(boxes: Boxes, from: Place, to: Place) -> (f64, f64) {
    let (half_width, half_height) = (boxes.width / 2.0, boxes.height / 2.0);
    let (x, y) = (from.x + half_width, from.y + half_height);
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    if dx == 0.0 && dy == 0.0 {
        return (x, y);
    }
    let scale = (half_width / dx.abs().max(f64::EPSILON)).min(half_height / dy.abs().max(f64::EPSILON));
    (x + dx * scale, y + dy * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOXES: Boxes = Boxes { width: 170.0, height: 60.0, gap: 14.0, drop: 32.0, indent: 18.0 };

    #[test]
    fn lines_begin_and_end_at_the_borders_of_boxes() {
        let place = |x: f64, y: f64| Place { x, y, is_hanging: false };
        assert_eq!(border(BOXES, place(0.0, 0.0), place(400.0, 0.0)), (170.0, 30.0));
        assert_eq!(border(BOXES, place(0.0, 0.0), place(0.0, 200.0)), (85.0, 60.0));
        assert_eq!(border(BOXES, place(0.0, 0.0), place(0.0, 0.0)), (85.0, 30.0));
    }
}
