//! One import: what is to be done with it, what it came to.

use std::sync::Arc;

use kontor_domain::Amount;
use kontor_domain::rights::Right;
use kontor_domain::settings::Currency;
use kontor_ledger::check::Progress;
use kontor_ledger::finding::{Finding, Kind};
use kontor_ledger::segment::SegmentMeta;
use maud::{Markup, html};

use super::findings::{self, kind_name};
use super::reading::{self, Reading};
use crate::fault::Fault;
use crate::ledger::report::{ImportReport, WithoutRate, statuses};
use crate::ledger::store::{Import, State};
use crate::web::components::{Figure, facts, figures, headline, link_button, notice, post_button, progress, section};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// Everything about one import.
pub struct Shown<'a> {
    /// The import.
    pub import: &'a Import,
    /// What its last check noticed.
    pub findings: &'a [Finding],
    /// How far the work on it is, while somebody works on it.
    pub progress: Option<Arc<Progress>>,
    /// Why the last work failed, or why its files cannot be read.
    pub failure: Option<Fault>,
    /// How its files are read, where that can be changed.
    pub reading: Option<Reading<'a>>,
    /// The currencies whose lines are in no figure, as no rate holds for them.
    pub without_rate: Vec<WithoutRate>,
}

/// The page.
pub fn page(page: &Page, shown: &Shown) -> Markup {
    let (t, import) = (page.t(), shown.import);
    let main = html! {
        (headline(&[(url::IMPORTS, &t.ledger_title())], title(t, shown), sub(page, import), buttons(page, shown)))
        @if let Some(progress) = &shown.progress { (progress_region(page, import.id, progress)) }
        @else { (outcome(page, shown)) }
    };
    page.render(&t.ledger_import(import.id.to_string()), main)
}

fn title(t: &Texts, shown: &Shown) -> String {
    let (import, number) = (shown.import, shown.import.id.to_string());
    if shown.progress.is_some() {
        return t.ledger_is_busy(number);
    }
    match (import.state, new_lines(import).unwrap_or(0)) {
        (State::Uploaded, _) => t.ledger_is_uploaded(number),
        (State::Checked, 0) if already_booked(import) == 0 => t.ledger_is_checked_empty(),
        (State::Checked, 0) => t.ledger_is_checked_nothing(),
        (State::Checked, lines) => t.ledger_is_checked(lines),
        (State::Stopped, _) => t.ledger_is_stopped(),
        (State::Booked, 0) => t.ledger_is_booked_nothing(),
        (State::Booked, lines) => t.ledger_is_booked(lines),
        (State::Undone, _) => t.ledger_is_undone(number),
        (State::Discarded, _) => t.ledger_is_discarded(number),
    }
}

fn sub(page: &Page, import: &Import) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        (t.ledger_import(import.id.to_string())) " · "
        (t.ledger_import_by(import.source.as_str(), import.created_by.as_str(), locale.instant(import.created_at)))
    }
}

/// What can be done in this state, by whom it may be done.
fn buttons(page: &Page, shown: &Shown) -> Markup {
    let (t, import, viewer) = (page.t(), shown.import, &page.viewer);
    let number = import.id.to_string();
    let action = |verb: &str| format!("{}/{verb}", url::import(import.id));
    let may_import = viewer.may(Right::Import);
    html! {
        @if shown.progress.is_some() {}
        @else if import.state.is_open() && may_import {
            @match import.state {
                State::Checked if has_something(import) => {
                    span.quiet data-first-hint hidden { (t.ledger_check_first()) }
                    form.inline method="post" action=(action("book")) data-after-first { button class="button button--main" { (t.ledger_book()) } }
                },
                State::Uploaded if shown.reading.as_ref().is_none_or(|reading| reading.detection.is_none()) =>
                    (post_button(&action("check"), &t.ledger_check(), "button", None)),
                _ => {}
            }
            (post_button(&action("discard"), &t.ledger_discard(), "button", Some(&t.ledger_discard_sure(number))))
        } @else if import.state == State::Booked {
            @if viewer.may(Right::SeeFigures) {
                (link_button(url::ACCOUNTS, &t.ledger_to_accounts(), true))
                (link_button(url::HOME, &t.ledger_to_overview(), false))
            }
            @if viewer.may(Right::UndoImport) {
                (post_button(&action("undo"), &t.ledger_undo(), "button button--danger", Some(&t.ledger_undo_sure(number))))
            }
        } @else if may_import {
            (link_button(url::NEW_IMPORT, &t.ledger_new(), false))
        }
    }
}

