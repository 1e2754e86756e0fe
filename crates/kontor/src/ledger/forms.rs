//! What is sent about imports: new ones, and how they are to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use data_encoding::HEXLOWER;
use encoding_rs::Encoding;
use kontor_domain::settings::Currency;
use kontor_ledger::column::Role;
use kontor_ledger::finding::{Kind, Weight};
use kontor_ledger::options::Options;
use kontor_ledger::read::value::{DateOrder, Decimal};
use kontor_ledger::read::{Detection, FileDetection};
use sha2::{Digest, Sha256};

use super::run::role_name;
use super::store::{Import, ImportFile};
use crate::fault::FieldError;
use crate::team::forms::keep;
use crate::web::texts::Texts;

/// Before the header of a column in the name of its field.
pub const ROLE_FIELD: &str = "role.";
/// The longest name of a sheet or status, in characters.
const NAME_MAX: usize = 100;

/// How an import is to be read, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingForm {
    /// The source system.
    pub source: String,
    /// Statuses that are left out, separated by commas.
    pub exclude_status: String,
    /// Currency code of lines that name none; empty for the house's.
    pub currency: String,
    /// Encoding of text files; empty to have it detected.
    pub encoding: String,
    /// Delimiter of text files; empty to have it detected.
    pub delimiter: String,
    /// Name of the decimal separator; empty to have it detected.
    pub decimal: String,
    /// Name of the order of dates; empty to have it detected.
    pub date_order: String,
    /// Sheet of a workbook; empty to have it detected.
    pub sheet: String,
    /// Line of the headers, 0 for none; empty to have it detected.
    pub header_row: String,
    /// Whether changed lines replace those in the ledger.
    pub replace_changed: bool,
    /// The names of the kinds of stop that are accepted.
    pub accept: BTreeSet<String>,
    /// The role of each column, by header; empty for none.
    pub roles: BTreeMap<String, String>,
}

impl ReadingForm {
    /// The form as it opens.
    pub fn of(import: &Import, detection: Option<&Detection>) -> ReadingForm {
        let options = &import.options;
        let columns = detection.iter().flat_map(|detection| &detection.files).flat_map(|file| &file.columns);
        let mut roles = BTreeMap::new();
        for column in columns {
            let role = column.role.map(|role| role.name().to_owned()).unwrap_or_default();
            roles.entry(column.header.clone()).and_modify(|known: &mut String| *known = longer(known, &role)).or_insert(role);
        }
        ReadingForm {
            source: import.source.clone(),
            exclude_status: options.exclude_status.iter().cloned().collect::<Vec<_>>().join(", "),
            currency: options.currency.map(String::from).unwrap_or_default(),
            encoding: options.encoding.map(|encoding| encoding.name().to_owned()).unwrap_or_default(),
            delimiter: options.delimiter.map(String::from).unwrap_or_default(),
            decimal: options.decimal.map(|decimal| decimal.name().to_owned()).unwrap_or_default(),
            date_order: options.date_order.map(|order| order.name().to_owned()).unwrap_or_default(),
            sheet: options.sheet.clone().unwrap_or_default(),
            header_row: options.header_row.map(|line| line.to_string()).unwrap_or_default(),
            replace_changed: options.replace_changed,
            accept: options.accept.iter().map(|kind| kind.name().to_owned()).collect(),
            roles,
        }
    }

    /// The form as it was posted; fields that it does not know are passed over.
    pub fn posted(fields: Vec<(String, String)>) -> ReadingForm {
        let mut form = ReadingForm::default();
        for (name, value) in fields {
            match name.as_str() {
                "source" => form.source = value,
                "exclude_status" => form.exclude_status = value,
                "currency" => form.currency = value,
                "encoding" => form.encoding = value,
                "delimiter" => form.delimiter = value,
                "decimal" => form.decimal = value,
                "date_order" => form.date_order = value,
                "sheet" => form.sheet = value,
                "header_row" => form.header_row = value,
                "replace_changed" => form.replace_changed = true,
                "accept" => drop(form.accept.insert(value)),
                name => {
                    if let Some(header) = name.strip_prefix(ROLE_FIELD) {
                        form.roles.insert(header.to_owned(), value);
                    }
                }
            }
        }
        form
    }

