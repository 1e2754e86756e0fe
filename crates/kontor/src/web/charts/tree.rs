//! Where boxes lie that stand above one another: corporate groups, who reports to whom.
//!
//! Children stand side by side below their parent where there is room, else one below the other and indented. The same tree on the same width is always laid out
//! the same way, and no two boxes overlap.

use std::collections::HashMap;

/// How large boxes are and how far apart they stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boxes {
    /// Width of a box.
    pub width: f64,
    /// Height of a box.
    pub height: f64,
    /// Between boxes side by side.
    pub gap: f64,
    /// Between a parent and its children, where lines run.
    pub drop: f64,
    /// How far children below one another are indented.
    pub indent: f64,
}

/// Where one box lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Whether its children stand one below the other.
    pub is_hanging: bool,
}

/// A laid out drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Where each box lies, in the order given.
    pub places: Vec<Place>,
    /// How high all of it is.
    pub height: f64,
}

/// Lays out trees on a width. `parents` names each box's parent; boxes without one stand in the band that `bands` gives them, the bands one below the other. A
/// circle of parents, which no rule allows, is cut where it is met.
pub fn layout(parents: &[Option<usize>], bands: &[u8], width: f64, boxes: Boxes) -> Layout {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut roots: Vec<usize> = Vec::new();
    for (index, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) if *parent < parents.len() && !leads_back(parents, index) => children[*parent].push(index),
            _ => roots.push(index),
        }
    }
    roots.sort_by_key(|&root| bands.get(root).copied().unwrap_or_default());
    let mut plan = Plan { children: &children, boxes, sizes: HashMap::new() };
    let mut places = vec![Place { x: 0.0, y: 0.0, is_hanging: false }; parents.len()];
    let (mut left, mut top, mut row_height, mut band) = (0.0, 0.0, 0.0_f64, None);
    for root in roots {
        let size = plan.size(root, width);
        let is_new_band = band.is_some_and(|band| band != bands.get(root).copied().unwrap_or_default());
        if is_new_band || left > 0.0 && left + size.width > width {
            top += row_height + boxes.drop;
            (left, row_height) = (0.0, 0.0);
        }
        band = Some(bands.get(root).copied().unwrap_or_default());
        plan.put(root, left, top, width, false, &mut places);
        left += size.width + boxes.gap;
        row_height = row_height.max(size.height);
    }
    Layout { places, height: top + row_height }
}

/// Whether following the parents of a box leads back to it, it being the one of the circle with the lowest number.
fn leads_back(parents: &[Option<usize>], index: usize) -> bool {
    let (mut now, mut lowest) = (parents[index], index);
    for _ in 0..parents.len() {
        match now {
            Some(place) if place == index => return lowest == index,
            Some(place) if place < parents.len() => (now, lowest) = (parents[place], lowest.min(place)),
            _ => return false,
        }
    }
    false
}

/// How much room a box with all below it takes, and how.
#[derive(Clone, Copy)]
struct Size {
    width: f64,
    height: f64,
    is_hanging: bool,
}

struct Plan<'a> {
    children: &'a [Vec<usize>],
    boxes: Boxes,
    /// By box and the width there was for it.
    sizes: HashMap<(usize, i64), Size>,
}

