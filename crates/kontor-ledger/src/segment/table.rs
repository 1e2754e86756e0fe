//! One Parquet file of a segment: reading some columns of some rows, and writing.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};

use super::Part;
use super::layout::{properties, schema_of};
use crate::Error;

/// So many rows take longer to read than only their dates first.
const MANY: usize = 20_000;

/// A file that can be read from.
pub(crate) struct Table {
    name: Arc<Name>,
    metadata: ArrowReaderMetadata,
    rows: usize,
}

/// What a damaged file is called.
struct Name {
    segment: String,
    path: PathBuf,
}

impl Table {
    /// Opens the file of `part` in a folder, reads its metadata and checks that it has the columns it should have.
    pub(crate) fn open(segment: &str, folder: &Path, part: Part) -> Result<Table, Error> {
        let path = folder.join(part.file_name());
        let open = || -> Result<ArrowReaderMetadata, ParquetError> {
            let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
            let metadata = ArrowReaderMetadata::load(&File::open(&path)?, options)?;
            let has_columns = metadata.schema().fields() == schema_of(part).fields();
            if has_columns { Ok(metadata) } else { Err(ParquetError::General("it has other columns than it should".to_owned())) }
        };
        match guarded(open) {
            Ok(metadata) => {
                let rows = metadata.metadata().file_metadata().num_rows().try_into().unwrap_or(0);
                Ok(Table { name: Arc::new(Name { segment: segment.to_owned(), path }), metadata, rows })
            }
            Err(error) => Err(Name { segment: segment.to_owned(), path }.damaged(&error)),
        }
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Its metadata.
    pub(crate) fn metadata(&self) -> &ParquetMetaData {
        self.metadata.metadata()
    }

    /// The rows of each row group: parts that threads can share out among themselves.
    pub(crate) fn row_groups(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let rows = |group: &parquet::file::metadata::RowGroupMetaData| {
            let range = start..start + group.num_rows() as usize;
            start = range.end;
            range
        };
        self.metadata().row_groups().iter().map(rows).collect()
    }

    /// Some columns of some rows, in batches of at most `batch_rows`. The ranges rise and do not overlap.
    pub(crate) fn read(&self, columns: &[&str], ranges: &[Range<usize>], batch_rows: usize) -> Result<Batches, Error> {
        let open = || -> Result<ParquetRecordBatchReader, ParquetError> {
            let (row_groups, selection) = self.select(ranges);
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(&self.name.path)?, self.metadata.clone());
            let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
            builder.with_projection(mask).with_row_groups(row_groups).with_row_selection(selection).with_batch_size(batch_rows).build()
        };
        guarded(open).map(|reader| Batches { reader, name: self.name.clone() }).map_err(|error| self.damaged(error))
    }

    /// All rows of some columns as one batch.
    pub(crate) fn read_all(&self, columns: &[&str], ranges: &[Range<usize>]) -> Result<RecordBatch, Error> {
        let rows = ranges.iter().map(Range::len).sum::<usize>().max(1);
        let batches = self.read(columns, ranges, rows)?;
        let schema = batches.reader.schema();
        let batches = batches.collect::<Result<Vec<_>, _>>()?;
        arrow_select::concat::concat_batches(&schema, &batches).map_err(|error| self.damaged(error))
    }

    /// Of one account's rows in `lines.parquet` at least those in some spans of days, which rise. An account's rows lie by date, so of many only the
    /// dates are read to find them.
    pub(crate) fn rows_within(&self, rows: Range<usize>, spans: impl Iterator<Item = (i32, i32)>) -> Result<Vec<Range<usize>>, Error> {
        if rows.len() < MANY {
            return Ok(vec![rows]);
        }
        let dates = self.read_all(&["date"], std::slice::from_ref(&rows))?;
        let dates: &[i32] = dates.column(0).as_primitive::<Date32Type>().values();
        let within = spans.map(|(from, to)| {
            let start = dates.partition_point(|&date| date < from);
            let end = dates.partition_point(|&date| date <= to).max(start);
            rows.start + start..rows.start + end
        });
        Ok(within.filter(|rows| !rows.is_empty()).collect())
    }

    /// The row groups that the ranges touch, and the rows to take out of these.
    fn select(&self, ranges: &[Range<usize>]) -> (Vec<usize>, RowSelection) {
        let mut chosen = Vec::new();
        let mut wanted = Vec::new();
        let mut skipped = 0;
        let mut rest = ranges;
        for (index, group) in self.row_groups().into_iter().enumerate() {
            while rest.first().is_some_and(|range| range.end <= group.start) {
                rest = &rest[1..];
            }
            let touching = rest.iter().take_while(|range| range.start < group.end);
            let before = wanted.len();
            wanted.extend(touching.map(|range| range.start.max(group.start) - skipped..range.end.min(group.end) - skipped));
            if wanted.len() == before {
                skipped += group.len();
            } else {
                chosen.push(index);
            }
        }
        let total = chosen.iter().map(|&index| self.metadata().row_group(index).num_rows() as usize).sum();
        (chosen, RowSelection::from_consecutive_ranges(wanted.into_iter(), total))
    }

    /// The error that this file is not what it should be.
    pub(crate) fn damaged(&self, message: impl std::fmt::Display) -> Error {
        self.name.damaged(&message)
    }
}

/// The batches of one reading.
pub(crate) struct Batches {
    reader: ParquetRecordBatchReader,
    name: Arc<Name>,
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Result<RecordBatch, Error>> {
        let next = guarded(|| self.reader.next().transpose().map_err(ParquetError::from));
        next.map_err(|error| self.name.damaged(&error)).transpose()
    }
}

impl Name {
    fn damaged(&self, message: &dyn std::fmt::Display) -> Error {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        Error::Segment { segment: self.segment.clone(), message: format!("{name} is damaged: {message}") }
    }
}

/// Runs a piece of the Parquet reader. It answers most damage with an error, but not all: what makes it panic is an error here too.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(ParquetError::General("the content makes no sense".to_owned())))
}

/// Writes one file of a segment.
pub(crate) struct TableWriter {
    path: PathBuf,
    schema: SchemaRef,
    writer: ArrowWriter<File>,
}

impl TableWriter {
    /// Creates the file of `part` in the folder.
    pub(crate) fn create(folder: &Path, part: Part) -> Result<TableWriter, Error> {
        let path = folder.join(part.file_name());
        let file = File::create(&path).map_err(|source| io_error(&path, source))?;
        let schema = schema_of(part);
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties(part))).map_err(|error| write_error(&path, error))?;
        Ok(TableWriter { path, schema, writer })
    }

    /// Appends rows, given column by column in the order of the file's schema.
    pub(crate) fn write(&mut self, columns: Vec<ArrayRef>) -> Result<(), Error> {
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(ParquetError::from);
        batch.and_then(|batch| self.writer.write(&batch)).map_err(|error| write_error(&self.path, error))
    }

    /// Completes the file and waits until the disk has it.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let TableWriter { path, writer, .. } = self;
        let file = writer.into_inner().map_err(|error| write_error(&path, error))?;
        file.sync_all().map_err(|source| io_error(&path, source))
    }
}

fn write_error(path: &Path, error: ParquetError) -> Error {
    io_error(path, std::io::Error::other(error))
}

pub(crate) fn io_error(path: &Path, source: std::io::Error) -> Error {
    Error::Io { path: path.display().to_string(), source }
}

/// Waits until the disk has the entries of a folder. Windows has no such call and needs none.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|source| io_error(folder, source))?;
    }
    Ok(())
}
