//! Asking for one's own accounts.

use std::collections::HashMap;

use kontor_domain::Amount;
use kontor_domain::abc::Class;
use kontor_domain::cadence::State;
use kontor_domain::growth::Growth;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::settings::Settings;

use crate::cadence::book::{Book, Contact};
use crate::fault::Fault;
use crate::interactions::actions::open_steps;
use crate::interactions::last_contacts;
use crate::interactions::names::Names;
use crate::interactions::store::{OpenStep, Steps};
use crate::office::Office;
use crate::team::actions::require;
use crate::valuation::forms::Wanted;
use crate::{assignments, valuation};

/// How many open next steps are read.
const STEPS: u64 = 300;

/// One of one's own accounts.
#[derive(Clone, Debug)]
pub struct Own {
    /// The account.
    pub account_id: i64,
    /// The class by revenue, over the whole company.
    pub class: Option<Class>,
    /// Revenue of the period of the settings; `None` without a line in the ledger.
    pub revenue: Option<(Amount, Growth)>,
    /// How it stands with contact to the account as a whole; `None` where no rule holds.
    pub contact: Option<Contact>,
    /// The people there with whom contact is due, the most pressing first.
    pub people: Vec<Contact>,
    /// The open next steps, the earliest due first.
    pub steps: Vec<OpenStep>,
}

/// One's own accounts and what is next.
pub struct Mine {
    /// The accounts on whose team one is today, the most pressing first.
    pub accounts: Vec<Own>,
    /// The next steps that are for oneself, the earliest due first.
    pub steps: Vec<OpenStep>,
    /// What accounts, people and users are called.
    pub names: Names,
}

/// The accounts on whose team the viewer is, and the next steps that are for them.
pub async fn mine(office: &Office, viewer: &Viewer, settings: &Settings) -> Result<Mine, Fault> {
    require(viewer, Right::SeeFigures)?;
    let ids: Vec<i64> = assignments::actions::accounts_of(office, viewer.user_id, office.today())
        .await?
        .into_iter()
        .map(|(id, _)| id)
        .filter(|&id| viewer.sight.sees(id))
        .collect();
    let book = Book::open(office, viewer).await?;
    let wanted = Wanted { level: Some(kontor_domain::group::Level::Account), ..Wanted::default() };
    let figures = valuation::actions::value(office, viewer, settings, &wanted).await?;
    let steps = open_steps(office, viewer, Steps::For(viewer.user_id), STEPS).await?;
    let at_accounts = if ids.is_empty() { Vec::new() } else { open_steps(office, viewer, Steps::At(&ids), STEPS).await? };
    let mut by_account: HashMap<i64, Vec<OpenStep>> = HashMap::new();
    for step in at_accounts {
        by_account.entry(step.account_id).or_default().push(step);
    }
    let step_accounts: Vec<i64> = steps.iter().map(|step| step.account_id).collect();
    let people = book.people(ids.iter().copied());
    let last = last_contacts::of_people(office, &people).await?;
    let mut waiting: HashMap<i64, Vec<Contact>> = HashMap::new();
    for &(account_id, person_id) in &people {
        let last = last.get(&(account_id, person_id)).copied().unwrap_or_default();
        if let Some(contact) = book.person(account_id, person_id, last).filter(|contact| contact.standing.state != State::Fine) {
            waiting.entry(account_id).or_default().push(contact);
        }
    }
    let names =
        Names::of_ids(office, viewer, ids.iter().copied().chain(step_accounts), people.iter().map(|&(_, person_id)| person_id)).await?;
    let mut accounts: Vec<Own> = ids
        .into_iter()
        .map(|account_id| {
            let mut people = waiting.remove(&account_id).unwrap_or_default();
            people.sort_by_key(|contact| contact.standing.pressing_first());
            let row = figures.as_ref().and_then(|figures| Some(figures.rows[figures.row_of(account_id)?]));
            Own {
                account_id,
                class: book.class(account_id),
                revenue: row.map(|row| (row.now.revenue, row.growth())),
                contact: book.account(account_id),
                people,
                steps: by_account.remove(&account_id).unwrap_or_default(),
            }
        })
        .collect();
    accounts.sort_by(|a, b| {
        let pressing = |own: &Own| {
            let most = own.contact.iter().chain(&own.people).map(|contact| contact.standing.pressing_first()).min();
            (most.is_none(), most)
        };
        (pressing(a), a.class, names.account(a.account_id)).cmp(&(pressing(b), b.class, names.account(b.account_id)))
    });
    Ok(Mine { accounts, steps, names })
}
