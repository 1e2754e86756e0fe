//! What the browser, the API or the command line sends about interactions → checked values, or all field errors.

use chrono::{NaiveDate, NaiveTime, Timelike};
use kontor_domain::interaction::{
    Confidentiality, Kind, MINUTES_MAX, MINUTES_USUAL, OTHERS_MAX, OUTCOME_MAX, PEOPLE_MAX, PURPOSE_MAX, STEP_MAX, WrongDay, check_day,
};
use serde::{Deserialize, Serialize};

use super::filter::{Filter, Which};
use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;
use crate::web::format::Locale;

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub text: String,
    /// By which day.
    pub due: Option<NaiveDate>,
    /// By whom on our side.
    pub user_id: Option<i64>,
}

/// An interaction, as it is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInteraction {
    /// With which account.
    pub account_id: i64,
    /// What kind of contact.
    pub kind: Kind,
    /// On which day.
    pub day: NaiveDate,
    /// When on that day, in minutes since midnight, where it is known.
    pub minute_of_day: Option<u32>,
    /// How long.
    pub minutes: u32,
    /// What for.
    pub purpose: String,
    /// What came of it.
    pub outcome: String,
    /// Who else took part, as text: people who are not known here.
    pub others: String,
    /// The customer's people who took part, by id.
    pub persons: Vec<i64>,
    /// Our people who took part, by id.
    pub users: Vec<i64>,
    /// What is to be done next.
    pub step: Option<Step>,
    /// Who may read it.
    pub confidentiality: Confidentiality,
}

impl NewInteraction {
    /// The start as a time of day.
    pub fn time(&self) -> Option<NaiveTime> {
        self.minute_of_day.and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0))
    }
}

/// An interaction, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InteractionForm {
    /// Account id.
    pub account: String,
    /// Kind.
    pub kind: String,
    /// Day.
    pub day: String,
    /// Start, `14:30`; may be empty.
    pub time: String,
    /// Minutes.
    pub minutes: String,
    /// Purpose.
    pub purpose: String,
    /// Outcome.
    pub outcome: String,
    /// Others.
    pub others: String,
    /// Ids of persons.
    pub persons: Vec<String>,
    /// Ids of users.
    pub users: Vec<String>,
    /// Next step.
    pub step: String,
    /// Its day.
    pub step_due: String,
    /// Its user.
    pub step_user: String,
    /// Confidentiality.
    pub confidentiality: String,
    /// Where to go when it is saved.
    pub next: String,
}

impl InteractionForm {
    /// The form as it opens for a new interaction: today, an hour, by oneself.
    pub fn new(account_id: i64, kind: Kind, locale: Locale, today: NaiveDate, user_id: i64, person: Option<i64>) -> InteractionForm {
        InteractionForm {
            account: account_id.to_string(),
            kind: kind.name().to_owned(),
            day: locale.date(today),
            minutes: MINUTES_USUAL.to_string(),
            persons: person.into_iter().map(|id| id.to_string()).collect(),
            users: vec![user_id.to_string()],
            step_user: user_id.to_string(),
            confidentiality: Confidentiality::default().name().to_owned(),
            ..InteractionForm::default()
        }
    }

    /// The form as it opens to change an interaction.
    pub fn of(entry: &NewInteraction, locale: Locale) -> InteractionForm {
        let step = entry.step.as_ref();
        InteractionForm {
            account: entry.account_id.to_string(),
            kind: entry.kind.name().to_owned(),
            day: locale.date(entry.day),
            time: entry.time().map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
            minutes: entry.minutes.to_string(),
            purpose: entry.purpose.clone(),
            outcome: entry.outcome.clone(),
            others: entry.others.clone(),
            persons: entry.persons.iter().map(i64::to_string).collect(),
            users: entry.users.iter().map(i64::to_string).collect(),
            step: step.map(|step| step.text.clone()).unwrap_or_default(),
            step_due: step.and_then(|step| step.due).map(|day| locale.date(day)).unwrap_or_default(),
            step_user: step.and_then(|step| step.user_id).map(|id| id.to_string()).unwrap_or_default(),
            confidentiality: entry.confidentiality.name().to_owned(),
            next: String::new(),
        }
    }

