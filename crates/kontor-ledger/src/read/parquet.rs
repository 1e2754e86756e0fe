//! Parquet files, read a row group at a time by several threads, with only the columns that are needed.

use std::fs::File;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use super::value::{Decimal, Number, parse_date, parse_number};
use crate::Error;

const BATCH: usize = 32 * 1024;

/// An opened file: what its footer says.
#[derive(Clone)]
pub struct ParquetFile {
    metadata: ArrowReaderMetadata,
    headers: Vec<String>,
    name: String,
}

impl ParquetFile {
    /// Reads the footer. Text columns are read as codes into dictionaries, which is how they lie in the file.
    pub fn open(path: &Path) -> Result<ParquetFile, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::open(path).map_err(|source| super::text::io_error(path, source))?;
        let bad = |error: &dyn std::fmt::Display| Error::Unreadable {
            file: name.clone(),
            message: format!("not a Parquet file that can be read: {error}"),
        };
        let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| bad(&error))?;
        let options = ArrowReaderOptions::new().with_schema(with_dictionaries(plain.schema()));
        // A schema that cannot be read with dictionaries (nested columns) is read as it is.
        let metadata = ArrowReaderMetadata::try_new(plain.metadata().clone(), options).unwrap_or(plain);
        let headers = metadata.schema().fields().iter().map(|field| field.name().clone()).collect();
        Ok(ParquetFile { metadata, headers, name })
    }

    /// The names of its columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
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

fn with_dictionaries(schema: &SchemaRef) -> SchemaRef {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                let codes = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                Field::new(field.name(), codes, field.is_nullable())
            }
            _ => field.as_ref().clone(),
        })
        .collect();
    Schema::new(fields).into()
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
    /// Texts as codes into a dictionary; −1 is none.
    Codes(Vec<i32>, StringArray),
    /// Numbers of a fixed scale.
    Fixed(Vec<Option<i64>>, u8),
    /// Floating-point numbers.
    Float(Vec<Option<f64>>),
    /// Days since 1970-01-01.
    Days(Vec<Option<i32>>),
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
    /// The value as text, as it would stand in a file.
    pub fn text(&self, row: usize) -> Option<String> {
        match self {
            Column::Absent => None,
            Column::Codes(codes, values) => usize::try_from(codes[row]).ok().map(|code| values.value(code).to_owned()),
            Column::Fixed(values, scale) => values[row].map(|value| rust_decimal::Decimal::new(value, u32::from(*scale)).to_string()),
            Column::Float(values) => values[row].map(|value| value.to_string()),
            Column::Days(values) => values[row].and_then(day).map(|day| day.to_string()),
        }
    }

    /// The value as a number: `Err` with the text when it is none.
    pub fn number(&self, row: usize, decimal: Decimal) -> Result<Option<Number>, String> {
        match self {
            Column::Absent => Ok(None),
            Column::Fixed(values, scale) => Ok(values[row].map(|mantissa| Number { mantissa, scale: *scale })),
            Column::Float(values) => match values[row] {
                None => Ok(None),
                // The shortest decimal that means this float is what was written into it.
                Some(value) => parse_number(&value.to_string(), Decimal::Point).map(Some).ok_or_else(|| value.to_string()),
            },
            Column::Codes(..) | Column::Days(_) => {
                match self.text(row).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) {
                    None => Ok(None),
                    Some(text) => parse_number(&text, decimal).map(Some).ok_or(text),
                }
            }
        }
    }

    /// The value as days since 1970-01-01: `Err` with the text when it is no date.
    pub fn date(&self, row: usize, order: super::value::DateOrder) -> Result<Option<i32>, String> {
        match self {
            Column::Days(values) => Ok(values[row]),
            _ => match self.text(row).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) {
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
    let days_of = |per_day: i64, values: Vec<Option<i64>>| {
        Column::Days(values.into_iter().map(|value| value.and_then(|value| i32::try_from(value.div_euclid(per_day)).ok())).collect())
    };
    macro_rules! fixed {
        ($kind:ty, $scale:expr) => {
            Column::Fixed(
                array.as_primitive::<$kind>().iter().map(|value| value.and_then(|value| i64::try_from(value).ok())).collect(),
                $scale,
            )
        };
    }
    match array.data_type() {
        DataType::Dictionary(key, value) if **key == DataType::Int32 && **value == DataType::Utf8 => {
            let dictionary = array.as_dictionary::<Int32Type>();
            let keys = dictionary.keys();
            let codes = (0..keys.len()).map(|row| if keys.is_null(row) { -1 } else { keys.value(row) }).collect();
            Column::Codes(codes, dictionary.values().as_string::<i32>().clone())
        }
        DataType::Int8 => fixed!(Int8Type, 0),
        DataType::Int16 => fixed!(Int16Type, 0),
        DataType::Int32 => fixed!(Int32Type, 0),
        DataType::Int64 => fixed!(Int64Type, 0),
        DataType::UInt8 => fixed!(UInt8Type, 0),
        DataType::UInt16 => fixed!(UInt16Type, 0),
        DataType::UInt32 => fixed!(UInt32Type, 0),
        DataType::UInt64 => fixed!(UInt64Type, 0),
        DataType::Decimal64(_, scale @ 0..=9) => fixed!(Decimal64Type, *scale as u8),
        DataType::Decimal128(_, scale @ 0..=9) => fixed!(Decimal128Type, *scale as u8),
        DataType::Float32 => Column::Float(
            array.as_primitive::<Float32Type>().iter().map(|value| value.and_then(|value| value.to_string().parse().ok())).collect(),
        ),
        DataType::Float64 => Column::Float(array.as_primitive::<Float64Type>().iter().collect()),
        DataType::Date32 => Column::Days(array.as_primitive::<Date32Type>().iter().collect()),
        DataType::Timestamp(TimeUnit::Second, _) => days_of(86_400, array.as_primitive::<TimestampSecondType>().iter().collect()),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            days_of(86_400_000, array.as_primitive::<TimestampMillisecondType>().iter().collect())
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            days_of(86_400_000_000, array.as_primitive::<TimestampMicrosecondType>().iter().collect())
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            days_of(86_400_000_000_000, array.as_primitive::<TimestampNanosecondType>().iter().collect())
        }
        _ => as_text(array),
    }
}

/// Whatever else it is, as text.
fn as_text(array: &ArrayRef) -> Column {
    match arrow_cast::cast(array, &DataType::Utf8) {
        Ok(texts) => {
            let texts = texts.as_string::<i32>().clone();
            let codes = (0..texts.len()).map(|row| if texts.is_null(row) { -1 } else { row as i32 }).collect();
            Column::Codes(codes, texts)
        }
        Err(_) => Column::Absent,
    }
}
