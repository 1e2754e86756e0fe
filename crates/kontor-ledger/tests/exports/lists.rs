//! Exports made for people: invoices whose first line says what the others leave out, sums and texts between lines, several sheets of one book.

use rust_xlsxwriter::Workbook;

use super::{read, try_read};
use kontor_ledger::analyze::{Analysis, analyze};
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;
use kontor_ledger::read::Plan;

const HEADERS: &str = "Rechnungsnr;Datum;Kundennr;Kunde;Artikel;Menge;Einzelpreis;Netto\n";

#[test]
fn lines_take_from_the_first_one_of_their_invoice_what_they_lack() {
    for following in
        [";;;;Bolzen;2;5,00;10,00\n;;;;Mutter;1;5,00;5,00\n", "R1;02.01.2026;;;Bolzen;2;5,00;10,00\nR1;02.01.2026;;;Mutter;1;5,00;5,00\n"]
    {
        let text = format!(
            "{HEADERS}R1;02.01.2026;7;Elbe Stahl GmbH;Welle;1;80,00;80,00\n{following}R2;03.01.2026;8;Weser AG;Welle;1;80,00;80,00\n"
        );
        let read = read(&text);
        let revenues: Vec<_> =
            read.analysis.accounts.iter().map(|account| (account.number.as_str(), account.revenue.to_string())).collect();
        assert_eq!(revenues, [("7", "95.00".to_owned()), ("8", "80.00".to_owned())], "{text}");
        assert_eq!((read.count(Kind::FilledDown), read.analysis.invoices), (2, 2));
    }
}

#[test]
fn orders_of_shops_say_day_and_currency_once() {
    let text = "Name,Email,Currency,Created at,Lineitem name,Lineitem quantity,Lineitem price\n\
        #1001,a@example.org,EUR,2026-01-02 10:00:00 +0100,Bolt,2,5.00\n#1001,a@example.org,,,Nut,1,4.00\n#1002,b@example.org,EUR,2026-01-03 10:00:00 +0100,Bolt,1,5.00\n";
    let read = read(text);
    assert_eq!((read.revenue().as_str(), read.count(Kind::FilledDown), read.analysis.accounts.len()), ("19.00", 1, 2));
    assert_eq!((read.analysis.currency.map(String::from).as_deref(), read.analysis.invoices), (Some("EUR"), 2));
}

#[test]
fn sales_to_nobody_are_nobody_s() {
    let headers = "Date,Customer,Product,Qty,Total\n";
    let day = |day: u32, customer: &str| format!("2026-01-{day:02},{customer},Bolt,1,5.00\n");
    let text = format!("{headers}{}{}{}{}", day(2, "Elbe"), day(2, ""), day(2, ""), day(3, "Weser"));
    let read = read(&text);
    assert_eq!((read.count(Kind::FilledDown), read.count(Kind::WithoutAccount), read.revenue().as_str()), (0, 2, "10.00"));
    // An invoice of several lines that has no customer takes none from the one above, whatever its later lines leave out.
    let text = format!(
        "{HEADERS}R1;02.01.2026;7;Elbe;Welle;1;80,00;80,00\n;;;;Bolzen;1;5,00;5,00\nR2;03.01.2026;;;Welle;1;80,00;80,00\n;;;;Bolzen;1;5,00;5,00\n"
    );
    let read = super::read(&text);
    assert_eq!((read.count(Kind::FilledDown), read.count(Kind::WithoutAccount), read.revenue().as_str()), (2, 2, "85.00"));
}

#[test]
fn what_came_back_is_marked_and_all_else_is_not() {
    let headers = "VBELN;POSNR;FKDAT;KUNAG;FKIMG;NETWR;SHKZG\n";
    let bought = "900;10;20260102;7;2;80,00;\n900;20;20260102;7;1;20,00;\n";
    assert_eq!(read(&format!("{headers}{bought}901;10;20260103;7;1;30,00;X\n")).revenue(), "70.00");
    assert_eq!(read(&format!("{headers}{bought}901;10;20260103;7;-1;-30,00;X\n")).revenue(), "70.00", "what has its sign already");
}

