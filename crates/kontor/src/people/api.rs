//! People for programs.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use chrono::NaiveDate;
use kontor_domain::person::letter::letter_language;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions::{self, Shown};
use super::contacts::matching::Planned;
use super::contacts::{BYTES_MAX, actions as contacts, pages::file_of};
use super::forms::{NewPerson, PersonForm, RoleForm};
use super::job::{self, JobForm};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;
use crate::web::format::Locale;

/// Days and birthdays of programs are ISO 8601.
const LOCALE: Locale = Locale::of(Language::En);

/// A way to reach somebody.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChannelBody {
    /// `work_phone`, `mobile`, `home_phone`, `fax`, `work_mail`, `home_mail`, `address`, `website` or `profile`.
    pub kind: String,
    /// The number, address or page.
    pub value: String,
}

/// Where somebody works, as what, and when.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EmploymentBody {
    /// The id.
    pub id: i64,
    /// The account; absent outside of all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<i64>,
    /// What the company is called.
    pub company: String,
    /// The function.
    pub function: String,
    /// The department.
    pub department: String,
    /// The person reported to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<i64>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day; absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Whether the person is named with it.
    pub is_primary: bool,
}

/// A person on a customer's side.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonBody {
    /// The id.
    pub id: i64,
    /// `ms`, `mr`, or absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salutation: Option<String>,
    /// Academic titles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First names.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// `formal` or `informal`.
    pub formality: String,
    /// How a letter begins.
    pub letter_salutation: String,
    /// Tags of languages, the preferred one first.
    pub languages: Vec<String>,
    /// `1970-03-05`, or `--03-05` where the year is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<String>,
    /// Remark.
    pub remark: String,
    /// The channels in use.
    pub channels: Vec<ChannelBody>,
    /// The employments at accounts the token's owner may see, the present ones first.
    pub employments: Vec<EmploymentBody>,
    /// Whether the person was put away.
    pub is_archived: bool,
}

/// A person as it is to be. What is left out is empty.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PersonInputBody {
    /// `ms`, `mr` or nothing.
    pub salutation: String,
    /// Academic titles.
    pub title: String,
    /// First names.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// `formal` (when absent) or `informal`.
    pub formality: String,
    /// Tags of languages, the preferred one first.
    pub languages: Vec<String>,
    /// `1970-03-05`, or `--03-05` where the year is not known.
    pub birthday: String,
    /// Remark.
    pub remark: String,
    /// The channels in use; those that are left out end today.
    pub channels: Vec<ChannelBody>,
    /// Where what is new is known from.
    pub source: String,
    /// On which ground it may be kept: `f` (when absent), `b` or `a`, the letters of Article 6(1) GDPR.
    pub basis: String,
}

/// A person to add.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewPersonBody {
    /// Who.
    #[serde(flatten)]
    pub person: PersonInputBody,
    /// Where the person works.
    pub employment: Option<RoleBody>,
}

/// Where somebody works.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RoleBody {
    /// Number or name of an account, or the name of a company that is none.
    pub company: String,
    /// `account` (when absent) or `outside`.
    pub place: String,
    /// Function.
    pub function: String,
    /// Department.
    pub department: String,
    /// First day.
    pub from: String,
}

/// A change of job.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct JobBody {
    /// The employment that ends.
    pub employment_id: i64,
    /// Its last day.
    pub last: String,
    /// What begins.
    pub employment: RoleBody,
    /// Whether telephone, fax and mail of work stay in use; else they end with the job.
    pub keep_channels: bool,
    /// Where it is known from.
    pub source: String,
    /// `f` (when absent), `b` or `a`.
    pub basis: String,
}

/// How to take a file in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ImportQuery {
    /// The file's name with its ending.
    pub file: String,
    /// Only say what would happen.
    pub dry_run: bool,
    /// `f` (when absent), `b` or `a`.
    pub basis: String,
}

/// What became of a contact, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedBody {
    /// The line it begins on.
    pub line: u64,
    /// The name.
    pub name: String,
    /// `new`, `update` or `skip`.
    pub choice: String,
    /// The account it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<i64>,
    /// The person it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<i64>,
    /// What the file says and is kept nowhere.
    pub left: Vec<String>,
}

/// What is no contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedBody {
    /// The line it begins on.
    pub line: u64,
    /// Why.
    pub reason: String,
    /// What stands there, shortened.
    pub text: String,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactsBody {
    /// The contacts.
    pub contacts: Vec<ImportedBody>,
    /// What is none.
    pub rejected: Vec<RejectedBody>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(add_person))
        .merge(OpenApiRouter::new().routes(routes!(import_people)).layer(DefaultBodyLimit::max(BYTES_MAX)))
        .routes(routes!(get_person, change_person))
        .routes(routes!(change_job))
}

/// Add a person
#[utoipa::path(post, path = "/people", tag = "people", request_body = NewPersonBody, responses((status = 201, body = PersonBody), (status = 422, body = Problem)))]
async fn add_person(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(new): Body<NewPersonBody>,
) -> Result<(StatusCode, Json<PersonBody>), Fault> {
    let input = form(&new.person).parse(LOCALE).map_err(Fault::Invalid)?;
    let role = match new.employment {
        None => None,
        Some(role) => {
            let form = role_form(role);
            let mut role = form.parse(LOCALE).map_err(Fault::Invalid)?.role;
            let place = actions::place(&office, &viewer, &form).await?;
            (role.account_id, role.company) = (place.account_id, place.company);
            Some(role)
        }
    };
    let id = actions::add(&office, &viewer, &NewPerson { input, role }).await?;
    Ok((StatusCode::CREATED, Json(body(&actions::show(&office, &viewer, id).await?))))
}

