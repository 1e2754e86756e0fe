//! Interactions and timelines for programs.

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::group::Level;
use kontor_domain::interaction::Confidentiality;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::attachments::store::Attachment;
use super::filter::{Filter, Place, Which};
use super::forms::{FilterForm, InteractionForm};
use super::mails::Wanted;
use super::names::Names;
use super::store::Interaction;
use super::timeline::{Entry, entries};
use super::{actions, attachments, mails};
use crate::api::caller::{Body, Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::context::Path;
use crate::web::format::Locale;
use crate::{groups, team};

/// Days and times in requests are ISO 8601.
const ISO: Locale = Locale::of(Language::En);

/// Somebody who took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyBody {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
}

/// What is to be done next.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepBody {
    /// What.
    pub text: String,
    /// By which day.
    pub due: Option<NaiveDate>,
    /// By which user.
    pub user_id: Option<i64>,
    /// Since when it is done.
    pub done_at: Option<DateTime<Utc>>,
}

/// A file that belongs to an interaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentBody {
    /// The id; the content is at `/attachments/{id}`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// How large.
    pub size_bytes: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// An interaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct InteractionBody {
    /// The id.
    pub id: i64,
    /// With which account.
    pub account_id: i64,
    /// What the account is called.
    pub account: String,
    /// `visit`, `call`, `video`, `mail` or `event`.
    pub kind: String,
    /// On which day.
    pub day: NaiveDate,
    /// When on that day, `14:30`, where it is known.
    pub time: Option<String>,
    /// How many minutes.
    pub minutes: u32,
    /// What for.
    pub purpose: String,
    /// What came of it.
    pub outcome: String,
    /// The customer's people who took part, as far as one may see them.
    pub persons: Vec<PartyBody>,
    /// Our people who took part.
    pub users: Vec<PartyBody>,
    /// Who else took part.
    pub others: String,
    /// What is to be done next.
    pub next_step: Option<StepBody>,
    /// `private`, `team` or `all`.
    pub confidentiality: String,
    /// Who logged it.
    pub author_id: i64,
    /// What the author was called then.
    pub author: String,
    /// When it was logged.
    pub created_at: DateTime<Utc>,
    /// Since when it is archived.
    pub archived_at: Option<DateTime<Utc>>,
    /// Its files; only where one interaction is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentBody>,
}

impl InteractionBody {
    fn of(interaction: &Interaction, names: &Names, attachments: Vec<Attachment>) -> InteractionBody {
        let entry = &interaction.entry;
        let persons = entry.persons.iter().filter_map(|&id| Some(PartyBody { id, name: names.person(id)?.to_owned() }));
        let step = entry.step.as_ref().map(|step| StepBody {
            text: step.text.clone(),
            due: step.due,
            user_id: step.user_id,
            done_at: interaction.step_done_at,
        });
        let attachment = |file: Attachment| AttachmentBody {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            size_bytes: file.size_bytes,
            sha256: file.sha256,
        };
        InteractionBody {
            id: interaction.id,
            account_id: entry.account_id,
            account: names.account(entry.account_id).to_owned(),
            kind: entry.kind.to_string(),
            day: entry.day,
            time: entry.time().map(|time| time.format("%H:%M").to_string()),
            minutes: entry.minutes,
            purpose: entry.purpose.clone(),
            outcome: entry.outcome.clone(),
            persons: persons.collect(),
            users: entry.users.iter().map(|&id| PartyBody { id, name: names.user(id).to_owned() }).collect(),
            others: entry.others.clone(),
            next_step: step,
            confidentiality: entry.confidentiality.to_string(),
            author_id: interaction.author_id,
            author: interaction.author.clone(),
            created_at: interaction.created_at,
            archived_at: interaction.archived_at,
            attachments: attachments.into_iter().map(attachment).collect(),
        }
    }
}

/// What is to be done next.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewStepBody {
    /// What.
    pub text: String,
    /// By which day, ISO 8601.
    #[serde(default)]
    pub due: Option<String>,
    /// By which user.
    #[serde(default)]
    pub user_id: Option<i64>,
}

