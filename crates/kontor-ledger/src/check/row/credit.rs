//! What belongs to a credit note or cancellation.

use kontor_domain::Amount;

use super::{Cells, Checker};
use crate::check::headers::Header;
use crate::column::Role;

/// What a document is by its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// An invoice, or nothing that is known.
    #[default]
    Other,
    /// A credit note.
    Credit,
    /// A cancellation.
    Cancellation,
}

/// Words of document types.
const CANCELLATIONS: [&str; 3] = ["storno", "cancel", "reversal"];
const CREDITS: [&str; 17] = [
    "gutschr",
    "retour",
    "return",
    "refund",
    "korrektur",
    "erstattung",
    "rückgabe",
    "rücksendung",
    "warenrück",
    "minderung",
    "avoir",
    "creditnota",
    "credit note",
    "credit memo",
    "creditmemo",
    "credit_",
    "abono",
];
/// Whole document types, as SAP and others shorten them; 381 is UN/EDIFACT's code of a credit note.
const CANCELLATION_CODES: [&str; 3] = ["s1", "s2", "st"];
const CREDIT_CODES: [&str; 19] = [
    "g2",
    "cbre",
    "gs",
    "gu",
    "gut",
    "cn",
    "cm",
    "cr",
    "crn",
    "rk",
    "sc",
    "dg",
    "381",
    "arc",
    "credit",
    "credits",
    "creditnote",
    "rg-korrektur",
    "out_refund",
];

impl DocumentKind {
    /// What a document type says.
    fn of(text: &str) -> DocumentKind {
        let text = text.to_lowercase();
        let has = |words: &[&str], codes: &[&str]| {
            words.iter().any(|word| text.contains(word)) && !text.contains("refundable") || codes.contains(&text.as_str())
        };
        if has(&CANCELLATIONS, &CANCELLATION_CODES) {
            DocumentKind::Cancellation
        } else if has(&CREDITS, &CREDIT_CODES) {
            DocumentKind::Credit
        } else {
            DocumentKind::Other
        }
    }
}

impl<'a> Checker<'a> {
    /// A line belongs to a credit note when its document type says so, when its number carries the prefix of one before a number, or when its amount is negative.
    pub(super) fn is_credit(&mut self, cells: &impl Cells, header: Option<&'a Header>, invoice: &str, net: Amount) -> bool {
        let kind = self.document_kind(&self.text_of(cells, Role::InvoiceType, header));
        let prefix = prefix(invoice);
        let cancels = kind == DocumentKind::Cancellation || (net.is_negative() && prefix == Prefix::Cancellation);
        let is_credit = cancels || kind == DocumentKind::Credit || prefix == Prefix::Credit || net.is_negative();
        if kind != DocumentKind::Other {
            self.report.typed_credits.0 += u64::from(net.is_positive());
            self.report.typed_credits.1 += u64::from(net.is_negative());
        }
        self.report.counts.cancellations += u64::from(cancels);
        self.report.counts.credit_notes += u64::from(is_credit);
        is_credit
    }

    /// What a document type says; mostly the same as in the row before.
    fn document_kind(&mut self, text: &str) -> DocumentKind {
        self.last_kind.of(text).unwrap_or_else(|| self.last_kind.keep(text, DocumentKind::of(text)))
    }
}

/// What the letters before an invoice number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Nothing.
    None,
    /// A cancellation, if the amount is negative.
    Cancellation,
    /// A credit note.
    Credit,
}

/// The prefix of an invoice number: letters count only when something follows them.
pub fn prefix(invoice: &str) -> Prefix {
    let letters = invoice.bytes().take_while(u8::is_ascii_alphabetic).count();
    match &invoice[..letters] {
        _ if letters == invoice.len() => Prefix::None,
        "C" | "ST" | "STO" => Prefix::Cancellation,
        "GS" | "CN" | "CR" => Prefix::Credit,
        _ => Prefix::None,
    }
}
