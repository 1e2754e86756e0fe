//! The history of a person, with the way back.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::audit::FieldChange;
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::details::people::field_name;
use crate::audit::history::{Shows, history_region};
use crate::fault::Fault;
use crate::office::Office;
use crate::people::history::is_restorable;
use crate::people::{actions, history, store};
use crate::web::components::headline;
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

pub(super) fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), "/people/{id}/history", show).post(
        Guard::Needs(Right::EditPeople),
        "/people/{id}/history/{event}/{place}/restore",
        restore,
    )
}

#[derive(Debug, Default, Deserialize)]
struct HistoryQuery {
    before: Option<i64>,
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<HistoryQuery>) -> Result<Markup, Fault> {
    let person = actions::person(&office, &page.viewer, id).await?;
    let history = history::history(&office, &page.viewer, id, query.before).await?;
    let (t, name, address) = (page.t(), person.data.full_name(), url::person(id));
    let changes = history.changes.iter().flat_map(|change| &change.changes).filter(|change| change.field.ends_with("reports_to"));
    let superiors: Vec<i64> =
        changes.flat_map(|change| [&change.before, &change.after]).filter_map(|id| id.as_deref()?.parse().ok()).collect();
    let names = store::names(office.db.read(), &page.viewer, &superiors).await?;
    let path = format!("{address}/history");
    let places: HashMap<(i64, String, Option<String>, Option<String>), usize> = history
        .changes
        .iter()
        .flat_map(|change| change.changes.iter().enumerate().map(move |(place, field)| ((change.entry.id, field), place)))
        .map(|((event, field), place)| ((event, field.field.clone(), field.before.clone(), field.after.clone()), place))
        .collect();
    let shows = PersonShows { page: &page, path: &path, names: &names, places: &places };
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&address, &name)], t.people_history(), "", ""))
        (history_region(&page, &history, &path, &shows))
    };
    Ok(page.render(&t.people_history(), main))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Nothing {}

async fn restore(
    State(office): State<Office>,
    page: Page,
    Path((id, event, place)): Path<(i64, i64, usize)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, Fault> {
    match history::restore(&office, &page.viewer, id, event, place).await {
        Ok(()) => page.flash(Flash::done(page.t().people_restored())).await?,
        // The rules may have become stricter since; the value then has to be typed anew.
        Err(Fault::Invalid(errors)) => page.flash(Flash::warning(Fault::Invalid(errors).page_message(page.t()))).await?,
        Err(fault) => return Err(fault),
    }
    Ok(Redirect::to(&format!("{}/history", url::person(id))))
}

/// Event, field, and the values before and after.
type ChangeKey = (i64, String, Option<String>, Option<String>);

struct PersonShows<'a> {
    page: &'a Page,
    path: &'a str,
    names: &'a HashMap<i64, String>,
    /// The place of each change within its event: an event may change two channels of one kind.
    places: &'a HashMap<ChangeKey, usize>,
}

impl PersonShows<'_> {
    fn value(&self, field: &str, stored: &str) -> String {
        let (t, locale) = (self.page.t(), self.page.locale());
        let field = field.rsplit('.').next().unwrap_or(field);
        match field {
            "salutation" | "formality" => t.by_key(&format!("{field}-{stored}")).unwrap_or_else(|| stored.to_owned()),
            "birthday" => stored.parse().map_or_else(|_| stored.to_owned(), |birthday| locale.birthday(birthday)),
            "from" | "to" => stored.parse().map_or_else(|_| stored.to_owned(), |day| locale.date(day)),
            "reports_to" => stored.parse().ok().and_then(|id: i64| self.names.get(&id).cloned()).unwrap_or_else(|| "…".to_owned()),
            "primary" => {
                if stored == "yes" {
                    t.web_yes()
                } else {
                    t.web_no()
                }
            }
            _ => stored.to_owned(),
        }
    }
}

impl Shows for PersonShows<'_> {
    fn change(&self, change: &FieldChange) -> (String, Option<String>, Option<String>) {
        let value = |stored: &Option<String>| stored.as_deref().map(|stored| self.value(&change.field, stored));
        (field_name(self.page.t(), &change.field), value(&change.before), value(&change.after))
    }

    fn restore(&self, event_id: i64, change: &FieldChange) -> Option<String> {
        let may = self.page.viewer.may(Right::EditPeople) && is_restorable(change);
        let key = (event_id, change.field.clone(), change.before.clone(), change.after.clone());
        let place = self.places.get(&key).filter(|_| may)?;
        Some(format!("{}/{event_id}/{place}/restore", self.path))
    }
}
