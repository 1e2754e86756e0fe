//! Asking the policy of [`kontor_domain::sight`] what a viewer may see, and remembering the answer until something it goes by changes.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_domain::assignment::{Assignment, Reach};
use kontor_domain::rights::Viewer;
use kontor_domain::sight::{Looker, Policy, Sight};
use kontor_domain::team::Role;

use super::store;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::{settings, team};

/// What decides about a sight: the revisions of teams, of groups and of accounts, the user, the day.
pub type Key = ([i64; 3], i64, NaiveDate);

/// The same viewer, who now sees what the policy lets them see today. Every way in (web, API, command line) leads through here.
pub async fn give(office: &Office, viewer: Viewer) -> Result<Viewer, Fault> {
    let sight = of(office, viewer.user_id, viewer.role, office.today()).await?;
    Ok(Viewer { sight, ..viewer })
}

async fn of(office: &Office, user_id: i64, role: Role, day: NaiveDate) -> Result<Sight, Fault> {
    if role == Role::Administrator {
        return Ok(Sight::All);
    }
    let revisions = office.db.revisions().await?;
    let key = ([Topic::Sight, Topic::Groups, Topic::Accounts].map(|topic| revisions.of(topic)), user_id, day);
    let sight = office.sights.get(&key, read(office, user_id, role, day)).await?;
    Ok(Sight::clone(&sight))
}

async fn read(office: &Office, user_id: i64, role: Role, day: NaiveDate) -> Result<Sight, Fault> {
    let db = office.db.read();
    let visibility = settings::store::current(db).await?.visibility;
    let users = team::store::all(db).await?;
    let unit_id = users.iter().find(|user| user.id == user_id).and_then(|user| user.unit_id);
    let looker = Looker { user_id, role, unit_id };
    if looker.sees_all(visibility) {
        return Ok(Sight::All);
    }
    let (stored, accounts) = match role {
        Role::SalesLead => (store::all(db).await?, store::account_ids(db).await?),
        _ => (store::of_user(db, user_id).await?, Vec::new()),
    };
    let assignments: Vec<Assignment> = stored.iter().map(|stored| stored.assignment).collect();
    let policy = Policy {
        visibility,
        units: &team::store::units(db).await?,
        unit_of: &users.iter().filter_map(|user| Some((user.id, user.unit_id?))).collect(),
        controlled: &controlled(office, &assignments, day).await?,
        assignments: &assignments,
        accounts: &accounts,
    };
    Ok(policy.sight(looker, day))
}

/// What the heads of groups among these assignments control on a day.
async fn controlled(office: &Office, assignments: &[Assignment], day: NaiveDate) -> Result<HashMap<i64, Vec<i64>>, Fault> {
    let heads = assignments.iter().filter(|assignment| assignment.reach == Reach::Group).map(|assignment| assignment.account_id);
    let mut controlled = HashMap::new();
    for head in heads {
        controlled.insert(head, super::actions::under(office, head, day).await?);
    }
    Ok(controlled)
}
