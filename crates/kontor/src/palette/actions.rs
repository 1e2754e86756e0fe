//! Finding, and keeping at hand.

use std::collections::HashMap;

use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Language;
use kontor_domain::view::Kept;

use crate::accounts::directory::{self, Directory};
use crate::accounts::pages::name as account_name;
use crate::aside::aside;
use crate::fault::Fault;
use crate::interactions::last_contacts;
use crate::office::Office;
use crate::people::{roll, store as people};
use crate::team::actions::require;
use crate::valuation::forms::Wanted;
use crate::views::actions as views;
use crate::{settings, valuation};

/// How many records of a kind are offered while somebody types.
const OFFERED: usize = 8;

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kept,
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// What tells it from others of that name: place and number, function and company.
    pub more: String,
}

/// What the palette offers.
#[derive(Debug, Default)]
pub struct Offer {
    /// Accounts, the best first.
    pub accounts: Vec<Found>,
    /// People, the best first.
    pub people: Vec<Found>,
    /// What is kept at hand; while nothing is typed.
    pub favourites: Vec<Found>,
    /// What was looked at last; while nothing is typed.
    pub visits: Vec<Found>,
}

/// Reads what searches and lists keep in memory, so that the first who asks does not wait for it.
pub async fn warm(office: &Office) -> Result<(), Fault> {
    let viewer = Viewer::operator(Language::default());
    // Accounts and people are read side by side.
    let people = {
        let (office, viewer) = (office.clone(), viewer.clone());
        tokio::spawn(async move {
            roll::current(&office).await?;
            office.finder.search(&office, &viewer, "kontor").await
        })
    };
    // The figures first: every page that is opened first shows some.
    let settings = settings::store::current(office.db.read()).await?;
    valuation::actions::value(office, &viewer, &settings, &Wanted::default()).await?;
    let directory = directory::whole(office).await?;
    office.account_finder.search(directory.clone(), "kontor", |_| true).await;
    people.await.map_err(Fault::internal)??;
    let order = aside(move || directory.put_in_order());
    last_contacts::by_account(office).await?;
    order.await?;
    roll::current(office).await?.reached(office).await.map(|_| ())
}

/// What fits what was typed; while nothing is typed, what is kept at hand and was looked at last.
pub async fn offer(office: &Office, viewer: &Viewer, typed: &str) -> Result<Offer, Fault> {
    require(viewer, Right::SeeFigures)?;
    let directory = directory::whole(office).await?;
    if typed.trim().is_empty() {
        let (favourites, visits) = (views::favourites(office, viewer).await?, views::visits(office, viewer).await?);
        let (favourites, visits) =
            (named(office, viewer, &directory, &favourites).await?, named(office, viewer, &directory, &visits).await?);
        return Ok(Offer { favourites, visits, ..Offer::default() });
    }
    let is_seen = |id: i64| viewer.sight.sees(id);
    let accounts = office.account_finder.search(directory.clone(), typed, is_seen).await;
    let people = office.finder.search(office, viewer, typed).await?;
    let first = |hits: &[crate::search::index::Hit], kind| hits.iter().take(OFFERED).map(|hit| (kind, hit.key)).collect::<Vec<_>>();
    let accounts = named(office, viewer, &directory, &first(&accounts, Kept::Account)).await?;
    let people = named(office, viewer, &directory, &first(&people, Kept::Person)).await?;
    Ok(Offer { accounts, people, ..Offer::default() })
}

/// Names for records, in their order; what the viewer may not see, or is archived, is left out.
async fn named(office: &Office, viewer: &Viewer, directory: &Directory, records: &[(Kept, i64)]) -> Result<Vec<Found>, Fault> {
    let ids: Vec<i64> = records.iter().filter(|(kind, _)| *kind == Kept::Person).map(|(_, id)| *id).collect();
    let mut people: HashMap<i64, Found> = HashMap::new();
    if !ids.is_empty() {
        let db = office.db.read();
        let mut employments = people::employments_of(db, viewer, &ids).await?;
        for person in people::find_all(db, viewer, &ids).await?.into_iter().filter(|person| person.archived_at.is_none()) {
            let role =
                employments.remove(&person.id).and_then(|employments| employments.into_iter().next()).map(|employment| employment.role);
            let more = role.map(|role| {
                let company = match role.account_id.and_then(|id| directory.seen(viewer, id)) {
                    Some(account) => account_name(account).to_owned(),
                    None => role.company,
                };
                joined([role.function, company])
            });
            people.insert(
                person.id,
                Found { kind: Kept::Person, id: person.id, name: person.data.full_name(), more: more.unwrap_or_default() },
            );
        }
    }
    let account = |id: i64| {
        let account = directory.seen(viewer, id).filter(|account| !account.is_archived())?;
        let number = account.numbers.first().map(|number| number.number.clone()).unwrap_or_default();
        let city = account.master.city.clone().unwrap_or_default();
        Some(Found { kind: Kept::Account, id, name: account_name(account).to_owned(), more: joined([city, number]) })
    };
    let found = records.iter().filter_map(|&(kind, id)| match kind {
        Kept::Account => account(id),
        Kept::Person => people.get(&id).cloned(),
    });
    Ok(found.collect())
}

fn joined(parts: [String; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Keeps a record at hand, or no longer; only what the viewer may see.
pub async fn set_favourite(office: &Office, viewer: &Viewer, kind: Kept, id: i64, on: bool) -> Result<(), Fault> {
    require(viewer, Right::OwnViews)?;
    let exists = match kind {
        Kept::Account => directory::whole(office).await?.seen(viewer, id).is_some(),
        Kept::Person => people::find(office.db.read(), viewer, id).await?.is_some(),
    };
    // What was kept and can no longer be seen may still be let go.
    if on && !exists {
        return Err(Fault::NotFound);
    }
    views::set_favourite(office, viewer, kind, id, on).await
}
