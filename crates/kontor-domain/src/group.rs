//! Corporate groups: accounts tied by typed, dated edges, and what follows from them on a day.
//!
//! Control decides what belongs together. An account is controlled on a day by the one account that holds at least half of it, be it as a subsidiary or in a
//! joint venture; a subsidiary whose share is not known counts as controlled. Where two hold half each, neither controls it alone, and it stands for itself.
//! The group of an account is the set under its highest controlling parent. So on every day the accounts fall into groups without overlap, and sums over
//! groups are the sum over accounts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What counts as one customer in figures.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::EnumString, strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Level {
    /// Each account.
    #[default]
    Account,
    /// All accounts under common control together.
    Group,
}

impl Level {
    /// Both.
    pub const ALL: &[Level] = <Level as strum::VariantArray>::VARIANTS;
}

/// What ties two accounts together.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The child is a subsidiary of the parent.
    Subsidiary,
    /// The child is a joint venture, of which the parent holds a share beside others.
    JointVenture,
    /// The parent pays the child's invoices, as a central regulation does.
    PaysFor,
    /// The parent receives the child's goods.
    ReceivesFor,
}

impl Kind {
    /// All kinds.
    pub const ALL: &[Kind] = <Kind as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether the parent holds a share of the child.
    pub const fn is_holding(self) -> bool {
        matches!(self, Kind::Subsidiary | Kind::JointVenture)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A share of an account in hundredths of a percent: more than 0, at most 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Share(u16);

impl Share {
    /// The whole.
    pub const WHOLE: Share = Share(10_000);
    /// Half of it: from here on a share is control.
    pub const HALF: Share = Share(5_000);

    /// From hundredths of a percent; `None` outside 1..=10,000.
    pub fn new(hundredths: i64) -> Option<Share> {
        u16::try_from(hundredths).ok().filter(|hundredths| (1..=Share::WHOLE.0).contains(hundredths)).map(Share)
    }

    /// In hundredths of a percent.
    pub const fn hundredths(self) -> i64 {
        self.0 as i64
    }

    /// As part of the whole, 0–1.
    pub fn part(self) -> f64 {
        f64::from(self.0) / f64::from(Share::WHOLE.0)
    }
}

/// In percent: `51`, `33.34`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

impl FromStr for Share {
    type Err = String;

    /// Percent with up to two decimals after a point or comma, with or without the sign: `51`, `33,34 %`.
    fn from_str(text: &str) -> Result<Share, String> {
        let wrong = || format!("not a share: “{text}”; give a percentage above 0 and up to 100, such as 51 or 33.34");
        let plain = text.trim().trim_end_matches('%').trim().replace(',', ".");
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || rest.len() > 2 || !is_number(whole) || !is_number(rest) {
            return Err(wrong());
        }
        let hundredths = format!("{whole}{rest:0<2}").parse().map_err(|_| wrong())?;
        Share::new(hundredths).ok_or_else(wrong)
    }
}

impl From<Share> for String {
    fn from(share: Share) -> String {
        share.to_string()
    }
}

impl TryFrom<String> for Share {
    type Error = String;
    fn try_from(text: String) -> Result<Share, String> {
        text.parse()
    }
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The id; 0 before it is stored.
    pub id: i64,
    /// The account that holds, pays or receives.
    pub parent: i64,
    /// The account that is held, paid for or received for.
    pub child: i64,
    /// What ties them.
    pub kind: Kind,
    /// The share that the parent holds; `None` when it is not known, or there is none.
    pub share: Option<Share>,
    /// The first day it holds; `None` for as long as anybody remembers.
    pub from: Option<NaiveDate>,
    /// The last day it holds; `None` while it goes on.
    pub to: Option<NaiveDate>,
}

impl Edge {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day on which both hold.
    pub fn overlaps(&self, other: &Edge) -> bool {
        let ends_before = |one: &Edge, two: &Edge| one.to.zip(two.from).is_some_and(|(to, from)| to < from);
        !ends_before(self, other) && !ends_before(other, self)
    }

    /// Whether the parent holds so much that it controls the child, unless another one holds as much.
    pub fn gives_control(&self) -> bool {
        match (self.kind, self.share) {
            (Kind::Subsidiary, None) => true,
            (Kind::Subsidiary | Kind::JointVenture, Some(share)) => share >= Share::HALF,
            _ => false,
        }
    }

    /// The day it begins, for putting days in order.
    fn start(&self) -> NaiveDate {
        self.from.unwrap_or(NaiveDate::MIN)
    }
}

/// Why an edge cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An account is tied to itself.
    Itself,
    /// It ends before it begins.
    EndsBeforeStart,
    /// Paying and receiving have no share.
    NoShare,
    /// The same two accounts are tied in the same way already, on a day on which the new edge holds too.
    Known,
    /// All shares in the child together would be more than the whole on this day.
    MoreThanWhole {
        /// The first such day; `None` for the beginning of time.
        day: Option<NaiveDate>,
        /// The shares together, in hundredths of a percent.
        hundredths: i64,
    },
    /// The child would control itself, by way of these accounts: from the new parent up to the child.
    Cycle(Vec<i64>),
}

/// All edges, found by either end.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    edges: Vec<Edge>,
    by_child: HashMap<i64, Vec<usize>>,
    by_parent: HashMap<i64, Vec<usize>>,
}

