//! One file's columns: their roles, and how their values are written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kontor_domain::settings::Currency;

use super::fill::Filling;
use super::sample::{Sample, samples, split_headers, split_headers_at};
use super::{PlannedFile, Source, have_common_keys};
use crate::column::Role;
use crate::options::Options;
use crate::read::columns::{self, Hints, Numbers, Profile, Settling};
use crate::read::sheet::DIALECT;
use crate::read::value::{self, DateOrder, Decimal, Kind, Side};
use crate::read::{ColumnDetection, FileDetection, Format, file_name};
use crate::{Error, Unreadable};

/// How many rows a preview shows.
const PREVIEW_ROWS: usize = 20;
/// How many different statuses are named.
const STATUSES: usize = 20;
/// How many rows arithmetic looks at.
const ARITHMETIC_ROWS: usize = 500;

/// Reads the beginning of a file and decides how to read the whole. A workbook can have several sheets to read.
pub fn look_at(path: &Path, options: &Options) -> Result<Vec<(PlannedFile, FileDetection)>, Error> {
    let name = file_name(path);
    let samples = samples(path, &name, options)?;
    let are_many = samples.len() > 1;
    let name_of = |sample: &Sample| match &sample.sheet {
        Some(sheet) if are_many => format!("{name}: {sheet}"),
        _ => name.clone(),
    };
    let looked_at: Vec<_> = samples.into_iter().map(|sample| decide(name_of(&sample), sample, options)).collect::<Result<_, _>>()?;
    Ok(without_copies(looked_at))
}

/// Without sheets whose invoices stand in another one, too: a sorted copy, an extract, or a sheet of all that others part by year. The fuller one stays.
fn without_copies(sheets: Vec<(PlannedFile, FileDetection)>) -> Vec<(PlannedFile, FileDetection)> {
    let mut fullest: Vec<usize> = (0..sheets.len()).collect();
    fullest.sort_by_key(|&place| std::cmp::Reverse(sheets[place].0.keys.len()));
    let mut kept: Vec<usize> = Vec::new();
    for place in fullest {
        if !kept.iter().any(|&known| have_common_keys(&sheets[known].0, &sheets[place].0)) {
            kept.push(place);
        }
    }
    let (originals, copies): (Vec<_>, Vec<_>) = sheets.into_iter().enumerate().partition(|(place, _)| kept.contains(place));
    let mut originals: Vec<_> = originals.into_iter().map(|(_, original)| original).collect();
    if let Some((first, _)) = originals.first_mut() {
        first.other_sheets.extend(copies.into_iter().filter_map(|(_, (_, copy))| copy.sheet));
    }
    originals
}

