//! My accounts.

use axum::extract::State;
use kontor_domain::cadence::State as Standing;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::actions::{self, Mine, Own};
use crate::cadence::pages::{last_contact, state_badge};
use crate::fault::Fault;
use crate::interactions::pages::{new_address, steps_list};
use crate::office::Office;
use crate::web::components::{class_badge, delta, empty_state, headline, link_button, section};
use crate::web::context::Page;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Needs(Right::SeeFigures), url::MY, show)
}

async fn show(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let t = page.t();
    let mine = actions::mine(&office, &page.viewer, &page.settings).await?;
    let is_waiting = |own: &&Own| !own.people.is_empty() || own.contact.is_some_and(|contact| contact.standing.state != Standing::Fine);
    let waiting = mine.accounts.iter().filter(is_waiting).count();
    let title = if mine.accounts.is_empty() { t.home_none() } else { t.home_finding(mine.accounts.len(), waiting) };
    let buttons = html! {
        (link_button("/cadence", &t.cadence_title(), false))
        @if page.viewer.may(Right::ChangeOwnTeams) {
            (link_button(&url::with_query(url::NEW_HANDOVER, &[("from", page.viewer.user_id.to_string())]), &t.handovers_new(), false))
        }
    };
    let main = html! {
        @if mine.accounts.is_empty() {
            (empty_state(&title, &t.home_none_sub(), html! { (link_button(url::ACCOUNTS, &t.nav_accounts(), true)) }))
        } @else {
            (headline(&[], &title, t.home_sub(), buttons))
            (accounts(&page, &mine))
        }
        @if !mine.steps.is_empty() {
            (section(12, &t.home_steps(mine.steps.len()), "", steps_list(&page, &mine.names, &mine.steps, office.today(), true, url::MY)))
        }
    };
    Ok(page.render(&t.nav_my(), main))
}

fn accounts(page: &Page, mine: &Mine) -> Markup {
    let t = page.t();
    let may_log = page.viewer.may(Right::LogInteractions);
    html! {
        div.scroll { table.table.table--words {
            thead { tr {
                th { (t.interactions_account()) } th { (t.cadence_class()) } th.num { (t.valuation_revenue()) } th.num { (t.valuation_growth()) }
                th { (t.cadence_last()) } th { (t.cadence_next()) } th { (t.interactions_step()) } @if may_log { th {} }
            } }
            tbody { @for own in &mine.accounts { (row(page, mine, own, may_log)) } }
        } }
    }
}

fn row(page: &Page, mine: &Mine, own: &Own, may_log: bool) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        tr {
            td.name { a href=(url::account(own.account_id)) { (mine.names.account(own.account_id)) } }
            td { @if let Some(class) = own.class { (class_badge(class)) } }
            @match own.revenue {
                Some((revenue, growth)) => { td.num { (locale.compact(revenue, page.settings.currency)) } td.num { (delta(t, locale, growth)) } }
                None => { td.num.quiet { "–" } td.num {} }
            }
            @match &own.contact {
                Some(contact) => {
                    td.name data-label=(t.cadence_last()) { (last_contact(t, locale, &contact.standing)) }
                    td.name data-label=(t.cadence_next()) {
                        @if let Some(day) = contact.standing.due_on { (locale.date(day)) " " } (state_badge(t, &contact.standing))
                        @for waiting in &own.people { @if let Some(id) = waiting.person_id {
                            br; a href=(url::person(id)) { (mine.names.person(id).unwrap_or("–")) } " " (state_badge(t, &waiting.standing))
                        } }
                    }
                }
                None => { td.quiet { "–" } td.quiet { (t.cadence_no_rule()) } }
            }
            td.wrap data-label=[(!own.steps.is_empty()).then(|| t.interactions_step())] {
                @if let Some(step) = own.steps.first().map(|first| &first.step) {
                    (step.text)
                    @if let Some(due) = step.due { span.quiet { " · " (locale.date(due)) } }
                    @if own.steps.len() > 1 { span.quiet { " " (t.home_more_steps(own.steps.len() - 1)) } }
                }
            }
            @if may_log { td.num { a href=(new_address(own.account_id, "visit", url::MY)) { (t.interactions_log_visit()) } } }
        }
    }
}
