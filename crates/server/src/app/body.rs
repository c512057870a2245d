//! Reading a request's JSON: bounded, strict, and naming the field that is wrong.

use super::problem::Problem;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{StatusCode, header},
};
use serde::{Serialize, de::DeserializeOwned};

/// A JSON body. A wrong one is answered with a problem that names the field.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read(&bytes_of(request, state).await?).map(Self)
    }
}

/// A JSON body whose members are read one by one later, each with [`read`]: an odd one does not spoil the rest.
pub struct Batch<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Batch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read_batch(&bytes_of(request, state).await?).map(Self)
    }
}

async fn bytes_of<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    let is_json =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
    if !is_json {
        return Err(
            Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "Send application/json.").at("content-type")
        );
    }
    Bytes::from_request(request, state).await.map_err(too_large)
}

fn too_large(rejection: BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The request is larger than it may be.").at("body")
    } else {
        Problem::new(StatusCode::BAD_REQUEST, "broken_body", "The request broke off.").at("body")
    }
}

/// Reads JSON and names the field at fault.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if holds_nul(bytes) {
        return Err(Problem::field("body", "nul", "Text may not hold the character NUL."));
    }
    read_batch(bytes)
}

fn read_batch<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Members in order, without their names, would be read as well.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::field("body", "wrong_value", "Send an object."));
    }
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        let field = field_at(&path, &inner.to_string()).unwrap_or_else(|| "body".to_owned());
        let kind = if inner.is_data() { "wrong_value" } else { "not_json" };
        let status = if inner.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
        Problem::new(status, kind, inner.to_string()).at(field)
    })?;
    source.end().map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "not_json", error.to_string()).at("body"))?;
    Ok(value)
}

/// The field that an error is about, by its path and words; none when it is about the whole.
pub fn field_at(path: &str, error: &str) -> Option<String> {
    let within = (!matches!(path, "." | "?")).then(|| path.to_owned());
    match (within, missing_member(error)) {
        (Some(path), Some(name)) => Some(format!("{path}.{name}")),
        (path, name) => path.or(name),
    }
}

/// The member whose absence an error complains of; serde names it in its words only.
fn missing_member(error: &str) -> Option<String> {
    let (name, _) = error.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}

/// True when a JSON text escapes NUL (a bare NUL byte is not JSON at all).
fn holds_nul(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        let escape = &bytes[at + found + 1..];
        if escape.starts_with(b"u0000") {
            return true;
        }
        at += found + 2;
        if at > bytes.len() {
            return false;
        }
    }
    false
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        let mut response = axum::Json(self.0).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        response
    }
}

/// Text that a person typed: trimmed, one line, not empty, at most `chars_max` characters.
pub fn line(field: &'static str, text: &str, chars_max: usize) -> Result<String, Problem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Problem::field(field, "empty", "This may not be empty."));
    }
    if text.chars().count() > chars_max {
        return Err(Problem::field(field, "too_long", format!("At most {chars_max} characters.")));
    }
    if text.chars().any(char::is_control) {
        return Err(Problem::field(field, "wrong_value", "Control characters are not text."));
    }
    Ok(text)
}

/// Like [`line`], but may be empty.
pub fn note(field: &'static str, text: &str, chars_max: usize) -> Result<String, Problem> {
    if text.trim().is_empty() { Ok(String::new()) } else { line(field, text, chars_max) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Sample {
        #[expect(dead_code)]
        name: String,
    }

    #[test]
    fn the_field_at_fault_is_named() {
        let problem = read::<Sample>(br#"{"name": 3}"#).unwrap_err();
        assert_eq!(serde_json::to_value(problem.body()).unwrap()["field"], "name");
        let problem = read::<Sample>(b"{}").unwrap_err();
        assert_eq!(serde_json::to_value(problem.body()).unwrap()["field"], "name");
    }

    #[test]
    fn an_escaped_nul_is_refused_and_an_escaped_backslash_is_not() {
        assert_eq!(read::<Sample>(br#"{"name": "a\u0000"}"#).unwrap_err().kind(), "nul");
        assert!(read::<Sample>(br#"{"name": "a\\u0000"}"#).is_ok());
    }

    #[test]
    fn deep_json_is_refused_without_overflowing() {
        let deep = "{\"a\":".repeat(200_000);
        assert_eq!(read::<serde_json::Value>(deep.as_bytes()).unwrap_err().kind(), "not_json");
    }
}
