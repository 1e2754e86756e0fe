//! The model: which criteria count how much; its earlier versions; the criteria there are.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::abc::Class;
use kontor_domain::rights::Right;
use kontor_domain::scoring::criterion::{Criterion, Kind, Scale};
use kontor_domain::scoring::model::{Advice, Model};
use kontor_domain::scoring::portfolio::Axis;
use maud::{Markup, html};
use serde::Deserialize;

use super::parts;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::forms::{Typed, model_form, parse_model};
use crate::scoring::store::{Made, StoredCriterion, StoredModel};
use crate::valuation::pages::frame;
use crate::web::components::{Field, Input, button, error_summary, headline, link_button, notice, section};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::texts::Texts;
use crate::web::url;

/// Which version.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ModelQuery {
    version: Option<i64>,
}

pub(super) async fn show(State(office): State<Office>, page: Page, Query(query): Query<ModelQuery>) -> Result<Markup, Fault> {
    let models = actions::models(&office, &page.viewer).await?;
    let criteria = actions::criteria(&office, &page.viewer).await?;
    let newest = models.first().ok_or(Fault::NotFound)?;
    let shown = match query.version {
        Some(version) => models.iter().find(|model| model.id == version).ok_or(Fault::NotFound)?,
        None => newest,
    };
    let form = (shown.id == newest.id).then(|| model_form(&shown.model));
    Ok(page.render(&page.t().scoring_model(), model_page(&page, &models, shown, &criteria, form.as_ref(), &[])))
}

