//! The account page: the same figures as page, over the API and as a file.

use axum::http::{Method, StatusCode, header};
use kontor::accounts::store::{Account, More, Number};
use kontor::dossier::invoices;
use kontor::ledger::actions::{book, upload};
use kontor::ledger::store::State;
use kontor::ledger::uploads::describe;
use kontor_domain::account::Master;
use kontor_domain::audit::Event;
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::team::{Language, Role};
use kontor_domain::{Amount, Month, Period};
use kontor_ledger::figures::Paging;
use kontor_ledger::options::Options;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::house::{Browser, House};
use crate::on_both_databases;

const HEADER: &str = "Belegnummer;Position;Belegdatum;Belegart;Kundennummer;Kunde;Land;Ort;Branche;Artikelnummer;Bezeichnung;Warengruppe;Menge;Netto;Einstandswert;Währung\n";

/// One line of customer 1, of that name, or of customer 2.
#[expect(clippy::too_many_arguments, reason = "one argument per field of the line")]
fn line(invoice: &str, position: u32, date: &str, account: u32, group: &str, net: &str, cost: &str, currency: &str) -> String {
    let kind = if invoice.starts_with('G') { "Gutschrift" } else { "Rechnung" };
    let name = ["Alpha <script>alert(1)</script> GmbH", "Beta AG"][account as usize - 1];
    let quantity = if kind == "Gutschrift" { "-1,5" } else { "1,5" };
    format!(
        "{invoice};{position};{date};{kind};K{account};{name};DE;Köln;Maschinenbau;A-{position};Teil <b>{position}</b>;{group};{quantity};{net};{cost};{currency}\n"
    )
}

/// Two years up to October 2026. In the last 12 months customer 1 has 12 invoices of 120, a credit note of 40, 10 invoices of 1 on the last day, each in two lines
/// whose cost is unknown, and one in dollars without a rate: 24 in all, 1,410.00 of revenue, 1,400.00 of it with 700.00 of cost. In the 12 months before:
/// 12 invoices of 100 and one of 50 in a product group that is silent since.
fn alpha_and_beta() -> String {
    let mut file = HEADER.to_owned();
    let first = Month::of("2024-11-01".parse().expect("a day"));
    for place in 0..24 {
        let month = first.plus(place);
        let date = format!("05.{:02}.{}", month.number(), month.year());
        let net = if place < 12 { "100,00" } else { "120,00" };
        file += &line(&format!("R{place:03}"), 1, &date, 1, "Antriebe", net, "60,00", "EUR");
    }
    file += &line("R900", 1, "10.03.2025", 1, "Ketten", "50,00", "20,00", "EUR");
    file += &line("G100", 1, "12.02.2026", 1, "Antriebe", "-40,00", "-20,00", "EUR");
    file += &line("U100", 1, "05.05.2026", 1, "Antriebe", "100,00", "", "USD");
    for place in 0..10 {
        file += &line(&format!("L{place:02}"), 1, "31.10.2026", 1, "Lager", "0,50", "", "EUR");
        file += &line(&format!("L{place:02}"), 2, "31.10.2026", 1, "Lager", "0,50", "", "EUR");
    }
    file += &line("B001", 1, "07.07.2026", 2, "Lager", "590,00", "", "EUR");
    file
}

async fn fill(house: &House, source: &str, file: &str) {
    let operator = Viewer::operator(Language::En);
    let path = house.folder().join(format!("{source}.csv"));
    std::fs::write(&path, file).expect("a file");
    let files = vec![describe(&path).expect("a file")];
    let id = upload(&house.office, &operator, source, files, &Options::default()).await.expect("uploaded");
    let import = book(&house.office, &operator, id).await.expect("booked");
    assert_eq!(import.state, State::Booked, "{:?}", import.report);
}

/// The id of an account by its name's beginning.
async fn id_of(house: &House, name: &str) -> i64 {
    let operator = Viewer::operator(Language::En);
    let directory = kontor::valuation::actions::accounts(&house.office, &operator).await.expect("accounts");
    directory.accounts().iter().find(|account| account.master.name.starts_with(name)).expect("the account").id
}

