//! Everybody in memory, for lists and searching: what people are called, where they work, how they are reached.
//!
//! A roll is a snapshot at one revision of the people. It keeps little of each and packs it, so that the next one is copied from it in a moment and only
//! rows that changed are read.

pub mod store;
mod texts;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::rights::Viewer;
use tokio::sync::OnceCell;

use self::store::{PART, Reach, Read};
use self::texts::Lists;
pub use self::texts::Texts;
use crate::db::revisions::Topic;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::lines::Lines;

/// What somebody is or was at a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// The account; `None` outside of all accounts.
    pub account_id: Option<i64>,
    /// The last day; `None` while it goes on.
    pub to: Option<NaiveDate>,
    /// Whether it is the one the person is named with.
    pub is_primary: bool,
    /// The function, among [`Roll::texts`].
    pub function: u32,
    /// The department, among them.
    pub department: u32,
}

impl Job {
    /// Whether it goes on after a day.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.to.is_none_or(|to| to >= today)
    }
}

/// Whether somebody is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Here,
    Archived,
    /// Turned out to be another.
    Merged,
}

/// Everybody, by id, also who was put away. What lists ask of everybody stands side by side, so that a pass over it stays in the processor's memory.
#[derive(Debug, Default)]
pub struct Roll {
    revision: i64,
    ids: Vec<i64>,
    states: Vec<State>,
    changed: Vec<i64>,
    created_by: Vec<i64>,
    titles: Vec<u32>,
    jobs: Lists<Job>,
    names: Lines,
    /// The words of each name, among those of all.
    name_words: Lists<u32>,
    words: Arc<Texts>,
    texts: Arc<Texts>,
    by_name: Vec<u32>,
    // Read when a list first looks for an address or a number.
    reached: OnceCell<Lines>,
}

