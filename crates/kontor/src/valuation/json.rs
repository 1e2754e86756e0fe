//! Answers as JSON that people and programs read line by line: what stands in a list has a line of its own, everything else is indented as usual.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The value as JSON; `room` is about how many bytes that takes.
pub fn to_vec(value: &impl Serialize, room: usize) -> serde_json::Result<Vec<u8>> {
    let mut written = Vec::with_capacity(room);
    value.serialize(&mut Serializer::with_formatter(&mut written, Lines::default()))?;
    Ok(written)
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
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_in_a_list_has_a_line_of_its_own() {
        let value =
            json!({ "a": { "b": 1, "nobody": [], "none": {} }, "list": [{ "c": [1, 2], "d": {} }, { "c": [], "d": "x" }], "z": null });
        let written = String::from_utf8(to_vec(&value, 0).expect("written")).expect("text");
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
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).expect("JSON"), value);
    }
}
