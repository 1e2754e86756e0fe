//! Which column numbers the customers: what the headers leave open, the values say.

use crate::column::Role;
use crate::read::value::Kind;

use super::Candidate;
use super::names::{is_bare_name, is_open_account};
use super::profile::Profile;

/// How many times as many names as numbers speak against numbers whose header may as well be that of something else.
const NAMES: usize = 3;
/// How many accounts of the ledger there may be for each of them to have many customers although each customer has but one.
const FEW: usize = 12;
/// How many of them there may be when another column tells customers apart.
const FEWER: usize = 5;
/// How many customers must be told apart by another column before one that hardly tells any apart is given up for it.
const OTHERS: usize = 10;
/// How many names must stand beside a number that is always the same, although its header is clear.
const NAMES_OF_ONE: usize = 5;

/// A column that could be the customer's number.
struct Number {
    column: usize,
    /// Whether its header may as well be that of something else.
    is_open: bool,
    /// Whether its header says little.
    is_vague: bool,
    /// How many different values it has.
    distinct: usize,
}

/// Takes away the candidates for the customer's number that number something else by their values: accounts of the ledger, clients of the ERP, shops.
pub fn drop_other_accounts(candidates: &mut Vec<Candidate>, headers: &[String], profiles: &[Profile]) {
    let name = candidates
        .iter()
        .filter(|candidate| candidate.role == Role::AccountName && is_name(&profiles[candidate.column]))
        .max_by_key(|candidate| candidate.points)
        .map(|candidate| candidate.column);
    let numbers: Vec<Number> = candidates
        .iter()
        .filter(|candidate| candidate.role == Role::AccountNumber && name != Some(candidate.column))
        .map(|candidate| Number {
            column: candidate.column,
            is_open: is_open_account(&headers[candidate.column], candidate.naming),
            is_vague: candidate.naming.is_vague(),
            distinct: profiles[candidate.column].distinct(),
        })
        .collect();
    let is_dropped = |number: &&Number| {
        let is_by_name = name.is_some_and(|name| number.is_refuted_by(&headers[name], &profiles[name], &profiles[number.column]));
        is_by_name || number.is_outnumbered(&numbers)
    };
    let dropped: Vec<usize> = numbers.iter().filter(is_dropped).map(|number| number.column).collect();
    let is_kept =
        |candidate: &Candidate| !matches!(candidate.role, Role::AccountNumber | Role::AccountName) || !dropped.contains(&candidate.column);
    candidates.retain(is_kept);
}

impl Number {
    /// Whether the names of customers that stand beside it say that it numbers something else.
    fn is_refuted_by(&self, name: &str, names: &Profile, own: &Profile) -> bool {
        let (numbers, pairs, names_filled) = (self.distinct, own.pairs(names), names.filled);
        let names = names.distinct();
        // Many of one with many of the other: they have nothing to do with each other.
        let is_apart = numbers > 1 && pairs >= numbers * 2 && pairs >= names * 2;
        if !self.is_open {
            // Something else may be called a name, too; only what clearly names customers, and more of them than there are numbers, counts.
            return !is_bare_name(name) && ((is_apart && names >= numbers) || (numbers == 1 && names >= NAMES_OF_ONE));
        }
        let is_constant = numbers == 1 && names > 1;
        // Contacts of a customer are many, too, but each stands beside one number.
        let has_many_names = numbers > 0 && names >= NAMES && names >= numbers * NAMES && (numbers <= FEW || pairs * 2 >= names * 3);
        is_constant || has_many_names || is_apart || (self.is_vague && own.filled < names_filled)
    }

    /// Whether another number tells many customers apart where this one tells hardly any.
    fn is_outnumbered(&self, numbers: &[Number]) -> bool {
        let others = numbers.iter().filter(|other| other.column != self.column).map(|other| other.distinct).max().unwrap_or(0);
        let is_constant = self.distinct == 1 && others > 1;
        let has_few = (1..=FEWER).contains(&self.distinct) && others >= OTHERS && others >= self.distinct * NAMES;
        self.is_open && (is_constant || has_few)
    }
}

/// Whether the values are names rather than numbers.
fn is_name(profile: &Profile) -> bool {
    profile.kind() == Kind::Text && !profile.are_most(profile.codes)
}
