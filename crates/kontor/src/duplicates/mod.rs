//! Duplicates: who was entered twice, and making one of two, with a way back.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod humans;
pub mod pages;
pub mod store;
