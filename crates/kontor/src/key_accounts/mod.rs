//! Key accounts: nominated by somebody, declared by the sales lead, looked at again; and what each class of accounts gets.

pub mod actions;
pub mod api;
pub mod forms;
pub mod moving;
pub mod pages;
pub mod store;
