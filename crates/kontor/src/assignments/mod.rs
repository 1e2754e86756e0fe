//! Account teams: who looks after which account, and what each of us sees because of it.

pub mod actions;
pub mod api;
pub mod cli;
pub mod forms;
pub mod pages;
pub mod plan;
pub mod sight;
pub mod store;
