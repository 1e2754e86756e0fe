//! Who may be the same: companies and people that were entered twice.
//!
//! No two records of a large company are all compared. Each record has a few *keys* (its VAT id, its name without legal form, the beginning of its name
//! with its postal code …); only records that share one are compared in full, so the work grows with the records and not with their square.

pub mod normal;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use crate::person::company_domain;

/// From this score on two records are reported, if nothing else is asked for.
pub const REPORTED_FROM: u8 = 70;
/// A key that more records share says nothing (“Schmidt”); those records are found by their other keys.
const BLOCK_MAX: usize = 60;
/// A host or switchboard that people of more companies have is a provider's or a large group's, and says nothing.
const SHARED_MAX: usize = 12;
/// Names less alike than this are different names.
const ALIKE_FROM: f64 = 0.86;

/// What speaks for two records being the same, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// The same VAT id.
    VatId,
    /// The same legal entity identifier.
    Lei,
    /// The same name, but for legal form, capitals, umlauts and the order of words.
    Name,
    /// Nearly the same name.
    SimilarName,
    /// The same street in the same place.
    Address,
    /// The same postal code.
    PostalCode,
    /// The same city.
    City,
    /// The same website.
    Website,
    /// People there have mail addresses at the same host, or at the one of the other's website.
    MailDomain,
    /// People there have the same phone number. It says less than [`Reason::Phone`] of two humans: sisters of a group have one, too.
    OfficePhone,
    /// People there are reached through the same switchboard.
    Switchboard,
    /// The same mail address.
    Mail,
    /// The same phone number.
    Phone,
    /// The same employer.
    Employer,
    /// The same birthday.
    Birthday,
    /// Against it: different VAT ids.
    OtherVatId,
    /// Against it: different legal entity identifiers.
    OtherLei,
    /// Against it: different countries.
    OtherCountry,
    /// Against it: different first names or birthdays.
    OtherPerson,
}

impl Reason {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// How likely it alone makes two records the same, 0–1; for what speaks against it, how much of the likelihood is left.
    const fn weight(self) -> f64 {
        match self {
            Reason::VatId => 0.75,
            Reason::Lei => 0.9,
            Reason::Name => 0.62,
            Reason::SimilarName => 0.5,
            Reason::Address => 0.5,
            Reason::PostalCode => 0.3,
            Reason::City => 0.25,
            Reason::Website => 0.5,
            Reason::MailDomain => 0.4,
            Reason::OfficePhone => 0.45,
            Reason::Switchboard => 0.3,
            Reason::Mail => 0.8,
            Reason::Phone => 0.6,
            Reason::Employer => 0.42,
            Reason::Birthday => 0.45,
            Reason::OtherVatId => 0.6,
            Reason::OtherLei | Reason::OtherPerson => 0.5,
            Reason::OtherCountry => 0.8,
        }
    }

    /// Whether it speaks against it.
    pub const fn is_against(self) -> bool {
        matches!(self, Reason::OtherVatId | Reason::OtherLei | Reason::OtherCountry | Reason::OtherPerson)
    }
}

/// Two records that may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The record with the smaller id.
    pub first: i64,
    /// The other.
    pub second: i64,
    /// How likely they are the same, 0–100: 100 · (1 − Π(1 − wᵢ)) over what speaks for it, times what is left by what speaks against it.
    pub score: u8,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// The score that reasons come to. Each further reason closes a part of the gap to certainty, so that the order of reasons does not matter.
pub fn score(reasons: &[Reason]) -> u8 {
    let doubt: f64 = reasons.iter().filter(|reason| !reason.is_against()).map(|reason| 1.0 - reason.weight()).product();
    let left: f64 = reasons.iter().filter(|reason| reason.is_against()).map(|reason| reason.weight()).product();
    (100.0 * (1.0 - doubt) * left).round() as u8
}

/// A company as far as it matters here; texts as they are kept.
#[derive(Clone, Debug, Default)]
pub struct Company<'a> {
    /// The id.
    pub id: i64,
    /// Name with legal form.
    pub name: &'a str,
    /// Street and house number.
    pub street: &'a str,
    /// Postal code.
    pub postal_code: &'a str,
    /// City.
    pub city: &'a str,
    /// Country.
    pub country: &'a str,
    /// Website.
    pub website: &'a str,
    /// VAT id.
    pub vat_id: &'a str,
    /// Legal entity identifier.
    pub lei: &'a str,
    /// Mail addresses of those who work there and nowhere else.
    pub mails: Vec<&'a str>,
    /// Their phone numbers.
    pub phones: Vec<Number<'a>>,
}

