//! An answer log: refused with its lines, or read so that no user is lost.
#![no_main]

use engine::evaluation::{Reader, read_users};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::default();
    if let Err(refused) = reader.add(bytes) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        assert!(!refused.is_empty(), "refused without a line");
        for one in refused {
            assert!((1..=lines).contains(&one.line), "line {} of {lines}", one.line);
        }
    }
    let _ = reader.finish();
    let _ = read_users(bytes);
});
