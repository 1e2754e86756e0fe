//! Corporate groups: which accounts belong together, by typed and dated edges.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod import;
pub mod moving;
pub mod pages;
pub mod store;
