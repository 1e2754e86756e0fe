//! The workload, and accounts that pass from one user to another without anything being lost.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use kontor::assignments::actions::{kam_of, team};
use kontor::fault::Fault;
use kontor::handovers::actions;
use kontor::handovers::forms::{HandoverForm, Wanted};
use kontor::handovers::workload::{Sort, workload};
use kontor::web::format::Locale;
use kontor_domain::assignment::TeamRole;
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_domain::settings::Settings;
use kontor_domain::team::{Language, Role};

use crate::assignments::{assign, user};
use crate::groups::customers;
use crate::on_both_databases;

fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

fn wanted(from: &Viewer, to: &Viewer, on: &str, accounts: Option<&[i64]>) -> Wanted {
    let accounts = accounts.map(|ids| ids.iter().map(|&id| (id, Some(format!("note {id}")))).collect());
    Wanted { from: from.user_id, to: to.user_id, on: on.parse().expect("a day"), note: None, accounts }
}

on_both_databases! {
    async fn everything_moves_on_the_day_and_nothing_is_lost(house: House) {
        let ids = customers(&house, &["A GmbH", "B GmbH", "C GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "2026-01-01").await;
        assign(&house, &jana, ids[0], TeamRole::LiaisonManager, "2026-01-01").await;
        assign(&house, &musa, ids[0], TeamRole::LiaisonManager, "2026-03-01").await;
        assign(&house, &jana, ids[1], TeamRole::Kam, "2027-02-01").await;
        assign(&house, &musa, ids[2], TeamRole::Kam, "2026-01-01").await;
        let id = actions::hand_over(&house.office, &operator(), &wanted(&jana, &musa, "2027-01-01", None)).await.expect("handed over");
        let kam = async |account: i64, on: &str| kam_of(&house.office, account, on.parse().expect("a day")).await.expect("asked");
        assert_eq!(kam(ids[0], "2026-12-31").await, Some(jana.user_id));
        assert_eq!(kam(ids[0], "2027-01-01").await, Some(musa.user_id));
        assert_eq!((kam(ids[1], "2027-01-31").await, kam(ids[1], "2027-02-01").await), (None, Some(musa.user_id)), "what was to come, too");
        assert!(actions::open(&house.office, &operator(), jana.user_id, "2027-01-01".parse().expect("a day")).await.expect("asked").is_empty());
        let after = team(&house.office, &operator(), ids[0], "2027-01-01".parse().expect("a day")).await.expect("a team");
        let roles: Vec<(TeamRole, &str)> = after.now.iter().map(|member| (member.assignment.role, member.name.as_str())).collect();
        assert_eq!(roles, [(TeamRole::Kam, "musa"), (TeamRole::LiaisonManager, "musa")], "nobody has a role twice");
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        assert_eq!((shown.from.as_str(), shown.to.as_str(), shown.accounts.len()), ("jana", "musa", 2));
        let Some(Event::HandedOver { roles, accounts, .. }) = house.events().await.into_iter().next() else { panic!("no event") };
        assert_eq!((roles, accounts.len()), (3, 2));
    }
}

on_both_databases! {
    async fn chosen_accounts_move_with_a_note_and_the_others_stay(house: House) {
        let ids = customers(&house, &["A GmbH", "B GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        for id in &ids {
            assign(&house, &jana, *id, TeamRole::Kam, "2026-01-01").await;
        }
        let id = actions::hand_over(&house.office, &operator(), &wanted(&jana, &musa, "2026-11-23", Some(&ids[..1]))).await.expect("done");
        assert_eq!(kam_of(&house.office, ids[0], house.office.today()).await.expect("asked"), Some(musa.user_id));
        assert_eq!(kam_of(&house.office, ids[1], house.office.today()).await.expect("asked"), Some(jana.user_id));
        let shown = actions::show(&house.office, &operator(), id).await.expect("shown");
        assert_eq!(shown.accounts[0].note.as_deref(), Some(format!("note {}", ids[0]).as_str()));
        assert_eq!(shown.accounts[0].roles, [TeamRole::Kam]);
        for wrong in [wanted(&jana, &jana, "2026-11-23", None), wanted(&jana, &musa, "2026-11-23", Some(&ids[..1]))] {
            assert!(matches!(actions::hand_over(&house.office, &operator(), &wrong).await, Err(Fault::Invalid(_))));
        }
        let unknown = actions::hand_over(&house.office, &operator(), &wanted(&jana, &musa, "2026-11-23", Some(&[4711]))).await;
        assert!(matches!(unknown, Err(Fault::NotFound)));
        assert!(matches!(actions::hand_over(&house.office, &jana, &wanted(&musa, &jana, "2026-11-23", None)).await, Err(Fault::Forbidden)));
    }
}

on_both_databases! {
    async fn the_wizard_leads_from_the_workload_to_a_page_to_print(house: House) {
        let mut browser = house.administrator().await;
        let ids = customers(&house, &["Elbe GmbH", "Weser AG"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "2026-01-01").await;
        assert!(browser.get("/team/workload?sort=name").await.text().contains("jana leads one account with"));
        let team = browser.get(&format!("/accounts/{}/team", ids[0])).await.text();
        assert!(team.contains("jana looks after the account alone"), "{team}");
        assert_eq!(browser.get("/team/workload?sort=luck").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = browser.get(&format!("/team/handovers/new?from={}", jana.user_id)).await.text();
        assert!(page.contains("jana hands one account over") && page.contains("Elbe GmbH") && !page.contains("Weser AG"));
        let (from, to, tick) = (jana.user_id.to_string(), musa.user_id.to_string(), format!("account-{}", ids[0]));
        let missing = browser.post("/team/handovers", &[("from", &from), ("to", ""), ("on", "never")]).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let note = format!("note-{}", ids[0]);
        let done = browser.post("/team/handovers", &[("from", &from), ("to", &to), (&tick, "on"), (&note, "Likes tea")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let printed = browser.get(done.location()).await.text();
        assert!(printed.contains("Likes tea") && printed.contains("Elbe GmbH") && printed.contains("As of 23 Nov 2026, one account") && printed.contains("data-print"));
        assert!(browser.get("/team/handovers").await.text().contains(done.location()));
    }
}

on_both_databases! {
    async fn a_key_account_manager_hands_over_the_own_accounts_and_no_others(house: House) {
        let ids = customers(&house, &["A GmbH", "B GmbH", "C GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "").await;
        assign(&house, &jana, ids[1], TeamRole::Service, "").await;
        assign(&house, &musa, ids[2], TeamRole::Kam, "").await;
        let today = house.office.today();
        let jana = kontor::assignments::sight::give(&house.office, jana).await.expect("a sight");
        let open = actions::open(&house.office, &jana, jana.user_id, today).await.expect("asked");
        assert_eq!(open.iter().map(|open| open.account.id).collect::<Vec<_>>(), [ids[0]], "whom somebody else leads, somebody else hands over");
        assert!(matches!(actions::open(&house.office, &jana, musa.user_id, today).await, Err(Fault::Forbidden)));
        let of_musa = wanted(&musa, &jana, "2026-11-23", None);
        assert!(matches!(actions::hand_over(&house.office, &jana, &of_musa).await, Err(Fault::Forbidden)));
        let looked_at = Viewer { role: Role::Viewer, ..jana.clone() };
        assert!(matches!(actions::hand_over(&house.office, &looked_at, &wanted(&jana, &musa, "2026-11-23", None)).await, Err(Fault::Forbidden)));
        actions::hand_over(&house.office, &jana, &wanted(&jana, &musa, "2026-11-23", None)).await.expect("handed over");
        assert_eq!(kam_of(&house.office, ids[0], today).await.expect("asked"), Some(musa.user_id));
        let service = team(&house.office, &operator(), ids[1], today).await.expect("a team");
        assert_eq!(service.now[0].name, "jana", "what is not led stays");
    }
}

on_both_databases! {
    async fn the_workload_counts_each_account_once_and_tells_of_those_without_a_kam(house: House) {
        let mut browser = house.administrator().await;
        let ids = customers(&house, &["A GmbH", "B GmbH", "C GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "").await;
        assign(&house, &musa, ids[0], TeamRole::Deputy, "").await;
        assign(&house, &musa, ids[1], TeamRole::Kam, "").await;
        let loads = workload(&house.office, &operator(), &Settings::default(), Sort::Name).await.expect("a workload");
        let told: Vec<(Option<&str>, usize)> =
            loads.iter().map(|load| (load.user.as_ref().map(|(_, name)| name.as_str()), load.accounts)).collect();
        assert_eq!(told, [(Some("jana"), 1), (Some("musa"), 1), (None, 1)]);
        let page = browser.get("/team/workload").await.text();
        assert_eq!(page.matches("1 of them without a class").count(), 3, "the classes do not sum up to the accounts: {page}");
        assert!(matches!(workload(&house.office, &jana, &Settings::default(), Sort::Name).await, Err(Fault::Forbidden)));
    }
}

#[test]
fn a_handover_form_tells_all_that_is_wrong_at_once() {
    let form = |fields: &[(&str, &str)]| {
        HandoverForm(fields.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect::<BTreeMap<_, _>>())
    };
    let today = "2026-11-23".parse().expect("a day");
    let parse = |fields: &[(&str, &str)]| form(fields).parse(Locale::of(Language::De), today);
    let wrong = parse(&[("from", "x"), ("on", "bald")]).expect_err("wrong");
    let fields: Vec<&str> = wrong.iter().map(|error| &*error.field).collect();
    assert_eq!(fields, ["from", "to", "on", "accounts"]);
    let same = parse(&[("from", "1"), ("to", "1"), ("account-7", "on")]).expect_err("the same");
    assert_eq!(same[0].field, "to");
    let long = "x".repeat(2001);
    assert_eq!(parse(&[("from", "1"), ("to", "2"), ("account-7", "on"), ("note-7", &long)]).expect_err("long")[0].field, "note");
    let fine = parse(&[("from", "1"), ("to", "2"), ("on", "01.12.2026"), ("account-7", "on"), ("note-7", " Tee "), ("note-8", "bleibt")])
        .expect("fine");
    assert_eq!(fine.accounts, Some(BTreeMap::from([(7, Some("Tee".to_owned()))])));
    assert_eq!(fine.on.to_string(), "2026-12-01");
}
