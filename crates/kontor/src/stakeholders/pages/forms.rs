//! Forms of a map: how somebody stands, a line, what one of us is to one of them.

use kontor_domain::stakeholder::{BuyingRole, Coverage, Level, LineKind, Support, Who};
use maud::{Markup, html};

use super::address;
use crate::accounts::pages::name;
use crate::fault::FieldError;
use crate::stakeholders::drawing::{choice, support_key};
use crate::stakeholders::forms::{LineForm, PlaceForm, TieForm};
use crate::stakeholders::map::Map;
use crate::web::components::{Field, Input, button, error_summary, headline};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

type Choices = Vec<(String, String)>;

/// What all forms of a map are framed by.
struct Frame<'a> {
    page: &'a Page,
    map: &'a Map,
    errors: &'a [FieldError],
}

impl Frame<'_> {
    fn decision(&self) -> String {
        self.map.decision.as_ref().map(|decision| decision.id.to_string()).unwrap_or_default()
    }

    fn back(&self) -> String {
        address(self.map.account.id, &self.decision())
    }

    fn action(&self, path: &str) -> String {
        url::with_query(&format!("{}/{path}", url::account_map(self.map.account.id)), &[("decision", self.decision())])
    }

    fn show(&self, title: &str, path: &str, fields: Markup, after: Markup) -> Markup {
        let t = self.page.t();
        let main = html! {
            (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&self.back(), name(&self.map.account))], title, "", ""))
            (error_summary(t, self.errors))
            div.stack {
                form.form method="post" action=(self.action(path)) {
                    (fields)
                    div.actions { (button(&t.web_save())) a.button href=(self.back()) { (t.web_cancel()) } }
                }
                (after)
            }
        };
        self.page.render(title, main)
    }

    /// Everybody on the map but one.
    fn everybody(&self, except: Option<Who>) -> Choices {
        self.map.nodes.iter().filter(|node| Some(node.who) != except).map(|node| (node.who.to_string(), node.name.clone())).collect()
    }
}

fn none_first(none: String, choices: impl IntoIterator<Item = (String, String)>) -> Choices {
    std::iter::once((String::new(), none)).chain(choices).collect()
}

fn levels(t: &Texts) -> Choices {
    none_first(t.stakeholders_level_none(), Level::ALL.iter().map(|level| (level.to_string(), choice(t, "level", level.name()))))
}

/// How somebody stands on the map.
pub(super) fn place_page(page: &Page, map: &Map, form: &PlaceForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let frame = Frame { page, map, errors };
    let who: Option<Who> = form.who.parse().ok();
    let node = who.and_then(|who| map.place(who)).map(|place| &map.nodes[place]);
    let is_person = matches!(who, Some(Who::Person(_)));
    let title = match (node, who) {
        (Some(node), _) => node.name.clone(),
        (None, Some(Who::Person(id))) => {
            map.others.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone()).unwrap_or_default()
        }
        _ => t.stakeholders_add(),
    };
    let roles = none_first(t.stakeholders_open(), BuyingRole::ALL.iter().map(|role| (role.to_string(), choice(t, "role", role.name()))));
    let supports: Choices =
        Support::all().rev().map(|support| (support.value().to_string(), choice(t, "support", &support_key(support.value())))).collect();
    let coverages: Choices =
        Coverage::all().map(|coverage| (coverage.value().to_string(), choice(t, "coverage", &coverage.value().to_string()))).collect();
    let above = none_first(t.stakeholders_above_none(), frame.everybody(who));
    let people = none_first(t.stakeholders_still_unknown(), map.others.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let fields = html! {
        input #field-who type="hidden" name="who" value=(form.who);
        @if !is_person {
            (Field::new("name", t.stakeholders_placeholder(), Input::Text("text")).value(&form.name).hint(t.stakeholders_placeholder_hint()).required().errors(errors).show(t))
            (Field::new("function", t.stakeholders_function(), Input::Text("text")).value(&form.function).errors(errors).show(t))
            @if !map.others.is_empty() { (Field::new("person", t.stakeholders_known_as(), Input::Select(&people)).value(&form.person).errors(errors).show(t)) }
        }
        (Field::new("role", t.stakeholders_role(), Input::Select(&roles)).value(&form.role).errors(errors).show(t))
        (Field::new("support", t.stakeholders_support(), Input::Select(&supports)).value(&form.support).errors(errors).show(t))
        (Field::new("coverage", t.stakeholders_coverage(), Input::Select(&coverages)).value(&form.coverage).errors(errors).show(t))
        (Field::new("above", t.stakeholders_above(), Input::Select(&above)).value(&form.above).hint(t.stakeholders_above_hint()).errors(errors).show(t))
    };
    let after = html! {
        @if let Some(Who::Person(id)) = who { p { a href=(url::person(id)) { (t.stakeholders_to_person()) } } }
        @if let Some(entry) = node.and_then(|node| node.entry_id) {
            form method="post" action={ (url::account_map(map.account.id)) "/remove" } data-confirm=(t.stakeholders_remove_confirm()) {
                input type="hidden" name="entry" value=(entry);
                button.button { (if is_person && map.decision.is_none() { t.stakeholders_clear() } else { t.stakeholders_remove() }) }
            }
        }
    };
    frame.show(&title, "place", fields, after)
}

/// A line between two on the map.
pub(super) fn line_page(page: &Page, map: &Map, form: &LineForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let frame = Frame { page, map, errors };
    let everybody = frame.everybody(None);
    let kinds: Choices = LineKind::ALL.iter().map(|kind| (kind.to_string(), choice(t, "kind", kind.name()))).collect();
    let fields = html! {
        (Field::new("from", t.stakeholders_from(), Input::Select(&everybody)).value(&form.from).errors(errors).show(t))
        (Field::new("kind", t.stakeholders_kind(), Input::Select(&kinds)).value(&form.kind).errors(errors).show(t))
        (Field::new("to", t.stakeholders_to(), Input::Select(&everybody)).value(&form.to).errors(errors).show(t))
    };
    frame.show(&t.stakeholders_draw(), "line", fields, html! {})
}

/// What one of us is to one of them.
pub(super) fn tie_page(page: &Page, map: &Map, form: &TieForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let frame = Frame { page, map, errors };
    let us: Choices = map.us.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    let person = |node: &crate::stakeholders::map::Node| match node.who {
        Who::Person(id) => Some((id.to_string(), node.name.clone())),
        Who::Placeholder(_) => None,
    };
    let them: Choices = map.nodes.iter().filter_map(person).collect();
    let levels = levels(t);
    let fields = html! {
        (Field::new("user", t.stakeholders_one_of_us(), Input::Select(&us)).value(&form.user).errors(errors).show(t))
        (Field::new("person", t.stakeholders_person(), Input::Select(&them)).value(&form.person).errors(errors).show(t))
        (Field::new("now", t.stakeholders_now(), Input::Select(&levels)).value(&form.now).errors(errors).show(t))
        (Field::new("wanted", t.stakeholders_wanted(), Input::Select(&levels)).value(&form.wanted).errors(errors).show(t))
    };
    frame.show(&t.stakeholders_relation(), "relation", fields, html! {})
}
