//! Which column plays which role: by its header, by what its values are, and by arithmetic where both leave a doubt.

mod arithmetic;
mod customers;
mod names;
mod profile;

use std::collections::BTreeMap;

use super::value::Kind;
use crate::column::Role;
pub use arithmetic::{Numbers, Settling, settle};
pub use names::{Hints, is_known_header};
use names::{Naming, is_bare_name, is_name_of_anything, namings};
pub use profile::Profile;

/// What a role needs of the values: the points taken off (or `None`: impossible).
fn fits(role: Role, profile: &Profile, score: u32) -> Option<i64> {
    let kind = profile.kind();
    match role {
        Role::Date => match kind {
            Kind::Date => Some(0),
            Kind::Number if profile.are_most(profile.dates + profile.serials) => Some(0),
            Kind::Empty => Some(-40),
            _ => ((profile.dates + profile.serials) * 2 > profile.filled).then_some(-30),
        },
        Role::Quantity | Role::UnitPrice | Role::DiscountPercent | Role::NetAmount | Role::UnitCost | Role::LineCost => match kind {
            Kind::Number => Some(0),
            Kind::Empty => Some(-40),
            // A column that is full of something else than numbers is rejected row by row only when its header is unmistakable.
            Kind::Text | Kind::Date => (profile.numbers * 2 > profile.filled || score >= 98).then_some(-30),
        },
        Role::LineNumber => (kind == Kind::Number || kind == Kind::Empty).then_some(0),
        Role::DebitCredit => profile.are_most(profile.sides).then_some(0),
        // Keys of currencies, rates and the like name no currency; texts may well be meant to, and must be told.
        Role::Currency if profile.filled > 0 && profile.currencies * 2 <= profile.filled => (kind == Kind::Text).then_some(-30),
        // How something was paid is no kind of document.
        Role::InvoiceType if profile.payments * 10 >= profile.filled.max(1) => None,
        Role::AccountName if profile.are_most(profile.marked) => None,
        Role::AccountName | Role::City | Role::ArticleName | Role::Industry => match kind {
            Kind::Number | Kind::Date => Some(-45),
            // A number of the thing rather than its name, if another column will do for that.
            Kind::Text if role != Role::City && profile.are_most(profile.codes) => Some(-45),
            Kind::Text | Kind::Empty => Some(0),
        },
        _ => match kind {
            Kind::Date if role != Role::Status => Some(-60),
            _ => Some(0),
        },
    }
}

/// Whether the values of a column look like keys of what a role numbers.
fn are_keys(role: Role, profile: &Profile) -> bool {
    match role {
        Role::LineNumber => profile.are_most(profile.counters),
        _ => profile.are_most(profile.codes) && profile.kind() != Kind::Date,
    }
}

/// A column that could play a role.
struct Candidate {
    points: i64,
    column: usize,
    role: Role,
    naming: Naming,
}

/// Gives each column at most one role and each role at most one column, the surest first. `chosen` roles are the user's: their columns are out of the game,
/// and a role that was taken away stays away.
pub fn assign(headers: &[String], profiles: &[Profile], chosen: &BTreeMap<Role, Option<usize>>) -> BTreeMap<Role, usize> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (column, (header, profile)) in headers.iter().zip(profiles).enumerate() {
        for (role, naming) in namings(header) {
            // Shops call the number of an order its name.
            let is_number = role != Role::InvoiceNumber || !is_bare_name(header) || profile.are_most(profile.marked);
            if chosen.contains_key(&role) || !is_number || (naming.needs_keys && !are_keys(role, profile)) {
                continue;
            }
            let points = fits(role, profile, naming.score).map(|points| i64::from(naming.score) + points);
            candidates.extend(points.filter(|&points| points > 0).map(|points| Candidate { points, column, role, naming }));
        }
    }
    name_articles(&mut candidates, headers);
    customers::drop_other_accounts(&mut candidates, headers, profiles);
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.points), candidate.naming.place, candidate.column, candidate.role));
    let mut roles: BTreeMap<Role, usize> = chosen.iter().filter_map(|(&role, &column)| Some((role, column?))).collect();
    let mut taken: Vec<usize> = roles.values().copied().collect();
    for Candidate { column, role, .. } in candidates {
        if !taken.contains(&column) && !roles.contains_key(&role) {
            roles.insert(role, column);
            taken.push(column);
        }
    }
    name_neighbours(headers, profiles, chosen, &mut roles);
    drop_constant_name(profiles, chosen, &mut roles);
    roles
}

