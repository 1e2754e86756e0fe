//! One interaction with all that hangs on it.

use axum::extract::State;
use kontor_domain::audit::FieldChange;
use kontor_domain::interaction::is_late;
use maud::{Markup, html};

use super::{address, confidentiality_badge, kind_name, timeline_address};
use crate::accounts::pages::name;
use crate::fault::{Fault, FieldError};
use crate::interactions::actions::{self, Shown};
use crate::interactions::attachments::{BYTES_MAX, media};
use crate::interactions::names::Names;
use crate::office::Office;
use crate::web::components::{button, error_summary, facts, headline, link_button, notice, post_button, section};
use crate::web::context::{Page, Path};
use crate::web::url;

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    self::page(&office, &page, id, &[]).await
}

/// The page; `errors` are about files that were not attached.
pub(super) async fn page(office: &Office, page: &Page, id: i64, errors: &[FieldError]) -> Result<Markup, Fault> {
    let shown = actions::show(office, &page.viewer, id).await?;
    let mut persons = shown.interaction.entry.persons.clone();
    for change in shown.history.iter().flat_map(|version| &version.changes).filter(|change| change.field == "person") {
        persons.extend(
            [&change.before, &change.after].into_iter().flatten().flat_map(|ids| ids.split(',')).filter_map(|id| id.parse::<i64>().ok()),
        );
    }
    let names = Names::of_ids(office, &page.viewer, [shown.account.id], persons).await?;
    let view = View { page, shown: &shown, names: &names, office };
    let title = view.title();
    let main = html! {
        (view.head(&title))
        div.columns {
            (section(8, &page.t().interactions_outcome(), "", view.said()))
            (section(4, &page.t().interactions_facts(), "", view.facts()))
            (section(8, &page.t().interactions_files(), "", view.files(errors)))
            @if !shown.history.is_empty() { (section(12, &page.t().interactions_history(), "", view.history())) }
        }
    };
    Ok(page.render(&title, main))
}

struct View<'a> {
    page: &'a Page,
    shown: &'a Shown,
    names: &'a Names,
    office: &'a Office,
}

