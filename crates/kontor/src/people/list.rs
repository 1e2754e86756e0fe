//! The list of people: which ones, in which order, which page of them.

pub mod store;

use std::collections::HashMap;

use kontor_domain::rights::{Right, Viewer};

use super::actions;
use super::store::{Channel, Employment, Person};
use crate::accounts::finder;
use crate::accounts::search::{Folded, Search};
use crate::accounts::store::Account;
use crate::fault::Fault;
use crate::groups::find::{self, Sought};
use crate::office::Office;
use crate::search::fold::fold;
use crate::team::actions::require;

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// By last name.
    #[default]
    Name,
    /// By the company of the primary employment.
    Company,
    /// What changed last comes first.
    Changed,
}

/// Which employments count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Everybody who was not put away.
    #[default]
    All,
    /// Who works at one of our accounts today.
    Present,
    /// Who worked at one of our accounts, and does no longer.
    Former,
    /// Who was put away.
    Archived,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the name, a mail address, a telephone number.
    pub text: String,
    /// Only people of these accounts; `None` for all.
    pub accounts: Option<Vec<i64>>,
    /// A part of the function.
    pub function: String,
    /// A part of the department.
    pub department: String,
    /// Which employments count.
    pub state: State,
    /// In which order.
    pub sort: Sort,
}

impl Wanted {
    /// The words looked for, as names are kept for finding.
    fn words(&self) -> Vec<String> {
        let mut folded = String::new();
        fold(&self.text, &mut folded);
        folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

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
}

/// A part of the people who fit, from a place on.
pub async fn list(office: &Office, viewer: &Viewer, wanted: &Wanted, offset: u64, limit: u64) -> Result<Found, Fault> {
    require(viewer, Right::SeeFigures)?;
    let (db, today) = (office.db.read(), office.today());
    let words = wanted.words();
    let mut total = store::count(db, viewer, wanted, &words, today).await?;
    let mut is_similar = false;
    let people = if total > 0 || words.is_empty() {
        store::page(db, viewer, wanted, &words, today, offset, limit).await?
    } else {
        let similar = similar(office, viewer, wanted, &words).await?;
        (total, is_similar) = (similar.len() as u64, !similar.is_empty());
        let ids: Vec<i64> = similar.into_iter().skip(offset as usize).take(limit as usize).collect();
        let mut people = super::store::find_all(db, viewer, &ids).await?;
        people.sort_by_key(|person| ids.iter().position(|&id| id == person.id));
        people
    };
    let (rows, accounts) = rows(office, viewer, people).await?;
    Ok(Found { total, is_similar, rows, accounts })
}

/// People after an id, by id, with what programs are told of them.
pub async fn after(
    office: &Office,
    viewer: &Viewer,
    wanted: &Wanted,
    id: Option<i64>,
    limit: u64,
) -> Result<(Vec<Row>, HashMap<i64, Account>), Fault> {
    require(viewer, Right::SeeFigures)?;
    let people = store::after(office.db.read(), viewer, wanted, &wanted.words(), office.today(), id, limit).await?;
    rows(office, viewer, people).await
}

/// The people with what a line of the list shows.
pub async fn rows(office: &Office, viewer: &Viewer, people: Vec<Person>) -> Result<(Vec<Row>, HashMap<i64, Account>), Fault> {
    let db = office.db.read();
    let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
    let mut employments = super::store::employments_of(db, viewer, &ids).await?;
    let mut channels = super::store::channels_of(db, &ids).await?;
    let all: Vec<Employment> = employments.values().flatten().cloned().collect();
    let accounts = actions::accounts_of(office, viewer, &all).await?;
    let rows = people.into_iter().map(|person| Row {
        employments: employments.remove(&person.id).unwrap_or_default(),
        channels: channels.remove(&person.id).unwrap_or_default(),
        person,
    });
    Ok((rows.collect(), accounts))
}

/// Those whose names hold every word with a slip of the finger, the most similar first.
async fn similar(office: &Office, viewer: &Viewer, wanted: &Wanted, words: &[String]) -> Result<Vec<i64>, Fault> {
    let Some(search) = Search::new(&wanted.text) else { return Ok(Vec::new()) };
    let candidates = store::candidates(office.db.read(), viewer, wanted, words, office.today()).await?;
    let fitting = candidates.into_iter().filter_map(|(id, folded)| Some((search.fits(&Folded::new(&[&folded]))?, id)));
    let mut fitting: Vec<(u32, i64)> = fitting.collect();
    fitting.sort();
    Ok(fitting.into_iter().map(|(_, id)| id).collect())
}

/// The accounts that a number, name, or part of a name stands for.
pub async fn accounts_like(office: &Office, viewer: &Viewer, typed: &str) -> Result<Vec<i64>, Fault> {
    let directory = crate::accounts::directory::current(office, viewer).await?;
    if let Sought::Found(id) = find::account(&directory, typed, |id| viewer.sight.sees(id)) {
        return Ok(vec![id]);
    }
    let Some(search) = Search::new(typed) else { return Ok(Vec::new()) };
    let fits = finder::fits(office, &directory, &search, true).await?;
    let seen = directory.accounts().iter().enumerate().filter(|(_, account)| viewer.sight.sees(account.id));
    Ok(seen.filter(|(place, _)| fits.at(*place).is_some()).map(|(_, account)| account.id).collect())
}
