//! What is typed about the rhythm of contact.

use std::borrow::Cow;

use kontor_domain::abc::Class;
use kontor_domain::cadence::{DAYS_MAX, Interval, Kinds, Role, Rule, Rules, State};
use kontor_domain::interaction::Kind;
use serde::{Deserialize, Serialize};

use super::actions::Filter;
use crate::fault::{Fault, FieldError};

/// The roles that the form of rules offers.
pub const ROLES: [Role; 7] = Role::ALL;

/// All rules, as typed: a field's name is `wanted-A-any`, `longest-A-any` or, for each kind that counts, `kinds-A-any`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesForm(pub Vec<(String, String)>);

impl RulesForm {
    /// The form as it opens.
    pub fn of(rules: &Rules) -> RulesForm {
        let mut fields = Vec::new();
        for rule in rules.all() {
            let key = key(rule.class, rule.role);
            fields.push((format!("wanted-{key}"), rule.interval.wanted().to_string()));
            fields.push((format!("longest-{key}"), rule.interval.longest().to_string()));
            fields.extend(rule.kinds.iter().map(|kind| (format!("kinds-{key}"), kind.name().to_owned())));
        }
        RulesForm(fields)
    }

    /// What was typed into a field.
    pub fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether a kind is ticked.
    pub fn has(&self, key: &str, kind: Kind) -> bool {
        let name = format!("kinds-{key}");
        self.0.iter().any(|(known, value)| *known == name && value == kind.name())
    }

    /// Checks all fields; a rule whose days are both empty is none.
    pub fn parse(&self) -> Result<Rules, Vec<FieldError>> {
        let (mut rules, mut errors) = (Vec::new(), Vec::new());
        for class in Class::ALL {
            for role in ROLES {
                let key = key(class, role);
                let (wanted, longest) = (self.field(&format!("wanted-{key}")).trim(), self.field(&format!("longest-{key}")).trim());
                if wanted.is_empty() && longest.is_empty() {
                    continue;
                }
                let kinds: Kinds = Kind::ALL.into_iter().filter(|&kind| self.has(&key, kind)).collect();
                let at = format!("wanted-{key}");
                match parse_interval(at.clone(), wanted, longest) {
                    Ok(Some(interval)) if !kinds.is_empty() => rules.push(Rule { class, role, interval, kinds }),
                    Ok(_) => errors.push(FieldError::new(at, |t| t.cadence_kinds_missing())),
                    Err(error) => errors.push(error),
                }
            }
        }
        match Rules::new(rules) {
            Some(rules) if errors.is_empty() => Ok(rules),
            _ => Err(errors),
        }
    }
}

/// How the fields of a rule are named.
pub fn key(class: Class, role: Role) -> String {
    format!("{class}-{role}")
}

/// An interval of its own, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnForm {
    /// Person id; empty for the account.
    pub person: String,
    /// Days.
    pub wanted: String,
    /// Days.
    pub longest: String,
    /// Where to go when it is saved.
    pub next: String,
}

impl OwnForm {
    /// Checks all fields; both empty is no interval.
    pub fn parse(&self) -> Result<(Option<i64>, Option<Interval>), Vec<FieldError>> {
        let person = match self.person.trim() {
            "" => Ok(None),
            typed => typed.parse().map(Some).map_err(|_| FieldError::new("person", |t| t.cadence_person_not_here())),
        };
        match (person, parse_interval("wanted", &self.wanted, &self.longest)) {
            (Ok(person), Ok(interval)) => Ok((person, interval)),
            (person, interval) => Err([person.err(), interval.err()].into_iter().flatten().collect()),
        }
    }
}

/// Two numbers of days; both empty is none.
pub fn parse_interval(field: impl Into<Cow<'static, str>>, wanted: &str, longest: &str) -> Result<Option<Interval>, FieldError> {
    let (wanted, longest) = (wanted.trim(), longest.trim());
    if wanted.is_empty() && longest.is_empty() {
        return Ok(None);
    }
    let interval = wanted.parse().ok().zip(longest.parse().ok()).and_then(|(wanted, longest)| Interval::new(wanted, longest));
    interval.map(Some).ok_or_else(|| FieldError::new(field, |t| t.cadence_interval_wrong(DAYS_MAX)))
}

/// What is asked of the list, as in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    /// User id.
    pub kam: String,
    /// A, B or C.
    pub class: String,
    /// State.
    pub state: String,
}

impl FilterForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<Filter, Fault> {
        let wrong = |field| FieldError::new(field, |t| t.interactions_choose());
        let mut errors = Vec::new();
        let mut filter = Filter::default();
        match self.kam.trim() {
            "" => {}
            typed => match typed.parse() {
                Ok(id) => filter.kam = Some(id),
                Err(_) => errors.push(wrong("kam")),
            },
        }
        match self.class.trim() {
            "" => {}
            typed => match Class::ALL.into_iter().find(|class| class.to_string() == typed) {
                Some(class) => filter.class = Some(class),
                None => errors.push(wrong("class").one_of(Class::ALL)),
            },
        }
        match self.state.trim() {
            "" => {}
            typed => match typed.parse() {
                Ok(state) => filter.state = Some(state),
                Err(_) => errors.push(wrong("state").one_of(State::ALL)),
            },
        }
        if errors.is_empty() { Ok(filter) } else { Err(Fault::Invalid(errors)) }
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::stakeholder::BuyingRole;

    use super::*;

    #[test]
    fn rules_read_back_and_an_empty_line_is_none() {
        let rules = Rules::default();
        let form = RulesForm::of(&rules);
        assert_eq!(form.parse().ok(), Some(rules.clone()));
        let mut fewer = form.clone();
        fewer.0.retain(|(name, _)| !name.ends_with("A-decider"));
        assert_eq!(fewer.parse().ok().and_then(|rules| rules.of(Class::A, BuyingRole::Decider.into()).cloned()), None);
        assert_eq!(RulesForm::default().parse().ok().map(|rules| rules.all().len()), Some(0));
    }

    #[test]
    fn a_wrong_line_is_told() {
        for (name, value) in [("wanted-A-any", "0"), ("wanted-A-any", "99"), ("longest-A-any", "x"), ("longest-A-any", "")] {
            let mut form = RulesForm::of(&Rules::default());
            form.0.retain(|(known, _)| known != name);
            form.0.push((name.to_owned(), value.to_owned()));
            let errors = form.parse().expect_err("wrong");
            assert_eq!(errors.iter().map(|error| error.field.as_ref()).collect::<Vec<_>>(), ["wanted-A-any"], "{name}={value}");
        }
        let mut form = RulesForm::of(&Rules::default());
        form.0.retain(|(known, _)| known != "kinds-A-any");
        assert_eq!(form.parse().expect_err("wrong")[0].field, "wanted-A-any");
    }

    #[test]
    fn an_interval_of_its_own_is_two_numbers_or_none() {
        let form = |wanted: &str, longest: &str| OwnForm { wanted: wanted.into(), longest: longest.into(), ..OwnForm::default() };
        assert_eq!(form("7", "14").parse().ok(), Some((None, Interval::new(7, 14))));
        assert_eq!(form("", " ").parse().ok(), Some((None, None)));
        for (wanted, longest) in [("14", "7"), ("7", ""), ("", "7"), ("-1", "7"), ("1", "99999")] {
            assert!(form(wanted, longest).parse().is_err(), "{wanted}/{longest}");
        }
    }
}
