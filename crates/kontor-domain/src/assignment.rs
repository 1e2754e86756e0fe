//! Who looks after an account: the team of our own people, each in a role, from a day on and up to a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What somebody does for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamRole {
    /// Key account manager: the one responsible, who coordinates the team.
    Kam,
    /// Stands in for the KAM.
    Deputy,
    /// Sells on site.
    SalesRep,
    /// Runs projects with the customer.
    ProjectManager,
    /// Answers when something does not work.
    Service,
    /// Marketing: campaigns, workshops, fairs.
    CrmManager,
    /// Keeps the ties between people of both sides.
    LiaisonManager,
    /// A member of the management who opens doors.
    ExecutiveSponsor,
}

impl TeamRole {
    /// All roles, in the order in which a team is shown.
    pub const ALL: [TeamRole; 8] = [
        TeamRole::Kam,
        TeamRole::Deputy,
        TeamRole::SalesRep,
        TeamRole::ProjectManager,
        TeamRole::Service,
        TeamRole::CrmManager,
        TeamRole::LiaisonManager,
        TeamRole::ExecutiveSponsor,
    ];

    /// The stored name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            TeamRole::Kam => "kam",
            TeamRole::Deputy => "deputy",
            TeamRole::SalesRep => "sales_rep",
            TeamRole::ProjectManager => "project_manager",
            TeamRole::Service => "service",
            TeamRole::CrmManager => "crm_manager",
            TeamRole::LiaisonManager => "liaison_manager",
            TeamRole::ExecutiveSponsor => "executive_sponsor",
        }
    }
}

impl fmt::Display for TeamRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for TeamRole {
    type Err = String;

    fn from_str(text: &str) -> Result<TeamRole, String> {
        let known = || TeamRole::ALL.map(TeamRole::name).join(", ");
        TeamRole::ALL
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| format!("not a team role: “{text}”; give one of {}", known()))
    }
}

/// How far a role reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// This account alone.
    #[default]
    Account,
    /// This account and all that it controls.
    Group,
}

impl Reach {
    /// Both.
    pub const ALL: [Reach; 2] = [Reach::Account, Reach::Group];

    /// The stored name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Reach::Account => "account",
            Reach::Group => "group",
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Reach {
    type Err = String;

    fn from_str(text: &str) -> Result<Reach, String> {
        Reach::ALL.into_iter().find(|reach| reach.name() == text).ok_or_else(|| format!("“{text}” is neither account nor group"))
    }
}

/// Somebody in a role on an account, for some days. One whose last day lies before its first was taken back before it began, and is never in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Assignment {
    /// Who.
    pub user_id: i64,
    /// The account, or the account at the head of a group.
    pub account_id: i64,
    /// Whether what it controls is meant too.
    pub reach: Reach,
    /// As what.
    pub role: TeamRole,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while no end is known.
    pub to: Option<NaiveDate>,
}

impl Assignment {
    /// Whether it holds on a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it was taken back before it began.
    pub fn is_void(&self) -> bool {
        self.to.is_some_and(|to| to < self.from)
    }

    /// Whether both hold on some day.
    pub fn meets(&self, other: &Assignment) -> bool {
        let starts_in_time = |one: &Assignment, other: &Assignment| other.to.is_none_or(|to| one.from <= to);
        !self.is_void() && !other.is_void() && starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// Whether both cannot hold: an account has at most one KAM at a time, and nobody has the same role on it twice. A group's head may have a KAM for
    /// itself or for the group, not both.
    pub fn clashes_with(&self, other: &Assignment) -> bool {
        let is_same = self.role == TeamRole::Kam || self.user_id == other.user_id;
        self.account_id == other.account_id && self.role == other.role && is_same && self.meets(other)
    }

    /// The same, over the day before `day`.
    pub fn ended_before(self, day: NaiveDate) -> Assignment {
        let to = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        Assignment { to: Some(to), ..self }
    }
}

/// Those who look after an account on a day, in the order of their roles. `heads` are the accounts that control it, the nearest first; of what is
/// assigned to them, only what reaches their group counts. A KAM of its own goes before that of the group, and a nearer group before a wider one.
pub fn team_of<'a>(
    assignments: impl IntoIterator<Item = &'a Assignment>,
    account_id: i64,
    heads: &[i64],
    day: NaiveDate,
) -> Vec<&'a Assignment> {
    let distance = |assignment: &Assignment| match assignment.account_id {
        id if id == account_id => Some(0),
        id if assignment.reach == Reach::Group => heads.iter().position(|&head| head == id).map(|place| place + 1),
        _ => None,
    };
    let holding = assignments.into_iter().filter(|assignment| assignment.is_on(day));
    let mut near: Vec<(usize, &Assignment)> = holding.filter_map(|assignment| Some((distance(assignment)?, assignment))).collect();
    near.sort_by_key(|&(distance, assignment)| (assignment.role, distance, assignment.user_id));
    let mut team: Vec<&Assignment> = Vec::new();
    for (_, assignment) in near {
        let is_known =
            |known: &&Assignment| known.role == assignment.role && (known.role == TeamRole::Kam || known.user_id == assignment.user_id);
        if !team.iter().any(is_known) {
            team.push(assignment);
        }
    }
    team
}

