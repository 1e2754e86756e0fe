//! Merging sorted runs.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, Int32Array, RecordBatch, StringArray};
use arrow_row::Rows;
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::interleave::interleave;

use super::run::{Run, RunReader, broken};
use super::{Keys, prefix};
use crate::Error;

/// Rows of a merged batch.
const BATCH: usize = 8192;
/// How many runs are merged at once; more are first merged into longer ones, as each takes memory for its batch.
const FAN_IN: usize = 128;

/// What merged batches look like, and where longer runs are written.
pub(super) struct Plan {
    pub(super) schema: SchemaRef,
    pub(super) folder: PathBuf,
    pub(super) name: String,
}

/// Gives all rows of several sorted runs in order, batch by batch.
pub(crate) struct Merge {
    plan: Option<Plan>,
    keys: Option<Arc<Keys>>,
    cursors: Vec<Cursor>,
    /// Indices of cursors with rows left: a binary heap with the smallest row on top.
    heap: Vec<usize>,
}

/// One run, its current batch, and the next row in it.
struct Cursor {
    run: RunReader,
    batch: RecordBatch,
    rows: Rows,
    at: usize,
    prefix: u128,
    /// The place of `batch` among the batches that the output batch takes rows from.
    slot: Option<usize>,
}

impl Merge {
    /// A merge without rows.
    pub(super) fn empty() -> Merge {
        Merge { plan: None, keys: None, cursors: Vec::new(), heap: Vec::new() }
    }

    pub(super) fn new(plan: Plan, keys: Arc<Keys>, mut runs: Vec<Run>) -> Result<Merge, Error> {
        let mut longer = 0;
        while runs.len() > FAN_IN {
            let some = runs.drain(..FAN_IN).collect();
            let path = plan.folder.join(format!("{}-merged-{longer}.run", plan.name));
            longer += 1;
            let schema = plan.schema.clone();
            let merge = Merge::of(Plan { schema, folder: plan.folder.clone(), name: plan.name.clone() }, keys.clone(), some)?;
            runs.push(Run::write(path, merge)?);
        }
        Merge::of(plan, keys, runs)
    }

    fn of(plan: Plan, keys: Arc<Keys>, runs: Vec<Run>) -> Result<Merge, Error> {
        let mut cursors = Vec::with_capacity(runs.len());
        for run in runs {
            let mut run = run.open()?;
            if let Some(batch) = run.next()? {
                let rows = keys.rows(&batch).map_err(|error| broken(&plan.folder, &error))?;
                let prefix = prefix(rows.row(0).as_ref());
                cursors.push(Cursor { run, batch, rows, at: 0, prefix, slot: None });
            }
        }
        let mut merge = Merge { plan: Some(plan), keys: Some(keys), heap: (0..cursors.len()).collect(), cursors };
        for place in (0..merge.heap.len() / 2).rev() {
            merge.sift_down(place);
        }
        Ok(merge)
    }

    /// The next batch; `None` after the last row.
    pub(crate) fn next_batch(&mut self) -> Result<Option<RecordBatch>, Error> {
        let (Some(plan), Some(keys)) = (&self.plan, self.keys.clone()) else { return Ok(None) };
        let (schema, folder) = (plan.schema.clone(), plan.folder.clone());
        let broken = |error: ArrowError| broken(&folder, &error);
        let mut slots: Vec<RecordBatch> = Vec::new();
        let mut picks: Vec<(usize, usize)> = Vec::with_capacity(BATCH);
        while picks.len() < BATCH
            && let Some(&top) = self.heap.first()
        {
            let cursor = &mut self.cursors[top];
            let slot = *cursor.slot.get_or_insert_with(|| {
                slots.push(cursor.batch.clone());
                slots.len() - 1
            });
            picks.push((slot, cursor.at));
            if cursor.advance(&keys, broken)? {
                self.sift_down(0);
            } else {
                self.heap.swap_remove(0);
                self.sift_down(0);
            }
        }
        for cursor in &mut self.cursors {
            cursor.slot = None;
        }
        if picks.is_empty() {
            return Ok(None);
        }
        gather(&schema, &slots, &picks).map(Some).map_err(broken)
    }

    fn sift_down(&mut self, mut place: usize) {
        loop {
            let left = 2 * place + 1;
            if left >= self.heap.len() {
                return;
            }
            let right = left + 1;
            let smaller = if right < self.heap.len() && self.is_less(right, left) { right } else { left };
            if !self.is_less(smaller, place) {
                return;
            }
            self.heap.swap(smaller, place);
            place = smaller;
        }
    }

    fn is_less(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.cursors[self.heap[x]], &self.cursors[self.heap[y]]);
        x.prefix < y.prefix || (x.prefix == y.prefix && x.rows.row(x.at) < y.rows.row(y.at))
    }
}

impl Iterator for Merge {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Result<RecordBatch, Error>> {
        self.next_batch().transpose()
    }
}

impl Cursor {
    /// Goes to the next row; false after the last.
    fn advance(&mut self, keys: &Keys, broken: impl Fn(ArrowError) -> Error) -> Result<bool, Error> {
        self.at += 1;
        if self.at == self.batch.num_rows() {
            let Some(batch) = self.run.next()? else { return Ok(false) };
            self.rows = keys.rows(&batch).map_err(broken)?;
            self.batch = batch;
            self.at = 0;
            self.slot = None;
        }
        self.prefix = prefix(self.rows.row(self.at).as_ref());
        Ok(true)
    }
}

/// The picked (slot, row)s as one batch.
fn gather(schema: &SchemaRef, slots: &[RecordBatch], picks: &[(usize, usize)]) -> Result<RecordBatch, ArrowError> {
    let mut columns = Vec::with_capacity(schema.fields().len());
    for (index, field) in schema.fields().iter().enumerate() {
        let arrays: Vec<&dyn Array> = slots.iter().map(|slot| slot.column(index).as_ref()).collect();
        let coded = arrays.iter().any(|array| matches!(array.data_type(), DataType::Dictionary(..)));
        columns.push(if coded && *field.data_type() == DataType::Utf8 {
            gather_texts(&arrays, picks)
        } else {
            interleave(&arrays, picks)?
        });
    }
    RecordBatch::try_new(schema.clone(), columns)
}

/// Texts of runs that each have a dictionary of their own, or none.
enum Texts<'a> {
    Coded(&'a Int32Array, &'a StringArray),
    Plain(&'a StringArray),
}

fn gather_texts(arrays: &[&dyn Array], picks: &[(usize, usize)]) -> ArrayRef {
    let texts: Vec<Texts> = arrays
        .iter()
        .map(|array| match array.as_dictionary_opt::<Int32Type>() {
            Some(coded) => Texts::Coded(coded.keys(), coded.values().as_string()),
            None => Texts::Plain(array.as_string()),
        })
        .collect();
    let mut column = StringBuilder::with_capacity(picks.len(), picks.len() * 16);
    for &(slot, row) in picks {
        column.append_option(match texts[slot] {
            Texts::Coded(keys, values) => keys.is_valid(row).then(|| values.value(keys.value(row) as usize)),
            Texts::Plain(values) => values.is_valid(row).then(|| values.value(row)),
        });
    }
    Arc::new(column.finish())
}
