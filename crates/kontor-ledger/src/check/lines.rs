//! Lines in the making, column by column.

use arrow_array::types::Int32Type;
use arrow_array::{Array, Date32Array, DictionaryArray, Int32Array, Int64Array, StringArray};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::sync::Arc;

use super::Projection;
use crate::column::Role;
use crate::line::{Lines, TextColumn};
use crate::read::parquet::Column;

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
    // The dictionary that was translated last. Keeping it keeps its address from being given to another.
    dictionary: Option<StringArray>,
    translated: Vec<i32>,
}

/// The code of no text.
const NONE: i32 = -1;

impl TextBuilder {
    /// Appends a text; an empty one is null.
    pub fn push(&mut self, text: &str) {
        if text.is_empty() {
            self.codes.push(NONE);
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

    /// Appends a text several times.
    pub fn push_repeated(&mut self, text: &str, count: usize) {
        if count > 0 {
            self.push(text);
            let code = self.codes[self.codes.len() - 1];
            self.codes.extend(std::iter::repeat_n(code, count - 1));
        }
    }

    /// Appends a column of `rows` texts, each as `clean` makes it. A value of a dictionary is looked up once.
    pub fn push_column(&mut self, column: &Column, rows: usize, clean: impl Fn(&str) -> &str) {
        match column {
            Column::Codes(codes, values) => {
                self.translate(values, clean);
                let known = &self.translated;
                if codes.null_count() == 0 {
                    self.codes.extend(codes.values().iter().map(|&code| known[code as usize]));
                } else {
                    self.codes.extend(codes.iter().map(|code| code.map_or(NONE, |code| known[code as usize])));
                }
            }
            Column::Texts(values) => values.iter().for_each(|text| self.push(clean(text.unwrap_or_default()))),
            _ => self.codes.extend(std::iter::repeat_n(NONE, rows)),
        }
    }

    /// Looks all values of a dictionary up; the batches of one row group share theirs.
    fn translate(&mut self, values: &StringArray, clean: impl Fn(&str) -> &str) {
        let places = |array: &StringArray| (array.value_data().as_ptr(), array.value_offsets().as_ptr(), array.len());
        let is_same = |known: &StringArray| places(known) == places(values);
        if self.dictionary.as_ref().is_some_and(is_same) {
            return;
        }
        let waiting = self.codes.len();
        for text in values {
            self.push(clean(text.unwrap_or_default()));
        }
        self.translated = self.codes.split_off(waiting);
        self.dictionary = Some(values.clone());
    }

    /// How many of the texts from a place on are null.
    pub fn count_nulls(&self, from: usize) -> u64 {
        self.codes[from..].iter().filter(|&&code| code == NONE).count() as u64
    }

    fn finish(&mut self) -> TextColumn {
        let values = self.array.get_or_insert_with(|| Arc::new(StringArray::from_iter_values(&self.values))).clone();
        let codes = std::mem::take(&mut self.codes);
        let nulls = codes.contains(&NONE).then(|| codes.iter().map(|&code| code != NONE).collect());
        DictionaryArray::<Int32Type>::new(Int32Array::new(codes.into(), nulls), values)
    }
}

/// The texts that describe account and article, in the order of [`LinesBuilder::texts`].
pub const TEXT_ROLES: [Role; 8] =
    [Role::Country, Role::PostalCode, Role::City, Role::Industry, Role::ArticleNumber, Role::ArticleName, Role::ProductGroup, Role::Status];

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
    /// The texts of [`TEXT_ROLES`].
    pub texts: [TextBuilder; TEXT_ROLES.len()],
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
