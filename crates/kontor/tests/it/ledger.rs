//! Imports as people and programs meet them: the steps of the wizard, files that are wrong, crashes between the steps, two at once.

use std::process::Command;

use axum::http::{Method, Request, StatusCode, header};
use kontor::ledger::actions;
use kontor::ledger::store::State;
use kontor::ledger::uploads::describe;
use kontor_domain::audit::Event;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::team::{Language, Role};
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::house::{Answer, Browser, House, answer};
use crate::on_both_databases;

/// 43 lines of 138.00 net and 164.22 gross, and a last one whose date is none.
fn lines() -> String {
    let mut file = String::from("Belegnummer;Position;Belegdatum;Kundennummer;Kunde;Netto;Brutto;Einstandswert\n");
    file += "1;1;05.01.2026;100;Elbe GmbH;80,00;95,20;50,00\n1;2;05.01.2026;100;Elbe GmbH;10,00;11,90;5,00\n";
    file += "2;1;07.02.2026;200;Weser AG;8,00;9,52;9,00\n";
    for position in 1..=40 {
        file += &format!("3;{position};08.03.2026;300;Söhnke & Cie. KG;1,00;1,19;0,50\n");
    }
    file + "4;1;gestern;300;Söhnke & Cie. KG;2,00;2,38;1,00\n"
}

fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

/// Books a file of the test's own; gives the import's number.
pub async fn book(house: &House, source: &str, content: &str) -> i64 {
    let id = record(house, source, content).await;
    let import = actions::book(&house.office, &operator(), id).await.expect("booked");
    assert_eq!(import.state, State::Booked, "{:?}", import.report);
    id
}

async fn record(house: &House, source: &str, content: &str) -> i64 {
    let folder = tempfile::tempdir_in(house.folder()).expect("a folder").keep();
    let path = folder.join("lines.csv");
    std::fs::write(&path, content).expect("written");
    let files = vec![describe(&path).expect("described")];
    actions::upload(&house.office, &operator(), source, files, &Options::default()).await.expect("uploaded")
}

/// Takes every booked import back, the newest first.
pub async fn undo_all(house: &House) {
    for import in actions::list(&house.office, &operator(), None, 100).await.expect("imports") {
        if import.state == State::Booked {
            actions::undo(&house.office, &operator(), import.id).await.expect("undone");
        }
    }
}

/// The source typed, and the files chosen by name and content.
type Upload<'a> = (&'a str, &'a [(&'a str, &'a [u8])]);

/// Uploads files in the browser; gives the number of the import that was made.
async fn upload(browser: &mut Browser, source: &str, files: &[(&str, &[u8])]) -> i64 {
    let answer = browser.upload("/imports", &[("source", source)], files).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location().rsplit('/').next().and_then(|id| id.parse().ok()).expect("the number of an import")
}

