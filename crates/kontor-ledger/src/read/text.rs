//! Delimited text: blocks that end where a record ends, and the records inside.

mod quotes;

use std::borrow::Cow;
use std::io;
use std::path::Path;

use encoding_rs::Encoding;
use memchr::{memchr, memrchr};

use super::eight;
use super::encoding::Utf8Reader;
use super::file_name;
use crate::Error;
use quotes::{Quoted, opens, quoted, repaired};

/// How much text one worker takes at a time, in bytes: little enough to stay in the processor's second cache while it is looked through several times.
pub const BLOCK: usize = 512 << 10;

/// How a text file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Between fields.
    pub delimiter: u8,
    /// Ends a line: `\n`, or `\r` in files that have nothing else.
    pub newline: u8,
}

/// A piece of text that ends where a record ends.
pub struct Block {
    /// 0, 1, 2, … within the file.
    pub index: u64,
    /// The line on which it begins, counted from 1.
    pub first_line: u64,
    bytes: Vec<u8>,
}

impl Block {
    /// The text; bytes that are none become U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        match simdutf8::basic::from_utf8(&self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(&self.bytes),
        }
    }
}

/// Cuts a file into blocks.
pub struct Blocks {
    reader: Utf8Reader,
    dialect: Dialect,
    size: usize,
    rest: Vec<u8>,
    index: u64,
    line: u64,
    is_ended: bool,
    name: String,
}

impl Blocks {
    /// Opens a file; `size` is how long a block should be.
    pub fn open(path: &Path, dialect: Dialect, size: usize) -> Result<Blocks, Error> {
        let name = file_name(path);
        let reader = Utf8Reader::open(path, dialect.encoding).map_err(|source| io_error(path, source))?;
        Ok(Blocks { reader, dialect, size, rest: Vec::new(), index: 0, line: 1, is_ended: false, name })
    }

    /// Bytes of the file read so far.
    pub const fn bytes_read(&self) -> u64 {
        self.reader.bytes_read()
    }

    /// The next block; `None` at the end of the file.
    pub fn next_block(&mut self) -> Result<Option<Block>, Error> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut end = 0;
        while end == 0 && !self.is_ended {
            let more = self.reader.fill(&mut bytes, self.size);
            self.is_ended = !more.map_err(|source| Error::Io { path: self.name.clone(), source })?;
            end = last_record_end(&bytes, self.dialect);
        }
        if self.is_ended {
            end = bytes.len();
        }
        if end == 0 {
            return Ok(None);
        }
        self.rest = bytes.split_off(end);
        let block = Block { index: self.index, first_line: self.line, bytes };
        self.index += 1;
        self.line += memchr::memchr_iter(self.dialect.newline, &block.bytes).count() as u64;
        Ok(Some(block))
    }
}

/// An error about a file.
pub fn io_error(path: &Path, source: io::Error) -> Error {
    Error::Io { path: path.display().to_string(), source }
}

/// Where the last whole record ends; 0 when none does. A quote counts only at the beginning of a field, as readers of such files have it, so that a stray
/// one (`5" pipe`) does no harm.
fn last_record_end(bytes: &[u8], dialect: Dialect) -> usize {
    let Dialect { delimiter, newline, .. } = dialect;
    let (mut at, mut end) = (0, 0);
    loop {
        let quote = memchr(b'"', &bytes[at..]).map(|found| at + found);
        let unquoted = &bytes[at..quote.unwrap_or(bytes.len())];
        if let Some(found) = memrchr(newline, unquoted) {
            end = at + found + 1;
        }
        let Some(quote) = quote else { return end };
        at = quote + 1;
        if opens(bytes, quote, delimiter) {
            match quoted(bytes, quote, delimiter) {
                Quoted::Proper(behind) | Quoted::Loose(behind) => at = behind,
                Quoted::Not => {}
                Quoted::Open => return end,
            }
        }
    }
}

/// One record: fields as pieces of a text.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    text: &'a str,
    fields: &'a [(usize, usize)],
}

impl<'a> Row<'a> {
    /// How many fields it has.
    pub const fn width(&self) -> usize {
        self.fields.len()
    }

    /// A field; empty where the record is too short.
    pub fn get(&self, column: usize) -> &'a str {
        self.fields.get(column).map_or("", |&(from, to)| &self.text[from..to])
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let Row { text, fields } = *self;
        fields.iter().map(move |&(from, to)| &text[from..to])
    }

    /// True when every field is empty.
    pub fn is_blank(&self) -> bool {
        self.fields().all(|field| field.trim().is_empty())
    }
}

