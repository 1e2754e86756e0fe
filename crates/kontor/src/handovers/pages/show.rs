//! Handovers that were made, and one of them as a page to print.

use axum::extract::State;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::role_names;
use crate::accounts::pages::name;
use crate::fault::Fault;
use crate::handovers::actions::{self, Briefing, Shown, ShownAccount};
use crate::office::Office;
use crate::web::components::{empty_state, headline, link_button};
use crate::web::context::{Page, Path};
use crate::web::url;

pub(super) async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let all = actions::list(&office, &page.viewer).await?;
    let (t, locale) = (page.t(), page.locale());
    let action = html! { @if page.viewer.may(Right::AssignTeams) { (link_button(url::NEW_HANDOVER, &t.handovers_new(), true)) } };
    let main = html! {
        (headline(&[(url::WORKLOAD, &t.nav_workload())], t.handovers_count(all.len()), t.handovers_sub(), action))
        @if all.is_empty() { (empty_state(&t.handovers_none(), &t.handovers_new_sub(), "")) }
        @else { div.scroll { table.table.table--words {
            thead { tr { th { (t.handovers_on()) } th { (t.handovers_from()) } th { (t.handovers_to()) } th.num { (t.nav_accounts()) } } }
            tbody { @for shown in &all { tr {
                td { a href=(url::handover(shown.handover.id)) { (locale.date(shown.handover.on)) } }
                td data-label=(t.handovers_from()) { (shown.from) }
                td data-label=(t.handovers_to()) { (shown.to) }
                td.num data-label=(t.nav_accounts()) { (locale.integer(shown.accounts.len() as i64)) }
            } } }
        } } }
    };
    Ok(page.render(&t.handovers_title(), main))
}

pub(super) async fn one(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let shown = actions::show(&office, &page.viewer, id).await?;
    let briefing = actions::briefing(&office, &page.viewer, &shown).await?;
    Ok(one_page(&page, &shown, &briefing))
}

fn one_page(page: &Page, shown: &Shown, briefing: &Briefing) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let title = t.handovers_of(shown.from.as_str(), shown.to.as_str());
    let sub = html! { (t.handovers_page_sub(shown.accounts.len(), locale.date(shown.handover.on), shown.handover.by.as_str())) };
    let print = html! { button.button type="button" data-print { (t.web_print()) } };
    let crumbs: Vec<(&str, String)> = match page.viewer.may(Right::SeeWorkload) {
        true => vec![(url::WORKLOAD, t.nav_workload()), (url::HANDOVERS, t.handovers_title())],
        false => Vec::new(),
    };
    let has_notes = shown.accounts.iter().any(|handed| handed.note.is_some());
    let crumbs: Vec<(&str, &str)> = crumbs.iter().map(|(href, label)| (*href, label.as_str())).collect();
    let main = html! {
        (headline(&crumbs, &title, sub, print))
        @if let Some(note) = &shown.handover.note { p.remark { (note) } }
        div.scroll { table.table.table--words.handed {
            thead { tr { th { (t.nav_accounts()) } th { (t.assignments_roles()) } th { (t.handovers_people()) } th { (t.handovers_last_contact()) } th { (t.handovers_steps()) } @if has_notes { th { (t.handovers_account_note()) } } } }
            tbody { @for handed in &shown.accounts { (account_row(page, handed, briefing, has_notes)) } }
        } }
    };
    page.render(&title, main)
}

fn account_row(page: &Page, handed: &ShownAccount, briefing: &Briefing, has_notes: bool) -> Markup {
    let (t, locale, id) = (page.t(), page.locale(), handed.account.id);
    let master = &handed.account.master;
    let place = [master.postal_code.as_deref(), master.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let people = briefing.people.iter().filter(|(_, employment)| employment.role.account_id == Some(id));
    let steps = briefing.steps.iter().filter(|open| open.account_id == id);
    let last = briefing.last_contacts.get(&id);
    html! {
        tr {
            td.wrap { a href=(url::account(id)) { (name(&handed.account)) } br; span.quiet { (place) } }
            td.name { (role_names(t, &handed.roles)) }
            td.wrap.handed__people data-label=(t.handovers_people()) { @for (place, (person, employment)) in people.enumerate() {
                @if place > 0 { br; }
                (person.data.full_name()) @if !employment.role.function.is_empty() { span.quiet { ", " (employment.role.function) } }
            } }
            td data-label=(t.handovers_last_contact()) { @match last { Some(day) => (locale.date(*day)), None => "–" } }
            td.wrap data-label=(t.handovers_steps()) { @for (place, open) in steps.enumerate() {
                @if place > 0 { br; }
                @if let Some(due) = open.step.due { (locale.date(due)) ": " }
                (open.step.text)
            } }
            @if has_notes { td.wrap { (handed.note.as_deref().unwrap_or_default()) } }
        }
    }
}
