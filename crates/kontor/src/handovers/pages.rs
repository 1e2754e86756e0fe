//! The workload, the handovers, and the wizard that makes one.

mod new;
mod show;
mod workload;

use kontor_domain::assignment::TeamRole;
use kontor_domain::rights::Right;

use crate::team::pages::team_role_name;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeWorkload), url::WORKLOAD, workload::index)
        .get(Guard::Needs(Right::SeeWorkload), url::HANDOVERS, show::index)
        .get(Guard::Needs(Right::ChangeOwnTeams), url::NEW_HANDOVER, new::show)
        .post(Guard::Needs(Right::ChangeOwnTeams), url::HANDOVERS, new::hand_over)
        .get(Guard::Needs(Right::SeeFigures), "/team/handovers/{id}", show::one)
}

/// Roles by name, separated by commas.
fn role_names(t: &Texts, roles: &[TeamRole]) -> String {
    roles.iter().map(|&role| team_role_name(t, role)).collect::<Vec<_>>().join(", ")
}
