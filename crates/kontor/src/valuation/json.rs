//! Answers as JSON that people and programs read line by line: what stands in a list has a line of its own, everything else is indented as usual.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::Error;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// An object as JSON whose last field is a long list, which two threads write. `frame` has that list empty; `room` is about how many bytes an element takes.
pub fn to_vec<T: Serialize + Sync>(frame: &impl Serialize, list: &[T], room: usize) -> serde_json::Result<Vec<u8>> {
    let mut written = Vec::with_capacity(list.len() * room);
    frame.serialize(&mut Serializer::with_formatter(&mut written, Lines::default()))?;
    if list.is_empty() {
        return Ok(written);
    }
    let frame = written.strip_suffix(b"]\n}").filter(|frame| frame.ends_with(b"["));
    let frame = frame.ok_or_else(|| serde_json::Error::custom("the list must come last, and be empty"))?.len();
    written.truncate(frame);
    let (first, second) = list.split_at(list.len() / 2);
    let second = std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let mut written = Vec::with_capacity(second.len() * room);
            write_elements(&mut written, second).map(|()| written)
        });
        write_elements(&mut written, first)?;
        second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    written.extend_from_slice(&second);
    // The comma behind the last one.
    written.pop();
    written.extend_from_slice(b"\n  ]\n}");
    Ok(written)
}

/// Writes elements of a list that is a field of the whole, each with a comma behind it.
fn write_elements(written: &mut Vec<u8>, elements: &[impl Serialize]) -> serde_json::Result<()> {
    for element in elements {
        written.extend_from_slice(b"\n    ");
        element.serialize(&mut Serializer::with_formatter(&mut *written, Lines { depth: 2, list: Some(1), is_filled: false }))?;
        written.push(b',');
    }
    Ok(())
}

/// Writes what is in a list without line breaks.
#[derive(Default)]
struct Lines {
    /// How many lists and objects are open.
    depth: usize,
    /// How many were open with the outermost list.
    list: Option<usize>,
    /// Whether the one opened last holds something.
    is_filled: bool,
}

impl Lines {
    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        writer.write_all(bracket)
    }

    fn next<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.is_filled = true;
        match (self.is_in_list(), is_first) {
            (true, true) => Ok(()),
            (true, false) => writer.write_all(b", "),
            (false, true) => self.new_line(writer),
            (false, false) => writer.write_all(b",").and_then(|()| self.new_line(writer)),
        }
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let has_lines = self.is_filled && !self.is_in_list();
        if self.list == Some(self.depth) {
            self.list = None;
        }
        self.depth -= 1;
        self.is_filled = true;
        if has_lines {
            self.new_line(writer)?;
        }
        writer.write_all(bracket)
    }

    /// Whether the one opened last is within a list.
    fn is_in_list(&self) -> bool {
        self.list.is_some_and(|list| self.depth > list)
    }

    fn new_line<W: Write + ?Sized>(&self, writer: &mut W) -> io::Result<()> {
        write!(writer, "\n{:1$}", "", self.depth * 2)
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")?;
        self.list.get_or_insert(self.depth);
        Ok(())
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.next(writer, is_first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.next(writer, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// As one would write the whole.
    fn at_once(value: &Value) -> String {
        let mut written = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut written, Lines::default())).expect("written");
        String::from_utf8(written).expect("text")
    }

    #[test]
    fn what_is_in_a_list_has_a_line_of_its_own() {
        let value =
            json!({ "a": { "b": 1, "nobody": [], "none": {} }, "list": [{ "c": [1, 2], "d": {} }, { "c": [], "d": "x" }], "z": null });
        let expected = r#"{
  "a": {
    "b": 1,
    "nobody": [],
    "none": {}
  },
  "list": [
    {"c": [1, 2], "d": {}},
    {"c": [], "d": "x"}
  ],
  "z": null
}"#;
        assert_eq!(at_once(&value), expected);
        assert_eq!(serde_json::from_str::<Value>(expected).expect("JSON"), value);
    }

    #[test]
    fn a_list_at_the_end_is_written_as_if_it_were_with_the_rest() {
        for count in [0, 1, 2, 3, 100] {
            let list: Vec<Value> = (0..count).map(|number| json!({ "number": number, "of": [number, []], "text": "a\"b" })).collect();
            let frame = json!({ "a": [1], "list": [] });
            let whole = json!({ "a": [1], "list": list });
            assert_eq!(String::from_utf8(to_vec(&frame, &list, 8).expect("written")).expect("text"), at_once(&whole));
        }
    }

    #[test]
    fn a_list_that_does_not_come_last_is_refused() {
        for frame in [json!({ "list": [], "z": 1 }), json!({ "list": [1] }), json!([])] {
            assert!(to_vec(&frame, &[1], 8).is_err(), "{frame}");
        }
    }
}
