//! What a roll keeps packed: texts that many share, and lists of different lengths.

use std::collections::HashMap;
use std::sync::Arc;

/// Texts that many share, each kept once in small letters, by number; 0 is none.
#[derive(Clone, Debug)]
pub struct Texts {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Default for Texts {
    fn default() -> Texts {
        Texts { texts: vec![Box::from("")], numbers: HashMap::from([(Box::from(""), 0)]) }
    }
}

impl Texts {
    /// The text with a number.
    pub fn get(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }

    /// All texts, by number.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// For each text, whether it holds another, capitals or not.
    pub fn holding(&self, sought: &str) -> Vec<bool> {
        let sought = sought.to_lowercase();
        self.texts.iter().map(|text| text.contains(&sought)).collect()
    }

    /// The number of a text, a new one where it has none yet.
    pub fn number(this: &mut Arc<Texts>, text: &str) -> u32 {
        let text = text.to_lowercase();
        if let Some(&number) = this.numbers.get(text.as_str()) {
            return number;
        }
        let texts = Arc::make_mut(this);
        let number = texts.texts.len() as u32;
        texts.texts.push(text.as_str().into());
        texts.numbers.insert(text.into(), number);
        number
    }
}

/// Lists by place, one behind the other.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    /// Where each begins.
    begins: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Lists<T> {
        Lists { begins: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Begins the list of the next place.
    pub fn begin(&mut self) {
        self.begins.push(self.items.len() as u32);
    }

    /// Adds to the list that was begun last.
    pub fn add(&mut self, item: T) {
        self.items.push(item);
    }

    /// The list of a place.
    pub fn get(&self, place: usize) -> &[T] {
        let end = self.begins.get(place + 1).map_or(self.items.len(), |&next| next as usize);
        &self.items[self.begins[place] as usize..end]
    }
}