/// How far the work is. The script fetches it again and again; without it, the link does.
fn progress_region(page: &Page, id: i64, at: &Progress) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let (done, total) = at.bytes();
    let megabytes = |bytes: u64| locale.decimal((bytes as f64 / 100_000.0).round() / 10.0);
    let rows = at.rows();
    let (label, total) = match (done, total) {
        (_, 0) => (t.ledger_progress_waiting(), None),
        (done, total) if done < total => (t.ledger_progress_reading(megabytes(done), megabytes(total), rows), Some(total)),
        _ => (t.ledger_progress_comparing(rows), None),
    };
    html! {
        div.stack #progress data-poll=(url::import(id)) {
            (progress(&label, done, total))
            div.actions {
                a.button href=(url::import(id)) { (t.ledger_reload()) }
                @if page.viewer.may(Right::Import) {
                    (post_button(&format!("{}/cancel", url::import(id)), &t.ledger_cancel(), "button", None))
                }
            }
        }
    }
}

fn outcome(page: &Page, shown: &Shown) -> Markup {
    let (t, locale, import) = (page.t(), page.locale(), shown.import);
    html! {
        @if let Some(failure) = &shown.failure { (notice("error", html! { p role="alert" { (failure.message(t)) } })) }
        @match import.state {
            State::Stopped => (stopped(t, import)),
            State::Undone => @if let Some(at) = import.undone_at { (notice("info", html! { p { (t.ledger_undone_text(locale.instant(at))) } })) },
            State::Discarded => (notice("info", html! { p { (t.ledger_discarded_text()) } })),
            State::Booked => (booked(page, import)),
            _ => {}
        }
        @if let Some(report) = &import.report {
            @let lost = lost_statuses(t, import, report);
            (totals(page, import, report))
            (without_rate(page, &shown.without_rate))
            @if let Some(lost) = &lost { (notice("warning", lost)) }
            (findings::region(page, import, report, shown.findings, lost.is_some() || !shown.without_rate.is_empty()))
        }
        @if let Some(reading) = &shown.reading { (reading::region(page, reading)) }
        @else { (files(page, import)) }
    }
}

fn stopped(t: &Texts, import: &Import) -> Markup {
    let kinds: Vec<String> = import.report.iter().flat_map(|report| &report.report.stops).map(|&kind| kind_name(t, kind)).collect();
    let is_unknown = import.report.as_ref().is_some_and(|report| report.if_accepted.is_none());
    notice(
        "warning",
        html! { p { strong { (t.ledger_stopped_by(kinds.join(", "))) } } p { (t.ledger_stopped_help()) @if is_unknown { " " (t.ledger_stopped_unknown()) } } },
    )
}

fn booked(page: &Page, import: &Import) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let new_accounts = import.report.as_ref().and_then(|report| report.new_accounts);
    // What would have held it up, and was accepted; not all that was accepted need have occurred.
    let tally = import.report.as_ref().map(|report| &report.report.tally);
    let occurred = |kind: Kind| tally.is_some_and(|tally| tally.get(&kind).is_some_and(|count| *count > 0));
    let accepted: Vec<String> = import.options.accept.iter().filter(|&&kind| occurred(kind)).map(|&kind| kind_name(t, kind)).collect();
    let text = html! {
        p {
            @if let Some(at) = import.booked_at { (t.ledger_booked_text(locale.instant(at))) " " }
            @if let Some(count) = new_accounts { (t.ledger_booked_accounts(count)) }
        }
        @if !accepted.is_empty() { p { (t.ledger_booked_despite(accepted.join(", "))) } }
    };
    notice("info", text)
}