impl Graph {
    /// Puts edges in order.
    pub fn new(edges: Vec<Edge>) -> Graph {
        let mut graph = Graph::default();
        for edge in edges {
            graph.push(edge);
        }
        graph
    }

    /// Adds an edge that was checked.
    pub fn push(&mut self, edge: Edge) {
        let place = self.edges.len();
        self.by_child.entry(edge.child).or_default().push(place);
        self.by_parent.entry(edge.parent).or_default().push(place);
        self.edges.push(edge);
    }

    /// All edges.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges that lead up from an account.
    pub fn above(&self, account: i64) -> impl Iterator<Item = &Edge> {
        self.by_child.get(&account).into_iter().flatten().map(|&place| &self.edges[place])
    }

    /// The edges that lead down from an account.
    pub fn below(&self, account: i64) -> impl Iterator<Item = &Edge> {
        self.by_parent.get(&account).into_iter().flatten().map(|&place| &self.edges[place])
    }

    /// The graph without the edges that touch an account which does not pass.
    pub fn among(&self, passes: impl Fn(i64) -> bool) -> Graph {
        Graph::new(self.edges.iter().filter(|edge| passes(edge.parent) && passes(edge.child)).cloned().collect())
    }

    /// Whether an edge can be added, or take the place of the one with the same id.
    pub fn check(&self, new: &Edge) -> Result<(), Refusal> {
        if new.parent == new.child {
            return Err(Refusal::Itself);
        }
        if new.from.zip(new.to).is_some_and(|(from, to)| to < from) {
            return Err(Refusal::EndsBeforeStart);
        }
        if !new.kind.is_holding() && new.share.is_some() {
            return Err(Refusal::NoShare);
        }
        let others = || self.above(new.child).filter(|edge| (edge.id != new.id || new.id == 0) && edge.overlaps(new));
        if others().any(|edge| edge.parent == new.parent && (edge.kind == new.kind || edge.kind.is_holding() && new.kind.is_holding())) {
            return Err(Refusal::Known);
        }
        if new.kind.is_holding() {
            let shares: Vec<&Edge> = others().filter(|edge| edge.kind.is_holding()).chain([new]).collect();
            check_whole(&shares)?;
        }
        if new.gives_control() { self.check_cycle(new) } else { Ok(()) }
    }

    /// Control must lead upwards only. Edges count that would control alone or beside another half: ending that one must not close a circle later.
    fn check_cycle(&self, new: &Edge) -> Result<(), Refusal> {
        let up = |account: i64| {
            self.above(account).filter(|edge| (edge.id != new.id || new.id == 0) && edge.gives_control() && edge.overlaps(new))
        };
        // A circle holds on all days of its shortest-lived part, so also on the first day of the part that begins last.
        let mut days = BTreeSet::from([new.start()]);
        let (mut seen, mut open) = (HashSet::from([new.parent]), vec![new.parent]);
        while let Some(account) = open.pop() {
            for edge in up(account) {
                days.insert(edge.start().max(new.start()));
                if seen.insert(edge.parent) {
                    open.push(edge.parent);
                }
            }
        }
        if !seen.contains(&new.child) {
            return Ok(());
        }
        for day in days {
            let mut came_from: HashMap<i64, i64> = HashMap::from([(new.parent, new.parent)]);
            let mut open = vec![new.parent];
            while let Some(account) = open.pop() {
                for edge in up(account).filter(|edge| edge.holds_on(day)) {
                    if let std::collections::hash_map::Entry::Vacant(vacant) = came_from.entry(edge.parent) {
                        vacant.insert(account);
                        open.push(edge.parent);
                    }
                }
            }
            if came_from.contains_key(&new.child) {
                let mut way = vec![new.child];
                while way.last() != Some(&new.parent) {
                    let Some(&below) = way.last().and_then(|last| came_from.get(last)) else { break };
                    way.push(below);
                }
                way.reverse();
                return Err(Refusal::Cycle(way));
            }
        }
        Ok(())
    }

