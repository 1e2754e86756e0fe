//! Verbs about people.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::audit::{Event, FieldChange};
use kontor_domain::person::phone::{Country, country_of};
use kontor_domain::person::{ChannelKind, Datum, PersonData};
use kontor_domain::rights::{Right, Viewer};

use super::forms::{NewPerson, PersonInput, RoleForm, RoleInput};
use super::store::{self, Channel, Employment, Item, NewChannel, NewEmployment, Origin, Person, Provenance, Role};
use crate::accounts;
use crate::accounts::directory::{self, Directory};
use crate::accounts::find::{self, Sought};
use crate::accounts::store::Account;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;

/// A person with all that hangs on it, as far as the viewer may see it.
pub struct Shown {
    /// The person.
    pub person: Person,
    /// Employments, the present ones first.
    pub employments: Vec<Employment>,
    /// Channels, those in use first.
    pub channels: Vec<Channel>,
    /// Where the data are known from.
    pub provenances: Vec<Provenance>,
    /// The accounts of the employments.
    pub accounts: HashMap<i64, Account>,
    /// The names of the people reported to.
    pub superiors: HashMap<i64, String>,
}

impl Shown {
    /// What the company of an employment is called.
    pub fn company(&self, role: &Role) -> String {
        company(&self.accounts, role)
    }
}

/// What the company of an employment is called.
pub fn company(accounts: &HashMap<i64, Account>, role: &Role) -> String {
    let account = role.account_id.and_then(|id| accounts.get(&id));
    account.map_or_else(|| role.company.clone(), |account| accounts::pages::name(account).to_owned())
}

/// One person with all that hangs on it.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Shown, Fault> {
    let db = office.db.read();
    let person = person(office, viewer, id).await?;
    let employments = store::employments(db, viewer, id).await?;
    let superiors: Vec<i64> = employments.iter().filter_map(|employment| employment.role.reports_to).collect();
    Ok(Shown {
        channels: store::channels(db, id).await?,
        provenances: store::provenances(db, id).await?,
        accounts: accounts_of(office, viewer, &employments).await?,
        superiors: store::names(db, viewer, &superiors).await?,
        person,
        employments,
    })
}

/// One person this viewer may see.
pub async fn person(office: &Office, viewer: &Viewer, id: i64) -> Result<Person, Fault> {
    require(viewer, Right::SeeFigures)?;
    store::find(office.db.read(), viewer, id).await?.ok_or(Fault::NotFound)
}

/// The accounts of these employments that the viewer may see.
pub async fn accounts_of(office: &Office, viewer: &Viewer, employments: &[Employment]) -> Result<HashMap<i64, Account>, Fault> {
    let directory = directory::current(office, viewer).await?;
    let ids = employments.iter().filter_map(|employment| employment.role.account_id).filter(|&id| viewer.sight.sees(id));
    Ok(ids.filter_map(|id| Some((id, directory.accounts()[directory.place_of(id)?].as_ref().clone()))).collect())
}

/// One account this viewer may see.
pub async fn account_seen(office: &Office, viewer: &Viewer, id: i64) -> Result<Option<Account>, Fault> {
    let directory = directory::current(office, viewer).await?;
    let place = directory.place_of(id).filter(|_| viewer.sight.sees(id));
    Ok(place.map(|place| directory.accounts()[place].as_ref().clone()))
}

/// How an account is written into a field so that it is found again: by its name, or by its number where several have the name.
pub async fn account_text(office: &Office, viewer: &Viewer, account: &Account) -> Result<String, Fault> {
    let directory = directory::current(office, viewer).await?;
    let name = accounts::pages::name(account);
    let is_clear = find::by_name(&directory, name, |id| viewer.sight.sees(id)).len() == 1;
    let number = account.numbers.first().filter(|_| !is_clear).map(|number| number.number.clone());
    Ok(number.unwrap_or_else(|| name.to_owned()))
}

