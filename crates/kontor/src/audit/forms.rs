//! What is asked of the audit log.

use chrono::{DateTime, Local, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::store::Filter;
use crate::fault::{Fault, FieldError};
use crate::web::format::Locale;

/// What to look for, as in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    /// Kind of event.
    pub kind: String,
    /// Part of the name of who did it.
    pub actor: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl FilterForm {
    /// Checks all fields.
    pub fn parse(&self, locale: Locale) -> Result<Filter, Fault> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut errors = Vec::new();
        let mut day = |field, typed: &str| match typed.trim() {
            "" => None,
            typed => locale.parse_date(typed).map_err(|_| errors.push(FieldError::day(field))).ok(),
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            errors.push(FieldError::new("to", |t| t.web_days_wrong()));
        }
        if !errors.is_empty() {
            return Err(Fault::Invalid(errors));
        }
        let until = to.and_then(|to| to.succ_opt()).and_then(begin_of);
        Ok(Filter { kind: given(&self.kind), actor: given(&self.actor), from: from.and_then(begin_of), until, before: None })
    }

    /// The same without one of the fields; days that contradict each other are left out together.
    pub fn without(&mut self, field: &str) {
        match field {
            "from" => self.from.clear(),
            "to" if self.from.is_empty() => self.to.clear(),
            "to" => (self.from, self.to) = (String::new(), String::new()),
            _ => {}
        }
    }

    /// As parameters of an address.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let all = [("kind", &self.kind), ("actor", &self.actor), ("from", &self.from), ("to", &self.to)];
        all.into_iter().map(|(name, value)| (name, value.clone())).collect()
    }
}

/// When a day begins here; the clock may jump over midnight.
fn begin_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    Some(midnight.and_local_timezone(Local).earliest().map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    fn form(from: &str, to: &str) -> FilterForm {
        FilterForm { from: from.into(), to: to.into(), ..FilterForm::default() }
    }

    #[test]
    fn days_are_whole_and_the_last_one_counts() {
        let filter = form("1.11.2026", "2026-11-02").parse(Locale::of(Language::De)).expect("days");
        let (from, until) = (filter.from.expect("a begin"), filter.until.expect("an end"));
        assert_eq!((until - from).num_hours(), 48, "no clock is changed in these days");
        let open = form("", " ").parse(Locale::of(Language::En)).expect("no days");
        assert_eq!((open.from, open.until, open.kind), (None, None, None));
    }

    #[test]
    fn wrong_days_are_told_at_their_fields_and_left_out_alone() {
        let told = |form: &FilterForm| match form.parse(Locale::of(Language::De)) {
            Err(Fault::Invalid(errors)) => errors.iter().map(|error| error.field.to_string()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(told(&form("gestern", "31.2.2026")), ["from", "to"]);
        let mut turned = form("2.11.2026", "1.11.2026");
        assert_eq!(told(&turned), ["to"]);
        turned.kind = "signed_in".into();
        turned.without("to");
        assert_eq!(turned, FilterForm { kind: "signed_in".into(), ..FilterForm::default() });
        let mut half = form("gestern", "1.11.2026");
        half.without("from");
        assert_eq!(half, form("", "1.11.2026"));
    }
}
