//! Addresses of pages, so that no page spells them by hand.

use std::fmt::Display;

use data_encoding::HEXUPPER;

/// The start page.
pub const HOME: &str = "/";
/// The accounts list.
pub const ACCOUNTS: &str = "/accounts";
/// A new account.
pub const NEW_ACCOUNT: &str = "/accounts/new";
/// One's own accounts.
pub const MY: &str = "/my";
/// Whom there should be contact with.
pub const CADENCE: &str = "/cadence";
/// The contacts with customers.
pub const INTERACTIONS: &str = "/interactions";
/// A new one.
pub const NEW_INTERACTION: &str = "/interactions/new";
/// Where a user's columns of the accounts list are remembered.
pub const ACCOUNT_COLUMNS: &str = "/accounts/columns";
/// The customer valuation by classes.
pub const ABC: &str = "/valuation/abc";
/// The accounts whose class changed, as a file.
pub const MOVERS_CSV: &str = "/valuation/movers.csv";
/// The same as a workbook.
pub const MOVERS_XLSX: &str = "/valuation/movers.xlsx";
/// The import of corporate groups.
pub const IMPORT_GROUPS: &str = "/groups/import";
/// What all pages about the valuation begin with.
pub const VALUATION: &str = "/valuation";
/// The valuation by points.
pub const SCORES: &str = "/valuation/scores";
/// The portfolio of accounts.
pub const MATRIX: &str = "/valuation/matrix";
/// The key accounts.
pub const KEY_ACCOUNTS: &str = "/valuation/key-accounts";
/// What each class of accounts gets.
pub const TREATMENTS: &str = "/valuation/treatments";
/// The rounds of ratings.
pub const ROUNDS: &str = "/valuation/rounds";
/// The model of the valuation.
pub const MODEL: &str = "/valuation/model";
/// The results that were kept.
pub const KEPT: &str = "/valuation/kept";
/// The imports.
pub const IMPORTS: &str = "/imports";
/// A new import.
pub const NEW_IMPORT: &str = "/imports/new";
/// The settings.
pub const SETTINGS: &str = "/settings";
/// Accounts that may be the same.
pub const DUPLICATES: &str = "/duplicates";
/// People who may be the same.
pub const PEOPLE_DUPLICATES: &str = "/duplicates/people";
/// The custom fields of accounts.
pub const FIELDS: &str = "/settings/fields";
/// The users.
pub const USERS: &str = "/users";
/// The units of the company.
pub const UNITS: &str = "/units";
/// How much each KAM looks after.
pub const WORKLOAD: &str = "/team/workload";
/// Giving many accounts a team at once.
pub const ASSIGN: &str = "/team/assign";
/// Handovers from one user to another.
pub const HANDOVERS: &str = "/team/handovers";
/// A new handover.
pub const NEW_HANDOVER: &str = "/team/handovers/new";
/// One's own profile.
pub const PROFILE: &str = "/profile";
/// One's own API tokens.
pub const TOKENS: &str = "/profile/tokens";
/// The contacts.
pub const PEOPLE: &str = "/people";
/// A new contact.
pub const NEW_PERSON: &str = "/people/new";
/// What one should know.
pub const NOTICES: &str = "/notices";
/// The audit log.
pub const AUDIT: &str = "/audit";
/// The same as a file.
pub const AUDIT_CSV: &str = "/audit.csv";

/// The sign-in that leads on to a page.
pub fn sign_in(next: &str) -> String {
    if next == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={}", encode(next)) }
}

/// The search over everything.
pub const FIND: &str = "/find";

/// One account.
pub fn account(id: impl Display) -> String {
    format!("/accounts/{id}")
}

/// The corporate group of an account.
pub fn group(account_id: impl Display) -> String {
    format!("/accounts/{account_id}/group")
}

/// A new edge between an account and another one.
pub fn new_group_edge(account_id: impl Display) -> String {
    format!("/accounts/{account_id}/group/new")
}

/// An edge of an account's group.
pub fn group_edge(account_id: impl Display, edge_id: impl Display) -> String {
    format!("/accounts/{account_id}/group/edges/{edge_id}")
}

/// One contact.
pub fn person(id: impl Display) -> String {
    format!("/people/{id}")
}

/// The stakeholder map of an account.
pub fn account_map(id: impl Display) -> String {
    format!("/accounts/{id}/map")
}

/// The valuation of one account.
pub fn account_valuation(id: impl Display) -> String {
    format!("/accounts/{id}/valuation")
}

/// Why one account is a key account, or not.
pub fn account_standing(id: impl Display) -> String {
    format!("/accounts/{id}/key-account")
}

/// One criterion of the valuation.
pub fn criterion(id: impl Display) -> String {
    format!("/valuation/criteria/{id}")
}

/// One round of ratings.
pub fn round(id: impl Display) -> String {
    format!("/valuation/rounds/{id}")
}

/// One import.
pub fn import(id: impl Display) -> String {
    format!("/imports/{id}")
}

/// One user.
pub fn user(id: impl Display) -> String {
    format!("/users/{id}")
}

/// One unit of the company.
pub fn unit(id: impl Display) -> String {
    format!("/units/{id}")
}

/// One handover.
pub fn handover(id: impl Display) -> String {
    format!("/team/handovers/{id}")
}

/// The team of an account.
pub fn account_team(id: impl Display) -> String {
    format!("/accounts/{id}/team")
}

/// A set-up link.
pub fn set_up(token: &str) -> String {
    format!("/set-up/{token}")
}

/// A single-use sign-in link.
pub fn link(token: &str) -> String {
    format!("/link/{token}")
}

/// Percent-encodes what is not unreserved (RFC 3986), for values behind the `?`.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{}", HEXUPPER.encode(&[byte])),
        })
        .collect()
}

/// A path with parameters; those without a value are left out.
pub fn with_query<V: AsRef<str>>(path: &str, parameters: &[(&str, V)]) -> String {
    let values = parameters.iter().map(|(name, value)| (name, value.as_ref())).filter(|(_, value)| !value.is_empty());
    let given: Vec<String> = values.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

/// True for a path of this house that is safe to lead to after the sign-in: it cannot leave for another host.
pub fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_and_empty_ones_left_out() {
        assert_eq!(with_query("/accounts", &[("q", "Söhne & Co"), ("class", "")]), "/accounts?q=S%C3%B6hne%20%26%20Co");
        assert_eq!(with_query("/accounts", &[("q", "")]), "/accounts");
        assert_eq!(sign_in("/accounts?q=a"), "/sign-in?next=%2Faccounts%3Fq%3Da");
    }

    #[test]
    fn only_own_paths_are_led_to() {
        assert!(is_own_path("/accounts?q=1"));
        for path in ["//evil.example", "https://evil.example", "", "accounts", "/\\evil.example", "/a\r\nb"] {
            assert!(!is_own_path(path), "{path}");
        }
    }
}