/// Decides how to read a file, or a sheet, of this name.
fn decide(name: String, mut sample: Sample, options: &Options) -> Result<(PlannedFile, FileDetection), Error> {
    let (header_line, headers, rows) = match &sample.source {
        Source::Parquet(file) => {
            (0, file.headers().to_vec(), std::mem::take(&mut sample.rows).into_iter().map(|(_, row)| row).collect::<Vec<_>>())
        }
        Source::Text(_) => match options.header_row {
            Some(line) => split_headers_at(&sample.rows, line)
                .ok_or_else(|| Error::Unreadable { file: name.clone(), why: Unreadable::NoHeaderRow(line) })?,
            None => split_headers(&sample.rows),
        },
    };
    if headers.is_empty() {
        return Err(Error::Unreadable { file: name, why: Unreadable::Empty });
    }
    let profiles = profiles_of(&rows, &headers);
    let headers = unique(headers);
    let chosen = chosen_columns(&headers, options);
    let mut roles = columns::assign(&headers, &profiles, &chosen);
    let habit = options.decimal.unwrap_or_else(|| habit(&profiles, &sample.source));
    let decimal = |profile: &Profile| match options.decimal {
        Some(chosen) if sample.format == Format::Text => chosen,
        // The numbers of workbooks and Parquet are no texts, so a point in them parts decimals.
        None if sample.format == Format::Text => profile.grouping().unwrap_or_else(|| profile.decimal(habit)),
        _ => profile.decimal(habit),
    };
    let decimals: Vec<Decimal> = profiles.iter().map(decimal).collect();
    let numbers = numbers_of(&rows, &decimals);
    settle(&mut roles, &headers, &profiles, &numbers, &chosen);
    let is_side_marked = is_side_marked(&roles, &rows);
    let revenue_side = revenue_side(&mut roles, &rows, &numbers, &chosen, is_side_marked);
    let date = roles.get(&Role::Date).map(|&column| &profiles[column]);
    let discount = roles.get(&Role::DiscountPercent).copied();
    let largest = discount.map(|column| numbers.iter().filter_map(|row| row[column]).fold(0.0, |most: f64, value| most.max(value.abs())));
    let net = roles.get(&Role::NetAmount).copied();
    let scale = |row: &Vec<String>| net.and_then(|net| value::parse_number(row.get(net)?.trim(), decimals[net])).map(|number| number.scale);
    let net_scale = rows.iter().filter_map(scale).max().unwrap_or(0);
    let delimiter = match (&sample.source, sample.format) {
        (Source::Text(dialect), Format::Text) => Some(char::from(dialect.delimiter)),
        _ => None,
    };
    let mut filled = 0;
    if let Source::Text(dialect) = &sample.source
        && Filling::new(&roles).has_gaps(&rows)
    {
        let (text, count) = Filling::new(&roles).write(&sample.path, *dialect, header_line)?;
        (sample.source, sample.path, filled) = (Source::Text(DIALECT), text.path().to_owned(), count);
        sample.text = Some(Arc::new(text));
    }
    let invoices = roles.get(&Role::InvoiceNumber).copied();
    let number = |row: &Vec<String>| invoices.and_then(|column| row.get(column)).filter(|number| !number.trim().is_empty()).cloned();
    // A row of an invoice without a number stands for itself.
    let keys = rows.iter().map(|row| number(row).unwrap_or_else(|| row.join("\u{1f}"))).collect();
    let file = PlannedFile {
        path: sample.path,
        name: name.clone(),
        source: sample.source,
        header_line,
        headers: headers.clone(),
        order: options.date_order.or(date.map(|profile| profile.order(habit))).unwrap_or(DateOrder::YearMonthDay),
        is_order_open: options.date_order.is_none() && date.is_some_and(Profile::is_order_open),
        currency_sign: roles.get(&Role::NetAmount).or(roles.get(&Role::UnitPrice)).and_then(|&column| sign_in(&profiles[column])),
        net_scale,
        has_quantities: roles.get(&Role::Quantity).is_some_and(|&column| profiles[column].filled * 2 > rows.len()),
        is_discount_fraction: largest.is_some_and(|largest| largest <= 1.0 && largest > 0.0),
        revenue_side,
        is_side_marked,
        is_decimal_open: options.decimal.is_none() && sample.format == Format::Text && is_decimal_open(&roles, &profiles, delimiter),
        keys,
        filled,
        other_sheets: sample.other_sheets,
        roles,
        decimals,
        _text: sample.text,
    };
    let mut columns: Vec<ColumnDetection> = headers
        .iter()
        .zip(&profiles)
        .enumerate()
        .map(|(place, (header, profile))| ColumnDetection {
            header: header.clone(),
            kind: profile.kind(),
            written: written(profile, file.decimals[place], options, habit),
            role: None,
            is_chosen: false,
            samples: profile.samples.clone(),
        })
        .collect();
    note_roles(&file, &mut columns, options);
    let detection = FileDetection {
        name,
        format: sample.format,
        encoding: sample.encoding,
        delimiter,
        sheet: sample.sheet,
        sheets: sample.sheets,
        statuses: file.roles.get(&Role::Status).map(|&column| values(&rows, column)).unwrap_or_default(),
        header_line: (header_line > 0).then_some(header_line),
        columns,
        preview: rows.into_iter().take(PREVIEW_ROWS).collect(),
    };
    Ok((file, detection))
}

