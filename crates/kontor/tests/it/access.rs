//! Coming in and going out.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kontor::access::actions::{make_set_up_link, make_sign_in_link};
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_domain::team::{Language, Role};

use crate::house::{PASSWORD, answer};
use crate::on_both_databases;

on_both_databases! {
    async fn the_set_up_link_makes_the_first_administrator_once(house: House) {
        let token = make_set_up_link(&house.office).await.expect("a link").expect("nobody is there yet");
        let mut browser = house.stranger();
        assert_eq!(browser.get(&format!("/set-up/{token}")).await.status, StatusCode::OK);
        let form = [("company", "Hansen GmbH"), ("name", "Ada"), ("mail", "Ada@Example.org"), ("password", PASSWORD), ("repeat", PASSWORD)];
        let done = browser.post(&format!("/set-up/{token}"), &form).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(browser.get("/users").await.status, StatusCode::OK);
        assert!(browser.get("/").await.text().contains("Hansen GmbH"));

        assert_eq!(house.stranger().get(&format!("/set-up/{token}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.stranger().post(&format!("/set-up/{token}"), &form).await.status, StatusCode::NOT_FOUND);
        assert!(make_set_up_link(&house.office).await.expect("asked").is_none());
    }
}

on_both_databases! {
    async fn a_wrong_set_up_keeps_what_was_typed_and_names_every_field(house: House) {
        let token = make_set_up_link(&house.office).await.expect("a link").expect("nobody is there yet");
        let mut browser = house.stranger();
        let form = [("company", ""), ("name", "Ada"), ("mail", "not-a-mail"), ("password", "kurz"), ("repeat", "kurz")];
        let page = browser.post(&format!("/set-up/{token}"), &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = page.text();
        assert!(text.contains("value=\"Ada\"") && text.contains("value=\"not-a-mail\""), "{text}");
        assert!(!text.contains("kurz"), "a password is never sent back");
        assert_eq!(text.matches("aria-invalid=\"true\"").count(), 3, "the password is told with the others: {text}");
        let form = [("company", "Hansen"), ("name", ""), ("mail", ""), ("password", PASSWORD), ("repeat", "other")];
        let text = browser.post(&format!("/set-up/{token}"), &form).await.text();
        assert!(text.contains("The two passwords differ"), "{text}");
    }
}

on_both_databases! {
    async fn a_dead_link_says_so_and_not_why(house: House) {
        let set_up = make_set_up_link(&house.office).await.expect("a link").expect("nobody is there yet");
        house.administrator().await;
        let operator = Viewer::operator(Language::En);
        let ada = kontor::team::actions::list(&house.office, &operator).await.expect("users")[0].id;
        let used = make_sign_in_link(&house.office, &operator, ada).await.expect("a link");
        assert_eq!(house.stranger().post(&format!("/link/{used}"), &[]).await.status, StatusCode::SEE_OTHER);
        let shown = |text: String| text.split("<main").nth(1).expect("a main part").to_owned();
        let mut pages = Vec::new();
        for path in [format!("/link/{used}"), "/link/never-made".to_owned(), format!("/set-up/{set_up}"), "/set-up/never-made".to_owned()] {
            for answer in [house.stranger().get(&path).await, house.stranger().post(&path, &[]).await] {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
                pages.push(shown(answer.text()));
            }
        }
        assert!(pages[0].contains("was used already") && pages[0].contains("kontor user link") && pages[0].contains("/sign-in"), "{}", pages[0]);
        assert!(pages.iter().all(|page| *page == pages[0]), "nobody learns whether a link ever existed");
    }
}

on_both_databases! {
    async fn what_was_typed_outlives_the_session(house: House) {
        let mut browser = house.administrator().await;
        browser.post("/sign-out", &[]).await;
        let form = [("name", "Elbe \"Nord\" GmbH"), ("city", "Köln"), ("note", "zwei\r\nZeilen")];
        let answer = browser.post("/accounts/new?next=%2F", &form).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let text = answer.text();
        assert!(text.contains("Nothing was saved") && text.contains("href=\"/sign-in\" target=\"_blank\""), "{text}");
        assert!(text.contains("action=\"/accounts/new?next=%2F\"") && text.contains("value=\"Elbe &quot;Nord&quot; GmbH\""), "{text}");
        assert!(text.contains("name=\"note\" value=\"zwei\r\nZeilen\""), "{text}");
        // Signed in beside it, the same form goes through.
        browser.post("/sign-in", &[("mail", "ada@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(browser.post("/accounts/new?next=%2F", &form).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/accounts").await.text().contains("Elbe &quot;Nord&quot; GmbH"));

        let mut stranger = house.stranger();
        let password = stranger.post("/profile/password", &[("password", PASSWORD), ("repeat", PASSWORD)]).await.text();
        assert!(!password.contains(PASSWORD) && password.contains("go back to the form"), "a password is never sent back: {password}");
        let upload = stranger.upload("/imports", &[("source", "erp")], &[("a.csv", b"x")]).await;
        assert!(upload.status == StatusCode::UNAUTHORIZED && upload.text().contains("go back to the form"), "{}", upload.text());
    }
}

on_both_databases! {
    async fn only_the_right_password_signs_in(house: House) {
        house.administrator().await;
        let mut browser = house.stranger();
        for (mail, password) in [("ada@example.org", "falsch falsch falsch"), ("nobody@example.org", PASSWORD), ("", "")] {
            let page = browser.post("/sign-in", &[("mail", mail), ("password", password)]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{mail}");
            assert_eq!(browser.get("/users").await.status, StatusCode::SEE_OTHER);
        }
        let page = browser.post("/sign-in", &[("mail", " ADA@example.org "), ("password", PASSWORD), ("next", "/users")]).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/users"));
        assert_eq!(browser.get("/users").await.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn the_sign_in_never_leads_to_another_house(house: House) {
        house.administrator().await;
        for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
            let page = house.stranger().post("/sign-in", &[("mail", "ada@example.org"), ("password", PASSWORD), ("next", next)]).await;
            assert_eq!(page.location(), "/", "{next}");
        }
    }
}

on_both_databases! {
    async fn too_many_wrong_passwords_are_held_off(house: House) {
        house.administrator().await;
        let mut browser = house.stranger();
        for _ in 0..5 {
            assert_eq!(browser.post("/sign-in", &[("mail", "ada@example.org"), ("password", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let page = browser.post("/sign-in", &[("mail", "ada@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(page.headers[header::RETRY_AFTER], "900");
        let text = page.text();
        assert!(text.contains("Too many tries") && text.contains("name=\"password\"") && text.contains("value=\"ada@example.org\""), "{text}");
        assert!(!text.contains(PASSWORD), "{text}");
        assert_eq!(house.events().await[0], Event::SignInRefused { mail: "ada@example.org".into(), too_many: true });
    }
}

on_both_databases! {
    async fn many_wrong_passwords_at_once_do_not_slip_past_the_count(house: House) {
        house.administrator().await;
        let mut guesses = tokio::task::JoinSet::new();
        for place in 0..30 {
            let mut browser = house.stranger();
            guesses.spawn(async move { browser.post("/sign-in", &[("mail", "ada@example.org"), ("password", &format!("guess {place}"))]).await.status });
        }
        let statuses = guesses.join_all().await;
        assert!(statuses.iter().filter(|&&status| status == StatusCode::UNPROCESSABLE_ENTITY).count() <= 5, "{statuses:?}");
    }
}

on_both_databases! {
    async fn tries_beyond_the_limit_do_not_fill_the_log(house: House) {
        house.administrator().await;
        let mut browser = house.stranger();
        let mail = format!("{}@example.org", "x".repeat(5000));
        for _ in 0..12 {
            browser.post("/sign-in", &[("mail", &mail), ("password", "x")]).await;
        }
        let refused: Vec<_> = house.events().await.into_iter().filter_map(|event| match event {
            Event::SignInRefused { mail, too_many } => Some((mail.len(), too_many)),
            _ => None,
        }).collect();
        assert_eq!(refused, [(254, true), (254, false), (254, false), (254, false), (254, false), (254, false)]);
    }
}

on_both_databases! {
    async fn signing_in_costs_no_try(house: House) {
        house.administrator().await;
        for _ in 0..40 {
            let answer = house.stranger().post("/sign-in", &[("mail", "ada@example.org"), ("password", PASSWORD)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }
    }
}

on_both_databases! {
    async fn signing_out_ends_the_session(house: House) {
        let mut browser = house.administrator().await;
        let before = browser.clone();
        assert_eq!(browser.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
        for mut browser in [browser, before] {
            assert_eq!(browser.get("/users").await.status, StatusCode::SEE_OTHER, "the old cookie opens nothing");
        }
    }
}

on_both_databases! {
    async fn a_sign_in_link_works_once(house: House) {
        house.administrator().await;
        house.user(Role::Member).await;
        let operator = Viewer::operator(Language::En);
        let member = kontor::team::actions::list(&house.office, &operator).await.expect("users").into_iter().find(|user| user.role == Role::Member).expect("the member");
        let token = make_sign_in_link(&house.office, &operator, member.id).await.expect("a link");
        let mut browser = house.stranger();
        assert_eq!(browser.get(&format!("/link/{token}")).await.status, StatusCode::OK);
        assert_eq!(browser.get("/profile").await.status, StatusCode::SEE_OTHER, "looking at the link signs nobody in");
        assert_eq!(browser.post(&format!("/link/{token}"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/profile").await.status, StatusCode::OK);
        assert_eq!(house.stranger().post(&format!("/link/{token}"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn a_post_from_another_site_is_refused(house: House) {
        house.administrator().await;
        let request = |site: Option<&str>| {
            let mut request = Request::post("/sign-in").header(header::HOST, "kontor.test").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            if let Some(site) = site {
                request = request.header("sec-fetch-site", site);
            }
            request.body(Body::from(format!("mail=ada%40example.org&password={}", PASSWORD.replace(' ', "+")))).expect("a request")
        };
        for site in [Some("cross-site"), Some("same-site"), None] {
            assert_eq!(answer(&house.router, request(site)).await.status, StatusCode::BAD_REQUEST, "{site:?}");
        }
        assert_eq!(answer(&house.router, request(Some("same-origin"))).await.status, StatusCode::SEE_OTHER);
    }
}

on_both_databases! {
    async fn every_answer_carries_the_security_headers(house: House) {
        let mut browser = house.administrator().await;
        for path in ["/", "/nowhere", "/api/v1/me"] {
            let answer = browser.get(path).await;
            assert!(answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").starts_with("default-src 'self'"), "{path}");
            assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        }
    }
}

on_both_databases! {
    async fn tokens_are_made_shown_once_and_revoked(house: House) {
        let mut browser = house.administrator().await;
        let page = browser.post("/profile/tokens", &[("name", "BI"), ("scope", "read"), ("expires_on", "2026-12-31")]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let text = page.text();
        let token = text.split("kontor_").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next()).expect("the secret");
        let token = format!("kontor_{token}");
        let call = |token: String| Request::get("/api/v1/me").header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).expect("a request");
        assert_eq!(answer(&house.router, call(token.clone())).await.status, StatusCode::OK);
        assert!(!browser.get("/profile/tokens").await.text().contains(&token));

        let revoked = house.events().await.iter().find_map(|event| match event {
            Event::TokenMade { token_id, .. } => Some(*token_id),
            _ => None,
        });
        let id = revoked.expect("made");
        assert_eq!(browser.post(&format!("/profile/tokens/{id}/revoke"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(answer(&house.router, call(token)).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(house.user(Role::Member).await.post(&format!("/profile/tokens/{id}/revoke"), &[]).await.status, StatusCode::NOT_FOUND, "not theirs");
    }
}

on_both_databases! {
    async fn a_token_that_has_expired_opens_nothing(house: House) {
        let mut browser = house.administrator().await;
        let page = browser.post("/profile/tokens", &[("name", "old"), ("scope", "read"), ("expires_on", "2026-11-22")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a day in the past");
        let page = browser.post("/profile/tokens", &[("name", ""), ("scope", "everything"), ("expires_on", "32.1.2026")]).await;
        assert_eq!(page.text().matches("aria-invalid=\"true\"").count(), 3);
    }
}

on_both_databases! {
    async fn a_session_that_was_ended_is_not_brought_back_by_a_request_under_way(house: House) {
        use kontor::team::store::{Sessions, end_sessions};
        use tower_sessions::{Session, SessionStore};

        house.administrator().await;
        let sessions = std::sync::Arc::new(Sessions(house.office.db.clone()));
        let before = Session::new(None, sessions.clone(), None);
        before.insert(kontor::team::store::SESSION_USER, 1).await.expect("inserted");
        before.save().await.expect("stored");
        let id = before.id().expect("an id");
        assert!(sessions.load(&id).await.expect("asked").is_some());

        before.insert("more", 1).await.expect("inserted");
        end_sessions(house.office.db.read(), 1, None).await.expect("ended");
        before.save().await.expect("no error");
        assert!(sessions.load(&id).await.expect("asked").is_none());
    }
}