    /// Checks all fields but the columns, which [`ReadingForm::columns`] compares with what is detected.
    pub fn parse(&self) -> Result<Options, Vec<FieldError>> {
        let mut errors = Vec::new();
        let currency = keep(parse_currency(&self.currency), &mut errors);
        let encoding = keep(parse_encoding(&self.encoding), &mut errors);
        let delimiter = keep(parse_delimiter(&self.delimiter), &mut errors);
        let decimal = keep(parse_choice("decimal", &self.decimal, Decimal::ALL.map(Decimal::name)), &mut errors);
        let date_order = keep(parse_choice("date_order", &self.date_order, DateOrder::ALL.map(DateOrder::name)), &mut errors);
        let sheet = keep(parse_name("sheet", &self.sheet), &mut errors);
        let header_row = keep(parse_header_row(&self.header_row), &mut errors);
        let accept = keep(parse_accepted(self.accept.iter().map(String::as_str)), &mut errors);
        let statuses = self.exclude_status.split([',', ';', '\n']).map(str::trim).filter(|status| !status.is_empty());
        let statuses = statuses.map(|status| parse_name("exclude_status", status)).collect::<Result<Vec<_>, _>>();
        let statuses = keep(statuses, &mut errors);
        let options = Options {
            columns: BTreeMap::new(),
            exclude_status: statuses.into_iter().flatten().flatten().collect(),
            accept: accept.unwrap_or_default(),
            currency: currency.flatten(),
            encoding: encoding.flatten(),
            delimiter: delimiter.flatten(),
            decimal: decimal.flatten(),
            date_order: date_order.flatten(),
            sheet: sheet.flatten(),
            header_row: header_row.flatten(),
            replace_changed: self.replace_changed,
        };
        if errors.is_empty() { Ok(options) } else { Err(errors) }
    }

    /// The columns to choose by hand so that `detection` becomes what was posted: only what differs from it, so that a later file is detected as freely
    /// as may be. An empty header takes a role away.
    pub fn columns(&self, detection: &Detection) -> Result<BTreeMap<Role, String>, FieldError> {
        let mut columns = BTreeMap::new();
        for role in Role::ALL {
            let wrong = move || FieldError::new("columns", move |t| t.ledger_role_twice(role_name(t, role)));
            if detection.files.iter().any(|file| self.chosen(file, role).count() > 1) {
                return Err(wrong());
            }
            let chosen: BTreeSet<&str> = detection.files.iter().flat_map(|file| self.chosen(file, role)).collect();
            let detected: BTreeSet<&str> = detection.files.iter().flat_map(|file| detected(file, role)).collect();
            let new: Vec<&str> = chosen.difference(&detected).copied().collect();
            match (chosen == detected, new.as_slice(), chosen.first()) {
                (true, ..) => {}
                (false, [], None) => drop(columns.insert(role, String::new())),
                (false, [], Some(header)) | (false, [header], _) => drop(columns.insert(role, (*header).to_owned())),
                // By hand a role can be given to one column only.
                (false, ..) => return Err(wrong()),
            }
        }
        Ok(columns)
    }

    fn chosen<'a>(&self, file: &'a FileDetection, role: Role) -> impl Iterator<Item = &'a str> {
        let headers = file.columns.iter().map(|column| column.header.as_str());
        headers.filter(move |header| self.roles.get(*header).is_some_and(|chosen| chosen == role.name()))
    }
}

/// A header that two files share has one field: the role that one of them gives it.
fn longer(one: &str, other: &str) -> String {
    if one.is_empty() { other.to_owned() } else { one.to_owned() }
}

fn detected(file: &FileDetection, role: Role) -> impl Iterator<Item = &str> {
    file.columns.iter().filter(move |column| column.role == Some(role)).map(|column| column.header.as_str())
}

