//! The 400 accounts of the demo company: those with a story, those of corporate groups, and all others.

use std::collections::BTreeSet;

use kontor_ledger::generate::places::{self, PLACES, Place};
use kontor_ledger::generate::random::Random;

use super::articles::{GROUPS, SERVICE, SMALL_GOODS};
use super::course::Course;
use super::names::{self, Company};
use super::story::{self, Member, STORIES, Story, Tale};

/// An account and how it buys.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) industry: &'static str,
    pub(super) buying: Buying,
}

impl Account {
    /// Swiss accounts are invoiced in francs, all others in euros.
    pub(super) fn currency(&self) -> &'static str {
        if self.place.country == "CH" { "CHF" } else { "EUR" }
    }
}

/// How an account buys; amounts in its currency.
#[derive(Clone, Debug)]
pub(super) struct Buying {
    /// Bought in a year when the course is at 100 %.
    pub(super) pace_cents: i64,
    /// An average line.
    pub(super) line_cents: i64,
    pub(super) lines_per_invoice: u32,
    pub(super) discount_percent: i64,
    /// Credit notes for a thousand invoices.
    pub(super) credits: u32,
    /// By how many thousandths a month may differ from the plan.
    pub(super) unrest: i64,
    pub(super) course: Course,
    /// Product groups; one that stands there twice is bought from twice as often.
    pub(super) groups: Vec<usize>,
    /// The group that fell silent.
    pub(super) silent: Option<usize>,
}

/// All accounts.
pub(super) fn all(seed: u64) -> Vec<Account> {
    let random = &mut Random::part(seed, 1);
    let mut accounts: Vec<Account> = STORIES.iter().map(|story| of_story(story, random)).collect();
    let members = story::GROUPS.iter().flat_map(|group| group.members).chain([&story::SWISS]);
    accounts.extend(members.map(|member| of_member(member, random)));
    let taken: BTreeSet<String> = accounts.iter().map(|account| account.number.clone()).collect();
    accounts.extend(others(story::ACCOUNTS - accounts.len(), &taken, random));
    accounts
}

fn of_story(story: &Story, random: &mut Random) -> Account {
    let all_goods: Vec<usize> = (0..SERVICE).collect();
    let silent = GROUPS.iter().position(|group| *group == story::SILENT_GROUP);
    let (groups, silent) = match story.tale {
        Tale::Dependence => (all_goods, None),
        Tale::SmallOrders => (SMALL_GOODS.to_vec(), None),
        // A third of what the leaving account bought came from the group that fell silent.
        Tale::Leaving => ([0, 1, 3, 6].into_iter().chain(silent).chain(silent).collect(), silent),
        _ => (favourites(random), None),
    };
    let buying = Buying {
        pace_cents: story.pace * 100,
        line_cents: story.line * 100,
        lines_per_invoice: story.lines_per_invoice,
        discount_percent: story.discount_percent,
        credits: story.credits,
        unrest: if story.tale == Tale::OpinionLeader { 30 } else { 80 },
        course: story.course,
        groups,
        silent,
    };
    Account {
        number: story.number.to_owned(),
        name: story.name.to_owned(),
        place: place_named(story.city),
        industry: story.industry,
        buying,
    }
}

fn of_member(member: &Member, random: &mut Random) -> Account {
    let buying = Buying {
        pace_cents: member.pace * 100,
        line_cents: 230_000,
        lines_per_invoice: random.between(3, 8) as u32,
        discount_percent: member.discount_percent,
        credits: 20,
        unrest: 150,
        course: Course::Growing(member.growth),
        groups: favourites(random),
        silent: None,
    };
    Account {
        number: member.number.to_owned(),
        name: member.name.to_owned(),
        place: place_named(member.city),
        industry: member.industry,
        buying,
    }
}