/// Where a role is, as typed: an account by number or name, or a company outside of all accounts.
pub async fn place(office: &Office, viewer: &Viewer, form: &RoleForm) -> Result<Role, Fault> {
    let company = form.company.split_whitespace().collect::<Vec<_>>().join(" ");
    match form.place.as_str() {
        _ if company.is_empty() => Err(Fault::field("company", |t| t.people_company_missing())),
        "outside" | "prospect" => Ok(Role { company, ..Role::default() }),
        "" | "account" => {
            let directory = directory::current(office, viewer).await?;
            match find::account(&directory, &company, |id| viewer.sight.sees(id)) {
                Sought::Found(id) => Ok(Role { account_id: Some(id), ..Role::default() }),
                Sought::Nothing => Err(Fault::field("company", |t| t.people_account_unknown())),
                Sought::Several(names) => Err(Fault::field("company", move |t| t.people_account_several(names.join(", ")))),
            }
        }
        _ => Err(Fault::field("place", |t| t.people_choice_wrong())),
    }
}

/// Who can be reported to at an account: everybody who works there, except one.
pub async fn superiors(
    office: &Office,
    viewer: &Viewer,
    account_id: Option<i64>,
    except: Option<i64>,
) -> Result<Vec<(i64, String)>, Fault> {
    let Some(account_id) = account_id else { return Ok(Vec::new()) };
    let people = store::of_account(office.db.read(), viewer, account_id).await?;
    let present = people.into_iter().filter(|(person, employment)| employment.role.is_open(office.today()) && Some(person.id) != except);
    Ok(present.map(|(person, _)| (person.id, person.data.full_name())).collect())
}

/// Everybody who works or worked for an account.
pub async fn of_account(office: &Office, viewer: &Viewer, account_id: i64) -> Result<(Account, Vec<(Person, Employment)>), Fault> {
    require(viewer, Right::SeeFigures)?;
    let account = account_seen(office, viewer, account_id).await?.ok_or(Fault::NotFound)?;
    Ok((account, store::of_account(office.db.read(), viewer, account_id).await?))
}

/// Adds a person, where it is known with the place where the person works; gives the id.
pub async fn add(office: &Office, viewer: &Viewer, new: &NewPerson) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    require_born(office, &new.input.data)?;
    if let Some(role) = &new.role {
        check_role(office, viewer, role, None).await?;
    }
    let country = country_for(office, viewer, new.role.as_ref().and_then(|role| role.account_id)).await?;
    let tx = office.db.begin().await?;
    let ids = insert_all(&tx, office, viewer, &[(new, country)]).await?;
    let id = *ids.first().ok_or(Fault::Internal)?;
    let account_id = new.role.as_ref().and_then(|role| role.account_id);
    let event = Event::PersonAdded { person_id: id, name: new.input.data.full_name(), account_id };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

fn require_born(office: &Office, data: &PersonData) -> Result<(), Fault> {
    let born = data.birthday.and_then(|birthday| birthday.in_year(birthday.year()?));
    if born.is_some_and(|day| day > office.today()) { Err(Fault::field("birthday", |t| t.people_birthday_ahead())) } else { Ok(()) }
}

/// Adds many people at once, such as those of another system; gives their ids in the same order.
pub async fn add_all(office: &Office, viewer: &Viewer, source: &str, new: &[NewPerson]) -> Result<Vec<i64>, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let directory = directory::current(office, viewer).await?;
    let mut with_countries = Vec::with_capacity(new.len());
    for person in new {
        let account = match &person.role {
            Some(role) => account_of_role(&directory, viewer, role)?,
            None => None,
        };
        with_countries.push((person, account.and_then(|account| country_of(account.master.country.as_deref()?))));
    }
    let superiors: Vec<i64> = new.iter().filter_map(|person| person.role.as_ref()?.reports_to).collect();
    let known = store::names(office.db.read(), viewer, &superiors).await?;
    if superiors.iter().any(|id| !known.contains_key(id)) {
        return Err(Fault::field("reports_to", |t| t.people_reports_to_wrong()));
    }
    let tx = office.db.begin().await?;
    let ids = insert_all(&tx, office, viewer, &with_countries).await?;
    tx.commit(viewer, now, Event::PeopleAdded { source: source.to_owned(), people: ids.len() as u64 }).await?;
    Ok(ids)
}

