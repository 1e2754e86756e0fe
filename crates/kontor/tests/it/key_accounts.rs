//! Key accounts: somebody nominates, the sales lead decides, nothing is forgotten.

use axum::http::{Method, StatusCode};
use kontor::assignments::actions::kam_of;
use kontor::fault::Fault;
use kontor::groups::actions as groups;
use kontor::groups::forms::EdgeTerms;
use kontor::key_accounts::actions;
use kontor_domain::audit::Event;
use kontor_domain::group::Kind;
use kontor_domain::key_account::{Decision, Reach, Ruling};
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::settings::Settings;
use kontor_domain::sight::Sight;
use kontor_domain::team::Role;
use serde_json::json;

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;
use crate::scoring::{fill, filled, id_of, operator, rate, user};

fn ruling(decision: Decision, manager: i64) -> Ruling {
    Ruling {
        decision,
        reason: "Develops with us".into(),
        decided_on: "2026-11-20".parse().expect("a day"),
        manager_id: Some(manager),
        reach: Some(Reach::National),
        next_review: Some("2027-05-20".parse().expect("a day")),
    }
}

async fn nominate(house: &House, viewer: &Viewer, account: i64) -> i64 {
    actions::nominate(&house.office, viewer, &Settings::default(), account, "Its plans need us".into()).await.expect("nominated")
}

async fn decide(house: &House, viewer: &Viewer, account: i64, ruling: Ruling) -> Result<(), StatusCode> {
    actions::decide(&house.office, viewer, &Settings::default(), account, ruling).await.map_err(|fault: Fault| fault.status())
}

on_both_databases! {
    async fn an_account_becomes_a_key_account_by_nomination_and_decision_and_is_revoked(house: House) {
        let mut browser = house.administrator().await;
        fill(&house).await;
        let (jana, lead) = (user(&house, Role::Member, "Jana").await, user(&house, Role::SalesLead, "Wiebke").await);
        let alpha = id_of(&house, "Alpha").await;
        let declare = ruling(Decision::Declare, jana.user_id);
        assert_eq!(decide(&house, &lead, alpha, declare.clone()).await, Err(StatusCode::CONFLICT), "nobody nominated it");
        let nomination = nominate(&house, &jana, alpha).await;
        let twice = actions::nominate(&house.office, &lead, &Settings::default(), alpha, "me too".into()).await;
        assert_eq!(twice.map_err(|fault| fault.status()), Err(StatusCode::CONFLICT));
        assert_eq!(decide(&house, &jana, alpha, declare.clone()).await, Err(StatusCode::FORBIDDEN), "a member proposes only");
        assert_eq!(decide(&house, &lead, alpha, ruling(Decision::Keep, 1)).await, Err(StatusCode::UNPROCESSABLE_ENTITY));
        assert_eq!(decide(&house, &lead, alpha, declare.clone()).await, Ok(()));

        let standing = actions::standing(&house.office, &jana, alpha).await.expect("a standing");
        assert!(standing.is_key_account() && standing.open().is_none());
        assert_eq!(standing.decisions[0].nomination_id, Some(nomination));
        assert_eq!(standing.nominations[0].snapshot.class, Some(kontor_domain::abc::Class::A), "what the valuation said is kept");
        assert_eq!(kam_of(&house.office, alpha, house.office.today()).await.expect("asked"), Some(jana.user_id), "the manager is assigned");
        let told = Event::KeyAccountDecided {
            account_id: alpha,
            decision: Decision::Declare,
            reason: "Develops with us".into(),
            manager: Some("Jana".into()),
            reach: Some(Reach::National),
            next_review: declare.next_review,
        };
        assert_eq!(house.events().await[0], told);
        for path in [format!("/accounts/{alpha}"), format!("/accounts/{alpha}/valuation"), format!("/accounts/{alpha}/team"), "/accounts".into(), "/".into()] {
            assert!(browser.get(&path).await.text().contains("badge--key\">Key account"), "{path}");
        }

        let early = Ruling { decided_on: "2026-11-19".parse().expect("a day"), ..ruling(Decision::Revoke, 1) };
        assert_eq!(decide(&house, &lead, alpha, early).await, Err(StatusCode::UNPROCESSABLE_ENTITY), "before the last decision");
        let revoke = Ruling { decided_on: house.office.today(), reason: "Buys elsewhere".into(), ..ruling(Decision::Revoke, 1) };
        assert_eq!(decide(&house, &lead, alpha, revoke).await, Ok(()), "a key account is revoked without a nomination");
        let standing = actions::standing(&house.office, &jana, alpha).await.expect("a standing");
        assert!(!standing.is_key_account() && standing.since().is_none() && standing.decisions.len() == 2);
        let page = browser.get(&format!("/accounts/{alpha}/key-account")).await.text();
        assert!(page.contains("Buys elsewhere") && page.contains("Develops with us") && page.contains("Its plans need us"), "history is for ever");
        assert!(!browser.get(&format!("/accounts/{alpha}")).await.text().contains("badge--key\">Key account"));
    }
}

