//! The program as it is called from a shell.

use std::path::Path;
use std::process::{Command, Output};

const LINES: &str = "Belegnummer;Position;Belegdatum;Kundennummer;Kunde;Menge;Einzelpreis;Netto;Einstandswert\n\
    1;1;05.01.2026;100;Elbe GmbH;2;40,00;80,00;50,00\n\
    1;2;05.01.2026;100;Elbe GmbH;1;10,00;10,00;5,00\n\
    2;1;07.02.2026;200;Weser AG;1;8,00;8,00;9,00\n\
    3;1;08.03.2026;300;Söhnke & Cie. KG;1;2,00;2,00;\n";

fn kontor(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kontor"))
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env_remove("KONTOR_DATA")
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn folder_with(name: &str, content: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), content).expect("written");
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn analyze_answers_in_json_and_leaves_no_trace() {
    let folder = folder_with("lines.csv", LINES);
    let output = kontor(folder.path(), &["analyze", "lines.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output), "");
    let answer: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!((&answer["revenue"], &answer["cost"], &answer["margin"]), (&"100.00".into(), &"64.00".into(), &"34.00".into()));
    assert_eq!((&answer["accounts"], &answer["invoices"]), (&3.into(), &3.into()));
    assert_eq!(answer["margin_known_share"], 0.98);
    assert_eq!((&answer["period"]["from"], &answer["period"]["to"]), (&"2026-01-05".into(), &"2026-03-08".into()));
    assert_eq!((&answer["abc"]["a"]["accounts"], &answer["abc"]["a"]["amount"]), (&1.into(), &"90.00".into()));
    assert_eq!(answer["concentration"]["major"][0]["account"], "100");
    let ranking = answer["ranking"].as_array().expect("a ranking");
    assert_eq!(ranking.iter().map(|row| row["class"].as_str().expect("a class")).collect::<Vec<_>>(), ["A", "B", "C"]);
    assert_eq!((&ranking[2]["margin"], &ranking[1]["margin"]), (&serde_json::Value::Null, &"-1.00".into()));
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 1, "no database, no files");
}

#[test]
fn analyze_ranks_by_margin_and_puts_the_unknown_last() {
    let folder = folder_with("lines.csv", LINES);
    let output = kontor(folder.path(), &["analyze", "lines.csv", "--format", "json", "--metric", "margin"]);
    let answer: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    let order: Vec<&str> = answer["ranking"].as_array().expect("a ranking").iter().filter_map(|row| row["account"].as_str()).collect();
    assert_eq!(order, ["100", "200", "300"]);
    assert_eq!(answer["abc"]["metric"], "margin");
}

#[test]
fn analyze_writes_tables_csv_and_workbooks() {
    let folder = folder_with("lines.csv", LINES);
    let table = out(&kontor(folder.path(), &["analyze", "lines.csv"]));
    assert!(table.starts_with("1 of 3 customers bring 80 % of revenue, the largest alone 90.0 %."), "{table}");
    let csv = out(&kontor(folder.path(), &["analyze", "lines.csv", "--format", "csv", "--top", "2"]));
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.contains("1,100,Elbe GmbH,90.00,35.00,0.900000,0.900000,A,1,2026-01-05,2026-01-05"), "{csv}");
    let to_file = kontor(folder.path(), &["analyze", "lines.csv", "--format", "xlsx", "--out", "a.xlsx"]);
    assert_eq!((to_file.status.code(), out(&to_file)), (Some(0), String::new()));
    assert!(std::fs::read(folder.path().join("a.xlsx")).expect("a workbook").starts_with(b"PK"));
}

