//! A stored event's body, of any schema: refused in words, or read and written to the same body.
#![no_main]

use engine::record::read_body;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(json) = serde_json::from_str(text) else { return };
    let Ok(body) = read_body(1, json) else { return };
    let written = serde_json::to_value(&body).expect("a body can be written");
    assert_eq!(read_body(1, written), Ok(body), "written and read again it is another body");
});
