//! A copy of the SQLite file before a migration changes it.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use crate::config::Config;

/// Copies the database into the backups folder, named after the instant; nothing to do for a database without tables.
///
/// `VACUUM INTO` gives a consistent copy even while others read, which copying the file under a write-ahead log would not.
pub async fn copy_before_migration(db: &DatabaseConnection, config: &Config, now: DateTime<Utc>) -> Result<(), DbErr> {
    let tables = db.query_all_raw(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'user'",
    ));
    if tables.await?.is_empty() {
        return Ok(());
    }
    let folder = config.backups_folder();
    std::fs::create_dir_all(&folder).map_err(|error| DbErr::Custom(format!("{}: {error}", folder.display())))?;
    let file = folder.join(format!("kontor-{}.sqlite", now.format("%Y%m%dT%H%M%S%.3fZ")));
    let name = file.display().to_string().replace('\'', "''");
    db.execute_unprepared(&format!("VACUUM INTO '{name}'")).await?;
    tracing::info!(copy = %file.display(), "copied the database before bringing it up to date");
    Ok(())
}
