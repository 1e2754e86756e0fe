//! Which accounts somebody may see. Whatever hangs on an account (figures, people, interactions, files) is seen with it and hidden with it.
//!
//! There is one policy, [`Policy::sight`]. Its rules:
//!
//! 1. While the house is open ([`Visibility::Everyone`]), everybody sees all accounts.
//! 2. Otherwise ([`Visibility::Team`]) it goes by role, and by who is on which team on the day:
//!    - Administrators see all accounts.
//!    - Sales leads without a unit see all accounts. Those with one see the accounts that users of their unit or a unit below are on the team of, and
//!      those they are on the team of themselves.
//!    - Members and viewers see the accounts they are on the team of.
//! 3. Accounts that nobody at all is on the team of are seen by administrators and sales leads only, so that somebody can give them a team.
//! 4. Being on the team of a group means being on the team of its head and of all that the head controls on the day, also where a member has a KAM of
//!    its own.
//! 5. A role counts from its first to its last day, whether or not its holder may still sign in.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assignment::{Assignment, Reach};
use crate::team::{Role, Unit, unit_and_below};

/// Who sees which accounts, as the company has set it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everyone sees all accounts.
    #[default]
    Everyone,
    /// Only their team, and those who lead it, see an account.
    Team,
}

impl Visibility {
    /// Both.
    pub const ALL: [Visibility; 2] = [Visibility::Everyone, Visibility::Team];

    /// The stored name, as in forms and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Visibility::Everyone => "everyone",
            Visibility::Team => "team",
        }
    }
}

impl std::fmt::Display for Visibility {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Visibility {
    type Err = String;

    fn from_str(text: &str) -> Result<Visibility, String> {
        let known = Visibility::ALL.into_iter().find(|visibility| visibility.name() == text);
        known.ok_or_else(|| format!("“{text}” is neither everyone nor team"))
    }
}

/// The accounts a viewer may see. Every read that touches accounts asks it; what it hides does not exist for the viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sight {
    /// All accounts, also those that come later.
    All,
    /// These accounts, by id.
    Only(Arc<HashSet<i64>>),
    /// No account. What a viewer has until the policy was asked, so that forgetting to ask shows nothing.
    #[default]
    Nothing,
}

impl Sight {
    /// Exactly these accounts.
    pub fn only(accounts: impl IntoIterator<Item = i64>) -> Sight {
        Sight::Only(Arc::new(accounts.into_iter().collect()))
    }

    /// Whether this account may be seen.
    pub fn sees(&self, account_id: i64) -> bool {
        match self {
            Sight::All => true,
            Sight::Only(accounts) => accounts.contains(&account_id),
            Sight::Nothing => false,
        }
    }

    /// Whether nothing is hidden.
    pub const fn is_all(&self) -> bool {
        matches!(self, Sight::All)
    }
}

/// Somebody who wants to see accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looker {
    /// The user.
    pub user_id: i64,
    /// The user's role.
    pub role: Role,
    /// The unit the user belongs to.
    pub unit_id: Option<i64>,
}

impl Looker {
    /// Whether this setting lets such a user see everything, so that nobody's team has to be looked at.
    pub fn sees_all(&self, visibility: Visibility) -> bool {
        visibility == Visibility::Everyone || self.role == Role::Administrator || (self.role == Role::SalesLead && self.unit_id.is_none())
    }
}

/// What the policy goes by.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// The company's setting.
    pub visibility: Visibility,
    /// All units.
    pub units: &'a [Unit],
    /// The unit of each user who has one.
    pub unit_of: &'a HashMap<i64, i64>,
    /// All assignments, of whatever day.
    pub assignments: &'a [Assignment],
    /// The accounts below each head of a group: what it controls on the day, directly or not.
    pub controlled: &'a HashMap<i64, Vec<i64>>,
    /// All accounts there are.
    pub accounts: &'a [i64],
}

