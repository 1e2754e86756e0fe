//! The one skeleton of all pages.

use std::sync::Arc;

use kontor_domain::abc::Class;
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Language;
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};

use super::assets;
use super::components::{icon, logo};
use super::format::Locale;
use super::marks::Marks;
use super::texts::Texts;
use super::url;

/// A message that the page after a change shows once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The message in the reader's language.
    pub message: String,
    /// Whether it tells of something that went wrong.
    pub is_warning: bool,
}

impl Flash {
    /// It is done.
    pub fn done(message: String) -> Flash {
        Flash { message, is_warning: false }
    }

    /// Something needs a look.
    pub fn warning(message: String) -> Flash {
        Flash { message, is_warning: true }
    }
}

/// What every page knows.
#[derive(Clone)]
pub struct PageContext {
    /// Who looks; `None` before the sign-in.
    pub viewer: Option<Viewer>,
    /// The texts in the reader's language.
    pub texts: &'static Texts,
    /// Numbers and dates in the reader's format.
    pub locale: Locale,
    /// The path asked for.
    pub path: String,
    /// What the last change came to.
    pub flash: Option<Flash>,
    /// The company's name; empty before the set-up.
    pub company: String,
    /// Which accounts are marked wherever they are shown.
    pub marks: Arc<Marks>,
    /// The account that the page is about, with its class; `None` on other pages, and without one.
    pub class: Option<(i64, Class)>,
    /// How many notices wait for who looks.
    pub notices: u64,
}

struct NavItem {
    path: &'static str,
    label: String,
    key: &'static str,
    needs: Right,
}

/// The main menu in two groups: the daily work, and running the house.
fn nav_items(t: &Texts) -> [Vec<NavItem>; 2] {
    let item = |path, label, key, needs| NavItem { path, label, key, needs };
    let work = vec![
        item(url::HOME, t.nav_home(), "h", Right::SeeFigures),
        item(url::MY, t.nav_my(), "m", Right::SeeFigures),
        item(url::ACCOUNTS, t.nav_accounts(), "a", Right::SeeFigures),
        item(url::PEOPLE, t.nav_people(), "k", Right::SeeFigures),
        item(url::INTERACTIONS, t.nav_interactions(), "i", Right::SeeFigures),
        item(url::CADENCE, t.nav_cadence(), "r", Right::SeeFigures),
        item(url::ABC, t.nav_valuation(), "v", Right::SeeFigures),
        item(url::WORKLOAD, t.nav_workload(), "t", Right::SeeWorkload),
        item(url::IMPORTS, t.nav_ledger(), "l", Right::SeeImports),
    ];
    let house = vec![
        item(url::SETTINGS, t.nav_settings(), "s", Right::SeeSettings),
        item(url::USERS, t.nav_users(), "u", Right::ManageUsers),
        item(url::AUDIT, t.nav_audit(), "p", Right::SeeAudit),
    ];
    [work, house]
}

/// Where somebody can go and what somebody can begin, each as address and name: the main menu, one's own pages, and what makes something new.
pub fn destinations(t: &Texts, viewer: &Viewer) -> Vec<(&'static str, String)> {
    let menu = nav_items(t).into_iter().flatten().filter(|item| viewer.may(item.needs)).map(|item| (item.path, item.label));
    let begin = [
        (url::NEW_INTERACTION, t.interactions_new(), Right::LogInteractions),
        (url::NEW_ACCOUNT, t.accounts_new_title(), Right::EditAccounts),
        (url::NEW_PERSON, t.people_new(), Right::EditPeople),
        (url::NEW_HANDOVER, t.handovers_new(), Right::ChangeOwnTeams),
        (url::NEW_IMPORT, t.palette_new_import(), Right::Import),
    ];
    let begin = begin.into_iter().filter(|(_, _, needs)| viewer.may(*needs)).map(|(path, label, _)| (path, label));
    menu.chain([(url::PROFILE, t.nav_profile()), (url::TOKENS, t.nav_tokens())]).chain(begin).collect()
}

/// A page for somebody who is signed in: navigation, search, message, main part.
pub fn page(context: &PageContext, title: &str, main: Markup) -> Markup {
    let Some(viewer) = &context.viewer else { return plain_page(context, title, main) };
    let body = html! {
        div.shell {
            (side(context, viewer))
            div.main {
                (top(context, viewer))
                (flash(context))
                main #main tabindex="-1" { (main) }
                (footer(context))
            }
        }
        (shortcuts(context.texts, viewer))
    };
    document(context, title, body)
}

