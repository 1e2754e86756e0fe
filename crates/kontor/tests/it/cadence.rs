//! The rhythm of contact: rules, who waits, intervals of one's own, and the page of one's own accounts.

use axum::http::{Method, StatusCode};
use kontor::cadence::actions::{self, Filter};
use kontor::interactions::forms::NewInteraction;
use kontor::ledger::uploads::describe;
use kontor_domain::abc::Class;
use kontor_domain::audit::Event;
use kontor_domain::cadence::{Interval, Kinds, Role as CadenceRole, Rule, Rules, State};
use kontor_domain::interaction::{Confidentiality, Kind};
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use kontor_ledger::options::Options;
use serde_json::json;

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;
use crate::people::{operator, person_at};

const LINES: &str = "invoice,date,customer id,customer name,net amount\n1,2026-09-28,100,Elbe,8000.00\n2,2026-09-29,200,Weser,1500.00\n3,2026-09-30,300,Ems,500.00\n";

/// Three accounts of the classes A, B and C, by id.
pub async fn accounts(house: &House) -> [i64; 3] {
    let path = house.folder().join("lines.csv");
    std::fs::write(&path, LINES).expect("written");
    let file = describe(&path).expect("described");
    let id = kontor::ledger::actions::upload(&house.office, &operator(), "erp", vec![file], &Options::default()).await.expect("uploaded");
    kontor::ledger::actions::book(&house.office, &operator(), id).await.expect("booked");
    let all = kontor::accounts::store::all(house.office.db.read(), &operator()).await.expect("accounts");
    ["Elbe", "Weser", "Ems"].map(|name| all.iter().find(|account| account.master.name == name).expect("there").id)
}

/// A contact so many days ago.
pub async fn contact(house: &House, account_id: i64, kind: Kind, days_ago: u64, persons: Vec<i64>) -> i64 {
    let entry = NewInteraction {
        account_id,
        kind,
        day: house.office.today() - chrono::Days::new(days_ago),
        minute_of_day: None,
        minutes: 30,
        purpose: "Talk".into(),
        outcome: String::new(),
        others: String::new(),
        persons,
        users: vec![],
        step: None,
        confidentiality: Confidentiality::All,
    };
    kontor::interactions::actions::log(&house.office, &operator(), entry).await.expect("logged")
}

async fn listed(house: &House, viewer: &Viewer, filter: Filter) -> Vec<(i64, Option<i64>, State)> {
    let found = actions::list(&house.office, viewer, filter).await.expect("a list");
    found.into_iter().map(|contact| (contact.account_id, contact.person_id, contact.standing.state)).collect()
}

async fn on_team(house: &House, user: i64, account: i64, role: &str) {
    let form = kontor::assignments::forms::AssignForm {
        user: user.to_string(),
        role: role.into(),
        from: "2026-01-01".into(),
        ..Default::default()
    };
    let wanted = form.parse(kontor::web::format::Locale::of(Language::En), house.office.today()).expect("an assignment");
    kontor::assignments::actions::assign(&house.office, &operator(), account, &wanted).await.expect("assigned");
}

async fn user_named(house: &House, mail: &str) -> i64 {
    kontor::team::store::find_by_mail(house.office.db.read(), mail).await.expect("asked").expect("there").id
}

/// What makes a change succeed, for the walk over all routes.
pub async fn story(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    Some(match path {
        "/cadence/rules" => (path.into(), vec![("wanted-A-any", "7"), ("longest-A-any", "14"), ("kinds-A-any", "visit")]),
        "/accounts/{id}/cadence" => (path.replace("{id}", &accounts(house).await[0].to_string()), vec![("wanted", "5"), ("longest", "9")]),
        _ => return None,
    })
}

