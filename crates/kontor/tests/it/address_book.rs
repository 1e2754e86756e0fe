//! The lists of people: how contact with them stands, in the page, for programs and in files.

use axum::http::{Method, StatusCode};
use kontor::address_book::actions::list;
use kontor::address_book::list::{Sort, Wanted};
use kontor::cadence::actions::set_own;
use kontor_domain::cadence::{Interval, State};
use kontor_domain::interaction::Kind;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::Role;

use crate::api::{call, token};
use crate::cadence::{accounts, contact};
use crate::house::House;
use crate::on_both_databases;
use crate::people::{operator, person_at};

/// A person at an account with a rhythm of 7/14 days, whose last visit was so many days ago.
async fn met(house: &House, account: i64, last_name: &str, days_ago: Option<u64>) -> i64 {
    let person = person_at(house, account, "Kim", last_name).await;
    rhythm(house, account, person).await;
    if let Some(days_ago) = days_ago {
        contact(house, account, Kind::Visit, days_ago, vec![person]).await;
    }
    person
}

async fn rhythm(house: &House, account: i64, person: i64) {
    set_own(&house.office, &operator(), account, Some(person), Interval::new(7, 14)).await.expect("set");
}

async fn listed(house: &House, viewer: &Viewer, contact: Option<State>, sort: Sort) -> Vec<(String, Option<State>)> {
    let wanted = Wanted { contact, sort, ..Wanted::default() };
    let found = list(&house.office, viewer, &wanted, 0, 10).await.expect("found");
    found.rows.into_iter().map(|row| (row.person.data.last_name, row.contact.map(|contact| contact.standing.state))).collect()
}

fn said(rows: &[(&str, Option<State>)]) -> Vec<(String, Option<State>)> {
    rows.iter().map(|(name, state)| ((*name).to_owned(), *state)).collect()
}

on_both_databases! {
    async fn people_are_listed_by_how_contact_with_them_stands(house: House) {
        let [a, b, _] = accounts(&house).await;
        person_at(&house, a, "Kim", "Ahrens").await;
        met(&house, b, "Brandt", Some(10)).await;
        let clausen = met(&house, a, "Clausen", Some(20)).await;
        met(&house, a, "Dohrn", None).await;
        let all = [("Clausen", Some(State::Overdue)), ("Dohrn", Some(State::Never)), ("Brandt", Some(State::Due)), ("Ahrens", None)];
        assert_eq!(listed(&house, &operator(), None, Sort::Contact).await, said(&all), "the most pressing first");
        let by_day = [all[1], all[0], all[2], all[3]];
        assert_eq!(listed(&house, &operator(), None, Sort::LastContact).await, said(&by_day), "the longest ago first");
        assert_eq!(listed(&house, &operator(), None, Sort::Name).await, said(&[all[3], all[2], all[0], all[1]]));
        assert_eq!(listed(&house, &operator(), Some(State::Due), Sort::Name).await, said(&[all[2]]));
        contact(&house, a, Kind::Call, 1, vec![clausen]).await;
        assert_eq!(listed(&house, &operator(), Some(State::Overdue), Sort::Name).await, []);
        assert_eq!(listed(&house, &operator(), Some(State::Fine), Sort::Name).await, said(&[("Clausen", Some(State::Fine))]), "turned green");
    }
}

