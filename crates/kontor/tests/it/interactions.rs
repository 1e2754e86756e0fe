//! Contacts with customers: logging, who reads them, files, mails, timelines, last contacts.

use axum::http::{Method, StatusCode, header};
use kontor::interactions::attachments::{self, BYTES_MAX, FILES_MAX};
use kontor::interactions::filter::{Filter, Which};
use kontor::interactions::forms::NewInteraction;
use kontor::interactions::last_contacts::store as last_contacts;
use kontor::interactions::mail::Enclosure;
use kontor::interactions::mails::{self, Wanted};
use kontor::interactions::reader::Reader;
use kontor::interactions::{actions, store};
use kontor_domain::audit::Event;
use kontor_domain::interaction::{Confidentiality, Kind, Readable};
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use crate::api::{call, token};
use crate::house::{Browser, House};
use crate::on_both_databases;
use crate::people::{accounts_named, operator, person_at};

const PDF: &[u8] = b"%PDF-1.7 an offer";

/// An interaction of today with an account.
pub fn visit(account_id: i64) -> NewInteraction {
    NewInteraction {
        account_id,
        kind: Kind::Visit,
        day: "2026-11-23".parse().expect("a day"),
        minute_of_day: None,
        minutes: 60,
        purpose: "Annual talk".into(),
        outcome: "They want a new offer".into(),
        others: String::new(),
        persons: vec![],
        users: vec![],
        step: None,
        confidentiality: Confidentiality::All,
    }
}

async fn user_named(house: &House, mail: &str) -> i64 {
    kontor::team::store::find_by_mail(house.office.db.read(), mail).await.expect("asked").expect("there").id
}

fn as_user(user_id: i64, role: Role, sight: Sight) -> Viewer {
    Viewer { user_id, name: format!("user {user_id}"), role, language: Language::En, via: Via::Web, sight }
}

async fn ids(house: &House, viewer: &Viewer, filter: &Filter) -> Vec<i64> {
    let found = actions::list(&house.office, viewer, filter, None, 1000).await.expect("a list");
    found.into_iter().map(|interaction| interaction.id).collect()
}

/// What makes a change of an interaction succeed, for the walk over all routes.
pub async fn story(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    if !path.starts_with("/interactions") && !path.starts_with("/attachments") {
        return None;
    }
    let account = accounts_named(house, &["Elbe Maschinenbau"]).await[0];
    let account_text: &'static str = Box::leak(account.to_string().into_boxed_str());
    let step = kontor::interactions::forms::Step { text: "Offer".into(), due: None, user_id: None };
    let id = actions::log(&house.office, &operator(), NewInteraction { step: Some(step), ..visit(account) }).await.expect("logged");
    let at = path.replace("{id}", &id.to_string());
    let form = vec![
        ("account", account_text),
        ("kind", "call"),
        ("day", "2026-11-20"),
        ("minutes", "15"),
        ("purpose", "Price"),
        ("confidentiality", "all"),
    ];
    Some(match path {
        "/interactions" | "/interactions/{id}" => (at, form),
        "/interactions/{id}/archive" => (at, vec![]),
        "/interactions/{id}/restore" => {
            actions::set_archived(&house.office, &operator(), id, true).await.expect("archived");
            (at, vec![])
        }
        "/interactions/{id}/step" => (at, vec![("done", "yes")]),
        "/attachments/{id}/archive" => (path.replace("{id}", &attached(house, id).await.to_string()), vec![]),
        _ => return None,
    })
}

/// The same for the operations of the API.
pub async fn api_story(house: &House, method: &Method, path: &str) -> Option<(String, serde_json::Value)> {
    let (form, body) = (path.strip_prefix("/api/v1")?.replace("/1", "/{id}"), json!({"done": true}));
    let path = |form: String| format!("/api/v1{form}");
    let account = accounts_named(house, &["Elbe Maschinenbau"]).await[0];
    let entry = json!({"account_id": account, "kind": "call", "day": "2026-11-20", "minutes": 15, "purpose": "Price"});
    Some(match (method.as_str(), form.as_str()) {
        ("POST", "/interactions") => (path(form), entry),
        ("PUT", "/interactions/{id}") => (path(story(house, &form).await?.0), entry),
        ("POST", "/interactions/{id}/archive" | "/interactions/{id}/restore" | "/interactions/{id}/step") => {
            (path(story(house, &form).await?.0), body)
        }
        ("DELETE", "/attachments/{id}") => {
            let at = story(house, "/attachments/{id}/archive").await?.0;
            (path(at.trim_end_matches("/archive").to_owned()), body)
        }
        _ => return None,
    })
}

pub async fn attached(house: &House, interaction: i64) -> i64 {
    let file = Enclosure { name: "Offer.pdf".into(), bytes: PDF.to_vec() };
    attachments::attach(&house.office, &operator(), interaction, vec![file]).await.expect("attached")[0]
}