/// The same for the operations of the API.
pub async fn api_story(house: &House, method: &Method, path: &str) -> Option<(String, serde_json::Value)> {
    Some(match (method.as_str(), path) {
        ("PUT", "/api/v1/cadence/rules") => {
            (path.into(), json!([{"class": "A", "role": "any", "wanted_days": 7, "longest_days": 14, "kinds": ["visit", "call"]}]))
        }
        ("PUT", "/api/v1/accounts/1/cadence") => {
            (format!("/api/v1/accounts/{}/cadence", accounts(house).await[0]), json!({"wanted_days": 6, "longest_days": 8}))
        }
        _ => return None,
    })
}

on_both_databases! {
    async fn what_is_due_counts_from_the_last_real_contact(house: House) {
        let [a, b, c] = accounts(&house).await;
        assert_eq!(listed(&house, &operator(), Filter::default()).await, [(a, None, State::Never), (b, None, State::Never), (c, None, State::Never)]);
        contact(&house, a, Kind::Visit, 43, vec![]).await;
        contact(&house, b, Kind::Call, 61, vec![]).await;
        contact(&house, c, Kind::Mail, 100, vec![]).await;
        assert_eq!(listed(&house, &operator(), Filter::default()).await, [(a, None, State::Overdue), (b, None, State::Due)]);
        assert_eq!(listed(&house, &operator(), Filter { state: Some(State::Fine), ..Filter::default() }).await, [(c, None, State::Fine)]);
        // Whoever called yesterday has no reminder today; taking it back brings it back.
        let yesterday = contact(&house, a, Kind::Call, 1, vec![]).await;
        assert_eq!(listed(&house, &operator(), Filter::default()).await, [(b, None, State::Due)]);
        kontor::interactions::actions::set_archived(&house.office, &operator(), yesterday, true).await.expect("archived");
        assert_eq!(listed(&house, &operator(), Filter::default()).await[0], (a, None, State::Overdue));
    }
}

on_both_databases! {
    async fn who_decides_by_the_map_has_the_rhythm_of_deciders_while_they_work_there(house: House) {
        use kontor::stakeholders::actions::{place, remove};
        use kontor::stakeholders::forms::{Placed, Stand};
        use kontor_domain::stakeholder::BuyingRole as Part;
        let [a, b, _] = accounts(&house).await;
        let anna = person_at(&house, a, "Anna", "Adler").await;
        for account in [a, b] {
            contact(&house, account, Kind::Mail, 1, vec![]).await;
        }
        contact(&house, a, Kind::Mail, 1, vec![anna]).await;
        let of_class_a = Filter { class: Some(Class::A), ..Filter::default() };
        assert_eq!(listed(&house, &operator(), of_class_a).await, []);
        let stand = Stand { role: Some(Part::Decider), ..Stand::default() };
        let entry = place(&house.office, &operator(), a, None, &Placed::Person(anna), &stand).await.expect("placed");
        assert_eq!(listed(&house, &operator(), of_class_a).await, [(a, Some(anna), State::Never)], "a mail is no contact with who decides");
        contact(&house, a, Kind::Call, 20, vec![anna]).await;
        assert_eq!(listed(&house, &operator(), of_class_a).await, [(a, Some(anna), State::Due)]);
        let shown = actions::show(&house.office, &operator(), a).await.expect("shown");
        assert_eq!((shown.people[&anna].role, shown.people[&anna].standing.state), (CadenceRole::Part(Part::Decider), State::Due));
        remove(&house.office, &operator(), entry).await.expect("removed");
        assert_eq!(listed(&house, &operator(), of_class_a).await, [], "off the map");
        place(&house.office, &operator(), a, None, &Placed::Person(anna), &stand).await.expect("placed");
        kontor::people::actions::archive(&house.office, &operator(), anna, "retired").await.expect("archived");
        assert_eq!(listed(&house, &operator(), of_class_a).await, [], "no longer there");
    }
}

