//! Charts as inline SVG. Pure functions lay them out, colours come from classes alone, and every mark has a title; the same figures stand as a table
//! on the page.
//!
//! Each chart is drawn for two or three widths and the stylesheet shows the one that fits, so that labels keep their size on a phone.

mod bars;
pub mod graph;
pub mod line;
pub mod map;
mod matrix;
mod months;
mod pareto;
mod scale;
mod small;
pub mod tree;

use maud::{Markup, html};

pub use bars::{BarRow, bars};
pub use matrix::{Bubble, MatrixChart, matrix};
pub use months::{MonthPoint, MonthsChart, months};
pub use pareto::{ParetoChart, RankPoint, pareto};
pub use small::{StripPart, share_bar, sparkline, strip};

/// How much room a chart has on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The whole width of a page.
    Full,
    /// One of two or three columns.
    Column,
}

impl Room {
    /// The widths to draw for, in user units, which are about pixels. The stylesheet knows them by the classes `chart--1080`, `chart--640`, `chart--340`.
    const fn widths(self) -> &'static [f64] {
        match self {
            Room::Full => &[1080.0, 640.0, 340.0],
            Room::Column => &[640.0, 340.0],
        }
    }
}

/// What a colour means. The swatch is one of `a`, `b`, `c`, `last`, `margin`, `before`, `plan`.
pub fn legend(entries: &[(&str, String)]) -> Markup {
    html! {
        p.legend {
            @for (swatch, meaning) in entries {
                span { i class={ "swatch swatch--" (swatch) } {} (meaning) }
            }
        }
    }
}

/// The drawings of one chart; `draw` makes the inside of one for a width.
fn drawings(room: Room, height: f64, label: &str, draw: impl Fn(f64) -> Markup) -> Markup {
    drawings_of(room, label, |width| (height, draw(width)))
}

/// The drawings of one chart whose height depends on the width; `draw` gives height and inside of one.
fn drawings_of(room: Room, label: &str, draw: impl Fn(f64) -> (f64, Markup)) -> Markup {
    let widest = room.widths()[0];
    html! {
        div.drawings {
            @for &width in room.widths() {
                @let (height, inside) = draw(width);
                svg class={ "chart chart--" (width) (if width == widest { " chart--widest" } else { "" }) } viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(label) {
                    (inside)
                }
            }
        }
    }
}