on_both_databases! {
    async fn a_visit_is_logged_from_a_form_that_is_filled_in_already(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let person = person_at(&house, account, "Anna", "Lohse").await;
        let mut jana = house.user(Role::Member).await;
        let user = user_named(&house, "member@example.org").await;
        let page = jana.get(&format!("/interactions/new?account={account}&kind=visit&next=/accounts")).await.text();
        for text in ["Visit with Elbe Maschinenbau", "value=\"23 Nov 2026\"", "value=\"60\"", "Anna Lohse"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        for checked in [format!("name=\"person\" value=\"{person}\" checked"), format!("name=\"user\" value=\"{user}\" checked")] {
            assert!(page.contains(&checked), "{checked}: {page}");
        }
        let (account_text, person_text, user_text) = (account.to_string(), person.to_string(), user.to_string());
        let form = [
            ("account", account_text.as_str()), ("kind", "visit"), ("day", "23 Nov 2026"), ("time", "14:30"), ("minutes", "90"),
            ("purpose", "Annual talk"), ("outcome", "They want\r\n\r\na new offer"), ("person", &person_text), ("user", &user_text),
            ("step", "Send the offer"), ("step_due", "1 Dec 2026"), ("step_user", &user_text), ("confidentiality", "team"), ("next", "/accounts?q=elbe"),
        ];
        let answer = jana.post("/interactions", &form).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/accounts?q=elbe"), "{}", answer.text());
        let Event::InteractionLogged { interaction_id, account: name, confidentiality, .. } = house.events().await.remove(0) else { panic!("logged") };
        assert_eq!((name.as_str(), confidentiality), ("Elbe Maschinenbau", Confidentiality::Team));
        let page = jana.get(&format!("/interactions/{interaction_id}")).await.text();
        for text in ["Annual talk", "23 Nov 2026, 14:30", "They want", "Anna Lohse", "Send the offer", "1 Dec 2026", "The member"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        for path in [format!("/accounts/{account}/timeline"), format!("/people/{person}/timeline"), "/interactions".into()] {
            assert!(jana.get(&path).await.text().contains("Annual talk"), "{path}");
        }
        let last = last_contacts::of_account(house.office.db.read(), account).await.expect("asked");
        assert_eq!(last.len(), 2, "the account and the person: {last:?}");
        assert!(last.values().all(|last| last.of(Kind::Visit).is_some_and(|day| day.to_string() == "2026-11-23")));
        let elsewhere = jana.post("/interactions", &[&form[..13], &[("next", "//evil.example")]].concat()).await;
        assert_eq!(elsewhere.location(), format!("/accounts/{account}/timeline"));
    }
}

on_both_databases! {
    async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0].to_string();
        let good = |field: &'static str, value: &'static str| {
            let mut form = vec![("account", account.as_str()), ("kind", "visit"), ("day", "2026-11-23"), ("minutes", "60"), ("purpose", "Talk “A”")];
            form.retain(|(name, _)| *name != field);
            form.push((field, value));
            form
        };
        let before = house.events().await.len();
        for (field, value) in [
            ("day", "2026-11-25"), ("day", "1989-12-31"), ("day", "soon"), ("time", "25:00"), ("minutes", "0"), ("minutes", "1441"),
            ("minutes", "-5"), ("minutes", "an hour"), ("kind", "fax"), ("purpose", " "), ("person", "99"), ("person", "x"), ("user", "99"),
            ("step_due", "2026-12-01"), ("confidentiality", "secret"),
        ] {
            let wrong_at = if field == "step_due" { "step" } else { field };
            let answer = browser.post("/interactions", &good(field, value)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
            let page = answer.text();
            assert!(page.contains(&format!("href=\"#field-{wrong_at}\"")), "{field}={value}: {page}");
            assert!(field == "purpose" || page.contains("Talk “A”"), "{field}={value}");
        }
        for account in ["", "99", "x"] {
            let answer = browser.post("/interactions", &[("account", account), ("kind", "visit"), ("day", "2026-11-23"), ("minutes", "5"), ("purpose", "x")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{account}");
        }
        assert_eq!(house.events().await.len(), before);
        assert_eq!(browser.post("/interactions", &good("day", "2026-11-24")).await.status, StatusCode::SEE_OTHER, "tomorrow is allowed");
        for query in ["from=soon", "kind=fax", "who=me", "before=x"] {
            assert_eq!(browser.get(&format!("/interactions?{query}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        for path in ["/interactions", "/accounts/1/timeline"] {
            let wrong = browser.get(&format!("{path}?from=2026-13-01&to=2026-12-01&text=Preis&kind=visit")).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let text = wrong.text();
            assert!(text.contains("Not a date") && text.contains("value=\"2026-13-01\"") && text.contains("value=\"Preis\"") && text.contains("value=\"visit\" selected"), "{text}");
            let reversed = browser.get(&format!("{path}?from=2026-12-01&to=2026-01-01")).await;
            assert!(reversed.status == StatusCode::UNPROCESSABLE_ENTITY && reversed.text().contains("the earlier one first"), "{}", reversed.text());
        }
        for path in ["/interactions/99", "/interactions/99/edit", "/attachments/99", "/accounts/99/timeline", "/people/99/timeline"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

/// Whether a secret shows anywhere to somebody who looks everywhere.
async fn shows(house: &House, browser: &mut Browser, account: i64, person: i64, id: i64, file: i64) -> Vec<String> {
    let mut seen = Vec::new();
    let paths = [
        "/interactions".to_owned(),
        "/interactions?text=geheimnis".into(),
        "/interactions.csv".into(),
        format!("/interactions/{id}"),
        format!("/interactions/{id}/edit"),
        format!("/attachments/{file}"),
        format!("/accounts/{account}/timeline"),
        format!("/accounts/{account}/timeline?text=geheimnis"),
        format!("/people/{person}/timeline"),
        format!("/accounts/{account}"),
        "/audit".into(),
    ];
    for path in paths {
        let answer = browser.get(&path).await;
        let text = answer.text();
        let is_secret = text.contains("Geheimnis") || text.contains("secret-file") || answer.body.starts_with(b"%PDF");
        if answer.status == StatusCode::OK && is_secret {
            seen.push(path);
        }
    }
    let _ = house;
    seen
}

on_both_databases! {
    async fn what_is_private_shows_to_its_author_and_nowhere_to_anybody_else(house: House) {
        let mut ada = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let person = person_at(&house, account, "Anna", "Lohse").await;
        let mut jana = house.user(Role::Member).await;
        let mut lead = house.user(Role::SalesLead).await;
        let user = user_named(&house, "member@example.org").await;
        let author = as_user(user, Role::Member, Sight::All);
        let secret = NewInteraction {
            purpose: "Das Geheimnis".into(),
            persons: vec![person],
            confidentiality: Confidentiality::Private,
            ..visit(account)
        };
        let id = actions::log(&house.office, &author, secret.clone()).await.expect("logged");
        let file = Enclosure { name: "secret-file.pdf".into(), bytes: PDF.to_vec() };
        let file = attachments::attach(&house.office, &author, id, vec![file]).await.expect("attached")[0];

        let seen = shows(&house, &mut jana, account, person, id, file).await;
        assert!(seen.len() >= 9, "the author sees it: {seen:?}");
        for (who, browser) in [("administrator", &mut ada), ("sales lead", &mut lead)] {
            assert_eq!(shows(&house, browser, account, person, id, file).await, [""; 0], "{who}");
            for path in ["", "/archive", "/step"] {
                let answer = browser.post(&format!("/interactions/{id}{path}"), &[("account", &account.to_string()), ("kind", "call"), ("day", "2026-11-23"), ("minutes", "5"), ("purpose", "x")]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {path}");
            }
            assert_eq!(browser.post(&format!("/attachments/{file}/archive"), &[]).await.status, StatusCode::NOT_FOUND);
        }
        let key = token(&house, Role::Administrator, Scope::Full).await;
        for path in [format!("/interactions?account={account}"), format!("/interactions/{id}"), format!("/attachments/{file}"), format!("/accounts/{account}/timeline"), format!("/people/{person}/timeline"), "/interactions?text=geheimnis".into()] {
            let answer = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}"), None).await;
            assert!(!answer.text().contains("Geheimnis") && !answer.body.starts_with(b"%PDF"), "{path}");
        }
        assert!(ids(&house, &operator(), &Filter::default()).await.is_empty(), "the command line");
        let last = last_contacts::of_account(house.office.db.read(), account).await.expect("asked");
        assert!(last[&0].of(Kind::Visit).is_some(), "that there was contact counts for everybody");

        // Once it is for all, what it was before stays with its author.
        actions::change(&house.office, &author, id, NewInteraction { purpose: "Harmless".into(), confidentiality: Confidentiality::All, ..secret }).await.expect("changed");
        assert!(jana.get(&format!("/interactions/{id}")).await.text().contains("Geheimnis"));
        let page = lead.get(&format!("/interactions/{id}")).await.text();
        assert!(page.contains("Harmless") && !page.contains("Geheimnis"), "{page}");
        let refused = actions::change(&house.office, &as_user(99, Role::SalesLead, Sight::All), id, NewInteraction { confidentiality: Confidentiality::Private, ..visit(account) }).await;
        assert!(matches!(refused, Err(kontor::fault::Fault::Invalid(errors)) if errors[0].field == "confidentiality"));
    }
}

on_both_databases! {
    async fn lists_agree_with_the_policy_for_every_viewer(house: House) {
        house.administrator().await;
        house.user(Role::Member).await;
        house.user(Role::SalesLead).await;
        let accounts = accounts_named(&house, &["Elbe", "Weser"]).await;
        let mut all = Vec::new();
        let authors = [user_named(&house, "member@example.org").await, user_named(&house, "sales_lead@example.org").await];
        for &account_id in &accounts {
            for author_id in authors {
                for confidentiality in Confidentiality::ALL {
                    let author = as_user(author_id, Role::Member, Sight::All);
                    let id = actions::log(&house.office, &author, NewInteraction { confidentiality, ..visit(account_id) }).await.expect("logged");
                    all.push((id, Readable { account_id, author_id, confidentiality }));
                }
            }
        }
        // The lead is on the team of the first account, and was on that of the second until yesterday.
        for (account_id, to) in [(accounts[0], ""), (accounts[1], "2026-11-22")] {
            let form = kontor::assignments::forms::AssignForm {
                user: authors[1].to_string(),
                role: "sales_rep".into(),
                from: "2026-01-01".into(),
                to: to.into(),
                ..Default::default()
            };
            let wanted = form.parse(kontor::web::format::Locale::of(Language::En), house.office.today()).expect("an assignment");
            kontor::assignments::actions::assign(&house.office, &operator(), account_id, &wanted).await.expect("assigned");
        }
        let lead = as_user(authors[1], Role::Member, Sight::All);
        let of_member = |account_id, confidentiality| all.iter().find(|(_, of)| *of == Readable { account_id, author_id: authors[0], confidentiality }).map(|(id, _)| *id);
        let found = ids(&house, &lead, &Filter::default()).await;
        let reads = |account_id| of_member(account_id, Confidentiality::Team).is_some_and(|id| found.contains(&id));
        assert!(reads(accounts[0]) && !reads(accounts[1]), "the team of the day of looking");
        for role in Role::ALL {
            for user_id in [authors[0], authors[1], 999] {
                for sight in [Sight::All, Sight::Nothing, Sight::only([accounts[0]]), Sight::only([accounts[1]])] {
                    let viewer = as_user(user_id, role, sight);
                    let reader = Reader::of(&house.office, &viewer).await.expect("a reader");
                    let mut expected: Vec<i64> = all.iter().filter(|(_, of)| reader.may_read(*of)).map(|(id, _)| *id).collect();
                    let mut found = ids(&house, &viewer, &Filter::default()).await;
                    found.sort_unstable();
                    expected.sort_unstable();
                    assert_eq!(found, expected, "{viewer:?}");
                    for (id, of) in &all {
                        assert_eq!(actions::show(&house.office, &viewer, *id).await.is_ok(), reader.may_read(*of), "{viewer:?} {of:?}");
                    }
                }
            }
        }
    }
}

on_both_databases! {
    async fn accounts_and_people_out_of_sight_are_as_if_they_were_not_there(house: House) {
        house.administrator().await;
        house.user(Role::Member).await;
        let user = user_named(&house, "member@example.org").await;
        let accounts = accounts_named(&house, &["Elbe", "Weser"]).await;
        let hidden = person_at(&house, accounts[1], "Karl", "Ott").await;
        let viewer = as_user(user, Role::Member, Sight::only([accounts[0]]));
        let field = |result: Result<i64, kontor::fault::Fault>| match result {
            Err(kontor::fault::Fault::Invalid(errors)) => errors.iter().map(|error| (error.field.clone(), error.message(kontor::web::texts::Texts::of(Language::En)))).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let unseen = field(actions::log(&house.office, &viewer, visit(accounts[1])).await);
        assert_eq!(unseen, field(actions::log(&house.office, &viewer, visit(99)).await), "alike");
        let unseen = field(actions::log(&house.office, &viewer, NewInteraction { persons: vec![hidden], ..visit(accounts[0]) }).await);
        assert_eq!(unseen, field(actions::log(&house.office, &viewer, NewInteraction { persons: vec![99], ..visit(accounts[0]) }).await), "alike");
        // Of a meeting with people of both accounts, the name of the hidden one does not show; and it stays when the rest changes.
        let both = NewInteraction { persons: vec![hidden], ..visit(accounts[0]) };
        let id = actions::log(&house.office, &as_user(user, Role::Administrator, Sight::All), both).await.expect("logged");
        actions::change(&house.office, &viewer, id, NewInteraction { persons: vec![hidden], minutes: 30, ..visit(accounts[0]) }).await.expect("changed");
        let shown = actions::show(&house.office, &viewer, id).await.expect("shown");
        assert_eq!((shown.interaction.entry.persons.as_slice(), shown.interaction.entry.minutes), (&[hidden][..], 30));
        let timeline = kontor::interactions::timeline::entries(&house.office, &viewer, &Filter { which: Which::Person(hidden), ..Filter::default() }, true, None, 10).await;
        assert!(matches!(timeline, Err(kontor::fault::Fault::NotFound)));
        let group = Filter { which: Which::Accounts(accounts.clone()), ..Filter::default() };
        assert!(matches!(kontor::interactions::timeline::entries(&house.office, &viewer, &group, true, None, 10).await, Err(kontor::fault::Fault::NotFound)));
    }
}

on_both_databases! {
    async fn files_are_checked_by_their_content_and_come_back_as_they_were(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let id = actions::log(&house.office, &operator(), visit(account)).await.expect("logged");
        let path = format!("/interactions/{id}/files");
        let large = vec![b'%'; BYTES_MAX + 1];
        let large = [b"%PDF-".as_slice(), &large].concat();
        let before = house.events().await.len();
        for (name, bytes, says) in [
            ("empty.pdf", &b""[..], "“empty.pdf” is empty."),
            ("large.pdf", &large, "“large.pdf” is too large: at most 25 MB."),
            ("offer.pdf", b"MZ\x90\0\x03", "“offer.pdf” is not a file that is kept."),
            ("page.html", b"<script>alert(1)</script>", "“page.html” is not a file that is kept."),
            ("drawing.svg", b"<svg onload=\"alert(1)\"/>", "“drawing.svg” is not a file that is kept."),
        ] {
            let answer = browser.upload(&path, &[], &[(name, bytes)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(answer.text().contains(says), "{name}: {}", answer.text());
        }
        let both = browser.upload(&path, &[], &[("good.pdf", PDF), ("bad.exe", b"MZ\0")]).await;
        assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY, "all or none");
        assert_eq!(browser.upload(&path, &[("x", "y")], &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no file at all");
        assert_eq!(browser.upload("/interactions/99/files", &[], &[("a.pdf", PDF)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.events().await.len(), before);
        assert!(house.office.files.older_than(chrono::Utc::now() + chrono::TimeDelta::days(1)).await.expect("listed").is_empty(), "nothing was written");

        let answer = browser.upload(&path, &[], &[("..\\..\\Ängebot \"A\".pdf", PDF), ("same.pdf", PDF)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(matches!(&house.events().await[0], Event::AttachmentsAdded { attachments, bytes: 34, .. } if attachments.len() == 2));
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        assert_eq!(shown.attachments.len(), 2);
        assert_eq!(shown.attachments[0].sha256, shown.attachments[1].sha256, "kept once");
        let file = browser.get(&format!("/attachments/{}", shown.attachments[0].id)).await;
        assert_eq!((file.status, &file.body[..]), (StatusCode::OK, PDF));
        assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
        assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let disposition = file.headers[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
        assert!(disposition.starts_with("attachment; ") && !disposition.contains(".."), "{disposition}");
        let crowd: Vec<(String, &[u8])> = (0..FILES_MAX).map(|place| (format!("{place}.pdf"), PDF)).collect();
        let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
        assert_eq!(browser.upload(&path, &[], &crowd).await.status, StatusCode::UNPROCESSABLE_ENTITY, "too many in all");
        assert_eq!(browser.post(&format!("/attachments/{}/archive", shown.attachments[0].id), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get(&format!("/attachments/{}", shown.attachments[0].id)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get(&format!("/attachments/{}", shown.attachments[1].id)).await.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn content_that_no_record_names_is_cleared_away_and_nothing_else(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let id = actions::log(&house.office, &operator(), visit(account)).await.expect("logged");
        let kept = attached(&house, id).await;
        let removed = attached(&house, id).await;
        attachments::archive(&house.office, &operator(), removed).await.expect("archived");
        let orphan = house.office.files.put(b"a crash left me".to_vec()).await.expect("written");
        let now = chrono::Utc::now();
        assert_eq!(attachments::recover(&house.office, now).await.expect("recovered"), 0, "it may be about to be recorded");
        assert_eq!(attachments::recover(&house.office, now + chrono::TimeDelta::hours(2)).await.expect("recovered"), 1);
        assert!(!house.office.files.has(&orphan).await.expect("asked"));
        assert_eq!(attachments::open(&house.office, &operator(), kept).await.expect("there").1, PDF);
    }
}

fn mail(from: &str, to: &str, more: &str) -> String {
    format!("From: {from}\r\nTo: {to}\r\nSubject: Preise 2027\r\nDate: Mon, 23 Nov 2026 09:30:00 +0100\r\nMessage-ID: <{from}>\r\n{more}")
}

/// A person with a mail address.
async fn reached(house: &House, account: i64, name: &str, address: &str) -> i64 {
    let id = person_at(house, account, name, "Test").await;
    let form = kontor::people::forms::PersonForm {
        first_name: name.into(),
        last_name: "Test".into(),
        channels: vec![("work_mail".into(), address.into())],
        source: "card".into(),
        basis: "f".into(),
        ..Default::default()
    };
    let input = form.parse(kontor::web::format::Locale::of(Language::En)).expect("a person");
    kontor::people::actions::change(&house.office, &operator(), id, &input).await.expect("changed");
    id
}

on_both_databases! {
    async fn a_mail_finds_its_people_account_and_files(house: House) {
        let mut browser = house.administrator().await;
        let accounts = accounts_named(&house, &["Elbe Maschinenbau", "Weser Stahl"]).await;
        let anna = reached(&house, accounts[0], "Anna", "Anna@Elbe.example").await;
        reached(&house, accounts[1], "Karl", "karl@weser.example").await;
        let plain = "\r\nGuten Tag";
        let multipart = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain\r\n\r\nGuten Tag\r\n\
            --cut\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n\
            --cut\r\nContent-Type: application/octet-stream; name=\"virus.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAM=\r\n\
            --cut\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgE=\r\n--cut--\r\n";
        let eml = mail("anna@elbe.example", "Ada <ada@example.org>, Berater <x@y.example>", multipart);
        let answer = browser.upload("/interactions/mail", &[], &[("mail.eml", eml.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let id: i64 = answer.location().rsplit('/').next().expect("a number").parse().expect("a number");
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        let entry = &shown.interaction.entry;
        assert_eq!((entry.account_id, entry.kind, entry.purpose.as_str()), (accounts[0], Kind::Mail, "Preise 2027"));
        assert_eq!((entry.day.to_string().as_str(), entry.persons.as_slice()), ("2026-11-23", &[anna][..]));
        assert_eq!((entry.users.len(), entry.others.as_str()), (1, "Berater <x@y.example>"));
        for text in ["Guten Tag", "virus.exe", "winmail.dat"] {
            assert!(entry.outcome.contains(text), "{text}: {}", entry.outcome);
        }
        assert_eq!(shown.attachments.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.pdf"]);

        for (eml, account, field) in [
            (eml.clone(), "", "file"),
            (mail("nobody@else.example", "ada@example.org", plain), "", "account"),
            (mail("anna@elbe.example", "karl@weser.example", plain), "", "account"),
            (mail("anna@elbe.example", "ada@example.org", plain), "Nobody & Co", "account"),
            ("no mail at all".into(), "", "file"),
            (mail("b@c.example", "ada@example.org", plain).replace("23 Nov 2026", "23 Nov 2027"), "Weser Stahl", "file"),
        ] {
            let answer = browser.upload("/interactions/mail", &[("account", account)], &[("mail.eml", eml.as_bytes())]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{eml}");
            assert!(answer.text().contains(&format!("href=\"#field-{field}\"")), "{eml}: {}", answer.text());
        }
        let forwarded = mail("ada@example.org", "ada@example.org", "\r\nFYI\r\n\r\nVon: Karl Test <karl@weser.example>\r\nGesendet: gestern\r\n");
        let id = mails::log(&house.office, &operator(), forwarded.as_bytes(), Wanted::default()).await.expect("logged");
        assert_eq!(actions::show(&house.office, &operator(), id).await.expect("shown").interaction.entry.account_id, accounts[1]);
        let given = mail("nobody@else.example", "ada@example.org", plain);
        let answer = browser.upload("/interactions/mail", &[("account", "Weser Stahl"), ("confidentiality", "private")], &[("m.eml", given.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
}

on_both_databases! {
    async fn a_change_is_told_field_by_field_and_archiving_deletes_nothing(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let id = actions::log(&house.office, &operator(), visit(account)).await.expect("logged");
        let events = house.events().await.len();
        actions::change(&house.office, &operator(), id, visit(account)).await.expect("nothing to do");
        assert_eq!(house.events().await.len(), events, "what stands there already leaves no trace");
        let after = NewInteraction { kind: Kind::Call, minutes: 20, day: "2026-11-01".parse().expect("a day"), ..visit(account) };
        actions::change(&house.office, &operator(), id, after.clone()).await.expect("changed");
        assert!(matches!(&house.events().await[0], Event::InteractionChanged { fields, .. } if *fields == ["kind", "day", "minutes"]));
        let page = browser.get(&format!("/interactions/{id}")).await.text();
        assert!(page.contains("Visit → Call") && page.contains("23 Nov 2026 → 1 Nov 2026"), "{page}");
        let last = || async { last_contacts::of_account(house.office.db.read(), account).await.expect("asked")[&0] };
        assert_eq!((last().await.of(Kind::Visit), last().await.of(Kind::Call)), (None, Some(after.day)));

        assert_eq!(browser.post(&format!("/interactions/{id}/archive"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(last().await, kontor_domain::cadence::LastContacts::default());
        assert!(!browser.get("/interactions").await.text().contains("Annual talk"));
        assert!(browser.get("/interactions?archived=yes").await.text().contains("Annual talk"));
        assert!(browser.get(&format!("/interactions/{id}")).await.text().contains("Archived on"));
        let refused = actions::change(&house.office, &operator(), id, visit(account)).await;
        assert!(matches!(refused, Err(kontor::fault::Fault::Conflict(_))));
        assert_eq!(browser.post(&format!("/interactions/{id}/restore"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(last().await.of(Kind::Call), Some(after.day));

        let mut jana = house.user(Role::Member).await;
        assert_eq!(jana.get(&format!("/interactions/{id}/edit")).await.status, StatusCode::FORBIDDEN, "somebody else’s");
        assert_eq!(jana.post(&format!("/interactions/{id}/archive"), &[]).await.status, StatusCode::FORBIDDEN);
        let mut reader = house.user(Role::Viewer).await;
        let page = reader.get(&format!("/interactions/{id}")).await.text();
        assert!(!page.contains("/archive") && !page.contains("data-quick"), "who only reads is offered nothing to change");
    }
}

on_both_databases! {
    async fn a_next_step_is_closed_by_whom_it_is_for(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let mut jana = house.user(Role::Member).await;
        let user = user_named(&house, "member@example.org").await;
        let step = |user_id| Some(kontor::interactions::forms::Step { text: "Send the offer".into(), due: "2026-11-20".parse().ok(), user_id });
        let own = actions::log(&house.office, &operator(), NewInteraction { step: step(Some(user)), ..visit(account) }).await.expect("logged");
        let other = actions::log(&house.office, &operator(), NewInteraction { step: step(None), ..visit(account) }).await.expect("logged");
        let none = actions::log(&house.office, &operator(), visit(account)).await.expect("logged");
        let viewer = as_user(user, Role::Member, Sight::All);
        let at = [account];
        let open = |steps| {
            let (house, viewer) = (&house, &viewer);
            async move { actions::open_steps(&house.office, viewer, steps, 10).await.expect("steps").into_iter().map(|found| found.interaction_id).collect::<Vec<_>>() }
        };
        assert_eq!(open(store::Steps::For(user)).await, [own]);
        assert_eq!(open(store::Steps::At(&at)).await, [own, other]);
        let done = [("done", "yes"), ("next", "/accounts")];
        let answer = jana.post(&format!("/interactions/{own}/step"), &done).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/accounts"));
        assert_eq!(jana.post(&format!("/interactions/{other}/step"), &done).await.status, StatusCode::FORBIDDEN);
        assert_eq!(jana.post(&format!("/interactions/{none}/step"), &done).await.status, StatusCode::CONFLICT);
        assert_eq!(open(store::Steps::At(&at)).await, [other]);
        jana.post(&format!("/interactions/{own}/step"), &[("done", "no")]).await;
        assert_eq!(open(store::Steps::At(&at)).await, [own, other]);
    }
}

on_both_databases! {
    async fn a_timeline_is_paged_without_losing_or_repeating_an_entry(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let person = person_at(&house, account, "Anna", "Lohse").await;
        for day in 1..=9 {
            // Three at a time fall on one instant.
            let day = format!("2026-11-{:02}", 20 - day / 3).parse().expect("a day");
            actions::log(&house.office, &operator(), NewInteraction { day, persons: vec![person], ..visit(account) }).await.expect("logged");
        }
        let key = token(&house, Role::Viewer, Scope::Read).await;
        for path in [format!("/accounts/{account}/timeline"), format!("/people/{person}/timeline")] {
            let whole = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?limit=100"), None).await.json();
            let whole = whole["items"].as_array().expect("items").clone();
            assert_eq!(whole.iter().filter(|item| item["interaction"].is_object()).count(), 9, "{path}");
            assert_eq!(whole.iter().filter(|item| item["event"].is_object()).count(), 1, "{path}: the person was added");
            for limit in [1, 2, 3, 7] {
                let (mut found, mut cursor) = (Vec::new(), String::new());
                loop {
                    let query = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
                    let page = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?limit={limit}{query}"), None).await.json();
                    found.extend(page["items"].as_array().expect("items").clone());
                    match page["next"].as_str() {
                        Some(next) => cursor = next.to_owned(),
                        None => break,
                    }
                }
                assert_eq!(found, whole, "{path} by {limit}");
            }
            let calls = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?kind=call"), None).await.json();
            assert_eq!(calls["items"].as_array().map(Vec::len), Some(0));
            let records = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?kind=records"), None).await.json();
            assert_eq!(records["items"].as_array().map(Vec::len), Some(1), "{records}");
            let days = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?from=2026-11-18&to=2026-11-19&kind=visit"), None).await.json();
            assert_eq!(days["items"].as_array().map(Vec::len), Some(6));
            let words = call(&house, Some(&key), Method::GET, &format!("/api/v1{path}?text=OFFER%20annual"), None).await.json();
            assert_eq!(words["items"].as_array().map(Vec::len), Some(9));
        }
    }
}

on_both_databases! {
    async fn the_last_contacts_are_what_a_recount_of_the_interactions_gives(house: House) {
        house.administrator().await;
        let accounts = accounts_named(&house, &["Elbe", "Weser"]).await;
        let mut persons = Vec::new();
        for &account in &accounts {
            for name in ["Anna", "Bert"] {
                persons.push(person_at(&house, account, name, "Test").await);
            }
        }
        let (accounts, persons) = (&accounts, &persons);
        let strategy = proptest::collection::vec((0_u8..6, 0_usize..5, 0_usize..2, 0_u8..16, 0_u64..60), 1..25);
        let mut runner = TestRunner::new(Config { cases: 4, failure_persistence: None, ..Config::default() });
        let handle = tokio::runtime::Handle::current();
        let house = &house;
        tokio::task::block_in_place(|| {
            runner.run(&strategy, |steps| {
                handle.block_on(async {
                    let mut known: Vec<i64> = ids(house, &operator(), &Filter::default()).await;
                    for (what, kind, account, who, age) in steps {
                        let took_part = persons.iter().enumerate().filter(|(place, _)| who & (1 << place) != 0).map(|(_, id)| *id).collect();
                        let entry = NewInteraction {
                            kind: Kind::ALL[kind],
                            day: visit(0).day - chrono::Days::new(age),
                            persons: took_part,
                            ..visit(accounts[account])
                        };
                        let some = known.get(age as usize % known.len().max(1)).copied();
                        match (what, some) {
                            (0..=2, _) | (_, None) => known.push(actions::log(&house.office, &operator(), entry).await.expect("logged")),
                            // One that was archived is not to be changed.
                            (3, Some(id)) => drop(actions::change(&house.office, &operator(), id, entry).await),
                            (4, Some(id)) => actions::set_archived(&house.office, &operator(), id, true).await.expect("archived"),
                            (_, Some(id)) => actions::set_archived(&house.office, &operator(), id, false).await.expect("brought back"),
                        }
                    }
                    let db = house.office.db.read();
                    let (stored, recomputed) = (last_contacts::stored(db).await.expect("asked"), last_contacts::recomputed(db).await.expect("asked"));
                    assert_eq!(stored, recomputed);
                    let kept = kontor::interactions::last_contacts::by_account(&house.office).await.expect("asked");
                    for &account in accounts {
                        assert_eq!(kept.get(&account).copied().unwrap_or_default(), stored.get(&(account, 0)).copied().unwrap_or_default());
                    }
                });
                Ok(())
            })
        })
        .expect("equal");
    }
}

on_both_databases! {
    async fn merging_moves_what_hangs_on_accounts_and_people_and_back(house: House) {
        house.administrator().await;
        let accounts = accounts_named(&house, &["Elbe", "Elbe again"]).await;
        let persons = [person_at(&house, accounts[0], "Anna", "Test").await, person_at(&house, accounts[1], "Anna", "Testt").await];
        for (place, &account) in accounts.iter().enumerate() {
            let day = format!("2026-11-1{place}").parse().expect("a day");
            actions::log(&house.office, &operator(), NewInteraction { day, persons: persons.to_vec(), ..visit(account) }).await.expect("logged");
        }
        let check = || async {
            let db = house.office.db.read();
            assert_eq!(last_contacts::stored(db).await.expect("asked"), last_contacts::recomputed(db).await.expect("asked"));
        };
        let of = |account: i64| Filter { which: Which::Accounts(vec![account]), ..Filter::default() };
        let event = || Event::Exported { what: "merge".into(), rows: 0 };
        let tx = house.office.db.begin().await.expect("a transaction");
        let moved = actions::move_account_references(&tx, accounts[1], accounts[0]).await.expect("moved");
        tx.commit(&operator(), house.office.now(), event()).await.expect("committed");
        check().await;
        assert_eq!((ids(&house, &operator(), &of(accounts[0])).await.len(), moved.len()), (2, 1));
        let tx = house.office.db.begin().await.expect("a transaction");
        actions::move_back(&tx, &moved, accounts[1], accounts[0]).await.expect("moved back");
        tx.commit(&operator(), house.office.now(), event()).await.expect("committed");
        check().await;
        assert_eq!(ids(&house, &operator(), &of(accounts[1])).await, moved);
        let tx = house.office.db.begin().await.expect("a transaction");
        actions::move_person_references(&tx, persons[1], persons[0]).await.expect("moved");
        tx.commit(&operator(), house.office.now(), event()).await.expect("committed");
        check().await;
        let shown = actions::show(&house.office, &operator(), moved[0]).await.expect("shown");
        assert_eq!(shown.interaction.entry.persons, [persons[0]], "who took part twice stays once");
    }
}

on_both_databases! {
    async fn contacts_are_counted_by_account_and_kind(house: House) {
        house.administrator().await;
        let accounts = accounts_named(&house, &["Elbe", "Weser"]).await;
        for (account, kind, minutes) in [(0, Kind::Visit, 60), (0, Kind::Visit, 30), (0, Kind::Call, 5), (1, Kind::Mail, 5)] {
            let entry = NewInteraction { kind, minutes, confidentiality: Confidentiality::Private, ..visit(accounts[account]) };
            actions::log(&house.office, &operator(), entry).await.expect("logged");
        }
        let day = |text: &str| text.parse().expect("a day");
        let viewer = as_user(5, Role::Member, Sight::only([accounts[0]]));
        let mut counts = actions::counts(&house.office, &viewer, None, day("2026-11-01"), day("2026-11-30")).await.expect("counts");
        counts.sort_by_key(|count| count.kind);
        let counted: Vec<_> = counts.iter().map(|count| (count.kind, count.interactions, count.minutes)).collect();
        assert_eq!(counted, [(Kind::Visit, 2, 90), (Kind::Call, 1, 5)]);
        let none = actions::counts(&house.office, &viewer, Some(&[accounts[1]]), day("2026-11-01"), day("2026-11-30")).await.expect("counts");
        assert!(none.is_empty(), "out of sight");
        assert!(actions::counts(&house.office, &viewer, None, day("2026-12-01"), day("2026-12-31")).await.expect("counts").is_empty());
    }
}

on_both_databases! {
    async fn the_quick_way_finds_the_account(house: House) {
        let mut browser = house.administrator().await;
        let accounts = accounts_named(&house, &["Söhnke & Cie. KG", "Weser Stahl"]).await;
        assert!(browser.get("/accounts").await.text().contains("data-quick"), "from anywhere");
        let page = browser.get("/interactions/new?q=soehnke&kind=call").await.text();
        assert!(page.contains(&format!("/interactions/new?account={}&amp;kind=call", accounts[0])) && !page.contains("Weser"), "{page}");
        assert!(browser.get("/interactions/new?q=nobody").await.text().contains("No account fits."));
        assert_eq!(browser.get("/interactions/new?account=99").await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn what_another_system_knows_is_entered_when_it_happened_and_never_later_than_now(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let author = operator();
        let early = NewInteraction { day: "2026-03-05".parse().expect("a day"), minute_of_day: Some(600), minutes: 45, ..visit(account) };
        let late = NewInteraction { minute_of_day: Some(23 * 60 + 30), ..visit(account) };
        let user = user_named(&house, "ada@example.org").await;
        actions::log_many(&house.office, &author, vec![(user, early), (user, late)]).await.expect("logged");
        let reader = Reader::of(&house.office, &author).await.expect("a reader");
        let mut entered = Vec::new();
        for id in [1, 2] {
            entered.push(store::find(house.office.db.read(), &reader, id).await.expect("asked").expect("there").created_at);
        }
        let local = |text: &str| text.parse::<chrono::NaiveDateTime>().expect("a time").and_local_timezone(chrono::Local).earliest().expect("a time");
        assert_eq!(entered[0], local("2026-03-05T10:45:00"));
        assert_eq!(entered[1], house.office.now());
    }
}

on_both_databases! {
    async fn a_list_leaves_the_house_as_a_file_with_a_trace(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        actions::log(&house.office, &operator(), NewInteraction { outcome: "=HYPERLINK(\"x\")".into(), ..visit(account) }).await.expect("logged");
        let answer = browser.get("/interactions.csv?kind=visit").await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert!(answer.text().contains("Elbe Maschinenbau"), "{}", answer.text());
        assert!(matches!(&house.events().await[0], Event::Exported { rows: 1, .. }));
        let mut reader = house.user(Role::Viewer).await;
        assert_eq!(reader.get("/interactions.csv").await.status, StatusCode::FORBIDDEN);
    }
}
