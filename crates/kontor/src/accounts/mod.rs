//! Accounts: the companies that buy.

pub mod actions;
pub mod addresses;
pub mod api;
pub mod bulk;
pub mod cli;
pub mod directory;
pub mod erp;
pub mod fields;
pub mod find;
pub mod finder;
pub mod forms;
pub mod list;
pub mod merging;
pub mod pages;
pub mod ranks;
pub mod search;
pub mod store;
