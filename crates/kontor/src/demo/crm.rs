//! Load data for the records: accounts with figures, people, interactions, of any number, to measure with. Equal arguments give equal data.

use chrono::{Days, NaiveDate};
use kontor_domain::interaction::{Confidentiality, Kind};
use kontor_domain::person::{ChannelKind, Formality, LegalBasis, PersonData, Salutation};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Role as UserRole;
use kontor_ledger::generate::random::Random;
use kontor_ledger::generate::{self, Format, Load};
use kontor_ledger::options::Options;

use super::open::DemoError;
use crate::accounts::directory;
use crate::interactions::forms::NewInteraction;
use crate::office::Office;
use crate::people::forms::{NewPerson, PersonInput};
use crate::people::store::{Origin, Role};
use crate::team::forms::NewUser;
use crate::{interactions, ledger, people, team};

/// How much of each.
#[derive(Clone, Copy, Debug)]
pub struct Crm {
    /// Invoice lines.
    pub lines: u64,
    /// Accounts.
    pub accounts: u32,
    /// People.
    pub people: u32,
    /// Interactions, over the two years before `as_of`.
    pub interactions: u32,
    /// Another seed gives other data of the same kind.
    pub seed: u64,
    /// The day on which the data end.
    pub as_of: NaiveDate,
}

const USERS: u32 = 40;
/// How many records go into one transaction.
const BATCH: usize = 20_000;
const SOURCE: &str = "load";

#[rustfmt::skip]
const FIRST: [&str; 32] = [
    "Anna", "Bernd", "Carla", "Dirk", "Elke", "Frank", "Greta", "Holger", "Inga", "Jens", "Karin", "Lars", "Maren", "Nils", "Olga", "Peter", "Rieke",
    "Sven", "Tanja", "Uwe", "Vera", "Willi", "Ayşe", "Björn", "Çelik", "Dörte", "Jörg", "Käthe", "Łukasz", "Müge", "Søren", "Zoë",
];
#[rustfmt::skip]
const STEMS: [&str; 40] = [
    "Acker", "Berg", "Brink", "Buch", "Dorn", "Eichen", "Falken", "Feld", "Fuchs", "Grün", "Hagen", "Heide", "Hirsch", "Holz", "Kirch", "Klein", "Kreuz",
    "Lange", "Linden", "Löwen", "Mark", "Meer", "Mittel", "Mühl", "Neu", "Nord", "Ober", "Oster", "Rosen", "Roth", "Sand", "Schön", "See", "Sommer",
    "Stein", "Sturm", "Wald", "Weiden", "Wester", "Winter",
];
#[rustfmt::skip]
const ENDINGS: [&str; 30] = [
    "acker", "bach", "bauer", "beck", "born", "brandt", "brück", "burg", "dorf", "eck", "feld", "garten", "hardt", "haus", "heim", "hof", "holt", "horst",
    "kamp", "land", "mann", "meier", "müller", "rath", "reuter", "schmidt", "stein", "thal", "wald", "wirth",
];
const FUNCTIONS: [&str; 8] =
    ["Einkauf", "Leitung Einkauf", "Geschäftsführung", "Produktion", "Instandhaltung", "Entwicklung", "Qualität", "Buchhaltung"];
const PURPOSES: [&str; 6] = ["Jahresgespräch", "Angebot besprochen", "Reklamation", "Lieferplan", "Neues Projekt", "Rahmenvertrag"];

/// Fills an empty office.
pub async fn fill(office: &Office, operator: &Viewer, crm: Crm, tell: impl Fn(&str)) -> Result<(), DemoError> {
    tell("invoice lines");
    book(office, operator, crm).await?;
    let users = users(office, operator).await?;
    let accounts: Vec<i64> = directory::whole(office).await?.accounts().iter().map(|account| account.id).collect();
    tell("people");
    let people = add_people(office, operator, crm, &accounts).await?;
    tell("interactions");
    log(office, operator, crm, &accounts, &people, &users).await
}

async fn book(office: &Office, operator: &Viewer, crm: Crm) -> Result<(), DemoError> {
    let folder = ledger::uploads::folder(&office.config, SOURCE);
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("load.parquet");
    let load = Load { lines: crm.lines, accounts: crm.accounts, seed: crm.seed, as_of: crm.as_of };
    generate::write(&path, Format::Parquet, &load).map_err(crate::fault::Fault::internal)?;
    let file = ledger::uploads::describe(&path)?;
    let id = ledger::actions::upload(office, operator, SOURCE, vec![file], &Options::default()).await?;
    let import = ledger::actions::book(office, operator, id).await?;
    if import.state == ledger::store::State::Booked { Ok(()) } else { Err(DemoError::Stopped) }
}

