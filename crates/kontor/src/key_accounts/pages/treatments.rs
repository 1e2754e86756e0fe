//! What each class of accounts gets.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::key_account::{Contact, Treated, Treatments};
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::{contact_name, treated_name};
use crate::fault::{Fault, FieldError};
use crate::key_accounts::actions;
use crate::key_accounts::forms::{parse_treatments, treatments_form};
use crate::office::Office;
use crate::scoring::forms::Typed;
use crate::valuation::pages::frame;
use crate::web::components::{button, error_summary, headline};
use crate::web::context::{Form, Page};
use crate::web::layout::Flash;
use crate::web::url;

pub(super) async fn show(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let treatments = actions::treatments(&office, &page.viewer).await?;
    Ok(treatments_page(&page, &treatments, &treatments_form(&treatments, page.locale()), &[]))
}

pub(super) async fn change(State(office): State<Office>, page: Page, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    match parse_treatments(&form, page.locale()) {
        Ok(treatments) => {
            actions::set_treatments(&office, &page.viewer, treatments).await?;
            page.flash(Flash::done(page.t().web_saved())).await?;
            Ok(Redirect::to(url::TREATMENTS).into_response())
        }
        Err(errors) => {
            let treatments = actions::treatments(&office, &page.viewer).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, treatments_page(&page, &treatments, &form, &errors)).into_response())
        }
    }
}

fn treatments_page(page: &Page, treatments: &Treatments, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let body = if page.viewer.may(Right::DecideKeyAccounts) { edit(page, form, errors) } else { table(page, treatments) };
    let main = html! {
        (headline(&[(url::KEY_ACCOUNTS, &t.valuation_tab_key_accounts())], t.key_treatments(), t.key_treatments_sub(), ""))
        (frame::sections(page, url::KEY_ACCOUNTS))
        (body)
    };
    page.render(&t.key_treatments(), main)
}

fn table(page: &Page, treatments: &Treatments) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        div.scroll { table.table {
            thead { tr { th { (t.valuation_class()) } th { (t.key_contact()) } th { (t.key_sponsor()) } th { (t.key_business_review()) } th.num { (t.key_gifts()) } th { (t.key_service()) } } }
            tbody { @for &treated in Treated::ALL {
                @let treatment = treatments.of(treated);
                tr {
                    td { (treated_name(t, treated)) }
                    td { (contact_name(t, treatment.contact)) }
                    td { (if treatment.executive_sponsor { t.web_yes() } else { t.web_no() }) }
                    td { (treatment.review_months.map_or_else(|| t.key_none_owed(), |months| t.key_every_months(months))) }
                    td.num { @match treatment.gift_budget { Some(budget) => (locale.money(budget, page.settings.currency)), None => "–" } }
                    td.wrap { (treatment.service_level) }
                }
            } }
        } }
    }
}

fn edit(page: &Page, form: &Typed, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let at = |part: &str, treated: Treated| format!("{part}.{}", treated.name());
    let invalid = |name: &str| errors.iter().any(|error| error.field == name).then_some("true");
    let text = |part: &str, treated: Treated, label: String, class: &str| {
        let name = at(part, treated);
        html! { input class=(class) #{ "field-" (name) } type="text" name=(name) value=(form.get(&name)) aria-label={ (treated_name(t, treated)) ": " (label) } aria-invalid=[invalid(&name)]; }
    };
    html! {
        (error_summary(t, errors))
        form.stack method="post" action=(url::TREATMENTS) {
            div.scroll { table.table.table--words.table--form {
                thead { tr {
                    th { (t.valuation_class()) } th { (t.key_contact()) } th { (t.key_sponsor()) } th.num { (t.key_review_months()) }
                    th.num { (t.key_gift_budget(page.settings.currency.code())) } th { (t.key_service()) }
                } }
                tbody { @for &treated in Treated::ALL {
                    @let (contact, sponsor) = (at("contact", treated), at("sponsor", treated));
                    tr {
                        td { strong { (treated_name(t, treated)) } }
                        td data-label=(t.key_contact()) { select #{ "field-" (contact) } name=(contact) aria-label={ (treated_name(t, treated)) ": " (t.key_contact()) } aria-invalid=[invalid(&contact)] {
                            @for &choice in Contact::ALL { option value=(choice.name()) selected[choice.name() == form.get(&contact)] { (contact_name(t, choice)) } }
                        } }
                        td data-label=(t.key_sponsor()) { input type="checkbox" name=(sponsor) value="on" checked[form.get(&sponsor) == "on"] aria-label={ (treated_name(t, treated)) ": " (t.key_sponsor()) }; }
                        td.num data-label=(t.key_review_months()) { (text("months", treated, t.key_review_months(), "short")) }
                        td.num data-label=(t.key_gift_budget(page.settings.currency.code())) { (text("gifts", treated, t.key_gifts(), "short")) }
                        td.wrap data-label=(t.key_service()) { (text("service", treated, t.key_service(), "")) }
                    }
                } }
            } }
            p.sub { (t.key_cadence_elsewhere()) }
            div.actions { (button(&t.web_save())) }
        }
    }
}
