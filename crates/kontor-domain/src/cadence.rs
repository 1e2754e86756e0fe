//! How often real contact should happen, and whether it does.
//!
//! A rule says for a class of accounts and a buying role: so many days between two contacts are wanted, and so many are the most. What is due is
//! counted from the *last real contact*, never from a timer: whoever called yesterday has no reminder today. Which kinds of contact count, the rule says.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::abc::Class;
use crate::interaction::Kind;
use crate::stakeholder::BuyingRole;

/// The longest interval a rule may have, in days: five years.
pub const DAYS_MAX: u32 = 1_826;

/// Whom at an account a rule is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Role {
    /// The account as a whole: whoever was spoken to there.
    #[default]
    Any,
    /// Who has this part in the buying centre.
    Part(BuyingRole),
}

impl Role {
    /// All roles, those whose rules matter most first.
    pub const ALL: [Role; 7] = [
        Role::Any,
        Role::Part(BuyingRole::Decider),
        Role::Part(BuyingRole::Buyer),
        Role::Part(BuyingRole::Influencer),
        Role::Part(BuyingRole::User),
        Role::Part(BuyingRole::Initiator),
        Role::Part(BuyingRole::Gatekeeper),
    ];

    /// The stored name, as in forms and the API.
    pub fn name(self) -> &'static str {
        match self {
            Role::Any => "any",
            Role::Part(part) => part.name(),
        }
    }
}

impl From<BuyingRole> for Role {
    fn from(part: BuyingRole) -> Role {
        Role::Part(part)
    }
}

impl From<Role> for String {
    fn from(role: Role) -> String {
        role.name().to_owned()
    }
}

impl TryFrom<String> for Role {
    type Error = String;

    fn try_from(name: String) -> Result<Role, String> {
        name.parse()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Role, String> {
        Role::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| format!("not a role: “{text}”"))
    }
}

/// Two intervals in days: the one that is wanted, and the longest. At least one day, and the wanted one is not the longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Interval {
    wanted: u32,
    longest: u32,
}

impl Interval {
    /// Both in days; `None` where they are not intervals.
    pub fn new(wanted: u32, longest: u32) -> Option<Interval> {
        (1 <= wanted && wanted <= longest && longest <= DAYS_MAX).then_some(Interval { wanted, longest })
    }

    /// Days after which the next contact is due.
    pub const fn wanted(self) -> u32 {
        self.wanted
    }

    /// Days after which it is overdue.
    pub const fn longest(self) -> u32 {
        self.longest
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.wanted, self.longest)
    }
}

impl From<Interval> for (u32, u32) {
    fn from(interval: Interval) -> (u32, u32) {
        (interval.wanted, interval.longest)
    }
}

impl TryFrom<(u32, u32)> for Interval {
    type Error = String;

    fn try_from((wanted, longest): (u32, u32)) -> Result<Interval, String> {
        Interval::new(wanted, longest).ok_or_else(|| format!("not two intervals: {wanted}/{longest}"))
    }
}

/// A set of kinds of contact.
pub type Kinds = BTreeSet<Kind>;

/// How often somebody of this role at accounts of this class is to be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The accounts' class by revenue, over the whole company.
    pub class: Class,
    /// Whom it is about.
    pub role: Role,
    /// How often.
    pub interval: Interval,
    /// Which contacts count; at least one kind.
    pub kinds: Kinds,
}

/// All rules of the company; at most one for each class and role. Where there is none, nobody is reminded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// These rules, by class and role; `None` when two are about the same or one counts no contact.
    pub fn new(mut rules: Vec<Rule>) -> Option<Rules> {
        rules.sort_by_key(|rule| (rule.class, rule.role));
        let are_apart = rules.windows(2).all(|pair| (pair[0].class, pair[0].role) != (pair[1].class, pair[1].role));
        (are_apart && rules.iter().all(|rule| !rule.kinds.is_empty())).then_some(Rules(rules))
    }

    /// The rules, by class and role.
    pub fn all(&self) -> &[Rule] {
        &self.0
    }

    /// The rule for a class and a role.
    pub fn of(&self, class: Class, role: Role) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.class == class && rule.role == role)
    }
}