impl Plan<'_> {
    fn size(&mut self, index: usize, width: f64) -> Size {
        let width = width.max(self.boxes.width);
        let key = (index, (width * 16.0) as i64);
        if let Some(&size) = self.sizes.get(&key) {
            return size;
        }
        let size = self.measure(index, width);
        self.sizes.insert(key, size);
        size
    }

    fn measure(&mut self, index: usize, width: f64) -> Size {
        let Boxes { width: own, height, gap, drop, indent } = self.boxes;
        let children = self.children[index].clone();
        if children.is_empty() {
            return Size { width: own, height, is_hanging: false };
        }
        let beside: Vec<Size> = children.iter().map(|&child| self.size(child, width)).collect();
        let all: f64 = beside.iter().map(|size| size.width).sum::<f64>() + gap * (children.len() - 1) as f64;
        if all <= width {
            let below = beside.iter().map(|size| size.height).fold(0.0, f64::max);
            return Size { width: all.max(own), height: height + drop + below, is_hanging: false };
        }
        let under: Vec<Size> = children.iter().map(|&child| self.size(child, width - indent)).collect();
        let widest = under.iter().map(|size| size.width).fold(0.0, f64::max);
        let below: f64 = under.iter().map(|size| size.height + gap).sum();
        Size { width: (indent + widest).max(own), height: height + below, is_hanging: true }
    }

    /// Below a parent whose children hang, a box keeps their common edge; elsewhere it stands above the middle of its own children.
    fn put(&mut self, index: usize, x: f64, y: f64, width: f64, is_hung: bool, places: &mut [Place]) {
        let Boxes { width: own, height, gap, drop, indent } = self.boxes;
        let width = width.max(own);
        let size = self.size(index, width);
        if size.is_hanging {
            places[index] = Place { x, y, is_hanging: true };
            let mut top = y + height + gap;
            for child in self.children[index].clone() {
                self.put(child, x + indent, top, width - indent, true, places);
                top += self.size(child, width - indent).height + gap;
            }
            return;
        }
        let children = self.children[index].clone();
        let all: f64 =
            children.iter().map(|&child| self.size(child, width).width).sum::<f64>() + gap * children.len().saturating_sub(1) as f64;
        let mut left = x + (size.width - all).max(0.0) / 2.0;
        for &child in &children {
            self.put(child, left, y + height + drop, width, false, places);
            left += self.size(child, width).width + gap;
        }
        // Above the middle of its children; those hanging have their middle at their own box.
        let middle = match (children.first(), children.last()) {
            (Some(&first), Some(&last)) if !is_hung => (places[first].x + places[last].x) / 2.0,
            _ => x,
        };
        places[index] = Place { x: middle.clamp(x, x + size.width - own), y, is_hanging: false };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOXES: Boxes = Boxes { width: 100.0, height: 40.0, gap: 10.0, drop: 30.0, indent: 20.0 };

    fn xy(parents: &[Option<usize>], width: f64) -> Vec<(f64, f64)> {
        layout(parents, &[], width, BOXES).places.iter().map(|place| (place.x, place.y)).collect()
    }

    #[test]
    fn children_stand_side_by_side_and_their_parent_above_their_middle() {
        assert_eq!(xy(&[None, Some(0), Some(0)], 300.0), [(55.0, 0.0), (0.0, 70.0), (110.0, 70.0)]);
    }

    #[test]
    fn where_there_is_no_room_they_hang_below_one_another() {
        let narrow = layout(&[None, Some(0), Some(0)], &[], 150.0, BOXES);
        let places: Vec<_> = narrow.places.iter().map(|place| (place.x, place.y)).collect();
        assert_eq!(places, [(0.0, 0.0), (20.0, 50.0), (20.0, 100.0)]);
        assert!(narrow.places[0].is_hanging && narrow.height == 140.0);
    }

    #[test]
    fn bands_stand_below_one_another_and_full_rows_break() {
        let places = layout(&[None, None, None, None], &[1, 0, 1, 1], 210.0, BOXES);
        let places: Vec<_> = places.places.iter().map(|place| (place.x, place.y)).collect();
        assert_eq!(places, [(0.0, 70.0), (0.0, 0.0), (110.0, 70.0), (0.0, 140.0)]);
    }

    #[test]
    fn a_circle_of_parents_is_cut() {
        assert_eq!(xy(&[Some(1), Some(0)], 300.0).len(), 2);
        assert_eq!(xy(&[Some(0)], 300.0), [(0.0, 0.0)]);
        assert_eq!(xy(&[], 300.0), []);
    }

    proptest! {
        #[test]
        fn no_two_boxes_overlap_and_all_stand_within_the_width_below_their_parents(
            seeds in prop::collection::vec(any::<(bool, u16)>(), 0..60), width in 110_u32..1200,
        ) {
            let parents: Vec<Option<usize>> =
                seeds.iter().enumerate().map(|(place, &(is_root, seed))| (place > 0 && !is_root).then(|| seed as usize % place)).collect();
            let drawn = layout(&parents, &[], f64::from(width), BOXES);
            prop_assert_eq!(&drawn, &layout(&parents, &[], f64::from(width), BOXES));
            for (one, first) in drawn.places.iter().enumerate() {
                prop_assert!(first.x >= 0.0 && first.y >= 0.0 && first.y + BOXES.height <= drawn.height + 1e-6);
                if let Some(parent) = parents[one] {
                    prop_assert!(first.y >= drawn.places[parent].y + BOXES.height);
                }
                for second in &drawn.places[one + 1..] {
                    let apart = (first.x - second.x).abs() >= BOXES.width - 1e-6 || (first.y - second.y).abs() >= BOXES.height - 1e-6;
                    prop_assert!(apart, "{first:?} {second:?}");
                }
            }
            // Deep trees may be indented past a narrow width; four levels always fit.
            let depth = |mut place: usize| { let mut depth = 0; while let Some(parent) = parents[place] { place = parent; depth += 1; } depth };
            for (place, at) in drawn.places.iter().enumerate() {
                prop_assert!(at.x + BOXES.width <= f64::from(width) + BOXES.indent * f64::from(depth(place)) + 1e-6);
            }
        }
    }
}
