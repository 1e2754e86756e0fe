//! Making the demo company through the same verbs as a user, and opening it.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::{Days, Local, NaiveDate, NaiveTime, TimeDelta};
use kontor_domain::audit::UnitState;
use kontor_domain::rights::Viewer;
use kontor_domain::settings::Settings;
use kontor_domain::team::Language;
use kontor_ledger::options::Options;

use super::company::{COMPANY, UNITS, USERS, rates, write_exports};
use super::{groups, maps, records, teams};
use crate::access::actions::make_sign_in_link;
use crate::config::Config;
use crate::db::StartError;
use crate::fault::Fault;
use crate::ledger::uploads;
use crate::office::{Clock, Office};
use crate::team::forms::NewUser;
use crate::{ledger, settings, team};

/// The name of the source that the demo's ERP is.
const SOURCE: &str = "Demo-ERP";

/// Why there is no demo company.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The office does not open.
    #[error("{0}")]
    Start(#[from] StartError),
    /// A verb refused.
    #[error("{}", .0.message(crate::web::texts::Texts::of(Language::En)))]
    Refused(Fault),
    /// Files cannot be written.
    #[error("the demo company's files: {0}")]
    Files(#[from] std::io::Error),
    /// Its invoices were not booked.
    #[error("the demo company's invoices were stopped before booking")]
    Stopped,
    /// Load data are for an office without any.
    #[error(
        "load data go into an empty office, and this one has accounts or people already; name another folder with --data, or another database"
    )]
    NotEmpty,
}

impl From<Fault> for DemoError {
    fn from(fault: Fault) -> DemoError {
        DemoError::Refused(fault)
    }
}

/// Where the demo company lives: beside the company's own data, never inside it.
pub fn folder(config: &Config) -> PathBuf {
    let mut name = config.data.clone().into_os_string();
    name.push("-demo");
    PathBuf::from(name)
}

/// Opens the demo company, made anew when there is none of today, since its dates are anchored to the day; gives the secret of a sign-in link.
pub async fn open(config: Config, is_fresh: bool) -> Result<(Office, String), DemoError> {
    let today = Clock::System.now().with_timezone(&Local).date_naive();
    let stamp = config.data.join("demo-of");
    let is_of_today = std::fs::read_to_string(&stamp).is_ok_and(|day| day.trim() == today.to_string());
    if (is_fresh || !is_of_today) && stamp.exists() {
        std::fs::remove_dir_all(&config.data)?;
    }
    let office = Office::open(config, Clock::System).await?;
    let operator = Viewer::operator(Language::En);
    if !stamp.exists() {
        make(&office, &operator, today).await?;
        std::fs::write(&stamp, today.to_string())?;
    }
    let users = team::actions::list(&office, &operator).await?;
    let first = users.iter().find(|user| user.mail == USERS[0].mail).ok_or(DemoError::Refused(Fault::NotFound))?;
    let link = make_sign_in_link(&office, &operator, first.id).await?;
    Ok((office, link))
}

/// The office on the morning of an earlier day, so that the demo company has a past and not everything in it happened today.
pub(super) fn on(office: &Office, day: NaiveDate) -> Office {
    office.at(day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(8))
}

/// Makes the demo company: settings, rates, units and users, its invoices through the import, and all that was entered by hand since.
pub async fn make(office: &Office, operator: &Viewer, today: NaiveDate) -> Result<(), DemoError> {
    let ago = |days: u64| on(office, today - Days::new(days));
    set_up(&ago(820), operator, today).await?;
    let folder = uploads::folder(&office.config, "demo");
    std::fs::create_dir_all(&folder)?;
    book(office, operator, &write_exports(&folder, today)?).await?;
    records::write(&ago(310), operator, SOURCE).await?;
    groups::tie(&ago(300), operator, SOURCE, today).await?;
    teams::make(office, operator, SOURCE, today).await?;
    super::portfolio::make(office, operator, today).await?;
    let users = team::actions::list(office, operator).await?;
    let kam = users.iter().find(|user| user.mail == USERS[2].mail).ok_or(Fault::NotFound)?;
    let kam = Viewer { user_id: kam.id, name: kam.name.clone(), role: kam.role, ..operator.clone() };
    super::people::make(&ago(280), operator, &kam, SOURCE, today).await?;
    maps::draw(&ago(70), operator, SOURCE, today).await?;
    Ok(super::contacts::log(office, operator, today).await?)
}

