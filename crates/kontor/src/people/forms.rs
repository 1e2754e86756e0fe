//! What the browser, the API or the command line sends about people → checked values, or all field errors.

use chrono::NaiveDate;
use kontor_domain::person::{Birthday, ChannelKind, Formality, LegalBasis, PersonData, Salutation, phone};
use kontor_domain::team::Mail;

use super::store::{Channel, Origin, Person, Role};
use crate::fault::FieldError;
use crate::web::format::Locale;
use crate::web::texts::Texts;

/// The longest name, title, function, department, company or source, in characters.
const TEXT_MAX: usize = 200;
/// The longest channel, in characters; a postal address may have several lines.
const CHANNEL_MAX: usize = 500;
/// The longest remark, in characters.
pub const REMARK_MAX: usize = 4000;
/// The most channels of one person.
const CHANNELS_MAX: usize = 40;
/// The most languages of one person.
const LANGUAGES_MAX: usize = 8;

/// A person to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Who.
    pub input: PersonInput,
    /// Where the person works, if that is known.
    pub role: Option<Role>,
}

/// All that is known about a person as such, and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonInput {
    /// Names, languages, birthday, remark.
    pub data: PersonData,
    /// The ways to reach the person, in order.
    pub channels: Vec<(ChannelKind, String)>,
    /// Where what is new here is known from.
    pub origin: Origin,
}

/// A person as typed. Fields that can be there several times are lists.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    /// `ms`, `mr` or nothing.
    pub salutation: String,
    /// Titles.
    pub title: String,
    /// First names.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// `formal` or `informal`.
    pub formality: String,
    /// Tags of languages, separated by blanks or commas.
    pub languages: String,
    /// Day, month and year, or day and month.
    pub birthday: String,
    /// Remark.
    pub remark: String,
    /// Kinds and values of channels, in order; empty values are none.
    pub channels: Vec<(String, String)>,
    /// Where it is known from.
    pub source: String,
    /// `f`, `b` or `a`.
    pub basis: String,
}

impl PersonForm {
    /// Reads the fields that a browser posted.
    pub fn posted(fields: &[(String, String)]) -> PersonForm {
        let kinds = fields.iter().filter(|(name, _)| name == "channel_kind").map(|(_, value)| value.clone());
        let values = fields.iter().filter(|(name, _)| name == "channel").map(|(_, value)| value.clone());
        PersonForm {
            salutation: field(fields, "salutation"),
            title: field(fields, "title"),
            first_name: field(fields, "first_name"),
            last_name: field(fields, "last_name"),
            formality: field(fields, "formality"),
            languages: field(fields, "languages"),
            birthday: field(fields, "birthday"),
            remark: field(fields, "remark"),
            channels: kinds.zip(values).collect(),
            source: field(fields, "source"),
            basis: field(fields, "basis"),
        }
    }

    /// As a person is now.
    pub fn of(person: &Person, channels: &[Channel], locale: Locale) -> PersonForm {
        let data = &person.data;
        let used = channels.iter().filter(|channel| channel.ended_on.is_none());
        PersonForm {
            salutation: data.salutation.map(|salutation| salutation.to_string()).unwrap_or_default(),
            title: data.title.clone().unwrap_or_default(),
            first_name: data.first_name.clone(),
            last_name: data.last_name.clone(),
            formality: data.formality.to_string(),
            languages: data.languages.join(" "),
            birthday: data.birthday.map(|birthday| locale.birthday_input(birthday)).unwrap_or_default(),
            remark: data.remark.clone(),
            channels: used.map(|channel| (channel.kind.to_string(), channel.value.clone())).collect(),
            ..PersonForm::default()
        }
    }

    /// Checks all fields; days are read in the reader's format.
    pub fn parse(&self, locale: Locale) -> Result<PersonInput, Vec<FieldError>> {
        let mut errors = Vec::new();
        let data = self.data(locale, &mut errors);
        let channels = parse_channels(&self.channels, &mut errors);
        let origin = parse_origin(&self.source, &self.basis, &mut errors);
        if errors.is_empty() { Ok(PersonInput { data, channels, origin }) } else { Err(errors) }
    }