/// Writes people with their employments, channels and sources.
pub(super) async fn insert_all(
    tx: &Tx,
    office: &Office,
    viewer: &Viewer,
    new: &[(&NewPerson, Option<Country>)],
) -> Result<Vec<i64>, Fault> {
    let (now, today, by) = (office.now(), office.today(), viewer.user_id);
    let changed = tx.raise(Topic::People).await?;
    let data: Vec<&PersonData> = new.iter().map(|(person, _)| &person.input.data).collect();
    let ids = store::insert(tx.on(), &data, changed, by, now).await?;
    let mut items: Vec<(usize, Datum, i64)> = Vec::new();
    for (place, (person, _)) in new.iter().enumerate() {
        items.extend(known_data(&person.input.data).into_iter().map(|datum| (place, datum, 0)));
    }

    let with_roles = new.iter().enumerate().filter_map(|(place, (person, _))| Some((place, person.role.as_ref()?)));
    let with_roles: Vec<(usize, &Role)> = with_roles.collect();
    let employments = with_roles.iter().map(|&(place, role)| NewEmployment { person_id: ids[place], role, is_primary: true });
    let employed = store::insert_employments(tx.on(), &employments.collect::<Vec<_>>(), by, now).await?;
    items.extend(with_roles.iter().zip(employed).map(|(&(place, _), id)| (place, Datum::Employment, id)));

    let mut channels = Vec::new();
    let mut places = Vec::new();
    for (place, (person, country)) in new.iter().enumerate() {
        for (position, (kind, value)) in (0..).zip(&person.input.channels) {
            channels.push(NewChannel { person_id: ids[place], kind: *kind, value, normal: kind.normal(value, *country), position });
            places.push(place);
        }
    }
    let reached = store::insert_channels(tx.on(), &channels, now).await?;
    items.extend(places.into_iter().zip(reached).map(|(place, id)| (place, Datum::Channel, id)));

    // Sources are mostly the same for all, and written together then.
    let mut of_origin: Vec<(&Origin, Vec<Item>)> = Vec::new();
    for (place, datum, item) in items {
        let origin = &new[place].0.input.origin;
        let known = of_origin.iter_mut().find(|(known, _)| *known == origin);
        match known {
            Some((_, items)) => items.push((ids[place], datum, item)),
            None => of_origin.push((origin, vec![(ids[place], datum, item)])),
        }
    }
    for (origin, items) in of_origin {
        store::set_origins(tx.on(), &items, origin, today, by, now).await?;
    }
    Ok(ids)
}

/// What is known of a person as such.
fn known_data(data: &PersonData) -> Vec<Datum> {
    let mut known: Vec<Datum> =
        data.fields().iter().filter(|(_, value)| value.is_some()).filter_map(|(field, _)| PersonData::datum(field)).collect();
    known.dedup();
    known
}

/// Changes what is known about a person as such. Channels that are left out end today; what is new gets the given source.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, input: &PersonInput) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    require_born(office, &input.data)?;
    let shown = show(office, viewer, id).await?;
    let account_id = shown.employments.first().and_then(|employment| employment.role.account_id);
    let country = country_for(office, viewer, account_id).await?;
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let mut changes = person.data.changes(&input.data);
    let mut items: Vec<Item> = changes
        .iter()
        .filter(|change| change.after.is_some())
        .filter_map(|change| Some((id, PersonData::datum(&change.field)?, 0)))
        .collect();
    items.dedup();
    items.extend(
        change_channels(&tx, office, id, country, &input.channels, &mut changes).await?.into_iter().map(|item| (id, Datum::Channel, item)),
    );
    if changes.is_empty() {
        return Ok(());
    }
    let changed = tx.raise(Topic::People).await?;
    store::update(tx.on(), id, &input.data, changed).await?;
    store::set_origins(tx.on(), &items, &input.origin, office.today(), viewer.user_id, now).await?;
    Ok(tx.commit(viewer, now, Event::PersonChanged { person_id: id, name: input.data.full_name(), changes }).await?)
}

