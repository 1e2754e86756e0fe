//! The start page and the accounts list: where accounts and figures meet.

pub mod actions;
pub mod api;
pub mod columns;
pub mod forms;
pub mod list;
pub mod pages;
