//! A year of contacts with the demo company's customers: often with those that matter, thinning out with the one that leaves, growing with the newcomer;
//! a decider whom nobody has met for too long, and next steps for today.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use kontor_domain::abc::Class;
use kontor_domain::interaction::{Confidentiality, Kind};
use kontor_domain::rights::Viewer;
use kontor_ledger::generate::random::Random;

use super::invoices::SEED;
use super::story::{STORIES, Tale};
use crate::accounts::directory;
use crate::accounts::store::Account;
use crate::cadence::book::Book;
use crate::fault::Fault;
use crate::interactions::actions::log_many;
use crate::interactions::forms::{NewInteraction, Step};
use crate::office::Office;
use crate::{assignments, people, team};

/// So many days back go the contacts.
const DAYS: i64 = 365;
/// Nobody has met the decider of the largest account for so many days.
const DECIDER_AWAY: i64 = 41;

/// What a contact was about: purpose, and what came of it.
type Talk = (&'static str, &'static str);

#[rustfmt::skip]
const VISITS: [Talk; 9] = [
    ("Jahresgespräch", "Rückblick auf das Jahr, Mengen für das nächste abgestimmt. Preise bleiben bis zum Sommer."),
    ("Rundgang in der Instandhaltung", "Zwei Förderstrecken laufen mit Fremdlagern. Muster dagelassen, Rückmeldung in vier Wochen."),
    ("Rahmenvertrag verlängern", "Laufzeit zwei Jahre, Bonus ab 10 % Zuwachs. Entwurf liegt beim Einkauf."),
    ("Reklamation vor Ort angesehen", "Kette gelängt, Schmierung war zu knapp. Kulanz vereinbart, Schulung angeboten."),
    ("Neue Linie besprochen", "Anlauf im übernächsten Quartal. Bedarf an Antrieben noch offen, Technik schickt Auslegung."),
    ("Lager und Abrufe durchgesehen", "Sicherheitsbestand zu hoch; Abrufe künftig zweimal im Monat."),
    ("Vorstellung der Lagertechnik", "Interesse am Pilotregal. Entscheidung fällt mit dem Budget."),
    ("Besuch mit der Technik", "Auslegung der Wellen geprüft, eine Baugröße kleiner genügt."),
    ("Einkaufsgespräch", "Wettbewerb liegt 3 % darunter, Lieferzeit spricht für uns."),
];
#[rustfmt::skip]
const CALLS: [Talk; 8] = [
    ("Lieferzeit nachgefragt", "Termin gehalten, Teillieferung ist in Ordnung."),
    ("Angebot nachgefasst", "Liegt zur Freigabe, Antwort bis Monatsende."),
    ("Preisanpassung angekündigt", "Verständnis, möchte es schriftlich."),
    ("Kurzer Austausch", "Nichts Dringendes, Auslastung gut."),
    ("Rückfrage zur Rechnung", "Frachtkosten erklärt, Gutschrift nicht nötig."),
    ("Muster besprochen", "Muster läuft, Bericht folgt."),
    ("Bedarf fürs Quartal", "Menge wie im Vorjahr, Kettenräder etwas mehr."),
    ("Termin für den nächsten Besuch", "Vorschlag geschickt."),
];
#[rustfmt::skip]
const VIDEOS: [Talk; 4] = [
    ("Abstimmung Projektplan", "Meilensteine verschoben, neuer Stand im Plan."),
    ("Technische Klärung", "Zeichnung freigegeben, Bestellung folgt."),
    ("Quartalsgespräch", "Zahlen gemeinsam durchgesehen, Liefertreue 97 %."),
    ("Vorführung Kundenportal", "Einkauf möchte Zugang für drei Personen."),
];
#[rustfmt::skip]
const MAILS: [Talk; 6] = [
    ("Angebot geschickt", "Angebot mit drei Varianten, gültig sechs Wochen."),
    ("Preisliste geschickt", "Neue Preisliste ab Januar."),
    ("Zeichnungen erhalten", "An die Technik weitergegeben."),
    ("Danke für das Gespräch", "Protokoll und nächste Schritte zusammengefasst."),
    ("Liefertermin bestätigt", "Kalenderwoche bestätigt."),
    ("Anfrage beantwortet", "Datenblätter beigelegt."),
];
#[rustfmt::skip]
const EVENTS: [Talk; 3] = [
    ("Hausmesse", "Mit vier Leuten da, großes Interesse an den neuen Getrieben."),
    ("Schulung Kettenwartung", "Acht Teilnehmer aus der Instandhaltung, gute Rückmeldung."),
    ("Messestand besucht", "Kurzes Gespräch am Stand, Unterlagen nachgereicht."),
];
const STEPS: [&str; 6] = [
    "Angebot schicken",
    "Muster nachfassen",
    "Auslegung von der Technik holen",
    "Termin mit der Geschäftsführung vereinbaren",
    "Rahmenvertrag zur Unterschrift bringen",
    "Rückmeldung zur Reklamation geben",
];
/// What the leaving account says, from its first doubts on.
#[rustfmt::skip]
const LEAVING: [(i64, Kind, &str, &str); 4] = [
    (172, Kind::Visit, "Gespräch über die Preise", "Neuer Einkaufsleiter, will alles ausschreiben. Ton kühler als sonst."),
    (131, Kind::Call, "Nach der Lagertechnik gefragt", "„Das machen wir gerade anders.“ Mehr war nicht zu erfahren."),
    (96, Kind::Mail, "Termin vorgeschlagen", "Keine Antwort."),
    (83, Kind::Mail, "Noch einmal nachgefragt", "Keine Antwort."),
];

