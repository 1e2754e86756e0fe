//! Load data for the records: as much as asked for, the same for the same arguments, and into an empty office only.

use chrono::NaiveDate;
use kontor::demo::crm::{Crm, fill};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use crate::house::{Browser, House};
use crate::on_both_databases;

fn crm(seed: u64) -> Crm {
    let as_of = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day");
    Crm { lines: 900, accounts: 60, people: 150, interactions: 400, seed, as_of }
}

async fn filled(house: &House, seed: u64) {
    let operator = Viewer::operator(Language::En);
    fill(&house.office, &operator, crm(seed), |_| ()).await.expect("filled");
}

/// What the house holds, as its exports tell it.
async fn exports(browser: &mut Browser) -> Vec<String> {
    let mut all = Vec::new();
    for path in ["/accounts.csv?period=all", "/people.csv", "/interactions.csv", "/accounts/1/invoices.csv"] {
        let file = browser.get(path).await;
        assert_eq!(file.status, axum::http::StatusCode::OK, "{path}");
        all.push(file.text());
    }
    all
}

on_both_databases! {
    async fn an_empty_office_is_filled_with_what_was_asked_for(house: House) {
        let mut browser = house.administrator().await;
        filled(&house, 1).await;
        let made = exports(&mut browser).await;
        let rows: Vec<usize> = made.iter().map(|file| file.trim_end().lines().count() - 1).collect();
        assert_eq!(rows[..3], [60, 150, 400]);
        let users = browser.get("/users").await.text();
        assert!(users.contains("user1@load.example") && users.contains("user40@load.example"));
        let day = kontor::assignments::actions::kams(&house.office, house.office.today()).await.expect("managers");
        assert_eq!(day.len(), 6, "each large account has a key account manager");
        let stored = kontor::interactions::last_contacts::store::stored(house.office.db.read()).await.expect("stored");
        let recomputed = kontor::interactions::last_contacts::store::recomputed(house.office.db.read()).await.expect("counted");
        assert!(stored == recomputed && !stored.is_empty(), "the last contacts are those of the interactions");
    }
}

on_both_databases! {
    async fn equal_arguments_give_equal_data_on_any_database(house: House) {
        let mut browser = house.administrator().await;
        filled(&house, 1).await;
        let (again, other) = (House::on_sqlite().await, House::on_sqlite().await);
        let (mut beside, mut elsewhere) = (again.administrator().await, other.administrator().await);
        filled(&again, 1).await;
        filled(&other, 2).await;
        let made = exports(&mut browser).await;
        assert!(made == exports(&mut beside).await, "the same for the same seed");
        let different = exports(&mut elsewhere).await;
        assert!(made.iter().zip(&different).all(|(one, other)| one != other), "another seed gives others");
    }
}

on_both_databases! {
    async fn an_office_with_accounts_is_left_as_it_is(house: House) {
        let mut browser = house.administrator().await;
        filled(&house, 1).await;
        let before = exports(&mut browser).await;
        let refused = fill(&house.office, &Viewer::operator(Language::En), crm(2), |_| ()).await.expect_err("not empty");
        assert!(refused.to_string().contains("load data go into an empty office"), "{refused}");
        assert!(before == exports(&mut browser).await);
    }
}
