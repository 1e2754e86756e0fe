//! The wizard for a change of job.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::edit::{company_fields, origin_fields, role_fields};
use super::{Fields, unprocessable};
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::people::actions::{self, Shown};
use crate::people::forms::RoleForm;
use crate::people::job::{self, JobForm};
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::url;

/// The wizard with what is likely.
pub(super) async fn form(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let employment = open(&shown).next().map(|(id, _)| id).unwrap_or_default();
    let role = RoleForm { place: "account".into(), ..RoleForm::default() };
    let form = JobForm { employment, end_channels: "on".into(), basis: "f".into(), role, ..JobForm::default() };
    Ok(job_page(&page, &shown, &form, &[]))
}

/// Enters the change.
pub(super) async fn change(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(fields): Fields) -> Result<Response, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let form = JobForm::posted(&fields);
    match job::enter(&office, &page.viewer, id, &form, page.locale()).await {
        Ok(company) => {
            let name = shown.person.data.full_name();
            page.flash(Flash::done(page.t().people_job_done(name.as_str(), company.as_str()))).await?;
            Ok(Redirect::to(&url::person(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok(unprocessable(job_page(&page, &shown, &form, &errors))),
        Err(fault) => Err(fault),
    }
}

/// The employments that go on, by id, with what they are called.
fn open(shown: &Shown) -> impl Iterator<Item = (String, String)> + '_ {
    shown.employments.iter().filter(|employment| employment.role.to.is_none()).map(|employment| {
        let (company, function) = (shown.company(&employment.role), &employment.role.function);
        let label = if function.is_empty() { company } else { format!("{company} ({function})") };
        (employment.id.to_string(), label)
    })
}

fn job_page(page: &Page, shown: &Shown, form: &JobForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let (name, address) = (shown.person.data.full_name(), url::person(shown.person.id));
    let open: Vec<(String, String)> = open(shown).collect();
    let text = |name, label, value| Field::new(name, label, Input::Text("text")).value(value).errors(errors);
    let title = t.people_job_title(name.as_str());
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&address, &name)], &title, t.people_job_sub(), ""))
        (error_summary(t, errors))
        @if open.is_empty() { p { (t.people_job_old_none()) " " a href={ (address) "/employments/new" } { (t.people_employment_new()) } } }
        @else {
            form.person method="post" action={ (address) "/job" } {
                div.columns {
                    (section(6, &t.people_job_old(), "", html! { div.form {
                        (Field::new("employment", t.people_company(), Input::Select(&open)).value(&form.employment).errors(errors).show(t))
                        (Field::new("last", t.people_job_last(), Input::Day).value(&form.last).required().errors(errors).show(t))
                        (Field::new("end_channels", t.people_job_end_channels(), Input::Checkbox).value(&form.end_channels).show(t))
                    } }))
                    (section(6, &t.people_job_new(), "", html! { div.form {
                        (company_fields(t, &form.role, errors, if page.viewer.may(Right::EditAccounts) { &["account", "prospect", "outside"] } else { &["account", "outside"] }))
                        (role_fields(t, &form.role, &[], errors))
                        (text("phone", t.people_job_phone(), &form.phone).show(t))
                        (text("mail", t.people_job_mail(), &form.mail).show(t))
                    } }))
                    (section(6, &t.people_origin(), "", origin_fields(t, &form.source, &form.basis, errors)))
                }
                div.actions { (button(&t.people_job_do())) a.button href=(address) { (t.web_cancel()) } }
            }
        }
    };
    page.render(&title, main)
}
