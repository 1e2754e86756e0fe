//! One map, put together: who stands on it and how, the lines, what we are to each of them, and what it warns of.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kontor_domain::rights::{Right, Viewer};
use kontor_domain::stakeholder::{BuyingRole, Coverage, LineKind, Standing, Support, Tie, Warning, Who, closes_circle, gaps, warnings};

use super::store::{self, Decision, Entry, Line};
use crate::accounts::directory;
use crate::accounts::store::Account;
use crate::assignments;
use crate::fault::Fault;
use crate::office::Office;
use crate::people;
use crate::people::store::{Employment, Person};
use crate::team;
use crate::team::actions::require;

/// So many people of an account stand on its map by themselves; of more, those who were put there.
const BY_THEMSELVES: usize = 60;

/// Somebody on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Who.
    pub who: Who,
    /// The entry, where somebody was put on the map.
    pub entry_id: Option<i64>,
    /// The name.
    pub name: String,
    /// What they do.
    pub function: String,
    /// Whether they still work there.
    pub is_present: bool,
    /// The part in the decision.
    pub role: Option<BuyingRole>,
    /// For or against us.
    pub support: Support,
    /// How well we reach them.
    pub coverage: Coverage,
    /// The place on the map of the one above.
    pub above: Option<usize>,
}

/// A line between two places on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapLine {
    /// The id.
    pub id: i64,
    /// Where it begins.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// What it means.
    pub kind: LineKind,
}

/// One of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The user's id.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// A map.
pub struct Map {
    /// Of which account.
    pub account: Arc<Account>,
    /// All decisions of the account.
    pub decisions: Vec<Decision>,
    /// The decision that it is about; `None` for the account itself.
    pub decision: Option<Decision>,
    /// Who stands on it.
    pub nodes: Vec<Node>,
    /// The lines beside the organisation.
    pub lines: Vec<MapLine>,
    /// Those of us who look after the account or know somebody there.
    pub us: Vec<Colleague>,
    /// What we are to them.
    pub ties: Vec<Tie>,
    /// What it warns of.
    pub warnings: Vec<Warning>,
    /// People of the account who do not stand on it.
    pub others: Vec<(i64, String)>,
}

impl Map {
    /// Where somebody stands on it.
    pub fn place(&self, who: Who) -> Option<usize> {
        self.nodes.iter().position(|node| node.who == who)
    }

    /// The name of somebody on it.
    pub fn name(&self, who: Who) -> &str {
        self.place(who).map_or("–", |place| self.nodes[place].name.as_str())
    }

    /// What one of us is to one of them.
    pub fn tie(&self, user: i64, person: i64) -> Option<&Tie> {
        self.ties.iter().find(|tie| tie.user == user && tie.person == person)
    }

    /// What is missing, the widest gap first.
    pub fn gaps(&self) -> Vec<Tie> {
        gaps(&self.ties)
    }
}

/// The map of an account this viewer may see, or of one of its decisions.
pub async fn load(office: &Office, viewer: &Viewer, account_id: i64, decision_id: Option<i64>) -> Result<Map, Fault> {
    require(viewer, Right::SeeFigures)?;
    let account = directory::account(office, viewer, account_id).await?;
    let (db, today) = (office.db.read(), office.today());
    let decisions = store::decisions(db, account_id).await?;
    let decision = match decision_id {
        Some(id) => Some(decisions.iter().find(|decision| decision.id == id).cloned().ok_or(Fault::NotFound)?),
        None => None,
    };
    let entries = store::entries(db, account_id, decision_id).await?;
    let staff = staff(people::store::of_account(db, viewer, account_id).await?, today);
    let mut nodes = drawn(&entries, &staff, decision_id.is_none());
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    let place: HashMap<i64, usize> = nodes.iter().enumerate().filter_map(|(place, node)| Some((node.entry_id?, place))).collect();
    let line = |line: &Line| Some(MapLine { id: line.id, from: *place.get(&line.from_id)?, to: *place.get(&line.to_id)?, kind: line.kind });
    let lines = store::lines(db, &ids).await?.iter().filter_map(line).collect();
    set_above(&mut nodes, &entries, &staff, &place);
    let on_map: Vec<i64> = nodes.iter().filter_map(|node| person(node.who)).collect();
    let ties = store::ties(db, &on_map).await?;
    let us = colleagues(office, viewer, account_id, &ties).await?;
    let others = staff
        .iter()
        .filter(|one| one.is_present && !on_map.contains(&one.person.id))
        .map(|one| (one.person.id, one.person.data.full_name()));
    Ok(Map {
        warnings: warnings(&nodes.iter().map(standing).collect::<Vec<_>>(), &ties),
        others: others.collect(),
        account,
        decisions,
        decision,
        nodes,
        lines,
        us,
        ties,
    })
}