#[test]
fn a_placeholder_is_no_customer() {
    let read = read("Rechnungsnr;Datum;Kundennr;Netto\n1;02.01.2026;7;5,00\n2;02.01.2026;-1;6,00\n3;02.01.2026;8.0;7,00\n");
    let numbers: Vec<&str> = read.analysis.accounts.iter().map(|account| account.number.as_str()).collect();
    assert_eq!((numbers, read.count(Kind::WithoutAccount)), (vec!["7", "8"], 1));
}

#[test]
fn articles_that_begin_like_sums_and_taxes_are_lines() {
    let lines: String = ["Total Care contract", "Gesamt-Wartung", "USt-Voranmeldung", "VAT registration", "Gesamt: Monatspauschale"]
        .iter()
        .map(|article| format!("R1;02.01.2026;7;Elbe;{article};;;10,00\n"))
        .collect();
    let goods: String = (1..=9).map(|line| format!("R{line};02.01.2026;7;Elbe;Welle;1;10,00;10,00\n")).collect();
    let read = read(&format!("{HEADERS}{goods}{lines}"));
    assert_eq!((read.revenue().as_str(), read.count(Kind::TotalRows)), ("140.00", 0));
}

#[test]
fn an_invoice_without_customer_takes_none_from_another() {
    let text = format!(
        "{HEADERS}R1;02.01.2026;7;Elbe;Welle;1;80,00;80,00\nR2;02.01.2026;;;Welle;1;80,00;80,00\nR2;02.01.2026;;;Mutter;1;5,00;5,00\nR3;02.01.2026;7;Elbe;Welle;1;80,00;80,00\n"
    );
    let read = read(&text);
    assert_eq!((read.count(Kind::FilledDown), read.count(Kind::WithoutAccount), read.revenue().as_str()), (0, 2, "160.00"));
}

#[test]
fn a_line_keeps_its_place_in_the_file_when_it_was_filled() {
    let text = format!("{HEADERS}R1;02.01.2026;7;Elbe;\"Welle\nlang\";1;80,00;80,00\n;;;;Bolzen;2;5,00;10,00\n;;;;Mutter;1;5,00;ten\n");
    let bad = try_read(text.as_bytes(), &Options::default()).expect("read");
    let finding = bad.analysis.report.findings.iter().find(|finding| finding.kind == Kind::BadNumber).expect("a finding");
    assert_eq!((finding.line, finding.value.as_deref()), (Some(5), Some("ten")));
}

#[test]
fn sums_taxes_and_texts_between_lines_are_no_lines() {
    let between = "R1;02.01.2026;7;Elbe;Zwischensumme;;;80,00\nR1;02.01.2026;7;Elbe;MwSt 19 %;;;15,20\nR1;02.01.2026;7;Elbe;Lieferschein 4711;;;\n;;;;Gesamtsumme;;;80,00\n";
    let goods = "R1;02.01.2026;7;Elbe;Gesamtpaket Welle;1;10,00;10,00\n".repeat(8);
    let read = read(&format!("{HEADERS}{goods}{between}"));
    assert_eq!((read.revenue().as_str(), read.count(Kind::TotalRows), read.count(Kind::TextRows)), ("80.00", 3, 1));
    assert!(read.analysis.report.stops.is_empty());
}

#[test]
fn a_cancellation_may_repeat_the_lines_of_what_it_cancels() {
    let lines = "R1;1;02.01.2026;7;80,00\nR1;2;02.01.2026;7;20,00\nR2;1;02.01.2026;7;5,00\n";
    let cancelled = "R1;1;03.01.2026;7;-80,00\nR1;2;03.01.2026;7;-20,00\n";
    let headers = "Rechnungsnr;Pos;Datum;Kundennr;Netto\n";
    assert_eq!(read(&format!("{headers}{lines}{cancelled}")).revenue(), "5.00");
    let twice = read(&format!("{headers}{lines}{cancelled}{cancelled}"));
    assert_eq!((twice.analysis.report.stops.as_slice(), twice.count(Kind::DuplicateLines)), (&[Kind::DuplicateLines][..], 2));
}

/// Analyses a workbook with these sheets; gives the names of those that were read, too.
fn workbook(sheets: &[(&str, &str)], options: &Options) -> (Analysis, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book.xlsx");
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, fields) in rows.lines().enumerate() {
            for (column, field) in fields.split(';').enumerate() {
                sheet.write_string(row as u32, column as u16, field).expect("written");
            }
        }
    }
    book.save(&path).expect("saved");
    let plan = Plan::detect(&[path], options, super::today()).expect("detected");
    let names = plan.detection().files.iter().map(|file| file.name.clone()).collect();
    (analyze(&plan, "all".parse().expect("a period"), 1, &Default::default()).expect("analysed"), names)
}