    /// The form as posted: fields that may come several times are lists.
    pub fn read(pairs: Vec<(String, String)>) -> InteractionForm {
        let mut form = InteractionForm::default();
        for (name, value) in pairs {
            let field = match name.as_str() {
                "account" => &mut form.account,
                "kind" => &mut form.kind,
                "day" => &mut form.day,
                "time" => &mut form.time,
                "minutes" => &mut form.minutes,
                "purpose" => &mut form.purpose,
                "outcome" => &mut form.outcome,
                "others" => &mut form.others,
                "step" => &mut form.step,
                "step_due" => &mut form.step_due,
                "step_user" => &mut form.step_user,
                "confidentiality" => &mut form.confidentiality,
                "next" => &mut form.next,
                "person" => {
                    form.persons.push(value);
                    continue;
                }
                "user" => {
                    form.users.push(value);
                    continue;
                }
                _ => continue,
            };
            *field = value;
        }
        form
    }

    /// Checks all fields, read in the user's format.
    pub fn parse(&self, locale: Locale, today: NaiveDate) -> Result<NewInteraction, Vec<FieldError>> {
        let mut errors = Vec::new();
        let account_id = keep(id("account", &self.account), &mut errors);
        let kind = keep(
            self.kind.trim().parse().map_err(|_| FieldError::new("kind", |t| t.interactions_kind_wrong()).one_of(Kind::ALL)),
            &mut errors,
        );
        let day = keep(day(locale, &self.day, today), &mut errors);
        let minute_of_day = keep(minute_of_day(&self.time), &mut errors);
        let minutes = keep(minutes(&self.minutes), &mut errors);
        let purpose = keep(line("purpose", &self.purpose, PURPOSE_MAX), &mut errors);
        let outcome = keep(text("outcome", &self.outcome, OUTCOME_MAX), &mut errors);
        let others = keep(line("others", &self.others, OTHERS_MAX), &mut errors);
        let persons = keep(ids("person", &self.persons), &mut errors);
        let users = keep(ids("user", &self.users), &mut errors);
        let step = keep(self.parse_step(locale), &mut errors);
        let confidentiality = self.confidentiality.trim();
        let confidentiality = if confidentiality.is_empty() { Ok(Confidentiality::default()) } else { confidentiality.parse() };
        let confidentiality = keep(
            confidentiality
                .map_err(|_| FieldError::new("confidentiality", |t| t.interactions_confidentiality_wrong()).one_of(Confidentiality::ALL)),
            &mut errors,
        );
        if purpose.as_deref() == Some("") && outcome.as_deref() == Some("") {
            errors.push(FieldError::new("purpose", |t| t.interactions_purpose_missing()));
        }
        let whole = (account_id, kind, day, minute_of_day, minutes);
        let said = (purpose, outcome, others, persons, users, step, confidentiality);
        match (whole, said) {
            (
                (Some(account_id), Some(kind), Some(day), Some(minute_of_day), Some(minutes)),
                (Some(purpose), Some(outcome), Some(others), Some(persons), Some(users), Some(step), Some(confidentiality)),
            ) if errors.is_empty() => Ok(NewInteraction {
                account_id,
                kind,
                day,
                minute_of_day,
                minutes,
                purpose,
                outcome,
                others,
                persons,
                users,
                step,
                confidentiality,
            }),
            _ => Err(errors),
        }
    }

    fn parse_step(&self, locale: Locale) -> Result<Option<Step>, FieldError> {
        let text = line("step", &self.step, STEP_MAX)?;
        let due = match self.step_due.trim() {
            "" => None,
            typed => Some(locale.parse_date(typed).map_err(|_| FieldError::day("step_due"))?),
        };
        let user_id = match self.step_user.trim() {
            "" => None,
            typed => Some(id("step_user", typed)?),
        };
        match text.is_empty() {
            true if due.is_some() => Err(FieldError::new("step", |t| t.interactions_step_missing())),
            true => Ok(None),
            false => Ok(Some(Step { text, due, user_id })),
        }
    }
}

fn id(field: &'static str, typed: &str) -> Result<i64, FieldError> {
    typed.trim().parse().ok().filter(|&id| id > 0).ok_or_else(|| FieldError::new(field, |t| t.interactions_choose()))
}

