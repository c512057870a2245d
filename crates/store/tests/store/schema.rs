//! The two databases hold the same thing.

use std::{collections::BTreeMap, fs, path::Path};

fn folder(name: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_migrations_differ_in_the_names_of_types_alone() {
    let (sqlite, postgres) = (folder("migrations/sqlite"), folder("migrations/postgres"));
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, text) in postgres {
        assert_eq!(translate(&text), sqlite[&name].replace(") without rowid;", ");"), "{name}");
    }
}

/// A PostgreSQL migration in SQLite's words: the second word of a column is its type, the seventh of an added one.
fn translate(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("alter table ") {
        Some(_) => line.replacen(" uuid", " blob", 1).replacen(" bigint", " integer", 1),
        None => column(line),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn column(line: &str) -> String {
    match line.trim_end_matches(',').split_whitespace().nth(1) {
        Some("uuid") => line.replacen(" uuid", " blob", 1),
        Some("bytea") => line.replacen(" bytea", " blob", 1),
        Some("bigint") => line.replacen(" bigint", " integer", 1),
        Some("double") => line.replacen(" double precision", " real", 1),
        _ => line.replace(" collate \"C\"", ""),
    }
}

#[test]
fn both_databases_give_columns_the_same_types() {
    let rest =
        |text: String| text.lines().filter(|line| !line.contains("database-url-var")).collect::<Vec<_>>().join("\n");
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    assert_eq!(rest(read("sqlite/sqlx.toml")), rest(read("postgres/sqlx.toml")));
}

#[test]
fn a_constraint_name_is_unique_and_begins_with_its_table() {
    let mut seen = std::collections::BTreeSet::new();
    for text in folder("migrations/postgres").values() {
        for line in text.lines().map(str::trim) {
            let named = line.strip_prefix("constraint ").or(line.strip_prefix("create unique index "));
            if let Some(name) = named.and_then(|rest| rest.split(' ').next()) {
                assert!(seen.insert(name.to_owned()), "{name} is used twice");
            }
        }
    }
    assert!(seen.contains("event_pk"));
}
