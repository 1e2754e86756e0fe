//! What the accounts, people and users of interactions are called.

use std::collections::{BTreeSet, HashMap};

use kontor_domain::rights::Viewer;

use super::store::Interaction;
use crate::accounts::{directory, pages};
use crate::fault::Fault;
use crate::office::Office;
use crate::{people, team};

/// Names by id, as far as the viewer may know them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    accounts: HashMap<i64, String>,
    persons: HashMap<i64, String>,
    users: HashMap<i64, String>,
}

impl Names {
    /// The names of all who take part in some interactions, in as many queries as for one.
    pub async fn of(office: &Office, viewer: &Viewer, interactions: &[Interaction]) -> Result<Names, Fault> {
        let persons: BTreeSet<i64> = interactions.iter().flat_map(|interaction| interaction.entry.persons.iter().copied()).collect();
        let accounts = interactions.iter().map(|interaction| interaction.entry.account_id);
        Names::of_ids(office, viewer, accounts, persons).await
    }

    /// The names of these accounts and people, and of all users.
    pub async fn of_ids(
        office: &Office,
        viewer: &Viewer,
        accounts: impl IntoIterator<Item = i64>,
        persons: impl IntoIterator<Item = i64>,
    ) -> Result<Names, Fault> {
        let directory = directory::current(office, viewer).await?;
        let known = |id: i64| viewer.sight.sees(id).then(|| directory.place_of(id)).flatten();
        let accounts = accounts.into_iter().filter_map(|id| Some((id, pages::name(&directory.accounts()[known(id)?]).to_owned())));
        let persons: Vec<i64> = persons.into_iter().collect();
        Ok(Names {
            accounts: accounts.collect(),
            persons: if persons.is_empty() { HashMap::new() } else { people::store::names(office.db.read(), viewer, &persons).await? },
            users: team::store::all(office.db.read()).await?.into_iter().map(|user| (user.id, user.name)).collect(),
        })
    }

    /// What an account is called.
    pub fn account(&self, id: i64) -> &str {
        self.accounts.get(&id).map_or("–", String::as_str)
    }

    /// What a person is called; `None` for one the viewer may not see.
    pub fn person(&self, id: i64) -> Option<&str> {
        self.persons.get(&id).map(String::as_str)
    }

    /// What a user is called.
    pub fn user(&self, id: i64) -> &str {
        self.users.get(&id).map_or(if id == 0 { "kontor" } else { "–" }, String::as_str)
    }
}
