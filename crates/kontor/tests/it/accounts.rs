//! Accounts: as imports bring them, as people change them, and what of it is remembered.

use axum::http::StatusCode;
use kontor::accounts::store::Number;
use kontor::accounts::{actions, directory, erp};
use kontor_domain::account::{ErpData, Field, Key, Lifecycle};
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};

use crate::house::House;
use crate::on_both_databases;

pub fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

pub fn says(name: &str, city: Option<&str>) -> ErpData {
    ErpData { name: Some(name.into()), city: city.map(str::to_owned), ..ErpData::default() }
}

/// What an import would save.
pub async fn import(house: &House, source: &str, seen: Vec<(&str, ErpData)>) -> usize {
    let tx = house.office.db.begin().await.expect("a change");
    let seen = seen.into_iter().map(|(number, says)| (number.to_owned(), says)).collect();
    let added = erp::save(&tx, source, seen, house.office.now()).await.expect("saved");
    let event = Event::ImportBooked { import_id: 1, source: source.into(), files: vec![], lines: 0 };
    tx.commit(&operator(), house.office.now(), event).await.expect("committed");
    added
}

pub async fn id_of(house: &House, source: &str, number: &str) -> i64 {
    let directory = directory::current(&house.office, &operator()).await.expect("accounts");
    directory.accounts()[directory.place(source, number).expect("a known number")].id
}

pub async fn set(house: &House, id: i64, field: &str, value: &str) {
    let values = [(field.parse().expect("a field"), value.to_owned())];
    actions::change(&house.office, &operator(), id, &values).await.expect("changed");
}

on_both_databases! {
    async fn every_number_leads_to_its_account(house: House) {
        let tx = house.office.db.begin().await.expect("a change");
        let seen = (0..1201).map(|place| (format!("K{place}"), says(&format!("Customer {place}"), None))).collect();
        assert_eq!(erp::save(&tx, "erp", seen, house.office.now()).await.expect("saved"), 1201);
        tx.commit(&operator(), house.office.now(), Event::ImportChecked { import_id: 1 }).await.expect("committed");
        let directory = directory::current(&house.office, &operator()).await.expect("accounts");
        assert_eq!(directory.accounts().len(), 1201);
        for account in directory.accounts() {
            let number = account.master.name.replace("Customer ", "K");
            assert_eq!(account.numbers, [Number { source: "erp".into(), number }]);
        }
    }
}

on_both_databases! {
    async fn a_known_account_is_brought_up_to_date_and_keeps_what_the_import_leaves_empty(house: House) {
        import(&house, "erp", vec![("7", says("Elbe", Some("Hamburg")))]).await;
        let nameless = ErpData::default();
        assert_eq!(import(&house, "erp", vec![("7", says("Elbe Maschinenbau", None)), ("8", says("Weser", None)), ("9", nameless.clone())]).await, 2);
        assert_eq!(import(&house, "crm", vec![("7", says("Alster", None))]).await, 1, "another source");
        assert_eq!(import(&house, "erp", vec![("7", nameless)]).await, 0);
        let directory = directory::current(&house.office, &operator()).await.expect("accounts");
        let names: Vec<_> = directory.accounts().iter().map(|account| (account.master.name.as_str(), account.master.city.as_deref())).collect();
        assert_eq!(names, [("Elbe Maschinenbau", Some("Hamburg")), ("Weser", None), ("9", None), ("Alster", None)]);
    }
}

on_both_databases! {
    async fn what_was_set_by_hand_stays_until_it_is_given_back(house: House) {
        import(&house, "erp", vec![("7", says("Elbe GmbH", Some("Hamburg")))]).await;
        let id = id_of(&house, "erp", "7").await;
        set(&house, id, "city", "Bremen").await;
        import(&house, "erp", vec![("7", says("Elbe AG", Some("Lübeck")))]).await;
        let sheet = actions::show(&house.office, &operator(), id).await.expect("the account");
        assert_eq!((sheet.account.master.name.as_str(), sheet.account.master.city.as_deref()), ("Elbe AG", Some("Bremen")));
        assert_eq!(sheet.erp().city.as_deref(), Some("Lübeck"), "what the ERP says is known all the same");
        actions::give_back(&house.office, &operator(), id, Field::City).await.expect("given back");
        assert!(actions::give_back(&house.office, &operator(), id, Field::City).await.is_err(), "there is nothing to give back any more");
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!(account.master.city.as_deref(), Some("Lübeck"));
        import(&house, "erp", vec![("7", says("Elbe AG", Some("Kiel")))]).await;
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!(account.master.city.as_deref(), Some("Kiel"));
    }
}

