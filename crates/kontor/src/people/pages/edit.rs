//! Forms to add and change people and their employments.

use kontor_domain::person::{ChannelKind, Formality, LegalBasis, Salutation};
use maud::{Markup, html};

use crate::fault::FieldError;
use crate::people::actions::Shown;
use crate::people::forms::{PersonForm, RoleForm};
use crate::people::store::{Employment, Person};
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// So many empty rows for channels wait at the end of the form.
const ROOM: usize = 3;

/// A person and, where it is known, where the person works.
pub(super) fn new_page(page: &Page, form: &PersonForm, role: &RoleForm, superiors: &[(i64, String)], errors: &[FieldError]) -> Markup {
    let t = page.t();
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title())], t.people_new(), "", ""))
        (error_summary(t, errors))
        form.person method="post" action=(url::PEOPLE) {
            div.columns {
                (section(6, &t.people_name(), "", name_fields(t, form, errors)))
                (section(6, &t.people_employments(), "", html! { div.form {
                    (company_fields(t, role, errors, &["account", "outside"]))
                    (role_fields(t, role, superiors, errors))
                } }))
                (section(6, &t.people_channels(), "", channel_fields(t, form, errors)))
                (section(6, &t.people_origin(), "", origin_fields(t, &form.source, &form.basis, errors)))
            }
            div.actions { (button(&t.people_new())) a.button href=(url::PEOPLE) { (t.web_cancel()) } }
        }
    };
    page.render(&t.people_new(), main)
}

/// What is known about a person as such.
pub(super) fn edit_page(page: &Page, person: &Person, form: &PersonForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let name = person.data.full_name();
    let address = url::person(person.id);
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&address, &name)], t.people_edit_title(name.as_str()), "", ""))
        (error_summary(t, errors))
        form.person method="post" action=(address) {
            div.columns {
                (section(6, &t.people_name(), "", name_fields(t, form, errors)))
                (section(6, &t.people_channels(), "", channel_fields(t, form, errors)))
                (section(6, &t.people_origin(), "", origin_fields(t, &form.source, &form.basis, errors)))
            }
            div.actions { (button(&t.web_save())) a.button href=(address) { (t.web_cancel()) } }
        }
    };
    page.render(&t.people_edit_title(name.as_str()), main)
}

/// A further employment.
pub(super) fn new_employment_page(page: &Page, person: &Person, form: &RoleForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let (name, address) = (person.data.full_name(), url::person(person.id));
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&address, &name)], t.people_employment_new(), "", ""))
        (error_summary(t, errors))
        form.form method="post" action={ (address) "/employments" } {
            (company_fields(t, form, errors, &["account", "outside"]))
            (role_fields(t, form, &[], errors))
            (Field::new("to", t.people_to(), Input::Day).value(&form.to).hint(t.people_employment_end_hint()).errors(errors).show(t))
            (primary_field(t, form, errors))
            (origin_fields(t, "", "f", errors))
            div.actions { (button(&t.people_employment_new())) a.button href=(address) { (t.web_cancel()) } }
        }
    };
    page.render(&t.people_employment_new(), main)
}

/// One employment; where it is, stays.
pub(super) fn employment_page(
    page: &Page,
    shown: &Shown,
    employment: &Employment,
    form: &RoleForm,
    superiors: &[(i64, String)],
    errors: &[FieldError],
) -> Markup {
    let t = page.t();
    let (name, address) = (shown.person.data.full_name(), url::person(shown.person.id));
    let company = shown.company(&employment.role);
    let main = html! {
        (headline(&[(url::PEOPLE, &t.people_title()), (&address, &name)], t.people_employment_edit(), company, ""))
        (error_summary(t, errors))
        form.form method="post" action={ (address) "/employments/" (employment.id) } {
            (role_fields(t, form, superiors, errors))
            (Field::new("to", t.people_to(), Input::Day).value(&form.to).hint(t.people_employment_end_hint()).errors(errors).show(t))
            (primary_field(t, form, errors))
            div.actions { (button(&t.web_save())) a.button href=(address) { (t.web_cancel()) } }
        }
    };
    page.render(&t.people_employment_edit(), main)
}

