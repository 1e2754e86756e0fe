//! The one skeleton of all pages.

use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::Language;
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};

use super::assets;
use super::components::{icon, logo};
use super::format::Locale;
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
}

struct NavItem {
    path: &'static str,
    label: String,
    key: &'static str,
    needs: Right,
}

fn nav_items(t: &Texts) -> Vec<NavItem> {
    let item = |path, label, key, needs| NavItem { path, label, key, needs };
    vec![
        item(url::HOME, t.nav_home(), "h", Right::SeeFigures),
        item(url::ACCOUNTS, t.nav_accounts(), "a", Right::SeeFigures),
        item(url::ABC, t.nav_valuation(), "v", Right::SeeFigures),
        item(url::IMPORTS, t.nav_ledger(), "l", Right::SeeImports),
        item(url::SETTINGS, t.nav_settings(), "s", Right::SeeSettings),
        item(url::USERS, t.nav_users(), "u", Right::ManageUsers),
        item(url::AUDIT, t.nav_audit(), "p", Right::SeeAudit),
    ]
}

/// A page for somebody who is signed in: navigation, search, message, main part.
pub fn page(context: &PageContext, title: &str, main: Markup) -> Markup {
    let Some(viewer) = &context.viewer else { return plain_page(context, title, main) };
    let t = context.texts;
    let body = html! {
        a.skip href="#main" { (t.web_skip()) }
        div.shell {
            aside.side {
                a.brand href=(url::HOME) { (logo()) "Kontor" }
                nav.nav aria-label=(t.nav_label()) {
                    ul {
                        @for item in nav_items(t).into_iter().filter(|item| viewer.may(item.needs)) {
                            li { a href=(item.path) data-go=(item.key) aria-current=[is_current(&context.path, item.path).then_some("page")] { (item.label) } }
                        }
                    }
                }
            }
            main.main #main {
                (top(context, viewer))
                @if let Some(flash) = &context.flash {
                    p.flash.flash--warning[flash.is_warning] role="status" { (flash.message) }
                }
                (main)
            }
        }
        (shortcuts(t))
    };
    document(context, title, body)
}

fn is_current(path: &str, item: &str) -> bool {
    if item == url::HOME { path == item } else { path == item || path.strip_prefix(item).is_some_and(|rest| rest.starts_with('/')) }
}

fn top(context: &PageContext, viewer: &Viewer) -> Markup {
    let t = context.texts;
    html! {
        div.top {
            form.search role="search" action=(url::ACCOUNTS) {
                (icon("search"))
                input type="search" name="q" aria-label=(t.web_search()) placeholder=(t.web_search()) autocomplete="off" data-search;
                span.kbd aria-hidden="true" { "/" }
            }
            @if !context.company.is_empty() { span.company { (context.company) } }
            details.menu {
                summary { (viewer.name) (icon("down")) }
                ul.menu__list {
                    li { a href=(url::PROFILE) { (t.nav_profile()) } }
                    li { a href=(url::TOKENS) { (t.nav_tokens()) } }
                    li { button type="button" data-dialog="shortcuts" { (t.web_shortcuts()) } }
                    li { form method="post" action="/sign-out" { button { (t.access_sign_out()) } } }
                }
            }
        }
    }
}

fn shortcuts(t: &Texts) -> Markup {
    let rows = [
        ("/", t.web_shortcut_search()),
        ("?", t.web_shortcut_help()),
        ("g h", t.nav_home()),
        ("g a", t.nav_accounts()),
        ("g v", t.nav_valuation()),
        ("g l", t.nav_ledger()),
    ];
    html! {
        dialog.dialog #shortcuts aria-labelledby="shortcuts-title" {
            h2 #shortcuts-title { (t.web_shortcuts()) }
            dl.keys { @for (keys, what) in rows { dt { @for key in keys.split(' ') { kbd.kbd { (key) } " " } } dd { (what) } } }
            form method="dialog" { button.button { (t.web_close()) } }
        }
    }
}

/// A page without navigation: sign-in, set-up, errors before the sign-in.
pub fn plain_page(context: &PageContext, title: &str, main: Markup) -> Markup {
    let body = html! {
        main.plain #main {
            p.brand { (logo()) "Kontor" }
            (main)
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
            body { (body) }
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