/// An interaction to log, or the values it gets.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NewInteractionBody {
    /// With which account.
    pub account_id: i64,
    /// `visit`, `call`, `video`, `mail` or `event`.
    pub kind: String,
    /// On which day, ISO 8601; no later than tomorrow.
    pub day: String,
    /// When on that day, `14:30`.
    #[serde(default)]
    pub time: Option<String>,
    /// How many minutes, 1 to 1440.
    pub minutes: u32,
    /// What for. A purpose or an outcome must be given.
    #[serde(default)]
    pub purpose: String,
    /// What came of it.
    #[serde(default)]
    pub outcome: String,
    /// The ids of the customer's people who took part.
    #[serde(default)]
    pub persons: Vec<i64>,
    /// The ids of our people who took part.
    #[serde(default)]
    pub users: Vec<i64>,
    /// Who else took part.
    #[serde(default)]
    pub others: String,
    /// What is to be done next.
    #[serde(default)]
    pub next_step: Option<NewStepBody>,
    /// `private`, `team` or `all`; all when absent.
    #[serde(default)]
    pub confidentiality: String,
}

impl NewInteractionBody {
    fn form(self) -> InteractionForm {
        let ids = |ids: Vec<i64>| ids.into_iter().map(|id| id.to_string()).collect();
        let step = self.next_step.unwrap_or_default();
        InteractionForm {
            account: self.account_id.to_string(),
            kind: self.kind,
            day: self.day,
            time: self.time.unwrap_or_default(),
            minutes: self.minutes.to_string(),
            purpose: self.purpose,
            outcome: self.outcome,
            others: self.others,
            persons: ids(self.persons),
            users: ids(self.users),
            step: step.text,
            step_due: step.due.unwrap_or_default(),
            step_user: step.user_id.map(|id| id.to_string()).unwrap_or_default(),
            confidentiality: self.confidentiality,
            next: String::new(),
        }
    }
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeBody {
    /// The id.
    pub id: i64,
}

/// What to look for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct InteractionsQuery {
    /// Only with this account.
    pub account: Option<i64>,
    /// Only with this person.
    pub person: Option<i64>,
    /// Only these kinds, separated by commas; in timelines also `records`, for changes of the records.
    pub kind: Option<String>,
    /// Only those that this user took part in.
    pub who: Option<i64>,
    /// From this day, ISO 8601.
    pub from: Option<String>,
    /// To this day, ISO 8601.
    pub to: Option<String>,
    /// Only with all of these words.
    pub text: Option<String>,
    /// `yes` for archived ones.
    pub archived: Option<String>,
    /// In timelines of accounts: `group` for all accounts under common control.
    pub level: Option<String>,
}

impl InteractionsQuery {
    fn form(&self) -> FilterForm {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        FilterForm {
            kind: given(&self.kind),
            who: self.who.map(|id| id.to_string()).unwrap_or_default(),
            from: given(&self.from),
            to: given(&self.to),
            text: given(&self.text),
            archived: given(&self.archived),
        }
    }

    fn filter(&self) -> Result<Filter, Fault> {
        let which = match (self.account, self.person) {
            (Some(account), _) => Which::Accounts(vec![account]),
            (None, Some(person)) => Which::Person(person),
            (None, None) => Which::All,
        };
        self.form().parse(ISO, which)
    }
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_interactions, log_interaction))
        .routes(routes!(log_mail).layer(DefaultBodyLimit::disable()))
        .routes(routes!(get_interaction, change_interaction))
        .routes(routes!(archive_interaction))
        .routes(routes!(restore_interaction))
        .routes(routes!(finish_step))
        .routes(routes!(attach_files).layer(DefaultBodyLimit::disable()))
        .routes(routes!(get_attachment, archive_attachment))
        .routes(routes!(account_timeline))
        .routes(routes!(person_timeline))
}

fn place(page: &PageQuery) -> Result<Option<Place>, Fault> {
    page.after()?.map(|text| text.parse().map_err(|()| Fault::field("cursor", |t| t.api_cursor_wrong()))).transpose()
}

/// Interactions, the newest first
#[utoipa::path(get, path = "/interactions", tag = "interactions", params(InteractionsQuery, PageQuery), responses((status = 200, body = Paged<InteractionBody>), (status = 422, body = Problem)))]
async fn list_interactions(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(wanted): Query<InteractionsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<InteractionBody>>, Fault> {
    let limit = page.limit()?;
    let found = actions::list(&office, &viewer, &wanted.filter()?, place(&page)?, limit as u64 + 1).await?;
    let names = Names::of(&office, &viewer, &found).await?;
    let paged = Paged::cut(found, limit, |last: &Interaction| Place::new(last.started_at, Place::INTERACTION, last.id).to_string());
    let items = paged.items.iter().map(|interaction| InteractionBody::of(interaction, &names, Vec::new())).collect();
    Ok(Json(Paged { items, next: paged.next }))
}

/// Log an interaction
#[utoipa::path(post, path = "/interactions", tag = "interactions", request_body = NewInteractionBody, responses((status = 201, body = MadeBody), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn log_interaction(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewInteractionBody>,
) -> Result<(StatusCode, Json<MadeBody>), Fault> {
    team::actions::require(&viewer, kontor_domain::rights::Right::LogInteractions)?;
    let entry = body.form().parse(ISO, office.today()).map_err(Fault::Invalid)?;
    let id = actions::log(&office, &viewer, entry).await?;
    Ok((StatusCode::CREATED, Json(MadeBody { id })))
}