/// Brings the channels in use to those wanted, tells what changed, and gives the ids of new ones.
async fn change_channels(
    tx: &Tx,
    office: &Office,
    id: i64,
    country: Option<Country>,
    wanted: &[(ChannelKind, String)],
    changes: &mut Vec<FieldChange>,
) -> Result<Vec<i64>, Fault> {
    let known = store::channels(tx.on(), id).await?;
    let used: Vec<&Channel> = known.iter().filter(|channel| channel.ended_on.is_none()).collect();
    let gone: Vec<&&Channel> = used.iter().filter(|channel| !wanted.iter().any(|(kind, value)| is_same(channel, *kind, value))).collect();
    for channel in &gone {
        changes.push(FieldChange { field: channel.kind.to_string(), before: Some(channel.value.clone()), after: None });
    }
    store::end_channels(tx.on(), &gone.iter().map(|channel| channel.id).collect::<Vec<_>>(), Some(office.today())).await?;
    let mut new = Vec::new();
    for (position, (kind, value)) in (0_i64..).zip(wanted) {
        match used.iter().find(|channel| is_same(channel, *kind, value)) {
            Some(channel) => store::place_channel(tx.on(), channel.id, position).await?,
            None => {
                changes.push(FieldChange { field: kind.to_string(), before: None, after: Some(value.clone()) });
                new.push(NewChannel { person_id: id, kind: *kind, value, normal: kind.normal(value, country), position });
            }
        }
    }
    Ok(store::insert_channels(tx.on(), &new, office.now()).await?)
}

fn is_same(channel: &Channel, kind: ChannelKind, value: &str) -> bool {
    channel.kind == kind && channel.value == value
}

/// Puts a person away: no lists, no suggestions; history stays.
pub async fn archive(office: &Office, viewer: &Viewer, id: i64, reason: &str) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    if person.archived_at.is_some() {
        return Err(Fault::conflict(|t| t.people_archived_already()));
    }
    let changed = tx.raise(Topic::People).await?;
    store::set_archived(tx.on(), id, Some(now), changed).await?;
    let event = Event::PersonArchived { person_id: id, name: person.data.full_name(), reason: reason.trim().chars().take(500).collect() };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Takes a person out again that was put away.
pub async fn unarchive(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    if person.archived_at.is_none() {
        return Err(Fault::conflict(|t| t.people_archived_not()));
    }
    let changed = tx.raise(Topic::People).await?;
    store::set_archived(tx.on(), id, None, changed).await?;
    Ok(tx.commit(viewer, now, Event::PersonUnarchived { person_id: id, name: person.data.full_name() }).await?)
}

/// Adds an employment to a person; gives its id.
pub async fn add_employment(office: &Office, viewer: &Viewer, id: i64, input: &RoleInput, origin: &Origin) -> Result<i64, Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    check_role(office, viewer, &input.role, Some(id)).await?;
    let company = company_named(office, viewer, &input.role).await?;
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let is_first = store::employments(tx.on(), viewer, id).await?.iter().all(|employment| !employment.role.is_open(office.today()));
    let new = NewEmployment { person_id: id, role: &input.role, is_primary: false };
    let employed = *store::insert_employments(tx.on(), &[new], viewer.user_id, now).await?.first().ok_or(Fault::Internal)?;
    if input.is_primary || is_first && input.role.is_open(office.today()) {
        store::set_primary(tx.on(), id, Some(employed)).await?;
    }
    let changed = tx.raise(Topic::People).await?;
    store::touch(tx.on(), &[id], changed).await?;
    store::set_origins(tx.on(), &[(id, Datum::Employment, employed)], origin, office.today(), viewer.user_id, now).await?;
    let event = Event::EmploymentAdded { person_id: id, name: person.data.full_name(), account_id: input.role.account_id, company };
    tx.commit(viewer, now, event).await?;
    Ok(employed)
}

/// Changes function, department, superior, days of an employment; where it is, stays. A last day ends it.
pub async fn change_employment(office: &Office, viewer: &Viewer, id: i64, employment_id: i64, input: &RoleInput) -> Result<(), Fault> {
    require(viewer, Right::EditPeople)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let employments = store::employments(tx.on(), viewer, id).await?;
    let before = employments.iter().find(|employment| employment.id == employment_id).ok_or(Fault::NotFound)?;
    let mut after = Role { account_id: before.role.account_id, ..input.role.clone() };
    if after.account_id.is_some() || after.company.is_empty() {
        after.company.clone_from(&before.role.company);
    }
    if after.reports_to != before.role.reports_to {
        check_superior(office, viewer, &after, Some(id)).await?;
    }
    let mut changes = role_changes(employment_id, &before.role, &after);
    if input.is_primary != before.is_primary {
        let yes = |is: bool| Some(if is { "yes" } else { "no" }.to_owned());
        changes.push(FieldChange {
            field: format!("employment.{employment_id}.primary"),
            before: yes(before.is_primary),
            after: yes(input.is_primary),
        });
    }
    if changes.is_empty() {
        return Ok(());
    }
    store::update_employment(tx.on(), employment_id, &after).await?;
    if input.is_primary != before.is_primary {
        store::set_primary(tx.on(), id, input.is_primary.then_some(employment_id)).await?;
    }
    let changed = tx.raise(Topic::People).await?;
    store::touch(tx.on(), &[id], changed).await?;
    let (name, account_id) = (person.data.full_name(), after.account_id);
    let company = company_named(office, viewer, &after).await?;
    Ok(tx.commit(viewer, now, Event::EmploymentChanged { person_id: id, name, account_id, company, changes }).await?)
}

