//! A sorted run: batches in memory, or a file of Arrow's stream format.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow_schema::ArrowError;

use crate::Error;

/// Sorted batches.
pub(super) enum Run {
    /// The last ones of a sorter, which need no file.
    Memory(Vec<RecordBatch>),
    /// In a file.
    File(PathBuf),
}

impl Run {
    /// Writes a run to a file.
    pub(super) fn write(path: PathBuf, batches: impl IntoIterator<Item = Result<RecordBatch, Error>>) -> Result<Run, Error> {
        let broken = |error: ArrowError| broken(&path, &error);
        let mut file = Some(BufWriter::with_capacity(1 << 18, File::create(&path).map_err(|source| io(&path, source))?));
        let mut writer: Option<StreamWriter<BufWriter<File>>> = None;
        for batch in batches {
            let batch = batch?;
            if let Some(file) = file.take() {
                let options = IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME)).map_err(broken)?;
                writer = Some(StreamWriter::try_new_with_options(file, &batch.schema(), options).map_err(broken)?);
            }
            if let Some(writer) = &mut writer {
                writer.write(&batch).map_err(broken)?;
            }
        }
        if let Some(mut writer) = writer {
            writer.finish().map_err(broken)?;
        }
        Ok(Run::File(path))
    }

    /// Starts reading.
    pub(super) fn open(self) -> Result<RunReader, Error> {
        match self {
            Run::Memory(batches) => Ok(RunReader::Memory(batches.into_iter())),
            Run::File(path) => {
                let file = File::open(&path).map_err(|source| io(&path, source))?;
                let reader = StreamReader::try_new(BufReader::with_capacity(1 << 16, file), None);
                reader.map(|reader| RunReader::File(Box::new(reader), path.clone())).map_err(|error| broken(&path, &error))
            }
        }
    }
}

/// Gives the batches of a run. A file is removed once it was read.
pub(super) enum RunReader {
    Memory(std::vec::IntoIter<RecordBatch>),
    File(Box<StreamReader<BufReader<File>>>, PathBuf),
}

impl RunReader {
    /// The next batch that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        match self {
            RunReader::Memory(batches) => Ok(batches.next()),
            RunReader::File(reader, path) => {
                let batch = reader.next().transpose().map_err(|error| broken(path, &error))?;
                if batch.is_none() {
                    std::fs::remove_file(&*path).map_err(|source| io(path, source))?;
                }
                Ok(batch)
            }
        }
    }
}

fn io(path: &Path, source: std::io::Error) -> Error {
    Error::Io { path: path.display().to_string(), source }
}

/// A temporary file that Arrow cannot write or read back: the disk is full or was tampered with.
pub(super) fn broken(path: &Path, error: &ArrowError) -> Error {
    io(path, std::io::Error::other(error.to_string()))
}
