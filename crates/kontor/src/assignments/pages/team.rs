//! The tab of an account that shows who looks after it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Viewer;
use maud::{Markup, html};

use super::{reach_choices, role_choices, team_role_name, user_choices};
use crate::accounts::pages::{Part, frame, name};
use crate::accounts::store::{self, Account};
use crate::assignments::actions::{self, Member, Team};
use crate::assignments::forms::{AssignForm, EndForm, parse_day};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::colleagues;
use crate::team::store::User;
use crate::web::components::{Field, Input, button, empty_state, error_summary, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::url;

/// What the tab shows.
struct View {
    account: Account,
    team: Team,
    /// Who may be chosen; nobody where the viewer may not change the team.
    users: Vec<User>,
    may_change: bool,
}

async fn load(office: &Office, viewer: &Viewer, id: i64) -> Result<View, Fault> {
    let account = store::find(office.db.read(), viewer, id).await?.ok_or(Fault::NotFound)?;
    let team = actions::team(office, viewer, id, office.today()).await?;
    let may_change = actions::may_change(office, viewer, id).await?;
    let users = if may_change { colleagues(office).await? } else { Vec::new() };
    Ok(View { account, team, users, may_change })
}

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let view = load(&office, &page.viewer, id).await?;
    let form = AssignForm { from: page.locale().date(office.today()), ..AssignForm::default() };
    Ok(view.page(&page, &form, &[]))
}

pub(super) async fn assign(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<AssignForm>,
) -> Result<Response, Fault> {
    let view = load(&office, &page.viewer, id).await?;
    let assigned = match form.parse(page.locale(), office.today()) {
        Ok(wanted) => actions::assign(&office, &page.viewer, id, &wanted).await,
        Err(errors) if view.may_change => Err(Fault::Invalid(errors)),
        Err(_) => Err(Fault::Forbidden),
    };
    match assigned {
        Ok(()) => {
            page.flash(Flash::done(page.t().assignments_assigned())).await?;
            Ok(Redirect::to(&url::account_team(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, view.page(&page, &form, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

pub(super) async fn end(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<EndForm>,
) -> Result<Redirect, Fault> {
    let to = parse_day("to", &form.to, page.locale()).map_err(|error| Fault::Invalid(vec![error]))?;
    let account_id = actions::end(&office, &page.viewer, id, to.unwrap_or_else(|| office.today())).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&url::account_team(account_id)))
}

impl View {
    fn page(&self, page: &Page, form: &AssignForm, errors: &[FieldError]) -> Markup {
        let t = page.t();
        let team = &self.team;
        let main = html! {
            (frame(page, &self.account, Part::Team, ""))
            div.columns {
                div.c-8 {
                    @if team.now.is_empty() && team.later.is_empty() && team.past.is_empty() {
                        (empty_state(&t.assignments_none_title(), &t.assignments_none_text(), ""))
                    }
                    @if !team.now.is_empty() { (section(12, &self.finding(page), "", self.table(page, &team.now, true))) }
                    @if !team.later.is_empty() { (section(12, &t.assignments_later(), "", self.table(page, &team.later, true))) }
                    @if !team.past.is_empty() { (section(12, &t.assignments_past(), "", self.table(page, &team.past, false))) }
                }
                @if self.may_change { (section(4, &t.assignments_add(), "", self.form(page, form, errors))) }
            }
        };
        page.render(&t.assignments_title(name(&self.account)), main)
    }

    fn finding(&self, page: &Page) -> String {
        match self.team.kam() {
            Some(kam) => page.t().assignments_finding_kam(self.team.now.len(), kam.name.as_str()),
            None => page.t().assignments_finding_no_kam(),
        }
    }

    fn table(&self, page: &Page, members: &[Member], can_end: bool) -> Markup {
        let (t, locale) = (page.t(), page.locale());
        html! {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.team_role()) } th { (t.team_name()) } th { (t.assignments_from()) } th { (t.assignments_to()) } th {} } }
                tbody { @for member in members {
                    @let assignment = &member.assignment;
                    @let is_own = assignment.account_id == self.account.id;
                    tr {
                        td { (team_role_name(t, assignment.role)) @if !is_own { " " span.badge { (t.assignments_by_group()) } } }
                        td { (member.name) @if !member.active { " " span.badge { (t.team_inactive()) } } }
                        td data-label=(t.assignments_from()) { (locale.date(assignment.from)) }
                        td data-label=[assignment.to.map(|_| t.assignments_to())] { @if let Some(to) = assignment.to { (locale.date(to)) } }
                        td.num {
                            @if can_end && is_own && self.may_change && assignment.to.is_none() {
                                form.inline method="post" action={ "/team/assignments/" (member.id) "/end" } data-confirm=(t.assignments_end_sure(member.name.as_str())) {
                                    button.button.button--link { (t.assignments_end()) }
                                }
                            }
                        }
                    }
                } }
            } }
        }
    }

    fn form(&self, page: &Page, form: &AssignForm, errors: &[FieldError]) -> Markup {
        let t = page.t();
        let replace = form.replace.as_deref().unwrap_or_default();
        html! {
            (error_summary(t, errors))
            form.form method="post" action=(url::account_team(self.account.id)) {
                (Field::new("user", t.assignments_user(), Input::Select(&user_choices(&self.users))).value(&form.user).errors(errors).show(t))
                (Field::new("role", t.team_role(), Input::Select(&role_choices(t))).value(&form.role).errors(errors).show(t))
                (Field::new("reach", t.assignments_reach(), Input::Select(&reach_choices(t))).value(&form.reach).errors(errors).show(t))
                (Field::new("from", t.assignments_from(), Input::Day).value(&form.from).errors(errors).show(t))
                (Field::new("to", t.assignments_to(), Input::Day).value(&form.to).hint(t.assignments_to_hint()).errors(errors).show(t))
                (Field::new("replace", t.assignments_replace(), Input::Checkbox).value(replace).errors(errors).show(t))
                div.actions { (button(&t.assignments_add())) }
            }
        }
    }
}

/// The team in a few lines, for the overview of the account.
pub async fn region(office: &Office, page: &Page, account_id: i64) -> Result<Markup, Fault> {
    let t = page.t();
    let team = actions::team(office, &page.viewer, account_id, office.today()).await?;
    Ok(html! {
        @if team.now.is_empty() { p.quiet { (t.assignments_none_title()) } }
        @else {
            dl.facts { @for member in &team.now { dt { (team_role_name(t, member.assignment.role)) } dd { (member.name) } } }
        }
    })
}
