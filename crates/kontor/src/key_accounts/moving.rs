//! What was said and decided about an account that becomes part of another.

use kontor_domain::key_account::is_key_account;

use super::store::{self, Decided, Moved, Nomination};
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::Fault;

/// Puts nominations and decisions of one account on another that takes its place, within the change that merges them. All decisions then stand in the
/// order in which they were made; where one of them would end a key account by the merge alone, those about the account that is given up stay with it.
/// A nomination that waits moves where none waits there and it still asks what can be decided.
pub async fn move_references(tx: &Tx, from: i64, to: i64) -> Result<Moved, Fault> {
    let (theirs, their_nominations) = store::of_account(tx.on(), from).await?;
    let (ours, our_nominations) = store::of_account(tx.on(), to).await?;
    let is_one = is_key(&ours) || is_key(&theirs);
    let mut all: Vec<&Decided> = ours.iter().chain(&theirs).collect();
    all.sort_by_key(|decided| decided.id);
    let is_joined = is_key_account(all.iter().map(|decided| decided.ruling.decision)) == is_one;
    let is_key = if is_joined { is_one } else { is_key(&ours) };

    let waits = |decisions: &[Decided], nomination: &Nomination| {
        nomination.withdrawn_at.is_none() && decisions.iter().all(|decided| decided.nomination_id != Some(nomination.id))
    };
    let is_taken = our_nominations.iter().any(|nomination| waits(&ours, nomination));
    let moves = |nomination: &Nomination| {
        if waits(&theirs, nomination) { !is_taken && nomination.is_review == is_key } else { is_joined }
    };
    let moved = Moved {
        nominations: their_nominations.iter().filter(|nomination| moves(nomination)).map(|nomination| nomination.id).collect(),
        decisions: theirs.iter().filter(|_| is_joined).map(|decided| decided.id).collect(),
    };
    put(tx, &moved, to).await?;
    Ok(moved)
}

/// Takes [`move_references`] back.
pub async fn move_back(tx: &Tx, moved: &Moved, to: i64) -> Result<(), Fault> {
    put(tx, moved, to).await
}

async fn put(tx: &Tx, rows: &Moved, account_id: i64) -> Result<(), Fault> {
    store::put(tx.on(), rows, account_id).await?;
    tx.raise(Topic::KeyAccounts).await?;
    Ok(())
}

fn is_key(decisions: &[Decided]) -> bool {
    is_key_account(decisions.iter().map(|decided| decided.ruling.decision))
}
