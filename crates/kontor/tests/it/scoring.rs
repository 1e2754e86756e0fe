//! The valuation by points: from a criterion to a score that explains itself.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use kontor::groups::actions as groups;
use kontor::groups::forms::EdgeTerms;
use kontor::ledger::actions::{book, upload};
use kontor::ledger::uploads::describe;
use kontor::scoring::actions;
use kontor::scoring::forms::{RatingInput, Typed, parse_criterion};
use kontor::scoring::rounds::actions as rounds;
use kontor::scoring::rounds::forms::{NewRound, Selection};
use kontor::scoring::table::Table;
use kontor_domain::audit::{Event, RatingChange};
use kontor_domain::group::{Kind, Level};
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::scoring::criterion::Criterion;
use kontor_domain::scoring::model::{Model, Weighted};
use kontor_domain::scoring::portfolio::{Axis, Stance};
use kontor_domain::settings::Settings;
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use kontor_ledger::options::Options;

use serde_json::json;

use crate::api::call;
use crate::house::House;
use crate::on_both_databases;

/// Two years of four accounts. In the last 12 months Alpha has 12,000 (margin 6,000, in the year before 10,000), Beta 5,000 (margin unknown, new),
/// Gamma 800 (margin 200, 1,000 before), Delta nothing (500 before).
const LINES: &str = "invoice,date,customer id,customer name,product group,net amount,cost
1,2024-11-05,K1,Alpha <AG>,Drives,5000.00,2000.00
2,2025-06-05,K1,Alpha <AG>,Drives,5000.00,2000.00
3,2024-12-05,K3,Gamma OHG,Chains,1000.00,700.00
4,2025-03-05,K4,Delta KG,Chains,500.00,300.00
5,2025-11-10,K1,Alpha <AG>,Drives,6000.00,3000.00
6,2026-04-10,K1,Alpha <AG>,Chains,6000.00,3000.00
7,2026-02-10,K2,Beta GmbH,Bearings,5000.00,
8,2026-09-10,K3,Gamma OHG,Chains,800.00,600.00
9,2026-10-31,K1,Alpha <AG>,Chains,0.00,0.00
";

pub fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

/// Books the four accounts.
pub async fn fill(house: &House) {
    let path = house.folder().join("lines.csv");
    std::fs::write(&path, LINES).expect("written");
    let files = vec![describe(&path).expect("described")];
    let id = upload(&house.office, &operator(), "erp", files, &Options::default()).await.expect("uploaded");
    let import = book(&house.office, &operator(), id).await.expect("booked");
    assert_eq!(import.state, kontor::ledger::store::State::Booked, "{:?}", import.report);
}

/// The id of an account by its name's beginning.
pub async fn id_of(house: &House, name: &str) -> i64 {
    let directory = kontor::valuation::actions::accounts(&house.office, &operator()).await.expect("accounts");
    directory.accounts().iter().find(|account| account.master.name.starts_with(name)).expect("the account").id
}

/// The id of a criterion by its key.
pub async fn criterion(house: &House, key: &str) -> i64 {
    let criteria = actions::criteria(&house.office, &operator()).await.expect("criteria");
    criteria.iter().find(|known| known.key == key).expect(key).id
}

/// A user as an action sees them.
pub async fn user(house: &House, role: Role, name: &str) -> Viewer {
    let mail = format!("{name}@example.org");
    let form = kontor::team::forms::NewUserForm { name: name.into(), mail, role: role.to_string(), ..Default::default() };
    let user_id = kontor::team::actions::add(&house.office, &operator(), &form.parse().expect("a user")).await.expect("added");
    Viewer { user_id, name: name.into(), role, language: Language::En, via: Via::Web, sight: Sight::All }
}

