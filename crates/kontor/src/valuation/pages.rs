//! Pages.

pub mod frame;
pub mod parts;

use crate::web::routes::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
}
