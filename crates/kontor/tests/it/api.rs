//! The API as programs meet it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kontor::access::actions::make_token;
use kontor::access::forms::NewToken;
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use serde_json::{Value, json};

use crate::house::{Answer, House, answer};
use crate::on_both_databases;

/// A token of a new user with this role.
pub async fn token(house: &House, role: Role, scope: Scope) -> String {
    let operator = Viewer::operator(Language::En);
    let mail = format!("{role}-{}@example.org", scope.name());
    let form = kontor::team::forms::NewUserForm { name: mail.clone(), mail, role: role.to_string(), unit: String::new() };
    let user_id = kontor::team::actions::add(&house.office, &operator, &form.parse().expect("a user")).await.expect("added");
    let owner = Viewer { user_id, name: "owner".into(), role, language: Language::En, via: Via::Web, sight: Sight::All };
    make_token(&house.office, &owner, NewToken { name: "test".into(), scope, expires_on: None }).await.expect("a token")
}

/// One call.
pub async fn call(house: &House, token: Option<&str>, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    answer(&house.router, request.body(body).expect("a request")).await
}

#[test]
fn the_contract_is_as_it_was_agreed() {
    let contract = serde_json::to_value(kontor::api::contract()).expect("the contract");
    assert_eq!(contract["openapi"], "3.1.0");
    insta::assert_json_snapshot!("openapi", contract);
}

/// Every operation of the contract: method, path with the parameters filled in.
pub fn operations() -> Vec<(Method, String)> {
    let contract = serde_json::to_value(kontor::api::contract()).expect("the contract");
    let mut operations = Vec::new();
    for (path, methods) in contract["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let path = path.replace("{id}", "1").replace("{address}", "1");
            assert!(!path.contains('{'), "{path}: fill the parameter in");
            operations.push((method.to_uppercase().parse().expect("a method"), path));
        }
    }
    assert!(operations.len() > 10, "{operations:?}");
    operations
}

on_both_databases! {
    async fn no_operation_works_without_a_valid_token(house: House) {
        for (method, path) in operations() {
            for token in [None, Some("kontor_wrong"), Some("")] {
                let answer = call(&house, token, method.clone(), &path, Some(&json!({}))).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path} {token:?}");
                assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
            }
        }
    }
}

on_both_databases! {
    async fn a_token_for_reading_changes_nothing(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Read).await;
        let before = house.events().await.len();
        for (method, path) in operations() {
            if method == Method::GET {
                continue;
            }
            let answer = call(&house, Some(&token), method.clone(), &path, Some(&json!({}))).await;
            assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.text());
        }
        assert_eq!(house.events().await.len(), before);
    }
}