fn profiles_of(rows: &[Vec<String>], headers: &[String]) -> Vec<Profile> {
    let mut profiles = vec![Profile::default(); headers.len()];
    for row in rows {
        // Lists print their headers on every page; they are no values.
        let is_header = row.iter().zip(headers).all(|(cell, header)| cell.trim() == header.trim());
        for (place, profile) in profiles.iter_mut().enumerate() {
            profile.add(row.get(place).map_or("", |value| if is_header { "" } else { value }));
        }
    }
    profiles
}

fn settle(
    roles: &mut BTreeMap<Role, usize>,
    headers: &[String],
    profiles: &[Profile],
    numbers: &Numbers,
    chosen: &BTreeMap<Role, Option<usize>>,
) {
    let hints: Vec<Hints> = headers.iter().map(|header| Hints::new(header)).collect();
    let keys = |role: Role| roles.get(&role).map(|&column| profiles[column].values.as_slice());
    let invoices = keys(Role::InvoiceNumber).unwrap_or_default();
    let articles = keys(Role::ArticleNumber).or_else(|| keys(Role::ArticleName)).unwrap_or_default();
    columns::settle(Settling { roles, numbers, is_free: &|role| !chosen.contains_key(&role), hints: &hints, invoices, articles });
}

/// Whether nothing stands in the column of sides but the mark of what came back.
fn is_side_marked(roles: &BTreeMap<Role, usize>, rows: &[Vec<String>]) -> bool {
    let Some(&column) = roles.get(&Role::DebitCredit) else { return false };
    let sides = || rows.iter().filter_map(|row| row.get(column)).map(|text| text.trim());
    sides().all(|side| side.is_empty() || side == value::RETURNED) && sides().any(|side| !side.is_empty())
}

/// The side that raises revenue: the one that most lines stand on. Amounts that have their sign already need no side; then the role is given up.
fn revenue_side(
    roles: &mut BTreeMap<Role, usize>,
    rows: &[Vec<String>],
    numbers: &Numbers,
    chosen: &BTreeMap<Role, Option<usize>>,
    is_marked: bool,
) -> Side {
    let Some(&column) = roles.get(&Role::DebitCredit) else { return Side::Debit };
    let sides: Vec<Option<Side>> = rows.iter().map(|row| row.get(column).and_then(|text| Side::parse(text.trim()))).collect();
    let count = |side: Side| sides.iter().flatten().filter(|&&known| known == side).count();
    let side = if !is_marked && count(Side::Credit) > count(Side::Debit) { Side::Credit } else { Side::Debit };
    let amounts = roles.get(&Role::NetAmount).or(roles.get(&Role::Quantity)).copied();
    let is_signed = amounts.is_some_and(|amounts| {
        let mut others = sides.iter().zip(numbers).filter(|(known, _)| known.is_some_and(|known| known != side));
        others.any(|(_, row)| row[amounts].is_some_and(|amount| amount < 0.0))
    });
    if is_signed && !chosen.contains_key(&Role::DebitCredit) {
        roles.remove(&Role::DebitCredit);
    }
    side
}

/// The first different values of a column.
fn values(rows: &[Vec<String>], column: usize) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for value in rows.iter().filter_map(|row| row.get(column)).map(|value| value.trim()).filter(|value| !value.is_empty()) {
        if known.len() < STATUSES && !known.iter().any(|known| known == value) {
            known.push(value.chars().take(60).collect());
        }
    }
    known
}

pub fn note_roles(file: &PlannedFile, columns: &mut [ColumnDetection], options: &Options) {
    for (place, column) in columns.iter_mut().enumerate() {
        column.role = file.roles.iter().find(|(_, at)| **at == place).map(|(&role, _)| role);
        column.is_chosen = column.role.is_some_and(|role| options.columns.contains_key(&role));
    }
}