/// A phone number of somebody at a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'a> {
    /// In the form in which two are compared.
    pub normal: &'a str,
    /// As typed, where a hyphen may stand before the extension.
    pub typed: &'a str,
    /// Whether it is one of a switchboard's and not a mobile one.
    pub is_fixed: bool,
}

/// A company in the form in which two are compared.
#[derive(Debug, Default)]
struct CompanyKeys {
    id: i64,
    name: String,
    sorted: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
    website: String,
    vat_id: String,
    lei: String,
    /// Hosts of the website and of mail addresses, but for those of providers.
    hosts: Vec<String>,
    phones: Vec<String>,
    switchboards: Vec<String>,
}

impl CompanyKeys {
    fn new(company: &Company<'_>) -> CompanyKeys {
        let words = normal::company_words(company.name);
        let mut sorted = words.clone();
        sorted.sort_unstable();
        let website = normal::host(company.website);
        let mut hosts: Vec<String> = company.mails.iter().filter_map(|mail| company_domain(mail)).collect();
        hosts.extend((!website.is_empty()).then(|| website.clone()));
        let phones = company.phones.iter().map(|number| normal::phone(number.normal)).filter(|phone| phone.len() > 6);
        let fixed = company.phones.iter().filter(|number| number.is_fixed);
        CompanyKeys {
            id: company.id,
            hosts: distinct(hosts),
            phones: distinct(phones.collect()),
            switchboards: distinct(fixed.filter_map(|number| normal::switchboard(number.normal, number.typed)).collect()),
            name: words.concat(),
            sorted: sorted.concat(),
            street: normal::street(company.street),
            postal_code: normal::plain(company.postal_code),
            city: normal::plain(company.city),
            country: normal::plain(company.country),
            website,
            vat_id: normal::plain(company.vat_id),
            lei: normal::plain(company.lei),
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = Vec::with_capacity(8);
        let mut add = |kind: char, parts: &[&str]| {
            if parts.iter().all(|part| !part.is_empty()) {
                keys.push(format!("{kind}{}", parts.join("\u{1f}")));
            }
        };
        add('v', &[&self.vat_id]);
        add('l', &[&self.lei]);
        self.hosts.iter().for_each(|host| add('w', &[host]));
        self.phones.iter().for_each(|phone| add('t', &[phone]));
        self.switchboards.iter().for_each(|trunk| add('s', &[trunk]));
        add('n', &[&self.sorted]);
        // The name with the place, so that a name that many have is still found where it is the same place.
        add('p', &[&self.sorted, &self.postal_code]);
        add('c', &[&self.sorted, &self.city]);
        // A slip at the end, and one at the beginning of the name.
        add('b', &[beginning(&self.name, 5), beginning(&self.postal_code, 3)]);
        add('e', &[ending(&self.name, 5), beginning(&self.postal_code, 3)]);
        add('a', &[&self.postal_code, &self.street]);
        keys
    }

    fn compare(&self, other: &CompanyKeys) -> Vec<Reason> {
        let mut reasons = Vec::new();
        either(&mut reasons, &self.vat_id, &other.vat_id, Reason::VatId, Reason::OtherVatId);
        either(&mut reasons, &self.lei, &other.lei, Reason::Lei, Reason::OtherLei);
        reasons.extend(names(&self.name, &self.sorted, &other.name, &other.sorted));
        let (same_code, same_city) = (same(&self.postal_code, &other.postal_code), same(&self.city, &other.city));
        if same(&self.street, &other.street) && (same_code || same_city) {
            reasons.push(Reason::Address);
        } else if same_code {
            reasons.push(Reason::PostalCode);
        } else if same_city {
            reasons.push(Reason::City);
        }
        // A website and mail at the same host are one thing, and so are a number and its switchboard.
        if same(&self.website, &other.website) {
            reasons.push(Reason::Website);
        } else if shares(&self.hosts, &other.hosts) {
            reasons.push(Reason::MailDomain);
        }
        if shares(&self.phones, &other.phones) {
            reasons.push(Reason::OfficePhone);
        } else if shares(&self.switchboards, &other.switchboards) {
            reasons.push(Reason::Switchboard);
        }
        if !self.country.is_empty() && !other.country.is_empty() && self.country != other.country {
            reasons.push(Reason::OtherCountry);
        }
        reasons
    }
}

/// A person as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct Human<'a> {
    /// The id.
    pub id: i64,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
    /// Day, month and, where it is known, year.
    pub birthday: Option<(u32, u32, Option<i32>)>,
    /// Mail addresses.
    pub mails: Vec<&'a str>,
    /// Phone numbers.
    pub phones: Vec<&'a str>,
    /// Where they work or worked: ids of accounts.
    pub employers: Vec<i64>,
}