/// Lines that are in no figure, as no rate holds for their currency.
fn without_rate(page: &Page, currencies: &[WithoutRate]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let told = |without: &WithoutRate| {
        let (code, amount) = (without.currency.to_string(), locale.money(without.amount, without.currency));
        match without.rates_from {
            None => t.ledger_without_rate(code, amount, without.lines),
            Some(from) => t.ledger_without_rate_before(code, locale.date(from), amount, without.lines),
        }
    };
    let text = html! {
        @for currency in currencies { p { (told(currency)) } }
        @if page.viewer.may(Right::ChangeSettings) { p { a href=(url::SETTINGS) { (t.ledger_without_rate_do()) } } }
    };
    if currencies.is_empty() {
        html! {}
    } else {
        notice("warning", text)
    }
}

/// Statuses that were to be left out and that no row has; `None` where there is no such thing.
fn lost_statuses(t: &Texts, import: &Import, report: &ImportReport) -> Option<Markup> {
    let lost = report.statuses_not_found(&import.options);
    let known = report.detection.as_ref().map(statuses).unwrap_or_default();
    let there = match known.as_slice() {
        [] => t.ledger_status_lost_none(),
        known => t.ledger_status_lost_found(known.join(", ")),
    };
    (!lost.is_empty()).then(|| html! { p { (t.ledger_status_lost(lost.join(", "))) " " (there) } })
}

/// The figures of a check or booking.
fn totals(page: &Page, import: &Import, report: &ImportReport) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let (counts, segment) = (report.report.counts, report.prospect());
    let count = |count: u64| locale.integer(count as i64);
    let mut row = vec![Figure::new(t.ledger_rows(), count(counts.rows), t.ledger_rows_note(import.files.len()))];
    if let Some(segment) = segment {
        let (lines, revenue) = match import.state {
            State::Stopped => (t.ledger_new_lines_accepted(), t.ledger_revenue_accepted()),
            State::Discarded => (t.ledger_new_lines_never(), t.ledger_revenue_never()),
            State::Undone => (t.ledger_new_lines_undone(), t.ledger_revenue_undone()),
            State::Booked => (t.ledger_new_lines(), t.ledger_revenue_booked()),
            _ => (t.ledger_new_lines(), t.ledger_revenue_new()),
        };
        row.push(Figure::new(lines, count(segment.new_lines), new_lines_note(t, segment.accounts, report.new_accounts)));
        row.push(Figure::new(revenue, first_revenue(page, segment), exact_revenue(page, segment)));
    }
    if let (Some(first), Some(last)) = (report.report.first, report.report.last) {
        row.push(Figure::new(t.ledger_days(), locale.date(first), t.ledger_days_note(locale.date(last))));
    }
    let note = match counts.rejected {
        0 => html! { (t.ledger_rejected_none()) },
        _ => {
            html! { @if page.viewer.may(Right::Export) { a href={ (url::import(import.id)) "/rejected.csv" } { (t.ledger_rejected_file()) } } }
        }
    };
    row.push(Figure::new(t.ledger_rejected(), count(counts.rejected), note).warning(counts.rejected > 0));
    let others = others(t, report);
    let others: Vec<(String, Markup)> =
        others.into_iter().filter(|(_, n)| *n > 0).map(|(label, n)| (label, html! { (count(n)) })).collect();
    html! {
        (figures(&row))
        @if !others.is_empty() { div.stack.counts { (facts(&others)) } }
    }
}

fn new_lines_note(t: &Texts, accounts: u64, new_accounts: Option<usize>) -> String {
    match new_accounts {
        Some(new) if new > 0 => t.ledger_new_lines_note_new(accounts, new),
        _ => t.ledger_new_lines_note(accounts),
    }
}

