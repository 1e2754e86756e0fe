//! Users and their rights.

use axum::http::StatusCode;
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_domain::team::{Language, Role};

use crate::house::PASSWORD;
use crate::on_both_databases;

on_both_databases! {
    async fn an_administrator_adds_and_changes_users(house: House) {
        let mut browser = house.administrator().await;
        let page = browser.post("/users", &[("name", "  Jana   Petersen "), ("mail", "jana@example.org"), ("role", "member")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        assert!(browser.get("/users").await.text().contains("Jana Petersen"));
        let id = house.events().await.iter().find_map(|event| match event {
            Event::UserAdded { user_id, name, .. } if name == "Jana Petersen" => Some(*user_id),
            _ => None,
        });
        let id = id.expect("added");
        let page = browser.post(&format!("/users/{id}"), &[("name", "Jana Petersen"), ("role", "sales_lead"), ("active", "on")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        assert!(matches!(&house.events().await[0], Event::UserChanged { before, after, .. } if before.role == Role::Member && after.role == Role::SalesLead));
    }
}

on_both_databases! {
    async fn wrong_fields_are_told_at_their_place_and_nothing_is_lost(house: House) {
        let mut browser = house.administrator().await;
        let page = browser.post("/users", &[("name", "Jana"), ("mail", "ada@example.org"), ("role", "member")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("value=\"Jana\"") && page.text().contains("value=\"ada@example.org\""));
        let page = browser.post("/users", &[("name", ""), ("mail", "x"), ("role", "boss")]).await;
        assert_eq!(page.text().matches("aria-invalid=\"true\"").count(), 3, "{}", page.text());
    }
}

on_both_databases! {
    async fn the_last_administrator_stays(house: House) {
        let mut browser = house.administrator().await;
        let operator = Viewer::operator(Language::En);
        let id = kontor::team::actions::list(&house.office, &operator).await.expect("users")[0].id;
        for form in [vec![("name", "Ada"), ("role", "viewer"), ("active", "on")], vec![("name", "Ada"), ("role", "administrator")]] {
            assert_eq!(browser.post(&format!("/users/{id}"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        house.user(Role::Administrator).await;
        assert_eq!(browser.post(&format!("/users/{id}"), &[("name", "Ada"), ("role", "viewer"), ("active", "on")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/users").await.status, StatusCode::FORBIDDEN);
    }
}

on_both_databases! {
    async fn two_administrators_cannot_dismiss_each_other_at_once(house: House) {
        house.administrator().await;
        house.user(Role::Administrator).await;
        let operator = Viewer::operator(Language::En);
        let users = kontor::team::actions::list(&house.office, &operator).await.expect("users");
        let dismiss = async |user: &kontor::team::store::User| {
            let after = kontor_domain::audit::UserState { name: user.name.clone(), role: Role::Viewer, active: true, unit_id: None };
            kontor::team::actions::change(&house.office, &operator, user.id, after).await.is_ok()
        };
        let (one, other) = tokio::join!(dismiss(&users[0]), dismiss(&users[1]));
        assert!(one != other, "{one} {other}");
    }
}

on_both_databases! {
    async fn who_is_deactivated_is_out_at_once(house: House) {
        house.administrator().await;
        let mut member = house.user(Role::Member).await;
        assert_eq!(member.get("/profile").await.status, StatusCode::OK);
        let operator = Viewer::operator(Language::En);
        let user = kontor::team::actions::list(&house.office, &operator).await.expect("users").into_iter().find(|user| user.role == Role::Member).expect("the member");
        let after = kontor_domain::audit::UserState { name: user.name, role: user.role, active: false, unit_id: user.unit_id };
        kontor::team::actions::change(&house.office, &operator, user.id, after).await.expect("changed");
        assert_eq!(member.get("/profile").await.status, StatusCode::SEE_OTHER);
        assert_eq!(member.post("/sign-in", &[("mail", &user.mail), ("password", PASSWORD)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn users_change_their_own_language_and_password(house: House) {
        house.administrator().await;
        let mut member = house.user(Role::Viewer).await;
        for _ in 0..2 {
            assert_eq!(member.post("/profile/language", &[("language", "de")]).await.status, StatusCode::SEE_OTHER);
        }
        let chosen = house.events().await.iter().filter(|event| event.kind() == "language_set").count();
        assert_eq!(chosen, 1, "the same again leaves no trace");
        assert!(member.get("/profile").await.text().contains("lang=\"de\""));
        let new = "noch ein langes Passwort";
        let wrong = member.post("/profile/password", &[("current", "falsch"), ("password", new), ("repeat", new)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut elsewhere = house.stranger();
        elsewhere.post("/sign-in", &[("mail", "viewer@example.org"), ("password", PASSWORD)]).await;
        let right = member.post("/profile/password", &[("current", PASSWORD), ("password", new), ("repeat", new)]).await;
        assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.text());
        assert_eq!(member.get("/profile").await.status, StatusCode::OK, "this session goes on");
        assert_eq!(elsewhere.get("/profile").await.status, StatusCode::SEE_OTHER, "the others end");
    }
}

on_both_databases! {
    async fn each_role_sees_the_pages_it_may(house: House) {
        house.administrator().await;
        let allowed = |role: Role, path: &str| match path {
            "/users" | "/audit" => role == Role::Administrator,
            "/settings" => matches!(role, Role::Administrator | Role::SalesLead),
            "/imports/new" => role != Role::Viewer,
            _ => true,
        };
        for role in Role::ALL {
            let mut browser = house.user(role).await;
            for path in ["/", "/accounts", "/valuation/abc", "/imports", "/imports/new", "/settings", "/users", "/audit", "/profile", "/profile/tokens"] {
                let expected = if allowed(role, path) { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!(browser.get(path).await.status, expected, "{role} {path}");
            }
        }
    }
}

on_both_databases! {
    async fn unknown_and_unreadable_ids_answer_alike(house: House) {
        let mut browser = house.administrator().await;
        for path in ["/users/99999", "/users/abc", "/accounts/99999", "/accounts/x", "/imports/99999", "/imports/-1", "/nowhere"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.text().contains("<h1"), "{path} is a page");
        }
    }
}