#[derive(Debug, Default)]
struct HumanKeys {
    id: i64,
    first: String,
    last: String,
    birthday: Option<(u32, u32, Option<i32>)>,
    mails: Vec<String>,
    phones: Vec<String>,
    employers: Vec<i64>,
}

impl HumanKeys {
    fn new(human: &Human<'_>) -> HumanKeys {
        HumanKeys {
            id: human.id,
            first: normal::plain(human.first_name),
            last: normal::plain(human.last_name),
            birthday: human.birthday,
            mails: human.mails.iter().map(|mail| mail.trim().to_lowercase()).filter(|mail| !mail.is_empty()).collect(),
            phones: human.phones.iter().map(|phone| normal::phone(phone)).filter(|phone| phone.len() > 6).collect(),
            employers: human.employers.clone(),
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.mails.iter().map(|mail| format!("m{mail}")).collect();
        keys.extend(self.phones.iter().map(|phone| format!("p{phone}")));
        let mut both = [self.first.as_str(), self.last.as_str()];
        // First and last name are sometimes swapped.
        both.sort_unstable();
        let name = both.concat();
        if !self.first.is_empty() && !self.last.is_empty() {
            keys.push(format!("n{name}"));
            keys.extend(self.birthday.map(|(day, month, _)| format!("b{day}.{month}{}", beginning(&self.last, 3))));
        }
        if !self.last.is_empty() {
            keys.extend(self.employers.iter().map(|employer| format!("e{employer}:{}", beginning(&self.last, 3))));
            keys.extend(self.employers.iter().map(|employer| format!("g{employer}:{}", ending(&self.last, 3))));
            keys.extend(self.employers.iter().map(|employer| format!("f{employer}:{name}")));
        }
        keys
    }

    fn compare(&self, other: &HumanKeys) -> Vec<Reason> {
        let mut reasons = Vec::new();
        reasons.extend(shares(&self.mails, &other.mails).then_some(Reason::Mail));
        reasons.extend(shares(&self.phones, &other.phones).then_some(Reason::Phone));
        reasons.extend(shares(&self.employers, &other.employers).then_some(Reason::Employer));
        let swapped = self.first == other.last && self.last == other.first && !self.first.is_empty();
        if swapped || self.first == other.first && same(&self.last, &other.last) && !self.first.is_empty() {
            reasons.push(Reason::Name);
        } else if alike(&self.last, &other.last) && stands_for(&self.first, &other.first) {
            reasons.push(Reason::SimilarName);
        } else {
            reasons.push(Reason::OtherPerson);
        }
        match (self.birthday, other.birthday) {
            (Some(ours), Some(theirs)) if is_same_birthday(ours, theirs) => reasons.push(Reason::Birthday),
            (Some(_), Some(_)) if !reasons.contains(&Reason::OtherPerson) => reasons.push(Reason::OtherPerson),
            _ => {}
        }
        reasons
    }
}

fn is_same_birthday(ours: (u32, u32, Option<i32>), theirs: (u32, u32, Option<i32>)) -> bool {
    (ours.0, ours.1) == (theirs.0, theirs.1) && ours.2.is_none_or(|year| theirs.2.is_none_or(|other| year == other))
}

/// A first name may be an initial, or missing, or mistyped.
fn stands_for(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.is_empty() || short.chars().count() == 1 && long.starts_with(short) || alike(short, long)
}

fn names(name: &str, sorted: &str, other_name: &str, other_sorted: &str) -> Option<Reason> {
    if same(sorted, other_sorted) {
        Some(Reason::Name)
    } else {
        (alike(name, other_name) || alike(sorted, other_sorted)).then_some(Reason::SimilarName)
    }
}

fn alike(one: &str, other: &str) -> bool {
    // Two short names that differ in a letter are two names.
    one.len().min(other.len()) > 3 && (one == other || strsim::normalized_damerau_levenshtein(one, other) >= ALIKE_FROM)
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one == other
}

fn shares<T: PartialEq>(ours: &[T], theirs: &[T]) -> bool {
    ours.iter().any(|one| theirs.contains(one))
}

fn either(reasons: &mut Vec<Reason>, one: &str, other: &str, for_it: Reason, against: Reason) {
    if !one.is_empty() && !other.is_empty() {
        reasons.push(if one == other { for_it } else { against });
    }
}

fn beginning(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(end, _)| &text[..end])
}

