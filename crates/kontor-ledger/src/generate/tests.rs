use std::collections::{BTreeMap, BTreeSet};

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type};
use arrow_array::{Array, RecordBatch};

use super::*;

fn load(lines: u64, accounts: u32) -> Load {
    Load { lines, accounts, seed: 7, as_of: NaiveDate::from_ymd_opt(2026, 6, 30).expect("a day") }
}

fn bytes(format: Format, load: &Load) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("load");
    write(&path, format, load).expect("load data");
    std::fs::read(path).expect("a file")
}

fn rows(load: &Load) -> Vec<Vec<String>> {
    let text = String::from_utf8(bytes(Format::Csv, load)).expect("UTF-8");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn body(load: &Load) -> Vec<Vec<String>> {
    rows(load).split_off(1)
}

fn cents(text: &str) -> i64 {
    text.replace('.', "").parse().expect("two decimals")
}

#[test]
fn equal_arguments_give_equal_bytes_and_another_seed_others() {
    for format in [Format::Csv, Format::Parquet] {
        let first = bytes(format, &load(5_000, 200));
        assert!(first == bytes(format, &load(5_000, 200)));
        assert!(first != bytes(format, &Load { seed: 8, ..load(5_000, 200) }));
    }
}

#[test]
fn the_lines_of_a_seed_never_change() {
    let expected = [
        "R10000001,1,2024-07-30,10001,Pelzdorff Holzwerke AG,DE,19053,Schwerin,A-06975,Frequency inverters,10,844.35,,EUR",
        "R10000001,2,2024-07-30,10001,Pelzdorff Holzwerke AG,DE,19053,Schwerin,A-04254,Electric motors,1,25.32,24.00,EUR",
        "R10000002,1,2026-06-30,10002,Merkbeck Metallbau KG,DE,29221,Celle,A-02167,Bearing units,2,333.54,211.44,EUR",
    ];
    assert_eq!(body(&load(3, 2)).iter().map(|row| row.join(",")).collect::<Vec<_>>(), expected);
}

#[test]
fn there_are_as_many_lines_as_asked_for_below_the_header() {
    for lines in [0, 1, 19, 12_345] {
        let rows = rows(&load(lines, 100));
        assert_eq!(rows[0], HEADER);
        assert_eq!(rows.len() as u64, lines + 1);
        assert!(rows.iter().all(|row| row.len() == HEADER.len()));
    }
}

#[test]
fn all_accounts_occur_when_there_are_enough_lines() {
    for (lines, accounts, expected) in [(1_000, 1_000, 1_000), (1_300, 1_000, 1_000), (9_000, 1_000, 1_000), (30, 1_000, 30), (5_000, 1, 1)]
    {
        let seen: BTreeSet<String> = body(&load(lines, accounts)).into_iter().map(|row| row[3].clone()).collect();
        assert_eq!(seen.len(), expected, "{lines} lines, {accounts} accounts");
    }
}

#[test]
fn invoices_rise_in_number_and_date_and_have_one_to_twenty_lines_of_one_account() {
    let mut before: Option<Vec<String>> = None;
    let mut sizes = BTreeSet::new();
    for row in body(&load(20_000, 500)) {
        let number: usize = row[1].parse().expect("a line number");
        sizes.insert(number);
        match &before {
            Some(before) if before[0] == row[0] => {
                assert_eq!(number, before[1].parse::<usize>().expect("a line number") + 1);
                assert_eq!(before[2..8], row[2..8]);
            }
            Some(before) => {
                assert_eq!(number, 1);
                assert!(before[0][1..] < row[0][1..] && before[2] <= row[2], "{before:?} {row:?}");
            }
            None => assert_eq!(number, 1),
        }
        before = Some(row);
    }
    assert_eq!((sizes.first(), sizes.last()), (Some(&1), Some(&20)));
}

#[test]
fn the_data_span_the_36_months_up_to_the_day_and_spare_sundays() {
    for as_of in ["2026-06-30", "2024-02-29", "2027-01-01"] {
        let as_of: NaiveDate = as_of.parse().expect("a day");
        let dates: BTreeSet<NaiveDate> =
            body(&Load { as_of, ..load(30_000, 50) }).iter().map(|row| row[2].parse().expect("a day")).collect();
        let (first, last) = (*dates.first().expect("a day"), *dates.last().expect("a day"));
        assert!((as_of - last).num_days() <= 2, "{as_of}: {last}");
        assert!((1_090..=1_096).contains(&(as_of - first).num_days()), "{as_of}: {first}");
        assert!(dates.iter().all(|date| chrono::Datelike::weekday(date) != chrono::Weekday::Sun));
    }
}

#[test]
fn customers_are_skewed_credit_notes_are_few_and_some_costs_are_unknown() {
    let rows = body(&load(100_000, 1_000));
    let mut revenue: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &rows {
        *revenue.entry(&row[3]).or_default() += cents(&row[11]);
    }
    let mut amounts: Vec<i64> = revenue.into_values().collect();
    amounts.sort_unstable_by(|a, b| b.cmp(a));
    let (top, total) = (amounts[..200].iter().sum::<i64>(), amounts.iter().sum::<i64>());
    assert!((60..=90).contains(&(top * 100 / total)), "the top fifth brings {} %", top * 100 / total);

    let invoices: BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let credits = invoices.iter().filter(|number| number.starts_with('C')).count();
    assert!((10..=30).contains(&(credits * 1_000 / invoices.len())), "{credits} of {}", invoices.len());
    assert!(
        rows.iter().all(|row| row[0].starts_with('C') == row[10].starts_with('-') && row[10].starts_with('-') == row[11].starts_with('-'))
    );

    let unknown = rows.iter().filter(|row| row[12].is_empty()).count();
    assert!((20..=40).contains(&(unknown * 1_000 / rows.len())), "{unknown} lines without cost");
    let groups: BTreeSet<&str> = rows.iter().map(|row| row[9].as_str()).collect();
    assert_eq!(groups.len(), 40);
}

#[test]
fn parquet_holds_the_same_lines_as_csv() {
    let load = load(70_000, 300);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("load.parquet");
    write(&path, Format::Parquet, &load).expect("load data");
    let file = File::open(path).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").with_batch_size(100_000).build().expect("a reader");
    let found: Vec<Vec<String>> = reader.flat_map(|batch| texts(&batch.expect("a batch"))).collect();
    assert!(found == body(&load));
}

/// The rows of a batch, written as in the CSV.
fn texts(batch: &RecordBatch) -> Vec<Vec<String>> {
    let cell = |column: usize, row: usize| {
        let array = batch.column(column);
        let text = || {
            let dictionary = array.as_dictionary::<Int32Type>();
            dictionary.values().as_string::<i32>().value(dictionary.keys().value(row) as usize).to_owned()
        };
        match HEADER[column] {
            "invoice_number" => array.as_string::<i32>().value(row).to_owned(),
            "line_number" | "quantity" => array.as_primitive::<Int32Type>().value(row).to_string(),
            "date" => array.as_primitive::<Date32Type>().value_as_date(row).expect("a day").to_string(),
            "net_amount" | "line_cost" if array.is_null(row) => String::new(),
            "net_amount" | "line_cost" => array.as_primitive::<Decimal128Type>().value_as_string(row),
            _ => text(),
        }
    };
    (0..batch.num_rows()).map(|row| (0..HEADER.len()).map(|column| cell(column, row)).collect()).collect()
}

#[test]
fn lines_without_accounts_and_folders_that_are_not_there_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let failed = |path: &Path, load: &Load| write(path, Format::Csv, load).expect_err("an error").to_string();
    assert!(failed(&folder.path().join("a.csv"), &load(5, 0)).ends_with("a.csv: lines need at least one account"));
    assert!(failed(&folder.path().join("no/a.csv"), &load(5, 1)).contains("no/a.csv: "));
    assert!(!folder.path().join("a.csv").exists());
}

#[test]
fn the_extension_names_the_format() {
    let of = |path: &str| Format::of(Path::new(path));
    assert_eq!((of("a.csv"), of("a.b/c.PARQUET"), of("a.xlsx"), of("csv")), (Some(Format::Csv), Some(Format::Parquet), None, None));
}
