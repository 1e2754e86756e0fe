//! Everything that decides about the rhythm of contact, at one moment, so that many accounts are looked at without asking the database again.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::abc::Class;
use kontor_domain::cadence::{Interval, Kinds, LastContacts, Role, Rules, Standing};
use kontor_domain::group::Level;
use kontor_domain::interaction::Kind;
use kontor_domain::rights::Viewer;
use kontor_domain::sight::Sight;

use super::store::{self, Whom};
use crate::fault::Fault;
use crate::interactions::last_contacts::{self, ByAccount};
use crate::office::Office;
use crate::stakeholders::actions::Roles;
use crate::valuation::forms::Wanted;
use crate::valuation::{actions as valuation, table::Valuation};
use crate::{settings, stakeholders};

/// How it stands with contact to an account, or to a person there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The account.
    pub account_id: i64,
    /// The person; `None` for the account as a whole.
    pub person_id: Option<i64>,
    /// The account's class by revenue, over the whole company.
    pub class: Option<Class>,
    /// The role that the rule is about.
    pub role: Role,
    /// Whether the interval is its own and not the rule's.
    pub is_own: bool,
    /// How it stands today.
    pub standing: Standing,
}

/// The rules, the classes and the last contacts.
pub struct Book {
    /// The rules in force.
    pub rules: Rules,
    own: HashMap<Whom, Interval>,
    roles: Arc<Roles>,
    classes: Option<Arc<Valuation>>,
    last: Arc<ByAccount>,
    today: NaiveDate,
}

impl Book {
    /// As it is today. Classes are those of the whole company, by the period and thresholds of the settings, each account for itself, whoever looks.
    pub async fn open(office: &Office, viewer: &Viewer) -> Result<Book, Fault> {
        let db = office.db.read();
        let settings = settings::store::current(db).await?;
        let house = Viewer { sight: Sight::All, ..viewer.clone() };
        let wanted = Wanted { level: Some(Level::Account), ..Wanted::default() };
        Ok(Book {
            rules: store::rules(db).await?,
            own: store::own(db).await?,
            roles: stakeholders::actions::roles(office).await?,
            classes: valuation::value(office, &house, &settings, &wanted).await?,
            last: last_contacts::by_account(office).await?,
            today: office.today(),
        })
    }

    /// The class of an account.
    pub fn class(&self, account_id: i64) -> Option<Class> {
        let classes = self.classes.as_ref()?;
        classes.class(classes.row_of(account_id)?)
    }

    /// The last contacts with an account.
    pub fn last(&self, account_id: i64) -> LastContacts {
        self.last.get(&account_id).copied().unwrap_or_default()
    }

    /// How it stands with contact to an account as a whole; `None` where neither a rule holds nor an interval of its own.
    pub fn account(&self, account_id: i64) -> Option<Contact> {
        self.contact((account_id, None), Role::Any, self.last(account_id))
    }

    /// How it stands with contact to a person at an account, whose last contacts are given; the role is that on the stakeholder maps.
    pub fn person(&self, account_id: i64, person_id: i64, last: LastContacts) -> Option<Contact> {
        let role = self.roles.get(&account_id).and_then(|people| people.get(&person_id)).map_or(Role::Any, |&role| role.into());
        // A rule for anybody is about the account; a person without a role has a rhythm only where it is their own.
        let has_own = self.own.contains_key(&(account_id, Some(person_id)));
        if role == Role::Any && !has_own {
            return None;
        }
        self.contact((account_id, Some(person_id)), role, last)
    }

    /// The interval of an account or a person of its own.
    pub fn own(&self, whom: Whom) -> Option<Interval> {
        self.own.get(&whom).copied()
    }

    /// The people who have a rhythm at any of these accounts: those with an interval of their own, and those with a part in the buying centre for which their
    /// account's class has a rule.
    pub fn people(&self, accounts: impl IntoIterator<Item = i64>) -> BTreeSet<(i64, i64)> {
        let accounts: BTreeSet<i64> = accounts.into_iter().collect();
        let own = self.own.keys().filter_map(|&(account_id, person_id)| Some((account_id, person_id?)));
        let mut people: BTreeSet<(i64, i64)> = own.filter(|(account_id, _)| accounts.contains(account_id)).collect();
        for account_id in accounts {
            let (Some(there), Some(class)) = (self.roles.get(&account_id), self.class(account_id)) else { continue };
            let by_role = there.iter().filter(|&(_, &role)| self.rules.of(class, role.into()).is_some());
            people.extend(by_role.map(|(&person_id, _)| (account_id, person_id)));
        }
        people
    }

    fn contact(&self, whom: Whom, role: Role, last: LastContacts) -> Option<Contact> {
        let (account_id, person_id) = whom;
        let class = self.class(account_id);
        let rule = class.and_then(|class| self.rules.of(class, role));
        let own = self.own(whom);
        let interval = own.or(rule.map(|rule| rule.interval))?;
        let all = Kinds::from(Kind::ALL);
        let counted = rule.map_or(&all, |rule| &rule.kinds);
        let standing = Standing::on(self.today, interval, last.last(counted));
        Some(Contact { account_id, person_id, class, role, is_own: own.is_some(), standing })
    }
}
