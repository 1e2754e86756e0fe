//! Who decides at a customer's, who bends whose ear, and how well we know them: the rules of stakeholder maps.
//!
//! A map belongs to an account, or to one buying decision of it. Whoever stands on it is a person or a placeholder for somebody not known yet.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Makes an enum of stored names.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::Display, strum::IntoStaticStr, strum::EnumString,
            strum::VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All values, in the order of choices.
            pub const ALL: &[$name] = <$name as strum::VariantArray>::VARIANTS;

            /// The stored name.
            pub fn name(self) -> &'static str {
                self.into()
            }
        }
    };
}

choice! {
    /// What part somebody has in a buying decision (the buying centre of Webster and Wind).
    BuyingRole {
        /// Starts it.
        Initiator,
        /// Works with what is bought.
        User,
        /// Says what it must be like.
        Influencer,
        /// Negotiates and orders.
        Buyer,
        /// Says yes or no.
        Decider,
        /// Lets people and information through, or not.
        Gatekeeper,
    }
}

choice! {
    /// A line between two people beside the organisation.
    LineKind {
        /// The first has the ear of the second.
        Influence,
        /// The two are at odds.
        Conflict,
    }
}

choice! {
    /// What we are to somebody, the least first.
    Level {
        /// One of those who deliver.
        Vendor,
        /// Somebody whose word counts.
        CredibleSource,
        /// Somebody who is called when there is trouble.
        ProblemSolver,
        /// Somebody who is asked before decisions.
        TrustedAdvisor,
    }
}

/// Makes a small number with borders.
macro_rules! small {
    ($(#[$meta:meta])* $name:ident, $low:literal..=$high:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "i64", try_from = "i64")]
        pub struct $name(i8);

        impl $name {
            /// All values.
            pub fn all() -> impl DoubleEndedIterator<Item = $name> {
                ($low..=$high).map($name)
            }

            /// `None` outside of the borders.
            pub fn new(value: i64) -> Option<$name> {
                i8::try_from(value).ok().filter(|value| ($low..=$high).contains(value)).map($name)
            }

            /// As a number.
            pub const fn value(self) -> i64 {
                self.0 as i64
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> i64 {
                value.value()
            }
        }

        impl TryFrom<i64> for $name {
            type Error = String;
            fn try_from(value: i64) -> Result<$name, String> {
                $name::new(value).ok_or_else(|| format!(concat!("{} is not within ", $low, " to ", $high), value))
            }
        }
    };
}

small! {
    /// Whether somebody is against us (−2) or speaks for us (+2).
    Support, -2..=2
}

small! {
    /// How well we reach somebody: not at all (0) to closely (4).
    Coverage, 0..=4
}

impl Support {
    /// Speaks for us where we are not in the room.
    pub const CHAMPION: Support = Support(2);
}

/// Somebody on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A person, by id.
    Person(i64),
    /// Somebody not known yet, by the id of the placeholder.
    Placeholder(i64),
}

/// `p12`, `e5`.
impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Who::Person(id) => write!(f, "p{id}"),
            Who::Placeholder(id) => write!(f, "e{id}"),
        }
    }
}

impl FromStr for Who {
    type Err = String;

    fn from_str(text: &str) -> Result<Who, String> {
        let id = |digits: &str| digits.parse::<i64>().ok().filter(|id| *id > 0);
        let person = text.strip_prefix('p').and_then(id).map(Who::Person);
        person.or_else(|| text.strip_prefix('e').and_then(id).map(Who::Placeholder)).ok_or_else(|| format!("nobody on a map: “{text}”"))
    }
}

/// How somebody stands on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub who: Who,
    /// Whether the person still works there; a placeholder always does.
    pub is_present: bool,
    /// The part in the buying decision.
    pub role: Option<BuyingRole>,
    /// For or against us.
    pub support: Support,
    /// How well we reach them.
    pub coverage: Coverage,
}