impl Policy<'_> {
    /// The accounts that somebody sees on a day; the rules stand at the [module](self).
    pub fn sight(&self, looker: Looker, day: NaiveDate) -> Sight {
        if looker.sees_all(self.visibility) {
            return Sight::All;
        }
        if looker.role != Role::SalesLead {
            return Sight::only(self.accounts_of(day, |user_id| user_id == looker.user_id));
        }
        let units = looker.unit_id.map(|id| unit_and_below(self.units, id)).unwrap_or_default();
        let is_led = |user_id: i64| self.unit_of.get(&user_id).is_some_and(|unit| units.contains(unit));
        let mut seen = self.accounts_of(day, |user_id| user_id == looker.user_id || is_led(user_id));
        let looked_after = self.accounts_of(day, |_| true);
        seen.extend(self.accounts.iter().filter(|id| !looked_after.contains(id)));
        Sight::only(seen)
    }

    /// The accounts that any of these users is on the team of.
    fn accounts_of(&self, day: NaiveDate, is_meant: impl Fn(i64) -> bool) -> HashSet<i64> {
        let mut accounts = HashSet::new();
        for assignment in self.assignments.iter().filter(|assignment| is_meant(assignment.user_id) && assignment.is_on(day)) {
            accounts.insert(assignment.account_id);
            if assignment.reach == Reach::Group {
                accounts.extend(self.controlled.get(&assignment.account_id).into_iter().flatten());
            }
        }
        accounts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignment::TeamRole;

    const DAY: &str = "2026-06-15";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn unit(id: i64, parent: Option<i64>) -> Unit {
        Unit { id, name: format!("unit {id}"), parent, archived: false }
    }

    fn assigned(user_id: i64, account_id: i64, reach: Reach, from: &str, to: &str) -> Assignment {
        let to = (!to.is_empty()).then(|| day(to));
        Assignment { user_id, account_id, reach, role: TeamRole::Service, from: day(from), to }
    }

    /// Sales (1) with North (2) below it, and Service (3). Users 10 in North, 11 in Service, 12 in no unit. Account 20 controls 21 and 22; nobody looks
    /// after 29.
    fn seen(visibility: Visibility, user_id: i64, role: Role, unit_id: Option<i64>) -> Sight {
        let units = [unit(1, None), unit(2, Some(1)), unit(3, None)];
        let unit_of = HashMap::from([(10, 2), (11, 3)]);
        let assignments = [
            assigned(10, 20, Reach::Group, "2026-01-01", ""),
            assigned(11, 23, Reach::Account, "2026-01-01", "2026-06-15"),
            assigned(11, 24, Reach::Account, "2026-01-01", "2026-06-14"),
            assigned(12, 25, Reach::Account, "2026-06-16", ""),
            assigned(12, 26, Reach::Account, "2026-06-15", ""),
        ];
        let controlled = HashMap::from([(20, vec![21, 22]), (23, vec![28])]);
        let accounts = [20, 21, 22, 23, 24, 25, 26, 28, 29];
        let policy = Policy {
            visibility,
            units: &units,
            unit_of: &unit_of,
            assignments: &assignments,
            controlled: &controlled,
            accounts: &accounts,
        };
        policy.sight(Looker { user_id, role, unit_id }, day(DAY))
    }

    #[test]
    fn nobody_sees_anything_by_default() {
        assert!(!Sight::default().sees(1));
        assert!(Sight::All.sees(1) && Sight::All.is_all());
        let some = Sight::only([1, 3]);
        assert!(some.sees(3) && !some.sees(2) && !some.is_all());
    }

    #[test]
    fn an_open_house_shows_everything_to_everybody() {
        for role in Role::ALL {
            assert!(seen(Visibility::Everyone, 99, role, Some(3)).is_all(), "{role}");
        }
    }

    #[test]
    fn administrators_and_leads_of_the_whole_see_all() {
        assert!(seen(Visibility::Team, 99, Role::Administrator, Some(3)).is_all());
        assert!(seen(Visibility::Team, 99, Role::SalesLead, None).is_all());
    }

    #[test]
    fn a_lead_sees_what_the_unit_and_those_below_look_after_and_what_nobody_does() {
        assert_eq!(seen(Visibility::Team, 99, Role::SalesLead, Some(1)), Sight::only([20, 21, 22, 24, 25, 28, 29]));
        assert_eq!(seen(Visibility::Team, 99, Role::SalesLead, Some(3)), Sight::only([23, 24, 25, 28, 29]));
        assert_eq!(seen(Visibility::Team, 12, Role::SalesLead, Some(3)), Sight::only([23, 24, 25, 26, 28, 29]), "and the own ones");
    }

    #[test]
    fn others_see_what_they_are_on_the_team_of_that_day() {
        for role in [Role::Member, Role::Viewer] {
            assert_eq!(seen(Visibility::Team, 10, role, Some(2)), Sight::only([20, 21, 22]), "the group with all it controls");
            assert_eq!(seen(Visibility::Team, 11, role, Some(3)), Sight::only([23]), "the last day counts, the day after does not");
            assert_eq!(seen(Visibility::Team, 12, role, None), Sight::only([26]), "the first day counts, the day before does not");
            assert_eq!(seen(Visibility::Team, 99, role, Some(1)), Sight::only([]), "the unit alone shows nothing");
        }
    }

    #[test]
    fn the_setting_reads_back_as_written() {
        assert!(Visibility::ALL.into_iter().all(|visibility| visibility.name().parse() == Ok(visibility)));
        assert!("nobody".parse::<Visibility>().is_err());
    }
}
