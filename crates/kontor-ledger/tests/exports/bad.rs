//! Files that must not be booked as they are: each stops by its kind, and goes on when that is accepted by name.

use super::{Read, accepting, read, read_for, try_read};
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Kind, Weight};
use kontor_ledger::options::Options;

const HEADERS: &str = "Rechnungsnr;Pos;Datum;Kundennr;Netto\n";

/// Enough good lines for one bad one not to be a tenth.
fn good() -> String {
    (1..=20).map(|line| format!("R{line};1;{:02}.01.2026;1;10,50\n", line + 8)).collect()
}

fn good_file() -> String {
    with("")
}

fn with(lines: &str) -> String {
    format!("{HEADERS}{}{lines}", good())
}

/// The file stops by this kind alone, says where and how to go on, has no figures, and goes on when accepted.
fn stops(text: &str, kind: Kind, line: Option<u64>) -> Read {
    let stopped = read(text);
    assert_eq!(stopped.analysis.report.stops, [kind], "{text}");
    assert!(stopped.analysis.accounts.is_empty(), "{kind}: a stopped file has no figures");
    let finding = stopped.analysis.report.findings.iter().find(|finding| finding.kind == kind).expect("a finding");
    assert_eq!(finding.line, line, "{finding:?}");
    assert!(finding.message.contains(&format!("--accept {kind}")), "{finding:?}");
    let booked = try_read(text.as_bytes(), &accepting(kind)).expect("read");
    assert!(booked.analysis.report.stops.is_empty(), "{kind}");
    booked
}

#[test]
fn days_that_cannot_be_stop() {
    for day in ["01.01.1900", "31.12.1989", "01.01.2028", "13.11.3026"] {
        let booked = stops(&with(&format!("R99;1;{day};1;1,00\n")), Kind::ImplausibleDates, Some(22));
        assert_eq!(booked.revenue(), "211.00");
    }
    assert!(read(&with("R99;1;01.01.1990;1;1,00\nR98;1;31.12.2027;1;1,00\n")).analysis.report.stops.is_empty());
}

#[test]
fn days_in_the_future_are_told_and_make_no_figure_newer() {
    let text = with("R98;1;02.07.2026;1;1,00\nR99;1;01.07.2026;1;1,00\n");
    let all = read(&text);
    assert_eq!((all.analysis.report.stops.as_slice(), all.count(Kind::FutureDates), all.revenue().as_str()), (&[][..], 1, "212.00"));
    let finding = all.analysis.report.findings.iter().find(|finding| finding.kind == Kind::FutureDates).expect("a finding");
    assert_eq!((finding.line, finding.column.as_deref(), finding.value.as_deref()), (Some(22), Some("Datum"), Some("02.07.2026")));
    let period = |text: &str| read_for(text, "last12").analysis.period.map(|period| period.to_string());
    assert_eq!(period(&with("R98;1;30.06.2027;1;1,00\n")).as_deref(), Some("2025-07-01..2026-06-30"));
}

#[test]
fn dates_with_the_year_in_front_go_with_any_others() {
    for (days, revenue) in [(["05.11.2025", "06.11.2025", "2025-11-10"], "31.50"), (["11/05/2025", "11/13/2025", "2025-11-10"], "31.50")] {
        let lines: String = days.iter().enumerate().map(|(line, day)| format!("R{line};1;{day};1;10,50\n")).collect();
        let read = read(&format!("{HEADERS}{lines}"));
        assert_eq!((read.revenue().as_str(), read.analysis.report.counts.rejected), (revenue, 0), "{days:?}");
    }
}

#[test]
fn a_row_that_is_wider_than_the_headers_is_rejected_unless_most_are() {
    let wide = read(&with("R99;1;02.01.2026;1;1,00;5\nR98;1;02.01.2026;1;1,00;;\n"));
    assert_eq!((wide.count(Kind::BrokenRow), wide.revenue().as_str()), (1, "211.00"), "empty fields behind the last one break nothing");
    let all = read(&format!("{HEADERS}{}", good().replace('\n', ";Elbe\n")));
    assert_eq!((all.count(Kind::BrokenRow), all.revenue().as_str()), (0, "210.00"), "a column without a header");
}

