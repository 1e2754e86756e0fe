//! Saved views of lists.

use axum::http::{Method, StatusCode};
use kontor_domain::rights::Scope;
use kontor_domain::team::Role;
use serde_json::json;

use crate::api::{call, token};
use crate::on_both_databases;

on_both_databases! {
    async fn a_view_is_ones_own_until_it_is_shared(house: House) {
        house.administrator().await;
        let (mut lead, member) = (house.user(Role::SalesLead).await, token(&house, Role::Member, Scope::Full).await);
        let form = [("list", "accounts"), ("name", "Meine A"), ("query", "class=A&page=3")];
        let answer = lead.post("/views", &form).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/accounts?class=A"));
        let names = async |path: &str| {
            let answer = call(&house, Some(&member), Method::GET, path, None).await;
            answer.json()["items"].as_array().expect("a list").iter().map(|view| view["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
        };
        assert!(names("/api/v1/views").await.is_empty(), "a view of one's own is nobody else's");
        lead.post("/views", &[("list", "accounts"), ("name", "Alle B"), ("query", "class=B"), ("shared", "on")]).await;
        assert_eq!(names("/api/v1/views?list=accounts").await, ["Alle B"]);
        assert!(names("/api/v1/views?list=people").await.is_empty());
    }
}

on_both_databases! {
    async fn a_shared_view_is_its_makers_to_remove(house: House) {
        house.administrator().await;
        let (lead, member) = (token(&house, Role::SalesLead, Scope::Full).await, token(&house, Role::Member, Scope::Full).await);
        let body = json!({"list": "accounts", "name": "B", "query": "class=B", "shared": true});
        let id = call(&house, Some(&lead), Method::POST, "/api/v1/views", Some(&body)).await.json();
        let path = format!("/api/v1/views/{id}");
        assert_eq!(call(&house, Some(&member), Method::DELETE, &path, None).await.status, StatusCode::FORBIDDEN);
        assert_eq!(call(&house, Some(&lead), Method::DELETE, &path, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(call(&house, Some(&lead), Method::DELETE, &path, None).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn saving_under_the_same_name_replaces_ones_own_view(house: House) {
        house.administrator().await;
        let member = token(&house, Role::Member, Scope::Full).await;
        let save = async |query: &str| {
            let body = json!({"list": "accounts", "name": "Meine", "query": query});
            call(&house, Some(&member), Method::POST, "/api/v1/views", Some(&body)).await.json()
        };
        let (first, second) = (save("class=A").await, save("class=B").await);
        assert_eq!(first, second);
        let views = call(&house, Some(&member), Method::GET, "/api/v1/views", None).await.json();
        assert_eq!((views["items"][0]["query"].as_str(), views["items"][1].is_null()), (Some("class=B"), true));
    }
}

on_both_databases! {
    async fn who_only_reads_cannot_share_and_wrong_views_are_refused_at_their_fields(house: House) {
        house.administrator().await;
        let viewer = token(&house, Role::Viewer, Scope::Full).await;
        let shared = json!({"list": "accounts", "name": "X", "query": "", "shared": true});
        assert_eq!(call(&house, Some(&viewer), Method::POST, "/api/v1/views", Some(&shared)).await.status, StatusCode::FORBIDDEN);
        let wrong = json!({"list": "invoices", "name": "", "query": "a b"});
        let answer = call(&house, Some(&viewer), Method::POST, "/api/v1/views", Some(&wrong)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["list", "name", "query"] {
            assert!(answer.text().contains(field), "{field}: {}", answer.text());
        }
    }
}
