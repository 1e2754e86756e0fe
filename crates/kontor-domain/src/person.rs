//! The people on a customer's side: what they are called, how they are addressed, how they are reached, and where that is known from.

pub mod letter;
pub mod phone;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::audit::FieldChange;

/// Makes an enum of stored names: `name`, all of its values, reading back.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All values, in the order of choices.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The stored name.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<$name, String> {
                $name::ALL.iter().copied().find(|value| value.name() == text).ok_or_else(|| format!(concat!("not ", $what, ": “{}”"), text))
            }
        }
    };
}

named! {
    /// How somebody is spoken of in letters; who has none is addressed by the full name.
    Salutation, "a salutation" {
        /// Frau, Ms.
        Ms = "ms",
        /// Herr, Mr.
        Mr = "mr",
    }
}

named! {
    /// How close we are in words.
    Formality, "a form of address" {
        /// Sie, by the last name.
        Formal = "formal",
        /// Du, by the first name.
        Informal = "informal",
    }
}

named! {
    /// A way to reach somebody.
    ChannelKind, "a kind of channel" {
        /// Telephone at work.
        WorkPhone = "work_phone",
        /// Mobile telephone.
        Mobile = "mobile",
        /// Telephone at home.
        HomePhone = "home_phone",
        /// Fax.
        Fax = "fax",
        /// Mail at work.
        WorkMail = "work_mail",
        /// Private mail.
        HomeMail = "home_mail",
        /// Postal address, where it is not simply the account's.
        Address = "address",
        /// A page of their own.
        Website = "website",
        /// A profile in a network.
        Profile = "profile",
    }
}

impl ChannelKind {
    /// Whether its value is a telephone number.
    pub const fn is_phone(self) -> bool {
        matches!(self, ChannelKind::WorkPhone | ChannelKind::Mobile | ChannelKind::HomePhone | ChannelKind::Fax)
    }

    /// Whether its value is a mail address.
    pub const fn is_mail(self) -> bool {
        matches!(self, ChannelKind::WorkMail | ChannelKind::HomeMail)
    }

    /// Whether it belongs to the job and ends with it.
    pub const fn is_of_work(self) -> bool {
        matches!(self, ChannelKind::WorkPhone | ChannelKind::Fax | ChannelKind::WorkMail)
    }

    /// The value in the form in which two are compared: telephone numbers with their country, mail addresses and all else in lower case. The country
    /// is the one of numbers without a prefix.
    pub fn normal(self, value: &str, country: Option<phone::Country>) -> String {
        let phone = if self.is_phone() { phone::normal(value, country) } else { None };
        phone.unwrap_or_else(|| value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    }
}

named! {
    /// On what ground a personal datum may be kept (GDPR, Article 6, paragraph 1).
    LegalBasis, "a legal basis" {
        /// (f): our legitimate interest, such as looking after a customer's staff.
        Interest = "f",
        /// (b): needed for a contract.
        Contract = "b",
        /// (a): the person agreed.
        Consent = "a",
    }
}

named! {
    /// A datum about a person whose source is kept.
    Datum, "a datum" {
        /// Salutation, titles and names.
        Name = "name",
        /// Form of address.
        Formality = "formality",
        /// Languages.
        Languages = "languages",
        /// Birthday.
        Birthday = "birthday",
        /// Remark.
        Remark = "remark",
        /// A channel; which one, says its id.
        Channel = "channel",
        /// An employment; which one, says its id.
        Employment = "employment",
    }
}

named! {
    /// What a private note is about.
    NoteKind, "a kind of note" {
        /// What somebody likes or does not.
        Preference = "preference",
        /// What a conversation may begin with.
        Opener = "opener",
        /// Anything else.
        Other = "other",
    }
}

/// What is known about a person as such; where somebody works and how somebody is reached is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonData {
    /// Herr, Frau, or nothing.
    pub salutation: Option<Salutation>,
    /// Academic titles as written.
    pub title: Option<String>,
    /// First names.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Du or Sie.
    pub formality: Formality,
    /// Language tags, the preferred one first.
    pub languages: Vec<String>,
    /// Birthday.
    pub birthday: Option<Birthday>,
    /// What everybody who sees the person should know.
    pub remark: String,
}