/// A mail to log.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the form")]
pub struct MailBody {
    /// The mail as a file (`.eml`).
    #[schema(content_media_type = "message/rfc822")]
    file: String,
    /// The account; where it is absent, the account of the people in the mail.
    account_id: Option<i64>,
    /// `private`, `team` or `all`.
    confidentiality: Option<String>,
}

/// Log a mail from its file
#[utoipa::path(post, path = "/interactions/mail", tag = "interactions", request_body(content = MailBody, content_type = "multipart/form-data"), responses((status = 201, body = MadeBody), (status = 403, body = Problem), (status = 422, body = Problem)))]
async fn log_mail(
    State(office): State<Office>,
    Caller(viewer): Caller,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<MadeBody>), Fault> {
    team::actions::require(&viewer, kontor_domain::rights::Right::LogInteractions)?;
    let upload = attachments::receive(parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?).await?;
    let account_id = match upload.field("account_id").trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Fault::field("account_id", |t| t.interactions_account_unknown()))?),
    };
    let confidentiality = match upload.field("confidentiality").trim() {
        "" => Confidentiality::default(),
        text => text.parse().map_err(|_| {
            Fault::Invalid(vec![
                FieldError::new("confidentiality", |t| t.interactions_confidentiality_wrong()).one_of(Confidentiality::ALL),
            ])
        })?,
    };
    let file = upload.files.into_iter().next().ok_or_else(|| Fault::field("file", |t| t.interactions_file_missing()))?;
    let id = mails::log(&office, &viewer, &file.bytes, Wanted { account_id, confidentiality }).await?;
    Ok((StatusCode::CREATED, Json(MadeBody { id })))
}

/// One interaction with its files
#[utoipa::path(get, path = "/interactions/{id}", tag = "interactions", params(("id" = i64, Path)), responses((status = 200, body = InteractionBody), (status = 404, body = Problem)))]
async fn get_interaction(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
) -> Result<Json<InteractionBody>, Fault> {
    let shown = actions::show(&office, &viewer, id).await?;
    let names = Names::of(&office, &viewer, std::slice::from_ref(&shown.interaction)).await?;
    Ok(Json(InteractionBody::of(&shown.interaction, &names, shown.attachments)))
}

/// Give an interaction other values
#[utoipa::path(put, path = "/interactions/{id}", tag = "interactions", params(("id" = i64, Path)), request_body = NewInteractionBody, responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn change_interaction(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewInteractionBody>,
) -> Result<StatusCode, Fault> {
    team::actions::require(&viewer, kontor_domain::rights::Right::LogInteractions)?;
    let entry = body.form().parse(ISO, office.today()).map_err(Fault::Invalid)?;
    actions::change(&office, &viewer, id, entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Archive an interaction; it then counts nowhere
#[utoipa::path(post, path = "/interactions/{id}/archive", tag = "interactions", params(("id" = i64, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn archive_interaction(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::set_archived(&office, &viewer, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring an archived interaction back
#[utoipa::path(post, path = "/interactions/{id}/restore", tag = "interactions", params(("id" = i64, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn restore_interaction(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::set_archived(&office, &viewer, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a next step is done.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DoneBody {
    /// Done, or open again.
    pub done: bool,
}

/// Close the next step of an interaction, or open it again
#[utoipa::path(post, path = "/interactions/{id}/step", tag = "interactions", params(("id" = i64, Path)), request_body = DoneBody, responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn finish_step(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<DoneBody>,
) -> Result<StatusCode, Fault> {
    actions::set_step_done(&office, &viewer, id, body.done).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Files to attach.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the form")]
pub struct FilesBody {
    /// The files; at most 25 MB each.
    #[schema(content_media_type = "application/octet-stream")]
    files: Vec<String>,
}

/// The files that were attached.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachedBody {
    /// Their ids, in the order they came.
    pub ids: Vec<i64>,
}

