//! Problems (RFC 9457): every wrong request is answered with a stable type, a status and the field at fault.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use store::StoreError;

/// What went wrong, as the client sees it. `kind` is stable; the client words it from its own message files.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    kind: &'static str,
    field: Option<String>,
    detail: String,
    retry_after_seconds: Option<u64>,
    reference: Option<String>,
}

/// The answer of most handlers.
pub type Answer<T> = Result<T, Problem>;

impl Problem {
    /// A problem with its status, stable kind and a plain English detail for people who call the API.
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self { status, kind, field: None, detail: detail.into(), retry_after_seconds: None, reference: None }
    }

    /// A field of the request that cannot be taken: 422.
    pub fn field(field: impl Into<String>, kind: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, kind, detail).at(field)
    }

    /// Nothing there that the caller may know of: 404. The same for what is not there and what is not theirs.
    pub fn missing(what: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "missing", format!("No such {what}.")).at(what)
    }

    /// Not signed in, or no longer: 401.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed_out", "Sign in first.")
    }

    /// Signed in, but not for this: 403.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "This is not open to you.")
    }

    /// Names the field at fault.
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Says when to try again.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// A failure of ours or a store that is away, not a mistake of the caller.
    pub fn is_ours(&self) -> bool {
        self.status.is_server_error()
    }

    /// The stable kind, such as `wrong_credentials`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The problem as it stands inside another answer (a verdict of an event).
    pub fn body(&self) -> ProblemBody {
        ProblemBody {
            kind: format!("/problems/{}", self.kind),
            title: self.kind.replace('_', " "),
            status: self.status.as_u16(),
            field: self.field.clone(),
            detail: self.detail.clone(),
            retry_after_seconds: self.retry_after_seconds,
            reference: self.reference.clone(),
        }
    }

    /// A failure of ours: logged once, here, and shown as a calm sentence with a reference number.
    pub fn failure(error: impl std::fmt::Display) -> Self {
        let reference = format!("{:08x}", crate::app::random::u64() as u32);
        tracing::error!(%reference, %error, "a request failed");
        let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failure", "Something went wrong on our side.");
        problem.reference = Some(reference);
        problem
    }
}

/// The JSON of a problem.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemBody {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(why) => {
                tracing::warn!(%why, "the store is not available");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    "Cannot save just now; nothing is lost. Try again.",
                )
                .retry_after(2)
            }
            StoreError::Conflict(what) => {
                Self::new(StatusCode::CONFLICT, "conflict", format!("This is already there ({what})."))
            }
            StoreError::Missing => Self::missing("record"),
            StoreError::Erased => Self::new(StatusCode::GONE, "erased", "This student's record was erased."),
            other => Self::failure(other),
        }
    }
}
