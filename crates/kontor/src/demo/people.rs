//! The people at the demo company's customers: about nine hundred, all invented, with functions, departments, superiors and channels.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use kontor_domain::person::{Birthday, ChannelKind, Formality, LegalBasis, NoteKind, PersonData, Salutation};
use kontor_domain::rights::Viewer;
use kontor_ledger::generate::random::Random;

use super::accounts::{self, Account};
use super::invoices::SEED;
use super::open::on;
use super::story::STORIES;
use crate::accounts::directory::{self, Directory};
use crate::fault::Fault;
use crate::office::Office;
use crate::people::forms::{NewPerson, PersonInput};
use crate::people::job::{self, JobChange};
use crate::people::store::{self, Origin, Role};
use crate::people::{actions, notes};

/// A place in a company: function, department, and how far below the top.
type Place = (&'static str, &'static str, usize);

#[rustfmt::skip]
const PLACES: [Place; 9] = [
    ("Geschäftsführung", "Geschäftsleitung", 0),
    ("Leitung Einkauf", "Einkauf", 1),
    ("Technische Leitung", "Technik", 1),
    ("Strategischer Einkauf", "Einkauf", 2),
    ("Leitung Instandhaltung", "Instandhaltung", 1),
    ("Konstruktion", "Technik", 2),
    ("Disposition", "Einkauf", 2),
    ("Produktionsplanung", "Produktion", 2),
    ("Qualitätssicherung", "Qualität", 2),
];

