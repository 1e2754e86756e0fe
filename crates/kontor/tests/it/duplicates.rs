//! Accounts that were entered twice: found, compared, made one of, and parted again.

use axum::http::{Method, StatusCode};
use kontor::accounts::forms::AddressForm;
use kontor::accounts::store::{Account, Number};
use kontor::accounts::{addresses, directory};
use kontor::duplicates::actions::{self, Wanted};
use kontor::fault::Fault;
use kontor_domain::account::ErpData;
use kontor_domain::duplicates::{REPORTED_FROM, Reason};
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::Role;
use serde_json::json;

use crate::accounts::{id_of, import, operator, set};
use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;

fn says(name: &str, postal_code: &str, city: &str) -> ErpData {
    ErpData { name: Some(name.into()), postal_code: Some(postal_code.into()), city: Some(city.into()), ..ErpData::default() }
}

/// Two that are the same, and one that is not; gives their ids.
pub async fn three(house: &House) -> [i64; 3] {
    let seen = vec![
        ("1", says("Müller & Söhne GmbH", "20457", "Hamburg")),
        ("2", says("Mueller u. Soehne GmbH & Co. KG", "20457", "Hamburg")),
        ("3", says("Weser Stahl AG", "28195", "Bremen")),
    ];
    import(house, "erp", seen).await;
    [id_of(house, "erp", "1").await, id_of(house, "erp", "2").await, id_of(house, "erp", "3").await]
}

fn wanted(kept: i64, gone: i64, take: &[&str]) -> Wanted {
    Wanted { kept, gone, take: take.iter().map(|field| field.parse().expect("a field")).collect() }
}

async fn all(house: &House) -> Vec<Account> {
    let directory = directory::current(&house.office, &operator()).await.expect("accounts");
    directory.accounts().iter().map(|account| account.as_ref().clone()).collect()
}

on_both_databases! {
    async fn a_pair_is_reported_until_it_is_merged_or_found_to_be_two(house: House) {
        let [first, second, _] = three(&house).await;
        set(&house, second, "name", "Müller & Söhne").await;
        let report = actions::report(&house.office, &operator(), REPORTED_FROM).await.expect("a report");
        let pairs: Vec<(i64, i64)> = report.iter().map(|suspects| (suspects.pair.first, suspects.pair.second)).collect();
        assert_eq!(pairs, [(first, second)]);
        actions::dismiss(&house.office, &operator(), second, first).await.expect("dismissed");
        assert!(matches!(actions::dismiss(&house.office, &operator(), first, second).await, Err(Fault::Conflict(_))));
        assert!(actions::report(&house.office, &operator(), REPORTED_FROM).await.expect("a report").is_empty());
    }
}

on_both_databases! {
    async fn accounts_are_compared_by_what_reaches_their_people(house: House) {
        let seen = vec![("1", says("Elbe Maschinenbau GmbH", "20457", "Hamburg")), ("2", says("EMB Service", "20457", "Hamburg")), ("3", says("Oder Stahl AG", "15230", "Frankfurt"))];
        import(&house, "erp", seen).await;
        let [elbe, emb, oder] = [id_of(&house, "erp", "1").await, id_of(&house, "erp", "2").await, id_of(&house, "erp", "3").await];
        let at = async |account: i64, name: &str, mail: &str, phone: &str| {
            let mut input = crate::people::input("Kim", name);
            input.channels = vec![(ChannelKind::WorkMail, mail.to_owned()), (ChannelKind::WorkPhone, phone.to_owned())];
            let role = kontor::people::store::Role { account_id: Some(account), ..Default::default() };
            let new = kontor::people::forms::NewPerson { input, role: Some(role.clone()) };
            (kontor::people::actions::add(&house.office, &operator(), &new).await.expect("added"), role)
        };
        let report = async || {
            let found = actions::report(&house.office, &operator(), REPORTED_FROM).await.expect("a report");
            found.into_iter().map(|suspects| (suspects.pair.first, suspects.pair.second, suspects.pair.reasons)).collect::<Vec<_>>()
        };
        at(elbe, "Adler", "adler@elbe.example", "+49 40 66969-12").await;
        at(elbe, "Albers", "albers@gmx.de", "").await;
        at(oder, "Otto", "otto@gmx.de", "+49 335 5550-1").await;
        assert_eq!(report().await, []);
        let (brandt, role) = at(emb, "Brandt", "Brandt@Elbe.example", "040 66969 727").await;
        assert_eq!(report().await, [(elbe, emb, vec![Reason::PostalCode, Reason::MailDomain, Reason::Switchboard])]);

        let mut browser = house.administrator().await;
        let page = browser.get("/duplicates").await.text();
        assert!(page.contains("same postal code, same mail domain, same switchboard"), "{page}");
        let key = token(&house, Role::SalesLead, Scope::Full).await;
        let answer = call(&house, Some(&key), Method::GET, "/api/v1/duplicates", None).await.json();
        assert_eq!(answer["items"][0]["reasons"], json!(["postal_code", "mail_domain", "switchboard"]), "{answer}");

        // Who works at both is no sign that they are one, and who left is none either.
        let role = kontor::people::store::Role { account_id: Some(oder), ..role };
        let origin = kontor::people::store::Origin { source: "card".into(), basis: kontor_domain::person::LegalBasis::Interest };
        let input = kontor::people::forms::RoleInput { role, is_primary: false };
        kontor::people::actions::add_employment(&house.office, &operator(), brandt, &input, &origin).await.expect("added");
        assert_eq!(report().await, []);
    }
}