on_both_databases! {
    async fn a_prospect_that_gets_a_number_and_is_invoiced_is_active(house: House) {
        let name = ("name".parse().expect("a field"), "Elbe GmbH".to_owned());
        let id = actions::add(&house.office, &operator(), vec![name]).await.expect("added");
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!((account.master.lifecycle, account.master.legal_form.as_deref(), account.numbers.len()), (Lifecycle::Prospect, Some("GmbH"), 0));
        let number = Number { source: "erp".into(), number: "7".into() };
        actions::add_number(&house.office, &operator(), id, &number).await.expect("a number");
        assert_eq!(import(&house, "erp", vec![("7", says("ELBE", Some("Hamburg")))]).await, 0, "it is known");
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!((account.master.name.as_str(), account.master.city.as_deref()), ("Elbe GmbH", Some("Hamburg")), "the name was typed by hand");
        assert_eq!(account.master.lifecycle, Lifecycle::Active);
        assert!(actions::remove_number(&house.office, &operator(), id, &number).await.is_err(), "an import spoke of it");
    }
}

on_both_databases! {
    async fn the_history_of_a_field_shows_every_change_and_restores_any(house: House) {
        import(&house, "erp", vec![("7", says("Elbe GmbH", Some("Hamburg")))]).await;
        let id = id_of(&house, "erp", "7").await;
        import(&house, "erp", vec![("7", says("Elbe GmbH", Some("Lübeck")))]).await;
        set(&house, id, "city", "Bremen").await;
        let history = actions::history(&house.office, &operator(), id, None, 50).await.expect("a history");
        let told: Vec<_> = history.changes.iter().map(|change| {
            let city = change.changes.iter().find(|change| change.field == "city").expect("a change of the city");
            (change.entry.event.kind(), city.before.as_deref(), city.after.as_deref())
        }).collect();
        assert_eq!(told, [("account_changed", Some("Lübeck"), Some("Bremen")), ("import_booked", Some("Hamburg"), Some("Lübeck"))]);
        let import = history.changes[1].entry.id;
        actions::restore(&house.office, &operator(), id, import, "city").await.expect("restored");
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!(account.master.city.as_deref(), Some("Hamburg"));
        assert!(actions::restore(&house.office, &operator(), id, import, "name").await.is_err(), "that event changed no name");
        assert!(actions::restore(&house.office, &operator(), id, 999, "city").await.is_err());
    }
}

on_both_databases! {
    async fn new_accounts_get_their_ids_in_the_order_of_their_numbers_however_they_were_met(house: House) {
        import(&house, "erp", vec![("8", says("Weser AG", None)), ("10", says("Oder KG", None)), ("7", says("Elbe GmbH", None))]).await;
        let ids = [id_of(&house, "erp", "10").await, id_of(&house, "erp", "7").await, id_of(&house, "erp", "8").await];
        assert!(ids.is_sorted(), "{ids:?}");
        import(&house, "erp", vec![("9", says("Aller AG", None)), ("8", says("Weser AG", Some("Bremen"))), ("1", says("Rhein AG", None))]).await;
        let (first, last) = (id_of(&house, "erp", "1").await, id_of(&house, "erp", "9").await);
        assert!(ids[2] < first && first < last, "what is known keeps its id: {ids:?} {first} {last}");
        assert_eq!(id_of(&house, "erp", "8").await, ids[2]);
    }
}

on_both_databases! {
    async fn a_number_is_of_the_source_that_is_known_and_says_whose_it_is_already(house: House) {
        import(&house, "Demo-ERP", vec![("7", says("Elbe GmbH", None)), ("8", says("Weser AG", None))]).await;
        let (elbe, weser) = (id_of(&house, "Demo-ERP", "7").await, id_of(&house, "Demo-ERP", "8").await);
        let number = |number: &str| Number { source: "demo-erp".into(), number: number.into() };
        actions::add_number(&house.office, &operator(), elbe, &number("9")).await.expect("added");
        assert_eq!(id_of(&house, "Demo-ERP", "9").await, elbe);
        let told = |fault: kontor::fault::Fault| fault.message(kontor::web::texts::Texts::of(Language::En));
        let taken = actions::add_number(&house.office, &operator(), elbe, &number("8")).await.map_err(told);
        assert_eq!(taken, Err("This number belongs to Weser AG already.".to_owned()));
        let narrow = Viewer { sight: Sight::only([elbe]), ..operator() };
        let taken = actions::add_number(&house.office, &narrow, elbe, &number("8")).await.map_err(told);
        assert_eq!(taken, Err("This number belongs to an account already.".to_owned()), "{weser} is not seen");
    }
}