fn ids(field: &'static str, typed: &[String]) -> Result<Vec<i64>, FieldError> {
    if typed.len() > PEOPLE_MAX {
        return Err(FieldError::new(field, |t| t.interactions_people_many(PEOPLE_MAX)));
    }
    let mut ids: Vec<i64> = Vec::new();
    for typed in typed {
        let id = id(field, typed)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn day(locale: Locale, typed: &str, today: NaiveDate) -> Result<NaiveDate, FieldError> {
    let day = locale.parse_date(typed).map_err(|_| FieldError::day("day"))?;
    match check_day(day, today) {
        Ok(()) => Ok(day),
        Err(WrongDay::Ahead) => Err(FieldError::new("day", |t| t.interactions_day_ahead())),
        Err(WrongDay::TooLongAgo) => Err(FieldError::new("day", |t| t.interactions_day_old())),
    }
}

fn minute_of_day(typed: &str) -> Result<Option<u32>, FieldError> {
    match typed.trim() {
        "" => Ok(None),
        typed => {
            let time = ["%H:%M", "%H:%M:%S", "%H.%M"].iter().find_map(|format| NaiveTime::parse_from_str(typed, format).ok());
            let time = time.ok_or_else(|| FieldError::new("time", |t| t.interactions_time_wrong()))?;
            Ok(Some(time.hour() * 60 + time.minute()))
        }
    }
}

fn minutes(typed: &str) -> Result<u32, FieldError> {
    let minutes = typed.trim().parse().ok().filter(|minutes| (1..=MINUTES_MAX).contains(minutes));
    minutes.ok_or_else(|| FieldError::new("minutes", |t| t.interactions_minutes_wrong(MINUTES_MAX)))
}

/// One line: blanks and line breaks become single blanks.
fn line(field: &'static str, typed: &str, max: usize) -> Result<String, FieldError> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > max { Err(FieldError::new(field, move |t| t.interactions_too_long(max))) } else { Ok(line) }
}

/// Lines as typed, without carriage returns and control characters.
fn text(field: &'static str, typed: &str, max: usize) -> Result<String, FieldError> {
    let text: String = typed.replace("\r\n", "\n").chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect();
    let text = text.trim().to_owned();
    if text.chars().count() > max { Err(FieldError::new(field, move |t| t.interactions_too_long(max))) } else { Ok(text) }
}

/// What is asked of a list or a timeline, as in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    /// Kind; several with commas.
    pub kind: String,
    /// User id.
    pub who: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Words.
    pub text: String,
    /// `yes` for archived ones.
    pub archived: String,
}

impl FilterForm {
    /// Checks all fields; `event` among the kinds is no kind of interaction here and is left to the timeline.
    pub fn parse(&self, locale: Locale, which: Which) -> Result<Filter, Fault> {
        let mut errors = Vec::new();
        let mut kinds = Vec::new();
        for name in self.kind.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != RECORDS) {
            let kind = name.parse::<Kind>().map_err(|_| FieldError::new("kind", |t| t.interactions_kind_wrong()).one_of(Kind::ALL));
            kinds.extend(keep(kind, &mut errors));
        }
        let who = match self.who.trim() {
            "" => Some(None),
            typed => keep(id("who", typed).map(Some), &mut errors),
        };
        let mut day = |field, typed: &str| match typed.trim() {
            "" => None,
            typed => keep(locale.parse_date(typed).map_err(|_| FieldError::day(field)), &mut errors),
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.push(FieldError::new("to", |t| t.web_days_wrong()));
        }
        let text = Some(self.text.trim()).filter(|text| !text.is_empty()).map(|text| text.chars().take(200).collect());
        match who {
            Some(user_id) if errors.is_empty() => Ok(Filter {
                which,
                only_records: kinds.is_empty() && self.wants_records() && !self.kind.trim().is_empty(),
                kinds,
                user_id,
                from,
                to,
                text,
                archived: self.archived == "yes",
            }),
            _ => Err(Fault::Invalid(errors)),
        }
    }

    /// The same without one of the fields; days that contradict each other are left out together.
    pub fn without(&mut self, field: &str) {
        match field {
            "kind" => self.kind.clear(),
            "who" => self.who.clear(),
            "from" => self.from.clear(),
            "to" => self.to.clear(),
            _ => {}
        }
    }

    /// Whether changes of records are asked for too: with no kind at all, or by name.
    pub fn wants_records(&self) -> bool {
        let mut names = self.kind.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
        (names.peek().is_none() && self.who.trim().is_empty()) || self.kind.split(',').any(|name| name.trim() == RECORDS)
    }
}

