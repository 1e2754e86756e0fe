//! Edges of an account that becomes part of another.

use chrono::{DateTime, Utc};
use kontor_domain::group::{Edge, Graph};
use serde::{Deserialize, Serialize};

use super::store;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;

/// What moved, so that it can move back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Edges with the ends they had: id, parent, child.
    pub ends: Vec<(i64, i64, i64)>,
    /// Edges that would say nothing, or what cannot be, between the account that is kept and others; they count no longer.
    pub withdrawn: Vec<i64>,
}

/// Puts the edges of one account on another one that takes its place, within the change that merges them. An edge between the two, one that the other has
/// already, and one that would lead control back or give more than the whole away counts no longer.
pub async fn move_references(tx: &Tx, from: i64, to: i64, now: DateTime<Utc>) -> Result<Moved, Fault> {
    let graph = store::graph(tx.on()).await?;
    let touches = |edge: &Edge| edge.parent == from || edge.child == from;
    let (moving, mut there): (Vec<Edge>, Vec<Edge>) = graph.edges().iter().cloned().partition(touches);
    let mut moved = Moved::default();
    for edge in moving {
        let end = |account: i64| if account == from { to } else { account };
        let new = Edge { parent: end(edge.parent), child: end(edge.child), ..edge.clone() };
        if Graph::new(there.clone()).check(&new).is_ok() {
            store::update(tx.on(), &new).await?;
            moved.ends.push((edge.id, edge.parent, edge.child));
            there.push(new);
        } else {
            store::withdraw(tx.on(), edge.id, now).await?;
            moved.withdrawn.push(edge.id);
        }
    }
    tx.raise(Topic::Groups).await?;
    Ok(moved)
}

/// Takes [`move_references`] back.
pub async fn move_back(tx: &Tx, moved: &Moved) -> Result<(), Fault> {
    for &(id, parent, child) in &moved.ends {
        store::set_ends(tx.on(), id, parent, child).await?;
    }
    for &id in &moved.withdrawn {
        store::let_count(tx.on(), id).await?;
    }
    tx.raise(Topic::Groups).await?;
    Ok(())
}
