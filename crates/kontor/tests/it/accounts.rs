//! Accounts as imports bring them.

use kontor::accounts::store::{self, Master, Number};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;

use crate::on_both_databases;

fn master(name: &str, city: Option<&str>) -> Master {
    Master { name: name.into(), country: None, postal_code: None, city: city.map(str::to_owned), industry: None }
}

on_both_databases! {
    async fn every_number_leads_to_its_account(house: House) {
        let (db, viewer) = (house.office.db.read(), Viewer::operator(Language::En));
        let seen = (0..1201).map(|place| (format!("K{place}"), master(&format!("Customer {place}"), None))).collect();
        assert_eq!(store::save(db, "erp", seen, house.office.now()).await.expect("saved"), 1201);
        let accounts = store::all(db, &viewer).await.expect("accounts");
        assert_eq!(accounts.len(), 1201);
        for account in &accounts {
            let number = account.master.name.replace("Customer ", "K");
            assert_eq!(account.numbers, [Number { source: "erp".into(), number }]);
        }
    }
}

on_both_databases! {
    async fn a_known_account_is_brought_up_to_date_and_keeps_what_the_import_leaves_empty(house: House) {
        let (db, viewer, now) = (house.office.db.read(), Viewer::operator(Language::En), house.office.now());
        store::save(db, "erp", vec![("7".into(), master("Elbe", Some("Hamburg")))], now).await.expect("saved");
        let again = vec![("7".into(), master("Elbe Maschinenbau", None)), ("8".into(), master("Weser", None))];
        assert_eq!(store::save(db, "erp", again, now).await.expect("saved"), 1);
        assert_eq!(store::save(db, "crm", vec![("7".into(), master("Alster", None))], now).await.expect("saved"), 1, "another source");
        let accounts = store::all(db, &viewer).await.expect("accounts");
        let names: Vec<_> = accounts.iter().map(|account| (account.master.name.as_str(), account.master.city.as_deref())).collect();
        assert_eq!(names, [("Elbe Maschinenbau", Some("Hamburg")), ("Weser", None), ("Alster", None)]);
        assert_eq!(store::find(db, &viewer, accounts[0].id).await.expect("asked").as_ref(), Some(&accounts[0]));
        assert_eq!(store::find(db, &viewer, 999).await.expect("asked"), None);
    }
}
