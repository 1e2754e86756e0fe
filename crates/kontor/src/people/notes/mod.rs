//! Private notes about a person: what somebody likes, what a conversation may begin with.
//!
//! Whoever writes a note reads it. Beside the author, only the teams of the accounts the person works for do, whatever their role in the house, and each
//! of their readings is written down and shown. What a note says is in no log, no export, and no search.

pub mod actions;
pub mod pages;
pub mod store;