fn parse_currency(text: &str) -> Result<Option<Currency>, FieldError> {
    let code = text.trim().to_ascii_uppercase();
    let wrong = |_| FieldError::new("currency", |t| t.settings_currency_wrong());
    if code.is_empty() { Ok(None) } else { code.parse().map(Some).map_err(wrong) }
}

/// An encoding by any of its names in the WHATWG's list, such as `utf-8`, `latin1` or `windows-1252`.
pub(super) fn parse_encoding(text: &str) -> Result<Option<&'static Encoding>, FieldError> {
    match text.trim() {
        "" => Ok(None),
        name => match Encoding::for_label_no_replacement(name.as_bytes()) {
            Some(encoding) => Ok(Some(encoding)),
            None => Err(FieldError::new("encoding", |t| t.ledger_encoding_wrong())),
        },
    }
}

/// One of a few names; empty for none of them.
fn parse_choice<T: FromStr, const N: usize>(field: &'static str, text: &str, names: [&str; N]) -> Result<Option<T>, FieldError> {
    let wrong = |_| FieldError::new(field, |t| t.accounts_wrong_choice()).one_of(names);
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
}

/// A delimiter is one ASCII character that is no letter, digit or quotation mark; the word `tab` stands for the tabulator.
pub(super) fn parse_delimiter(text: &str) -> Result<Option<char>, FieldError> {
    let mut characters = if text == "tab" { "\t" } else { text }.chars();
    match (characters.next(), characters.next()) {
        (None, _) => Ok(None),
        (Some(one), None) if is_delimiter(one) => Ok(Some(one)),
        _ => Err(FieldError::new("delimiter", |t| t.ledger_delimiter_wrong())),
    }
}

fn is_delimiter(one: char) -> bool {
    one.is_ascii() && !one.is_ascii_alphanumeric() && !"\"\r\n\0".contains(one)
}

/// The line of the headers, 0 for none.
fn parse_header_row(text: &str) -> Result<Option<u64>, FieldError> {
    let text = text.trim();
    let wrong = |_| FieldError::new("header_row", |t| t.ledger_header_row_wrong());
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
}

fn parse_name(field: &'static str, text: &str) -> Result<Option<String>, FieldError> {
    let name = text.trim();
    match name.chars().count() {
        0 => Ok(None),
        1..=NAME_MAX => Ok(Some(name.to_owned())),
        _ => Err(FieldError::new(field, |t| t.team_name_too_long(NAME_MAX))),
    }
}

fn parse_accepted<'a>(names: impl Iterator<Item = &'a str>) -> Result<BTreeSet<Kind>, FieldError> {
    let stop = |name: &str| name.parse::<Kind>().ok().filter(|kind| kind.weight() == Weight::Stop);
    let wrong = |name: &str| {
        let name = name.to_owned();
        FieldError::new("accept", move |t| t.ledger_accept_wrong(name.clone()))
    };
    names.map(|name| stop(name).ok_or_else(|| wrong(name))).collect()
}

/// Reads options in their JSON form, as programs send them; nothing stands for none.
pub fn parse_options(json: &str) -> Result<Options, Vec<FieldError>> {
    let wrong = |reason: String| vec![FieldError::new("options", move |t| t.ledger_options_wrong(reason.clone()))];
    if json.trim().is_empty() {
        return Ok(Options::default());
    }
    // A list would be read as the fields in their order, which nobody means.
    if !json.trim_start().starts_with('{') {
        return Err(wrong("expected an object".to_owned()));
    }
    let options: Options = serde_json::from_str(json).map_err(|error| wrong(error.to_string()))?;
    let mut errors = Vec::new();
    keep(parse_accepted(options.accept.iter().map(|kind| kind.name())), &mut errors);
    keep(parse_encoding(options.encoding.map_or("", Encoding::name)), &mut errors);
    if options.delimiter.is_some_and(|delimiter| !is_delimiter(delimiter)) {
        errors.push(FieldError::new("delimiter", |t| t.ledger_delimiter_wrong()));
    }
    keep(parse_name("sheet", options.sheet.as_deref().unwrap_or_default()), &mut errors);
    if let Some((one, other, header)) = options.column_twice() {
        let header = header.to_owned();
        let say = move |t: &Texts| t.ledger_column_twice(header.as_str(), role_name(t, one), role_name(t, other));
        errors.push(FieldError::new("columns", say));
    }
    let statuses = options.exclude_status.iter().try_for_each(|status| parse_name("exclude_status", status).map(|_| ()));
    keep(statuses, &mut errors);
    if errors.is_empty() { Ok(options) } else { Err(errors) }
}

