//! The same invoices in every dress.

use super::{Encoded, read, try_read};
use kontor_ledger::finding::Kind;
use kontor_ledger::options::Options;
use kontor_ledger::read::value::{DateOrder, Decimal};

/// Three lines: 1234.50, -20.25, 1000000.
fn file(delimiter: char, dates: [&str; 3], amounts: [&str; 3]) -> String {
    let quoted = |text: &str| if text.contains(delimiter) { format!("\"{text}\"") } else { text.to_owned() };
    let mut text = ["Rechnungsnr", "Datum", "Kundennr", "Kunde", "Netto"].join(&delimiter.to_string()) + "\n";
    for (number, (date, amount)) in dates.into_iter().zip(amounts).enumerate() {
        let fields = [&number.to_string(), date, "1", "Elbe", amount].map(quoted);
        text.push_str(&(fields.join(&delimiter.to_string()) + "\n"));
    }
    text
}

const DATES: [[&str; 3]; 11] = [
    ["02.01.2026", "13.01.2026", "31.01.2026"],
    ["2.1.2026", "13.1.2026", "31.1.2026"],
    ["02.01.26", "13.01.26", "31.01.26"],
    ["2026-01-02", "2026-01-13", "2026-01-31"],
    ["1/2/2026", "1/13/2026", "1/31/2026"],
    ["02/01/2026", "13/01/2026", "31/01/2026"],
    ["20260102", "20260113", "20260131"],
    ["2026-01-02T08:26:00Z", "2026-01-13T00:00:00Z", "2026-01-31T23:59:59.999+01:00"],
    ["2026-01-02 08:26:00", "2026-01-13 00:00:00", "2026-01-31 23:59:59"],
    ["20260102082600", "20260113000000", "20260131235959"],
    ["2. Januar 2026", "13. Januar 2026", "31. Januar 2026"],
];

const AMOUNTS: [[&str; 3]; 18] = [
    ["1234,50", "-20,25", "1000000"],
    ["1.234,50", "-20,25", "1.000.000,00"],
    ["1.234,50", "20,25-", "1.000.000,00"],
    ["1.234,50", "(20,25)", "1.000.000,00"],
    ["1.234,50 €", "-20,25 €", "1.000.000,00 €"],
    ["€ 1.234,50", "€ -20,25", "€ 1.000.000,00"],
    ["1.234,50 EUR", "-20,25 EUR", "1.000.000,00 EUR"],
    ["1 234,50", "-20,25", "1 000 000,00"],
    ["1\u{a0}234,50", "−20,25", "1\u{a0}000\u{a0}000,00"],
    ["1\u{202f}234,50", "-20,25", "1\u{202f}000\u{202f}000,00"],
    ["1'234.50", "-20.25", "1'000'000.00"],
    ["1’234.50", "-20.25", "1’000’000.00"],
    ["CHF 1'234.50", "CHF -20.25", "CHF 1'000'000.00"],
    ["1234.50", "-20.25", "1000000"],
    ["1,234.50", "-20.25", "1,000,000.00"],
    ["1,234.50", "(20.25)", "1,000,000.00"],
    ["$1,234.50", "-$20.25", "$1,000,000.00"],
    ["1,234.50", "20.25-", "1,000,000"],
];

#[test]
fn all_delimiters_dates_and_numbers_go_together() {
    let pairs = |delimiter| {
        let some = if delimiter == ';' { DATES.len() } else { 1 };
        let by_dates = DATES.into_iter().map(|dates| (dates, AMOUNTS[1]));
        let by_amounts = DATES.into_iter().take(some).flat_map(|dates| AMOUNTS.map(|amounts| (dates, amounts)));
        by_dates.chain(by_amounts).map(move |(dates, amounts)| file(delimiter, dates, amounts))
    };
    for text in [';', ',', '\t', '|'].into_iter().flat_map(pairs) {
        let read = read(&text);
        let report = &read.analysis.report;
        assert!(report.stops.is_empty() && report.counts.rejected == 0, "{text}{:?}", report.findings);
        assert_eq!(read.revenue(), "1001214.25", "{text}");
        let days = [report.first, report.last].map(|day| day.expect("a day").to_string());
        assert_eq!(days, ["2026-01-02", "2026-01-31"], "{text}");
    }
}

