//! The demo company: a believable German supplier of drives, chains, bearings and intralogistics parts, entirely invented.
//!
//! [`story`] says in one table what there is to find; [`company`] writes it as an ERP would export it, so that it comes in through the same
//! import as a user's own files. Everything follows from the given day and one fixed seed. [`cli`] and
//! [`crm`] make load data, which has no story.

mod accounts;
mod articles;
mod calendar;
pub mod cli;
pub mod company;
mod contacts;
mod course;
pub mod crm;
mod export;
mod groups;
mod invoices;
mod maps;
mod names;
mod open;
mod people;
mod portfolio;
mod records;
pub mod story;
mod teams;

pub use open::{folder, open};

#[cfg(test)]
mod tests;
