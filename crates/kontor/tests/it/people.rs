//! People on the customers' side.

use axum::http::StatusCode;
use kontor::accounts::store as accounts;
use kontor::people::forms::{NewPerson, PersonForm, PersonInput};
use kontor::people::list::{Sort, State, Wanted, list};
use kontor::people::store::Role;
use kontor::people::{actions, store};
use kontor_domain::account::ErpData;
use kontor_domain::audit::Event;
use kontor_domain::rights::{Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{self, Language};

use crate::house::House;
use crate::on_both_databases;

pub fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

/// A member who sees these accounts only.
pub fn member(user_id: i64, sight: Sight) -> Viewer {
    Viewer { user_id, name: "Jana".into(), role: team::Role::Member, language: Language::En, via: Via::Web, sight }
}

/// Accounts of these names in Germany; gives their ids.
pub async fn accounts_named(house: &House, names: &[&str]) -> Vec<i64> {
    let says = |name: &str| ErpData { name: Some(name.into()), country: Some("DE".into()), ..ErpData::default() };
    crate::accounts::import(house, "erp", names.iter().map(|name| (*name, says(name))).collect()).await;
    let all = accounts::all(house.office.db.read(), &operator()).await.expect("accounts");
    names.iter().map(|name| all.iter().find(|account| account.master.name == *name).expect("there").id).collect()
}

/// A person as typed.
pub fn input(first: &str, last: &str) -> PersonInput {
    let form =
        PersonForm { first_name: first.into(), last_name: last.into(), source: "card".into(), basis: "f".into(), ..PersonForm::default() };
    form.parse(kontor::web::format::Locale::of(Language::En)).expect("a person")
}

/// A person who works for an account.
pub async fn person_at(house: &House, account_id: i64, first: &str, last: &str) -> i64 {
    let role = Role { account_id: Some(account_id), function: "Buyer".into(), ..Role::default() };
    let new = NewPerson { input: input(first, last), role: Some(role) };
    actions::add(&house.office, &operator(), &new).await.expect("added")
}

/// What makes changes of people succeed, for the walk over all routes.
pub async fn story(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    if !path.starts_with("/people") && path != "/notices/dismiss" {
        return None;
    }
    let account = accounts_named(house, &["Elbe Maschinenbau", "Weser Stahl"]).await[0];
    let id = person_at(house, account, "Jens", "Lohse").await;
    let employment = store::employments(house.office.db.read(), &operator(), id).await.expect("employments")[0].id;
    let at = path.replace("{id}", &id.to_string()).replace("{employment}", &employment.to_string());
    Some(match path {
        "/people" => (at, vec![("last_name", "Ott"), ("company", "Elbe Maschinenbau"), ("place", "account")]),
        "/people/{id}" => (at, vec![("last_name", "Ott"), ("channel_kind", "work_mail"), ("channel", "ott@elbe.example")]),
        "/people/{id}/archive" => (at, vec![("reason", "retired")]),
        "/people/{id}/unarchive" => {
            actions::archive(&house.office, &operator(), id, "").await.expect("archived");
            (at, vec![])
        }
        "/people/{id}/employments" => (at, vec![("company", "Weser Stahl"), ("place", "account"), ("function", "Advisor")]),
        "/people/{id}/employments/{employment}" => (at, vec![("function", "Head of buying"), ("to", "2026-10-31")]),
        "/people/{id}/job" => {
            let employment: &'static str = Box::leak(employment.to_string().into_boxed_str());
            (at, vec![("employment", employment), ("last", "2026-10-31"), ("company", "Weser Stahl"), ("place", "account")])
        }
        "/notices/dismiss" => {
            let ada = kontor::team::store::find_by_mail(house.office.db.read(), "ada@example.org").await.expect("asked").expect("Ada").id;
            let on = "2026-11-01".parse().expect("a day");
            let notice =
                kontor_domain::notice::Notice::JobChanged { person_id: id, person: "Jens".into(), from: "A".into(), to: "B".into(), on };
            let now = house.office.now();
            kontor::team::notices::store::tell(house.office.db.read(), &[ada].into(), "person:1", &notice, now).await.expect("told");
            (at, vec![])
        }
        _ => return None,
    })
}

on_both_databases! {
    async fn a_person_is_added_shown_and_changed(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let form = [
            ("salutation", "ms"), ("title", "Prof. Dr."), ("first_name", "Anna"), ("last_name", "Müller"), ("formality", "formal"),
            ("languages", "de en"), ("birthday", "5 Mar"), ("remark", "Ask for the plant tour"), ("source", "Business card"), ("basis", "f"),
            ("company", "elbe maschinenbau"), ("place", "account"), ("function", "Head of buying"), ("from", "2024-02-01"),
            ("channel_kind", "work_phone"), ("channel", "040 123 45 67"), ("channel_kind", "work_mail"), ("channel", ""),
        ];
        let answer = browser.post("/people", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let path = answer.location().to_owned();
        let page = browser.get(&path).await.text();
        for text in ["Prof. Dr. Anna Müller", "Sehr geehrte Frau Prof. Dr. Müller", "5 March", "Head of buying", "tel:+49401234567", "Business card"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(browser.get(&format!("/accounts/{account}/people")).await.text().contains("Anna Müller"));

        let change = [("first_name", "Anna"), ("last_name", "Müller-Ott"), ("channel_kind", "mobile"), ("channel", "0171 5554729")];
        assert_eq!(browser.post(&path, &change).await.status, StatusCode::SEE_OTHER);
        let Event::PersonChanged { changes, .. } = &house.events().await[0] else { panic!("changed") };
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["salutation", "title", "last_name", "languages", "birthday", "remark", "work_phone", "mobile"]);
        let page = browser.get(&path).await.text();
        assert!(page.contains("Guten Tag Anna Müller-Ott") || page.contains("Dear Anna Müller-Ott"), "{page}");
        assert!(page.contains("tel:+491715554729") && page.contains("until 23 Nov 2026"), "the old number is history");
    }
}

on_both_databases! {
    async fn everything_wrong_is_told_at_once_and_what_was_typed_stays(house: House) {
        let mut browser = house.administrator().await;
        let form = [
            ("salutation", "dr"), ("birthday", "31 Feb"), ("languages", "deutsch sprechend"), ("company", "Nobody"), ("place", "account"),
            ("from", "2026-02-30"), ("channel_kind", "work_mail"), ("channel", "not a mail"), ("channel_kind", "carrier"), ("channel", "pigeon"),
            ("basis", "z"), ("function", "Buyer of “things”"),
        ];
        let page = browser.post("/people", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = page.text();
        for field in ["salutation", "birthday", "languages", "last_name", "company", "from", "channel", "basis"] {
            assert!(text.contains(&format!("href=\"#field-{field}\"")), "{field}");
        }
        assert!(text.contains("not a mail") && text.contains("Buyer of “things”"));
        assert!(store::find(house.office.db.read(), &operator(), 1).await.expect("asked").is_none(), "nothing was added");
    }
}

on_both_databases! {
    async fn a_person_is_seen_with_an_account_only(house: House) {
        house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let id = person_at(&house, ids[0], "Jens", "Lohse").await;
        let alone = NewPerson { input: input("Kim", "Alone"), role: None };
        let lonely = actions::add(&house.office, &member(7, Sight::Nothing), &alone).await.expect("added");
        let (near, far) = (member(7, Sight::only([ids[0]])), member(8, Sight::only([ids[1]])));
        assert!(actions::person(&house.office, &near, id).await.is_ok());
        assert_eq!(actions::person(&house.office, &far, id).await.err().map(|fault| fault.status()), Some(StatusCode::NOT_FOUND));
        assert!(actions::person(&house.office, &near, lonely).await.is_ok(), "by who added the person");
        assert!(actions::person(&house.office, &far, lonely).await.is_err());
        assert!(actions::person(&house.office, &operator(), lonely).await.is_ok());

        let advisor = kontor::people::forms::RoleInput { role: Role { account_id: Some(ids[1]), ..Role::default() }, is_primary: false };
        let origin = store::Origin { source: String::new(), basis: kontor_domain::person::LegalBasis::Interest };
        assert!(actions::add_employment(&house.office, &near, id, &advisor, &origin).await.is_err(), "not at an account one does not see");
        actions::add_employment(&house.office, &operator(), id, &advisor, &origin).await.expect("added");
        let shown = actions::show(&house.office, &far, id).await.expect("seen now");
        assert_eq!(shown.employments.iter().filter_map(|employment| employment.role.account_id).collect::<Vec<_>>(), [ids[1]]);
        for (viewer, count) in [(&near, 2), (&far, 1), (&member(9, Sight::Nothing), 0), (&operator(), 2)] {
            let found = list(&house.office, viewer, &Wanted::default(), 0, 10).await.expect("found");
            assert_eq!((found.total, found.rows.len()), (count, count as usize));
        }
    }
}

on_both_databases! {
    async fn people_are_found_by_what_people_type(house: House) {
        house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        for (account, first, last) in [(0, "Jörg", "Söhnke"), (0, "Anna", "Rheintal"), (1, "Anna", "Öztürk")] {
            person_at(&house, ids[account], first, last).await;
        }
        let find = async |wanted: &Wanted| {
            let found = list(&house.office, &operator(), wanted, 0, 10).await.expect("found");
            (found.rows.iter().map(|row| row.person.data.last_name.clone()).collect::<Vec<_>>(), found.is_similar)
        };
        let text = |text: &str| Wanted { text: text.into(), ..Wanted::default() };
        assert_eq!(find(&text("soehnke")).await, (vec!["Söhnke".to_owned()], false));
        assert_eq!(find(&text("SÖHN jörg")).await.0, ["Söhnke"]);
        assert_eq!(find(&text("rehintal")).await, (vec!["Rheintal".to_owned()], true));
        assert_eq!(find(&text("oztuerk")).await.0.len(), 1, "one letter less");
        assert_eq!(find(&text("100%")).await.0.len(), 0);
        assert_eq!(find(&text("anna")).await.0, ["Öztürk", "Rheintal"]);
        assert_eq!(find(&Wanted { accounts: Some(vec![ids[1]]), ..text("anna") }).await.0, ["Öztürk"]);
        assert_eq!(find(&Wanted { function: "BUY".into(), sort: Sort::Company, ..Wanted::default() }).await.0, ["Rheintal", "Söhnke", "Öztürk"]);
        assert_eq!(find(&Wanted { department: "x".into(), ..Wanted::default() }).await.0.len(), 0);
        assert_eq!(find(&Wanted { state: State::Present, ..Wanted::default() }).await.0.len(), 3);
        assert_eq!(find(&Wanted { state: State::Former, ..Wanted::default() }).await.0.len(), 0);
    }
}

on_both_databases! {
    async fn who_is_archived_leaves_the_lists_and_comes_back(house: House) {
        let mut browser = house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let id = person_at(&house, account, "Jens", "Lohse").await;
        assert_eq!(browser.post(&format!("/people/{id}/archive"), &[("reason", "retired")]).await.status, StatusCode::SEE_OTHER);
        assert!(!browser.get("/people?q=lohse").await.text().contains("Jens Lohse"));
        assert!(browser.get("/people?state=archived").await.text().contains("Jens Lohse"));
        assert!(!browser.get(&format!("/accounts/{account}/people")).await.text().contains("Jens Lohse"));
        assert!(browser.get(&format!("/people/{id}")).await.text().contains("Archived since"));
        assert_eq!(browser.post(&format!("/people/{id}/archive"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(browser.post(&format!("/people/{id}/unarchive"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/people?q=lohse").await.text().contains("Jens Lohse"));
    }
}

on_both_databases! {
    async fn a_change_of_job_keeps_history_where_it_happened(house: House) {
        let mut browser = house.administrator().await;
        let ids = accounts_named(&house, &["Elbe", "Weser"]).await;
        let id = person_at(&house, ids[0], "Jens", "Lohse").await;
        let change = [("last_name", "Lohse"), ("first_name", "Jens"), ("channel_kind", "work_phone"), ("channel", "040 1234567"), ("channel_kind", "mobile"), ("channel", "0171 5554729")];
        assert_eq!(browser.post(&format!("/people/{id}"), &change).await.status, StatusCode::SEE_OTHER);
        let old = store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].id.to_string();
        let job = |company: &'static str, last: &'static str| {
            [("employment", old.clone()), ("last", last.to_owned()), ("company", company.to_owned()), ("place", "account".to_owned()), ("function", "CEO".to_owned()), ("phone", "0421 998877".to_owned()), ("end_channels", "on".to_owned())]
        };
        let refs = |form: &[(&'static str, String)]| form.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
        for (company, last) in [("Nobody", "2026-10-31"), ("Weser", ""), ("Weser", "soon")] {
            let form = refs(&job(company, last));
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(browser.post(&format!("/people/{id}/job"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{company} {last}");
        }
        let form = refs(&job("Weser", "2026-10-31"));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = browser.post(&format!("/people/{id}/job"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        let told: Vec<_> = shown.employments.iter().map(|at| (at.role.account_id, at.role.from, at.role.to, at.is_primary)).collect();
        let day = |text: &str| Some(text.parse::<chrono::NaiveDate>().expect("a day"));
        assert_eq!(told, [(Some(ids[1]), day("2026-11-01"), None, true), (Some(ids[0]), None, day("2026-10-31"), false)]);
        let used: Vec<&str> = shown.channels.iter().filter(|channel| channel.ended_on.is_none()).map(|channel| channel.value.as_str()).collect();
        assert_eq!(used, ["0421 998877", "0171 5554729"]);
        assert!(matches!(&house.events().await[0], Event::JobChanged { from, to, .. } if from == "Elbe" && to == "Weser"));
        let former = browser.get(&format!("/accounts/{}/people", ids[0])).await.text();
        assert!(former.contains("One former contact") && former.contains("Jens Lohse"));
        assert_eq!(browser.post(&format!("/people/{id}/job"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old job has ended");
    }
}

on_both_databases! {
    async fn nobody_reports_to_whom_they_lead(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe"]).await[0];
        let (chief, staff) = (person_at(&house, account, "Ida", "Chief").await, person_at(&house, account, "Jens", "Staff").await);
        let employment = async |id: i64| store::employments(house.office.db.read(), &operator(), id).await.expect("one")[0].clone();
        let report = async |id: i64, to: i64| {
            let at = employment(id).await;
            let role = Role { reports_to: Some(to), ..at.role.clone() };
            let input = kontor::people::forms::RoleInput { role, is_primary: at.is_primary };
            actions::change_employment(&house.office, &operator(), id, at.id, &input).await
        };
        report(staff, chief).await.expect("reports");
        assert!(report(chief, staff).await.is_err() && report(chief, chief).await.is_err() && report(chief, 9999).await.is_err());
        assert!(matches!(&house.events().await[0], Event::EmploymentChanged { changes, .. } if changes[0].field == "reports_to"));
    }
}
