//! Verbs about the rhythm of contact.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kontor_domain::abc::Class;
use kontor_domain::assignment::TeamRole;
use kontor_domain::audit::Event;
use kontor_domain::cadence::{Interval, LastContacts, Rules, State};
use kontor_domain::rights::{Right, Viewer};

use super::book::{Book, Contact};
use super::store;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::interactions::last_contacts;
use crate::office::Office;
use crate::team::actions::require;
use crate::{accounts, assignments, people};

/// What to look for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only accounts whose KAM this user is today.
    pub kam: Option<i64>,
    /// Only accounts of this class.
    pub class: Option<Class>,
    /// Only this state; all but those that are fine when absent.
    pub state: Option<State>,
}

/// The rules in force.
pub async fn rules(office: &Office, viewer: &Viewer) -> Result<Rules, Fault> {
    require(viewer, Right::SeeFigures)?;
    Ok(store::rules(office.db.read()).await?)
}

/// Sets the rules; setting what is already in force changes nothing and leaves no trace.
pub async fn set_rules(office: &Office, viewer: &Viewer, after: Rules) -> Result<(), Fault> {
    require(viewer, Right::ChangeSettings)?;
    let (tx, now) = (office.db.begin().await?, office.now());
    let before = store::rules(tx.on()).await?;
    if before == after {
        return Ok(());
    }
    store::insert_rules(tx.on(), &after, viewer.user_id, now).await?;
    tx.raise(Topic::Interactions).await?;
    let event = Event::CadenceRulesSet { before: Box::new(before), after: Box::new(after) };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Gives an account, or a person who works there, an interval of its own; `None` lets the rule hold again.
pub async fn set_own(
    office: &Office,
    viewer: &Viewer,
    account_id: i64,
    person_id: Option<i64>,
    after: Option<Interval>,
) -> Result<(), Fault> {
    require(viewer, Right::LogInteractions)?;
    if !viewer.sight.sees(account_id) {
        return Err(Fault::NotFound);
    }
    let (tx, now) = (office.db.begin().await?, office.now());
    let account = accounts::store::find(tx.on(), viewer, account_id).await?.ok_or(Fault::NotFound)?;
    let person = match person_id {
        None => None,
        Some(id) => {
            let known = people::store::of_account(tx.on(), viewer, account_id).await?;
            let person = known.into_iter().find(|(person, _)| person.id == id).map(|(person, _)| person);
            Some(person.ok_or_else(|| Fault::field("person", |t| t.cadence_person_not_here()))?.data.full_name())
        }
    };
    let before = store::own_at(tx.on(), account_id).await?.get(&(account_id, person_id)).copied();
    if before == after {
        return Ok(());
    }
    store::set_own(tx.on(), (account_id, person_id), after, viewer.user_id, now).await?;
    tx.raise(Topic::Interactions).await?;
    let account = accounts::pages::name(&account).to_owned();
    Ok(tx.commit(viewer, now, Event::CadenceSet { account_id, account, person_id, person, before, after }).await?)
}

/// Whom there should be contact with, the most pressing first: accounts and people in sight.
pub async fn list(office: &Office, viewer: &Viewer, filter: Filter) -> Result<Vec<Contact>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let book = Book::open(office, viewer).await?;
    let directory = accounts::directory::current(office, viewer).await?;
    let looked_after: Option<HashSet<i64>> = match filter.kam {
        Some(user_id) => {
            let all = assignments::actions::accounts_of(office, user_id, office.today()).await?;
            Some(all.into_iter().filter(|(_, roles)| roles.contains(&TeamRole::Kam)).map(|(id, _)| id).collect())
        }
        None => None,
    };
    let seen = || directory.accounts().iter().map(|account| account.id).filter(|&id| viewer.sight.sees(id));
    let people = book.everybody(|id| viewer.sight.sees(id) && directory.place_of(id).is_some());
    let last = last_contacts::of_people(office, &people).await?;
    let of_people = people.iter().filter_map(|&(account_id, person_id)| {
        book.person(account_id, person_id, last.get(&(account_id, person_id)).copied().unwrap_or_default())
    });
    let mut found: Vec<Contact> = seen()
        .filter_map(|id| book.account(id))
        .chain(of_people)
        .filter(|contact| filter.class.is_none() || contact.class == filter.class)
        .filter(|contact| filter.state.map_or(contact.standing.state != State::Fine, |state| contact.standing.state == state))
        .filter(|contact| looked_after.as_ref().is_none_or(|accounts| accounts.contains(&contact.account_id)))
        .collect();
    found.sort_by_cached_key(|contact| {
        let (state, over) = contact.standing.pressing_first();
        (state, over, contact.class.map_or(3, |class| class as u8), contact.account_id, contact.person_id)
    });
    Ok(found)
}

