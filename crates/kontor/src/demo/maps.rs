//! Stakeholder maps of some of the demo company's accounts, put together from the people who work there: who decides, who is for us, who is not known yet.

use chrono::NaiveDate;
use kontor_domain::rights::Viewer;
use kontor_domain::stakeholder::{BuyingRole, Coverage, Level, LineKind, Support, Tie, Who};

use super::company::USERS;
use crate::accounts::directory;
use crate::fault::Fault;
use crate::office::Office;
use crate::people;
use crate::stakeholders::actions;
use crate::stakeholders::forms::{Placed, Stand};
use crate::team;

/// How somebody of a function stands: part, support, contact, and what the two key account managers are to them and want to be.
struct Standing {
    function: &'static str,
    role: Option<BuyingRole>,
    support: i64,
    coverage: i64,
    ties: [Option<(Option<Level>, Option<Level>)>; 2],
}

/// A map of an account.
struct Chart {
    number: &'static str,
    standings: &'static [Standing],
    /// Somebody not known yet: what they are called, and as what.
    unknown: Option<(&'static str, BuyingRole)>,
    /// Lines between functions.
    lines: &'static [(&'static str, &'static str, LineKind)],
    /// A decision with a map of its own, and whose functions have a say in it.
    decision: Option<(&'static str, &'static [&'static str])>,
}

const TOP: &str = "Geschäftsführung";
const BUYING: &str = "Leitung Einkauf";
const TECHNICAL: &str = "Technische Leitung";
const STRATEGIC: &str = "Strategischer Einkauf";
const UPKEEP: &str = "Leitung Instandhaltung";

const fn standing(
    function: &'static str,
    role: Option<BuyingRole>,
    [support, coverage]: [i64; 2],
    ties: [Option<(Option<Level>, Option<Level>)>; 2],
) -> Standing {
    Standing { function, role, support, coverage, ties }
}

use BuyingRole::{Buyer, Decider, Gatekeeper, Influencer, User};
use Level::{CredibleSource, ProblemSolver, TrustedAdvisor, Vendor};

/// The dependence is well looked after; the leaving account hangs on one contact; of the fast grower nobody knows who decides.
#[rustfmt::skip]
const CHARTS: [Chart; 3] = [
    Chart {
        number: "10472",
        standings: &[
            standing(TOP, Some(Decider), [1, 2], [Some((Some(CredibleSource), Some(TrustedAdvisor))), None]),
            standing(BUYING, Some(Buyer), [0, 4], [Some((Some(ProblemSolver), Some(ProblemSolver))), Some((Some(Vendor), None))]),
            standing(TECHNICAL, Some(Influencer), [2, 4], [Some((Some(TrustedAdvisor), Some(TrustedAdvisor))), None]),
            standing(STRATEGIC, Some(Gatekeeper), [-1, 2], [Some((Some(Vendor), Some(CredibleSource))), None]),
            standing(UPKEEP, Some(User), [1, 3], [None, Some((Some(ProblemSolver), Some(TrustedAdvisor)))]),
        ],
        unknown: None,
        lines: &[(TECHNICAL, TOP, LineKind::Influence), (UPKEEP, TECHNICAL, LineKind::Influence), (STRATEGIC, TECHNICAL, LineKind::Conflict)],
        decision: Some(("Neue Sortieranlage Bremen", &[TOP, TECHNICAL, BUYING])),
    },
    Chart {
        number: "10203",
        standings: &[
            standing(BUYING, Some(Buyer), [-1, 2], [Some((Some(Vendor), Some(ProblemSolver))), None]),
            standing(TOP, None, [0, 0], [Some((None, Some(CredibleSource))), None]),
        ],
        unknown: None,
        lines: &[],
        decision: None,
    },
    Chart {
        number: "10655",
        standings: &[
            standing(BUYING, Some(Buyer), [1, 3], [None, Some((Some(CredibleSource), Some(ProblemSolver)))]),
            standing(TECHNICAL, Some(Influencer), [1, 2], [None, Some((Some(Vendor), Some(CredibleSource)))]),
        ],
        unknown: Some(("Werkleiter Kiel-Friedrichsort", Decider)),
        lines: &[],
        decision: None,
    },
];

/// Draws the maps, as users would. People have their functions from the demo's story; where somebody is missing, the rest is drawn.
pub(super) async fn draw(office: &Office, operator: &Viewer, source: &str, today: NaiveDate) -> Result<(), Fault> {
    let directory = directory::current(office, operator).await?;
    let users = team::store::all(office.db.read()).await?;
    let managers: Vec<i64> =
        [2, 3].iter().filter_map(|&at| users.iter().find(|user| user.mail == USERS[at].mail).map(|user| user.id)).collect();
    for chart in &CHARTS {
        let account_id = directory.place(source, chart.number).map(|place| directory.accounts()[place].id).ok_or(Fault::NotFound)?;
        let staff = people::store::of_account(office.db.read(), operator, account_id).await?;
        let find = |function: &str| {
            let one = staff.iter().find(|(_, employment)| employment.role.is_open(today) && employment.role.function == function);
            one.map(|(person, _)| person.id)
        };
        one(office, operator, chart, account_id, &managers, find).await?;
    }
    Ok(())
}

async fn one(
    office: &Office,
    operator: &Viewer,
    chart: &Chart,
    account_id: i64,
    managers: &[i64],
    find: impl Fn(&str) -> Option<i64>,
) -> Result<(), Fault> {
    for standing in chart.standings {
        let Some(person) = find(standing.function) else { continue };
        actions::place(office, operator, account_id, None, &Placed::Person(person), &stand(standing)).await?;
        for (&user, tie) in managers.iter().zip(standing.ties) {
            if let Some((now, wanted)) = tie {
                actions::relate(office, operator, account_id, Tie { user, person, now, wanted }).await?;
            }
        }
    }
    if let Some((name, role)) = chart.unknown {
        let stand = Stand { name: name.to_owned(), role: Some(role), ..Stand::default() };
        actions::place(office, operator, account_id, None, &Placed::New(name.to_owned()), &stand).await?;
    }
    for (from, to, kind) in chart.lines {
        if let Some((from, to)) = find(from).zip(find(to)) {
            actions::draw(office, operator, account_id, None, (Who::Person(from), Who::Person(to)), *kind).await?;
        }
    }
    if let Some((name, functions)) = chart.decision {
        let decision = actions::add_decision(office, operator, account_id, name).await?;
        for standing in chart.standings.iter().filter(|standing| functions.contains(&standing.function)) {
            if let Some(person) = find(standing.function) {
                actions::place(office, operator, account_id, Some(decision), &Placed::Person(person), &stand(standing)).await?;
            }
        }
    }
    Ok(())
}

fn stand(standing: &Standing) -> Stand {
    let (support, coverage) = (Support::new(standing.support), Coverage::new(standing.coverage));
    Stand { role: standing.role, support: support.unwrap_or_default(), coverage: coverage.unwrap_or_default(), ..Stand::default() }
}
