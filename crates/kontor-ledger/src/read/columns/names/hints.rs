//! What a header says about the numbers below it, whatever role it names.

use super::header::Header;
use super::{Naming, namings_of};
use crate::column::Role;

/// What a header calls a reduction of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// None.
    None,
    /// A rabatt that may be percent or an amount.
    Open,
    /// Percent.
    Percent,
    /// An amount, or a factor: nothing that Kontor reckons with.
    Other,
}

/// What a header says about the numbers below it.
#[derive(Clone, Debug)]
pub struct Hints {
    /// How well it names the net amount.
    pub net: u32,
    /// How well it names the quantity.
    pub quantity: u32,
    /// How well it names the price.
    pub price: u32,
    /// Whether it says that the amount is without tax.
    pub says_net: bool,
    /// Whether it says that tax is in the amount.
    pub says_gross: bool,
    /// Whether it names tax.
    pub is_tax: bool,
    /// Whether it names the total of a document rather than of a line.
    pub is_document_total: bool,
    /// Whether the total it names may be the document's or the line's, with tax or without.
    pub is_open_total: bool,
    /// What it says about reductions.
    pub reduction: Reduction,
    /// Whether it names how many units the price is for.
    pub is_price_unit: bool,
    /// Whether it names costs and leaves open if they are per unit or of the line.
    pub is_open_cost: bool,
}

impl Hints {
    /// What a header says.
    pub fn new(text: &str) -> Hints {
        let header = Header::new(text);
        let namings = namings_of(text, &header);
        let score = |role: Role| namings.iter().find(|(known, _)| *known == role).map_or(0, |(_, Naming { score, .. })| *score);
        let is_tax = !header.is_untaxed
            && (header.has_word("tax taxes taxamt vat ust gst tva iva btw moms") || header.has_part("mwst steuer mwsbk"))
            && !header.has_part("incl inkl brutto gross nummer number code kennz schluessel ohne excl zone");
        Hints {
            net: score(Role::NetAmount),
            quantity: score(Role::Quantity),
            price: score(Role::UnitPrice),
            says_net: header.says_net(),
            says_gross: !header.is_untaxed
                && (header.has_part("brutto gross totaldue") || header.has_word("incl inkl including inclusive ttc")),
            is_tax,
            is_document_total: header
                .has_part("ordertotal ordervalue invoicetotal invoiceamount invoicevalue rechnungsbetrag rechnungssumme")
                || header.has_part("belegsumme belegbetrag belegtotal documenttotal totalinvoice totalorder auftragswert auftragssumme"),
            is_open_total: header.has_part("total gesamt summe betrag amount") && !header.has_part("subtotal line zeile position zwischen"),
            reduction: reduction(&header),
            is_price_unit: !text.contains('/')
                && ["preiseinheit", "kpein", "priceunit", "preiseinh", "peinh", "pricingunit"].contains(&header.full.as_str()),
            is_open_cost: ["ek", "eknetto", "cost", "kosten", "einstand", "herstellkosten", "selbstkosten", "hk"]
                .contains(&header.full.as_str()),
        }
    }

    /// Whether a header names a reduction that may be in percent.
    pub fn may_be_percent(header: &Header) -> bool {
        matches!(reduction(header), Reduction::Open | Reduction::Percent)
    }
}

fn reduction(header: &Header) -> Reduction {
    let is_named = header.has_part("rabatt discount nachlass disc") && !header.has_part("discontinued discussion discover");
    let is_price = header.has_part("discounted afterdiscount beforediscount rabattiert nachrabatt vorrabatt abzueglichrabatt ohnerabatt");
    // Groups and keys of discounts reduce nothing, and what is given for paying early does not reduce revenue.
    if !is_named
        || is_price
        || header.has_part(
            "gruppe group code day tage key schluessel konto account reason grund type name cash payment early prompt settlement zahlung",
        )
        || header.has_word("id art")
    {
        return Reduction::None;
    }
    let is_money = header.has_part("betrag amount amt wert value total summe faktor factor") || header.has_word("eur euro chf usd gbp lcy");
    if header.has_part("prozent percent pct satz rate") || header.full == "rabattp" {
        Reduction::Percent
    } else if is_money {
        Reduction::Other
    } else {
        Reduction::Open
    }
}
