//! The account page: all there is to know about one account before a visit.

pub mod actions;
pub mod api;
pub mod export;
pub mod figures;
pub mod finding;
pub mod group;
pub mod invoices;
pub mod pages;
pub mod rhythm;
