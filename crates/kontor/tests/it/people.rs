//! People on the customers' side.

use axum::http::{Method, StatusCode};
use kontor::accounts::store as accounts;
use kontor::address_book::actions::list;
use kontor::address_book::list::{Sort, State, Wanted};
use kontor::people::contacts::actions as contacts;
use kontor::people::forms::{NewPerson, PersonForm, PersonInput};
use kontor::people::notes::actions as notes;
use kontor::people::store::Role;
use kontor::people::{actions, store};
use kontor_domain::account::ErpData;
use kontor_domain::audit::Event;
use kontor_domain::person::{ChannelKind, Datum, NoteKind};
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{self, Language};

use serde_json::{Value, json};

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;

pub fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

/// A member who sees these accounts only.
pub fn member(user_id: i64, sight: Sight) -> Viewer {
    Viewer { user_id, name: "Jana".into(), role: team::Role::Member, language: Language::En, via: Via::Web, sight }
}

/// Accounts of these names in Germany; gives their ids.
pub async fn accounts_named(house: &House, names: &[&str]) -> Vec<i64> {
    let says = |name: &str| ErpData { name: Some(name.into()), country: Some("DE".into()), ..ErpData::default() };
    crate::accounts::import(house, "erp", names.iter().map(|name| (*name, says(name))).collect()).await;
    let all = accounts::all(house.office.db.read(), &operator()).await.expect("accounts");
    names.iter().map(|name| all.iter().find(|account| account.master.name == *name).expect("there").id).collect()
}

/// A person as typed.
pub fn input(first: &str, last: &str) -> PersonInput {
    let form =
        PersonForm { first_name: first.into(), last_name: last.into(), source: "card".into(), basis: "f".into(), ..PersonForm::default() };
    form.parse(kontor::web::format::Locale::of(Language::En)).expect("a person")
}

/// A person who works for an account.
pub async fn person_at(house: &House, account_id: i64, first: &str, last: &str) -> i64 {
    let role = Role { account_id: Some(account_id), function: "Buyer".into(), ..Role::default() };
    let new = NewPerson { input: input(first, last), role: Some(role) };
    actions::add(&house.office, &operator(), &new).await.expect("added")
}

/// What makes changes of people succeed, for the walk over all routes.
pub async fn story(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    if !path.starts_with("/people") && path != "/notices/dismiss" {
        return None;
    }
    let account = accounts_named(house, &["Elbe Maschinenbau", "Weser Stahl"]).await[0];
    let id = person_at(house, account, "Jens", "Lohse").await;
    let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("employments")[0].id;
    let at = path.replace("{id}", &id.to_string()).replace("{employment}", &employment.to_string());
    Some(match path {
        "/people" => (at, vec![("last_name", "Ott"), ("company", "Elbe Maschinenbau"), ("place", "account")]),
        "/people/{id}" => (at, vec![("last_name", "Ott"), ("channel_kind", "work_mail"), ("channel", "ott@elbe.example")]),
        "/people/{id}/archive" => (at, vec![("reason", "retired")]),
        "/people/{id}/unarchive" => {
            actions::archive(&house.office, &operator(), id, "").await.expect("archived");
            (at, vec![])
        }
        "/people/{id}/employments" => (at, vec![("company", "Weser Stahl"), ("place", "account"), ("function", "Advisor")]),
        "/people/{id}/employments/{employment}" => (at, vec![("function", "Head of buying"), ("to", "2026-10-31")]),
        "/people/{id}/job" => {
            let employment: &'static str = Box::leak(employment.to_string().into_boxed_str());
            (at, vec![("employment", employment), ("last", "2026-10-31"), ("company", "Weser Stahl"), ("place", "account")])
        }
        "/people/{id}/history/{event}/{place}/restore" => {
            let other = PersonInput {
                data: kontor_domain::person::PersonData { last_name: "Ott".into(), ..input("Jens", "Lohse").data },
                ..input("Jens", "Lohse")
            };
            actions::change(&house.office, &operator(), id, &other).await.expect("changed");
            let event = kontor::people::history::history(&house.office, &operator(), id, None).await.expect("history").changes[0].entry.id;
            (at.replace("{event}", &event.to_string()).replace("{place}", "0"), vec![])
        }
        "/people/{id}/notes" => (at, vec![("kind", "opener"), ("body", "Sails in summer")]),
        "/people/{id}/notes/{note}/end" => {
            let ada = ada(house).await;
            let note = notes::add(&house.office, &ada, id, NoteKind::Opener, "Sails").await.expect("noted");
            (at.replace("{note}", &note.to_string()), vec![])
        }
        "/people/{id}/notes/read" => {
            notes::add(&house.office, &member(999, Sight::All), id, NoteKind::Opener, "Sails").await.expect("noted");
            assign(house, ada(house).await.user_id, account).await;
            (at, vec![])
        }
        "/people/import/{id}" | "/people/import/{id}/take" | "/people/import/{id}/discard" => {
            (path.replace("{id}", &kept(house, &ada(house).await, "Name;Company\nIda Ott;Weser Stahl\n").await.to_string()), vec![])
        }
        "/notices/dismiss" => {
            let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada").id;
            let on = "2026-11-01".parse().expect("a day");
            let notice =
                kontor_domain::notice::Notice::JobChanged { person_id: id, person: "Jens".into(), from: "A".into(), to: "B".into(), on };
            let now = house.office.now();
            kontor::team::notices::store::tell(house.office.db.read(), &[ada].into(), "person:1", &notice, now).await.expect("told");
            (at, vec![])
        }
        _ => return None,
    })
}

