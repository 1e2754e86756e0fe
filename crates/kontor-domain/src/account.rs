//! Master data of accounts: which fields there are, what may stand in them, and what a change of some of them comes to.
//!
//! Every value has a *stored form*, a text: numbers and days as ISO has them, choices by name. Forms, API and command line bring what they are given
//! into it, the history keeps it, and restoring an old value goes through the same check as typing it.

pub mod custom;
pub mod legal_form;
pub mod lei;
pub mod vat;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::audit::FieldChange;
use custom::CustomField;

/// The longest text of a field, in characters.
pub const TEXT_MAX: usize = 200;
/// The most employees a company may have.
const EMPLOYEES_MAX: u32 = 10_000_000;

/// Where an account stands between being won and being lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Lifecycle {
    /// May buy one day; nothing was invoiced yet.
    Prospect,
    /// Buys.
    #[default]
    Active,
    /// Bought once and no longer does.
    Former,
}

impl Lifecycle {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl FromStr for Lifecycle {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Lifecycle, Wrong> {
        Lifecycle::VARIANTS.iter().copied().find(|lifecycle| lifecycle.name() == text).ok_or(Wrong::Choice)
    }
}

/// What a further address of an account is for. Its seat stands in the master data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AddressKind {
    /// Where invoices go.
    Billing,
    /// Where goods go.
    Delivery,
    /// Where letters go: often a post office box.
    Postal,
    /// Where people are met: a plant, a branch.
    Site,
}

impl AddressKind {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl FromStr for AddressKind {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<AddressKind, Wrong> {
        AddressKind::VARIANTS.iter().copied().find(|kind| kind.name() == text).ok_or(Wrong::Choice)
    }
}

/// A further address of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What it is for.
    pub kind: AddressKind,
    /// The lines above the street: a department, a plant, “c/o”.
    pub addressee: String,
    /// Street and house number, or post office box.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
}

impl Address {
    /// The parts in the order of a letter, without the kind.
    pub fn lines(&self) -> Vec<String> {
        let city = format!("{} {}", self.postal_code, self.city).trim().to_owned();
        [self.addressee.clone(), self.street.clone(), city, self.country.clone()].into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// The stored form: kind, addressee, street, postal code, city, country, one to a line.
    pub fn stored(&self) -> String {
        [self.kind.name(), &self.addressee, &self.street, &self.postal_code, &self.city, &self.country].join("\n")
    }

    /// Reads the stored form.
    pub fn from_stored(text: &str) -> Result<Address, Wrong> {
        let [kind, addressee, street, postal_code, city, country] = text.split('\n').collect::<Vec<_>>()[..] else {
            return Err(Wrong::Missing);
        };
        Ok(Address {
            kind: kind.parse()?,
            addressee: addressee.to_owned(),
            street: street.to_owned(),
            postal_code: postal_code.to_owned(),
            city: city.to_owned(),
            country: country.to_owned(),
        })
    }
}

/// Why a value cannot stand in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It must be filled in.
    Missing,
    /// It has more characters than this.
    TooLong(usize),
    /// Not a whole number from 0 to this.
    Count(u32),
    /// Not a number.
    Number,
    /// Not a day.
    Day,
    /// Neither yes nor no.
    YesNo,
    /// Not one of the values to choose from.
    Choice,
    /// Not the address of a website.
    Website,
    /// Not the tag of a language: two letters.
    Language,
    /// No country gives VAT ids of this form.
    VatForm,
    /// The check digit of a VAT id is another one: a digit is wrong, or two are swapped.
    VatCheck,
    /// A LEI has 20 letters and digits.
    LeiForm,
    /// The check digits of a LEI are others.
    LeiCheck,
    /// There are more tags than this.
    TooManyTags(usize),
    /// There is no such field.
    NoSuchField,
}

/// Master data as Kontor knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Master {
    /// Name with its legal form, as the company writes itself.
    pub name: String,
    /// Legal form; what the name ends with, where nobody said otherwise.
    pub legal_form: Option<String>,
    /// Street and house number of the seat.
    pub street: Option<String>,
    /// Postal code of the seat.
    pub postal_code: Option<String>,
    /// City of the seat.
    pub city: Option<String>,
    /// Country of the seat as the ERP writes it.
    pub country: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// How many people work there.
    pub employees: Option<u32>,
    /// The address of the website, with `https://`.
    pub website: Option<String>,
    /// VAT id without blanks.
    pub vat_id: Option<String>,
    /// Legal entity identifier (ISO 17442).
    pub lei: Option<String>,
    /// The language letters are written in, ISO 639-1.
    pub language: Option<String>,
    /// Where it stands.
    pub lifecycle: Lifecycle,
}