#[test]
fn wrong_usage_is_2_and_unreadable_files_are_1() {
    let folder = folder_with("lines.csv", LINES);
    for arguments in [
        vec!["analyze"],
        vec!["analyze", "lines.csv", "--thresholds", "95,80"],
        vec!["analyze", "lines.csv", "--columns", "boss=Kunde"],
        vec!["analyze", "lines.csv", "--accept", "everything"],
        vec!["analyze", "lines.csv", "--accept", "bad_date"],
        vec!["analyze", "lines.csv", "--format", "xlsx"],
        vec!["analyze", "lines.csv", "--columns", "net_amount=Netto,unit_price=netto"],
        vec!["analyze", "lines.csv", "--columns", "net_amount=Netto,net_amount=Einstandswert"],
        vec!["analyze", "lines.csv", "--header-row", "first"],
        vec!["import", "lines.csv", "--columns", "net_amount=Netto,unit_price=Netto"],
        vec!["frobnicate"],
    ] {
        assert_eq!(kontor(folder.path(), &arguments).status.code(), Some(2), "{arguments:?}");
    }
    std::fs::write(folder.path().join("empty.csv"), "").expect("written");
    for file in ["missing.csv", "empty.csv", "."] {
        let output = kontor(folder.path(), &["analyze", file]);
        assert_eq!((output.status.code(), out(&output)), (Some(1), String::new()), "{file}");
        assert!(err(&output).starts_with("kontor: "), "{}", err(&output));
    }
}