#[test]
fn a_header_that_was_named_by_hand_must_be_there() {
    let named = |header: &str| Options { columns: [(Role::NetAmount, header.to_owned())].into(), ..Options::default() };
    assert_eq!(try_read(good_file().as_bytes(), &named(" netto ")).map(|read| read.revenue()).expect("read"), "210.00");
    match try_read(good_file().as_bytes(), &named("Nettto")) {
        Err(error) => assert!(error.to_string().contains("no column “Nettto” for net_amount"), "{error}"),
        Ok(_) => panic!("read"),
    }
}

#[test]
fn days_and_months_that_change_places_stop() {
    let days: String = (1..=20).map(|line| format!("R{line};1;{:02}/01/2026;1;10,50\n", line + 8)).collect();
    let booked = stops(&format!("{HEADERS}{days}R99;1;01/31/2026;1;1,00\n"), Kind::ContradictoryDates, Some(22));
    assert_eq!((booked.revenue().as_str(), booked.count(Kind::BadDate)), ("210.00", 1), "what cannot be read stays out");
}

#[test]
fn decimal_signs_that_change_places_stop() {
    let booked = stops(&with("R99;1;02.01.2026;1;1,234.56\n"), Kind::ContradictoryDecimals, Some(22));
    assert_eq!((booked.revenue().as_str(), booked.count(Kind::BadNumber)), ("210.00", 1));
}

#[test]
fn the_same_line_twice_stops_and_is_booked_once_when_accepted() {
    let booked = stops(&with("R7;1;15.01.2026;1;10,50\n"), Kind::DuplicateLines, Some(22));
    assert_eq!((booked.revenue().as_str(), booked.analysis.report.counts.duplicates), ("210.00", 1));
    let other = with("R7;2;15.01.2026;1;10,50\n");
    assert!(read(&other).analysis.report.stops.is_empty(), "another line of that invoice is none");
}

#[test]
fn identical_rows_without_line_numbers_are_ordinary_lines() {
    let text = format!("Rechnungsnr;Datum;Kundennr;Netto\n{}", "R1;02.01.2026;1;10,50\n".repeat(3));
    let read = read(&text);
    assert_eq!((read.revenue().as_str(), read.analysis.report.counts.booked), ("31.50", 3));
    assert!(read.analysis.report.stops.is_empty());
}

#[test]
fn credit_notes_that_would_raise_revenue_stop() {
    for kind in ["Gutschrift", "Credit Memo", "G2", "Stornorechnung"] {
        let lines: String = (1..=20).map(|line| format!("R{line};02.01.2026;1;Rechnung;10,50\n")).collect();
        let text = format!("Rechnungsnr;Datum;Kundennr;Belegart;Netto\n{lines}R99;02.01.2026;1;{kind};1,00\n");
        let booked = stops(&text, Kind::PositiveCreditNotes, None);
        assert_eq!(booked.revenue(), "211.00", "{kind}: as they stand");
    }
}

#[test]
fn mostly_empty_files_stop() {
    stops(&with(&";;;;\n".repeat(21)), Kind::MostlyEmpty, None);
    assert!(read(&with(&";;;;\n".repeat(20))).analysis.report.stops.is_empty());
}

#[test]
fn more_than_a_tenth_rejected_stops() {
    let bad = "R99;1;soon;1;1,00\n".repeat(3);
    let stopped = read(&with(&bad));
    let told = stopped.analysis.report.findings.iter().find(|finding| finding.kind == Kind::ManyRejected).expect("a finding");
    assert!(told.message.contains("mostly bad_date, such as “soon” in line 22 of export.csv [Datum]"), "{told:?}");
    stops(&with(&bad), Kind::ManyRejected, None);
    let fine = read(&with(&"R99;1;soon;1;1,00\n".repeat(2)));
    assert_eq!((fine.analysis.report.counts.rejected, fine.revenue().as_str()), (2, "210.00"));
}

