//! How people and programs come in: sign-in, sessions, single-use links, API tokens.

pub mod actions;
pub mod api;
pub mod forms;
pub mod pages;
pub mod store;
