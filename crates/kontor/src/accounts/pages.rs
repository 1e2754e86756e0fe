//! The pages of accounts' master data, and what every page of one account begins with.

mod addresses;
mod bulk;
mod edit;
pub mod history;
mod show;
pub mod values;

use kontor_domain::account::Lifecycle;
use kontor_domain::rights::{Right, Viewer};
use maud::{Markup, Render, html};
use strum::VariantArray;

use super::store::Account;
use crate::web::components::{badge, class_badge, headline, tabs};
use crate::web::context::Page;
use crate::web::routes::Routes;
use crate::web::texts::Texts;
use crate::web::url;

/// The parts of an account's file, in the order of its tabs. Each is a page of the noun that knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Part {
    /// Figures, course, product groups, invoices.
    Overview,
    /// Master data, addresses, numbers, tags, custom fields, and their history.
    Master,
    /// The corporate group it belongs to.
    Group,
    /// Who looks after it.
    Team,
    /// Who works there.
    People,
    /// Who decides there, and how well we know them.
    Map,
    /// Score, ratings, and whether it is a key account.
    Valuation,
    /// What happened.
    Timeline,
}

impl Part {
    /// Its address.
    pub fn path(self, account_id: i64) -> String {
        match self {
            Part::Overview => url::account(account_id),
            Part::Master => format!("{}/master", url::account(account_id)),
            Part::Team => url::account_team(account_id),
            Part::Group => url::group(account_id),
            Part::People => format!("{}/people", url::account(account_id)),
            Part::Map => url::account_map(account_id),
            Part::Valuation => url::account_valuation(account_id),
            Part::Timeline => format!("{}/timeline", url::account(account_id)),
        }
    }

    fn label(self, t: &Texts) -> String {
        match self {
            Part::Overview => t.accounts_part_overview(),
            Part::Master => t.accounts_part_master(),
            Part::Team => t.accounts_part_team(),
            Part::Group => t.accounts_part_group(),
            Part::People => t.accounts_part_people(),
            Part::Map => t.accounts_part_map(),
            Part::Valuation => t.accounts_part_valuation(),
            Part::Timeline => t.timeline_title(),
        }
    }

    fn is_open_to(self, viewer: &Viewer) -> bool {
        match self {
            Part::Overview | Part::Master | Part::Team | Part::Group | Part::People | Part::Map | Part::Valuation | Part::Timeline => {
                viewer.may(Right::SeeFigures)
            }
        }
    }
}

/// The class of the account that a page is about, as the settings want it.
fn class_of(page: &Page, account: &Account) -> Markup {
    html! { @if let Some(class) = page.context.class.filter(|(id, _)| *id == account.id).map(|(_, class)| class) { (class_badge(class)) } }
}

/// Crumbs, name with its class and other badges, master data in a line, what can be done, and the tabs.
pub fn frame(page: &Page, account: &Account, part: Part, actions: impl Render) -> Markup {
    frame_below(page, &[], account, part, class_of(page, account), "", actions)
}

/// The same with badges of its own, for an account that stands below others, which the crumbs name with their addresses, the highest first; `more` follows
/// the master data.
pub fn frame_below(
    page: &Page,
    above: &[(String, String)],
    account: &Account,
    part: Part,
    badges: impl Render,
    more: impl Render,
    actions: impl Render,
) -> Markup {
    let t = page.t();
    let title = html! { (name(account)) " " (badges) (page.context.marks.badge(t, account.id)) (standing(t, account)) };
    let sub = html! { (facts(t, account).join(" · ")) (more) };
    let parts: Vec<(String, String, bool)> = Part::VARIANTS
        .iter()
        .filter(|other| other.is_open_to(&page.viewer))
        .map(|&other| (other.path(account.id), other.label(t), other == part))
        .collect();
    let accounts = t.nav_accounts();
    let mut crumbs: Vec<(&str, &str)> = vec![(url::ACCOUNTS, &accounts)];
    crumbs.extend(above.iter().map(|(href, label)| (href.as_str(), label.as_str())));
    html! {
        div #account {
            (headline(&crumbs, title, sub, actions))
            @if parts.len() > 1 { (tabs(&t.accounts_parts(), &parts)) }
        }
    }
}

/// What must be known about an account before anything else: that it buys not yet, no longer, or is put away.
fn standing(t: &Texts, account: &Account) -> Markup {
    html! {
        @if account.master.lifecycle != Lifecycle::Active { " " (badge(&values::lifecycle_name(t, account.master.lifecycle))) }
        @if account.is_archived() { " " span.badge."badge--warn" { (t.accounts_archived()) } }
    }
}

/// The routes.
pub fn routes() -> Routes {
    edit::routes()
        .merge(bulk::routes())
        .merge(show::routes())
        .merge(addresses::routes())
        .merge(history::routes())
        .merge(super::fields::pages::routes())
}

/// The name of an account, or its number where it has none.
pub fn name(account: &Account) -> &str {
    match account.master.name.as_str() {
        "" => account.numbers.first().map_or("–", |number| number.number.as_str()),
        name => name,
    }
}

/// Place, country, industry, numbers: as far as they are known.
fn facts(t: &Texts, account: &Account) -> Vec<String> {
    let master = &account.master;
    let place = [&master.postal_code, &master.city].map(|part| part.as_deref().unwrap_or_default()).join(" ");
    let numbers = account.numbers.iter().map(|number| t.accounts_number_of(number.number.as_str(), number.source.as_str()));
    let facts = [Some(place), master.country.clone(), master.industry.clone()].into_iter().flatten().map(|fact| fact.trim().to_owned());
    facts.filter(|fact| !fact.is_empty()).chain(numbers).collect()
}
