//! What every answer carries and every request must meet, whatever its slice.

use super::problem::Problem;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Scripts and styles come from us alone; no other host is ever asked for anything.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src-elem 'self'; \
     style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'; report-uri /csp-report";

/// Adds the security headers to every answer.
pub async fn headers(request: Request, next: Next) -> Response {
    let secure = request.headers().get("x-forwarded-proto").is_some_and(|value| value == "https");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Refuses writing requests that another site's page sends in a signed-in browser.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reading || comes_from_here(&request) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::FORBIDDEN, "wrong_origin", "This request came from another site.")
        .at("origin")
        .into_response()
}

fn comes_from_here(request: &Request) -> bool {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text(header::ORIGIN) {
        let host = text(header::HOST).map(str::to_owned).or_else(|| request.uri().authority().map(ToString::to_string));
        let named = origin.parse::<Uri>().ok().and_then(|origin| origin.authority().map(ToString::to_string));
        return named.is_some() && named == host;
    }
    // A browser always says one or the other; a program that says neither carries no stray cookie.
    text(HeaderName::from_static("sec-fetch-site")).is_none_or(|site| matches!(site, "same-origin" | "none"))
}

/// Takes a browser's report that a page broke the policy; logged, so that a journey can fail on it.
pub async fn csp_report(body: axum::body::Bytes) -> StatusCode {
    let text = String::from_utf8_lossy(&body[..body.len().min(2_000)]).replace(['\n', '\r'], " ");
    tracing::warn!(report = %text, "content security policy report");
    StatusCode::NO_CONTENT
}