#[test]
fn several_currencies_stop_an_analysis() {
    let text = "Rechnungsnr;Datum;Kundennr;Netto;Währung\n1;02.01.2026;1;10,50;EUR\n2;02.01.2026;1;10,50;USD\n";
    stops(text, Kind::SeveralCurrencies, None);
    // Beside the amounts, as signs or codes, or named for some of the lines only.
    for lines in ["1;02.01.2026;1;10,50 €\n2;02.01.2026;1;$ 10,50\n", "1;02.01.2026;1;EUR 10,50\n2;02.01.2026;1;10,50 CHF\n"] {
        stops(&format!("Rechnungsnr;Datum;Kundennr;Netto\n{lines}"), Kind::SeveralCurrencies, None);
    }
    stops(&text.replace("EUR", ""), Kind::SeveralCurrencies, None);
}

#[test]
fn a_sign_that_says_too_little_is_rejected_until_the_currency_is_named() {
    let text = good_file().replace("10,50", "10,50 kr");
    let read = read(&text);
    assert_eq!((read.count(Kind::BadCurrency), read.analysis.report.stops.as_slice()), (20, &[Kind::ManyRejected][..]));
    let named = Options { currency: "SEK".parse().ok(), ..Options::default() };
    let read = try_read(text.as_bytes(), &named).expect("read");
    assert_eq!((read.count(Kind::BadCurrency), read.revenue().as_str()), (0, "210.00"));
}

#[test]
fn separators_that_nothing_explains_stop() {
    let lines = |amounts: [&str; 2]| amounts.iter().map(|amount| format!("R1;;02.01.2026;1;{amount}\n")).collect::<String>();
    stops(&format!("{HEADERS}{}", lines(["1.234", "12.500"])), Kind::AmbiguousDecimals, None);
    // Whole numbers below a thousand beside them show that they part thousands, a zero in front that they part decimals.
    assert_eq!(read(&format!("{HEADERS}{}", lines(["1.234", "17"]))).revenue(), "1251.00");
    assert_eq!(read(&format!("{HEADERS}{}", lines(["1.250", "0.500"]))).revenue(), "1.75");
    assert_eq!(read("Invoice,Date,Customer ID,Amount\n1,2026-01-02,7,\"12,500\"\n2,2026-01-02,7,\"1,000\"\n").revenue(), "13500.00");
}

#[test]
fn another_header_row_stops_and_the_same_one_does_not() {
    let other = with("Rechnungsnr;Netto;Datum;Kundennr;Pos\n");
    stops(&other, Kind::OtherHeaders, Some(22));
    assert_eq!(read(&with(HEADERS)).revenue(), "210.00");
}

#[test]
fn costs_of_the_wrong_sign_stop() {
    let lines = |cost: &str| {
        format!(
            "Rechnungsnr;Datum;Kundennr;Netto;Einstand\n1;02.01.2026;1;10,50;{cost}\n2;03.01.2026;1;-2,00;1,00\n3;03.01.2026;1;5,00;4,00\n"
        )
    };
    stops(&lines("-6,00"), Kind::OpposedCosts, None);
    assert_eq!(read(&lines("6,00")).cost(), "11.00");
}

#[test]
fn lines_that_mostly_name_no_customer_stop() {
    let booked = stops(&good_file().replace(".01.2026;1;", ".01.2026;;"), Kind::MostWithoutAccount, None);
    assert_eq!(booked.analysis.report.counts.without_account, 20);
    let most = good_file().replacen(".01.2026;1;", ".01.2026;;", 18);
    assert_eq!(read(&most).revenue(), "21.00", "shops sell much to who is no customer of theirs");
}

