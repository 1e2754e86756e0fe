//! What is asked of lists of interactions and of timelines, and the place of an entry among all others.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use kontor_domain::interaction::Kind;

/// Whose interactions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Of all accounts in sight.
    #[default]
    All,
    /// Of these accounts, as far as they are in sight.
    Accounts(Vec<i64>),
    /// Those that this person took part in.
    Person(i64),
}

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose.
    pub which: Which,
    /// Only these kinds; all where there are none.
    pub kinds: Vec<Kind>,
    /// Only those that this user took part in.
    pub user_id: Option<i64>,
    /// From this day.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
    /// Only with all of these words in purpose, outcome, next step or names.
    pub text: Option<String>,
    /// Of a timeline only changes of records, where no kind is named.
    pub only_records: bool,
    /// Only archived ones; else only those that are not.
    pub archived: bool,
}

/// The place of an entry in the order of timelines, the newest first: by its instant, then by what it is, then by its number. What comes next is whatever
/// is older, so that a page never shows an entry twice or leaves one out, whatever is added in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub(super) at: DateTime<Utc>,
    pub(super) source: u8,
    pub(super) id: i64,
}

impl Place {
    /// Interactions.
    pub const INTERACTION: u8 = 2;
    /// Events of the audit log.
    pub const EVENT: u8 = 1;

    /// The place of an entry.
    pub const fn new(at: DateTime<Utc>, source: u8, id: i64) -> Place {
        Place { at, source, id }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}~{}", self.at.to_rfc3339_opts(SecondsFormat::Micros, true), self.source, self.id)
    }
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Place, ()> {
        let mut parts = text.split('~');
        let (Some(at), Some(source), Some(id), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { return Err(()) };
        let at = at.parse().map_err(|_| ())?;
        Ok(Place { at, source: source.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_what_is_none_does_not() {
        let place = Place::new("2026-11-23T10:00:00.000123Z".parse().expect("an instant"), Place::EVENT, 7);
        assert_eq!(place.to_string().parse(), Ok(place));
        for text in ["", "x", "2026-11-23T10:00:00Z~1", "2026-11-23T10:00:00Z~1~x", "2026-11-23T10:00:00Z~1~2~3"] {
            assert_eq!(text.parse::<Place>(), Err(()), "{text}");
        }
    }
}
