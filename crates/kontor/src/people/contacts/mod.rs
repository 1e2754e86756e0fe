//! Contacts in: address books as vCards and tables.
//!
//! [`vcard`] and [`table`] read a file into [`Contact`]s; [`matching`] finds the account and the person each may be; [`actions`] keeps them until
//! somebody has decided what becomes of each, and takes them in.

pub mod actions;
pub mod matching;
pub mod pages;
pub mod store;
pub mod table;
pub mod vcard;

use std::path::Path;

use kontor_domain::person::{ChannelKind, PersonData};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The most contacts of one file.
pub const CONTACTS_MAX: usize = 5000;
/// The largest file, in bytes; photos make cards large.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;

/// A contact as a file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Where in the file it begins, from 1.
    pub line: u64,
    /// Names, languages, birthday, remark.
    pub data: PersonData,
    /// The company.
    pub company: String,
    /// The customer number of the company.
    pub number: String,
    /// The country, as the file writes it.
    pub country: String,
    /// The function.
    pub function: String,
    /// The department.
    pub department: String,
    /// The ways to reach the person.
    pub channels: Vec<(ChannelKind, String)>,
    /// What the file says and Kontor keeps nowhere, such as a photo.
    pub left: Vec<String>,
}

impl Contact {
    /// Adds a way to reach the person, once.
    pub fn reach(&mut self, kind: ChannelKind, value: &str) {
        let value = value.trim();
        let value = if kind.is_mail() { value.strip_prefix("mailto:").unwrap_or(value) } else { value };
        if !value.is_empty() && !self.channels.iter().any(|(known, other)| *known == kind && other == value) {
            self.channels.push((kind, value.to_owned()));
        }
    }

    /// Adds a line to the remark.
    pub fn remark(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            if !self.data.remark.is_empty() {
                self.data.remark.push('\n');
            }
            self.data.remark.push_str(text);
        }
    }

    /// Notes that something of the file is kept nowhere.
    pub fn leave(&mut self, what: &str) {
        if !self.left.iter().any(|known| known == what) {
            self.left.push(what.to_owned());
        }
    }

    /// Whether there is a name to call the person by.
    pub fn has_name(&self) -> bool {
        !self.data.first_name.is_empty() || !self.data.last_name.is_empty()
    }
}

/// A part of a file that is no contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Where in the file it begins, from 1.
    pub line: u64,
    /// What stands there, shortened.
    pub text: String,
    /// The key of the reason: `no_name`, `not_a_card`, `unfinished`, `too_long`, `unreadable`.
    pub reason: String,
}

impl Rejected {
    pub(super) fn new(line: u64, text: &str, reason: &str) -> Rejected {
        Rejected { line, text: text.trim().chars().take(300).collect(), reason: reason.to_owned() }
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The contacts in the order of the file.
    pub contacts: Vec<Contact>,
    /// What is none.
    pub rejected: Vec<Rejected>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Format {
    /// vCards.
    Vcard,
    /// A table: CSV, TSV, a workbook.
    Table,
}

/// Reads a file, whatever it is.
pub fn read(path: &Path) -> Result<(Format, Reading), Fault> {
    let unreadable = || Fault::field("files", |t| t.contacts_unreadable());
    let bytes = std::fs::read(path)?;
    let is_card = bytes.len() < 4 && bytes.is_empty() || contains_begin(&bytes);
    let (format, mut reading) = if is_card {
        let text = text_of(path, &bytes)?;
        (Format::Vcard, vcard::read(&text))
    } else {
        let rows = kontor_ledger::read::table(path).map_err(|_| unreadable())?;
        (Format::Table, table::read(&rows).ok_or_else(|| Fault::field("files", |t| t.contacts_no_columns()))?)
    };
    if reading.contacts.len() > CONTACTS_MAX {
        return Err(Fault::field("files", |t| t.contacts_many(CONTACTS_MAX)));
    }
    shorten(&mut reading);
    Ok((format, reading))
}

/// Values longer than a person may have become remarks of what was left.
fn shorten(reading: &mut Reading) {
    const MAX: usize = 200;
    for contact in &mut reading.contacts {
        let mut cut = Vec::new();
        let data = &mut contact.data;
        for text in [&mut data.first_name, &mut data.last_name, &mut contact.company, &mut contact.function, &mut contact.department] {
            if text.chars().count() > MAX {
                cut.push(text.clone());
                *text = text.chars().take(MAX).collect();
            }
        }
        for text in cut {
            contact.remark(&text);
        }
        let max = super::forms::REMARK_MAX;
        if contact.data.remark.chars().count() > max {
            contact.data.remark = contact.data.remark.chars().take(max).collect();
            contact.leave("remark");
        }
    }
}

fn contains_begin(bytes: &[u8]) -> bool {
    // UTF-16 has a zero beside each letter.
    let beginning: Vec<u8> = bytes.iter().take(4096).filter(|&&byte| byte != 0).map(u8::to_ascii_uppercase).collect();
    beginning.windows(11).any(|window| window == b"BEGIN:VCARD")
}

/// The text of a file in whatever encoding.
fn text_of(path: &Path, bytes: &[u8]) -> Result<String, Fault> {
    let encoding = kontor_ledger::read::encoding::detect(path)?;
    let (text, _, _) = encoding.decode(bytes);
    Ok(text.into_owned())
}
