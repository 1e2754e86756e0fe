//! The lists of people, of all and of one account, with how contact with them stands; the same as files and for address books.

pub mod actions;
pub mod api;
pub mod cli;
pub mod export;
pub mod forms;
pub mod list;
pub mod pages;
