//! The web's frame: layout, components, charts, texts, formats, routes, guards.

pub mod assets;
pub mod charts;
pub mod components;
pub mod context;
pub mod errors;
pub mod filter;
pub mod format;
pub mod guard;
pub mod layout;
pub mod marks;
pub mod routes;
pub mod serve;
#[cfg(debug_assertions)]
mod styleguide;
pub mod texts;
pub mod url;
