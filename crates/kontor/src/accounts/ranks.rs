//! The order of accounts by the texts of their master data, found once and not for every list.

use std::sync::{Arc, OnceLock};

use super::search::{Folded, Prepared};

/// A text of an account by which lists are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// What it is called.
    Name,
    /// The first number.
    Number,
    /// The country.
    Country,
    /// The postal code.
    PostalCode,
    /// The city.
    City,
    /// The industry.
    Industry,
}

impl Text {
    /// All of them.
    pub const ALL: [Text; 6] = [Text::Name, Text::Number, Text::Country, Text::PostalCode, Text::City, Text::Industry];

    const fn of(self, prepared: &Prepared) -> Option<&Folded> {
        match self {
            // The name is what the searched text begins with.
            Text::Name => Some(&prepared.searched),
            Text::Number => prepared.number.as_ref(),
            Text::Country => prepared.country.as_ref(),
            Text::PostalCode => prepared.postal_code.as_ref(),
            Text::City => prepared.city.as_ref(),
            Text::Industry => prepared.industry.as_ref(),
        }
    }
}

/// Where each account stands by one text; the same for accounts with the same text.
#[derive(Debug)]
pub struct Ranks(Vec<u32>);

const NOTHING: u32 = u32::MAX;

impl Ranks {
    /// Where the account at a place stands; `None` where it has no such text.
    pub fn of(&self, place: usize) -> Option<u32> {
        let rank = self.0[place];
        (rank != NOTHING).then_some(rank)
    }

    fn new(text: Text, all: &[Arc<Prepared>]) -> Ranks {
        let given = all.iter().enumerate().filter_map(|(place, prepared)| Some((text.of(prepared)?, place)));
        let mut given: Vec<(&Folded, usize)> = given.collect();
        given.sort_unstable();
        let mut ranks = vec![NOTHING; all.len()];
        let mut rank = 0;
        for (at, &(text, place)) in given.iter().enumerate() {
            if at > 0 && given[at - 1].0 != text {
                rank += 1;
            }
            ranks[place] = rank;
        }
        Ranks(ranks)
    }
}

/// The ranks of one state of the accounts, each found when a list first needs it.
#[derive(Clone, Debug, Default)]
pub struct AllRanks([Arc<OnceLock<Ranks>>; Text::ALL.len()]);

impl AllRanks {
    /// The ranks by one text of these accounts.
    pub fn by(&self, text: Text, all: &[Arc<Prepared>]) -> &Ranks {
        self.0[text as usize].get_or_init(|| Ranks::new(text, all))
    }

    /// Forgets the order by those texts in which an account changed.
    pub fn forget_changed(&mut self, before: &Prepared, after: &Prepared) {
        for text in Text::ALL.into_iter().filter(|text| text.of(before) != text.of(after)) {
            self.0[text as usize] = Arc::default();
        }
    }

    /// The ranks of a part of the accounts, as far as those of all are known: their order is the same.
    pub fn part(&self, seen: &[usize]) -> AllRanks {
        AllRanks(self.0.each_ref().map(|ranks| match ranks.get() {
            Some(Ranks(ranks)) => Arc::new(OnceLock::from(Ranks(seen.iter().map(|&place| ranks[place]).collect()))),
            None => Arc::default(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(city: Option<&str>) -> Arc<Prepared> {
        let city = city.map(|city| Folded::new(&[city]));
        Arc::new(Prepared { searched: Folded::new(&["x"]), number: None, country: None, postal_code: None, city, industry: None })
    }

    #[test]
    fn accounts_with_the_same_text_stand_at_the_same_rank_and_those_without_at_none() {
        let all = [Some("Ulm"), None, Some("Überlingen"), Some("ulm"), Some("Aachen")].map(prepared);
        let ranks = AllRanks::default();
        let of = |ranks: &Ranks, count: usize| (0..count).map(|place| ranks.of(place)).collect::<Vec<_>>();
        assert_eq!(of(ranks.by(Text::City, &all), 5), [Some(2), None, Some(1), Some(2), Some(0)]);
        let part = [all[0].clone(), all[4].clone()];
        assert_eq!(of(ranks.part(&[0, 4]).by(Text::City, &part), 2), [Some(2), Some(0)]);
    }

    #[test]
    fn only_the_order_by_a_text_that_changed_is_found_anew() {
        let (before, after) = ([prepared(Some("Ulm")), prepared(Some("Kiel"))], [prepared(Some("Bonn")), prepared(Some("Kiel"))]);
        let mut ranks = AllRanks::default();
        assert_eq!(ranks.by(Text::City, &before).of(0), Some(1));
        ranks.by(Text::Name, &before);
        ranks.forget_changed(&before[0], &after[0]);
        assert_eq!(ranks.by(Text::City, &after).of(0), Some(0));
        assert!(ranks.0[Text::Name as usize].get().is_some());
    }
}
