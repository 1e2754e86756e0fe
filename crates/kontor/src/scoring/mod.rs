//! The valuation by points: criteria, models, ratings and what comes of them.

pub mod actions;
pub mod export;
pub mod forms;
pub mod list;
pub mod pages;
pub mod runs;
pub mod store;
pub mod table;
