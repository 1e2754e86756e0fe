//! How the files of an open import are read: what was detected, and the form to change it.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Kind, Weight};
use kontor_ledger::read::value::{DateOrder, Decimal, Kind as ValueKind};
use kontor_ledger::read::{ColumnDetection, Detection, FileDetection, Format};
use maud::{Markup, html};

use super::findings::kind_name;
use super::show::size;
use crate::fault::FieldError;
use crate::ledger::forms::{ROLE_FIELD, ReadingForm};
use crate::ledger::report::statuses;
use crate::ledger::run::role_name;
use crate::ledger::store::Import;
use crate::web::components::{Field, Input, button, error_summary, section};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// The encodings to choose from: those of the users' exports.
const ENCODINGS: [&Encoding; 7] = [UTF_8, WINDOWS_1252, UTF_16LE, UTF_16BE, WINDOWS_1250, ISO_8859_15, MACINTOSH];

/// How many samples of a column are shown.
const SAMPLES: usize = 3;

/// The form and what it is about.
pub struct Reading<'a> {
    /// The import.
    pub import: &'a Import,
    /// What was found out about its files; `None` when they cannot be read.
    pub detection: Option<&'a Detection>,
    /// What is chosen.
    pub form: &'a ReadingForm,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
}

/// The region of the page.
pub fn region(page: &Page, reading: &Reading) -> Markup {
    let t = page.t();
    let body = html! {
        (error_summary(t, reading.errors))
        @if let Some(key) = reading.detection.and_then(|detection| detection.key.as_deref()) { p.sub { (t.ledger_reading_joined(key)) } }
        @if reading.import.options.says_how_to_read() { p.sub { (t.ledger_reading_remembered()) } }
        form.stack method="post" action={ (url::import(reading.import.id)) "/options" } data-first {
            @if let Some(detection) = reading.detection { (files(page, reading, detection)) }
            (options(page, reading))
            div.actions { (button(&t.ledger_check_again())) }
        }
    };
    section(12, &t.ledger_reading(), "", body)
}

fn files(page: &Page, reading: &Reading, detection: &Detection) -> Markup {
    let mut shown = BTreeSet::new();
    html! {
        div.stack #field-columns {
            @for file in &detection.files {
                @let bytes = reading.import.files.iter().find(|of| is_of(file, &of.name)).map_or(0, |of| of.size_bytes);
                (file_region(page, reading, file, bytes, &shown))
                @let () = shown.extend(file.columns.iter().map(|column| column.header.as_str()));
            }
        }
    }
}

/// One file; `above` are the headers that earlier files had, whose roles are chosen there.
fn file_region(page: &Page, reading: &Reading, file: &FileDetection, bytes: u64, above: &BTreeSet<&str>) -> Markup {
    let t = page.t();
    let is_new = file.columns.iter().any(|column| !above.contains(column.header.as_str()));
    html! {
        div.file {
            h3 { (file.name) }
            p.quiet { (shape(page, file, bytes)) }
            @if is_new {
                div.scroll {
                    table.table.table--tight.table--words {
                        thead { tr {
                            th { (t.ledger_column()) } th { (t.ledger_role()) } th { (t.ledger_kind()) } th { (t.ledger_written()) } th { (t.ledger_samples()) }
                        } }
                        tbody { @for column in &file.columns { (column_row(t, reading.form, column, above.contains(column.header.as_str()))) } }
                    }
                }
            }
            (preview(t, file))
        }
    }
}

/// Whether this is what was detected of a file, or of one of its sheets.
pub fn is_of(detected: &FileDetection, name: &str) -> bool {
    detected.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
}

/// What a file is, in a line.
pub fn shape(page: &Page, file: &FileDetection, bytes: u64) -> String {
    let t = page.t();
    let mut parts = vec![match file.format {
        Format::Text => t.ledger_format_text(),
        Format::Sheet => t.ledger_format_sheet(),
        Format::Parquet => t.ledger_format_parquet(),
    }];
    let mut named = |name: String, value: String| parts.push(format!("{name}: {value}"));
    if let Some(encoding) = &file.encoding {
        named(t.ledger_encoding(), encoding.clone());
    }
    if let Some(delimiter) = file.delimiter {
        named(t.ledger_delimiter(), delimiter_name(t, delimiter));
    }
    if let Some(sheet) = &file.sheet {
        named(t.ledger_sheet(), sheet.clone());
    }
    match (file.header_line, file.format) {
        (Some(line), _) => named(t.ledger_header_line(), page.locale().integer(line as i64)),
        (None, Format::Parquet) => {}
        (None, _) => named(t.ledger_header_line(), t.ledger_header_none()),
    }
    parts.push(size(page, bytes));
    parts.join(" · ")
}