/// How it stands with one account, and with its people who have a rhythm, by their role or their own; and the last contacts of everybody there.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The account as a whole.
    pub account: Option<Contact>,
    /// People, by id.
    pub people: BTreeMap<i64, Contact>,
    /// The last contacts, by person; 0 stands for the account.
    pub last: BTreeMap<i64, LastContacts>,
}

/// How it stands with one account.
pub async fn show(office: &Office, viewer: &Viewer, account_id: i64) -> Result<Shown, Fault> {
    require(viewer, Right::SeeFigures)?;
    if !viewer.sight.sees(account_id) {
        return Err(Fault::NotFound);
    }
    let book = Book::open(office, viewer).await?;
    let last = last_contacts::store::of_account(office.db.read(), account_id).await?;
    let people = book.people([account_id]).into_iter().filter_map(|(_, person_id)| {
        let last = last.get(&person_id).copied().unwrap_or_default();
        Some((person_id, book.person(account_id, person_id, last)?))
    });
    Ok(Shown { account: book.account(account_id), people: people.collect(), last })
}

/// How it stands with contact to these people, each at an account, by person: at several accounts where it presses most.
pub async fn of_people(office: &Office, book: &Book, whom: &BTreeSet<(i64, i64)>) -> Result<HashMap<i64, Contact>, Fault> {
    let last = last_contacts::of_people(office, whom).await?;
    let mut found: HashMap<i64, Contact> = HashMap::new();
    for &(account_id, person_id) in whom {
        let last = last.get(&(account_id, person_id)).copied().unwrap_or_default();
        let Some(contact) = book.person(account_id, person_id, last) else { continue };
        let known = found.entry(person_id).or_insert(contact);
        if contact.standing.pressing_first() < known.standing.pressing_first() {
            *known = contact;
        }
    }
    Ok(found)
}

/// Hangs the intervals of one account on another, within the change that merges the two; gives those that moved.
pub async fn move_account_references(tx: &Tx, from: i64, to: i64) -> Result<Vec<i64>, Fault> {
    tx.raise(Topic::Interactions).await?;
    Ok(store::move_account(tx.on(), from, to).await?)
}

/// Takes [`move_account_references`] back.
pub async fn move_account_back(tx: &Tx, moved: &[i64], to: i64) -> Result<(), Fault> {
    tx.raise(Topic::Interactions).await?;
    Ok(store::move_back(tx.on(), moved, Some(to), None).await?)
}

/// Puts one person in another's place, within the change that merges the two; gives the intervals that moved.
pub async fn move_person_references(tx: &Tx, from: i64, to: i64) -> Result<Vec<i64>, Fault> {
    tx.raise(Topic::Interactions).await?;
    Ok(store::move_person(tx.on(), from, to).await?)
}

/// Takes [`move_person_references`] back.
pub async fn move_person_back(tx: &Tx, moved: &[i64], to: i64) -> Result<(), Fault> {
    tx.raise(Topic::Interactions).await?;
    Ok(store::move_back(tx.on(), moved, None, Some(to)).await?)
}
