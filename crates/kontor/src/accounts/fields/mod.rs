//! Custom fields: what the company keeps about its accounts besides what Kontor knows of.

pub mod actions;
pub mod api;
pub mod forms;
pub mod pages;
pub mod store;
