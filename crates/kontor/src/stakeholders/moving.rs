//! Maps of an account that becomes part of another, and entries of a person who turned out to be another.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::store::{self, Placed, Whose};
use crate::db::Tx;
use crate::fault::Fault;

/// What moved, so that it can move back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Buying decisions.
    pub decisions: Vec<i64>,
    /// Entries.
    pub entries: Vec<i64>,
    /// Entries that say of a person what another entry of the same map says already; they stay behind, off the map.
    pub withdrawn: Vec<i64>,
    /// Lines with the ends they had: id, from, to.
    pub lines: Vec<(i64, i64, i64)>,
    /// Entries that stood below one that stayed behind: id, that one, the one they stand below now.
    pub below: Vec<(i64, i64, i64)>,
    /// What each of us is to a person.
    pub ties: Vec<i64>,
}

/// Puts the maps of one account on another that takes its place, within the change that merges them. Buying decisions keep their maps; on the map of the
/// account itself, a person who stands on both stays as on that of the account that is kept, with the lines of both.
pub async fn move_account_references(tx: &Tx, from: i64, to: i64) -> Result<Moved, Fault> {
    let mut moved = Moved { decisions: store::decision_ids(tx.on(), from).await?, ..Moved::default() };
    let there = store::rows_of(tx.on(), Whose::Account(to)).await?;
    let twin = |entry: &Placed| {
        let is_twin = |other: &&Placed| !other.is_removed && other.decision_id.is_none() && other.person_id == entry.person_id;
        let may_clash = !entry.is_removed && entry.decision_id.is_none() && entry.person_id.is_some();
        there.iter().filter(|_| may_clash).find(is_twin).map(|other| other.id)
    };
    let mut twins = Vec::new();
    for entry in store::rows_of(tx.on(), Whose::Account(from)).await? {
        match twin(&entry) {
            Some(other) => twins.push((entry.id, other)),
            None => moved.entries.push(entry.id),
        }
    }
    store::put_decisions(tx.on(), &moved.decisions, to).await?;
    store::put_entries(tx.on(), &moved.entries, to).await?;
    join(tx, &twins, &mut moved).await?;
    Ok(moved)
}

/// Takes [`move_account_references`] back.
pub async fn move_account_back(tx: &Tx, moved: &Moved, to: i64) -> Result<(), Fault> {
    part(tx, moved).await?;
    store::put_decisions(tx.on(), &moved.decisions, to).await?;
    Ok(store::put_entries(tx.on(), &moved.entries, to).await?)
}

/// Lets entries of one person be of another who takes the place, within the change that merges them. Where both stand on a map, the entry of the one who
/// is kept stays, with the lines of both.
pub async fn move_person_references(tx: &Tx, from: i64, to: i64, now: DateTime<Utc>) -> Result<Moved, Fault> {
    let mut moved = Moved::default();
    let there = store::rows_of(tx.on(), Whose::Person(to)).await?;
    let twin = |entry: &Placed| {
        let is_twin = |other: &&Placed| !other.is_removed && (other.account_id, other.decision_id) == (entry.account_id, entry.decision_id);
        there.iter().filter(|_| !entry.is_removed).find(is_twin).map(|other| other.id)
    };
    let mut twins = Vec::new();
    for entry in store::rows_of(tx.on(), Whose::Person(from)).await? {
        match twin(&entry) {
            Some(other) => twins.push((entry.id, other)),
            None => moved.entries.push(entry.id),
        }
    }
    moved.withdrawn = twins.iter().map(|(entry, _)| *entry).collect();
    store::name_entries(tx.on(), &moved.entries, to).await?;
    join(tx, &twins, &mut moved).await?;
    store::set_removed(tx.on(), &moved.withdrawn, Some(now)).await?;
    moved.ties = store::move_ties(tx.on(), from, to).await?;
    Ok(moved)
}

/// Takes [`move_person_references`] back.
pub async fn move_person_back(tx: &Tx, moved: &Moved, to: i64) -> Result<(), Fault> {
    part(tx, moved).await?;
    store::set_removed(tx.on(), &moved.withdrawn, None).await?;
    store::move_ties_back(tx.on(), &moved.ties, to).await?;
    Ok(store::name_entries(tx.on(), &moved.entries, to).await?)
}

/// Gives the lines of entries that stay behind, and who stands below them, to their twins. A line that the twin has, or that would lead to itself, stays.
async fn join(tx: &Tx, twins: &[(i64, i64)], moved: &mut Moved) -> Result<(), Fault> {
    for &(entry, twin) in twins {
        let end = |id: i64| if id == entry { twin } else { id };
        for line in store::lines_at(tx.on(), entry).await? {
            let (from, to) = (end(line.from_id), end(line.to_id));
            let known = store::lines_at(tx.on(), twin).await?;
            let is_known = known.iter().any(|other| (other.from_id, other.to_id, other.kind) == (from, to, line.kind));
            if from != to && !is_known {
                store::set_ends(tx.on(), line.id, from, to).await?;
                moved.lines.push((line.id, line.from_id, line.to_id));
            }
        }
        let mut below = store::below(tx.on(), entry).await?;
        below.retain(|&id| id != twin);
        store::put_below(tx.on(), &below, entry, twin).await?;
        moved.below.extend(below.into_iter().map(|id| (id, entry, twin)));
    }
    Ok(())
}

/// Takes [`join`] back, the last step first. Who was put below somebody else since stays there.
async fn part(tx: &Tx, moved: &Moved) -> Result<(), Fault> {
    for &(id, from, to) in moved.lines.iter().rev() {
        store::set_ends(tx.on(), id, from, to).await?;
    }
    for &(id, entry, twin) in moved.below.iter().rev() {
        store::put_below(tx.on(), &[id], twin, entry).await?;
    }
    Ok(())
}
