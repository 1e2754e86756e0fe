//! Declaring key accounts, and how accounts are treated. A person declares, with a reason and a date; a score only suggests.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::abc::Class;
use crate::amount::Amount;

/// What was decided about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Decision {
    /// It is a key account from now on.
    Declare,
    /// It does not become one.
    Decline,
    /// It stays one.
    Keep,
    /// It is one no longer.
    Revoke,
}

impl Decision {
    /// All of them.
    pub const ALL: &[Decision] = <Decision as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it can be decided: a key account is kept or revoked, any other account is declared or declined.
    pub const fn fits(self, is_key_account: bool) -> bool {
        match self {
            Decision::Keep | Decision::Revoke => is_key_account,
            Decision::Declare | Decision::Decline => !is_key_account,
        }
    }

    /// Whether the account is a key account afterwards.
    pub const fn makes_key_account(self) -> bool {
        matches!(self, Decision::Declare | Decision::Keep)
    }
}

/// Whether an account is a key account after these decisions, in the order in which they were made.
pub fn is_key_account(decisions: impl IntoIterator<Item = Decision>) -> bool {
    decisions.into_iter().fold(false, |is_key, decision| if decision.fits(is_key) { decision.makes_key_account() } else { is_key })
}

/// How far a key account reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Reach {
    /// One country.
    National,
    /// Several countries.
    International,
    /// The account's whole corporate group.
    Group,
}

impl Reach {
    /// All of them.
    pub const ALL: &[Reach] = <Reach as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What a decision must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// What is decided.
    pub decision: Decision,
    /// Why; never empty.
    pub reason: String,
    /// When it was decided.
    pub decided_on: NaiveDate,
    /// Who manages the key account from now on.
    pub manager_id: Option<i64>,
    /// How far it reaches.
    pub reach: Option<Reach>,
    /// When it is thought about again.
    pub next_review: Option<NaiveDate>,
}

/// What is wrong with a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No reason is given.
    NoReason,
    /// It was decided in the future.
    InTheFuture,
    /// A key account needs its manager.
    NoManager,
    /// A key account needs its reach.
    NoReach,
    /// A key account needs a day for its next review.
    NoReview,
    /// The next review lies not after the decision.
    ReviewTooEarly,
}

impl Ruling {
    /// All that is wrong with it.
    pub fn problems(&self, today: NaiveDate) -> Vec<Problem> {
        let is_key = self.decision.makes_key_account();
        let found = [
            (self.reason.trim().is_empty(), Problem::NoReason),
            (self.decided_on > today, Problem::InTheFuture),
            (is_key && self.manager_id.is_none(), Problem::NoManager),
            (is_key && self.reach.is_none(), Problem::NoReach),
            (is_key && self.next_review.is_none(), Problem::NoReview),
            (is_key && self.next_review.is_some_and(|review| review <= self.decided_on), Problem::ReviewTooEarly),
        ];
        found.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, problem)| problem).collect()
    }
}

/// How an account is mainly spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Contact {
    /// In person.
    Visit,
    /// By video.
    Video,
    /// By telephone.
    Phone,
    /// In writing.
    Mail,
}

impl Contact {
    /// All of them.
    pub const ALL: &[Contact] = <Contact as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What an account of one class gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// How it is mainly spoken to.
    pub contact: Contact,
    /// Whether a member of the management stands for it.
    pub executive_sponsor: bool,
    /// Every how many months both sides look back and ahead together; `None` for never.
    pub review_months: Option<u32>,
    /// What gifts may cost in a year, in the house's currency; `None` for no gifts.
    pub gift_budget: Option<Amount>,
    /// What service it may count on, in words.
    pub service_level: String,
}

/// Whose treatment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Treated {
    /// Key accounts, whatever their class.
    Key,
    /// Other accounts of class A.
    A,
    /// Other accounts of class B.
    B,
    /// All others.
    C,
}

