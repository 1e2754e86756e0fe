//! The workload: how many accounts, of which class, with how much revenue, each key account manager looks after today.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, Months};
use kontor_domain::Amount;
use kontor_domain::group::Level;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::Settings;

use crate::accounts::directory;
use crate::assignments;
use crate::fault::Fault;
use crate::interactions;
use crate::office::Office;
use crate::team;
use crate::team::actions::require;
use crate::valuation;
use crate::valuation::forms::Wanted;

/// What one key account manager looks after; `user` is `None` for the accounts that have none.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// The user's id and name.
    pub user: Option<(i64, String)>,
    /// Whether the user may sign in.
    pub active: bool,
    /// Number of accounts.
    pub accounts: usize,
    /// How many of them are A, B and C.
    pub classes: [usize; 3],
    /// Their revenue in the period that figures open with.
    pub revenue: Amount,
    /// Contacts with them in the last twelve months, per month.
    pub contacts_per_month: f64,
    /// That revenue as part of the revenue of all accounts that are seen, 0–1.
    pub share: f64,
}

/// By what the workload is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Name.
    Name,
    /// Number of accounts.
    Accounts,
    /// Number of A accounts.
    ClassA,
    /// Number of B accounts.
    ClassB,
    /// Number of C accounts.
    ClassC,
    /// Revenue.
    #[default]
    Revenue,
    /// Contacts per month.
    Contacts,
}

impl Sort {
    /// All, in the order of the columns.
    pub const ALL: [Sort; 7] = [Sort::Name, Sort::Accounts, Sort::ClassA, Sort::ClassB, Sort::ClassC, Sort::Contacts, Sort::Revenue];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::Accounts => "accounts",
            Sort::ClassA => "a",
            Sort::ClassB => "b",
            Sort::ClassC => "c",
            Sort::Revenue => "revenue",
            Sort::Contacts => "contacts",
        }
    }

    /// Reads the name in addresses; nothing is the default.
    pub fn parse(text: &str) -> Result<Sort, Fault> {
        let known = Sort::ALL.into_iter().find(|sort| sort.name() == text);
        if text.is_empty() { Ok(Sort::default()) } else { known.ok_or_else(|| Fault::field("sort", |t| t.handovers_sort_wrong())) }
    }

    /// Brings loads into this order, the largest first; accounts without a KAM stay at the end.
    fn sort(self, loads: &mut [Load]) {
        let size = |load: &Load| match self {
            Sort::Name => 0,
            Sort::Accounts => load.accounts as i64,
            Sort::ClassA => load.classes[0] as i64,
            Sort::ClassB => load.classes[1] as i64,
            Sort::ClassC => load.classes[2] as i64,
            Sort::Revenue => load.revenue.raw(),
            Sort::Contacts => (load.contacts_per_month * 1000.0) as i64,
        };
        loads.sort_by_key(|load| (load.user.is_none(), std::cmp::Reverse(size(load)), load.user.as_ref().map(|(_, name)| name.clone())));
    }
}

/// How many months of contacts are looked at.
const CONTACT_MONTHS: f64 = 12.0;

/// The contacts of the last twelve months by account.
async fn contacts(office: &Office, viewer: &Viewer) -> Result<HashMap<i64, u64>, Fault> {
    let today = office.today();
    let from = today - Months::new(CONTACT_MONTHS as u32) + Days::new(1);
    let mut contacts: HashMap<i64, u64> = HashMap::new();
    for count in interactions::actions::counts(office, viewer, None, from, today).await? {
        *contacts.entry(count.account_id).or_default() += count.interactions;
    }
    Ok(contacts)
}

/// The workload over the accounts that this viewer sees, with those that nobody is KAM of in a load of their own at the end.
pub async fn workload(office: &Office, viewer: &Viewer, settings: &Settings, sort: Sort) -> Result<Vec<Load>, Fault> {
    require(viewer, Right::SeeWorkload)?;
    let kams = assignments::actions::kams(office, office.today()).await?;
    let users: HashMap<i64, team::store::User> =
        team::store::all(office.db.read()).await?.into_iter().map(|user| (user.id, user)).collect();
    let wanted = Wanted { level: Some(Level::Account), ..Wanted::default() };
    let valuation = valuation::actions::value(office, viewer, settings, &wanted).await?;
    let contacts = contacts(office, viewer).await?;
    let mut loads: BTreeMap<Option<i64>, Load> = BTreeMap::new();
    for account in directory::current(office, viewer).await?.accounts() {
        let kam = kams.get(&account.id).copied();
        let user = kam.and_then(|id| users.get(&id));
        let load = loads.entry(kam).or_insert_with(|| Load {
            user: user.map(|user| (user.id, user.name.clone())),
            active: user.is_none_or(|user| user.active),
            accounts: 0,
            classes: [0; 3],
            revenue: Amount::ZERO,
            share: 0.0,
            contacts_per_month: 0.0,
        });
        load.accounts += 1;
        load.contacts_per_month += contacts.get(&account.id).copied().unwrap_or_default() as f64 / CONTACT_MONTHS;
        let Some((valuation, row)) = valuation.as_ref().and_then(|valuation| Some((valuation, valuation.row_of(account.id)?))) else {
            continue;
        };
        load.revenue += valuation.rows[row].now.revenue;
        if let Some(class) = valuation.class(row) {
            load.classes[class.index()] += 1;
        }
    }
    let mut loads: Vec<Load> = loads.into_values().collect();
    let total: Amount = loads.iter().map(|load| load.revenue).sum();
    for load in &mut loads {
        load.share = load.revenue.share_of(total);
    }
    sort.sort(&mut loads);
    Ok(loads)
}
