//! What stands in files beside lines: headers printed again, sums, taxes and texts.

use super::{Cells, Checker};
use crate::column::Role;
use crate::finding::Kind;

/// Words that rows of totals begin with.
const SUMS: [&str; 12] = [
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "endsumme",
    "insgesamt",
    "total",
    "grand total",
    "subtotal",
    "sub-total",
    "saldo",
    "übertrag",
];
/// Words that rows of taxes begin with.
const TAXES: [&str; 8] = ["mwst", "ust", "mehrwertsteuer", "umsatzsteuer", "vat", "sales tax", "tax", "steuer"];

/// What may be summed, or say of which kind a sum is.
const SUMMED: [&str; 20] = [
    "beleg",
    "rechnung",
    "auftrag",
    "kunde",
    "positionen",
    "netto",
    "brutto",
    "satz",
    "zzgl",
    "inkl",
    "eur",
    "euro",
    "invoice",
    "order",
    "document",
    "amount",
    "due",
    "net",
    "incl",
    "excl",
];

/// Whether a text names a sum: one of the words, by itself or before anything else.
fn is_sum(text: &str) -> bool {
    // Keys mostly begin with a digit, which settles it.
    !text.as_bytes().first().is_some_and(u8::is_ascii_digit) && (begins_with_word(text, &SUMS) || text.bytes().all(|byte| byte == b'*'))
}

/// Whether a text names the sum or the tax of an invoice: the word, with nothing behind it but a number, a rate or what it sums. “Total care” is an article.
fn is_sum_or_tax(text: &str) -> bool {
    let is_summed = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || SUMMED.contains(&word.to_lowercase().as_str());
    let is_named = |word: &&str| {
        let rest = behind(text, word).filter(|rest| !rest.starts_with('-'));
        rest.is_some_and(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_summed))
    };
    SUMS.iter().chain(&TAXES).any(is_named)
}

fn begins_with_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| behind(text, word).is_some())
}

/// What stands behind a word that a text begins with.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(word.len())?;
    (begin.to_lowercase() == *word && !rest.starts_with(char::is_alphabetic)).then_some(rest)
}

impl Checker<'_> {
    /// The headers once more, as lists print them on every page.
    pub(super) fn is_heading(&self, cells: &impl Cells) -> bool {
        let is_header = |role: Role| self.column(role).is_some_and(|column| cells.text(column) == self.file.headers[column]);
        self.file.header_line > 0 && is_header(Role::Date) && (is_header(Role::AccountNumber) || is_header(Role::AccountName))
    }

    /// An amount without date, number and customer closes a list. With an article or a price it is a line whose keys are missing.
    pub(super) fn is_total(&self, cells: &impl Cells) -> bool {
        let of = |roles: &'static [Role]| roles.iter().filter_map(|&role| self.column(role));
        // The day first, as it begins with a digit in nearly every row, which settles it.
        let keys = || of(&[Role::Date, Role::AccountNumber, Role::InvoiceNumber]);
        let goods = || of(&[Role::ArticleNumber, Role::ArticleName, Role::UnitPrice]);
        let is_none = |column| matches!(cells.text(column).as_ref(), text if text.is_empty() || is_sum(text));
        keys().count() >= 2 && keys().all(is_none) && goods().all(is_none)
    }

    /// What stands between the lines of an invoice without a quantity: a sum or a tax, which says so in the article's place, or a text, which has neither price nor
    /// amount.
    pub(super) fn between(&self, cells: &impl Cells) -> Option<Kind> {
        let is_empty = |role: Role| self.column(role).is_none_or(|column| cells.text(column).is_empty());
        if !self.file.has_quantities || !is_empty(Role::Quantity) {
            return None;
        }
        let has_amounts = self.column(Role::NetAmount).or(self.column(Role::UnitPrice)).is_some();
        let has_article = || !(is_empty(Role::ArticleName) && is_empty(Role::ArticleNumber));
        if self.column(Role::ArticleName).is_some_and(|column| is_sum_or_tax(&cells.text(column))) {
            Some(Kind::TotalRows)
        } else if has_amounts && is_empty(Role::NetAmount) && is_empty(Role::UnitPrice) && has_article() {
            Some(Kind::TextRows)
        } else {
            None
        }
    }
}
