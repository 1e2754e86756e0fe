//! Contacts with customers: a visit, a call, a mail; who may read one, and what may be said about it.
//!
//! Interactions are never deleted. One that was logged by mistake is archived: it counts nowhere, and its author can still find it.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::rights::Viewer;
use crate::team::Role;

/// How many minutes an interaction may have: a day.
pub const MINUTES_MAX: u32 = 24 * 60;
/// How many minutes a new one is proposed with.
pub const MINUTES_USUAL: u32 = 60;
/// The longest purpose, in characters.
pub const PURPOSE_MAX: usize = 300;
/// The longest outcome or text of a mail, in characters.
pub const OUTCOME_MAX: usize = 20_000;
/// The longest next step, in characters.
pub const STEP_MAX: usize = 300;
/// The longest list of people who are not known by name here, in characters.
pub const OTHERS_MAX: usize = 500;
/// The most people of one side.
pub const PEOPLE_MAX: usize = 200;

/// What kind of contact it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody was at the customer's, or they at ours.
    Visit,
    /// A talk by telephone.
    Call,
    /// A talk with pictures.
    Video,
    /// Mails went to and fro.
    Mail,
    /// A fair, a workshop, a dinner.
    Event,
}

impl Kind {
    /// All kinds, the closest contact first.
    pub const ALL: [Kind; 5] = [Kind::Visit, Kind::Call, Kind::Video, Kind::Mail, Kind::Event];

    /// The stored name, as in forms, the API and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Visit => "visit",
            Kind::Call => "call",
            Kind::Video => "video",
            Kind::Mail => "mail",
            Kind::Event => "event",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Kind, String> {
        let known = || Kind::ALL.map(Kind::name).join(", ");
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("not a kind of contact: “{text}”; give one of {}", known()))
    }
}

/// Who may read what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidentiality {
    /// The author alone.
    Private,
    /// The account's team.
    Team,
    /// Whoever sees the account.
    #[default]
    All,
}

impl Confidentiality {
    /// All, the narrowest first.
    pub const ALL: [Confidentiality; 3] = [Confidentiality::Private, Confidentiality::Team, Confidentiality::All];

    /// The stored name, as in forms, the API and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Confidentiality::Private => "private",
            Confidentiality::Team => "team",
            Confidentiality::All => "all",
        }
    }
}

impl fmt::Display for Confidentiality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Confidentiality {
    type Err = String;

    fn from_str(text: &str) -> Result<Confidentiality, String> {
        let known = Confidentiality::ALL.into_iter().find(|value| value.name() == text);
        known.ok_or_else(|| format!("“{text}” is none of private, team, all"))
    }
}

/// What decides about reading one interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readable {
    /// The account it was with.
    pub account_id: i64,
    /// Who logged it.
    pub author_id: i64,
    /// Who may read it.
    pub confidentiality: Confidentiality,
}

/// May this viewer read it? Only with the account in sight; and then: what is for all, everybody; what is for the team, whoever is on the account's
/// team *on the day of looking*, the author, and administrators, who could join any team and whose looking that would only delay; what is
/// private, the author and nobody else, administrators included.
///
/// Having taken part gives no right to read: the author decides who does.
pub fn may_read(viewer: &Viewer, of: Readable, is_on_team: bool) -> bool {
    let is_author = viewer.user_id == of.author_id;
    let is_meant = match of.confidentiality {
        Confidentiality::All => true,
        Confidentiality::Team => is_author || is_on_team || reads_all_teams(viewer),
        Confidentiality::Private => is_author,
    };
    is_meant && viewer.sight.sees(of.account_id)
}

/// Whether this viewer reads what is for the team of any account.
pub fn reads_all_teams(viewer: &Viewer) -> bool {
    viewer.role == Role::Administrator
}

/// May this viewer change or archive it, being able to read it? The author may, and for what is not private also administrators and sales leads,
/// so that what somebody left behind can be mended.
pub fn may_change(viewer: &Viewer, of: Readable) -> bool {
    let leads = matches!(viewer.role, Role::Administrator | Role::SalesLead);
    viewer.user_id == of.author_id || (leads && of.confidentiality != Confidentiality::Private)
}

