//! What the text read last came to.

/// A text and its meaning. The rows of one invoice stand together, so most texts of a column repeat the one before, and need not be read again.
#[derive(Default)]
pub struct Last<T> {
    text: String,
    meaning: Option<T>,
}

impl<T: Copy> Last<T> {
    /// What a text means, if it is the one kept.
    pub fn of(&self, text: &str) -> Option<T> {
        self.meaning.filter(|_| is_same(self.text.as_bytes(), text.as_bytes()))
    }

    /// Keeps a text with its meaning, which is given back.
    pub fn keep(&mut self, text: &str, meaning: T) -> T {
        if !is_same(self.text.as_bytes(), text.as_bytes()) {
            text.clone_into(&mut self.text);
        }
        self.meaning = Some(meaning);
        meaning
    }
}

/// Whether two texts are equal. Nothing of empty ones may be compared: they often lie nowhere, and a processor that looks there, if only to skip it, takes
/// longer than for all the rest of a row.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && (one.is_empty() || one == other)
}