/// Ada, as she is in her browser.
async fn ada(house: &House) -> Viewer {
    let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada");
    Viewer { user_id: ada.id, name: ada.name, role: ada.role, language: Language::En, via: Via::Web, sight: Sight::All }
}

/// Puts a user on the team of an account.
async fn assign(house: &House, user_id: i64, account_id: i64) {
    use kontor_domain::assignment::{Reach, TeamRole};
    let from = "2026-01-01".parse().expect("a day");
    let wanted =
        kontor::assignments::forms::Wanted { user_id, role: TeamRole::SalesRep, reach: Reach::Account, from, to: None, replaces: false };
    kontor::assignments::actions::assign(&house.office, &operator(), account_id, &wanted).await.expect("assigned");
}

/// A file with contacts that waits to be taken in.
pub async fn kept(house: &House, viewer: &Viewer, text: &str) -> i64 {
    let path = house.folder().join("contacts.csv");
    std::fs::write(&path, text).expect("written");
    contacts::upload(&house.office, viewer, "contacts.csv", &path).await.expect("kept")
}

/// What makes operations about people succeed.
pub async fn api_story(house: &House, path: &str) -> Option<(String, Value)> {
    if !path.starts_with("/api/v1/people") {
        return None;
    }
    let account = accounts_named(house, &["Elbe Maschinenbau", "Weser Stahl"]).await[0];
    let id = person_at(house, account, "Jens", "Lohse").await;
    let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("employments")[0].id;
    let at = path.replace("/people/1", &format!("/people/{id}"));
    Some(match path {
        "/api/v1/people" => (at, json!({"last_name": "Ott", "employment": {"company": "Weser Stahl", "function": "Buyer"}})),
        "/api/v1/people/1" => (at, json!({"last_name": "Ott", "channels": [{"kind": "mobile", "value": "+49 171 5554729"}]})),
        "/api/v1/people/1/job" => {
            (at, json!({"employment_id": employment, "last": "2026-10-31", "employment": {"company": "Weser Stahl"}}))
        }
        _ => return None,
    })
}

