//! Views: lists as somebody saved them, favourites, and what was looked at last.
//!
//! A view is a name for the address of a list. What it lists is found anew each time, with the rights of who looks.

pub mod actions;
pub mod api;
pub mod forms;
pub mod pages;
pub mod store;
