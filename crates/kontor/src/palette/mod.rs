//! The command palette: accounts, people, pages and actions by a few letters; what is kept at hand and what was looked at last.

pub mod actions;
pub mod api;
pub mod forms;
pub mod pages;
