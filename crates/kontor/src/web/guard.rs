//! What stands before every page: cross-site posts are refused, security headers are set.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::fault::Fault;

/// The address users see, if it was set; decides about `https`.
#[derive(Clone, Debug, Default)]
pub struct PublicUrl(pub Option<String>);

impl PublicUrl {
    /// True when users come by https.
    pub fn is_https(&self) -> bool {
        self.0.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Where users reach this house, without a slash at the end: the address that was set, else the one this request came to.
    pub fn address(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok()).map(|host| format!("http://{host}"));
        self.0.as_deref().map(|url| url.trim_end_matches('/').to_owned()).or_else(host).unwrap_or_default()
    }

    fn host(&self) -> Option<&str> {
        self.0.as_deref()?.split_once("://").map(|(_, rest)| rest.trim_end_matches('/'))
    }
}

/// Refuses changes that another site asks for in the user's name.
///
/// Browsers say where a request comes from: `Sec-Fetch-Site` on secure origins, `Origin` on every post. A change is let through when the first says
/// `same-origin`, or, where it is missing, the second names this very host. Neither of them can be set by a script. Together with the session
/// cookie's `SameSite=Lax` this does what a token in every form would, and cannot be forgotten in one.
pub async fn refuse_cross_site(State(public): State<PublicUrl>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || comes_from_here(request.headers(), &public) {
        next.run(request).await
    } else {
        Fault::Malformed("a change must come from a page of this house".into()).into_response()
    }
}

fn comes_from_here(headers: &HeaderMap, public: &PublicUrl) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin_host = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    origin_host.is_some() && (origin_host == text(header::HOST) || origin_host == public.host())
}

/// Sets the security headers. Scripts, styles, images and fonts come from this house only; nothing is framed; pages are not kept in caches.
pub async fn set_security_headers(State(public): State<PublicUrl>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if public.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_through(headers: &[(&'static str, &'static str)], public: Option<&str>) -> bool {
        let headers = headers.iter().map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        comes_from_here(&headers, &PublicUrl(public.map(str::to_owned)))
    }

    #[test]
    fn the_browsers_word_on_the_site_decides() {
        assert!(is_let_through(&[("sec-fetch-site", "same-origin")], None));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_let_through(&[("sec-fetch-site", site), ("origin", "http://a"), ("host", "a")], None), "{site}");
        }
    }

    #[test]
    fn links_begin_with_the_address_that_was_set_else_with_the_one_asked() {
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("kontor:7878"))]);
        assert_eq!(PublicUrl(Some("https://kontor.example/".into())).address(&headers), "https://kontor.example");
        assert_eq!(PublicUrl(None).address(&headers), "http://kontor:7878");
        assert_eq!(PublicUrl(None).address(&HeaderMap::new()), "");
    }

    #[test]
    fn without_it_the_origin_must_be_this_host() {
        assert!(is_let_through(&[("origin", "http://kontor:7878"), ("host", "kontor:7878")], None));
        assert!(is_let_through(&[("origin", "https://kontor.example"), ("host", "10.0.0.1")], Some("https://kontor.example/")));
        assert!(!is_let_through(&[("origin", "http://evil.example"), ("host", "kontor:7878")], None));
        assert!(!is_let_through(&[("origin", "null"), ("host", "kontor:7878")], None));
        assert!(!is_let_through(&[("host", "kontor:7878")], None));
        assert!(!is_let_through(&[], None));
    }
}