/// What holds until the company sets its own: somebody at an A account every four weeks, at a B account every two months, at a C account twice a year;
/// who decides at an A account, every two weeks, at a B account, every six. A mail alone is no contact with one who decides.
impl Default for Rules {
    fn default() -> Rules {
        let rule = |class, role, (wanted, longest), kinds: &[Kind]| Rule {
            class,
            role,
            interval: Interval { wanted, longest },
            kinds: kinds.iter().copied().collect(),
        };
        let personal = [Kind::Visit, Kind::Call, Kind::Video, Kind::Event];
        Rules::new(vec![
            rule(Class::A, Role::Any, (28, 42), &Kind::ALL),
            rule(Class::A, BuyingRole::Decider.into(), (14, 28), &personal),
            rule(Class::B, Role::Any, (60, 90), &Kind::ALL),
            rule(Class::B, BuyingRole::Decider.into(), (42, 84), &personal),
            rule(Class::C, Role::Any, (180, 365), &Kind::ALL),
        ])
        .unwrap_or(Rules(Vec::new()))
    }
}

/// The days of the last contacts by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastContacts([Option<NaiveDate>; Kind::ALL.len()]);

impl LastContacts {
    /// The last contact of one kind.
    pub const fn of(&self, kind: Kind) -> Option<NaiveDate> {
        self.0[kind as usize]
    }

    /// Sets the last contact of one kind.
    pub const fn set(&mut self, kind: Kind, day: Option<NaiveDate>) {
        self.0[kind as usize] = day;
    }

    /// Takes a further contact into account.
    pub fn note(&mut self, kind: Kind, day: NaiveDate) {
        let known = &mut self.0[kind as usize];
        *known = (*known).max(Some(day));
    }

    /// The last contact of any of these kinds, and which it was; the closest kind where there were two on the day.
    pub fn last(&self, kinds: &Kinds) -> Option<(NaiveDate, Kind)> {
        let days = Kind::ALL.into_iter().rev().filter(|kind| kinds.contains(kind));
        days.filter_map(|kind| Some((self.of(kind)?, kind))).max_by_key(|&(day, _)| day)
    }
}

/// How it stands with contact, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The longest interval is over.
    Overdue,
    /// There was no contact yet that counts.
    Never,
    /// The wanted interval is over, the longest is not.
    Due,
    /// There was contact within the wanted interval.
    Fine,
}

impl State {
    /// All states, the most pressing first.
    pub const ALL: [State; 4] = [State::Overdue, State::Never, State::Due, State::Fine];

    /// The name, as in addresses and the API.
    pub const fn name(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::Never => "never",
            State::Due => "due",
            State::Fine => "fine",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<State, String> {
        State::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| format!("“{text}” is none of overdue, never, due, fine"))
    }
}

/// How it stands with contact on a day, and when the next is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The last contact that counts.
    pub last: Option<(NaiveDate, Kind)>,
    /// The interval that holds.
    pub interval: Interval,
    /// The day on which the next contact is wanted: the last one and the wanted interval; `None` without a contact.
    pub due_on: Option<NaiveDate>,
    /// Days since the longest interval ended; 0 or less while it has not.
    pub days_over: Option<i64>,
}

impl Standing {
    /// How it stands on `today`. A contact may be dated tomorrow.
    pub fn on(today: NaiveDate, interval: Interval, last: Option<(NaiveDate, Kind)>) -> Standing {
        let Some((day, _)) = last else { return Standing { state: State::Never, last, interval, due_on: None, days_over: None } };
        let days = (today - day).num_days();
        let state = if days > i64::from(interval.longest) {
            State::Overdue
        } else if days > i64::from(interval.wanted) {
            State::Due
        } else {
            State::Fine
        };
        let due_on = day.checked_add_days(Days::new(u64::from(interval.wanted)));
        Standing { state, last, interval, due_on, days_over: Some(days - i64::from(interval.longest)) }
    }

