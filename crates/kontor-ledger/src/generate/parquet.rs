//! Load data as Parquet: text as dictionaries, dates as days, amounts as decimals.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::places::{PLACES, Place};
use super::world::{Article, GROUPS, World};
use super::{HEADER, Line, Target};

/// Lines that are handed to the writer at once.
const BATCH: usize = 65_536;
/// Lines of one row group.
const ROW_GROUP: usize = 1_000_000;
/// Digits before and after the point of an amount.
const PRECISION: u8 = 18;
const SCALE: i8 = 2;

/// Writes lines as Parquet. The values of every text column but the invoice number are known beforehand, so a line holds codes only.
pub(super) struct ParquetTarget<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: SchemaRef,
    lines: Vec<Line>,
    /// Days since 1970-01-01 of each day.
    days: Vec<i32>,
    /// The place of each account.
    places: Vec<i32>,
    values: Values,
}

/// The dictionaries.
struct Values {
    account_number: ArrayRef,
    account_name: ArrayRef,
    country: ArrayRef,
    postal_code: ArrayRef,
    city: ArrayRef,
    article_number: ArrayRef,
    product_group: ArrayRef,
    currency: ArrayRef,
}

impl<W: Write + Send> ParquetTarget<W> {
    pub(super) fn new(out: W, world: &World) -> io::Result<ParquetTarget<W>> {
        let schema = schema();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            // The names of 50,000 accounts do not fit into the usual megabyte.
            .set_dictionary_page_size_limit(16 << 20)
            .build();
        Ok(ParquetTarget {
            writer: ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(failed)?,
            schema,
            lines: Vec::with_capacity(BATCH),
            days: world.days.iter().map(|day| (day.date - NaiveDate::default()).num_days() as i32).collect(),
            places: world.accounts.iter().map(|account| account.place as i32).collect(),
            values: Values::of(world),
        })
    }

    fn write_batch(&mut self) -> io::Result<()> {
        let batch = RecordBatch::try_new(self.schema.clone(), self.columns()).map_err(io::Error::other)?;
        self.lines.clear();
        self.writer.write(&batch).map_err(failed)
    }

    /// The columns in the order of [`HEADER`].
    fn columns(&self) -> Vec<ArrayRef> {
        let lines = &self.lines;
        let text = |values: &ArrayRef, code: &dyn Fn(&Line) -> i32| -> ArrayRef {
            let codes: Int32Array = lines.iter().map(|line| Some(code(line))).collect();
            Arc::new(DictionaryArray::<Int32Type>::new(codes, values.clone()))
        };
        let cents = |amount: &dyn Fn(&Line) -> Option<i64>| -> ArrayRef {
            let amounts: Decimal128Array = lines.iter().map(|line| amount(line).map(i128::from)).collect();
            Arc::new(amounts.with_data_type(DataType::Decimal128(PRECISION, SCALE)))
        };
        let place = |line: &Line| self.places[line.account];
        let values = &self.values;
        vec![
            Arc::new(StringArray::from_iter_values(lines.iter().map(|line| format!("{}{}", line.series() as char, line.invoice)))),
            Arc::new(Int32Array::from_iter_values(lines.iter().map(|line| line.number as i32))),
            Arc::new(Date32Array::from_iter_values(lines.iter().map(|line| self.days[line.day]))),
            text(&values.account_number, &|line| line.account as i32),
            text(&values.account_name, &|line| line.account as i32),
            text(&values.country, &place),
            text(&values.postal_code, &place),
            text(&values.city, &place),
            text(&values.article_number, &|line| line.article as i32),
            text(&values.product_group, &|line| Article::group_of(line.article) as i32),
            Arc::new(Int32Array::from_iter_values(lines.iter().map(|line| line.quantity))),
            cents(&|line| Some(line.net_cents)),
            cents(&|line| line.cost_cents),
            text(&values.currency, &|_| 0),
        ]
    }
}

impl<W: Write + Send> Target for ParquetTarget<W> {
    fn take(&mut self, line: &Line) -> io::Result<()> {
        self.lines.push(*line);
        if self.lines.len() == BATCH { self.write_batch() } else { Ok(()) }
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_batch()?;
        self.writer.close().map_err(failed).map(|_| ())
    }
}

impl Values {
    fn of(world: &World) -> Values {
        let of_places = |text: fn(&Place) -> &str| strings(PLACES.iter().map(text));
        Values {
            account_number: strings(world.accounts.iter().map(|account| account.number.as_str())),
            account_name: strings(world.accounts.iter().map(|account| account.name.as_str())),
            country: of_places(|place| place.country),
            postal_code: of_places(|place| place.postal_code),
            city: of_places(|place| place.city),
            article_number: strings(world.articles.iter().map(|article| article.number.as_str())),
            product_group: strings(GROUPS.into_iter()),
            currency: strings(["EUR"].into_iter()),
        }
    }
}

fn strings<'a>(values: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

fn schema() -> SchemaRef {
    let of = |name: &str| match name {
        "invoice_number" => DataType::Utf8,
        "line_number" | "quantity" => DataType::Int32,
        "date" => DataType::Date32,
        "net_amount" | "line_cost" => DataType::Decimal128(PRECISION, SCALE),
        _ => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
    };
    Arc::new(Schema::new(HEADER.map(|name| Field::new(name, of(name), name == "line_cost")).to_vec()))
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => io::Error::other(source),
        other => io::Error::other(other),
    }
}
