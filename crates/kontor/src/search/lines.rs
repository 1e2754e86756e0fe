//! Short texts by place, one after the other in one text, so that a hundred thousand of them are searched in one pass.

use memchr::memmem;

/// Texts by place.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Every text with a line feed after it.
    text: String,
    /// Where each begins.
    begins: Vec<u32>,
}

impl Lines {
    /// Adds the text of the next place, which holds no line feed, in parts.
    pub fn push<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>) {
        self.begins.push(self.text.len() as u32);
        parts.into_iter().for_each(|part| self.text.push_str(part));
        self.text.push('\n');
    }

    /// The text of a place.
    pub fn get(&self, place: usize) -> &str {
        let end = self.begins.get(place + 1).map_or(self.text.len(), |&next| next as usize) - 1;
        &self.text[self.begins[place] as usize..end]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.begins.is_empty()
    }

    /// Every place whose text holds what is sought, once, in order.
    pub fn holding(&self, sought: &str, mut each: impl FnMut(usize)) {
        let (text, finder) = (self.text.as_bytes(), memmem::Finder::new(sought));
        let (mut from, mut place) = (0, 0);
        while let Some(at) = finder.find(&text[from..]).map(|at| from + at) {
            // Step by step: all places are passed once, however many are found.
            while self.begins.get(place + 1).is_some_and(|&next| next as usize <= at) {
                place += 1;
            }
            each(place);
            place += 1;
            from = self.begins.get(place).map_or(text.len(), |&next| next as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(texts: &[impl AsRef<str>]) -> Lines {
        let mut lines = Lines::default();
        texts.iter().for_each(|text| lines.push([text.as_ref()]));
        lines
    }

    fn holding(lines: &Lines, sought: &str) -> Vec<usize> {
        let mut found = Vec::new();
        lines.holding(sought, |place| found.push(place));
        found
    }

    #[test]
    fn a_text_is_found_once_however_often_it_holds_what_is_sought() {
        let lines = lines(&["elbe elbe", "", "weser", "an der elbe"]);
        assert_eq!(holding(&lines, "elbe"), [0, 3]);
        assert_eq!(holding(&lines, "rweser"), [] as [usize; 0], "texts do not run into each other");
        assert_eq!((lines.get(0), lines.get(1), lines.get(3), lines.len()), ("elbe elbe", "", "an der elbe", 4));
        assert_eq!(holding(&Lines::default(), "x"), [] as [usize; 0]);
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_look_at_each_finds(texts in proptest::collection::vec("[abä ]{0,6}", 0..20), sought in "[abä]{1,3}") {
            let expected: Vec<usize> = (0..texts.len()).filter(|&place| texts[place].contains(&sought)).collect();
            prop_assert_eq!(holding(&lines(&texts), &sought), expected);
        }
    }
}
