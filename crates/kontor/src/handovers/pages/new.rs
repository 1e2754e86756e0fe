//! The wizard: who hands over to whom, on which day, which accounts, with a note for each.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::role_names;
use crate::accounts::pages::name;
use crate::assignments::forms::parse_day;
use crate::assignments::pages::user_choices;
use crate::fault::{Fault, FieldError};
use crate::handovers::actions::{self, Open};
use crate::handovers::forms::HandoverForm;
use crate::office::Office;
use crate::team;
use crate::team::store::User;
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::url;

/// What the page shows beside what was typed. Those who no longer sign in can hand over, too.
struct View {
    users: Vec<User>,
    open: Vec<Open>,
}

async fn load(office: &Office, page: &Page, form: &HandoverForm) -> Result<View, Fault> {
    let on = parse_day("on", form.get("on"), page.locale()).ok().flatten().unwrap_or_else(|| office.today());
    let open = match form.get("from").parse() {
        Ok(from) => actions::open(office, &page.viewer, from, on).await?,
        Err(_) => Vec::new(),
    };
    Ok(View { users: team::store::all(office.db.read()).await?, open })
}

pub(super) async fn show(State(office): State<Office>, page: Page, Query(query): Query<BTreeMap<String, String>>) -> Result<Markup, Fault> {
    let mut form = HandoverForm(query);
    if !page.viewer.may(Right::AssignTeams) {
        form.0.entry("from".to_owned()).or_insert_with(|| page.viewer.user_id.to_string());
    }
    form.0.entry("on".to_owned()).or_insert_with(|| page.locale().date(office.today()));
    let view = load(&office, &page, &form).await?;
    for open in &view.open {
        form.0.insert(format!("account-{}", open.account.id), "on".to_owned());
    }
    Ok(view.page(&page, &form, &[]))
}

pub(super) async fn hand_over(
    State(office): State<Office>,
    page: Page,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let form = HandoverForm(fields);
    let done = match form.parse(page.locale(), office.today()) {
        Ok(wanted) => actions::hand_over(&office, &page.viewer, &wanted).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match done {
        Ok(id) => {
            page.flash(Flash::done(page.t().handovers_done())).await?;
            Ok(Redirect::to(&url::handover(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let view = load(&office, &page, &form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view.page(&page, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// What lies above: the lists of teams and handovers, for those who see them, else the own accounts.
fn above(page: &Page) -> Vec<(&'static str, String)> {
    let t = page.t();
    if page.viewer.may(Right::SeeWorkload) {
        vec![(url::WORKLOAD, t.nav_workload()), (url::HANDOVERS, t.handovers_title())]
    } else {
        vec![(url::MY, t.nav_my())]
    }
}

impl View {
    fn page(&self, page: &Page, form: &HandoverForm, errors: &[FieldError]) -> Markup {
        let (t, above) = (page.t(), above(page));
        let main = html! {
            (headline(&above.iter().map(|(href, name)| (*href, name.as_str())).collect::<Vec<_>>(), t.handovers_new(), t.handovers_new_sub(), ""))
            @if form.get("from").is_empty() { (self.who(page)) } @else { (self.what(page, form, errors)) }
        };
        page.render(&t.handovers_new(), main)
    }

    /// The first step: whose accounts these are.
    fn who(&self, page: &Page) -> Markup {
        let t = page.t();
        html! {
            form.form action=(url::NEW_HANDOVER) {
                (Field::new("from", t.handovers_from(), Input::Select(&user_choices(&self.users))).required().show(t))
                div.actions { (button(&t.handovers_next())) }
            }
        }
    }

    /// The second step: to whom, when, and which of them.
    fn what(&self, page: &Page, form: &HandoverForm, errors: &[FieldError]) -> Markup {
        let t = page.t();
        let from = self.users.iter().find(|user| user.id.to_string() == form.get("from"));
        let others: Vec<User> =
            self.users.iter().filter(|user| user.active && Some(user.id) != from.map(|user| user.id)).cloned().collect();
        let title = t.handovers_accounts_of(self.open.len(), from.map_or("–", |user| user.name.as_str()));
        html! {
            (error_summary(t, errors))
            form #field-from method="post" action=(url::HANDOVERS) {
                input type="hidden" name="from" value=(form.get("from"));
                div.columns {
                    (section(4, &t.handovers_to_whom(), "", html! {
                        div.form {
                            (Field::new("to", t.handovers_to(), Input::Select(&user_choices(&others))).value(form.get("to")).errors(errors).show(t))
                            (Field::new("on", t.handovers_on(), Input::Day).value(form.get("on")).errors(errors).show(t))
                            (Field::new("note", t.handovers_note(), Input::Text("text")).value(form.get("note")).errors(errors).show(t))
                        }
                    }))
                    (section(8, &title, "", self.accounts(page, form)))
                }
                @if !self.open.is_empty() { div.actions { (button(&t.handovers_do())) } }
            }
        }
    }

    fn accounts(&self, page: &Page, form: &HandoverForm) -> Markup {
        let t = page.t();
        html! {
            div #field-accounts {
                @if self.open.is_empty() { p.quiet { (t.handovers_nothing()) } }
                @else { div.scroll { table.table.table--words {
                    thead { tr { th {} th { (t.nav_accounts()) } th { (t.assignments_roles()) } th { (t.handovers_account_note()) } } }
                    tbody { @for open in &self.open {
                        @let (tick, note) = (format!("account-{}", open.account.id), format!("note-{}", open.account.id));
                        tr {
                            td.pick { input #(tick) type="checkbox" name=(tick) value="on" checked[form.get(&tick) == "on"] aria-label=(name(&open.account)); }
                            td { label for=(tick) { (name(&open.account)) } }
                            td.name.full { (role_names(t, &open.roles)) }
                            td.wrap data-label=(t.handovers_account_note()) { input type="text" name=(note) value=(form.get(&note)) aria-label=(t.handovers_note_of(name(&open.account))); }
                        }
                    } }
                } } }
            }
            p.sub.remark {
                @if page.viewer.may(Right::AssignTeams) { a href=(url::NEW_HANDOVER) { (t.handovers_other()) } " · " }
                (t.handovers_hint())
            }
        }
    }
}
