//! Parquet files, read a row group at a time by several threads, with only the columns that are needed.

mod column;

use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

use crate::read::file_name;
use crate::{Error, Unreadable};
pub use column::Column;

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
        let name = file_name(path);
        let file = File::open(path).map_err(|source| super::text::io_error(path, source))?;
        let bad = |error: &dyn std::fmt::Display| Error::Unreadable { file: name.clone(), why: Unreadable::BadParquet(error.to_string()) };
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
        let bad =
            move |error: &dyn std::fmt::Display| Error::Unreadable { file: name.clone(), why: Unreadable::BadParquet(error.to_string()) };
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
const CODE_BYTES: i64 = 6;

/// The schema in the types that are quickest to read: codes where texts repeat, else views, which hold short texts themselves, and 64 bits for amounts that fit
/// into them.
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
            DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
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

impl Batch {
    fn new(batch: &RecordBatch, places: &[usize]) -> Batch {
        let mut columns: Vec<Column> = (0..=places.last().copied().unwrap_or(0)).map(|_| Column::Absent).collect();
        for (place, array) in places.iter().zip(batch.columns()) {
            columns[*place] = Column::of(array);
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
