//! Who the calling program is.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::caller::Caller;
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use kontor_domain::rights::{Right, Via};

/// The calling program.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeBody {
    /// The id of the token's owner.
    pub user_id: i64,
    /// The owner's name.
    pub name: String,
    /// The owner's role.
    pub role: String,
    /// What the token may be used for: `read`, `import` or `full`.
    pub scope: Option<String>,
    /// What owner and scope together allow.
    #[schema(value_type = Vec<String>)]
    pub rights: Vec<Right>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(me))
}

/// Whose token this is and what it may do
#[utoipa::path(get, path = "/me", tag = "access", responses((status = 200, body = MeBody), (status = 401, body = Problem)))]
async fn me(Caller(viewer): Caller) -> Result<Json<MeBody>, Fault> {
    let scope = match viewer.via {
        Via::Token(scope) => Some(scope.name().to_owned()),
        Via::Web | Via::CommandLine => None,
    };
    let rights = Right::ALL.iter().copied().filter(|&right| viewer.may(right)).collect();
    Ok(Json(MeBody { user_id: viewer.user_id, name: viewer.name, role: viewer.role.to_string(), scope, rights }))
}