    /// The account that controls another one alone on a day.
    pub fn controller(&self, account: i64, day: NaiveDate) -> Option<i64> {
        let mut holders = self.above(account).filter(|edge| edge.gives_control() && edge.holds_on(day)).map(|edge| edge.parent);
        match (holders.next(), holders.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The accounts that control another one on a day: its controller, that one's controller, up to the head of the group.
    pub fn controllers(&self, account: i64, day: NaiveDate) -> Vec<i64> {
        let mut chain = Vec::new();
        let mut now = account;
        while let Some(parent) = self.controller(now, day) {
            // Entered edges never close a circle; what was written past the rules must not hang the house.
            if parent == account || chain.contains(&parent) {
                break;
            }
            chain.push(parent);
            now = parent;
        }
        chain
    }

    /// The accounts that one controls directly on a day, by id.
    pub fn controlled(&self, account: i64, day: NaiveDate) -> Vec<i64> {
        let holds = |edge: &&Edge| edge.gives_control() && edge.holds_on(day) && self.controller(edge.child, day) == Some(account);
        let mut children: Vec<i64> = self.below(account).filter(holds).map(|edge| edge.child).collect();
        children.sort_unstable();
        children
    }

    /// An account and all that it controls on a day, directly or through others, the account first, each parent before its children.
    pub fn under(&self, account: i64, day: NaiveDate) -> Vec<i64> {
        let (mut found, mut seen) = (vec![account], HashSet::from([account]));
        let mut place = 0;
        while place < found.len() {
            found.extend(self.controlled(found[place], day).into_iter().filter(|child| seen.insert(*child)));
            place += 1;
        }
        found
    }

    /// The head of the group of an account on a day.
    pub fn root(&self, account: i64, day: NaiveDate) -> i64 {
        self.controllers(account, day).last().copied().unwrap_or(account)
    }

    /// The group of an account on a day: all under common control, the head first.
    pub fn group(&self, account: i64, day: NaiveDate) -> Vec<i64> {
        self.under(self.root(account, day), day)
    }

    /// The heads of all groups on a day.
    pub fn roots(&self, day: NaiveDate) -> Roots {
        let mut roots = HashMap::new();
        for &account in self.by_child.keys() {
            let root = self.root(account, day);
            if root != account {
                roots.insert(account, root);
            }
        }
        Roots(roots)
    }

    /// The accounts that are tied to a set of accounts on a day by an edge which is not control within it, with those edges.
    pub fn around(&self, accounts: &[i64], day: NaiveDate) -> Vec<&Edge> {
        let inside: HashSet<i64> = accounts.iter().copied().collect();
        let touching = accounts.iter().flat_map(|&account| self.above(account).chain(self.below(account)));
        let is_tree = |edge: &Edge| edge.gives_control() && self.controller(edge.child, day) == Some(edge.parent);
        let mut seen = HashSet::new();
        let mut found: Vec<&Edge> = touching
            .filter(|edge| edge.holds_on(day) && !(is_tree(edge) && inside.contains(&edge.parent) && inside.contains(&edge.child)))
            .filter(|edge| seen.insert((edge.id, edge.parent, edge.child)))
            .collect();
        found.sort_by_key(|edge| (edge.kind, edge.parent, edge.child, edge.id));
        found
    }
}

fn check_whole(shares: &[&Edge]) -> Result<(), Refusal> {
    // The sum rises only where a share begins.
    let days: BTreeSet<Option<NaiveDate>> = shares.iter().map(|edge| edge.from).collect();
    for day in days {
        let on = day.unwrap_or(NaiveDate::MIN);
        let hundredths = shares.iter().filter(|edge| edge.holds_on(on)).filter_map(|edge| edge.share).map(Share::hundredths).sum();
        if hundredths > Share::WHOLE.hundredths() {
            return Err(Refusal::MoreThanWhole { day, hundredths });
        }
    }
    Ok(())
}

/// The heads of all groups on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots(HashMap<i64, i64>);

impl Roots {
    /// The head of an account's group; the account itself where nobody controls it.
    pub fn of(&self, account: i64) -> i64 {
        self.0.get(&account).copied().unwrap_or(account)
    }

    /// The accounts that somebody controls, with the heads of their groups.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().map(|(&account, &root)| (account, root))
    }
}

#[cfg(test)]
mod tests;
