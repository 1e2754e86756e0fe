//! Custom fields for programs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::forms::FieldForm;
use super::store::StoredField;
use crate::api::caller::{Body, Caller};
use crate::api::errors::Problem;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::Path;

/// A custom field.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFieldBody {
    /// The id.
    pub id: i64,
    /// Its name in `custom`; in a change it is written `custom.` and the key.
    pub key: String,
    /// `text`, `number`, `date`, `yes_no` or `choice`.
    pub kind: String,
    /// What it is called in German.
    pub label_de: String,
    /// What it is called in English.
    pub label_en: String,
    /// What can be chosen; the German text is the value.
    pub choices: Vec<ChoiceBody>,
    /// Whether it is shown.
    pub shown: bool,
}

/// A value to choose.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ChoiceBody {
    /// German, and the value.
    pub de: String,
    /// English; as in German when absent.
    #[serde(default)]
    pub en: String,
}

/// A custom field to add or to change; key and kind never change.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCustomFieldBody {
    /// `text`, `number`, `date`, `yes_no` or `choice`; passed over when a field is changed.
    #[serde(default)]
    pub kind: String,
    /// What it is called in German; the key is made of it.
    pub label_de: String,
    /// What it is called in English.
    pub label_en: String,
    /// What can be chosen.
    #[serde(default)]
    pub choices: Vec<ChoiceBody>,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(list_fields, add_field))
        .routes(routes!(change_field))
        .routes(routes!(archive_field))
        .routes(routes!(bring_field_back))
}

/// All custom fields
#[utoipa::path(get, path = "/settings/fields", tag = "settings", responses((status = 200, body = Vec<CustomFieldBody>), (status = 403, body = Problem)))]
async fn list_fields(State(office): State<Office>, Caller(viewer): Caller) -> Result<Json<Vec<CustomFieldBody>>, Fault> {
    Ok(Json(actions::list(&office, &viewer).await?.into_iter().map(field_body).collect()))
}

/// Add a custom field
#[utoipa::path(post, path = "/settings/fields", tag = "settings", request_body = NewCustomFieldBody, responses((status = 201, body = CustomFieldBody), (status = 422, body = Problem)))]
async fn add_field(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Body(body): Body<NewCustomFieldBody>,
) -> Result<(StatusCode, Json<CustomFieldBody>), Fault> {
    let id = actions::add(&office, &viewer, form(body).parse().map_err(Fault::Invalid)?).await?;
    Ok((StatusCode::CREATED, Json(field_body(actions::show(&office, &viewer, id).await?))))
}

/// Give a custom field other labels and choices
#[utoipa::path(put, path = "/settings/fields/{id}", tag = "settings", params(("id" = i64, Path)), request_body = NewCustomFieldBody, responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn change_field(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Body(body): Body<NewCustomFieldBody>,
) -> Result<StatusCode, Fault> {
    let stored = actions::show(&office, &viewer, id).await?;
    let form = FieldForm { kind: stored.field.kind.name().to_owned(), ..form(body) };
    actions::change(&office, &viewer, id, form.parse().map_err(Fault::Invalid)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hide a custom field; its values are kept
#[utoipa::path(post, path = "/settings/fields/{id}/archive", tag = "settings", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn archive_field(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::archive(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Show a hidden custom field again
#[utoipa::path(post, path = "/settings/fields/{id}/bring-back", tag = "settings", params(("id" = i64, Path)), responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
async fn bring_field_back(State(office): State<Office>, Caller(viewer): Caller, Path(id): Path<i64>) -> Result<StatusCode, Fault> {
    actions::bring_back(&office, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn form(body: NewCustomFieldBody) -> FieldForm {
    let choices: Vec<String> = body.choices.iter().map(|choice| format!("{} | {}", choice.de, choice.en)).collect();
    FieldForm { kind: body.kind, label_de: body.label_de, label_en: body.label_en, choices: choices.join("\n") }
}

fn field_body(stored: StoredField) -> CustomFieldBody {
    let StoredField { id, field, archived_at } = stored;
    CustomFieldBody {
        id,
        key: field.key,
        kind: field.kind.name().to_owned(),
        label_de: field.label_de,
        label_en: field.label_en,
        choices: field.choices.into_iter().map(|choice| ChoiceBody { de: choice.de, en: choice.en }).collect(),
        shown: archived_at.is_none(),
    }
}
