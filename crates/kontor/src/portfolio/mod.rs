//! The start page and the accounts list: where accounts and figures meet.

pub mod api;
pub mod pages;
