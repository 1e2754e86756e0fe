//! Pages.

use crate::web::routes::Routes;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
}
