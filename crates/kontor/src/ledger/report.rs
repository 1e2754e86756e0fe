//! What an import came to, as it is stored and shown.

use chrono::NaiveDate;
use kontor_domain::Amount;
use kontor_domain::period::Month;
use kontor_domain::settings::{Currency, Rate, rate_of};
use kontor_ledger::check::Report;
use kontor_ledger::options::Options;
use kontor_ledger::read::Detection;
use kontor_ledger::segment::SegmentMeta;
use serde::{Deserialize, Serialize};

/// The result of a check or a booking.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportReport {
    /// What was read and noticed.
    pub report: Report,
    /// What the segment holds, or would hold; `None` when the import was stopped.
    pub segment: Option<SegmentMeta>,
    /// What the segment would hold if the findings that stopped the import were accepted.
    #[serde(default)]
    pub if_accepted: Option<SegmentMeta>,
    /// How many accounts are new, or would be.
    pub new_accounts: Option<usize>,
    /// How the files were read, without any of their values; `None` for imports from before this was kept.
    #[serde(default)]
    pub detection: Option<Detection>,
}

impl ImportReport {
    /// What booking brings, or would bring; where the import was stopped, if its findings were accepted.
    pub fn prospect(&self) -> Option<&SegmentMeta> {
        self.segment.as_ref().or(self.if_accepted.as_ref())
    }

    /// The currencies whose lines are in no figure, as no rate holds for them.
    pub fn without_rate(&self, exchange: &Exchange) -> Vec<WithoutRate> {
        let Some(segment) = self.prospect() else { return Vec::new() };
        let (Some(first), Some(last)) = (segment.first, segment.last) else { return Vec::new() };
        let missing = |currency: Currency, day: NaiveDate| rate_of(&exchange.rates, currency, Month::of(day)).is_none();
        let foreign = segment.revenue.iter().filter_map(|sum| Some((sum.currency.filter(|&currency| currency != exchange.house)?, sum)));
        foreign
            .filter(|(currency, sum)| sum.lines != 0 && missing(*currency, first))
            .map(|(currency, sum)| {
                let starts = exchange.rates.iter().filter(|rate| rate.currency == currency).map(|rate| rate.from).min();
                WithoutRate { currency, amount: sum.amount, lines: sum.lines, rates_from: starts.filter(|_| !missing(currency, last)) }
            })
            .collect()
    }

    /// The statuses that were to be left out and that no row has: mostly a slip of the pen.
    pub fn statuses_not_found<'a>(&self, options: &'a Options) -> Vec<&'a str> {
        not_found(&self.report, options)
    }
}

/// The statuses that were to be left out and that no row has. Nothing is said of reports that do not know which status a row was left out for.
pub fn not_found<'a>(report: &Report, options: &'a Options) -> Vec<&'a str> {
    if report.excluded.values().sum::<u64>() != report.counts.excluded {
        return Vec::new();
    }
    options.exclude_status.iter().filter(|status| !report.excluded.contains_key(*status)).map(String::as_str).collect()
}

/// The statuses that the beginnings of the files have, in the order in which they come.
pub fn statuses(detection: &Detection) -> Vec<&str> {
    let mut known: Vec<&str> = Vec::new();
    for status in detection.files.iter().flat_map(|file| &file.statuses) {
        if !known.contains(&status.as_str()) {
            known.push(status);
        }
    }
    known
}

/// The currency of figures and the rates of the others.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The currency of the house.
    pub house: Currency,
    /// All rates.
    pub rates: Vec<Rate>,
}

/// A foreign currency for which a rate is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithoutRate {
    /// The currency.
    pub currency: Currency,
    /// What the import brings in it, or would bring.
    pub amount: Amount,
    /// How many lines that is.
    pub lines: i64,
    /// Where only older months are without: the day from which there are rates.
    pub rates_from: Option<NaiveDate>,
}

/// What a finding says, without the option of the command line that would go on in spite of it: where it was accepted, and on pages, that is no advice.
pub fn without_advice(message: &str) -> &str {
    message.find("--accept").map_or(message, |at| message[..at].trim_end_matches([' ', '.', ';', ',']))
}

#[cfg(test)]
mod tests {
    use kontor_ledger::segment::CurrencySum;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    fn report(sums: &[(&str, i64)]) -> ImportReport {
        let sum =
            |&(code, units): &(&str, i64)| CurrencySum { currency: Some(currency(code)), amount: Amount::from_units(units), lines: 1 };
        let segment = SegmentMeta {
            first: Some(day("2026-01-05")),
            last: Some(day("2026-03-05")),
            revenue: sums.iter().map(sum).collect(),
            ..SegmentMeta::default()
        };
        ImportReport { report: Report::default(), segment: Some(segment), if_accepted: None, new_accounts: None, detection: None }
    }

    fn exchange(rates: &[(&str, &str)]) -> Exchange {
        let rate = |&(code, from): &(&str, &str)| Rate { from: day(from), currency: currency(code), rate: Amount::from_units(1) };
        Exchange { house: Currency::EUR, rates: rates.iter().map(rate).collect() }
    }

    #[test]
    fn a_currency_without_a_rate_for_its_months_is_told() {
        let report = report(&[("EUR", 80), ("USD", 20), ("CHF", 7)]);
        let told = |rates: &[(&str, &str)]| -> Vec<(String, Option<NaiveDate>)> {
            let missing = report.without_rate(&exchange(rates));
            missing.into_iter().map(|without| (without.currency.to_string(), without.rates_from)).collect()
        };
        assert_eq!(told(&[]), [("USD".to_owned(), None), ("CHF".to_owned(), None)]);
        assert_eq!(told(&[("USD", "2026-01-31"), ("CHF", "2025-01-01")]), [], "the rate of the last day of a month holds for it");
        assert_eq!(
            told(&[("USD", "2026-02-01"), ("CHF", "2026-04-01")]),
            [("USD".to_owned(), Some(day("2026-02-01"))), ("CHF".to_owned(), None)]
        );
    }

    #[test]
    fn a_status_that_no_row_has_is_told_unless_nobody_counted() {
        let options = Options { exclude_status: ["Entwurf", "Entwurff"].map(str::to_owned).into(), ..Options::default() };
        let mut report = Report::default();
        assert_eq!(not_found(&report, &options), ["Entwurf", "Entwurff"]);
        report.counts.excluded = 3;
        assert_eq!(not_found(&report, &options), [""; 0], "a report from before they were counted apart");
        report.excluded.insert("Entwurf".to_owned(), 3);
        assert_eq!(not_found(&report, &options), ["Entwurff"]);
    }

    #[test]
    fn advice_for_the_command_line_is_cut_off() {
        assert_eq!(
            without_advice("9 of 10 rows were rejected. --accept many_rejected books the others anyway"),
            "9 of 10 rows were rejected"
        );
        assert_eq!(without_advice("lines of credit notes lower revenue"), "lines of credit notes lower revenue");
    }
}
