//! The list of people: which ones, and in which order.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kontor_domain::cadence::State as Standing;
use kontor_domain::rights::Viewer;

use crate::accounts::directory::{Directory, Text};
use crate::accounts::search::Search;
use crate::cadence::book::Contact;
use crate::order::sort_window;
use crate::people::roll::{Job, Roll};
use crate::search::fold::fold;
use crate::search::lines::Lines;

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// By last name.
    #[default]
    Name,
    /// By the company of the primary employment.
    Company,
    /// What changed last comes first.
    Changed,
    /// By the last contact that counts, the longest ago first; who needs none comes last.
    LastContact,
    /// By how it stands with contact, the most pressing first; who needs none comes last.
    Contact,
    /// As they were added.
    Id,
}

impl Sort {
    /// Whether it takes how it stands with contact.
    const fn is_by_contact(self) -> bool {
        matches!(self, Sort::LastContact | Sort::Contact)
    }
}

/// Which employments count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Everybody who was not put away.
    #[default]
    All,
    /// Who works at one of our accounts today.
    Present,
    /// Who worked at one of our accounts, and does no longer.
    Former,
    /// Who was put away.
    Archived,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the name, a mail address, a telephone number.
    pub text: String,
    /// Only people of these accounts; `None` for all.
    pub accounts: Option<Vec<i64>>,
    /// A part of the function.
    pub function: String,
    /// A part of the department.
    pub department: String,
    /// Which employments count.
    pub state: State,
    /// How it stands with contact.
    pub contact: Option<Standing>,
    /// In which order.
    pub sort: Sort,
}

impl Wanted {
    /// The words looked for, as names are kept for finding.
    pub fn words(&self) -> Vec<String> {
        let mut folded = String::new();
        fold(&self.text, &mut folded);
        folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// Whether it takes how it stands with contact to find who is wanted.
    pub const fn needs_contacts(&self) -> bool {
        self.contact.is_some() || self.sort.is_by_contact()
    }
}

/// From so many letters on a word is looked for in addresses and numbers too.
pub const REACHED_FROM: usize = 3;

/// What decides who is on the list.
pub struct Source<'a> {
    /// Everybody.
    pub roll: &'a Roll,
    /// Where the company of each stands in the order of names, as [`companies`] finds it; empty where nobody asks for it.
    pub companies: &'a [u32],
    /// Who looks.
    pub viewer: &'a Viewer,
    /// How it stands with contact, by person; empty where nobody asks for it.
    pub contacts: &'a HashMap<i64, Contact>,
    /// Today.
    pub today: NaiveDate,
}

