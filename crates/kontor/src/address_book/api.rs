//! The list of people for programs.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use kontor_domain::team::Language;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::actions;
use super::export::{self, Format, Selection};
use super::forms::ListQuery;
use super::list::Sort;
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::actions::Shown;
use crate::people::api::{PersonBody, body};
use crate::web::texts::Texts;

/// A person on the list, and how it stands with contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPersonBody {
    /// Who.
    #[serde(flatten)]
    pub person: PersonBody,
    /// How it stands with contact, at several accounts where it presses most: `overdue`, `never`, `due` or `fine`; absent for a person without a rhythm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The last contact that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_contact: Option<NaiveDate>,
    /// The day on which the next contact is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_due_on: Option<NaiveDate>,
}

/// What to write.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ExportQuery {
    /// `vcf` (vCard 4.0), `vcf3` (vCard 3.0), `csv` or `xlsx`.
    pub format: String,
}

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new().routes(routes!(list_people)).routes(routes!(export_people))
}

/// People, by id where no other order is asked for
#[utoipa::path(get, path = "/people", tag = "people", params(ListQuery, PageQuery), responses((status = 200, body = Paged<ListedPersonBody>), (status = 422, body = Problem)))]
async fn list_people(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<ListedPersonBody>>, Fault> {
    let limit = page.limit()?;
    let wanted = query.wanted(&office, &viewer, Sort::Id).await?;
    let found = actions::after(&office, &viewer, &wanted, page.after_id()?, limit as u64 + 1).await?;
    let bodies = found.rows.into_iter().map(|row| {
        let standing = row.contact.map(|contact| contact.standing);
        let employers = row.employments.iter().filter_map(|employment| found.accounts.get(&employment.role.account_id?));
        let accounts = employers.map(|account| (account.id, account.clone())).collect();
        let shown = Shown {
            person: row.person,
            employments: row.employments,
            channels: row.channels,
            provenances: Vec::new(),
            accounts,
            superiors: Default::default(),
        };
        ListedPersonBody {
            person: body(&shown),
            contact: standing.map(|standing| standing.state.to_string()),
            last_contact: standing.and_then(|standing| standing.last).map(|(day, _)| day),
            contact_due_on: standing.and_then(|standing| standing.due_on),
        }
    });
    Ok(Json(Paged::cut(bodies.collect(), limit, |listed: &ListedPersonBody| listed.person.id.to_string())))
}

/// People as a file
#[utoipa::path(get, path = "/people/export", tag = "people", params(ListQuery, ExportQuery), responses((status = 200, content_type = "text/vcard", body = String), (status = 422, body = Problem)))]
async fn export_people(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Query(query): Query<ListQuery>,
    Query(what): Query<ExportQuery>,
) -> Result<Response, Fault> {
    let name = if what.format.is_empty() { "vcf" } else { what.format.as_str() };
    let format = Format::named(name)
        .ok_or_else(|| Fault::Invalid(vec![FieldError::new("format", |t| t.people_choice_wrong()).one_of(Format::NAMES)]))?;
    let selection = Selection::List(Box::new(query.wanted(&office, &viewer, Sort::Name).await?));
    export::send(&office, &viewer, Texts::of(Language::En), &selection, format).await
}
