//! Sorting more rows than memory should hold: sorted runs in temporary files, merged as they are read back.
//!
//! Rows are Arrow batches of one schema. A dictionary column may have another dictionary in every batch; each run gets one of its own, so memory
//! is bounded by the run and not by how many distinct texts a file has. Merged batches hold such columns as plain text.

mod merge;
mod run;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch};
use arrow_row::{RowConverter, Rows, SortField};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::interleave::interleave;

use crate::Error;
use crate::intern::{Interner, Translation};
pub(crate) use merge::Merge;
use run::Run;

/// How much a sorter holds before it writes a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Rows.
    pub(crate) rows: usize,
    /// Bytes, roughly.
    pub(crate) bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { rows: 256 << 10, bytes: 48 << 20 }
    }
}

/// Rows of a run's batches: small, as a merge holds one batch of every run.
const RUN_BATCH: usize = 4096;

/// Takes batches in any order and gives their rows in the order of the key columns.
pub(crate) struct Sorter {
    schema: SchemaRef,
    keys: Arc<Keys>,
    limits: Limits,
    folder: PathBuf,
    name: String,
    /// What came since the last run; text columns hold codes of `texts`.
    batches: Vec<RecordBatch>,
    texts: Vec<Option<Text>>,
    rows: usize,
    bytes: usize,
    runs: Vec<Run>,
}

#[derive(Default)]
struct Text {
    interner: Interner,
    translation: Translation,
}

impl Sorter {
    /// A sorter of rows of `schema` by the columns `keys` (ascending, nulls first). Its runs are files `<name>-<n>.run` in `folder`.
    pub(crate) fn new(schema: SchemaRef, keys: &[usize], folder: &Path, name: &str, limits: Limits) -> Result<Sorter, Error> {
        let texts = schema.fields().iter().map(|field| is_text(field).then(Text::default)).collect();
        let keys = Arc::new(Keys::new(&schema, keys).map_err(|error| run::broken(folder, &error))?);
        let (folder, name) = (folder.to_owned(), name.to_owned());
        Ok(Sorter { schema, keys, limits, folder, name, batches: Vec::new(), texts, rows: 0, bytes: 0, runs: Vec::new() })
    }

    /// Takes one batch, and writes a run when enough has come together.
    pub(crate) fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        let mut columns = Vec::with_capacity(batch.num_columns());
        for (column, text) in batch.columns().iter().zip(&mut self.texts) {
            columns.push(match text {
                Some(Text { interner, translation }) => {
                    Arc::new(translation.translate(column.as_dictionary::<Int32Type>(), |text| interner.code(text))?) as ArrayRef
                }
                None => column.clone(),
            });
        }
        let coded = RecordBatch::try_new(coded_schema(&self.schema), columns).map_err(|error| run::broken(&self.folder, &error))?;
        self.rows += coded.num_rows();
        self.bytes += coded.get_array_memory_size();
        self.batches.push(coded);
        let texts: usize = self.texts.iter().flatten().map(|text| text.interner.size()).sum();
        if self.rows >= self.limits.rows || self.bytes + texts >= self.limits.bytes { self.spill() } else { Ok(()) }
    }

    /// Merges the rows of several sorters of the same schema, keys and folder.
    pub(crate) fn merge(sorters: Vec<Sorter>) -> Result<Merge, Error> {
        let mut runs = Vec::new();
        let mut keys = None;
        let mut plan = None;
        for mut sorter in sorters {
            let last = sorter.sorted()?;
            runs.append(&mut sorter.runs);
            if !last.is_empty() {
                runs.push(Run::Memory(last));
            }
            keys.get_or_insert_with(|| sorter.keys.clone());
            plan.get_or_insert_with(|| merge::Plan {
                schema: merged_schema(&sorter.schema),
                folder: sorter.folder.clone(),
                name: sorter.name.clone(),
            });
        }
        match (plan, keys) {
            (Some(plan), Some(keys)) => Merge::new(plan, keys, runs),
            _ => Ok(Merge::empty()),
        }
    }

    fn spill(&mut self) -> Result<(), Error> {
        let sorted = self.sorted()?;
        let path = self.folder.join(format!("{}-{}.run", self.name, self.runs.len()));
        self.runs.push(Run::write(path, sorted.into_iter().map(Ok))?);
        Ok(())
    }

    /// The rows held, sorted, in small batches; the sorter is empty afterwards.
    fn sorted(&mut self) -> Result<Vec<RecordBatch>, Error> {
        let broken = |error: ArrowError| run::broken(&self.folder, &error);
        let batches = std::mem::take(&mut self.batches);
        (self.rows, self.bytes) = (0, 0);
        let order = self.keys.order(&batches).map_err(broken)?;
        let mut dictionaries = Vec::with_capacity(self.texts.len());
        for text in &mut self.texts {
            dictionaries.push(match text {
                Some(text) => {
                    text.translation.reset();
                    Some(Arc::new(text.interner.take_values()?) as ArrayRef)
                }
                None => None,
            });
        }
        let mut sorted = Vec::with_capacity(order.len().div_ceil(RUN_BATCH));
        for chunk in order.chunks(RUN_BATCH) {
            let mut columns = Vec::with_capacity(dictionaries.len());
            for (index, dictionary) in dictionaries.iter().enumerate() {
                let arrays: Vec<_> = batches.iter().map(|batch| batch.column(index).as_ref()).collect();
                let column = interleave(&arrays, chunk).map_err(broken)?;
                columns.push(match dictionary {
                    Some(values) => {
                        let keys = column.as_primitive::<Int32Type>().clone();
                        Arc::new(DictionaryArray::try_new(keys, values.clone()).map_err(broken)?) as ArrayRef
                    }
                    None => column,
                });
            }
            sorted.push(RecordBatch::try_new(self.schema.clone(), columns).map_err(broken)?);
        }
        Ok(sorted)
    }
}

