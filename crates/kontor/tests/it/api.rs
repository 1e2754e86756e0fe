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