/// What differs between two versions of a role.
pub fn role_changes(employment_id: i64, before: &Role, after: &Role) -> Vec<FieldChange> {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let id = |id: Option<i64>| id.map(|id| id.to_string());
    let fields = [
        ("company", text(&before.company), text(&after.company)),
        ("function", text(&before.function), text(&after.function)),
        ("department", text(&before.department), text(&after.department)),
        ("reports_to", id(before.reports_to), id(after.reports_to)),
        ("from", day(before.from), day(after.from)),
        ("to", day(before.to), day(after.to)),
    ];
    let differing = fields.into_iter().filter(|(_, before, after)| before != after);
    differing.map(|(field, before, after)| FieldChange { field: format!("employment.{employment_id}.{field}"), before, after }).collect()
}

/// Checks that the account of a role is seen, or that a company is named, and that the superior can be one.
pub(super) async fn check_role(office: &Office, viewer: &Viewer, role: &Role, person_id: Option<i64>) -> Result<(), Fault> {
    account_of_role(directory::current(office, viewer).await?.as_ref(), viewer, role)?;
    check_superior(office, viewer, role, person_id).await
}

/// The account of a role, which must be seen; without one, a company must be named.
fn account_of_role<'a>(directory: &'a Directory, viewer: &Viewer, role: &Role) -> Result<Option<&'a Account>, Fault> {
    match role.account_id {
        Some(id) => match directory.seen(viewer, id) {
            Some(account) => Ok(Some(account)),
            None => Err(Fault::field("company", |t| t.people_account_unknown())),
        },
        None if role.company.is_empty() => Err(Fault::field("company", |t| t.people_company_missing())),
        None => Ok(None),
    }
}

/// A superior is somebody else who is seen, and nobody who reports to this person.
async fn check_superior(office: &Office, viewer: &Viewer, role: &Role, person_id: Option<i64>) -> Result<(), Fault> {
    let Some(superior) = role.reports_to else { return Ok(()) };
    let wrong = || Fault::field("reports_to", |t| t.people_reports_to_wrong());
    store::find(office.db.read(), viewer, superior).await?.ok_or_else(wrong)?;
    let (Some(person_id), Some(account_id)) = (person_id, role.account_id) else { return Ok(()) };
    let colleagues = store::of_account(office.db.read(), viewer, account_id).await?;
    let reports: HashMap<i64, i64> =
        colleagues.iter().filter_map(|(person, employment)| Some((person.id, employment.role.reports_to?))).collect();
    let mut above = Some(superior);
    for _ in 0..=reports.len() {
        match above {
            Some(id) if id == person_id => return Err(Fault::field("reports_to", |t| t.people_reports_to_circle())),
            Some(id) => above = reports.get(&id).copied(),
            None => break,
        }
    }
    Ok(())
}

/// The country whose telephone numbers need no prefix: the account's.
pub(super) async fn country_for(office: &Office, viewer: &Viewer, account_id: Option<i64>) -> Result<Option<Country>, Fault> {
    let Some(id) = account_id else { return Ok(None) };
    let account = account_seen(office, viewer, id).await?;
    Ok(account.and_then(|account| country_of(account.master.country.as_deref()?)))
}

/// What the company of a role is called.
pub(super) async fn company_named(office: &Office, viewer: &Viewer, role: &Role) -> Result<String, Fault> {
    let Some(id) = role.account_id else { return Ok(role.company.clone()) };
    let account = account_seen(office, viewer, id).await?;
    Ok(account.map(|account| accounts::pages::name(&account).to_owned()).unwrap_or_default())
}