on_both_databases! {
    async fn problems_name_the_field(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let body = json!({"name": "", "mail": "x", "role": "boss"});
        let answer = call(&house, Some(&token), Method::POST, "/api/v1/users", Some(&body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let problem = answer.json();
        let fields: Vec<&str> = problem["errors"].as_array().expect("errors").iter().filter_map(|error| error["field"].as_str()).collect();
        assert_eq!(fields, ["name", "mail", "role"]);
        let broken = call(&house, Some(&token), Method::POST, "/api/v1/users", Some(&json!({"name": 5}))).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(broken.json()["errors"][0]["field"], "name");
    }
}

on_both_databases! {
    async fn whatever_is_wrong_with_a_body_or_a_parameter_is_told_at_its_name(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        for (method, path, body, field) in [
            (Method::POST, "/api/v1/interactions", json!({}), "account_id"),
            (Method::POST, "/api/v1/interactions", json!({"account_id": "x"}), "account_id"),
            (Method::PUT, "/api/v1/settings", json!({"company": "Elbe"}), "fiscal_start"),
            (Method::PUT, "/api/v1/users/1", json!({"name": "Ada"}), "role"),
            (Method::POST, "/api/v1/users", json!({"name": "Ada", "mail": "ada@example.org", "role": "king"}), "role"),
            (Method::GET, "/api/v1/audit?limit=x", Value::Null, "limit"),
            (Method::GET, "/api/v1/audit?limit=0", Value::Null, "limit"),
            (Method::GET, "/api/v1/accounts?clas=A", Value::Null, "clas"),
            (Method::GET, "/api/v1/users?x=1", Value::Null, "x"),
            (Method::GET, "/api/v1/cadence?state=foo", Value::Null, "state"),
        ] {
            let body = (!body.is_null()).then_some(&body);
            let answer = call(&house, Some(&token), method.clone(), path, body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{method} {path}: {}", answer.text());
            assert_eq!(answer.json()["errors"][0]["field"], field, "{method} {path}: {}", answer.text());
        }
        let role = call(&house, Some(&token), Method::POST, "/api/v1/users", Some(&json!({"name": "Ada", "mail": "a@example.org", "role": "king"}))).await;
        assert_eq!(role.json()["errors"][0]["message"], "Possible are: administrator, sales_lead, member, viewer.");

        let broken = Request::post("/api/v1/users")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{\"name\": "))
            .expect("a request");
        let broken = answer(&house.router, broken).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST);
        assert!(broken.json()["detail"].as_str().expect("a sentence").starts_with("the body is no JSON"), "{}", broken.text());
    }
}

on_both_databases! {
    async fn a_refusal_says_what_is_missing(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Read).await;
        let detail = |answer: &Answer| answer.json()["detail"].as_str().expect("a sentence").to_owned();
        let wrong = call(&house, Some(&token), Method::DELETE, "/api/v1/accounts", None).await;
        assert_eq!((wrong.status, &wrong.headers[header::ALLOW]), (StatusCode::METHOD_NOT_ALLOWED, &"POST,GET,HEAD".parse().expect("methods")));
        assert_eq!(call(&house, Some(&token), Method::DELETE, "/api/v1/nothing", None).await.status, StatusCode::NOT_FOUND);

        let narrow = call(&house, Some(&token), Method::POST, "/api/v1/accounts", Some(&json!({"name": "Elbe"}))).await;
        assert_eq!(narrow.status, StatusCode::FORBIDDEN);
        assert_eq!(detail(&narrow), "This API key may not do that: its scope is “read”.");
        let unknown = call(&house, Some("kontor_wrong"), Method::GET, "/api/v1/accounts", None).await;
        assert_eq!((unknown.status, detail(&unknown)), (StatusCode::UNAUTHORIZED, "This API key is unknown, expired or revoked.".to_owned()));
        assert_eq!(unknown.headers[header::WWW_AUTHENTICATE], "Bearer");
        let missing = call(&house, None, Method::GET, "/api/v1/accounts", None).await;
        assert!(detail(&missing).starts_with("The API key is missing"), "{}", missing.text());
    }
}

