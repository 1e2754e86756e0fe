//! Pages of settings and currency rates.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::group::Level;
use kontor_domain::period::PeriodChoice;
use kontor_domain::rights::Right;
use kontor_domain::sight::Visibility;
use maud::{Markup, html};

use super::actions;
use super::forms::{RateForm, SettingsForm};
use super::store::StoredRate;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::web::components::{Field, Input, button, error_summary, error_summary_within, headline, link_button, post_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::format::Locale;
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get(Guard::Needs(Right::SeeSettings), "/settings", show)
        .post(Guard::Needs(Right::ChangeSettings), "/settings", change)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/rates", set_rate)
        .post(Guard::Needs(Right::ChangeSettings), "/settings/rates/{id}/remove", remove_rate)
}

async fn show(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let (settings, rates) = actions::show(&office, &page.viewer).await?;
    Ok(show_page(&page, &SettingsForm::of(&settings), &RateForm::default(), &rates, &[], &[]))
}

async fn change(State(office): State<Office>, page: Page, Form(form): Form<SettingsForm>) -> Result<Response, Fault> {
    match form.parse() {
        Ok(after) => {
            actions::change(&office, &page.viewer, after).await?;
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::SETTINGS).into_response())
        }
        Err(errors) => {
            let (_, rates) = actions::show(&office, &page.viewer).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show_page(&page, &form, &RateForm::default(), &rates, &errors, &[])).into_response())
        }
    }
}

async fn set_rate(State(office): State<Office>, page: Page, Form(form): Form<RateForm>) -> Result<Response, Fault> {
    let set = match form.parse(page.locale()) {
        Ok(rate) => actions::set_rate(&office, &page.viewer, rate).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match set {
        Ok(()) => {
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::SETTINGS).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let (settings, rates) = actions::show(&office, &page.viewer).await?;
            let body = show_page(&page, &SettingsForm::of(&settings), &form, &rates, &[], &errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn remove_rate(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::remove_rate(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().web_saved())).await?;
    Ok(Redirect::to(url::SETTINGS))
}

/// The name of a period as chosen.
pub fn period_name(t: &Texts, locale: Locale, choice: PeriodChoice) -> String {
    match choice {
        PeriodChoice::Last12 => t.period_last12(),
        PeriodChoice::Last12To(day) => t.period_last12_to(locale.date(day)),
        PeriodChoice::All => t.period_all(),
        PeriodChoice::Year(year) => t.period_year(year.to_string()),
        PeriodChoice::FiscalYear(year) => t.period_fiscal(year.to_string()),
        PeriodChoice::Days(period) => t.period_days(locale.date(period.from()), locale.date(period.to())),
    }
}

/// The name of what counts as one customer.
pub fn level_name(t: &Texts, level: Level) -> String {
    match level {
        Level::Account => t.level_account(),
        Level::Group => t.level_group(),
    }
}

/// The full name of a month of any year, 1–12.
pub fn month_name(t: &Texts, month: u32) -> String {
    t.by_key(&format!("settings-month-{month}")).unwrap_or_else(|| month.to_string())
}

fn show_page(
    page: &Page,
    form: &SettingsForm,
    rate: &RateForm,
    rates: &[StoredRate],
    errors: &[FieldError],
    rate_errors: &[FieldError],
) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[], t.settings_title(), t.settings_sub(), link_button(url::FIELDS, &t.settings_fields(), false)))
        div.columns {
            (section(6, &t.settings_company(), "", settings_form(page, form, errors)))
            (section(6, &t.settings_rates_title(), "", rates_region(page, rate, rates, rate_errors)))
        }
    };
    page.render(&t.settings_title(), main)
}

fn settings_form(page: &Page, form: &SettingsForm, errors: &[FieldError]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let months: Vec<(String, String)> = (1..=12).map(|month| (month.to_string(), month_name(t, month))).collect();
    let mut periods: Vec<(String, String)> =
        [PeriodChoice::Last12, PeriodChoice::All].map(|choice| (choice.to_string(), period_name(t, locale, choice))).to_vec();
    if !periods.iter().any(|(value, _)| *value == form.period) {
        periods.push((form.period.clone(), form.period.clone()));
    }
    let levels: Vec<(String, String)> = Level::ALL.iter().map(|&level| (level.to_string(), level_name(t, level))).collect();
    html! {
        (error_summary(t, errors))
        form.form method="post" action=(url::SETTINGS) {
            (Field::new("company", t.settings_company(), Input::Text("text")).value(&form.company).required().errors(errors).show(t))
            (Field::new("fiscal_start", t.settings_fiscal_start(), Input::Select(&months)).value(&form.fiscal_start).errors(errors).show(t))
            (Field::new("currency", t.settings_currency(), Input::Short).value(&form.currency).required().errors(errors).show(t))
            (Field::new("threshold_a", t.settings_threshold_a(), Input::Short).value(&form.threshold_a).hint(t.settings_thresholds_hint()).required().errors(errors).show(t))
            (Field::new("threshold_b", t.settings_threshold_b(), Input::Short).value(&form.threshold_b).required().errors(errors).show(t))
            (Field::new("period", t.settings_period(), Input::Select(&periods)).value(&form.period).errors(errors).show(t))
            (Field::new("visibility", t.settings_visibility(), Input::Select(&visibilities(t))).value(&form.visibility).hint(t.settings_visibility_hint()).errors(errors).show(t))
            (Field::new("level", t.settings_level(), Input::Select(&levels)).value(&form.level).errors(errors).show(t))
            div.actions { (button(&t.web_save())) }
        }
    }
}

/// The name of a choice of who sees which accounts.
pub fn visibility_name(t: &Texts, visibility: Visibility) -> String {
    match visibility {
        Visibility::Everyone => t.settings_visibility_everyone(),
        Visibility::Team => t.settings_visibility_team(),
    }
}

fn visibilities(t: &Texts) -> Vec<(String, String)> {
    Visibility::ALL.into_iter().map(|visibility| (visibility.to_string(), visibility_name(t, visibility))).collect()
}

fn rates_region(page: &Page, form: &RateForm, rates: &[StoredRate], errors: &[FieldError]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let value = t.settings_rate_value(page.settings.currency.code());
    html! {
        div.stack {
            p.sub { (t.settings_rates_text()) }
            @if rates.is_empty() { p.quiet { (t.settings_rates_none()) } }
            @else {
                div.scroll { table.table {
                    thead { tr { th { (t.settings_rate_currency()) } th { (t.settings_rate_from()) } th.num { (value) } th {} } }
                    tbody { @for stored in rates { tr {
                        td { (stored.rate.currency) }
                        td { (locale.date(stored.rate.from)) }
                        td.num { (locale.quantity(stored.rate.rate)) }
                        td.num { (post_button(&format!("/settings/rates/{}/remove", stored.id), &t.settings_rate_remove(), "button button--link", Some(&t.settings_rate_remove_sure()))) }
                    } } }
                } }
            }
            (error_summary_within(t, "rate", errors))
            form.form method="post" action="/settings/rates" {
                (Field::new("currency", t.settings_rate_currency(), Input::Short).within("rate").value(&form.currency).required().errors(errors).show(t))
                (Field::new("from", t.settings_rate_from(), Input::Day).within("rate").value(&form.from).required().errors(errors).show(t))
                (Field::new("rate", value.clone(), Input::Short).within("rate").value(&form.rate).required().errors(errors).show(t))
                div.actions { (button(&t.settings_rate_add())) }
            }
        }
    }
}
