//! What a terminal is told of files that were read: how they were read, how many rows ended in which way, and what was noticed.

use kontor_ledger::check::Report;
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Finding, Kind, Weight};
use kontor_ledger::options::Options;
use kontor_ledger::read::value::Kind as ValueKind;
use kontor_ledger::read::{Detection, FileDetection, Format};

use crate::ledger::report::{not_found, statuses, without_advice};

/// How many places of one kind, and how many rejected rows, are shown.
const PLACES: usize = 10;

/// How each file was read: a line of its shape, and which column plays which role.
pub fn detection(detection: &Detection) -> String {
    let mut text: String = detection.files.iter().map(|file| format!("{}\n    {}\n", shape(file), roles(file))).collect();
    if let Some(key) = &detection.key {
        text.push_str(&format!("header and position file belong together, joined by {key}\n"));
    }
    text
}

fn shape(file: &FileDetection) -> String {
    let mut parts = vec![match file.format {
        Format::Text => "text".to_owned(),
        Format::Sheet => "workbook".to_owned(),
        Format::Parquet => "Parquet".to_owned(),
    }];
    parts.extend(file.encoding.clone());
    parts.extend(file.delimiter.map(|delimiter| match delimiter {
        '\t' => "delimiter tab".to_owned(),
        other => format!("delimiter {other}"),
    }));
    if let Some(sheet) = &file.sheet {
        parts.push(format!("sheet {sheet}"));
    }
    match (file.header_line, file.format) {
        (Some(line), _) => parts.push(format!("headers in row {line}")),
        (None, Format::Parquet) => {}
        (None, _) => parts.push("no headers, columns by number".to_owned()),
    }
    for (name, kind) in [("numbers", ValueKind::Number), ("dates", ValueKind::Date)] {
        let mut written: Vec<&str> = Vec::new();
        for column in file.columns.iter().filter(|column| column.kind == kind && column.role.is_some()) {
            written.extend(column.written.as_deref().filter(|way| !written.contains(way)));
        }
        if !written.is_empty() {
            parts.push(format!("{name} {}", written.join(" and ")));
        }
    }
    format!("{}: {}", file.name, parts.join(", "))
}

/// The roles as `--columns` takes them, then the columns that have none.
fn roles(file: &FileDetection) -> String {
    let of = |role: Role| file.columns.iter().find(move |column| column.role == Some(role));
    let named = Role::ALL.into_iter().filter_map(|role| Some((role, of(role)?)));
    let mut parts: Vec<String> = named.map(|(role, column)| format!("{role}={}", column.header)).collect();
    let spare: Vec<&str> = file.columns.iter().filter(|column| column.role.is_none()).map(|column| column.header.as_str()).collect();
    if !spare.is_empty() {
        parts.push(format!("not used: {}", spare.join(", ")));
    }
    parts.join(", ")
}

/// How the rows ended. `without_account` is the sum of the lines without a customer, where it is known.
pub fn rows(report: &Report, without_account: Option<String>) -> String {
    let counts = report.counts;
    let mut parts = vec![format!("rows {}", counts.rows), format!("lines {}", counts.booked), format!("rejected {}", counts.rejected)];
    let mut some = |name: &str, count: u64, more: String| {
        if count > 0 {
            parts.push(format!("{name} {count}{more}"));
        }
    };
    some("without customer", counts.without_account, without_account.map(|sum| format!(" ({sum})")).unwrap_or_default());
    some("excluded", counts.excluded, String::new());
    some("duplicates", counts.duplicates, String::new());
    format!("{}\n", parts.join(" · "))
}

/// What would have been a stop, occurred and was accepted.
pub fn accepted(report: &Report, options: &Options) -> String {
    let occurred = |kind: &Kind| report.tally.get(kind).is_some_and(|count| *count > 0);
    let kinds: Vec<&str> = options.accept.iter().filter(|kind| occurred(kind)).map(|kind| kind.name()).collect();
    if kinds.is_empty() { String::new() } else { format!("went on in spite of: {} (accepted)\n", kinds.join(", ")) }
}

/// Statuses that were to be left out and that no row has, with those that are there.
pub fn lost_statuses(report: &Report, options: &Options, detection: Option<&Detection>) -> String {
    let lost = not_found(report, options);
    if lost.is_empty() {
        return String::new();
    }
    let there = match detection.map(statuses).unwrap_or_default().as_slice() {
        [] => "no column was recognised as status".to_owned(),
        known => format!("the files have {}", known.join(", ")),
    };
    lost.iter().map(|status| format!("no row has the status “{status}”, so nothing was left out for it; {there}\n")).collect()
}