impl Roll {
    /// Nobody was read yet.
    fn new() -> Roll {
        Roll { revision: -1, ..Roll::default() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The revision of the people that it shows.
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// The id of the person at a place.
    pub fn id(&self, place: usize) -> i64 {
        self.ids[place]
    }

    /// The place of the person with this id.
    pub fn place_of(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The revision at which the person at a place changed last.
    pub fn changed(&self, place: usize) -> i64 {
        self.changed[place]
    }

    /// Whether the person at a place was put away.
    pub fn is_archived(&self, place: usize) -> bool {
        self.states[place] == State::Archived
    }

    /// Whether the person at a place is found no longer: put away, or another.
    pub fn is_gone(&self, place: usize) -> bool {
        self.states[place] != State::Here
    }

    /// Last and first name of the person at a place, folded.
    pub fn name(&self, place: usize) -> &str {
        self.names.get(place)
    }

    /// The academic titles of the person at a place.
    pub fn title(&self, place: usize) -> &str {
        self.texts.get(self.titles[place])
    }

    /// The words of the name of the person at a place, among [`Roll::words`].
    pub fn name_words(&self, place: usize) -> &[u32] {
        self.name_words.get(place)
    }

    /// All words of names, each once.
    pub fn words(&self) -> &Texts {
        &self.words
    }

    /// All names, by place.
    pub const fn names(&self) -> &Lines {
        &self.names
    }

    /// Titles, functions and departments in small letters.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The places in the order of names.
    pub fn by_name(&self) -> &[u32] {
        &self.by_name
    }

    /// What the person at a place is and was.
    pub fn jobs(&self, place: usize) -> &[Job] {
        self.jobs.get(place)
    }

    /// Whether a viewer may see the person at a place: with one of the accounts the person works or worked for; who never worked for one, as the user who
    /// added the person. Who turned out to be another is not seen any more.
    pub fn is_seen(&self, viewer: &Viewer, place: usize) -> bool {
        let is_merged = self.states[place] == State::Merged;
        if is_merged || viewer.sight.is_all() {
            return !is_merged;
        }
        let mut accounts = self.jobs(place).iter().filter_map(|job| job.account_id).peekable();
        match accounts.peek() {
            None => self.created_by[place] == viewer.user_id,
            Some(_) => accounts.any(|account_id| viewer.sight.sees(account_id)),
        }
    }

    /// The addresses and numbers of everybody as they are compared, by place, with blanks between.
    pub async fn reached(&self, office: &Office) -> Result<&Lines, Fault> {
        let read = async {
            let (mut lines, mut after) = (Lines::default(), i64::MIN);
            for part in self.ids.chunks(PART) {
                let Some(&last) = part.last() else { break };
                let found = store::reached(office.db.read(), None, after, last).await?;
                part.iter().for_each(|id| push_reached(&mut lines, found.get(id)));
                after = last;
            }
            Ok(lines)
        };
        self.reached.get_or_try_init(|| read).await
    }
}

/// By which ways accounts are reached: for each the channels in use of those who work there on a day and at no other account.
pub async fn reach_of_accounts(office: &Office, roll: &Roll, today: NaiveDate) -> Result<HashMap<i64, Vec<Reach>>, Fault> {
    let employer = |place: usize| {
        let mut open = roll.jobs(place).iter().filter(|job| job.is_open(today)).filter_map(|job| job.account_id);
        let first = open.next().filter(|_| !roll.is_gone(place))?;
        // Who works for several accounts is no sign that those are one.
        open.all(|other| other == first).then_some(first)
    };
    let (mut found, mut after): (HashMap<i64, Vec<Reach>>, i64) = (HashMap::new(), i64::MIN);
    for part in roll.ids.chunks(PART) {
        let Some(&last) = part.last() else { break };
        for reach in store::in_use(office.db.read(), after, last).await? {
            if let Some(account) = roll.place_of(reach.person_id).and_then(employer) {
                found.entry(account).or_default().push(reach);
            }
        }
        after = last;
    }
    Ok(found)
}

fn push_reached(lines: &mut Lines, normals: Option<&Vec<String>>) {
    lines.push(normals.into_iter().flatten().flat_map(|normal| normal.split('\n').chain([" "])));
}

/// Makes the next roll of one and of what changed.
struct Next<'a> {
    before: &'a Roll,
    /// How many of those before are taken over or replaced.
    at: usize,
    /// Addresses and numbers of those who changed, where they are kept.
    reached: Option<(&'a Lines, Lines)>,
    now: Roll,
}

impl<'a> Next<'a> {
    fn new(before: &'a Roll) -> Next<'a> {
        let reached = before.reached.get().map(|lines| (lines, Lines::default()));
        Next { before, at: 0, reached, now: Roll { texts: before.texts.clone(), words: before.words.clone(), ..Roll::new() } }
    }

    /// Takes people in, who come by id.
    fn put(&mut self, people: Vec<Read>, reached: &HashMap<i64, Vec<String>>) {
        for person in people {
            while self.before.ids.get(self.at).is_some_and(|&known| known < person.id) {
                self.keep();
            }
            self.at += usize::from(self.before.ids.get(self.at).is_some_and(|&known| known == person.id));
            let state = match (person.is_merged, person.is_archived) {
                (true, _) => State::Merged,
                (false, true) => State::Archived,
                (false, false) => State::Here,
            };
            let title = Texts::number(&mut self.now.texts, person.title.as_deref().unwrap_or_default());
            self.add(person.id, state, person.changed, person.created_by, title, &person.name);
            for job in person.jobs {
                let function = Texts::number(&mut self.now.texts, &job.function);
                let department = Texts::number(&mut self.now.texts, &job.department);
                self.now.jobs.add(Job { account_id: job.account_id, to: job.to, is_primary: job.is_primary, function, department });
            }
            if let Some((_, lines)) = &mut self.reached {
                push_reached(lines, reached.get(&person.id));
            }
        }
    }

    /// Takes over the next of those before.
    fn keep(&mut self) {
        let place = self.at;
        self.at += 1;
        let before = self.before;
        let (id, state, changed) = (before.ids[place], before.states[place], before.changed[place]);
        self.add(id, state, changed, before.created_by[place], before.titles[place], before.name(place));
        before.jobs(place).iter().for_each(|&job| self.now.jobs.add(job));
        if let Some((before, lines)) = &mut self.reached {
            lines.push([before.get(place)]);
        }
    }

    /// Adds somebody, whose jobs come next.
    fn add(&mut self, id: i64, state: State, changed: i64, created_by: i64, title: u32, name: &str) {
        let now = &mut self.now;
        now.jobs.begin();
        now.ids.push(id);
        now.states.push(state);
        now.changed.push(changed);
        now.created_by.push(created_by);
        now.titles.push(title);
        now.name_words.begin();
        for word in name.split(' ') {
            now.name_words.add(Texts::number(&mut now.words, word));
        }
        now.names.push([name]);
    }

    fn finish(mut self, revision: i64) -> Roll {
        while self.at < self.before.len() {
            self.keep();
        }
        let mut now = self.now;
        now.revision = revision;
        now.by_name = order(self.before, &now);
        if let Some((_, lines)) = self.reached {
            now.reached = OnceCell::new_with(Some(lines));
        }
        now
    }
}

/// The places in the order of names. Where nobody came in between, the order before is a good beginning, and sorting what is nearly in order is quick.
fn order(before: &Roll, now: &Roll) -> Vec<u32> {
    let are_places_kept = before.ids.iter().zip(&now.ids).all(|(before, now)| before == now);
    let known: &[u32] = if are_places_kept { &before.by_name } else { &[] };
    let mut places: Vec<u32> = known.to_vec();
    places.extend(known.len() as u32..now.len() as u32);
    places.sort_by(|&a, &b| (now.name(a as usize), a).cmp(&(now.name(b as usize), b)));
    places
}

/// Everybody as they are now, whoever looks: what is shown of it goes by [`Roll::is_seen`].
pub async fn current(office: &Office) -> Result<Arc<Roll>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::People);
    let renew = |known: Option<Arc<Roll>>| async move {
        let known = known.unwrap_or_else(|| Arc::new(Roll::new()));
        let (db, since) = (office.db.read(), (known.revision >= 0).then_some(known.revision));
        let mut next = Next::new(&known);
        let mut after = i64::MIN;
        loop {
            let part = store::part(db, since, after).await?;
            let (count, last) = (part.len(), part.last().map_or(after, |person| person.id));
            let reached = match &next.reached {
                Some(_) if count > 0 => store::reached(db, since, after, last).await?,
                _ => HashMap::new(),
            };
            next.put(part, &reached);
            after = last;
            if count < PART {
                return Ok(next.finish(revision));
            }
        }
    };
    office.roll.at(revision, renew).await
}

#[cfg(test)]
mod tests {
    use kontor_domain::sight::Sight;
    use kontor_domain::team::Language;
    use proptest::prelude::*;

    use super::store::ReadJob;
    use super::*;

    fn read(id: i64, name: &str, accounts: &[i64]) -> Read {
        let job = |&account_id: &i64| ReadJob { account_id: Some(account_id), function: "Einkauf".into(), ..ReadJob::default() };
        Read { id, name: name.into(), created_by: 7, jobs: accounts.iter().map(job).collect(), ..Read::default() }
    }

    fn next(before: &Roll, people: Vec<Read>, revision: i64) -> Roll {
        let mut next = Next::new(before);
        let reached = people.iter().map(|person| (person.id, vec![format!("{}@elbe.example", person.name)])).collect();
        next.put(people, &reached);
        next.finish(revision)
    }

    fn ids(roll: &Roll) -> Vec<i64> {
        roll.by_name().iter().map(|&place| roll.id(place as usize)).collect()
    }

    #[test]
    fn the_next_roll_has_what_changed_in_place_of_what_was() {
        let first = next(&Roll::new(), vec![read(1, "meyer anna", &[5]), read(3, "abel jens", &[])], 4);
        let second = next(&first, vec![read(2, "voss ida", &[6, 5]), read(3, "zander jens", &[8])], 5);
        assert_eq!((ids(&first), ids(&second)), (vec![3, 1], vec![1, 2, 3]));
        let accounts = |place: usize| second.jobs(place).iter().filter_map(|job| job.account_id).collect::<Vec<_>>();
        assert_eq!([0, 1, 2].map(accounts), [vec![5], vec![6, 5], vec![8]]);
        assert_eq!((second.place_of(2), second.place_of(4), second.revision()), (Some(1), None, 5));
        assert_eq!(second.texts().get(second.jobs(1)[0].function), "einkauf");
    }

    #[test]
    fn addresses_are_kept_up_to_date_once_they_were_read() {
        let mut first = next(&Roll::new(), vec![read(1, "meyer", &[]), read(3, "abel", &[])], 4);
        assert!(next(&first, vec![read(3, "voss", &[])], 5).reached.get().is_none());
        let mut lines = Lines::default();
        for address in ["meyer@elbe.example", "abel@elbe.example"] {
            push_reached(&mut lines, Some(&vec![address.to_owned()]));
        }
        first.reached = OnceCell::new_with(Some(lines));
        let second = next(&first, vec![read(3, "voss", &[])], 5);
        let reached = second.reached.get().expect("kept");
        assert_eq!((reached.get(0).trim(), reached.get(1).trim()), ("meyer@elbe.example", "voss@elbe.example"));
    }

    #[test]
    fn people_are_seen_with_an_account_or_by_who_added_them() {
        let merged = Read { is_merged: true, ..read(4, "d", &[5]) };
        let roll = next(&Roll::new(), vec![read(1, "a", &[5, 6]), read(2, "b", &[6]), read(3, "c", &[]), merged], 1);
        let seen = |viewer: &Viewer| (0..4).map(|place| roll.is_seen(viewer, place)).collect::<Vec<_>>();
        let operator = Viewer::operator(Language::En);
        assert_eq!(seen(&operator), [true, true, true, false]);
        let of_one = Viewer { user_id: 7, sight: Sight::only([5]), ..operator.clone() };
        assert_eq!(seen(&of_one), [true, false, true, false]);
        assert_eq!(seen(&Viewer { user_id: 8, ..of_one }), [true, false, false, false]);
        assert_eq!(seen(&Viewer { user_id: 8, sight: Sight::Nothing, ..operator }), [false; 4]);
    }

    proptest! {
        #[test]
        fn a_roll_made_step_by_step_is_the_one_made_at_once(steps in proptest::collection::vec(proptest::collection::btree_map(0_i64..12, ("[a-c]{0,3}", proptest::collection::vec(1_i64..4, 0..3)), 0..6), 1..5)) {
            let mut all = std::collections::BTreeMap::new();
            let mut roll = Roll::new();
            for (revision, step) in (1..).zip(&steps) {
                all.extend(step.clone());
                roll = next(&roll, step.iter().map(|(id, (name, accounts))| read(*id, name, accounts)).collect(), revision);
            }
            let whole = next(&Roll::new(), all.iter().map(|(id, (name, accounts))| read(*id, name, accounts)).collect(), 9);
            prop_assert_eq!(ids(&roll), ids(&whole));
            for place in 0..whole.len() {
                prop_assert_eq!((roll.id(place), roll.name(place), roll.jobs(place)), (whole.id(place), whole.name(place), whole.jobs(place)));
            }
        }
    }
}
