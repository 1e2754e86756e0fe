//! kontor
fn main() {}
