//! An index over short texts in memory: names, numbers, places. It answers while somebody types.
//!
//! Every distinct word is kept once, with the entries that hold it. A typed word is looked up among the words only: as the beginning of one, inside
//! one, or with a slip of the finger at the beginning of one. So the work grows with the vocabulary, not with the entries, and a word that everybody
//! has (“gmbh”) costs one pass over a list of numbers.

use std::collections::HashMap;

use memchr::memmem;

use super::fold::fold;
use super::slip::{allowed, letters, may_resemble, slips};

/// How far a word is from what was typed: at the beginning of a word.
const BEGINS: u8 = 0;
/// Inside a word.
const INSIDE: u8 = 1;
/// With a slip of the finger; two slips are one more.
const SLIP: u8 = 2;
/// Not at all.
const MISSES: u8 = u8::MAX;
/// Words that stand in a text of fewer letters are looked for at beginnings only: nearly everything holds an “e”.
const INSIDE_FROM: usize = 3;

/// Something that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is: the key it was put in with.
    pub key: i64,
    /// How far it is from what was typed; 0 is exact.
    pub distance: u32,
    /// Its weight, as it was put in with.
    pub weight: i64,
}

/// Texts by key, prepared for searching. Entries can be replaced and taken out one by one.
#[derive(Debug, Default)]
pub struct Index {
    words: Words,
    /// The entries that hold a word, by the word's number.
    holders: Vec<Vec<u32>>,
    /// Key and weight of each entry; `None` for those that were replaced or taken out.
    entries: Vec<Option<(i64, i64)>>,
    places: HashMap<i64, u32>,
}

impl Index {
    /// Nothing yet.
    pub fn new() -> Index {
        Index::default()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many places are taken by entries that are there no more; a good reason to build the index anew when they outnumber the others.
    pub fn gone(&self) -> usize {
        self.entries.len() - self.places.len()
    }

    /// Puts texts in under a key, in place of what was there. Among equally good hits, those of more weight come first.
    pub fn put<'a>(&mut self, key: i64, weight: i64, texts: impl IntoIterator<Item = &'a str>) {
        self.remove(key);
        let entry = self.entries.len() as u32;
        self.entries.push(Some((key, weight)));
        self.places.insert(key, entry);
        let mut folded = String::new();
        for text in texts {
            folded.clear();
            fold(text, &mut folded);
            for word in folded.split(' ').filter(|word| !word.is_empty()) {
                let number = self.words.number(word);
                if number == self.holders.len() {
                    self.holders.push(Vec::new());
                }
                let holders = &mut self.holders[number];
                if holders.last() != Some(&entry) {
                    holders.push(entry);
                }
            }
        }
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: i64) {
        if let Some(entry) = self.places.remove(&key) {
            self.entries[entry as usize] = None;
        }
    }

    /// All entries that fit what was typed, and that `is_wanted` by their key, the best first; `None` when nothing to look for was typed.
    pub fn search(&self, typed: &str, is_wanted: impl Fn(i64) -> bool) -> Option<Vec<Hit>> {
        let mut folded = String::new();
        fold(typed, &mut folded);
        let mut sums: Option<Vec<u8>> = None;
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            let distances = self.distances(word);
            sums = Some(match sums {
                None => distances,
                Some(sums) => sums.into_iter().zip(distances).map(|(sum, distance)| sum.saturating_add(distance)).collect(),
            });
        }
        let sums = sums?;
        let found = sums.iter().zip(&self.entries).filter(|(sum, _)| **sum != MISSES);
        let mut hits: Vec<Hit> = found
            .filter_map(|(&distance, entry)| entry.map(|(key, weight)| Hit { key, distance: distance.into(), weight }))
            .filter(|hit| is_wanted(hit.key))
            .collect();
        hits.sort_unstable_by_key(|hit| (hit.distance, std::cmp::Reverse(hit.weight), hit.key));
        Some(hits)
    }

    /// How far each entry is from one typed word.
    fn distances(&self, typed: &str) -> Vec<u8> {
        let mut distances = vec![MISSES; self.entries.len()];
        let mut found_any = false;
        self.words.holding(typed, |number, distance| {
            for &entry in &self.holders[number] {
                let known = &mut distances[entry as usize];
                *known = distance.min(*known);
                found_any |= self.entries[entry as usize].is_some();
            }
        });
        // Slips are looked for only where nobody is meant by what was typed as it stands.
        if !found_any {
            self.words.resembling(typed, |number, slips| {
                for &entry in &self.holders[number] {
                    let known = &mut distances[entry as usize];
                    *known = (SLIP + slips - 1).min(*known);
                }
            });
        }
        distances
    }
}

/// All distinct words, one after the other in one text.
#[derive(Debug)]
struct Words {
    /// Every word with a line feed before and after it.
    text: String,
    /// Where each word begins, in order.
    begins: Vec<u32>,
    /// Which letters a word's beginning has, as bits.
    letters: Vec<u32>,
    numbers: HashMap<Box<str>, u32>,
}

impl Default for Words {
    fn default() -> Words {
        Words { text: "\n".to_owned(), begins: Vec::new(), letters: Vec::new(), numbers: HashMap::new() }
    }
}