pub(super) async fn change(State(office): State<Office>, page: Page, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let criteria = actions::criteria(&office, &page.viewer).await?;
    let offered: Vec<StoredCriterion> = criteria.iter().filter(|known| !known.is_archived).cloned().collect();
    let set = match parse_model(&form, &offered) {
        Ok((model, note)) => actions::set_model(&office, &page.viewer, model, note).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match set {
        Ok(version) => {
            page.flash(Flash::done(page.t().scoring_model_set(version))).await?;
            Ok(Redirect::to(url::MODEL).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let models = actions::models(&office, &page.viewer).await?;
            let newest = models.first().ok_or(Fault::NotFound)?;
            let main = model_page(&page, &models, newest, &criteria, Some(&form), &errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&page.t().scoring_model(), main)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

fn model_page(
    page: &Page,
    models: &[StoredModel],
    shown: &StoredModel,
    criteria: &[StoredCriterion],
    form: Option<&Typed>,
    errors: &[FieldError],
) -> Markup {
    let t = page.t();
    let may_define = page.viewer.may(Right::DefineScoring);
    let newest = models.first().map(|model| model.id);
    let sub = html! { (made(page, &shown.made)) @if !shown.note.is_empty() { " · " (shown.note) } };
    let actions = html! { @if may_define { (link_button("/valuation/criteria/new", &t.scoring_criterion_add(), false)) } };
    html! {
        (headline(&[(url::SCORES, &t.valuation_tab_scores())], t.scoring_model_version(shown.id), sub, actions))
        (frame::sections(page, url::SCORES))
        @if Some(shown.id) != newest { (notice("info", html! { p { (t.scoring_model_old()) " " a href=(url::MODEL) { (t.scoring_model_to_newest()) } } })) }
        (advice(t, &shown.model))
        div.columns {
            @match form.filter(|_| may_define) {
                Some(form) => (section(12, &t.scoring_weights(), "", edit(page, criteria, form, errors))),
                None => { (section(8, &t.scoring_weights(), "", weights(t, &shown.model))) (section(4, &t.scoring_thresholds(), "", thresholds(t, &shown.model))) },
            }
            (section(12, &t.scoring_versions(), "", versions(page, models)))
        }
    }
}

/// Who made a version and when.
pub fn made(page: &Page, made: &Made) -> String {
    if made.is_given() { page.t().scoring_given() } else { page.t().scoring_made(made.by.as_str(), page.locale().instant(made.at)) }
}

/// What one should think about, of a model in force.
fn advice(t: &Texts, model: &Model) -> Markup {
    let advice = model.advice();
    let say = |advice: &Advice| match advice {
        Advice::CriteriaCount(count) => t.scoring_advice_count(*count),
        Advice::Light(place) => t.scoring_advice_light(model.criteria[*place].criterion.name.in_language(t.language())),
        Advice::EmptyAxis(axis) => t.scoring_advice_axis(axis_name(t, *axis)),
    };
    html! { @if !advice.is_empty() { (notice("warning", html! { ul { @for advice in &advice { li { (say(advice)) } } } })) } }
}

/// What an axis of the portfolio is called.
pub fn axis_name(t: &Texts, axis: Axis) -> String {
    match axis {
        Axis::Attractiveness => t.scoring_axis_attractiveness(),
        Axis::Position => t.scoring_axis_position(),
    }
}

fn weights(t: &Texts, model: &Model) -> Markup {
    html! {
        div.scroll { table.table.table--words {
            thead { tr { th { (t.scoring_criterion()) } th.num { (t.scoring_weight()) } th { (t.scoring_axis()) } th { (t.scoring_how()) } } }
            tbody { @for weighted in &model.criteria { tr {
                td { a href=(url::criterion(weighted.criterion_id)) { (weighted.criterion.name.in_language(t.language())) } }
                td.num { (t.locale().percent(f64::from(weighted.weight) / 100.0, 0)) }
                td { @if let Some(axis) = weighted.axis { (axis_name(t, axis)) } }
                td.wrap.quiet { (how(t, &weighted.criterion)) }
            } } }
        } }
    }
}

/// How points come about, in few words.
pub fn how(t: &Texts, criterion: &Criterion) -> String {
    match &criterion.kind {
        Kind::Metric { metric, scale: Scale::Breakpoints(at) } => {
            let values: Vec<String> =
                at.iter().map(|value| if metric.is_money() { t.locale().short(*value) } else { t.locale().quantity(*value) }).collect();
            t.scoring_how_breakpoints(parts::metric_name(t, *metric), values.join(" · "))
        }
        Kind::Metric { metric, scale: Scale::Percentiles(at) } => {
            let values: Vec<String> = at.iter().map(|value| t.locale().percent(f64::from(*value) / 100.0, 0)).collect();
            t.scoring_how_percentiles(parts::metric_name(t, *metric), values.join(" · "))
        }
        Kind::Rated { .. } => t.scoring_how_rated(),
        Kind::YesNo { .. } => t.scoring_how_yes_no(),
    }
}

fn thresholds(t: &Texts, model: &Model) -> Markup {
    let facts = [
        (t.scoring_least_coverage(), t.locale().percent(f64::from(model.least_coverage) / 100.0, 0)),
        (t.scoring_suggest_from(), model.suggest_from.to_string()),
        (t.scoring_suggest_class(), model.suggest_class.to_string()),
        (t.scoring_keep_from(), model.keep_from.to_string()),
        (t.scoring_attractive_from(), model.attractive_from.to_string()),
        (t.scoring_strong_from(), model.strong_from.to_string()),
    ];
    html! { dl.facts { @for (name, value) in facts { dt { (name) } dd { (value) } } } }
}

fn edit(page: &Page, criteria: &[StoredCriterion], form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let (shown, archived): (Vec<&StoredCriterion>, Vec<&StoredCriterion>) = criteria.iter().partition(|known| !known.is_archived);
    let axes = [
        ("", t.scoring_axis_none()),
        (Axis::Attractiveness.name(), axis_name(t, Axis::Attractiveness)),
        (Axis::Position.name(), axis_name(t, Axis::Position)),
    ];
    let classes: Vec<(String, String)> = Class::ALL.map(|class| (class.to_string(), class.to_string())).to_vec();
    let number = |name: &'static str, label: String, hint: String| {
        Field::new(name, label, Input::Text("text")).value(form.get(name)).hint(hint).required().errors(errors).show(t)
    };
    html! {
        p.sub { (t.scoring_weights_text()) }
        (error_summary(t, errors))
        form.stack method="post" action=(url::MODEL) data-sum="100" {
            div.scroll { table.table.table--words.table--form #field-criteria {
                thead { tr { th { (t.scoring_criterion()) } th.num { (t.scoring_weight_percent()) } th { (t.scoring_axis()) } th { (t.scoring_how()) } } }
                tbody { @for known in shown {
                    @let name = known.criterion.name.in_language(t.language());
                    tr {
                        td.name { a href=(url::criterion(known.id)) { (name) } }
                        td.num data-label=(t.scoring_weight_percent()) { input.short type="text" inputmode="numeric" name={ "weight." (known.id) } value=(form.get(&format!("weight.{}", known.id))) aria-label={ (name) ": " (t.scoring_weight()) } data-summand; }
                        td data-label=(t.scoring_axis()) { select name={ "axis." (known.id) } aria-label={ (name) ": " (t.scoring_axis()) } {
                            @for (value, label) in &axes { option value=(value) selected[*value == form.get(&format!("axis.{}", known.id))] { (label) } }
                        } }
                        td.wrap.quiet { (how(t, &known.criterion)) }
                    }
                } }
                tfoot { tr { td { (t.scoring_sum()) } td.num data-label=(t.scoring_weight_percent()) { output data-total { (sum(form)) } } td {} td {} } }
            } }
            div.form--grid {
                (number("least_coverage", t.scoring_least_coverage(), t.scoring_least_coverage_hint()))
                (number("suggest_from", t.scoring_suggest_from(), t.scoring_suggest_from_hint()))
                (Field::new("suggest_class", t.scoring_suggest_class(), Input::Select(&classes)).value(form.get("suggest_class")).errors(errors).show(t))
                (number("keep_from", t.scoring_keep_from(), t.scoring_keep_from_hint()))
                (number("attractive_from", t.scoring_attractive_from(), t.scoring_axis_hint()))
                (number("strong_from", t.scoring_strong_from(), t.scoring_axis_hint()))
            }
            div.form { (Field::new("note", t.scoring_model_note(), Input::Text("text")).value(form.get("note")).errors(errors).show(t)) }
            div.actions { (button(&t.scoring_model_save())) }
        }
        @if !archived.is_empty() {
            p.sub { (t.scoring_archived()) " " @for (place, known) in archived.iter().enumerate() { @if place > 0 { ", " } a href=(url::criterion(known.id)) { (known.criterion.name.in_language(t.language())) } } }
        }
    }
}

fn sum(form: &Typed) -> i64 {
    form.numbered("weight.").filter_map(|(_, weight)| weight.parse::<i64>().ok()).sum()
}

fn versions(page: &Page, models: &[StoredModel]) -> Markup {
    let t = page.t();
    html! {
        ul.list { @for model in models { li {
            span { a href=(format!("{}?version={}", url::MODEL, model.id)) { (t.scoring_model_version(model.id)) } " " span.quiet { (made(page, &model.made)) } }
            span.why { (model.note) }
        } } }
    }
}
