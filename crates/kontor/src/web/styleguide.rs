//! Every component and chart with sample data, to look at while building pages: light and dark, wide and narrow, printed. In debug builds only.
//!
//! The samples are invented and stand here untranslated; the language of everything else is the reader's, or the one asked for with `?language=en`.

mod drawings;
mod forms;
mod parts;

use axum::Extension;
use kontor_domain::rights::{Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};
use maud::{Markup, html};
use serde::Deserialize;

use super::context::Query;
use super::format::Locale;
use super::layout::{self, Flash, PageContext};
use super::routes::{Guard, Routes};
use super::texts::Texts;

/// The route.
pub fn routes() -> Routes {
    Routes::new().get(Guard::Public, "/styleguide", show)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    language: String,
}

async fn show(Extension(context): Extension<PageContext>, Query(wanted): Query<Wanted>) -> Markup {
    styleguide(&sample_context(wanted.language.parse().unwrap_or_else(|_| context.texts.language())))
}

/// What the page is shown with, whoever looks: the whole menu and a message.
fn sample_context(language: Language) -> PageContext {
    PageContext {
        viewer: Some(Viewer {
            user_id: 0,
            name: "Jana <Petersen>".into(),
            role: Role::Administrator,
            language,
            via: Via::Web,
            sight: Sight::All,
        }),
        texts: Texts::of(language),
        locale: Locale::of(language),
        path: "/accounts/7".into(),
        flash: Some(Flash::done("Gespeichert & <gut>".into())),
        company: "Muster & Söhne GmbH".into(),
        marks: Default::default(),
        class: None,
        notices: 2,
    }
}

fn styleguide(context: &PageContext) -> Markup {
    let t = context.texts;
    let main = html! {
        (parts::overview(t))
        div.columns {
            (drawings::pareto_section(t))
            (parts::ranking(t))
            (parts::talk())
            (parts::account(t))
            (drawings::months_section(t))
            (parts::facts_section())
            (drawings::bars_section(t))
            (drawings::strip_section(t))
            (drawings::edge_cases(t))
            (forms::filter_section())
            (forms::form_section(t))
            (forms::wrong_form_section(t))
            (forms::button_section())
            (parts::notices())
            (parts::badges(t))
            (parts::going_on())
            (parts::nothing_yet())
        }
    };
    layout::page(context, "Styleguide", main)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(language: Language) -> String {
        styleguide(&sample_context(language)).into_string()
    }

    /// The opening tags of a page, with their attributes.
    fn tags(html: &str) -> impl Iterator<Item = &str> {
        html.split('<').skip(1).filter(|tag| !tag.starts_with('/')).map(|tag| tag.split('>').next().unwrap_or_default())
    }

    #[test]
    fn no_component_has_styles_or_scripts_within_the_page() {
        for language in Language::ALL {
            for tag in tags(&page(language)) {
                assert!(!tag.contains(" style=") && !tag.starts_with("style"), "{tag}");
                assert!(!tag.starts_with("script") || tag.contains(" src=\"/assets/kontor-"), "{tag}");
                assert!(!tag.contains(" onclick=") && !tag.contains(" onchange=") && !tag.contains("javascript:"), "{tag}");
                assert!(tag.matches(" class=").count() <= 1, "two classes: {tag}");
                assert!(!tag.contains(" fill=") && !tag.contains(" stroke="), "a colour that is no class: {tag}");
            }
        }
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let html = page(Language::De);
        assert!(html.contains("Jana &lt;Petersen&gt;") && html.contains("Gespeichert &amp; &lt;gut&gt;"));
        assert!(html.contains("Muster &amp; Söhne GmbH"));
        assert!(!html.contains("<Petersen>") && !html.contains("<gut>"));
    }

    #[test]
    fn every_id_is_there_once_and_every_reference_finds_its_element() {
        let html = page(Language::De);
        let attribute = |name: &str| -> Vec<String> {
            let start = format!(" {name}=\"");
            tags(&html).filter_map(|tag| tag.split(&start).nth(1)).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let mut ids = attribute("id");
        for referring in ["for", "aria-labelledby", "aria-describedby", "data-dialog"] {
            for id in attribute(referring).iter().flat_map(|ids| ids.split(' ')) {
                assert!(ids.iter().any(|known| known == id), "{referring} refers to {id}, which is not there");
            }
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id is there twice");
    }

    #[test]
    fn the_skeleton_leads_to_the_content_and_marks_the_place() {
        let html = page(Language::En);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{}", &html[..80]);
        let (skip, menu) = (html.find("href=\"#main\""), html.find("<nav class=\"nav\""));
        assert!(skip.is_some() && skip < menu, "the skip link comes first");
        assert_eq!(html.matches("<main").count(), 1);
        assert!(html.contains(r#"<a href="/accounts" data-go="a" aria-current="page">Accounts</a>"#));
        assert!(html.contains("<title>Styleguide – Kontor</title>"));
    }

    #[test]
    fn a_reader_sees_only_what_they_may_follow_and_before_the_sign_in_there_is_no_menu() {
        let mut context = sample_context(Language::De);
        if let Some(viewer) = &mut context.viewer {
            viewer.role = Role::Viewer;
        }
        let html = layout::page(&context, "x", html! {}).into_string();
        assert!(html.contains("href=\"/accounts\"") && !html.contains("href=\"/audit\"") && !html.contains("href=\"/users\""));
        let html = layout::page(&PageContext { viewer: None, ..context }, "x", html! {}).into_string();
        assert!(!html.contains("<nav") && !html.contains("role=\"search\"") && html.contains("<main"));
    }
}
