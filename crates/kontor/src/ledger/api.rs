//! For programs.

use utoipa_axum::router::OpenApiRouter;

use crate::office::Office;

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
}
