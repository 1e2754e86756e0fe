//! The start page and the accounts list: what is found, in which order, with which columns, on the page, in files and for programs.

use axum::http::{Method, StatusCode};
use kontor_domain::audit::Event;
use kontor_domain::rights::Scope;
use kontor_domain::sight::Visibility;
use kontor_domain::team::Role;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::assignments::set_visibility;
use crate::house::{Browser, House};
use crate::ledger::{book, undo_all};
use crate::on_both_databases;

const HEADER: &str = "Belegnummer;Position;Belegdatum;Kundennummer;Kunde;Land;PLZ;Ort;Branche;Netto;Einstandswert\n";

/// Seven customers over two years up to October 2026. Revenue of the last 12 months / the 12 before, and margin of the last:
/// Söhnke 1000 / 500, 300 · Elbe 800 / 800, −80 · Weser 100 / 200, 5 · Alster 50 / 0, unknown · Ohre 0 / 300 · Ilmenau 40 / 40, 20 · Quelle −10 / 0, unknown.
fn lines() -> String {
    let mut file = HEADER.to_owned();
    let mut line = |number: &str, date: &str, customer: &str, place: &str, net: &str, cost: &str| {
        file += &format!("{number};1;{date};{customer};{place};{net};{cost}\n");
    };
    let soehnke = "Söhnke & Cie. KG;DE;24103;Kiel;Chemie";
    let elbe = "Elbe Maschinenbau GmbH;DE;20095;Hamburg;Maschinenbau";
    let weser = "Weserstahl GmbH;DE;28195;Bremen;Stahl";
    line("1", "05.03.2026", "K1", soehnke, "1000,00", "700,00");
    line("2", "05.03.2025", "K1", soehnke, "500,00", "400,00");
    line("3", "31.10.2026", "K2", elbe, "800,00", "880,00");
    line("4", "06.03.2025", "K2", elbe, "800,00", "700,00");
    line("5", "01.02.2026", "K3", weser, "100,00", "95,00");
    line("6", "07.03.2025", "K3", weser, "200,00", "190,00");
    line("7", "01.09.2026", "K4", "Älster=Werke;AT;1010;Wien;Chemie", "50,00", "");
    line("8", "08.03.2025", "K5", "Ohre AG;DE;39340;Haldensleben;", "300,00", "250,00");
    line("9", "02.10.2026", "K6", "Ilmenau e.K.;DE;98693;Ilmenau;Chemie", "40,00", "20,00");
    line("10", "09.03.2025", "K6", "Ilmenau e.K.;DE;98693;Ilmenau;Chemie", "40,00", "20,00");
    line("11", "03.10.2026", "K7", "Quelle KG;AT;5020;Salzburg;Handel", "-10,00", "");
    file
}

async fn filled(house: &House) -> Browser {
    let browser = house.administrator().await;
    book(house, "erp", &lines()).await;
    browser
}

/// A page as a reader sees it, with blanks that break.
async fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.text().replace('\u{a0}', " ")
}