/// A name that all customers share, such as that of one's own company, is none of theirs.
fn drop_constant_name(profiles: &[Profile], chosen: &BTreeMap<Role, Option<usize>>, roles: &mut BTreeMap<Role, usize>) {
    let (Some(&number), Some(&name)) = (roles.get(&Role::AccountNumber), roles.get(&Role::AccountName)) else { return };
    let is_constant = profiles[name].distinct() == 1 && profiles[number].distinct() > 2;
    if is_constant && profiles[name].filled == profiles[number].filled && !chosen.contains_key(&Role::AccountName) {
        roles.remove(&Role::AccountName);
    }
}

/// A bare “Name” or “Matchcode” right behind an article's number is the article's.
fn name_articles(candidates: &mut [Candidate], headers: &[String]) {
    let of_articles: Vec<usize> =
        candidates.iter().filter(|of| of.role == Role::ArticleNumber && !of.naming.is_vague()).map(|of| of.column).collect();
    for candidate in candidates.iter_mut().filter(|candidate| candidate.role == Role::AccountName) {
        let is_behind = candidate.column.checked_sub(1).is_some_and(|before| of_articles.contains(&before));
        if is_behind && is_name_of_anything(&headers[candidate.column]) {
            candidate.role = Role::ArticleName;
        }
    }
}

/// Where a number's column is followed by one of texts without a header, as reports print key and text, that is the name.
fn name_neighbours(headers: &[String], profiles: &[Profile], chosen: &BTreeMap<Role, Option<usize>>, roles: &mut BTreeMap<Role, usize>) {
    for (number, name) in [(Role::AccountNumber, Role::AccountName), (Role::ArticleNumber, Role::ArticleName)] {
        let Some(next) = roles.get(&number).map(|column| column + 1).filter(|&next| next < headers.len()) else { continue };
        let is_nameless = headers[next] == (next + 1).to_string();
        if is_nameless && profiles[next].kind() == Kind::Text && !roles.contains_key(&name) && !chosen.contains_key(&name) {
            roles.insert(name, next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(headers: &[&str], rows: &[&[&str]]) -> Vec<(&'static str, String)> {
        let names: Vec<String> = headers.iter().map(|&header| header.to_owned()).collect();
        let mut profiles = vec![Profile::default(); headers.len()];
        for row in rows {
            profiles.iter_mut().zip(*row).for_each(|(profile, value)| profile.add(value));
        }
        assign(&names, &profiles, &BTreeMap::new()).into_iter().map(|(role, column)| (role.name(), names[column].clone())).collect()
    }

    #[test]
    fn a_customer_s_column_is_the_number_where_its_values_are_keys() {
        for (headers, row, number, name) in [
            (["Kunde", "Name"], ["10023", "Elbe Stahl GmbH"], Some("Kunde"), Some("Name")),
            (["Kunde", "Firma"], ["K-10023", "Elbe Stahl GmbH"], Some("Kunde"), Some("Firma")),
            (["Customer", "Company Name"], ["ELBES", "Elbe Stahl GmbH"], Some("Customer"), Some("Company Name")),
            (["Kunde", "2"], ["10023", "Elbe Stahl GmbH"], Some("Kunde"), Some("2")),
            (["Kunde", "Debitor"], ["Elbe Stahl GmbH", "10023"], Some("Debitor"), Some("Kunde")),
            (["Kunde", "Ort"], ["Elbe Stahl GmbH", "Pirna"], None, Some("Kunde")),
            (["Kunde", "Ort"], ["10023", "Pirna"], Some("Kunde"), None),
        ] {
            let found = roles(&headers, &[&row]);
            let of = |role: &str| found.iter().find(|(name, _)| *name == role).map(|(_, header)| header.as_str());
            assert_eq!((of("account_number"), of("account_name")), (number, name), "{headers:?} {row:?}");
        }
    }

    #[test]
    fn an_item_is_an_article_or_a_position() {
        let found = roles(&["Item", "Material"], &[&["10", "R-1"], &["20", "R-2"]]);
        assert_eq!(found, [("line_number", "Item".into()), ("article_number", "Material".into())]);
        let found = roles(&["Item", "Description"], &[&["4711-A", "Bolt, small"], &["4712-B", "Bolt, large"]]);
        assert_eq!(found, [("article_number", "Item".into()), ("article_name", "Description".into())]);
    }
}