#[test]
fn all_sheets_with_the_same_headers_are_read() {
    let year = |year: u32, amount: &str| {
        format!("Rechnungsnr;Datum;Kundennr;Netto\nR{year};02.01.{year};7;{amount}\nS{year};03.01.{year};8;1,00\n")
    };
    let (older, newer) = (year(2025, "10,00"), year(2026, "20,00"));
    let notes = "Stand;heute\nErsteller;Ada\n";
    let sheets = [("2025", older.as_str()), ("2026", &newer), ("Kopie", &newer), ("Notizen", notes)];
    let (analysis, names) = workbook(&sheets, &Options::default());
    assert_eq!(names, ["book.xlsx: 2025", "book.xlsx: 2026"]);
    let revenue = |analysis: &Analysis| analysis.accounts.iter().map(|account| account.revenue).sum::<kontor_domain::Amount>().to_string();
    assert_eq!(revenue(&analysis), "32.00");
    let told = analysis.report.findings.iter().find(|finding| finding.kind == Kind::OtherSheets).expect("a finding");
    assert!(told.message.contains("Notizen") && told.message.contains("Kopie") && told.file == "book.xlsx: 2025", "{told:?}");
    let (analysis, names) = workbook(&sheets, &Options { sheet: Some("2025".into()), ..Options::default() });
    assert_eq!((revenue(&analysis).as_str(), names), ("11.00", vec!["book.xlsx".to_owned()]));
    assert!(!analysis.report.tally.contains_key(&Kind::OtherSheets), "whoever chose one knows of the others");
}

#[test]
fn sheets_that_repeat_others_are_not_read() {
    let year = |year: u32| (1..=6).map(|line| format!("R{year}{line};02.01.{year};7;{line},00\n")).collect::<String>();
    let headers = "Rechnungsnr;Datum;Kundennr;Netto\n";
    let (older, newer) = (format!("{headers}{}", year(2025)), format!("{headers}{}", year(2026)));
    let all = format!("{headers}{}{}", year(2025), year(2026));
    let sorted = format!("{headers}{}", year(2026).lines().rev().map(|line| format!("{line}\n")).collect::<String>());
    let revenue = |sheets: &[(&str, &str)]| {
        let (analysis, names) = workbook(sheets, &Options::default());
        (analysis.accounts.iter().map(|account| account.revenue).sum::<kontor_domain::Amount>().to_string(), names.len())
    };
    assert_eq!(revenue(&[("2025", &older), ("2026", &newer), ("Gesamt", &all)]), ("42.00".to_owned(), 1));
    assert_eq!(revenue(&[("Daten", &newer), ("Sortiert", &sorted)]), ("21.00".to_owned(), 1));
    let blank = |text: &str| {
        text.lines().map(|line| line.split_once(';').map_or(line, |(_, rest)| rest)).map(|rest| format!(";{rest}\n")).collect::<String>()
    };
    let unnumbered = |text: &str| format!("{headers}{}", blank(text.strip_prefix(headers).expect("headers")));
    assert_eq!(revenue(&[("2025", &unnumbered(&older)), ("2026", &unnumbered(&newer))]), ("42.00".to_owned(), 2));
    let grown = newer.replace("Netto\n", "Netto;Land\n").replace(",00\n", ",00;DE\n");
    assert_eq!(revenue(&[("2025", &older), ("2026", &grown)]), ("42.00".to_owned(), 2));
}

#[test]
fn a_text_that_is_named_like_a_workbook_is_read_as_the_text_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.xls");
    std::fs::write(&path, "Rechnungsnr\tDatum\tKundennr\tNetto\n1\t02.01.2026\t7\t10,50\n").expect("written");
    let plan = Plan::detect(&[path], &Options::default(), super::today()).expect("detected");
    let analysis = analyze(&plan, "all".parse().expect("a period"), 1, &Default::default()).expect("analysed");
    assert_eq!(analysis.accounts[0].revenue.to_string(), "10.50");
}