fn ending(text: &str, letters: usize) -> &str {
    text.char_indices().rev().nth(letters.saturating_sub(1)).map_or(text, |(start, _)| &text[start..])
}

/// The companies that may be the same, the likeliest first.
pub fn companies<'a>(companies: impl IntoIterator<Item = Company<'a>>, from: u8) -> Vec<Pair> {
    let mut keys: Vec<CompanyKeys> = companies.into_iter().map(|company| CompanyKeys::new(&company)).collect();
    forget_shared(&mut keys, |keys| &mut keys.hosts);
    forget_shared(&mut keys, |keys| &mut keys.phones);
    forget_shared(&mut keys, |keys| &mut keys.switchboards);
    pairs(&keys, CompanyKeys::keys, CompanyKeys::compare, |keys| keys.id, from)
}

fn distinct(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// Takes out what more than [`SHARED_MAX`] have.
fn forget_shared(all: &mut [CompanyKeys], of: fn(&mut CompanyKeys) -> &mut Vec<String>) {
    let mut holders: HashMap<String, usize> = HashMap::new();
    for text in all.iter_mut().flat_map(|keys| of(keys).iter()) {
        match holders.get_mut(text) {
            Some(count) => *count += 1,
            None => drop(holders.insert(text.clone(), 1)),
        }
    }
    for keys in all {
        of(keys).retain(|text| holders[text] <= SHARED_MAX);
    }
}

/// The people who may be the same, the likeliest first.
pub fn people<'a>(people: impl IntoIterator<Item = Human<'a>>, from: u8) -> Vec<Pair> {
    let keys: Vec<HumanKeys> = people.into_iter().map(|human| HumanKeys::new(&human)).collect();
    pairs(&keys, HumanKeys::keys, HumanKeys::compare, |keys| keys.id, from)
}

fn pairs<T>(records: &[T], keys: fn(&T) -> Vec<String>, compare: fn(&T, &T) -> Vec<Reason>, id: fn(&T) -> i64, from: u8) -> Vec<Pair> {
    // Of millions of keys only their hashes are kept. Two keys with the same one cost a comparison, no more.
    let hash = |key: String| {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        hasher.finish()
    };
    let keyed = (0_u32..).zip(records).flat_map(|(place, record)| keys(record).into_iter().map(move |key| (hash(key), place)));
    let mut keyed: Vec<(u64, u32)> = keyed.collect();
    keyed.sort_unstable();
    keyed.dedup();
    let mut compared: HashSet<(u32, u32)> = HashSet::new();
    let mut found = Vec::new();
    for block in keyed.chunk_by(|one, other| one.0 == other.0).filter(|block| (2..=BLOCK_MAX).contains(&block.len())) {
        for (place, &(_, one)) in block.iter().enumerate() {
            for &(_, other) in &block[place + 1..] {
                if !compared.insert((one, other)) {
                    continue;
                }
                let reasons = compare(&records[one as usize], &records[other as usize]);
                let score = score(&reasons);
                if score >= from {
                    let (a, b) = (id(&records[one as usize]), id(&records[other as usize]));
                    found.push(Pair { first: a.min(b), second: a.max(b), score, reasons });
                }
            }
        }
    }
    found.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.first, pair.second));
    found
}

#[cfg(test)]
mod tests;
