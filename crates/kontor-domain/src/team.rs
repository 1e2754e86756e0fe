//! The people on our side: names, mail addresses, roles, units, languages, passwords.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a user may do in general; single rights are in [`crate::rights`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the installation: users, settings, audit, and everything below.
    Administrator,
    /// Decides about accounts: settings of the valuation, imports, and everything below.
    SalesLead,
    /// Works with accounts and imports.
    Member,
    /// Reads.
    Viewer,
}

impl Role {
    /// All roles, the mightiest first.
    pub const ALL: [Role; 4] = [Role::Administrator, Role::SalesLead, Role::Member, Role::Viewer];

    /// The stored name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::SalesLead => "sales_lead",
            Role::Member => "member",
            Role::Viewer => "viewer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        let known = || Role::ALL.map(Role::name).join(", ");
        Role::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| format!("not a role: “{text}”; give one of {}", known()))
    }
}

/// A part of the company that users belong to. Units form a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The unit above; `None` at the top.
    pub parent: Option<i64>,
    /// Whether nobody joins it any more.
    pub archived: bool,
}

/// A unit and all units below it, archived ones too. A circle in the records, which no verb makes, ends the walk.
pub fn unit_and_below(units: &[Unit], id: i64) -> HashSet<i64> {
    let mut found = HashSet::from([id]);
    let mut open = vec![id];
    while let Some(above) = open.pop() {
        let below = units.iter().filter(|unit| unit.parent == Some(above)).map(|unit| unit.id);
        open.extend(below.filter(|&id| found.insert(id)));
    }
    found
}

/// The units as a tree reads: each with its depth, below the one it belongs to, sisters by name.
pub fn unit_tree(units: &[Unit]) -> Vec<(usize, &Unit)> {
    fn walk<'a>(units: &'a [Unit], parent: Option<i64>, depth: usize, tree: &mut Vec<(usize, &'a Unit)>) {
        let mut here: Vec<&Unit> = units.iter().filter(|unit| unit.parent == parent).collect();
        here.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        for unit in here {
            tree.push((depth, unit));
            walk(units, Some(unit.id), depth + 1, tree);
        }
    }
    let mut tree = Vec::new();
    walk(units, None, 0, &mut tree);
    tree
}

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German, with `1.234,56` and `31.12.2026`.
    #[default]
    De,
    /// English, with `1,234.56` and `31 Dec 2026`.
    En,
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::De, Language::En];

    /// The language tag: `de` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::De => "de",
            Language::En => "en",
        }
    }

    /// The best match for an `Accept-Language` header: the known language with the highest weight, the earlier one on equal weights.
    /// English when none is known, as most who read neither know some.
    pub fn accepted(header: &str) -> Language {
        let mut best: Option<(f32, Language)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")).map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            if let Ok(language) = primary.to_ascii_lowercase().parse::<Language>()
                && weight > best.map_or(0.0, |(known, _)| known)
            {
                best = Some((weight, language));
            }
        }
        best.map_or(Language::En, |(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Language, String> {
        Language::ALL.into_iter().find(|language| language.tag() == text).ok_or_else(|| format!("not a language: “{text}”; give de or en"))
    }
}

/// A mail address, lower-cased: the name a user signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Mail(String);

impl Mail {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Accepts what has one `@` with something on both sides, no blanks, and at most 254 characters; whether mail arrives, only mail can tell.
impl FromStr for Mail {
    type Err = String;

    fn from_str(text: &str) -> Result<Mail, String> {
        let mail = text.trim().to_lowercase();
        let is_plausible = mail.len() <= 254
            && !mail.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
            && mail.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
        if is_plausible { Ok(Mail(mail)) } else { Err(format!("not a mail address: “{}”", text.trim())) }
    }
}

/// The shortest password that is accepted, in characters (NIST SP 800-63B: length is what counts; no rules about kinds of characters).
pub const PASSWORD_MIN: usize = 12;
/// The longest password that is accepted, in characters, so that hashing cannot be abused.
pub const PASSWORD_MAX: usize = 256;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`PASSWORD_MIN`] characters.
    #[error("a password needs at least {PASSWORD_MIN} characters")]
    TooShort,
    /// More than [`PASSWORD_MAX`] characters.
    #[error("a password has at most {PASSWORD_MAX} characters")]
    TooLong,
    /// It is the mail address or its first part, or one character repeated.
    #[error("this password is too easy to guess")]
    Guessable,
}

