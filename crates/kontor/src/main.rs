//! The program `kontor`.

// LATER: read the command line; the program has no commands yet.
fn main() {}
