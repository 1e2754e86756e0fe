//! What is sent about edges of corporate groups → checked values, or all field errors.

use chrono::NaiveDate;
use kontor_domain::Amount;
use kontor_domain::group::{Edge, Kind, Share};
use serde::Deserialize;

use crate::accounts::directory::Directory;
use crate::accounts::find::{self, Sought};
use crate::fault::FieldError;
use crate::team::forms::keep;
use crate::web::format::Locale;

/// How an account stands to the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What ties them.
    pub kind: Kind,
    /// Whether the other one is the parent.
    pub is_up: bool,
}

impl Relation {
    /// All there are, in the order of the form.
    pub const ALL: [Relation; 8] = {
        const fn both(kind: Kind) -> [Relation; 2] {
            [Relation { kind, is_up: true }, Relation { kind, is_up: false }]
        }
        let [a, b, c, d] = [both(Kind::Subsidiary), both(Kind::JointVenture), both(Kind::PaysFor), both(Kind::ReceivesFor)];
        [a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]]
    };

    /// Its name in forms: `subsidiary`, `subsidiary-down`.
    pub fn name(self) -> String {
        format!("{}{}", self.kind, if self.is_up { "" } else { "-down" })
    }

    fn parse(text: &str) -> Result<Relation, FieldError> {
        let found = Relation::ALL.into_iter().find(|relation| relation.name() == text);
        found.ok_or_else(|| FieldError::new("relation", |t| t.groups_relation_wrong()).one_of(Relation::ALL.map(Relation::name)))
    }
}

/// What can be said of an edge beside its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeTerms {
    /// What ties the two.
    pub kind: Kind,
    /// The share that the parent holds.
    pub share: Option<Share>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl EdgeTerms {
    /// The edge between two accounts.
    pub const fn edge(self, id: i64, parent: i64, child: i64) -> Edge {
        let EdgeTerms { kind, share, from, to } = self;
        Edge { id, parent, child, kind, share, from, to }
    }
}

/// An edge of one account, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EdgeForm {
    /// How the account stands to the other one.
    pub relation: String,
    /// The other one: its number or name.
    pub account: String,
    /// The share in percent.
    pub share: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// An edge of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewEdge {
    /// The account that holds, pays or receives.
    pub parent: i64,
    /// The account that is held, paid for or received for.
    pub child: i64,
    /// All else.
    pub terms: EdgeTerms,
}

impl EdgeForm {
    /// The form of an edge as it stands.
    pub fn of(edge: &Edge, account_id: i64, locale: Locale) -> EdgeForm {
        let date = |day: Option<NaiveDate>| day.map(|day| locale.date(day)).unwrap_or_default();
        EdgeForm {
            relation: Relation { kind: edge.kind, is_up: edge.child == account_id }.name(),
            account: String::new(),
            share: edge.share.map(|share| share_digits(locale, share)).unwrap_or_default(),
            from: date(edge.from),
            to: date(edge.to),
        }
    }

    /// Checks all fields of a new edge of this account. The other one is looked for among those in `directory` that pass.
    pub fn parse(
        &self,
        account_id: i64,
        directory: &Directory,
        locale: Locale,
        sees: impl Fn(i64) -> bool,
    ) -> Result<NewEdge, Vec<FieldError>> {
        let mut errors = Vec::new();
        let relation = keep(Relation::parse(&self.relation), &mut errors);
        let other = keep(sought(directory, &self.account, sees), &mut errors);
        let terms = keep_terms(self, relation.map(|relation| relation.kind), locale, &mut errors);
        match (relation, other, terms) {
            (Some(relation), Some(other), Some(terms)) if errors.is_empty() => {
                let (parent, child) = if relation.is_up { (other, account_id) } else { (account_id, other) };
                Ok(NewEdge { parent, child, terms })
            }
            _ => Err(errors),
        }
    }

    /// Checks the fields of an edge whose ends stand.
    pub fn parse_terms(&self, locale: Locale) -> Result<EdgeTerms, Vec<FieldError>> {
        let mut errors = Vec::new();
        let relation = keep(Relation::parse(&self.relation), &mut errors);
        match keep_terms(self, relation.map(|relation| relation.kind), locale, &mut errors) {
            Some(terms) if errors.is_empty() => Ok(terms),
            _ => Err(errors),
        }
    }
}

fn keep_terms(form: &EdgeForm, kind: Option<Kind>, locale: Locale, errors: &mut Vec<FieldError>) -> Option<EdgeTerms> {
    let given = |text: &str| !text.trim().is_empty();
    let share = given(&form.share).then(|| form.share.parse::<Share>().map_err(|_| FieldError::new("share", |t| t.groups_share_wrong())));
    let share = share.map(|share| keep(share, errors));
    let from = keep(parse_day("from", &form.from, locale), errors)?;
    let to = keep(parse_day("to", &form.to, locale), errors)?;
    Some(EdgeTerms { kind: kind?, share: share.map_or(Some(None), |share| share.map(Some))?, from, to })
}

/// A share in percent without the sign, as it is typed: `33,34`.
pub fn share_digits(locale: Locale, share: Share) -> String {
    locale.quantity(Amount::from_raw(share.hundredths() * 100))
}

/// A day that may be left out.
pub fn parse_day(field: &'static str, text: &str, locale: Locale) -> Result<Option<NaiveDate>, FieldError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    locale.parse_date(text).map(Some).map_err(|_| FieldError::day(field))
}

/// The account that was typed.
pub fn sought(directory: &Directory, text: &str, sees: impl Fn(i64) -> bool) -> Result<i64, FieldError> {
    match find::account(directory, text, sees) {
        Sought::Found(id) => Ok(id),
        Sought::Nothing if text.trim().is_empty() => Err(FieldError::new("account", |t| t.groups_account_missing())),
        Sought::Nothing => Err(FieldError::new("account", |t| t.groups_account_unknown())),
        Sought::Several(names) => Err(FieldError::new("account", move |t| t.groups_account_several(names.join(", ")))),
    }
}
