//! The map with what it warns of, its lines, and the matrix beside it.

use kontor_domain::rights::Right;
use kontor_domain::stakeholder::Warning;
use maud::{Markup, html};

use super::address;
use super::matrix::matrix_region;
use crate::accounts::pages::{Part, frame, name};
use crate::fault::FieldError;
use crate::stakeholders::drawing::{choice, figures, line_told, links, place_address};
use crate::stakeholders::map::Map;
use crate::web::charts::{legend, map as charts};
use crate::web::components::{Field, Input, empty_state, error_summary, link_button, notice, section, tabs};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// The page; `typed` and `errors` belong to the name of a new decision.
pub(super) fn page(page: &Page, map: &Map, typed: &str, errors: &[FieldError]) -> Markup {
    let view = View { page, map };
    let t = page.t();
    let main = html! {
        (frame(page, &map.account, Part::Map, view.actions()))
        (view.choice_of_map())
        (error_summary(t, errors))
        (view.warnings())
        @if map.nodes.is_empty() { (view.empty()) }
        @else {
            div.columns {
                (section(12, &view.finding(), view.files(), view.drawing()))
                (matrix_region(page, map))
                @if !map.lines.is_empty() { (section(6, &t.stakeholders_lines(), "", view.lines())) }
                @if view.may_edit() { (section(6, &t.stakeholders_others(), "", view.others())) }
            }
        }
        @if view.may_edit() && map.decision.is_none() { (view.new_decision(typed, errors)) }
    };
    page.render(&t.stakeholders_title(name(&map.account)), main)
}

struct View<'a> {
    page: &'a Page,
    map: &'a Map,
}