/// What one of us is to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// One of us.
    pub user: i64,
    /// One of them.
    pub person: i64,
    /// What we are today; `None` when the two do not know each other.
    pub now: Option<Level>,
    /// What we want to become; `None` when nothing is planned.
    pub wanted: Option<Level>,
}

impl Tie {
    /// How many steps are missing.
    pub fn gap(&self) -> u8 {
        let step = |level: Option<Level>| level.map_or(0, |level| level as u8 + 1);
        step(self.wanted).saturating_sub(step(self.now))
    }
}

/// What a map warns of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Nobody on the map is reached.
    NoContact,
    /// All hangs on one contact.
    OneContact(Who),
    /// Nobody on the map is said to decide.
    NoDecider,
    /// Somebody decides, but nobody knows who.
    DeciderUnknown,
    /// Who spoke for us has left.
    ChampionLeft(Who),
}

/// What a map warns of, the gravest first. Nothing where nobody stands on it.
pub fn warnings(standings: &[Standing], ties: &[Tie]) -> Vec<Warning> {
    if standings.is_empty() {
        return Vec::new();
    }
    let present = || standings.iter().filter(|standing| standing.is_present);
    let is_known = |standing: &&Standing| match standing.who {
        Who::Person(id) => standing.coverage > Coverage::default() || ties.iter().any(|tie| tie.person == id && tie.now.is_some()),
        Who::Placeholder(_) => false,
    };
    let mut found: Vec<Warning> = standings
        .iter()
        .filter(|standing| !standing.is_present && standing.support == Support::CHAMPION)
        .map(|standing| Warning::ChampionLeft(standing.who))
        .collect();
    let mut deciders = present().filter(|standing| standing.role == Some(BuyingRole::Decider)).peekable();
    if deciders.peek().is_none() {
        found.push(Warning::NoDecider);
    } else if deciders.all(|standing| matches!(standing.who, Who::Placeholder(_))) {
        found.push(Warning::DeciderUnknown);
    }
    let mut contacts = present().filter(is_known);
    match (contacts.next(), contacts.next()) {
        (None, _) => found.push(Warning::NoContact),
        (Some(only), None) => found.push(Warning::OneContact(only.who)),
        _ => {}
    }
    found
}

/// The ties that fall short of what is wanted, the widest gap first.
pub fn gaps(ties: &[Tie]) -> Vec<Tie> {
    let mut gaps: Vec<Tie> = ties.iter().copied().filter(|tie| tie.gap() > 0).collect();
    gaps.sort_by_key(|tie| (std::cmp::Reverse(tie.gap()), tie.person, tie.user));
    gaps
}

