//! What somebody comes for in the morning: the accounts on whose team they are, and what is next.

pub mod actions;
pub mod pages;
