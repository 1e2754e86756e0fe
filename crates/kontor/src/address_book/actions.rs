//! Verbs about the lists of people.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kontor_domain::rights::{Right, Viewer};

use super::list::{self, REACHED_FROM, Sort, Source, Wanted};
use crate::accounts::directory;
use crate::accounts::find::{self, Sought};
use crate::accounts::finder;
use crate::accounts::search::Search;
use crate::accounts::store::Account;
use crate::cadence::book::{Book, Contact};
use crate::fault::Fault;
use crate::office::Office;
use crate::people::roll::{self, Roll};
use crate::people::store::{self, Channel, Employment, Person};
use crate::team::actions::require;
use crate::{cadence, people};

/// A part of the list.
pub struct Found {
    /// How many people there are in all.
    pub total: u64,
    /// Whether nobody fitted exactly, and those are shown whose names are similar.
    pub is_similar: bool,
    /// The people of this part.
    pub rows: Vec<Row>,
    /// The accounts of their employments.
    pub accounts: HashMap<i64, Account>,
}

/// One line of the list.
pub struct Row {
    /// Who.
    pub person: Person,
    /// Employments, the present ones first.
    pub employments: Vec<Employment>,
    /// Channels, those in use first.
    pub channels: Vec<Channel>,
    /// How it stands with contact, at several accounts where it presses most; `None` for one without a rhythm.
    pub contact: Option<Contact>,
}

/// From where on a part of the list is wanted.
#[derive(Clone, Copy, Debug)]
enum From {
    /// From so many people on.
    Place(usize),
    /// After this person, who was the last one told of; `None` from the first on.
    After(Option<i64>),
}

/// A part of the people who fit, from a place on.
pub async fn list(office: &Office, viewer: &Viewer, wanted: &Wanted, offset: u64, limit: u64) -> Result<Found, Fault> {
    part(office, viewer, wanted, From::Place(usize::try_from(offset).unwrap_or(usize::MAX)), limit as usize).await
}

/// The people who fit after one of them, in their order. Nobody is found by a slip of the finger here.
pub async fn after(office: &Office, viewer: &Viewer, wanted: &Wanted, id: Option<i64>, limit: u64) -> Result<Found, Fault> {
    part(office, viewer, wanted, From::After(id), limit as usize).await
}

async fn part(office: &Office, viewer: &Viewer, wanted: &Wanted, from: From, limit: usize) -> Result<Found, Fault> {
    require(viewer, Right::SeeFigures)?;
    let roll = roll::current(office).await?;
    let book = Book::open(office, viewer).await?;
    let contacts = match wanted.needs_contacts() {
        true => cadence::actions::of_people(office, &book, &book.everybody(|id| viewer.sight.sees(id))).await?,
        false => HashMap::new(),
    };
    let companies = match wanted.sort {
        Sort::Company => companies(office, &roll).await?,
        _ => Arc::default(),
    };
    let source = Source { roll: &roll, companies: &companies, viewer, contacts: &contacts, today: office.today() };
    let fitting = source.fitting(wanted);
    let mut found = saying(office, &source, fitting.clone(), wanted).await?;
    let mut is_similar = false;
    let skip = match from {
        From::Place(_) if found.is_empty() => {
            found = source.similar(&fitting, &wanted.text);
            is_similar = !found.is_empty();
            0
        }
        From::Place(place) => {
            source.put_in_order(&mut found, wanted.sort, place, place.saturating_add(limit));
            place
        }
        From::After(id) => {
            let count = found.len();
            source.put_in_order(&mut found, wanted.sort, 0, count);
            behind(&roll, &found, wanted.sort, id)?
        }
    };
    let ids: Vec<i64> = found.iter().skip(skip).take(limit).map(|&place| roll.id(place as usize)).collect();
    let people = store::find_all(office.db.read(), viewer, &ids).await?;
    let (mut rows, accounts) = rows(office, viewer, &book, people).await?;
    let places: HashMap<i64, usize> = ids.iter().copied().zip(0..).collect();
    rows.sort_by_key(|row| places.get(&row.person.id).copied());
    Ok(Found { total: found.len() as u64, is_similar, rows, accounts })
}

/// Where those begin who come after a person.
fn behind(roll: &Roll, found: &[u32], sort: Sort, id: Option<i64>) -> Result<usize, Fault> {
    let Some(id) = id else { return Ok(0) };
    if sort == Sort::Id {
        // Also who is on the list no longer has a place there.
        return Ok(found.partition_point(|&place| roll.id(place as usize) <= id));
    }
    let place = found.iter().position(|&place| roll.id(place as usize) == id);
    Ok(place.ok_or_else(|| Fault::field("cursor", |t| t.api_cursor_wrong()))? + 1)
}