on_both_databases! {
    async fn a_rule_says_which_contacts_count(house: House) {
        let [a, ..] = accounts(&house).await;
        contact(&house, a, Kind::Mail, 2, vec![]).await;
        contact(&house, a, Kind::Visit, 30, vec![]).await;
        assert!(listed(&house, &operator(), Filter { class: Some(Class::A), ..Filter::default() }).await.is_empty());
        let personal: Kinds = [Kind::Visit].into();
        let rule = Rule { class: Class::A, role: CadenceRole::Any, interval: Interval::new(7, 14).expect("an interval"), kinds: personal };
        actions::set_rules(&house.office, &operator(), Rules::new(vec![rule]).expect("rules")).await.expect("set");
        assert_eq!(listed(&house, &operator(), Filter::default()).await, [(a, None, State::Overdue)], "the mail does not count, and B and C have no rule");
        let before = house.events().await.len();
        let same = actions::rules(&house.office, &operator()).await.expect("rules");
        actions::set_rules(&house.office, &operator(), same).await.expect("nothing to do");
        assert_eq!(house.events().await.len(), before);
    }
}

on_both_databases! {
    async fn accounts_and_people_may_have_a_rhythm_of_their_own(house: House) {
        let [a, _, c] = accounts(&house).await;
        let anna = person_at(&house, a, "Anna", "Lohse").await;
        let elsewhere = person_at(&house, c, "Karl", "Ott").await;
        contact(&house, a, Kind::Call, 20, vec![anna]).await;
        contact(&house, a, Kind::Call, 3, vec![]).await;
        let only = |class| Filter { class: Some(class), ..Filter::default() };
        assert!(listed(&house, &operator(), only(Class::A)).await.is_empty());
        actions::set_own(&house.office, &operator(), a, Some(anna), Interval::new(7, 14)).await.expect("set");
        assert_eq!(listed(&house, &operator(), only(Class::A)).await, [(a, Some(anna), State::Overdue)]);
        actions::set_own(&house.office, &operator(), a, None, Interval::new(1, 5)).await.expect("set");
        assert_eq!(listed(&house, &operator(), only(Class::A)).await, [(a, Some(anna), State::Overdue), (a, None, State::Due)]);
        let Event::CadenceSet { before, after, person, .. } = house.events().await.remove(0) else { panic!("set") };
        assert_eq!((before, after.map(|interval| interval.to_string()), person), (None, Some("1/5".into()), None));
        actions::set_own(&house.office, &operator(), a, None, None).await.expect("the rule again");
        assert_eq!(listed(&house, &operator(), only(Class::A)).await.len(), 1);
        let wrong = actions::set_own(&house.office, &operator(), a, Some(elsewhere), Interval::new(7, 14)).await;
        assert!(matches!(wrong, Err(kontor::fault::Fault::Invalid(errors)) if errors[0].field == "person"));
        assert!(matches!(actions::set_own(&house.office, &operator(), 99, None, Interval::new(7, 14)).await, Err(kontor::fault::Fault::NotFound)));

        let tx = house.office.db.begin().await.expect("a transaction");
        let moved = actions::move_account_references(&tx, a, c).await.expect("moved");
        assert_eq!(moved.len(), 2, "what ended moves, too");
        kontor::cadence::store::move_back(tx.on(), &moved, Some(a), None).await.expect("back");
        tx.commit(&operator(), house.office.now(), Event::Exported { what: "merge".into(), rows: 0 }).await.expect("committed");
        assert_eq!(listed(&house, &operator(), only(Class::A)).await, [(a, Some(anna), State::Overdue)]);
    }
}

