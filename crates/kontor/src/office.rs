//! The running office: what every request and command works with.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Local, NaiveDate, Utc};
use kontor_domain::duplicates::Pair;
use kontor_domain::group::{Graph, Roots};
use kontor_domain::sight::Sight;
use kontor_ledger::vault::Vault;
use tokio::sync::Notify;

use crate::accounts::directory::Directory;
use crate::accounts::finder::Finder as AccountFinder;
use crate::assignments;
use crate::config::Config;
use crate::db::{Db, StartError};
use crate::interactions::attachments::files::Files;
use crate::interactions::last_contacts;
use crate::ledger::jobs::Jobs;
use crate::memo::{Memo, Newest};
use crate::people::finder::Finder;
use crate::web::marks::Marks;
use crate::{people, scoring, stakeholders, valuation};

/// Where the time comes from; the only clock of the house.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still, for tests and for a demo of a given day.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// This instant.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Clock::System => Utc::now(),
            Clock::Fixed(instant) => instant,
        }
    }
}

/// How many valuations are kept: a few periods by revenue and by margin.
const VALUATIONS: usize = 12;

/// How many views of those who do not see all accounts are kept.
const SEEN: usize = 60;

/// For how many users it is remembered what they may see.
const SIGHTS: usize = 500;

/// For how many days the heads of groups are kept: today, and a few that were asked for.
const GROUP_DAYS: usize = 8;
/// How many valuations by points are kept: the present one, and a few of earlier.
const SCORES: usize = 6;

/// The records, the sales ledger and the clock. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    parts: Arc<Parts>,
    clock: Clock,
}

/// What an office consists of.
pub struct Parts {
    /// The records.
    pub db: Db,
    /// The sales ledger's segments.
    pub vault: Vault,
    /// Imports that are being checked or booked by this process.
    pub jobs: Jobs,
    /// Told whenever an import was booked or undone, so that the figures are computed again ahead of whoever asks for them.
    pub ledger_changed: Notify,
    /// The files that belong to interactions.
    pub files: Files,
    /// The last contacts of all accounts, as far as they were read.
    pub last_contacts: last_contacts::Kept,
    /// The last contacts of people who were asked for.
    pub last_contacts_of_people: last_contacts::KeptPeople,
    /// What people are to decisions, at the present revisions of maps, people and accounts.
    pub buying_roles: Memo<([i64; 3], NaiveDate), stakeholders::actions::Roles>,
    /// The valuations asked for last.
    pub valuations: Memo<valuation::actions::Key, valuation::table::Valuation>,
    /// The valuations asked for last by those who do not see all accounts, by what they see.
    pub seen_valuations: Memo<(valuation::actions::Key, Sight), valuation::table::Valuation>,
    /// The accounts they see.
    pub seen_directories: Memo<(i64, Sight), Directory>,
    /// What users may see, by the day.
    pub sights: Memo<assignments::sight::Key, Sight>,
    /// The valuations by points asked for last, present and kept ones.
    pub scores: Memo<scoring::actions::Key, scoring::table::Table>,
    /// Which accounts are marked as key accounts, at the revisions of key accounts and groups and on a day.
    pub marks: Memo<(i64, i64, NaiveDate), Marks>,
    /// All accounts, as new as they were last asked for.
    pub directory: Newest<Directory>,
    /// Everybody on the customers' side, as new as they were last asked for.
    pub roll: Newest<people::roll::Roll>,
    /// Where the companies of people stand in the order of names, at the revisions of people and accounts.
    pub companies_of_people: Memo<(i64, i64), Vec<u32>>,
    /// The pairs of accounts that may be the same, at the present revisions of accounts and people, on a day.
    pub duplicates: Memo<(i64, i64, NaiveDate), Vec<Pair>>,
    /// The pairs of people who may be the same, by the revision of the people.
    pub people_duplicates: Memo<i64, Vec<Pair>>,
    /// All edges of corporate groups at their present revision.
    pub group_graphs: Memo<i64, Graph>,
    /// The heads of all groups on the days asked for last, at that revision.
    pub group_roots: Memo<(i64, NaiveDate), Roots>,
    /// Finds accounts by what somebody types.
    pub account_finder: AccountFinder,
    /// Finds people by what somebody types.
    pub finder: Finder,
    /// Where things are kept.
    pub config: Config,
}

/// Makes a folder that nobody else on the machine may look into: it holds private notes and what passwords are checked by. One that is there keeps its rights.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

impl Office {
    /// Opens the office: makes the data folder, brings the database up to date (after a copy), and clears what a crash may have left.
    pub async fn open(config: Config, clock: Clock) -> Result<Office, StartError> {
        for folder in [&config.data, &config.imports_folder()] {
            make_folder(folder).map_err(|source| StartError::Folder { path: folder.display().to_string(), source })?;
        }
        let db = Db::open(&config, clock.now()).await?;
        let vault = Vault::open(&config.ledger_folder())?;
        let files_folder = config.files_folder();
        let files = Files::open(&files_folder).map_err(|source| StartError::Folder { path: files_folder.display().to_string(), source })?;
        let parts = Arc::new(Parts {
            db,
            vault,
            jobs: Jobs::default(),
            ledger_changed: Notify::new(),
            files,
            last_contacts: last_contacts::Kept::default(),
            last_contacts_of_people: last_contacts::KeptPeople::default(),
            buying_roles: Memo::new(1),
            valuations: Memo::new(VALUATIONS),
            directory: Newest::default(),
            roll: Newest::default(),
            companies_of_people: Memo::new(1),
            duplicates: Memo::new(1),
            people_duplicates: Memo::new(1),
            seen_valuations: Memo::new(SEEN),
            seen_directories: Memo::new(SEEN),
            sights: Memo::new(SIGHTS),
            group_graphs: Memo::new(2),
            group_roots: Memo::new(GROUP_DAYS),
            account_finder: AccountFinder::default(),
            finder: Finder::default(),
            scores: Memo::new(SCORES),
            marks: Memo::new(2),
            config,
        });
        let office = Office { parts, clock };
        crate::ledger::actions::recover(&office).await.map_err(|_| StartError::Recover)?;
        crate::interactions::attachments::recover(&office, clock.now()).await.map_err(|_| StartError::Recover)?;
        Ok(office)
    }

    /// The same office at another instant, for what is told of the past as if it were entered then.
    pub fn at(&self, instant: DateTime<Utc>) -> Office {
        Office { parts: Arc::clone(&self.parts), clock: Clock::Fixed(instant) }
    }

    /// This instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today in the time zone of the machine (`TZ`), which is the company's.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }
}

impl std::ops::Deref for Office {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_data_folder_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let rights = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let made = folder.path().join("data").join("imports");
        make_folder(&made).expect("made");
        assert_eq!([rights(&made), rights(made.parent().expect("a parent"))], [0o700, 0o700]);
        std::fs::set_permissions(&made, std::fs::Permissions::from_mode(0o750)).expect("changed");
        make_folder(&made).expect("it is there");
        assert_eq!(rights(&made), 0o750, "what somebody gave stays");
    }
}