fn name_fields(t: &Texts, form: &PersonForm, errors: &[FieldError]) -> Markup {
    let text = |name, label, value| Field::new(name, label, Input::Text("text")).value(value).errors(errors);
    let salutations = choices(t, "salutation", Salutation::ALL.iter().map(|value| value.name()), Some(t.people_salutation_none()));
    let formalities = choices(t, "formality", Formality::ALL.iter().map(|value| value.name()), None);
    html! {
        div.form {
            (Field::new("salutation", t.people_salutation(), Input::Select(&salutations)).value(&form.salutation).errors(errors).show(t))
            (text("title", t.people_academic_title(), &form.title).hint(t.people_academic_title_hint()).show(t))
            (text("first_name", t.people_first_name(), &form.first_name).show(t))
            (text("last_name", t.people_last_name(), &form.last_name).show(t))
            (Field::new("formality", t.people_formality(), Input::Select(&formalities)).value(&form.formality).errors(errors).show(t))
            (text("languages", t.people_languages(), &form.languages).hint(t.people_languages_hint()).show(t))
            (text("birthday", t.people_birthday(), &form.birthday).hint(t.people_birthday_hint()).show(t))
            (Field::new("remark", t.people_remark(), Input::Area).value(&form.remark).hint(t.people_no_special()).errors(errors).show(t))
        }
    }
}

fn channel_fields(t: &Texts, form: &PersonForm, errors: &[FieldError]) -> Markup {
    let kinds = choices(t, "channel", ChannelKind::ALL.iter().map(|kind| kind.name()), None);
    let empty = ["work_phone", "work_mail", "mobile"].into_iter().take(ROOM).map(|kind| (kind.to_owned(), String::new()));
    let given = form.channels.iter().filter(|(_, value)| !value.trim().is_empty()).cloned();
    let rows: Vec<(String, String)> = given.chain(empty).collect();
    let wrong = errors.iter().filter(|error| error.field == "channel");
    html! {
        div.channels #field-channel {
            @for (kind, value) in &rows {
                div.channels__row {
                    select name="channel_kind" aria-label=(t.people_channels()) {
                        @for (name, label) in &kinds { option value=(name) selected[name == kind] { (label) } }
                    }
                    @if kind == "address" { textarea name="channel" rows="3" aria-label=(t.people_channels()) { (value) } }
                    @else { input type="text" name="channel" value=(value) aria-label=(t.people_channels()); }
                }
            }
            @for error in wrong { p.field__error { (error.page_message(t)) } }
            p.field__hint { (t.people_channels_hint()) }
        }
    }
}

pub(in crate::people) fn origin_fields(t: &Texts, source: &str, basis: &str, errors: &[FieldError]) -> Markup {
    let bases = choices(t, "basis", LegalBasis::ALL.iter().map(|basis| basis.name()), None);
    html! {
        div.form {
            (Field::new("source", t.people_source(), Input::Text("text")).value(source).hint(t.people_source_hint()).errors(errors).show(t))
            (Field::new("basis", t.people_basis(), Input::Select(&bases)).value(basis).hint(t.people_origin_hint()).errors(errors).show(t))
        }
    }
}

/// Where somebody works; `places` are the ways to say it.
pub(super) fn company_fields(t: &Texts, form: &RoleForm, errors: &[FieldError], places: &[&str]) -> Markup {
    let places = choices(t, "place", places.iter().copied(), None);
    html! {
        (Field::new("company", t.people_company(), Input::Text("text")).value(&form.company).hint(t.people_company_hint()).errors(errors).show(t))
        (Field::new("place", t.people_place(), Input::Select(&places)).value(&form.place).errors(errors).show(t))
    }
}

/// As what somebody works, and since when.
pub(super) fn role_fields(t: &Texts, form: &RoleForm, superiors: &[(i64, String)], errors: &[FieldError]) -> Markup {
    let text = |name, label, value| Field::new(name, label, Input::Text("text")).value(value).errors(errors);
    let nobody = (String::new(), t.people_reports_to_nobody());
    let superiors: Vec<(String, String)> =
        [nobody].into_iter().chain(superiors.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect();
    html! {
        (text("function", t.people_function(), &form.function).show(t))
        (text("department", t.people_department(), &form.department).show(t))
        @if superiors.len() > 1 {
            (Field::new("reports_to", t.people_reports_to(), Input::Select(&superiors)).value(&form.reports_to).errors(errors).show(t))
        }
        (Field::new("from", t.people_from(), Input::Day).value(&form.from).errors(errors).show(t))
    }
}

fn primary_field(t: &Texts, form: &RoleForm, errors: &[FieldError]) -> Markup {
    Field::new("primary", t.people_primary_hint(), Input::Checkbox).value(&form.primary).errors(errors).show(t)
}

/// Stored names with what they are called, behind a first choice of nothing where there is one.
pub(super) fn choices<'a>(t: &Texts, what: &str, names: impl Iterator<Item = &'a str>, nothing: Option<String>) -> Vec<(String, String)> {
    let named = names.map(|name| (name.to_owned(), t.by_key(&format!("{what}-{name}")).unwrap_or_else(|| name.to_owned())));
    nothing.into_iter().map(|label| (String::new(), label)).chain(named).collect()
}
