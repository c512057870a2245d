//! Every event shape ever accepted is still read. Files in `fixtures/accepted/events` are added, never changed.

use engine::record::{Body, read_body};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

fn accepted() -> Vec<(String, u32, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/accepted/events");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder is there").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let value: Value = serde_json::from_str(&text).expect("the file is JSON");
            let schema = value["schema"].as_u64().expect("a schema") as u32;
            (path.display().to_string(), schema, value["body"].clone())
        })
        .collect()
}

#[test]
fn every_accepted_event_is_still_read() {
    for (name, schema, value) in accepted() {
        let body: Body = read_body(schema, value.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = serde_json::to_value(&body).expect("a body is plain data");
        assert_eq!(read_body(schema, written.clone()).expect("what is written is read"), body, "{name}");
        assert_eq!(written["kind"], value["kind"], "{name}");
    }
}

#[test]
fn every_kind_has_an_accepted_file() {
    let kinds: BTreeSet<String> =
        accepted().into_iter().map(|(_, _, body)| body["kind"].as_str().expect("a kind").to_owned()).collect();
    assert_eq!(kinds.len(), 28, "{kinds:?}");
}

#[test]
fn an_unknown_kind_and_a_newer_schema_are_refused_with_a_reason() {
    assert!(read_body(1, serde_json::json!({"kind": "dreamt"})).unwrap_err().contains("dreamt"));
    assert!(read_body(2, serde_json::json!({"kind": "undone"})).unwrap_err().contains("newer"));
}
