//! The valuation of one account: its score explained, its ratings, and rating it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use kontor_domain::group::Level;
use kontor_domain::rights::Right;
use kontor_domain::scoring::change::effects;
use kontor_domain::scoring::criterion::{Criterion, Kind};
use maud::{Markup, html};

use super::parts;
use crate::accounts::pages::{Part, frame, name};
use crate::accounts::store::Account;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::forms::{Typed, parse_ratings, usual_review};
use crate::scoring::store::{Rating, StoredCriterion};
use crate::scoring::table::Table;
use crate::web::components::{Figure, error_summary, figures, notice, post_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::url;

/// The account with what its page shows.
struct View {
    account: Account,
    table: Option<Arc<Table>>,
    last: Option<Arc<Table>>,
    criteria: Vec<StoredCriterion>,
    ratings: Vec<Rating>,
    today: NaiveDate,
}

impl View {
    async fn load(office: &Office, page: &Page, id: i64) -> Result<View, Fault> {
        let viewer = &page.viewer;
        Ok(View {
            account: actions::account(office, viewer, id).await?,
            ratings: actions::ratings(office, viewer, id).await?,
            table: actions::present(office, viewer, &page.settings, Level::Account).await?,
            last: actions::last_kept(office, viewer, Level::Account, None).await?,
            criteria: actions::criteria(office, viewer).await?,
            today: office.today(),
        })
    }

    /// The criteria that people rate: those of the model, and others with a rating of this account.
    fn rated(&self) -> Vec<(i64, &Criterion)> {
        let in_model = |id: i64| {
            self.table.as_ref().is_some_and(|table| table.model.model.criteria.iter().any(|weighted| weighted.criterion_id == id))
        };
        let has_rating = |id: i64| self.ratings.iter().any(|rating| rating.criterion_id == id);
        let rated = self.criteria.iter().filter(|known| known.criterion.kind.is_rated() && (in_model(known.id) || has_rating(known.id)));
        rated.map(|known| (known.id, &known.criterion)).collect()
    }
}

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let view = View::load(&office, &page, id).await?;
    Ok(page.render(name(&view.account), main(&page, &view, &opening(&view, &page), &[])))
}

/// The rating form as it opens: with the viewer's own ratings.
fn opening(view: &View, page: &Page) -> Typed {
    let mut form = Typed::default();
    let locale = page.locale();
    for (id, _) in view.rated() {
        let own = view
            .ratings
            .iter()
            .find(|rating| rating.criterion_id == id && rating.rater_id == page.viewer.user_id && rating.ended_at.is_none());
        form.set(format!("value.{id}"), own.map(|own| own.value.to_string()).unwrap_or_default());
        form.set(format!("evidence.{id}"), own.map(|own| own.evidence.as_str()).unwrap_or_default());
        let review = own.map_or_else(|| Some(usual_review(view.today)), |own| own.review_on.filter(|review| *review > view.today));
        form.set(format!("review.{id}"), review.map(|review| locale.date(review)).unwrap_or_default());
    }
    form
}