fn column_row(t: &Texts, form: &ReadingForm, column: &ColumnDetection, is_above: bool) -> Markup {
    let kind = match column.kind {
        ValueKind::Empty => t.ledger_kind_empty(),
        ValueKind::Text => t.ledger_kind_text(),
        ValueKind::Number => t.ledger_kind_number(),
        ValueKind::Date => t.ledger_kind_date(),
    };
    let samples = column.samples.iter().take(SAMPLES).map(|sample| cut(sample, 30)).collect::<Vec<_>>().join(" · ");
    html! {
        tr {
            td { (column.header) }
            td.wide { @if is_above { span.quiet { (t.ledger_role_above()) } } @else { (role_select(t, form, column)) } }
            td { (kind) }
            td { (written_name(t, column.written.as_deref().unwrap_or_default())) }
            td.quiet data-label=(t.ledger_samples()) { (samples) }
        }
    }
}

fn role_select(t: &Texts, form: &ReadingForm, column: &ColumnDetection) -> Markup {
    let chosen = form.roles.get(&column.header).map_or("", String::as_str);
    html! {
        select name={ (ROLE_FIELD) (column.header) } aria-label=(t.ledger_role_of(column.header.as_str())) {
            option value="" selected[chosen.is_empty()] { (t.ledger_role_none()) }
            @for role in Role::ALL { option value=(role) selected[chosen == role.name()] { (role_name(t, role)) } }
        }
        @if column.is_chosen { " " span.badge.badge--key { (t.ledger_role_chosen()) } }
    }
}

fn preview(t: &Texts, file: &FileDetection) -> Markup {
    html! {
        details {
            summary { (t.ledger_preview()) }
            div.scroll {
                table.table.table--tight {
                    thead { tr { @for column in &file.columns { th { (column.header) } } } }
                    tbody { @for row in &file.preview { tr { @for value in row { td { (cut(value, 60)) } } } } }
                }
            }
        }
    }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn options(page: &Page, reading: &Reading) -> Markup {
    let (t, form, errors) = (page.t(), reading.form, reading.errors);
    let house = page.settings.currency.code();
    let statuses = reading.detection.map(statuses).unwrap_or_default().join(", ");
    let status_hint = match statuses.as_str() {
        "" => t.ledger_exclude_status_hint(),
        statuses => t.ledger_exclude_status_found(statuses),
    };
    html! {
        div.form.form--wide {
            h3 { (t.ledger_options()) }
            (accepted(t, reading))
            div.form--grid { (writing(t, reading)) }
            div.form--grid {
                (Field::new("exclude_status", t.ledger_exclude_status(), Input::Text("text")).value(&form.exclude_status).hint(status_hint).errors(errors).show(t))
                (Field::new("currency", t.ledger_currency(), Input::Text("text")).value(&form.currency).hint(t.ledger_currency_hint(house)).errors(errors).show(t))
                (Field::new("source", t.ledger_source(), Input::Text("text")).value(&form.source).hint(t.ledger_source_hint()).errors(errors).show(t))
            }
            (Field::new("replace_changed", t.ledger_replace_changed(), Input::Checkbox).value(if form.replace_changed { "on" } else { "" }).show(t))
        }
    }
}

/// How the files are written, as far as that can be said for files of their formats.
fn writing(t: &Texts, reading: &Reading) -> Markup {
    let (form, errors) = (reading.form, reading.errors);
    let has = |format: Format| reading.detection.is_none_or(|detection| detection.files.iter().any(|file| file.format == format));
    let (encodings, delimiters) = (encodings(t, &form.encoding), delimiters(t, &form.delimiter));
    let decimals = choices(t, Decimal::ALL.map(|decimal| (decimal.name(), decimal.example().to_owned())));
    let orders = choices(t, DateOrder::ALL.map(|order| (order.name(), written_name(t, order.example()))));
    let sheets = sheets(t, reading);
    html! {
        @if has(Format::Text) {
            (Field::new("encoding", t.ledger_encoding(), Input::Select(&encodings)).value(&form.encoding).errors(errors).show(t))
            (Field::new("delimiter", t.ledger_delimiter(), Input::Select(&delimiters)).value(delimiter_value(&form.delimiter)).errors(errors).show(t))
        }
        (Field::new("decimal", t.ledger_decimal(), Input::Select(&decimals)).value(&form.decimal).errors(errors).show(t))
        (Field::new("date_order", t.ledger_date_order(), Input::Select(&orders)).value(&form.date_order).hint(t.ledger_date_order_hint()).errors(errors).show(t))
        @if has(Format::Sheet) {
            (Field::new("sheet", t.ledger_sheet(), Input::Select(&sheets)).value(&form.sheet).hint(t.ledger_sheet_hint()).errors(errors).show(t))
        }
        @if has(Format::Text) || has(Format::Sheet) {
            (Field::new("header_row", t.ledger_header_line(), Input::Short).value(&form.header_row).hint(t.ledger_header_row_hint()).errors(errors).show(t))
        }
    }
}

/// A box for each kind of stop that occurred or was accepted before.
fn accepted(t: &Texts, reading: &Reading) -> Markup {
    let occurred = reading.import.report.iter().flat_map(|report| report.report.tally.keys().copied());
    let accepted = reading.import.options.accept.iter().copied();
    let kinds: BTreeSet<Kind> = occurred.filter(|kind| kind.weight() == Weight::Stop).chain(accepted).collect();
    html! {
        @if !kinds.is_empty() {
            fieldset.field #field-accept {
                legend { (t.ledger_accept()) }
                div.choices {
                    @for kind in kinds {
                        label { input type="checkbox" name="accept" value=(kind) checked[reading.form.accept.contains(kind.name())]; (kind_name(t, kind)) }
                    }
                }
            }
        }
    }
}

