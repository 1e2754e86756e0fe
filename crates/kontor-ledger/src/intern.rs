//! Texts that repeat, each kept once and known by a small number.

use std::hash::BuildHasher;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Int32Array, StringArray};
use arrow_buffer::{Buffer, OffsetBuffer};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::Error;
use crate::line::TextColumn;

/// Gives every distinct text a code: 0 for the first, 1 for the next.
#[derive(Default)]
pub(crate) struct Interner {
    codes: HashTable<u32>,
    /// Where each text ends in `bytes`.
    ends: Vec<u32>,
    bytes: String,
}

impl Interner {
    /// The code of a text, a new one if it was not seen before. Fails when all texts together pass 2 GiB, the most one Arrow column can hold.
    pub(crate) fn code(&mut self, text: &str) -> Result<u32, Error> {
        let hasher = FixedState::default();
        let Interner { codes, ends, bytes } = self;
        let at = |code: u32| text_at(bytes, ends, code);
        match codes.entry(hasher.hash_one(text), |&code| at(code) == text, |&code| hasher.hash_one(at(code))) {
            Entry::Occupied(entry) => Ok(*entry.get()),
            Entry::Vacant(entry) => {
                let code = ends.len() as u32;
                let end = i32::try_from(bytes.len() + text.len()).map_err(|_| Error::Overflow)?;
                entry.insert(code);
                bytes.push_str(text);
                ends.push(end as u32);
                Ok(code)
            }
        }
    }

    /// The text of a code that [`Interner::code`] gave.
    pub(crate) fn text(&self, code: u32) -> &str {
        text_at(&self.bytes, &self.ends, code)
    }

    /// How many distinct texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes held, roughly.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len() + self.ends.len() * 12
    }

    /// Forgets everything and gives the texts as an array in which a text stands at the place of its code.
    pub(crate) fn take_values(&mut self) -> Result<StringArray, Error> {
        let ends = std::mem::take(&mut self.ends);
        let offsets: Vec<i32> = std::iter::once(0).chain(ends.into_iter().map(|end| end as i32)).collect();
        let bytes = std::mem::take(&mut self.bytes).into_bytes();
        self.codes.clear();
        StringArray::try_new(OffsetBuffer::new(offsets.into()), Buffer::from_vec(bytes), None).map_err(|_| Error::Overflow)
    }
}

fn text_at<'a>(bytes: &'a str, ends: &[u32], code: u32) -> &'a str {
    let start = if code == 0 { 0 } else { ends[code as usize - 1] };
    &bytes[start as usize..ends[code as usize] as usize]
}

/// Translates the codes of one column's changing dictionaries; remembers the last dictionary, as readers give the same one many times.
#[derive(Default)]
pub(crate) struct Translation {
    values: Option<ArrayRef>,
    codes: Vec<i32>,
}

impl Translation {
    const UNKNOWN: i32 = -1;

    /// The column's values as codes given by `code`, which is asked once per distinct value; null where the column is null.
    pub(crate) fn translate(&mut self, column: &TextColumn, mut code: impl FnMut(&str) -> Result<u32, Error>) -> Result<Int32Array, Error> {
        let values = column.values();
        if !self.values.as_ref().is_some_and(|known| std::sync::Arc::ptr_eq(known, values)) {
            self.codes.clear();
            self.codes.resize(values.len(), Self::UNKNOWN);
            self.values = Some(values.clone());
        }
        let texts = values.as_string::<i32>();
        let mut codes = Vec::with_capacity(column.len());
        for key in column.keys() {
            codes.push(match key {
                Some(key) if texts.is_valid(key as usize) => {
                    let known = &mut self.codes[key as usize];
                    if *known == Self::UNKNOWN {
                        *known = i32::try_from(code(texts.value(key as usize))?).map_err(|_| Error::Overflow)?;
                    }
                    Some(*known)
                }
                _ => None,
            });
        }
        Ok(codes.into())
    }

    /// Forgets the last dictionary: the codes given so far no longer hold.
    pub(crate) fn reset(&mut self) {
        self.values = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_get_equal_codes_and_read_back() {
        let mut interner = Interner::default();
        let codes: Vec<u32> = ["b", "", "a", "b", ""].iter().map(|text| interner.code(text).expect("fits")).collect();
        assert_eq!(codes, [0, 1, 2, 0, 1]);
        assert_eq!((interner.text(0), interner.text(1), interner.text(2), interner.len()), ("b", "", "a", 3));
        let values = interner.take_values().expect("fits");
        assert_eq!(values.iter().flatten().collect::<Vec<_>>(), ["b", "", "a"]);
        assert_eq!((interner.len(), interner.code("a").expect("fits")), (0, 0));
    }

    #[test]
    fn columns_with_different_dictionaries_translate_to_the_same_codes() {
        let mut interner = Interner::default();
        let mut translation = Translation::default();
        let mut codes = |texts: Vec<Option<&str>>| {
            let column: TextColumn = texts.into_iter().collect();
            translation.translate(&column, |text| interner.code(text)).expect("fits").iter().collect::<Vec<_>>()
        };
        assert_eq!(codes(vec![Some("x"), None, Some("y")]), [Some(0), None, Some(1)]);
        assert_eq!(codes(vec![Some("y"), Some("z"), Some("x")]), [Some(1), Some(2), Some(0)]);
    }
}