async fn json(house: &House, token: &str, path: &str) -> Value {
    let answer = call(house, Some(token), Method::GET, path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

/// A page with blanks that break, as a reader sees it.
async fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text().replace('\u{a0}', " ")
}

on_both_databases! {
    async fn page_api_and_file_show_the_same_figures(house: House) {
        let mut browser = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let token = token(&house, Role::Viewer, Scope::Read).await;

        let account = json(&house, &token, &format!("/api/v1/accounts/{id}")).await;
        assert_eq!(account["name"], "Alpha <script>alert(1)</script> GmbH");
        assert_eq!(account["numbers"], json!([{"source": "erp", "number": "K1"}]));
        let figures = &account["figures"];
        assert_eq!(figures["period"], json!({"from": "2025-11-01", "to": "2026-10-31"}));
        assert_eq!((&figures["revenue"], &figures["cost"], &figures["margin"]), (&json!("1410.00"), &json!("700.00"), &json!("700.00")));
        assert_eq!((&figures["margin_rate"], &figures["company_margin_rate"]), (&json!(0.5), &json!(0.5)));
        assert_eq!((&figures["rank"], &figures["ranked_accounts"], &figures["class"], &figures["share"]), (&json!(1), &json!(2), &json!("A"), &json!(0.705)));
        assert_eq!((&figures["revenue_before"], &figures["invoices"], &figures["average_invoice"]), (&json!("1250.00"), &json!(24), &json!("58.75")));
        assert!((figures["growth"].as_f64().expect("a rate") - 0.128).abs() < 1e-12);
        assert_eq!((&figures["last_invoice"], &figures["credit_lines"], &figures["unconverted"]), (&json!("2026-10-31"), &json!(1), &json!({"USD": "100.00"})));

        let shown = page(&mut browser, &format!("/accounts/{id}")).await;
        for text in ["€1,410", "+12.8%", "50.0%", "company 50.0%", "1 of 2", "70.5% of all revenue", "€59 on average", "23 days ago", "badge--a"] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
        assert!(shown.contains("Revenue 13% above last year, mostly Antriebe"), "{shown}");
        assert!(shown.contains("One product group has gone silent: Ketten"));
        assert!(shown.contains("24 invoices and credit notes, the last of 31 Oct 2026"));
        assert!(shown.contains("in no sum: $100.00."));

        let file = browser.get(&format!("/accounts/{id}/invoices.csv")).await;
        assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        let disposition = file.headers[header::CONTENT_DISPOSITION].to_str().expect("text");
        assert!(disposition.starts_with("attachment;") && disposition.contains("Alpha%20-script-"), "{disposition}");
        let text = file.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.headers().expect("headers").iter().take(4).collect::<Vec<_>>(), ["Source", "Customer number", "Date", "Invoice"]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 34);
        let net = |currency: &str| rows.iter().filter(|row| &row[13] == currency).map(|row| row[10].parse::<Amount>().expect("an amount")).sum::<Amount>();
        let has_cents = |amount: &str| amount.is_empty() || amount.split_once('.').is_some_and(|(_, cents)| cents.len() == 2);
        assert!(rows.iter().all(|row| [10, 11, 12].iter().all(|&column| has_cents(&row[column]))), "{text}");
        assert_eq!((net("EUR").to_string(), net("USD").to_string()), ("1410.00".to_owned(), "100.00".to_owned()));
        assert_eq!(rows.iter().filter(|row| &row[4] == "Credit note").map(|row| row[9].to_owned()).collect::<Vec<_>>(), ["-1.5"]);
        let events = house.events().await;
        assert_eq!(events[0], Event::Exported { what: "invoices: Alpha <script>alert(1)</script> GmbH (K1), 2025-11-01..2026-10-31".into(), rows: 34 });

        let book = browser.get(&format!("/accounts/{id}/invoices.xlsx?period=2025")).await;
        assert!(book.body.starts_with(b"PK"), "a workbook");
    }
}