pub(super) async fn rate(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let rated = match parse_ratings(&form, page.locale(), office.today()) {
        Ok(inputs) => actions::rate(&office, &page.viewer, id, inputs).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match rated {
        Ok(()) => {
            page.flash(Flash::done(page.t().scoring_rated())).await?;
            Ok(Redirect::to(&url::account_valuation(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let view = View::load(&office, &page, id).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(name(&view.account), main(&page, &view, &form, &errors))).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn withdraw(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    let account_id = actions::withdraw_rating(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().scoring_withdrawn())).await?;
    Ok(Redirect::to(&url::account_valuation(account_id)))
}

fn main(page: &Page, view: &View, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let place = view.table.as_ref().and_then(|table| table.find(view.account.id).map(|index| (table, index)));
    let actions = html! {
        a.button href=(url::account_standing(view.account.id)) { (t.web_key_account()) }
        button.button type="button" data-print { (t.web_print()) }
    };
    html! {
        (frame(page, &view.account, Part::Valuation, actions))
        @match place {
            Some((table, index)) => {
                (key_figures(page, view, table, index))
                div.columns {
                    (section(12, &t.scoring_where_from(), html! { a href=(url::MODEL) { (t.scoring_model_version(table.model.id)) } }, explained(page, table, index)))
                    (changed(page, view, table, index))
                    (rating_sections(page, view, form, errors))
                }
            }
            None => {
                (notice("info", html! { p { (t.scoring_nothing_known()) } }))
                div.columns { (rating_sections(page, view, form, errors)) }
            }
        }
    }
}

fn rating_sections(page: &Page, view: &View, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    html! {
        (section(12, &t.scoring_ratings(), "", ratings(page, view)))
        @if page.viewer.may(Right::Rate) { (section(12, &t.scoring_rate_title(), "", rate_form(page, view, form, errors))) }
    }
}

fn key_figures(page: &Page, view: &View, table: &Table, index: usize) -> Markup {
    let (t, locale, row) = (page.t(), page.locale(), &table.rows[index]);
    let model = &table.model.model;
    let note = match row.place {
        Some(_) => t.scoring_of_hundred(),
        None => t.scoring_too_little_for(model.least_coverage),
    };
    let known = table.cells(index).iter().filter(|cell| cell.points.is_some()).count();
    let rank = row.place.map_or_else(|| "–".to_owned(), |place| locale.integer(place.rank));
    let range = match row.place {
        Some(place) if place.best == place.worst => t.scoring_rank_steady(table.ranked()),
        Some(place) => t.scoring_rank_note(table.ranked(), place.best, place.worst),
        None => t.scoring_not_ranked(),
    };
    let last = view.last.as_ref().and_then(|last| last.find(row.account_id).map(|place| (last, &last.rows[place])));
    let change = last.and_then(|(last, before)| Some((last, row.scored.score?.value() - before.scored.score?.value())));
    let since = change
        .and_then(|(last, _)| last.run.as_ref())
        .map(|run| t.scoring_since(locale.date(run.made_at.with_timezone(&chrono::Local).date_naive())));
    let stance = table.stance(index);
    figures(&[
        Figure::new(t.scoring_score(), parts::score_text(locale, row.scored.score), note),
        Figure::new(t.scoring_coverage(), locale.percent(row.scored.coverage, 0), t.scoring_known_of(known, table.cells(index).len()))
            .warning(row.place.is_none()),
        Figure::new(t.valuation_rank(), rank, range),
        Figure::new(
            t.scoring_change(),
            change.map_or_else(|| "–".to_owned(), |(_, change)| parts::difference_text(locale, change)),
            since.unwrap_or_else(|| t.scoring_no_last()),
        ),
        Figure::new(
            t.scoring_stance(),
            stance.map_or_else(|| "–".to_owned(), |stance| parts::stance_name(t, stance)),
            html! { a href=(url::MATRIX) { (t.valuation_tab_matrix()) } },
        ),
    ])
}

/// Each criterion with its weight, its points, what they rest on and what they bring.
pub fn explained(page: &Page, table: &Table, index: usize) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let criteria = &table.model.model.criteria;
    let points = table.points(index);
    let brought = kontor_domain::scoring::contributions(&table.model.model.weights(), &points);
    let widest = criteria.iter().map(|weighted| weighted.weight).max().unwrap_or_default();
    let row = &table.rows[index];
    html! {
        div.scroll { table.table.table--words.table--points {
            thead { tr {
                th { (t.scoring_criterion()) } th.num { (t.scoring_weight()) } th.num { (t.scoring_points()) } th { (t.scoring_because()) }
                th { (t.scoring_contribution()) } th.num { (t.scoring_brings()) }
            } }
            tbody { @for ((weighted, cell), brought) in criteria.iter().zip(table.cells(index)).zip(&brought) { tr {
                td.name { a href=(url::criterion(weighted.criterion_id)) { (weighted.criterion.name.in_language(t.language())) } }
                td.num data-label=(t.scoring_weight()) { (locale.percent(f64::from(weighted.weight) / 100.0, 0)) }
                td.num data-label=(t.scoring_points()) { @match cell.points { Some(points) => (parts::points_text(locale, points)), None => "–" } }
                td.wrap { (parts::because(t, &weighted.criterion, cell, table.currency)) }
                td.bar { (parts::contribution_bar(weighted.weight, cell.points, widest)) }
                td.num data-label=(t.scoring_brings()) { @match brought { Some(brought) => (parts::one_decimal(locale, *brought)), None => "–" } }
            } } }
            tfoot { tr {
                td { (t.scoring_sum()) } td.num data-label=(t.scoring_weight()) { (locale.percent(1.0, 0)) } td {} td.wrap { (if row.scored.coverage < 1.0 { t.scoring_formula(locale.percent(row.scored.coverage, 0)) } else { t.scoring_formula_whole() }) } td {}
                td.num data-label=(t.scoring_brings()) { (parts::score_text(locale, row.scored.score)) }
            } }
        } }
    }
}

/// What changed since last time, and by which criteria.
fn changed(page: &Page, view: &View, table: &Table, index: usize) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let Some((last, before)) = view.last.as_ref().and_then(|last| last.find(view.account.id).map(|before| (last, before))) else {
        return html! {};
    };
    let effects = effects(&last.parts(before), &table.parts(index));
    let name = |id: i64| {
        let known = view.criteria.iter().find(|known| known.id == id);
        known.map_or_else(|| id.to_string(), |known| known.criterion.name.in_language(t.language()).to_owned())
    };
    let points =
        |points: Option<kontor_domain::scoring::Points>| points.map_or_else(|| "–".to_owned(), |points| parts::points_text(locale, points));
    let title = match (last.rows[before].scored.score, table.rows[index].scored.score) {
        (Some(was), Some(is)) => t.scoring_changed_from(parts::score_text(locale, Some(was)), parts::score_text(locale, Some(is))),
        _ => t.scoring_changed(),
    };
    section(
        12,
        &title,
        html! { @if let Some(run) = &last.run { a href=(format!("{}?run={}", url::SCORES, run.id)) { (locale.instant(run.made_at)) } } },
        html! {
            @if effects.is_empty() { p.quiet { (t.scoring_changed_nothing()) } }
            @else { ul.list { @for effect in &effects { li {
                span { (name(effect.criterion_id)) " " span.quiet { (points(effect.before)) " → " (points(effect.after)) } }
                span.num { (parts::difference(locale, effect.effect)) }
            } } } }
        },
    )
}

/// All ratings by criterion: who, what, when, on what evidence.
fn ratings(page: &Page, view: &View) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let counted = |id: i64| view.ratings.iter().filter(move |rating| rating.criterion_id == id && rating.ended_at.is_none());
    let ended: Vec<&Rating> = view.ratings.iter().filter(|rating| rating.ended_at.is_some()).collect();
    let may_withdraw =
        |rating: &Rating| page.viewer.may(Right::Rate) && (rating.rater_id == page.viewer.user_id || page.viewer.may(Right::DefineScoring));
    let name_of = |id: i64| view.criteria.iter().find(|known| known.id == id).map(|known| &known.criterion);
    let row = |criterion: &Criterion, rating: &Rating| {
        html! { tr {
            td.name { (criterion.name.in_language(t.language())) }
            td { (rating.rater_name) }
            td.wrap { (value_text(page, criterion, rating.value)) }
            td.wrap { @if rating.evidence.is_empty() { span.quiet { (t.scoring_no_evidence()) } } @else { (rating.evidence) } }
            td data-label=(t.scoring_rated_on()) { (locale.date(rating.rated_on)) }
            td data-label=(t.scoring_review()) {
                @if let Some(review) = rating.review_on {
                    @if rating.ended_at.is_none() && review < view.today { span.badge.badge--warn { (t.scoring_stale()) } " " }
                    (locale.date(review))
                }
            }
            td.num { @if rating.ended_at.is_none() && may_withdraw(rating) {
                (post_button(&format!("/ratings/{}/withdraw", rating.id), &t.scoring_withdraw(), "button button--link", Some(&t.scoring_withdraw_sure())))
            } }
        } }
    };
    let head = || {
        html! { thead { tr {
            th { (t.scoring_criterion()) } th { (t.scoring_rater()) } th { (t.scoring_rating()) } th { (t.scoring_evidence()) } th { (t.scoring_rated_on()) } th { (t.scoring_review()) } th {}
        } } }
    };
    let any = view.ratings.iter().any(|rating| rating.ended_at.is_none());
    html! {
        @if !any { p.quiet { (t.scoring_ratings_none()) } }
        @else { div.scroll { table.table.table--words {
            (head())
            tbody { @for (id, criterion) in view.rated() { @for rating in counted(id) { (row(criterion, rating)) } } }
        } } }
        @if !ended.is_empty() {
            details.figures-table { summary { (t.scoring_ratings_ended(ended.len())) } div.scroll { table.table.table--words {
                (head())
                tbody { @for rating in ended { @if let Some(criterion) = name_of(rating.criterion_id) { (row(criterion, rating)) } } }
            } } }
        }
    }
}

/// A rating with what it means.
fn value_text(page: &Page, criterion: &Criterion, value: u8) -> Markup {
    let t = page.t();
    let anchor = criterion.kind.anchor(value).map(|words| words.in_language(t.language()));
    match &criterion.kind {
        Kind::YesNo { .. } => html! { strong { (if value == 0 { t.web_no() } else { t.web_yes() }) } },
        _ => html! { strong { (value) } @if let Some(anchor) = anchor { " " span.quiet { (anchor) } } },
    }
}

fn rate_form(page: &Page, view: &View, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let rated: Vec<(i64, &Criterion)> = view.rated();
    let said = |name: &str| errors.iter().find(|error| error.field == name).map(|error| error.page_message(t));
    let input = |name: &str, label: String| {
        let error = said(name);
        html! {
            input #{ "field-" (name) } type="text" name=(name) value=(form.get(name)) aria-label=(label) aria-invalid=[error.is_some().then_some("true")];
            @if let Some(error) = error { p.field__error { (error) } }
        }
    };
    html! {
        (error_summary(t, errors))
        form.stack method="post" action=(format!("/accounts/{}/ratings", view.account.id)) {
            div.scroll { table.table.table--words.table--form #field-ratings {
                thead { tr { th { (t.scoring_criterion()) } th { (t.scoring_rating()) } th { (t.scoring_evidence()) } th { (t.scoring_review()) } } }
                tbody { @for (id, criterion) in rated {
                    @let label = criterion.name.in_language(t.language());
                    tr {
                        td { (label) }
                        td { @let name = format!("value.{id}"); select #{ "field-" (name) } name=(name) aria-label={ (label) ": " (t.scoring_rating()) } aria-invalid=[said(&name).map(|_| "true")] {
                            @let chosen = form.get(&name);
                            option value="" { "–" }
                            @for step in 0..=5_u8 { @if criterion.kind.takes(step) {
                                option value=(step) selected[step.to_string() == chosen] { (option_text(page, criterion, step)) }
                            } }
                        } }
                        td.wrap { (input(&format!("evidence.{id}"), format!("{label}: {}", t.scoring_evidence()))) }
                        td { (input(&format!("review.{id}"), format!("{label}: {}", t.scoring_review()))) }
                    }
                } }
            } }
            p.actions { button.button.button--main { (t.scoring_rate_save()) } }
        }
    }
}

/// A step with its meaning, for a list to choose from.
fn option_text(page: &Page, criterion: &Criterion, step: u8) -> String {
    let t = page.t();
    let anchor = criterion.kind.anchor(step).map(|words| words.in_language(t.language()).to_owned());
    match (&criterion.kind, anchor) {
        (Kind::YesNo { .. }, _) => {
            if step == 0 {
                t.web_no()
            } else {
                t.web_yes()
            }
        }
        (_, Some(anchor)) => format!("{step} – {anchor}"),
        (_, None) => step.to_string(),
    }
}
