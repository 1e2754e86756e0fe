//! Stakeholder maps: who stands on them, how, the lines, what we are to each other, and what is warned of.

use axum::http::{Method, StatusCode, header};
use kontor::fault::Fault;
use kontor::people::job::{JobChange, change as change_job};
use kontor::people::store::Role as Employment;
use kontor::stakeholders::actions;
use kontor::stakeholders::forms::{Placed, Stand};
use kontor::stakeholders::map::{Map, load};
use kontor_domain::audit::Event;
use kontor_domain::rights::Scope;
use kontor_domain::sight::Sight;
use kontor_domain::stakeholder::{BuyingRole, Coverage, Level, LineKind, Support, Tie, Warning, Who};
use kontor_domain::team::Role;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;
use crate::people::{accounts_named, member, operator, person_at};

fn stand(role: Option<BuyingRole>, support: i64, coverage: i64) -> Stand {
    Stand { role, support: Support::new(support).expect("within"), coverage: Coverage::new(coverage).expect("within"), ..Stand::default() }
}

/// An account with three people.
async fn account(house: &House) -> (i64, [i64; 3]) {
    let id = accounts_named(house, &["Elbe Maschinenbau"]).await[0];
    let people = [
        person_at(house, id, "Anna", "Adler").await,
        person_at(house, id, "Bernd", "Busch").await,
        person_at(house, id, "Carla", "Cordes").await,
    ];
    (id, people)
}

async fn map(house: &House, id: i64, decision: Option<i64>) -> Map {
    load(&house.office, &operator(), id, decision).await.expect("the map")
}

