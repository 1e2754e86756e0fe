//! The corporate group of one account on a day, with the figures rolled up to every node.

use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::abc::Ranked;
use kontor_domain::group::{Edge, Graph, Level, Share};
use kontor_domain::rights::Viewer;
use kontor_domain::settings::Settings;
use kontor_ledger::sums::Sums;

use crate::accounts::directory::{self, Directory};
use crate::fault::Fault;
use crate::groups;
use crate::office::Office;
use crate::valuation::actions as valuation;
use crate::valuation::forms::Wanted;
use crate::valuation::table::{SumsExt, Valuation};

/// Figures of the period and of the period before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// The period.
    pub now: Sums,
    /// The period before.
    pub before: Sums,
}

impl Figures {
    fn plus(self, other: &Figures) -> Figures {
        Figures { now: self.now.plus(&other.now), before: self.before.plus(&other.before) }
    }
}

/// One account of the group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// The account.
    pub account_id: i64,
    /// The place in [`Group::nodes`] of the one that controls it.
    pub parent: Option<usize>,
    /// How many stand above it.
    pub depth: usize,
    /// The share that the one above holds, where it is known.
    pub share: Option<Share>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Its own figures.
    pub own: Figures,
    /// Its own and those of all below it.
    pub all: Figures,
}

/// The group of an account as far as a viewer sees it.
pub struct Group {
    /// The day whose edges count.
    pub day: NaiveDate,
    /// The accounts, each above those that it controls; the head first.
    pub nodes: Vec<Node>,
    /// The place in `nodes` of the account asked for.
    pub place: usize,
    /// Edges of these accounts that make no group: smaller shares, who pays, who receives.
    pub around: Vec<Edge>,
    /// All edges that the viewer sees.
    pub graph: Arc<Graph>,
    /// The accounts.
    pub directory: Arc<Directory>,
    /// The valuation of single accounts that the figures come from; `None` while the ledger is empty.
    pub valuation: Option<Arc<Valuation>>,
    /// Where the group stands among all groups; `None` without a line in the period.
    pub ranked: Option<Ranked>,
}

impl Group {
    /// The account asked for.
    pub fn node(&self) -> &Node {
        &self.nodes[self.place]
    }

    /// The head of the group.
    pub fn head(&self) -> &Node {
        &self.nodes[0]
    }

    /// The accounts above the one asked for, the head first.
    pub fn above(&self) -> Vec<i64> {
        let mut above = Vec::new();
        let mut parent = self.node().parent;
        while let Some(place) = parent {
            above.push(self.nodes[place].account_id);
            parent = self.nodes[place].parent;
        }
        above.reverse();
        above
    }
}

/// The group of an account this viewer may see, on the day asked for or today.
pub async fn show(office: &Office, viewer: &Viewer, settings: &Settings, id: i64, wanted: &Wanted) -> Result<Group, Fault> {
    let day = wanted.as_of.unwrap_or(office.today());
    let directory = directory::current(office, viewer).await?;
    directory.place_of(id).filter(|_| viewer.sight.sees(id)).ok_or(Fault::NotFound)?;
    let graph = groups::actions::graph(office, viewer).await?;
    let at_level = |level| Wanted { level: Some(level), as_of: Some(day), ..*wanted };
    let valuation = valuation::value(office, viewer, settings, &at_level(Level::Account)).await?;
    let by_group = valuation::value(office, viewer, settings, &at_level(Level::Group)).await?;
    let figures = |account: i64| {
        let rows = valuation.as_ref().and_then(|valuation| valuation.row_of(account).map(|row| valuation.rows[row]));
        rows.map_or_else(Figures::default, |row| Figures { now: row.now, before: row.before })
    };
    let nodes = nodes(&graph, graph.root(id, day), day, figures);
    let accounts: Vec<i64> = nodes.iter().map(|node| node.account_id).collect();
    Ok(Group {
        day,
        place: accounts.iter().position(|&account| account == id).ok_or(Fault::NotFound)?,
        around: graph.around(&accounts, day).into_iter().cloned().collect(),
        ranked: by_group.and_then(|valuation| valuation.row_of(id).and_then(|row| valuation.ranked(row).copied())),
        nodes,
        graph,
        directory,
        valuation,
    })
}

/// All below a head, depth first, with their figures rolled up.
fn nodes(graph: &Graph, head: i64, day: NaiveDate, figures: impl Fn(i64) -> Figures) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<(i64, Option<usize>)> = vec![(head, None)];
    while let Some((account_id, parent)) = open.pop() {
        let edge = parent.and_then(|parent| {
            let holder = nodes[parent].account_id;
            graph.above(account_id).find(|edge| edge.parent == holder && edge.gives_control() && edge.holds_on(day))
        });
        let own = figures(account_id);
        let depth = parent.map_or(0, |parent| nodes[parent].depth + 1);
        let place = nodes.len();
        nodes.push(Node {
            account_id,
            parent,
            depth,
            share: edge.and_then(|edge| edge.share),
            since: edge.and_then(|edge| edge.from),
            own,
            all: own,
        });
        open.extend(graph.controlled(account_id, day).into_iter().rev().map(|child| (child, Some(place))));
    }
    for place in (1..nodes.len()).rev() {
        if let Some(parent) = nodes[place].parent {
            nodes[parent].all = nodes[parent].all.plus(&nodes[place].all);
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use kontor_domain::Amount;
    use kontor_domain::group::Kind;

    use super::*;

    #[test]
    fn figures_roll_up_to_every_node() {
        let edge = |parent, child| Edge { id: child, parent, child, kind: Kind::Subsidiary, share: None, from: None, to: None };
        let graph = Graph::new(vec![edge(1, 2), edge(1, 3), edge(2, 4)]);
        let units = |account: i64| Sums { revenue: Amount::from_units(10_i64.pow(account as u32)), lines: 1, ..Sums::default() };
        let nodes =
            nodes(&graph, 1, "2026-01-01".parse().expect("a day"), |account| Figures { now: units(account), before: Sums::default() });
        let told: Vec<_> = nodes.iter().map(|node| (node.account_id, node.depth, node.all.now.revenue.raw() / 10_000)).collect();
        assert_eq!(told, [(1, 0, 11_110), (2, 1, 10_100), (4, 2, 10_000), (3, 1, 1_000)]);
    }
}