#[test]
fn all_encodings_go_with_all_line_ends() {
    let plain = file(';', DATES[0], AMOUNTS[4]).replace("Elbe", "Müller");
    for encoded in [Encoded::Utf8, Encoded::Utf8WithMark, Encoded::Utf16, Encoded::Windows1252] {
        for end in ["\n", "\r\n", "\r"] {
            let read = try_read(&encoded.bytes(&plain.replace('\n', end)), &Options::default()).expect("read");
            assert_eq!((read.revenue().as_str(), read.analysis.accounts[0].name.as_str()), ("1001214.25", "Müller"), "{encoded:?} {end:?}");
        }
    }
}

#[test]
fn titles_above_and_totals_below_are_no_lines() {
    let text =
        format!("Umsatzliste Januar;;;;\nstand: 31.01.2026;;;;\n;;;;\n{};;;;\nSumme;;;;1.001.214,25\n", file(';', DATES[0], AMOUNTS[1]));
    let read = read(&text);
    assert_eq!((read.revenue().as_str(), read.analysis.report.counts.rows), ("1001214.25", 3));
    assert_eq!((read.count(Kind::TotalRows), read.count(Kind::EmptyRows)), (1, 1));
}

#[test]
fn a_currency_sign_names_the_currency_of_all_lines() {
    for (amounts, code) in [(AMOUNTS[4], "EUR"), (AMOUNTS[16], "USD")] {
        let read = read(&file(';', DATES[3], amounts));
        assert_eq!(read.analysis.currency.map(String::from).as_deref(), Some(code));
    }
}

#[test]
fn days_that_nothing_decides_are_told() {
    let read = read(&file(',', ["1/2/2026", "3/4/2026", "5/6/2026"], AMOUNTS[13]));
    assert_eq!(read.count(Kind::AmbiguousDates), 1);
}

#[test]
fn the_order_of_days_can_be_said_by_hand() {
    let text = file(',', ["1/2/2026", "3/4/2026", "5/6/2026"], AMOUNTS[13]);
    let days = |order| {
        let read = try_read(text.as_bytes(), &Options { date_order: Some(order), ..Options::default() }).expect("read");
        assert_eq!(read.count(Kind::AmbiguousDates), 0, "nothing is left open");
        [read.analysis.report.first, read.analysis.report.last].map(|day| day.expect("a day").to_string())
    };
    assert_eq!(days(DateOrder::DayMonthYear), ["2026-02-01", "2026-06-05"]);
    assert_eq!(days(DateOrder::MonthDayYear), ["2026-01-02", "2026-05-06"]);
}

#[test]
fn an_order_of_days_that_the_file_contradicts_stops() {
    let text = file(';', ["31.01.2026", "2026-01-02", "03.01.2026"], AMOUNTS[1]);
    let by_hand = |order| try_read(text.as_bytes(), &Options { date_order: Some(order), ..Options::default() }).expect("read").analysis;
    assert!(by_hand(DateOrder::MonthDayYear).report.stops.contains(&Kind::ContradictoryDates));
    assert!(by_hand(DateOrder::YearMonthDay).report.stops.contains(&Kind::ContradictoryDates));
    assert!(by_hand(DateOrder::DayMonthYear).report.stops.is_empty(), "the year in front is read in any order");
}

#[test]
fn the_decimal_separator_can_be_said_by_hand() {
    let text = file(';', DATES[0], ["1.234", "2.000", "3.500"]);
    for (decimal, revenue) in [(Decimal::Comma, "6734.00"), (Decimal::Point, "6.73")] {
        let read = try_read(text.as_bytes(), &Options { decimal: Some(decimal), ..Options::default() }).expect("read");
        assert!(read.analysis.report.stops.is_empty());
        assert_eq!(read.revenue(), revenue, "{decimal:?}");
    }
    let contradicted = Options { decimal: Some(Decimal::Point), ..Options::default() };
    let read = try_read(file(';', DATES[0], AMOUNTS[1]).as_bytes(), &contradicted).expect("read");
    assert!(read.analysis.report.stops.contains(&Kind::ContradictoryDecimals));
}

#[test]
fn the_encoding_can_be_said_by_hand() {
    let bytes = Encoded::Windows1252.bytes(&file(';', DATES[0], AMOUNTS[1]).replace("Elbe", "Müller"));
    let name = |encoding| {
        let options = Options { encoding: Some(encoding), ..Options::default() };
        try_read(&bytes, &options).expect("read").analysis.accounts[0].name.clone()
    };
    assert_eq!(name(encoding_rs::WINDOWS_1252), "Müller");
    assert_eq!(name(encoding_rs::MACINTOSH), "M¸ller", "as the user wants it, though it is wrong");
}
