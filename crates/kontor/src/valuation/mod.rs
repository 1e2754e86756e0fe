//! The customer valuation: classes, Pareto, concentration, growth over the accounts of the ledger.

pub mod actions;
pub mod api;
pub mod changes;
pub mod cli;
pub mod export;
pub mod forms;
pub mod heads;
mod json;
pub mod pages;
mod seen;
pub mod table;