impl View<'_> {
    fn may_edit(&self) -> bool {
        let is_open = self.map.decision.as_ref().is_none_or(|decision| decision.closed_on.is_none());
        is_open && self.page.viewer.may(Right::EditPeople)
    }

    fn decision(&self) -> String {
        self.map.decision.as_ref().map(|decision| decision.id.to_string()).unwrap_or_default()
    }

    fn below(&self, path: &str) -> String {
        url::with_query(&format!("{}/{path}", url::account_map(self.map.account.id)), &[("decision", self.decision())])
    }

    fn actions(&self) -> Markup {
        let t = self.page.t();
        html! {
            @if self.may_edit() {
                (link_button(&self.below("place"), &t.stakeholders_add(), true))
                @if self.map.nodes.len() > 1 { (link_button(&self.below("line"), &t.stakeholders_draw(), false)) }
            }
            button.button type="button" data-print { (t.web_print()) }
        }
    }

    /// The account itself, and each of its decisions.
    fn choice_of_map(&self) -> Markup {
        let (t, id) = (self.page.t(), self.map.account.id);
        let mut all = vec![(address(id, ""), t.stakeholders_whole(), self.map.decision.is_none())];
        for decision in &self.map.decisions {
            let label = if decision.closed_on.is_some() { t.stakeholders_closed(decision.name.as_str()) } else { decision.name.clone() };
            all.push((address(id, &decision.id.to_string()), label, self.map.decision.as_ref() == Some(decision)));
        }
        html! { @if all.len() > 1 { (tabs(&t.stakeholders_maps(), &all)) } }
    }

    fn warnings(&self) -> Markup {
        html! { @for warning in &self.map.warnings { (notice("warning", html! { p { (told(self.page.t(), self.map, *warning)) } })) } }
    }

    fn finding(&self) -> String {
        let (t, map) = (self.page.t(), self.map);
        let supporters = map.nodes.iter().filter(|node| node.is_present && node.support.value() > 0).count();
        let opponents = map.nodes.iter().filter(|node| node.is_present && node.support.value() < 0).count();
        t.stakeholders_finding(map.nodes.iter().filter(|node| node.is_present).count(), supporters, opponents)
    }

    fn files(&self) -> Markup {
        let t = self.page.t();
        let href = url::with_query(&format!("{}.svg", url::account_map(self.map.account.id)), &[("decision", self.decision())]);
        html! {
            @if self.page.viewer.may(Right::Export) {
                a href=(href) download { "SVG" }
                " " button.button.button--link type="button" data-png=(href) hidden title=(t.stakeholders_png_hint()) { "PNG" }
            }
        }
    }

    fn drawing(&self) -> Markup {
        let (t, map) = (self.page.t(), self.map);
        let label = t.stakeholders_title(name(&map.account));
        let drop = self.may_edit().then(|| self.below("line"));
        html! {
            div.map data-drop=[drop] { (charts::map(&label, &figures(t, map, self.may_edit()), &links(t, map))) }
            (legend(&[("link-influence", t.stakeholders_kind_influence()), ("link-conflict", t.stakeholders_kind_conflict())]))
            p.sub { (t.stakeholders_reading()) @if self.may_edit() { " " span.only-script { (t.stakeholders_drag()) } } }
        }
    }

    fn lines(&self) -> Markup {
        let (t, map) = (self.page.t(), self.map);
        html! {
            ul.list { @for line in &map.lines {
                li {
                    span { (line_told(t, &map.nodes[line.from].name, &map.nodes[line.to].name, line.kind)) }
                    @if self.may_edit() {
                        form.inline method="post" action={ (url::account_map(map.account.id)) "/wipe" } {
                            input type="hidden" name="line" value=(line.id);
                            button.button.button--link { (t.stakeholders_wipe()) }
                        }
                    }
                }
            } }
        }
    }

    /// People of the account who are not on this map, and a way to bring a decision to its end.
    fn others(&self) -> Markup {
        let (t, map) = (self.page.t(), self.map);
        html! {
            @if map.others.is_empty() { p.quiet { (t.stakeholders_others_none()) } }
            @else { ul.list { @for (id, name) in &map.others {
                li { span { (name) } a href=(place_address(map, kontor_domain::stakeholder::Who::Person(*id))) { (t.stakeholders_put()) } }
            } } }
            @if let Some(decision) = &map.decision {
                form.actions method="post" action={ (url::account_map(map.account.id)) "/close" } {
                    input type="hidden" name="decision" value=(decision.id);
                    button.button { (t.stakeholders_decision_close()) }
                }
            }
        }
    }

    fn empty(&self) -> Markup {
        let t = self.page.t();
        let action = html! { @if self.may_edit() { (link_button(&self.below("place"), &t.stakeholders_add(), true)) } };
        let text = if self.map.decision.is_some() { t.stakeholders_empty_decision() } else { t.stakeholders_empty() };
        html! {
            (empty_state(&t.stakeholders_empty_title(), &text, action))
            @if self.may_edit() && !self.map.others.is_empty() { div.columns { (section(6, &t.stakeholders_others(), "", self.others())) } }
        }
    }

    fn new_decision(&self, typed: &str, errors: &[FieldError]) -> Markup {
        let t = self.page.t();
        html! {
            details.own-days.section--below open[!errors.is_empty()] {
                summary { (t.stakeholders_decision_new()) }
                form.form--row.form method="post" action={ (url::account_map(self.map.account.id)) "/decisions" } {
                    (Field::new("name", t.stakeholders_decision_name(), Input::Text("text")).value(typed).hint(t.stakeholders_decision_hint()).required().errors(errors).show(t))
                    button.button { (t.stakeholders_decision_add()) }
                }
            }
        }
    }
}

/// A warning in words.
fn told(t: &Texts, map: &Map, warning: Warning) -> String {
    match warning {
        Warning::NoContact => t.stakeholders_warning_no_contact(),
        Warning::OneContact(who) => t.stakeholders_warning_one_contact(map.name(who)),
        Warning::NoDecider => t.stakeholders_warning_no_decider(),
        Warning::DeciderUnknown => t.stakeholders_warning_decider_unknown(choice(t, "role", "decider")),
        Warning::ChampionLeft(who) => t.stakeholders_warning_champion(map.name(who)),
    }
}