/// The customers of a page's list in their order, by the numbers of a file of the same address.
async fn numbers(browser: &mut Browser, query: &str) -> String {
    let answer = browser.get(&format!("/accounts.csv?columns=number&{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    let text = answer.text();
    let rows = text.trim_start_matches('\u{feff}').lines().skip(1).map(|row| row.split(',').next().unwrap_or_default());
    rows.collect::<Vec<_>>().join(" ")
}

on_both_databases! {
    async fn the_list_is_searched_as_people_type(house: House) {
        let mut browser = filled(&house).await;
        for typed in ["söhnke", "SOEHNKE", "s%C3%B6hnke%20kiel", "24103", "K1", "Sohnke%20%26", "soenhke"] {
            assert_eq!(numbers(&mut browser, &format!("q={typed}")).await, "K1", "{typed}");
        }
        assert_eq!(numbers(&mut browser, "q=masch").await, "K2");
        assert_eq!(numbers(&mut browser, "q=hamburg&class=C").await, "");
        assert!(page(&mut browser, "/accounts?q=xyzxyz").await.contains("No customer is left with these filters."));
    }
}

on_both_databases! {
    async fn every_filter_leaves_those_that_fit(house: House) {
        let mut browser = filled(&house).await;
        for (query, expected) in [
            ("", "K1 K2 K3 K4 K6 K5 K7"),
            ("class=A", "K1 K2"),
            ("class=B", "K3"),
            ("class=C", "K4 K6 K7"),
            ("margin_class=A", "K1"),
            ("margin_class=C", "K2 K3"),
            ("class=A&margin_class=C", "K2"),
            ("growth=up", "K1"),
            ("growth=steady", "K2 K6"),
            ("growth=down", "K3"),
            ("growth=new", "K4 K7"),
            ("growth=lost", "K5"),
            ("margin=loss", "K2"),
            ("margin=low", "K3"),
            ("margin=high", "K1 K6"),
            ("margin=middle", ""),
            ("margin=unknown", "K4 K7"),
            ("country=AT", "K4 K7"),
            ("country=Austria", ""),
            ("industry=Chemie", "K1 K4 K6"),
            ("idle=180", "K1 K3 K5"),
            ("idle=365", "K5"),
            ("contact=overdue", ""),
            ("contact=never&class=A", "K1 K2"),
            ("industry=Chemie&growth=new&country=AT", "K4"),
            ("period=2025", "K2 K1 K5 K3 K6 K4 K7"),
        ] {
            assert_eq!(numbers(&mut browser, query).await, expected, "{query}");
        }
    }
}

on_both_databases! {
    async fn every_column_sorts_both_ways_and_nothing_comes_last(house: House) {
        let mut browser = filled(&house).await;
        for (sort, expected) in [
            ("name", "K4 K2 K6 K5 K7 K1 K3"),
            ("-name", "K3 K1 K7 K5 K6 K2 K4"),
            ("revenue", "K7 K5 K6 K4 K3 K2 K1"),
            ("industry", "K1 K4 K6 K7 K2 K3 K5"),
            ("-industry", "K3 K2 K7 K1 K4 K6 K5"),
            ("margin_rate", "K2 K3 K1 K6 K4 K5 K7"),
            ("-margin_rate", "K6 K1 K3 K2 K4 K5 K7"),
            ("-growth", "K4 K1 K2 K6 K3 K5 K7"),
            ("-difference", "K1 K4 K2 K6 K7 K3 K5"),
            ("last", "K5 K3 K1 K4 K6 K7 K2"),
            ("-rank", "K7 K6 K4 K3 K2 K1 K5"),
        ] {
            assert_eq!(numbers(&mut browser, &format!("sort={sort}")).await, expected, "{sort}");
        }
        let shown = page(&mut browser, "/accounts?sort=name&class=A").await;
        assert!(shown.contains("aria-sort=\"ascending\"") && shown.contains("href=\"/accounts?class=A&amp;sort=-name\""), "{shown}");
        assert!(shown.contains("href=\"/accounts?class=A&amp;sort=-revenue\""), "figures begin with the largest");
        assert!(page(&mut browser, "/accounts").await.contains("aria-sort=\"descending\""), "by revenue when nothing is asked");
    }
}

on_both_databases! {
    async fn what_is_asked_wrongly_is_told_at_its_parameter(house: House) {
        let mut browser = filled(&house).await;
        let token = token(&house, Role::Viewer, Scope::Read).await;
        for (query, field) in [
            ("class=D", "class"), ("margin_class=a", "margin_class"), ("growth=much", "growth"), ("margin=all", "margin"), ("idle=-1", "idle"), ("contact=soon", "contact"),
            ("sort=size", "sort"), ("columns=shoe", "columns"), ("period=soon", "period"), ("thresholds=95,80", "thresholds"),
        ] {
            assert_eq!(browser.get(&format!("/accounts?{query}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            let problem = call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts?{query}"), None).await;
            assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(problem.json()["errors"].as_array().expect("errors").iter().any(|error| error["field"] == field), "{query}: {}", problem.text());
        }
        // What else was asked for holds, and what was typed stands where it was typed.
        let answer = browser.get("/accounts?class=A&growth=much&from=2026-05-01&to=2026-01-01&sort=name").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text().replace('\u{a0}', " ");
        assert!(text.contains("the earlier one first") && text.contains("name=\"from\" value=\"2026-05-01\"") && text.contains("value=\"2026-01-01\""), "{text}");
        assert!(text.contains(">Söhnke &amp; Cie. KG</a>") && !text.contains(">Weserstahl GmbH</a>"), "{text}");
        assert!(text.contains("name=\"class\" value=\"A\"") && text.contains("sort=-name") && !text.contains("&amp;from="), "{text}");
        for path in ["/", "/valuation/abc"] {
            let text = browser.get(&format!("{path}?metric=shoes&from=2026-05-01&to=2026-01-01&level=x&period=soon")).await.text();
            assert!(text.contains("value=\"2026-05-01\"") && text.contains("the earlier one first") && text.contains("Söhnke"), "{path}: {text}");
            let text = browser.get(&format!("{path}?period=soon")).await.text();
            assert!(text.contains("There is no such period") && !text.contains("last12, "), "{path}: {text}");
        }
        let account = browser.get("/accounts/1?period=soon&metric=margin").await;
        assert_eq!(account.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(account.text().contains("href=\"/accounts/1?metric=margin\""), "{}", account.text());
        for number in ["0", "-1", "x", "99999999999"] {
            assert_eq!(browser.get(&format!("/accounts?page={number}")).await.status, StatusCode::BAD_REQUEST, "{number}");
        }
        assert!(page(&mut browser, "/accounts?page=4294967295").await.contains("There are not that many customers."));
    }
}

on_both_databases! {
    async fn columns_are_chosen_in_the_address_and_remembered_per_user(house: House) {
        let mut browser = filled(&house).await;
        let mut other = house.user(Role::Member).await;
        let has = |shown: &str, column: &str| shown.contains(&format!("sort={column}\"")) || shown.contains(&format!("sort=-{column}\""));
        let shown = page(&mut browser, "/accounts?columns=city,industry").await;
        assert!(has(&shown, "city") && has(&shown, "industry") && has(&shown, "name") && !has(&shown, "revenue"), "{shown}");
        assert!(!has(&page(&mut browser, "/accounts").await, "city"));

        let form = [("columns", "name"), ("columns", "city"), ("columns", "margin"), ("class", "A"), ("sort", "-margin")];
        let answer = browser.post("/accounts/columns", &form).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/accounts?class=A&sort=-margin"));
        let shown = page(&mut browser, "/accounts").await;
        assert!(has(&shown, "city") && has(&shown, "margin") && !has(&shown, "revenue"), "{shown}");
        assert!(matches!(&house.events().await[0], Event::ColumnsChosen { list, columns } if list == "accounts" && columns == &["name", "city", "margin"]));
        assert!(!has(&page(&mut other, "/accounts").await, "city"), "another user keeps the usual ones");

        let file = browser.get("/accounts.csv?class=A&sort=-margin").await.text();
        assert_eq!(file, "\u{feff}Number,Customer,City,Margin\r\nK1,Söhnke & Cie. KG,Kiel,300.00\r\nK2,Elbe Maschinenbau GmbH,Hamburg,-80.00\r\n");
        assert_eq!(browser.post("/accounts/columns", &[("columns", "shoe")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn a_file_holds_exactly_the_list_and_leaves_a_trace(house: House) {
        let mut browser = filled(&house).await;
        let all = browser.get("/accounts.csv?columns=rank,number,revenue,share,class,margin_class,growth,last&sort=name").await;
        let text = all.text();
        let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(rows[0], "Rank,Number,Customer,Revenue,Share,Class,Change,Class (margin),Last purchase");
        assert_eq!(rows[1], "4,K4,Älster=Werke,50.00,0.025126,C,,,2026-09-01");
        assert_eq!(rows[2], "2,K2,Elbe Maschinenbau GmbH,800.00,0.402010,A,0.000000,C,2026-10-31");
        assert_eq!(rows[4], ",K5,Ohre AG,0.00,,,-1.000000,,2025-03-08");
        assert!(matches!(&house.events().await[0], Event::Exported { what, rows: 7 } if what == "accounts"), "{:?}", house.events().await[0]);
        assert!(browser.get("/accounts.xlsx?class=A").await.body.starts_with(b"PK"));
        let mut german = browser.clone();
        german.post("/profile/language", &[("language", "de")]).await;
        let text = german.get("/accounts.csv?columns=rank,number,revenue,share,class,margin_class,growth,last&sort=name").await.text();
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "\u{feff}Rang;Kundennr.;Kunde;Umsatz;Anteil;Klasse;Veränderung;Klasse (Ertrag);Letzter Kauf");
        assert_eq!(rows[1], "4;K4;Älster=Werke;50,00;0,025126;C;;;2026-09-01");
        assert_eq!(rows[4], ";K5;Ohre AG;0,00;;;-1,000000;;2025-03-08");
        let mut viewer = house.user(Role::Viewer).await;
        assert_eq!(viewer.get("/accounts.csv").await.status, StatusCode::FORBIDDEN);
        assert!(!page(&mut viewer, "/accounts").await.contains("accounts.csv"));
    }
}

on_both_databases! {
    async fn a_file_has_the_customer_number_and_where_one_may_not_do_its_source_and_the_others(house: House) {
        let mut browser = filled(&house).await;
        let header = async |browser: &mut Browser, path: &str| browser.get(path).await.text().lines().next().unwrap_or_default().to_owned();
        let usual = header(&mut browser, "/accounts.csv").await;
        assert!(usual.starts_with("\u{feff}Rank,Number,Customer,Revenue,"), "{usual}");
        assert!(!page(&mut browser, "/accounts").await.contains("<th>Number"), "the page stays as it was");
        assert_eq!(header(&mut browser, "/accounts.csv?columns=name,revenue").await, "\u{feff}Customer,Revenue", "asked for by its address");
        browser.post("/accounts/columns", &[("columns", "revenue"), ("columns", "city")]).await;
        assert_eq!(header(&mut browser, "/accounts.csv").await, "\u{feff}Number,Customer,City,Revenue");
        book(&house, "shop", &(HEADER.to_owned() + "1;1;05.03.2026;S9;Ems GmbH;DE;49808;Lingen;Chemie;5,00;4,00\n")).await;
        assert_eq!(header(&mut browser, "/accounts.csv").await, "\u{feff}Number,Source,Customer,City,Revenue");
        assert_eq!(header(&mut browser, "/accounts.csv?q=ems").await, "\u{feff}Number,Customer,City,Revenue");
        let number = kontor::accounts::store::Number { source: "crm".into(), number: "77".into() };
        let operator = kontor_domain::rights::Viewer::operator(kontor_domain::team::Language::En);
        let directory = kontor::accounts::directory::current(&house.office, &operator).await.expect("the accounts");
        let id = directory.accounts()[directory.place("shop", "S9").expect("Ems")].id;
        kontor::accounts::actions::add_number(&house.office, &operator, id, &number).await.expect("added");
        let file = browser.get("/accounts.csv?q=ems").await.text();
        assert_eq!(file, "\u{feff}Number,Source,Further numbers,Customer,City,Revenue\r\nS9,shop,crm:77,Ems GmbH,Lingen,5.00\r\n");
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let few = call(&house, Some(&token), Method::GET, "/api/v1/accounts?columns=source,further_numbers&q=ems", None).await.json();
        assert_eq!((&few["items"][0]["source"], &few["items"][0]["further_numbers"]), (&json!("shop"), &json!("crm:77")));
    }
}

on_both_databases! {
    async fn the_headline_counts_as_bringing_revenue_who_has_an_invoice(house: House) {
        let mut browser = filled(&house).await;
        for (query, said) in [
            ("", "6 of 7 customers bring €1,980 of revenue, the others have no invoice in this period"),
            ("?class=A", "2 of 7 customers bring €1,800, 91% of revenue"),
            ("?sort=name&idle=180", "3 of 7 customers; 2 of them bring €1,100, 56% of revenue"),
            ("?growth=lost", "One of 7 customers, without an invoice in this period"),
            ("?period=all", "7 customers bring €3,820 of revenue"),
            ("?period=2031", "7 of 7 customers, all without an invoice in this period"),
        ] {
            let shown = page(&mut browser, &format!("/accounts{query}")).await;
            assert!(shown.contains(said), "{query}: {said} in {shown}");
        }
    }
}

on_both_databases! {
    async fn a_period_without_lines_says_so_and_tells_no_figure_below_zero(house: House) {
        let mut browser = filled(&house).await;
        for path in ["/?period=2031", "/valuation/abc?period=2031", "/valuation/abc?period=2031&metric=margin"] {
            let shown = page(&mut browser, path).await;
            assert!(shown.contains("No line lies in this period; the sales ledger reaches from 5 Mar 2025 to 31 Oct 2026."), "{path}: {shown}");
            assert!(!shown.contains("0 of 0") && !shown.contains("\u{2212}0") && !shown.contains(">-0"), "{path}: {shown}");
        }
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let answer = call(&house, Some(&token), Method::GET, "/api/v1/valuation?period=2031", None).await;
        assert!(answer.text().contains("\"hhi\":0.0"), "{}", answer.text());
    }
}

on_both_databases! {
    async fn of_many_changes_of_class_the_largest_are_named_and_all_are_in_the_file(house: House) {
        let mut browser = house.administrator().await;
        let mut file = HEADER.to_owned() + "1;1;05.03.2025;K0;Stamm AG;DE;24103;Kiel;Chemie;90000,00;1,00\n2;1;05.03.2026;K0;Stamm AG;DE;24103;Kiel;Chemie;90000,00;1,00\n";
        // The smallest come first by number: the order of the list must not decide who is named.
        for place in 1..=25 {
            file += &format!("{0};1;30.09.2026;N{place:02};Neu {place:02};DE;24103;Kiel;Chemie;{1},00;1,00\n", place + 10, place * 10);
        }
        book(&house, "erp", &file).await;
        let shown = page(&mut browser, "/valuation/abc").await;
        assert!(shown.contains("5 more, whose amount changed by no more than that, are not named here."), "{shown}");
        let section = shown.split("25 came").nth(1).and_then(|rest| rest.split("</table>").next()).expect("the table");
        let named: Vec<String> = (1..=25).map(|place| format!("Neu {place:02}")).filter(|name| section.contains(name)).collect();
        assert_eq!((named.len(), named[0].as_str()), (20, "Neu 06"));
        assert!(shown.contains("/valuation/movers.csv") && shown.contains("/valuation/movers.xlsx"), "{shown}");
        let all = browser.get("/valuation/movers.csv").await.text();
        let rows: Vec<&str> = all.lines().collect();
        assert_eq!((rows[0], rows.len()), ("\u{feff}Number,Customer,Class before,Class,Revenue before,Revenue,Difference", 26));
        assert_eq!((rows[1], rows[25]), ("N25,Neu 25,,C,0.00,250.00,250.00", "N01,Neu 01,,C,0.00,10.00,10.00"));
        assert!(browser.get("/valuation/movers.xlsx?metric=margin").await.body.starts_with(b"PK"));
        assert!(matches!(&house.events().await[1], Event::Exported { what, rows: 25 } if what == "movers"));
        let mut viewer = house.user(Role::Viewer).await;
        let shown = page(&mut viewer, "/valuation/abc").await;
        assert!(shown.contains("5 more") && !shown.contains("movers.csv"), "{shown}");
        assert_eq!(viewer.get("/valuation/movers.csv").await.status, StatusCode::FORBIDDEN);
    }
}

on_both_databases! {
    async fn the_ranking_comes_page_by_page_with_figures_about_all(house: House) {
        filled(&house).await;
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let get = async |path: &str| call(&house, Some(&token), Method::GET, path, None).await;
        let whole = get("/api/v1/valuation").await.json();
        let all = whole["ranking"].as_array().expect("a ranking").clone();
        assert_eq!((all.len(), whole.get("next")), (6, None));
        let (mut path, mut walked) = ("/api/v1/valuation?limit=4".to_owned(), Vec::new());
        loop {
            let page = get(&path).await.json();
            assert_eq!((&page["accounts"], &page["concentration"]), (&whole["accounts"], &whole["concentration"]));
            walked.extend(page["ranking"].as_array().expect("a ranking").clone());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/valuation?limit=4&cursor={next}");
        }
        assert_eq!(walked, all);
        for wrong in ["limit=0", "limit=501", "cursor=%25"] {
            assert_eq!(get(&format!("/api/v1/valuation?{wrong}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}

on_both_databases! {
    async fn pages_neither_repeat_nor_leave_out_an_account(house: House) {
        let mut browser = house.administrator().await;
        let rows = (0..120).map(|place| format!("R{place};1;05.03.2026;K{place:03};Gleich GmbH;DE;1;Ort;;10,00;5,00\n"));
        book(&house, "erp", &rows.fold(HEADER.to_owned(), |file, row| file + row.as_str())).await;
        let mut seen = Vec::new();
        for number in 1..=3 {
            let shown = page(&mut browser, &format!("/accounts?columns=number&sort=-revenue&page={number}")).await;
            seen.extend((0..120).map(|place| format!("K{place:03}")).filter(|account| shown.contains(&format!(">{account}<"))));
            assert_eq!((shown.contains("rel=\"prev\""), shown.contains("rel=\"next\"")), (number > 1, number < 3));
        }
        assert_eq!(seen, (0..120).map(|place| format!("K{place:03}")).collect::<Vec<_>>());

        let token = token(&house, Role::Viewer, Scope::Read).await;
        for (limit, sort) in [(7, "name"), (50, "-revenue"), (119, "-last"), (120, "rank")] {
            let (mut path, mut seen) = (format!("/api/v1/accounts?limit={limit}&sort={sort}"), Vec::new());
            loop {
                let part = call(&house, Some(&token), Method::GET, &path, None).await.json();
                seen.extend(part["items"].as_array().expect("items").iter().map(|item| item["number"].as_str().expect("a number").to_owned()));
                let Some(next) = part["next"].as_str() else { break };
                path = format!("/api/v1/accounts?limit={limit}&sort={sort}&cursor={next}");
            }
            assert_eq!(seen, (0..120).map(|place| format!("K{place:03}")).collect::<Vec<_>>(), "{limit} {sort}");
        }
        for wrong in ["limit=0", "cursor=%25", "cursor=OTk5OTk5"] {
            assert_eq!(call(&house, Some(&token), Method::GET, &format!("/api/v1/accounts?{wrong}"), None).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}

on_both_databases! {
    async fn programs_get_the_columns_they_ask_for(house: House) {
        filled(&house).await;
        let token = token(&house, Role::Viewer, Scope::Read).await;
        let first = call(&house, Some(&token), Method::GET, "/api/v1/accounts?limit=1", None).await.json();
        let account = &first["items"][0];
        for (field, value) in [
            ("rank", json!(1)), ("number", json!("K1")), ("name", json!("Söhnke & Cie. KG")), ("country", json!("DE")), ("postal_code", json!("24103")),
            ("city", json!("Kiel")), ("industry", json!("Chemie")), ("revenue", json!("1000.00")), ("class", json!("A")), ("revenue_before", json!("500.00")),
            ("difference", json!("500.00")), ("growth", json!(1.0)), ("margin", json!("300.00")), ("margin_rate", json!(0.3)), ("margin_class", json!("A")),
            ("invoices", json!(1)), ("first", json!("2025-03-05")), ("last", json!("2026-03-05")),
        ] {
            assert_eq!(account[field], value, "{field}");
        }
        let few = call(&house, Some(&token), Method::GET, "/api/v1/accounts?columns=revenue&q=weser", None).await.json();
        let id = few["items"][0]["id"].clone();
        assert_eq!(few, json!({"items": [{"id": id, "name": "Weserstahl GmbH", "revenue": "100.00"}]}));
    }
}

on_both_databases! {
    async fn the_start_page_says_how_it_stands_who_moved_and_how_fresh_it_is(house: House) {
        let mut browser = filled(&house).await;
        let shown = page(&mut browser, "/").await;
        for text in [
            "2 of 6 customers bring 90% of revenue, the largest alone 50%.",
            "€1,980", "+7.6%", "12.6% of revenue", "2 customers rose, by €550 together", "3 customers fell, by €410 together", "+500", "−300", "gone",
            "The newest invoice is of 31 Oct 2026, 23 days old", "last read 23 Nov 2026",
        ] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
        let year = page(&mut browser, "/?period=2025").await;
        assert!(year.contains("of 5 customers bring") && year.contains("/accounts?period=2025"), "{year}");
    }
}

on_both_databases! {
    async fn a_line_of_the_future_makes_no_figure_newer_and_like_is_compared_with_like(house: House) {
        let mut browser = house.administrator().await;
        book(&house, "erp", &(lines() + "12;1;20.11.2027;K1;Söhnke & Cie. KG;DE;24103;Kiel;Chemie;5,00;4,00\n")).await;
        assert!(page(&mut browser, "/imports/1").await.contains("Dates in the future"));
        let shown = page(&mut browser, "/").await;
        for text in [
            "1 Nov 2025 to 31 Oct 2026, net in EUR", "Compared with 1 Nov 2024 to 31 Oct 2025, of which only 5 Mar 2025 and later is recorded",
            "The newest invoice is dated 20 Nov 2027, which is still to come",
        ] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
        let year = page(&mut browser, "/?period=2026").await;
        assert!(year.contains("Compared with 1 Jan 2025 to 23 Nov 2025, of which"), "{year}");
        let account = page(&mut browser, "/accounts/1").await;
        assert!(account.contains("Newer invoices, up to 20 Nov 2027, lie after this period."), "{account}");
        assert!(account.contains("/accounts/1?period=all#invoices"), "{account}");
    }
}

on_both_databases! {
    async fn a_ledger_of_a_few_days_shows_them(house: House) {
        let mut browser = house.administrator().await;
        book(&house, "erp", &format!("{HEADER}1;1;01.02.2026;K1;Elbe AG;DE;1;Kiel;;10,00;\n")).await;
        let shown = page(&mut browser, "/").await;
        for text in ["1 Mar 2025 to 28 Feb 2026", "€10", "Nothing of the period before is recorded.", "not recorded before"] {
            assert!(shown.contains(text), "{text} in {shown}");
        }
    }
}

on_both_databases! {
    async fn an_import_that_booked_nothing_new_breaks_no_page(house: House) {
        let mut browser = filled(&house).await;
        book(&house, "erp", &lines()).await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        for path in ["/", "/accounts", "/valuation/abc", "/valuation/abc?metric=margin", "/accounts/1", "/imports", "/imports/2"] {
            assert!(page(&mut browser, path).await.contains("</html>"), "{path}");
        }
        for path in ["valuation", "valuation/cross", "valuation/movers", "valuation/months", "valuation/groups", "accounts", "accounts/1", "accounts/1/months", "imports"] {
            assert_eq!(call(&house, Some(&token), Method::GET, &format!("/api/v1/{path}"), None).await.status, StatusCode::OK, "{path}");
        }
        // The first one is gone, the empty one alone is left: as good as no invoices.
        let undone = browser.post("/imports/1/undo", &[]).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text());
        for path in ["/", "/valuation/abc"] {
            assert!(page(&mut browser, path).await.contains("No invoices yet"), "{path}");
        }
        assert!(page(&mut browser, "/imports").await.contains("/imports/2"));
        // The accounts that it brought are still there, and so is the way to them.
        assert!(page(&mut browser, "/accounts").await.contains("7 customers, without invoices as yet"));
    }
}

on_both_databases! {
    async fn an_empty_ledger_says_what_to_do(house: House) {
        let mut browser = house.administrator().await;
        for path in ["/", "/accounts", "/accounts?class=A", "/valuation/abc"] {
            assert!(page(&mut browser, path).await.contains("/imports/new"), "{path}");
        }
        assert_eq!(browser.get("/accounts.csv").await.status, StatusCode::NOT_FOUND);
        let mut viewer = house.user(Role::Viewer).await;
        let shown = page(&mut viewer, "/").await;
        assert!(!shown.contains("/imports/new") && shown.contains("As soon as somebody"), "{shown}");
        let token = token(&house, Role::Viewer, Scope::Read).await;
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/valuation/groups", None).await.json(), json!({"items": []}));
        for path in ["valuation/cross", "valuation/months"] {
            assert_eq!(call(&house, Some(&token), Method::GET, &format!("/api/v1/{path}"), None).await.json(), json!([]), "{path}");
        }
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/valuation", None).await.status, StatusCode::NOT_FOUND);
        book(&house, "erp", &lines()).await;
        undo_all(&house).await;
        assert!(page(&mut browser, "/").await.contains("No invoices yet"));
    }
}

on_both_databases! {
    async fn accounts_entered_by_hand_are_listed_before_anything_is_booked(house: House) {
        let mut browser = house.administrator().await;
        let token = token(&house, Role::Administrator, Scope::Full).await;
        for path in ["/", "/accounts"] {
            let shown = page(&mut browser, path).await;
            assert!(shown.contains("/imports/new") && shown.contains("/accounts/new"), "{path}: {shown}");
        }
        assert_eq!(call(&house, Some(&token), Method::GET, "/api/v1/accounts", None).await.json(), json!({"items": []}));
        for name in ["Elbe GmbH", "Aller AG"] {
            assert_eq!(browser.post("/accounts/new", &[("name", name), ("city", "Celle")]).await.status, StatusCode::SEE_OTHER);
        }
        let shown = page(&mut browser, "/accounts?sort=name").await;
        assert!(shown.contains("2 customers, without invoices as yet") && shown.contains("/accounts/new") && shown.contains("/imports/new"), "{shown}");
        assert!(shown.find(">Aller AG<") < shown.find(">Elbe GmbH<") && !shown.contains(">0.00<"), "no figure where nothing was booked: {shown}");
        assert!(page(&mut browser, "/accounts?q=aler&level=group").await.contains(">Aller AG<"), "a slip of the finger");
        assert!(page(&mut browser, "/accounts?class=A").await.contains("None of 2 customers fits"));
        let file = browser.get("/accounts.csv?columns=name,city,revenue&sort=name").await.text();
        assert!(file.contains("Aller AG,Celle,\r\n") || file.contains("Aller AG,Celle,\n"), "{file}");
        let listed = call(&house, Some(&token), Method::GET, "/api/v1/accounts?sort=name&columns=name,revenue", None).await.json();
        let names: Vec<_> = listed["items"].as_array().expect("items").iter().map(|item| (&item["name"], &item["revenue"])).collect();
        assert_eq!(json!(names), json!([["Aller AG", "0.00"], ["Elbe GmbH", "0.00"]]));
        let mut viewer = house.user(Role::Viewer).await;
        let shown = page(&mut viewer, "/accounts").await;
        assert!(shown.contains("2 customers") && !shown.contains("/accounts/new") && !shown.contains("/imports/new"), "{shown}");
        // Who sees only what is theirs sees none of them.
        set_visibility(&house, Visibility::Team).await;
        let mut editor = house.user(Role::Member).await;
        let shown = page(&mut editor, "/accounts").await;
        assert!(shown.contains("No invoices yet") && !shown.contains("Aller AG") && shown.contains("/accounts/new"), "{shown}");
    }
}

on_both_databases! {
    async fn the_classes_lead_to_their_accounts_and_programs_see_the_same(house: House) {
        let mut browser = filled(&house).await;
        let shown = page(&mut browser, "/valuation/abc?period=last12&thresholds=75,90").await;
        assert!(shown.contains("/accounts?period=last12&amp;thresholds=75%2C90&amp;class=A&amp;margin_class=C"), "{shown}");
        assert!(shown.contains("One A customer by revenue is C by margin, none the other way round") && shown.contains(">Elbe Maschinenbau GmbH</a>"), "{shown}");
        let by_margin = page(&mut browser, "/valuation/abc?metric=margin").await;
        assert!(by_margin.contains("/accounts?margin_class=A\""), "the classes by margin lead to those");

        let token = token(&house, Role::Viewer, Scope::Read).await;
        let get = async |path: &str| call(&house, Some(&token), Method::GET, &format!("/api/v1/valuation/{path}"), None).await.json();
        let cells = get("cross").await;
        let counts: Vec<u64> = cells.as_array().expect("cells").iter().map(|cell| cell["accounts"].as_u64().expect("a count")).collect();
        assert_eq!(counts, [1, 0, 1, 0, 0, 1, 0, 1, 0]);
        assert_eq!((&cells[2]["revenue"], &cells[2]["margin"]), (&json!("800.00"), &json!("-80.00")));

        let movers = get("movers").await;
        let seen: Vec<_> = movers["items"].as_array().expect("items").iter().map(|mover| format!("{} {} {} {}", mover["name"], mover["class_before"], mover["class"], mover["difference"])).collect();
        assert!(seen.contains(&r#""Ohre AG" "B" null "-300.00""#.to_owned()) || seen.contains(&r#""Ohre AG" "A" null "-300.00""#.to_owned()), "{seen:?}");
        let all: usize = seen.len();
        let (mut path, mut count) = ("movers?limit=1".to_owned(), 0);
        loop {
            let part = get(&path).await;
            count += part["items"].as_array().expect("items").len();
            let Some(next) = part["next"].as_str() else { break };
            path = format!("movers?limit=1&cursor={next}");
        }
        assert_eq!(count, all);

        let months = get("months").await;
        assert_eq!((&months[0]["month"], &months[0]["revenue"], &months[0]["invoices"]), (&json!("2025-03"), &json!("1840.00"), &json!(5)));
        let groups = get("groups").await;
        assert_eq!((&groups["items"][0]["group"], &groups["items"][0]["revenue"], &groups["items"][0]["share"]), (&Value::Null, &json!("1980.00"), &json!(1.0)));
    }
}
