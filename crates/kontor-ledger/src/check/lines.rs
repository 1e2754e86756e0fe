//! Lines in the making, column by column.

use arrow_array::types::Int32Type;
use arrow_array::{Date32Array, DictionaryArray, Int32Array, Int64Array, StringArray};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::sync::Arc;

use super::Projection;
use crate::line::{Lines, TextColumn};

/// How many lines one batch holds at most.
pub const BATCH: usize = 32 * 1024;

/// A text column in the making. Codes stay the same for the life of a worker; later batches only add to the dictionary.
#[derive(Default)]
pub struct TextBuilder {
    codes: Vec<i32>,
    known: HashTable<u32>,
    values: Vec<Box<str>>,
    last: Option<u32>,
    array: Option<Arc<StringArray>>,
}

impl TextBuilder {
    /// Appends a text; an empty one is null.
    pub fn push(&mut self, text: &str) {
        if text.is_empty() {
            self.codes.push(-1);
            return;
        }
        // The rows of one invoice stand together, so most texts repeat the one before.
        if let Some(last) = self.last
            && &*self.values[last as usize] == text
        {
            self.codes.push(last as i32);
            return;
        }
        let hasher = FixedState::default();
        let hash = hasher.hash_one(text);
        let values = &self.values;
        let code = match self.known.find(hash, |&code| &*values[code as usize] == text) {
            Some(&code) => code,
            None => {
                let code = self.values.len() as u32;
                self.values.push(text.into());
                let values = &self.values;
                self.known.insert_unique(hash, code, |&code| hasher.hash_one(&*values[code as usize]));
                self.array = None;
                code
            }
        };
        self.last = Some(code);
        self.codes.push(code as i32);
    }

    fn finish(&mut self) -> TextColumn {
        let values = self.array.get_or_insert_with(|| Arc::new(StringArray::from_iter_values(&self.values))).clone();
        let keys: Int32Array = std::mem::take(&mut self.codes).into_iter().map(|code| (code >= 0).then_some(code)).collect();
        DictionaryArray::<Int32Type>::new(keys, values)
    }
}

/// The texts that describe account and article, in the order of [`LinesBuilder::texts`].
pub const TEXTS: usize = 8;

/// Lines in the making.
pub struct LinesBuilder {
    projection: Projection,
    has_line_numbers: bool,
    /// Order of the lines.
    pub order: Vec<u64>,
    /// Invoice numbers, one after the other.
    pub invoice: arrow_array::builder::StringBuilder,
    /// Line numbers.
    pub line_number: Vec<Option<i64>>,
    /// Days.
    pub date: Vec<i32>,
    /// Account numbers.
    pub account: TextBuilder,
    /// Account names.
    pub name: TextBuilder,
    /// Currencies.
    pub currency: TextBuilder,
    /// Net amounts.
    pub net: Vec<i64>,
    /// Costs.
    pub cost: Vec<Option<i64>>,
    /// Quantities.
    pub quantity: Vec<Option<i64>>,
    /// Country, postal code, city, industry, article number, article name, product group, status.
    pub texts: [TextBuilder; TEXTS],
    /// Whether a line belongs to a credit note.
    pub is_credit: Vec<bool>,
}

impl LinesBuilder {
    /// No lines yet.
    pub fn new(projection: Projection) -> LinesBuilder {
        LinesBuilder {
            projection,
            has_line_numbers: false,
            order: Vec::new(),
            invoice: Default::default(),
            line_number: Vec::new(),
            date: Vec::new(),
            account: TextBuilder::default(),
            name: TextBuilder::default(),
            currency: TextBuilder::default(),
            net: Vec::new(),
            cost: Vec::new(),
            quantity: Vec::new(),
            texts: Default::default(),
            is_credit: Vec::new(),
        }
    }

    /// How many lines wait.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether the file at hand has line numbers.
    pub const fn set_line_numbers(&mut self, has_line_numbers: bool) {
        self.has_line_numbers = has_line_numbers;
    }

    /// The lines so far as a batch.
    pub fn finish(&mut self) -> Lines {
        let all = self.projection == Projection::All;
        let order = std::mem::take(&mut self.order);
        let line_number = std::mem::take(&mut self.line_number);
        let quantity = std::mem::take(&mut self.quantity);
        let mut texts = self.texts.each_mut().map(|text| all.then(|| text.finish())).into_iter();
        let mut next = || texts.next().flatten();
        Lines {
            order,
            invoice: self.invoice.finish(),
            line_number: self.has_line_numbers.then(|| Int64Array::from(line_number)),
            date: Date32Array::from(std::mem::take(&mut self.date)),
            account: self.account.finish(),
            net: Int64Array::from(std::mem::take(&mut self.net)),
            cost: Some(Int64Array::from(std::mem::take(&mut self.cost))),
            quantity: all.then(|| Int64Array::from(quantity)),
            currency: Some(self.currency.finish()),
            account_name: Some(self.name.finish()),
            country: next(),
            postal_code: next(),
            city: next(),
            industry: next(),
            article_number: next(),
            article_name: next(),
            product_group: next(),
            status: next(),
            is_credit: std::mem::take(&mut self.is_credit),
        }
    }
}
