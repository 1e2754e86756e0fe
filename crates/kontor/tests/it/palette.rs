//! Search and commands over everything.

use axum::http::{Method, StatusCode};
use kontor::ledger::uploads::describe;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::team::{Language, Role};
use kontor_ledger::options::Options;
use serde_json::json;

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;

const LINES: &[u8] = b"invoice,date,customer id,customer name,city,net amount\n1,2026-01-05,100,S\xc3\xb6hnke & Cie. KG,Kiel,80.00\n2,2026-02-05,200,Nordwerk GmbH,Bremen,20.00\n";

async fn book(house: &House, lines: &[u8]) {
    let path = house.folder().join("lines.csv");
    std::fs::write(&path, lines).expect("written");
    let operator = Viewer::operator(Language::En);
    let file = describe(&path).expect("described");
    let id = kontor::ledger::actions::upload(&house.office, &operator, "erp", vec![file], &Options::default()).await.expect("uploaded");
    kontor::ledger::actions::book(&house.office, &operator, id).await.expect("booked");
}

on_both_databases! {
    async fn accounts_are_found_by_a_mistyped_name_and_pages_by_theirs(house: House) {
        let mut ada = house.administrator().await;
        book(&house, LINES).await;
        let found = ada.get("/find/list?q=soehnek").await.text();
        assert!(found.contains("Söhnke &amp; Cie. KG") && found.contains("Kiel · 100") && !found.contains("Nordwerk"), "{found}");
        let found = ada.get("/find?q=import").await.text();
        assert!(found.contains("Import invoices") && found.contains("/imports/new"), "{found}");
        let none = ada.get("/find?q=xyzzyxyzzy").await;
        assert!(none.status == StatusCode::OK && none.text().contains("Nothing found"));
    }
}

on_both_databases! {
    async fn an_edited_name_is_found_at_once(house: House) {
        let mut ada = house.administrator().await;
        book(&house, LINES).await;
        assert!(ada.get("/find/list?q=nordwerk").await.text().contains("Nordwerk GmbH"));
        let renamed = String::from_utf8_lossy(LINES).replace("Nordwerk", "Ostwerk").replace("\n2,", "\n3,");
        book(&house, renamed.as_bytes()).await;
        let found = ada.get("/find/list?q=ostwerk").await.text();
        assert!(found.contains("Ostwerk GmbH"), "{found}");
        assert!(!ada.get("/find/list?q=nordwerk").await.text().contains("GmbH"));
    }
}

on_both_databases! {
    async fn what_is_kept_at_hand_is_offered_while_nothing_is_typed(house: House) {
        let mut ada = house.administrator().await;
        book(&house, LINES).await;
        assert!(!ada.get("/find").await.text().contains("Nordwerk"));
        let answer = ada.post("/favourites", &[("kind", "account"), ("id", "2"), ("on", "on")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/accounts/2"));
        assert!(ada.get("/find").await.text().contains("Nordwerk GmbH"));
        ada.post("/favourites", &[("kind", "account"), ("id", "2")]).await;
        assert!(!ada.get("/find").await.text().contains("Nordwerk"));
    }
}

on_both_databases! {
    async fn an_unknown_record_cannot_be_kept_and_wrong_fields_are_named(house: House) {
        house.administrator().await;
        let member = token(&house, Role::Member, Scope::Full).await;
        let put = async |body: serde_json::Value| call(&house, Some(&member), Method::PUT, "/api/v1/favourites", Some(&body)).await;
        assert_eq!(put(json!({"kind": "account", "id": 77, "on": true})).await.status, StatusCode::NOT_FOUND);
        assert_eq!(put(json!({"kind": "person", "id": 77, "on": true})).await.status, StatusCode::NOT_FOUND);
        let wrong = put(json!({"kind": "invoice", "id": 1, "on": true})).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("kind"), "{}", wrong.text());
    }
}
