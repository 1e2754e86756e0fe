//! Nouns, rules and arithmetic of key account management.
//!
//! Everything here is pure: no file, no database, no clock, no async. Time is a parameter. What a figure means, its unit, formula and edge
//! cases stand at its function; the other crates only fetch what these functions need and show what they return.
//!
//! Reading order: [`amount`] and [`period`] are the measures; [`abc`], [`pareto`], [`concentration`], [`growth`], [`bands`], [`cross`]
//! and [`movers`] are the figures of the customer valuation; [`account`] is the master data of customers, [`duplicates`] who was entered twice;
//! [`group`] says what belongs together, [`assignment`] who looks after it, [`person`] how people are named and addressed, [`interaction`] and
//! [`cadence`] contact with them; [`scoring`] values by points, [`key_account`] declares; [`team`], [`rights`], [`sight`], [`settings`],
//! [`notice`] and [`audit`] are the house rules.

pub mod abc;
pub mod account;
pub mod amount;
pub mod assignment;
pub mod audit;
pub mod bands;
pub mod cadence;
pub mod concentration;
pub mod cross;
pub mod duplicates;
pub mod group;
pub mod growth;
pub mod interaction;
pub mod key_account;
pub mod movers;
pub mod notice;
pub mod pareto;
pub mod period;
pub mod person;
pub mod rights;
pub mod scoring;
pub mod settings;
pub mod sight;
pub mod stakeholder;
pub mod team;
pub mod view;

pub use amount::Amount;
pub use period::{Month, Period};