/// Whether somebody would stand above themselves if `above` were put over `below`.
pub fn closes_circle(above_of: &HashMap<Who, Who>, below: Who, above: Who) -> bool {
    let mut now = Some(above);
    for _ in 0..=above_of.len() {
        match now {
            Some(who) if who == below => return true,
            Some(who) => now = above_of.get(&who).copied(),
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing(who: Who, role: Option<BuyingRole>, support: i64, coverage: i64) -> Standing {
        Standing {
            who,
            is_present: true,
            role,
            support: Support::new(support).expect("within"),
            coverage: Coverage::new(coverage).expect("within"),
        }
    }

    fn tie(person: i64, now: Option<Level>, wanted: Option<Level>) -> Tie {
        Tie { user: 1, person, now, wanted }
    }

    const P1: Who = Who::Person(1);
    const P2: Who = Who::Person(2);

    #[test]
    fn an_empty_map_warns_of_nothing_and_one_without_contact_of_that() {
        assert_eq!(warnings(&[], &[]), []);
        assert_eq!(warnings(&[standing(P1, None, 0, 0)], &[]), [Warning::NoDecider, Warning::NoContact]);
    }

    #[test]
    fn all_on_one_contact_is_told_until_there_is_a_second() {
        let both = [standing(P1, Some(BuyingRole::Decider), 1, 3), standing(P2, None, 0, 0)];
        assert_eq!(warnings(&both, &[]), [Warning::OneContact(P1)]);
        assert_eq!(warnings(&both, &[tie(2, Some(Level::Vendor), None)]), []);
        assert_eq!(warnings(&both, &[tie(2, None, Some(Level::Vendor))]), [Warning::OneContact(P1)], "a wish is no contact");
    }

    #[test]
    fn a_decider_must_be_there_known_and_present() {
        let contacts = [standing(P1, None, 0, 2), standing(P2, None, 0, 2)];
        assert_eq!(warnings(&contacts, &[]), [Warning::NoDecider]);
        let unknown = standing(Who::Placeholder(7), Some(BuyingRole::Decider), 0, 0);
        assert_eq!(warnings(&[contacts[0], contacts[1], unknown], &[]), [Warning::DeciderUnknown]);
        let gone = Standing { is_present: false, ..standing(P1, Some(BuyingRole::Decider), 0, 2) };
        assert_eq!(warnings(&[gone, contacts[1]], &[]), [Warning::NoDecider, Warning::OneContact(P2)]);
    }

    #[test]
    fn a_champion_who_left_is_told_first_and_one_who_merely_liked_us_is_not() {
        let left = |support| Standing { is_present: false, ..standing(P1, None, support, 4) };
        let rest = standing(P2, Some(BuyingRole::Decider), 0, 1);
        assert_eq!(warnings(&[rest, left(2)], &[]), [Warning::ChampionLeft(P1), Warning::OneContact(P2)]);
        assert_eq!(warnings(&[rest, left(1)], &[]), [Warning::OneContact(P2)]);
    }

    #[test]
    fn gaps_are_what_is_missing_the_widest_first() {
        let ties = [
            tie(1, Some(Level::Vendor), Some(Level::CredibleSource)),
            tie(2, None, Some(Level::TrustedAdvisor)),
            tie(3, Some(Level::TrustedAdvisor), Some(Level::Vendor)),
            tie(4, Some(Level::Vendor), None),
        ];
        assert_eq!(gaps(&ties).iter().map(|tie| (tie.person, tie.gap())).collect::<Vec<_>>(), [(2, 4), (1, 1)]);
    }

    #[test]
    fn nobody_stands_above_themselves() {
        let above = HashMap::from([(P2, P1), (Who::Placeholder(3), P2)]);
        assert!(closes_circle(&above, P1, Who::Placeholder(3)) && closes_circle(&above, P1, P1));
        assert!(!closes_circle(&above, Who::Placeholder(3), P1));
    }

    #[test]
    fn names_and_borders_are_read_back() {
        for who in [P1, Who::Placeholder(42)] {
            assert_eq!(who.to_string().parse(), Ok(who));
        }
        for text in ["", "12", "p", "p-1", "x3", "p0", "e1.5"] {
            assert!(text.parse::<Who>().is_err(), "{text}");
        }
        assert_eq!((Support::new(3), Support::new(-3), Coverage::new(-1), Coverage::new(5)), (None, None, None, None));
        assert_eq!(
            BuyingRole::ALL.iter().map(|role| role.name().parse()).collect::<Result<Vec<BuyingRole>, _>>().as_deref(),
            Ok(BuyingRole::ALL)
        );
        assert_eq!("credible_source".parse(), Ok(Level::CredibleSource));
    }

    proptest! {
        #[test]
        fn a_circle_is_never_closed_by_what_passed(steps in prop::collection::vec((1_i64..9, 1_i64..9), 0..40)) {
            let mut above_of = HashMap::new();
            for (below, above) in steps {
                let (below, above) = (Who::Person(below), Who::Person(above));
                if !closes_circle(&above_of, below, above) {
                    above_of.insert(below, above);
                }
            }
            for start in 1..9 {
                let mut now = Who::Person(start);
                for _ in 0..9 {
                    match above_of.get(&now) { Some(&next) => now = next, None => break }
                    prop_assert_ne!(now, Who::Person(start));
                }
            }
        }
    }
}
