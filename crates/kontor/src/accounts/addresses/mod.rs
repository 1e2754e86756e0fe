//! Further addresses of accounts: for invoices, goods, letters, visits. The seat stands in the master data.

pub mod actions;
pub mod store;