impl View<'_> {
    fn title(&self) -> String {
        let entry = &self.shown.interaction.entry;
        if entry.purpose.is_empty() { kind_name(self.page.t(), entry.kind) } else { entry.purpose.clone() }
    }

    fn head(&self, title: &str) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let (interaction, id) = (&self.shown.interaction, self.shown.interaction.id);
        let (account, timeline) = (url::account(self.shown.account.id), timeline_address(self.shown.account.id));
        let crumbs = [(url::ACCOUNTS, t.nav_accounts()), (&account, name(&self.shown.account).to_owned()), (&timeline, t.timeline_title())];
        let crumbs: Vec<(&str, &str)> = crumbs.iter().map(|(href, label)| (*href, label.as_str())).collect();
        let title = html! { (title) " " (confidentiality_badge(t, interaction.entry.confidentiality)) };
        let sub = t.interactions_logged_by(interaction.author.as_str(), locale.instant(interaction.created_at));
        let buttons = html! {
            @if self.shown.may_change {
                @if interaction.archived_at.is_some() {
                    (post_button(&format!("{}/restore", address(id)), &t.interactions_unarchive(), "button", None))
                } @else {
                    (post_button(&format!("{}/archive", address(id)), &t.interactions_archive(), "button", Some(&t.interactions_archive_sure())))
                    (link_button(&format!("{}/edit", address(id)), &t.interactions_change(), true))
                }
            }
        };
        html! {
            (headline(&crumbs, title, sub, buttons))
            @if let Some(at) = interaction.archived_at {
                (notice("warning", html! { p { (t.interactions_archived_on(locale.instant(at))) } }))
            }
        }
    }

    fn said(&self) -> Markup {
        let t = self.page.t();
        let entry = &self.shown.interaction.entry;
        html! {
            div.stack {
                @if entry.outcome.is_empty() { p.quiet { "–" } }
                @else { div.prose { @for paragraph in entry.outcome.split("\n\n") { p.lines { (paragraph) } } } }
                @if let Some(step) = &entry.step {
                    div.step {
                        h3 { (t.interactions_step()) }
                        p { (step.text) (self.due(step)) }
                        (self.step_button(step))
                    }
                }
            }
        }
    }

    fn due(&self, step: &crate::interactions::forms::Step) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        html! {
            @if let Some(due) = step.due {
                " · " (t.interactions_step_by(locale.date(due)))
                @if self.shown.interaction.step_done_at.is_none() && is_late(due, self.office.today()) { " " span.badge.badge--loss { (t.interactions_late()) } }
            }
            @if let Some(user_id) = step.user_id { " · " (self.names.user(user_id)) }
            @if let Some(at) = self.shown.interaction.step_done_at { " · " span.gain { (t.interactions_step_done_on(locale.instant(at))) } }
        }
    }

    fn step_button(&self, step: &crate::interactions::forms::Step) -> Markup {
        let (t, interaction) = (self.page.t(), &self.shown.interaction);
        let may = (self.shown.may_change || step.user_id == Some(self.page.viewer.user_id)) && interaction.archived_at.is_none();
        let is_done = interaction.step_done_at.is_some();
        html! {
            @if may {
                form.inline method="post" action=(format!("{}/step", address(interaction.id))) {
                    input type="hidden" name="done" value=(if is_done { "no" } else { "yes" });
                    button.button { @if is_done { (t.interactions_step_reopen()) } @else { (t.interactions_step_finish()) } }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let entry = &self.shown.interaction.entry;
        let day = match entry.time() {
            Some(time) => format!("{}, {}", locale.date(entry.day), time.format("%H:%M")),
            None => locale.date(entry.day),
        };
        let users: Vec<&str> = entry.users.iter().map(|&id| self.names.user(id)).collect();
        let confidentiality = t.by_key(&format!("interactions-confidentiality-{}", entry.confidentiality.name())).unwrap_or_default();
        let mut rows = vec![
            (t.interactions_kind(), html! { (kind_name(t, entry.kind)) }),
            (t.interactions_day(), html! { (day) }),
            (t.interactions_minutes(), html! { (locale.integer(i64::from(entry.minutes))) }),
            (t.interactions_persons(), self.persons()),
        ];
        if !entry.others.is_empty() {
            rows.push((t.interactions_others(), html! { (entry.others) }));
        }
        rows.push((t.interactions_users(), html! { @if users.is_empty() { "–" } @else { (users.join(", ")) } }));
        rows.push((t.interactions_confidentiality(), html! { (confidentiality) }));
        facts(&rows)
    }

    fn persons(&self) -> Markup {
        let t = self.page.t();
        let persons = &self.shown.interaction.entry.persons;
        let seen: Vec<(i64, &str)> = persons.iter().filter_map(|&id| Some((id, self.names.person(id)?))).collect();
        let hidden = persons.len() - seen.len();
        html! {
            @if persons.is_empty() { "–" }
            @for (place, (id, name)) in seen.iter().enumerate() { @if place > 0 { ", " } a href=(url::person(id)) { (name) } }
            @if hidden > 0 { " " span.quiet { (t.interactions_hidden(hidden)) } }
        }
    }

    fn files(&self, errors: &[FieldError]) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let id = self.shown.interaction.id;
        let may_change = self.shown.may_change && self.shown.interaction.archived_at.is_none();
        html! {
            div.stack {
                @if self.shown.attachments.is_empty() { p.quiet { (t.interactions_files_none()) } }
                @else {
                    ul.picks {
                        @for file in &self.shown.attachments {
                            li {
                                a href=(format!("/attachments/{}", file.id)) download { (file.name) }
                                " " span.quiet { (t.interactions_kilobytes(locale.integer(file.size_bytes.div_ceil(1024)))) }
                                @if may_change {
                                    " " (post_button(&format!("/attachments/{}/archive", file.id), &t.interactions_file_archive(), "button button--link", Some(&t.interactions_file_archive_sure())))
                                }
                            }
                        }
                    }
                }
                @if may_change {
                    (error_summary(t, errors))
                    form.form method="post" action=(format!("{}/files", address(id))) enctype="multipart/form-data" {
                        div.field {
                            label for="field-files" { (t.interactions_files_add()) }
                            input #field-files type="file" name="files" multiple required aria-describedby="files-hint" aria-invalid=[(!errors.is_empty()).then_some("true")];
                            p.field__hint #files-hint { (t.interactions_files_hint(BYTES_MAX / 1024 / 1024, media::ALLOWED)) }
                        }
                        div.actions { (button(&t.interactions_files_add())) }
                    }
                }
            }
        }
    }

    fn history(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        html! {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.audit_when()) } th { (t.audit_who()) } th { (t.audit_details()) } } }
                tbody { @for version in &self.shown.history { tr {
                    td { (locale.instant(version.at)) }
                    td { (version.by) }
                    td.wrap { @for (place, change) in version.changes.iter().enumerate() {
                        @if place > 0 { br; }
                        span.quiet { (t.by_key(&format!("interactions-field-{}", change.field)).unwrap_or_else(|| change.field.clone())) ": " }
                        (self.value(change, change.before.as_deref())) " → " (self.value(change, change.after.as_deref()))
                    } }
                } } }
            } }
        }
    }

    /// A stored value in the reader's words.
    fn value(&self, change: &FieldChange, value: Option<&str>) -> String {
        let (t, locale) = (self.page.t(), self.page.locale());
        let Some(value) = value else { return "–".to_owned() };
        let by_name = |prefix: &str| t.by_key(&format!("{prefix}-{value}")).unwrap_or_else(|| value.to_owned());
        let ids = || value.split(',').filter_map(|id| id.parse::<i64>().ok());
        match change.field.as_str() {
            "kind" => by_name("interactions-kind"),
            "confidentiality" => by_name("interactions-confidentiality"),
            "day" | "step_due" => value.parse().map_or_else(|_| value.to_owned(), |day| locale.date(day)),
            "person" => ids().map(|id| self.names.person(id).unwrap_or("–")).collect::<Vec<_>>().join(", "),
            "user" | "step_user" => ids().map(|id| self.names.user(id)).collect::<Vec<_>>().join(", "),
            "account" => ids().map(|id| self.names.account(id)).collect::<Vec<_>>().join(", "),
            _ if value.chars().count() > 200 => value.chars().take(200).chain(['…']).collect(),
            _ => value.to_owned(),
        }
    }
}
