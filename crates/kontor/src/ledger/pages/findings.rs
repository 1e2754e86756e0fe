//! What the check noticed, grouped by kind.

use kontor_domain::Amount;
use kontor_ledger::finding::{Finding, Kind, Weight};
use maud::{Markup, html};

use crate::ledger::report::{ImportReport, without_advice};
use crate::ledger::run::role_name;
use crate::ledger::store::Import;
use crate::web::components::section;
use crate::web::context::Page;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// How many places of one kind are shown.
const PLACES: usize = 50;

/// The findings with their places, what stops first. `is_told_more` says that the page tells of something else that is out of the ordinary.
pub fn region(page: &Page, import: &Import, report: &ImportReport, findings: &[Finding], is_told_more: bool) -> Markup {
    let t = page.t();
    // Imports that were given up once kept no places; how often each kind was noticed is kept with the report.
    let was_noticed = |kind: Kind| match findings {
        [] => count(report, kind, 0) > 0,
        findings => findings.iter().any(|finding| finding.kind == kind),
    };
    let mut kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|&kind| was_noticed(kind)).collect();
    kinds.sort_by_key(|kind| order(kind.weight()));
    let title = match kinds.len() {
        0 if is_told_more => t.ledger_findings_none_else(),
        0 if report.report.counts.rows == 0 => t.ledger_findings_no_rows(),
        0 => t.ledger_findings_none(),
        kinds => t.ledger_findings(kinds),
    };
    let body = html! {
        ul.findings {
            @for kind in kinds {
                @let of_kind: Vec<&Finding> = findings.iter().filter(|finding| finding.kind == kind).collect();
                li { (group(page, import, kind, count(report, kind, of_kind.len()), &of_kind)) }
            }
        }
    };
    section(12, &title, "", body)
}

const fn order(weight: Weight) -> u8 {
    match weight {
        Weight::Stop => 0,
        Weight::Rejection => 1,
        Weight::Note => 2,
    }
}

/// How often a kind was noticed, of which only some findings are kept.
fn count(report: &ImportReport, kind: Kind, kept: usize) -> u64 {
    let segment = report.segment.as_ref();
    match kind {
        Kind::AlreadyBooked => segment.map_or(0, |segment| segment.already_booked),
        Kind::ChangedLines => segment.map_or(0, |segment| segment.changed),
        kind => report.report.tally.get(&kind).copied().unwrap_or(kept as u64),
    }
}

fn group(page: &Page, import: &Import, kind: Kind, count: u64, findings: &[&Finding]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let weight = kind.weight();
    let (label, class) = match weight {
        Weight::Stop if import.options.accept.contains(&kind) => (t.ledger_weight_accepted(), "badge"),
        Weight::Stop => (t.ledger_weight_stop(), "badge badge--warn"),
        Weight::Rejection => (t.ledger_weight_rejection(), "badge badge--loss"),
        Weight::Note => (t.ledger_weight_note(), "badge"),
    };
    let places: Vec<&&Finding> =
        findings.iter().filter(|finding| finding.line.is_some() || finding.value.is_some() && !has_figures(kind)).collect();
    // What was counted over a whole file says its figures in a sentence of its own.
    let remarks: Vec<&&Finding> = findings.iter().filter(|finding| finding.line.is_none() && has_figures(kind)).collect();
    html! {
        h3 { (kind_name(t, kind)) " " span class=(class) { (label) } @if count > 1 { " " span.quiet { (locale.integer(count as i64)) } } }
        p.sub { (kind_text(t, kind)) }
        @for remark in remarks {
            p.quiet { (remark_text(t, locale, remark)) }
        }
        @if !places.is_empty() {
            details open[weight != Weight::Note] {
                summary { (t.ledger_finding_places(places.len().min(PLACES))) }
                (table(page, &places))
                @if count > PLACES as u64 { p.quiet { (t.ledger_findings_more(places.len().min(PLACES), count)) } }
            }
        }
    }
}

/// What a finding about a whole file counted, in the reader's words; findings kept from before they said so apart have only their English sentence.
fn remark_text(t: &Texts, locale: Locale, finding: &Finding) -> String {
    let value = finding.value.as_deref().unwrap_or_default();
    let of = || value.split_once('/').and_then(|(some, all)| Some((some.parse::<i64>().ok()?, all.parse::<i64>().ok()?)));
    let told = match finding.kind {
        Kind::RoundedAmounts => value.parse().ok().map(|sum: Amount| t.ledger_rounded_sum(locale.cents(sum))),
        Kind::TotalsDisagree => of().map(|(some, all)| t.ledger_totals_disagree(locale.integer(some), locale.integer(all))),
        Kind::AmountsPerUnit => of().map(|(some, all)| t.ledger_amounts_per_unit(locale.integer(some), locale.integer(all))),
        _ => None,
    };
    told.unwrap_or_else(|| without_advice(&finding.message).to_owned())
}

/// Whether the English sentence of a finding about a whole file says more than its kind's explanation.
const fn has_figures(kind: Kind) -> bool {
    matches!(kind, Kind::TotalsDisagree | Kind::AmountsPerUnit | Kind::RoundedAmounts)
}

fn table(page: &Page, findings: &[&&Finding]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        div.scroll {
            table.table.table--tight {
                thead { tr {
                    th { (t.ledger_finding_file()) } th.num { (t.ledger_finding_line()) } th { (t.ledger_finding_column()) } th { (t.ledger_finding_value()) }
                } }
                tbody { @for finding in findings.iter().take(PLACES) {
                    tr {
                        td { (finding.file) }
                        td.num { @if let Some(line) = finding.line { (locale.integer(line as i64)) } }
                        td {
                            @match (&finding.column, finding.role) {
                                (Some(column), Some(role)) if column.to_lowercase() != role_name(t, role).to_lowercase() => { (column) " " span.quiet { (role_name(t, role)) } },
                                (Some(column), _) => (column),
                                (None, role) => { @if let Some(role) = role { span.quiet { (role_name(t, role)) } } },
                            }
                        }
                        td.wrap { @match &finding.value { Some(value) => (value), None => span.quiet { "–" } } }
                    }
                } }
            }
        }
    }
}

/// The name of a kind in the reader's language.
pub fn kind_name(t: &Texts, kind: Kind) -> String {
    t.by_key(&format!("finding-{kind}")).unwrap_or_else(|| kind.name().to_owned())
}

/// What a kind means, in the reader's language.
pub fn kind_text(t: &Texts, kind: Kind) -> String {
    t.by_key(&format!("finding-{kind}-text")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;
    use kontor_ledger::column::Role;

    use super::*;

    #[test]
    fn every_kind_of_finding_and_every_role_has_its_texts_in_both_languages() {
        for language in Language::ALL {
            let t = Texts::of(language);
            for kind in Kind::ALL {
                for key in [format!("finding-{kind}"), format!("finding-{kind}-text")] {
                    assert!(t.by_key(&key).is_some_and(|text| !text.is_empty()), "{key} in {language}");
                }
            }
            for role in Role::ALL {
                assert!(t.by_key(&format!("column-{role}")).is_some_and(|text| !text.is_empty()), "column-{role} in {language}");
            }
        }
    }
}