    fn data(&self, locale: Locale, errors: &mut Vec<FieldError>) -> PersonData {
        let salutation = choice("salutation", &self.salutation, Salutation::ALL, errors);
        let title = text("title", &self.title, TEXT_MAX, errors);
        let first_name = text("first_name", &self.first_name, TEXT_MAX, errors);
        let last_name = text("last_name", &self.last_name, TEXT_MAX, errors);
        if first_name.is_empty() && last_name.is_empty() {
            errors.push(FieldError::new("last_name", |t| t.people_name_missing()));
        }
        let formality = choice("formality", &self.formality, Formality::ALL, errors).unwrap_or(Formality::Formal);
        let languages = parse_languages(&self.languages, errors);
        let birthday = parse_birthday(&self.birthday, locale, errors);
        let remark = self.remark.trim().replace("\r\n", "\n");
        if remark.chars().count() > REMARK_MAX {
            errors.push(FieldError::new("remark", |t| t.people_text_too_long(REMARK_MAX)));
        }
        let title = Some(title).filter(|title| !title.is_empty());
        PersonData { salutation, title, first_name, last_name, formality, languages, birthday, remark }
    }
}

/// An employment as typed.
#[derive(Clone, Debug, Default)]
pub struct RoleForm {
    /// Number or name of an account, or, outside of all accounts, the name of a company.
    pub company: String,
    /// `account`, `prospect` or `outside`: what the company is.
    pub place: String,
    /// Function.
    pub function: String,
    /// Department.
    pub department: String,
    /// The id of the person reported to.
    pub reports_to: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// `on` for the employment a person is named with.
    pub primary: String,
}

/// What an employment is, apart from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleInput {
    /// Function, department, superior and days; the account is put in by the action.
    pub role: Role,
    /// Whether it is the one a person is named with.
    pub is_primary: bool,
}

impl RoleForm {
    /// Reads the fields that a browser posted.
    pub fn posted(fields: &[(String, String)]) -> RoleForm {
        RoleForm {
            company: field(fields, "company"),
            place: field(fields, "place"),
            function: field(fields, "function"),
            department: field(fields, "department"),
            reports_to: field(fields, "reports_to"),
            from: field(fields, "from"),
            to: field(fields, "to"),
            primary: field(fields, "primary"),
        }
    }

    /// As a role is now.
    pub fn of(role: &Role, company: &str, is_primary: bool, locale: Locale) -> RoleForm {
        let day = |day: Option<NaiveDate>| day.map(|day| locale.date(day)).unwrap_or_default();
        RoleForm {
            company: company.to_owned(),
            place: if role.account_id.is_some() { "account" } else { "outside" }.to_owned(),
            function: role.function.clone(),
            department: role.department.clone(),
            reports_to: role.reports_to.map(|id| id.to_string()).unwrap_or_default(),
            from: day(role.from),
            to: day(role.to),
            primary: if is_primary { "on" } else { "" }.to_owned(),
        }
    }

    /// Checks all fields; days are read in the reader's format.
    pub fn parse(&self, locale: Locale) -> Result<RoleInput, Vec<FieldError>> {
        let mut errors = Vec::new();
        let input = self.read(locale, &mut errors);
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }

    /// The same beside other fields.
    pub fn read(&self, locale: Locale, errors: &mut Vec<FieldError>) -> RoleInput {
        let function = text("function", &self.function, TEXT_MAX, errors);
        let department = text("department", &self.department, TEXT_MAX, errors);
        let company = text("company", &self.company, TEXT_MAX, errors);
        let reports_to = match self.reports_to.trim() {
            "" => None,
            id => id.parse().map_err(|_| errors.push(FieldError::new("reports_to", |t| t.people_reports_to_wrong()))).ok(),
        };
        let (from, to) = (parse_day("from", &self.from, locale, errors), parse_day("to", &self.to, locale, errors));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            errors.push(FieldError::new("to", |t| t.people_days_reversed()));
        }
        RoleInput { role: Role { account_id: None, company, function, department, reports_to, from, to }, is_primary: self.primary == "on" }
    }
}

