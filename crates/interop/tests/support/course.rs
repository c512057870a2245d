//! The real course, where it is at hand.

#![allow(dead_code, reason = "each test and example uses its own part of this")]

use flate2::read::GzDecoder;
use interop::Memory;
use interop::oatutor::{Imported, Options, import};
use std::fs;
use std::io::Read;
use std::path::PathBuf;

/// The folder of real content: `TANDEM_SHARED`, else `shared` beside the repository.
fn shared() -> PathBuf {
    match std::env::var_os("TANDEM_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    }
}

/// The course's files as one source; `None`, loudly, where they are absent. Under CI=true that is a failure.
pub fn source() -> Option<Memory> {
    let folder = shared().join("content/oatutor-elementary-algebra");
    let Ok(archive) = fs::File::open(folder.join("content-pool.tar.gz")) else {
        let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!ci, "the real course is missing: set TANDEM_SHARED");
        eprintln!("skipped: the real course is not at hand (set TANDEM_SHARED)");
        return None;
    };
    let mut source = Memory::default();
    let mut archive = tar::Archive::new(GzDecoder::new(archive));
    for entry in archive.entries().expect("the archive opens") {
        let mut entry = entry.expect("the archive is whole");
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let path = entry.path().expect("paths are text").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("the archive is whole");
        source.files.insert(path, bytes);
    }
    for name in ["coursePlans.json", "skillModel.json", "bktParams.json"] {
        source.files.insert(name.to_owned(), fs::read(folder.join(name)).expect("the JSON lies beside the archive"));
    }
    Some(source)
}

/// The text of the section graph.
pub fn section_graph() -> Option<String> {
    fs::read_to_string(shared().join("content/openstax-algebra-ccby/section-graph.json")).ok()
}

/// The one course, with prerequisites.
pub fn imported() -> Option<Imported> {
    let source = source()?;
    let options = Options { course: None, prerequisites: section_graph() };
    let mut courses = import(&source, &options).expect("the real course imports");
    assert_eq!(courses.len(), 1);
    courses.pop()
}