    /// Orders the most pressing first: what is overdue, by days over the longest interval; then what never had contact; then by how near the end of the
    /// longest interval is.
    pub fn pressing_first(&self) -> (State, i64) {
        (self.state, -self.days_over.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn interval(wanted: u32, longest: u32) -> Interval {
        Interval::new(wanted, longest).expect("an interval")
    }

    #[test]
    fn it_is_due_after_the_wanted_and_overdue_after_the_longest_interval() {
        let today = day("2026-11-23");
        let state = |last: &str| Standing::on(today, interval(14, 28), Some((day(last), Kind::Call))).state;
        assert_eq!(state("2026-11-24"), State::Fine, "tomorrow");
        assert_eq!(state("2026-11-09"), State::Fine, "14 days ago");
        assert_eq!(state("2026-11-08"), State::Due, "15 days ago");
        assert_eq!(state("2026-10-26"), State::Due, "28 days ago");
        assert_eq!(state("2026-10-25"), State::Overdue, "29 days ago");
        let standing = Standing::on(today, interval(14, 28), Some((day("2026-10-25"), Kind::Call)));
        assert_eq!((standing.due_on, standing.days_over), (Some(day("2026-11-08")), Some(1)));
        assert_eq!(Standing::on(today, interval(1, 1), None).state, State::Never);
    }

    #[test]
    fn only_the_kinds_of_the_rule_count() {
        let mut last = LastContacts::default();
        last.note(Kind::Visit, day("2026-09-01"));
        last.note(Kind::Mail, day("2026-11-01"));
        last.note(Kind::Mail, day("2026-10-01"));
        assert_eq!(last.last(&Kind::ALL.into()), Some((day("2026-11-01"), Kind::Mail)));
        assert_eq!(last.last(&[Kind::Visit, Kind::Call].into()), Some((day("2026-09-01"), Kind::Visit)));
        assert_eq!(last.last(&[Kind::Event].into()), None);
        last.note(Kind::Visit, day("2026-11-01"));
        assert_eq!(last.last(&Kind::ALL.into()), Some((day("2026-11-01"), Kind::Visit)), "the closest of two on a day");
    }

    #[test]
    fn rules_are_one_for_each_class_and_role() {
        let rules = Rules::default();
        assert_eq!(rules.of(Class::A, BuyingRole::Decider.into()).map(|rule| rule.interval), Some(interval(14, 28)));
        assert_eq!(rules.of(Class::C, BuyingRole::Buyer.into()), None);
        let twice = vec![rules.all()[0].clone(), rules.all()[0].clone()];
        assert_eq!(Rules::new(twice), None);
        assert_eq!(Rules::new(vec![Rule { kinds: Kinds::new(), ..rules.all()[0].clone() }]), None);
    }

    #[test]
    fn intervals_are_days_in_their_order() {
        assert_eq!(Interval::new(0, 5), None);
        assert_eq!(Interval::new(6, 5), None);
        assert_eq!(Interval::new(5, DAYS_MAX + 1), None);
        assert_eq!(interval(5, 5).to_string(), "5/5");
    }

    proptest! {
        #[test]
        fn the_most_overdue_comes_first(ages in proptest::collection::vec(proptest::option::of(-1_i64..400), 1..30)) {
            let today = day("2026-11-23");
            let standing = |age: Option<i64>| {
                Standing::on(today, interval(14, 28), age.map(|age| (today - chrono::TimeDelta::days(age), Kind::Visit)))
            };
            let mut standings: Vec<Standing> = ages.into_iter().map(standing).collect();
            standings.sort_by_key(Standing::pressing_first);
            for pair in standings.windows(2) {
                prop_assert!(pair[0].state <= pair[1].state);
                if pair[0].state == pair[1].state {
                    prop_assert!(pair[0].days_over >= pair[1].days_over);
                }
            }
        }

        #[test]
        fn the_last_contact_is_the_newest_that_counts(contacts in proptest::collection::vec((0_usize..5, 0_i64..500), 0..40), counted in 1_u8..32) {
            let first = day("2025-01-01");
            let mut last = LastContacts::default();
            let kinds: Kinds = Kind::ALL.into_iter().filter(|&kind| counted & (1 << kind as u8) != 0).collect();
            for &(kind, age) in &contacts {
                last.note(Kind::ALL[kind], first + chrono::TimeDelta::days(age));
            }
            let newest = contacts.iter().filter(|(kind, _)| kinds.contains(&Kind::ALL[*kind])).map(|(_, age)| first + chrono::TimeDelta::days(*age)).max();
            prop_assert_eq!(last.last(&kinds).map(|(day, _)| day), newest);
        }
    }
}