/// What is wrong with the day of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongDay {
    /// Later than tomorrow: what is only planned is no contact. Tomorrow is allowed, as it may be there already where the contact was.
    Ahead,
    /// Before anything that is remembered.
    TooLongAgo,
}

/// Checks the day of an interaction.
pub fn check_day(day: NaiveDate, today: NaiveDate) -> Result<(), WrongDay> {
    let oldest = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or(NaiveDate::MIN);
    if day > today.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX) {
        Err(WrongDay::Ahead)
    } else if day < oldest {
        Err(WrongDay::TooLongAgo)
    } else {
        Ok(())
    }
}

/// Whether a next step that is due on this day is late.
pub fn is_late(due: NaiveDate, today: NaiveDate) -> bool {
    due < today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::Via;
    use crate::sight::Sight;
    use crate::team::Language;

    fn viewer(user_id: i64, role: Role, sight: Sight) -> Viewer {
        Viewer { user_id, name: String::new(), role, language: Language::En, via: Via::Web, sight }
    }

    #[test]
    fn what_is_private_is_read_by_its_author_alone() {
        let of = Readable { account_id: 1, author_id: 7, confidentiality: Confidentiality::Private };
        for role in Role::ALL {
            assert!(may_read(&viewer(7, role, Sight::All), of, false), "{role}");
            assert!(!may_read(&viewer(8, role, Sight::All), of, true), "{role}");
            assert!(!may_change(&viewer(8, role, Sight::All), of), "{role}");
        }
    }

    #[test]
    fn what_is_for_the_team_is_read_by_the_team_the_author_and_administrators() {
        let of = Readable { account_id: 1, author_id: 7, confidentiality: Confidentiality::Team };
        for role in Role::ALL {
            let stranger = viewer(8, role, Sight::All);
            assert!(may_read(&stranger, of, true), "{role} on the team");
            assert_eq!(may_read(&stranger, of, false), role == Role::Administrator, "{role} not on the team");
            assert!(may_read(&viewer(7, role, Sight::All), of, false), "{role} as author");
        }
    }

    #[test]
    fn nobody_reads_about_an_account_out_of_sight() {
        for confidentiality in Confidentiality::ALL {
            let of = Readable { account_id: 1, author_id: 7, confidentiality };
            for role in Role::ALL {
                for sight in [Sight::Nothing, Sight::only([2])] {
                    assert!(!may_read(&viewer(7, role, sight), of, true), "{role} {confidentiality}");
                }
            }
            assert_eq!(may_read(&viewer(8, Role::Viewer, Sight::only([1])), of, false), confidentiality == Confidentiality::All);
        }
    }

    #[test]
    fn authors_and_those_who_lead_change_what_they_can_read() {
        let of = Readable { account_id: 1, author_id: 7, confidentiality: Confidentiality::All };
        assert!(may_change(&viewer(7, Role::Member, Sight::All), of));
        assert!(!may_change(&viewer(8, Role::Member, Sight::All), of));
        assert!(may_change(&viewer(8, Role::SalesLead, Sight::All), of));
    }

    #[test]
    fn a_contact_lies_between_the_nineties_and_tomorrow() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2026-11-23");
        assert_eq!(check_day(day("2026-11-24"), today), Ok(()));
        assert_eq!(check_day(day("2026-11-25"), today), Err(WrongDay::Ahead));
        assert_eq!(check_day(day("1990-01-01"), today), Ok(()));
        assert_eq!(check_day(day("1989-12-31"), today), Err(WrongDay::TooLongAgo));
        assert!(is_late(day("2026-11-22"), today) && !is_late(today, today));
    }

    #[test]
    fn names_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        for value in Confidentiality::ALL {
            assert_eq!(value.name().parse(), Ok(value));
        }
        assert!("fax".parse::<Kind>().is_err() && "secret".parse::<Confidentiality>().is_err());
    }
}
