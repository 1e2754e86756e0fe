//! Accounts: the companies that buy.

pub mod directory;
pub mod pages;
pub mod search;
pub mod store;
