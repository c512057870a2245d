//! An answer log: refused with a line, or read so that no user is lost.
#![no_main]

use engine::evaluation::{Reader, read_users};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::default();
    if let Err(refused) = reader.add(bytes) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        assert!((1..=lines).contains(&refused.line), "line {} of {lines}", refused.line);
    }
    let _ = reader.finish();
    let _ = read_users(bytes);
});