fn side(context: &PageContext, viewer: &Viewer) -> Markup {
    let t = context.texts;
    html! {
        aside.side {
            a.brand href=(url::HOME) { (logo()) "Kontor" }
            nav.nav aria-label=(t.nav_label()) {
                @for group in nav_items(t) {
                    ul {
                        @for item in group.into_iter().filter(|item| viewer.may(item.needs)) {
                            li { a href=(item.path) data-go=(item.key) aria-current=[is_current(&context.path, item.path).then_some("page")] { (item.label) } }
                        }
                    }
                }
            }
        }
    }
}

fn is_current(path: &str, item: &str) -> bool {
    // The valuation has several pages beside each other, of which the menu leads to the first.
    let item = if item == url::ABC { url::VALUATION } else { item };
    if item == url::HOME { path == item } else { path == item || path.strip_prefix(item).is_some_and(|rest| rest.starts_with('/')) }
}

fn top(context: &PageContext, viewer: &Viewer) -> Markup {
    let t = context.texts;
    html! {
        header.top {
            form.search role="search" action=(url::FIND) data-suggest={ (url::FIND) "/list" } {
                (icon("search"))
                input type="search" name="q" aria-label=(t.web_search()) placeholder=(t.web_search()) autocomplete="off" role="combobox" aria-expanded="false" aria-autocomplete="list" aria-controls="suggest" data-search;
                kbd.kbd aria-hidden="true" { "/" }
            }
            @if context.notices > 0 { a.waiting href=(url::NOTICES) { (t.team_notices_waiting(context.notices)) } }
            @if viewer.may(Right::LogInteractions) {
                a.button.quick href=(url::NEW_INTERACTION) data-quick aria-label=(t.interactions_quick()) title=(t.interactions_quick()) { "+" }
            }
            details.menu {
                summary { span.menu__name { (viewer.name) } (icon("down")) }
                ul.menu__list {
                    li { a href=(url::PROFILE) { (t.nav_profile()) } }
                    li { a href=(url::TOKENS) { (t.nav_tokens()) } }
                    li.menu__script { button type="button" data-dialog="shortcuts" { (t.web_shortcuts()) kbd.kbd aria-hidden="true" { "?" } } }
                    li { form method="post" action="/sign-out" { button { (t.access_sign_out()) } } }
                }
            }
        }
    }
}

fn flash(context: &PageContext) -> Markup {
    html! {
        @if let Some(flash) = &context.flash {
            div.flash.flash--warning[flash.is_warning] role="status" data-flash {
                p { (flash.message) }
                button.close type="button" data-dismiss aria-label=(context.texts.web_close()) { (icon("close")) }
            }
        }
    }
}

fn footer(context: &PageContext) -> Markup {
    html! { footer.footer { span { (context.company) } span { "Kontor " (env!("CARGO_PKG_VERSION")) } } }
}

fn shortcuts(t: &Texts, viewer: &Viewer) -> Markup {
    let places = nav_items(t).into_iter().flatten().filter(|item| viewer.may(item.needs));
    html! {
        dialog.dialog #shortcuts aria-labelledby="shortcuts-title" {
            div.dialog__head {
                h2 #shortcuts-title { (t.web_shortcuts()) }
                form method="dialog" { button.close aria-label=(t.web_close()) { (icon("close")) } }
            }
            dl.keys {
                dt { kbd.kbd { "/" } } dd { (t.web_shortcut_search()) }
                dt { kbd.kbd { "?" } } dd { (t.web_shortcut_help()) }
                @if viewer.may(Right::LogInteractions) { dt { kbd.kbd { "c" } } dd { (t.interactions_new()) } }
                @for item in places { dt { kbd.kbd { "g" } " " kbd.kbd { (item.key) } } dd { (item.label) } }
            }
        }
    }
}

/// A page without navigation: sign-in, set-up, errors before the sign-in.
pub fn plain_page(context: &PageContext, title: &str, main: Markup) -> Markup {
    let body = html! {
        div.plain {
            p.brand { (logo()) "Kontor" }
            main #main tabindex="-1" { (main) }
        }
    };
    document(context, title, body)
}

fn document(context: &PageContext, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(context.texts.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Kontor" }
                link rel="icon" type="image/svg+xml" href=(assets::ICON_URL);
                link rel="stylesheet" href=(assets::STYLE_URL);
                script type="module" src=(assets::SCRIPT_URL) {}
            }
            body {
                a.skip href="#main" { (context.texts.web_skip()) }
                (body)
            }
        }
    }
}

/// The name of a language in that language.
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::De => "Deutsch",
        Language::En => "English",
    }
}
