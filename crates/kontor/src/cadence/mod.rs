//! How often contact with customers should happen, and with whom it is due: counted from the last real contact, by class and role.

pub mod actions;
pub mod api;
pub mod book;
pub mod cli;
pub mod forms;
pub mod pages;
pub mod store;