impl Source<'_> {
    /// The places in the roll of those who are wanted, apart from the words, in the order of their names.
    pub fn fitting(&self, wanted: &Wanted) -> Vec<u32> {
        // Employments are looked at as they lie in memory, one after the other.
        let work = Work::new(self, wanted);
        let works: Option<Vec<bool>> = work.is_asked().then(|| (0..self.roll.len()).map(|place| work.fits(place)).collect());
        let in_touch = wanted.contact.map(|state| self.places_with(|contact| contact.standing.state == state));
        let is_wanted = |place: usize| {
            self.roll.is_archived(place) == (wanted.state == State::Archived)
                && self.roll.is_seen(self.viewer, place)
                && in_touch.as_ref().is_none_or(|in_touch| in_touch[place])
                && works.as_ref().is_none_or(|works| works[place])
        };
        self.roll.by_name().iter().copied().filter(|&place| is_wanted(place as usize)).collect()
    }

    /// For each place, whether there is somebody with whom contact stands so.
    fn places_with(&self, is_wanted: impl Fn(&Contact) -> bool) -> Vec<bool> {
        let mut with = vec![false; self.roll.len()];
        for (&id, _) in self.contacts.iter().filter(|(_, contact)| is_wanted(contact)) {
            if let Some(place) = self.roll.place_of(id) {
                with[place] = true;
            }
        }
        with
    }

    /// Leaves those in whose names, or, where a word can be one, addresses and numbers every word occurs.
    pub fn saying(&self, mut found: Vec<u32>, words: &[String], reached: Option<&Lines>) -> Vec<u32> {
        for word in words {
            let mut holds = vec![false; self.roll.len()];
            self.roll.names().holding(word, |place| holds[place] = true);
            if let Some(reached) = reached.filter(|_| word.len() >= REACHED_FROM) {
                reached.holding(word, |place| holds[place] = true);
            }
            found.retain(|&place| holds[place as usize]);
        }
        found
    }

    /// Those of them whose names hold every word, perhaps with a slip of the finger, the most similar first.
    pub fn similar(&self, among: &[u32], typed: &str) -> Vec<u32> {
        let Some(search) = Search::new(typed) else { return Vec::new() };
        let may = among.iter().filter(|&&place| search.may_fit(&self.roll.letters(place as usize)));
        let mut found: Vec<(u32, u32)> =
            may.filter_map(|&place| Some((search.fits_text(self.roll.name(place as usize))?, place))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// Puts the part from `skip` to `end` of those found in their order, which they have by name so far.
    pub fn put_in_order(&self, found: &mut Vec<u32>, sort: Sort, skip: usize, end: usize) {
        match sort {
            Sort::Name => {}
            Sort::Company => by_key(found, skip, end, |place| self.company(place)),
            Sort::Changed => by_key(found, skip, end, |place| Reverse(self.roll.changed(place))),
            Sort::Id => found.sort_unstable(),
            Sort::LastContact | Sort::Contact => {
                // Few have a rhythm; they alone are put in order, before all others.
                let with = self.places_with(|_| true);
                let (mut first, rest): (Vec<u32>, Vec<u32>) = found.iter().partition(|&&place| with[place as usize]);
                let count = first.len();
                let standing = |place: usize| self.contacts.get(&self.roll.id(place)).map(|contact| contact.standing);
                match sort {
                    Sort::Contact => by_key(&mut first, 0, count, |place| standing(place).map(|standing| standing.pressing_first())),
                    _ => by_key(&mut first, 0, count, |place| standing(place).and_then(|standing| standing.last).map(|(day, _)| day)),
                }
                first.extend(rest);
                *found = first;
            }
        }
    }

    /// Where the company of somebody stands in the order of names; an account the viewer does not see counts as none, and those come last.
    fn company(&self, place: usize) -> u32 {
        let is_seen = || employer(self.roll.jobs(place)).is_some_and(|id| self.viewer.sight.sees(id));
        if self.viewer.sight.is_all() || is_seen() { self.companies[place] } else { u32::MAX }
    }
}

fn by_key<K: Ord>(found: &mut Vec<u32>, skip: usize, end: usize, key: impl Fn(usize) -> K) {
    let mut keyed: Vec<(K, u32, u32)> = (0..).zip(found.iter()).map(|(name, &place)| (key(place as usize), name, place)).collect();
    sort_window(&mut keyed, skip, end, |a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    *found = keyed.into_iter().map(|(_, _, place)| place).collect();
}

/// Where the company of everybody's primary employment stands in the order of names, by place in the roll; who has none comes last.
pub fn companies(roll: &Roll, directory: &Directory) -> Vec<u32> {
    let ranks = directory.ranks(Text::Name);
    let rank = |place: usize| employer(roll.jobs(place)).and_then(|id| ranks.of(directory.place_of(id)?));
    (0..roll.len()).map(|place| rank(place).unwrap_or(u32::MAX)).collect()
}

fn employer(jobs: &[Job]) -> Option<i64> {
    jobs.iter().find(|job| job.is_primary).and_then(|job| job.account_id)
}

/// What is asked of somebody's employments, as far as the viewer sees them.
struct Work<'a> {
    source: &'a Source<'a>,
    state: State,
    accounts: Option<HashSet<i64>>,
    /// For each text, whether it holds what is asked of the function.
    function: Option<Vec<bool>>,
    department: Option<Vec<bool>>,
}

impl<'a> Work<'a> {
    fn new(source: &'a Source<'a>, wanted: &Wanted) -> Work<'a> {
        let holding = |text: &str| (!text.is_empty()).then(|| source.roll.texts().holding(text));
        Work {
            source,
            state: wanted.state,
            accounts: wanted.accounts.as_ref().map(|accounts| accounts.iter().copied().collect()),
            function: holding(&wanted.function),
            department: holding(&wanted.department),
        }
    }

    /// Whether anything is asked of a single employment.
    const fn is_about_one(&self) -> bool {
        self.accounts.is_some() || self.function.is_some() || self.department.is_some()
    }

    fn is_asked(&self) -> bool {
        self.is_about_one() || matches!(self.state, State::Present | State::Former)
    }

    fn fits(&self, place: usize) -> bool {
        let jobs = self.source.roll.jobs(place);
        let seen = || jobs.iter().filter(|job| job.account_id.is_none_or(|id| self.source.viewer.sight.sees(id)));
        let is_present = |job: &Job| job.account_id.is_some() && job.is_open(self.source.today);
        match self.state {
            State::Present => seen().any(|job| is_present(job) && self.asked(job)),
            State::Former => {
                !seen().any(is_present)
                    && seen().any(|job| job.account_id.is_some())
                    && (!self.is_about_one() || seen().any(|job| !job.is_open(self.source.today) && self.asked(job)))
            }
            State::All | State::Archived => seen().any(|job| self.asked(job)),
        }
    }

    fn asked(&self, job: &Job) -> bool {
        let holds = |of: &Option<Vec<bool>>, text: u32| of.as_ref().is_none_or(|holding| holding[text as usize]);
        self.accounts.as_ref().is_none_or(|accounts| job.account_id.is_some_and(|id| accounts.contains(&id)))
            && holds(&self.function, job.function)
            && holds(&self.department, job.department)
    }
}
