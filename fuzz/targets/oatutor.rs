//! A tree of an imported course: one text, cut at lines `=== path`. Broken files are refused by name, never with a panic.
#![no_main]

use interop::{
    Memory,
    oatutor::{Options, import},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut tree = Memory::default();
    for file in text.split("=== ").skip(1) {
        let (path, body) = file.split_once('\n').unwrap_or((file, ""));
        tree.files.insert(path.trim().to_owned(), body.as_bytes().to_vec());
    }
    let _ = import(&tree, &Options::default());
});
