//! People on the customers' side: who they are, where they work, how they are reached, and where that is known from.
//!
//! A person is seen with one of the accounts the person works or worked for. [`contacts`] are address books in
//! and out, [`notes`] are private notes about a person, which only the author and the
//! account team read.

pub mod actions;
pub mod api;
pub mod contacts;
pub mod finder;
pub mod forms;
pub mod history;
pub mod job;
pub mod merging;
pub mod notes;
pub mod pages;
pub mod roll;
pub mod store;