#[test]
fn odd_files_are_answered_in_words_and_never_by_figures() {
    let folder = folder_with("lines.csv", LINES);
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("copy.csv", LINES.as_bytes());
    write("people.csv", b"first;last\nAda;Lovelace\n");
    write("noise.bin", &(0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>());
    write("broken.xlsx", b"PK\x03\x04 and no more");
    write("broken.parquet", b"PAR1 and no more PAR1");
    for files in [
        vec!["lines.csv", "lines.csv"],
        vec!["lines.csv", "copy.csv"],
        vec!["lines.csv", "people.csv"],
        vec!["people.csv"],
        vec!["noise.bin"],
        vec!["broken.xlsx"],
        vec!["broken.parquet"],
    ] {
        let output = kontor(folder.path(), &[vec!["analyze", "--format", "json"], files.clone()].concat());
        assert_eq!((output.status.code(), out(&output)), (Some(1), String::new()), "{files:?}");
        assert!(err(&output).starts_with("kontor: "), "{files:?}: {}", err(&output));
    }
    write("headers.csv", LINES.lines().next().expect("headers").as_bytes());
    let output = kontor(folder.path(), &["analyze", "--format", "json", "headers.csv"]);
    let answer: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!((output.status.code(), &answer["accounts"], &answer["revenue"]), (Some(0), &0.into(), &"0.00".into()));
    assert_eq!(answer["period"], serde_json::Value::Null);
}

#[test]
fn options_narrow_the_answer() {
    let folder =
        folder_with("lines.csv", &LINES.replace("Menge", "Status").replace(";2;40", ";offen;40").replace(";1;10,00", ";storniert;10,00"));
    let answer = |arguments: &[&str]| -> serde_json::Value {
        let output = kontor(folder.path(), &[&["analyze", "lines.csv", "--format", "json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", err(&output));
        serde_json::from_str(&out(&output)).expect("JSON")
    };
    let excluded = answer(&["--exclude-status", "Storniert,unbekannt"]);
    assert_eq!(
        (&excluded["revenue"], &excluded["source"]["excluded"], &excluded["source"]["rows"]),
        (&"90.00".into(), &1.into(), &4.into())
    );
    assert_eq!(answer(&["--period", "2026-01-01..2026-01-31"])["revenue"], "90.00");
    assert_eq!(answer(&["--period", "2025"])["accounts"], 0);
    let told = out(&kontor(folder.path(), &["analyze", "lines.csv", "--period", "2025"]));
    assert!(
        told.starts_with("No line of a customer lies between 2025-01-01 and 2025-12-31; the files reach from 2026-01-05 to 2026-03-08.\n"),
        "{told}"
    );
    let by_hand = answer(&["--columns", "net_amount=Einstandswert,line_cost=", "--accept", "many_rejected"]);
    assert_eq!((&by_hand["revenue"], &by_hand["margin"]), (&"64.00".into(), &serde_json::Value::Null));
    let top = answer(&["--top", "1", "--thresholds", "50,98"]);
    assert_eq!((top["ranking"].as_array().map(Vec::len), &top["abc"]["b"]["accounts"], &top["accounts"]), (Some(1), &1.into(), &3.into()));
}

#[test]
fn whoever_closes_the_pipe_has_seen_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: String = (0..20_000).map(|number| format!("{number};05.01.2026;{number};Elbe {number};1,00\n")).collect();
    std::fs::write(folder.path().join("lines.csv"), format!("Beleg;Datum;Kundennr;Kunde;Netto\n{lines}")).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kontor"))
        .current_dir(folder.path())
        .args(["analyze", "lines.csv", "--format", "csv"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
}

#[test]
fn an_implausible_file_is_stopped_with_3_and_goes_on_when_accepted() {
    let folder = folder_with("lines.csv", &LINES.replace("08.03.2026", "08.03.1888"));
    let output = kontor(folder.path(), &["analyze", "lines.csv", "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let answer: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!(answer["stopped"], serde_json::json!(["implausible_dates"]));
    let finding = &answer["source"]["findings"][0];
    assert_eq!((&finding["line"], &finding["column"], &finding["value"]), (&5.into(), &"Belegdatum".into(), &"08.03.1888".into()));
    assert!(err(&output).contains("--accept implausible_dates"), "{}", err(&output));
    assert_eq!(out(&kontor(folder.path(), &["analyze", "lines.csv"])), "", "nothing but the answer on standard output");
    assert_eq!(kontor(folder.path(), &["analyze", "lines.csv", "--accept", "implausible_dates"]).status.code(), Some(0));
    let stopped = kontor(folder.path(), &["import", "lines.csv"]);
    assert_eq!(stopped.status.code(), Some(3));
    for told in ["lines.csv:5 [Belegdatum] “08.03.1888”", "booked anyway it would bring: new 4", "new customers 3\nrevenue 100.00 EUR\n"]
    {
        assert!(err(&stopped).contains(told), "{told} in {}", err(&stopped));
    }
    let list = out(&kontor(folder.path(), &["imports", "list"]));
    assert!(list.contains("discarded") && !list.contains("booked"), "{list}");
    let shown = out(&kontor(folder.path(), &["imports", "show", "1"]));
    for told in
        ["“08.03.1888”", "--accept implausible_dates", "revenue 100.00 EUR", "lines.csv: text, UTF-8, delimiter ;, headers in row 1"]
    {
        assert!(shown.contains(told), "{told} in {shown}");
    }
}

#[test]
fn an_import_is_booked_once_listed_and_undone() {
    let folder = folder_with("lines.csv", LINES);
    let dry = kontor(folder.path(), &["import", "lines.csv", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{}", err(&dry));
    assert!(out(&dry).contains("new 4 · already booked 0 · changed 0 · replaced 0 · new customers 3\n"), "{}", out(&dry));
    let first = kontor(folder.path(), &["import", "lines.csv"]);
    assert!(out(&first).contains("booked") && out(&first).contains("new 4"), "{}{}", out(&first), err(&first));
    let again = kontor(folder.path(), &["import", "lines.csv"]);
    assert!(out(&again).contains("new 0 · already booked 4"), "{}", out(&again));
    let other = kontor(folder.path(), &["import", "lines.csv", "--source", "other"]);
    assert!(out(&other).contains("new 4 · already booked 0"), "{}", out(&other));
    let unnamed = out(&kontor(folder.path(), &["import", "lines.csv", "--dry-run"]));
    assert!(unnamed.contains("other") && unnamed.contains("already booked 4 · changed 0 · replaced 0 · new customers 0"), "{unnamed}");
    assert_eq!(kontor(folder.path(), &["imports", "undo", "1"]).status.code(), Some(0));
    assert_eq!(kontor(folder.path(), &["imports", "undo", "1"]).status.code(), Some(1), "only once");
    assert_eq!(kontor(folder.path(), &["imports", "show", "99"]).status.code(), Some(1));
    let list = out(&kontor(folder.path(), &["imports", "list"]));
    assert!(list.contains("undone") && list.contains("booked"), "{list}");
    assert_eq!(list.lines().count(), 3, "a dry run leaves nothing: {list}");
}

#[test]
fn users_are_managed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    assert_eq!(kontor(path, &["user", "add", "ada@example.org", "--name", "Ada", "--role", "administrator"]).status.code(), Some(0));
    assert_eq!(kontor(path, &["user", "add", "ada@example.org", "--name", "Ada"]).status.code(), Some(1));
    assert_eq!(kontor(path, &["user", "role", "ada@example.org", "viewer"]).status.code(), Some(1), "the last administrator");
    assert!(out(&kontor(path, &["user", "list"])).contains("ada@example.org"));
    assert!(out(&kontor(path, &["user", "link", "ada@example.org"])).starts_with("/link/"));
    assert_eq!(kontor(path, &["user", "link", "nobody@example.org"]).status.code(), Some(1));
}

#[test]
fn what_is_found_in_a_whole_import_is_no_single_files() {
    let folder = folder_with("lines.csv", &LINES.replace(";200;Weser AG", ";;"));
    let path = folder.path();
    let found = |files: &[&str]| out(&kontor(path, &[&["import", "--dry-run"], files].concat()));
    assert!(found(&["lines.csv"]).contains("\nlines.csv: 1 line without a customer"), "{}", found(&["lines.csv"]));
    std::fs::write(
        path.join("more.csv"),
        LINES.replace(";200;Weser AG", ";;").replace("\n2;", "\n4;").replace("\n1;", "\n5;").replace("\n3;", "\n6;"),
    )
    .expect("written");
    let both = found(&["lines.csv", "more.csv"]);
    assert!(both.contains("\n2 lines without a customer"), "{both}");
}

#[test]
fn a_mistyped_folder_does_not_become_a_new_kontor() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for arguments in [vec!["user", "list"], vec!["imports", "list"], vec!["accounts", "list"], vec!["user", "link", "ada@example.org"]] {
        let output = kontor(path, &[&["--data", "nowhere"], arguments.as_slice()].concat());
        assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{arguments:?}");
        assert!(err(&output).contains("no Kontor here: nowhere") && err(&output).contains("--data"), "{}", err(&output));
    }
    // Records in PostgreSQL leave the sales ledger in the folder.
    let output = Command::new(env!("CARGO_BIN_EXE_kontor"))
        .current_dir(path)
        .env("DATABASE_URL", "postgres://nobody@127.0.0.1:9/nothing")
        .args(["--data", "nowhere", "user", "list"])
        .output()
        .expect("the program starts");
    assert!(err(&output).contains("no Kontor here: nowhere"), "{}", err(&output));
    assert_eq!(std::fs::read_dir(path).expect("the folder").count(), 0, "nothing was made");
    assert_eq!(kontor(path, &["user", "add", "ada@example.org", "--name", "Ada"]).status.code(), Some(0), "the first user begins it");
    let none = kontor(path, &["imports", "list"]);
    assert_eq!((none.status.code(), out(&none), err(&none)), (Some(0), String::new(), "kontor: there is nothing to list\n".to_owned()));
}

#[test]
fn wrong_values_are_named_with_what_is_possible() {
    let folder = folder_with("lines.csv", LINES);
    let path = folder.path();
    assert_eq!(kontor(path, &["import", "lines.csv"]).status.code(), Some(0));
    for (arguments, told) in [
        (
            vec!["user", "add", "ada@example.org", "--name", "Ada", "--role", "king"],
            "role: Possible are: administrator, sales_lead, member, viewer.",
        ),
        (vec!["cadence", "list", "--state", "foo"], "state: Possible are: overdue, never, due, fine."),
        (vec!["groups", "show", "100", "--as-of", "31.31.2026"], "as_of: Not a day. Example: 2026-12-31."),
        (vec!["import", "lines.csv", "--delimiter", "xx"], "A single character that parts the columns"),
        (vec!["import", "lines.csv", "--encoding", "klingon"], "Kontor does not know this encoding"),
        (vec!["import", "lines.csv", "--decimal", "semicolon"], "give point or comma"),
        (vec!["import", "lines.csv", "--date-order", "ydm"], "give ymd, dmy or mdy"),
    ] {
        let output = kontor(path, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(told), "{arguments:?}: {}", err(&output));
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = kontor(path, &["serve", "--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains(&format!("cannot listen on {address}: ")), "{}", err(&output));
    assert_eq!(kontor(path, &["user", "add", "ada@example.org", "--name", "Ada"]).status.code(), Some(0));
    let whole = kontor(path, &["user", "link", "ada@example.org", "--public-url", "https://kontor.example/"]);
    assert!(out(&whole).starts_with("https://kontor.example/link/"), "{}", out(&whole));
}

#[test]
fn one_account_is_meant_in_the_same_way_everywhere() {
    let folder = folder_with("lines.csv", LINES);
    let path = folder.path();
    for source in ["North", "South"] {
        assert_eq!(kontor(path, &["import", "lines.csv", "--source", source]).status.code(), Some(0));
    }
    let ids = out(&kontor(path, &["accounts", "list", "Elbe"]));
    let id = ids.split_whitespace().next().expect("an id");
    assert!(id.starts_with('#'), "{ids}");
    let log = ["interactions", "log", "--purpose", "Prices", "--account"];
    for command in [&["accounts", "show"][..], &["accounts", "history"], &["team", "list"], &["groups", "show"], &log] {
        let said = |account: &str| kontor(path, &[command, &[account]].concat());
        let several = said("100");
        assert_eq!(several.status.code(), Some(1), "{command:?}");
        assert!(err(&several).contains("Elbe GmbH (North:100), Elbe GmbH (South:100)"), "{command:?}: {}", err(&several));
        for account in ["North:100", "South:100", id, &id[1..]] {
            let found = said(account);
            assert_eq!(found.status.code(), Some(0), "{command:?} {account}: {}", err(&found));
        }
        for account in ["nix", "10", "East:100", "#4711"] {
            let none = said(account);
            assert_eq!(none.status.code(), Some(1), "{command:?} {account}: {}", out(&none));
            assert!(err(&none).contains("No account has the number or name"), "{command:?} {account}: {}", err(&none));
        }
    }
}

#[test]
fn load_data_is_the_same_for_the_same_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.csv", "b.csv", "c.csv"] {
        let seed = if name == "c.csv" { "2" } else { "1" };
        let made = kontor(folder.path(), &["generate", "--lines", "2000", "--accounts", "50", "--seed", seed, "--out", name]);
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    }
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("written");
    assert!(read("a.csv") == read("b.csv") && read("a.csv") != read("c.csv"));
    let answer = out(&kontor(folder.path(), &["analyze", "a.csv", "--format", "json"]));
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    assert_eq!((&answer["source"]["rows"], &answer["accounts"]), (&2000.into(), &50.into()));
}

#[test]
fn an_office_is_filled_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = ["generate", "--crm", "--lines", "300", "--accounts", "20", "--people", "30", "--interactions", "50"];
    let made = kontor(folder.path(), &line);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    assert!(out(&kontor(folder.path(), &["user", "list"])).contains("user40@load.example"));
    let again = kontor(folder.path(), &line);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("load data go into an empty office"), "{}", err(&again));
}

/// 99 rows of which one brings nearly all revenue and cannot be read.
fn one_large_row_is_wrong() -> String {
    let rows: String = (1..99).map(|number| format!("{number};1;05.01.2026;{number};Kunde {number};1,00\n")).collect();
    format!("Beleg;Position;Belegdatum;Kundennummer;Kunde;Netto\n{rows}99;1;31.02.2026;99;Elbe GmbH;9.500,00\n")
}

#[test]
fn analyze_tells_of_rows_that_are_in_no_figure() {
    let folder = folder_with("lines.csv", &one_large_row_is_wrong());
    let table = out(&kontor(folder.path(), &["analyze", "lines.csv"]));
    for told in [
        "rows 99 · lines 98 · rejected 1\n",
        "lines.csv:100 [Belegdatum] “31.02.2026”: the date cannot be read (bad_date)\n",
        "lines.csv: text, UTF-8, delimiter ;, headers in row 1, numbers 1.234,56, dates dd.mm.yyyy\n    invoice_number=Beleg, line_number=Position",
    ] {
        assert!(table.contains(told), "{told} in {table}");
    }
    for format in [&["--format", "csv"][..], &["--format", "xlsx", "--out", "a.xlsx"]] {
        let output = kontor(folder.path(), &[&["analyze", "lines.csv"], format].concat());
        assert!(err(&output).contains("rejected 1") && err(&output).contains("31.02.2026"), "{format:?}: {}", err(&output));
        assert!(!out(&output).contains("31.02.2026"), "standard output holds nothing but the answer");
    }
    let json = kontor(folder.path(), &["analyze", "lines.csv", "--format", "json"]);
    assert_eq!(err(&json), "", "the answer itself has them");
}

#[test]
fn many_rejected_rows_are_told_by_the_first_and_how_many_more() {
    let file = one_large_row_is_wrong().replace(";05.01.2026;1", ";gestern;1").replace("Kunde 2;1,00", "Kunde 2;0,00");
    let folder = folder_with("lines.csv", &file);
    let stopped = kontor(folder.path(), &["analyze", "lines.csv"]);
    assert_eq!((stopped.status.code(), out(&stopped)), (Some(3), String::new()));
    for told in ["--accept many_rejected", "“gestern”: the date cannot be read (bad_date)", "… and 2 more\n", "rejected 12\n"] {
        assert!(err(&stopped).contains(told), "{told} in {}", err(&stopped));
    }
    let accepted = out(&kontor(folder.path(), &["analyze", "lines.csv", "--accept", "many_rejected"]));
    for told in [
        "went on in spite of: many_rejected (accepted)\n",
        "(many_rejected, accepted)\n",
        "… and 2 more\n",
        "1 line with an amount of zero, counted as lines and not as revenue (zero_amounts)\n",
    ] {
        assert!(accepted.contains(told), "{told} in {accepted}");
    }
    assert!(!accepted.contains("--accept"), "{accepted}");
}

#[test]
fn lines_without_a_customer_are_told_with_their_sum_and_a_mistyped_status_by_name() {
    let file = LINES
        .replace("Menge", "Status")
        .replace(";2;40", ";offen;40")
        .replace(";200;Weser AG;1", ";;;storniert")
        .replace("GmbH;1;", "GmbH;Entwurf;");
    let folder = folder_with("lines.csv", &file);
    let table = out(&kontor(folder.path(), &["analyze", "lines.csv", "--exclude-status", "entwurf,Entwurff"]));
    for told in [
        "rows 4 · lines 2 · rejected 0 · without customer 1 (8.00, in no figure) · excluded 1\n",
        "no row has the status “Entwurff”, so nothing was left out for it; the files have offen, Entwurf, storniert, 1\n",
    ] {
        assert!(table.contains(told), "{told} in {table}");
    }
    assert!(!table.contains("“entwurf”"), "{table}");
    let none = out(&kontor(folder.path(), &["analyze", "lines.csv", "--exclude-status", "x", "--columns", "status="]));
    assert!(none.contains("no row has the status “x”, so nothing was left out for it; no column was recognised as status\n"), "{none}");
    let dry = out(&kontor(folder.path(), &["import", "lines.csv", "--dry-run", "--exclude-status", "Entwurff"]));
    assert!(dry.contains("no row has the status “Entwurff”"), "{dry}");
}

#[test]
fn rejected_rows_of_an_import_are_shown_and_kept() {
    let folder = folder_with("lines.csv", &one_large_row_is_wrong());
    let path = folder.path();
    let dry = kontor(path, &["import", "lines.csv", "--dry-run", "--rejected", "dry.csv"]);
    assert!(out(&dry).starts_with("dry run · checked · erp\nlines.csv: text"), "{}", out(&dry));
    assert!(std::fs::read_to_string(path.join("dry.csv")).expect("written").contains("31.02.2026"));
    assert_eq!(out(&kontor(path, &["imports", "list"])), "", "a dry run leaves nothing");
    assert_eq!(kontor(path, &["import", "lines.csv"]).status.code(), Some(0));
    let shown = out(&kontor(path, &["imports", "show", "1"]));
    assert!(shown.contains("lines.csv:100 [Belegdatum] “31.02.2026”") && shown.contains("kontor imports rejected 1"), "{shown}");
    let rejected = out(&kontor(path, &["imports", "rejected", "1"]));
    assert!(rejected.starts_with("file,line,kind") && rejected.contains("lines.csv,100,bad_date,Belegdatum,31.02.2026,"), "{rejected}");
    assert_eq!(kontor(path, &["imports", "rejected", "1", "--out", "rejected.csv"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(path.join("rejected.csv")).expect("written"), rejected);
    assert_eq!(kontor(path, &["imports", "rejected", "99"]).status.code(), Some(1));
    assert_eq!(kontor(path, &["imports", "rejected", "1", "--out", "no/such/folder.csv"]).status.code(), Some(1));
    // One that was stopped keeps what it noticed, too.
    std::fs::write(path.join("bad.csv"), one_large_row_is_wrong().replace(";05.01.2026;1", ";gestern;1")).expect("written");
    assert_eq!(kontor(path, &["import", "bad.csv"]).status.code(), Some(3));
    let shown = out(&kontor(path, &["imports", "show", "2"]));
    assert!(
        shown.contains("import 2 · discarded") && shown.contains("bad.csv:2 [Belegdatum] “gestern”") && shown.contains("… and 2 more"),
        "{shown}"
    );
    assert_eq!(out(&kontor(path, &["imports", "rejected", "2"])).lines().count(), 13);
}

#[test]
fn the_header_row_is_said_by_hand() {
    let folder = folder_with(
        "lines.csv",
        "Umsatz;Datum;Kunde;Netto\nBuchung;Belegdatum;Kundennummer;Betrag\n1;05.01.2026;100;80,00\n2;06.01.2026;200;20,00\n",
    );
    let said = |row: &str, columns: &str| kontor(folder.path(), &["analyze", "lines.csv", "--header-row", row, "--columns", columns]);
    let second = said("2", "net_amount=Betrag");
    assert!(
        out(&second).contains("headers in row 2") && out(&second).contains("rows 2 · lines 2 · rejected 0\n"),
        "{}{}",
        out(&second),
        err(&second)
    );
    let none = said("0", "date=2,account_number=3,net_amount=4");
    assert!(
        err(&none).contains("no headers, columns by number") && err(&none).contains("many_rejected"),
        "the headers are rows now: {}",
        err(&none)
    );
    let beyond = said("99", "net_amount=Betrag");
    assert_eq!(beyond.status.code(), Some(1));
    assert!(err(&beyond).contains("row 99, which was said to hold the headers"), "{}", err(&beyond));
}

#[test]
fn a_currency_without_a_rate_is_told() {
    let folder =
        folder_with("lines.csv", "invoice,date,customer id,net amount,currency\n1,2026-01-05,100,80.00,EUR\n2,2026-02-05,200,20.00,USD\n");
    let booked = out(&kontor(folder.path(), &["import", "lines.csv"]));
    assert!(booked.contains("no rate for USD: 20.00 USD in one line are in no figure until one is set in the settings\n"), "{booked}");
    assert!(!booked.contains("no rate for EUR"), "{booked}");
}