impl PersonData {
    /// Titles, first and last name.
    pub fn full_name(&self) -> String {
        full_name(self.title.as_deref(), &self.first_name, &self.last_name)
    }

    /// What a letter's address depends on.
    pub fn addressee(&self) -> letter::Addressee<'_> {
        letter::Addressee {
            salutation: self.salutation,
            title: self.title.as_deref(),
            first: &self.first_name,
            last: &self.last_name,
            formality: self.formality,
        }
    }

    /// All fields by name, in their stored form; empty ones as `None`.
    pub fn fields(&self) -> [(&'static str, Option<String>); 8] {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        [
            ("salutation", self.salutation.map(|salutation| salutation.to_string())),
            ("title", self.title.clone()),
            ("first_name", text(&self.first_name)),
            ("last_name", text(&self.last_name)),
            ("formality", Some(self.formality.to_string())),
            ("languages", text(&self.languages.join(" "))),
            ("birthday", self.birthday.map(|birthday| birthday.to_string())),
            ("remark", text(&self.remark)),
        ]
    }

    /// What differs in another version.
    pub fn changes(&self, after: &PersonData) -> Vec<FieldChange> {
        let pairs = self.fields().into_iter().zip(after.fields());
        let differing = pairs.filter(|((_, before), (_, after))| before != after);
        differing.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
    }

    /// Gives a field the value of its stored form; `None` where it cannot be read.
    pub fn set(&mut self, field: &str, stored: Option<&str>) -> Option<()> {
        let text = stored.unwrap_or_default().to_owned();
        match field {
            "salutation" => self.salutation = stored.map(str::parse).transpose().ok()?,
            "title" => self.title = stored.map(str::to_owned),
            "first_name" => self.first_name = text,
            "last_name" => self.last_name = text,
            "formality" => self.formality = text.parse().ok()?,
            "languages" => self.languages = text.split_whitespace().map(str::to_owned).collect(),
            "birthday" => self.birthday = stored.map(str::parse).transpose().ok()?,
            "remark" => self.remark = text,
            _ => return None,
        }
        Some(())
    }

    /// The datum whose source is kept for a field.
    pub fn datum(field: &str) -> Option<Datum> {
        Some(match field {
            "salutation" | "title" | "first_name" | "last_name" => Datum::Name,
            "formality" => Datum::Formality,
            "languages" => Datum::Languages,
            "birthday" => Datum::Birthday,
            "remark" => Datum::Remark,
            _ => return None,
        })
    }
}

impl Default for PersonData {
    fn default() -> PersonData {
        PersonData {
            salutation: None,
            title: None,
            first_name: String::new(),
            last_name: String::new(),
            formality: Formality::Formal,
            languages: Vec::new(),
            birthday: None,
            remark: String::new(),
        }
    }
}

/// A birthday: day and month, and the year where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Birthday {
    month: u32,
    day: u32,
    year: Option<i32>,
}

impl Birthday {
    /// A birthday, if there is such a day; the 29th of February exists where the year is not known.
    pub fn new(day: u32, month: u32, year: Option<i32>) -> Option<Birthday> {
        const A_LEAP_YEAR: i32 = 2024;
        NaiveDate::from_ymd_opt(year.unwrap_or(A_LEAP_YEAR), month, day)?;
        let is_plausible = year.is_none_or(|year| (1900..=2100).contains(&year));
        is_plausible.then_some(Birthday { month, day, year })
    }

    /// The day of the month.
    pub const fn day(self) -> u32 {
        self.day
    }

    /// The month, from 1.
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The year, if it is known.
    pub const fn year(self) -> Option<i32> {
        self.year
    }

    /// The day in a year on which it is celebrated: the 29th of February on the 28th where there is none.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day).or_else(|| NaiveDate::from_ymd_opt(year, self.month, 28))
    }

    /// The next day on which it is celebrated, today included.
    pub fn next(self, today: NaiveDate) -> Option<NaiveDate> {
        self.in_year(today.year()).filter(|day| *day >= today).or_else(|| self.in_year(today.year() + 1))
    }
}

