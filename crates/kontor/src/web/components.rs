//! The parts that pages are made of. A component knows no noun.

use kontor_domain::abc::Class;
use kontor_domain::growth::Growth;
use maud::{Markup, PreEscaped, Render, html};

use super::format::Locale;
use super::texts::Texts;
use crate::fault::FieldError;

/// How a field is filled in.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// One line of text; the value is the input's type (`text`, `email`, `search`).
    Text(&'a str),
    /// A day, written as the reader writes days; while it is empty it shows an example.
    Day,
    /// A number or a few characters.
    Short,
    /// A password; what was typed is never sent back.
    Password,
    /// A choice of (value, label).
    Select(&'a [(String, String)]),
    /// Yes or no.
    Checkbox,
    /// Several lines of text.
    Area,
}

/// A field of a form with label, hint and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    name: &'a str,
    within: &'a str,
    label: String,
    input: Input<'a>,
    value: &'a str,
    hint: Option<String>,
    autocomplete: Option<&'a str>,
    required: bool,
    errors: &'a [FieldError],
}

impl<'a> Field<'a> {
    /// A field by its name in the form and its label.
    pub fn new(name: &'a str, label: String, input: Input<'a>) -> Field<'a> {
        Field { name, within: "", label, input, value: "", hint: None, autocomplete: None, required: false, errors: &[] }
    }

    /// The form it stands in, where a page has two with a field of the same name; ids then differ. Its summary is [`error_summary_within`].
    pub const fn within(mut self, form: &'a str) -> Field<'a> {
        self.within = form;
        self
    }

    /// What is typed already; `on` for a checked box.
    pub const fn value(mut self, value: &'a str) -> Field<'a> {
        self.value = value;
        self
    }

    /// What helps to fill it in.
    pub fn hint(mut self, hint: String) -> Field<'a> {
        self.hint = Some(hint);
        self
    }

    /// What the browser may fill in by itself.
    pub const fn autocomplete(mut self, autocomplete: &'a str) -> Field<'a> {
        self.autocomplete = Some(autocomplete);
        self
    }

    /// It must be filled in.
    pub const fn required(mut self) -> Field<'a> {
        self.required = true;
        self
    }

    /// All errors of the form; the field shows its own.
    pub const fn errors(mut self, errors: &'a [FieldError]) -> Field<'a> {
        self.errors = errors;
        self
    }

    /// The field as HTML. The first wrong field of a form gets the focus.
    pub fn show(&self, t: &Texts) -> Markup {
        let error = self.errors.iter().find(|error| error.field == self.name).map(|error| error.page_message(t));
        let is_first_wrong = self.errors.first().is_some_and(|error| error.field == self.name);
        let id = field_id(self.within, self.name);
        let described = match (&error, &self.hint) {
            (Some(_), _) => Some(format!("{id}-error")),
            (None, Some(_)) => Some(format!("{id}-hint")),
            (None, None) => None,
        };
        let invalid = error.is_some().then_some("true");
        html! {
            div.field.field--check[matches!(self.input, Input::Checkbox)] {
                label for=(id) { (self.label) }
                @match self.input {
                    Input::Text(_) | Input::Day | Input::Short => {
                        @let (kind, example, is_short) = match self.input {
                            Input::Text(kind) => (kind, None, false),
                            Input::Day => ("text", Some(t.web_date_example()), true),
                            _ => ("text", None, true),
                        };
                        input.short[is_short] #(id) type=(kind) name=(self.name) value=(self.value) placeholder=[example]
                            autocomplete=[if is_short { Some("off") } else { self.autocomplete }] required[self.required]
                            aria-describedby=[described] aria-invalid=[invalid] autofocus[is_first_wrong];
                    }
                    Input::Password => {
                        input #(id) type="password" name=(self.name) autocomplete=[self.autocomplete] required[self.required]
                            aria-describedby=[described] aria-invalid=[invalid] autofocus[is_first_wrong];
                    }
                    Input::Select(choices) => {
                        select #(id) name=(self.name) aria-describedby=[described] aria-invalid=[invalid] autofocus[is_first_wrong] {
                            @for (value, label) in choices { option value=(value) selected[value == self.value] { (label) } }
                        }
                    }
                    Input::Area => {
                        textarea #(id) name=(self.name) rows="4" required[self.required] aria-describedby=[described] aria-invalid=[invalid]
                            autofocus[is_first_wrong] { (self.value) }
                    }
                    Input::Checkbox => { input #(id) type="checkbox" name=(self.name) value="on" checked[self.value == "on"]; }
                }
                @if let Some(error) = error { p.field__error #{ (id) "-error" } { (error) } }
                @else if let Some(hint) = &self.hint { p.field__hint #{ (id) "-hint" } { (hint) } }
            }
        }
    }
}

fn field_id(form: &str, name: &str) -> String {
    if form.is_empty() { format!("field-{name}") } else { format!("field-{form}-{name}") }
}

/// What is wrong with a form as a whole, above its fields.
pub fn error_summary(t: &Texts, errors: &[FieldError]) -> Markup {
    error_summary_within(t, "", errors)
}

/// The same for a form whose fields stand [`within`](Field::within) it.
pub fn error_summary_within(t: &Texts, form: &str, errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.notice.notice--error role="alert" {
                p { (t.web_errors(errors.len())) }
                ul { @for error in errors { li { a href={ "#" (field_id(form, &error.field)) } { (error.page_message(t)) } } } }
            }
        }
    }
}

/// A button that sends its form.
pub fn button(label: &str) -> Markup {
    html! { button.button.button--main { (label) } }
}

/// A link that looks like a button.
pub fn link_button(href: &str, label: &str, is_main: bool) -> Markup {
    html! { a.button.button--main[is_main] href=(href) { (label) } }
}

/// A form of one button; asks first where `confirm` is given.
pub fn post_button(action: &str, label: &str, class: &str, confirm: Option<&str>) -> Markup {
    html! { form.inline method="post" action=(action) data-confirm=[confirm] { button class=(class) { (label) } } }
}

/// A form of one button that sends these fields; asks first where `confirm` is given.
pub fn post_fields(action: &str, fields: &[(&str, &str)], label: &str, class: &str, confirm: Option<&str>) -> Markup {
    html! {
        form.inline method="post" action=(action) data-confirm=[confirm] {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(class) { (label) }
        }
    }
}

/// A badge in words.
pub fn badge(label: &str) -> Markup {
    html! { span.badge { (label) } }
}

/// The part of a style's name that stands for a class.
pub const fn class_name(class: Class) -> &'static str {
    match class {
        Class::A => "a",
        Class::B => "b",
        Class::C => "c",
    }
}

