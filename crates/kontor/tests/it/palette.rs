//! Search and commands over everything.

use axum::http::{Method, StatusCode};
use kontor::ledger::uploads::describe;
use kontor_domain::person::LegalBasis;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use kontor_ledger::options::Options;
use serde_json::json;

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;
use crate::people::{accounts_named, member, operator, person_at};

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

/// The names of the people who are offered for what this viewer typed.
async fn people_offered(house: &House, viewer: &Viewer, typed: &str) -> Vec<String> {
    let offer = kontor::palette::actions::offer(&house.office, viewer, typed).await.expect("an offer");
    offer.people.into_iter().map(|person| person.name).collect()
}

on_both_databases! {
    async fn people_are_found_by_what_their_company_is_called_now(house: House) {
        book(&house, LINES).await;
        let accounts = kontor::accounts::store::all(house.office.db.read(), &operator()).await.expect("accounts");
        let nordwerk = accounts.iter().find(|account| account.master.name == "Nordwerk GmbH").expect("there").id;
        person_at(&house, nordwerk, "Jens", "Lohse").await;
        assert_eq!(people_offered(&house, &operator(), "nordwerk").await, ["Jens Lohse"]);
        let renamed = String::from_utf8_lossy(LINES).replace("Nordwerk", "Ostwerk").replace("\n2,", "\n3,");
        book(&house, renamed.as_bytes()).await;
        assert_eq!(people_offered(&house, &operator(), "ostwerk").await, ["Jens Lohse"]);
        assert!(people_offered(&house, &operator(), "nordwerk").await.is_empty());
    }
}

on_both_databases! {
    async fn nobody_is_found_by_a_company_that_one_does_not_see(house: House) {
        let accounts = accounts_named(&house, &["Elbe Maschinenbau", "Weser Stahl"]).await;
        let id = person_at(&house, accounts[0], "Jens", "Lohse").await;
        let role = kontor::people::store::Role { account_id: Some(accounts[1]), ..Default::default() };
        let second = kontor::people::forms::RoleInput { role, is_primary: false };
        let origin = kontor::people::store::Origin { source: "card".into(), basis: LegalBasis::Contract };
        kontor::people::actions::add_employment(&house.office, &operator(), id, &second, &origin).await.expect("added");
        let sees_elbe = member(7, Sight::only([accounts[0]]));
        for (typed, is_found) in [("weser", false), ("lohse weser", false), ("elbe", true), ("lohse", true), ("lohse elbe", true)] {
            assert_eq!(!people_offered(&house, &sees_elbe, typed).await.is_empty(), is_found, "{typed}");
            assert_eq!(people_offered(&house, &operator(), typed).await, ["Jens Lohse"], "{typed}");
        }
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
