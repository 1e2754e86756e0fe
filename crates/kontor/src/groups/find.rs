//! Finding the one account that somebody means by a number or a name.

use crate::accounts::directory::Directory;
use crate::accounts::pages::name;
use crate::accounts::search::{Folded, Search};

/// How many accounts are named where several fit.
const NAMED: usize = 5;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Exactly one.
    Found(i64),
    /// None.
    Nothing,
    /// Several; some of them by name and number.
    Several(Vec<String>),
}

/// The account with this number, else with this name, else the only one whose name, number or city hold all the words. A slip of the finger is not forgiven:
/// who ties companies together must mean them.
pub fn account(directory: &Directory, typed: &str, sees: impl Fn(i64) -> bool) -> Sought {
    let typed = typed.trim();
    if typed.is_empty() {
        return Sought::Nothing;
    }
    let seen = || directory.accounts().iter().enumerate().filter(|(_, account)| sees(account.id));
    let by_number: Vec<usize> =
        seen().filter(|(_, account)| account.numbers.iter().any(|number| number.number == typed)).map(|(place, _)| place).collect();
    if !by_number.is_empty() {
        return one_of(directory, &by_number);
    }
    let by_name = by_name(directory, typed, &sees);
    if !by_name.is_empty() {
        return one_of(directory, &by_name);
    }
    let Some(search) = Search::new(typed) else { return Sought::Nothing };
    let fitting: Vec<usize> = seen().filter(|(place, _)| search.is_in(directory.folded(*place))).map(|(place, _)| place).collect();
    one_of(directory, &fitting)
}

/// The places of the accounts with exactly this name, however capitals and umlauts are written.
pub fn by_name(directory: &Directory, typed: &str, sees: impl Fn(i64) -> bool) -> Vec<usize> {
    let wanted = Folded::new(&[typed]);
    let all = directory.accounts().iter().enumerate().filter(|(_, account)| sees(account.id));
    // What an account is found by begins with its name.
    let may_be = all.filter(|(place, _)| directory.folded(*place).begins_with(&wanted));
    may_be.filter(|(_, account)| Folded::new(&[&account.master.name]) == wanted).map(|(place, _)| place).collect()
}

fn one_of(directory: &Directory, places: &[usize]) -> Sought {
    let accounts = directory.accounts();
    match places {
        [] => Sought::Nothing,
        [only] => Sought::Found(accounts[*only].id),
        several => {
            let named = several.iter().take(NAMED).map(|&place| {
                let number = accounts[place].numbers.first().map(|number| format!(" ({})", number.number)).unwrap_or_default();
                format!("{}{number}", name(&accounts[place]))
            });
            let more = (several.len() > NAMED).then(|| "…".to_owned());
            Sought::Several(named.chain(more).collect())
        }
    }
}
