//! Pages of the company's units.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::team::{Unit, unit_and_below, unit_tree};
use maud::{Markup, html};

use super::unit_choices;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions;
use crate::team::forms::UnitForm;
use crate::team::store::User;
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::url;

pub(super) async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let users = actions::list(&office, &page.viewer).await?;
    Ok(index_page(&page, &actions::units(&office).await?, &users, &UnitForm::default(), &[]))
}

pub(super) async fn add(State(office): State<Office>, page: Page, Form(form): Form<UnitForm>) -> Result<Response, Fault> {
    let added = match form.parse() {
        Ok(state) => actions::add_unit(&office, &page.viewer, state).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(_) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::UNITS).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let (units, users) = (actions::units(&office).await?, actions::list(&office, &page.viewer).await?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, index_page(&page, &units, &users, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn edit(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let units = actions::units(&office).await?;
    let unit = units.iter().find(|unit| unit.id == id).ok_or(Fault::NotFound)?;
    Ok(edit_page(&page, unit, &units, &UnitForm::of(unit), &[]))
}

pub(super) async fn change(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<UnitForm>,
) -> Result<Response, Fault> {
    let changed = match form.parse() {
        Ok(state) => actions::change_unit(&office, &page.viewer, id, state).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::UNITS).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let units = actions::units(&office).await?;
            let unit = units.iter().find(|unit| unit.id == id).ok_or(Fault::NotFound)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, edit_page(&page, unit, &units, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn index_page(page: &Page, units: &[Unit], users: &[User], form: &UnitForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::USERS, &t.team_users())], t.team_units(), t.team_units_sub(), ""))
        div.columns {
            (section(7, &t.team_units_tree(), "", html! {
                @if units.is_empty() { p.quiet { (t.team_units_none()) } }
                @else { div.scroll { table.table.table--words {
                    thead { tr { th { (t.team_unit()) } th { (t.team_unit_members()) } th {} } }
                    tbody { @for (depth, unit) in unit_tree(units) { (unit_row(page, depth, unit, users)) } }
                } } }
            }))
            (section(5, &t.team_unit_add(), "", html! {
                (error_summary(t, errors))
                form.form method="post" action=(url::UNITS) {
                    (Field::new("name", t.team_name(), Input::Text("text")).value(&form.name).required().errors(errors).show(t))
                    (Field::new("parent", t.team_unit_parent(), Input::Select(&unit_choices(t, units, &form.parent))).value(&form.parent).errors(errors).show(t))
                    div.actions { (button(&t.team_unit_add())) }
                }
            }))
        }
    };
    page.render(&t.team_units(), main)
}

fn unit_row(page: &Page, depth: usize, unit: &Unit, users: &[User]) -> Markup {
    let t = page.t();
    let members: Vec<&str> =
        users.iter().filter(|user| user.active && user.unit_id == Some(unit.id)).map(|user| user.name.as_str()).collect();
    html! {
        tr {
            td { ("\u{2003}".repeat(depth)) a href=(url::unit(unit.id)) { (unit.name) } @if unit.archived { " " span.badge { (t.team_unit_archived()) } } }
            td.wrap data-label=(t.team_unit_members()) { (members.join(", ")) }
            td.num { a href=(url::unit(unit.id)) { (t.team_unit_change()) } }
        }
    }
}

fn edit_page(page: &Page, unit: &Unit, units: &[Unit], form: &UnitForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let below = unit_and_below(units, unit.id);
    let others: Vec<Unit> = units.iter().filter(|other| !below.contains(&other.id)).cloned().collect();
    let archived = form.archived.as_deref().unwrap_or_default();
    let main = html! {
        (headline(&[(url::USERS, &t.team_users()), (url::UNITS, &t.team_units())], &unit.name, "", ""))
        (error_summary(t, errors))
        form.form method="post" action=(url::unit(unit.id)) {
            (Field::new("name", t.team_name(), Input::Text("text")).value(&form.name).required().errors(errors).show(t))
            (Field::new("parent", t.team_unit_parent(), Input::Select(&unit_choices(t, &others, &form.parent))).value(&form.parent).errors(errors).show(t))
            (Field::new("archived", t.team_unit_archived_hint(), Input::Checkbox).value(archived).errors(errors).show(t))
            div.actions { (button(&t.web_save())) a.button href=(url::UNITS) { (t.web_cancel()) } }
        }
    };
    page.render(&t.team_unit_change(), main)
}
