//! Private notes about a person: what somebody likes, what a conversation may begin with. Each reading by others is written down.

pub mod store;