/// The class of an account, always with its letter.
pub fn class_badge(class: Class) -> Markup {
    html! { span class={ "badge badge--" (class_name(class)) } { (class) } }
}

/// A change with its sign and colour; an en dash where there is nothing to compare.
pub fn delta(t: &Texts, locale: Locale, growth: Growth) -> Markup {
    html! {
        @match growth {
            Growth::Rate(rate) if rate > 0.0 => span.gain { (locale.change(rate, 1)) },
            Growth::Rate(rate) => span.loss[rate < 0.0] { (locale.change(rate, 1)) },
            Growth::New => span.quiet { (t.web_new()) },
            Growth::None => span.quiet { "–" },
        }
    }
}

/// One figure between hairlines.
pub struct Figure {
    label: String,
    value: String,
    note: Markup,
    is_warning: bool,
}

impl Figure {
    /// A figure with its label and a note below.
    pub fn new(label: String, value: String, note: impl Render) -> Figure {
        Figure { label, value, note: html! { (note) }, is_warning: false }
    }

    /// Drawn in the colour of warnings.
    pub const fn warning(mut self, is_warning: bool) -> Figure {
        self.is_warning = is_warning;
        self
    }
}

/// Four or five figures in a row between hairlines.
pub fn figures(figures: &[Figure]) -> Markup {
    html! {
        dl.figures {
            @for figure in figures {
                div.figure { dt { (figure.label) } dd.warn[figure.is_warning] { (figure.value) } dd.note { (figure.note) } }
            }
        }
    }
}

