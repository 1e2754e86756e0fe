//! What the company sets once: its name, fiscal year, currency and rates, thresholds, period.

pub mod actions;
pub mod api;
pub mod forms;
pub mod pages;
pub mod store;
