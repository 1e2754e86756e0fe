//! How many statements a page sends to the database does not depend on how many rows there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::http::{Method, StatusCode};
use kontor::ledger::uploads::describe;
use kontor::web::serve::pages;
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

/// How many statements each page without parameters, and each page of the record with the id 1, needs when it is asked for a second time.
async fn statements(house: &House, browser: &mut Browser) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for route in pages().table().iter().filter(|route| route.method == Method::GET) {
        let path = route.path.replace("{id}", "1");
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
        let few = statements(&house, &mut browser).await;
        assert!(few.len() >= 10 && few.contains_key("/accounts") && few.contains_key("/accounts/1"), "{few:?}");
        book(&house, 4..200).await;
        let many = statements(&house, &mut browser).await;
        for (path, count) in &few {
            assert_eq!(many.get(path), Some(count), "{path}");
            assert!(*count <= 40, "{path} sends {count} statements");
        }
    }
}
