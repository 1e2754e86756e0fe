//! Which encoding a text file is in, and reading it as UTF-8.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

const CHUNK: usize = 1 << 20;

/// How much text with other letters than ASCII's decides which of the older encodings it is, in bytes; guessing is slow.
const GUESSED: usize = 2 << 20;
/// How much text around such a letter is looked at.
const PIECE: usize = 4096;

/// Finds the encoding out over the whole file: a mark at the beginning, else UTF-8 if every byte agrees, else the likeliest of the older ones.
///
/// Looking at the beginning alone would take a file for UTF-8 whose first umlaut comes late.
pub fn detect(path: &Path) -> io::Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; CHUNK];
    let mut pending: Vec<u8> = Vec::new();
    let mut is_first = true;
    loop {
        let count = read_full(&mut file, &mut buffer)?;
        let chunk = &buffer[..count];
        if is_first {
            if let Some((encoding, _)) = Encoding::for_bom(chunk) {
                return Ok(encoding);
            }
            if let Some(encoding) = utf16_without_mark(chunk) {
                return Ok(encoding);
            }
            is_first = false;
        }
        if !goes_on_as_utf8(&mut pending, chunk, count == 0) {
            io::Seek::rewind(&mut file)?;
            return guess(file, buffer);
        }
        if count == 0 {
            return Ok(UTF_8);
        }
    }
}

/// The likeliest of the older encodings.
fn guess(mut file: File, mut buffer: Vec<u8>) -> io::Result<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut fed = 0;
    while fed < GUESSED {
        let count = read_full(&mut file, &mut buffer)?;
        if count == 0 {
            break;
        }
        for piece in buffer[..count].chunks(PIECE).filter(|piece| !piece.is_ascii()) {
            detector.feed(piece, false);
            fed += piece.len();
        }
    }
    detector.feed(b"", true);
    // The users' exports are western European; the hint decides only where the letters themselves do not.
    Ok(detector.guess(Some(b"de"), Utf8Detection::Deny))
}

/// Fills the buffer as far as the file goes.
pub fn read_full(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// Whether the text so far and this chunk are UTF-8; `pending` carries a letter that the border cuts.
fn goes_on_as_utf8(pending: &mut Vec<u8>, chunk: &[u8], is_end: bool) -> bool {
    if is_end {
        return pending.is_empty();
    }
    if pending.is_empty() {
        return match simdutf8::compat::from_utf8(chunk) {
            Ok(_) => true,
            Err(error) if error.error_len().is_none() => {
                pending.extend_from_slice(&chunk[error.valid_up_to()..]);
                true
            }
            Err(_) => false,
        };
    }
    // The letter that was cut is made whole byte by byte, so that the chunk need not be copied.
    for (place, &byte) in chunk.iter().enumerate() {
        pending.push(byte);
        match std::str::from_utf8(pending) {
            Ok(_) => {
                pending.clear();
                return goes_on_as_utf8(pending, &chunk[place + 1..], false);
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => return false,
        }
    }
    true
}

/// UTF-16 without a mark shows itself by a zero in every other byte.
fn utf16_without_mark(chunk: &[u8]) -> Option<&'static Encoding> {
    let sample = &chunk[..chunk.len().min(400) / 2 * 2];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let most = sample.len() / 2 * 9 / 10;
    match (zeros(0) >= most, zeros(1) >= most) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// A file read as UTF-8 whatever its encoding. Bytes that the encoding does not know become U+FFFD, which the check rejects.
pub struct Utf8Reader {
    file: File,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    is_ended: bool,
    bytes_read: u64,
}

impl Utf8Reader {
    /// Opens a file in a known encoding; a mark at its beginning is passed over.
    pub fn open(path: &Path, encoding: &'static Encoding) -> io::Result<Utf8Reader> {
        let mut file = File::open(path)?;
        let mut bytes_read = 0;
        let decoder = if encoding == UTF_8 {
            let mut mark = [0; 3];
            let count = read_full(&mut file, &mut mark)?;
            if mark[..count] == *b"\xEF\xBB\xBF" {
                bytes_read = 3;
            } else {
                io::Seek::rewind(&mut file)?;
            }
            None
        } else {
            Some(encoding.new_decoder_with_bom_removal())
        };
        Ok(Utf8Reader { file, decoder, raw: vec![0; 1 << 16], raw_start: 0, raw_end: 0, is_ended: false, bytes_read })
    }

    /// Bytes of the file read so far.
    pub const fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Appends up to `count` bytes of text; false at the end of the file.
    pub fn fill(&mut self, into: &mut Vec<u8>, count: usize) -> io::Result<bool> {
        let start = into.len();
        if self.decoder.is_none() {
            into.reserve(count);
            let got = self.file.by_ref().take(count as u64).read_to_end(into)?;
            self.bytes_read += got as u64;
            return Ok(got > 0);
        }
        into.resize(start + count, 0);
        let mut end = start;
        let result = self.decode(into, &mut end);
        into.truncate(end);
        result.map(|()| end > start)
    }

    fn decode(&mut self, into: &mut [u8], end: &mut usize) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        // A letter may take four bytes and the decoder wants room for a few: less than that means full.
        while *end + 16 < into.len() {
            if self.raw_start == self.raw_end {
                if self.is_ended {
                    return Ok(());
                }
                self.raw_start = 0;
                self.raw_end = read_full(&mut self.file, &mut self.raw)?;
                self.bytes_read += self.raw_end as u64;
                self.is_ended = self.raw_end == 0;
            }
            let raw = &self.raw[self.raw_start..self.raw_end];
            let (result, consumed, written, _) = decoder.decode_to_utf8(raw, &mut into[*end..], self.is_ended);
            self.raw_start += consumed;
            *end += written;
            if result == CoderResult::OutputFull {
                return Ok(());
            }
        }
        Ok(())
    }
}
