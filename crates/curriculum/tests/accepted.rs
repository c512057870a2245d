//! Content that was once accepted is read for good: every file in `fixtures/accepted/content` is a course as some
//! version wrote it.

use curriculum::Course;
use std::path::Path;

#[test]
fn every_course_ever_written_still_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/accepted/content");
    let mut read = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of accepted content is there") {
        let path = entry.expect("its entries can be listed").path();
        let text = std::fs::read_to_string(&path).expect("an accepted course is a text file");
        let course: Course = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let named = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        // The file's name ends in the version it had, so a change of meaning shows as another version.
        assert!(named.ends_with(&course.version().0), "{named} is now version {}", course.version().0);
        read += 1;
    }
    assert!(read > 0, "there is no accepted content to read");
}
