//! Load data for the records: accounts with figures, people, interactions, teams, of any number, to measure with. Equal arguments give equal data.

use chrono::{Days, NaiveDate};
use kontor_domain::assignment::{Reach, TeamRole};
use kontor_domain::interaction::{Confidentiality, Kind};
use kontor_domain::person::{ChannelKind, Formality, LegalBasis, PersonData, Salutation};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Role as UserRole;
use kontor_ledger::generate::random::Random;
use kontor_ledger::generate::{self, Format, Load};
use kontor_ledger::options::Options;

use super::open::DemoError;
use crate::accounts::directory;
use crate::assignments::actions::{Selection, assign_many};
use crate::assignments::forms::Wanted;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::interactions::forms::{NewInteraction, Step};
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
const BATCH: usize = 100_000;
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
/// Over so many days go the interactions.
const DAYS: u64 = 730;
const OUTCOMES: [&str; 4] = [
    "Mengen für das nächste Jahr abgestimmt, Preise bleiben bis zum Sommer.",
    "Angebot liegt zur Freigabe, Antwort bis Monatsende.",
    "Zeichnung freigegeben, Bestellung folgt. Technik schickt die Auslegung.",
    "",
];
const PURPOSES: [&str; 6] = ["Jahresgespräch", "Angebot besprochen", "Reklamation", "Lieferplan", "Neues Projekt", "Rahmenvertrag"];

const STEPS: [&str; 4] = ["Angebot schicken", "Muster nachfassen", "Termin vereinbaren", "Vertrag vorlegen"];

/// Fills an empty office; `tell` hears what is being made.
///
/// # Errors
/// [`DemoError::NotEmpty`] when there are accounts or people already, or once were.
pub async fn fill(office: &Office, operator: &Viewer, crm: Crm, tell: impl Fn(&str)) -> Result<(), DemoError> {
    let revisions = office.db.revisions().await.map_err(Fault::from)?;
    if [Topic::Accounts, Topic::People, Topic::Interactions].into_iter().any(|topic| revisions.of(topic) > 0) {
        return Err(DemoError::NotEmpty);
    }
    tell("invoice lines");
    book(office, operator, crm).await?;
    let users = add_users(office, operator).await?;
    let accounts: Vec<i64> = directory::whole(office).await?.accounts().iter().map(|account| account.id).collect();
    if accounts.is_empty() {
        return Ok(());
    }
    tell("account teams");
    assign(office, operator, crm, &accounts, &users).await?;
    tell("people");
    let people = add_people(office, operator, crm, &accounts).await?;
    tell("interactions");
    log(office, operator, crm, &Cast { accounts: &accounts, people: &people, users: &users }).await
}

async fn book(office: &Office, operator: &Viewer, crm: Crm) -> Result<(), DemoError> {
    let folder = ledger::uploads::folder(&office.config, SOURCE);
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("load.parquet");
    let load = Load { lines: crm.lines, accounts: crm.accounts, seed: crm.seed, as_of: crm.as_of };
    generate::write(&path, Format::Parquet, &load).map_err(Fault::internal)?;
    let file = ledger::uploads::describe(&path)?;
    let id = ledger::actions::upload(office, operator, SOURCE, vec![file], &Options::default()).await?;
    let import = ledger::actions::book(office, operator, id).await?;
    if import.state == ledger::store::State::Booked { Ok(()) } else { Err(DemoError::Stopped) }
}

async fn add_users(office: &Office, operator: &Viewer) -> Result<Vec<i64>, DemoError> {
    let mut users = Vec::new();
    for number in 1..=USERS {
        let mail = format!("user{number}@load.example").parse().map_err(Fault::internal)?;
        let new = NewUser { name: format!("User {number}"), mail, role: UserRole::Member, unit_id: None };
        users.push(team::actions::add(office, operator, &new).await?);
    }
    Ok(users)
}

/// The accounts at the beginning, a tenth of all, are the large ones.
fn large(accounts: &[i64]) -> &[i64] {
    &accounts[..(accounts.len() / 10).max(1)]
}

/// Each large account has one user as its key account manager, in turn.
async fn assign(office: &Office, operator: &Viewer, crm: Crm, accounts: &[i64], users: &[i64]) -> Result<(), DemoError> {
    let from = crm.as_of.checked_sub_days(Days::new(DAYS)).unwrap_or(crm.as_of);
    for (nth, &user_id) in users.iter().enumerate() {
        let own: Vec<i64> = large(accounts).iter().copied().skip(nth).step_by(users.len()).collect();
        if !own.is_empty() {
            let wanted = Wanted { user_id, role: TeamRole::Kam, reach: Reach::Account, from, to: None, replaces: false };
            assign_many(office, operator, &Selection::Accounts(own), &wanted).await?;
        }
    }
    Ok(())
}