/// One field of the master data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "they are the fields of `Master`")]
pub enum Field {
    Name,
    LegalForm,
    Lifecycle,
    Industry,
    Employees,
    Street,
    PostalCode,
    City,
    Country,
    Website,
    VatId,
    Lei,
    Language,
}

impl Field {
    /// What an ERP knows of its customers, and therefore brings up to date with every import.
    pub const FROM_ERP: [Field; 5] = [Field::Name, Field::Industry, Field::PostalCode, Field::City, Field::Country];

    /// The name in forms, in the API and in the history.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The value in its stored form; `None` when it is empty.
    pub fn of(self, master: &Master) -> Option<String> {
        match self {
            Field::Name => Some(master.name.clone()).filter(|name| !name.is_empty()),
            Field::LegalForm => master.legal_form.clone(),
            Field::Lifecycle => Some(master.lifecycle.name().to_owned()),
            Field::Industry => master.industry.clone(),
            Field::Employees => master.employees.map(|employees| employees.to_string()),
            Field::Street => master.street.clone(),
            Field::PostalCode => master.postal_code.clone(),
            Field::City => master.city.clone(),
            Field::Country => master.country.clone(),
            Field::Website => master.website.clone(),
            Field::VatId => master.vat_id.clone(),
            Field::Lei => master.lei.clone(),
            Field::Language => master.language.clone(),
        }
    }

    /// Checks a value and puts it in; nothing, or blanks, empties the field.
    pub fn put(self, master: &mut Master, value: &str) -> Result<(), Wrong> {
        let value = one_line(value, TEXT_MAX)?;
        let text = Some(value.clone()).filter(|value| !value.is_empty());
        match self {
            Field::Name => master.name = text.ok_or(Wrong::Missing)?,
            Field::LegalForm => master.legal_form = text.or_else(|| legal_form::of(&master.name).map(str::to_owned)),
            Field::Lifecycle => master.lifecycle = value.parse()?,
            Field::Industry => master.industry = text,
            Field::Employees => master.employees = text.map(|text| count(&text)).transpose()?,
            Field::Street => master.street = text,
            Field::PostalCode => master.postal_code = text,
            Field::City => master.city = text,
            Field::Country => master.country = text,
            Field::Website => master.website = text.map(|text| website(&text)).transpose()?,
            Field::VatId => master.vat_id = text.map(|text| vat::check(&text)).transpose()?,
            Field::Lei => master.lei = text.map(|text| lei::check(&text)).transpose()?,
            Field::Language => master.language = text.map(|text| language(&text)).transpose()?,
        }
        Ok(())
    }
}

impl FromStr for Field {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Field, Wrong> {
        Field::VARIANTS.iter().copied().find(|field| field.name() == text).ok_or(Wrong::NoSuchField)
    }
}

/// Words by single blanks; at most so many characters.
pub fn one_line(text: &str, max: usize) -> Result<String, Wrong> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max { Ok(line) } else { Err(Wrong::TooLong(max)) }
}

fn count(text: &str) -> Result<u32, Wrong> {
    text.parse().ok().filter(|count| *count <= EMPLOYEES_MAX).ok_or(Wrong::Count(EMPLOYEES_MAX))
}

/// A web address; what is typed without `https://` gets it. Only the web's own schemes, so that a link is safe to follow.
fn website(text: &str) -> Result<String, Wrong> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_lowercase(), rest),
        None => ("https".to_owned(), text),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split(':').next().unwrap_or_default().split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let has_blank = rest.contains(char::is_whitespace) || rest.contains(['"', '<', '>', '@']);
    let is_address = ["http", "https"].contains(&scheme.as_str()) && labels.len() > 1 && labels.iter().all(is_label);
    if is_address && !has_blank { Ok(format!("{scheme}://{}", rest.trim_end_matches('/'))) } else { Err(Wrong::Website) }
}

fn language(text: &str) -> Result<String, Wrong> {
    let tag = text.to_lowercase();
    if tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()) { Ok(tag) } else { Err(Wrong::Language) }
}