/// One person
#[utoipa::path(get, path = "/people/{id}", tag = "people", params(("id" = i64, Path)), responses((status = 200, body = PersonBody), (status = 404, body = Problem)))]
async fn get_person(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Json<PersonBody>, Fault> {
    Ok(Json(body(&actions::show(&office, &viewer, id).await?)))
}

/// Change a person
#[utoipa::path(put, path = "/people/{id}", tag = "people", params(("id" = i64, Path)), request_body = PersonInputBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_person(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(input): Body<PersonInputBody>,
) -> Result<StatusCode, Fault> {
    actions::change(&office, &viewer, id, &form(&input).parse(LOCALE).map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enter a change of job
#[utoipa::path(post, path = "/people/{id}/job", tag = "people", params(("id" = i64, Path)), request_body = JobBody, responses((status = 200, body = PersonBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_job(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(job): Body<JobBody>,
) -> Result<Json<PersonBody>, Fault> {
    let form = JobForm {
        employment: job.employment_id.to_string(),
        last: job.last,
        role: role_form(job.employment),
        end_channels: if job.keep_channels { "" } else { "on" }.to_owned(),
        source: job.source,
        basis: job.basis,
        ..JobForm::default()
    };
    job::enter(&office, &viewer, id, &form, LOCALE).await?;
    Ok(Json(body(&actions::show(&office, &viewer, id).await?)))
}

/// Take in the contacts of a file
///
/// The body is the file: vCards, CSV or a workbook. Contacts that may be known people complete them, those that stand in the file twice are skipped.
#[utoipa::path(post, path = "/people/import", tag = "people", params(ImportQuery), request_body(content = String, content_type = "application/octet-stream"), responses((status = 200, body = ContactsBody), (status = 422, body = Problem)))]
async fn import_people(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<ImportQuery>,
    bytes: Bytes,
) -> Result<Json<ContactsBody>, Fault> {
    let file = if query.file.is_empty() { "contacts" } else { query.file.as_str() };
    let kept = file_of(file, &bytes)?;
    let content = contacts::import(&office, &viewer, file, kept.path(), query.dry_run, &query.basis).await?;
    let rejected = content.rejected.iter().map(|rejected| RejectedBody {
        line: rejected.line,
        reason: rejected.reason.clone(),
        text: rejected.text.clone(),
    });
    Ok(Json(ContactsBody { contacts: content.rows.iter().map(imported).collect(), rejected: rejected.collect() }))
}

fn imported(row: &Planned) -> ImportedBody {
    ImportedBody {
        line: row.contact.line,
        name: row.contact.data.full_name(),
        choice: <&str>::from(row.choice).to_owned(),
        account_id: row.account_id,
        person_id: row.became.or(row.person_id),
        left: row.contact.left.clone(),
    }
}

fn form(input: &PersonInputBody) -> PersonForm {
    PersonForm {
        salutation: input.salutation.clone(),
        title: input.title.clone(),
        first_name: input.first_name.clone(),
        last_name: input.last_name.clone(),
        formality: input.formality.clone(),
        languages: input.languages.join(" "),
        birthday: input.birthday.clone(),
        remark: input.remark.clone(),
        channels: input.channels.iter().map(|channel| (channel.kind.clone(), channel.value.clone())).collect(),
        source: input.source.clone(),
        basis: input.basis.clone(),
    }
}

fn role_form(role: RoleBody) -> RoleForm {
    RoleForm {
        company: role.company,
        place: role.place,
        function: role.function,
        department: role.department,
        from: role.from,
        ..RoleForm::default()
    }
}

/// What a program is told of a person.
pub fn body(shown: &Shown) -> PersonBody {
    let data = &shown.person.data;
    let used = shown.channels.iter().filter(|channel| channel.ended_on.is_none());
    let employment = |known: &super::store::Employment| EmploymentBody {
        id: known.id,
        account_id: known.role.account_id,
        company: shown.company(&known.role),
        function: known.role.function.clone(),
        department: known.role.department.clone(),
        reports_to: known.role.reports_to,
        from: known.role.from,
        to: known.role.to,
        is_primary: known.is_primary,
    };
    PersonBody {
        id: shown.person.id,
        salutation: data.salutation.map(|salutation| salutation.to_string()),
        title: data.title.clone(),
        first_name: data.first_name.clone(),
        last_name: data.last_name.clone(),
        formality: data.formality.to_string(),
        letter_salutation: data.addressee().salutation_line(letter_language(&data.languages, Language::De)),
        languages: data.languages.clone(),
        birthday: data.birthday.map(|birthday| birthday.to_string()),
        remark: data.remark.clone(),
        channels: used.map(|channel| ChannelBody { kind: channel.kind.to_string(), value: channel.value.clone() }).collect(),
        employments: shown.employments.iter().map(employment).collect(),
        is_archived: shown.person.archived_at.is_some(),
    }
}
