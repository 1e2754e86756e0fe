//! The account page.

mod course;
mod group;
mod groups;
mod head;
mod invoices;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use kontor_domain::view::Kept;
use kontor_ledger::figures::Paging;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{self, Dossier};
use super::export;
use super::invoices::BookedPage;
use crate::assignments;
use crate::fault::Fault;
use crate::office::Office;
use crate::valuation::export::Format;
use crate::valuation::forms::{Wanted, WantedQuery};
use crate::views::actions as views;
use crate::web::components::section;
use crate::web::context::{Page, Path, Query};
use crate::web::routes::{Guard, Routes};
use crate::web::url;
use crate::{cadence, interactions};

/// So many invoices are on one page.
const INVOICES_PER_PAGE: usize = 20;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeFigures), "/accounts/{id}", show)
        .get(Guard::Needs(Right::SeeFigures), "/accounts/{id}/group", group::show)
        .get(Guard::Needs(Right::Export), "/accounts/{id}/invoices.csv", csv)
        .get(Guard::Needs(Right::Export), "/accounts/{id}/invoices.xlsx", xlsx)
}

/// Which page of the invoices.
#[derive(Debug, Default, Deserialize)]
struct InvoicesQuery {
    /// From 1.
    page: Option<u32>,
}

async fn show(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
    Query(InvoicesQuery { page: number }): Query<InvoicesQuery>,
) -> Result<Response, Fault> {
    let wanted = query.parse()?;
    let account = match actions::account(&office, &page.viewer, id).await {
        // Whoever kept the address of an account that became part of another is led on.
        Err(Fault::NotFound) => {
            return Ok(Redirect::to(&url::account(actions::successor(&office, &page.viewer, id).await?)).into_response());
        }
        found => found?,
    };
    let number = number.unwrap_or(1).max(1) as usize;
    let figures = async {
        let dossier = actions::show(&office, &page.viewer, &page.settings, id, &wanted).await?;
        let paging = Paging { offset: (number - 1) * INVOICES_PER_PAGE, limit: INVOICES_PER_PAGE };
        let invoices = match dossier.period() {
            Some(period) => actions::invoices(&office, &dossier.account, period, paging).await?,
            None => BookedPage::default(),
        };
        Ok::<_, Fault>((dossier, invoices))
    };
    let kept = async {
        views::note_visit(&office, &page.viewer, Kept::Account, id).await;
        views::is_favourite(&office, &page.viewer, Kept::Account, id).await
    };
    // The parts know nothing of each other, so none waits for another's questions to the database.
    let ((dossier, invoices), team, above, is_kept, standing, contacts) = tokio::try_join!(
        Box::pin(figures),
        Box::pin(assignments::pages::region(&office, &page, id)),
        Box::pin(group::above(&office, &page, id)),
        Box::pin(kept),
        Box::pin(cadence::pages::standing_region(&office, &page, &account)),
        Box::pin(interactions::pages::contacts_region(&office, &page, &account)),
    )?;
    let contact = html! { (standing) (contacts) };
    let view = View { page: &page, dossier: &dossier, above: &above, wanted: &wanted, is_kept, team };
    Ok(page.render(&dossier.account.master.name, view.main(&invoices, number, &office, &contact)).into_response())
}

async fn csv(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<WantedQuery>) -> Result<Response, Fault> {
    export::lines(&office, &page.viewer, &page.settings, id, &query.parse()?, Format::Csv).await
}

async fn xlsx(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<WantedQuery>) -> Result<Response, Fault> {
    export::lines(&office, &page.viewer, &page.settings, id, &query.parse()?, Format::Xlsx).await
}

/// What all parts of the page know.
struct View<'a> {
    page: &'a Page,
    dossier: &'a Dossier,
    /// The accounts above it in its corporate group, with their addresses, the head first.
    above: &'a [(String, String)],
    wanted: &'a Wanted,
    team: Markup,
    /// Whether the viewer keeps this account at hand.
    is_kept: bool,
}

impl View<'_> {
    fn main(&self, invoices: &BookedPage, number: usize, office: &Office, contact: &Markup) -> Markup {
        let contacts = section(12, &self.page.t().timeline_last(), "", contact);
        let Some(figures) = &self.dossier.figures else {
            return html! { (head::head_region(self)) (head::empty_region(self)) (contacts) };
        };
        html! {
            (head::head_region(self))
            (head::notices_region(self, figures))
            (head::figures_region(self, figures, office.today()))
            div.columns {
                (course::course_region(self, figures))
                (contacts)
                (groups::groups_region(self, figures))
                (self.team_region())
                (invoices::invoices_region(self, figures, invoices, number))
            }
        }
    }

    /// Who looks after it, in a few words.
    fn team_region(&self) -> Markup {
        let t = self.page.t();
        let link = html! { a href=(url::account_team(self.dossier.account.id)) { (t.assignments_open()) } };
        section(12, &t.accounts_part_team(), link, &self.team)
    }

    /// An address below this account that keeps what was asked for.
    fn address(&self, below: &str, more: &[(&str, &str)]) -> String {
        let text = |value: Option<String>| value.unwrap_or_default();
        let period = text(self.wanted.period.map(|period| period.to_string()));
        let metric = text(self.wanted.metric.map(|metric| metric.to_string()));
        let thresholds = text(self.wanted.thresholds.map(|thresholds| thresholds.to_string()));
        let mut parameters = vec![("period", period.as_str()), ("metric", &metric), ("thresholds", &thresholds)];
        parameters.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
        parameters.extend_from_slice(more);
        url::with_query(&format!("{}{below}", url::account(self.dossier.account.id)), &parameters)
    }
}