/// People, by account.
async fn add_people(office: &Office, operator: &Viewer, crm: Crm, accounts: &[i64]) -> Result<Vec<(i64, i64)>, DemoError> {
    let mut random = Random::part(crm.seed, 1);
    let mut known = Vec::with_capacity(crm.people as usize);
    let numbers: Vec<u32> = (0..crm.people).collect();
    for batch in numbers.chunks(BATCH) {
        let new: Vec<NewPerson> = batch
            .iter()
            .map(|&number| {
                // Every account gets one in turn; the others are spread.
                let account_id = accounts.get(number as usize).copied().unwrap_or_else(|| any_account(&mut random, accounts));
                person(&mut random, account_id, number)
            })
            .collect();
        let ids = people::actions::add_all(office, operator, SOURCE, &new).await?;
        known.extend(new.iter().filter_map(|person| person.role.as_ref()?.account_id).zip(ids));
    }
    known.sort_unstable();
    Ok(known)
}

/// Half of all goes to the large accounts.
fn any_account(random: &mut Random, accounts: &[i64]) -> i64 {
    let among = if random.chance(500) { large(accounts) } else { accounts };
    *random.pick(among)
}

fn person(random: &mut Random, account_id: i64, number: u32) -> NewPerson {
    let data = PersonData {
        salutation: Some(if random.chance(500) { Salutation::Ms } else { Salutation::Mr }),
        title: random.chance(60).then(|| "Dr.".to_owned()),
        first_name: (*random.pick(&FIRST)).to_owned(),
        last_name: format!("{}{}", random.pick(&STEMS), random.pick(&ENDINGS)),
        formality: Formality::Formal,
        languages: vec!["de".to_owned()],
        birthday: None,
        remark: String::new(),
    };
    let origin = Origin { source: SOURCE.to_owned(), basis: LegalBasis::Interest };
    let channels = vec![(ChannelKind::WorkMail, format!("person{number}@account{account_id}.example"))];
    let role = Role { account_id: Some(account_id), function: (*random.pick(&FUNCTIONS)).to_owned(), ..Role::default() };
    NewPerson { input: PersonInput { data, channels, origin }, role: Some(role) }
}

/// Between whom there are interactions.
struct Cast<'a> {
    accounts: &'a [i64],
    /// Account and person, in order.
    people: &'a [(i64, i64)],
    users: &'a [i64],
}

impl Cast<'_> {
    fn people_at(&self, account_id: i64) -> &[(i64, i64)] {
        let first = self.people.partition_point(|&(account, _)| account < account_id);
        let end = self.people.partition_point(|&(account, _)| account <= account_id);
        &self.people[first..end]
    }
}

/// Interactions in the order of their days, as they come in when they are logged.
async fn log(office: &Office, operator: &Viewer, crm: Crm, cast: &Cast<'_>) -> Result<(), DemoError> {
    let mut random = Random::part(crm.seed, 2);
    let numbers: Vec<u32> = (0..crm.interactions).collect();
    for batch in numbers.chunks(BATCH) {
        let entries = batch.iter().map(|&number| {
            let ago = DAYS * u64::from(crm.interactions - 1 - number) / u64::from(crm.interactions);
            entry(&mut random, cast, crm.as_of, ago)
        });
        interactions::actions::log_many(office, operator, entries.collect()).await?;
    }
    Ok(())
}

/// An interaction so many days ago, with its author.
fn entry(random: &mut Random, cast: &Cast<'_>, as_of: NaiveDate, ago: u64) -> (i64, NewInteraction) {
    let account_id = any_account(random, cast.accounts);
    let here = cast.people_at(account_id);
    let user = *random.pick(cast.users);
    let day = as_of.checked_sub_days(Days::new(ago)).unwrap_or(as_of);
    let step = random.chance(20).then(|| Step {
        text: (*random.pick(&STEPS)).to_owned(),
        due: day.checked_add_days(Days::new(u64::from(random.below(60)))),
        user_id: Some(user),
    });
    let entry = NewInteraction {
        account_id,
        kind: *random.pick(&Kind::ALL),
        day,
        minute_of_day: Some(480 + random.below(600)),
        minutes: 15 + 15 * random.below(8),
        purpose: (*random.pick(&PURPOSES)).to_owned(),
        outcome: (*random.pick(&OUTCOMES)).to_owned(),
        others: String::new(),
        persons: if here.is_empty() { Vec::new() } else { vec![random.pick(here).1] },
        users: vec![user],
        step,
        confidentiality: if random.chance(50) { Confidentiality::Team } else { Confidentiality::All },
    };
    (user, entry)
}
