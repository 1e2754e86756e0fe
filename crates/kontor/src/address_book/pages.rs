//! Pages of the lists of people, and the same as files.

mod account;
mod index;

use axum::extract::State;
use axum::response::Response;
use kontor_domain::cadence::Standing;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::actions;
use super::export::{self, Format, Selection};
use super::forms::ListQuery;
use super::list::Sort;
use crate::cadence::pages::state_badge;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::forms::field;
use crate::web::context::{Page, Path, Query};
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    let (see, take_out) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::Export));
    Routes::new()
        .get(see, url::PEOPLE, index::index)
        .get(see, "/accounts/{id}/people", of_account)
        .get(take_out, "/people.vcf", cards)
        .get(take_out, "/people.csv", csv)
        .get(take_out, "/people.xlsx", xlsx)
        .get(take_out, "/people/{id}/card.vcf", card)
}

async fn of_account(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let at = actions::at_account(&office, &page.viewer, id).await?;
    Ok(page.render(&page.t().people_title(), account::page(&page, &at, office.today())))
}

/// By when the next contact is wanted, and how it stands.
fn next_contact(page: &Page, standing: &Standing) -> Markup {
    html! { @if let Some(day) = standing.due_on { (page.locale().date(day)) " " } (state_badge(page.t(), standing)) }
}

/// The list's filter, or people that were picked.
async fn selection(office: &Office, page: &Page, query: &ListQuery, fields: &[(String, String)]) -> Result<Selection, Fault> {
    let picked: Vec<i64> = fields.iter().filter(|(name, _)| name == "id").filter_map(|(_, id)| id.parse().ok()).collect();
    if picked.is_empty() {
        return Ok(Selection::List(Box::new(query.wanted(office, &page.viewer, Sort::Name).await?)));
    }
    Ok(Selection::People(picked))
}

async fn cards(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let format = if field(&fields, "version") == "3" { Format::Vcard3 } else { Format::Vcard4 };
    export::send(&office, &page.viewer, page.t(), &selection(&office, &page, &query, &fields).await?, format).await
}

async fn csv(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    export::send(&office, &page.viewer, page.t(), &selection(&office, &page, &query, &fields).await?, Format::LocalCsv).await
}

async fn xlsx(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ListQuery>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    export::send(&office, &page.viewer, page.t(), &selection(&office, &page, &query, &fields).await?, Format::Xlsx).await
}

async fn card(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let format = if field(&fields, "version") == "3" { Format::Vcard3 } else { Format::Vcard4 };
    export::send(&office, &page.viewer, page.t(), &Selection::People(vec![id]), format).await
}