const fn person(who: Who) -> Option<i64> {
    match who {
        Who::Person(id) => Some(id),
        Who::Placeholder(_) => None,
    }
}

const fn standing(node: &Node) -> Standing {
    Standing { who: node.who, is_present: node.is_present, role: node.role, support: node.support, coverage: node.coverage }
}

/// Somebody who works or worked at the account.
struct Staff {
    person: Person,
    employment: Employment,
    is_present: bool,
}

/// Everybody once, with the employment that goes on, else the last one.
fn staff(pairs: Vec<(Person, Employment)>, today: chrono::NaiveDate) -> Vec<Staff> {
    let mut all: Vec<Staff> = Vec::new();
    for (person, employment) in pairs {
        let one = Staff { is_present: employment.role.is_open(today), person, employment };
        match all.iter_mut().find(|known| known.person.id == one.person.id) {
            Some(known) if (known.is_present, known.employment.role.to) < (one.is_present, one.employment.role.to) => *known = one,
            Some(_) => {}
            None => all.push(one),
        }
    }
    all
}

/// Those who were put on the map, in that order, then, on the map of an account itself, everybody else who works there.
fn drawn(entries: &[Entry], staff: &[Staff], has_all: bool) -> Vec<Node> {
    let find = |id: i64| staff.iter().find(|one| one.person.id == id);
    let entered = entries.iter().filter_map(|entry| {
        let one = entry.person_id.map(|id| find(id).ok_or(id));
        // A person whom this viewer does not see does not stand there.
        let (name, function, is_present) = match one {
            Some(Ok(one)) => (one.person.data.full_name(), one.employment.role.function.clone(), one.is_present),
            Some(Err(_)) => return None,
            None => (entry.terms.placeholder.clone(), entry.terms.function.clone(), true),
        };
        let terms = &entry.terms;
        Some(Node {
            who: entry.who(),
            entry_id: Some(entry.id),
            name,
            function,
            is_present,
            role: terms.role,
            support: terms.support,
            coverage: terms.coverage,
            above: None,
        })
    });
    let mut nodes: Vec<Node> = entered.collect();
    let known: HashSet<Who> = nodes.iter().map(|node| node.who).collect();
    let present: Vec<&Staff> = staff.iter().filter(|one| one.is_present && !known.contains(&Who::Person(one.person.id))).collect();
    if has_all && present.len() <= BY_THEMSELVES {
        nodes.extend(present.into_iter().map(|one| Node {
            who: Who::Person(one.person.id),
            entry_id: None,
            name: one.person.data.full_name(),
            function: one.employment.role.function.clone(),
            is_present: true,
            role: None,
            support: Support::default(),
            coverage: Coverage::default(),
            above: None,
        }));
    }
    nodes
}

/// Who stands above whom: as was said on the map, else as the employment says. Where the two together lead round in a circle, it is left open.
fn set_above(nodes: &mut [Node], entries: &[Entry], staff: &[Staff], place: &HashMap<i64, usize>) {
    let by_who: HashMap<Who, usize> = nodes.iter().enumerate().map(|(place, node)| (node.who, place)).collect();
    let mut above_of: HashMap<Who, Who> = HashMap::new();
    for index in 0..nodes.len() {
        let (who, entry_id) = (nodes[index].who, nodes[index].entry_id);
        let said = entries.iter().find(|entry| Some(entry.id) == entry_id).and_then(|entry| place.get(&entry.terms.above_id?).copied());
        let works = person(who).and_then(|id| staff.iter().find(|one| one.person.id == id));
        let employed = works.and_then(|one| by_who.get(&Who::Person(one.employment.role.reports_to?)).copied());
        if let Some(above) = said.or(employed)
            && !closes_circle(&above_of, who, nodes[above].who)
        {
            above_of.insert(who, nodes[above].who);
            nodes[index].above = Some(above);
        }
    }
}

/// The account's team, then all others who have to do with somebody on the map.
async fn colleagues(office: &Office, viewer: &Viewer, account_id: i64, ties: &[Tie]) -> Result<Vec<Colleague>, Fault> {
    let mut us: Vec<Colleague> = Vec::new();
    for member in assignments::actions::team(office, viewer, account_id, office.today()).await?.now {
        if us.iter().all(|known| known.id != member.assignment.user_id) {
            us.push(Colleague { id: member.assignment.user_id, name: member.name });
        }
    }
    let missing: Vec<i64> = ties.iter().map(|tie| tie.user).filter(|user| us.iter().all(|known| known.id != *user)).collect();
    if !missing.is_empty() {
        let users = team::store::all(office.db.read()).await?;
        us.extend(users.into_iter().filter(|user| missing.contains(&user.id)).map(|user| Colleague { id: user.id, name: user.name }));
    }
    Ok(us)
}
