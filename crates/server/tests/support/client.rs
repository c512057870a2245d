//! Asking the router as a browser would.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, header},
};
use serde_json::Value;
use tower::ServiceExt;

/// One browser: a host, perhaps a cookie.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub host: String,
    pub cookie: Option<String>,
}

/// What came back.
pub struct Reply {
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Client {
    /// A browser that is not signed in.
    pub fn new(router: Router, host: &str) -> Self {
        Self { router, host: host.to_owned(), cookie: None }
    }

    /// The same with the cookie of a `Set-Cookie` line.
    pub fn with_cookie(mut self, set_cookie: &str) -> Self {
        self.cookie = set_cookie.split(';').next().map(str::to_owned);
        self
    }

    /// The same at another server.
    pub fn at(&self, router: Router) -> Self {
        Self { router, ..self.clone() }
    }

    /// The same on another host.
    pub fn on_host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call(Method::DELETE, path, None).await
    }

    /// Any request of the API with a JSON body or none.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        let bytes = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.raw(method, path, bytes, &[]).await
    }

    /// Any request of the API with these bytes; `headers` replace the usual ones, an empty value leaves one out.
    pub async fn raw(&self, method: Method, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        self.plain(method, &format!("/api/v1{path}"), body, headers).await
    }

    /// As [`Self::raw`], with the whole path.
    pub async fn plain(&self, method: Method, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        let asked = format!("{method} {path}");
        let response = self.open(method, path, body, headers).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        let reply = Reply { asked, status: parts.status.as_u16(), headers: parts.headers, body };
        reply.assert_sound();
        reply
    }

    /// The response with its body not yet read.
    pub async fn open(
        &self,
        method: Method,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> axum::response::Response {
        let mut request = Request::builder().method(&method).uri(path);
        let origin = format!("http://{}", self.host);
        let usual = [
            ("host", self.host.as_str()),
            ("origin", origin.as_str()),
            ("content-type", "application/json"),
            ("cookie", self.cookie.as_deref().unwrap_or_default()),
        ];
        let told = |name: &str| headers.iter().any(|(told, _)| *told == name);
        for (name, value) in usual.iter().filter(|(name, _)| !told(name)).chain(headers) {
            if !value.is_empty() {
                request = request.header(*name, *value);
            }
        }
        let request = request.body(Body::from(body)).expect("a request");
        self.router.clone().oneshot(request).await.expect("routers do not fail")
    }
}

impl Reply {
    /// What no answer may lack, whatever was asked.
    fn assert_sound(&self) {
        let asked = &self.asked;
        assert!(self.status < 500, "{asked}: {} {}", self.status, self.text());
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{asked}");
        assert_eq!(self.header("referrer-policy"), "same-origin", "{asked}");
        assert!(self.header("content-security-policy").contains("default-src"), "{asked}");
        if self.status >= 400 && asked.contains(" /api/v1/") {
            assert_eq!(self.header("content-type"), "application/problem+json", "{asked}: {}", self.text());
            let problem: Value = serde_json::from_slice(&self.body).expect("a problem is JSON");
            assert_eq!(problem["status"], self.status, "{asked}");
            assert!(problem["type"].as_str().is_some_and(|kind| kind.starts_with("/problems/")), "{asked}: {problem}");
            assert!(problem["title"].is_string(), "{asked}: {problem}");
        }
        if self.status == 200 && asked.contains(" /api/v1/") {
            assert_eq!(self.header("cache-control"), "no-store", "{asked}");
        }
    }

    /// The JSON, of an answer with this status.
    #[track_caller]
    pub fn json(self, status: u16) -> Value {
        self.assert_status(status);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.text()))
    }

    /// Nothing, with status 204.
    #[track_caller]
    pub fn done(self) {
        self.assert_status(204);
    }

    /// The short name of a problem with this status.
    #[track_caller]
    pub fn problem(self, status: u16) -> String {
        self.assert_status(status);
        self.kind()
    }

    /// `kind field` of a problem with this status.
    #[track_caller]
    pub fn problem_at(self, status: u16) -> String {
        self.assert_status(status);
        format!("{} {}", self.kind(), self.field().unwrap_or_default())
    }

    #[track_caller]
    pub fn assert_status(&self, status: u16) {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
    }

    /// The short name of the problem, or nothing.
    pub fn kind(&self) -> String {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        problem["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned()
    }

    /// The field that a problem names.
    pub fn field(&self) -> Option<String> {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        problem["field"].as_str().map(str::to_owned)
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The line that sets the cookie.
    pub fn cookie(&self) -> String {
        let line = self.header(header::SET_COOKIE.as_str()).to_owned();
        assert!(!line.is_empty(), "{}: no cookie was set: {}", self.asked, self.text());
        line
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body[..self.body.len().min(2_000)]).into_owned()
    }
}