/// Waits until nobody works on an import any more; gives its page.
async fn settled(house: &House, browser: &mut Browser, id: i64) -> String {
    for _ in 0..600 {
        if house.office.jobs.progress(id).is_none() {
            let answer = browser.get(&format!("/imports/{id}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            return answer.text().replace('\u{a0}', " ");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("import {id} does not come to an end");
}

async fn state(house: &House, id: i64) -> State {
    actions::show(&house.office, &operator(), id).await.expect("the import").state
}

/// All revenue in the ledger.
async fn revenue(house: &House) -> String {
    let settings = kontor::settings::store::current(house.office.db.read()).await.expect("settings");
    let wanted = kontor::valuation::forms::WantedQuery { period: Some("all".into()), ..Default::default() }.parse().expect("fine");
    let valuation = kontor::valuation::actions::value(&house.office, &operator(), &settings, &wanted).await.expect("figures");
    valuation.map_or_else(|| "nothing".to_owned(), |valuation| valuation.total.revenue.to_string())
}

/// What lies in the folder of uploads, apart from reports of rejected rows.
fn uploads_left(house: &House) -> usize {
    let entries = std::fs::read_dir(house.office.config.imports_folder()).expect("the folder");
    entries.filter(|entry| !entry.as_ref().expect("an entry").file_name().to_string_lossy().starts_with("rejected-")).count()
}

/// The source that the form of a new import suggests.
async fn suggested(browser: &mut Browser) -> String {
    let form = browser.get("/imports/new").await.text();
    let value = form.split("name=\"source\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("the field").to_owned()
}

on_both_databases! {
    async fn the_source_used_last_is_suggested(house: House) {
        let mut browser = house.administrator().await;
        assert_eq!(suggested(&mut browser).await, "erp");
        record(&house, "Versuch", &lines()).await;
        assert_eq!(suggested(&mut browser).await, "Versuch", "nothing else is known");
        for (source, line) in [("Nord-ERP", "1;1;05.01.2026;100;Elbe;1,00;0,50"), ("Süd-ERP", "1;1;05.01.2026;100;Elbe;1,00;0,50")] {
            book(&house, source, &format!("Belegnummer;Position;Belegdatum;Kundennummer;Kunde;Netto;Einstandswert\n{line}\n")).await;
        }
        record(&house, "Versuch", &lines()).await;
        assert_eq!(suggested(&mut browser).await, "Süd-ERP", "what was booked counts more than what was tried");
        let form = browser.get("/imports/new").await.text();
        assert!(form.contains("So far: Nord-ERP, Süd-ERP, Versuch."), "{form}");
        undo_all(&house).await;
        assert_eq!(suggested(&mut browser).await, "Versuch");
    }
}

on_both_databases! {
    async fn a_file_goes_from_upload_to_booking_and_back(house: House) {
        let mut browser = house.administrator().await;
        let id = upload(&mut browser, "warenwirtschaft", &[("rechnungen.csv", lines().as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        for text in ["rechnungen.csv", "UTF-8", "semicolon", "name=\"role.Netto\"", "05.01.2026", "gestern", "Rejected", "/rejected.csv", "€138.00", "/book\""] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
        assert_eq!((state(&house, id).await, revenue(&house).await.as_str()), (State::Checked, "nothing"), "a check books nothing");

        let rejected = browser.get(&format!("/imports/{id}/rejected.csv")).await;
        let text = rejected.text();
        assert!(text.contains("gestern") && text.contains("rechnungen.csv") && text.contains("45") && text.contains("Belegdatum"), "{text}");
        assert!(text.contains("\nrechnungen.csv,45,Unreadable date,Belegdatum,gestern,the date cannot be read\r\n"), "{text}");
        assert!(rejected.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("attachment"));
        assert!(matches!(&house.events().await[0], Event::Exported { rows: 1, .. }));
        browser.post("/profile/language", &[("language", "de")]).await;
        let german = browser.get(&format!("/imports/{id}/rejected.csv")).await.text();
        assert!(german.contains("Datei;Zeile;Befund;Spalte;Wert;Grund\r\nrechnungen.csv;45;Datum nicht lesbar;Belegdatum;gestern;"), "{german}");
        browser.post("/profile/language", &[("language", "en")]).await;

        assert_eq!(browser.post(&format!("/imports/{id}/book"), &[]).await.location(), format!("/imports/{id}"));
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("/undo\"") && !shown.contains("/book\""), "{shown}");
        assert_eq!((state(&house, id).await, revenue(&house).await.as_str()), (State::Booked, "138.00"));
        assert_eq!(uploads_left(&house), 0, "the lines are in the ledger now");
        for verb in ["book", "check", "discard", "options"] {
            assert_eq!(browser.post(&format!("/imports/{id}/{verb}"), &[("source", "erp")]).await.status, StatusCode::CONFLICT, "{verb}");
        }

        assert_eq!(browser.post(&format!("/imports/{id}/undo"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!((state(&house, id).await, revenue(&house).await.as_str()), (State::Undone, "nothing"));
        assert_eq!(browser.post(&format!("/imports/{id}/undo"), &[]).await.status, StatusCode::CONFLICT);
        let kinds: Vec<String> = house.events().await.iter().map(|event| event.kind().to_owned()).filter(|kind| kind.starts_with("import")).collect();
        assert_eq!(kinds, ["import_undone", "import_booked", "import_checked", "import_uploaded"]);
    }
}

on_both_databases! {
    async fn whoever_computes_figures_ahead_learns_of_each_booking_and_undoing(house: House) {
        let told = async || tokio::time::timeout(std::time::Duration::from_millis(1), house.office.ledger_changed.notified()).await.is_ok();
        let id = record(&house, "erp", &lines()).await;
        actions::check(&house.office, &operator(), id).await.expect("checked");
        assert!(!told().await, "a check changes nothing");
        actions::book(&house.office, &operator(), id).await.expect("booked");
        assert!(told().await);
        assert!(!told().await, "once for each change");
        actions::undo(&house.office, &operator(), id).await.expect("undone");
        assert!(told().await);
    }
}

on_both_databases! {
    async fn a_file_that_is_none_is_refused_where_it_was_chosen(house: House) {
        let mut browser = house.administrator().await;
        let nonsense: Vec<u8> = (0..5000_u32).map(|place| (place * 7919 % 251) as u8).collect();
        let good = lines();
        let cases: [Upload; 7] = [
            ("erp", &[]),
            ("erp", &[("leer.csv", b"")]),
            ("erp", &[("bild.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")]),
            ("erp", &[("kaputt.xlsx", b"PK\x03\x04 not a workbook")]),
            ("erp", &[("kaputt.parquet", b"PAR1 not really PAR1")]),
            ("erp", &[("unsinn.csv", &nonsense)]),
            ("../etc", &[("gut.csv", good.as_bytes())]),
        ];
        for (source, files) in cases {
            let answer = browser.upload("/imports", &[("source", source)], files).await;
            let text = answer.text();
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{source} {files:?}: {text}");
            assert!(text.contains("role=\"alert\"") && text.contains("field__error") && text.contains("aria-invalid=\"true\""), "{text}");
            assert!(text.contains(&format!("value=\"{source}\"")), "what was typed is kept: {text}");
        }
        assert_eq!(uploads_left(&house), 0, "refused files do not stay");
        assert!(house.events().await.iter().all(|event| !event.kind().starts_with("import")));
        let broken = browser.post("/imports", &[("source", "erp")]).await;
        assert_eq!(broken.status, StatusCode::BAD_REQUEST, "no multipart form");
    }
}

on_both_databases! {
    async fn columns_that_are_missing_are_named_and_given_by_hand(house: House) {
        let mut browser = house.administrator().await;
        let file = "a;b;c;d\n1;2026-01-05;100;80.00\n2;2026-02-05;200;20.00\n";
        let id = upload(&mut browser, "erp", &[("x.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("name=\"role.c\"") && !shown.contains("/book\""), "{shown}");
        let roles = [("source", "erp"), ("role.a", "invoice_number"), ("role.b", "date"), ("role.c", "account_number"), ("role.d", "net_amount")];
        let twice: Vec<_> = roles.iter().copied().map(|(name, role)| if name == "role.c" { (name, "date") } else { (name, role) }).collect();
        let answer = browser.post(&format!("/imports/{id}/options"), &twice).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().matches("value=\"date\" selected").count() == 2, "what was chosen is kept: {}", answer.text());
        assert_eq!(browser.post(&format!("/imports/{id}/options"), &roles).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("€100.00") && shown.contains("/book\""), "{shown}");
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;
        assert_eq!(revenue(&house).await, "100.00");

        let more = "a;b;c;d\n3;2026-03-05;100;5.00\n";
        let next = upload(&mut browser, "erp", &[("y.csv", more.as_bytes())]).await;
        let shown = settled(&house, &mut browser, next).await;
        assert!(shown.contains("€5.00") && shown.contains("/book\""), "the columns are remembered for the source: {shown}");
        let other = upload(&mut browser, "other", &[("y.csv", more.as_bytes())]).await;
        assert!(!settled(&house, &mut browser, other).await.contains("/book\""), "and for no other");
    }
}

on_both_databases! {
    async fn how_numbers_and_days_are_written_is_said_by_hand_and_remembered(house: House) {
        let mut browser = house.administrator().await;
        let file = |day: &str| format!("Beleg;Datum;Kundennummer;Netto\n{day};{day};100;1.234\n");
        let id = upload(&mut browser, "erp", &[("x.csv", file("02/03/2026").as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("Day and month not certain") && shown.contains("name=\"date_order\""), "{shown}");
        let roles = [("role.Beleg", "invoice_number"), ("role.Datum", "date"), ("role.Kundennummer", "account_number"), ("role.Netto", "net_amount")];
        let chosen = |order, decimal| [&roles[..], &[("source", "erp"), ("date_order", order), ("decimal", decimal), ("encoding", "UTF-8")]].concat();
        let answer = browser.post(&format!("/imports/{id}/options"), &chosen("ydm", "comma")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("value=\"comma\" selected") && answer.text().contains("field-date_order"), "{}", answer.text());
        assert_eq!(browser.post(&format!("/imports/{id}/options"), &chosen("mdy", "point")).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert!(!shown.contains("Day and month not certain") && shown.contains("€1.23"), "{shown}");
        for field in ["value=\"mdy\" selected", "value=\"point\" selected", "value=\"UTF-8\" selected"] {
            assert!(shown.contains(field), "{field} is kept: {shown}");
        }
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;

        let next = upload(&mut browser, "erp", &[("y.csv", file("02/04/2026").as_bytes())]).await;
        let shown = settled(&house, &mut browser, next).await;
        assert!(shown.contains("€1.23") && shown.contains("value=\"mdy\" selected"), "both are remembered for the source: {shown}");
        let other = upload(&mut browser, "other", &[("y.csv", file("02/04/2026").as_bytes())]).await;
        assert!(settled(&house, &mut browser, other).await.contains("Day and month not certain"), "and for no other");
        // What a program names does not make the rest forgotten.
        let named = Options { columns: [(kontor_ledger::column::Role::City, String::new())].into(), ..Options::default() };
        let folder = tempfile::tempdir_in(house.folder()).expect("a folder").keep();
        std::fs::write(folder.join("z.csv"), file("02/05/2026")).expect("written");
        let files = vec![describe(&folder.join("z.csv")).expect("described")];
        let id = actions::upload(&house.office, &operator(), "erp", files, &named).await.expect("uploaded");
        let kept = actions::show(&house.office, &operator(), id).await.expect("shown").options;
        assert_eq!((kept.date_order.map(|order| order.name()), kept.columns.len()), (Some("mdy"), 1));
    }
}

on_both_databases! {
    async fn statuses_to_leave_out_are_remembered(house: House) {
        let mut browser = house.administrator().await;
        let file = "Beleg;Datum;Kundennummer;Netto;Status\n1;2026-01-05;100;5.00;bezahlt\n2;2026-01-06;100;7.00;storniert\n";
        let id = upload(&mut browser, "erp", &[("x.csv", file.as_bytes())]).await;
        settled(&house, &mut browser, id).await;
        let roles = [("role.Beleg", "invoice_number"), ("role.Datum", "date"), ("role.Kundennummer", "account_number"), ("role.Netto", "net_amount"), ("role.Status", "status")];
        browser.post(&format!("/imports/{id}/options"), &[&roles[..], &[("source", "erp"), ("exclude_status", "storniert")]].concat()).await;
        settled(&house, &mut browser, id).await;
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;
        let next = upload(&mut browser, "erp", &[("y.csv", file.replace("\n1;", "\n3;").replace("\n2;", "\n4;").as_bytes())]).await;
        let shown = settled(&house, &mut browser, next).await;
        assert!(shown.contains("value=\"storniert\"") && shown.contains("€5.00") && !shown.contains("€12.00"), "{shown}");
    }
}

on_both_databases! {
    async fn a_changed_line_is_reported_with_its_place(house: House) {
        book(&house, "erp", &lines()).await;
        let changed = lines().replace("2;1;07.02.2026;200;Weser AG;8,00", "2;1;07.02.2026;200;Weser AG;9,00");
        let id = book(&house, "erp", &changed).await;
        let findings = actions::findings(&house.office, &operator(), id).await.expect("findings");
        let found = findings.iter().find(|finding| finding.kind == Kind::ChangedLines).expect("a finding");
        assert_eq!((found.file.as_str(), found.line, found.value.as_deref()), ("lines.csv", Some(4), Some("2 / 1")));
        assert!(found.message.contains("--replace-changed"), "{found:?}");
    }
}

on_both_databases! {
    async fn another_role_gives_other_figures(house: House) {
        let mut browser = house.administrator().await;
        let id = upload(&mut browser, "erp", &[("rechnungen.csv", lines().as_bytes())]).await;
        assert!(settled(&house, &mut browser, id).await.contains("€138.00"));
        let gross = [("source", "erp"), ("role.Belegnummer", "invoice_number"), ("role.Position", "line_number"), ("role.Belegdatum", "date"),
            ("role.Kundennummer", "account_number"), ("role.Kunde", "account_name"), ("role.Netto", ""), ("role.Brutto", "net_amount"), ("role.Einstandswert", "line_cost")];
        assert_eq!(browser.post(&format!("/imports/{id}/options"), &gross).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("€164.22") && shown.contains("badge--key"), "{shown}");
        let wrong = [("source", "erp"), ("currency", "Euro"), ("delimiter", "ab"), ("accept", "credit_notes")];
        let answer = browser.post(&format!("/imports/{id}/options"), &wrong).await;
        assert_eq!((answer.status, answer.text().contains("value=\"Euro\"")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        assert!(answer.text().contains("3 entries are not right yet."), "{}", answer.text());
    }
}

on_both_databases! {
    async fn header_and_position_file_are_one_import(house: House) {
        let mut browser = house.administrator().await;
        let headers = "Belegnummer;Belegdatum;Kundennummer;Summe\nA1;2026-01-05;100;90.00\nA2;2026-02-05;200;20.00\n";
        let items = "Belegnummer;Position;Artikelnummer;Menge;Netto\nA1;10;P1;2;80.00\nA1;20;P2;1;10.00\nA2;10;P1;1;20.00\n";
        let id = upload(&mut browser, "shop", &[("orders.csv", headers.as_bytes()), ("items.csv", items.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("orders.csv") && shown.contains("items.csv") && shown.contains("Belegnummer"), "{shown}");
        assert!(shown.contains("€110.00"), "{shown}");
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;
        assert_eq!(revenue(&house).await, "110.00");
    }
}

on_both_databases! {
    async fn a_stopped_import_is_booked_only_when_its_findings_are_accepted(house: House) {
        let mut browser = house.administrator().await;
        let file = lines().replace("gestern", "08.03.1888");
        let id = upload(&mut browser, "erp", &[("alt.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert_eq!(state(&house, id).await, State::Stopped);
        assert!(shown.contains("value=\"implausible_dates\"") && shown.contains("08.03.1888") && !shown.contains("/book\""), "{shown}");
        for told in ["New lines, if booked anyway", "Revenue added, if booked anyway", "€140.00", "3 of them new"] {
            assert!(shown.contains(told), "what booking would bring: {told} in {shown}");
        }
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;
        assert_eq!((state(&house, id).await, revenue(&house).await.as_str()), (State::Stopped, "nothing"), "asking without accepting stops again");
        browser.post(&format!("/imports/{id}/options"), &[("source", "erp"), ("accept", "implausible_dates")]).await;
        assert!(settled(&house, &mut browser, id).await.contains("/book\""));
        browser.post(&format!("/imports/{id}/book"), &[]).await;
        settled(&house, &mut browser, id).await;
        assert_eq!((state(&house, id).await, revenue(&house).await.as_str()), (State::Booked, "140.00"));
        let shown = settled(&house, &mut browser, id).await;
        for told in ["Booked all the same, as it was accepted: Implausible dates.", ">accepted</span>", "Revenue added"] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        assert!(!shown.contains(">stops</span>"), "{shown}");
        undo_all(&house).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("Lines taken back") && shown.contains("Revenue taken back") && !shown.contains("New lines"), "{shown}");
    }
}

on_both_databases! {
    async fn a_stopped_import_that_was_given_up_does_not_look_clean(house: House) {
        let mut browser = house.administrator().await;
        let file = lines().replace("Belegdatum", "Invoice date").replace("gestern", "08.03.1888") + "5;1;morgen;300;Söhnke & Cie. KG;2,00;2,38;1,00\n";
        let id = upload(&mut browser, "erp", &[("alt.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        // A header that is the name of its role is not said twice.
        assert!(shown.contains("Implausible dates") && shown.contains("<td>Invoice date</td>"), "{shown}");
        browser.post(&format!("/imports/{id}/discard"), &[]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("Implausible dates") && shown.contains("2 findings") && !shown.contains("nothing was out of the ordinary"), "{shown}");
        assert!(shown.contains("08.03.1888") && shown.contains("morgen") && shown.contains("/rejected.csv"), "with their places: {shown}");
    }
}

on_both_databases! {
    async fn totals_stand_per_currency(house: House) {
        let mut browser = house.administrator().await;
        let file = "invoice,date,customer id,net amount,currency\n1,2026-01-05,100,80.00,EUR\n2,2026-02-05,200,20.00,USD\n3,2026-02-05,200,7.50,CHF\n";
        let id = upload(&mut browser, "erp", &[("x.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        for sum in ["€80.00", "$20.00", "CHF 7.50"] {
            assert!(shown.contains(sum), "{sum} in {shown}");
        }
    }
}

on_both_databases! {
    async fn a_currency_without_a_rate_is_told_until_one_is_set(house: House) {
        let mut browser = house.administrator().await;
        let file = "invoice,date,customer id,net amount,currency\n1,2026-01-05,100,80.00,EUR\n2,2026-02-05,200,20.00,USD\n3,2026-02-06,200,7.50,USD\n";
        let id = upload(&mut browser, "erp", &[("x.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        for told in ["For USD there is no currency rate: $27.50 in 2 lines are in no figure.", "href=\"/settings\"", "No further findings."] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        assert!(!shown.contains("nothing was out of the ordinary"), "{shown}");
        let token = token(&house, Role::Member, Scope::Import).await;
        let missing = async || call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}"), None).await.json()["report"]["without_rate"].clone();
        assert_eq!(missing().await, json!([{ "currency": "USD", "amount": "27.50", "lines": 2 }]));
        let rate = |from: &'static str| [("currency", "USD"), ("from", from), ("rate", "0.9")];
        assert_eq!(browser.post("/settings/rates", &rate("2026-02-01")).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("For USD there are rates from"), "January, which the file reaches back to, is without: {shown}");
        assert_eq!(browser.post("/settings/rates", &rate("2025-01-01")).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("No findings: nothing was out of the ordinary.") && !shown.contains("For USD"), "{shown}");
        assert_eq!(missing().await, json!([]));
    }
}

on_both_databases! {
    async fn a_file_of_headers_alone_has_nothing_to_book(house: House) {
        let mut browser = house.administrator().await;
        let headers = lines().lines().next().expect("headers").to_owned() + "\n";
        let id = upload(&mut browser, "erp", &[("leer.csv", headers.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert_eq!(state(&house, id).await, State::Checked);
        assert!(shown.contains("No row of these files can be booked") && shown.contains("Below the headers there is no row."), "{shown}");
        assert!(!shown.contains("/book\"") && !shown.contains("nothing was out of the ordinary"), "{shown}");
        book(&house, "erp", &lines()).await;
        let again = upload(&mut browser, "erp", &[("rechnungen.csv", lines().as_bytes())]).await;
        assert!(settled(&house, &mut browser, again).await.contains("/book\""), "what is known of accounts may be newer");
    }
}

on_both_databases! {
    async fn the_header_row_is_chosen_by_hand_and_a_lost_status_is_told(house: House) {
        let mut browser = house.administrator().await;
        let file = "Datum;Kundennummer;Netto;Status\nBelegdatum;Kundennr;Betrag;Belegstatus\n2026-01-05;100;80.00;offen\n2026-02-05;200;20.00;Entwurf\n";
        let id = upload(&mut browser, "erp", &[("x.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        for there in ["value=\"^\"", "value=\"~\"", "value=\":\"", "value=\"#\"", "name=\"header_row\""] {
            assert!(shown.contains(there), "{there} in {shown}");
        }
        let options = format!("/imports/{id}/options");
        for (row, message) in [("first", "The number of a row, or 0"), ("-1", "The number of a row, or 0")] {
            let answer = browser.post(&options, &[("source", "erp"), ("header_row", row)]).await;
            assert_eq!((answer.status, answer.text().contains(message)), (StatusCode::UNPROCESSABLE_ENTITY, true), "{row}");
        }
        browser.post(&options, &[("source", "erp"), ("header_row", "99")]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("Row 99, which was said to be the header row") && shown.contains("value=\"99\""), "{shown}");
        browser.post(&options, &[("source", "erp"), ("header_row", "2"), ("exclude_status", "entwurf, Enturf")]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("role.Betrag") && shown.contains("€80.00"), "{shown}");
        for told in ["No row has the status “Enturf”", "The files have: offen, Entwurf.", "Several separated by commas. The files have: offen, Entwurf."] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        let token = token(&house, Role::Member, Scope::Import).await;
        let import = call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}"), None).await.json();
        assert_eq!((&import["options"]["header_row"], &import["report"]["statuses_not_found"]), (&json!(2), &json!(["Enturf"])), "{import}");
    }
}

on_both_databases! {
    async fn the_sheets_of_a_workbook_are_there_to_choose_from(house: House) {
        let mut browser = house.administrator().await;
        let text = |cells: [&str; 4]| cells.map(kontor::sheet::Cell::from).to_vec();
        let headers = ["Belegnummer", "Belegdatum", "Kundennummer", "Netto"].map(str::to_owned).to_vec();
        let sheet = kontor::sheet::Sheet { title: "Fakturen".into(), headers, rows: vec![text(["1", "2026-01-05", "100", "80.00"])] };
        let id = upload(&mut browser, "erp", &[("x.xlsx", &sheet.to_xlsx().expect("a workbook"))]).await;
        let shown = settled(&house, &mut browser, id).await;
        let choice = shown.split("<select id=\"field-sheet\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("a choice of sheets");
        assert!(choice.contains("value=\"Fakturen\"") && choice.contains("value=\"\" selected"), "{choice}");
        browser.post(&format!("/imports/{id}/options"), &[("source", "erp"), ("sheet", "Tabelle9")]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert!(shown.contains("There is no sheet “Tabelle9”. There are: Fakturen."), "{shown}");
    }
}

on_both_databases! {
    async fn a_program_is_told_how_files_are_read(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Member, Scope::Import).await;
        let id = api_upload(&house, &token, None, &[("source", "erp")], &lines()).await.json()["id"].as_i64().expect("a number");
        let detection = async || call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}/detection"), None).await;
        let open = detection().await.json();
        let file = &open["files"][0];
        assert_eq!((&file["encoding"], &file["delimiter"], &file["header_row"], &file["format"]), (&json!("UTF-8"), &json!(";"), &json!(1), &json!("text")), "{open}");
        assert_eq!((&file["columns"][2]["role"], &file["columns"][2]["written"], &file["columns"][2]["samples"][0]), (&json!("date"), &json!("dd.mm.yyyy"), &json!("05.01.2026")));
        assert_eq!(file["preview"][0][4], "Elbe GmbH");
        let put = async |body: Value| call(&house, Some(&token), Method::PUT, &format!("/api/v1/imports/{id}/options"), Some(&body)).await;
        let twice = put(json!({ "columns": { "net_amount": "Netto", "unit_price": "Netto" } })).await;
        assert_eq!((twice.status, &twice.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("columns")));
        assert_eq!(put(json!({ "header_row": "one" })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(put(json!({ "header_row": 77 })).await.status, StatusCode::OK);
        assert_eq!(detection().await.status, StatusCode::UNPROCESSABLE_ENTITY, "there is no such row");
        assert_eq!(put(json!({})).await.status, StatusCode::OK);
        assert_eq!(call(&house, Some(&token), Method::POST, &format!("/api/v1/imports/{id}/book"), Some(&json!({}))).await.json()["state"], "booked");
        let closed = detection().await.json();
        assert_eq!((&closed["files"][0]["columns"][2]["role"], &closed["files"][0]["preview"]), (&json!("date"), &json!([])), "no values are kept: {closed}");
        assert!(!closed.to_string().contains("Elbe"), "{closed}");
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/imports/99/detection", None).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn what_a_stop_for_duplicates_would_bring_drops_them(house: House) {
        let mut browser = house.administrator().await;
        let file = lines().replace("4;1;gestern", "2;1;07.02.2026");
        let id = upload(&mut browser, "erp", &[("doppelt.csv", file.as_bytes())]).await;
        let shown = settled(&house, &mut browser, id).await;
        assert_eq!(state(&house, id).await, State::Stopped);
        assert!(shown.contains("if booked anyway") && shown.contains("€138.00"), "as booking it would: {shown}");
        let token = token(&house, Role::Member, Scope::Import).await;
        let report = call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}"), None).await.json()["report"].clone();
        assert_eq!((&report["gain"], &report["gain_if_accepted"]["new_lines"], &report["gain_if_accepted"]["new_accounts"]), (&Value::Null, &json!(43), &json!(3)));
        let segments = std::fs::read_dir(house.office.config.ledger_folder().join("segments")).expect("the ledger").count();
        assert_eq!(segments, 0, "nothing is left of what was only computed");
    }
}

/// So many lines that checking them takes its time.
fn many_lines() -> String {
    let mut file = String::from("invoice,line,date,customer id,net amount\n");
    for place in 0..150_000 {
        file += &format!("{},{},2026-01-05,{},1.00\n", place / 3, place % 3, place % 500);
    }
    file
}

on_both_databases! {
    async fn long_work_shows_its_progress_and_can_be_given_up(house: House) {
        let mut browser = house.administrator().await;
        let id = upload(&mut browser, "erp", &[("viele.csv", many_lines().as_bytes())]).await;
        let during = browser.get(&format!("/imports/{id}")).await.text();
        assert!(during.contains("<progress") && during.contains("data-poll") && during.contains("/cancel\""), "{during}");
        assert_eq!(browser.post(&format!("/imports/{id}/book"), &[]).await.status, StatusCode::CONFLICT, "one work at a time");
        assert_eq!(browser.post(&format!("/imports/{id}/discard"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(browser.post(&format!("/imports/{id}/cancel"), &[]).await.status, StatusCode::SEE_OTHER);
        let shown = settled(&house, &mut browser, id).await;
        assert_eq!(state(&house, id).await, State::Uploaded);
        assert!(shown.contains("notice--error") && shown.contains("/discard\""), "{shown}");
        let segments = std::fs::read_dir(house.office.config.ledger_folder().join("segments")).expect("the ledger").count();
        assert_eq!(segments, 0, "a draft given up leaves nothing");
        assert_eq!(browser.post(&format!("/imports/{id}/discard"), &[]).await.location(), "/imports");
        assert_eq!((state(&house, id).await, uploads_left(&house)), (State::Discarded, 0));
        assert_eq!(browser.post(&format!("/imports/{id}/check"), &[]).await.status, StatusCode::CONFLICT);
    }
}

on_both_databases! {
    async fn two_imports_at_once_book_each_line_once(house: House) {
        house.administrator().await;
        let invoices = |numbers: std::ops::Range<u32>| {
            numbers.fold(String::from("invoice,line,date,customer id,net amount\n"), |file, number| file + format!("{number},1,2026-01-05,{},1.00\n", number % 7).as_str())
        };
        let (one, two) = (record(&house, "erp", &invoices(0..600)).await, record(&house, "erp", &invoices(400..1000)).await);
        let (operator, office) = (operator(), &house.office);
        let book = async |id| loop {
            match actions::book(office, &operator, id).await {
                Ok(import) => break import,
                // Another process was faster; here both are in one, but nothing forbids it.
                Err(kontor::fault::Fault::Conflict(_)) => {}
                Err(fault) => panic!("{fault:?}"),
            }
        };
        let (one, two) = tokio::join!(book(one), book(two));
        let new = |import: &kontor::ledger::store::Import| import.report.as_ref().and_then(|report| report.segment.as_ref()).map(|segment| segment.new_lines);
        assert_eq!(new(&one).zip(new(&two)).map(|(one, two)| one + two), Some(1000));
        assert_eq!(revenue(&house).await, "1000.00");
    }
}

/// The steps of a booking at which a process may die, and whether its lines count then.
const STEPS: [(&str, bool); 5] =
    [("after-read", false), ("after-sort", false), ("before-publish", false), ("after-publish", false), ("after-commit", true)];

/// `kontor import` in a process of its own on this house's records, which may be told where to die.
fn import_in_child(house: &House, file: &std::path::Path, crash_at: Option<&str>) -> std::process::Output {
    let config = &house.office.config;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("DATABASE_URL").env_remove("KONTOR_DATA").arg("import").arg(file).arg("--data").arg(&config.data);
    if let Some(url) = &config.database_url {
        command.arg("--database-url").arg(url);
    }
    if let Some(step) = crash_at {
        command.env("KONTOR_CRASH_AT", step);
    }
    command.output().expect("the program starts")
}

on_both_databases! {
    async fn an_import_killed_at_any_step_leaves_the_old_figures_and_a_new_run_completes(house: House) {
        house.administrator().await;
        book(&house, "erp", &lines()).await;
        let mut expected = 138;
        for (place, (step, counts)) in STEPS.into_iter().enumerate() {
            let file = house.folder().join(format!("{step}.csv"));
            std::fs::write(&file, lines().replace("\n1;", &format!("\n1-{place};")).replace("\n2;", &format!("\n2-{place};")).replace("\n3;", &format!("\n3-{place};"))).expect("written");
            let killed = import_in_child(&house, &file, Some(step));
            assert!(!killed.status.success() && killed.status.code().is_none(), "{step}: the process died: {killed:?}");
            if counts {
                expected += 138;
            }
            assert_eq!(revenue(&house).await, format!("{expected}.00"), "{step}: what counts after the crash");
            let again = import_in_child(&house, &file, None);
            assert_eq!(again.status.code(), Some(0), "{step}: {}", String::from_utf8_lossy(&again.stderr));
            if !counts {
                expected += 138;
            }
            assert_eq!(revenue(&house).await, format!("{expected}.00"), "{step}: what counts after the next run");
        }
        let live = kontor::ledger::store::live(house.office.db.read()).await.expect("segments");
        let segments = std::fs::read_dir(house.office.config.ledger_folder().join("segments")).expect("the ledger").count();
        assert_eq!(segments, live.len(), "nothing is left of the crashes");
    }
}

/// Uploads over the API.
async fn api_upload(house: &House, token: &str, key: Option<&str>, fields: &[(&str, &str)], file: &str) -> Answer {
    let boundary = "kontor-test-boundary";
    let mut body: String = fields
        .iter()
        .map(|(name, value)| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"))
        .collect();
    body +=
        &format!("--{boundary}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"x.csv\"\r\n\r\n{file}\r\n--{boundary}--\r\n");
    let mut request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/imports")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    answer(&house.router, request.body(body.into()).expect("a request")).await
}

on_both_databases! {
    async fn a_program_imports_a_file_once_however_often_it_asks(house: House) {
        house.administrator().await;
        let token = token(&house, Role::Member, Scope::Import).await;
        let first = api_upload(&house, &token, Some("k-1"), &[("source", "erp")], &lines()).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
        let again = api_upload(&house, &token, Some("k-1"), &[("source", "erp")], &lines()).await;
        assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
        assert_eq!(api_upload(&house, &token, Some("k-1"), &[("source", "crm")], &lines()).await.status, StatusCode::UNPROCESSABLE_ENTITY, "another request");
        assert_eq!(actions::list(&house.office, &operator(), None, 9).await.expect("imports").len(), 1);
        assert_eq!(uploads_left(&house), 1, "the files of repeated requests do not stay");

        let id = first.json()["id"].as_i64().expect("a number");
        let verb = async |verb: &str| call(&house, Some(&token), Method::POST, &format!("/api/v1/imports/{id}/{verb}"), Some(&json!({}))).await;
        assert_eq!((verb("check").await.json()["state"].clone(), revenue(&house).await), (json!("checked"), "nothing".to_owned()));
        let findings = call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}/findings"), None).await.json();
        assert!(findings["items"].as_array().expect("findings").iter().any(|finding| finding["value"] == "gestern" && finding["line"] == 45), "{findings}");
        let all = findings["items"].as_array().expect("findings").len();
        let (mut path, mut walked) = (format!("/api/v1/imports/{id}/findings?limit=1"), Vec::new());
        loop {
            let page = call(&house, Some(&token), Method::GET, &path, None).await.json();
            walked.extend(page["items"].as_array().expect("findings").clone());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/imports/{id}/findings?limit=1&cursor={next}");
        }
        assert_eq!((walked.len(), Value::Array(walked)), (all, findings["items"].clone()));
        assert_eq!((verb("book").await.json()["state"].clone(), revenue(&house).await), (json!("booked"), "138.00".to_owned()));
        assert_eq!(verb("book").await.status, StatusCode::CONFLICT);
        assert_eq!(call(&house, Some(&token), Method::GET, &format!("/api/v1/imports/{id}/rejected.csv"), None).await.status, StatusCode::OK);

        for (fields, field) in [(vec![("source", "a/b")], "source"), (vec![("options", "[]")], "options"), (vec![("options", r#"{"accept": ["credit_notes"]}"#)], "accept")] {
            let refused = api_upload(&house, &token, None, &fields, &lines()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert_eq!(refused.json()["errors"][0]["field"], field);
        }
        let reader = crate::api::token(&house, Role::Viewer, Scope::Import).await;
        assert_eq!(api_upload(&house, &reader, None, &[], &lines()).await.status, StatusCode::FORBIDDEN);
        let listed = call(&house, Some(&reader), Method::GET, "/api/v1/imports?limit=1", None).await.json();
        assert_eq!((listed["items"][0]["id"].as_i64(), &listed["next"]), (Some(id), &Value::Null));
    }
}

#[test]
fn both_handbooks_explain_every_kind_of_finding() {
    use kontor_ledger::finding::{Kind, Weight};
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/handbook");
    for (language, weights) in [("en", ["rejection", "stop", "note"]), ("de", ["Zurückweisung", "Halt", "Hinweis"])] {
        let text = std::fs::read_to_string(folder.join(format!("{language}.md"))).expect("the handbook");
        let rows: Vec<Vec<&str>> = text.lines().filter(|row| row.starts_with("| `")).map(|row| row.split(" | ").collect()).collect();
        let is_finding = |row: &&Vec<&str>| row.len() == 5 && weights.contains(&row[2]);
        let told: Vec<(&str, &str)> =
            rows.iter().filter(is_finding).map(|row| (row[0].trim_start_matches("| ").trim_matches('`'), row[2])).collect();
        for kind in Kind::ALL {
            let weight = match kind.weight() {
                Weight::Rejection => weights[0],
                Weight::Stop => weights[1],
                Weight::Note => weights[2],
            };
            assert!(told.contains(&(kind.name(), weight)), "{kind} as {weight} is missing in {language}.md");
        }
        assert_eq!(told.len(), Kind::ALL.len(), "{language}.md explains a finding that there is none of");
    }
}