/// Checks a new password of the user with this mail address; without one, only by itself.
pub fn check_password(password: &str, mail: Option<&Mail>) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let is_of_mail = |mail: &Mail| lower == mail.as_str() || mail.as_str().split('@').next() == Some(&*lower);
    if length < PASSWORD_MIN {
        Err(WeakPassword::TooShort)
    } else if length > PASSWORD_MAX {
        Err(WeakPassword::TooLong)
    } else if mail.is_some_and(is_of_mail) || lower.chars().all(|c| lower.starts_with(c)) {
        Err(WeakPassword::Guessable)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_wins() {
        for (header, language) in [
            ("de-DE,de;q=0.9,en;q=0.8", Language::De),
            ("en-GB,de;q=0.9", Language::En),
            ("fr,en;q=0.3,de;q=0.7", Language::De),
            ("fr-FR", Language::En),
            ("", Language::En),
            ("de;q=0", Language::En),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }

    #[test]
    fn a_mail_address_is_lower_cased_and_plausible() {
        assert_eq!("  Jana@Beispiel.DE ".parse::<Mail>().expect("a mail").as_str(), "jana@beispiel.de");
        for text in ["", "jana", "@x", "x@", "a b@c", "a@b@c", "a@b,c@d", "<a@b>"] {
            assert!(text.parse::<Mail>().is_err(), "{text}");
        }
    }

    #[test]
    fn short_and_guessable_passwords_are_refused() {
        let mail: Mail = "jana.petersen@beispiel.de".parse().expect("a mail");
        assert_eq!(check_password("kurz", Some(&mail)), Err(WeakPassword::TooShort));
        assert_eq!(check_password("Jana.Petersen", Some(&mail)), Err(WeakPassword::Guessable));
        assert_eq!(check_password("aaaaaaaaaaaaaaaa", Some(&mail)), Err(WeakPassword::Guessable));
        assert_eq!(check_password(&"ä1".repeat(200), Some(&mail)), Err(WeakPassword::TooLong));
        assert_eq!(check_password("Jana.Petersen", None), Ok(()), "whose it is, is not known");
        assert_eq!(check_password("drei blaue Krähne", Some(&mail)), Ok(()));
    }

    #[test]
    fn units_are_read_as_a_tree() {
        let unit = |id, name: &str, parent| Unit { id, name: name.into(), parent, archived: false };
        let units = [
            unit(1, "Sales", None),
            unit(2, "South", Some(1)),
            unit(3, "North", Some(1)),
            unit(4, "Coast", Some(3)),
            unit(5, "Service", None),
        ];
        assert_eq!(unit_and_below(&units, 3), HashSet::from([3, 4]));
        assert_eq!(unit_and_below(&units, 1).len(), 4);
        let tree: Vec<(usize, i64)> = unit_tree(&units).into_iter().map(|(depth, unit)| (depth, unit.id)).collect();
        assert_eq!(tree, [(0, 1), (1, 3), (2, 4), (1, 2), (0, 5)]);
        let circle = [unit(1, "A", Some(2)), unit(2, "B", Some(1))];
        assert_eq!(unit_and_below(&circle, 1), HashSet::from([1, 2]));
    }

    #[test]
    fn roles_read_back_as_written() {
        assert!(Role::ALL.into_iter().all(|role| role.name().parse() == Ok(role)));
        assert!("boss".parse::<Role>().is_err());
    }
}
