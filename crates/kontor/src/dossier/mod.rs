//! The account page.

pub mod api;
pub mod pages;
