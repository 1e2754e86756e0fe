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
    let is_seen = |place: &usize| sees(directory.accounts()[*place].id);
    let by_number: Vec<usize> = directory.places_of(typed).into_iter().filter(is_seen).collect();
    if !by_number.is_empty() {
        return one_of(directory, &by_number);
    }
    // What has the name holds its words, too; so all names are looked at once.
    let Some(search) = Search::new(typed) else { return one_of(directory, &by_name(directory, typed, &sees)) };
    let fitting = (0..directory.accounts().len()).filter(|&place| search.is_in(directory.folded(place)));
    let fitting: Vec<usize> = fitting.filter(is_seen).collect();
    let wanted = Folded::new(&[typed]);
    let named: Vec<usize> = fitting.iter().copied().filter(|&place| is_named(directory, place, &wanted)).collect();
    one_of(directory, if named.is_empty() { &fitting } else { &named })
}

/// The places of the accounts with exactly this name, however capitals and umlauts are written.
pub fn by_name(directory: &Directory, typed: &str, sees: impl Fn(i64) -> bool) -> Vec<usize> {
    let wanted = Folded::new(&[typed]);
    let named = (0..directory.accounts().len()).filter(|&place| is_named(directory, place, &wanted));
    named.filter(|&place| sees(directory.accounts()[place].id)).collect()
}

fn is_named(directory: &Directory, place: usize, wanted: &Folded) -> bool {
    // What an account is found by begins with its name.
    directory.folded(place).begins_with(wanted) && Folded::new(&[&directory.accounts()[place].master.name]) == *wanted
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