#[rustfmt::skip]
const WOMEN: [&str; 28] = [
    "Anke", "Birte", "Carola", "Dagmar", "Elke", "Frauke", "Gesa", "Heike", "Imke", "Jutta", "Katja", "Levke", "Maren", "Nele", "Okka", "Petra", "Ronja",
    "Silke", "Tanja", "Ulrike", "Vera", "Wencke", "Yvonne", "Zeynep", "Merle", "Svenja", "Aylin", "Ines",
];
#[rustfmt::skip]
const MEN: [&str; 28] = [
    "Arne", "Björn", "Carsten", "Detlef", "Enno", "Fabian", "Gerrit", "Hauke", "Ingo", "Jörn", "Kai", "Lars", "Malte", "Nils", "Ole", "Philipp", "Ralf",
    "Sönke", "Torben", "Uwe", "Volker", "Wolfgang", "Emre", "Henning", "Matthias", "Thies", "Mehmet", "Rüdiger",
];
#[rustfmt::skip]
const LAST: [&str; 60] = [
    "Achterberg", "Behnke", "Clasen", "Dührkop", "Eggers", "Feddersen", "Goldau", "Harms", "Ihnken", "Jürgensen", "Kröger", "Lüders", "Möhle", "Nissen",
    "Oltmanns", "Paulsen", "Quast", "Reimers", "Schlüter", "Thomsen", "Uphoff", "Voss", "Wulff", "Yildirim", "Zander", "Asmussen", "Brodersen", "Carstens",
    "Dierks", "Evers", "Frerichs", "Gräber", "Hölscher", "Iversen", "Jessen", "Kühl", "Lorenzen", "Meinert", "Niebuhr", "Ohlsen", "Plath", "Rathje", "Sievers",
    "Tiedemann", "Ulrichs", "Vollmer", "Wiese", "Aydin", "Bruhn", "Cordes", "Detlefsen", "Ehlers", "Freese", "Gehrke", "Hennings", "Jacobs", "Kolbe",
    "Lührs", "Matzen", "Nagel",
];
/// Women's, men's and last names of a country with names of its own.
type Names = (&'static str, &'static str, [&'static str; 5], [&'static str; 5], [&'static str; 8]);
#[rustfmt::skip]
const ABROAD: [Names; 4] = [
    ("NL", "nl", ["Anouk", "Femke", "Maaike", "Sanne", "Wietske"], ["Bram", "Daan", "Jeroen", "Sjoerd", "Wouter"],
        ["van der Laak", "de Wolde", "Kuiperman", "ter Haar", "Brinkstra", "Oosterveen", "Hoogmeer", "Veldstra"]),
    ("PL", "pl", ["Agnieszka", "Beata", "Ewa", "Joanna", "Monika"], ["Andrzej", "Jacek", "Marek", "Paweł", "Tomasz"],
        ["Bednarowicz", "Dobrowska", "Jasnowicz", "Kamińczyk", "Lesnowski", "Radomiak", "Stalowicz", "Wisniak"]),
    ("CZ", "cs", ["Alena", "Hana", "Jitka", "Lenka", "Petra"], ["Jiří", "Karel", "Milan", "Ondřej", "Tomáš"],
        ["Havrovec", "Lipenský", "Moravek", "Olšan", "Prádlo", "Strojek", "Tesnar", "Zelivský"]),
    ("DK", "da", ["Birgitte", "Ditte", "Kirsten", "Mette", "Signe"], ["Anders", "Jeppe", "Lasse", "Mikkel", "Søren"],
        ["Egelund", "Fjordholt", "Granskov", "Havnegaard", "Lyngtoft", "Ravnkilde", "Skovby", "Vestmark"]),
];
#[rustfmt::skip]
const SOURCES: [(&str, LegalBasis); 4] = [
    ("Visitenkarte", LegalBasis::Interest), ("E-Mail-Signatur", LegalBasis::Interest), ("Rahmenvertrag", LegalBasis::Contract),
    ("Anmeldung zum Workshop", LegalBasis::Consent),
];

/// A person to come: at which account, at which place.
struct Planned<'a> {
    account: &'a Account,
    account_id: i64,
    place: Place,
    /// The place's number within the account.
    number: usize,
}

/// Adds all people, from the top of each company down, then changes one job and writes a few private notes.
pub(super) async fn make(office: &Office, operator: &Viewer, kam: &Viewer, source: &str, today: NaiveDate) -> Result<(), Fault> {
    let random = &mut Random::part(SEED, 7);
    let all = accounts::all(SEED);
    let directory = directory::current(office, operator).await?;
    let planned = plan(&all, &directory, source, random);
    let mut known: BTreeMap<(i64, usize), (i64, &str)> = BTreeMap::new();
    for level in 0..=2 {
        let of_level: Vec<&Planned<'_>> = planned.iter().filter(|planned| planned.place.2 == level).collect();
        let people: Vec<NewPerson> = of_level
            .iter()
            .map(|planned| {
                // The head of the own department, else the top.
                let same = known.iter().find(|((account, number), (_, department))| {
                    *account == planned.account_id && *number > 0 && level == 2 && *department == planned.place.1
                });
                let superior = same.map(|(_, (id, _))| *id).or_else(|| known.get(&(planned.account_id, 0)).map(|(id, _)| *id));
                person(planned, superior, today, random)
            })
            .collect();
        let ids = actions::add_all(office, operator, source, &people).await?;
        for (planned, id) in of_level.iter().zip(ids) {
            if level < 2 {
                known.insert((planned.account_id, planned.number), (id, planned.place.1));
            }
        }
    }
    change_a_job(&on(office, today - Days::new(55)), operator, &directory, source, today).await?;
    write_notes(office, kam, &directory, source).await?;
    enter_twice(office, operator, &directory, source).await
}

/// Somebody at an account with a story who was entered a second time from a mail: the same address, the name spelled as machines do.
async fn enter_twice(office: &Office, operator: &Viewer, directory: &Directory, source: &str) -> Result<(), Fault> {
    let Some(account_id) = account_id(directory, source, 1) else { return Ok(()) };
    let people = store::of_account(office.db.read(), operator, account_id).await?;
    let Some((person, employment)) = people.first() else { return Ok(()) };
    let channels = store::channels(office.db.read(), person.id).await?;
    let spelled = |name: &str| {
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ö", "Oe")]
            .iter()
            .fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
    };
    let data = PersonData {
        first_name: spelled(&person.data.first_name),
        last_name: spelled(&person.data.last_name),
        languages: person.data.languages.clone(),
        ..PersonData::default()
    };
    let channels = channels.into_iter().filter(|channel| channel.kind.is_mail()).map(|channel| (channel.kind, channel.value)).collect();
    let origin = Origin { source: "E-Mail-Signatur".to_owned(), basis: LegalBasis::Interest };
    let role = Role { account_id: Some(account_id), function: employment.role.function.clone(), ..Role::default() };
    let new = NewPerson { input: PersonInput { data, channels, origin }, role: Some(role) };
    actions::add(office, operator, &new).await.map(drop)
}

/// So many people an account has, by what it buys in a year.
fn count(pace_cents: i64, random: &mut Random) -> usize {
    match pace_cents {
        60_000_000.. => 6 + random.below(4) as usize,
        20_000_000.. => 4,
        6_000_000.. => 2 + random.below(3) as usize,
        _ => 1 + usize::from(random.chance(600)),
    }
}

fn plan<'a>(all: &'a [Account], directory: &Directory, source: &str, random: &mut Random) -> Vec<Planned<'a>> {
    let mut planned = Vec::new();
    for account in all {
        let Some(place) = directory.place(source, &account.number) else { continue };
        let account_id = directory.accounts()[place].id;
        // In a small company the buyer is who is known first; the top comes with the second.
        let count = count(account.buying.pace_cents, random).min(PLACES.len());
        let places: Vec<usize> = if count == 1 { vec![1] } else { (0..count).collect() };
        planned.extend(places.into_iter().map(|number| Planned { account, account_id, place: PLACES[number], number }));
    }
    planned
}