/// Stands for what an upload asks: source, options and the content of the files.
pub fn request_hash(source: &str, options: &Options, files: &[ImportFile]) -> String {
    let files: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.sha256.as_str())).collect();
    HEXLOWER.encode(&Sha256::digest(serde_json::json!([source, options, files]).to_string()))
}

#[cfg(test)]
mod tests {
    use kontor_ledger::read::value::Kind as ValueKind;
    use kontor_ledger::read::{ColumnDetection, Format};

    use super::*;
    use crate::ledger::store::State;

    fn file(columns: &[(&str, Option<Role>)]) -> FileDetection {
        let column = |&(header, role): &(&str, Option<Role>)| ColumnDetection {
            header: header.into(),
            kind: ValueKind::Text,
            written: None,
            role,
            is_chosen: false,
            samples: Vec::new(),
        };
        FileDetection {
            name: "a.csv".into(),
            format: Format::Text,
            encoding: None,
            delimiter: None,
            sheet: None,
            sheets: Vec::new(),
            statuses: Vec::new(),
            header_line: Some(1),
            columns: columns.iter().map(column).collect(),
            preview: Vec::new(),
        }
    }

    fn detection(files: Vec<FileDetection>) -> Detection {
        Detection { files, is_joined: false, key: None }
    }

    fn form(roles: &[(&str, &str)]) -> ReadingForm {
        ReadingForm::posted(roles.iter().map(|(header, role)| (format!("{ROLE_FIELD}{header}"), (*role).to_owned())).collect())
    }

    fn chosen(columns: &[(Role, &str)]) -> BTreeMap<Role, String> {
        columns.iter().map(|&(role, header)| (role, header.to_owned())).collect()
    }

    #[test]
    fn only_what_differs_from_the_detection_is_chosen_by_hand() {
        let detected = detection(vec![file(&[("Datum", Some(Role::Date)), ("Netto", Some(Role::NetAmount)), ("Brutto", None)])]);
        let columns = |roles: &[(&str, &str)]| form(roles).columns(&detected).expect("fine");
        assert_eq!(columns(&[("Datum", "date"), ("Netto", "net_amount"), ("Brutto", "")]), chosen(&[]));
        assert_eq!(columns(&[("Datum", "date"), ("Netto", ""), ("Brutto", "net_amount")]), chosen(&[(Role::NetAmount, "Brutto")]));
        assert_eq!(columns(&[("Datum", "date"), ("Netto", ""), ("Brutto", "")]), chosen(&[(Role::NetAmount, "")]));
        assert_eq!(
            columns(&[("Datum", "date"), ("Netto", "unit_price"), ("Brutto", "net_amount")]),
            chosen(&[(Role::NetAmount, "Brutto"), (Role::UnitPrice, "Netto")])
        );
    }

    #[test]
    fn a_role_is_given_to_one_column_of_a_file() {
        let detected = detection(vec![file(&[("Netto", Some(Role::NetAmount)), ("Brutto", None)])]);
        let error = form(&[("Netto", "net_amount"), ("Brutto", "net_amount")]).columns(&detected).expect_err("twice");
        assert_eq!(error.field, "columns");
    }