/// Words that accounts are gathered under, each once, however it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<String>);

impl Tags {
    /// The most tags an account may have.
    pub const MAX: usize = 30;
    /// The longest tag, in characters.
    const LENGTH_MAX: usize = 40;

    /// Reads tags between commas, semicolons or line ends.
    pub fn read(text: &str) -> Result<Tags, Wrong> {
        let mut tags = Tags::default();
        for tag in text.split([',', ';', '\n']) {
            tags.add(&one_line(tag, Tags::LENGTH_MAX)?);
        }
        if tags.0.len() <= Tags::MAX { Ok(tags) } else { Err(Wrong::TooManyTags(Tags::MAX)) }
    }

    /// With a further tag; as it was when it has it already.
    pub fn add(&mut self, tag: &str) {
        if !tag.is_empty() && !self.has(tag) {
            self.0.push(tag.to_owned());
            self.0.sort_by_key(|tag| tag.to_lowercase());
        }
    }

    /// Without a tag.
    pub fn remove(&mut self, tag: &str) {
        self.0.retain(|own| own.to_lowercase() != tag.to_lowercase());
    }

    /// Whether it is among them, capitals or not.
    pub fn has(&self, tag: &str) -> bool {
        self.0.iter().any(|own| own.to_lowercase() == tag.to_lowercase())
    }

    /// One by one, by the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// What can be changed about an account by typing: master data, tags, custom fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A field of the master data.
    Master(Field),
    /// The tags.
    Tags,
    /// The custom field with this key.
    Custom(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Master(field) => f.write_str(field.name()),
            Key::Tags => f.write_str("tags"),
            Key::Custom(key) => write!(f, "custom.{key}"),
        }
    }
}

impl FromStr for Key {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Key, Wrong> {
        match (text, text.strip_prefix("custom.")) {
            ("tags", _) => Ok(Key::Tags),
            (_, Some(key)) => Ok(Key::Custom(key.to_owned())),
            (field, None) => Ok(Key::Master(field.parse()?)),
        }
    }
}

/// A record after a change, and what that changed.
pub type Changed = (Record, Vec<FieldChange>);
/// Values that cannot be, with their fields.
pub type Wrongs = Vec<(Key, Wrong)>;

/// What is kept about one account, save numbers and further addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Master data.
    pub master: Master,
    /// Tags.
    pub tags: Tags,
    /// Values of custom fields in stored form, by the field's key.
    pub custom: BTreeMap<String, String>,
    /// The fields of the ERP that were set by hand, which imports leave alone.
    pub hand_set: BTreeSet<Field>,
}

impl Record {
    /// The value of a field in its stored form; `None` when it is empty.
    pub fn value(&self, key: &Key) -> Option<String> {
        match key {
            Key::Master(field) => field.of(&self.master),
            Key::Tags => Some(self.tags.to_string()).filter(|tags| !tags.is_empty()),
            Key::Custom(key) => self.custom.get(key).cloned(),
        }
    }

