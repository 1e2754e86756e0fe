//! Parquet files, read a row group at a time by several threads, with only the columns that are needed.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::value::{Decimal, Number, is_nothing, parse_date, parse_number};
use crate::Error;

const BATCH: usize = 8 * 1024;

/// An opened file: what its footer says.
#[derive(Clone)]
pub struct ParquetFile {
    metadata: ArrowReaderMetadata,
    headers: Vec<String>,
    name: String,
}

impl ParquetFile {
    /// Reads the footer. Text columns whose values repeat are read as codes into dictionaries, which is how they lie in the file.
    pub fn open(path: &Path) -> Result<ParquetFile, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(path).map_err(|source| super::text::io_error(path, source))?;
        let bad = |error: &dyn std::fmt::Display| Error::Unreadable {
            file: name.clone(),
            message: format!("not a Parquet file that can be read: {error}"),
        };
        let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| bad(&error))?;
        let options = ArrowReaderOptions::new().with_schema(quicker(&plain));
        // A schema that cannot be read this way (nested columns) is read as it is.
        let metadata = ArrowReaderMetadata::try_new(plain.metadata().clone(), options).unwrap_or(plain);
        let headers = metadata.schema().fields().iter().map(|field| field.name().clone()).collect();
        Ok(ParquetFile { metadata, headers, name })
    }

    /// The names of its columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Whether a column holds numbers by its type, so that every value can be read.
    pub fn is_numeric(&self, column: usize) -> bool {
        self.metadata.schema().field(column).data_type().is_numeric()
    }

    /// How many row groups it has.
    pub fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// How many rows stand before a row group.
    pub fn rows_before(&self, group: usize) -> u64 {
        self.metadata.metadata().row_groups()[..group].iter().map(|group| group.num_rows().unsigned_abs()).sum()
    }

    /// Reads batches of one row group with only these columns; `limit` rows at most where given.
    pub fn read(
        &self,
        path: &Path,
        group: usize,
        columns: &[usize],
        limit: Option<usize>,
    ) -> Result<impl Iterator<Item = Result<Batch, Error>>, Error> {
        let file = File::open(path).map_err(|source| super::text::io_error(path, source))?;
        let name = self.name.clone();
        let bad = move |error: &dyn std::fmt::Display| Error::Unreadable { file: name.clone(), message: error.to_string() };
        let mut sorted = columns.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), sorted.iter().copied());
        let mut builder = builder.with_projection(mask).with_row_groups(vec![group]).with_batch_size(BATCH);
        if let Some(limit) = limit {
            builder = builder.with_limit(limit);
        }
        let reader = builder.build().map_err(|error| bad(&error))?;
        Ok(reader.map(move |batch| batch.map(|batch| Batch::new(&batch, &sorted)).map_err(|error| bad(&error))))
    }
}

/// Bytes that a value may take in the file on average to be worth a dictionary. More than that are texts that hardly repeat, such as invoice numbers.
const CODE_BYTES: i64 = 4;

/// The schema in the types that are quickest to read: codes where texts repeat, 64 bits for amounts that fit into them.
fn quicker(metadata: &ArrowReaderMetadata) -> SchemaRef {
    let chunks = metadata.metadata().row_groups().first().map_or(&[][..], |group| group.columns());
    let is_flat = chunks.len() == metadata.schema().fields().len();
    let repeats = |place: usize| {
        is_flat && chunks[place].num_values() > 0 && chunks[place].uncompressed_size() < chunks[place].num_values() * CODE_BYTES
    };
    let fields = metadata.schema().fields().iter().enumerate().map(|(place, field)| {
        let kind = match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View if repeats(place) => {
                DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
            }
            DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
            DataType::Decimal128(precision @ ..=18, scale @ 0..=9) => DataType::Decimal64(*precision, *scale),
            other => other.clone(),
        };
        Field::new(field.name(), kind, field.is_nullable())
    });
    Schema::new(fields.collect::<Vec<_>>()).into()
}

/// A batch of rows, column by column.
pub struct Batch {
    columns: Vec<Column>,
    rows: usize,
}

/// The values of one column in a form that is quick to ask.
pub enum Column {
    /// Not read.
    Absent,
    /// Texts as codes into a dictionary.
    Codes(Int32Array, StringArray),
    /// Texts.
    Texts(StringArray),
    /// Numbers of a fixed scale.
    Fixed(Int64Array, u8),
    /// Floating-point numbers.
    Float(Float64Array),
    /// Days since 1970-01-01.
    Days(Date32Array),
}

impl Batch {
    fn new(batch: &RecordBatch, places: &[usize]) -> Batch {
        let mut columns: Vec<Column> = (0..=places.last().copied().unwrap_or(0)).map(|_| Column::Absent).collect();
        for (place, array) in places.iter().zip(batch.columns()) {
            columns[*place] = column(array);
        }
        Batch { columns, rows: batch.num_rows() }
    }

    /// How many rows.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// A column by its place in the file.
    pub fn column(&self, place: usize) -> &Column {
        self.columns.get(place).unwrap_or(&Column::Absent)
    }
}