fn typed(fields: &[(&str, &str)]) -> Typed {
    Typed::posted(fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn metric(name: &str, metric: &str, at: [&str; 5]) -> Criterion {
    let mut form = typed(&[("name_de", name), ("name_en", name), ("kind", "metric"), ("metric", metric), ("scale", "breakpoints")]);
    for (field, value) in kontor::scoring::forms::AT.into_iter().zip(at) {
        form.set(field, value);
    }
    parse_criterion(&form, kontor::web::format::Locale::of(Language::En)).expect("a criterion")
}

/// A model: revenue by breakpoints 50, willing to innovate 30, tests early versions 20.
async fn small_model(house: &House) -> i64 {
    let revenue =
        actions::add_criterion(&house.office, &operator(), metric("Sales", "revenue", ["1", "1000", "5000", "10000", "50000"])).await;
    let parts = [
        (revenue.expect("added"), 50, Axis::Position),
        (criterion(house, "innovation").await, 30, Axis::Attractiveness),
        (criterion(house, "early_versions").await, 20, Axis::Attractiveness),
    ];
    let known = actions::criteria(&house.office, &operator()).await.expect("criteria");
    let weighted = |(criterion_id, weight, axis): (i64, u32, Axis)| {
        let known = known.iter().find(|known| known.id == criterion_id).expect("known");
        Weighted { criterion_id, version: known.version, criterion: known.criterion.clone(), weight, axis: Some(axis) }
    };
    let model = Model {
        criteria: parts.map(weighted).to_vec(),
        least_coverage: 60,
        suggest_from: 60,
        suggest_class: kontor_domain::abc::Class::B,
        keep_from: 45,
        attractive_from: 50,
        strong_from: 50,
    };
    actions::set_model(&house.office, &operator(), model, "small".into()).await.expect("set")
}

pub async fn rate(house: &House, rater: &Viewer, account: i64, ratings: &[(&str, u8)]) {
    let mut inputs = Vec::new();
    for (key, value) in ratings {
        let criterion_id = criterion(house, key).await;
        inputs.push(RatingInput {
            criterion_id,
            value: *value,
            evidence: format!("seen by {}", rater.name),
            rated_on: house.office.today(),
            review_on: None,
        });
    }
    actions::rate(&house.office, rater, account, inputs).await.expect("rated");
}

pub async fn present(house: &House) -> Arc<Table> {
    actions::present(&house.office, &operator(), &Settings::default(), Level::Account).await.expect("valued").expect("a ledger")
}

/// Score, coverage in percent and rank of an account.
async fn scored(house: &House, table: &Table, name: &str) -> (Option<f64>, f64, Option<u32>) {
    let row = &table.rows[table.find(id_of(house, name).await).expect(name)];
    (row.scored.score.map(|score| score.value()), (row.scored.coverage * 100.0).round(), row.place.map(|place| place.rank))
}

on_both_databases! {
    async fn a_score_is_what_one_computes_by_hand(house: House) {
        fill(&house).await;
        small_model(&house).await;
        let (jana, musa) = (user(&house, Role::Member, "Jana").await, user(&house, Role::Member, "Musa").await);
        let (alpha, beta) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await);
        rate(&house, &jana, alpha, &[("innovation", 5), ("early_versions", 5)]).await;
        rate(&house, &musa, alpha, &[("innovation", 2)]).await;
        rate(&house, &jana, beta, &[("innovation", 4)]).await;
        let table = present(&house).await;

        // Alpha: 12,000 reaches four of five breakpoints; innovation (5 + 2) / 2 = 3.5; yes. 50 × 4/5 + 30 × 3.5/5 + 20 × 5/5 = 40 + 21 + 20
        assert_eq!(scored(&house, &table, "Alpha").await, (Some(81.0), 100.0, Some(1)));
        // Beta: 5,000 reaches three; innovation 4; nobody knows whether it tests. (50 × 3/5 + 30 × 4/5) / 80 = 54 / 80
        assert_eq!(scored(&house, &table, "Beta").await, (Some(67.5), 80.0, Some(2)));
        // Gamma: 800 reaches one; nothing else is known: 50 × 1/5 / 50, and half of the weight is too little for a rank.
        assert_eq!(scored(&house, &table, "Gamma").await, (Some(20.0), 50.0, None));
        // Delta bought nothing in the period, which is known.
        assert_eq!(scored(&house, &table, "Delta").await, (Some(0.0), 50.0, None));

        let index = table.find(alpha).expect("Alpha");
        let cell = &table.cells(index)[1];
        assert_eq!((cell.raters, cell.low, cell.high), (2, 2, 5));
        assert_eq!(table.stance(index), Some(Stance::Maintain));
    }
}

on_both_databases! {
    async fn only_ranked_accounts_have_a_stance_wherever_it_is_told(house: House) {
        fill(&house).await;
        small_model(&house).await;
        let ada = Viewer { user_id: 1, name: "Ada Admin".into(), ..operator() };
        // Two criteria are known of Gamma, one on each axis, but both are less than 90 % of the weight.
        rate(&house, &ada, id_of(&house, "Alpha").await, &[("innovation", 5), ("early_versions", 5)]).await;
        rate(&house, &ada, id_of(&house, "Gamma").await, &[("innovation", 5)]).await;
        let model = Model { least_coverage: 90, ..present(&house).await.model.model.clone() };
        actions::set_model(&house.office, &operator(), model, "more must be known".into()).await.expect("set");

        let table = present(&house).await;
        let gamma = table.find(id_of(&house, "Gamma").await).expect("Gamma");
        assert!(table.rows[gamma].position.is_some() && table.rows[gamma].place.is_none());
        assert_eq!(table.stance(gamma), None);
        let mut browser = house.administrator().await;
        let listed = browser.get("/valuation/scores?stance=invest").await.text();
        assert!(listed.contains("No account fits the selection.") && !listed.contains("Gamma OHG</a>"), "{listed}");
        let listed = browser.get("/valuation/scores?stance=maintain").await.text();
        assert!(listed.contains("One account fits the selection.") && listed.contains("Alpha &lt;AG&gt;</a>"), "{listed}");
        let csv = browser.get("/valuation/scores.csv").await.text();
        let line = csv.lines().find(|line| line.contains("Gamma")).expect("Gamma");
        assert!(!line.contains("Invest") && csv.contains("Maintain"), "{csv}");
        let page = browser.get(&format!("/accounts/{}/valuation", id_of(&house, "Gamma").await)).await.text();
        assert!(!page.contains("Invest"), "{page}");
    }
}

on_both_databases! {
    async fn a_kept_result_stays_as_it_was_with_its_model(house: House) {
        let mut browser = house.administrator().await;
        fill(&house).await;
        let version = small_model(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let alpha = id_of(&house, "Alpha").await;
        rate(&house, &jana, alpha, &[("innovation", 5), ("early_versions", 5)]).await;
        let run = actions::keep(&house.office, &operator(), &Settings::default(), Level::Account, "before".into()).await.expect("kept");

        rate(&house, &jana, alpha, &[("innovation", 1)]).await;
        let mut changed = metric("Sales", "revenue", ["1", "2", "3", "4", "5"]);
        changed.name.en = "Net sales".into();
        let sales = actions::criteria(&house.office, &operator()).await.expect("criteria").last().expect("own").id;
        actions::change_criterion(&house.office, &operator(), sales, changed).await.expect("changed");

        let kept = actions::kept(&house.office, &operator(), run).await.expect("kept");
        assert_eq!((kept.model.id, kept.model.model.criteria[0].criterion.name.en.as_str()), (version, "Sales"));
        assert_eq!(scored(&house, &kept, "Alpha").await.0, Some(90.0), "50 × 4/5 + 30 + 20");
        let table = present(&house).await;
        assert_eq!(table.model.id, version + 1, "the model went along with its criterion");
        assert_eq!(scored(&house, &table, "Alpha").await.0, Some(76.0), "50 + 30 × 1/5 + 20");

        let page = browser.get(&format!("/accounts/{alpha}/valuation")).await.text();
        assert!(page.contains("From 90.0 to 76.0: what changed") && page.contains("\u{2212}24.0") && page.contains("+10.0"), "{page}");
        let list = browser.get(&format!("/valuation/scores?run={run}")).await.text();
        assert!(list.contains("90.0") && !list.contains("76.0"), "{list}");
        let old = browser.get(&format!("/valuation/model?version={version}")).await.text();
        assert!(old.contains("Sales") && !old.contains("Net sales") && old.contains("earlier version"), "{old}");
    }
}

on_both_databases! {
    async fn ratings_are_replaced_withdrawn_and_never_forgotten(house: House) {
        fill(&house).await;
        let (jana, musa) = (user(&house, Role::Member, "Jana").await, user(&house, Role::Member, "Musa").await);
        let lead = user(&house, Role::SalesLead, "Wiebke").await;
        let alpha = id_of(&house, "Alpha").await;
        rate(&house, &jana, alpha, &[("surplus", 2)]).await;
        rate(&house, &jana, alpha, &[("surplus", 4)]).await;
        let change = RatingChange { account_id: alpha, criterion: "Takes surplus production".into(), before: Some(2), after: 4 };
        assert_eq!(house.events().await[0], Event::AccountRated { account_id: alpha, ratings: vec![change] });
        let ratings = actions::ratings(&house.office, &jana, alpha).await.expect("ratings");
        assert_eq!(ratings.iter().map(|rating| (rating.value, rating.ended_at.is_some())).collect::<Vec<_>>(), [(4, false), (2, true)]);

        let by_other = actions::withdraw_rating(&house.office, &musa, ratings[0].id).await;
        assert_eq!(by_other.expect_err("not his").status(), StatusCode::FORBIDDEN);
        assert_eq!(actions::withdraw_rating(&house.office, &lead, ratings[0].id).await.expect("withdrawn"), alpha);
        let again = actions::withdraw_rating(&house.office, &lead, ratings[0].id).await;
        assert_eq!(again.expect_err("gone").status(), StatusCode::CONFLICT);
        assert!(actions::ratings(&house.office, &jana, alpha).await.expect("ratings").iter().all(|rating| rating.ended_at.is_some()));
        let table = present(&house).await;
        assert!(table.cells(table.find(alpha).expect("Alpha")).iter().all(|cell| cell.raters == 0));
    }
}

on_both_databases! {
    async fn a_rating_past_its_review_counts_and_is_marked(house: House) {
        fill(&house).await;
        let mut browser = house.administrator().await;
        let alpha = id_of(&house, "Alpha").await;
        let ada = Viewer { user_id: 1, name: "Ada Admin".into(), ..operator() };
        let past = house.office.today().pred_opt();
        let input = RatingInput {
            criterion_id: criterion(&house, "innovation").await,
            value: 3,
            evidence: String::new(),
            rated_on: "2025-05-01".parse().expect("a day"),
            review_on: past,
        };
        actions::rate(&house.office, &ada, alpha, vec![input]).await.expect("rated");
        let table = present(&house).await;
        let cells = table.cells(table.find(alpha).expect("Alpha"));
        assert_eq!(cells.iter().filter(|cell| cell.is_stale && cell.points.is_some()).count(), 1);
        assert!(browser.get(&format!("/accounts/{alpha}/valuation")).await.text().contains("overdue"));
    }
}

on_both_databases! {
    async fn who_does_not_see_an_account_sees_nothing_of_its_valuation(house: House) {
        fill(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let (alpha, beta) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await);
        rate(&house, &jana, alpha, &[("innovation", 5)]).await;
        let narrow = Viewer { sight: Sight::only([beta]), ..jana.clone() };
        let table = present(&house).await;
        assert_eq!(actions::visible(&table, &narrow), [table.find(beta).expect("Beta")]);
        let refused = |fault: kontor::fault::Fault| fault.status();
        assert_eq!(actions::ratings(&house.office, &narrow, alpha).await.map_err(refused), Err(StatusCode::NOT_FOUND));
        let input = RatingInput {
            criterion_id: criterion(&house, "innovation").await,
            value: 3,
            evidence: String::new(),
            rated_on: house.office.today(),
            review_on: None,
        };
        assert_eq!(actions::rate(&house.office, &narrow, alpha, vec![input]).await.map_err(refused), Err(StatusCode::NOT_FOUND));
        let rating = actions::ratings(&house.office, &jana, alpha).await.expect("ratings")[0].id;
        assert_eq!(actions::withdraw_rating(&house.office, &narrow, rating).await.map_err(refused), Err(StatusCode::NOT_FOUND));
    }
}

on_both_databases! {
    async fn wrong_ratings_models_and_criteria_are_told_at_their_fields_and_kept(house: House) {
        fill(&house).await;
        let mut browser = house.administrator().await;
        let alpha = id_of(&house, "Alpha").await;
        let before = house.events().await.len();
        let form = [("value.5", "7"), ("evidence.5", "a <b>trial</b>"), ("review.5", "yesterday")];
        let answer = browser.post(&format!("/accounts/{alpha}/ratings"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        assert!(page.contains("A rating from 0 to 5") && page.contains("a &lt;b&gt;trial&lt;/b&gt;") && page.contains("yesterday"), "{page}");
        // Yes or no is not three.
        assert_eq!(browser.post(&format!("/accounts/{alpha}/ratings"), &[("value.6", "3")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A figure cannot be rated, and a criterion that does not exist is not there.
        assert_eq!(browser.post(&format!("/accounts/{alpha}/ratings"), &[("value.1", "3")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.post(&format!("/accounts/{alpha}/ratings"), &[("value.999", "3")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.post("/accounts/999/ratings", &[("value.5", "3")]).await.status, StatusCode::NOT_FOUND);

        let model = browser.post("/valuation/model", &[("weight.1", "60"), ("weight.2", "39"), ("least_coverage", "x")]).await;
        assert_eq!(model.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(model.text().contains("The weights sum to 99 instead of 100.") && model.text().contains("value=\"39\""), "{}", model.text());
        let kind = [("name_de", "Umsatz"), ("name_en", "Revenue"), ("kind", "rated")];
        let criterion = browser.post("/valuation/criteria/1", &kind).await;
        assert_eq!(criterion.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(criterion.text().contains("kind of a criterion cannot be changed"), "{}", criterion.text());
        let taken = browser.post("/valuation/criteria", &kind).await;
        assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.text().contains("of this name already"), "{}", taken.text());
        assert_eq!(browser.post("/valuation/criteria/1/archive", &[("archived", "yes")]).await.status, StatusCode::CONFLICT);
        for path in ["/valuation/scores?class=D", "/valuation/scores?stance=run", "/valuation/scores?sort=x", "/valuation/scores?contrast=x"] {
            assert_eq!(browser.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
        for path in ["/valuation/scores?run=9", "/valuation/criteria/99", "/valuation/model?version=99", "/accounts/999/valuation"] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(house.events().await.len(), before, "nothing was changed");
    }
}

on_both_databases! {
    async fn scores_leave_as_a_table_with_their_formulas(house: House) {
        fill(&house).await;
        small_model(&house).await;
        let mut browser = house.administrator().await;
        let ada = Viewer { user_id: 1, name: "Ada Admin".into(), ..operator() };
        rate(&house, &ada, id_of(&house, "Alpha").await, &[("innovation", 5), ("early_versions", 5)]).await;
        let csv = browser.get("/valuation/scores.csv").await.text();
        let lines: Vec<&str> = csv.lines().collect();
        assert!(lines[0].ends_with("Own position,Stance,Points: Sales,Points: Willing to innovate,Points: Tests early versions"), "{}", lines[0]);
        assert_eq!(lines[1], "1,1,1,K1,Alpha <AG>,90,1.000000,,A,12000.00,100,80,Maintain,4,5,5");
        assert_eq!(lines.len(), 5);
        let workbook = browser.get("/valuation/scores.xlsx?class=A").await;
        let names = String::from_utf8_lossy(&workbook.body).into_owned();
        assert!(names.contains("xl/worksheets/sheet1.xml") && names.contains("xl/worksheets/sheet2.xml"));
        assert_eq!(house.events().await[0], Event::Exported { what: "scores".into(), rows: 2 });
    }
}

on_both_databases! {
    async fn the_list_shows_where_size_and_score_disagree(house: House) {
        fill(&house).await;
        small_model(&house).await;
        let mut browser = house.administrator().await;
        let ada = Viewer { user_id: 1, name: "Ada Admin".into(), ..operator() };
        rate(&house, &ada, id_of(&house, "Alpha").await, &[("innovation", 0), ("early_versions", 0)]).await;
        rate(&house, &ada, id_of(&house, "Gamma").await, &[("innovation", 5), ("early_versions", 5)]).await;
        let page = browser.get("/valuation/scores").await.text();
        assert!(page.contains("One of 2 valued accounts reaches a score of 60 or more."), "{page}");
        assert!(page.contains("One A account scores below 45") && page.contains("One B or C account reaches 60"), "{page}");
        let low = browser.get("/valuation/scores?contrast=a_low").await.text();
        assert!(low.contains("Alpha &lt;AG&gt;</a>") && !low.contains("Beta GmbH</a>"), "{low}");
        let found = browser.get("/valuation/scores?q=gamma&sort=name").await.text();
        assert!(found.contains("Gamma OHG</a>") && !found.contains("Delta KG</a>"), "{found}");
    }
}

/// Whether a change of the web is one of the valuation by points.
pub fn knows(path: &str) -> bool {
    let own = ["/valuation/kept", "/valuation/model", "/valuation/criteria", "/ratings/", "/valuation/rounds"];
    own.iter().any(|start| path.starts_with(start)) || path == "/accounts/{id}/ratings"
}

/// A round of Ada's in which Alpha is to be rated by the criterion 5.
pub async fn round(house: &House) -> i64 {
    let round = NewRound {
        name: "Autumn".into(),
        due_on: house.office.today(),
        selection: Selection::Largest,
        accounts: 2,
        raters: vec![1],
        is_own_only: false,
        criteria: vec![criterion(house, "innovation").await, criterion(house, "early_versions").await],
    };
    rounds::open(&house.office, &operator(), &Settings::default(), round).await.expect("opened")
}

/// The accounts of this file, booked once.
pub async fn filled(house: &House) {
    let accounts = kontor::accounts::store::newer(house.office.db.read(), -1).await.expect("accounts");
    if accounts.iter().all(|account| account.master.name != "Delta KG") {
        fill(house).await;
    }
}

/// What makes a change of the web succeed.
pub async fn prepared(house: &House, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    let at = |id: i64| path.replace("{id}", &id.to_string());
    filled(house).await;
    Some(match path {
        "/valuation/kept" => (path.into(), vec![("note", "before the talks")]),
        "/valuation/model" => {
            let weights = [("weight.1", "50"), ("axis.1", "position"), ("weight.5", "50"), ("axis.5", "attractiveness")];
            let rest = [
                ("least_coverage", "50"),
                ("suggest_from", "60"),
                ("suggest_class", "A"),
                ("keep_from", "40"),
                ("attractive_from", "50"),
                ("strong_from", "50"),
            ];
            (path.into(), [&weights[..], &rest].concat())
        }
        "/valuation/criteria" => (path.into(), vec![("name_de", "Lob"), ("name_en", "Praise"), ("kind", "yes_no")]),
        "/valuation/criteria/{id}" => {
            let id = criterion(house, "opinion_leader").await;
            (
                at(id),
                vec![
                    ("name_de", "Meinungsführer"),
                    ("name_en", "Opinion leader"),
                    ("kind", "rated"),
                    ("anchor_de_5", "führt"),
                    ("anchor_en_5", "leads"),
                ],
            )
        }
        "/valuation/criteria/{id}/archive" => (at(criterion(house, "payment").await), vec![("archived", "yes")]),
        "/accounts/{id}/ratings" => {
            (at(id_of(house, "Alpha").await), vec![("value.5", "4"), ("evidence.5", "trial in May"), ("review.5", "2027-05-01")])
        }
        "/valuation/rounds" => {
            let criterion = [
                ("name", "Spring"),
                ("due_on", "2026-12-24"),
                ("selection", "largest"),
                ("accounts", "3"),
                ("rater.1", "on"),
                ("criterion.5", "on"),
            ];
            (path.into(), criterion.to_vec())
        }
        "/valuation/rounds/{id}/close" => (at(round(house).await), vec![]),
        "/valuation/rounds/{id}/rate" => {
            let id = round(house).await;
            let account = id_of(house, "Alpha").await;
            let cell: &'static str = Box::leak(format!("r.{account}.5").into_boxed_str());
            (at(id), vec![(cell, "3"), ("review", "2027-05-01")])
        }
        "/ratings/{id}/withdraw" => {
            let rater = Viewer { user_id: 1, name: "Ada Admin".into(), ..operator() };
            let account = id_of(house, "Beta").await;
            rate(house, &rater, account, &[("surplus", 3)]).await;
            let ratings = actions::ratings(&house.office, &operator(), account).await.expect("ratings");
            (at(ratings[0].id), vec![])
        }
        _ => return None,
    })
}

/// What makes a change of the API succeed.
pub async fn api_prepared(house: &House, method: &str, path: &str) -> Option<(String, serde_json::Value)> {
    let own = ["/api/v1/valuation/kept", "/api/v1/valuation/model", "/api/v1/accounts/1/ratings", "/api/v1/ratings/1"];
    if !own.contains(&path) {
        return None;
    }
    filled(house).await;
    let alpha = id_of(house, "Alpha").await;
    Some(match (method, path) {
        ("POST", "/api/v1/valuation/kept") => (path.into(), json!({"note": "by a program"})),
        ("PUT", "/api/v1/valuation/model") => {
            let criteria =
                json!([{"criterion_id": 1, "weight": 70, "axis": "position"}, {"criterion_id": 5, "weight": 30, "axis": "attractiveness"}]);
            let rest = json!({"least_coverage": 50, "suggest_from": 60, "suggest_class": "A", "keep_from": 40, "attractive_from": 50, "strong_from": 50});
            let mut body = rest;
            body["criteria"] = criteria;
            (path.into(), body)
        }
        ("POST", "/api/v1/accounts/1/ratings") => (
            format!("/api/v1/accounts/{alpha}/ratings"),
            json!([{"criterion_id": 5, "value": 4, "evidence": "trial", "review_on": "2027-05-01"}]),
        ),
        ("DELETE", "/api/v1/ratings/1") => {
            let rater = user(house, Role::Member, "Rater").await;
            rate(house, &rater, alpha, &[("surplus", 2)]).await;
            let ratings = actions::ratings(&house.office, &operator(), alpha).await.expect("ratings");
            (format!("/api/v1/ratings/{}", ratings[0].id), json!({}))
        }
        _ => return None,
    })
}

on_both_databases! {
    async fn a_group_is_valued_by_its_sums_and_by_the_mean_of_its_accounts(house: House) {
        fill(&house).await;
        small_model(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let (alpha, gamma) = (id_of(&house, "Alpha").await, id_of(&house, "Gamma").await);
        rate(&house, &jana, alpha, &[("innovation", 5), ("early_versions", 5)]).await;
        rate(&house, &jana, gamma, &[("innovation", 2)]).await;
        let terms = EdgeTerms { kind: Kind::Subsidiary, share: None, from: None, to: None };
        groups::add(&house.office, &operator(), alpha, gamma, terms).await.expect("tied");
        let table = actions::present(&house.office, &operator(), &Settings::default(), Level::Group).await.expect("valued").expect("a ledger");
        // 12,800 reaches four of five breakpoints; innovation (5 + 2) / 2; yes, as the one that was asked says: 50 × 4/5 + 30 × 3.5/5 + 20
        assert_eq!(scored(&house, &table, "Alpha").await, (Some(81.0), 100.0, Some(1)));
        let index = table.find(alpha).expect("the group");
        assert_eq!((table.members(alpha), table.rows[index].revenue), (&[alpha, gamma][..], kontor_domain::Amount::from_units(12_800)));
        assert_eq!(table.find(gamma), None, "it is part of the group");
        // Each for itself, they are what they were.
        let single = present(&house).await;
        assert_eq!((scored(&house, &single, "Alpha").await.0, scored(&house, &single, "Gamma").await.0), (Some(90.0), Some(27.5)));
        // A group is seen by who sees all of it.
        let narrow = Viewer { sight: Sight::only([alpha]), ..jana };
        assert!(actions::visible(&table, &narrow).is_empty() && actions::visible(&single, &narrow).len() == 1);
        // A kept result of groups knows its members.
        let run = actions::keep(&house.office, &operator(), &Settings::default(), Level::Group, String::new()).await.expect("kept");
        let kept = actions::kept(&house.office, &operator(), run).await.expect("kept");
        assert_eq!((kept.level, kept.members(alpha)), (Level::Group, &[alpha, gamma][..]));
        assert_eq!(scored(&house, &kept, "Alpha").await, (Some(81.0), 100.0, Some(1)));
    }
}

on_both_databases! {
    async fn breadth_and_regularity_come_from_the_ledger(house: House) {
        fill(&house).await;
        let parts = [("breadth", 50), ("regularity", 50)];
        let known = actions::criteria(&house.office, &operator()).await.expect("criteria");
        let mut model = actions::models(&house.office, &operator()).await.expect("models").remove(0).model;
        model.criteria = parts
            .iter()
            .map(|(key, weight)| {
                let known = known.iter().find(|known| known.key == *key).expect(key);
                Weighted { criterion_id: known.id, version: 1, criterion: known.criterion.clone(), weight: *weight, axis: None }
            })
            .collect();
        actions::set_model(&house.office, &operator(), model, String::new()).await.expect("set");
        let table = present(&house).await;
        let values = |index: usize| table.cells(index).iter().map(|cell| cell.value.expect("known").to_string()).collect::<Vec<_>>();
        // Alpha bought drives and chains in three of twelve months; Delta nothing, which is known.
        assert_eq!(values(table.find(id_of(&house, "Alpha").await).expect("Alpha")), ["2.00", "25.00"]);
        assert_eq!(values(table.find(id_of(&house, "Delta").await).expect("Delta")), ["0.00", "0.00"]);
    }
}

on_both_databases! {
    async fn a_round_asks_who_must_rate_what_and_shows_how_far_it_is(house: House) {
        let mut browser = house.administrator().await;
        fill(&house).await;
        let jana = user(&house, Role::Member, "Jana").await;
        let mut viewer = house.user(Role::Viewer).await;
        let id = round(&house).await;
        let (alpha, beta) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await);
        let (innovation, early) = (criterion(&house, "innovation").await, criterion(&house, "early_versions").await);
        let progress = rounds::show(&house.office, &operator(), id).await.expect("a round");
        assert_eq!((progress.of(1), progress.accounts_of(1)), ((4, 0), vec![alpha, beta]));

        let table = browser.get(&format!("/valuation/rounds/{id}/rate")).await.text();
        assert!(table.contains(&format!("name=\"r.{alpha}.{innovation}\"")) && !table.contains("Gamma"), "{}", &table[..200]);
        let cell = |account: i64, criterion: i64| format!("r.{account}.{criterion}");
        let (a, b, c) = (cell(alpha, innovation), cell(beta, early), cell(beta, innovation));
        let wrong = browser.post(&format!("/valuation/rounds/{id}/rate"), &[(&a, "9"), (&b, "3"), (&c, "2")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains(&format!("id=\"field-{a}\"")) && wrong.text().contains("value=\"9\""));
        let evidence = format!("evidence.{alpha}");
        let rated = browser.post(&format!("/valuation/rounds/{id}/rate"), &[(&a, "4"), (&b, "5"), (&evidence, "talk in May")]).await;
        assert_eq!(rated.status, StatusCode::SEE_OTHER, "{}", rated.location());
        let progress = rounds::show(&house.office, &operator(), id).await.expect("a round");
        assert_eq!(progress.of(1), (4, 2));
        // The same rating again says that somebody looked again, in another round.
        let second = round(&house).await;
        browser.post(&format!("/valuation/rounds/{second}/rate"), &[(&a, "4")]).await;
        assert_eq!(rounds::show(&house.office, &operator(), second).await.expect("a round").of(1), (4, 1));

        // Who is not asked cannot rate, a reader may not, and a closed round takes nothing more.
        let own = actions::ratings(&house.office, &operator(), alpha).await.expect("ratings");
        assert_eq!((own[0].evidence.as_str(), own[0].value), ("", 4));
        let rating = kontor::scoring::store::NewRating {
            account_id: alpha,
            criterion_id: innovation,
            value: 1,
            evidence: String::new(),
            rated_on: house.office.today(),
            review_on: None,
        };
        let refused = rounds::rate(&house.office, &jana, id, vec![rating]).await.expect_err("not asked");
        assert_eq!(refused.status(), StatusCode::NOT_FOUND);
        assert_eq!(viewer.get(&format!("/valuation/rounds/{id}/rate")).await.status, StatusCode::FORBIDDEN);
        rounds::close(&house.office, &operator(), id).await.expect("closed");
        assert_eq!(browser.post(&format!("/valuation/rounds/{id}/rate"), &[(&a, "1")]).await.status, StatusCode::CONFLICT);
        assert_eq!(browser.get("/valuation/rounds/99").await.status, StatusCode::NOT_FOUND);
        let list = browser.get("/valuation/rounds").await.text();
        assert!(list.contains("One round is open") && list.contains("Autumn"), "{}", &list[..300]);
    }
}

on_both_databases! {
    async fn programs_read_and_rate_as_people_do(house: House) {
        house.administrator().await;
        fill(&house).await;
        small_model(&house).await;
        let token = crate::api::token(&house, Role::Administrator, Scope::Full).await;
        let alpha = id_of(&house, "Alpha").await;
        let ask = async |method: Method, path: &str, body: Option<&serde_json::Value>| call(&house, Some(&token), method, path, body).await;
        let (innovation, early) = (criterion(&house, "innovation").await, criterion(&house, "early_versions").await);
        let ratings = json!([{"criterion_id": innovation, "value": 5}, {"criterion_id": early, "value": 5}]);
        let path = format!("/api/v1/accounts/{alpha}/ratings");
        assert_eq!(ask(Method::POST, &path, Some(&ratings)).await.status, StatusCode::NO_CONTENT);
        let wrong = ask(Method::POST, &path, Some(&json!([{"criterion_id": early, "value": 3}]))).await;
        assert_eq!((wrong.status, wrong.json()["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("ratings")));
        let late = ask(Method::POST, &path, Some(&json!([{"criterion_id": early, "value": 0, "review_on": "2020-01-01"}]))).await;
        assert_eq!(late.json()["errors"][0]["field"], "review_on");

        let score = ask(Method::GET, &format!("/api/v1/accounts/{alpha}/valuation"), None).await.json();
        assert_eq!((score["score"].as_f64(), score["coverage"].as_f64(), score["rank"].as_u64()), (Some(90.0), Some(1.0), Some(1)));
        assert_eq!((score["criteria"][0]["value"].as_str(), score["criteria"][0]["contribution"].as_f64()), (Some("12000.0000"), Some(40.0)));
        let kept = ask(Method::POST, "/api/v1/valuation/kept", Some(&json!({"note": "n"}))).await;
        assert_eq!(kept.status, StatusCode::CREATED);
        let list = ask(Method::GET, &format!("/api/v1/valuation/scores?run={}&class=A", kept.json()["id"]), None).await.json();
        assert_eq!((list["accounts"].as_array().map(Vec::len), list["level"].as_str()), (Some(2), Some("account")));
        let model = ask(Method::GET, "/api/v1/valuation/model", None).await.json();
        let mut broken = model.clone();
        broken["criteria"][0]["weight"] = json!(49);
        let refused = ask(Method::PUT, "/api/v1/valuation/model", Some(&broken)).await;
        assert_eq!(refused.json()["errors"][0]["field"], "criteria");
        assert_eq!(ask(Method::PUT, "/api/v1/valuation/model", Some(&model)).await.json()["version"], model["version"], "the same model stays");
        assert_eq!(ask(Method::GET, "/api/v1/valuation/scores?level=planet", None).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
