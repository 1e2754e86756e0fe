//! Columns and encodings of a segment's files.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::Part;

/// The columns of a file.
pub(crate) fn schema_of(part: Part) -> SchemaRef {
    match part {
        Part::Lines => line_schema(),
        Part::Groups => group_schema(),
        Part::Months => month_schema(),
        Part::Totals => total_schema(),
        Part::Accounts => account_schema(),
        Part::Keys => key_schema(),
    }
}

fn schema(fields: Vec<Field>) -> SchemaRef {
    Arc::new(Schema::new(fields))
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int64, false)
}

fn code(name: &str) -> Field {
    Field::new(name, DataType::UInt32, false)
}

fn month() -> Field {
    Field::new("month", DataType::Int32, false)
}

fn date(name: &str, nullable: bool) -> Field {
    Field::new(name, DataType::Date32, nullable)
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

/// Texts of which a segment has few.
fn coded(name: &str) -> Field {
    Field::new(name, DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)), true)
}

fn line_schema() -> SchemaRef {
    schema(vec![
        code("account"),
        date("date", false),
        Field::new("invoice", DataType::Utf8, false),
        Field::new("line", DataType::Int64, true),
        number("net"),
        Field::new("cost", DataType::Int64, true),
        Field::new("quantity", DataType::Int64, true),
        coded("currency"),
        coded("product_group"),
        text("article_number"),
        text("article_name"),
        text("status"),
        Field::new("is_credit", DataType::Boolean, false),
        Field::new("sign", DataType::Int8, false),
        Field::new("invoices", DataType::Int8, false),
    ])
}

/// The sums that `groups`, `months` and `totals` have in common.
fn sums() -> Vec<Field> {
    vec![number("revenue"), number("cost"), number("known_revenue"), number("lines"), number("invoices"), number("credit_lines")]
}

fn group_schema() -> SchemaRef {
    schema([vec![code("account"), month(), coded("product_group"), coded("currency")], sums()].concat())
}

fn total_schema() -> SchemaRef {
    schema([vec![month(), coded("product_group"), coded("currency")], sums()].concat())
}

/// First and last day are those of lines with sign 1, null where there are none; `reversals` counts the lines with sign −1, where the days
/// may be those of a line that is no more.
pub(crate) fn month_schema() -> SchemaRef {
    let days = vec![date("first", true), date("last", true), number("reversals")];
    schema([vec![month(), code("account"), coded("currency")], sums(), days].concat())
}

fn account_schema() -> SchemaRef {
    let known = Field::new("number", DataType::Utf8, false);
    let attributes = ["name", "country", "postal_code", "city", "industry"].map(text);
    let ends = vec![Field::new("is_seen", DataType::Boolean, false), code("lines_end"), code("groups_end")];
    schema([vec![known], attributes.to_vec(), ends].concat())
}

fn key_schema() -> SchemaRef {
    schema(vec![
        Field::new("invoice", DataType::Utf8, false),
        Field::new("line", DataType::Int64, true),
        code("occurrence"),
        Field::new("hash", DataType::UInt64, false),
        code("account"),
        date("date", false),
        Field::new("sign", DataType::Int8, false),
    ])
}

/// How a file is written.
///
/// Snappy, as reading a few rows of many segments must be quick: Zstandard makes the files a twentieth smaller, but setting up its state for every
/// column costs more than reading one account's rows. Pages are small, so that one account's rows cost little to read. Amounts hardly ever repeat enough for a dictionary; as differences packed into
/// as few bits as they need they are small and quick to read without compression.
pub(crate) fn properties(part: Part) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_max_row_group_row_count(Some(512 << 10))
        .set_data_page_row_count_limit(page_rows(part))
        .set_created_by("Kontor".to_owned());
    let packed: &[&str] = match part {
        Part::Lines => &["account", "net", "cost", "quantity"],
        Part::Keys => &["account"],
        Part::Groups | Part::Months => &["account", "revenue", "cost", "known_revenue"],
        Part::Totals | Part::Accounts => &[],
    };
    for column in packed.iter().map(|&name| ColumnPath::from(name)) {
        properties = properties
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_encoding(column.clone(), Encoding::DELTA_BINARY_PACKED)
            .set_column_compression(column, Compression::UNCOMPRESSED);
    }
    let invoice = ColumnPath::from("invoice");
    match part {
        Part::Lines => properties.set_column_dictionary_enabled(invoice, false),
        Part::Keys => properties
            .set_column_dictionary_enabled(invoice.clone(), false)
            .set_column_encoding(invoice.clone(), Encoding::DELTA_BYTE_ARRAY)
            .set_column_statistics_enabled(invoice, EnabledStatistics::Page)
            .set_column_dictionary_enabled(ColumnPath::from("hash"), false)
            .set_column_compression(ColumnPath::from("hash"), Compression::UNCOMPRESSED),
        _ => properties,
    }
    .build()
}

const fn page_rows(part: Part) -> usize {
    match part {
        Part::Lines | Part::Groups | Part::Keys => 4096,
        Part::Months | Part::Totals | Part::Accounts => 16384,
    }
}
