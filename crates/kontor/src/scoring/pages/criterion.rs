//! One criterion: what its points mean, its versions, changing it; and adding one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use kontor_domain::scoring::criterion::{Criterion, Kind, LedgerMetric};
use maud::{Markup, html};
use serde::Deserialize;

use super::model::{how, made};
use super::parts;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::forms::{ANCHORS_DE, ANCHORS_EN, AT, Typed, criterion_form, parse_criterion};
use crate::scoring::store::StoredCriterion;
use crate::valuation::pages::frame;
use crate::web::components::{Field, Input, button, error_summary, headline, link_button, section};
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::texts::Texts;
use crate::web::url;

/// What kind of criterion is to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewQuery {
    kind: String,
}

pub(super) async fn new(page: Page, Query(query): Query<NewQuery>) -> Result<Markup, Fault> {
    let mut form = Typed::default();
    form.set("kind", if query.kind.is_empty() { "rated" } else { &query.kind });
    form.set("scale", "breakpoints");
    Ok(new_page(&page, &form, &[]))
}

pub(super) async fn add(State(office): State<Office>, page: Page, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let added = match parse_criterion(&form, page.locale()) {
        Ok(criterion) => actions::add_criterion(&office, &page.viewer, criterion).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match added {
        Ok(_) => {
            page.flash(Flash::done(page.t().scoring_criterion_added())).await?;
            Ok(Redirect::to(url::MODEL).into_response())
        }
        Err(Fault::Invalid(errors)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, new_page(&page, &form, &errors)).into_response()),
        Err(fault) => Err(fault),
    }
}

fn new_page(page: &Page, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let kinds = [("rated", t.scoring_kind_rated()), ("yes_no", t.scoring_kind_yes_no()), ("metric", t.scoring_kind_metric())];
    let main = html! {
        (headline(&[(url::SCORES, &t.valuation_tab_scores()), (url::MODEL, &t.scoring_model())], t.scoring_criterion_add(), t.scoring_criterion_add_sub(), ""))
        p.actions.kinds { @for (kind, label) in &kinds { (link_button(&format!("/valuation/criteria/new?kind={kind}"), label, *kind == form.get("kind"))) } }
        (fields(page, "/valuation/criteria", form, errors))
    };
    page.render(&t.scoring_criterion_add(), main)
}

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let versions = actions::criterion(&office, &page.viewer, id).await?;
    let form = versions.first().map(|newest| criterion_form(&newest.criterion, page.locale())).unwrap_or_default();
    Ok(show_page(&page, &versions, &form, &[]))
}

pub(super) async fn change(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let changed = match parse_criterion(&form, page.locale()) {
        Ok(criterion) => actions::change_criterion(&office, &page.viewer, id, criterion).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match changed {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(&url::criterion(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let versions = actions::criterion(&office, &page.viewer, id).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show_page(&page, &versions, &form, &errors)).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// Whether it is offered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ArchiveForm {
    archived: String,
}

pub(super) async fn archive(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<ArchiveForm>,
) -> Result<Redirect, Fault> {
    actions::archive_criterion(&office, &page.viewer, id, form.archived == "yes").await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(&url::criterion(id)))
}

fn show_page(page: &Page, versions: &[StoredCriterion], form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let Some(newest) = versions.first() else { return html! {} };
    let name = newest.criterion.name.in_language(t.language());
    let may_define = page.viewer.may(Right::DefineScoring);
    let actions = html! {
        @if may_define {
            form.inline method="post" action={ (url::criterion(newest.id)) "/archive" } {
                input type="hidden" name="archived" value=(if newest.is_archived { "no" } else { "yes" });
                button.button { (if newest.is_archived { t.scoring_criterion_offer() } else { t.scoring_criterion_archive() }) }
            }
        }
    };
    let main = html! {
        (headline(&[(url::SCORES, &t.valuation_tab_scores()), (url::MODEL, &t.scoring_model())], name, "", actions))
        (frame::sections(page, url::SCORES))
        div.columns {
            (section(6, &t.scoring_steps(), "", steps(t, &newest.criterion)))
            (section(6, &t.scoring_versions(), "", html! { ul.list { @for version in versions { li {
                span { (t.scoring_version(version.version)) " " span.quiet { (made(page, &version.made)) } }
                // The newest one stands beside this list, step by step.
                @if version.version != newest.version { span.why { (how(t, &version.criterion)) } }
            } } } }))
            @if may_define { (section(12, &t.scoring_criterion_change(), "", html! {
                p.sub { (t.scoring_criterion_change_text()) }
                (fields(page, &url::criterion(newest.id), form, errors))
            })) }
        }
    };
    page.render(name, main)
}

/// What each step means.
fn steps(t: &Texts, criterion: &Criterion) -> Markup {
    let steps: Vec<(u8, String)> = match &criterion.kind {
        Kind::Metric { .. } => Vec::new(),
        kind => (0..=5)
            .rev()
            .filter(|step| kind.takes(*step))
            .map(|step| (step, kind.anchor(step).map(|words| words.in_language(t.language()).to_owned()).unwrap_or_default()))
            .collect(),
    };
    html! {
        @if steps.is_empty() { p { (how(t, criterion)) } p.quiet { (t.scoring_steps_metric()) } }
        @else { dl.facts { @for (step, text) in steps { dt.num { (step) } dd { (text) } } } }
    }
}

fn fields(page: &Page, action: &str, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let text =
        |name: &'static str, label: String| Field::new(name, label, Input::Text("text")).value(form.get(name)).errors(errors).show(t);
    let metrics: Vec<(String, String)> =
        LedgerMetric::ALL.iter().map(|&metric| (metric.name().to_owned(), parts::metric_name(t, metric))).collect();
    let scales = [("breakpoints".to_owned(), t.scoring_scale_breakpoints()), ("percentiles".to_owned(), t.scoring_scale_percentiles())];
    let steps: &[usize] = if form.get("kind") == "yes_no" { &[0, 5] } else { &[0, 1, 2, 3, 4, 5] };
    html! {
        (error_summary(t, errors))
        form.stack #field-kind method="post" action=(action) {
            input type="hidden" name="kind" value=(form.get("kind"));
            div.form--grid { (text("name_de", t.scoring_name_de())) (text("name_en", t.scoring_name_en())) }
            @if form.get("kind") == "metric" {
                div.form--grid {
                    (Field::new("metric", t.scoring_metric(), Input::Select(&metrics)).value(form.get("metric")).errors(errors).show(t))
                    (Field::new("scale", t.scoring_scale(), Input::Select(&scales)).value(form.get("scale")).hint(t.scoring_scale_hint()).errors(errors).show(t))
                }
                div.form--grid.form--five { @for (step, name) in (1..).zip(AT) { (text(name, t.scoring_at(step))) } }
            } @else {
                div.form--grid { @for &step in steps { (text(ANCHORS_DE[step], t.scoring_anchor_de(step))) (text(ANCHORS_EN[step], t.scoring_anchor_en(step))) } }
            }
            div.actions { (button(&t.web_save())) }
        }
    }
}
