//! What an address asks of the valuation.

use chrono::NaiveDate;
use kontor_domain::Period;
use kontor_domain::abc::{Metric, Thresholds};
use kontor_domain::group::Level;
use kontor_domain::period::PeriodChoice;
use serde::Deserialize;

use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;

/// The parameters as they stand in the address; empty ones count as absent.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct WantedQuery {
    /// `last12`, `last12@2026-03-31`, `all`, `2025`, `fy2025`, `2025-01-01..2025-06-30`; the setting when absent.
    pub period: Option<String>,
    /// First day of a period of one's own, ISO 8601; with `to`, instead of `period`.
    pub from: Option<String>,
    /// Last day of that period; alone, the day that the last 12 complete months go up to.
    pub to: Option<String>,
    /// `revenue` or `margin`; revenue when absent.
    pub metric: Option<String>,
    /// Where A and B end, in percent: `80,95`; the setting when absent.
    pub thresholds: Option<String>,
    /// What counts as one customer: `account` or `group` (all under common control); the setting when absent.
    pub level: Option<String>,
    /// The day whose corporate groups count, ISO 8601; today when absent.
    pub as_of: Option<String>,
}

/// What is wanted; what is absent follows the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The period.
    pub period: Option<PeriodChoice>,
    /// What accounts are ranked by.
    pub metric: Option<Metric>,
    /// Where A and B end.
    pub thresholds: Option<Thresholds>,
    /// What counts as one customer.
    pub level: Option<Level>,
    /// The day whose corporate groups count.
    pub as_of: Option<NaiveDate>,
}

impl WantedQuery {
    /// Checks all parameters.
    pub fn parse(&self) -> Result<Wanted, Fault> {
        let mut errors = Vec::new();
        let wanted = Wanted {
            period: self.parse_period(&mut errors),
            metric: given(
                &self.metric,
                &mut errors,
                FieldError::new("metric", |t| t.valuation_metric_wrong()).on_pages(|t| t.web_choice_wrong()),
            ),
            thresholds: given(&self.thresholds, &mut errors, FieldError::new("thresholds", |t| t.settings_thresholds_wrong())),
            level: given(
                &self.level,
                &mut errors,
                FieldError::new("level", |t| t.settings_level_wrong()).on_pages(|t| t.web_choice_wrong()),
            ),
            as_of: given(
                &self.as_of,
                &mut errors,
                FieldError::new("as_of", |t| t.valuation_as_of_wrong()).on_pages(|t| t.web_date_wrong()),
            ),
        };
        if errors.is_empty() { Ok(wanted) } else { Err(Fault::Invalid(errors)) }
    }

    /// The same without one of the parameters; one of two days says nothing without the other.
    pub fn without(&mut self, field: &str) {
        match field {
            "period" => self.period = None,
            "from" | "to" => (self.from, self.to) = (None, None),
            "metric" => self.metric = None,
            "thresholds" => self.thresholds = None,
            "level" => self.level = None,
            "as_of" => self.as_of = None,
            _ => {}
        }
    }

    /// Days of one's own come before a period by name: a form sends both. The last one alone is the day that 12 months go up to.
    fn parse_period(&self, errors: &mut Vec<FieldError>) -> Option<PeriodChoice> {
        let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        if !has(&self.from) && !has(&self.to) {
            return given(
                &self.period,
                errors,
                FieldError::new("period", |t| t.settings_period_wrong()).on_pages(|t| t.valuation_period_wrong()),
            );
        }
        let day = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().parse().ok();
        let choice = match has(&self.from) {
            true => day(&self.from).zip(day(&self.to)).and_then(|(from, to)| Period::new(from, to)).map(PeriodChoice::Days),
            false => day(&self.to).map(PeriodChoice::Last12To),
        };
        keep(choice.ok_or_else(|| FieldError::new("from", |t| t.valuation_days_wrong()).on_pages(|t| t.web_days_wrong())), errors)
    }
}

impl Wanted {
    /// The parameters that ask for the same again.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("period", self.period.map(|period| period.to_string())),
            ("metric", self.metric.map(|metric| metric.to_string())),
            ("thresholds", self.thresholds.map(|thresholds| thresholds.to_string())),
            ("level", self.level.map(|level| level.to_string())),
            ("as_of", self.as_of.map(|day| day.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn given<T: std::str::FromStr>(text: &Option<String>, errors: &mut Vec<FieldError>, wrong: FieldError) -> Option<T> {
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    keep(text.parse().map_err(|_| wrong), errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_one_s_own_come_before_a_period_by_name() {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let period = |period: &str, from: &str, to: &str| {
            let query = WantedQuery { period: text(period), from: text(from), to: text(to), ..WantedQuery::default() };
            query.parse().map(|wanted| wanted.period.map(|period| period.to_string())).map_err(|fault| match fault {
                Fault::Invalid(errors) => errors.into_iter().map(|error| error.field.to_string()).collect::<Vec<_>>(),
                other => panic!("{other:?}"),
            })
        };
        let of = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(period("all", "2026-01-01", "2026-03-31"), of("2026-01-01..2026-03-31"));
        assert_eq!(period("all", "", "2026-03-31"), of("last12@2026-03-31"));
        assert_eq!(period("last12@2026-03-31", "", ""), of("last12@2026-03-31"));
        assert_eq!(period("", "", ""), Ok(None));
        for (from, to) in [("2026-01-01", ""), ("2026-03-31", "2026-01-01"), ("", "gestern")] {
            assert_eq!(period("all", from, to), Err(vec!["from".to_owned()]), "{from} {to}");
        }
        assert_eq!(period("last12@gestern", "", ""), Err(vec!["period".to_owned()]));
    }
}
