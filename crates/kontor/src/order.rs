//! Putting in order only as many items as are shown.

use std::cmp::Ordering;

/// Puts the first `end` of some items where a sort would put them, in order; the rest stays in no special one.
pub fn sort_head<T>(items: &mut [T], end: usize, compare: impl Fn(&T, &T) -> Ordering) {
    let end = end.min(items.len());
    if end < items.len() {
        items.select_nth_unstable_by(end, &compare);
    }
    items[..end].sort_unstable_by(compare);
}

/// Puts the items from `skip` to `end` where a sort would put them, in order; all others stay in no special one. A late page of many items costs no more
/// than the first.
pub fn sort_window<T>(items: &mut [T], skip: usize, end: usize, compare: impl Fn(&T, &T) -> Ordering) {
    let end = end.min(items.len());
    if skip >= end {
        return;
    }
    if skip > 0 {
        items.select_nth_unstable_by(skip, &compare);
    }
    sort_head(&mut items[skip..], end - skip, compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_list_is_the_head_of_the_sorted_list() {
        let items: Vec<u32> = (0..200).map(|place| place * 7919 % 211).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        for end in [0, 1, 50, 199, 200] {
            let mut head = items.clone();
            sort_head(&mut head, end, Ord::cmp);
            assert_eq!(head[..end], sorted[..end], "{end}");
        }
        sort_head(&mut [3, 1], 9, Ord::cmp);
    }

    #[test]
    fn a_window_of_a_list_is_that_of_the_sorted_list() {
        let items: Vec<u32> = (0..200).map(|place| place * 7919 % 211).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        for (skip, end) in [(0, 50), (50, 100), (150, 200), (190, 300), (200, 250), (20, 10)] {
            let mut window = items.clone();
            sort_window(&mut window, skip, end, Ord::cmp);
            let (skip, end) = (skip.min(200), end.min(200).max(skip.min(200)));
            assert_eq!(window[skip..end], sorted[skip..end], "{skip} {end}");
        }
    }
}