on_both_databases! {
    async fn only_accounts_in_sight_wait_and_a_kam_asks_for_their_own(house: House) {
        house.administrator().await;
        let [a, b, c] = accounts(&house).await;
        house.user(Role::Member).await;
        let user = user_named(&house, "member@example.org").await;
        on_team(&house, user, b, "kam").await;
        on_team(&house, user, c, "service").await;
        let viewer = Viewer { user_id: user, name: "Jana".into(), role: Role::Member, language: Language::En, via: Via::Web, sight: Sight::only([a, c]) };
        // The class is a fact of the whole house, also for who sees a part of it.
        let found = actions::list(&house.office, &viewer, Filter::default()).await.expect("a list");
        assert_eq!(found.iter().map(|contact| (contact.account_id, contact.class)).collect::<Vec<_>>(), [(a, Some(Class::A)), (c, Some(Class::C))]);
        assert_eq!(listed(&house, &operator(), Filter { kam: Some(user), ..Filter::default() }).await, [(b, None, State::Never)]);
        assert!(listed(&house, &viewer, Filter { kam: Some(user), ..Filter::default() }).await.is_empty());
        assert!(matches!(actions::show(&house.office, &viewer, b).await, Err(kontor::fault::Fault::NotFound)));
        assert!(matches!(actions::set_own(&house.office, &viewer, b, None, None).await, Err(kontor::fault::Fault::NotFound)));
    }
}

