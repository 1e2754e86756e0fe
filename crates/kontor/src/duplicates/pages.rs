//! The report of duplicates, two accounts side by side, and the merges.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::account::Key;
use kontor_domain::duplicates::{REPORTED_FROM, Reason};
use kontor_domain::rights::Right;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{self, Kind, Suspects};
use super::forms::{parse_form, parse_score};
use super::humans;
use super::store::Merge;
use crate::accounts::actions::{Sheet, show as sheet};
use crate::accounts::pages::name;
use crate::accounts::pages::values::{keys, label, shown};
use crate::accounts::store::Account;
use crate::fault::Fault;
use crate::office::Office;
use crate::web::components::{button, headline, link_button, notice, post_button, post_fields, tabs};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// How many pairs a page shows.
pub(super) const PAIRS: usize = 100;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::EditAccounts), "/duplicates", index)
        .get(Guard::Needs(Right::MergeRecords), "/duplicates/merge", compare)
        .post(Guard::Needs(Right::MergeRecords), "/duplicates/merge", merge)
        .post(Guard::Needs(Right::MergeRecords), "/duplicates/dismiss", dismiss)
        .get(Guard::Needs(Right::EditAccounts), "/duplicates/merges", merges)
        .post(Guard::Needs(Right::MergeRecords), "/duplicates/merges/{id}/undo", undo)
        .merge(humans::pages::routes())
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ReportQuery {
    pub score: Option<String>,
}

async fn index(State(office): State<Office>, page: Page, Query(query): Query<ReportQuery>) -> Result<Markup, Fault> {
    let score = parse_score(query.score.as_deref())?;
    let suspects = actions::report(&office, &page.viewer, score).await?;
    Ok(page.render(&page.t().duplicates_title(), index_page(&page, &suspects, score)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PairQuery {
    pub kept: i64,
    pub gone: i64,
}

async fn compare(State(office): State<Office>, page: Page, Query(pair): Query<PairQuery>) -> Result<Markup, Fault> {
    if pair.kept == pair.gone {
        return Err(Fault::NotFound);
    }
    let (kept, gone) = (sheet(&office, &page.viewer, pair.kept).await?, sheet(&office, &page.viewer, pair.gone).await?);
    Ok(page.render(&page.t().duplicates_merge_title(), compare_page(&page, &kept, &gone)))
}

async fn merge(State(office): State<Office>, page: Page, Form(form): Form<BTreeMap<String, String>>) -> Result<Redirect, Fault> {
    let wanted = parse_form(&form)?;
    actions::merge(&office, &page.viewer, &wanted).await?;
    page.flash(Flash::done(page.t().duplicates_merged())).await?;
    Ok(Redirect::to(&format!("{}/master", url::account(wanted.kept))))
}

async fn dismiss(State(office): State<Office>, page: Page, Form(pair): Form<PairQuery>) -> Result<Redirect, Fault> {
    actions::dismiss(&office, &page.viewer, pair.kept, pair.gone).await?;
    page.flash(Flash::done(page.t().duplicates_dismissed())).await?;
    Ok(Redirect::to(url::DUPLICATES))
}

async fn merges(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let merges = actions::merges(&office, &page.viewer).await?;
    Ok(page.render(&page.t().duplicates_merges(), merges_page(&page, &merges)))
}

async fn undo(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    match actions::undo(&office, &page.viewer, id).await {
        Ok(merge) => page.flash(Flash::done(page.t().duplicates_undone(merge.kept_name.as_str(), merge.gone_name.as_str()))).await?,
        Err(Fault::Conflict(reason)) => page.flash(Flash::warning(reason.message(page.t()))).await?,
        Err(fault) => return Err(fault),
    }
    Ok(Redirect::to(&format!("{}/merges", url::DUPLICATES)))
}

fn index_page(page: &Page, suspects: &[Suspects], score: u8) -> Markup {
    let t = page.t();
    let may_merge = page.viewer.may(Right::MergeRecords);
    let scores = [50, 60, REPORTED_FROM, 80, 90];
    html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts())], t.duplicates_finding(suspects.len()), t.duplicates_sub(), link_button("/duplicates/merges", &t.duplicates_merges(), false)))
        (kinds(page, false))
        form.filter action=(url::DUPLICATES) data-auto-submit {
            label { (t.duplicates_score_from()) select name="score" { @for of in scores { option value=(of) selected[of == score] { (of) } } } }
            button.button { (t.audit_filter()) }
        }
        @if suspects.is_empty() { p.quiet { (t.duplicates_none_text()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th.num { (t.duplicates_score()) } th { (t.duplicates_one()) } th { (t.duplicates_other()) } th { (t.duplicates_why()) } th {} } }
                tbody { @for suspects in suspects.iter().take(PAIRS) { (pair_row(page, suspects, may_merge)) } }
            } }
            @if suspects.len() > PAIRS { p.quiet { (t.duplicates_more(suspects.len() - PAIRS)) } }
        }
    }
}