#[test]
fn discounts_of_more_than_the_price_are_rejected() {
    let file = |discounts: [&str; 3]| {
        let lines = discounts.iter().enumerate().map(|(line, discount)| format!("{line};02.01.2026;1;2;50,00;{discount}\n"));
        format!("Rechnungsnr;Datum;Kundennr;Menge;Einzelpreis;Rabatt\n{}", lines.collect::<String>())
    };
    // By hand, as a column of such values is taken for one of amounts otherwise.
    let by_hand = Options { columns: [(Role::DiscountPercent, "Rabatt".to_owned())].into(), ..Options::default() };
    let read = try_read(file(["10", "0", "150"]).as_bytes(), &by_hand).expect("read");
    assert_eq!((read.count(Kind::BadNumber), read.analysis.report.stops.as_slice()), (1, &[Kind::ManyRejected][..]));
    assert_eq!(super::read(&file(["0,1", "0", "0,5"])).revenue(), "240.00");
    // Fractions as far as the sample goes, a percentage behind it: all of them are percentages.
    let many: String = (0..5_000).map(|line| format!("{line};02.01.2026;1;2;50,00;1\n")).collect();
    let late = format!("Rechnungsnr;Datum;Kundennr;Menge;Einzelpreis;Rabatt\n{many}9999;02.01.2026;1;2;50,00;10\n");
    assert_eq!(super::read(&late).revenue(), "495090.00");
}

#[test]
fn rejected_lines_say_file_line_column_value_and_reason() {
    let mut text = with("R91;1;31.02.2026;1;1,00\nR92;1;02.01.2026;1;ten\n");
    text.push_str(&good().replace('R', "S"));
    let read = read(&text);
    let found: Vec<_> = read.analysis.report.findings.iter().map(|finding| (finding.kind, finding.line)).collect();
    assert_eq!(found, [(Kind::BadDate, Some(22)), (Kind::BadNumber, Some(23))]);
    for (finding, (column, value)) in read.analysis.report.findings.iter().zip([("Datum", "31.02.2026"), ("Netto", "ten")]) {
        assert_eq!((finding.file.as_str(), finding.column.as_deref(), finding.value.as_deref()), ("export.csv", Some(column), Some(value)));
        assert!(!finding.message.is_empty());
    }
}

#[test]
fn every_kind_that_stops_a_single_file_is_tested_here() {
    let source = include_str!("bad.rs");
    for kind in Kind::ALL.into_iter().filter(|kind| {
        kind.weight() == Weight::Stop && ![Kind::TotalsDisagree, Kind::DuplicateHeaders, Kind::OverlappingFiles].contains(kind)
    }) {
        assert!(source.contains(&format!("Kind::{kind:?}, ")), "{kind}");
    }
}

#[test]
fn headers_and_positions_that_disagree_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let [heads, lines] = ["heads.csv", "lines.csv"].map(|name| folder.path().join(name));
    std::fs::write(&heads, "Rechnungsnr;Datum;Kundennr;Netto\n1;02.01.2026;7;100,00\n2;03.01.2026;8;50,00\n").expect("written");
    std::fs::write(&lines, "Rechnungsnr;Pos;Artikelnr;Netto\n1;1;A;60,00\n1;2;B;40,00\n2;1;A;49,00\n").expect("written");
    let run = |options: &Options| {
        let plan = kontor_ledger::read::Plan::detect(&[heads.clone(), lines.clone()], options, super::today()).expect("detected");
        kontor_ledger::analyze::analyze(&plan, "all".parse().expect("a period"), 1, &Default::default()).expect("analysed")
    };
    let stopped = run(&Options::default());
    assert_eq!(stopped.report.stops, [Kind::TotalsDisagree]);
    assert!(stopped.report.findings[0].message.contains("2: header 50.00, positions 49.00"), "{:?}", stopped.report.findings);
    let booked = run(&accepting(Kind::TotalsDisagree));
    assert_eq!(booked.accounts.iter().map(|account| account.revenue).sum::<kontor_domain::Amount>().to_string(), "149.00");
}

