//! Lists as somebody likes to see them, and what somebody keeps at hand.

use serde::{Deserialize, Serialize};

/// A list that can be seen in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum List {
    /// The accounts.
    Accounts,
    /// The people on the customers' side.
    People,
}

impl List {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What can be kept at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::IntoStaticStr, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kept {
    /// An account.
    Account,
    /// A person.
    Person,
}

impl Kept {
    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The longest name of a view, in characters.
pub const NAME_MAX: usize = 60;
/// The longest address of a view, in characters: filters, order and columns.
pub const QUERY_MAX: usize = 4_000;

/// The parameters of an address without those that only say which part of a list is shown (`page`, `cursor`) or which view it was (`view`), in their order.
pub fn without_place(query: &str) -> String {
    let is_place = |pair: &&str| matches!(pair.split('=').next(), Some("page" | "cursor" | "view"));
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.ends_with('=') && !is_place(pair))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_names_read_back() {
        assert!(List::Accounts.name() == "accounts" && "people".parse() == Ok(List::People));
        assert!(Kept::Person.name() == "person" && "account".parse() == Ok(Kept::Account));
    }

    #[test]
    fn a_view_forgets_where_in_the_list_it_was() {
        assert_eq!(without_place("?q=elbe&page=3&class=A&sort=&view=7"), "q=elbe&class=A");
        assert_eq!(without_place(""), "");
    }
}