on_both_databases! {
    async fn a_history_goes_by_time_however_late_something_was_entered(house: House) {
        import(&house, "erp", vec![("7", says("Elbe GmbH", None))]).await;
        let id = id_of(&house, "erp", "7").await;
        let now = house.office.now();
        for (days, city) in [(1, "Bremen"), (9, "Kiel"), (5, "Lübeck")] {
            let then = house.office.at(now - chrono::TimeDelta::days(days));
            let values = [("city".parse().expect("a field"), city.to_owned())];
            actions::change(&then, &operator(), id, &values).await.expect("changed");
        }
        let cities = |history: &kontor::audit::actions::History| -> Vec<Option<String>> {
            history.changes.iter().map(|change| change.changes[0].after.clone()).collect()
        };
        let mut told = Vec::new();
        let mut before = None;
        loop {
            let history = actions::history(&house.office, &operator(), id, before, 2).await.expect("a history");
            told.extend(cities(&history));
            before = history.changes.last().map(|change| change.entry.id);
            if !history.goes_on {
                break;
            }
        }
        assert_eq!(told, ["Bremen", "Lübeck", "Kiel"].map(|city| Some(city.to_owned())));
    }
}

on_both_databases! {
    async fn addresses_come_go_and_come_back(house: House) {
        let mut browser = house.administrator().await;
        import(&house, "erp", vec![("7", says("Elbe GmbH", None))]).await;
        let id = id_of(&house, "erp", "7").await;
        let wrong = browser.post(&format!("/accounts/{id}/addresses/new"), &[("kind", "delivery"), ("street", "Am Kai 5")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Am Kai 5"), "what was typed stays");
        let form = [("kind", "delivery"), ("addressee", "Werk 2"), ("street", "Am Kai 5"), ("postal_code", "20457"), ("city", "Hamburg")];
        browser.post(&format!("/accounts/{id}/addresses/new"), &form).await;
        let sheet = actions::show(&house.office, &operator(), id).await.expect("the account");
        let address_id = sheet.addresses[0].id;
        browser.post(&format!("/accounts/{id}/addresses/{address_id}"), &[("kind", "delivery"), ("city", "Bremen")]).await;
        browser.post(&format!("/accounts/{id}/addresses/{address_id}/remove"), &[]).await;
        assert!(!browser.get(&format!("/accounts/{id}/master")).await.text().contains("Bremen"));
        let history = actions::history(&house.office, &operator(), id, None, 50).await.expect("a history");
        for place in 0..2 {
            let event = history.changes[place].entry.id;
            let answer = browser.post(&format!("/accounts/{id}/history/{event}/restore"), &[("field", &format!("address.{address_id}"))]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }
        let sheet = actions::show(&house.office, &operator(), id).await.expect("the account");
        assert_eq!((sheet.addresses[0].id, sheet.addresses[0].address.lines().join(", ")), (address_id, "Werk 2, Am Kai 5, 20457 Hamburg".to_owned()));
        let page = browser.get(&format!("/accounts/{id}/history")).await.text();
        assert!(page.contains("Delivery address: Werk 2, Am Kai 5, 20457 Hamburg"), "{page}");
    }
}

on_both_databases! {
    async fn a_form_tells_all_that_is_wrong_and_saves_nothing(house: House) {
        let mut browser = house.administrator().await;
        browser.language = "de";
        import(&house, "erp", vec![("7", says("Elbe GmbH", None))]).await;
        let id = id_of(&house, "erp", "7").await;
        let before = house.events().await.len();
        let form = [("name", ""), ("vat_id", "DE136695977"), ("lei", "529900T8BM49AURSDO56"), ("employees", "viele"), ("website", "javascript:alert(1)"), ("city", "<b>Kiel")];
        let answer = browser.post(&format!("/accounts/{id}/edit"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        for told in ["5 ", "&lt;b&gt;Kiel", "DE136695977", "viele", "#field-website"] {
            assert!(page.contains(told), "{told}");
        }
        assert_eq!(house.events().await.len(), before);
        let unchanged = browser.post(&format!("/accounts/{id}/edit"), &[("name", "Elbe GmbH"), ("lifecycle", "active")]).await;
        assert_eq!(unchanged.status, StatusCode::SEE_OTHER);
        assert_eq!(house.events().await.len(), before, "nothing changed, nothing happened");
    }
}

on_both_databases! {
    async fn a_custom_field_is_there_at_once_and_keeps_its_values_while_hidden(house: House) {
        let mut browser = house.administrator().await;
        import(&house, "erp", vec![("7", says("Elbe GmbH", None))]).await;
        let id = id_of(&house, "erp", "7").await;
        let field = [("kind", "choice"), ("label_de", "Lieferbedingung"), ("label_en", "Terms"), ("choices", "frei Haus | delivered\nab Werk | ex works")];
        browser.post("/settings/fields", &field).await;
        let again = browser.post("/settings/fields", &field).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "its key is taken");
        assert!(browser.get(&format!("/accounts/{id}/edit")).await.text().contains("ex works"));
        browser.post(&format!("/accounts/{id}/edit"), &[("name", "Elbe GmbH"), ("lifecycle", "active"), ("custom.lieferbedingung", "ab Werk")]).await;
        assert!(browser.get(&format!("/accounts/{id}/master")).await.text().contains("ex works"));
        let fields = kontor::accounts::fields::actions::list(&house.office, &operator()).await.expect("fields");
        browser.post(&format!("/settings/fields/{}/archive", fields[0].id), &[]).await;
        assert!(!browser.get(&format!("/accounts/{id}/master")).await.text().contains("ex works"));
        let wrong = browser.post(&format!("/accounts/{id}/field/custom.lieferbedingung"), &[("custom.lieferbedingung", "frei Haus")]).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        browser.post(&format!("/settings/fields/{}/bring-back", fields[0].id), &[]).await;
        assert!(browser.get(&format!("/accounts/{id}/master")).await.text().contains("ex works"));
        // The value can no longer be chosen, but stays where it stands.
        browser.post(&format!("/settings/fields/{}", fields[0].id), &[("label_de", "Bedingung"), ("label_en", "Terms"), ("choices", "frei Haus")]).await;
        let saved = browser.post(&format!("/accounts/{id}/edit"), &[("name", "Elbe GmbH"), ("city", "Kiel"), ("lifecycle", "active"), ("custom.lieferbedingung", "ab Werk")]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
    }
}

on_both_databases! {
    async fn who_does_not_see_an_account_finds_nothing_of_it(house: House) {
        house.administrator().await;
        import(&house, "erp", vec![("7", says("Elbe GmbH", None)), ("8", says("Weser", None))]).await;
        let (seen, hidden) = (id_of(&house, "erp", "7").await, id_of(&house, "erp", "8").await);
        let viewer = Viewer { sight: Sight::only([seen]), role: Role::Member, ..operator() };
        let city = || vec![(Key::Master(Field::City), "Kiel".to_owned())];
        assert!(actions::show(&house.office, &viewer, seen).await.is_ok());
        assert!(matches!(actions::show(&house.office, &viewer, hidden).await, Err(kontor::fault::Fault::NotFound)));
        assert!(matches!(actions::change(&house.office, &viewer, hidden, &city()).await, Err(kontor::fault::Fault::NotFound)));
        assert!(matches!(actions::archive(&house.office, &viewer, hidden).await, Err(kontor::fault::Fault::NotFound)));
        assert!(matches!(actions::history(&house.office, &viewer, hidden, None, 50).await, Err(kontor::fault::Fault::NotFound)));
        let reader = Viewer { role: Role::Viewer, ..viewer };
        assert!(matches!(actions::change(&house.office, &reader, seen, &city()).await, Err(kontor::fault::Fault::Forbidden)));
    }
}

on_both_databases! {
    async fn an_archived_account_keeps_everything_and_comes_back(house: House) {
        let mut browser = house.administrator().await;
        import(&house, "erp", vec![("7", says("Elbe GmbH", Some("Hamburg")))]).await;
        let id = id_of(&house, "erp", "7").await;
        browser.post(&format!("/accounts/{id}/archive"), &[]).await;
        assert!(browser.get(&format!("/accounts/{id}/master")).await.text().contains("archived"));
        assert_eq!(browser.post(&format!("/accounts/{id}/archive"), &[]).await.status, StatusCode::CONFLICT);
        browser.post(&format!("/accounts/{id}/bring-back"), &[]).await;
        let account = directory::account(&house.office, &operator(), id).await.expect("the account");
        assert_eq!((account.is_archived(), account.master.city.as_deref()), (false, Some("Hamburg")));
    }
}