on_both_databases! {
    async fn months_and_groups_add_up_to_the_figures(house: House) {
        house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let months = json(&house, &token, &format!("/api/v1/accounts/{id}/months")).await;
        let months = months.as_array().expect("a list");
        assert_eq!((months.len(), &months[0]["month"], &months[23]["month"]), (24, &json!("2024-11"), &json!("2026-10")), "as far as the ledger reaches");
        assert_eq!((&months[0]["revenue"], &months[0]["revenue_year_before"]), (&json!("100.00"), &Value::Null));
        assert_eq!((&months[15]["revenue"], &months[15]["revenue_year_before"], &months[15]["invoices"]), (&json!("80.00"), &json!("100.00"), &json!(2)));
        assert_eq!((&months[23]["revenue"], &months[23]["margin"], &months[23]["invoices"]), (&json!("130.00"), &json!("60.00"), &json!(11)));
        let sum: Amount = months[12..].iter().map(|month| month["revenue"].as_str().expect("text").parse::<Amount>().expect("an amount")).sum();
        assert_eq!(sum, Amount::from_units(1410));

        let groups = json(&house, &token, &format!("/api/v1/accounts/{id}/groups")).await;
        let seen: Vec<_> = groups["items"].as_array().expect("a list").iter().map(|group| (group["group"].as_str().expect("a name"), group["revenue"].as_str().expect("text"), group["revenue_before"].as_str().expect("text"), group["is_silent"] == true)).collect();
        assert_eq!(seen, [("Antriebe", "1400.00", "1200.00", false), ("Lager", "10.00", "0.00", false), ("Ketten", "0.00", "50.00", true)]);
        let first = json(&house, &token, &format!("/api/v1/accounts/{id}/groups?limit=2")).await;
        let next = first["next"].as_str().expect("it goes on");
        let second = json(&house, &token, &format!("/api/v1/accounts/{id}/groups?limit=2&cursor={next}")).await;
        assert_eq!((&second["items"][0]["group"], second.get("next")), (&json!("Ketten"), None));
    }
}

