//! Giving many accounts a team at once: first what would change, then the change.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{reach_choices, role_choices, user_choices};
use crate::accounts::directory::{self, Directory};
use crate::assignments::actions::{self, Outcome, Planned};
use crate::assignments::forms::{AssignForm, BulkForm};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::colleagues;
use crate::team::store::User;
use crate::web::components::{Field, Input, error_summary, headline, section};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::url;

/// What the page shows beside what was typed.
struct View {
    directory: Arc<Directory>,
    users: Vec<User>,
}

async fn load(office: &Office, page: &Page) -> Result<View, Fault> {
    Ok(View { directory: directory::current(office, &page.viewer).await?, users: colleagues(office).await? })
}

/// The form may be filled in by the address, so that lists can lead here with what was chosen.
pub(super) async fn show(State(office): State<Office>, page: Page, Query(mut form): Query<BulkForm>) -> Result<Markup, Fault> {
    if form.assign.from.is_empty() {
        form.assign.from = page.locale().date(office.today());
    }
    Ok(load(&office, &page).await?.page(&page, &form, &[], None))
}

pub(super) async fn assign(State(office): State<Office>, page: Page, Form(form): Form<BulkForm>) -> Result<Response, Fault> {
    let view = load(&office, &page).await?;
    let done = match form.parse(&view.directory, page.locale(), office.today()) {
        Ok((selection, wanted)) if form.act == "assign" => {
            actions::assign_many(&office, &page.viewer, &selection, &wanted).await.map(|planned| (true, planned))
        }
        Ok((selection, wanted)) => actions::preview(&office, &page.viewer, &selection, &wanted).await.map(|planned| (false, planned)),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match done {
        Ok((true, planned)) => {
            let count = planned.iter().filter(|planned| planned.outcome.is_change()).count();
            page.flash(Flash::done(page.t().assignments_assigned_many(count))).await?;
            Ok(Redirect::to(url::ASSIGN).into_response())
        }
        Ok((false, planned)) => Ok(view.page(&page, &form, &[], Some(&planned)).into_response()),
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, view.page(&page, &form, &errors, None)).into_response()),
        Err(fault) => Err(fault),
    }
}

impl View {
    fn page(&self, page: &Page, form: &BulkForm, errors: &[FieldError], planned: Option<&[Planned]>) -> Markup {
        let t = page.t();
        let changes = planned.unwrap_or_default().iter().filter(|planned| planned.outcome.is_change()).count();
        let main = html! {
            (headline(&[], t.assignments_bulk(), t.assignments_bulk_sub(), ""))
            (error_summary(t, errors))
            form method="post" action=(url::ASSIGN) {
                div.columns {
                    (section(5, &t.assignments_bulk_accounts(), "", self.selection(page, form, errors)))
                    (section(7, &t.assignments_bulk_who(), "", self.who(page, &form.assign, errors)))
                    @if let Some(planned) = planned {
                        (section(12, &t.assignments_bulk_changes(changes, planned.len()), "", preview(page, planned)))
                    }
                }
                div.actions {
                    button.button.button--main[changes == 0] name="act" value="preview" { (t.assignments_bulk_preview()) }
                    @if changes > 0 { button.button.button--main name="act" value="assign" { (t.assignments_bulk_assign(changes)) } }
                }
            }
        };
        page.render(&t.assignments_bulk(), main)
    }

    fn selection(&self, page: &Page, form: &BulkForm, errors: &[FieldError]) -> Markup {
        let t = page.t();
        let known = self.directory.industries().iter().map(|name| (name.clone(), name.clone()));
        let industries: Vec<(String, String)> = std::iter::once((String::new(), "–".to_owned())).chain(known).collect();
        html! {
            div.form {
                (Field::new("industry", t.assignments_bulk_industry(), Input::Select(&industries)).value(&form.industry).errors(errors).show(t))
                (Field::new("accounts", t.assignments_bulk_numbers(), Input::Text("text")).value(&form.accounts).hint(t.assignments_bulk_numbers_hint()).errors(errors).show(t))
                (Field::new("reach", t.assignments_reach(), Input::Select(&reach_choices(t))).value(&form.assign.reach).errors(errors).show(t))
            }
        }
    }

    fn who(&self, page: &Page, form: &AssignForm, errors: &[FieldError]) -> Markup {
        let t = page.t();
        let replace = form.replace.as_deref().unwrap_or_default();
        html! {
            div.form {
                (Field::new("user", t.assignments_user(), Input::Select(&user_choices(&self.users))).value(&form.user).errors(errors).show(t))
                (Field::new("role", t.team_role(), Input::Select(&role_choices(t))).value(&form.role).errors(errors).show(t))
                (Field::new("from", t.assignments_from(), Input::Day).value(&form.from).errors(errors).show(t))
                (Field::new("to", t.assignments_to(), Input::Day).value(&form.to).hint(t.assignments_to_hint()).errors(errors).show(t))
                (Field::new("replace", t.assignments_replace(), Input::Checkbox).value(replace).errors(errors).show(t))
            }
        }
    }
}

fn preview(page: &Page, planned: &[Planned]) -> Markup {
    let t = page.t();
    html! {
        div.scroll { table.table.table--words {
            thead { tr { th { (t.nav_accounts()) } th { (t.assignments_bulk_outcome()) } } }
            tbody { @for planned in planned { tr {
                td { a href=(url::account_team(planned.account_id)) { (planned.account) } }
                td.quiet[!planned.outcome.is_change()] { (match &planned.outcome {
                    Outcome::Added => t.assignments_outcome_added(),
                    Outcome::Follows(_, name) => t.assignments_outcome_follows(name.as_str()),
                    Outcome::Already => t.assignments_outcome_already(),
                    Outcome::Taken(name) => t.assignments_outcome_taken(name.as_str()),
                }) }
            } } }
        } }
    }
}
