//! The engine where there is no server: in a browser.
//!
//! The host writes a request in JSON into the memory of the module and reads an answer in JSON from it ([`host`]);
//! [`ask`] is the same without a host, so that native and WebAssembly can be compared byte for byte. What the
//! browser concludes is for speed alone: the server judges every answer again, and its judgement counts.

#[cfg(target_family = "wasm")]
pub mod host;
#[cfg(feature = "measure")]
pub mod measure;
mod requests;
mod session;

pub use session::Session;

use serde_json::{Value, json};

/// Answers one request: `{"grade": ...}`, `{"place": ...}`, `{"placed": ...}`. What cannot be read or done is
/// answered `{"error": "..."}`.
pub fn ask(session: &mut Session, request: &[u8]) -> Vec<u8> {
    // By way of a plain value: one reader for all our types is half the size of one reader each.
    let request = serde_json::from_slice::<Value>(request).and_then(serde_json::from_value);
    let answer = request.map_err(|problem| problem.to_string()).and_then(|request| session.answer(request));
    let answer = answer.unwrap_or_else(|problem| json!({ "error": problem }));
    answer.to_string().into_bytes()
}
