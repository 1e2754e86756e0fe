//! Finding the one account that somebody means by a number or a name: the one way of all forms and commands.

use kontor_domain::rights::Viewer;

use super::directory::{self, Directory};
use super::pages::name;
use super::search::{Folded, Search};
use crate::fault::Fault;
use crate::office::Office;

/// How many accounts are named where several fit.
const NAMED: usize = 5;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Exactly one.
    Found(i64),
    /// None.
    Nothing,
    /// Several; some of them by name and, in brackets, what names this one alone.
    Several(Vec<String>),
}

/// The account that somebody means at the command line. Where a number is nobody's, it may be an id, as the API gives them.
pub async fn meant(office: &Office, viewer: &Viewer, typed: &str) -> Result<i64, Fault> {
    let directory = directory::current(office, viewer).await?;
    let typed = typed.to_owned();
    let by_id = || typed.trim().parse().ok().filter(|&id| directory.seen(viewer, id).is_some()).map_or(Sought::Nothing, Sought::Found);
    let found = match account(&directory, &typed, |id| viewer.sight.sees(id)) {
        Sought::Nothing => by_id(),
        found => found,
    };
    match found {
        Sought::Found(id) => Ok(id),
        Sought::Nothing => Err(Fault::field("account", move |t| t.accounts_meant_unknown(typed.as_str()))),
        Sought::Several(names) => Err(Fault::field("account", move |t| t.accounts_meant_several(typed.as_str(), names.join(", ")))),
    }
}

/// The account with this number, as `source:number` where sources share it, or with this id as `#12`; else with this name, else the only one whose name,
/// number or city hold all the words. A slip of the finger is not forgiven: who ties companies together must mean them. So a number is no part of another.
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
    if let Some(place) = exactly(directory, typed).filter(is_seen) {
        return one_of(directory, &[place]);
    }
    // What has the name holds its words, too; so all names are looked at once.
    let Some(search) = Search::new(typed).filter(|_| typed.contains(char::is_alphabetic)) else {
        return one_of(directory, &by_name(directory, typed, &sees));
    };
    let fitting = (0..directory.accounts().len()).filter(|&place| search.is_in(directory.folded(place)));
    let fitting: Vec<usize> = fitting.filter(is_seen).collect();
    let wanted = Folded::new(&[typed]);
    let named: Vec<usize> = fitting.iter().copied().filter(|&place| is_named(directory, place, &wanted)).collect();
    one_of(directory, if named.is_empty() { &fitting } else { &named })
}

/// The place of the account with this id, `#12`, or with this number of this source, `source:number`.
fn exactly(directory: &Directory, typed: &str) -> Option<usize> {
    if let Some(id) = typed.strip_prefix('#') {
        return directory.place_of(id.parse().ok()?);
    }
    // Sources and numbers may hold a colon themselves.
    typed.match_indices(':').find_map(|(at, _)| directory.place(typed[..at].trim(), typed[at + 1..].trim()))
}

/// What names an account and no other: its number, where sources share that with the source, without a number its id.
fn handle(directory: &Directory, place: usize) -> String {
    let account = &directory.accounts()[place];
    match account.numbers.first() {
        None => format!("#{}", account.id),
        Some(number) if directory.places_of(&number.number).len() > 1 => format!("{}:{}", number.source, number.number),
        Some(number) => number.number.clone(),
    }
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
            let named = several.iter().take(NAMED).map(|&place| format!("{} ({})", name(&accounts[place]), handle(directory, place)));
            let more = (several.len() > NAMED).then(|| "…".to_owned());
            Sought::Several(named.chain(more).collect())
        }
    }
}