/// The name under which a timeline's changes of records are chosen.
pub const RECORDS: &str = "records";

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    const DE: Locale = Locale::of(Language::De);

    fn today() -> NaiveDate {
        "2026-11-23".parse().expect("a day")
    }

    fn form() -> InteractionForm {
        InteractionForm { purpose: "Jahresgespräch".into(), ..InteractionForm::new(3, Kind::Visit, DE, today(), 7, Some(4)) }
    }

    fn wrong(form: &InteractionForm) -> Vec<String> {
        form.parse(DE, today()).expect_err("wrong").into_iter().map(|error| error.field.into_owned()).collect()
    }

    #[test]
    fn the_form_as_it_opens_needs_only_a_purpose() {
        let entry = form().parse(DE, today()).expect("an interaction");
        assert_eq!((entry.account_id, entry.kind, entry.day, entry.minutes), (3, Kind::Visit, today(), 60));
        assert_eq!((entry.persons, entry.users, entry.step), (vec![4], vec![7], None));
        assert_eq!(wrong(&InteractionForm { purpose: " ".into(), ..form() }), ["purpose"]);
        assert!(InteractionForm { purpose: String::new(), outcome: "War gut.".into(), ..form() }.parse(DE, today()).is_ok());
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let form = InteractionForm {
            account: "x".into(),
            kind: "fax".into(),
            day: "25.11.2026".into(),
            time: "25:00".into(),
            minutes: "0".into(),
            step: String::new(),
            step_due: "1.12.2026".into(),
            confidentiality: "secret".into(),
            persons: vec!["-1".into()],
            ..form()
        };
        assert_eq!(wrong(&form), ["account", "kind", "day", "time", "minutes", "person", "step", "confidentiality"]);
        for minutes in ["1441", "-5", "zwei", ""] {
            assert_eq!(wrong(&InteractionForm { minutes: minutes.into(), ..super::tests::form() }), ["minutes"], "{minutes}");
        }
        let long = InteractionForm { purpose: "x".repeat(PURPOSE_MAX + 1), outcome: "y".repeat(OUTCOME_MAX + 1), ..super::tests::form() };
        assert_eq!(wrong(&long), ["purpose", "outcome"]);
        let crowd = InteractionForm { users: (1..=PEOPLE_MAX + 1).map(|id| id.to_string()).collect(), ..super::tests::form() };
        assert_eq!(wrong(&crowd), ["user"]);
    }

    #[test]
    fn a_form_opened_to_change_reads_back_as_it_was() {
        let typed = InteractionForm {
            time: "14:30".into(),
            step: "Angebot".into(),
            step_due: "01.12.2026".into(),
            outcome: "Zeile 1\r\nZeile 2\u{0}".into(),
            persons: vec!["4".into(), "5".into(), "4".into()],
            ..form()
        };
        let entry = typed.parse(DE, today()).expect("an interaction");
        assert_eq!((entry.minute_of_day, entry.outcome.as_str(), entry.persons.as_slice()), (Some(870), "Zeile 1\nZeile 2", &[4, 5][..]));
        assert_eq!(InteractionForm::of(&entry, DE).parse(DE, today()).expect("an interaction"), entry);
    }

    #[test]
    fn a_filter_is_read_from_its_address() {
        let form = FilterForm { kind: "visit,call".into(), from: "1.1.2026".into(), text: " Preis ".into(), ..FilterForm::default() };
        let filter = form.parse(DE, Which::All).expect("a filter");
        assert_eq!((filter.kinds.len(), filter.text.as_deref()), (2, Some("Preis")));
        assert!(!form.wants_records() && FilterForm::default().wants_records());
        assert!(FilterForm { kind: "records".into(), ..FilterForm::default() }.wants_records());
        let wrong = FilterForm { kind: "fax".into(), from: "gestern".into(), who: "ich".into(), ..FilterForm::default() };
        match wrong.parse(DE, Which::All) {
            Err(Fault::Invalid(errors)) => {
                assert_eq!(errors.iter().map(|error| error.field.as_ref()).collect::<Vec<_>>(), ["kind", "who", "from"])
            }
            other => panic!("{other:?}"),
        }
    }
}