async fn users(office: &Office, operator: &Viewer) -> Result<Vec<i64>, DemoError> {
    let mut users = Vec::new();
    for number in 1..=USERS {
        let mail = format!("user{number}@load.example").parse().map_err(crate::fault::Fault::internal)?;
        users.push(team::actions::add(office, operator, &NewUser { name: format!("User {number}"), mail, role: UserRole::Member }).await?);
    }
    Ok(users)
}

/// People by account: the accounts at the beginning, which are the large ones, have more of them.
async fn add_people(office: &Office, operator: &Viewer, crm: Crm, accounts: &[i64]) -> Result<Vec<(i64, i64)>, DemoError> {
    let mut random = Random::part(crm.seed, 1);
    let mut known = Vec::with_capacity(crm.people as usize);
    let numbers: Vec<u32> = (0..crm.people).collect();
    for batch in numbers.chunks(BATCH) {
        let mut new = Vec::with_capacity(batch.len());
        for &number in batch {
            let account_id = account_for(&mut random, accounts, number as usize);
            new.push(person(&mut random, account_id, number));
        }
        let ids = people::actions::add_all(office, operator, SOURCE, &new).await?;
        let at = new.iter().filter_map(|person| person.role.as_ref()?.account_id);
        known.extend(at.zip(ids));
    }
    known.sort_unstable();
    Ok(known)
}

/// Everybody gets one in turn; what is left goes to the first tenth.
fn account_for(random: &mut Random, accounts: &[i64], number: usize) -> i64 {
    match accounts.get(number) {
        Some(&account) => account,
        None if random.chance(500) => accounts[random.below((accounts.len() as u32 / 10).max(1)) as usize],
        None => *random.pick(accounts),
    }
}

fn person(random: &mut Random, account_id: i64, number: u32) -> NewPerson {
    let (first, last) = (*random.pick(&FIRST), format!("{}{}", random.pick(&STEMS), random.pick(&ENDINGS)));
    let data = PersonData {
        salutation: Some(if random.chance(500) { Salutation::Ms } else { Salutation::Mr }),
        title: random.chance(60).then(|| "Dr.".to_owned()),
        first_name: first.to_owned(),
        last_name: last,
        formality: Formality::Formal,
        languages: vec!["de".to_owned()],
        birthday: None,
        remark: String::new(),
    };
    let origin = Origin { source: SOURCE.to_owned(), basis: LegalBasis::Interest };
    let channels = vec![(ChannelKind::Mail, format!("person{number}@account{account_id}.example"))];
    let role = Role { account_id: Some(account_id), function: (*random.pick(&FUNCTIONS)).to_owned(), ..Role::default() };
    NewPerson { input: PersonInput { data, channels, origin }, role: Some(role) }
}

async fn log(
    office: &Office,
    operator: &Viewer,
    crm: Crm,
    accounts: &[i64],
    people: &[(i64, i64)],
    users: &[i64],
) -> Result<(), DemoError> {
    let mut random = Random::part(crm.seed, 2);
    let numbers: Vec<u32> = (0..crm.interactions).collect();
    for batch in numbers.chunks(BATCH) {
        let mut entries = Vec::with_capacity(batch.len());
        for &number in batch {
            let account_id = account_for(&mut random, accounts, number as usize);
            let here = &people[people.partition_point(|&(account, _)| account < account_id)..people.partition_point(|&(account, _)| account <= account_id)];
            let user = *random.pick(users);
            let day = crm.as_of.checked_sub_days(Days::new(u64::from(random.below(730)))).unwrap_or(crm.as_of);
            let entry = NewInteraction {
                account_id,
                kind: *random.pick(&Kind::ALL),
                day,
                minute_of_day: Some(480 + random.below(600)),
                minutes: 15 + 15 * random.below(8),
                purpose: (*random.pick(&PURPOSES)).to_owned(),
                outcome: String::new(),
                others: String::new(),
                persons: if here.is_empty() { Vec::new() } else { vec![random.pick(here).1] },
                users: vec![user],
                step: None,
                confidentiality: if random.chance(50) { Confidentiality::Team } else { Confidentiality::All },
            };
            entries.push((user, entry));
        }
        interactions::actions::log_many(office, operator, entries).await?;
    }
    Ok(())
}