/// The counts that are shown only where they are not zero.
fn others(t: &Texts, report: &ImportReport) -> Vec<(String, u64)> {
    let counts = report.report.counts;
    let of = |count: fn(&SegmentMeta) -> u64| report.prospect().map_or(0, count);
    vec![
        (t.ledger_already_booked(), of(|segment| segment.already_booked)),
        (t.ledger_changed(), of(|segment| segment.changed)),
        (t.ledger_replaced(), of(|segment| segment.replaced)),
        (t.ledger_without_account(), counts.without_account),
        (t.ledger_excluded(), counts.excluded),
        (t.ledger_duplicates(), counts.duplicates),
        (t.ledger_credit_notes(), counts.credit_notes),
        (t.ledger_empty_rows(), counts.empty),
    ]
}

/// What an import brings in each currency, the house's first.
fn revenues(page: &Page, segment: &SegmentMeta) -> Vec<(Currency, Amount)> {
    let house = page.settings.currency;
    let mut sums: Vec<(Currency, Amount)> = segment.revenue.iter().map(|sum| (sum.currency.unwrap_or(house), sum.amount)).collect();
    sums.sort_by_key(|(currency, _)| *currency != house);
    sums
}

fn first_revenue(page: &Page, segment: &SegmentMeta) -> String {
    revenues(page, segment).first().map_or_else(|| "–".to_owned(), |&(currency, amount)| page.locale().compact(amount, currency))
}

/// The revenue to the last cent, and beside it that in further currencies, which is not added to the first.
fn exact_revenue(page: &Page, segment: &SegmentMeta) -> String {
    revenues(page, segment).into_iter().map(|(currency, amount)| page.locale().money(amount, currency)).collect::<Vec<_>>().join(" + ")
}

fn files(page: &Page, import: &Import) -> Markup {
    let t = page.t();
    let body = html! {
        ul.list { @for file in &import.files {
            @let detection = import.report.as_ref().and_then(|report| report.detection.as_ref());
            @let detected = detection.and_then(|detection| detection.files.iter().find(|detected| reading::is_of(detected, &file.name)));
            li {
                span { (file.name) }
                span.quiet { @match detected { Some(detected) => (reading::shape(page, detected, file.size_bytes)), None => (size(page, file.size_bytes)) } }
            }
        } }
    };
    section(6, &t.ledger_files(), "", body)
}

/// The size of a file in megabytes; a small one in kilobytes.
pub fn size(page: &Page, bytes: u64) -> String {
    let tenths = |unit: f64| page.locale().decimal((bytes as f64 / unit * 10.0).round() / 10.0);
    match bytes {
        0..100_000 => page.t().ledger_kilobytes(tenths(1e3)),
        _ => page.t().ledger_megabytes(tenths(1e6)),
    }
}

/// How many lines an import added, or would add; `None` before that is known.
pub fn new_lines(import: &Import) -> Option<u64> {
    import.report.as_ref()?.segment.as_ref().map(|segment| segment.new_lines)
}

/// Whether booking would change anything: add lines, or what is known of accounts whose lines are booked already.
fn has_something(import: &Import) -> bool {
    new_lines(import).unwrap_or(0) > 0 || already_booked(import) > 0
}

fn already_booked(import: &Import) -> u64 {
    let segment = import.report.as_ref().and_then(|report| report.segment.as_ref());
    segment.map_or(0, |segment| segment.already_booked + segment.changed)
}

/// What an import added to revenue, or would add, one currency beside the other.
pub fn revenue(page: &Page, import: &Import) -> String {
    let segment = import.report.as_ref().and_then(|report| report.segment.as_ref());
    segment.map(|segment| exact_revenue(page, segment)).filter(|revenue| !revenue.is_empty()).unwrap_or_else(|| "–".to_owned())
}

/// The state of an import as a badge.
pub fn state_badge(t: &Texts, import: &Import, is_busy: bool) -> Markup {
    let key = if is_busy { "busy" } else { import.state.name() };
    let label = t.by_key(&format!("ledger-state-{key}")).unwrap_or_else(|| key.to_owned());
    let class = match import.state {
        _ if is_busy => "badge badge--key",
        State::Booked => "badge badge--gain",
        State::Stopped => "badge badge--warn",
        _ => "badge",
    };
    html! { span class=(class) { (label) } }
}
