//! Corporate groups: which accounts belong together, by typed and dated edges.

pub mod actions;
pub mod find;
pub mod forms;
pub mod pages;
pub mod store;
