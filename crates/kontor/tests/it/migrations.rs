//! Bringing a database up to date.

use kontor::config::Config;
use kontor::db::Db;
use kontor::db::migrations::Migrator;
use kontor::office::{Clock, Office};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Language;
use sea_orm::{ConnectionTrait, Database};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use crate::house::NOW;
use crate::on_both_databases;

fn now() -> chrono::DateTime<chrono::Utc> {
    NOW.parse().expect("an instant")
}

/// What was there beyond the first four, in the order in which it landed: not always that of the numbers, so an earlier schema may lack one in the middle.
const LANDED: [&[&str]; 9] = [
    &[],
    &["m0005"],
    &["m0005", "m0008"],
    &["m0005", "m0008", "m0016"],
    &["m0005", "m0006", "m0008", "m0016"],
    &["m0005", "m0006", "m0008", "m0009", "m0016", "m0030"],
    &["m0005", "m0006", "m0007", "m0008", "m0009", "m0016", "m0030"],
    &["m0005", "m0006", "m0007", "m0008", "m0009", "m0013", "m0016", "m0030"],
    &["m0005", "m0006", "m0007", "m0008", "m0009", "m0011", "m0012", "m0013", "m0016", "m0030"],
];
const FIRST: [&str; 4] = ["m0001", "m0002", "m0003", "m0004"];

/// One of the schemas that landed.
struct Landed<const NTH: usize>;

impl<const NTH: usize> MigratorTrait for Landed<NTH> {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let is_there = |name: &str| FIRST.iter().chain(LANDED[NTH]).any(|number| name.starts_with(number));
        Migrator::migrations().into_iter().filter(|migration| is_there(migration.name())).collect()
    }
}

/// Makes a database of a schema that landed, then brings it up to date.
async fn upgraded<const NTH: usize>() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::in_folder(folder.path());
    let old = Database::connect(format!("sqlite://{}?mode=rwc", config.sqlite_file().display())).await.expect("a database");
    Landed::<NTH>::up(&old, None).await.expect("the schema of that day");
    let there = Landed::<NTH>::get_applied_migrations(&old).await.expect("asked").len();
    assert_eq!(there, FIRST.len() + LANDED[NTH].len());
    old.close().await.expect("closed");
    let office = Office::open(config, Clock::Fixed(now())).await.expect("the office opens");
    assert!(Migrator::get_pending_migrations(office.db.read()).await.expect("asked").is_empty());
    let operator = Viewer::operator(Language::En);
    let person = kontor::people::store::names(office.db.read(), &operator, &[1]).await.expect("people can be asked for");
    assert!(
        person.is_empty() && kontor::key_accounts::actions::key_accounts(&office, &operator).await.expect("key accounts, too").is_empty()
    );
}

#[tokio::test]
async fn schemas_that_lack_one_in_the_middle_are_brought_up_to_date() {
    upgraded::<0>().await;
    upgraded::<1>().await;
    upgraded::<2>().await;
    upgraded::<3>().await;
    upgraded::<4>().await;
    upgraded::<5>().await;
    upgraded::<6>().await;
    upgraded::<7>().await;
    upgraded::<8>().await;
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
