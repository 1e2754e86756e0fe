//! What is sent about key accounts → checked values, or all field errors.

use chrono::NaiveDate;
use kontor_domain::key_account::{Contact, Decision, Reach, Ruling, Treated, Treatment, Treatments};
use serde::Deserialize;

use crate::fault::FieldError;
use crate::scoring::forms::{Typed, parse_text};
use crate::team::forms::keep;
use crate::web::format::Locale;

/// The longest text about a service level, in characters.
const SERVICE_MAX: usize = 200;

/// A nomination, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NominationForm {
    /// Why.
    pub statement: String,
}

impl NominationForm {
    /// Checks the statement.
    pub fn parse(&self) -> Result<String, Vec<FieldError>> {
        match parse_text("statement", &self.statement) {
            Ok(statement) if statement.is_empty() => Err(vec![FieldError::new("statement", |t| t.key_statement_missing())]),
            Ok(statement) => Ok(statement),
            Err(error) => Err(vec![error]),
        }
    }
}

/// A decision, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RulingForm {
    /// `declare`, `decline`, `keep` or `revoke`.
    pub decision: String,
    /// Why.
    pub reason: String,
    /// When; today when empty.
    pub decided_on: String,
    /// The id of the key account manager.
    pub manager: String,
    /// `national`, `international` or `group`.
    pub reach: String,
    /// The day of the next review.
    pub next_review: String,
}

impl RulingForm {
    /// Checks the form of all fields; what a decision needs is the domain's to say.
    pub fn parse(&self, locale: Locale, today: NaiveDate) -> Result<Ruling, Vec<FieldError>> {
        let mut errors = Vec::new();
        let decision: Option<Decision> =
            keep(self.decision.trim().parse().map_err(|_| FieldError::new("decision", |t| t.key_decision_wrong())), &mut errors);
        let reason = keep(parse_text("reason", &self.reason), &mut errors);
        let decided_on = keep(parse_day("decided_on", &self.decided_on, locale), &mut errors).map(|day| day.unwrap_or(today));
        let is_key = decision.is_some_and(Decision::makes_key_account);
        let manager_id = keep(optional(&self.manager, || FieldError::new("manager", |t| t.key_manager_wrong())), &mut errors);
        let reach: Option<Option<Reach>> = keep(optional(&self.reach, || FieldError::new("reach", |t| t.key_reach_missing())), &mut errors);
        let next_review = keep(parse_day("next_review", &self.next_review, locale), &mut errors);
        match (decision, reason, decided_on, manager_id, reach, next_review) {
            (Some(decision), Some(reason), Some(decided_on), Some(manager_id), Some(reach), Some(next_review)) => {
                let ruling = Ruling { decision, reason, decided_on, manager_id, reach, next_review };
                Ok(if is_key { ruling } else { Ruling { manager_id: None, reach: None, next_review: None, ..ruling } })
            }
            _ => Err(errors),
        }
    }
}

fn optional<T: std::str::FromStr>(text: &str, wrong: impl Fn() -> FieldError) -> Result<Option<T>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| wrong()),
    }
}

fn parse_day(field: &'static str, text: &str, locale: Locale) -> Result<Option<NaiveDate>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        text => locale.parse_date(text).map(Some).map_err(|_| FieldError::day(field)),
    }
}

/// What each class gets as a form: `contact.{class}`, `sponsor.{class}`, `months.{class}`, `gifts.{class}`, `service.{class}`.
pub fn treatments_form(treatments: &Treatments, locale: Locale) -> Typed {
    let mut form = Typed::default();
    for &treated in Treated::ALL {
        let (name, treatment) = (treated.name(), treatments.of(treated));
        form.set(format!("contact.{name}"), treatment.contact.name());
        form.set(format!("sponsor.{name}"), if treatment.executive_sponsor { "on" } else { "" });
        form.set(format!("months.{name}"), treatment.review_months.map(|months| months.to_string()).unwrap_or_default());
        form.set(format!("gifts.{name}"), treatment.gift_budget.map(|budget| locale.quantity(budget)).unwrap_or_default());
        form.set(format!("service.{name}"), &treatment.service_level);
    }
    form
}

