//! The audit log: what happened, read.

pub mod actions;
pub mod api;
pub mod details;
pub mod export;
pub mod forms;
pub mod history;
pub mod pages;
pub mod store;