on_both_databases! {
    async fn private_notes_are_for_the_author_and_the_team_and_each_reading_is_told(house: House) {
        let mut admin = house.administrator().await;
        let mut colleague = house.user(team::Role::SalesLead).await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let id = person_at(&house, account, "Jens", "Lohse").await;
        let page = format!("/people/{id}");
        let bad = admin.post(&format!("{page}/notes"), &[("kind", "religion"), ("body", " ")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.post(&format!("{page}/notes"), &[("kind", "opener"), ("body", "Sails in summer")]).await.status, StatusCode::SEE_OTHER);
        assert!(admin.get(&page).await.text().contains("Sails in summer"));
        assert!(!format!("{:?}", house.events().await).contains("Sails"), "the log does not tell what a note says");

        let seen = colleague.get(&page).await.text();
        assert!(!seen.contains("Sails") && !seen.contains("/notes/read"), "not even that there is one");
        assert_eq!(colleague.post(&format!("{page}/notes/read"), &[]).await.status, StatusCode::NOT_FOUND);
        let lead = kontor::team::store::find_by_mail(house.office.db.read(), "sales_lead@example.org").await.expect("asked").expect("there").id;
        assign(&house, lead, account).await;
        let seen = colleague.get(&page).await.text();
        assert!(!seen.contains("Sails") && seen.contains("/notes/read"), "reading is a deliberate act");
        assert!(colleague.post(&format!("{page}/notes/read"), &[]).await.text().contains("Sails in summer"));
        assert!(matches!(&house.events().await[0], Event::NotesRead { notes, .. } if notes.len() == 1));
        assert!(admin.get(&page).await.text().contains("read by The sales_lead"));
        assert_eq!(colleague.post(&format!("{page}/notes/1/end"), &[]).await.status, StatusCode::NOT_FOUND, "not one's own");
        assert_eq!(admin.post(&format!("{page}/notes/1/end"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!admin.get(&page).await.text().contains("Sails"));
    }
}

on_both_databases! {
    async fn a_change_of_job_is_told_to_both_teams_until_they_put_it_away(house: House) {
        house.administrator().await;
        let mut colleague = house.user(team::Role::Member).await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let id = person_at(&house, ids[0], "Jens", "Lohse").await;
        let user = kontor::team::store::find_by_mail(house.office.db.read(), "member@example.org").await.expect("asked").expect("there").id;
        assign(&house, user, ids[1]).await;
        assert!(!colleague.get("/people").await.text().contains("/notices"));
        let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].id.to_string();
        let form = kontor::people::job::JobForm {
            employment,
            last: "2026-10-31".into(),
            role: kontor::people::forms::RoleForm { company: "Weser".into(), ..Default::default() },
            ..Default::default()
        };
        kontor::people::job::enter(&house.office, &operator(), id, &form, kontor::web::format::Locale::of(Language::En)).await.expect("changed");
        assert!(colleague.get("/people").await.text().contains("One notice"));
        assert!(colleague.get("/notices").await.text().contains("Jens Lohse moves from Elbe to Weser (1 Nov 2026)"));
        assert_eq!(colleague.post("/notices/dismiss", &[("id", "9999")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(colleague.post("/notices/dismiss", &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!colleague.get("/people").await.text().contains("One notice"));
    }
}

const CONTACTS: &str = "Vorname;Nachname;Firma;Kundennummer;Position;Telefon (geschäftlich);E-Mail-Adresse\n\
    Jens;Lohse;Elbe;;Leiter;040 1234567;jens@elbe.example\n\
    Ida;Ott;;;;;ida@elbe.example\n\
    Kim;Ahn;Unbekannt AG;;CEO;keine;\n\
    ;;Elbe;;;040 99;\n\
    Kim;Ahn;Unbekannt AG;;;;\n\
    Max;Plath;;Weser;;;max@gmail.com\n";

on_both_databases! {
    async fn contacts_are_previewed_decided_and_taken_in_and_nothing_is_lost(house: House) {
        let mut browser = house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let known = person_at(&house, ids[0], "Jens", "Lohse").await;
        let somebody = input("Anna", "Behn");
        let somebody = PersonInput { channels: vec![(ChannelKind::WorkMail, "anna@elbe.example".into())], ..somebody };
        let role = Role { account_id: Some(ids[0]), ..Role::default() };
        actions::add(&house.office, &operator(), &NewPerson { input: somebody, role: Some(role) }).await.expect("added");

        let answer = browser.upload("/people/import", &[], &[("kontakte.csv", CONTACTS.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let path = answer.location().to_owned();
        let page = browser.get(&path).await.text();
        assert!(page.contains("Line 5: without a name") && page.contains("by mail domain") && page.contains("like line 4"), "{page}");
        assert!(browser.get(&format!("{path}/rejected.csv")).await.text().contains("040 99"));
        let mut other = house.user(team::Role::Member).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "of somebody else");
        let wrong = [("row", "99"), ("choice", "new"), ("account", "")];
        assert_eq!(browser.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = [("row", "1"), ("choice", "update"), ("account", "")];
        assert_eq!(browser.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody to complete");
        let wrong = [("row", "1"), ("choice", "new"), ("account", "Nowhere")];
        assert_eq!(browser.post(&path, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let answer = browser.post(&format!("{path}/take"), &[("source", "Messe"), ("basis", "a")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let Event::ContactsImported { added, updated, skipped, rejected, .. } = house.events().await[0].clone() else { panic!("imported") };
        assert_eq!((added, updated, skipped, rejected), (3, 1, 1, 1));
        let jens = actions::show(&house.office, &operator(), known).await.expect("Jens");
        assert_eq!(jens.employments[0].role.function, "Buyer", "what is known stays");
        assert_eq!(jens.channels.iter().map(|channel| channel.normal.as_str()).collect::<Vec<_>>(), ["+49401234567", "jens@elbe.example"]);
        assert!(jens.provenances.iter().any(|known| known.datum == Datum::Channel && known.origin.source == "Messe"));
        let find = async |text: &str| {
            let wanted = Wanted { text: text.into(), ..Wanted::default() };
            list(&house.office, &operator(), &wanted, 0, 10).await.expect("found").rows.remove(0)
        };
        assert_eq!(find("ida ott").await.employments[0].role.account_id, Some(ids[0]));
        assert_eq!(find("plath").await.employments[0].role.account_id, Some(ids[1]));
        let kim = find("kim ahn").await;
        assert_eq!((kim.employments[0].role.company.as_str(), kim.person.data.remark.as_str()), ("Unbekannt AG", "work_phone: keine"));
        assert_eq!(browser.post(&format!("{path}/take"), &[]).await.status, StatusCode::CONFLICT, "once only");
    }
}

on_both_databases! {
    async fn a_file_of_people_is_read_again_in_the_language_it_was_written_in(house: House) {
        let mut browser = house.administrator().await;
        let ids = accounts_named(&house, &["Elbe; Weser & Co."]).await;
        let known = person_at(&house, ids[0], "Jens", "Lohse").await;
        for language in ["de", "en"] {
            browser.post("/profile/language", &[("language", language)]).await;
            let file = browser.get("/people.csv").await.text();
            let delimiter = if language == "de" { ';' } else { ',' };
            assert!(file.lines().next().expect("headers").contains(delimiter), "{file}");
            let answer = browser.upload("/people/import", &[], &[("people.csv", file.as_bytes())]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            let path = answer.location().to_owned();
            let answer = browser.post(&format!("{path}/take"), &[("source", "Datei"), ("basis", "a")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            let Event::ContactsImported { added, rejected, .. } = house.events().await[0].clone() else { panic!("imported") };
            assert_eq!((added, rejected), (0, 0), "{language}: {file}");
        }
        let jens = actions::show(&house.office, &operator(), known).await.expect("Jens");
        assert_eq!(jens.employments.len(), 1, "nobody changed");
    }
}

on_both_databases! {
    async fn files_that_hold_no_contacts_are_refused_with_a_reason(house: House) {
        let mut browser = house.administrator().await;
        for (name, bytes) in [("a.csv", &b"Invoice,Amount\n1,2\n"[..]), ("b.csv", b""), ("c.xlsx", b"PK nothing"), ("d.vcf", b"\x00\xff\x00")] {
            let answer = browser.upload("/people/import", &[], &[(name, bytes)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(answer.text().contains("field__error") || answer.text().contains("notice--error"), "{name}");
        }
        assert_eq!(browser.upload("/people/import", &[], &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn what_goes_out_comes_in_again(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let form = PersonForm {
            salutation: "ms".into(), title: "Dr.".into(), first_name: "Anna".into(), last_name: "Müller, geb. Ott".into(), birthday: "--03-05".into(),
            languages: "de en".into(), remark: "Zeile 1\nZeile; 2, 3".into(),
            channels: [("work_phone", "+49 40 1234567"), ("mobile", "0171 5554729"), ("home_mail", "anna@gmx.de"), ("address", "Weg 1\n20095 Hamburg")]
                .map(|(kind, value)| (kind.to_owned(), value.to_owned())).to_vec(),
            ..PersonForm::default()
        };
        let input = form.parse(kontor::web::format::Locale::of(Language::En)).expect("a person");
        let role = Role { account_id: Some(account), function: "Einkauf; Leitung".into(), department: "Werk 1".into(), ..Role::default() };
        let id = actions::add(&house.office, &operator(), &NewPerson { input: input.clone(), role: Some(role) }).await.expect("added");
        for address in ["/people.vcf".to_owned(), "/people.vcf?version=3".into(), format!("/people.vcf?id={id}"), format!("/people/{id}/card.vcf"), "/people.csv".into(), "/people.xlsx?q=anna".into()] {
            let answer = browser.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            assert!(matches!(&house.events().await[0], Event::Exported { rows: 1, .. }), "{address}");
            let path = house.folder().join(if address.contains("xlsx") { "x.xlsx" } else { "x.txt" });
            std::fs::write(&path, &answer.body).expect("written");
            let (_, content) = contacts::preview(&house.office, &operator(), &path).await.unwrap_or_else(|fault| panic!("{address}: {fault:?} {}", answer.text()));
            // Cells of workbooks are read as one line.
            let is_sheet = address.contains("xlsx");
            let plain = |text: &str| if is_sheet { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() };
            let row = &content.rows[0];
            assert_eq!((row.account_id, row.person_id, content.rejected.len()), (Some(account), Some(id), 0), "{address}");
            let data = &row.contact.data;
            let names = (data.title.as_deref(), data.first_name.as_str(), data.last_name.as_str(), data.remark.clone());
            assert_eq!(names, (Some("Dr."), "Anna", "Müller, geb. Ott", plain("Zeile 1\nZeile; 2, 3")), "{address}");
            assert_eq!(data.birthday, input.data.birthday, "{address}");
            assert_eq!((row.contact.function.as_str(), row.contact.department.as_str()), ("Einkauf; Leitung", "Werk 1"), "{address}");
            let sent: Vec<(ChannelKind, String)> = input.channels.iter().map(|(kind, value)| (*kind, plain(value))).collect();
            assert_eq!(row.contact.channels, sent, "{address}");
        }
        assert_eq!(browser.get("/people/9999/card.vcf").await.status, StatusCode::NOT_FOUND);
        let mut reader = house.user(team::Role::Viewer).await;
        assert_eq!(reader.get("/people.csv").await.status, StatusCode::FORBIDDEN);
    }
}

on_both_databases! {
    async fn programs_list_people_page_by_page_and_take_files_in(house: House) {
        house.administrator().await;
        let ids = accounts_named(&house, &["Elbe"]).await;
        for last in ["Ahn", "Behn", "Clasen"] {
            person_at(&house, ids[0], "Kim", last).await;
        }
        let token = token(&house, team::Role::Member, Scope::Full).await;
        let mut path = "/api/v1/people?limit=2&q=kim".to_owned();
        let mut names = Vec::new();
        loop {
            let page = call(&house, Some(&token), Method::GET, &path, None).await.json();
            names.extend(page["items"].as_array().expect("items").iter().map(|person| person["last_name"].as_str().expect("a name").to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/people?limit=2&q=kim&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(names, ["Ahn", "Behn", "Clasen"]);
        let unborn = json!({"last_name": "Ott", "birthday": "2099-01-01", "source": "card", "basis": "f"});
        let unborn = call(&house, Some(&token), Method::POST, "/api/v1/people", Some(&unborn)).await;
        assert_eq!((unborn.status, unborn.json()["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("birthday")), "{}", unborn.text());
        let wrong = call(&house, Some(&token), Method::POST, "/api/v1/people", Some(&json!({"birthday": "soon", "basis": "x"}))).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.json()["errors"].as_array().expect("errors").len(), 3);

        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dagmar Voss\r\nORG:Elbe\r\nEND:VCARD\r\n";
        for (dry_run, events) in [("true", 0), ("false", 2)] {
            let before = house.events().await.len();
            let request = axum::http::Request::post(format!("/api/v1/people/import?file=a.vcf&dry_run={dry_run}"))
                .header("authorization", format!("Bearer {token}"))
                .body(axum::body::Body::from(card)).expect("a request");
            let answer = crate::house::answer(&house.router, request).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!((&answer.json()["contacts"][0]["choice"], &answer.json()["contacts"][0]["account_id"]), (&json!("new"), &json!(ids[0])));
            assert_eq!(house.events().await.len() - before, events);
        }
        let found = call(&house, Some(&token), Method::GET, "/api/v1/people/export?format=csv&q=dagmar", None).await;
        assert!(found.text().contains("Dagmar,Voss,Elbe"), "{}", found.text());
    }
}

#[tokio::test]
async fn all_contacts_of_the_corpus_arrive_with_company_function_and_phone() {
    let Ok(corpus) = std::env::var("KONTOR_CORPUS") else {
        crate::house::say_skipped("the contacts of the corpus: KONTOR_CORPUS is not set");
        return;
    };
    let house = House::on_sqlite().await;
    accounts_named(&house, &["Alfreds Futterkiste", "Around the Horn"]).await;
    let path = std::path::Path::new(&corpus).join("crm/northwind_contacts.csv");
    let content = contacts::import(&house.office, &operator(), "northwind_contacts.csv", &path, false, "f").await.expect("imported");
    assert_eq!((content.rows.len(), content.rejected.len()), (91, 0));
    assert_eq!(content.rows.iter().filter(|row| row.account_id.is_some()).count(), 2);
    for row in &content.rows {
        let shown = actions::show(&house.office, &operator(), row.became.expect("a person")).await.expect("shown");
        let role = &shown.employments[0].role;
        assert!(!shown.company(role).is_empty() && !role.function.is_empty(), "{row:?}");
        assert!(shown.channels.iter().any(|channel| channel.kind == ChannelKind::WorkPhone), "{row:?}");
        assert!(shown.channels.iter().any(|channel| channel.kind == ChannelKind::Address), "{row:?}");
    }
    let maria = actions::show(&house.office, &operator(), content.rows[0].became.expect("a person")).await.expect("shown");
    assert_eq!((maria.person.data.full_name().as_str(), maria.channels[0].normal.as_str()), ("Maria Anders", "+49300074321"));
}

on_both_databases! {
    async fn a_person_is_added_shown_and_changed(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let form = [
            ("salutation", "ms"), ("title", "Prof. Dr."), ("first_name", "Anna"), ("last_name", "Müller"), ("formality", "formal"),
            ("languages", "de en"), ("birthday", "5 Mar"), ("remark", "Ask for the plant tour"), ("source", "Business card"), ("basis", "f"),
            ("company", "elbe maschinenbau"), ("place", "account"), ("function", "Head of buying"), ("from", "2024-02-01"),
            ("channel_kind", "work_phone"), ("channel", "040 123 45 67"), ("channel_kind", "work_mail"), ("channel", ""),
        ];
        let answer = browser.post("/people", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let path = answer.location().to_owned();
        let page = browser.get(&path).await.text();
        for text in ["Prof. Dr. Anna Müller", "Sehr geehrte Frau Prof. Dr. Müller", "5 March", "Head of buying", "tel:+49401234567", "Business card"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(browser.get(&format!("/accounts/{account}/people")).await.text().contains("Anna Müller"));

        let change = [("first_name", "Anna"), ("last_name", "Müller-Ott"), ("channel_kind", "mobile"), ("channel", "0171 5554729")];
        assert_eq!(browser.post(&path, &change).await.status, StatusCode::SEE_OTHER);
        let Event::PersonChanged { changes, .. } = &house.events().await[0] else { panic!("changed") };
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["salutation", "title", "last_name", "languages", "birthday", "remark", "work_phone", "mobile"]);
        let page = browser.get(&path).await.text();
        assert!(page.contains("Guten Tag Anna Müller-Ott") || page.contains("Dear Anna Müller-Ott"), "{page}");
        assert!(page.contains("tel:+491715554729") && page.contains("until 23 Nov 2026"), "the old number is history");
    }
}

on_both_databases! {
    async fn everything_wrong_is_told_at_once_and_what_was_typed_stays(house: House) {
        let mut browser = house.administrator().await;
        let form = [
            ("salutation", "dr"), ("birthday", "31 Feb"), ("languages", "deutsch sprechend"), ("company", "Nobody"), ("place", "account"),
            ("from", "2026-02-30"), ("channel_kind", "work_mail"), ("channel", "not a mail"), ("channel_kind", "carrier"), ("channel", "pigeon"),
            ("basis", "z"), ("function", "Buyer of “things”"),
        ];
        let page = browser.post("/people", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = page.text();
        for field in ["salutation", "birthday", "languages", "last_name", "company", "from", "channel", "basis"] {
            assert!(text.contains(&format!("href=\"#field-{field}\"")), "{field}");
        }
        assert!(text.contains("not a mail") && text.contains("Buyer of “things”"));
        assert!(store::find(house.office.db.read(), &operator(), 1).await.expect("asked").is_none(), "nothing was added");
    }
}

on_both_databases! {
    async fn a_person_is_seen_with_an_account_only(house: House) {
        house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let id = person_at(&house, ids[0], "Jens", "Lohse").await;
        let alone = NewPerson { input: input("Kim", "Alone"), role: None };
        let lonely = actions::add(&house.office, &member(7, Sight::Nothing), &alone).await.expect("added");
        let (near, far) = (member(7, Sight::only([ids[0]])), member(8, Sight::only([ids[1]])));
        assert!(actions::person(&house.office, &near, id).await.is_ok());
        assert_eq!(actions::person(&house.office, &far, id).await.err().map(|fault| fault.status()), Some(StatusCode::NOT_FOUND));
        assert!(actions::person(&house.office, &near, lonely).await.is_ok(), "by who added the person");
        assert!(actions::person(&house.office, &far, lonely).await.is_err());
        assert!(actions::person(&house.office, &operator(), lonely).await.is_ok());

        let advisor = kontor::people::forms::RoleInput { role: Role { account_id: Some(ids[1]), ..Role::default() }, is_primary: false };
        let origin = store::Origin { source: String::new(), basis: kontor_domain::person::LegalBasis::Interest };
        assert!(actions::add_employment(&house.office, &near, id, &advisor, &origin).await.is_err(), "not at an account one does not see");
        actions::add_employment(&house.office, &operator(), id, &advisor, &origin).await.expect("added");
        let shown = actions::show(&house.office, &far, id).await.expect("seen now");
        assert_eq!(shown.employments.iter().filter_map(|employment| employment.role.account_id).collect::<Vec<_>>(), [ids[1]]);
        for (viewer, count) in [(&near, 2), (&far, 1), (&member(9, Sight::Nothing), 0), (&operator(), 2)] {
            let found = list(&house.office, viewer, &Wanted::default(), 0, 10).await.expect("found");
            assert_eq!((found.total, found.rows.len()), (count, count as usize));
        }
    }
}

on_both_databases! {
    async fn people_are_found_by_what_people_type(house: House) {
        house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        for (account, first, last) in [(0, "Jörg", "Söhnke"), (0, "Anna", "Rheintal"), (1, "Anna", "Öztürk")] {
            person_at(&house, ids[account], first, last).await;
        }
        let find = async |wanted: &Wanted| {
            let found = list(&house.office, &operator(), wanted, 0, 10).await.expect("found");
            (found.rows.iter().map(|row| row.person.data.last_name.clone()).collect::<Vec<_>>(), found.is_similar)
        };
        let text = |text: &str| Wanted { text: text.into(), ..Wanted::default() };
        assert_eq!(find(&text("soehnke")).await, (vec!["Söhnke".to_owned()], false));
        assert_eq!(find(&text("SÖHN jörg")).await.0, ["Söhnke"]);
        assert_eq!(find(&text("rehintal")).await, (vec!["Rheintal".to_owned()], true));
        assert_eq!(find(&text("oztuerk")).await.0.len(), 1, "one letter less");
        assert_eq!(find(&text("100%")).await.0.len(), 0);
        assert_eq!(find(&text("anna")).await.0, ["Öztürk", "Rheintal"]);
        assert_eq!(find(&Wanted { accounts: Some(vec![ids[1]]), ..text("anna") }).await.0, ["Öztürk"]);
        assert_eq!(find(&Wanted { function: "BUY".into(), sort: Sort::Company, ..Wanted::default() }).await.0, ["Rheintal", "Söhnke", "Öztürk"]);
        assert_eq!(find(&Wanted { department: "x".into(), ..Wanted::default() }).await.0.len(), 0);
        assert_eq!(find(&Wanted { state: State::Present, ..Wanted::default() }).await.0.len(), 3);
        assert_eq!(find(&Wanted { state: State::Former, ..Wanted::default() }).await.0.len(), 0);
    }
}

on_both_databases! {
    async fn who_is_archived_leaves_the_lists_and_comes_back(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let id = person_at(&house, account, "Jens", "Lohse").await;
        assert_eq!(browser.post(&format!("/people/{id}/archive"), &[("reason", "retired")]).await.status, StatusCode::SEE_OTHER);
        let page = browser.get("/people?q=lohse").await.text();
        assert!(page.contains("No contact fits") && !page.contains("Jens Lohse") && !page.contains("No contact yet"), "{page}");
        assert!(browser.get("/people?state=archived").await.text().contains("Jens Lohse"));
        assert!(!browser.get(&format!("/accounts/{account}/people")).await.text().contains("Jens Lohse"));
        assert!(browser.get(&format!("/people/{id}")).await.text().contains("Archived since"));
        assert_eq!(browser.post(&format!("/people/{id}/archive"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(browser.post(&format!("/people/{id}/unarchive"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/people?q=lohse").await.text().contains("Jens Lohse"));
    }
}

on_both_databases! {
    async fn a_change_of_job_keeps_history_where_it_happened(house: House) {
        let mut browser = house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let id = person_at(&house, ids[0], "Jens", "Lohse").await;
        let change = [("last_name", "Lohse"), ("first_name", "Jens"), ("channel_kind", "work_phone"), ("channel", "040 1234567"), ("channel_kind", "mobile"), ("channel", "0171 5554729")];
        assert_eq!(browser.post(&format!("/people/{id}"), &change).await.status, StatusCode::SEE_OTHER);
        let old = store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].id.to_string();
        let job = |company: &'static str, last: &'static str| {
            [("employment", old.clone()), ("last", last.to_owned()), ("company", company.to_owned()), ("place", "account".to_owned()), ("function", "CEO".to_owned()), ("phone", "0421 998877".to_owned()), ("end_channels", "on".to_owned())]
        };
        let refs = |form: &[(&'static str, String)]| form.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
        for (company, last) in [("Nobody", "2026-10-31"), ("Weser", ""), ("Weser", "soon")] {
            let form = refs(&job(company, last));
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(browser.post(&format!("/people/{id}/job"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{company} {last}");
        }
        let form = refs(&job("Weser", "2026-10-31"));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post(&format!("/people/{id}/job"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        let told: Vec<_> = shown.employments.iter().map(|at| (at.role.account_id, at.role.from, at.role.to, at.is_primary)).collect();
        let day = |text: &str| Some(text.parse::<chrono::NaiveDate>().expect("a day"));
        assert_eq!(told, [(Some(ids[1]), day("2026-11-01"), None, true), (Some(ids[0]), None, day("2026-10-31"), false)]);
        let used: Vec<&str> = shown.channels.iter().filter(|channel| channel.ended_on.is_none()).map(|channel| channel.value.as_str()).collect();
        assert_eq!(used, ["0421 998877", "0171 5554729"]);
        assert!(matches!(&house.events().await[0], Event::JobChanged { from, to, .. } if from == "Elbe" && to == "Weser"));
        let former = browser.get(&format!("/accounts/{}/people", ids[0])).await.text();
        assert!(former.contains("One former contact") && former.contains("Jens Lohse"));
        assert_eq!(browser.post(&format!("/people/{id}/job"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old job has ended");
    }
}

on_both_databases! {
    async fn what_was_changed_can_be_restored_field_by_field(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let id = person_at(&house, account, "Jens", "Lohse").await;
        let change = |fields: &[(&'static str, &'static str)]| [fields, &[("first_name", "Jens")]].concat();
        for fields in [
            change(&[("last_name", "Lohse"), ("birthday", "1970-03-05"), ("channel_kind", "mobile"), ("channel", "0171 5554729")]),
            change(&[("last_name", "Ott"), ("channel_kind", "mobile"), ("channel", "0171 111111")]),
        ] {
            assert_eq!(browser.post(&format!("/people/{id}"), &fields).await.status, StatusCode::SEE_OTHER);
        }
        let history = kontor::people::history::history(&house.office, &operator(), id, None).await.expect("history");
        let fields: Vec<&str> = history.changes[0].changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["last_name", "birthday", "mobile", "mobile"]);
        let page = browser.get(&format!("/people/{id}/history")).await.text();
        assert!(page.contains("5 March 1970") && page.contains("0171 111111"), "{page}");
        let event = history.changes[0].entry.id;
        for place in 0..4 {
            let path = format!("/people/{id}/history/{event}/{place}/restore");
            assert!(page.contains(&path), "{path}");
            assert_eq!(browser.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        }
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        assert_eq!(shown.person.data.last_name, "Lohse");
        assert_eq!(shown.person.data.birthday.map(|birthday| birthday.to_string()).as_deref(), Some("1970-03-05"));
        let used: Vec<&str> = shown.channels.iter().filter(|channel| channel.ended_on.is_none()).map(|channel| channel.value.as_str()).collect();
        assert_eq!(used, ["0171 5554729"]);

        let employment = shown.employments[0].id;
        let form = [("function", "Head"), ("to", "2026-10-31")];
        assert_eq!(browser.post(&format!("/people/{id}/employments/{employment}"), &form).await.status, StatusCode::SEE_OTHER);
        let event = kontor::people::history::history(&house.office, &operator(), id, None).await.expect("history").changes[0].entry.id;
        assert_eq!(browser.post(&format!("/people/{id}/history/{event}/1/restore"), &[]).await.status, StatusCode::SEE_OTHER);
        let role = actions::show(&house.office, &operator(), id).await.expect("shown").employments[0].role.clone();
        assert_eq!((role.function.as_str(), role.to), ("Head", None), "one field only");
        for path in [format!("/people/{id}/history/{event}/9/restore"), format!("/people/{id}/history/99999/0/restore")] {
            assert_eq!(browser.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let far = kontor::people::history::history(&house.office, &member(8, Sight::only([account + 1000])), id, None).await;
        assert!(far.is_err());
    }
}

on_both_databases! {
    async fn a_job_may_lead_to_a_new_prospect_or_outside_of_all_accounts(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        for (place, company) in [("prospect", "Neue Werft GmbH"), ("outside", "Ganz woanders AG")] {
            let id = person_at(&house, account, "Jens", place).await;
            let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].id.to_string();
            let form = [("employment", employment.as_str()), ("last", "2026-10-31"), ("company", company), ("place", place)];
            let before = house.events().await.len();
            let answer = browser.post(&format!("/people/{id}/job"), &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            assert_eq!(house.events().await.len() - before, 1);
            let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
            let role = &shown.employments[0].role;
            assert_eq!((shown.company(role).as_str(), role.account_id.is_some()), (company, place == "prospect"));
        }
        let id = person_at(&house, account, "Ida", "Ott").await;
        let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].id.to_string();
        let form = [("employment", employment.as_str()), ("last", "2026-10-31"), ("company", "neue werft gmbh"), ("place", "prospect")];
        assert_eq!(browser.post(&format!("/people/{id}/job"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "known already");
    }
}

on_both_databases! {
    async fn nobody_reports_to_whom_they_lead(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let (chief, staff) = (person_at(&house, account, "Ida", "Chief").await, person_at(&house, account, "Jens", "Staff").await);
        let employment = async |id: i64| store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].clone();
        let report = async |id: i64, to: i64| {
            let at = employment(id).await;
            let role = Role { reports_to: Some(to), ..at.role.clone() };
            let input = kontor::people::forms::RoleInput { role, is_primary: at.is_primary };
            actions::change_employment(&house.office, &operator(), id, at.id, &input).await
        };
        report(staff, chief).await.expect("reports");
        assert!(report(chief, staff).await.is_err() && report(chief, chief).await.is_err() && report(chief, 9999).await.is_err());
        assert!(matches!(&house.events().await[0], Event::EmploymentChanged { changes, .. } if changes[0].field.ends_with(".reports_to")));
    }
}
