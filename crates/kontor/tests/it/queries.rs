//! How many statements a page sends to the database does not depend on how many rows there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::http::{Method, StatusCode};
use chrono::NaiveDate;
use kontor::assignments::actions::{Selection, assign_many};
use kontor::assignments::forms::Wanted;
use kontor::interactions::actions::log_many;
use kontor::interactions::forms::{NewInteraction, Step};
use kontor::ledger::uploads::describe;
use kontor::people::actions::add_all;
use kontor::people::forms::{NewPerson, PersonInput};
use kontor::people::store::{Origin, Role};
use kontor::web::serve::pages;
use kontor_domain::assignment::{Reach, TeamRole};
use kontor_domain::cadence::Interval;
use kontor_domain::interaction::{Confidentiality, Kind};
use kontor_domain::person::{ChannelKind, Formality, LegalBasis, PersonData};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;
use kontor_ledger::options::Options;

use crate::house::{Browser, House};
use crate::on_both_databases;

/// Books one invoice line for each of these accounts.
async fn book(house: &House, accounts: std::ops::Range<u32>) {
    let mut lines = String::from("invoice,date,customer id,customer name,product group,net amount\n");
    for number in accounts {
        writeln!(lines, "{number},2026-02-05,{number},Customer {number},Group {},{}.00", number % 7, 100 + number).expect("a string");
    }
    let path = house.folder().join("lines.csv");
    std::fs::write(&path, lines).expect("written");
    let operator = Viewer::operator(Language::En);
    let file = describe(&path).expect("described");
    let id = kontor::ledger::actions::upload(&house.office, &operator, "erp", vec![file], &Options::default()).await.expect("uploaded");
    kontor::ledger::actions::book(&house.office, &operator, id).await.expect("booked");
}

/// Gives each of these accounts two people, three interactions with a next step, and the first user as its manager.
async fn work(house: &House, accounts: std::ops::Range<i64>) {
    let operator = Viewer::operator(Language::En);
    let people: Vec<NewPerson> = accounts.clone().flat_map(|account| [person(account, "Anna"), person(account, "Bernd")]).collect();
    let persons = add_all(&house.office, &operator, "erp", &people).await.expect("people");
    let interactions = accounts.clone().zip(persons.chunks(2)).flat_map(|(account, persons)| {
        (1..=3).map(move |day| (1, interaction(account, persons.to_vec(), NaiveDate::from_ymd_opt(2026, 11, day).expect("a day"))))
    });
    log_many(&house.office, &operator, interactions.collect()).await.expect("interactions");
    for (account, persons) in accounts.clone().zip(persons.chunks(2)) {
        kontor::cadence::actions::set_own(&house.office, &operator, account, Some(persons[0]), Interval::new(7, 14))
            .await
            .expect("a rhythm");
    }
    let from = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let wanted = Wanted { user_id: 1, role: TeamRole::Kam, reach: Reach::Account, from, to: None, replaces: false };
    assign_many(&house.office, &operator, &Selection::Accounts(accounts.collect()), &wanted).await.expect("assigned");
}

fn person(account: i64, first_name: &str) -> NewPerson {
    let data = PersonData {
        salutation: None,
        title: None,
        first_name: first_name.into(),
        last_name: format!("Muster{account}"),
        formality: Formality::Formal,
        languages: Vec::new(),
        birthday: None,
        remark: String::new(),
    };
    let channels = vec![(ChannelKind::WorkMail, format!("{first_name}@account{account}.example"))];
    let origin = Origin { source: "erp".into(), basis: LegalBasis::Interest };
    let role = Role { account_id: Some(account), function: "Einkauf".into(), ..Role::default() };
    NewPerson { input: PersonInput { data, channels, origin }, role: Some(role) }
}

fn interaction(account_id: i64, persons: Vec<i64>, day: NaiveDate) -> NewInteraction {
    NewInteraction {
        account_id,
        kind: Kind::Visit,
        day,
        minute_of_day: None,
        minutes: 60,
        purpose: "Jahresgespräch".into(),
        outcome: String::new(),
        others: String::new(),
        persons,
        users: vec![1],
        step: Some(Step { text: "Angebot schicken".into(), due: Some(day), user_id: Some(1) }),
        confidentiality: Confidentiality::All,
    }
}

/// What is asked for with parameters.
const ASKED: [&str; 12] = [
    "/find/list?q=custo",
    "/find/list?q=muster",
    "/find/list?q=mutser",
    "/accounts?q=custo&sort=-margin",
    "/accounts?class=B&growth=new&sort=last",
    "/people?q=muster&sort=company",
    "/people?q=mutser",
    "/people?contact=overdue&sort=contact",
    "/people?account=custo&function=eink&state=present&sort=last_contact",
    "/people?q=account1.example&sort=changed",
    "/interactions?text=jahres&kind=visit",
    "/cadence?state=fine",
];

/// How many statements each page without parameters, and each page of the record with the id 1, needs when it is asked for a second time.
async fn statements(house: &House, browser: &mut Browser) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    let table = pages();
    let routes = table.table().iter().filter(|route| route.method == Method::GET).map(|route| route.path.replace("{id}", "1"));
    for path in routes.chain(ASKED.map(str::to_owned)) {
        if path.contains('{') || path.ends_with("csv") || path.ends_with("xlsx") {
            continue;
        }
        let first = browser.get(&path).await;
        if first.status != StatusCode::OK {
            continue;
        }
        let before = house.office.db.statements();
        assert_eq!(browser.get(&path).await.status, StatusCode::OK, "{path}");
        counted.insert(path, house.office.db.statements() - before);
    }
    counted
}

on_both_databases! {
    async fn pages_send_as_many_statements_for_many_rows_as_for_few(house: House) {
        let mut browser = house.administrator().await;
        book(&house, 1..4).await;
        work(&house, 1..4).await;
        let few = statements(&house, &mut browser).await;
        let must = ["/accounts", "/accounts/1", "/accounts/1/people", "/accounts/1/timeline", "/people", "/people/1", "/people/1/timeline", "/interactions", "/my", "/cadence"];
        for path in must.into_iter().chain(ASKED) {
            assert!(few.contains_key(path), "{path} is not among {few:?}");
        }
        book(&house, 4..200).await;
        work(&house, 4..200).await;
        let many = statements(&house, &mut browser).await;
        for (path, count) in &few {
            assert_eq!(many.get(path), Some(count), "{path}");
            assert!(*count <= 40, "{path} sends {count} statements");
        }
    }
}
