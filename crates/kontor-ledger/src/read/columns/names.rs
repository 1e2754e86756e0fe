//! Which roles a header names.

mod header;
mod hints;
mod lists;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::column::Role;
use header::{Header, normalized};
pub use hints::{Hints, Reduction};
use lists::{BEFORE, BEHIND, NOT, NOT_WORDS, UNITS, names, not_with};

/// How much a name is worth that stands in the header with something around it.
const TRIMMED: u32 = 6;
/// How much a name is worth that is the last part of a path: `Invoice lines/Quantity`, `VBRP-NETWR`.
const LAST_PART: u32 = 8;
/// What a name is worth that the header merely contains.
const PART: u32 = 30;
/// What the name of a thing is worth as that of its number.
const KEY: u32 = 60;
/// What a name is worth that says little.
const VAGUE: u32 = 25;
/// What saying “net” adds to the name of an amount.
const NET: u32 = 15;

/// How many places down the list a name loses worth.
const PLACES: u32 = 35;

/// How a header names a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// How well, 0–100.
    pub score: u32,
    /// Its place among the names of the role, which decides between equals.
    pub place: usize,
    /// True when it names the thing, so that only values that look like keys make it the number.
    pub needs_keys: bool,
}

impl Naming {
    /// Whether it says little.
    pub const fn is_vague(self) -> bool {
        self.score <= PART
    }
}

/// The roles that a header names, and how.
pub fn namings(text: &str) -> Vec<(Role, Naming)> {
    namings_of(text, &Header::new(text))
}

fn namings_of(text: &str, header: &Header) -> Vec<(Role, Naming)> {
    if let Some(known) = KNOWN.get(header.full.as_str()) {
        return known.clone();
    }
    if !header.name.contains(char::is_alphabetic) || is_something_else(header) {
        return Vec::new();
    }
    if let Some(price) = of_one(text, header) {
        // What is of one is a price, even if it is called an amount.
        let of_one = |role: Role| match role {
            Role::UnitPrice | Role::NetAmount => Some(Role::UnitPrice),
            Role::UnitCost | Role::LineCost => Some(Role::UnitCost),
            _ => None,
        };
        let known = KNOWN.get(price.as_str()).into_iter().flatten();
        return known
            .filter_map(|(role, naming)| Some((of_one(*role)?, Naming { score: naming.score - TRIMMED, ..*naming })))
            .take(1)
            .collect();
    }
    let mut found: Vec<(Role, Naming)> = Vec::new();
    for (shorter, points, is_net) in shorter(text, header) {
        for (role, naming) in KNOWN.get(shorter.as_str()).into_iter().flatten() {
            let is_amount = matches!(role, Role::NetAmount | Role::UnitPrice | Role::UnitCost | Role::LineCost);
            // A “customer type” is no type of document, nor a “customer status” its status.
            let is_other = points == TRIMMED && matches!(role, Role::InvoiceType | Role::Status);
            if !is_other && (is_amount || !is_net) && found.iter().all(|(known, _)| known != role) {
                let score = naming.score.saturating_sub(points) + if is_net { NET } else { 0 };
                found.push((*role, Naming { score: score.min(100), ..*naming }));
            }
        }
    }
    for &(part, role) in PARTS.iter().filter(|(part, role)| header.name.contains(part) && !header.has_part(not_with(*role))) {
        if found.iter().all(|(known, _)| *known != role) {
            found.push((role, Naming { score: PART, place: part.len(), needs_keys: false }));
        }
    }
    if !Hints::may_be_percent(header) {
        found.retain(|(role, _)| *role != Role::DiscountPercent);
    }
    found
}

/// How well a header names a role whatever its values are, 0–100.
#[cfg(test)]
fn name_score(header: &str, role: Role) -> u32 {
    namings(header).into_iter().find(|(known, naming)| *known == role && !naming.needs_keys).map_or(0, |(_, naming)| naming.score)
}

/// True when the header names any role.
pub fn is_known_header(header: &str) -> bool {
    namings(header).iter().any(|(_, naming)| naming.score > PART)
}

/// Whether a header that may be the customer's number may as well be that of an account of the ledger, or of someone else.
pub fn is_open_account(text: &str, naming: Naming) -> bool {
    let header = Header::new(text);
    // “Account ID” is what customer management calls its customers.
    let is_customer = header.has_part("kunde debitor customer client personen soldto order invoice accountid accountref");
    let is_client = ["client", "mandant", "mandt"].contains(&header.full.as_str());
    let is_ledger = header.has_part("konto account kto acct") && !is_customer;
    naming.is_vague() || is_client || is_ledger
}

/// Whether a header is a bare “Name”, of whatever stands before it.
pub fn is_bare_name(text: &str) -> bool {
    normalized(text) == "name"
}

/// Whether a header calls the name of whatever stands before it, or what it is looked for by.
pub fn is_name_of_anything(text: &str) -> bool {
    ["name", "matchcode", "suchbegriff"].contains(&normalized(text).as_str())
}