/// Who may take part.
struct Cast<'a> {
    /// Our people, the one responsible first.
    users: &'a [i64],
    /// The customer's people.
    persons: &'a [i64],
}

/// Logs the year.
pub(super) async fn log(office: &Office, operator: &Viewer, today: NaiveDate) -> Result<(), Fault> {
    let book = Book::open(office, operator).await?;
    let directory = directory::current(office, operator).await?;
    let sellers = sellers(office).await?;
    let mut entries = Vec::new();
    for account in directory.accounts() {
        let Some(number) = account.numbers.first().map(|number| number.number.as_str()) else { continue };
        let random = &mut Random::part(SEED, 50_000 + number.parse::<u64>().unwrap_or_default());
        let on_team = assignments::actions::team_of(office, account.id, today).await?;
        let mut users: Vec<i64> = on_team.iter().map(|assignment| assignment.user_id).collect();
        users.dedup();
        if users.is_empty() {
            users.push(sellers[random.below(sellers.len() as u32) as usize]);
        }
        let known = people::store::of_account(office.db.read(), operator, account.id).await?;
        let mut persons: Vec<i64> = known.iter().filter(|(_, job)| job.role.is_open(today)).map(|(person, _)| person.id).collect();
        persons.sort_unstable();
        persons.dedup();
        let tale = STORIES.iter().find(|story| story.number == number).map(|story| story.tale);
        let cast = Cast { users: &users, persons: &persons };
        let mut contacts = contacts(account, book.class(account.id), tale, &cast, today, random);
        if tale == Some(Tale::Dependence)
            && let Some(&first) = persons.first()
        {
            for entry in contacts.iter_mut().filter(|entry| (today - entry.day).num_days() < DECIDER_AWAY) {
                entry.persons.retain(|&person| person != first);
            }
            let meeting = NewInteraction {
                persons: vec![first],
                ..entry(account.id, Kind::Visit, today - Days::new(DECIDER_AWAY.unsigned_abs()), VISITS[0], &cast, random)
            };
            contacts.push(meeting);
        }
        entries.extend(contacts.into_iter().map(|entry| (entry.users.first().copied().unwrap_or(sellers[0]), entry)));
    }
    steps(&mut entries, today);
    entries.sort_by_key(|(_, entry)| (entry.day, entry.minute_of_day));
    log_many(office, operator, entries).await.map(|_| ())
}

/// Those who sell where nobody is on the team.
async fn sellers(office: &Office) -> Result<Vec<i64>, Fault> {
    let users = team::store::all(office.db.read()).await?;
    let mut sellers: Vec<i64> =
        users.iter().filter(|user| user.active && user.role == kontor_domain::team::Role::Member).map(|user| user.id).collect();
    sellers.sort_unstable();
    if sellers.is_empty() { Err(Fault::NotFound) } else { Ok(sellers) }
}

