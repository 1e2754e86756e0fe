//! Stakeholder maps: who decides at an account, who bends whose ear, and what each of us is to each of them.

pub mod actions;
pub mod api;
pub mod drawing;
pub mod forms;
pub mod map;
pub mod moving;
pub mod pages;
pub mod store;
