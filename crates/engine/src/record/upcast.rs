//! Reading stored bodies of every schema there ever was. A new schema adds a case here and a golden file in
//! `fixtures/accepted/events`; neither is ever removed.

use super::Body;
use serde_json::Value;

/// The schema that clients write now.
pub const CURRENT_SCHEMA: u32 = 1;

/// Reads a body: the client's part and the server's part merged into one JSON object, with `kind` in it.
pub fn read_body(schema: u32, body: Value) -> Result<Body, String> {
    let body = match schema {
        0 | CURRENT_SCHEMA => body,
        newer => return Err(format!("schema {newer} is newer than this engine reads ({CURRENT_SCHEMA})")),
    };
    serde_json::from_value(body).map_err(|error| error.to_string())
}
