//! What an address asks of the list of people.

use kontor_domain::cadence::State as Standing;
use kontor_domain::rights::Viewer;
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions;
use super::list::{Sort, State, Wanted};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::url;

/// The parameters as they stand in the address; empty ones count as absent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ListQuery {
    /// Words of the name, a mail address, a telephone number.
    pub q: String,
    /// Number, name or part of the name of accounts.
    pub account: String,
    /// A part of the function.
    pub function: String,
    /// A part of the department.
    pub department: String,
    /// `all` (when absent), `present`, `former` or `archived`.
    pub state: String,
    /// How it stands with contact: `overdue`, `never`, `due` or `fine`; only people with whom there should be contact.
    pub contact: String,
    /// `name`, `company`, `changed` (the newest first), `last_contact`, `contact` (the most pressing first) or `id`.
    pub sort: String,
}

impl ListQuery {
    /// What is looked for; the accounts are found by name or number. Without an order, that given.
    pub async fn wanted(&self, office: &Office, viewer: &Viewer, usual: Sort) -> Result<Wanted, Fault> {
        fn choice<T: std::str::FromStr>(field: &'static str, typed: &str, names: &[&str], errors: &mut Vec<FieldError>) -> Option<T> {
            let typed = typed.trim();
            let wrong = |_| FieldError::new(field, |t| t.people_choice_wrong()).one_of(names);
            let parsed = (!typed.is_empty()).then(|| typed.parse().map_err(wrong));
            parsed?.map_err(|error| errors.push(error)).ok()
        }
        let mut errors = Vec::new();
        let state: Option<State> = choice("state", &self.state, &["all", "present", "former", "archived"], &mut errors);
        let contact: Option<Standing> = choice("contact", &self.contact, &Standing::ALL.map(Standing::name), &mut errors);
        let sort: Option<Sort> = choice("sort", &self.sort, &["name", "company", "changed", "last_contact", "contact", "id"], &mut errors);
        if !errors.is_empty() {
            return Err(Fault::Invalid(errors));
        }
        let accounts = match self.account.trim() {
            "" => None,
            typed => Some(actions::accounts_like(office, viewer, typed).await?),
        };
        Ok(Wanted {
            text: self.q.trim().to_owned(),
            accounts,
            function: self.function.trim().to_owned(),
            department: self.department.trim().to_owned(),
            state: state.unwrap_or_default(),
            contact,
            sort: sort.unwrap_or(usual),
        })
    }

    /// Whether anything but an order is asked for.
    pub fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }

    /// What is filtered by, as in the address.
    pub fn filters(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.q),
            ("account", &self.account),
            ("function", &self.function),
            ("department", &self.department),
            ("state", &self.state),
            ("contact", &self.contact),
        ]
    }

    /// The address of the list in this order, at this page from 0 on.
    pub fn address(&self, sort: &str, page: u64) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let mut parameters = self.filters().to_vec();
        parameters.extend([("sort", sort), ("page", &page)]);
        url::with_query(url::PEOPLE, &parameters)
    }
}