on_both_databases! {
    async fn invoices_are_paged_newest_first_and_none_is_lost(house: House) {
        let mut browser = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let token = token(&house, Role::Viewer, Scope::Read).await;

        let first = page(&mut browser, &format!("/accounts/{id}?period=last12")).await;
        assert_eq!(first.matches("<details class=\"invoice\">").count(), 20);
        assert!(first.contains(&format!("/accounts/{id}?period=last12&amp;page=2#invoices")) && !first.contains("rel=\"prev\""), "{first}");
        let second = page(&mut browser, &format!("/accounts/{id}?period=last12&page=2")).await;
        assert_eq!(second.matches("<details class=\"invoice\">").count(), 4);
        assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""));
        assert!(page(&mut browser, &format!("/accounts/{id}?page=9")).await.contains("There are not that many invoices."));
        assert!(page(&mut browser, &format!("/accounts/{id}?page=4294967295")).await.contains("There are not that many invoices."));
        assert_eq!(browser.get(&format!("/accounts/{id}?page=x")).await.status, StatusCode::BAD_REQUEST);

        let all = json(&house, &token, &format!("/api/v1/accounts/{id}/invoices?limit=500")).await;
        assert_eq!(all.get("next"), None);
        let items = all["items"].as_array().expect("items");
        assert_eq!((items.len(), &items[0]["invoice"], &items[10]["invoice"], &items[23]["invoice"]), (24, &json!("L09"), &json!("R023"), &json!("R012")));
        for limit in [1, 3, 10, 23, 24] {
            let mut path = format!("/api/v1/accounts/{id}/invoices?limit={limit}");
            let mut seen = Vec::new();
            loop {
                let part = json(&house, &token, &path).await;
                seen.extend(part["items"].as_array().expect("items").clone());
                let Some(next) = part["next"].as_str() else { break };
                path = format!("/api/v1/accounts/{id}/invoices?limit={limit}&cursor={next}");
            }
            assert_eq!(&seen, items, "in parts of {limit}");
        }
        for wrong in ["limit=0", "cursor=%25", "cursor=YWJj", "period=never"] {
            let answer = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts/{id}/invoices?{wrong}"), None).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}

on_both_databases! {
    async fn credit_notes_and_foreign_currencies_are_marked(house: House) {
        let mut browser = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let invoices = json(&house, &token, &format!("/api/v1/accounts/{id}/invoices?period=2026-02-01..2026-05-31")).await;
        let items = invoices["items"].as_array().expect("items");
        let credit = items.iter().find(|invoice| invoice["is_credit"] == true).expect("a credit note");
        assert_eq!((&credit["invoice"], &credit["net"], &credit["margin"]), (&json!("G100"), &json!("-40.00"), &json!("-20.00")));
        assert_eq!(credit["lines"], json!([{
            "line": "1", "article": "A-1", "article_name": "Teil <b>1</b>", "group": "Antriebe", "quantity": "-1.5", "net": "-40.00", "cost": "-20.00", "margin": "-20.00", "status": null,
        }]));
        let dollars = items.iter().find(|invoice| invoice["currency"] == "USD").expect("an invoice in dollars");
        assert_eq!((&dollars["net"], &dollars["margin"]), (&json!("100.00"), &Value::Null));

        let shown = page(&mut browser, &format!("/accounts/{id}?period=2026")).await;
        assert!(shown.contains("G100 <span class=\"badge\">Credit note</span>"), "{shown}");
        assert!(shown.contains("−€40.00") && shown.contains("$100.00") && shown.contains("Net USD"));
    }
}

on_both_databases! {
    async fn an_unknown_account_is_not_found_anywhere(house: House) {
        let mut browser = house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        for is_filled in [false, true] {
            if is_filled {
                fill(&house, "erp", &alpha_and_beta()).await;
            }
            for path in ["", "/invoices.csv", "/invoices.xlsx"] {
                for id in ["999", "-1", "x"] {
                    assert_eq!(browser.get(&format!("/accounts/{id}{path}")).await.status, StatusCode::NOT_FOUND, "{id}{path}");
                }
            }
            for path in ["", "/months", "/groups", "/invoices"] {
                let answer = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts/999{path}"), None).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        assert!(!house.events().await.iter().any(|event| matches!(event, Event::Exported { .. })));
    }
}

on_both_databases! {
    async fn a_viewer_sees_but_takes_nothing_out(house: House) {
        house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let mut viewer = house.user(Role::Viewer).await;
        let shown = page(&mut viewer, &format!("/accounts/{id}")).await;
        assert!(shown.contains("€1,410") && !shown.contains("invoices.csv"));
        for file in ["invoices.csv", "invoices.xlsx"] {
            assert_eq!(viewer.get(&format!("/accounts/{id}/{file}")).await.status, StatusCode::FORBIDDEN);
        }
        let stranger = house.stranger().get(&format!("/accounts/{id}")).await;
        assert_eq!(stranger.location(), format!("/sign-in?next=%2Faccounts%2F{id}"));
    }
}

on_both_databases! {
    async fn the_page_speaks_both_languages_and_escapes_what_files_bring(house: House) {
        let mut english = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let id = id_of(&house, "Alpha").await;
        let shown = page(&mut english, &format!("/accounts/{id}")).await;
        assert!(shown.contains("Alpha &lt;script&gt;alert(1)&lt;/script&gt; GmbH") && !shown.contains("<script>alert"));
        assert!(shown.contains("Teil &lt;b&gt;1&lt;/b&gt;") && !shown.contains("Teil <b>"));
        assert!(!shown.contains("style="), "no inline styles");

        let mut german = english.clone();
        german.post("/profile/language", &[("language", "de")]).await;
        let shown = page(&mut german, &format!("/accounts/{id}")).await;
        for text in ["Umsatz 13 % über Vorjahr, vor allem Antriebe", "1.410 €", "Haus 50,0 %", "70,5 % des Umsatzes", "Eine Warengruppe ist verstummt: Ketten", "−40,00 €", "Gutschrift", "vor 23 Tagen"] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
        let file = german.get(&format!("/accounts/{id}/invoices.csv")).await;
        assert!(file.text().starts_with("\u{feff}Quelle;Kundennummer;Datum;Rechnung;"), "{}", file.text());
        assert!(file.text().contains(";-1,5;-40,00;-20,00;-20,00;EUR;"), "{}", file.text());
    }
}

on_both_databases! {
    async fn a_file_of_invoices_is_read_again_in_the_language_it_was_written_in(house: House) {
        let mut browser = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let token = token(&house, Role::Administrator, Scope::Read).await;
        let revenue = async |name: &str| {
            let path = format!("/api/v1/accounts/{}?period=all", id_of(&house, name).await);
            let figures = call(&house, Some(&token), Method::GET, &path, None).await.json()["figures"]["sums"].clone();
            (figures["revenue"].clone(), figures["cost"].clone(), figures["lines"].clone())
        };
        let before = revenue("Alpha").await;
        let id = id_of(&house, "Alpha").await;
        for language in ["de", "en"] {
            browser.post("/profile/language", &[("language", language)]).await;
            let file = browser.get(&format!("/accounts/{id}/invoices.csv?period=all")).await.text();
            crate::ledger::undo_all(&house).await;
            fill(&house, "erp", &file).await;
            assert_eq!(revenue("Alpha").await, before, "{language}");
        }
    }
}

on_both_databases! {
    async fn a_period_without_lines_and_an_empty_ledger_say_so(house: House) {
        let mut browser = house.administrator().await;
        fill(&house, "erp", &alpha_and_beta()).await;
        let (alpha, beta) = (id_of(&house, "Alpha").await, id_of(&house, "Beta").await);
        let shown = page(&mut browser, &format!("/accounts/{beta}?period=2025")).await;
        assert!(shown.contains("Nothing is booked for this customer in this period. The last invoice is of 7 Jul 2026."), "{shown}");
        assert!(shown.contains(&format!("/accounts/{beta}?period=all")) && shown.contains("No invoices in this period."));
        for period in ["2019", "2031", "2026-10-31..2026-10-31", "all"] {
            let shown = page(&mut browser, &format!("/accounts/{alpha}?period={period}")).await;
            assert!(shown.contains("id=\"course\""), "{period}");
        }
        assert_eq!(browser.get(&format!("/accounts/{alpha}?period=soon")).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let operator = Viewer::operator(Language::En);
        let imports = kontor::ledger::actions::list(&house.office, &operator, None, 9).await.expect("imports");
        kontor::ledger::actions::undo(&house.office, &operator, imports[0].id).await.expect("undone");
        let shown = page(&mut browser, &format!("/accounts/{alpha}")).await;
        assert!(shown.contains("The sales ledger is empty") && shown.contains("/imports/new"), "{shown}");
        let token = token(&house, Role::Viewer, Scope::Read).await;
        assert_eq!(json(&house, &token, &format!("/api/v1/accounts/{alpha}")).await["figures"], Value::Null);
        assert_eq!(json(&house, &token, &format!("/api/v1/accounts/{alpha}/invoices")).await, json!({"items": []}));
        assert_eq!(json(&house, &token, &format!("/api/v1/accounts/{alpha}/months")).await, json!([]));
    }
}

on_both_databases! {
    async fn the_invoices_of_several_numbers_come_in_one_order(house: House) {
        let invoice = |number: &str, date: &str| line(number, 1, date, 1, "Antriebe", "10,00", "5,00", "EUR");
        let (north, south) = ([("R1", "01.03.2026"), ("R4", "04.03.2026"), ("R5", "05.03.2026")], [("R2", "02.03.2026"), ("R6", "04.03.2026")]);
        let file = |invoices: &[(&str, &str)]| invoices.iter().fold(HEADER.to_owned(), |file, (number, date)| file + invoice(number, date).as_str());
        fill(&house, "north", &file(&north)).await;
        fill(&house, "south", &file(&south)).await;
        let master = Master { name: "Alpha".into(), ..Master::default() };
        let numbers = ["north", "south"].map(|source| Number { source: source.into(), number: "K1".into() }).to_vec();
        let account = Account { id: 1, master, numbers, more: More::default() };
        let live = kontor::valuation::actions::live(&house.office).await.expect("segments");
        let march = Period::new("2026-03-01".parse().expect("a day"), "2026-03-31".parse().expect("a day")).expect("a period");
        let page = |offset: usize, limit: usize| {
            let page = invoices::page(&house.office.vault, &live, &account, march, Paging { offset, limit }).expect("invoices");
            let names = page.invoices.iter().map(|booked| format!("{} {}", booked.number.source, booked.invoice.number.as_deref().unwrap_or("-")));
            (names.collect::<Vec<_>>().join(", "), page.has_more)
        };
        assert_eq!(page(0, 10), ("north R5, south R6, north R4, south R2, north R1".to_owned(), false));
        assert_eq!(page(0, 2), ("north R5, south R6".to_owned(), true));
        assert_eq!(page(2, 2), ("north R4, south R2".to_owned(), true));
        assert_eq!(page(4, 2), ("north R1".to_owned(), false));
        assert_eq!(page(9, 2), (String::new(), false));
    }
}