/// The columns to sort by, and how rows of them compare.
pub(crate) struct Keys {
    columns: Vec<usize>,
    converter: RowConverter,
}

impl Keys {
    fn new(schema: &Schema, columns: &[usize]) -> Result<Keys, ArrowError> {
        let fields = columns.iter().map(|&column| SortField::new(schema.field(column).data_type().clone())).collect();
        Ok(Keys { columns: columns.to_vec(), converter: RowConverter::new(fields)? })
    }

    fn rows(&self, batch: &RecordBatch) -> Result<Rows, ArrowError> {
        let columns: Vec<ArrayRef> = self.columns.iter().map(|&column| batch.column(column).clone()).collect();
        self.converter.convert_columns(&columns)
    }

    /// (batch, row) of all rows in their order.
    fn order(&self, batches: &[RecordBatch]) -> Result<Vec<(usize, usize)>, ArrowError> {
        let rows: Vec<Rows> = batches.iter().map(|batch| self.rows(batch)).collect::<Result<_, _>>()?;
        let mut order: Vec<(u128, u32, u32)> = Vec::with_capacity(rows.iter().map(Rows::num_rows).sum());
        for (batch, rows) in rows.iter().enumerate() {
            order.extend(rows.iter().enumerate().map(|(row, data)| (prefix(data.as_ref()), batch as u32, row as u32)));
        }
        let full = |batch: u32, row: u32| rows[batch as usize].row(row as usize);
        order.sort_unstable_by(|x, y| x.0.cmp(&y.0).then_with(|| full(x.1, x.2).cmp(&full(y.1, y.2))));
        Ok(order.into_iter().map(|(_, batch, row)| (batch as usize, row as usize)).collect())
    }
}

/// The first 16 bytes of a row's key as a number: it decides most comparisons without a look at the row.
fn prefix(data: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let length = data.len().min(16);
    bytes[..length].copy_from_slice(&data[..length]);
    u128::from_be_bytes(bytes)
}

fn is_text(field: &Field) -> bool {
    matches!(field.data_type(), DataType::Dictionary(..))
}

fn coded_schema(schema: &Schema) -> SchemaRef {
    with_text_as(schema, &DataType::Int32)
}

fn merged_schema(schema: &Schema) -> SchemaRef {
    with_text_as(schema, &DataType::Utf8)
}

fn with_text_as(schema: &Schema, to: &DataType) -> SchemaRef {
    let field = |field: &Arc<Field>| match is_text(field) {
        true => Arc::new(field.as_ref().clone().with_data_type(to.clone())),
        false => field.clone(),
    };
    Arc::new(Schema::new(schema.fields().iter().map(field).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests;
