//! People as files to keep: vCards for address books, tables for everything else.

use std::collections::HashMap;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use calcard::vcard::{VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue, VCardVersion};
use chrono::NaiveDate;
use kontor_domain::audit::Event;
use kontor_domain::person::{ChannelKind, PersonData};
use kontor_domain::rights::{Right, Viewer};

use super::actions::{self, Row};
use super::list::Wanted;
use crate::accounts::store::Account;
use crate::aside::aside;
use crate::cadence::pages::state_name;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions::company;
use crate::sheet::{Cell, Sheet};
use crate::team::actions::require;
use crate::web::texts::Texts;

/// The most people of one file.
pub const PEOPLE_MAX: u64 = 50_000;
/// So many are read at once.
const PART: u64 = 1000;

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// vCard 4.0, which most programs read.
    Vcard4,
    /// vCard 3.0, for Outlook.
    Vcard3,
    /// CSV for programs.
    Csv,
    /// CSV for a spreadsheet in the language of the one who asks.
    LocalCsv,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// What formats are called.
    pub const NAMES: [&str; 4] = ["vcf", "vcf3", "csv", "xlsx"];

    /// The format of a name: `vcf`, `vcf3`, `csv`, `xlsx`.
    pub fn named(name: &str) -> Option<Format> {
        Some(match name {
            "vcf" | "vcf4" => Format::Vcard4,
            "vcf3" => Format::Vcard3,
            "csv" => Format::Csv,
            "xlsx" => Format::Xlsx,
            _ => return None,
        })
    }

    const fn label(self) -> &'static str {
        match self {
            Format::Vcard4 | Format::Vcard3 => "vCard",
            Format::Csv | Format::LocalCsv => "CSV",
            Format::Xlsx => "Excel",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Format::Vcard4 | Format::Vcard3 => "vcf",
            Format::Csv | Format::LocalCsv => "csv",
            Format::Xlsx => "xlsx",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Format::Vcard4 | Format::Vcard3 => "text/vcard; charset=utf-8",
            Format::Csv | Format::LocalCsv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Which people.
#[derive(Clone, Debug)]
pub enum Selection {
    /// Those of a list.
    List(Box<Wanted>),
    /// These.
    People(Vec<i64>),
}

/// The people of a selection as a file; it is noted who took how many out. Private notes are never in it.
pub async fn write(office: &Office, viewer: &Viewer, t: &'static Texts, selection: &Selection, format: Format) -> Result<Vec<u8>, Fault> {
    require(viewer, Right::Export)?;
    let (rows, accounts) = selected(office, viewer, selection).await?;
    let (count, today) = (rows.len() as u64, office.today());
    let written = aside(move || match format {
        Format::Vcard4 => Ok(cards(&rows, &accounts, today, VCardVersion::V4_0)),
        Format::Vcard3 => Ok(cards(&rows, &accounts, today, VCardVersion::V3_0)),
        Format::Csv => Ok(sheet(t, &rows, &accounts, today).to_csv()),
        Format::LocalCsv => Ok(sheet(t, &rows, &accounts, today).to_csv_in(t.language())),
        Format::Xlsx => sheet(t, &rows, &accounts, today).to_xlsx(),
    });
    let bytes = written.await?.map_err(Fault::internal)?;
    let tx = office.db.begin().await?;
    tx.commit(viewer, office.now(), Event::Exported { what: format!("people: {}", format.label()), rows: count }).await?;
    Ok(bytes)
}

/// The same as an answer to a browser or program.
pub async fn send(office: &Office, viewer: &Viewer, t: &'static Texts, selection: &Selection, format: Format) -> Result<Response, Fault> {
    let bytes = write(office, viewer, t, selection, format).await?;
    let disposition = format!("attachment; filename=\"people.{}\"", format.extension());
    Ok(([(CONTENT_TYPE, format.content_type().to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

async fn selected(office: &Office, viewer: &Viewer, selection: &Selection) -> Result<(Vec<Row>, HashMap<i64, Account>), Fault> {
    let wanted = match selection {
        Selection::List(wanted) => wanted,
        Selection::People(ids) => {
            let (rows, accounts) = actions::of_ids(office, viewer, ids).await?;
            return if rows.is_empty() { Err(Fault::NotFound) } else { Ok((rows, accounts)) };
        }
    };
    let (mut rows, mut accounts, mut offset) = (Vec::new(), HashMap::new(), 0);
    loop {
        let found = actions::list(office, viewer, wanted, offset, PART).await?;
        if found.total > PEOPLE_MAX {
            return Err(Fault::conflict(|t| t.contacts_export_many(PEOPLE_MAX)));
        }
        let is_last = (found.rows.len() as u64) < PART;
        rows.extend(found.rows);
        accounts.extend(found.accounts);
        offset += PART;
        if is_last {
            return Ok((rows, accounts));
        }
    }
}

fn cards(rows: &[Row], accounts: &HashMap<i64, Account>, today: NaiveDate, version: VCardVersion) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        // Writing to a string does not fail.
        let _ = card(row, accounts, today, version).write_to(&mut text, version);
    }
    text.into_bytes()
}

fn card(row: &Row, accounts: &HashMap<i64, Account>, today: NaiveDate, version: VCardVersion) -> VCard {
    let data = &row.person.data;
    let entry = |name: VCardProperty| VCardEntry::new(name);
    let mut entries = vec![
        entry(VCardProperty::Version).with_value(if version == VCardVersion::V3_0 { "3.0".to_owned() } else { "4.0".to_owned() }),
        entry(VCardProperty::Fn).with_value(data.full_name()),
        entry(VCardProperty::N).with_values(name_parts(data)),
        entry(VCardProperty::Uid).with_value(format!("kontor-person-{}", row.person.id)),
    ];
    if let Some(employment) = row.employments.iter().find(|employment| employment.role.is_open(today)) {
        let role = &employment.role;
        let parts = [company(accounts, role), role.department.clone()].into_iter().filter(|part| !part.is_empty());
        entries.push(entry(VCardProperty::Org).with_values(parts.map(VCardValue::Text).collect()));
        if !role.function.is_empty() {
            entries.push(entry(VCardProperty::Title).with_value(role.function.clone()));
        }
    }
    entries.extend(row.channels.iter().filter(|channel| channel.ended_on.is_none()).map(|channel| reach(channel.kind, &channel.value)));
    if let Some(birthday) = data.birthday {
        // 3.0 knows no birthdays without a year; those are written as Apple writes them.
        let value = match (birthday.year(), version) {
            (None, VCardVersion::V3_0) => format!("1604-{:02}-{:02}", birthday.month(), birthday.day()),
            (None, _) => format!("--{:02}{:02}", birthday.month(), birthday.day()),
            (Some(_), VCardVersion::V3_0) => birthday.to_string(),
            (Some(_), _) => birthday.to_string().replace('-', ""),
        };
        let omitted = (birthday.year().is_none() && version == VCardVersion::V3_0).then(|| {
            VCardParameter::new(VCardParameterName::Other("X-APPLE-OMIT-YEAR".to_owned()), VCardParameterValue::Text("1604".to_owned()))
        });
        entries.push(entry(VCardProperty::Bday).with_param_opt(omitted).with_value(value));
    }
    if version == VCardVersion::V4_0 {
        entries.extend(data.languages.iter().map(|tag| entry(VCardProperty::Lang).with_value(tag.clone())));
    }
    if !data.remark.is_empty() {
        entries.push(entry(VCardProperty::Note).with_value(data.remark.clone()));
    }
    VCard { entries }
}

fn name_parts(data: &PersonData) -> Vec<VCardValue> {
    let parts = [&data.last_name, &data.first_name, "", data.title.as_deref().unwrap_or_default(), ""];
    parts.iter().map(|part| VCardValue::Text((*part).to_owned())).collect()
}

fn reach(kind: ChannelKind, value: &str) -> VCardEntry {
    let (name, types): (VCardProperty, &[&str]) = match kind {
        ChannelKind::WorkPhone => (VCardProperty::Tel, &["work", "voice"]),
        ChannelKind::Mobile => (VCardProperty::Tel, &["cell"]),
        ChannelKind::HomePhone => (VCardProperty::Tel, &["home", "voice"]),
        ChannelKind::Fax => (VCardProperty::Tel, &["work", "fax"]),
        ChannelKind::WorkMail => (VCardProperty::Email, &["work"]),
        ChannelKind::HomeMail => (VCardProperty::Email, &["home"]),
        ChannelKind::Address => (VCardProperty::Adr, &["work"]),
        ChannelKind::Website => (VCardProperty::Url, &[]),
        ChannelKind::Profile => (VCardProperty::Other("X-SOCIALPROFILE".to_owned()), &[]),
    };
    let params = types.iter().map(|name| VCardParameter::new(VCardParameterName::Type, VCardParameterValue::Text((*name).to_owned())));
    let entry = VCardEntry::new(name).with_params(params.collect());
    if kind == ChannelKind::Address {
        // The lines of an address are not told apart here; as the street they read right everywhere.
        let parts = ["", "", value, "", "", "", ""];
        return entry.with_values(parts.iter().map(|part| VCardValue::Text((*part).to_owned())).collect());
    }
    entry.with_value(value.to_owned())
}

fn sheet(t: &Texts, rows: &[Row], accounts: &HashMap<i64, Account>, today: NaiveDate) -> Sheet {
    let kinds = ChannelKind::ALL;
    let mut headers = vec![
        t.people_salutation(),
        t.people_academic_title(),
        t.people_first_name(),
        t.people_last_name(),
        t.people_company(),
        t.contacts_number(),
        t.people_department(),
        t.people_function(),
    ];
    headers.extend(kinds.iter().map(|kind| t.by_key(&format!("channel-{kind}")).unwrap_or_default()));
    headers.extend([t.people_birthday(), t.people_languages(), t.people_remark()]);
    headers.extend([t.cadence_last(), t.cadence_next(), t.cadence_state()]);
    let line = |row: &Row| {
        let data = &row.person.data;
        let role = row.employments.iter().find(|employment| employment.role.is_open(today)).map(|employment| &employment.role);
        let account = role.and_then(|role| accounts.get(&role.account_id?));
        let mut cells: Vec<Cell> = vec![
            data.salutation.and_then(|salutation| t.by_key(&format!("salutation-{salutation}"))).into(),
            data.title.clone().into(),
            data.first_name.as_str().into(),
            data.last_name.as_str().into(),
            role.map(|role| company(accounts, role)).into(),
            account.and_then(|account| account.numbers.first()).map(|number| number.number.clone()).into(),
            role.map(|role| role.department.clone()).into(),
            role.map(|role| role.function.clone()).into(),
        ];
        cells.extend(kinds.iter().map(|kind| {
            let of_kind = row.channels.iter().filter(|channel| channel.kind == *kind && channel.ended_on.is_none());
            Cell::from(of_kind.map(|channel| channel.value.as_str()).collect::<Vec<_>>().join(" ::: "))
        }));
        cells.extend([
            data.birthday.map(|birthday| birthday.to_string()).into(),
            data.languages.join(" ").into(),
            data.remark.as_str().into(),
        ]);
        let standing = row.contact.map(|contact| contact.standing);
        cells.extend([
            standing.and_then(|standing| standing.last).map(|(day, _)| Cell::Day(day)).into(),
            standing.and_then(|standing| standing.due_on).map(Cell::Day).into(),
            standing.map(|standing| state_name(t, standing.state)).into(),
        ]);
        cells
    };
    Sheet { title: t.people_title(), headers, rows: rows.iter().map(line).collect() }
}