    /// The record with these fields changed by hand, and what that changed. All wrong values are told at once. A field of the ERP that gets another
    /// value is set by hand from then on.
    pub fn changed(&self, wanted: &[(Key, String)], fields: &[CustomField]) -> Result<Changed, Wrongs> {
        let mut after = self.clone();
        let mut wrong = Vec::new();
        for (key, value) in wanted {
            if let Err(error) = after.put(key, value, fields) {
                wrong.push((key.clone(), error));
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        // Whoever writes another name and leaves the legal form alone means the one in the name.
        let has_form_of_name = self.master.legal_form.as_deref() == legal_form::of(&self.master.name);
        if has_form_of_name && after.master.legal_form == self.master.legal_form {
            after.master.legal_form = legal_form::of(&after.master.name).map(str::to_owned);
        }
        let changes: Vec<FieldChange> = self.differences(&after);
        for field in Field::FROM_ERP.into_iter().filter(|field| changes.iter().any(|change| change.field == field.name())) {
            after.hand_set.insert(field);
        }
        if changes.iter().any(|change| change.field == Field::Lifecycle.name()) {
            after.hand_set.insert(Field::Lifecycle);
        }
        Ok((after, changes))
    }

    fn put(&mut self, key: &Key, value: &str, fields: &[CustomField]) -> Result<(), Wrong> {
        match key {
            Key::Master(field) => field.put(&mut self.master, value),
            Key::Tags => {
                self.tags = Tags::read(value)?;
                Ok(())
            }
            Key::Custom(key) => {
                let field = fields.iter().find(|field| field.key == *key).ok_or(Wrong::NoSuchField)?;
                // A value that stands there already stays, also when it can no longer be chosen.
                if self.custom.get(key).is_some_and(|present| present == value) {
                    return Ok(());
                }
                match field.check(value)? {
                    Some(value) => self.custom.insert(key.clone(), value),
                    None => self.custom.remove(key),
                };
                Ok(())
            }
        }
    }

    /// Writes a stored value that stood there once, as it stood there.
    pub fn write_back(&mut self, key: &Key, value: Option<&str>) {
        let text = value.unwrap_or_default();
        match key {
            // What was right once is right now; a name is never empty where it stood.
            Key::Master(Field::LegalForm) => self.master.legal_form = value.map(str::to_owned),
            Key::Master(field) => drop(field.put(&mut self.master, text)),
            Key::Tags => self.tags = Tags::read(text).unwrap_or_default(),
            Key::Custom(key) => match value {
                Some(value) => drop(self.custom.insert(key.clone(), value.to_owned())),
                None => drop(self.custom.remove(key)),
            },
        }
    }

    /// What is different in another record.
    pub fn differences(&self, after: &Record) -> Vec<FieldChange> {
        let custom: BTreeSet<&String> = self.custom.keys().chain(after.custom.keys()).collect();
        let keys = Field::VARIANTS.iter().copied().map(Key::Master).chain([Key::Tags]);
        keys.chain(custom.into_iter().cloned().map(Key::Custom))
            .map(|key| FieldChange { field: key.to_string(), before: self.value(&key), after: after.value(&key) })
            .filter(|change| change.before != change.after)
            .collect()
    }
}

/// What an ERP says about a customer; nothing where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErpData {
    /// Name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Industry.
    pub industry: Option<String>,
}

impl ErpData {
    /// What it says about a field.
    pub fn of(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => self.name.as_deref().filter(|name| !name.is_empty()),
            Field::Country => self.country.as_deref(),
            Field::PostalCode => self.postal_code.as_deref(),
            Field::City => self.city.as_deref(),
            Field::Industry => self.industry.as_deref(),
            _ => None,
        }
    }

    /// What is newly said, over what was said before: silence takes nothing back.
    #[must_use]
    pub fn over(self, before: &ErpData) -> ErpData {
        ErpData {
            name: self.name.filter(|name| !name.is_empty()).or_else(|| before.name.clone()),
            country: self.country.or_else(|| before.country.clone()),
            postal_code: self.postal_code.or_else(|| before.postal_code.clone()),
            city: self.city.or_else(|| before.city.clone()),
            industry: self.industry.or_else(|| before.industry.clone()),
        }
    }
}

impl Record {
    /// The record after the ERP said something: fields set by hand stay, and a prospect that is invoiced is one no longer.
    #[must_use]
    pub fn told_by_erp(&self, says: &ErpData) -> Record {
        let mut after = self.clone();
        for field in Field::FROM_ERP.into_iter().filter(|field| !self.hand_set.contains(field)) {
            after.take(field, says);
        }
        if !self.hand_set.contains(&Field::Lifecycle) {
            after.master.lifecycle = Lifecycle::Active;
        }
        after
    }

    /// Gives a field back to the ERP: its value now, and from every import to come.
    #[must_use]
    pub fn given_back(&self, field: Field, says: &ErpData) -> Record {
        let mut after = self.clone();
        after.hand_set.remove(&field);
        after.take(field, says);
        after
    }

    fn take(&mut self, field: Field, says: &ErpData) {
        let had_form_of_name = self.master.legal_form.as_deref() == legal_form::of(&self.master.name);
        if let Some(value) = says.of(field) {
            let value = value.to_owned();
            match field {
                Field::Name => self.master.name = value,
                Field::Country => self.master.country = Some(value),
                Field::PostalCode => self.master.postal_code = Some(value),
                Field::City => self.master.city = Some(value),
                Field::Industry => self.master.industry = Some(value),
                _ => {}
            }
        }
        if had_form_of_name {
            self.master.legal_form = legal_form::of(&self.master.name).map(str::to_owned);
        }
    }
}

#[cfg(test)]
mod tests;
