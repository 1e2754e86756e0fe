//! Results that were kept, so that one can look back and compare.

pub mod packed;
pub mod store;