impl Treated {
    /// All of them.
    pub const ALL: &[Treated] = <Treated as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// How an account is treated.
    pub const fn of(is_key_account: bool, class: Option<Class>) -> Treated {
        match (is_key_account, class) {
            (true, _) => Treated::Key,
            (false, Some(Class::A)) => Treated::A,
            (false, Some(Class::B)) => Treated::B,
            (false, Some(Class::C) | None) => Treated::C,
        }
    }
}

/// What each class gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatments {
    /// Key accounts.
    pub key: Treatment,
    /// Class A.
    pub a: Treatment,
    /// Class B.
    pub b: Treatment,
    /// Class C.
    pub c: Treatment,
}

impl Treatments {
    /// The treatment of one class.
    pub const fn of(&self, treated: Treated) -> &Treatment {
        match treated {
            Treated::Key => &self.key,
            Treated::A => &self.a,
            Treated::B => &self.b,
            Treated::C => &self.c,
        }
    }
}

impl Default for Treatments {
    fn default() -> Treatments {
        let treatment = |contact, executive_sponsor, review_months, gift_units: Option<i64>| Treatment {
            contact,
            executive_sponsor,
            review_months,
            gift_budget: gift_units.map(Amount::from_units),
            service_level: String::new(),
        };
        Treatments {
            key: treatment(Contact::Visit, true, Some(6), Some(150)),
            a: treatment(Contact::Visit, false, Some(12), Some(60)),
            b: treatment(Contact::Phone, false, None, Some(25)),
            c: treatment(Contact::Mail, false, None, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn ruling(decision: Decision) -> Ruling {
        Ruling {
            decision,
            reason: "Entwickelt mit uns".into(),
            decided_on: day("2026-11-20"),
            manager_id: Some(3),
            reach: Some(Reach::National),
            next_review: Some(day("2027-05-20")),
        }
    }

    #[test]
    fn only_a_decision_makes_and_unmakes_a_key_account() {
        use Decision::{Declare, Decline, Keep, Revoke};
        assert!(!is_key_account([]));
        assert!(!is_key_account([Decline]));
        assert!(is_key_account([Decline, Declare, Keep]));
        assert!(!is_key_account([Declare, Keep, Revoke]));
        assert!(is_key_account([Declare, Revoke, Declare]));
        assert!(!is_key_account([Keep]), "what was never declared cannot be kept");
        assert!(is_key_account([Declare, Decline]), "a key account cannot be declined");
    }

    #[test]
    fn a_decision_that_makes_a_key_account_names_manager_reach_and_review() {
        let today = day("2026-11-23");
        for decision in [Decision::Declare, Decision::Keep] {
            assert_eq!(ruling(decision).problems(today), []);
            let bare = Ruling { manager_id: None, reach: None, next_review: None, ..ruling(decision) };
            assert_eq!(bare.problems(today), [Problem::NoManager, Problem::NoReach, Problem::NoReview]);
        }
        for decision in [Decision::Decline, Decision::Revoke] {
            let bare = Ruling { manager_id: None, reach: None, next_review: None, ..ruling(decision) };
            assert_eq!(bare.problems(today), []);
        }
    }

    #[test]
    fn a_decision_has_a_reason_and_lies_before_its_review_and_not_ahead() {
        let today = day("2026-11-23");
        let wrong = Ruling {
            reason: "  ".into(),
            decided_on: day("2026-11-24"),
            next_review: Some(day("2026-11-24")),
            ..ruling(Decision::Declare)
        };
        assert_eq!(wrong.problems(today), [Problem::NoReason, Problem::InTheFuture, Problem::ReviewTooEarly]);
    }

    #[test]
    fn key_accounts_are_treated_as_such_whatever_their_class() {
        assert_eq!(Treated::of(true, Some(Class::C)), Treated::Key);
        assert_eq!(Treated::of(false, Some(Class::B)), Treated::B);
        assert_eq!(Treated::of(false, None), Treated::C);
    }
}