/// Accounts or people.
pub(super) fn kinds(page: &Page, is_people: bool) -> Markup {
    let t = page.t();
    let all =
        [(url::DUPLICATES.to_owned(), t.nav_accounts(), !is_people), (url::PEOPLE_DUPLICATES.to_owned(), t.people_title(), is_people)];
    tabs(&t.duplicates_title(), &all)
}

fn pair_row(page: &Page, suspects: &Suspects, may_merge: bool) -> Markup {
    let t = page.t();
    let (first, second) = (&suspects.first, &suspects.second);
    let account = |account: &Account| {
        html! {
            td.wrap { a href=(url::account(account.id)) { (name(account)) } br; span.quiet { (place(account)) } }
        }
    };
    let ids = [suspects.pair.first.to_string(), suspects.pair.second.to_string()];
    html! {
        tr {
            td.num data-label=(t.duplicates_score()) { (suspects.pair.score) }
            (account(first)) (account(second))
            td.wrap { (reasons(t, &suspects.pair.reasons)) }
            td.num { @if may_merge {
                a href=(url::with_query("/duplicates/merge", &[("kept", &ids[0]), ("gone", &ids[1])])) { (t.duplicates_compare()) } " "
                (post_fields("/duplicates/dismiss", &[("kept", &ids[0]), ("gone", &ids[1])], &t.duplicates_dismiss(), "button button--link", None))
            } }
        }
    }
}

fn place(account: &Account) -> String {
    let master = &account.master;
    let number = account.numbers.first().map(|number| number.number.clone());
    let city = [&master.postal_code, &master.city].map(|part| part.as_deref().unwrap_or_default()).join(" ").trim().to_owned();
    [number, master.street.clone(), Some(city)].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

pub(super) fn reasons(t: &Texts, reasons: &[Reason]) -> String {
    let said = |reason: &Reason| t.by_key(&format!("reason-{}", reason.name())).unwrap_or_else(|| reason.name().to_owned());
    reasons.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Both side by side; for each field that differs the one to keep is chosen.
fn compare_page(page: &Page, kept: &Sheet, gone: &Sheet) -> Markup {
    let t = page.t();
    let swapped = url::with_query("/duplicates/merge", &[("kept", &gone.account.id.to_string()), ("gone", &kept.account.id.to_string())]);
    let (ours, theirs) = (kept.account.record(), gone.account.record());
    let rows: Vec<(Key, Option<String>, Option<String>)> = keys(&kept.fields)
        .into_iter()
        .map(|key| (key.clone(), ours.value(&key), theirs.value(&key)))
        .filter(|(_, a, b)| a.is_some() || b.is_some())
        .collect();
    html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (url::DUPLICATES, &t.duplicates_title())], t.duplicates_merge_title(), t.duplicates_merge_sub(name(&gone.account), name(&kept.account)), link_button(&swapped, &t.duplicates_swap(), false)))
        (notice("info", html! { p { (t.duplicates_merge_note()) } }))
        form method="post" action="/duplicates/merge" {
            input type="hidden" name="kept" value=(kept.account.id);
            input type="hidden" name="gone" value=(gone.account.id);
            div.scroll { table.table.table--choose {
                thead { tr { th {} th { (t.duplicates_kept()) } th { (t.duplicates_gone()) } } }
                tbody {
                    @for (key, ours, theirs) in &rows { (field_row(page, kept, gone, key, ours.as_deref(), theirs.as_deref())) }
                    tr { th { (t.accounts_numbers()) } td { (numbers(&kept.account)) } td { (numbers(&gone.account)) } }
                    tr { th { (t.accounts_addresses()) } td { (kept.addresses.len()) } td { (gone.addresses.len()) } }
                }
            } }
            div.actions { (button(&t.duplicates_merge_do())) a.button href=(url::DUPLICATES) { (t.web_cancel()) } }
        }
    }
}