/// The contacts with one account.
fn contacts(
    account: &Account,
    class: Option<Class>,
    tale: Option<Tale>,
    cast: &Cast<'_>,
    today: NaiveDate,
    random: &mut Random,
) -> Vec<NewInteraction> {
    // So many days lie between two contacts, on average; with the small ones there is one now and then, or none.
    let (gap, until) = match (tale, class) {
        (Some(Tale::Leaving), _) => (12, 180),
        (Some(Tale::Dependence), _) => (5, 0),
        (_, Some(Class::A)) => (9, 0),
        (_, Some(Class::B)) => (44, 0),
        (_, Some(Class::C)) => (330, 0),
        (_, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut age = DAYS - random.between(0, gap);
    while age > until {
        // With the newcomer it began five months ago, and there is more of it every month.
        let gap = match tale {
            Some(Tale::Newcomer) if age > 150 => 400,
            Some(Tale::Newcomer) => 4 + age / 14,
            _ => gap,
        };
        if tale != Some(Tale::Newcomer) || age <= 150 {
            let (kind, talk) = talk(random);
            found.push(entry(account.id, kind, workday(today, age), talk, cast, random));
        }
        age = if gap == 400 { 150 } else { age - random.between((gap / 2).max(1), gap + gap / 2) };
    }
    if tale == Some(Tale::Leaving) {
        let said = LEAVING
            .iter()
            .map(|&(age, kind, purpose, outcome)| entry(account.id, kind, workday(today, age), (purpose, outcome), cast, random));
        found.extend(said);
    }
    found
}

fn talk(random: &mut Random) -> (Kind, Talk) {
    match random.below(100) {
        0..24 => (Kind::Visit, *random.pick(&VISITS)),
        24..58 => (Kind::Call, *random.pick(&CALLS)),
        58..70 => (Kind::Video, *random.pick(&VIDEOS)),
        70..97 => (Kind::Mail, *random.pick(&MAILS)),
        _ => (Kind::Event, *random.pick(&EVENTS)),
    }
}

/// The day so long ago; what would fall on a weekend was on the Friday before.
fn workday(today: NaiveDate, age: i64) -> NaiveDate {
    let day = today - Days::new(age.unsigned_abs());
    match day.weekday() {
        Weekday::Sat => day - Days::new(1),
        Weekday::Sun => day - Days::new(2),
        _ => day,
    }
}

fn entry(account_id: i64, kind: Kind, day: NaiveDate, (purpose, outcome): Talk, cast: &Cast<'_>, random: &mut Random) -> NewInteraction {
    let mut persons: Vec<i64> = Vec::new();
    for _ in 0..1 + random.below(3) / 2 {
        if !cast.persons.is_empty() {
            let person = *random.pick(cast.persons);
            if !persons.contains(&person) {
                persons.push(person);
            }
        }
    }
    let lead = if random.chance(800) { cast.users[0] } else { *random.pick(cast.users) };
    let mut users = vec![lead];
    if kind == Kind::Visit && random.chance(350) {
        let second = *random.pick(cast.users);
        if second != lead {
            users.push(second);
        }
    }
    let minutes = match kind {
        Kind::Visit => 60 + 15 * random.below(9),
        Kind::Call => 5 + 5 * random.below(5),
        Kind::Video => 30 + 15 * random.below(3),
        Kind::Mail => 5 + 5 * random.below(2),
        Kind::Event => 120 + 60 * random.below(4),
    };
    let confidentiality = match random.below(100) {
        0 => Confidentiality::Private,
        1..9 => Confidentiality::Team,
        _ => Confidentiality::All,
    };
    NewInteraction {
        account_id,
        kind,
        day,
        minute_of_day: Some(8 * 60 + 15 * random.below(36)),
        minutes,
        purpose: purpose.to_owned(),
        outcome: outcome.to_owned(),
        others: String::new(),
        persons,
        users,
        step: None,
        confidentiality,
    }
}

/// Gives the newest contacts of the best-known accounts their next steps: some for today, some late, some to come.
fn steps(entries: &mut [(i64, NewInteraction)], today: NaiveDate) {
    let mut newest: BTreeMap<i64, usize> = BTreeMap::new();
    for (place, (_, entry)) in entries.iter().enumerate() {
        let known = newest.entry(entry.account_id).or_insert(place);
        if entries[*known].1.day <= entry.day {
            *known = place;
        }
    }
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for (_, entry) in entries.iter() {
        *counts.entry(entry.account_id).or_default() += 1;
    }
    let mut busy: Vec<(i64, usize)> = newest.into_iter().collect();
    busy.sort_by_key(|(account_id, _)| (std::cmp::Reverse(counts.get(account_id).copied().unwrap_or_default()), *account_id));
    for (nth, (_, place)) in busy.into_iter().take(36).enumerate() {
        let (author, entry) = &mut entries[place];
        let due = match nth % 4 {
            0 => today,
            1 => today - Days::new(3),
            2 => today + Days::new(2 + nth as u64 / 2),
            _ => today + Days::new(9),
        };
        entry.step = Some(Step { text: STEPS[nth % STEPS.len()].to_owned(), due: Some(due), user_id: Some(*author) });
        entry.confidentiality = Confidentiality::All;
    }
}