/// Attach files to an interaction: all of them or none
#[utoipa::path(post, path = "/interactions/{id}/files", tag = "interactions", params(("id" = i64, Path)), request_body(content = FilesBody, content_type = "multipart/form-data"), responses((status = 201, body = AttachedBody), (status = 403, body = Problem), (status = 404, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem)))]
async fn attach_files(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<AttachedBody>), Fault> {
    team::actions::require(&viewer, kontor_domain::rights::Right::LogInteractions)?;
    let upload = attachments::receive(parts.map_err(|rejection| Fault::Malformed(rejection.body_text()))?).await?;
    let ids = attachments::attach(&office, &viewer, id, upload.files).await?;
    Ok((StatusCode::CREATED, Json(AttachedBody { ids })))
}

/// The content of a file
#[utoipa::path(get, path = "/attachments/{id}", tag = "interactions", params(("id" = i64, Path)), responses((status = 200, body = String, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
async fn get_attachment(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<Response, Fault> {
    let (attachment, bytes) = attachments::open(&office, &viewer, id).await?;
    Ok(attachments::response(&attachment, bytes))
}

/// Take a file away from its interaction
#[utoipa::path(delete, path = "/attachments/{id}", tag = "interactions", params(("id" = i64, Path)), responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn archive_attachment(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    attachments::archive(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineBody {
    /// When.
    pub at: DateTime<Utc>,
    /// The contact, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction: Option<InteractionBody>,
    /// The change of the records, where it is one; `event` names the kind, the other fields depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub event: Option<kontor_domain::audit::Event>,
    /// Who changed the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
}

/// What happened with an account, the newest first
#[utoipa::path(get, path = "/accounts/{id}/timeline", tag = "interactions", params(("id" = i64, Path), InteractionsQuery, PageQuery), responses((status = 200, body = Paged<TimelineBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn account_timeline(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(wanted): Query<InteractionsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<TimelineBody>>, Fault> {
    if !viewer.sight.sees(id) {
        return Err(Fault::NotFound);
    }
    let accounts = match wanted.level.as_deref() {
        None | Some("" | "account") => vec![id],
        Some("group") => groups::actions::members(&office, &viewer, id, office.today()).await?,
        Some(_) => return Err(Fault::Invalid(vec![FieldError::new("level", |t| t.interactions_choose()).one_of(Level::ALL)])),
    };
    timeline(&office, &viewer, &wanted, Which::Accounts(accounts), &page).await
}

/// What happened with a person, the newest first
#[utoipa::path(get, path = "/people/{id}/timeline", tag = "interactions", params(("id" = i64, Path), InteractionsQuery, PageQuery), responses((status = 200, body = Paged<TimelineBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn person_timeline(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(wanted): Query<InteractionsQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<TimelineBody>>, Fault> {
    timeline(&office, &viewer, &wanted, Which::Person(id), &page).await
}

async fn timeline(
    office: &Office,
    viewer: &kontor_domain::rights::Viewer,
    wanted: &InteractionsQuery,
    which: Which,
    page: &PageQuery,
) -> Result<Json<Paged<TimelineBody>>, Fault> {
    let limit = page.limit()?;
    let form = wanted.form();
    let filter = form.parse(ISO, which)?;
    let found = entries(office, viewer, &filter, form.wants_records(), place(page)?, limit as u64 + 1).await?;
    let paged = Paged::cut(found, limit, |last: &Entry| last.place().to_string());
    let contacts: Vec<Interaction> = paged
        .items
        .iter()
        .filter_map(|entry| match entry {
            Entry::Contact(interaction) => Some((**interaction).clone()),
            Entry::Record(_) => None,
        })
        .collect();
    let names = Names::of(office, viewer, &contacts).await?;
    let body = |entry: &Entry| match entry {
        Entry::Contact(interaction) => TimelineBody {
            at: interaction.started_at,
            interaction: Some(InteractionBody::of(interaction, &names, Vec::new())),
            event: None,
            actor: None,
        },
        Entry::Record(record) => {
            TimelineBody { at: record.at, interaction: None, event: Some(record.event.clone()), actor: Some(record.actor.clone()) }
        }
    };
    Ok(Json(Paged { items: paged.items.iter().map(body).collect(), next: paged.next }))
}
