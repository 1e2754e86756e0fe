//! Lines in the making, column by column.

use arrow_array::builder::{ArrayBuilder, Int64Builder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{Array, Date32Array, DictionaryArray, Int32Array, Int64Array, StringArray};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::sync::Arc;

use super::Projection;
use super::row::is_same;
use crate::column::Role;
use crate::line::{InvoiceRun, Lines, TextColumn};
use crate::read::parquet::Column;

/// How many lines one batch holds at most.
pub const BATCH: usize = 32 * 1024;

/// A text column in the making. Codes stay the same for the life of a worker; later batches only add to the dictionary.
#[derive(Default)]
pub struct TextBuilder {
    codes: Vec<i32>,
    known: HashTable<u32>,
    values: StringBuilder,
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
            && value(&self.values, last) == text.as_bytes()
        {
            self.codes.push(last as i32);
            return;
        }
        let hasher = FixedState::default();
        let hash = hasher.hash_one(text.as_bytes());
        let values = &self.values;
        let code = match self.known.find(hash, |&code| value(values, code) == text.as_bytes()) {
            Some(&code) => code,
            None => {
                let code = self.values.len() as u32;
                self.values.append_value(text);
                let values = &self.values;
                self.known.insert_unique(hash, code, |&code| hasher.hash_one(value(values, code)));
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
        if self.is_translated(values) {
            return;
        }
        let waiting = self.codes.len();
        for text in values {
            self.push(clean(text.unwrap_or_default()));
        }
        self.translated = self.codes.split_off(waiting);
        self.dictionary = Some(values.clone());
    }

    /// Whether this dictionary is the one that was looked up last.
    pub fn is_translated(&self, values: &StringArray) -> bool {
        let places = |array: &StringArray| (array.value_data().as_ptr(), array.value_offsets().as_ptr(), array.len());
        self.dictionary.as_ref().is_some_and(|known| places(known) == places(values))
    }

    /// How many of the waiting texts are null.
    pub fn count_nulls(&self) -> u64 {
        self.codes.iter().filter(|&&code| code == NONE).count() as u64
    }

    /// The waiting texts as a column; a null has the code −1.
    pub fn finish(&mut self) -> TextColumn {
        let values = self.array.get_or_insert_with(|| Arc::new(self.values.finish_cloned())).clone();
        let codes = std::mem::take(&mut self.codes);
        let nulls = codes.contains(&NONE).then(|| codes.iter().map(|&code| code != NONE).collect());
        DictionaryArray::<Int32Type>::new(Int32Array::new(codes.into(), nulls), values)
    }
}

fn value(values: &StringBuilder, code: u32) -> &[u8] {
    let ends = &values.offsets_slice()[code as usize..][..2];
    &values.values_slice()[ends[0] as usize..ends[1] as usize]
}

/// The texts that describe account and article, in the order of [`LinesBuilder::texts`].
pub const TEXT_ROLES: [Role; 8] =
    [Role::Country, Role::PostalCode, Role::City, Role::Industry, Role::ArticleNumber, Role::ArticleName, Role::ProductGroup, Role::Status];

/// Lines in the making.
#[derive(Default)]
pub struct LinesBuilder {
    has_line_numbers: bool,
    runs: Vec<InvoiceRun>,
    last_invoice: String,
    invoice: StringBuilder,
    /// Order of the lines.
    pub order: Vec<u64>,
    /// Line numbers.
    pub line_number: Int64Builder,
    /// Days.
    pub date: Vec<i32>,
    /// Account numbers.
    pub account: TextBuilder,
    /// Account names.
    pub name: TextBuilder,
    /// Currency codes.
    pub currency: TextBuilder,
    /// Net amounts.
    pub net: Vec<i64>,
    /// Costs.
    pub cost: Int64Builder,
    /// Quantities.
    pub quantity: Int64Builder,
    /// The texts of [`TEXT_ROLES`].
    pub texts: [TextBuilder; TEXT_ROLES.len()],
    /// Whether a line belongs to a credit note.
    pub is_credit: Vec<bool>,
}

impl LinesBuilder {
    /// How many lines wait.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether the file at hand has line numbers.
    pub const fn set_line_numbers(&mut self, has_line_numbers: bool) {
        self.has_line_numbers = has_line_numbers;
    }

    /// Appends an invoice number, the first field of a line.
    pub fn push_invoice(&mut self, invoice: &str, projection: Projection) {
        let row = self.len();
        if row == 0 || !is_same(self.last_invoice.as_bytes(), invoice.as_bytes()) {
            self.runs.push(InvoiceRun::new(row, invoice));
            invoice.clone_into(&mut self.last_invoice);
        }
        if projection == Projection::All {
            self.invoice.append_value(invoice);
        }
    }

    /// The lines so far as a batch.
    pub fn finish(&mut self, projection: Projection) -> Lines {
        let all = projection == Projection::All;
        let invoice = self.invoice.finish();
        let line_number = self.line_number.finish();
        let quantity = self.quantity.finish();
        let mut texts = self.texts.each_mut().map(|text| all.then(|| text.finish())).into_iter();
        let mut next = || texts.next().flatten();
        Lines {
            runs: std::mem::take(&mut self.runs),
            invoice: all.then_some(invoice),
            order: std::mem::take(&mut self.order),
            line_number: self.has_line_numbers.then_some(line_number),
            date: Date32Array::from(std::mem::take(&mut self.date)),
            account: self.account.finish(),
            net: Int64Array::from(std::mem::take(&mut self.net)),
            cost: Some(self.cost.finish()),
            quantity: all.then_some(quantity),
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
