//! How much each of us looks after, and handing it over from one to another.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod pages;
pub mod store;
pub mod workload;