fn person(planned: &Planned<'_>, superior: Option<i64>, today: NaiveDate, random: &mut Random) -> NewPerson {
    let is_woman = random.chance(450);
    let country = planned.account.place.country;
    let abroad = ABROAD.iter().find(|names| names.0 == country);
    let (first, last, language) = match abroad {
        Some((_, language, women, men, last)) => (*random.pick(if is_woman { women } else { men }), *random.pick(last), *language),
        None => (*random.pick(if is_woman { &WOMEN } else { &MEN }), *random.pick(&LAST), "de"),
    };
    let is_doctor = planned.place.2 < 2 && random.chance(120);
    let birthday = random.chance(500).then(|| birthday(random)).flatten();
    let data = PersonData {
        salutation: Some(if is_woman { Salutation::Ms } else { Salutation::Mr }),
        title: is_doctor.then(|| if planned.place.1 == "Technik" { "Dr.-Ing." } else { "Dr." }.to_owned()),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        formality: if random.chance(150) { Formality::Informal } else { Formality::Formal },
        languages: if language == "de" { vec!["de".to_owned()] } else { vec![language.to_owned(), "en".to_owned()] },
        birthday,
        remark: String::new(),
    };
    let &(origin, basis) = random.pick(&SOURCES);
    let years = random.between(200, 4000) as u64;
    let role = Role {
        account_id: Some(planned.account_id),
        function: planned.place.0.to_owned(),
        department: planned.place.1.to_owned(),
        reports_to: superior,
        from: today.checked_sub_days(Days::new(years)).and_then(|day| day.with_day(1)),
        ..Role::default()
    };
    let channels = channels(planned, first, last, abroad.is_none(), random);
    let origin = Origin { source: origin.to_owned(), basis };
    NewPerson { input: PersonInput { data, channels, origin }, role: Some(role) }
}

fn birthday(random: &mut Random) -> Option<Birthday> {
    let (day, month) = (random.between(1, 28) as u32, random.between(1, 12) as u32);
    let year = random.chance(500).then(|| random.between(1962, 1999) as i32);
    Birthday::new(day, month, year)
}

/// Addresses below a domain that cannot exist, and numbers that are kept free for stories.
fn channels(planned: &Planned<'_>, first: &str, last: &str, is_near: bool, random: &mut Random) -> Vec<(ChannelKind, String)> {
    let word = |text: &str| store::folded(&[text]).replace(' ', "-");
    let company = word(planned.account.name.split(' ').next().unwrap_or_default());
    let mut channels = vec![(ChannelKind::WorkMail, format!("{}.{}@{company}.example", word(first), word(last)))];
    if is_near {
        channels.push((ChannelKind::WorkPhone, format!("+49 40 66969 {:03}", random.below(1000))));
        if random.chance(400) {
            channels.push((ChannelKind::Mobile, format!("+49 171 39200{:02}", random.below(100))));
        }
    }
    channels
}

fn account_id(directory: &Directory, source: &str, story: usize) -> Option<i64> {
    directory.place(source, STORIES[story].number).map(|place| directory.accounts()[place].id)
}

/// The head of buying of one account with a story went to another one two months ago.
async fn change_a_job(office: &Office, operator: &Viewer, directory: &Directory, source: &str, today: NaiveDate) -> Result<(), Fault> {
    let (Some(from), Some(to)) = (account_id(directory, source, 2), account_id(directory, source, 5)) else { return Ok(()) };
    let people = store::of_account(office.db.read(), operator, from).await?;
    let Some((person, employment)) = people.into_iter().find(|(_, employment)| employment.role.function == PLACES[1].0) else {
        return Ok(());
    };
    let Some(last) = today.checked_sub_days(Days::new(60)).and_then(|day| day.with_day(1)).and_then(|day| day.pred_opt()) else {
        return Ok(());
    };
    let role = Role {
        account_id: Some(to),
        function: "Leitung Einkauf und Logistik".to_owned(),
        department: "Einkauf".to_owned(),
        from: last.succ_opt(),
        ..Role::default()
    };
    let origin = Origin { source: "Anruf".to_owned(), basis: LegalBasis::Interest };
    let change =
        JobChange { employment_id: employment.id, last, role, is_prospect: false, end_channels: true, channels: Vec::new(), origin };
    job::change(office, operator, person.id, &change).await.map(drop)
}

/// What the key account manager knows about the people at the first account with a story.
async fn write_notes(office: &Office, kam: &Viewer, directory: &Directory, source: &str) -> Result<(), Fault> {
    let Some(account) = account_id(directory, source, 0) else { return Ok(()) };
    let people = store::of_account(office.db.read(), kam, account).await?;
    let texts = [
        (NoteKind::Opener, "Segelt im Sommer auf der Schlei; fragt gern nach dem Wetter an der Küste."),
        (NoteKind::Preference, "Telefoniert lieber vor neun Uhr; schriftlich nur kurze Mails."),
    ];
    for ((person, _), (kind, text)) in people.iter().zip(texts) {
        notes::actions::add(office, kam, person.id, kind, text).await?;
    }
    Ok(())
}
