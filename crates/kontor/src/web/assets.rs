//! Stylesheet and script, embedded and named after their content.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::office::Office;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const ICON: &str = include_str!("../../assets/icon.svg");
/// Where the icon is.
pub const ICON_URL: &str = "/assets/icon.svg";

/// The routes of the embedded files; browsers may keep them for ever, as another content has another name.
pub fn router() -> Router<Office> {
    Router::new()
        .route(STYLE_URL, get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route(SCRIPT_URL, get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }))
        .route(ICON_URL, get(|| async { file("image/svg+xml", ICON) }))
}

fn file(content_type: &'static str, content: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")], content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_fixes_the_order_of_layers_first_and_loads_nothing_from_outside() {
        assert_eq!(STYLE.lines().next(), Some("@layer reset, base, layout, components, pages, utilities, print;"));
        for outside in ["url(", "@import", "http:", "https:"] {
            assert!(!STYLE.contains(outside), "{outside}");
        }
    }
}
