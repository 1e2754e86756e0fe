//! Which accounts count as one: the members of a corporate group together, named after its head.

use std::collections::HashMap;

use kontor_domain::group::Roots;

use crate::accounts::directory::Directory;

/// The head of each account's group, by places in the directory.
#[derive(Debug, Default)]
pub struct Heads {
    heads: HashMap<usize, usize>,
    members: HashMap<usize, Vec<usize>>,
}

impl Heads {
    /// The heads of one day.
    pub fn new(roots: &Roots, directory: &Directory) -> Heads {
        Heads::by_place(roots.iter().filter_map(|(account, head)| directory.place_of(account).zip(directory.place_of(head))))
    }

    /// Members with their heads, by place; a head is not named as its own member.
    pub(super) fn by_place(places: impl Iterator<Item = (usize, usize)>) -> Heads {
        let heads: HashMap<usize, usize> = places.collect();
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (&place, &head) in &heads {
            members.entry(head).or_insert_with(|| vec![head]).push(place);
        }
        for places in members.values_mut() {
            places[1..].sort_unstable();
        }
        Heads { heads, members }
    }

    /// The place of the head of an account's group; its own where it stands alone.
    pub fn of(&self, place: usize) -> usize {
        self.heads.get(&place).copied().unwrap_or(place)
    }

    /// The places of all accounts below a head, itself first; none where it stands alone.
    pub fn members(&self, head: usize) -> &[usize] {
        self.members.get(&head).map_or(&[], Vec::as_slice)
    }

    /// All members with their heads.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.heads.iter().map(|(&place, &head)| (place, head))
    }
}
