//! The palette: a page of its own, and the list that opens below the search field while somebody types.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::REFERER;
use axum::response::Redirect;
use kontor_domain::rights::Right;
use kontor_domain::view::Kept;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{self, Found, Offer};
use super::forms::FavouriteForm;
use crate::fault::Fault;
use crate::office::Office;
use crate::search::fold::fold;
use crate::web::components::{empty_state, headline};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::destinations;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// How many pages and actions are offered.
const DESTINATIONS: usize = 6;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), "/find", find).get(Guard::Needs(Right::SeeFigures), "/find/list", list).post(
        Guard::Needs(Right::OwnViews),
        "/favourites",
        set_favourite,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    q: String,
}

async fn find(State(office): State<Office>, page: Page, Query(Typed { q }): Query<Typed>) -> Result<Markup, Fault> {
    let t = page.t();
    let mut groups = groups(&page, &q, actions::offer(&office, &page.viewer, &q).await?);
    if q.trim().is_empty() {
        groups.push((t.palette_destinations(), entries_of(destinations(t, &page.viewer))));
    }
    let title = if q.trim().is_empty() { t.palette_title() } else { t.palette_found(q.trim()) };
    let main = html! {
        (headline(&[], &title, "", ""))
        @if groups.is_empty() { (empty_state(&t.palette_none_title(), &t.palette_none_text(), "")) }
        @for (name, entries) in &groups { section.section { header { h2 { (name) } } (entry_list(entries)) } }
    };
    Ok(page.render(&title, main))
}

/// The list below the search field.
async fn list(State(office): State<Office>, page: Page, Query(Typed { q }): Query<Typed>) -> Result<Markup, Fault> {
    let groups = groups(&page, &q, actions::offer(&office, &page.viewer, &q).await?);
    let t = page.t();
    Ok(html! {
        div.suggest #suggest role="listbox" aria-label=(t.palette_title()) {
            @for (name, entries) in &groups { p.suggest__group { (name) } (entry_list(entries)) }
            @if groups.is_empty() { p.suggest__none { (t.palette_none_title()) } }
        }
    })
}

async fn set_favourite(
    State(office): State<Office>,
    page: Page,
    headers: HeaderMap,
    Form(form): Form<FavouriteForm>,
) -> Result<Redirect, Fault> {
    let (kind, id, on) = form.parse()?;
    actions::set_favourite(&office, &page.viewer, kind, id, on).await?;
    // Back to where the star was clicked; the record itself where the browser does not say.
    let came_from = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(own_path);
    Ok(Redirect::to(&came_from.unwrap_or_else(|| address(kind, id))))
}

/// The path of an address of this house.
fn own_path(referer: &str) -> Option<String> {
    let (_, rest) = referer.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    url::is_own_path(path).then(|| path.to_owned())
}

/// An entry of the list: where it leads, what it is called, and more about it.
struct Entry {
    href: String,
    name: String,
    more: String,
}

fn groups(page: &Page, typed: &str, offer: Offer) -> Vec<(String, Vec<Entry>)> {
    let t = page.t();
    let records = |found: Vec<Found>| {
        found.into_iter().map(|found| Entry { href: address(found.kind, found.id), name: found.name, more: found.more }).collect()
    };
    let all = [
        (t.palette_favourites(), records(offer.favourites)),
        (t.palette_visits(), records(offer.visits)),
        (t.palette_accounts(), records(offer.accounts)),
        (t.palette_people(), records(offer.people)),
        (t.palette_destinations(), destinations_for(page, typed)),
    ];
    all.into_iter().filter(|(_, entries): &(String, Vec<Entry>)| !entries.is_empty()).collect()
}

/// The pages and actions whose names fit what was typed.
fn destinations_for(page: &Page, typed: &str) -> Vec<Entry> {
    let folded = |text: &str| {
        let mut folded = String::new();
        fold(text, &mut folded);
        folded
    };
    let typed = folded(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let fits = |label: &str| {
        let label = folded(label);
        typed.split(' ').all(|word| label.split(' ').any(|part| part.starts_with(word)) || (word.len() > 2 && label.contains(word)))
    };
    entries_of(destinations(page.t(), &page.viewer).into_iter().filter(|(_, label)| fits(label)).take(DESTINATIONS))
}

fn entries_of(destinations: impl IntoIterator<Item = (&'static str, String)>) -> Vec<Entry> {
    destinations.into_iter().map(|(href, name)| Entry { href: href.to_owned(), name, more: String::new() }).collect()
}

fn address(kind: Kept, id: i64) -> String {
    match kind {
        Kept::Account => url::account(id),
        Kept::Person => url::person(id),
    }
}

fn entry_list(entries: &[Entry]) -> Markup {
    html! {
        ul.suggest__list {
            @for entry in entries {
                li { a href=(entry.href) role="option" { span { (entry.name) } @if !entry.more.is_empty() { span.suggest__more { (entry.more) } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_house_is_gone_back_to() {
        assert_eq!(own_path("http://kontor:7878/accounts/3?period=all").as_deref(), Some("/accounts/3?period=all"));
        assert_eq!(own_path("http://kontor:7878"), None);
        assert_eq!(own_path("https://kontor//evil.example"), None);
    }
}
