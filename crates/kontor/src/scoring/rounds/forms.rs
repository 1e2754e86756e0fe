//! What is sent about rounds of ratings → checked values, or all field errors.

use chrono::NaiveDate;

use crate::fault::FieldError;
use crate::scoring::forms::{Typed, parse_review, parse_text, parse_value};
use crate::scoring::store::NewRating;
use crate::team::forms::{keep, parse_name};
use crate::web::format::Locale;

/// The most accounts a round may have.
const ACCOUNTS_MAX: usize = 500;

/// Which accounts a round is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Selection {
    /// Those of class A.
    A,
    /// Those of class A and B.
    Ab,
    /// Those that are ranked, or were rated at all.
    Rated,
    /// So many of the largest by revenue.
    Largest,
}

impl Selection {
    /// All of them.
    pub const ALL: &[Selection] = <Selection as strum::VariantArray>::VARIANTS;

    /// The stored name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A round to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRound {
    /// What it is called.
    pub name: String,
    /// The day by which everybody should have rated.
    pub due_on: NaiveDate,
    /// Which accounts.
    pub selection: Selection,
    /// At most so many of them, the largest by revenue.
    pub accounts: usize,
    /// Who rates.
    pub raters: Vec<i64>,
    /// Whether each rates only the accounts whose team they are on.
    pub is_own_only: bool,
    /// By which criteria.
    pub criteria: Vec<i64>,
}

/// Checks a round: `name`, `due_on`, `selection`, `accounts`, `own_only`, `rater.{user}`, `criterion.{id}`.
pub fn parse_round(form: &Typed, locale: Locale, today: NaiveDate) -> Result<NewRound, Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = keep(parse_name(form.get("name")), &mut errors);
    let due = locale.parse_date(form.get("due_on")).map_err(|_| FieldError::day("due_on"));
    let due = due.and_then(|day| if day >= today { Ok(day) } else { Err(FieldError::new("due_on", |t| t.scoring_due_past())) });
    let due_on = keep(due, &mut errors);
    let selection: Option<Selection> =
        keep(form.get("selection").parse().map_err(|_| FieldError::new("selection", |t| t.scoring_selection_wrong())), &mut errors);
    let accounts = form.get("accounts").parse::<usize>().ok().filter(|count| (1..=ACCOUNTS_MAX).contains(count));
    let accounts = keep(accounts.ok_or_else(|| FieldError::new("accounts", |t| t.scoring_accounts_wrong(ACCOUNTS_MAX))), &mut errors);
    let chosen = |prefix| form.numbered(prefix).filter(|(_, value)| !value.is_empty()).map(|(id, _)| id).collect::<Vec<i64>>();
    let (raters, criteria) = (chosen("rater."), chosen("criterion."));
    if raters.is_empty() {
        errors.push(FieldError::new("raters", |t| t.scoring_raters_missing()));
    }
    if criteria.is_empty() {
        errors.push(FieldError::new("criteria", |t| t.scoring_criteria_missing()));
    }
    match (name, due_on, selection, accounts) {
        (Some(name), Some(due_on), Some(selection), Some(accounts)) if errors.is_empty() => {
            Ok(NewRound { name, due_on, selection, accounts, raters, is_own_only: !form.get("own_only").is_empty(), criteria })
        }
        _ => Err(errors),
    }
}

/// Checks the table of a round: `r.{account}.{criterion}`, `evidence.{account}`, `review`; empty cells are passed over.
pub fn parse_table(form: &Typed, fields: &[(i64, i64)], locale: Locale, today: NaiveDate) -> Result<Vec<NewRating>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let review_on = keep(parse_review(form.get("review"), locale, today), &mut errors).flatten();
    let mut ratings = Vec::new();
    for &(account_id, criterion_id) in fields {
        let cell = format!("r.{account_id}.{criterion_id}");
        if form.get(&cell).is_empty() {
            continue;
        }
        let value = keep(parse_value(form.get(&cell)).map_err(|error| error.at(cell.clone())), &mut errors);
        let evidence = form.get(&format!("evidence.{account_id}"));
        let evidence = keep(parse_text("ratings", evidence).map_err(|error| error.at(format!("evidence.{account_id}"))), &mut errors);
        if let (Some(value), Some(evidence)) = (value, evidence) {
            ratings.push(NewRating { account_id, criterion_id, value, evidence, rated_on: today, review_on });
        }
    }
    if ratings.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("ratings", |t| t.scoring_rate_nothing()));
    }
    if errors.is_empty() { Ok(ratings) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    const DE: Locale = Locale::of(Language::De);

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed::posted(fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn today() -> NaiveDate {
        "2026-11-23".parse().expect("a day")
    }

    fn fields(errors: &[FieldError]) -> Vec<&str> {
        errors.iter().map(|error| &*error.field).collect()
    }

    #[test]
    fn all_that_is_wrong_with_a_round_is_told_at_once() {
        let errors = parse_round(&typed(&[("due_on", "22.11.2026"), ("accounts", "0")]), DE, today()).expect_err("wrong");
        assert_eq!(fields(&errors), ["name", "due_on", "selection", "accounts", "raters", "criteria"]);
        let form = typed(&[
            ("name", "Herbst"),
            ("due_on", "23.11.2026"),
            ("selection", "ab"),
            ("accounts", "20"),
            ("rater.3", "on"),
            ("rater.4", ""),
            ("criterion.5", "on"),
        ]);
        let round = parse_round(&form, DE, today()).expect("a round");
        assert_eq!((round.raters, round.criteria, round.selection, round.is_own_only), (vec![3], vec![5], Selection::Ab, false));
    }

    #[test]
    fn the_table_gives_the_filled_cells_and_names_the_wrong_ones() {
        let cells = [(7, 1), (7, 2), (8, 1)];
        let form = typed(&[("r.7.1", "4"), ("r.8.1", "0"), ("r.9.1", "5"), ("evidence.7", "Messe"), ("review", "1.6.2027")]);
        let ratings = parse_table(&form, &cells, DE, today()).expect("ratings");
        let told: Vec<(i64, i64, u8, &str)> =
            ratings.iter().map(|rating| (rating.account_id, rating.criterion_id, rating.value, rating.evidence.as_str())).collect();
        assert_eq!(told, [(7, 1, 4, "Messe"), (8, 1, 0, "")], "an account that is not in the round is passed over");
        let errors = parse_table(&typed(&[("r.7.2", "6"), ("r.8.1", "x"), ("review", "gestern")]), &cells, DE, today()).expect_err("wrong");
        assert_eq!(fields(&errors), ["review", "r.7.2", "r.8.1"]);
        assert_eq!(fields(&parse_table(&typed(&[]), &cells, DE, today()).expect_err("nothing")), ["ratings"]);
    }
}
