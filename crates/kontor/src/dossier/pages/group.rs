//! The corporate group of an account.

use axum::extract::State;
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;

use crate::accounts::directory;
use crate::accounts::pages::{Part, frame_below};
use crate::fault::Fault;
use crate::groups;
use crate::groups::pages::name_of;
use crate::office::Office;
use crate::web::components::section;
use crate::web::context::{Page, Path, Query};
use crate::web::url;

/// As of which day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DayQuery {
    as_of: String,
}

impl DayQuery {
    /// The day asked for; today where none is.
    fn parse(&self, page: &Page, today: NaiveDate) -> Result<NaiveDate, Fault> {
        let day = groups::forms::parse_day("as_of", &self.as_of, page.locale()).map_err(|error| Fault::Invalid(vec![error]))?;
        Ok(day.unwrap_or(today))
    }
}

/// The page.
pub(super) async fn show(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<DayQuery>,
) -> Result<Markup, Fault> {
    let day = query.parse(&page, office.today())?;
    let directory = directory::current(&office, &page.viewer).await?;
    let account = groups::pages::account(&directory, &page, id)?;
    let graph = groups::actions::graph(&office, &page.viewer).await?;
    let mut above = graph.controllers(id, day);
    above.reverse();
    let crumbs: Vec<(String, String)> = above.iter().map(|&id| (url::group(id), name_of(&directory, id).to_owned())).collect();
    let members = graph.group(id, day);
    let t = page.t();
    let finding = match members.as_slice() {
        [_] => t.groups_finding_alone(name_of(&directory, id)),
        [head, ..] => t.groups_finding(members.len(), name_of(&directory, *head)),
        [] => String::new(),
    };
    let main = html! {
        (frame_below(&page, &crumbs, account, Part::Group, "", "", ""))
        div.columns {
            (section(12, &finding, "", html! {
                ul.list { @for &member in &members { li { a href=(url::group(member)) { (name_of(&directory, member)) } } } }
            }))
            (groups::pages::edges_region(&page, &graph, &directory, id, day))
        }
    };
    Ok(page.render(name_of(&directory, id), main))
}
