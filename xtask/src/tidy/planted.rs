//! For the tests of the rules: a small, clean workspace in a temporary folder, into which a test plants one violation.

use super::{Allowed, inspect_folder};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A tree that is about to be written: paths and texts, and what each crate uses.
pub struct Planted {
    files: BTreeMap<String, String>,
    uses: BTreeMap<&'static str, Vec<&'static str>>,
    uses_in_tests: BTreeMap<&'static str, Vec<&'static str>>,
}

/// Stand-ins for crates of others, outside the workspace: a name and what it uses.
const OTHERS: &[(&str, &[&str])] = &[("reqwest", &[]), ("rand", &[]), ("deep", &["rand"])];

impl Planted {
    /// The crates of Tandem with nothing in them, and one page of everything else.
    pub fn clean() -> Self {
        let uses = [
            ("math", vec![]),
            ("curriculum", vec!["math"]),
            ("engine", vec!["curriculum", "math"]),
            ("interop", vec!["curriculum", "math"]),
            ("simulation", vec!["curriculum", "math"]),
            ("store", vec![]),
            ("server", vec![]),
            ("xtask", vec![]),
        ];
        Self { files: BTreeMap::new(), uses: uses.into(), uses_in_tests: BTreeMap::new() }
            .file("crates/server/src/learning/mod.rs", "pub mod http;\npub struct Judged;\n")
            .file("crates/server/src/learning/http.rs", "use super::Judged;\nuse crate::app::Problem;\n")
            .file("crates/server/src/plans/mod.rs", "use crate::learning::Judged;\n")
            .file("crates/server/src/app/mod.rs", "use crate::plans::routes;\npub struct Problem;\n")
            .file("crates/store/migrations/sqlite/0001_people.sql", "create table people (id blob primary key);\n")
            .file("crates/store/migrations/postgres/0001_people.sql", "create table people (id bytea primary key);\n")
            .file("web/src/text/en.json", r#"{ "hello": "Hello {name}" }"#)
            .file("web/src/text/es.json", r#"{ "hello": "Hola {name}" }"#)
            .file("web/src/features/student/Home.svelte", "<script>import Chip from '../../ui/Chip.svelte';</script>\n")
    }

    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    pub fn uses(mut self, from: &'static str, to: &'static str) -> Self {
        self.uses.get_mut(from).expect("one of the clean crates").push(to);
        self
    }

    pub fn uses_in_tests(mut self, from: &'static str, to: &'static str) -> Self {
        self.uses_in_tests.entry(from).or_default().push(to);
        self
    }
}

/// The findings in that tree, each as one line: `place: what | rule`.
pub fn found(planted: &Planted, allowed: &[Allowed]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("tree");
    let write = |path: &str, text: &str| {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let folder_of = |name: &str| if name == "xtask" { name.to_owned() } else { format!("crates/{name}") };
    let members: Vec<_> = planted.uses.keys().map(|name| format!("{:?}", folder_of(name))).collect();
    write("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", ")));
    for (name, uses) in &planted.uses {
        let path = |used: &str| match OTHERS.iter().any(|(other, _)| *other == used) {
            true => folder.path().join(used),
            false => root.join(folder_of(used)),
        };
        let in_tests = planted.uses_in_tests.get(name).map_or(&[][..], Vec::as_slice);
        write(&format!("{}/Cargo.toml", folder_of(name)), &manifest(name, uses, in_tests, path));
        write(&format!("{}/src/lib.rs", folder_of(name)), "");
    }
    for (name, uses) in OTHERS {
        write(&format!("../{name}/Cargo.toml"), &manifest(name, uses, &[], |used| folder.path().join(used)));
        write(&format!("../{name}/src/lib.rs"), "");
    }
    planted.files.iter().for_each(|(path, text)| write(path, text));

    let report = inspect_folder(&root, false, allowed).unwrap();
    report.findings.iter().map(|finding| one_line(&finding.0)).collect()
}

/// Asserts that exactly these are found.
pub fn check(planted: &Planted, expected: &[&str]) {
    assert_eq!(found(planted, &[]), expected);
}

fn manifest(name: &str, uses: &[&str], in_tests: &[&str], path: impl Fn(&str) -> PathBuf) -> String {
    let list = |uses: &[&str]| -> String {
        uses.iter().map(|used| format!("{used} = {{ path = {:?} }}\n", path(used))).collect()
    };
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\n{}[dev-dependencies]\n{}",
        list(uses),
        list(in_tests)
    )
}

fn one_line(finding: &str) -> String {
    let Some((place, rule)) = finding.split_once("\n  rule ") else { return finding.to_owned() };
    format!("{place} | {}", rule.split(':').next().unwrap_or_default())
}