/// What to choose from, after leaving it to be detected.
fn choices<const N: usize>(t: &Texts, known: [(&str, String); N]) -> Vec<(String, String)> {
    let known = known.into_iter().map(|(value, name)| (value.to_owned(), name));
    std::iter::once((String::new(), t.ledger_detected())).chain(known).collect()
}

/// The same with the one chosen, even where it is an unusual one.
fn with_chosen(mut known: Vec<(String, String)>, chosen: &str) -> Vec<(String, String)> {
    if !known.iter().any(|(value, _)| value == chosen) {
        known.push((chosen.to_owned(), chosen.to_owned()));
    }
    known
}

fn encodings(t: &Texts, chosen: &str) -> Vec<(String, String)> {
    with_chosen(choices(t, ENCODINGS.map(|encoding| (encoding.name(), encoding.name().to_owned()))), chosen)
}

/// The sheets of all workbooks of the import.
fn sheets(t: &Texts, reading: &Reading) -> Vec<(String, String)> {
    let mut known = choices(t, []);
    for sheet in reading.detection.iter().flat_map(|detection| &detection.files).flat_map(|file| &file.sheets) {
        known = with_chosen(known, sheet);
    }
    with_chosen(known, &reading.form.sheet)
}

fn delimiters(t: &Texts, chosen: &str) -> Vec<(String, String)> {
    let known = [(";", ';'), (",", ','), ("tab", '\t'), ("|", '|'), ("^", '^'), ("~", '~'), (":", ':'), ("#", '#')];
    let known = known.map(|(value, delimiter)| (value, delimiter_name(t, delimiter)));
    with_chosen(choices(t, known), delimiter_value(chosen))
}

/// A tabulator would not survive in an attribute of every browser.
fn delimiter_value(delimiter: &str) -> &str {
    if delimiter == "\t" { "tab" } else { delimiter }
}

fn delimiter_name(t: &Texts, delimiter: char) -> String {
    match delimiter {
        ';' => t.ledger_delimiter_semicolon(),
        ',' => t.ledger_delimiter_comma(),
        '\t' => t.ledger_delimiter_tab(),
        '|' => t.ledger_delimiter_bar(),
        '^' => t.ledger_delimiter_caret(),
        '~' => t.ledger_delimiter_tilde(),
        ':' => t.ledger_delimiter_colon(),
        '#' => t.ledger_delimiter_hash(),
        other => other.to_string(),
    }
}

/// How the values of a column are written: the letters that stand for day, month and year are those of the reader's language.
fn written_name(t: &Texts, written: &str) -> String {
    let is = |order: DateOrder| order.example() == written;
    match written {
        _ if is(DateOrder::YearMonthDay) => t.ledger_order_year_first(),
        _ if is(DateOrder::DayMonthYear) => t.ledger_order_day_first(),
        _ if is(DateOrder::MonthDayYear) => t.ledger_order_month_first(),
        number => number.to_owned(),
    }
}
