//! The sales ledger in the office: imports, what they found, and which segments are live.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod jobs;
pub mod pages;
pub mod report;
pub mod run;
pub mod store;
pub mod uploads;
