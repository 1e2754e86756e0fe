//! Which encoding a text file is in, and reading it as UTF-8.

use std::fs::File;
use std::io::{self, Read, Seek};
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
    let mut beginning = Vec::new();
    File::open(path)?.take(CHUNK as u64).read_to_end(&mut beginning)?;
    if let Some(encoding) = Encoding::for_bom(&beginning).map(|(encoding, _)| encoding).or_else(|| utf16_without_mark(&beginning)) {
        return Ok(encoding);
    }
    if is_utf8(path)? { Ok(UTF_8) } else { guess(File::open(path)?) }
}

/// Whether a whole file is UTF-8. Two threads look at every other chunk.
fn is_utf8(path: &Path) -> io::Result<bool> {
    let work = |first: u64| -> io::Result<bool> {
        let mut file = File::open(path)?;
        let mut buffer = Vec::with_capacity(CHUNK + LETTER);
        for chunk in (first..).step_by(2) {
            buffer.clear();
            file.seek(io::SeekFrom::Start(chunk * CHUNK as u64))?;
            file.by_ref().take((CHUNK + LETTER) as u64).read_to_end(&mut buffer)?;
            if buffer.is_empty() {
                return Ok(true);
            }
            if simdutf8::basic::from_utf8(whole_letters(&buffer, chunk == 0)).is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(1));
        let mine = work(0)?;
        Ok(mine && other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?)
    })
}

/// The most bytes of a letter in UTF-8.
const LETTER: usize = 4;

/// The letters that begin in a chunk, of which `bytes` are a few more than that. What stands in front belongs to a letter of the chunk before.
fn whole_letters(bytes: &[u8], is_first: bool) -> &[u8] {
    let behind = |from: usize| {
        let goes_on = bytes[from..].iter().take(LETTER - 1).take_while(|&&byte| byte & 0b1100_0000 == 0b1000_0000);
        from + goes_on.count()
    };
    let start = if is_first { 0 } else { behind(0) };
    let end = if bytes.len() > CHUNK { behind(CHUNK) } else { bytes.len() };
    &bytes[start.min(end)..end]
}

/// The likeliest of the older encodings.
fn guess(mut file: File) -> io::Result<&'static Encoding> {
    let mut buffer = vec![0; CHUNK];
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
                file.rewind()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;

    fn detected(parts: &[(usize, &[u8])]) -> &'static Encoding {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let text: Vec<u8> = parts.iter().flat_map(|&(letters, bytes)| [vec![b'a'; letters], bytes.to_vec()].concat()).collect();
        std::fs::write(file.path(), text).expect("written");
        detect(file.path()).expect("read")
    }

    #[test]
    fn letters_across_the_borders_of_chunks_are_whole() {
        for letter in ["ü", "€", "😀"] {
            for before in 0..=letter.len() {
                for chunks in 1..4 {
                    let parts = [(CHUNK * chunks - before, letter.as_bytes()), (5, b"")];
                    assert_eq!(detected(&parts), UTF_8, "{before} bytes of {letter} before border {chunks}");
                }
            }
        }
        assert_eq!(detected(&[]), UTF_8);
        assert_eq!(detected(&[(CHUNK, b"")]), UTF_8);
    }

    #[test]
    fn one_byte_that_is_no_letter_is_found_wherever_it_stands() {
        for place in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, CHUNK + 3, 2 * CHUNK - 1, 2 * CHUNK, 3 * CHUNK + 4] {
            assert_eq!(detected(&[(place, b"\xfc"), (9, b"")]), WINDOWS_1252, "{place}");
            assert_eq!(detected(&[(place, b"\xbc"), (9, b"")]), WINDOWS_1252, "{place}");
        }
        // The beginning of a letter whose end is missing, before a border and at the end of the file.
        assert_eq!(detected(&[(CHUNK - 1, b"\xe2"), (9, b"")]), WINDOWS_1252);
        assert_eq!(detected(&[(CHUNK - 1, b"\xe2")]), WINDOWS_1252);
        // Four bytes that go on after a whole letter.
        assert_ne!(detected(&[(CHUNK - 2, "ü".as_bytes()), (0, b"\xbc\xbc\xbc\xbc"), (9, b"")]), UTF_8);
    }
}
