//! Writing a file of a segment beside other work: encoding and compressing take about as long as everything else in booking.

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use arrow_array::ArrayRef;

use super::Part;
use super::table::{TableWriter, io_error};
use crate::Error;

/// Batches that may wait for the writer.
const WAITING: usize = 4;

/// A [`TableWriter`] in a thread of its own.
pub(crate) struct BackgroundWriter {
    sender: Option<SyncSender<Vec<ArrayRef>>>,
    thread: Option<JoinHandle<Result<(), Error>>>,
}

impl BackgroundWriter {
    /// Creates the file of `part` in the folder.
    pub(crate) fn create(folder: &Path, part: Part) -> Result<BackgroundWriter, Error> {
        let mut writer = TableWriter::create(folder, part)?;
        let (sender, receiver) = sync_channel::<Vec<ArrayRef>>(WAITING);
        let write = move || {
            for columns in receiver {
                writer.write(columns)?;
            }
            writer.finish()
        };
        let thread = std::thread::Builder::new().name("segment writer".to_owned()).spawn(write);
        let thread = thread.map_err(|source| io_error(folder, source))?;
        Ok(BackgroundWriter { sender: Some(sender), thread: Some(thread) })
    }

    /// Appends rows, given column by column in the order of the file's schema. A failure to write shows in one of the next calls.
    pub(crate) fn write(&mut self, columns: Vec<ArrayRef>) -> Result<(), Error> {
        match self.sender.as_ref().is_some_and(|sender| sender.send(columns).is_ok()) {
            true => Ok(()),
            // The writer gave up and took its end of the channel with it.
            false => self.join().and(Err(Error::Cancelled)),
        }
    }

    /// Completes the file and waits until the disk has it.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.join()
    }

    fn join(&mut self) -> Result<(), Error> {
        self.sender = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }
}

impl Drop for BackgroundWriter {
    /// Whoever gives up removes the folder next: nobody may be writing to it by then.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