/// The head of a page: where it is, what is true, what else there is to say, what can be done.
pub fn headline(crumbs: &[(&str, &str)], title: impl Render, sub: impl Render, actions: impl Render) -> Markup {
    html! {
        header.head {
            @if !crumbs.is_empty() {
                p.crumbs { @for (place, (href, label)) in crumbs.iter().enumerate() { @if place > 0 { " / " } a href=(href) { (label) } } }
            }
            div.headline {
                div { h1 { (title) } p.sub { (sub) } }
                div.actions { (actions) }
            }
        }
    }
}

/// A section with its finding as title; `span` is its width in twelfths.
pub fn section(span: u8, title: &str, link: impl Render, body: impl Render) -> Markup {
    html! {
        section class={ "section c-" (span) } {
            header { h2 { (title) } div.section__links { (link) } }
            (body)
        }
    }
}

/// What to do where there is nothing yet.
pub fn empty_state(title: &str, text: &str, action: impl Render) -> Markup {
    html! { div.empty { h1.lede { (title) } p.sub { (text) } p.actions { (action) } } }
}

/// A remark within a page: `info`, `warning` or `error`.
pub fn notice(kind: &str, body: impl Render) -> Markup {
    html! { div class={ "notice notice--" (kind) } { (body) } }
}

/// Links to other views of the same thing: (address, label, whether it is this one).
pub fn tabs(label: &str, tabs: &[(String, String, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) { @for (href, label, is_current) in tabs { a href=(href) aria-current=[is_current.then_some("page")] { (label) } } }
    }
}

/// Which part of a list this is, with links to the pages beside it.
pub fn pagination(
    t: &Texts,
    locale: Locale,
    first: usize,
    last: usize,
    total: usize,
    before: Option<String>,
    after: Option<String>,
) -> Markup {
    html! {
        nav.pages aria-label=(t.web_pages()) {
            span { (t.web_range(locale.integer(first as i64), locale.integer(last as i64), locale.integer(total as i64))) }
            @if let Some(href) = before { a.button rel="prev" href=(href) { (t.web_previous()) } }
            @if let Some(href) = after { a.button rel="next" href=(href) { (t.web_next()) } }
        }
    }
}

/// How far a piece of work is; without a total it only shows that something happens.
pub fn progress(label: &str, done: u64, total: Option<u64>) -> Markup {
    html! {
        div.progress role="status" {
            p { (label) }
            @match total { Some(total) => progress value=(done) max=(total) {}, None => progress {} }
        }
    }
}

/// A share as a small bar beside its number; drawn as SVG since styles in attributes are not allowed.
pub fn share_bar(share: f64) -> Markup {
    let width = (share.clamp(0.0, 1.0) * 100.0).round();
    html! { svg.share viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" { rect.share__all width="100" height="8" {} rect.share__part width=(width) height="8" {} } }
}

/// Names and values in two columns.
pub fn facts(facts: &[(String, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { dt { (name) } dd { (value) } } } }
}

/// The mark of the house.
pub fn logo() -> Markup {
    PreEscaped(
        r#"<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 2h3v7l6-7h4l-6.2 7L17 18h-4l-5.4-7L6 13v5H3z"/></svg>"#.to_owned(),
    )
}

/// A small drawing by name: `search`, `close`, `down`.
pub fn icon(name: &str) -> Markup {
    let path = match name {
        "search" => "M9 3a6 6 0 1 0 3.6 10.8l3.8 3.8 1.2-1.2-3.8-3.8A6 6 0 0 0 9 3Zm0 1.7a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6Z",
        "close" => "M4.6 5.8 5.8 4.6 10 8.8 14.2 4.6 15.4 5.8 11.2 10 15.4 14.2 14.2 15.4 10 11.2 5.8 15.4 4.6 14.2 8.8 10Z",
        _ => "M5 7.5 10 12.5 15 7.5 13.8 6.3 10 10.1 6.2 6.3Z",
    };
    html! { svg.icon viewBox="0 0 20 20" aria-hidden="true" { path d=(path) {} } }
}
