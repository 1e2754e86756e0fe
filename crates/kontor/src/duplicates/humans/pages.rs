//! The report of people who were entered twice, and two of them side by side.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Redirect;
use kontor_domain::duplicates::REPORTED_FROM;
use kontor_domain::person::Birthday;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::{Someone, Suspects, Wanted};
use crate::audit::details::people::field_name;
use crate::duplicates::forms::{parse_person_form, parse_score};
use crate::duplicates::humans;
use crate::duplicates::pages::{PAIRS, PairQuery, ReportQuery, kinds, reasons};
use crate::fault::Fault;
use crate::office::Office;
use crate::people::actions::{Shown, show};
use crate::people::pages::tongues;
use crate::people::store::Employment;
use crate::web::components::{button, headline, link_button, notice, post_fields};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::EditPeople), url::PEOPLE_DUPLICATES, index)
        .get(Guard::Needs(Right::MergeRecords), "/duplicates/people/merge", compare)
        .post(Guard::Needs(Right::MergeRecords), "/duplicates/people/merge", merge)
        .post(Guard::Needs(Right::MergeRecords), "/duplicates/people/dismiss", dismiss)
}

async fn index(State(office): State<Office>, page: Page, Query(query): Query<ReportQuery>) -> Result<Markup, Fault> {
    let score = parse_score(query.score.as_deref())?;
    let suspects = humans::report(&office, &page.viewer, score).await?;
    Ok(page.render(&page.t().duplicates_title(), index_page(&page, &suspects, score)))
}

async fn compare(State(office): State<Office>, page: Page, Query(pair): Query<PairQuery>) -> Result<Markup, Fault> {
    if pair.kept == pair.gone {
        return Err(Fault::NotFound);
    }
    let (kept, gone) = (show(&office, &page.viewer, pair.kept).await?, show(&office, &page.viewer, pair.gone).await?);
    Ok(page.render(&page.t().duplicates_merge_title(), compare_page(&page, &kept, &gone)))
}

async fn merge(State(office): State<Office>, page: Page, Form(form): Form<BTreeMap<String, String>>) -> Result<Redirect, Fault> {
    let wanted: Wanted = parse_person_form(&form)?;
    humans::merge(&office, &page.viewer, &wanted).await?;
    page.flash(Flash::done(page.t().duplicates_merged())).await?;
    Ok(Redirect::to(&url::person(wanted.kept)))
}

async fn dismiss(State(office): State<Office>, page: Page, Form(pair): Form<PairQuery>) -> Result<Redirect, Fault> {
    humans::dismiss(&office, &page.viewer, pair.kept, pair.gone).await?;
    page.flash(Flash::done(page.t().duplicates_dismissed())).await?;
    Ok(Redirect::to(url::PEOPLE_DUPLICATES))
}

fn index_page(page: &Page, suspects: &[Suspects], score: u8) -> Markup {
    let t = page.t();
    let may_merge = page.viewer.may(Right::MergeRecords);
    let scores = [50, 60, REPORTED_FROM, 80, 90];
    html! {
        (headline(&[(url::PEOPLE, &t.people_title())], t.duplicates_finding_people(suspects.len()), t.duplicates_people_sub(), link_button("/duplicates/merges", &t.duplicates_merges(), false)))
        (kinds(page, true))
        form.filter action=(url::PEOPLE_DUPLICATES) data-auto-submit {
            label { (t.duplicates_score_from()) select name="score" { @for of in scores { option value=(of) selected[of == score] { (of) } } } }
            button.button { (t.audit_filter()) }
        }
        @if suspects.is_empty() { p.quiet { (t.duplicates_none_people_text()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th.num { (t.duplicates_score()) } th { (t.duplicates_one_person()) } th { (t.duplicates_other_person()) } th { (t.duplicates_why()) } th {} } }
                tbody { @for suspects in suspects.iter().take(PAIRS) { (pair_row(page, suspects, may_merge)) } }
            } }
            @if suspects.len() > PAIRS { p.quiet { (t.duplicates_more(suspects.len() - PAIRS)) } }
        }
    }
}