impl Column {
    /// The value as it stands, where it is a text; empty where there is none.
    pub fn str(&self, row: usize) -> Option<&str> {
        match self {
            Column::Codes(codes, values) if codes.is_valid(row) => Some(values.value(codes.value(row) as usize)),
            Column::Texts(values) if values.is_valid(row) => Some(values.value(row)),
            Column::Codes(..) | Column::Texts(_) | Column::Absent => Some(""),
            Column::Fixed(..) | Column::Float(_) | Column::Days(_) => None,
        }
    }

    /// The value as text, as it would stand in a file.
    pub fn text(&self, row: usize) -> Option<String> {
        match self {
            Column::Absent => None,
            Column::Codes(codes, _) if codes.is_null(row) => None,
            Column::Texts(values) if values.is_null(row) => None,
            Column::Codes(..) | Column::Texts(_) => self.str(row).map(str::to_owned),
            Column::Fixed(values, scale) => {
                values.is_valid(row).then(|| rust_decimal::Decimal::new(values.value(row), u32::from(*scale)).to_string())
            }
            Column::Float(values) => values.is_valid(row).then(|| values.value(row).to_string()),
            Column::Days(values) => values.is_valid(row).then(|| day(values.value(row))).flatten().map(|day| day.to_string()),
        }
    }

    /// The value as a number: `Err` with the text when it is none.
    pub fn number(&self, row: usize, decimal: Decimal) -> Result<Option<Number>, String> {
        match self {
            Column::Absent => Ok(None),
            Column::Fixed(values, scale) => Ok(values.is_valid(row).then(|| Number { mantissa: values.value(row), scale: *scale })),
            // A float that is no number stands for nothing in the tables it comes from.
            Column::Float(values) if values.is_null(row) || values.value(row).is_nan() => Ok(None),
            Column::Float(values) => {
                // The shortest decimal that means this float is what was written into it.
                let text = values.value(row).to_string();
                parse_number(&text, Decimal::Point).map(Some).ok_or(text)
            }
            Column::Codes(..) | Column::Texts(_) => match self.str(row).map(str::trim).filter(|text| !is_nothing(text)) {
                None => Ok(None),
                Some(text) => parse_number(text, decimal).map(Some).ok_or_else(|| text.to_owned()),
            },
            Column::Days(_) => self.text(row).map_or(Ok(None), Err),
        }
    }

    /// The value as days since 1970-01-01: `Err` with the text when it is no date.
    pub fn date(&self, row: usize, order: super::value::DateOrder) -> Result<Option<i32>, String> {
        match self {
            Column::Days(values) => Ok(values.is_valid(row).then(|| values.value(row))),
            _ => match self.text(row).map(|text| text.trim().to_owned()).filter(|text| !is_nothing(text)) {
                None => Ok(None),
                Some(text) => parse_date(&text, order).map(Some).ok_or(text),
            },
        }
    }
}

fn day(days: i32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_num_days_from_ce_opt(days.checked_add(719_163)?)
}

fn column(array: &ArrayRef) -> Column {
    let cast = |to: DataType| arrow_cast::cast(array, &to).ok();
    let fixed = |scale: u8| cast(DataType::Int64).map(|array| Column::Fixed(array.as_primitive::<Int64Type>().clone(), scale));
    let found = match array.data_type() {
        DataType::Dictionary(key, value) if **key == DataType::Int32 && **value == DataType::Utf8 => {
            let dictionary = array.as_dictionary::<Int32Type>();
            Some(Column::Codes(dictionary.keys().clone(), dictionary.values().as_string::<i32>().clone()))
        }
        kind if kind.is_integer() => fixed(0),
        DataType::Decimal64(_, scale @ 0..=9) => {
            Some(Column::Fixed(array.as_primitive::<Decimal64Type>().reinterpret_cast::<Int64Type>(), *scale as u8))
        }
        DataType::Float32 => {
            let values = array.as_primitive::<Float32Type>();
            // By way of their text, which means the decimal that was written.
            Some(Column::Float(values.unary(|value| value.to_string().parse().unwrap_or(f64::NAN))))
        }
        DataType::Float64 => Some(Column::Float(array.as_primitive::<Float64Type>().clone())),
        DataType::Date32 => Some(Column::Days(array.as_primitive::<Date32Type>().clone())),
        DataType::Date64 => cast(DataType::Date32).map(|array| Column::Days(array.as_primitive::<Date32Type>().clone())),
        DataType::Timestamp(unit, _) => {
            let per_day = match unit {
                TimeUnit::Second => 86_400,
                TimeUnit::Millisecond => 86_400_000,
                TimeUnit::Microsecond => 86_400_000_000,
                TimeUnit::Nanosecond => 86_400_000_000_000,
            };
            cast(DataType::Int64).map(|array| {
                let instants = array.as_primitive::<Int64Type>();
                Column::Days(instants.unary(|instant| i32::try_from(instant.div_euclid(per_day)).unwrap_or(i32::MAX)))
            })
        }
        _ => None,
    };
    found.unwrap_or_else(|| cast(DataType::Utf8).map_or(Column::Absent, |array| Column::Texts(array.as_string::<i32>().clone())))
}
