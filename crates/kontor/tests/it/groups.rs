//! Corporate groups: edges are entered, corrected, ended and taken back, and what belongs together follows from them.

use axum::http::{Method, StatusCode};
use chrono::NaiveDate;
use kontor::accounts::store;
use kontor::fault::Fault;
use kontor::groups::actions;
use kontor::groups::forms::EdgeTerms;
use kontor_domain::account::ErpData;
use kontor_domain::audit::Event;
use kontor_domain::group::{Kind, Share};
use kontor_domain::rights::{Scope, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use serde_json::{Value, json};

use crate::accounts::{import, says};
use crate::api::{call, token};
use crate::house::House;
use crate::on_both_databases;

fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// New accounts by these names, numbered after them; gives their ids.
pub async fn customers(house: &House, names: &[&str]) -> Vec<i64> {
    let all = async || store::newer(house.office.db.read(), -1).await.expect("accounts");
    let known = all().await.len();
    let seen: Vec<(String, ErpData)> =
        names.iter().enumerate().map(|(place, name)| (format!("G{}", known + place), says(name, None))).collect();
    import(house, "erp", seen.iter().map(|(number, says)| (number.as_str(), says.clone())).collect()).await;
    let mut ids: Vec<i64> = all().await.iter().map(|account| account.id).collect();
    ids.drain(..known);
    ids
}

fn terms(share: &str, from: &str) -> EdgeTerms {
    let share = (!share.is_empty()).then(|| share.parse::<Share>().expect("a share"));
    EdgeTerms { kind: Kind::Subsidiary, share, from: (!from.is_empty()).then(|| day(from)), to: None }
}

async fn members(house: &House, id: i64, on: &str) -> Vec<i64> {
    actions::members(&house.office, &operator(), id, day(on)).await.expect("the group")
}

on_both_databases! {
    async fn what_belongs_together_follows_the_edges_of_the_day(house: House) {
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH", "Enkel KG", "Fremd GmbH"]).await;
        let (office, viewer) = (&house.office, operator());
        actions::add(office, &viewer, ids[0], ids[1], terms("51", "")).await.expect("added");
        let bought = actions::add(office, &viewer, ids[1], ids[2], terms("", "2026-06-01")).await.expect("added");
        assert_eq!(members(&house, ids[2], "2026-06-01").await, [ids[0], ids[1], ids[2]]);
        assert_eq!(members(&house, ids[2], "2026-05-31").await, [ids[2]]);
        assert_eq!(actions::roots(office, day("2026-06-01")).await.expect("heads").of(ids[2]), ids[0]);

        actions::end(office, &viewer, bought, day("2026-09-30")).await.expect("ended");
        assert_eq!(members(&house, ids[2], "2026-09-30").await.len(), 3);
        assert_eq!(members(&house, ids[2], "2026-10-01").await, [ids[2]]);

        actions::withdraw(office, &viewer, bought).await.expect("withdrawn");
        assert_eq!(members(&house, ids[2], "2026-09-30").await, [ids[2]], "it never held");
        assert!(matches!(actions::show(office, &viewer, bought).await, Err(Fault::NotFound)));
        let kinds: Vec<&str> = house.events().await.iter().take(4).map(Event::kind).collect();
        assert_eq!(kinds, ["group_edge_withdrawn", "group_edge_changed", "group_edge_added", "group_edge_added"]);
    }
}

on_both_databases! {
    async fn saving_what_stands_there_leaves_no_trace(house: House) {
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH"]).await;
        let edge = actions::add(&house.office, &operator(), ids[0], ids[1], terms("51", "")).await.expect("added");
        let before = house.events().await.len();
        actions::change(&house.office, &operator(), edge, terms("51", "")).await.expect("the same");
        assert_eq!(house.events().await.len(), before);
    }
}

on_both_databases! {
    async fn a_circle_of_control_is_refused_by_name(house: House) {
        let mut browser = house.administrator().await;
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH", "Enkel KG"]).await;
        for pair in ids.windows(2) {
            actions::add(&house.office, &operator(), pair[0], pair[1], terms("", "")).await.expect("added");
        }
        let form = [("relation", "subsidiary"), ("account", "enkel kg"), ("share", "60")];
        let answer = browser.post(&format!("/accounts/{}/group/new", ids[0]), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Enkel KG → Tochter GmbH → Kopf AG"), "{}", answer.text());
        assert!(answer.text().contains("value=\"enkel kg\""), "what was typed stays");
        let small = [("relation", "subsidiary"), ("account", "enkel kg"), ("share", "10")];
        assert_eq!(browser.post(&format!("/accounts/{}/group/new", ids[0]), &small).await.status, StatusCode::SEE_OTHER);
    }
}

on_both_databases! {
    async fn a_form_tells_all_that_is_wrong_at_once(house: House) {
        let mut browser = house.administrator().await;
        let ids = customers(&house, &["Kopf AG", "Kopf AG", "Kopfsteiner Pflaster KG"]).await;
        let path = format!("/accounts/{}/group/new", ids[2]);
        let wrong = [("relation", "friend"), ("account", "Kopf AG"), ("share", "0"), ("from", "yesterday"), ("to", "32.13.2026")];
        let text = browser.post(&path, &wrong).await.text();
        for message in ["Choose how the two", "Several accounts fit: Kopf AG (G0), Kopf AG (G1)", "Not a share", "Not a date"] {
            assert!(text.contains(message), "{message}: {text}");
        }
        for (account, message) in [("", "Name the other account"), ("Niemand", "No account has this"), ("G2", "cannot be tied to itself")] {
            let answer = browser.post(&path, &[("relation", "subsidiary"), ("account", account)]).await;
            assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(message), "{account}: {}", answer.text());
        }
        let backwards = [("relation", "subsidiary"), ("account", "G0"), ("from", "2026-05-01"), ("to", "2026-04-30")];
        assert!(browser.post(&path, &backwards).await.text().contains("ends before it begins"));
        let paid = [("relation", "pays_for"), ("account", "G0"), ("share", "50")];
        assert!(browser.post(&path, &paid).await.text().contains("No share can be given"));
    }
}

on_both_databases! {
    async fn shares_of_more_than_the_whole_are_refused(house: House) {
        let ids = customers(&house, &["A", "B", "Gemeinsam"]).await;
        actions::add(&house.office, &operator(), ids[0], ids[2], terms("60", "")).await.expect("added");
        let refused = actions::add(&house.office, &operator(), ids[1], ids[2], terms("40.01", "2026-01-01")).await;
        assert!(matches!(refused, Err(Fault::Invalid(errors)) if errors[0].field == "share"));
        assert!(actions::add(&house.office, &operator(), ids[1], ids[2], terms("40", "2026-01-01")).await.is_ok());
    }
}

on_both_databases! {
    async fn an_edge_is_corrected_and_ended_on_its_page(house: House) {
        let mut browser = house.administrator().await;
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH", "Fremd GmbH"]).await;
        let form = [("relation", "subsidiary-down"), ("account", "G1"), ("share", "33,34"), ("from", "2026-01-01")];
        let added = browser.post(&format!("/accounts/{}/group/new", ids[0]), &form).await;
        assert_eq!((added.status, added.location()), (StatusCode::SEE_OTHER, format!("/accounts/{}/group", ids[0]).as_str()));
        let edge = actions::graph(&house.office, &operator()).await.expect("edges").edges()[0].clone();
        let path = format!("/accounts/{}/group/edges/{}", ids[1], edge.id);
        assert!(browser.get(&path).await.text().contains("value=\"33.34\""));
        let more = [("relation", "subsidiary"), ("share", "80"), ("from", "2026-01-01")];
        assert_eq!(browser.post(&path, &more).await.status, StatusCode::SEE_OTHER);
        let group = browser.get(&format!("/accounts/{}/group", ids[1])).await.text();
        assert!(group.contains("Kopf AG heads a group of 2 accounts"), "{group}");
        let early = browser.post(&format!("{path}/end"), &[("last", "2025-12-31")]).await;
        assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.text().contains("ends before it begins"));
        assert_eq!(browser.post(&format!("{path}/end"), &[("last", "2026-03-31")]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get(&format!("/accounts/{}/group", ids[1])).await.text().contains("belongs to no corporate group"));
        assert!(browser.get(&format!("/accounts/{}/group?as_of=2026-03-31", ids[1])).await.text().contains("heads a group of 2"));
        let foreign = format!("/accounts/{}/group/edges/{}", ids[2], edge.id);
        assert_eq!(browser.get(&foreign).await.status, StatusCode::NOT_FOUND, "an edge is reached from its own ends only");
    }
}

on_both_databases! {
    async fn who_sees_only_some_accounts_sees_only_edges_between_them(house: House) {
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH", "Enkel KG"]).await;
        let (office, all) = (&house.office, operator());
        let hidden = actions::add(office, &all, ids[0], ids[1], terms("", "")).await.expect("added");
        actions::add(office, &all, ids[1], ids[2], terms("", "")).await.expect("added");
        let some = Viewer { user_id: 7, role: Role::Member, via: Via::Web, sight: Sight::only([ids[1], ids[2]]), ..operator() };
        assert_eq!(actions::members(office, &some, ids[2], day("2026-01-01")).await.expect("seen"), [ids[1], ids[2]]);
        assert!(matches!(actions::members(office, &some, ids[0], day("2026-01-01")).await, Err(Fault::NotFound)));
        assert!(matches!(actions::withdraw(office, &some, hidden).await, Err(Fault::NotFound)));
        assert!(matches!(actions::add(office, &some, ids[0], ids[2], terms("10", "")).await, Err(Fault::NotFound)));
        let circle = actions::add(office, &Viewer { sight: Sight::only([ids[0], ids[2]]), ..some }, ids[2], ids[0], terms("", "")).await;
        let Err(Fault::Invalid(errors)) = circle else { panic!("refused, though not all of the way is seen") };
        let message = errors[0].message(kontor::web::texts::Texts::of(Language::En));
        assert!(message.contains("Enkel KG → … → Kopf AG"), "{message}");
    }
}

const LINES: &str = "invoice,date,customer id,customer,net amount\n1,2026-01-05,100,Kopf AG,50.00\n2,2026-02-05,200,Tochter GmbH,30.00\n3,2026-03-05,300,Einzeln KG,60.00\n4,2026-04-05,400,Klein e.K.,4.00\n";

/// Four accounts with a line each, of which the second belongs to the first since March.
async fn booked(house: &House) -> Vec<i64> {
    let path = house.folder().join("lines.csv");
    std::fs::write(&path, LINES).expect("written");
    let file = kontor::ledger::uploads::describe(&path).expect("described");
    let id = kontor::ledger::actions::upload(&house.office, &operator(), "erp", vec![file], &Default::default()).await.expect("uploaded");
    kontor::ledger::actions::book(&house.office, &operator(), id).await.expect("booked");
    let accounts = store::newer(house.office.db.read(), -1).await.expect("accounts");
    let ids: Vec<i64> = accounts.iter().map(|account| account.id).collect();
    actions::add(&house.office, &operator(), ids[0], ids[1], terms("51", "2026-03-01")).await.expect("added");
    ids
}

on_both_databases! {
    async fn a_group_is_one_customer_where_asked_so(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let ids = booked(&house).await;
        let get = async |path: &str| call(&house, Some(&token), Method::GET, path, None).await.json();
        let names = |answer: &Value| {
            let ranking = answer["ranking"].as_array().expect("a ranking").clone();
            ranking.iter().map(|row| format!("{} {} {}", row["name"].as_str().expect("a name"), row["revenue"].as_str().expect("revenue"), row["members"])).collect::<Vec<_>>()
        };
        let single = get("/api/v1/valuation?period=all").await;
        let group = get("/api/v1/valuation?period=all&level=group").await;
        assert_eq!(names(&single), ["Einzeln KG 60.00 null", "Kopf AG 50.00 null", "Tochter GmbH 30.00 null", "Klein e.K. 4.00 null"]);
        assert_eq!(names(&group), ["Kopf AG 80.00 2", "Einzeln KG 60.00 null", "Klein e.K. 4.00 null"]);
        assert_eq!((&single["revenue"], &single["invoices"]), (&group["revenue"], &group["invoices"]), "no edge changes the total");
        assert_eq!((single["level"].as_str(), group["level"].as_str(), group["groups_on"].as_str()), (Some("account"), Some("group"), Some("2026-11-23")));
        let major = group["concentration"]["major"].as_array().expect("major accounts").iter().map(|row| row["name"].as_str()).collect::<Vec<_>>();
        assert_eq!(major, [Some("Kopf AG"), Some("Einzeln KG")], "entities under common control are one customer");
        assert_eq!(names(&get("/api/v1/valuation?period=all&level=group&as_of=2026-02-28").await), names(&single));

        let edge = actions::graph(&house.office, &operator()).await.expect("edges").edges()[0].id;
        actions::add(&house.office, &operator(), ids[2], ids[3], terms("", "")).await.expect("added");
        assert_eq!(names(&get("/api/v1/valuation?period=all&level=group").await), ["Kopf AG 80.00 2", "Einzeln KG 64.00 2"]);
        actions::withdraw(&house.office, &operator(), edge).await.expect("withdrawn");
        assert_eq!(names(&get("/api/v1/valuation?period=all&level=group").await), ["Einzeln KG 64.00 2", "Kopf AG 50.00 null", "Tochter GmbH 30.00 null"]);
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/valuation?level=planet", None).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn pages_and_lists_switch_between_accounts_and_groups(house: House) {
        let mut browser = house.administrator().await;
        let ids = booked(&house).await;
        for path in ["/?period=all", "/valuation/abc?period=all", "/accounts?period=all"] {
            let single = browser.get(path).await.text();
            assert!(single.contains(&format!("/accounts/{}\"", ids[1])) && !single.contains("group of 2"), "{path}");
            let grouped = browser.get(&format!("{path}&level=group")).await.text();
            assert!(!grouped.contains(&format!("/accounts/{}\"", ids[1])), "{path} names the member: {grouped}");
            assert!(grouped.contains("group of 2 accounts") && grouped.contains(&format!("/accounts/{}/group?as_of=2026-11-23", ids[0])), "{path}");
            assert!(grouped.contains("Corporate groups count as one customer, as of 23 Nov 2026"), "{path}");
        }
        let found = browser.get("/accounts?period=all&level=group&q=tochter").await.text();
        assert!(found.contains("Kopf AG") && !found.contains("Einzeln KG"), "a group is found by any of its members");
    }
}

on_both_databases! {
    async fn pages_open_with_the_level_that_is_set(house: House) {
        let mut browser = house.administrator().await;
        let ids = booked(&house).await;
        let form = [("company", "Hansen"), ("fiscal_start", "1"), ("currency", "EUR"), ("threshold_a", "80"), ("threshold_b", "95"), ("period", "all"), ("level", "group")];
        assert_eq!(browser.post("/settings", &form).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/accounts").await.text().contains("group of 2 accounts"));
        assert!(browser.get(&format!("/accounts/{}", ids[1])).await.text().contains("Tochter GmbH"), "the account's own page stays its own");
        let single = browser.get("/accounts?level=account").await.text();
        assert!(!single.contains("group of 2 accounts"));
        let wrong = form.map(|(name, value)| if name == "level" { (name, "planet") } else { (name, value) });
        assert_eq!(browser.post("/settings", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn programs_enter_correct_and_take_back_edges(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        let ids = booked(&house).await;
        let send = async |method: Method, path: &str, body: Value| call(&house, Some(&token), method, path, Some(&body)).await;
        let added = send(Method::POST, "/api/v1/group-edges", json!({"parent_id": ids[1], "child_id": ids[3], "kind": "subsidiary", "share": "66.67", "from": "2026-01-01"})).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        let edge = format!("/api/v1/group-edges/{}", added.json()["id"]);
        assert_eq!((added.json()["share"].as_str(), added.json()["child"].as_str()), (Some("66.67"), Some("Klein e.K.")));

        let group = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts/{}/group?period=all", ids[3]), None).await.json();
        let told: Vec<String> = group["members"].as_array().expect("members").iter().map(|member| format!("{} {} {}", member["name"], member["own"]["revenue"], member["with_subsidiaries"]["revenue"])).collect();
        assert_eq!(told, ["\"Kopf AG\" \"50.00\" \"84.00\"", "\"Tochter GmbH\" \"30.00\" \"34.00\"", "\"Klein e.K.\" \"4.00\" \"4.00\""]);
        assert_eq!((group["rank"].as_i64(), group["class"].as_str()), (Some(1), Some("A")));
        let before = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts/{}/group?period=all&as_of=2026-02-01", ids[3]), None).await.json();
        assert_eq!(before["members"][0]["name"], "Tochter GmbH", "the head of that day");

        assert_eq!(send(Method::PUT, &edge, json!({"kind": "subsidiary", "share": "20"})).await.status, StatusCode::NO_CONTENT);
        let alone = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts/{}/group", ids[3]), None).await.json();
        assert_eq!((alone["members"].as_array().map(Vec::len), alone["around"][0]["share"].as_str()), (Some(1), Some("20")));
        for (body, field) in [(json!({"kind": "friend"}), "kind"), (json!({"kind": "subsidiary", "share": "200"}), "share"), (json!({"kind": "subsidiary", "from": "x"}), "from")] {
            let answer = send(Method::PUT, &edge, body).await;
            assert_eq!((answer.status, answer.json()["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some(field)));
        }
        assert_eq!(send(Method::DELETE, &edge, json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(send(Method::DELETE, &edge, json!({})).await.status, StatusCode::NOT_FOUND);
        let list = call(&house, Some(&token), Method::GET, "/api/v1/group-edges?limit=1", None).await.json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
        let unknown = send(Method::POST, "/api/v1/group-edges", json!({"parent_id": 9999, "child_id": ids[3], "kind": "subsidiary"})).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}

const HIERARCHY: &str = "Kunde;Branche;Tochter von;Anteil in %;Seit\nKopf AG;x;;;\nTochter GmbH;x;Kopf AG;51;01.03.2026\n300;x;kopf ag;;\nNeu GmbH;x;Kopf AG;100 %;\nKopf AG;x;Tochter GmbH;;\nKlein e.K.;x;Niemand KG;;\nKlein e.K.;x;Kopf AG;viel;gestern\n";

on_both_databases! {
    async fn a_hierarchy_is_read_from_a_file_and_nothing_is_made_up(house: House) {
        let mut browser = house.administrator().await;
        browser.post("/profile/language", &[("language", "de")]).await;
        let ids = booked(&house).await;
        let before = house.events().await.len();
        let preview = browser.upload("/groups/import/preview", &[], &[("konzern.csv", HIERARCHY.as_bytes())]).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
        let text = preview.text();
        for part in ["Eine Beziehung eintragen", "Eine Beziehung steht schon da", "Eine Zeile nennt keine Mutter", "Neu GmbH", "Niemand KG", "selbst beherrschen", "viel", "gestern"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(house.events().await.len(), before, "a preview changes nothing");
        let start = text.find("name=\"rows\" value=\"").expect("the rows go on") + 19;
        let rows = text[start..].split('"').next().expect("a value").replace("&amp;", "&");
        let done = browser.post("/groups/import", &[("file", "konzern.csv"), ("rows", &rows)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(matches!(&house.events().await[0], Event::GroupsImported { edges: 1, accounts: 0, file } if file == "konzern.csv"));
        assert_eq!(members(&house, ids[0], "2026-11-23").await, [ids[0], ids[1], ids[2]]);

        let done = browser.post("/groups/import", &[("file", "konzern.csv"), ("rows", &rows), ("create", "on")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(matches!(&house.events().await[0], Event::GroupsImported { edges: 2, accounts: 2, .. }), "{:?}", house.events().await[0]);
        let names: Vec<String> = store::all(house.office.db.read(), &operator()).await.expect("accounts").into_iter().map(|account| account.master.name).collect();
        assert!(names.contains(&"Neu GmbH".to_owned()) && names.contains(&"Niemand KG".to_owned()), "{names:?}");
        let again = house.events().await.len();
        assert_eq!(browser.post("/groups/import", &[("file", "konzern.csv"), ("rows", &rows), ("create", "on")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.events().await.len(), again, "the same again enters nothing and makes nobody");
    }
}

on_both_databases! {
    async fn files_that_are_no_hierarchy_are_refused_at_the_field(house: House) {
        let mut browser = house.administrator().await;
        for (name, content) in [("leer.csv", &b""[..]), ("a.csv", b"name;ort\nA;B\n"), ("kaputt.xlsx", b"PK\x03\x04garbage"), ("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0")] {
            let answer = browser.upload("/groups/import/preview", &[], &[(name, content)]).await;
            assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("field-file"), "{name}: {}", answer.text());
        }
    }
}

on_both_databases! {
    async fn the_command_line_shows_enters_ends_and_imports(house: House) {
        use kontor::groups::cli::GroupsCommand;
        let run = async |arguments: &[&str]| {
            #[derive(clap::Parser)]
            struct Line {
                #[command(subcommand)]
                command: GroupsCommand,
            }
            let line = <Line as clap::Parser>::try_parse_from([&["groups"], arguments].concat()).expect("a command");
            line.command.run(&house.office, &operator()).await
        };
        let ids = booked(&house).await;
        let shown = run(&["show", "Tochter GmbH"]).await.expect("shown");
        assert!(shown.starts_with("  Kopf AG\n*   Tochter GmbH  [edge ") && shown.contains("51 %, from 2026-03-01]"), "{shown}");
        let entered = run(&["add", "400", "300", "--share", "75"]).await.expect("entered");
        let id = entered.strip_prefix("entered edge ").expect("its id");
        run(&["end", id, "--on", "2026-10-31"]).await.expect("ended");
        assert_eq!(members(&house, ids[3], "2026-11-01").await, [ids[3]]);
        assert!(matches!(run(&["add", "400", "niemand"]).await, Err(Fault::Invalid(_))));
        let path = house.folder().join("hierarchy.csv");
        std::fs::write(&path, "account,subsidiary_of,since\nKlein e.K.,Einzeln KG,2026-11-05\nNeu GmbH,Einzeln KG,\nKlein e.K.,Einzeln KG,\n").expect("written");
        let file = path.display().to_string();
        let told = run(&["import", &file, "--dry-run"]).await.expect("read");
        assert!(told.starts_with("1 edges would be entered, 1 known") && told.contains("line 3: Neu GmbH"), "{told}");
        let told = run(&["import", &file, "--create"]).await.expect("imported");
        assert!(told.starts_with("2 edges entered") && told.contains("1 prospects created: Neu GmbH"), "{told}");
    }
}

#[test]
fn the_corpus_hierarchy_is_read() {
    let Ok(corpus) = std::env::var("KONTOR_CORPUS") else {
        crate::house::say_skipped("the hierarchy of the corpus: KONTOR_CORPUS is not set");
        return;
    };
    let table = kontor::groups::import::read(&std::path::Path::new(&corpus).join("crm/accounts.csv")).expect("read");
    assert_eq!(table.headers[1].as_deref(), Some("subsidiary_of"));
    assert_eq!((table.rows.len(), table.without_parent), (15, 70));
}
