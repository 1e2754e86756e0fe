//! The index of people behind the palette, kept as fresh as the records.

use std::collections::HashMap;

use kontor_domain::rights::Viewer;
use tokio::sync::RwLock;

use crate::accounts::directory::Directory;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::store::{self as people, Findable};
use crate::search::index::{Hit, Index};

/// Finds people by what somebody types. One per process; it catches up with the records when it is asked.
#[derive(Default)]
pub struct Finder {
    people: RwLock<People>,
}

#[derive(Default)]
struct People {
    index: Index,
    /// Where each works or worked, and who added the person: what decides who sees them.
    seen_at: HashMap<i64, (Box<[i64]>, i64)>,
    /// The revision of the people that the index holds.
    known: Option<i64>,
}

impl Finder {
    /// The people this viewer may see who fit what was typed, the best first. They are found by their names and by those of the companies they work for.
    pub async fn people(&self, office: &Office, viewer: &Viewer, directory: &Directory, typed: &str) -> Result<Vec<Hit>, Fault> {
        let revision = office.db.revisions().await?.of(Topic::People);
        {
            let people = self.people.read().await;
            if people.known.is_some_and(|known| known >= revision) {
                return Ok(people.search(viewer, typed));
            }
        }
        let mut people = self.people.write().await;
        if people.known.is_none_or(|known| known < revision) {
            let changed = people::findable(office.db.read(), people.known).await?;
            people.catch_up(changed, directory, revision);
        }
        Ok(people.search(viewer, typed))
    }
}

impl People {
    fn search(&self, viewer: &Viewer, typed: &str) -> Vec<Hit> {
        let is_seen = |id: i64| {
            viewer.sight.is_all()
                || self.seen_at.get(&id).is_some_and(|(accounts, creator)| match accounts.is_empty() {
                    true => *creator == viewer.user_id,
                    false => accounts.iter().any(|&account| viewer.sight.sees(account)),
                })
        };
        self.index.search(typed, is_seen).unwrap_or_default()
    }

    fn catch_up(&mut self, changed: Vec<Findable>, directory: &Directory, revision: i64) {
        for person in changed {
            if person.is_gone {
                self.index.remove(person.id);
                self.seen_at.remove(&person.id);
                continue;
            }
            let companies = person
                .works_at
                .iter()
                .filter_map(|&id| directory.place_of(id))
                .map(|place| directory.accounts()[place].master.name.as_str());
            self.index.put(person.id, 0, std::iter::once(person.name.as_str()).chain(companies));
            self.seen_at.insert(person.id, (person.seen_at.into(), person.created_by));
        }
        self.known = Some(revision);
    }
}
