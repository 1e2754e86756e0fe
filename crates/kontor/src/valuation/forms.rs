//! What an address asks of the valuation.

use kontor_domain::abc::{Metric, Thresholds};
use kontor_domain::period::PeriodChoice;
use serde::Deserialize;

use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;

/// The parameters as they stand in the address; empty ones count as absent.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct WantedQuery {
    /// `last12`, `all`, `2025`, `fy2025`, `2025-01-01..2025-06-30`; the setting when absent.
    pub period: Option<String>,
    /// `revenue` or `margin`; revenue when absent.
    pub metric: Option<String>,
    /// Where A and B end, in percent: `80,95`; the setting when absent.
    pub thresholds: Option<String>,
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
}

impl WantedQuery {
    /// Checks all parameters.
    pub fn parse(&self) -> Result<Wanted, Fault> {
        let mut errors = Vec::new();
        let wanted = Wanted {
            period: given(&self.period, &mut errors, FieldError::new("period", |t| t.settings_period_wrong())),
            metric: given(&self.metric, &mut errors, FieldError::new("metric", |t| t.valuation_metric_wrong())),
            thresholds: given(&self.thresholds, &mut errors, FieldError::new("thresholds", |t| t.settings_thresholds_wrong())),
        };
        if errors.is_empty() { Ok(wanted) } else { Err(Fault::Invalid(errors)) }
    }
}

fn given<T: std::str::FromStr>(text: &Option<String>, errors: &mut Vec<FieldError>, wrong: FieldError) -> Option<T> {
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    keep(text.parse().map_err(|_| wrong), errors)
}