on_both_databases! {
    async fn a_merged_account_keeps_both_numbers_and_is_parted_again_exactly(house: House) {
        let [kept, gone, _] = three(&house).await;
        let address = AddressForm { kind: "delivery".into(), city: "Kiel".into(), ..AddressForm::default() }.parse().expect("an address");
        addresses::actions::add(&house.office, &operator(), gone, &address).await.expect("added");
        set(&house, gone, "website", "mueller.example").await;
        set(&house, gone, "tags", "Messe").await;
        set(&house, kept, "tags", "Rahmenvertrag").await;
        let before = all(&house).await;
        let id = actions::merge(&house.office, &operator(), &wanted(kept, gone, &["website", "city"])).await.expect("merged");
        let sheet = kontor::accounts::actions::show(&house.office, &operator(), kept).await.expect("the account");
        let number = |number: &str| Number { source: "erp".into(), number: number.into() };
        assert_eq!(sheet.account.numbers, [number("1"), number("2")]);
        assert_eq!(sheet.account.master.website.as_deref(), Some("https://mueller.example"));
        assert_eq!((sheet.account.more.tags.to_string().as_str(), sheet.addresses.len()), ("Messe, Rahmenvertrag", 1));
        assert_eq!(id_of(&house, "erp", "2").await, kept, "invoices of either number are its own");
        let directory = directory::current(&house.office, &operator()).await.expect("accounts");
        assert!(directory.place_of(gone).is_none());
        actions::undo(&house.office, &operator(), id).await.expect("undone");
        assert_eq!(all(&house).await, before);
        assert!(matches!(actions::undo(&house.office, &operator(), id).await, Err(Fault::Conflict(_))));
    }
}

on_both_databases! {
    async fn an_import_knows_both_numbers_and_only_the_first_speaks(house: House) {
        let [kept, gone, _] = three(&house).await;
        actions::merge(&house.office, &operator(), &wanted(kept, gone, &[])).await.expect("merged");
        let added = import(&house, "erp", vec![("1", says("Müller AG", "20457", "Hamburg")), ("2", says("Anders", "1", "Kiel"))]).await;
        let account = directory::account(&house.office, &operator(), kept).await.expect("the account");
        assert_eq!((added, account.master.name.as_str(), account.master.city.as_deref()), (0, "Müller AG", Some("Hamburg")));
    }
}

on_both_databases! {
    async fn merges_are_undone_in_reverse_order(house: House) {
        let [a, b, c] = three(&house).await;
        let before = all(&house).await;
        let first = actions::merge(&house.office, &operator(), &wanted(a, b, &["name"])).await.expect("merged");
        let middle = all(&house).await;
        let second = actions::merge(&house.office, &operator(), &wanted(c, a, &["city", "postal_code"])).await.expect("merged");
        assert!(matches!(actions::undo(&house.office, &operator(), first).await, Err(Fault::Conflict(_))), "the later one first");
        actions::undo(&house.office, &operator(), second).await.expect("undone");
        assert_eq!(all(&house).await, middle);
        actions::undo(&house.office, &operator(), first).await.expect("undone");
        assert_eq!(all(&house).await, before);
    }
}

on_both_databases! {
    async fn what_was_changed_since_a_merge_stays_when_it_is_undone(house: House) {
        let [kept, gone, _] = three(&house).await;
        let id = actions::merge(&house.office, &operator(), &wanted(kept, gone, &["name"])).await.expect("merged");
        set(&house, kept, "name", "Müller Gruppe").await;
        actions::undo(&house.office, &operator(), id).await.expect("undone");
        let account = directory::account(&house.office, &operator(), kept).await.expect("the account");
        assert_eq!(account.master.name, "Müller Gruppe");
    }
}