fn field_row(page: &Page, kept: &Sheet, gone: &Sheet, key: &Key, ours: Option<&str>, theirs: Option<&str>) -> Markup {
    let t = page.t();
    let name = format!("take.{key}");
    let value = |value: Option<&str>| value.map_or_else(|| "–".to_owned(), |value| shown(t, key, value, &kept.fields));
    let is_choice = ours != theirs && *key != Key::Tags;
    // What is known beats what is not.
    let takes_theirs = ours.is_none();
    let cell = |id: i64, text: String, is_chosen: bool| {
        html! {
            td.wrap {
                @if is_choice { label.choice { input type="radio" name=(name) value=(id) checked[is_chosen]; " " (text) } }
                @else { (text) }
            }
        }
    };
    html! {
        tr {
            th scope="row" { (label(t, key, &kept.fields)) @if *key == Key::Tags { " " span.quiet { (t.duplicates_both()) } } }
            (cell(kept.account.id, value(ours), !takes_theirs))
            (cell(gone.account.id, value(theirs), takes_theirs))
        }
    }
}

fn numbers(account: &Account) -> String {
    let numbers: Vec<String> = account.numbers.iter().map(|number| format!("{} ({})", number.number, number.source)).collect();
    if numbers.is_empty() { "–".to_owned() } else { numbers.join(", ") }
}

fn merges_page(page: &Page, merges: &[Merge]) -> Markup {
    let t = page.t();
    let may_merge = page.viewer.may(Right::MergeRecords);
    html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (url::DUPLICATES, &t.duplicates_title())], t.duplicates_merges(), t.duplicates_merges_sub(), ""))
        @if merges.is_empty() { p.quiet { (t.duplicates_merges_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.audit_when()) } th { (t.audit_who()) } th { (t.duplicates_kind()) } th { (t.duplicates_kept()) } th { (t.duplicates_gone()) } th {} } }
                tbody { @for merge in merges { tr {
                    td { (page.locale().instant(merge.at)) }
                    td { (merge.by_name) }
                    td { (match merge.kind { Kind::Account => t.duplicates_one(), Kind::Person => t.duplicates_one_person() }) }
                    td.wrap data-label=(t.duplicates_kept()) { a href=(match merge.kind { Kind::Account => url::account(merge.kept_id), Kind::Person => url::person(merge.kept_id) }) { (merge.kept_name) } }
                    td.wrap data-label=(t.duplicates_gone()) { (merge.gone_name) }
                    td.num {
                        @if let Some(at) = merge.undone_at { span.quiet { (t.duplicates_undone_on(page.locale().date(at.date_naive()))) } }
                        @else if may_merge { (post_button(&format!("/duplicates/merges/{}/undo", merge.id), &t.duplicates_undo(), "button button--link", Some(&t.duplicates_undo_sure()))) }
                    }
                } } }
            } }
        }
    }
}