/// The accounts that nobody tells a story about: few of middling size, many small ones.
fn others(count: usize, taken: &BTreeSet<String>, random: &mut Random) -> Vec<Account> {
    // The weight of a rank falls with its power of one and a half, in whole numbers.
    let mut weights: Vec<u64> = (1..=count as u64).map(|rank| 1_000_000_000_000 / ((rank + 9) * ((rank + 9) * 10_000).isqrt())).collect();
    let total: u64 = weights.iter().sum();
    random.shuffle(&mut weights);
    let mut number = 10_003_u32;
    let mut next_number = |random: &mut Random| loop {
        number += 1 + random.below(5);
        let text = number.to_string();
        if !taken.contains(&text) {
            return text;
        }
    };
    names::companies(count, random)
        .into_iter()
        .zip(weights)
        .map(|(company, weight)| {
            let pace_cents = (i128::from(story::OTHERS_PACE) * 100 * i128::from(weight) / i128::from(total)) as i64;
            other(&company, next_number(random), pace_cents, random)
        })
        .collect()
}

fn other(company: &Company, number: String, pace_cents: i64, random: &mut Random) -> Account {
    let places: Vec<&Place> = places::of_country(company.country).collect();
    // Lines grow with the root of the pace: who buys a hundred times as much orders ten times as often, and ten times as much at once.
    let lines_a_year = ((pace_cents / 100).isqrt() * 17 / 100).max(4);
    // Large customers negotiate.
    let discount_percent = (pace_cents.isqrt() / 350).min(18) + random.between(4, 14);
    let buying = Buying {
        pace_cents,
        line_cents: (pace_cents / lines_a_year).max(2_000),
        lines_per_invoice: random.between(2, 7) as u32,
        discount_percent,
        credits: 20,
        unrest: 350,
        course: any_course(random),
        groups: favourites(random),
        silent: None,
    };
    Account { number, name: company.name(), place: **random.pick(&places), industry: company.industry, buying }
}

fn any_course(random: &mut Random) -> Course {
    match random.below(100) {
        0..10 => Course::NewSince(random.between(2, 30) as i32),
        10..20 => Course::GoneSince(random.between(3, 30) as i32),
        20..25 => {
            let back = random.between(1, 8) as i32;
            Course::Returned { left: back + random.between(8, 20) as i32, back }
        }
        25..31 => Course::Seasonal([40, 60, 130, 190, 180, 130, 70, 50, 90, 110, 90, 60]),
        _ => Course::Growing(random.between(-14, 20) as i32),
    }
}

/// Two to six product groups that an account buys from, the first most.
fn favourites(random: &mut Random) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..SERVICE).collect();
    random.shuffle(&mut groups);
    groups.truncate(2 + random.below(5) as usize);
    groups.push(groups[0]);
    groups
}

/// A test makes sure that every city of the story is listed.
fn place_named(city: &str) -> Place {
    *places::named(city).unwrap_or(&PLACES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_city_and_industry_of_the_story_is_known() {
        let members = story::GROUPS.iter().flat_map(|group| group.members).chain([&story::SWISS]);
        for city in STORIES.iter().map(|story| story.city).chain(members.map(|member| member.city)) {
            assert!(places::named(city).is_some(), "{city}");
        }
        assert!(GROUPS.contains(&story::SILENT_GROUP));
    }

    #[test]
    fn there_are_400_accounts_each_with_a_number_and_name_of_its_own() {
        let accounts = all(1);
        let numbers: BTreeSet<&str> = accounts.iter().map(|account| account.number.as_str()).collect();
        let names: BTreeSet<&str> = accounts.iter().map(|account| account.name.as_str()).collect();
        assert_eq!((accounts.len(), numbers.len(), names.len()), (400, 400, 400));
        assert_eq!(accounts.iter().filter(|account| account.currency() == "CHF").count(), 2);
    }

    #[test]
    fn a_group_has_three_to_six_members_that_share_a_first_name_nobody_else_has() {
        let accounts = all(1);
        for group in story::GROUPS {
            let first = group.name.split(' ').next().expect("a first name");
            let named = accounts.iter().filter(|account| account.name.split(' ').next() == Some(first)).count();
            let members = group.members.len() + usize::from(group.with_story.is_some());
            assert_eq!(named, members, "{}", group.name);
            assert!((3..=6).contains(&members), "{}", group.name);
        }
    }
}