on_both_databases! {
    async fn only_who_sees_both_may_merge_and_the_old_address_leads_on(house: House) {
        let mut browser = house.administrator().await;
        let [kept, gone, other] = three(&house).await;
        let lead = Viewer { role: Role::SalesLead, sight: Sight::only([kept, other]), ..operator() };
        assert!(matches!(actions::merge(&house.office, &lead, &wanted(kept, gone, &[])).await, Err(Fault::NotFound)));
        let member = Viewer { role: Role::Member, ..operator() };
        assert!(matches!(actions::merge(&house.office, &member, &wanted(kept, gone, &[])).await, Err(Fault::Forbidden)));
        assert!(matches!(actions::merge(&house.office, &operator(), &wanted(kept, kept, &[])).await, Err(Fault::Invalid(_))));
        let page = browser.get(&format!("/duplicates/merge?kept={kept}&gone={gone}")).await.text();
        assert!(page.contains("Mueller u. Soehne") && page.contains("take.name"), "{page}");
        let (kept_text, gone_text) = (kept.to_string(), gone.to_string());
        let answer = browser.post("/duplicates/merge", &[("kept", &kept_text), ("gone", &gone_text), ("take.name", &gone_text)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get(&format!("/accounts/{gone}")).await.location(), format!("/accounts/{kept}"));
        assert!(browser.get("/duplicates/merges").await.text().contains("Mueller u. Soehne"));
    }
}

on_both_databases! {
    async fn programs_find_merge_and_part(house: House) {
        house.administrator().await;
        let [kept, gone, _] = three(&house).await;
        let token = token(&house, Role::SalesLead, Scope::Full).await;
        let found = call(&house, Some(&token), Method::GET, "/api/v1/duplicates?score=60", None).await.json();
        assert_eq!((found["items"][0]["first"]["id"].as_i64(), found["items"][0]["second"]["id"].as_i64()), (Some(kept), Some(gone)));
        let wrong = call(&house, Some(&token), Method::GET, "/api/v1/duplicates?score=101", None).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = json!({"kept": kept, "gone": gone, "take": ["shoe size"]});
        assert_eq!(call(&house, Some(&token), Method::POST, "/api/v1/merges", Some(&body)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = json!({"kept": kept, "gone": gone, "take": ["name"]});
        let merged = call(&house, Some(&token), Method::POST, "/api/v1/merges", Some(&body)).await;
        assert_eq!(merged.status, StatusCode::CREATED, "{}", merged.text());
        let path = format!("/api/v1/merges/{}/undo", merged.json()["id"]);
        assert_eq!(call(&house, Some(&token), Method::POST, &path, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(call(&house, Some(&token), Method::POST, &path, None).await.status, StatusCode::CONFLICT);
    }
}

// Any sequence of merges, undone in reverse, gives the old state: a few sequences from one seed, as each needs a house of its own.
on_both_databases! {
    async fn any_sequence_of_merges_undone_in_reverse_gives_the_old_state(house: House) {
        let names = ["Alster", "Bille", "Dove", "Este", "Ilmenau", "Luhe", "Oste", "Pinnau"];
        import(&house, "erp", names.iter().map(|name| (*name, says(&format!("{name} GmbH"), "20457", "Hamburg"))).collect()).await;
        let mut ids = Vec::new();
        for name in names {
            ids.push(id_of(&house, "erp", name).await);
        }
        set(&house, ids[1], "tags", "a").await;
        set(&house, ids[2], "tags", "b").await;
        set(&house, ids[3], "city", "Kiel").await;
        let mut seed = 7_usize;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..3 {
            let (mut left, mut states, mut merges) = (ids.clone(), vec![all(&house).await], Vec::new());
            for _ in 0..5 {
                let gone = left.remove(next(left.len()));
                let kept = left[next(left.len())];
                let take: Vec<&str> = ["name", "city", "industry", "tags"].into_iter().filter(|_| next(2) == 0).collect();
                merges.push(actions::merge(&house.office, &operator(), &wanted(kept, gone, &take)).await.expect("merged"));
                states.push(all(&house).await);
            }
            while let Some(merge) = merges.pop() {
                assert_eq!(states.pop(), Some(all(&house).await));
                actions::undo(&house.office, &operator(), merge).await.expect("undone");
            }
            assert_eq!(states.pop(), Some(all(&house).await));
        }
    }
}
