//! What imports say of accounts.

pub mod store;

use kontor_domain::account::ErpData;
use kontor_domain::audit::Subject;

use crate::db::Tx;
use crate::db::revisions::Topic;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

/// How many of an import's accounts would be new.
pub async fn count_new(db: &impl ConnectionTrait, source: &str, seen: &[(String, ErpData)]) -> Result<usize, DbErr> {
    let numbers: Vec<&str> = seen.iter().map(|(number, _)| number.as_str()).collect();
    Ok(numbers.len().saturating_sub(store::count_known(db, source, &numbers).await?))
}

/// Adds the accounts of an import that are new, and brings known ones to what it says, save what was set by hand; gives how many are new. What the import
/// leaves empty stays as it was. The changes of known accounts are in their histories.
///
/// New accounts get their ids in the order of their numbers, so that equal files always give equal ids, whichever thread met an account first.
pub async fn save(tx: &Tx, source: &str, mut seen: Vec<(String, ErpData)>, now: DateTime<Utc>) -> Result<usize, DbErr> {
    seen.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let revision = tx.raise(Topic::Accounts).await?;
    let saved = store::save(tx.on(), source, seen, now, revision).await?;
    for (account_id, changes) in saved.changed {
        tx.touch(Subject::Account(account_id), changes);
    }
    Ok(saved.added)
}