/// What makes changes of maps succeed, for the walk over all routes.
pub async fn story(house: &House, path: &str) -> Option<(String, Vec<(&'static str, String)>)> {
    let below = path.strip_prefix("/accounts/{id}/map/")?;
    let (id, [anna, bernd, _]) = account(house).await;
    let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada").id;
    let (first, second) = (Who::Person(anna), Who::Person(bernd));
    let form = match below {
        "place" => {
            vec![("who", first.to_string()), ("role", "decider".to_owned()), ("support", "1".to_owned()), ("coverage", "2".to_owned())]
        }
        "line" => vec![("from", first.to_string()), ("to", second.to_string()), ("kind", "influence".to_owned())],
        "relation" => {
            vec![("user", ada.to_string()), ("person", anna.to_string()), ("now", "vendor".to_owned()), ("wanted", String::new())]
        }
        "decisions" => vec![("name", "Neue Halle".to_owned())],
        "remove" => {
            let entry = actions::place(&house.office, &operator(), id, None, &Placed::New("Werkleiter".into()), &named("Werkleiter")).await;
            vec![("entry", entry.expect("placed").to_string())]
        }
        "wipe" => {
            let line = actions::draw(&house.office, &operator(), id, None, (first, second), LineKind::Conflict).await.expect("drawn");
            vec![("line", line.to_string())]
        }
        "close" => {
            vec![("decision", actions::add_decision(&house.office, &operator(), id, "Alte Halle").await.expect("added").to_string())]
        }
        _ => return None,
    };
    Some((path.replace("{id}", &id.to_string()), form))
}

/// The same for operations of the API.
pub async fn api_story(house: &House, method: &str, path: &str) -> Option<(String, Value)> {
    let is_ours = path.starts_with("/api/v1/accounts/1/map") || path.starts_with("/api/v1/map-");
    if !is_ours {
        return None;
    }
    let (id, [anna, bernd, _]) = account(house).await;
    let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada").id;
    let (first, second) = (Who::Person(anna), Who::Person(bernd));
    let at = path.replace("/accounts/1/", &format!("/accounts/{id}/"));
    Some(match (method, path.rsplit('/').nth(usize::from(path.contains("/map-"))).unwrap_or_default()) {
        ("POST", "people") => (at, json!({"who": first.to_string(), "role": "buyer", "support": -1, "coverage": 3})),
        ("POST", "lines") => (at, json!({"from": first.to_string(), "to": second.to_string(), "kind": "influence"})),
        ("PUT", "relationships") => (at, json!({"user_id": ada, "person_id": anna, "now": null, "wanted": "trusted_advisor"})),
        ("POST", "decisions") => (at, json!({"name": "Neue Halle"})),
        ("POST", "close") => {
            let decision = actions::add_decision(&house.office, &operator(), id, "Alte Halle").await.expect("added");
            (format!("{at}?decision={decision}"), json!({}))
        }
        ("DELETE", "map-entries") => {
            let entry =
                actions::place(&house.office, &operator(), id, None, &Placed::Person(anna), &stand(None, 1, 1)).await.expect("placed");
            (format!("/api/v1/map-entries/{entry}"), json!({}))
        }
        ("DELETE", "map-lines") => {
            let line = actions::draw(&house.office, &operator(), id, None, (first, second), LineKind::Conflict).await.expect("drawn");
            (format!("/api/v1/map-lines/{line}"), json!({}))
        }
        _ => return None,
    })
}

/// Somebody on the map of an account whom nobody knows yet, and a line between two people there.
pub async fn entry_and_line(house: &House, account_id: i64) -> (i64, i64) {
    let entry = actions::place(&house.office, &operator(), account_id, None, &Placed::New("Werkleiter".into()), &named("Werkleiter")).await;
    let ends = (
        Who::Person(person_at(house, account_id, "Anna", "Adler").await),
        Who::Person(person_at(house, account_id, "Bernd", "Busch").await),
    );
    let line = actions::draw(&house.office, &operator(), account_id, None, ends, LineKind::Conflict).await;
    (entry.expect("placed"), line.expect("drawn"))
}

fn named(name: &str) -> Stand {
    Stand { name: name.into(), ..Stand::default() }
}

on_both_databases! {
    async fn people_of_an_account_stand_on_its_map_by_themselves(house: House) {
        let (id, [anna, bernd, carla]) = account(&house).await;
        let drawn = map(&house, id, None).await;
        assert_eq!(drawn.nodes.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(), ["Anna Adler", "Bernd Busch", "Carla Cordes"]);
        assert_eq!(drawn.warnings, [Warning::NoDecider, Warning::NoContact]);

        let office = &house.office;
        actions::place(office, &operator(), id, None, &Placed::Person(anna), &stand(Some(BuyingRole::Decider), 1, 2)).await.expect("placed");
        let below = Stand { above: Some(Who::Person(anna)), ..stand(Some(BuyingRole::Buyer), -1, 0) };
        actions::place(office, &operator(), id, None, &Placed::Person(bernd), &below).await.expect("placed");
        let drawn = map(&house, id, None).await;
        assert_eq!(drawn.warnings, [Warning::OneContact(Who::Person(anna))]);
        let above = drawn.place(Who::Person(bernd)).and_then(|place| drawn.nodes[place].above).map(|above| drawn.nodes[above].who);
        assert_eq!((above, drawn.nodes.len()), (Some(Who::Person(anna)), 3));

        let before = house.events().await.len();
        actions::place(office, &operator(), id, None, &Placed::Person(bernd), &below).await.expect("the same again");
        assert_eq!(house.events().await.len(), before, "saying the same again leaves no trace");
        let circle = Stand { above: Some(Who::Person(bernd)), ..Stand::default() };
        let refused = actions::place(office, &operator(), id, None, &Placed::Person(anna), &circle).await;
        assert!(matches!(refused, Err(Fault::Invalid(errors)) if errors[0].field == "above"));
        let stranger = actions::place(office, &operator(), id, None, &Placed::Person(9999), &Stand::default()).await;
        assert!(matches!(stranger, Err(Fault::NotFound)));
        let _ = carla;
    }
}

on_both_databases! {
    async fn a_placeholder_turns_out_to_be_somebody(house: House) {
        let (id, [anna, bernd, _]) = account(&house).await;
        let office = &house.office;
        let decision = actions::add_decision(office, &operator(), id, "Neue Sortieranlage").await.expect("added");
        assert!(map(&house, id, Some(decision)).await.nodes.is_empty(), "nobody stands on a decision's map by themselves");
        let unknown = Stand { name: "Werkleiter".into(), function: "Werk Nord".into(), ..stand(Some(BuyingRole::Decider), 0, 0) };
        let entry = actions::place(office, &operator(), id, Some(decision), &Placed::New("Werkleiter".into()), &unknown).await.expect("placed");
        actions::place(office, &operator(), id, Some(decision), &Placed::Person(bernd), &stand(None, 2, 3)).await.expect("placed");
        let drawn = map(&house, id, Some(decision)).await;
        assert!(drawn.warnings.contains(&Warning::DeciderUnknown) && drawn.warnings.contains(&Warning::OneContact(Who::Person(bernd))));
        actions::draw(office, &operator(), id, Some(decision), (Who::Person(bernd), Who::Placeholder(entry)), LineKind::Influence).await.expect("drawn");

        let known = Stand { person: Some(anna), ..unknown.clone() };
        actions::place(office, &operator(), id, Some(decision), &Placed::Placeholder(entry), &known).await.expect("known by now");
        let drawn = map(&house, id, Some(decision)).await;
        assert_eq!(drawn.nodes[0].name, "Anna Adler");
        assert_eq!((drawn.lines.len(), drawn.warnings.contains(&Warning::DeciderUnknown)), (1, false), "the lines stay");
        let taken = Stand { name: "x".into(), person: Some(anna), ..Stand::default() };
        let refused = actions::place(office, &operator(), id, Some(decision), &Placed::New("x".into()), &taken).await;
        assert!(matches!(refused, Err(Fault::Invalid(errors)) if errors[0].field == "person"));

        actions::close_decision(office, &operator(), id, decision).await.expect("closed");
        let late = actions::place(office, &operator(), id, Some(decision), &Placed::Person(bernd), &stand(None, 0, 0)).await;
        assert!(matches!(late, Err(Fault::Conflict(_))));
        assert_eq!(map(&house, id, Some(decision)).await.nodes.len(), 2, "a closed map stays to be looked at");
    }
}

on_both_databases! {
    async fn lines_are_drawn_once_and_go_with_their_ends(house: House) {
        let (id, [anna, bernd, carla]) = account(&house).await;
        let office = &house.office;
        let (a, b, c) = (Who::Person(anna), Who::Person(bernd), Who::Person(carla));
        let draw = async |ends, kind| actions::draw(office, &operator(), id, None, ends, kind).await;
        let line = draw((a, b), LineKind::Conflict).await.expect("drawn");
        for (ends, kind) in [((a, b), LineKind::Conflict), ((b, a), LineKind::Conflict), ((a, a), LineKind::Influence)] {
            assert!(matches!(draw(ends, kind).await, Err(Fault::Invalid(errors)) if errors[0].field == "to"));
        }
        draw((b, a), LineKind::Influence).await.expect("another kind");
        draw((a, c), LineKind::Influence).await.expect("drawn");
        assert!(matches!(draw((a, Who::Placeholder(99)), LineKind::Influence).await, Err(Fault::NotFound)));
        actions::wipe(office, &operator(), line).await.expect("wiped");
        assert_eq!(map(&house, id, None).await.lines.len(), 2);
        let entry = map(&house, id, None).await.nodes.iter().find(|node| node.who == b).and_then(|node| node.entry_id).expect("an entry");
        actions::remove(office, &operator(), entry).await.expect("removed");
        let left = map(&house, id, None).await;
        assert_eq!((left.lines.len(), left.nodes.len()), (1, 3), "who works there stays on the map of the account, without what was said");
        assert!(matches!(actions::wipe(office, &operator(), line).await, Err(Fault::NotFound)));
    }
}

on_both_databases! {
    async fn a_champion_who_leaves_is_told(house: House) {
        let (id, [anna, bernd, _]) = account(&house).await;
        let office = &house.office;
        actions::place(office, &operator(), id, None, &Placed::Person(anna), &stand(Some(BuyingRole::User), 2, 4)).await.expect("placed");
        actions::place(office, &operator(), id, None, &Placed::Person(bernd), &stand(Some(BuyingRole::Decider), 0, 1)).await.expect("placed");
        let employment = kontor::people::store::employments(office.db.read(), &operator(), anna).await.expect("employments")[0].id;
        let elsewhere = Employment { company: "Anderswo AG".into(), ..Employment::default() };
        let job = JobChange {
            employment_id: employment,
            last: "2026-10-31".parse().expect("a day"),
            role: elsewhere,
            is_prospect: false,
            end_channels: true,
            channels: vec![],
            origin: kontor::people::store::Origin { source: "card".into(), basis: kontor_domain::person::LegalBasis::Interest },
        };
        change_job(office, &operator(), anna, &job).await.expect("changed");
        let drawn = map(&house, id, None).await;
        assert_eq!(drawn.warnings, [Warning::ChampionLeft(Who::Person(anna)), Warning::OneContact(Who::Person(bernd))]);
        let mut browser = house.administrator().await;
        let text = browser.get(&format!("/accounts/{id}/map")).await.text();
        assert!(text.contains("Champion has left: Anna Adler") && text.contains("All hangs on a single contact: Bernd Busch"), "{text}");
    }
}

on_both_databases! {
    async fn the_matrix_tells_what_is_missing(house: House) {
        let mut browser = house.administrator().await;
        let (id, [anna, bernd, _]) = account(&house).await;
        let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada").id;
        let office = &house.office;
        let tie = |person, now, wanted| Tie { user: ada, person, now, wanted };
        actions::relate(office, &operator(), id, tie(anna, Some(Level::Vendor), Some(Level::TrustedAdvisor))).await.expect("said");
        let before = house.events().await.len();
        actions::relate(office, &operator(), id, tie(anna, Some(Level::Vendor), Some(Level::TrustedAdvisor))).await.expect("said again");
        assert_eq!(house.events().await.len(), before);
        let path = format!("/accounts/{id}/map/relation");
        let form = [("user", ada.to_string()), ("person", bernd.to_string()), ("now", "problem_solver".into()), ("wanted", String::new())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.post(&path, &form).await.status, StatusCode::SEE_OTHER);
        let drawn = map(&house, id, None).await;
        assert_eq!(drawn.gaps().iter().map(|tie| (tie.person, tie.gap())).collect::<Vec<_>>(), [(anna, 3)]);
        let text = browser.get(&format!("/accounts/{id}/map")).await.text();
        for part in ["One relationship falls short of its goal: with Anna Adler", "vendor → trusted advisor", "problem solver", "gap--3"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let wrong = browser.post(&path, &[("user", "x"), ("person", ""), ("now", "friend")]).await;
        assert_eq!((wrong.status, wrong.text().matches("Choose one of the values").count()), (StatusCode::UNPROCESSABLE_ENTITY, 6));
    }
}

on_both_databases! {
    async fn the_map_is_drawn_edited_and_taken_out(house: House) {
        let mut browser = house.administrator().await;
        let (id, [anna, ..]) = account(&house).await;
        let path = format!("/accounts/{id}/map");
        let form = browser.get(&format!("{path}/place?who=p{anna}")).await.text();
        assert!(form.contains("Anna Adler") && form.contains("champion"), "{form}");
        let who = format!("p{anna}");
        let wrong = browser.post(&format!("{path}/place"), &[("who", &who), ("role", "king"), ("support", "7"), ("coverage", "x"), ("above", "p0")]).await;
        assert_eq!((wrong.status, wrong.text().matches("field__error").count()), (StatusCode::UNPROCESSABLE_ENTITY, 4), "{}", wrong.text());
        let right = [("who", who.as_str()), ("role", "decider"), ("support", "2"), ("coverage", "4"), ("above", "")];
        assert_eq!(browser.post(&format!("{path}/place"), &right).await.status, StatusCode::SEE_OTHER);
        let nameless = browser.post(&format!("{path}/place"), &[("who", ""), ("name", " ")]).await;
        assert!(nameless.status == StatusCode::UNPROCESSABLE_ENTITY && nameless.text().contains("Give a name"));
        let page = browser.get(&path).await.text();
        assert!(page.contains("+2") && page.contains("data-who=\"p") && page.contains("Decider"), "{page}");

        let file = browser.get(&format!("{path}.svg")).await;
        assert_eq!((file.status, file.headers[header::CONTENT_TYPE].to_str().ok()), (StatusCode::OK, Some("image/svg+xml")));
        assert!(file.text().starts_with("<?xml") && file.text().contains("Anna Adler") && !file.text().contains("href="));
        assert!(matches!(&house.events().await[0], Event::Exported { rows: 3, .. }));
        assert_eq!(browser.get(&format!("{path}?decision=99")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get(&format!("{path}/place?who=p9999")).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn a_map_is_seen_with_its_account_only(house: House) {
        let (id, [anna, ..]) = account(&house).await;
        let office = &house.office;
        let entry = actions::place(office, &operator(), id, None, &Placed::Person(anna), &stand(None, 1, 1)).await.expect("placed");
        let (near, far) = (member(7, Sight::only([id])), member(8, Sight::only([id + 1])));
        assert!(load(office, &near, id, None).await.is_ok());
        assert!(matches!(load(office, &far, id, None).await.map(|_| ()), Err(Fault::NotFound)));
        assert!(matches!(actions::remove(office, &far, entry).await, Err(Fault::NotFound)));
        let tie = Tie { user: 1, person: anna, now: None, wanted: Some(Level::Vendor) };
        assert!(matches!(actions::relate(office, &far, id, tie).await, Err(Fault::NotFound)));
    }
}

on_both_databases! {
    async fn programs_read_and_change_maps(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let (id, [anna, ..]) = account(&house).await;
        let path = format!("/api/v1/accounts/{id}/map");
        let placed = call(&house, Some(&token), Method::POST, &format!("{path}/people"), Some(&json!({"name": "Werkleiter", "role": "decider"}))).await;
        assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
        let above = format!("e{}", placed.json()["id"]);
        let body = json!({"who": format!("p{anna}"), "support": 2, "coverage": 4, "above": above});
        assert_eq!(call(&house, Some(&token), Method::POST, &format!("{path}/people"), Some(&body)).await.status, StatusCode::OK);
        let map = call(&house, Some(&token), Method::GET, &path, None).await.json();
        let anna = map["people"].as_array().expect("people").iter().find(|one| one["person_id"] == anna).expect("Anna").clone();
        assert_eq!((anna["support"].as_i64(), anna["above"].as_str()), (Some(2), Some(above.as_str())));
        let kinds: Vec<&str> = map["warnings"].as_array().expect("warnings").iter().filter_map(|warning| warning["kind"].as_str()).collect();
        assert_eq!(kinds, ["decider_unknown", "one_contact"]);
        let wrong = call(&house, Some(&token), Method::POST, &format!("{path}/people"), Some(&json!({"who": "p1", "support": 9}))).await;
        assert_eq!((wrong.status, wrong.json()["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("support")));
    }
}