/// Checks a source and the ground on which what it says may be kept.
pub fn parse_origin(source: &str, basis: &str, errors: &mut Vec<FieldError>) -> Origin {
    let source = text("source", source, TEXT_MAX, errors);
    let basis = match basis.trim() {
        "" => LegalBasis::Interest,
        basis => basis.parse().unwrap_or_else(|_| {
            errors.push(FieldError::new("basis", |t| t.people_basis_wrong()).one_of(LegalBasis::ALL));
            LegalBasis::Interest
        }),
    };
    Origin { source, basis }
}

/// Checks channels; those without a value are none, the same one twice is one.
pub fn parse_channels(typed: &[(String, String)], errors: &mut Vec<FieldError>) -> Vec<(ChannelKind, String)> {
    let mut channels: Vec<(ChannelKind, String)> = Vec::new();
    for (kind, value) in typed {
        let value = value.trim().replace("\r\n", "\n");
        if value.is_empty() {
            continue;
        }
        let Ok(kind) = kind.parse::<ChannelKind>() else {
            errors.push(FieldError::new("channel", |t| t.people_channel_kind_wrong()).one_of(ChannelKind::ALL));
            continue;
        };
        match check_channel(kind, &value) {
            Err(error) => errors.push(error),
            Ok(()) if !channels.contains(&(kind, value.clone())) => channels.push((kind, value)),
            Ok(()) => {}
        }
    }
    if channels.len() > CHANNELS_MAX {
        errors.push(FieldError::new("channel", |t| t.people_channels_many(CHANNELS_MAX)));
    }
    channels
}

fn check_channel(kind: ChannelKind, value: &str) -> Result<(), FieldError> {
    let told = value.to_owned();
    if value.chars().count() > CHANNEL_MAX {
        return Err(FieldError::new("channel", |t| t.people_text_too_long(CHANNEL_MAX)));
    }
    if kind.is_mail() && value.parse::<Mail>().is_err() {
        return Err(FieldError::new("channel", move |t| t.people_mail_wrong(told.as_str())));
    }
    if kind.is_phone() && phone::normal(value, None).is_none() && phone::normal(value, phone::country_of("DE")).is_none() {
        return Err(FieldError::new("channel", move |t| t.people_phone_wrong(told.as_str())));
    }
    Ok(())
}

fn parse_languages(typed: &str, errors: &mut Vec<FieldError>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.split([' ', ',', ';', '/']).filter(|tag| !tag.is_empty()).map(str::to_lowercase) {
        let is_tag = (2..=8).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        if !is_tag {
            errors.push(FieldError::new("languages", |t| t.people_languages_wrong()));
            return tags;
        }
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > LANGUAGES_MAX {
        errors.push(FieldError::new("languages", |t| t.people_languages_wrong()));
    }
    tags
}

fn parse_birthday(typed: &str, locale: Locale, errors: &mut Vec<FieldError>) -> Option<Birthday> {
    if typed.trim().is_empty() {
        return None;
    }
    let read = locale.parse_birthday(typed);
    read.map_err(|_| errors.push(FieldError::new("birthday", |t| t.people_birthday_wrong()))).ok()
}

/// Checks a day that may be missing.
pub fn parse_day(name: &'static str, typed: &str, locale: Locale, errors: &mut Vec<FieldError>) -> Option<NaiveDate> {
    if typed.trim().is_empty() {
        return None;
    }
    locale.parse_date(typed).map_err(|_| errors.push(FieldError::day(name))).ok()
}

fn choice<T: std::str::FromStr + std::fmt::Display>(name: &'static str, typed: &str, all: &[T], errors: &mut Vec<FieldError>) -> Option<T> {
    match typed.trim() {
        "" => None,
        typed => typed.parse().map_err(|_| errors.push(FieldError::new(name, |t: &Texts| t.people_choice_wrong()).one_of(all))).ok(),
    }
}

fn text(name: &'static str, typed: &str, max: usize, errors: &mut Vec<FieldError>) -> String {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > max {
        errors.push(FieldError::new(name, move |t| t.people_text_too_long(max)));
    }
    text
}

/// The first value of a posted field.
pub fn field(fields: &[(String, String)], name: &str) -> String {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}