#[test]
fn files_that_overlap_without_line_numbers_stop() {
    let run = |files: [&str; 2], options: &Options| {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = [0, 1].map(|place| folder.path().join(format!("{place}.csv")));
        for (path, lines) in paths.iter().zip(files) {
            std::fs::write(path, format!("Rechnungsnr;Datum;Kundennr;Netto\n{lines}")).expect("written");
        }
        let plan = kontor_ledger::read::Plan::detect(&paths, options, super::today()).expect("detected");
        let analysis = kontor_ledger::analyze::analyze(&plan, "all".parse().expect("a period"), 1, &Default::default()).expect("analysed");
        let revenue = analysis.accounts.iter().map(|account| account.revenue).sum::<kontor_domain::Amount>().to_string();
        (analysis.report.stops, revenue)
    };
    let [january, february] =
        ["1;02.01.2026;7;5,00\n1;02.01.2026;7;5,00\n2;31.01.2026;8;1,00\n", "2;31.01.2026;8;1,00\n3;02.02.2026;8;3,00\n"];
    assert_eq!(run([january, february], &Options::default()).0, [Kind::OverlappingFiles]);
    assert_eq!(run([january, february], &accepting(Kind::OverlappingFiles)), (vec![], "15.00".to_owned()));
    assert_eq!(run([january, "3;02.02.2026;8;3,00\n"], &Options::default()), (vec![], "14.00".to_owned()));
}

#[test]
fn headers_of_one_number_that_say_different_things_stop() {
    let files = |heads: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = ["heads.csv", "lines.csv"].map(|name| folder.path().join(name));
        std::fs::write(&paths[0], format!("Rechnungsnr;Datum;Kundennr\n{heads}")).expect("written");
        // The one program fills numbers up with zeros, the other does not.
        std::fs::write(&paths[1], "Rechnungsnr;Pos;Artikelnr;Netto\n001;1;A;60,00\n001;2;B;40,00\n").expect("written");
        let run = |options: &Options| {
            let plan = kontor_ledger::read::Plan::detect(&paths, options, super::today()).expect("detected");
            kontor_ledger::analyze::analyze(&plan, "all".parse().expect("a period"), 1, &Default::default()).expect("analysed")
        };
        [run(&Options::default()), run(&accepting(Kind::DuplicateHeaders))]
    };
    let [stopped, accepted] = files("1;02.01.2026;7\n1;02.01.2026;8\n");
    assert_eq!((stopped.report.stops.as_slice(), accepted.accounts[0].number.as_str()), (&[Kind::DuplicateHeaders,][..], "7"));
    let [fine, _] = files("1;02.01.2026;7\n1;02.01.2026;7\n");
    assert!(fine.report.stops.is_empty(), "the same header twice says nothing new");
}

#[test]
fn what_is_no_invoice_file_says_what_is_missing() {
    for (text, what) in [
        ("", "no rows"),
        ("\n\n\n", "no rows"),
        ("a;b\n1;2\n", "date, account_number, net_amount"),
        ("Rechnungsnr;Datum;Kundennr\n1;02.01.2026;7\n", "net_amount"),
        ("\0\u{1}\u{2}binary", "neither text nor a workbook nor Parquet"),
        ("<html><table><tr><td>Rechnungsnr</td></tr></table></html>", "neither text nor a workbook nor Parquet"),
    ] {
        match try_read(text.as_bytes(), &Options::default()) {
            Err(error) => assert!(error.to_string().contains(what), "{error}"),
            Ok(_) => panic!("read: {text:?}"),
        }
    }
}

#[test]
fn headers_alone_are_an_empty_file_not_an_error() {
    let read = read(HEADERS);
    assert_eq!((read.analysis.report.counts.rows, read.analysis.accounts.len()), (0, 0));
}