/// ISO 8601, `--03-05` where the year is not known, as in vCards.
impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "--{:02}-{:02}", self.month, self.day),
        }
    }
}

/// Reads what [`Display`](fmt::Display) writes, also without hyphens.
impl FromStr for Birthday {
    type Err = String;

    fn from_str(text: &str) -> Result<Birthday, String> {
        let wrong = || format!("not a birthday: “{text}”; give 1970-03-05 or --03-05");
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, rest),
            None => {
                let (year, rest) = text.split_at_checked(4).ok_or_else(wrong)?;
                (Some(year.parse().map_err(|_| wrong())?), rest.trim_start_matches('-'))
            }
        };
        let digits: String = rest.chars().filter(|&c| c != '-').collect();
        let (month, day) = digits.split_at_checked(2).filter(|(_, day)| day.len() == 2).ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        Birthday::new(number(day)?, number(month)?, year).ok_or_else(wrong)
    }
}

/// What somebody is called: titles, first and last name, as far as they are known.
pub fn full_name(title: Option<&str>, first: &str, last: &str) -> String {
    [title.unwrap_or_default(), first, last].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Tells titles and names in a name written in one piece apart: `Frau Prof. Dr. Anna von Müller`, `Müller, Anna`, `Mr John Smith`.
pub fn split_name(text: &str) -> SplitName {
    let mut found = SplitName::default();
    let text = text.trim();
    let rest = match text.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() => {
            found.last = words(last);
            first.trim()
        }
        _ => text.trim_end_matches(','),
    };
    let mut names: Vec<&str> = rest.split_whitespace().collect();
    while let Some(word) = names.first().copied() {
        if let Some(salutation) = read_salutation(word) {
            found.salutation = found.salutation.or(Some(salutation));
        } else if letter::is_title(word) {
            let title = found.title.get_or_insert_default();
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(word);
        } else {
            break;
        }
        names.remove(0);
    }
    if found.last.is_empty() {
        let particle = names.iter().skip(1).position(|word| PARTICLES.contains(&word.to_lowercase().as_str())).map(|place| place + 1);
        let from = particle.unwrap_or(names.len().saturating_sub(1));
        found.last = names[from..].join(" ");
        names.truncate(from);
    }
    found.first = names.join(" ");
    found
}

/// Words that begin a last name.
const PARTICLES: [&str; 16] = ["von", "vom", "zu", "zum", "zur", "van", "de", "del", "della", "di", "du", "da", "dos", "ten", "ter", "la"];

/// The parts of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SplitName {
    /// Herr, Frau.
    pub salutation: Option<Salutation>,
    /// Academic titles.
    pub title: Option<String>,
    /// First names.
    pub first: String,
    /// Last name.
    pub last: String,
}