/// Where the companies of the primary employments stand in the order of names, by place in the roll: found once for each state of accounts and people.
async fn companies(office: &Office, roll: &Arc<Roll>) -> Result<Arc<Vec<u32>>, Fault> {
    let directory = directory::whole(office).await?;
    let key = (roll.revision(), directory.revision());
    let found = async { Ok(list::companies(roll, &directory)) };
    office.companies_of_people.get(&key, found).await
}

/// Those of the people who fit in whose names, addresses and numbers all words occur.
async fn saying(office: &Office, source: &Source<'_>, fitting: Vec<u32>, wanted: &Wanted) -> Result<Vec<u32>, Fault> {
    let words = wanted.words();
    let reached = match words.iter().any(|word| word.len() >= REACHED_FROM) {
        true => Some(source.roll.reached(office).await?),
        false => None,
    };
    Ok(source.saying(fitting, &words, reached))
}

/// These people, as far as this viewer may see them, with what a line of the list shows.
pub async fn of_ids(office: &Office, viewer: &Viewer, ids: &[i64]) -> Result<(Vec<Row>, HashMap<i64, Account>), Fault> {
    require(viewer, Right::SeeFigures)?;
    let people = store::find_all(office.db.read(), viewer, ids).await?;
    rows(office, viewer, &Book::open(office, viewer).await?, people).await
}

/// The people with what a line of the list shows.
async fn rows(office: &Office, viewer: &Viewer, book: &Book, people: Vec<Person>) -> Result<(Vec<Row>, HashMap<i64, Account>), Fault> {
    let db = office.db.read();
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let mut employments = store::employments_of(db, viewer, &ids).await?;
    let mut channels = store::channels_of(db, &ids).await?;
    let all: Vec<Employment> = employments.values().flatten().cloned().collect();
    let accounts = people::actions::accounts_of(office, viewer, &all).await?;
    let persons: BTreeSet<i64> = ids.iter().copied().collect();
    let whom = book.people(all.iter().filter_map(|employment| employment.role.account_id));
    let whom = whom.into_iter().filter(|(_, person_id)| persons.contains(person_id)).collect();
    let contacts = cadence::actions::of_people(office, book, &whom).await?;
    let rows = people.into_iter().map(|person| Row {
        employments: employments.remove(&person.id).unwrap_or_default(),
        channels: channels.remove(&person.id).unwrap_or_default(),
        contact: contacts.get(&person.id).copied(),
        person,
    });
    Ok((rows.collect(), accounts))
}

/// The people of an account.
pub struct AtAccount {
    /// The account.
    pub account: Account,
    /// Everybody who works or worked there, by name, each with the employment there.
    pub people: Vec<(Person, Employment)>,
    /// Their channels.
    pub channels: HashMap<i64, Vec<Channel>>,
    /// How it stands with contact to those who have a rhythm there.
    pub contacts: HashMap<i64, Contact>,
}

/// The people of an account that this viewer may see.
pub async fn at_account(office: &Office, viewer: &Viewer, account_id: i64) -> Result<AtAccount, Fault> {
    let (account, people) = people::actions::of_account(office, viewer, account_id).await?;
    let ids: Vec<i64> = people.iter().map(|(person, _)| person.id).collect();
    let channels = store::channels_of(office.db.read(), &ids).await?;
    let book = Book::open(office, viewer).await?;
    let contacts = cadence::actions::of_people(office, &book, &book.people([account_id])).await?;
    Ok(AtAccount { account, people, channels, contacts })
}

/// The accounts that a number, name, or part of a name stands for.
pub async fn accounts_like(office: &Office, viewer: &Viewer, typed: &str) -> Result<Vec<i64>, Fault> {
    let directory = directory::current(office, viewer).await?;
    if let Sought::Found(id) = find::account(&directory, typed, |id| viewer.sight.sees(id)) {
        return Ok(vec![id]);
    }
    let Some(search) = Search::new(typed) else { return Ok(Vec::new()) };
    let fits = finder::fits(office, &directory, &search, true).await?;
    let fitting = (0..directory.accounts().len()).filter(|&place| fits.at(place).is_some());
    Ok(fitting.map(|place| directory.accounts()[place].id).filter(|&id| viewer.sight.sees(id)).collect())
}
