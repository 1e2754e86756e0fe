//! What is sent about stakeholder maps → checked values, or all field errors.

use kontor_domain::stakeholder::{BuyingRole, Coverage, Level, LineKind, Support, Tie, Who};
use serde::Deserialize;

use super::map::Node;
use crate::fault::FieldError;
use crate::team::forms::keep;

/// The longest name of a decision, placeholder or function, in characters.
const TEXT_MAX: usize = 120;

/// Who is to stand on a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// A person.
    Person(i64),
    /// A placeholder that is there already, by its entry.
    Placeholder(i64),
    /// A new placeholder of this name.
    New(String),
}

/// How somebody is to stand on a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// What a placeholder is called.
    pub name: String,
    /// What a placeholder does.
    pub function: String,
    /// The person that a placeholder turned out to be.
    pub person: Option<i64>,
    /// The part in the decision.
    pub role: Option<BuyingRole>,
    /// For or against us.
    pub support: Support,
    /// How well we reach them.
    pub coverage: Coverage,
    /// Who stands above.
    pub above: Option<Who>,
}

/// Somebody on a map, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    /// `p12`, `e5`, or nothing for a new placeholder.
    pub who: String,
    /// What a placeholder is called.
    pub name: String,
    /// What a placeholder does.
    pub function: String,
    /// The id of the person that a placeholder turned out to be.
    pub person: String,
    /// The part in the decision.
    pub role: String,
    /// −2 to 2.
    pub support: String,
    /// 0 to 4.
    pub coverage: String,
    /// Who stands above: `p12`, `e5`.
    pub above: String,
}

impl PlaceForm {
    /// The form of somebody who stands on the map.
    pub fn of(node: &Node, above: Option<Who>) -> PlaceForm {
        PlaceForm {
            who: node.who.to_string(),
            name: node.name.clone(),
            function: node.function.clone(),
            person: String::new(),
            role: node.role.map(|role| role.to_string()).unwrap_or_default(),
            support: node.support.value().to_string(),
            coverage: node.coverage.value().to_string(),
            above: above.map(|who| who.to_string()).unwrap_or_default(),
        }
    }

    /// Checks all fields.
    pub fn parse(&self) -> Result<(Placed, Stand), Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = keep(text("name", &self.name), &mut errors).unwrap_or_default();
        let placed = keep(self.placed(&name), &mut errors);
        let function = keep(text("function", &self.function), &mut errors);
        let person = optional(&self.person, "person", &mut errors);
        let role = optional(&self.role, "role", &mut errors);
        let support = number(&self.support, Support::new, "support", &mut errors);
        let coverage = number(&self.coverage, Coverage::new, "coverage", &mut errors);
        let above = optional(&self.above, "above", &mut errors);
        match (placed, function, person, role, support, coverage, above) {
            (Some(placed), Some(function), Some(person), Some(role), Some(support), Some(coverage), Some(above)) if errors.is_empty() => {
                Ok((placed, Stand { name, function, person, role, support, coverage, above }))
            }
            _ => Err(errors),
        }
    }

    fn placed(&self, name: &str) -> Result<Placed, FieldError> {
        let missing = || FieldError::new("name", |t| t.stakeholders_name_missing());
        match self.who.trim() {
            "" if name.is_empty() => Err(missing()),
            "" => Ok(Placed::New(name.to_owned())),
            who => match who.parse() {
                Ok(Who::Person(id)) => Ok(Placed::Person(id)),
                Ok(Who::Placeholder(_)) if name.is_empty() => Err(missing()),
                Ok(Who::Placeholder(id)) => Ok(Placed::Placeholder(id)),
                Err(_) => Err(choice_wrong("who")),
            },
        }
    }
}

/// A line, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LineForm {
    /// Where it begins.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// What it means.
    pub kind: String,
}

impl LineForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<((Who, Who), LineKind), Vec<FieldError>> {
        let mut errors = Vec::new();
        let from = keep(self.from.parse().map_err(|_| choice_wrong("from")), &mut errors);
        let to = keep(self.to.parse().map_err(|_| choice_wrong("to")), &mut errors);
        let kind = keep(self.kind.parse().map_err(|_| choice_wrong("kind")), &mut errors);
        match (from, to, kind) {
            (Some(from), Some(to), Some(kind)) => Ok(((from, to), kind)),
            _ => Err(errors),
        }
    }
}

/// What one of us is to one of them, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TieForm {
    /// The id of one of us.
    pub user: String,
    /// The id of one of them.
    pub person: String,
    /// The level today; nothing for none.
    pub now: String,
    /// The level wanted; nothing for none.
    pub wanted: String,
}

impl TieForm {
    /// Checks all fields.
    pub fn parse(&self) -> Result<Tie, Vec<FieldError>> {
        let mut errors = Vec::new();
        let user = keep(self.user.trim().parse().map_err(|_| choice_wrong("user")), &mut errors);
        let person = keep(self.person.trim().parse().map_err(|_| choice_wrong("person")), &mut errors);
        let now: Option<Option<Level>> = optional(&self.now, "now", &mut errors);
        let wanted: Option<Option<Level>> = optional(&self.wanted, "wanted", &mut errors);
        match (user, person, now, wanted) {
            (Some(user), Some(person), Some(now), Some(wanted)) => Ok(Tie { user, person, now, wanted }),
            _ => Err(errors),
        }
    }
}

/// The name of a decision.
pub fn parse_decision(typed: &str) -> Result<String, FieldError> {
    match text("name", typed)? {
        name if name.is_empty() => Err(FieldError::new("name", |t| t.stakeholders_name_missing())),
        name => Ok(name),
    }
}

fn choice_wrong(field: &'static str) -> FieldError {
    FieldError::new(field, |t| t.stakeholders_choice_wrong())
}

fn text(field: &'static str, typed: &str) -> Result<String, FieldError> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > TEXT_MAX { Err(FieldError::new(field, |t| t.team_name_too_long(TEXT_MAX))) } else { Ok(text) }
}

/// A choice that may be left open.
fn optional<T: std::str::FromStr>(typed: &str, field: &'static str, errors: &mut Vec<FieldError>) -> Option<Option<T>> {
    match typed.trim() {
        "" => Some(None),
        text => keep(text.parse().map(Some).map_err(|_| choice_wrong(field)), errors),
    }
}

/// A small number; 0 when left out.
fn number<T>(typed: &str, new: fn(i64) -> Option<T>, field: &'static str, errors: &mut Vec<FieldError>) -> Option<T> {
    let typed = typed.trim().replace('\u{2212}', "-");
    let value = if typed.is_empty() { Some(0) } else { typed.parse().ok() };
    keep(value.and_then(new).ok_or_else(|| choice_wrong(field)), errors)
}