on_both_databases! {
    async fn users_and_settings_are_read_and_changed(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let added = call(&house, Some(&token), Method::POST, "/api/v1/users", Some(&json!({"name": "Jana", "mail": "jana@example.org", "role": "member"}))).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        let path = format!("/api/v1/users/{}", added.json()["id"]);
        let change = json!({"name": "Jana P.", "role": "sales_lead", "active": true});
        assert_eq!(call(&house, Some(&token), Method::PUT, &path, Some(&change)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(call(&house, Some(&token), Method::GET, &path, None).await.json()["role"], "sales_lead");

        let mut settings = call(&house, Some(&token), Method::GET, "/api/v1/settings", None).await.json();
        assert_eq!(settings["threshold_a"], 80);
        settings["threshold_a"] = json!(75);
        assert_eq!(call(&house, Some(&token), Method::PUT, "/api/v1/settings", Some(&settings)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/settings", None).await.json()["threshold_a"], 75);
    }
}

on_both_databases! {
    async fn the_audit_log_is_paged_by_cursor(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let all = call(&house, Some(&token), Method::GET, "/api/v1/audit?limit=500", None).await.json();
        let mut path = "/api/v1/audit?limit=2".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = call(&house, Some(&token), Method::GET, &path, None).await.json();
            seen.extend(page["items"].as_array().expect("items").clone());
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/audit?limit=2&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(Value::Array(seen), all["items"]);
    }
}

on_both_databases! {
    async fn lists_that_grow_are_paged_by_cursor(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let send = async |method: Method, path: &str, body: Option<Value>| call(&house, Some(&token), method, path, body.as_ref()).await;
        for number in 1..=4 {
            let user = json!({"name": format!("User {number}"), "mail": format!("u{number}@example.org"), "role": "member"});
            send(Method::POST, "/api/v1/users", Some(user)).await;
            let view = json!({"list": "accounts", "name": format!("View {number}"), "query": "class=A"});
            send(Method::POST, "/api/v1/views", Some(view)).await;
            let rate = json!({"currency": "CHF", "from": format!("2026-0{number}-01"), "rate": "1.05"});
            send(Method::POST, "/api/v1/settings/rates", Some(rate)).await;
            for name in ["Elbe", "Elbe GmbH"] {
                send(Method::POST, "/api/v1/accounts", Some(json!({"name": name}))).await;
            }
        }
        for number in [1, 3, 5] {
            let merged = send(Method::POST, "/api/v1/merges", Some(json!({"kept": number, "gone": number + 1}))).await;
            assert_eq!(merged.status, StatusCode::CREATED, "{}", merged.text());
        }
        for (path, least) in [("users", 6), ("views", 4), ("settings/rates", 4), ("merges", 3), ("team/workload", 0), ("team/handovers", 0), ("valuation/groups", 0), ("valuation/kept", 0), ("accounts/1/ratings", 0), ("accounts/1/groups", 0)] {
            let whole = send(Method::GET, &format!("/api/v1/{path}"), None).await.json();
            let all = whole["items"].as_array().unwrap_or_else(|| panic!("{path}: {whole}")).clone();
            assert!(all.len() >= least && whole.get("next").is_none(), "{path}: {whole}");
            let (mut at, mut walked) = (format!("/api/v1/{path}?limit=1"), Vec::new());
            loop {
                let page = send(Method::GET, &at, None).await.json();
                walked.extend(page["items"].as_array().expect("items").clone());
                let Some(next) = page["next"].as_str() else { break };
                at = format!("/api/v1/{path}?limit=1&cursor={next}");
            }
            assert_eq!(walked, all, "{path}");
            for wrong in ["limit=0", "limit=x", "cursor=%25"] {
                assert_eq!(send(Method::GET, &format!("/api/v1/{path}?{wrong}"), None).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}?{wrong}");
            }
        }
    }
}

on_both_databases! {
    async fn the_audit_log_is_read_by_days_and_taken_out(house: House) {
        let mut browser = house.administrator().await;
        let operator = kontor_domain::rights::Viewer::operator(kontor_domain::team::Language::En);
        let earlier = house.office.at(house.office.now() - chrono::TimeDelta::days(10));
        let unit = kontor_domain::audit::UnitState { name: "=Nord; \"Süd\"".into(), parent: None, archived: false };
        kontor::team::actions::add_unit(&earlier, &operator, unit).await.expect("added");
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let get = async |query: &str| call(&house, Some(&token), Method::GET, &format!("/api/v1/audit?{query}"), None).await;
        let kinds = |page: Value| -> Vec<String> {
            page["items"].as_array().expect("items").iter().map(|entry| entry["event"]["event"].as_str().expect("a kind").to_owned()).collect()
        };
        assert_eq!(kinds(get("to=2026-11-22").await.json()), ["unit_added"]);
        assert_eq!(kinds(get("from=2026-11-13&to=2026-11-13").await.json()), ["unit_added"], "whole days");
        assert!(kinds(get("to=2026-11-12").await.json()).is_empty() && kinds(get("from=2026-11-24").await.json()).is_empty());
        assert!(!kinds(get("from=2026-11-14").await.json()).contains(&"unit_added".to_owned()));
        for (query, field) in [("from=gestern", "from"), ("to=2026-02-31", "to"), ("from=2026-11-02&to=2026-11-01", "to")] {
            let refused = get(query).await;
            assert_eq!((refused.status, &refused.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)), "{query}");
        }

        let shown = browser.get("/audit?to=2026-11-22").await.text();
        assert!(shown.contains("Nord") && !shown.contains("Ada Admin</td>") && shown.contains("/audit.csv?to=2026-11-22"), "{shown}");
        let wrong = browser.get("/audit?from=gestern&to=2026-11-22").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"gestern\"") && wrong.text().contains("Nord"), "the rest holds");
        let file = browser.get("/audit.csv?to=2026-11-22").await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text());
        let text = file.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 1, "{text}");
        assert_eq!((&rows[0][2], &rows[0][3], &rows[0][7]), ("2026-11-13T10:00:00Z", "kontor", "unit_added"));
        let data: Value = serde_json::from_str(&rows[0][8]).expect("data");
        assert!(data.to_string().contains("=Nord; \\\"Süd\\\""), "{data}");
        assert!(matches!(&house.events().await[0], kontor_domain::audit::Event::Exported { what, rows: 1 } if what == "audit"), "it is noted");
        let lines = browser.get("/audit.csv").await.text().lines().count();
        assert_eq!(lines, house.events().await.len(), "all of it, without the export itself and with a header");
        assert_eq!(browser.get("/audit.csv?from=gestern").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut lead = house.user(Role::SalesLead).await;
        assert_eq!(lead.get("/audit.csv").await.status, StatusCode::FORBIDDEN);
    }
}

