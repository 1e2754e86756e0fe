//! What makes a line the same line with the same content.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use kontor_domain::settings::Currency;
use twox_hash::XxHash64;

use crate::line::TextColumn;

/// The fields of a line that make a difference to the ledger. A customer's new name or address changes the account and no line; a status
/// moves on by itself (open, shipped, paid) without the sale becoming another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Content {
    pub(crate) account: u64,
    pub(crate) date: i32,
    pub(crate) net: i64,
    pub(crate) cost: Option<i64>,
    pub(crate) quantity: Option<i64>,
    pub(crate) currency: u64,
    pub(crate) article_number: u64,
    pub(crate) product_group: u64,
    pub(crate) is_credit: bool,
}

impl Content {
    /// 64 bits that two different contents share once in 10^19 comparisons. They are stored, so the algorithm (XXH64) never changes.
    pub(crate) fn hash(&self) -> u64 {
        let flags = u64::from(self.is_credit) | u64::from(self.cost.is_some()) << 1 | u64::from(self.quantity.is_some()) << 2;
        let words = [
            self.account,
            self.date as u64,
            self.net as u64,
            self.cost.unwrap_or_default() as u64,
            self.quantity.unwrap_or_default() as u64,
            self.currency,
            self.article_number,
            self.product_group,
            flags,
        ];
        let mut bytes = [0; 72];
        for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        XxHash64::oneshot(0, &bytes)
    }
}

/// A text as a part of [`Content`]; absent and empty are the same.
pub(crate) fn text_hash(text: &str) -> u64 {
    if text.is_empty() { 0 } else { XxHash64::oneshot(0, text.as_bytes()) }
}

/// A currency as a part of [`Content`]: its code and its sign are the same.
pub(crate) fn currency_hash(text: &str) -> u64 {
    Currency::from_sign(text).map_or_else(|| text_hash(text.trim()), |currency| text_hash(currency.code()))
}

/// The hashes of one column's texts, each distinct one computed once per dictionary.
#[derive(Default)]
pub(super) struct TextHashes {
    values: Option<ArrayRef>,
    hashes: Vec<u64>,
}

impl TextHashes {
    /// The hashes of the next batch, by row.
    pub(super) fn of<'a>(&'a mut self, column: Option<&'a TextColumn>, hash: fn(&str) -> u64) -> impl Fn(usize) -> u64 + 'a {
        if let Some(column) = column
            && !self.values.as_ref().is_some_and(|known| Arc::ptr_eq(known, column.values()))
        {
            let texts = column.values().as_string::<i32>();
            self.hashes.clear();
            self.hashes.extend(texts.iter().map(|text| hash(text.unwrap_or_default())));
            self.values = Some(column.values().clone());
        }
        let keys = column.map(TextColumn::keys);
        move |row| keys.filter(|keys| keys.is_valid(row)).map_or(0, |keys| self.hashes[keys.value(row) as usize])
    }
}
