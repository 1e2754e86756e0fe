//! Finding records by what people type.

pub mod fold;
pub mod index;
pub mod kept;
pub mod lines;
pub mod slip;