    #[test]
    fn header_and_position_file_keep_the_roles_they_have_in_both() {
        let key = |header| (header, Some(Role::InvoiceNumber));
        let detected = detection(vec![file(&[key("Beleg"), ("Datum", Some(Role::Date))]), file(&[key("BelegNr"), ("Preis", None)])]);
        let same = form(&[("Beleg", "invoice_number"), ("BelegNr", "invoice_number"), ("Datum", "date"), ("Preis", "unit_price")]);
        assert_eq!(same.columns(&detected).expect("fine"), chosen(&[(Role::UnitPrice, "Preis")]));
    }

    #[test]
    fn all_wrong_fields_are_told_at_once() {
        let fields = [
            ("currency", "Euro"),
            ("encoding", "klingon"),
            ("delimiter", "ab"),
            ("decimal", "semicolon"),
            ("date_order", "ydm"),
            ("accept", "credit_notes"),
            ("sheet", &"x".repeat(101)),
            ("header_row", "first"),
        ];
        let form = ReadingForm::posted(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let errors: Vec<_> = form.parse().expect_err("wrong").into_iter().map(|error| error.field).collect();
        assert_eq!(errors, ["currency", "encoding", "delimiter", "decimal", "date_order", "sheet", "header_row", "accept"]);
    }

    fn import(options: Options) -> Import {
        Import {
            id: 1,
            source: String::new(),
            state: State::Uploaded,
            options,
            report: None,
            files: Vec::new(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            created_by: String::new(),
            booked_at: None,
            undone_at: None,
        }
    }

    #[test]
    fn what_was_chosen_by_hand_opens_as_it_was_posted() {
        let json =
            r#"{"encoding": "windows-1252", "delimiter": ";", "decimal": "comma", "date_order": "dmy", "sheet": "2025", "header_row": 4}"#;
        let options = parse_options(json).expect("fine");
        assert_eq!(ReadingForm::of(&import(options.clone()), None).parse().expect("fine"), options);
    }

    #[test]
    fn statuses_are_separated_by_commas_and_the_tabulator_has_a_name() {
        let fields = [
            ("exclude_status", "Entwurf, storniert ;,"),
            ("encoding", "latin1"),
            ("delimiter", "tab"),
            ("decimal", "comma"),
            ("date_order", "mdy"),
            ("currency", "chf"),
            ("replace_changed", "on"),
        ];
        let options = ReadingForm::posted(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()).parse();
        let options = options.expect("fine");
        assert_eq!(options.exclude_status, BTreeSet::from(["Entwurf".to_owned(), "storniert".to_owned()]));
        assert_eq!((options.delimiter, options.replace_changed), (Some('\t'), true));
        assert_eq!((options.decimal, options.date_order), (Some(Decimal::Comma), Some(DateOrder::MonthDayYear)));
        assert_eq!(options.encoding, Some(encoding_rs::WINDOWS_1252));
        assert_eq!(options.currency.map(String::from).as_deref(), Some("CHF"));
    }

    #[test]
    fn options_of_programs_are_checked_as_strictly() {
        assert_eq!(parse_options("").expect("none"), Options::default());
        let options = parse_options(r#"{"columns": {"net_amount": "Netto"}, "accept": ["duplicate_lines"]}"#).expect("fine");
        assert_eq!(options.columns, chosen(&[(Role::NetAmount, "Netto")]));
        for (json, field) in [
            ("[]", "options"),
            (r#"{"colums": {}}"#, "options"),
            (r#"{"columns": {"netto": "x"}}"#, "options"),
            (r#"{"accept": ["credit_notes"]}"#, "accept"),
            (r#"{"delimiter": "x"}"#, "delimiter"),
            (r#"{"encoding": "klingon"}"#, "options"),
            (r#"{"encoding": "replacement"}"#, "encoding"),
            (r#"{"decimal": "semicolon"}"#, "options"),
            (r#"{"date_order": "ydm"}"#, "options"),
            (r#"{"header_row": -1}"#, "options"),
            (r#"{"columns": {"net_amount": "Netto", "unit_price": "netto"}}"#, "columns"),
        ] {
            assert_eq!(parse_options(json).expect_err(json)[0].field, field, "{json}");
        }
    }
}