on_both_databases! {
    async fn from_my_accounts_a_visit_is_two_clicks_away(house: House) {
        house.administrator().await;
        let [a, b, c] = accounts(&house).await;
        let mut jana = house.user(Role::Member).await;
        let user = user_named(&house, "member@example.org").await;
        assert!(jana.get("/my").await.text().contains("You do not look after any account yet."));
        on_team(&house, user, b, "kam").await;
        on_team(&house, user, c, "sales_rep").await;
        contact(&house, b, Kind::Visit, 200, vec![]).await;
        contact(&house, c, Kind::Visit, 10, vec![]).await;
        let page = jana.get("/my").await.text();
        let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(place(">Weser<") < place(">Ems<") && !page.contains(&format!("/accounts/{a}\"")), "the most pressing first, and only one’s own");
        for text in ["overdue for 110 days", "One of your 2 accounts waits for contact"] {
            place(text);
        }
        let link = format!("/interactions/new?account={b}&kind=visit&next=%2Fmy");
        assert!(page.contains(&link.replace('&', "&amp;")), "{page}");
        let form = jana.get(&link).await.text();
        assert!(form.contains("name=\"next\" value=\"/my\""), "{form}");
        let (account, own) = (b.to_string(), user.to_string());
        let fields = [("account", account.as_str()), ("kind", "visit"), ("day", "2026-11-23"), ("minutes", "60"), ("purpose", "Annual talk"), ("user", &own), ("step", "Send the offer"), ("step_due", "2026-11-23"), ("step_user", &own), ("next", "/my")];
        let answer = jana.post("/interactions", &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/my"));
        let page = jana.get("/my").await.text();
        assert!(!page.contains("overdue for") && page.contains("You are in step with all 2 accounts"), "{page}");
        assert!(page.contains("One next step waits for you") && page.contains("Send the offer"), "{page}");
    }
}

on_both_databases! {
    async fn the_pages_show_who_waits_and_take_no_nonsense(house: House) {
        let mut browser = house.administrator().await;
        let [a, b, _] = accounts(&house).await;
        contact(&house, a, Kind::Visit, 50, vec![]).await;
        let page = browser.get("/cadence").await.text();
        for text in ["One account has been waiting too long for contact.", "overdue for 8 days", ">28/42<", "Weser"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!browser.get("/cadence?class=A").await.text().contains("Weser"));
        // Of a part it is not said how it stands with all.
        let page = browser.get("/cadence?state=fine").await.text();
        assert!(page.contains("Nobody fits") && !page.contains("Well done"), "{page}");
        for (query, status) in [("page=&class=", StatusCode::OK), ("page=x&class=", StatusCode::BAD_REQUEST)] {
            assert_eq!(browser.get(&format!("/cadence?{query}")).await.status, status, "an empty number is none: {query}");
        }
        for query in ["class=D", "state=late", "kam=me"] {
            assert_eq!(browser.get(&format!("/cadence?{query}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        assert!(browser.get(&format!("/accounts/{a}")).await.text().contains("overdue for 8 days"), "on the account’s page");
        let rules = browser.get("/cadence/rules").await.text();
        assert!(rules.contains("name=\"wanted-A-decider\" value=\"14\""), "{rules}");
        for form in [[("wanted-A-any", "9"), ("longest-A-any", "5"), ("kinds-A-any", "visit")], [("wanted-A-any", "5"), ("longest-A-any", "9"), ("kinds-B-any", "visit")]] {
            let answer = browser.post("/cadence/rules", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
            assert!(answer.text().contains("aria-invalid=\"true\"") && answer.text().contains(&format!("value=\"{}\"", form[0].1)));
        }
        for form in [[("wanted", "9"), ("longest", "5"), ("person", "")], [("wanted", "5"), ("longest", "9"), ("person", "99")], [("wanted", "x"), ("longest", ""), ("person", "")]] {
            assert_eq!(browser.post(&format!("/accounts/{a}/cadence"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        }
        assert_eq!(browser.get("/accounts/99/cadence").await.status, StatusCode::NOT_FOUND);
        let mut reader = house.user(Role::Viewer).await;
        assert_eq!(reader.get("/cadence").await.status, StatusCode::OK);
        assert_eq!(reader.post("/cadence/rules", &[]).await.status, StatusCode::FORBIDDEN);
        // A person may wait too long at an account that does not; the headline counts whom the list counts.
        let anna = person_at(&house, b, "Anna", "Lohse").await;
        contact(&house, b, Kind::Visit, 9, vec![anna]).await;
        actions::set_own(&house.office, &operator(), b, Some(anna), Interval::new(3, 5)).await.expect("set");
        let page = browser.get("/cadence").await.text();
        assert!(page.contains("One account and one person have been waiting too long for contact."), "{page}");
        let page = browser.get("/cadence?state=overdue").await.text();
        assert!(page.contains("2 fit") && page.contains("Anna Lohse"), "{page}");
        assert!(!browser.get("/accounts?contact=overdue").await.text().contains("Weser"), "with the account as a whole all is well");
        contact(&house, a, Kind::Visit, 1, vec![]).await;
        assert!(browser.get("/cadence").await.text().contains("One person has been waiting too long for contact."));
    }
}

on_both_databases! {
    async fn programs_page_through_who_waits(house: House) {
        house.administrator().await;
        let [a, b, c] = accounts(&house).await;
        let key = token(&house, Role::Viewer, Scope::Read).await;
        let get = |path: String| {
            let (house, key) = (&house, &key);
            async move { call(house, Some(key), Method::GET, &format!("/api/v1{path}"), None).await }
        };
        let first = get("/cadence?limit=2".into()).await.json();
        let ids = |page: &serde_json::Value| page["items"].as_array().expect("items").iter().map(|item| item["account_id"].as_i64().expect("an id")).collect::<Vec<_>>();
        assert_eq!(ids(&first), [a, b]);
        assert_eq!(first["items"][0]["state"], "never");
        let second = get(format!("/cadence?limit=2&cursor={}", first["next"].as_str().expect("a cursor"))).await.json();
        assert_eq!((ids(&second), second["next"].as_str()), (vec![c], None));
        assert_eq!(get("/cadence?cursor=OTk".into()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(get("/cadence?state=late".into()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let rules = get("/cadence/rules".into()).await.json();
        assert!(rules.as_array().is_some_and(|rules| rules.len() == Rules::default().all().len()), "{rules}");
        let full = token(&house, Role::Administrator, Scope::Full).await;
        for body in [json!([{"class": "D", "role": "any", "wanted_days": 7, "longest_days": 14, "kinds": ["visit"]}]), json!([{"class": "A", "role": "any", "wanted_days": 14, "longest_days": 7, "kinds": ["visit"]}]), json!([{"class": "A", "role": "any", "wanted_days": 7, "longest_days": 14, "kinds": []}])] {
            let answer = call(&house, Some(&full), Method::PUT, "/api/v1/cadence/rules", Some(&body)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        }
        let half = call(&house, Some(&full), Method::PUT, &format!("/api/v1/accounts/{a}/cadence"), Some(&json!({"wanted_days": 5}))).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