/// Every name with the roles it names.
static KNOWN: LazyLock<HashMap<&str, Vec<(Role, Naming)>>> = LazyLock::new(|| {
    let mut known: HashMap<&str, Vec<(Role, Naming)>> = HashMap::new();
    for role in Role::ALL {
        for (place, name) in names(role).split(' ').enumerate().filter(|(_, name)| !name.starts_with('~')) {
            let (name, is_vague) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            let (name, needs_keys) = name.strip_prefix('?').map_or((name, false), |name| (name, true));
            let score = match (is_vague, needs_keys) {
                (true, _) => VAGUE,
                (false, true) => KEY,
                (false, false) => 100 - u32::try_from(place).map_or(PLACES, |place| place.min(PLACES)),
            };
            known.entry(name).or_default().push((role, Naming { score, place, needs_keys }));
        }
    }
    known
});

/// What a header contains, with the role it then plays.
static PARTS: LazyLock<Vec<(&str, Role)>> = LazyLock::new(|| {
    let parts = |role: Role| names(role).split(' ').filter_map(move |name| Some((name.strip_prefix('~')?, role)));
    Role::ALL.into_iter().flat_map(parts).collect()
});

fn is_something_else(header: &Header) -> bool {
    header.has_part(NOT) || header.has_word(NOT_WORDS)
}

/// The name of the price of one, without what says that it is of one: “Preis/Stk”, “Netto je Stück”, “price per unit”.
fn of_one(text: &str, header: &Header) -> Option<String> {
    let by_stroke = text.rsplit_once('/').filter(|(_, unit)| UNITS.split(' ').any(|known| known == normalized(unit)));
    let by_word =
        || ["je", "pro", "per"].iter().find_map(|per| UNITS.split(' ').find_map(|unit| header.name.strip_suffix(unit)?.strip_suffix(per)));
    by_stroke.map(|(price, _)| Header::new(price).name).or_else(|| by_word().map(str::to_owned))
}

/// Shorter forms of a header with what they cost, and whether what was left away says “net”, so that only amounts are meant.
fn shorter(text: &str, header: &Header) -> Vec<(String, u32, bool)> {
    let name = header.name.as_str();
    let around = std::iter::once((name, 0)).chain(trimmed(name).map(|shorter| (shorter, TRIMMED)));
    let mut forms: Vec<(String, u32, bool)> = Vec::new();
    for (form, points) in around {
        forms.push((form.to_owned(), points, header.is_untaxed));
        let rests = ["netto", "net"].iter().flat_map(|net| [form.strip_suffix(net), form.strip_prefix(net)]);
        forms.extend(rests.flatten().map(|rest| (rest.to_owned(), points, true)));
    }
    let last_part = text.rsplit_once(['/', '.', '-', ':']).map(|(_, last)| normalized(last));
    forms.extend(last_part.map(|last| (last, LAST_PART, false)));
    forms.retain(|(form, _, _)| !form.is_empty());
    forms
}

/// The name without what stands around it and says nothing, and without a number behind.
fn trimmed(name: &str) -> impl Iterator<Item = &str> {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let ends = std::iter::once(bare).chain(BEHIND.split(' ').filter_map(move |end| bare.strip_suffix(end)));
    let both = ends.flat_map(|end| std::iter::once(end).chain(BEFORE.split(' ').filter_map(move |start| end.strip_prefix(start))));
    both.filter(move |shorter| !shorter.is_empty() && *shorter != name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_name_does_not_hide_it() {
        for (header, role) in [
            ("Nettowert (EUR)", Role::NetAmount),
            ("Umsatz in EUR", Role::NetAmount),
            ("VBRP-NETWR", Role::NetAmount),
            ("VBRK.FKDAT", Role::Date),
            ("Invoice lines/Quantity", Role::Quantity),
            ("Rechnungszeilen/Menge", Role::Quantity),
            ("Bezeichnung 1", Role::ArticleName),
            ("Company (Billing)", Role::AccountName),
            ("Billing City", Role::City),
            ("Sell-to Customer No.", Role::AccountNumber),
            ("Unit Cost (LCY)", Role::UnitCost),
        ] {
            assert!(name_score(header, role) > PART, "{header} is no {role}");
        }
    }

    #[test]
    fn gross_amounts_and_other_dates_are_something_else() {
        for (header, role) in [
            ("Bruttobetrag netto", Role::NetAmount),
            ("USt-Betrag", Role::NetAmount),
            ("Tax Amount", Role::NetAmount),
            ("Rohertrag netto", Role::NetAmount),
            ("DB Umsatz", Role::NetAmount),
            ("Due Invoice Date", Role::Date),
            ("Lieferland", Role::Country),
            ("Shipping City", Role::City),
        ] {
            assert_eq!(name_score(header, role), 0, "{header}");
        }
        assert!(name_score("Bill Customer Country", Role::Country) > 0, "a customer is no VAT");
    }
}
