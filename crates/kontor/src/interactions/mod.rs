//! Contacts with customers: visits, calls, mails; who took part, what came of it, what is next; files that belong to them.

pub mod actions;
pub mod api;
pub mod attachments;
pub mod cli;
pub mod export;
pub mod filter;
pub mod forms;
pub mod last_contacts;
pub mod mail;
pub mod mails;
pub mod names;
pub mod pages;
pub mod reader;
pub mod store;
pub mod timeline;
