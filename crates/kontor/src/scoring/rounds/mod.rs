//! Rounds of ratings: who must rate what until when.

pub mod actions;
pub mod forms;
pub mod store;