on_both_databases! {
    async fn the_audit_log_is_searched_by_part_of_the_actors_name(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        for (actor, is_found) in [("Ada", true), ("aDA aDM", true), ("A%n", false), ("A_a", false), ("!", false), ("Bert", false)] {
            let path = format!("/api/v1/audit?actor={}", kontor::web::url::encode(actor));
            let page = call(&house, Some(&token), Method::GET, &path, None).await.json();
            assert_eq!(!page["items"].as_array().expect("items").is_empty(), is_found, "{actor}");
        }
    }
}

on_both_databases! {
    async fn an_idempotency_key_stands_for_one_request_and_its_answer(house: House) {
        use kontor::api::idempotency::{HEADER, Key, claim};
        use kontor::fault::Fault;

        house.administrator().await;
        let viewer = Viewer { user_id: 1, name: "owner".into(), role: Role::Administrator, language: Language::En, via: Via::Web, sight: Sight::All };
        let headers = |key: &str| [(HEADER.parse().expect("a name"), key.parse().expect("a value"))].into_iter().collect();
        let ask = async |key: &str, hash: &str| claim(&house.office, &viewer, &headers(key), hash).await;

        assert!(matches!(claim(&house.office, &viewer, &Default::default(), "a").await, Ok(Key::None)));
        let Ok(Key::Claimed(claimed)) = ask("k1", "a").await else { panic!("the first one claims it") };
        assert!(matches!(ask("k1", "a").await, Err(Fault::Conflict(_))), "still at work");
        claimed.answer(&house.office, &json!({"id": 7})).await.expect("kept");
        assert!(matches!(ask("k1", "a").await, Ok(Key::Answered(answer)) if answer == json!({"id": 7})));
        assert!(matches!(ask("k1", "b").await, Err(Fault::Invalid(_))), "another request");

        let Ok(Key::Claimed(claimed)) = ask("k2", "a").await else { panic!("another key") };
        claimed.release(&house.office).await.expect("given up");
        assert!(matches!(ask("k2", "a").await, Ok(Key::Claimed(_))), "tried again");
        assert!(matches!(ask("", "a").await, Err(Fault::Invalid(_))));
    }
}
