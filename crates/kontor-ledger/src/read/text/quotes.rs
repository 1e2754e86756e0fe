//! Quotation marks in delimited text, those too that were never meant to enclose a field, such as that of inches.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

/// A quoted field that has not ended after this many bytes was never meant to be one.
const QUOTED_MAX: usize = 1 << 20;

/// How a field that begins with a quotation mark goes on.
#[derive(Debug, PartialEq, Eq)]
pub enum Quoted {
    /// It is enclosed up to this place, which lies behind the closing mark.
    Proper(usize),
    /// The same, with marks inside that should have been doubled.
    Loose(usize),
    /// It is not enclosed: the mark is a part of the value.
    Not,
    /// That stands in what follows.
    Open,
}

/// Whether a mark stands where a field begins.
pub fn opens(bytes: &[u8], mark: usize, delimiter: u8) -> bool {
    mark == 0 || [delimiter, b'\n', b'\r'].contains(&bytes[mark - 1])
}

/// Looks where the field that begins with the mark at `open` ends. A closing mark stands before a delimiter or a line's end; where the next one stands before
/// anything else and opens a field itself, the first one enclosed nothing.
pub fn quoted(bytes: &[u8], open: usize, delimiter: u8) -> Quoted {
    let (mut at, mut is_loose) = (open + 1, false);
    while let Some(mark) = memchr(b'"', &bytes[at..]).map(|found| at + found) {
        if mark - open > QUOTED_MAX || (is_loose && memchr2(b'\n', b'\r', &bytes[open..mark]).is_some()) {
            return Quoted::Not;
        }
        if bytes.get(mark + 1) == Some(&b'"') {
            at = mark + 2;
            continue;
        }
        let behind = bytes[mark + 1..].iter().find(|&&byte| byte != b' ');
        if behind.is_none_or(|&byte| [delimiter, b'\n', b'\r'].contains(&byte)) {
            return if is_loose { Quoted::Loose(mark + 1) } else { Quoted::Proper(mark + 1) };
        }
        if opens(bytes, mark, delimiter) {
            return Quoted::Not;
        }
        (at, is_loose) = (mark + 1, true);
    }
    if bytes.len() - open > QUOTED_MAX { Quoted::Not } else { Quoted::Open }
}

/// A text of whole records in which every quoted field is written as the format has it.
pub fn repaired(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut repaired, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(mark) = memchr(b'"', &bytes[at..]).map(|found| at + found) {
        at = mark + 1;
        if !opens(bytes, mark, delimiter) {
            continue;
        }
        let (inside, end) = match quoted(bytes, mark, delimiter) {
            Quoted::Proper(end) => {
                at = end;
                continue;
            }
            Quoted::Loose(end) => (&text[mark + 1..end - 1], end),
            Quoted::Not | Quoted::Open => {
                let end = memchr3(delimiter, b'\n', b'\r', &bytes[mark..]).map_or(text.len(), |found| mark + found);
                (&text[mark..end], end)
            }
        };
        repaired.extend([&text[copied..mark], "\"", inside.replace('"', "\"\"").as_str(), "\""]);
        (copied, at) = (end, end);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(&text[copied..]);
    Cow::Owned(repaired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_end_where_a_mark_stands_before_a_delimiter_or_a_line_s_end() {
        for (text, expected) in [
            ("\"a\";b", Quoted::Proper(3)),
            ("\"a\" ;b", Quoted::Proper(3)),
            ("\"\";b", Quoted::Proper(2)),
            ("\"a \"\"b\"\"\"\n", Quoted::Proper(9)),
            ("\"two\nlines\"\n", Quoted::Proper(11)),
            ("\"a \"b\" c\";d\n", Quoted::Loose(9)),
            ("\"5 inch;1\n\"7 inch;2\n", Quoted::Not),
            ("\"5\" pipe;1\n2;7\"\n", Quoted::Not),
            ("\"5 inch;1\n", Quoted::Open),
        ] {
            assert_eq!(quoted(text.as_bytes(), 0, b';'), expected, "{text}");
        }
        assert_eq!(quoted(&[b"\"".as_slice(), &vec![b'a'; QUOTED_MAX + 1]].concat(), 0, b';'), Quoted::Not);
    }

    #[test]
    fn only_what_is_not_proper_is_written_anew() {
        assert!(matches!(repaired("\"a;b\";\"\"\n5\" pipe;\"x\n\"\n", b';'), Cow::Borrowed(_)));
        assert_eq!(repaired("1;\"5 inch;2\n3;\"x\";4\n", b';'), "1;\"\"\"5 inch\";2\n3;\"x\";4\n");
        assert_eq!(repaired("1;\"a \"b\" c\";2\n", b';'), "1;\"a \"\"b\"\" c\";2\n");
        assert_eq!(repaired("1;\"5 inch", b';'), "1;\"\"\"5 inch\"");
    }
}
