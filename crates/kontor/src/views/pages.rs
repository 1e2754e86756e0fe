//! The views of a list: a line of links above it, and the way to save another.

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::rights::Right;
use kontor_domain::view::{Kept, List, without_place};
use maud::{Markup, html};

use super::actions;
use super::forms::ViewForm;
use super::store::View;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::{Field, Input, post_button};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().post(Guard::Needs(Right::OwnViews), "/views", save).post(Guard::Needs(Right::OwnViews), "/views/{id}/remove", remove)
}

async fn save(State(office): State<Office>, page: Page, Form(form): Form<ViewForm>) -> Result<Redirect, Fault> {
    let view = form.parse()?;
    let back = address(view.list, &view.query);
    let message = page.t().views_saved(view.name.as_str());
    actions::save(&office, &page.viewer, view).await?;
    page.flash(Flash::done(message)).await?;
    Ok(Redirect::to(&back))
}

async fn remove(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    let view = actions::remove(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().views_removed(view.name.as_str()))).await?;
    Ok(Redirect::to(&address(view.list, &view.query)))
}

/// The star that keeps a record at hand, or lets it go.
pub fn star(page: &Page, kind: Kept, id: i64, is_kept: bool) -> Markup {
    let label = if is_kept { page.t().views_let_go() } else { page.t().views_keep() };
    html! {
        form method="post" action="/favourites" {
            input type="hidden" name="kind" value=(kind.name());
            input type="hidden" name="id" value=(id);
            @if !is_kept { input type="hidden" name="on" value="on"; }
            button.button.star aria-pressed=(is_kept) aria-label=(label) title=(label) { @if is_kept { "★" } @else { "☆" } }
        }
    }
}

/// Where a list is shown.
pub const fn path(list: List) -> &'static str {
    match list {
        List::Accounts => url::ACCOUNTS,
        List::People => "/people",
    }
}

/// Where a view is shown.
pub fn address(list: List, query: &str) -> String {
    if query.is_empty() { path(list).to_owned() } else { format!("{}?{query}", path(list)) }
}

/// The line of views above a list; `query` is what stands behind the `?` of the page's address.
pub fn bar(page: &Page, list: List, views: &[View], query: &str) -> Markup {
    let t = page.t();
    let query = without_place(query);
    let current = views.iter().find(|view| view.query == query);
    html! {
        div.views {
            nav.views__list aria-label=(t.views_title()) {
                a href=(path(list)) aria-current=[query.is_empty().then_some("page")] { (t.views_all()) }
                @for view in views {
                    a href=(address(list, &view.query)) aria-current=[(view.query == query).then_some("page")] title=[view.shared.then(|| t.views_shared())] { (view.name) }
                }
            }
            @if let Some(view) = current.filter(|view| view.user_id == page.viewer.user_id) {
                (post_button(&format!("/views/{}/remove", view.id), &t.views_remove(), "button button--link", Some(&t.views_remove_sure(view.name.as_str()))))
            } @else if current.is_none() && !query.is_empty() {
                (save_form(page, list, &query))
            }
        }
    }
}

fn save_form(page: &Page, list: List, query: &str) -> Markup {
    let t = page.t();
    html! {
        details.menu.views__save {
            summary { (t.views_save()) }
            form.form.menu__form method="post" action="/views" {
                input type="hidden" name="list" value=(list.name());
                input type="hidden" name="query" value=(query);
                (Field::new("name", t.views_name(), Input::Text("text")).within("view").required().show(t))
                @if page.viewer.may(Right::ShareViews) { (Field::new("shared", t.views_share(), Input::Checkbox).within("view").show(t)) }
                button.button.button--main { (t.web_save()) }
            }
        }
    }
}