/// The KAM of an account on a day; `heads` as in [`team_of`].
pub fn kam_of<'a>(assignments: impl IntoIterator<Item = &'a Assignment>, account_id: i64, heads: &[i64], day: NaiveDate) -> Option<i64> {
    team_of(assignments, account_id, heads, day).first().filter(|first| first.role == TeamRole::Kam).map(|kam| kam.user_id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn assigned(user_id: i64, account_id: i64, role: TeamRole, from: &str, to: &str) -> Assignment {
        Assignment { user_id, account_id, reach: Reach::Account, role, from: day(from), to: (!to.is_empty()).then(|| day(to)) }
    }

    fn over_group(assignment: Assignment) -> Assignment {
        Assignment { reach: Reach::Group, ..assignment }
    }

    #[test]
    fn an_account_has_one_kam_at_a_time() {
        let jana = assigned(1, 7, TeamRole::Kam, "2026-01-01", "2026-06-30");
        assert!(jana.clashes_with(&assigned(2, 7, TeamRole::Kam, "2026-06-30", "")));
        assert!(!jana.clashes_with(&assigned(2, 7, TeamRole::Kam, "2026-07-01", "")));
        assert!(!jana.clashes_with(&assigned(2, 8, TeamRole::Kam, "2026-01-01", "")));
        assert!(jana.clashes_with(&over_group(assigned(2, 7, TeamRole::Kam, "2026-01-01", ""))));
    }

    #[test]
    fn other_roles_may_be_held_by_many_but_not_twice_by_one() {
        let service = assigned(1, 7, TeamRole::Service, "2026-01-01", "");
        assert!(!service.clashes_with(&assigned(2, 7, TeamRole::Service, "2026-01-01", "")));
        assert!(service.clashes_with(&assigned(1, 7, TeamRole::Service, "2026-05-01", "2026-05-02")));
        assert!(!service.clashes_with(&assigned(1, 7, TeamRole::SalesRep, "2026-05-01", "2026-05-02")));
    }

    #[test]
    fn what_was_taken_back_before_it_began_never_holds() {
        let void = assigned(1, 7, TeamRole::Kam, "2026-05-01", "").ended_before(day("2026-05-01"));
        assert!(void.is_void() && !void.is_on(day("2026-05-01")) && !void.is_on(day("2026-04-30")));
        assert!(!void.meets(&assigned(2, 7, TeamRole::Kam, "2026-01-01", "")));
    }

    #[test]
    fn a_member_of_a_group_is_looked_after_by_the_groups_kam_unless_it_has_its_own() {
        let group = over_group(assigned(1, 10, TeamRole::Kam, "2026-01-01", ""));
        let head_alone = assigned(4, 10, TeamRole::Service, "2026-01-01", "");
        let wider = over_group(assigned(3, 20, TeamRole::Kam, "2026-01-01", ""));
        let own = assigned(2, 11, TeamRole::Kam, "2026-03-01", "");
        let all = [group, head_alone, wider, own];
        let kam = |account, heads: &[i64], on: &str| kam_of(&all, account, heads, day(on));
        assert_eq!(kam(11, &[10, 20], "2026-02-01"), Some(1));
        assert_eq!(kam(11, &[10, 20], "2026-03-01"), Some(2));
        assert_eq!(kam(10, &[20], "2026-03-01"), Some(1));
        assert_eq!(kam(12, &[20], "2026-03-01"), Some(3));
        assert_eq!(kam(12, &[], "2026-03-01"), None);
        assert!(
            team_of(&all, 11, &[10, 20], day("2026-03-01")).iter().all(|assignment| assignment.user_id != 4),
            "the head's own service is not the group's"
        );
    }

    #[test]
    fn names_read_back_as_written() {
        assert!(TeamRole::ALL.into_iter().all(|role| role.name().parse() == Ok(role)));
        assert!(Reach::ALL.into_iter().all(|reach| reach.name().parse() == Ok(reach)));
        assert!("boss".parse::<TeamRole>().is_err() && "all".parse::<Reach>().is_err());
    }

    fn any_assignment() -> impl Strategy<Value = Assignment> {
        let start = day("2026-01-01");
        (0..3_i64, 0..3_i64, any::<bool>(), 0..8_usize, 0..40_u64, prop::option::of(0..40_u64)).prop_map(
            move |(user_id, account_id, over, role, from, length)| {
                let from = start + Days::new(from);
                let reach = if over { Reach::Group } else { Reach::Account };
                Assignment {
                    user_id,
                    account_id,
                    reach,
                    role: TeamRole::ALL[role],
                    from,
                    to: length.map(|length| from + Days::new(length)),
                }
            },
        )
    }

    proptest! {
        #[test]
        fn meeting_means_that_both_hold_on_some_day(one in any_assignment(), other in any_assignment()) {
            let days = (0..120).map(|n| day("2026-01-01") + Days::new(n));
            let is_shared = days.into_iter().any(|day| one.is_on(day) && other.is_on(day));
            prop_assert_eq!(one.meets(&other), is_shared);
            prop_assert_eq!(one.meets(&other), other.meets(&one));
        }

        #[test]
        fn a_team_has_at_most_one_kam_and_nobody_twice_in_a_role(all in prop::collection::vec(any_assignment(), 0..20), on in 0..60_u64) {
            let team = team_of(&all, 0, &[1, 2], day("2026-01-01") + Days::new(on));
            prop_assert!(team.iter().filter(|assignment| assignment.role == TeamRole::Kam).count() <= 1);
            for (place, one) in team.iter().enumerate() {
                prop_assert!(!team[..place].iter().any(|other| (other.role, other.user_id) == (one.role, one.user_id)));
            }
        }
    }
}