/// Reads a salutation as letters and address books write it.
pub fn read_salutation(text: &str) -> Option<Salutation> {
    match text.trim().trim_end_matches('.').to_lowercase().as_str() {
        "herr" | "herrn" | "hr" | "mr" | "mister" | "monsieur" => Some(Salutation::Mr),
        "frau" | "fr" | "fräulein" | "ms" | "mrs" | "miss" | "madame" | "mme" => Some(Salutation::Ms),
        _ => None,
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a mail address that stands for the company; `None` for those of providers anybody may have an address at.
pub fn company_domain(mail: &str) -> Option<String> {
    const PROVIDERS: [&str; 28] = [
        "gmail.com",
        "googlemail.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "gmx.ch",
        "web.de",
        "t-online.de",
        "freenet.de",
        "arcor.de",
        "outlook.com",
        "outlook.de",
        "hotmail.com",
        "hotmail.de",
        "live.com",
        "live.de",
        "msn.com",
        "yahoo.com",
        "yahoo.de",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "posteo.de",
        "mailbox.org",
        "proton.me",
        "protonmail.com",
        "bluewin.ch",
    ];
    let domain = mail.rsplit_once('@')?.1.trim().trim_end_matches('.').to_lowercase();
    (domain.contains('.') && !PROVIDERS.contains(&domain.as_str())).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_birthday_needs_no_year() {
        let birthday = Birthday::new(29, 2, None).expect("a birthday");
        assert_eq!(birthday.to_string(), "--02-29");
        assert_eq!(birthday.next(day("2026-01-01")), Some(day("2026-02-28")));
        assert_eq!(birthday.next(day("2028-02-29")), Some(day("2028-02-29")));
        assert_eq!(birthday.next(day("2026-03-01")), Some(day("2027-02-28")));
        for (day, month, year) in [(29, 2, Some(2025)), (31, 4, None), (0, 1, None), (1, 13, None), (1, 1, Some(1850))] {
            assert_eq!(Birthday::new(day, month, year), None, "{day}.{month}.{year:?}");
        }
    }

    #[test]
    fn a_birthday_reads_back_as_written() {
        for text in ["1970-03-05", "--12-31"] {
            assert_eq!(text.parse::<Birthday>().expect("a birthday").to_string(), text);
        }
        assert_eq!("19700305".parse::<Birthday>().expect("a birthday").year(), Some(1970));
        assert_eq!("--0305".parse::<Birthday>().expect("a birthday").month(), 3);
        for text in ["", "--", "--13-01", "05.03.1970", "1970", "1970-3-5", "äöüß-01-01"] {
            assert!(text.parse::<Birthday>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_fields_that_differ_are_changes() {
        let before = PersonData { first_name: "Jens".into(), last_name: "Lohse".into(), ..PersonData::default() };
        let after = PersonData { birthday: Birthday::new(5, 3, None), last_name: "Lohse-Ott".into(), ..before.clone() };
        let changes = before.changes(&after);
        let told: Vec<_> =
            changes.iter().map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_deref())).collect();
        assert_eq!(told, [("last_name", Some("Lohse"), Some("Lohse-Ott")), ("birthday", None, Some("--03-05"))]);
        assert!(after.fields().iter().all(|(field, _)| PersonData::datum(field).is_some()));
    }

    #[test]
    fn stored_names_read_back() {
        assert!(ChannelKind::ALL.iter().all(|kind| kind.name().parse() == Ok(*kind)));
        assert!(LegalBasis::ALL.iter().all(|basis| basis.name().parse() == Ok(*basis)));
        assert!("c".parse::<LegalBasis>().is_err() && "religion".parse::<Datum>().is_err());
    }

    #[test]
    fn a_name_in_one_piece_is_told_apart() {
        let parts = |text: &str| {
            let name = split_name(text);
            (name.salutation, name.title.unwrap_or_default(), name.first, name.last)
        };
        let of = |salutation, title: &str, first: &str, last: &str| (salutation, title.to_owned(), first.to_owned(), last.to_owned());
        assert_eq!(parts("Frau Prof. Dr. Anna von Müller"), of(Some(Salutation::Ms), "Prof. Dr.", "Anna", "von Müller"));
        assert_eq!(parts("Müller,  Anna Maria"), of(None, "", "Anna Maria", "Müller"));
        assert_eq!(parts("Mr. John Smith"), of(Some(Salutation::Mr), "", "John", "Smith"));
        assert_eq!(parts("Maria Anders"), of(None, "", "Maria", "Anders"));
        assert_eq!(parts("Jean de la Fontaine"), of(None, "", "Jean", "de la Fontaine"));
        assert_eq!(parts("Dr.-Ing. Jens Lohse"), of(None, "Dr.-Ing.", "Jens", "Lohse"));
        assert_eq!(parts("Cher"), of(None, "", "", "Cher"));
        assert_eq!(parts("Van Gogh"), of(None, "", "Van", "Gogh"));
        assert_eq!(parts(""), of(None, "", "", ""));
        assert_eq!(parts("Müller,"), of(None, "", "", "Müller"));
    }

    #[test]
    fn a_company_is_known_by_its_own_domain_only() {
        assert_eq!(company_domain("Jana@Elbe.Example").as_deref(), Some("elbe.example"));
        for mail in ["a@gmail.com", "a@GMX.de", "nobody", "a@localhost", ""] {
            assert_eq!(company_domain(mail), None, "{mail}");
        }
    }
}
