//! The users: who works here, in which role.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod notices;
pub mod pages;
pub mod password;
pub mod secret;
pub mod store;