/// Books the files of the demo's ERP.
async fn book(office: &Office, operator: &Viewer, paths: &[PathBuf]) -> Result<(), DemoError> {
    let files = paths.iter().map(|path| uploads::describe(path)).collect::<Result<Vec<_>, _>>()?;
    let id = ledger::actions::upload(office, operator, SOURCE, files, &Options::default()).await?;
    let import = ledger::actions::book(office, operator, id).await?;
    if import.state == ledger::store::State::Booked { Ok(()) } else { Err(DemoError::Stopped) }
}

/// What an administrator does on the first day.
async fn set_up(office: &Office, operator: &Viewer, today: NaiveDate) -> Result<(), DemoError> {
    settings::actions::change(office, operator, Settings { company: COMPANY.to_owned(), ..Settings::default() }).await?;
    for rate in rates(today) {
        settings::actions::set_rate(office, operator, rate).await?;
    }
    let mut units: HashMap<&str, i64> = HashMap::new();
    for (name, above) in UNITS {
        let parent = above.and_then(|above| units.get(above).copied());
        let state = UnitState { name: name.to_owned(), parent, archived: false };
        units.insert(name, team::actions::add_unit(office, operator, state).await?);
    }
    for user in &USERS {
        let mail = user.mail.parse().map_err(Fault::internal)?;
        let id = team::actions::add(
            office,
            operator,
            &NewUser { name: user.name.to_owned(), mail, role: user.role, unit_id: units.get(user.unit).copied() },
        )
        .await?;
        let own = Viewer { user_id: id, role: user.role, ..operator.clone() };
        team::actions::set_language(office, &own, user.language).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::accounts::directory;

    /// So many lines of the exports are left out for each that stays: all accounts are still there, or nearly so.
    const THINNED: usize = 20;

    /// The exports of a day with fewer lines, so that booking them takes a moment.
    fn thinned_exports(folder: &Path, today: NaiveDate) -> Vec<PathBuf> {
        let paths = write_exports(folder, today).expect("exports");
        for path in &paths {
            let bytes = std::fs::read(path).expect("an export");
            let lines = bytes.split_inclusive(|&byte| byte == b'\n').enumerate();
            let kept: Vec<u8> = lines.filter(|(place, _)| place % THINNED == 0).flat_map(|(_, line)| line).copied().collect();
            std::fs::write(path, kept).expect("a shorter export");
        }
        paths
    }

    /// The accounts that the exports bring, each with its id.
    async fn accounts(today: NaiveDate) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now = today.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9);
        let office = Office::open(Config::in_folder(&folder.path().join("data")), Clock::Fixed(now)).await.expect("the office opens");
        let operator = Viewer::operator(Language::De);
        book(&office, &operator, &thinned_exports(&folder.path().join("exports"), today)).await.expect("booked");
        let directory = directory::current(&office, &operator).await.expect("the accounts");
        directory.accounts().iter().map(|account| format!("{account:?}")).collect()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn two_demos_of_one_day_have_the_same_accounts_under_the_same_ids() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let (one, other) = tokio::join!(tokio::spawn(accounts(today)), tokio::spawn(accounts(today)));
        let (one, other) = (one.expect("the one"), other.expect("the other"));
        assert!(one.len() > 300, "{}", one.len());
        assert!(one == other, "the first that differ: {:?}", one.iter().zip(&other).find(|(one, other)| one != other));
    }
}