/// Calls `each` with the line and the fields of every record of a block, until it says stop. Lines without any text are passed over.
pub fn each_row(
    text: &str,
    first_line: u64,
    dialect: Dialect,
    mut each: impl FnMut(u64, Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    if is_plain(text.as_bytes(), dialect) {
        return each_plain_row(text, first_line, dialect, each);
    }
    let text = repaired(text, dialect.delimiter);
    let mut parser = csv_core::ReaderBuilder::new().delimiter(dialect.delimiter).build();
    // Blank lines in front of a record belong to the parser; it says nothing of them, so they are counted here.
    let blank_lines = |input: &[u8]| {
        let ends = input.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r');
        ends.filter(|&&byte| byte == dialect.newline).count() as u64
    };
    let (mut input, mut line) = (text.as_bytes(), first_line);
    let (mut output, mut ends, mut fields) = (vec![0; 4096], vec![0; 64], Vec::new());
    let (mut written, mut ended) = (0, 0);
    let mut row_line = line + blank_lines(input);
    loop {
        let (result, read, wrote, finished) = parser.read_record(input, &mut output[written..], &mut ends[ended..]);
        line += memchr::memchr_iter(dialect.newline, &input[..read]).count() as u64;
        input = &input[read..];
        (written, ended) = (written + wrote, ended + finished);
        match result {
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::OutputFull => output.resize(output.len() * 2, 0),
            csv_core::ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            csv_core::ReadRecordResult::Record => {
                fields.clear();
                let starts = std::iter::once(0).chain(ends[..ended].iter().copied());
                fields.extend(starts.zip(ends[..ended].iter().copied()));
                let text = String::from_utf8_lossy(&output[..written]);
                each(row_line, Row { text: &text, fields: &fields })?;
                (written, ended) = (0, 0);
                row_line = line + blank_lines(input);
            }
            csv_core::ReadRecordResult::End => return Ok(()),
        }
    }
}

/// True without any quote, and with one kind of line end only.
fn is_plain(bytes: &[u8], dialect: Dialect) -> bool {
    let ends_line = |at: usize| dialect.newline == b'\r' || bytes.get(at + 1).is_none_or(|&next| next == b'\n');
    memchr::memchr2_iter(b'"', b'\r', bytes).all(|at| bytes[at] == b'\r' && ends_line(at))
}

/// The same for plain text, which needs no state.
fn each_plain_row(
    text: &str,
    first_line: u64,
    dialect: Dialect,
    mut each: impl FnMut(u64, Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let bytes = text.as_bytes();
    let mut fields = Vec::new();
    let (mut start, mut from, mut line) = (0, 0, first_line);
    for at in Marks::new(bytes, dialect.delimiter, dialect.newline) {
        if bytes.get(at) == Some(&dialect.delimiter) {
            fields.push((from, at));
            from = at + 1;
            continue;
        }
        let mut stop = at;
        while stop > start && bytes[stop - 1] == b'\r' {
            stop -= 1;
        }
        if stop > start {
            fields.push((from.min(stop), stop));
            each(line, Row { text, fields: &fields })?;
        }
        fields.clear();
        (start, from) = (at + 1, at + 1);
        line += 1;
    }
    Ok(())
}

/// The places of two bytes in a text, and its end.
struct Marks<'a> {
    words: std::slice::Iter<'a, [u8; 8]>,
    /// The last word, filled up with the second byte, of which only the first counts: it stands where the text ends.
    last: Option<([u8; 8], u64)>,
    /// Each byte of a number is one of the two.
    wanted: [u64; 2],
    /// Where the next word begins.
    place: usize,
    /// The highest bit of each byte of the word before that is to be told of yet.
    found: u64,
}

impl<'a> Marks<'a> {
    fn new(bytes: &'a [u8], one: u8, other: u8) -> Marks<'a> {
        let (words, rest) = bytes.as_chunks();
        let mut last = [other; 8];
        last[..rest.len()].copy_from_slice(rest);
        let wanted = [one, other].map(eight::times);
        Marks { words: words.iter(), last: Some((last, u64::MAX >> (56 - 8 * rest.len()))), wanted, place: 0, found: 0 }
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let (word, counts) = match self.words.next() {
                Some(&word) => (word, u64::MAX),
                None => self.last.take()?,
            };
            let word = u64::from_le_bytes(word);
            self.found = (eight::zeros(word ^ self.wanted[0]) | eight::zeros(word ^ self.wanted[1])) & counts;
            self.place += 8;
        }
        let at = self.place - 8 + self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(at)
    }
}

/// Finds delimiter and line end out from the beginning of a text.
pub fn sniff(encoding: &'static Encoding, beginning: &str, chosen: Option<char>) -> Dialect {
    let newline = if beginning.contains('\n') || !beginning.contains('\r') { b'\n' } else { b'\r' };
    let announced = beginning.strip_prefix("sep=").and_then(|rest| rest.chars().next());
    let delimiter = chosen.or(announced).filter(char::is_ascii).map(|delimiter| delimiter as u8);
    let delimiter = delimiter.unwrap_or_else(|| likeliest_delimiter(encoding, beginning, newline));
    Dialect { encoding, delimiter, newline }
}

/// Delimiters of hardly any program. They stand in values, as colons do in times of day, so they count only where the headers are parted by them too.
const RARE: [u8; 3] = [b'^', b'~', b':'];

/// The delimiter that cuts most lines into the same number of fields, the more fields the better.
fn likeliest_delimiter(encoding: &'static Encoding, beginning: &str, newline: u8) -> u8 {
    let mut best = (0.0, b',');
    for delimiter in [b';', b'\t', b',', b'|'].into_iter().chain(RARE) {
        let dialect = Dialect { encoding, delimiter, newline };
        let mut widths: Vec<usize> = Vec::new();
        let counted = each_row(beginning, 1, dialect, |_, row| {
            widths.push(row.width());
            if widths.len() < 200 { Ok(()) } else { Err(Error::Cancelled) }
        });
        // The last of them may be cut off.
        if counted.is_ok() && widths.len() > 1 {
            widths.pop();
        }
        let Some(&width) = widths.iter().max_by_key(|&&width| (widths.iter().filter(|&&other| other == width).count(), width)) else {
            continue;
        };
        if width < 2 || (RARE.contains(&delimiter) && widths.first() != Some(&width)) {
            continue;
        }
        let same = widths.iter().filter(|&&other| other == width).count() as f64 / widths.len() as f64;
        let score = same * same * (1.0 + (width as f64).ln());
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::UTF_8;
    use proptest::prelude::*;

    const COMMA: Dialect = Dialect { encoding: UTF_8, delimiter: b',', newline: b'\n' };

    fn rows(text: &str, size: usize) -> Vec<(u64, Vec<String>)> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        let mut blocks = Blocks::open(file.path(), COMMA, size).expect("opened");
        let mut rows = Vec::new();
        while let Some(block) = blocks.next_block().expect("read") {
            each_row(&block.text(), block.first_line, COMMA, |line, row| {
                rows.push((line, row.fields().map(str::to_owned).collect()));
                Ok(())
            })
            .expect("parsed");
        }
        rows
    }

    #[test]
    fn quotes_newlines_and_blank_lines_keep_their_line_numbers() {
        let text = "a,b\r\n1,\"two\nlines\"\n\n\"say \"\"hi\"\"\",5\" pipe\n";
        let fields = |line, fields: [&str; 2]| (line, fields.map(str::to_owned).to_vec());
        let expected = vec![fields(1, ["a", "b"]), fields(2, ["1", "two\nlines"]), fields(5, ["say \"hi\"", "5\" pipe"])];
        for size in [1, 3, 7, 1000] {
            assert_eq!(rows(text, size), expected, "blocks of {size}");
        }
    }

    #[test]
    fn a_quote_that_never_ends_is_a_part_of_its_value() {
        let values = |text: &str, size: usize| rows(text, size).into_iter().map(|(_, row)| row.join("|")).collect::<Vec<_>>();
        for size in [1, 4, 1000] {
            assert_eq!(values("a,b\n1,\"x\n2,y\n", size), ["a|b", "1|\"x", "2|y"], "blocks of {size}");
            assert_eq!(values("1,\"5 inch,2\n3,\"7 inch,4\n5,\"x, y\",6\n", size), ["1|\"5 inch|2", "3|\"7 inch|4", "5|x, y|6"]);
        }
        assert_eq!(rows("", 4).len(), 0);
        assert_eq!(rows("\n\r\n\n", 4).len(), 0);
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, delimiter) in [
            ("a;b;c\n1,5;2;3\n1,5;2;3\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("a,b,c\n10:30,2,3\n", b','),
            ("Company, Inc.;City\nX, Y;Z\nQ;R\n", b';'),
            ("sep=|\na;b|c\n", b'|'),
            ("id,day,sent\n1,2026-01-02 10:30:00,2026-01-02 11:30:00\n2,2026-01-03 10:30:00,2026-01-03 11:30:00\n", b','),
            ("id:day:sum\n1:2026-01-02:5,00\n2:2026-01-03:6,00\n", b':'),
        ] {
            assert_eq!(char::from(sniff(UTF_8, text, None).delimiter), char::from(delimiter), "{text}");
        }
        assert_eq!(sniff(UTF_8, "a\rb\r", None).newline, b'\r');
    }

    proptest! {
        #[test]
        fn fields_written_as_the_format_has_it_come_back(
            written in prop::collection::vec(prop::collection::vec("[a\",\n]{0,5}", 2..4), 0..8),
            size in 1_usize..40,
        ) {
            let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
            let text: String = written.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
            let found: Vec<Vec<String>> = rows(&text, size).into_iter().map(|(_, row)| row).collect();
            prop_assert_eq!(found, written);
        }

        #[test]
        fn any_text_is_read_alike_in_blocks_of_any_size(text in "[a\",\n\r ]{0,60}", size in 1_usize..40) {
            prop_assert_eq!(rows(&text, size), rows(&text, 1000));
        }
    }
}
