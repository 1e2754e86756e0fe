use arrow_array::{Int64Array, StringArray, UInt32Array};
use proptest::prelude::*;

use super::*;

type Row = (u32, Option<i64>, String, Option<String>);

fn schema() -> SchemaRef {
    let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    Arc::new(Schema::new(vec![
        Field::new("number", DataType::UInt32, false),
        Field::new("line", DataType::Int64, true),
        Field::new("invoice", DataType::Utf8, false),
        Field::new("article", text, true),
    ]))
}

fn batch(rows: &[Row]) -> RecordBatch {
    let numbers: UInt32Array = rows.iter().map(|row| Some(row.0)).collect();
    let lines: Int64Array = rows.iter().map(|row| row.1).collect();
    let invoices: StringArray = rows.iter().map(|row| Some(row.2.as_str())).collect();
    let articles: DictionaryArray<Int32Type> = rows.iter().map(|row| row.3.as_deref()).collect();
    let columns: Vec<ArrayRef> = vec![Arc::new(numbers), Arc::new(lines), Arc::new(invoices), Arc::new(articles)];
    RecordBatch::try_new(schema(), columns).expect("columns fit the schema")
}

fn rows(batch: &RecordBatch) -> Vec<Row> {
    let numbers = batch.column(0).as_primitive::<arrow_array::types::UInt32Type>();
    let lines = batch.column(1).as_primitive::<arrow_array::types::Int64Type>();
    let invoices = batch.column(2).as_string::<i32>();
    let articles = batch.column(3).as_string::<i32>();
    (0..batch.num_rows())
        .map(|row| {
            let line = arrow_array::Array::is_valid(lines, row).then(|| lines.value(row));
            let article = arrow_array::Array::is_valid(articles, row).then(|| articles.value(row).to_owned());
            (numbers.value(row), line, invoices.value(row).to_owned(), article)
        })
        .collect()
}

/// Sorts by invoice, line and number with the rows dealt out to `sorters` sorters.
fn sort(input: &[Row], sorters: usize, chunk: usize, limits: Limits) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut all: Vec<Sorter> = (0..sorters)
        .map(|index| Sorter::new(schema(), &[2, 1, 0], folder.path(), &format!("s{index}"), limits).expect("a sorter"))
        .collect();
    for (index, rows) in input.chunks(chunk).enumerate() {
        all[index % sorters].push(&batch(rows)).expect("pushed");
    }
    let sorted = Sorter::merge(all).expect("merged").flat_map(|batch| rows(&batch.expect("a batch"))).collect();
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0, "runs are removed once read");
    sorted
}

fn any_row() -> impl Strategy<Value = Row> {
    (0..50_u32, prop::option::of(-3..3_i64), "[a-c]{0,3}|[ä-ö]{20,40}", prop::option::of("[x-z]{0,2}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn runs_on_disk_give_the_same_order_as_sorting_in_memory(input in prop::collection::vec(any_row(), 0..400), chunk in 1..40_usize) {
        let mut expected = input.clone();
        expected.sort_by(|x, y| (&x.2, x.1, x.0).cmp(&(&y.2, y.1, y.0)));
        let key = |rows: &[Row]| rows.iter().map(|row| (row.2.clone(), row.1, row.0)).collect::<Vec<_>>();
        let by_disk = sort(&input, 2, chunk, Limits { rows: 7, bytes: usize::MAX });
        let by_memory = sort(&input, 1, chunk, Limits::default());
        prop_assert_eq!(key(&by_disk), key(&expected));
        prop_assert_eq!(key(&by_memory), key(&expected));
        let sorted = |mut rows: Vec<Row>| { rows.sort(); rows };
        prop_assert_eq!(sorted(by_disk), sorted(input.clone()));
        prop_assert_eq!(sorted(by_memory), sorted(input));
    }
}

#[test]
fn more_runs_than_are_merged_at_once_are_merged_in_steps() {
    let input: Vec<Row> = (0..3000_u32).map(|n| (n, None, format!("{}", n * 7919 % 1000), Some(format!("a{}", n % 10)))).collect();
    let sorted = sort(&input, 3, 5, Limits { rows: 5, bytes: usize::MAX });
    assert_eq!(sorted.len(), 3000);
    assert!(sorted.windows(2).all(|pair| (&pair[0].2, pair[0].0) < (&pair[1].2, pair[1].0)));
    assert!(sorted.iter().all(|row| row.3 == Some(format!("a{}", row.0 % 10))));
}

#[test]
fn a_sorter_also_writes_a_run_when_its_bytes_are_many() {
    let input: Vec<Row> = (0..100_u32).map(|n| (n, Some(i64::from(n)), "i".repeat(1000), None)).rev().collect();
    let sorted = sort(&input, 1, 10, Limits { rows: usize::MAX, bytes: 30_000 });
    assert_eq!(sorted.iter().map(|row| row.0).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
}

#[test]
fn nothing_sorts_to_nothing() {
    assert_eq!(sort(&[], 2, 1, Limits::default()), []);
    assert!(Sorter::merge(Vec::new()).expect("merged").next().is_none());
}
