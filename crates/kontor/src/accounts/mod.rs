//! Accounts: the companies that buy.

pub mod directory;
pub mod search;
pub mod store;
