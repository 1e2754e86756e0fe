//! Who looks after whom in the demo company: every A account has its team, and one key account manager has handed over.

use chrono::{Days, NaiveDate};
use kontor_domain::abc::Class;
use kontor_domain::assignment::{Reach, TeamRole};
use kontor_domain::rights::Viewer;

use crate::assignments::actions::{Selection, assign_many};
use crate::assignments::forms::Wanted;
use crate::fault::Fault;
use crate::handovers::actions::hand_over;
use crate::handovers::forms::Wanted as Handover;
use crate::office::Office;
use crate::valuation::forms::Wanted as Figures;
use crate::{settings, team, valuation};

/// The key account managers, who take turns down the ranking. The last one has handed over to [`HEIR`].
const KAMS: [&str; 4] = ["jana.petersen", "musa.okafor", "luca.ferrari", "stefan.kowalczyk"];
/// Who took over, so many days ago.
const HEIR: &str = "katharina.voss";
const HANDED_OVER_DAYS: u64 = 120;
/// The number of the account that leaves, and who was its key account manager all the time.
const LEAVING: &str = "10203";
const KAM_OF_LEAVING: &str = "musa.okafor";
/// Since so many days teams are recorded.
const TEAM_DAYS: u64 = 420;

/// Gives all A accounts, and those of corporate groups by their names, a team.
pub(super) async fn make(office: &Office, operator: &Viewer, source: &str, today: NaiveDate) -> Result<(), Fault> {
    let users = team::store::all(office.db.read()).await?;
    let user = |name: &str| {
        let found = users.iter().find(|user| user.mail.starts_with(&format!("{name}@")));
        found.map(|user| user.id).ok_or(Fault::NotFound)
    };
    let settings = settings::store::current(office.db.read()).await?;
    let figures = valuation::actions::value(office, operator, &settings, &Figures::default()).await?;
    let Some(figures) = figures else { return Ok(()) };
    let is_of_group = |index: usize| {
        let name = &figures.account(index).master.name;
        super::story::GROUPS.iter().any(|group| name.starts_with(group.name.split(' ').next().unwrap_or_default()))
    };
    let ranked = figures.ranking.iter().filter(|ranked| ranked.class == Class::A || is_of_group(ranked.index));
    let key: Vec<i64> = ranked.map(|ranked| figures.account(ranked.index).id).collect();
    let every = |nth: usize| key.iter().copied().skip(nth).step_by(KAMS.len()).collect::<Vec<i64>>();
    let from = today - Days::new(TEAM_DAYS);
    let assign = async |name: &str, role: TeamRole, accounts: Vec<i64>| -> Result<(), Fault> {
        let wanted = Wanted { user_id: user(name)?, role, reach: Reach::Account, from, to: None, replaces: false };
        if accounts.is_empty() { Ok(()) } else { assign_many(office, operator, &Selection::Accounts(accounts), &wanted).await.map(|_| ()) }
    };
    let leaving = figures.directory.place(source, LEAVING).map(|place| figures.directory.accounts()[place].id);
    for (nth, name) in KAMS.iter().enumerate() {
        let is_theirs = |id: &i64| Some(*id) != leaving;
        let led = every(nth).into_iter().filter(is_theirs).chain(leaving.filter(|_| *name == KAM_OF_LEAVING)).collect();
        assign(name, TeamRole::Kam, led).await?;
        assign(KAMS[(nth + 1) % KAMS.len()], TeamRole::Deputy, every(nth)).await?;
    }
    assign("birte.soerensen", TeamRole::Service, key.clone()).await?;
    assign("merle.andresen", TeamRole::LiaisonManager, key.iter().copied().take(12).collect()).await?;
    assign("georg.hansen", TeamRole::ExecutiveSponsor, key.iter().copied().take(5).collect()).await?;
    let handover = Handover {
        from: user(KAMS[3])?,
        to: user(HEIR)?,
        on: today - Days::new(HANDED_OVER_DAYS),
        note: Some("Stefan wechselt in die Projektleitung und bleibt für Rückfragen erreichbar.".to_owned()),
        accounts: None,
    };
    hand_over(office, operator, &handover).await?;
    Ok(())
}
