//! What is typed about settings and rates.

use kontor_domain::abc::Thresholds;
use kontor_domain::group::Level;
use kontor_domain::period::PeriodChoice;
use kontor_domain::settings::{Currency, Rate, Settings};
use kontor_domain::sight::Visibility;
use serde::Deserialize;

use crate::fault::FieldError;
use crate::team::forms::keep;
use crate::web::format::Locale;

/// The longest company name, in characters.
const COMPANY_MAX: usize = 200;

/// Settings, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    /// Company.
    pub company: String,
    /// Month in which the fiscal year starts, 1–12.
    pub fiscal_start: String,
    /// Currency code.
    pub currency: String,
    /// Where A ends, in percent.
    pub threshold_a: String,
    /// Where B ends, in percent.
    pub threshold_b: String,
    /// The period pages open with, in its address form.
    pub period: String,
    /// Who sees which accounts; everyone when empty.
    pub visibility: String,
    /// What counts as one customer on pages as they open; accounts when empty.
    pub level: String,
}

impl SettingsForm {
    /// The form as it opens.
    pub fn of(settings: &Settings) -> SettingsForm {
        SettingsForm {
            company: settings.company.clone(),
            fiscal_start: settings.fiscal_start.to_string(),
            currency: settings.currency.code().to_owned(),
            threshold_a: settings.thresholds.a().to_string(),
            threshold_b: settings.thresholds.b().to_string(),
            period: settings.period.to_string(),
            visibility: settings.visibility.to_string(),
            level: settings.level.to_string(),
        }
    }

    /// Checks all fields.
    pub fn parse(&self) -> Result<Settings, Vec<FieldError>> {
        let mut errors = Vec::new();
        let company = keep(parse_company(&self.company), &mut errors);
        let fiscal_start = self.fiscal_start.trim().parse().ok().filter(|month| (1..=12).contains(month));
        let fiscal_start = keep(fiscal_start.ok_or_else(|| FieldError::new("fiscal_start", |t| t.settings_month_wrong())), &mut errors);
        let currency = keep(parse_currency(&self.currency), &mut errors);
        let thresholds = keep(parse_thresholds(&self.threshold_a, &self.threshold_b), &mut errors);
        let period: Option<PeriodChoice> = keep(
            self.period
                .trim()
                .parse()
                .map_err(|_| FieldError::new("period", |t| t.settings_period_wrong()).on_pages(|t| t.valuation_period_wrong())),
            &mut errors,
        );
        let level = keep(parse_level(&self.level), &mut errors);
        let visibility = keep(parse_visibility(&self.visibility), &mut errors);
        match (company, fiscal_start, currency, thresholds, period, level.zip(visibility)) {
            (Some(company), Some(fiscal_start), Some(currency), Some(thresholds), Some(period), Some((level, visibility))) => {
                Ok(Settings { company, fiscal_start, currency, thresholds, period, level, visibility })
            }
            _ => Err(errors),
        }
    }
}

/// A rate, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RateForm {
    /// Currency code.
    pub currency: String,
    /// First day it holds.
    pub from: String,
    /// Units of the house's currency for one unit.
    pub rate: String,
}

impl RateForm {
    /// Checks all fields, read in the user's format.
    pub fn parse(&self, locale: Locale) -> Result<Rate, Vec<FieldError>> {
        let mut errors = Vec::new();
        let currency = keep(parse_currency(&self.currency), &mut errors);
        let from = keep(locale.parse_date(&self.from).map_err(|_| FieldError::day("from")), &mut errors);
        let rate = locale.parse_amount(&self.rate).ok().filter(|rate| rate.is_positive());
        let rate = keep(rate.ok_or_else(|| FieldError::new("rate", |t| t.settings_rate_wrong())), &mut errors);
        match (currency, from, rate) {
            (Some(currency), Some(from), Some(rate)) => Ok(Rate { from, currency, rate }),
            _ => Err(errors),
        }
    }
}

fn parse_company(text: &str) -> Result<String, FieldError> {
    let company = text.trim();
    match company.chars().count() {
        0 => Err(FieldError::new("company", |t| t.access_company_missing())),
        1..=COMPANY_MAX => Ok(company.to_owned()),
        _ => Err(FieldError::new("company", |t| t.team_name_too_long(COMPANY_MAX))),
    }
}

fn parse_currency(text: &str) -> Result<Currency, FieldError> {
    text.trim().to_ascii_uppercase().parse().map_err(|_| FieldError::new("currency", |t| t.settings_currency_wrong()))
}

fn parse_visibility(text: &str) -> Result<Visibility, FieldError> {
    match text.trim() {
        "" => Ok(Visibility::default()),
        text => text.parse().map_err(|_| FieldError::new("visibility", |t| t.settings_visibility_wrong()).one_of(Visibility::ALL)),
    }
}

/// Reads what counts as one customer; nothing means each account.
fn parse_level(text: &str) -> Result<Level, FieldError> {
    if text.trim().is_empty() {
        return Ok(Level::default());
    }
    text.trim().parse().map_err(|_| FieldError::new("level", |t| t.settings_level_wrong()).on_pages(|t| t.web_choice_wrong()))
}

fn parse_thresholds(a: &str, b: &str) -> Result<Thresholds, FieldError> {
    let wrong = || FieldError::new("threshold_a", |t| t.settings_thresholds_wrong());
    let percent = |text: &str| text.trim().trim_end_matches('%').trim().parse().map_err(|_| wrong());
    Thresholds::new(percent(a)?, percent(b)?).ok_or_else(wrong)
}