/// What was noticed: what stops first, then what rejects, then notes; of each kind the first places and how many more there are.
pub fn findings(report: &Report, options: &Options, findings: &[Finding]) -> String {
    let mut text = String::new();
    let mut kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.weight() != Weight::Rejection).collect();
    kinds.sort_by_key(|kind| kind.weight() == Weight::Note);
    let is_rejection = |finding: &&Finding| finding.kind.weight() == Weight::Rejection;
    let (stops, notes) = kinds.split_at(kinds.iter().take_while(|kind| kind.weight() == Weight::Stop).count());
    for &kind in stops {
        text.push_str(&of_kind(report, options, findings, kind));
    }
    let rejected: Vec<&Finding> = findings.iter().filter(is_rejection).collect();
    text.push_str(&first(&rejected, report.counts.rejected, |finding| finding_line(finding, options)));
    for &kind in notes {
        text.push_str(&of_kind(report, options, findings, kind));
    }
    text
}

fn of_kind(report: &Report, options: &Options, findings: &[Finding], kind: Kind) -> String {
    let tally = report.tally.get(&kind).copied();
    let of_kind = || findings.iter().filter(|finding| finding.kind == kind);
    let whole = of_kind().filter(|finding| finding.line.is_none());
    let mut text: String = whole.map(|finding| finding_line(finding, options)).collect();
    let places: Vec<&Finding> = of_kind().filter(|finding| finding.line.is_some()).collect();
    text.push_str(&first(&places, tally.unwrap_or(places.len() as u64), |finding| finding_line(finding, options)));
    text
}

fn first(findings: &[&Finding], all: u64, line: impl Fn(&Finding) -> String) -> String {
    let mut text: String = findings.iter().take(PLACES).map(|finding| line(finding)).collect();
    let shown = findings.len().min(PLACES) as u64;
    if shown > 0 && all > shown {
        text.push_str(&format!("… and {} more\n", all - shown));
    }
    text
}

/// A finding with its place.
fn finding_line(finding: &Finding, options: &Options) -> String {
    let place = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let column = finding.column.as_ref().map(|column| format!(" [{column}]")).unwrap_or_default();
    // What was counted over a whole file stands in its sentence already.
    let value = finding.value.as_ref().filter(|_| finding.line.is_some()).map(|value| format!(" “{value}”")).unwrap_or_default();
    let place = format!("{}{place}{column}{value}", finding.file);
    let colon = if place.is_empty() { "" } else { ": " };
    let is_accepted = options.accept.contains(&finding.kind);
    let (message, mark) = match is_accepted {
        true => (without_advice(&finding.message), ", accepted"),
        false => (finding.message.as_str(), ""),
    };
    format!("{place}{colon}{message} ({}{mark})\n", finding.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(kind: Kind, line: Option<u64>, message: &str) -> Finding {
        Finding { kind, file: "a.csv".into(), line, column: None, role: None, value: Some("x".into()), message: message.into() }
    }

    fn report(tally: &[(Kind, u64)], rejected: u64) -> Report {
        let mut report = Report::default();
        report.tally = tally.iter().copied().collect();
        report.counts.rejected = rejected;
        report
    }

    #[test]
    fn stops_come_first_then_rejected_rows_then_notes() {
        let all = [
            finding(Kind::BadDate, Some(7), "the date cannot be read"),
            finding(Kind::ManyRejected, None, "2 of 3 rows were rejected. --accept many_rejected books the others anyway"),
            finding(Kind::ZeroAmounts, None, "4 lines with an amount of zero"),
        ];
        let report = report(&[(Kind::BadDate, 2), (Kind::ManyRejected, 1), (Kind::ZeroAmounts, 4)], 2);
        let told = findings(&report, &Options::default(), &all);
        let expected = "a.csv: 2 of 3 rows were rejected. --accept many_rejected books the others anyway (many_rejected)\n\
            a.csv:7 “x”: the date cannot be read (bad_date)\n… and 1 more\n\
            a.csv: 4 lines with an amount of zero (zero_amounts)\n";
        assert_eq!(told, expected);
        let accepted = Options { accept: [Kind::ManyRejected].into(), ..Options::default() };
        assert!(findings(&report, &accepted, &all).starts_with("a.csv: 2 of 3 rows were rejected (many_rejected, accepted)\n"));
    }

    #[test]
    fn only_the_first_places_are_shown() {
        let many: Vec<Finding> = (1..=30).map(|line| finding(Kind::BadDate, Some(line), "no")).collect();
        let told = findings(&report(&[(Kind::BadDate, 500)], 500), &Options::default(), &many);
        assert_eq!((told.lines().count(), told.ends_with("… and 490 more\n")), (11, true), "{told}");
        assert_eq!(findings(&report(&[], 0), &Options::default(), &[]), "");
    }

    #[test]
    fn rows_name_what_is_not_zero() {
        let mut report = report(&[], 1);
        (report.counts.rows, report.counts.booked) = (99, 95);
        assert_eq!(rows(&report, Some("7.50 EUR".into())), "rows 99 · lines 95 · rejected 1\n");
        (report.counts.without_account, report.counts.excluded) = (2, 1);
        assert_eq!(
            rows(&report, Some("7.50 EUR".into())),
            "rows 99 · lines 95 · rejected 1 · without customer 2 (7.50 EUR) · excluded 1\n"
        );
    }
}