on_both_databases! {
    async fn a_decision_needs_what_it_needs(house: House) {
        let mut browser = house.administrator().await;
        fill(&house).await;
        let alpha = id_of(&house, "Alpha").await;
        let path = format!("/accounts/{alpha}/key-account");
        let nothing = browser.post(&format!("/accounts/{alpha}/nominations"), &[("statement", "  ")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.post(&format!("/accounts/{alpha}/nominations"), &[("statement", "Leads its trade")]).await.status, StatusCode::SEE_OTHER);
        let before = house.events().await.len();
        let answer = browser.post(&path, &[("decision", "declare"), ("reason", ""), ("decided_on", "2030-01-01"), ("next_review", "2029-01-01")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        for message in ["Every decision needs a reason", "must not lie in the future", "needs a key account manager", "The next review must lie after"] {
            assert!(page.contains(message), "{message}");
        }
        assert!(page.contains("value=\"2030-01-01\""), "what was typed is kept");
        let form = [("decision", "declare"), ("reason", "x"), ("manager", "999"), ("reach", "national"), ("next_review", "2027-01-01")];
        assert!(browser.post(&path, &form).await.text().contains("no such user"));
        assert_eq!(house.events().await.len(), before);
        let declined = browser.post(&path, &[("decision", "decline"), ("reason", "Too small as yet")]).await;
        assert_eq!(declined.status, StatusCode::SEE_OTHER);
        assert!(!actions::standing(&house.office, &operator(), alpha).await.expect("a standing").is_key_account());
    }
}

on_both_databases! {
    async fn scores_suggest_and_doubt_but_declare_nothing(house: House) {
        fill(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let (alpha, gamma) = (id_of(&house, "Alpha").await, id_of(&house, "Gamma").await);
        let high = [("strategic_partner", 5), ("innovation", 5), ("early_versions", 5), ("surplus", 5), ("opinion_leader", 5)];
        rate(&house, &jana, alpha, &high).await;
        let overview = async || actions::overview(&house.office, &operator(), &Settings::default()).await.expect("an overview");
        let before = overview().await;
        let ids = |overview: &actions::Overview, indices: &[usize]| {
            let table = overview.table.as_ref().expect("valued");
            indices.iter().map(|&index| table.rows[index].account_id).collect::<Vec<_>>()
        };
        assert_eq!((ids(&before, &before.suggested), before.key_accounts.len()), (vec![alpha], 0));
        nominate(&house, &jana, alpha).await;
        let nominated = overview().await;
        assert!(nominated.suggested.is_empty() && nominated.nominations.len() == 1, "who is nominated need not be suggested");
        decide(&house, &operator(), alpha, ruling(Decision::Declare, jana.user_id)).await.expect("declared");

        let low = [("strategic_partner", 0), ("innovation", 0), ("early_versions", 0), ("surplus", 0), ("opinion_leader", 0)];
        rate(&house, &jana, gamma, &low).await;
        nominate(&house, &jana, gamma).await;
        decide(&house, &operator(), gamma, ruling(Decision::Declare, jana.user_id)).await.expect("a person may declare whatever the score says");
        let after = overview().await;
        assert_eq!((ids(&after, &after.doubted), after.key_accounts.len()), (vec![gamma], 2));
    }
}

on_both_databases! {
    async fn who_does_not_see_an_account_learns_nothing_of_its_standing(house: House) {
        fill(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let (alpha, beta) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await);
        let nomination = nominate(&house, &jana, alpha).await;
        let narrow = Viewer { sight: Sight::only([beta]), ..jana.clone() };
        let refused = |fault: Fault| fault.status();
        assert_eq!(actions::standing(&house.office, &narrow, alpha).await.map(|_| ()).map_err(refused), Err(StatusCode::NOT_FOUND));
        assert_eq!(actions::withdraw(&house.office, &narrow, nomination).await.map_err(refused), Err(StatusCode::NOT_FOUND));
        let hidden = actions::nominate(&house.office, &narrow, &Settings::default(), alpha, "x".into()).await;
        assert_eq!(hidden.map_err(refused), Err(StatusCode::NOT_FOUND));
        decide(&house, &operator(), alpha, ruling(Decision::Declare, jana.user_id)).await.expect("declared");
        let overview = actions::overview(&house.office, &narrow, &Settings::default()).await.expect("an overview");
        assert!(overview.key_accounts.is_empty() && overview.nominations.is_empty());
        let blind_lead = Viewer { role: Role::SalesLead, ..narrow };
        assert_eq!(decide(&house, &blind_lead, alpha, ruling(Decision::Revoke, 1)).await, Err(StatusCode::NOT_FOUND));
    }
}

on_both_databases! {
    async fn a_nomination_is_taken_back_by_its_maker_or_the_sales_lead(house: House) {
        fill(&house).await;
        let (jana, musa) = (user(&house, Role::Member, "Jana").await, user(&house, Role::Member, "Musa").await);
        let alpha = id_of(&house, "Alpha").await;
        let first = nominate(&house, &jana, alpha).await;
        assert_eq!(actions::withdraw(&house.office, &musa, first).await.map_err(|fault| fault.status()), Err(StatusCode::FORBIDDEN));
        assert_eq!(actions::withdraw(&house.office, &jana, first).await.expect("taken back"), alpha);
        assert_eq!(actions::withdraw(&house.office, &jana, first).await.map_err(|fault| fault.status()), Err(StatusCode::CONFLICT));
        let second = nominate(&house, &musa, alpha).await;
        actions::withdraw(&house.office, &operator(), second).await.expect("taken back");
        assert_eq!(actions::standing(&house.office, &jana, alpha).await.expect("a standing").nominations.len(), 2);
    }
}

on_both_databases! {
    async fn a_whole_group_is_marked_where_it_is_declared_as_one(house: House) {
        fill(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let (alpha, beta, gamma) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await, id_of(&house, "Gamma").await);
        let terms = EdgeTerms { kind: Kind::Subsidiary, share: None, from: None, to: None };
        groups::add(&house.office, &operator(), alpha, gamma, terms).await.expect("tied");
        nominate(&house, &jana, alpha).await;
        let whole = Ruling { reach: Some(Reach::Group), ..ruling(Decision::Declare, jana.user_id) };
        decide(&house, &operator(), alpha, whole).await.expect("declared");
        let marks = actions::marks(&house.office).await.expect("marks");
        assert_eq!([alpha, beta, gamma].map(|id| marks.of(id)), [Some(Reach::Group), None, Some(Reach::Group)]);
    }
}

on_both_databases! {
    async fn treatments_are_set_by_class_and_shown_with_what_is_owed(house: House) {
        let mut browser = house.administrator().await;
        fill(&house).await;
        let alpha = id_of(&house, "Alpha").await;
        let mut reader = house.user(Role::Viewer).await;
        assert!(reader.get("/valuation/treatments").await.text().contains("every 12 months"));
        let form = [
            ("contact.key", "visit"), ("sponsor.key", "on"), ("months.key", "3"), ("gifts.key", "200"), ("service.key", "24 h"),
            ("contact.a", "video"), ("months.a", "6"), ("gifts.a", "50.50"), ("service.a", "Answer within a day"),
            ("contact.b", "phone"), ("contact.c", "mail"),
        ];
        assert_eq!(browser.post("/valuation/treatments", &form).await.status, StatusCode::SEE_OTHER);
        let page = browser.get(&format!("/accounts/{alpha}/key-account")).await.text();
        for owed in ["video call", "every 6 months", "€50.50", "Answer within a day"] {
            assert!(page.contains(owed), "{owed}");
        }
        // The head of an account is the same on each of its pages.
        for part in ["", "/master", "/team", "/group", "/people", "/map", "/valuation", "/key-account", "/timeline", "/history"] {
            let page = browser.get(&format!("/accounts/{alpha}{part}")).await.text();
            let title = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_else(|| panic!("{part}: {page}"));
            assert_eq!(title.matches("badge--a").count(), 1, "{part}: {title}");
        }
        // Nobody can record gifts or reviews, so nothing is said of their being missing; an account without a class is no C account.
        assert!(!page.contains("not recorded") && !page.contains("due on"), "{page}");
        browser.post("/accounts/new", &[("name", "Prospect GmbH")]).await;
        let prospect = id_of(&house, "Prospect GmbH").await;
        let page = browser.get(&format!("/accounts/{prospect}/key-account")).await.text();
        assert!(page.contains("without a class as yet, as C") && !page.contains("badge--c"), "{page}");
        let wrong = browser.post("/valuation/treatments", &[("contact.key", "drum"), ("months.a", "0")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let before = house.events().await.len();
        assert_eq!(browser.post("/valuation/treatments", &form).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.events().await.len(), before, "what is in force already leaves no trace");
    }
}

on_both_databases! {
    async fn programs_nominate_and_decide_as_people_do(house: House) {
        house.administrator().await;
        fill(&house).await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let alpha = id_of(&house, "Alpha").await;
        let ask = async |method: Method, path: &str, body: Option<&serde_json::Value>| call(&house, Some(&token), method, path, body).await;
        let standing = format!("/api/v1/accounts/{alpha}/key-account");
        let made = ask(Method::POST, &format!("/api/v1/accounts/{alpha}/nominations"), Some(&json!({"statement": "Leads"}))).await;
        assert_eq!((made.status, made.json()["account_id"].as_i64()), (StatusCode::CREATED, Some(alpha)));
        let wrong = ask(Method::POST, &standing, Some(&json!({"decision": "declare", "reason": ""}))).await;
        let fields: Vec<String> = wrong.json()["errors"].as_array().expect("errors").iter().map(|error| error["field"].to_string()).collect();
        assert_eq!(fields, ["\"reason\"", "\"manager\"", "\"reach\"", "\"next_review\""]);
        let decision = json!({"decision": "declare", "reason": "Yes", "manager_id": 1, "reach": "international", "next_review": "2027-06-01"});
        assert_eq!(ask(Method::POST, &standing, Some(&decision)).await.status, StatusCode::NO_CONTENT);
        let now = ask(Method::GET, &standing, None).await.json();
        assert_eq!((now["is_key_account"].as_bool(), now["decisions"][0]["reach"].as_str()), (Some(true), Some("international")));
        let all = ask(Method::GET, "/api/v1/key-accounts", None).await.json();
        assert_eq!((all["key_accounts"].as_array().map(Vec::len), all["nominations"].as_array().map(Vec::len)), (Some(1), Some(0)));
        let treatments = ask(Method::GET, "/api/v1/valuation/treatments", None).await.json();
        assert_eq!(treatments[0]["class"], "key");
        let unknown = ask(Method::PUT, "/api/v1/valuation/treatments", Some(&json!([{"class": "z", "contact": "visit", "executive_sponsor": false, "review_months": null, "gift_budget": null}]))).await;
        assert_eq!(unknown.json()["errors"][0]["field"], "class");
    }
}

/// Whether a change of the web is one of key accounts.
pub fn knows(path: &str) -> bool {
    ["/valuation/treatments", "/accounts/{id}/key-account", "/accounts/{id}/nominations", "/nominations/{id}/withdraw"].contains(&path)
}

/// What makes a change of the web succeed. Each story has an account of its own, as one that is nominated is not nominated again.
pub async fn prepared(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    filled(house).await;
    let at = |id: i64| path.replace("{id}", &id.to_string());
    Some(match path {
        "/valuation/treatments" => {
            (path.into(), vec![("contact.key", "visit"), ("contact.a", "mail"), ("contact.b", "mail"), ("contact.c", "mail")])
        }
        "/accounts/{id}/nominations" => (at(id_of(house, "Alpha").await), vec![("statement", "Leads its trade")]),
        "/accounts/{id}/key-account" => {
            let beta = id_of(house, "Beta").await;
            nominate(house, &operator(), beta).await;
            (at(beta), vec![("decision", "decline"), ("reason", "Not yet")])
        }
        "/nominations/{id}/withdraw" => (at(nominate(house, &operator(), id_of(house, "Gamma").await).await), vec![]),
        _ => return None,
    })
}

/// What makes a change of the API succeed.
pub async fn api_prepared(house: &House, method: &str, path: &str) -> Option<(String, serde_json::Value)> {
    let own = ["/api/v1/accounts/1/key-account", "/api/v1/accounts/1/nominations", "/api/v1/nominations/1", "/api/v1/valuation/treatments"];
    if !own.contains(&path) {
        return None;
    }
    filled(house).await;
    Some(match (method, path) {
        ("POST", "/api/v1/accounts/1/nominations") => {
            (format!("/api/v1/accounts/{}/nominations", id_of(house, "Alpha").await), json!({"statement": "Leads its trade"}))
        }
        ("POST", "/api/v1/accounts/1/key-account") => {
            let beta = id_of(house, "Beta").await;
            nominate(house, &operator(), beta).await;
            (format!("/api/v1/accounts/{beta}/key-account"), json!({"decision": "decline", "reason": "Not yet"}))
        }
        ("DELETE", "/api/v1/nominations/1") => {
            (format!("/api/v1/nominations/{}", nominate(house, &operator(), id_of(house, "Gamma").await).await), json!({}))
        }
        ("PUT", "/api/v1/valuation/treatments") => {
            (path.into(), json!([{"class": "c", "contact": "phone", "executive_sponsor": false, "review_months": 24, "gift_budget": null}]))
        }
        _ => return None,
    })
}