fn written(profile: &Profile, decimal: Decimal, options: &Options, habit: Decimal) -> Option<String> {
    match profile.kind() {
        Kind::Number if profile.decimal != [0, 0] || profile.either_decimal != [0, 0] => Some(decimal.example().to_owned()),
        Kind::Date => {
            let chosen = options.date_order.filter(|_| !profile.is_year_first());
            Some(chosen.unwrap_or_else(|| profile.order(habit)).example().to_owned())
        }
        _ => None,
    }
}

/// The separator that most columns of the file use; where none decides, a semicolon between fields speaks for the comma.
fn habit(profiles: &[Profile], source: &Source) -> Decimal {
    let [points, commas] = profiles.iter().filter(|profile| profile.kind() == Kind::Number).fold([0, 0], |[points, commas], profile| {
        [points + usize::from(profile.decimal[0] > profile.decimal[1]), commas + usize::from(profile.decimal[1] > profile.decimal[0])]
    });
    let by_delimiter = match source {
        Source::Text(dialect) if dialect.delimiter == b';' => Decimal::Comma,
        _ => Decimal::Point,
    };
    match points.cmp(&commas) {
        std::cmp::Ordering::Greater => Decimal::Point,
        std::cmp::Ordering::Less => Decimal::Comma,
        std::cmp::Ordering::Equal => by_delimiter,
    }
}

/// Whether nothing in the whole sample shows which separator of the amounts parts decimals.
fn is_decimal_open(roles: &BTreeMap<Role, usize>, profiles: &[Profile], delimiter: Option<char>) -> bool {
    let amounts = [Role::NetAmount, Role::UnitPrice].into_iter().find_map(|role| roles.get(&role));
    // Nobody parts decimals by what parts columns.
    let is_decided = |profile: &Profile| delimiter == Some(',') && profile.either_decimal[0] == 0;
    let is_open = amounts.is_some_and(|&column| profiles[column].is_decimal_open() && !is_decided(&profiles[column]));
    is_open && profiles.iter().all(|profile| profile.decimal == [0, 0] && profile.grouping().is_none())
}

/// The currency that stands beside the first values of a column.
fn sign_in(profile: &Profile) -> Option<Currency> {
    profile.samples.iter().map(|sample| value::unit(sample)).find_map(Currency::from_sign)
}

fn numbers_of(rows: &[Vec<String>], decimals: &[Decimal]) -> Vec<Vec<Option<f64>>> {
    let number = |text: &str, decimal| value::parse_number(text.trim(), decimal).map(value::Number::to_f64);
    rows.iter()
        .take(ARITHMETIC_ROWS)
        .map(|row| decimals.iter().enumerate().map(|(place, &decimal)| row.get(place).and_then(|text| number(text, decimal))).collect())
        .collect()
}

/// Names columns without a header by their number, and repeated headers with a number behind.
fn unique(headers: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for (place, header) in headers.into_iter().enumerate() {
        let header = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if header.is_empty() { (place + 1).to_string() } else { header };
        let mut name = base.clone();
        let mut count = 1;
        while seen.contains(&name) {
            count += 1;
            name = format!("{base} ({count})");
        }
        seen.push(name);
    }
    seen
}

/// The columns the user chose: role → column; `None` takes the role away. A header that this file lacks is left to the other files.
fn chosen_columns(headers: &[String], options: &Options) -> BTreeMap<Role, Option<usize>> {
    let mut chosen = BTreeMap::new();
    for (&role, header) in &options.columns {
        if header.is_empty() {
            chosen.insert(role, None);
        } else if let Some(place) = headers.iter().position(|known| known.eq_ignore_ascii_case(header.trim())) {
            chosen.insert(role, Some(place));
        }
    }
    chosen
}
