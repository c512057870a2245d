//! A course's files, in the plain-text format: one text, cut at lines `=== path`. What is read can be written, read
//! again to the same course, and checked.
#![no_main]

use curriculum::{check, format};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

fuzz_target!(|text: &str| {
    let mut files = BTreeMap::new();
    for file in text.split("=== ").skip(1) {
        let (path, body) = file.split_once('\n').unwrap_or((file, ""));
        files.insert(path.trim().to_owned(), body.to_owned());
    }
    let (course, problems) = format::read(&files);
    let Some(course) = course else { return };
    let _ = check::check(&course, 1);
    if problems.is_empty() {
        let (again, problems) = format::read(&format::write(&course));
        assert!(problems.is_empty(), "what was written cannot be read: {problems:?}");
        assert_eq!(again.as_ref(), Some(&course), "written and read again it is another course");
    }
});