on_both_databases! {
    async fn only_contact_at_accounts_in_sight_shows_at_several_where_it_presses_most(house: House) {
        let [a, b, c] = accounts(&house).await;
        let person = met(&house, a, "Clausen", Some(20)).await;
        let role = kontor::people::store::Role { account_id: Some(b), function: "Beirat".into(), ..Default::default() };
        let input = kontor::people::forms::RoleInput { role, is_primary: false };
        let origin = kontor::people::store::Origin { source: "card".into(), basis: kontor_domain::person::LegalBasis::Interest };
        kontor::people::actions::add_employment(&house.office, &operator(), person, &input, &origin).await.expect("added");
        rhythm(&house, b, person).await;
        contact(&house, b, Kind::Visit, 2, vec![person]).await;
        let viewer = |accounts: &[i64]| Viewer { user_id: 5, role: Role::Member, sight: Sight::only(accounts.iter().copied()), ..operator() };
        for (seen, state) in [(vec![a, b], State::Overdue), (vec![b], State::Fine), (vec![a, c], State::Overdue)] {
            let expected = said(&[("Clausen", Some(state))]);
            assert_eq!(listed(&house, &viewer(&seen), None, Sort::Contact).await, expected, "{seen:?}");
            assert_eq!(listed(&house, &viewer(&seen), Some(state), Sort::Name).await, expected, "{seen:?}");
        }
        assert_eq!(listed(&house, &viewer(&[b]), Some(State::Overdue), Sort::Name).await, [], "what is not seen is not told by the filter");
        assert_eq!(listed(&house, &viewer(&[c]), None, Sort::Contact).await, []);
    }
}

on_both_databases! {
    async fn pages_files_and_programs_tell_the_same(house: House) {
        let mut browser = house.administrator().await;
        let [a, b, _] = accounts(&house).await;
        person_at(&house, a, "Kim", "Ahrens").await;
        met(&house, b, "Brandt", Some(10)).await;
        met(&house, a, "Clausen", Some(20)).await;
        let page = browser.get("/people?sort=contact").await.text();
        let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(place("Kim Clausen") < place("Kim Brandt") && place("Kim Brandt") < place("Kim Ahrens"));
        for text in ["overdue for 6 days", "badge--loss", "Last contact", "Next by", "sort=last_contact", "name=\"sort\" value=\"contact\""] {
            place(text);
        }
        let due = browser.get("/people?contact=due").await.text();
        assert!(due.contains("Kim Brandt") && !due.contains("Kim Clausen"), "{due}");
        for query in ["contact=late", "sort=size", "state=here"] {
            assert_eq!(browser.get(&format!("/people?{query}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        let at = browser.get(&format!("/accounts/{a}/people")).await.text();
        assert!(at.contains("overdue for 6 days") && at.contains("Next by"), "{at}");

        let file = browser.get("/people.csv?sort=contact").await.text();
        let lines: Vec<&str> = file.lines().collect();
        assert!(lines[0].trim_end().ends_with("Last contact,Next by,State"), "{file}");
        let ends = |line: &str, end: &str| assert!(line.trim_end().ends_with(end), "{line}");
        assert!(lines[1].contains("Clausen") && lines[3].contains("Ahrens"), "{file}");
        ends(lines[1], "2026-11-03,2026-11-10,overdue");
        ends(lines[2], "2026-11-20,due");
        ends(lines[3], ",,,");

        let key = token(&house, Role::Viewer, Scope::Read).await;
        let get = async |query: &str| call(&house, Some(&key), Method::GET, &format!("/api/v1/people?{query}"), None).await;
        let names = |page: &serde_json::Value| page["items"].as_array().expect("items").iter().map(|item| item["last_name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>();
        let first = get("sort=contact&limit=2").await.json();
        assert_eq!(names(&first), ["Clausen", "Brandt"]);
        let told = &first["items"][0];
        assert_eq!((&told["contact"], &told["last_contact"], &told["contact_due_on"]), (&"overdue".into(), &"2026-11-03".into(), &"2026-11-10".into()));
        let cursor = first["next"].as_str().expect("a cursor");
        let second = get(&format!("sort=contact&limit=2&cursor={cursor}")).await.json();
        assert_eq!((names(&second), second["items"][0].get("contact"), second["next"].as_str()), (vec!["Ahrens".to_owned()], None, None));
        assert_eq!(names(&get("contact=due").await.json()), ["Brandt"]);
        assert_eq!(get(&format!("sort=contact&contact=overdue&cursor={cursor}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "who is not on it has no place");
        assert_eq!(get("contact=late").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