fn pair_row(page: &Page, suspects: &Suspects, may_merge: bool) -> Markup {
    let t = page.t();
    let someone = |someone: &Someone| {
        let function = someone.employment.as_ref().map(|employment| employment.role.function.as_str()).unwrap_or_default();
        let place = [function, &someone.company].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ");
        html! { td.wrap { a href=(url::person(someone.person.id)) { (someone.person.data.full_name()) } br; span.quiet { (place) } } }
    };
    let ids = [suspects.pair.first.to_string(), suspects.pair.second.to_string()];
    html! {
        tr {
            td.num data-label=(t.duplicates_score()) { (suspects.pair.score) }
            (someone(&suspects.first)) (someone(&suspects.second))
            td.wrap { (reasons(t, &suspects.pair.reasons)) }
            td.num { @if may_merge {
                a href=(url::with_query("/duplicates/people/merge", &[("kept", &ids[0]), ("gone", &ids[1])])) { (t.duplicates_compare()) } " "
                (post_fields("/duplicates/people/dismiss", &[("kept", &ids[0]), ("gone", &ids[1])], &t.duplicates_dismiss(), "button button--link", None))
            } }
        }
    }
}

/// Both side by side; for each field that differs the one to keep is chosen.
fn compare_page(page: &Page, kept: &Shown, gone: &Shown) -> Markup {
    let t = page.t();
    let (ours, theirs) = (&kept.person, &gone.person);
    let swapped = url::with_query("/duplicates/people/merge", &[("kept", &theirs.id.to_string()), ("gone", &ours.id.to_string())]);
    let fields = ours.data.fields().into_iter().zip(theirs.data.fields());
    html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (url::PEOPLE_DUPLICATES, &t.duplicates_title())], t.duplicates_merge_title(), t.duplicates_merge_sub(ours.data.full_name(), theirs.data.full_name()), link_button(&swapped, &t.duplicates_swap(), false)))
        (notice("info", html! { p { (t.duplicates_merge_people_note()) } }))
        form method="post" action="/duplicates/people/merge" {
            input type="hidden" name="kept" value=(ours.id);
            input type="hidden" name="gone" value=(theirs.id);
            div.scroll { table.table.table--choose {
                thead { tr { th {} th { (t.duplicates_kept()) } th { (t.duplicates_gone()) } } }
                tbody {
                    @for ((field, ours_value), (_, theirs_value)) in fields { @if ours_value.is_some() || theirs_value.is_some() {
                        (field_row(page, (ours.id, theirs.id), field, ours_value.as_deref(), theirs_value.as_deref()))
                    } }
                    tr { th scope="row" { (t.people_channels()) " " span.quiet { (t.duplicates_both()) } } td.wrap { (channels(kept)) } td.wrap { (channels(gone)) } }
                    tr { th scope="row" { (t.people_employments()) " " span.quiet { (t.duplicates_both()) } } td.wrap { (employments(kept)) } td.wrap { (employments(gone)) } }
                }
            } }
            div.actions { (button(&t.duplicates_merge_do())) a.button href=(url::PEOPLE_DUPLICATES) { (t.web_cancel()) } }
        }
    }
}

fn field_row(page: &Page, (kept, gone): (i64, i64), field: &str, ours: Option<&str>, theirs: Option<&str>) -> Markup {
    let name = format!("take.{field}");
    // What is known beats what is not.
    let takes_theirs = ours.is_none();
    let cell = |id: i64, value: Option<&str>, is_chosen: bool| {
        let text = value.map_or_else(|| "–".to_owned(), |value| shown(page, field, value));
        html! {
            td.wrap {
                @if ours != theirs { label.choice { input type="radio" name=(name) value=(id) checked[is_chosen]; " " (text) } }
                @else { (text) }
            }
        }
    };
    html! { tr { th scope="row" { (field_name(page.t(), field)) } (cell(kept, ours, !takes_theirs)) (cell(gone, theirs, takes_theirs)) } }
}

/// A stored value in words.
fn shown(page: &Page, field: &str, value: &str) -> String {
    let said = match field {
        "salutation" | "formality" => page.t().by_key(&format!("{field}-{value}")),
        "languages" => Some(tongues(page.t(), value.split(' '))),
        "birthday" => value.parse::<Birthday>().ok().map(|birthday| page.locale().birthday(birthday)),
        _ => None,
    };
    said.unwrap_or_else(|| value.to_owned())
}

fn channels(shown: &Shown) -> Markup {
    html! { @if shown.channels.is_empty() { "–" } @for channel in &shown.channels { div { (channel.value) } } }
}

fn employments(shown: &Shown) -> Markup {
    let place = |employment: &Employment| {
        let company = shown.company(&employment.role);
        [employment.role.function.as_str(), &company].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
    };
    html! { @if shown.employments.is_empty() { "–" } @for employment in &shown.employments { div { (place(employment)) } } }
}
