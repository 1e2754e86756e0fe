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
}
