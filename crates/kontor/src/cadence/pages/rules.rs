//! The rules of the rhythm, as a table to fill in.

use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::abc::Class;
use kontor_domain::cadence::Role;
use kontor_domain::interaction::Kind;
use kontor_domain::rights::Right;
use maud::{Markup, html};

use crate::cadence::actions;
use crate::cadence::forms::{ROLES, RulesForm, key};
use crate::fault::{Fault, FieldError};
use crate::interactions::pages::kind_name;
use crate::office::Office;
use crate::web::components::{button, class_badge, error_summary, headline, link_button};
use crate::web::context::{Form, Page};
use crate::web::layout::Flash;
use crate::web::texts::Texts;

pub(super) async fn show(Extract(office): Extract<Office>, page: Page) -> Result<Markup, Fault> {
    let rules = actions::rules(&office, &page.viewer).await?;
    Ok(rules_page(&page, &RulesForm::of(&rules), &[]))
}

pub(super) async fn change(
    Extract(office): Extract<Office>,
    page: Page,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = RulesForm(pairs);
    match form.parse() {
        Ok(rules) => {
            actions::set_rules(&office, &page.viewer, rules).await?;
            page.flash(Flash::done(page.t().cadence_rules_saved())).await?;
            Ok(Redirect::to("/cadence/rules").into_response())
        }
        Err(errors) => Ok((StatusCode::UNPROCESSABLE_ENTITY, rules_page(&page, &form, &errors)).into_response()),
    }
}

fn rules_page(page: &Page, form: &RulesForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let may_change = page.viewer.may(Right::ChangeSettings);
    let main = html! {
        (headline(&[("/cadence", &t.cadence_title())], t.cadence_rules_title(), t.cadence_rules_sub(), ""))
        (error_summary(t, errors))
        form method="post" action="/cadence/rules" {
            div.scroll { table.table.table--words.rules {
                thead { tr { th { (t.cadence_class()) } th { (t.cadence_role()) } th { (t.cadence_wanted()) } th { (t.cadence_longest()) } th { (t.cadence_kinds()) } } }
                tbody {
                    @for class in Class::ALL { @for role in ROLES {
                        @let key = key(class, role);
                        @let name = role_name(t, role);
                        @let is_wrong = |name: &str| errors.iter().any(|error| error.field == name);
                        @let invalid = is_wrong(&format!("wanted-{key}")).then_some("true");
                        tr {
                            td { (class_badge(class)) }
                            td { (name) }
                            td.days data-label=(t.cadence_wanted()) { (days(form, "wanted", &key, &format!("{class} {name}: {}", t.cadence_wanted()), invalid)) }
                            td.days data-label=(t.cadence_longest()) { (days(form, "longest", &key, &format!("{class} {name}: {}", t.cadence_longest()), invalid)) }
                            td.wrap { div.choices {
                                @for kind in Kind::ALL {
                                    // A line that is empty yet offers what usually counts.
                                    @let is_empty = form.field(&format!("wanted-{key}")).is_empty() && form.field(&format!("longest-{key}")).is_empty();
                                    label { input type="checkbox" name=(format!("kinds-{key}")) value=(kind) checked[form.has(&key, kind) || (is_empty && kind != Kind::Mail)]; (kind_name(t, kind)) }
                                }
                            } }
                        }
                    } }
                }
            } }
            @if may_change { p.actions { (button(&t.web_save())) (link_button("/cadence", &t.web_cancel(), false)) } }
        }
    };
    page.render(&t.cadence_rules_title(), main)
}

fn days(form: &RulesForm, what: &str, key: &str, label: &str, invalid: Option<&str>) -> Markup {
    let name = format!("{what}-{key}");
    html! { input.days #{ "field-" (name) } name=(name) value=(form.field(&name)) inputmode="numeric" aria-label=(label) aria-invalid=[invalid]; }
}

/// The name of a role.
pub(super) fn role_name(t: &Texts, role: Role) -> String {
    t.by_key(&format!("stakeholders-role-{}", role.name())).unwrap_or_else(|| role.name().to_owned())
}
