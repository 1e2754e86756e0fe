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

/// Takes away the candidates for the customer's number that number something else by their values: accounts of the ledger, clients of the ERP, shops.
pub fn drop_other_accounts(candidates: &mut Vec<Candidate>, headers: &[String], profiles: &[Profile]) {
    let best_name = candidates
        .iter()
        .filter(|candidate| candidate.role == Role::AccountName && is_name(&profiles[candidate.column]))
        .max_by_key(|candidate| candidate.points)
        .map(|candidate| candidate.column);
    let numbers: Vec<(usize, bool, usize)> = candidates
        .iter()
        .filter(|candidate| candidate.role == Role::AccountNumber && best_name != Some(candidate.column))
        .map(|candidate| {
            let column = candidate.column;
            (column, is_open_account(&headers[column], candidate.naming), profiles[column].distinct())
        })
        .collect();
    let others = |column: usize| numbers.iter().filter(|(other, ..)| *other != column).map(|&(.., distinct)| distinct).max().unwrap_or(0);
    let is_other = |&&(column, is_open, own): &&(usize, bool, usize)| {
        let names = best_name.map_or(0, |name| profiles[name].distinct());
        if own == 0 {
            return false;
        }
        let pairs = best_name.map_or(0, |name| profiles[column].pairs(&profiles[name]));
        // Many of one with many of the other: they have nothing to do with each other.
        let is_apart = own > 1 && pairs >= own * 2 && pairs >= names * 2;
        if !is_open {
            // Something else may be called a name, too; only more of them than of numbers, and clearly the customers', count.
            let is_clear = best_name.is_some_and(|name| !is_bare_name(&headers[name]));
            return is_clear && ((is_apart && names >= own) || (own == 1 && names >= NAMES_OF_ONE));
        }
        let others = others(column);
        let is_constant = own == 1 && (names > 1 || others > 1);
        // Contacts of a customer are many, too, but each stands beside one number.
        let has_many_names = names >= NAMES && names >= own * NAMES && (own <= FEW || pairs * 2 >= names * 3);
        let is_outnumbered = own <= FEWER && others >= OTHERS && others >= own * NAMES;
        let is_sparse = best_name.is_some_and(|name| profiles[column].filled < profiles[name].filled);
        is_constant || has_many_names || is_outnumbered || is_apart || (is_sparse && candidates_are_vague(candidates, column))
    };
    let dropped: Vec<usize> = numbers.iter().filter(is_other).map(|&(column, ..)| column).collect();
    candidates
        .retain(|candidate| !matches!(candidate.role, Role::AccountNumber | Role::AccountName) || !dropped.contains(&candidate.column));
}

fn candidates_are_vague(candidates: &[Candidate], column: usize) -> bool {
    candidates.iter().any(|candidate| candidate.column == column && candidate.role == Role::AccountNumber && candidate.naming.is_vague())
}

/// Whether the values are names rather than numbers.
fn is_name(profile: &Profile) -> bool {
    profile.kind() == Kind::Text && !profile.are_most(profile.codes)
}