impl Words {
    /// The number of a word, which is the next free one for a new word.
    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number as usize;
        }
        let number = self.begins.len();
        self.numbers.insert(word.into(), number as u32);
        self.begins.push(self.text.len() as u32);
        self.letters.push(letters(word));
        self.text.push_str(word);
        self.text.push('\n');
        number
    }

    fn word(&self, number: usize) -> &str {
        let begin = self.begins[number] as usize;
        let end = self.begins.get(number + 1).map_or(self.text.len(), |&next| next as usize) - 1;
        &self.text[begin..end]
    }

    /// Every word that begins with what was typed or holds it, with its distance.
    fn holding(&self, typed: &str, mut each: impl FnMut(usize, u8)) {
        if typed.len() < INSIDE_FROM {
            let sought = format!("\n{typed}");
            for at in memmem::find_iter(self.text.as_bytes(), &sought) {
                each(self.begins.partition_point(|&begin| begin as usize <= at + 1) - 1, BEGINS);
            }
            return;
        }
        for at in memmem::find_iter(self.text.as_bytes(), typed) {
            let number = self.begins.partition_point(|&begin| begin as usize <= at) - 1;
            each(number, if self.begins[number] as usize == at { BEGINS } else { INSIDE });
        }
    }

    /// Every word that begins with what was typed but for one slip, from eight letters on two, with how many. Numbers are not guessed.
    fn resembling(&self, typed: &str, mut each: impl FnMut(usize, u8)) {
        let length = typed.chars().count();
        let Some(allowed) = allowed(length) else { return };
        if typed.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        let wanted = letters(typed);
        for (number, &known) in self.letters.iter().enumerate() {
            if may_resemble(wanted, known, allowed)
                && let Some(slips) = slips(typed, length, self.word(number), allowed)
            {
                each(number, slips);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&str]) -> Index {
        let mut index = Index::new();
        for (key, text) in texts.iter().enumerate() {
            index.put(key as i64, 0, [*text]);
        }
        index
    }

    fn keys(index: &Index, typed: &str) -> Vec<i64> {
        index.search(typed, |_| true).expect("something typed").iter().map(|hit| hit.key).collect()
    }

    #[test]
    fn every_typed_word_must_occur_in_any_order() {
        let index = index(&["Elbe Maschinenbau GmbH", "Elbe Handel KG", "Maschinenbau Ost GmbH"]);
        assert_eq!(keys(&index, "elbe"), [0, 1]);
        assert_eq!(keys(&index, "gmbh elb"), [0]);
        assert_eq!(keys(&index, "elbe ag"), [] as [i64; 0]);
    }

    #[test]
    fn umlauts_may_be_spelled_either_way() {
        let index = index(&["Söhnke & Cie. KG", "Straße 5"]);
        for typed in ["söhnke", "soehnke", "SÖHNKE", "Soehnke &"] {
            assert_eq!(keys(&index, typed), [0], "{typed}");
        }
        assert_eq!(keys(&index, "strasse"), [1]);
    }

    #[test]
    fn beginnings_come_before_insides_and_those_before_slips() {
        let index = index(&["Weserstahl", "Stahlwerk", "Stahk Handel"]);
        assert_eq!(keys(&index, "stahl"), [1, 0]);
        assert_eq!(keys(&index, "stahlx"), [1]);
        assert_eq!(keys(&index, "ta"), [] as [i64; 0], "two letters are looked for at beginnings only");
    }

    #[test]
    fn a_slip_of_the_finger_is_forgiven_in_longer_words() {
        let index = index(&["Rheintal Antriebe AG", "Elbe Maschinenbau GmbH", "Bremer 10472", "Müller, Jens"]);
        assert_eq!(keys(&index, "rehintal"), [0]);
        assert_eq!(keys(&index, "rheintla antr"), [0]);
        assert_eq!(keys(&index, "maschinnebau"), [1]);
        assert_eq!(keys(&index, "muelelr"), [3]);
        assert_eq!(keys(&index, "10473"), [] as [i64; 0], "numbers are not guessed");
        assert_eq!(keys(&index, "abd"), [] as [i64; 0]);
    }

    #[test]
    fn weight_decides_among_equals() {
        let mut index = Index::new();
        for (key, weight) in [(1, 5), (2, 50), (3, 5)] {
            index.put(key, weight, ["Nord"]);
        }
        assert_eq!(keys(&index, "nord"), [2, 1, 3]);
    }

    #[test]
    fn a_replaced_entry_is_found_by_its_new_texts_only() {
        let mut index = index(&["Alt GmbH", "Bleibt GmbH"]);
        index.put(0, 0, ["Neu AG", "Kiel"]);
        assert_eq!((keys(&index, "alt"), keys(&index, "neu kiel"), keys(&index, "gmbh")), (vec![], vec![0], vec![1]));
        index.remove(0);
        assert_eq!((keys(&index, "neu"), index.len(), index.gone()), (vec![], 1, 2));
    }

    #[test]
    fn a_word_of_a_lost_entry_does_not_hide_a_slip() {
        let mut index = index(&["Stahk", "Stahl"]);
        index.remove(0);
        assert_eq!(keys(&index, "stahk"), [1]);
    }

    #[test]
    fn what_is_not_wanted_is_not_found() {
        let index = index(&["Nord", "Nord"]);
        assert_eq!(index.search("nord", |key| key == 1).expect("typed").len(), 1);
        assert_eq!(index.search(" & . ", |_| true), None);
    }

    #[test]
    fn letters_outside_the_alphabet_do_no_harm() {
        let index = index(&["Пётр Чайковский", "東京 株式会社"]);
        assert_eq!(keys(&index, "чайк"), [0]);
        assert_eq!(keys(&index, "чайкоский"), [0]);
        assert_eq!(keys(&index, "東京"), [1]);
    }
}
