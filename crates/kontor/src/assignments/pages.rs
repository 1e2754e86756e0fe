//! The team of an account, and giving many accounts a team.

mod bulk;
mod team;

use kontor_domain::assignment::{Reach, TeamRole};
use kontor_domain::rights::Right;

use crate::team::store::User;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

pub use crate::team::pages::team_role_name;
pub use team::region;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeFigures), "/accounts/{id}/team", team::show)
        .post(Guard::Needs(Right::ChangeOwnTeams), "/accounts/{id}/team", team::assign)
        .get(Guard::Needs(Right::AssignTeams), url::ASSIGN, bulk::show)
        .post(Guard::Needs(Right::AssignTeams), url::ASSIGN, bulk::assign)
        .post(Guard::Needs(Right::ChangeOwnTeams), "/team/assignments/{id}/end", team::end)
}

/// The name of a reach in the reader's language.
fn reach_name(t: &Texts, reach: Reach) -> String {
    match reach {
        Reach::Account => t.assignments_reach_account(),
        Reach::Group => t.assignments_reach_group(),
    }
}

fn role_choices(t: &Texts) -> Vec<(String, String)> {
    TeamRole::ALL.into_iter().map(|role| (role.to_string(), team_role_name(t, role))).collect()
}

fn reach_choices(t: &Texts) -> Vec<(String, String)> {
    Reach::ALL.into_iter().map(|reach| (reach.to_string(), reach_name(t, reach))).collect()
}

/// Nobody, and these users.
pub(crate) fn user_choices(users: &[User]) -> Vec<(String, String)> {
    std::iter::once((String::new(), "–".to_owned())).chain(users.iter().map(|user| (user.id.to_string(), user.name.clone()))).collect()
}
