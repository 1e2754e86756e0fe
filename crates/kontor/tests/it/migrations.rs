//! Bringing a database up to date.

use kontor::config::Config;
use kontor::db::Db;
use kontor::db::migrations::Migrator;
use kontor::office::{Clock, Office};
use sea_orm::{ConnectionTrait, Database};
use sea_orm_migration::MigratorTrait;

use crate::house::NOW;
use crate::on_both_databases;

fn now() -> chrono::DateTime<chrono::Utc> {
    NOW.parse().expect("an instant")
}

#[tokio::test]
async fn a_database_of_every_earlier_schema_is_copied_and_brought_up_to_date() {
    let steps = Migrator::migrations().len();
    assert!(steps >= 4);
    for landed in 0..steps {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::in_folder(folder.path());
        let old = Database::connect(format!("sqlite://{}?mode=rwc", config.sqlite_file().display())).await.expect("a database");
        Migrator::up(&old, Some(landed as u32)).await.expect("an earlier schema");
        if landed > 0 {
            let user = "INSERT INTO \"user\" (name, mail, role, active, created_at) VALUES ('Ada', 'ada@example.org', 'administrator', 1, '2026-01-01T00:00:00+00:00')";
            old.execute_unprepared(user).await.expect("a user");
        }
        old.close().await.expect("closed");

        let office = Office::open(config.clone(), Clock::Fixed(now())).await.expect("the office opens");
        assert!(Migrator::get_pending_migrations(office.db.read()).await.expect("asked").is_empty());
        let users = kontor::team::store::all(office.db.read()).await.expect("users");
        assert_eq!(users.len(), usize::from(landed > 0), "nothing is lost from schema {landed}");
        let copies = std::fs::read_dir(config.backups_folder()).map_or(0, Iterator::count);
        assert_eq!(copies, usize::from(landed > 0), "schema {landed}");
    }
}

#[tokio::test]
async fn a_database_that_is_up_to_date_is_not_copied() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::in_folder(folder.path());
    for _ in 0..2 {
        Office::open(config.clone(), Clock::Fixed(now())).await.expect("the office opens");
    }
    assert!(!config.backups_folder().exists());
}

on_both_databases! {
    async fn a_change_that_is_not_committed_never_happened(house: House) {
        let db: Db = house.office.db.clone();
        let tx = db.begin().await.expect("a transaction");
        kontor::settings::store::set_company(tx.on(), "Nobody Ltd", 0, now()).await.expect("written");
        drop(tx);
        assert_eq!(kontor::settings::store::current(db.read()).await.expect("settings").company, "");
    }
}