/// Checks what each class gets.
pub fn parse_treatments(form: &Typed, locale: Locale) -> Result<Treatments, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut of = |treated: Treated| parse_treatment(form, treated.name(), locale, &mut errors);
    let parsed = [of(Treated::Key), of(Treated::A), of(Treated::B), of(Treated::C)];
    match parsed {
        [Some(key), Some(a), Some(b), Some(c)] if errors.is_empty() => Ok(Treatments { key, a, b, c }),
        _ => Err(errors),
    }
}

fn parse_treatment(form: &Typed, name: &str, locale: Locale, errors: &mut Vec<FieldError>) -> Option<Treatment> {
    let field = |part: &str| form.get(&format!("{part}.{name}")).to_owned();
    let contact: Option<Contact> = keep(field("contact").parse().map_err(|_| at("contact", name, |t| t.key_contact_wrong())), errors);
    let months = match field("months").as_str() {
        "" => Some(None),
        text => {
            let months = text.parse::<u32>().ok().filter(|months| (1..=60).contains(months));
            keep(months.map(Some).ok_or_else(|| at("months", name, |t| t.key_months_wrong())), errors)
        }
    };
    let gifts = match field("gifts").as_str() {
        "" => Some(None),
        text => {
            let gifts = locale.parse_amount(text).ok().filter(|gifts| !gifts.is_negative());
            keep(gifts.map(Some).ok_or_else(|| at("gifts", name, |t| t.key_gifts_wrong())), errors)
        }
    };
    let service_level = field("service");
    if service_level.chars().count() > SERVICE_MAX {
        errors.push(at("service", name, |t| t.scoring_text_long(SERVICE_MAX)));
    }
    Some(Treatment {
        contact: contact?,
        executive_sponsor: field("sponsor") == "on",
        review_months: months?,
        gift_budget: gifts?,
        service_level,
    })
}

/// An error at the field of one class.
fn at(part: &str, name: &str, say: impl Fn(&crate::web::texts::Texts) -> String + Send + Sync + 'static) -> FieldError {
    FieldError::new(format!("{part}.{name}"), say)
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    const DE: Locale = Locale::of(Language::De);

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn all_that_is_wrong_with_a_decision_is_told_at_once() {
        let form = RulingForm {
            decision: "crown".into(),
            reason: "x".repeat(3000),
            decided_on: "gestern".into(),
            manager: "Jana".into(),
            reach: "world".into(),
            next_review: "bald".into(),
        };
        let errors = form.parse(DE, day("2026-11-23")).expect_err("wrong");
        let fields: Vec<&str> = errors.iter().map(|error| &*error.field).collect();
        assert_eq!(fields, ["decision", "reason", "decided_on", "manager", "reach", "next_review"]);
    }

    #[test]
    fn a_decision_is_of_today_unless_said_otherwise_and_keeps_only_what_it_needs() {
        let form = RulingForm {
            decision: "revoke".into(),
            reason: " weg ".into(),
            manager: "3".into(),
            reach: "group".into(),
            ..RulingForm::default()
        };
        let ruling = form.parse(DE, day("2026-11-23")).expect("a decision");
        assert_eq!((ruling.decided_on, ruling.manager_id, ruling.reach, ruling.reason.as_str()), (day("2026-11-23"), None, None, "weg"));
        let form = RulingForm { decision: "declare".into(), decided_on: "1.11.2026".into(), manager: "3".into(), ..RulingForm::default() };
        let ruling = form.parse(DE, day("2026-11-23")).expect("a decision");
        assert_eq!((ruling.decided_on, ruling.manager_id, ruling.next_review), (day("2026-11-01"), Some(3), None));
    }

    #[test]
    fn treatments_survive_their_own_form_and_wrong_ones_are_told_by_class() {
        let form = treatments_form(&Treatments::default(), DE);
        assert_eq!(parse_treatments(&form, DE).expect("treatments"), Treatments::default());
        let mut wrong = form.clone();
        wrong.set("contact.a", "drum");
        wrong.set("months.key", "0");
        wrong.set("gifts.c", "-5");
        let errors = parse_treatments(&wrong, DE).expect_err("wrong");
        assert_eq!(errors.iter().map(|error| &*error.field).collect::<Vec<_>>(), ["months.key", "contact.a", "gifts.c"]);
    }
}
